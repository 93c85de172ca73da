//! `input/waivers.toml`: findings that a person takes responsibility for, with the reason and until when.

use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::{Lines, Place};
use serde::Deserialize;

/// The file's name in the project.
pub const FILE: &str = "input/waivers.toml";

/// One finding, or all findings of one rule in one file, that a person lets pass.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Id of the rule: `FIG003`.
    pub rule: String,
    /// The place as a message prints it (`seeds/x.txt:112`, `input/x.xlsx › Sheet 1 › D14`), or a file as a whole.
    pub place: String,
    pub reason: String,
    /// Who takes responsibility.
    pub person: String,
    /// The last day on which it holds, ISO 8601.
    pub expires: String,
    /// Line of its `[[waiver]]` in the file.
    #[serde(skip)]
    pub line: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    waiver: Vec<toml::Spanned<Waiver>>,
}

pub static UNREADABLE: Rule = Rule {
    id: "SET080",
    severity: Severity::Error,
    title: "input/waivers.toml is a list of [[waiver]] with rule, place, reason, person and expires.",
    source: "this project",
    explanation: "A waiver that cannot be read waives nothing, and nobody would notice. Each entry needs all five fields, and no others. \
                  The file may be empty or missing.",
};

pub static INCOMPLETE: Rule = Rule {
    id: "SET081",
    severity: Severity::Error,
    title: "A waiver says which rule, why, who takes responsibility, and until which day.",
    source: "this project",
    explanation: "A waiver lets an error through to publication. Without a reason, a person and a day on which somebody looks again, \
                  nobody can answer for it later. The day is written as 2027-01-31.",
};

pub static EXPIRED: Rule = Rule {
    id: "SET082",
    severity: Severity::Error,
    title: "A waiver has not expired.",
    source: "this project",
    explanation: "The day that the waiver names is over: what it let pass counts again. Look at the finding once more, then mend the data, \
                  or enter a new day with a reason that still holds.",
};

pub static IDLE: Rule = Rule {
    id: "SET083",
    severity: Severity::Error,
    title: "A waiver still applies to something.",
    source: "this project",
    explanation: "No finding of this rule is at this place any more: the data was mended, or the place has moved. Take the entry out, or \
                  correct its place, so that it cannot let through something else later. Only waivers for files that the run has read are \
                  looked at.",
};

impl Waiver {
    /// Whether it lets this diagnostic pass, its expiry left aside.
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['›', '!'], ">").replace(" > ", ">");
        self.rule.eq_ignore_ascii_case(diagnostic.rule.id)
            && (folded(&self.place) == folded(&diagnostic.place.to_string()) || self.place.trim() == diagnostic.place.file)
    }

    /// `until 2027-01-31 by A. Person: the source is being corrected`.
    pub fn worded(&self) -> String {
        format!("until {} by {}: {}", self.expires, self.person.trim(), self.reason.trim())
    }

    /// The file that its place names.
    fn file(&self) -> &str {
        let place = self.place.split(['›', '!']).next().unwrap_or(&self.place).trim();
        match place.rsplit_once(':') {
            Some((file, lines)) if lines.starts_with(|c: char| c.is_ascii_digit()) => file,
            Some(_) | None => place,
        }
    }

    fn place_in_file(&self) -> Place {
        Place::lines(FILE, Lines::one(self.line))
    }
}

/// Reads the waivers; what is incomplete waives nothing.
pub fn read(bytes: &[u8]) -> Checked<Vec<Waiver>> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let diagnostic = Diagnostic::new(&UNREADABLE, Place::file(FILE), "UTF-8 text", "other bytes", "save the file as UTF-8");
        return Checked { value: Vec::new(), diagnostics: vec![diagnostic] };
    };
    let line_of = |at: usize| u32::try_from(text[..at.min(text.len())].matches('\n').count() + 1).unwrap_or(u32::MAX);
    let document: Document = match toml::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let line = line_of(error.span().map_or(0, |span| span.start));
            let shown = text.lines().nth(line as usize - 1).unwrap_or("");
            let diagnostic = Diagnostic::new(
                &UNREADABLE,
                Place::lines(FILE, Lines::one(line)),
                "[[waiver]] with rule, place, reason, person and expires",
                error.message(),
                "see `factsheet rules SET080` and the example in input/waivers.toml",
            )
            .with_excerpt(shown, "", "");
            return Checked { value: Vec::new(), diagnostics: vec![diagnostic] };
        }
    };
    let mut read = Checked::ok(Vec::new());
    for entry in document.waiver {
        let waiver = Waiver { line: line_of(entry.span().start), ..entry.into_inner() };
        match fault(&waiver) {
            None => read.value.push(waiver),
            Some((expected, found)) => {
                let help = "complete the entry; until then it waives nothing";
                read.diagnostics.push(Diagnostic::new(&INCOMPLETE, waiver.place_in_file(), expected, found, help));
            }
        }
    }
    read
}

