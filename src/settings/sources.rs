//! `sources.toml`: one `[[source]]` per file, with its provenance.

use super::toml;
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::Origin;
use crate::vocabulary::{Geo, Place};
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
    title: "Every source has an id and a file of its own, a known family and, if any, a known country.",
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
    let mut refuse = |expected: &str, found: String| {
        let help = "correct the entry of this source";
        diagnostics.push(Diagnostic::new(&SOURCE_ENTRY, Place::file(name), expected, found, help));
    };
    let mut value = Vec::new();
    for origin in file.source {
        if !ids.insert(origin.id.clone()) {
            refuse("an id that no other source has", format!("`{}` again", origin.id));
        } else if !names.insert(origin.file.clone()) {
            refuse("a file that no other source names", format!("`{}` again", origin.file));
        } else if !matches!(origin.family.as_str(), "dpa" | "progress" | "figures") {
            refuse("the family dpa, progress or figures", format!("`{}` for `{}`", origin.family, origin.id));
        } else if !origin.geo.is_empty() && Geo::parse(&origin.geo).is_none() {
            refuse("a country code", format!("`{}` for `{}`", origin.geo, origin.id));
        } else {
            value.push(origin);
        }
    }
    Checked { value, diagnostics }
}
