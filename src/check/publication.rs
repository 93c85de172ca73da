//! Rules over a publication as it is about to be written: age, averages, coverage, links, figures.

use crate::dataset::Row;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::report::Report;
use crate::vocabulary::figure::word;
use crate::vocabulary::{Lines, Place, Spot, TimePeriod};
use std::collections::BTreeMap;

pub static STALE: Rule = Rule {
    id: "PUB050",
    severity: Severity::Warning,
    title: "The newest figure of an indicator is at most three years older than the publication.",
    source: "this project, after the punctuality and timeliness indicators of the ESS quality guidelines",
    explanation: "An old figure beside newer ones reads as if it were of today. Look whether the source has published a newer one \
                  (input/README.md says where), or say in the note of the indicator why there is none.",
};

pub static NO_AVERAGE: Rule = Rule {
    id: "PUB051",
    severity: Severity::Warning,
    title: "A country's latest figure has an average to stand beside.",
    source: "DG EMPL, Social Scoreboard (docs/methods.md, Averages)",
    explanation: "Without an average of the same indicator, unit and period nothing is compared: the outputs show the figure alone and \
                  say why. Either the source publishes no average for that period, or fewer than 24 Member States report it.",
};

pub static SILENT_SECTION: Rule = Rule {
    id: "PUB053",
    severity: Severity::Note,
    title: "A section of a content chapter has entries, or says that there are none.",
    source: "the template of the Digital Public Administration factsheets",
    explanation: "The section has a heading, but neither an entry nor a sentence that nothing is to be reported. Perhaps the source is \
                  incomplete, perhaps its text stands under another heading.",
};

pub static BAD_LINK: Rule = Rule {
    id: "PUB054",
    severity: Severity::Warning,
    title: "A link leads to an address that can be followed.",
    source: "W3C, Web Content Accessibility Guidelines 2.1, success criterion 2.4.4",
    explanation: "The target is not a whole address of the web or of mail. The outputs print the link's words without a link. Look the \
                  address up in the original document.",
};

pub static LOST_LINK: Rule = Rule {
    id: "PUB058",
    severity: Severity::Note,
    title: "A link has kept its address.",
    source: "W3C, Web Content Accessibility Guidelines 2.1, success criterion 2.4.4",
    explanation: "The target is empty or `#`: the conversion to text has lost it. The outputs print the link's words without a link. The \
                  address is in the original document.",
};

pub static MISWORDED: Rule = Rule {
    id: "PUB055",
    severity: Severity::Error,
    title: "A figure is worded as its value rounds, in every place alike.",
    source: "Eurostat, Rounding of numbers (docs/methods.md, Rounding)",
    explanation: "What is printed is not the value rounded to its decimals, or the same figure is printed in two ways. This is a fault of \
                  the program, not of the data: please report it.",
};

pub static VERDICT: Rule = Rule {
    id: "PUB056",
    severity: Severity::Error,
    title: "A verdict does not contradict the digits beside it.",
    source: "this project (docs/methods.md, Rounding and Position)",
    explanation: "A text says above or below while both figures print alike, or while the digits say the opposite. One more decimal, or \
                  `close to`, is needed. This is a fault of the program: please report it.",
};

pub static FLAG_LOST: Rule = Rule {
    id: "PUB057",
    severity: Severity::Error,
    title: "A flag of an observation shows wherever its figure shows.",
    source: "Eurostat, observation and confidentiality status, in force since 27 January 2025",
    explanation: "The source marks the figure (b break, e estimated, p provisional, …), and a place of the publication shows it without the \
                  mark. This is a fault of the program: please report it.",
};

/// Everything of this file over one publication.
pub fn check(report: &Report) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    stale(report, &mut found);
    averages(report, &mut found);
    coverage(report, &mut found);
    links(report, &mut found);
    figures(report, &mut found);
    found
}

fn rows<'r>(report: &'r Report, dataset: &str) -> impl Iterator<Item = Row<'r>> {
    report.tables.iter().filter(move |t| t.schema.name == dataset).flat_map(|t| t.iter()).collect::<Vec<_>>().into_iter()
}

fn place_of(row: Row<'_>, report: &Report) -> Place {
    row.lines().map_or_else(|| Place::file(&report.text), |lines| Place::lines(&report.text, lines))
}