/// What an entry lacks: expected and found.
fn fault(waiver: &Waiver) -> Option<(String, String)> {
    for (name, text) in [("rule", &waiver.rule), ("place", &waiver.place), ("reason", &waiver.reason), ("person", &waiver.person)] {
        if text.trim().is_empty() {
            return Some((format!("a {name}"), "nothing".to_owned()));
        }
    }
    (!super::is_day(&waiver.expires)).then(|| ("a day as 2027-01-31".to_owned(), format!("`{}`", waiver.expires)))
}

/// Holds waivers against what was found: who waives each diagnostic (in the order given), and what is wrong with the
/// waivers themselves. `today` is ISO 8601; `was_read` says whether the run has read a file, for a run that read less than
/// everything cannot tell that a waiver is idle.
pub fn apply(
    waivers: &[Waiver],
    found: &[Diagnostic],
    today: &str,
    was_read: &dyn Fn(&str) -> bool,
) -> (Vec<Option<String>>, Vec<Diagnostic>) {
    let holds = |waiver: &Waiver| waiver.expires.as_str() >= today;
    let waived = found.iter().map(|d| waivers.iter().find(|w| holds(w) && w.covers(d)).map(Waiver::worded)).collect();
    let mut wrong = Vec::new();
    for waiver in waivers {
        let applies = found.iter().any(|d| waiver.covers(d));
        let entry = format!("{} at {}", waiver.rule, waiver.place);
        if applies && !holds(waiver) {
            let found = format!("{entry}, expired on {} ({})", waiver.expires, waiver.person.trim());
            wrong.push(Diagnostic::new(
                &EXPIRED,
                waiver.place_in_file(),
                format!("a day not before {today}"),
                found,
                "mend the data, or renew the waiver with a reason that still holds",
            ));
        } else if !applies && was_read(waiver.file()) {
            wrong.push(Diagnostic::new(
                &IDLE,
                waiver.place_in_file(),
                "a finding that it lets pass",
                format!("none of {entry}"),
                "take the entry out, or correct its place",
            ));
        }
    }
    (waived, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str =
        "[[waiver]]\nrule = \"SET082\"\nplace = \"seeds/x.txt:4\"\nreason = \"known\"\nperson = \"A. Person\"\nexpires = \"2027-01-31\"\n";

    fn found(line: u32) -> Diagnostic {
        Diagnostic::new(&EXPIRED, Place::lines("seeds/x.txt", Lines::one(line)), "", "", "")
    }

    #[test]
    fn a_waiver_holds_to_its_last_day_and_names_who_and_why() {
        let waivers = read(ENTRY.as_bytes()).value;
        let (waived, wrong) = apply(&waivers, &[found(4), found(5)], "2027-01-31", &|_| true);
        assert_eq!(waived, [Some("until 2027-01-31 by A. Person: known".to_owned()), None]);
        assert!(wrong.is_empty());
        let (waived, wrong) = apply(&waivers, &[found(4)], "2027-02-01", &|_| true);
        assert_eq!((waived, wrong[0].rule), (vec![None], &EXPIRED));
    }

    #[test]
    fn a_waiver_without_a_finding_is_an_error_if_its_file_was_read() {
        let waivers = read(ENTRY.as_bytes()).value;
        assert_eq!(apply(&waivers, &[found(5)], "2026-01-01", &|f| f == "seeds/x.txt").1[0].rule, &IDLE);
        assert!(apply(&waivers, &[found(5)], "2026-01-01", &|_| false).1.is_empty());
    }

    #[test]
    fn what_is_incomplete_waives_nothing() {
        for (from, to, rule) in [
            ("known", " ", &INCOMPLETE),
            ("2027-01-31", "next year", &INCOMPLETE),
            ("person", "persona", &UNREADABLE),
            ("rule", "= =", &UNREADABLE),
        ] {
            let read = read(ENTRY.replace(from, to).as_bytes());
            assert!(read.value.is_empty());
            assert_eq!(read.diagnostics[0].rule, rule, "{from} -> {to}");
        }
    }
}
