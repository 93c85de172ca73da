//! `sources.toml`: one `[[source]]` per file, with its provenance.

use super::cut_off::last_year;
use super::{entry, is_day, toml};
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::Origin;
use crate::vocabulary::Geo;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Origin>,
}

pub static SOURCE_ENTRY: Rule = Rule {
    id: "SET003",
    severity: Severity::Error,
    title: "Every source has an id and a file of its own, a known family, an edition with its year, days that the calendar has and, if any, a known country.",
    source: "this project",
    explanation: "Ids stand in the outputs and in indicators.toml; two sources of one id could not be told apart.",
};

/// The entries of a `sources.toml` in their order. Entries with a fault are left out and reported.
pub fn read(name: &str, text: &str) -> Checked<Vec<Origin>> {
    let file: File = match toml(name, text) {
        Ok(file) => file,
        Err(diagnostic) => return Checked { value: Vec::new(), diagnostics: vec![*diagnostic] },
    };
    let mut diagnostics = Vec::new();
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    let mut refuse = |key: &str, value: &str, expected: &str, found: String| {
        let help = "correct the entry of this source";
        diagnostics.push(Diagnostic::new(&SOURCE_ENTRY, entry(name, text, key, value), expected, found, help));
    };
    let mut value = Vec::new();
    for origin in file.source {
        if !ids.insert(origin.id.clone()) {
            refuse("id", &origin.id, "an id that no other source has", format!("`{}` again", origin.id));
        } else if !names.insert(origin.file.clone()) {
            refuse("file", &origin.file, "a file that no other source names", format!("`{}` again", origin.file));
        } else if !matches!(origin.family.as_str(), "dpa" | "progress" | "figures") {
            refuse("id", &origin.id, "the family dpa, progress or figures", format!("`{}` for `{}`", origin.family, origin.id));
        } else if !origin.geo.is_empty() && Geo::parse(&origin.geo).is_none() {
            refuse("id", &origin.id, "a country code", format!("`{}` for `{}`", origin.geo, origin.id));
        } else if !origin.id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) || origin.id.is_empty() {
            refuse("id", &origin.id, "an id of letters, digits, - and _", format!("`{}`", origin.id));
        } else {
            if last_year(&origin.edition).is_none() {
                let found = format!("`{}` for `{}`", origin.edition, origin.id);
                refuse("id", &origin.id, "an edition that names its year, such as 2022", found);
            }
            for day in [&origin.accepted, &origin.published].into_iter().filter(|day| !day.is_empty() && !is_day(day)) {
                refuse("id", &origin.id, "a day as 2026-11-22", format!("`{day}` for `{}`", origin.id));
            }
            // Known all the same: what names it is no second fault.
            value.push(origin);
        }
    }
    Checked { value, diagnostics }
}

/// The text of a `sources.toml` with the hash and the day of one file recorded anew; everything else stays as people wrote
/// it. `None` if no entry names the file.
pub fn accept(text: &str, file: &str, sha256: &str, today: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let value = |line: &str, key: &str| {
        let (found, value) = line.split_once('=')?;
        (found.trim() == key).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    };
    let named = lines.iter().position(|line| value(line, "file").is_some_and(|name| name == file))?;
    let starts = |line: &&str| line.trim_start().starts_with("[[");
    let start = lines[..named].iter().rposition(starts)?;
    let end = lines[named..].iter().position(starts).map_or(lines.len(), |more| named + more);
    let hash = (start..end).find(|i| value(lines[*i], "sha256").is_some());
    let day = (start..end).find(|i| value(lines[*i], "accepted").is_some());
    let mut out = String::with_capacity(text.len() + 32);
    for (i, line) in lines.iter().enumerate() {
        if hash.is_none() && i == named {
            out += &format!("{line}\nsha256 = \"{sha256}\"\n");
            if day.is_none() {
                out += &format!("accepted = \"{today}\"\n");
            }
        } else if Some(i) == hash {
            out += &format!("sha256 = \"{sha256}\"\n");
            if day.is_none() {
                out += &format!("accepted = \"{today}\"\n");
            }
        } else if Some(i) == day {
            out += &format!("accepted = \"{today}\"\n");
        } else {
            out += line;
            out.push('\n');
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::accept;

    #[test]
    fn only_the_hash_and_the_day_of_one_file_are_recorded() {
        let text = "# head\n[[source]]\nfile = \"a.txt\" \nsha256 = \"1\"\naccepted = \"2020-01-01\"\n\n[[source]]\nfile = \"b.txt\"\nsha256 = \"2\" \n[source.cut_off]\nx = \"2021\"\n";
        let first = accept(text, "a.txt", "9", "2026-11-22").expect("a.txt is listed");
        assert_eq!(first, text.replace("\"1\"", "\"9\"").replace("2020-01-01", "2026-11-22"));
        let second = accept(text, "b.txt", "9", "2026-11-22").expect("b.txt is listed");
        assert_eq!(second, text.replace("sha256 = \"2\" \n", "sha256 = \"9\"\naccepted = \"2026-11-22\"\n"));
        assert_eq!(accept(text, "c.txt", "9", "2026-11-22"), None);
    }
}