/// The cell or line of an observation, as its columns `source` and `location` name it.
pub fn cell_of(row: Row<'_>, report: &Report) -> Place {
    let source = row.text("source");
    let file = report.sources.iter().find(|s| s.id == source).map_or(source.clone(), |s| s.file.clone());
    let location = row.text("location");
    let spot = match location.rsplit_once('!') {
        Some((sheet, cell)) => Spot::Cell { sheet: sheet.into(), cell: cell.into() },
        None => location.split('-').next().and_then(|l| l.parse().ok()).map_or(Spot::File, |line| Spot::Lines(Lines::one(line))),
    };
    Place { file: file.into(), spot }
}

/// Years that the newest figure may lie before the publication.
const STALE_AFTER: i32 = 3;

fn stale(report: &Report, found: &mut Vec<Diagnostic>) {
    let Some(year) = report.date.get(..4).and_then(|y| y.parse::<i32>().ok()) else { return };
    let mut newest: BTreeMap<String, (TimePeriod, Place)> = BTreeMap::new();
    for row in rows(report, "observations") {
        if row.word("geo") != report.geo.code() || row.number("obs_value").is_none() {
            continue;
        }
        let Some(period) = TimePeriod::parse(&row.text("time_period")) else { continue };
        let entry = newest.entry(row.text("indicator")).or_insert_with(|| (period, cell_of(row, report)));
        if period > entry.0 {
            *entry = (period, cell_of(row, report));
        }
    }
    for (indicator, (period, place)) in newest {
        if year - period.end_year() > STALE_AFTER {
            found.push(Diagnostic::new(
                &STALE,
                place,
                format!("a figure of {} or later for {indicator}", year - STALE_AFTER),
                format!("{period} as the newest"),
                "look for a newer figure at the source, or say in the note why there is none",
            ));
        }
    }
}

fn averages(report: &Report, found: &mut Vec<Diagnostic>) {
    // Only the newest period of an indicator: older gaps in a series are not news.
    let mut newest: BTreeMap<String, (TimePeriod, bool, Row<'_>)> = BTreeMap::new();
    for row in rows(report, "comparisons") {
        if row.number("country_value").is_none() {
            continue;
        }
        let Some(period) = TimePeriod::parse(&row.text("time_period")) else { continue };
        let has = row.number("average_value").is_some();
        let entry = newest.entry(row.text("indicator")).or_insert((period, has, row));
        if period > entry.0 {
            *entry = (period, has, row);
        } else if period == entry.0 {
            entry.1 |= has;
        }
    }
    for (indicator, (period, has, row)) in newest {
        if !has {
            let observation = rows(report, "observations").find(|o| {
                o.word("indicator") == indicator && o.word("geo") == report.geo.code() && o.word("time_period") == period.to_string()
            });
            let place = observation.map_or_else(|| Place::file(&report.id), |o| cell_of(o, report));
            let why = row.text("incomparable");
            let why = if why.is_empty() { "none".to_owned() } else { why };
            found.push(Diagnostic::new(
                &NO_AVERAGE,
                place,
                format!("an average for {indicator}, {period}"),
                why,
                "nothing to do where the source publishes none; it is said wherever the figure shows",
            ));
        }
    }
}

fn coverage(report: &Report, found: &mut Vec<Diagnostic>) {
    for row in rows(report, "coverage") {
        if row.number("entries") == Some(0.0) && row.text("declared_empty") == "false" {
            let section = format!("{} {}", row.text("section_number"), row.text("section_title"));
            let help = "look whether the section's text stands under another heading";
            found.push(Diagnostic::new(
                &SILENT_SECTION,
                place_of(row, report),
                "entries, or a sentence that there are none",
                format!("neither under {}", section.trim()),
                help,
            ));
        }
    }
}

fn links(report: &Report, found: &mut Vec<Diagnostic>) {
    for row in rows(report, "links") {
        let target = row.text("target");
        let words = row.text("text");
        let place = place_of(row, report);
        if target.is_empty() || target == "#" {
            found.push(Diagnostic::new(
                &LOST_LINK,
                place,
                format!("an address for \u{201c}{words}\u{201d}"),
                format!("`{target}`"),
                "the address is in the original document",
            ));
        } else if let Some(fault) = fault_of(&target) {
            let help = format!("look up the address for \u{201c}{words}\u{201d} in the original document");
            found.push(Diagnostic::new(&BAD_LINK, place, "an address as https://…", format!("`{target}` ({fault})"), help));
        }
    }
}

/// Why an address cannot be followed.
fn fault_of(target: &str) -> Option<&'static str> {
    if let Some(mail) = target.strip_prefix("mailto:") {
        return (!mail.contains('@')).then_some("no mail address");
    }
    let Some(rest) = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://")) else {
        return Some("not a whole address");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    if !host.contains('.') || host.starts_with('.') || host.ends_with('.') {
        return Some("no host");
    }
    target.contains(char::is_whitespace).then_some("a blank in the address")
}

fn figures(report: &Report, found: &mut Vec<Diagnostic>) {
    let flagged = rows(report, "observations").filter(|o| !o.word("obs_status").is_empty() || !o.word("conf_status").is_empty());
    let flags: BTreeMap<String, String> = flagged
        .map(|o| {
            let id = format!("{}/{}/{}/{}", o.word("indicator"), o.word("geo"), o.word("time_period"), o.word("edition"));
            (id, format!("{}{}", o.word("obs_status"), o.word("conf_status")))
        })
        .collect();
    let mut worded: BTreeMap<(&str, u8), &str> = BTreeMap::new();
    for (place, shown) in report.shown() {
        let at = shown.place.clone().unwrap_or_else(|| Place::file(&report.id));
        let first = *worded.entry((&shown.id, shown.decimals)).or_insert(&shown.text);
        if let Some(value) = shown.value {
            // A sign before a gap is the report's choice of words.
            let plain = shown.text.trim_start_matches(['+', '−', '-', '±']);
            let rounded = word(value.abs(), shown.decimals);
            if plain != rounded {
                found.push(Diagnostic::new(
                    &MISWORDED,
                    at.clone(),
                    rounded,
                    format!("`{}` in {place} ({})", shown.text, shown.id),
                    "please report this as a fault of the program",
                ));
            }
        }
        if first != shown.text && !shown.id.is_empty() {
            found.push(Diagnostic::new(
                &MISWORDED,
                at.clone(),
                format!("`{first}` as elsewhere"),
                format!("`{}` in {place} ({})", shown.text, shown.id),
                "please report this as a fault of the program",
            ));
        }
        let (id, column) = shown.id.split_once('#').unwrap_or((&shown.id, ""));
        if let Some(flags) = flags.get(id)
            && matches!(column, "obs_value" | "country_value")
            && !flags.chars().all(|f| shown.flags.has(f))
        {
            found.push(Diagnostic::new(
                &FLAG_LOST,
                at,
                format!("the flags `{flags}`"),
                format!("none in {place} ({id})"),
                "please report this as a fault of the program",
            ));
        }
    }
    for key in &report.key_figures {
        let Some(average) = &key.average else { continue };
        let (Some(c), Some(a)) = (key.country.value, average.value) else { continue };
        let says = |word: &str| key.gap_words.contains(word);
        let contradicts = (says("above") && c <= a)
            || (says("below") && c >= a)
            || ((says("above") || says("below")) && key.country.text == average.text);
        if contradicts {
            let at = key.country.place.clone().unwrap_or_else(|| Place::file(&report.id));
            let digits = format!("{} beside {}", key.country.text, average.text);
            found.push(Diagnostic::new(
                &VERDICT,
                at,
                format!("words that fit {digits}"),
                format!("\u{201c}{}\u{201d}", key.gap_words),
                "please report this as a fault of the program",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fault_of;

    #[test]
    fn only_whole_addresses_can_be_followed() {
        for good in ["https://a.eu", "http://a.eu/x#y", "mailto:a@b.eu", "https://sub.a.eu/path?q=1"] {
            assert_eq!(fault_of(good), None, "{good}");
        }
        for bad in
            ["", "#", "www.a.eu", "https://", "https://a", "https://a.eu/x y", "mailto:nobody", "file:///etc/passwd", "javascript:alert(1)"]
        {
            assert!(fault_of(bad).is_some(), "{bad}");
        }
    }
}
