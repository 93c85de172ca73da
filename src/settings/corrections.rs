//! `corrections.csv`: values that a person put right, each with its place, the reason, who and when.

use super::lines;
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::{Lines, Place};

/// A value put right by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The file as the project names it: `input/desi.xlsx`, `seeds/x.txt`.
    pub file: String,
    /// Cell or lines in it: `Indicators!G14`, `112`.
    pub location: String,
    /// The column of the dataset that is put right; `obs_value` where it is a figure.
    pub column: String,
    /// What the source must still say for the correction to hold.
    pub found: String,
    /// What is to stand instead.
    pub value: String,
    pub reason: String,
    pub who: String,
    /// ISO 8601.
    pub when: String,
    /// The correction itself, for messages.
    pub place: Place,
}

/// All corrections in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    pub corrections: Vec<Correction>,
}

impl Corrections {
    /// The corrections of one file.
    pub fn of<'a>(&'a self, file: &'a str) -> impl Iterator<Item = &'a Correction> {
        self.corrections.iter().filter(move |correction| correction.file == file)
    }
}

impl Correction {
    /// What stands beside the value wherever it shows: `corrected from 43 by A. Weis on 2026-11-22: misprint`.
    pub fn note(&self) -> String {
        let done = if self.found.is_empty() { "entered".to_owned() } else { format!("corrected from {}", self.found) };
        format!("{done} by {} on {}: {}", self.who, self.when, self.reason)
    }
}

pub static CORRECTION_LINE: Rule = Rule {
    id: "SET005",
    severity: Severity::Error,
    title: "A correction says file, location, column, found, value, reason, who and when.",
    source: "this project",
    explanation: "A value put right must show why, by whom and when; a correction without them is not applied.",
};

pub static CORRECTION_STALE: Rule = Rule {
    id: "SET006",
    severity: Severity::Error,
    title: "A correction still matches its source.",
    source: "this project",
    explanation: "The source no longer says what the correction puts right, or has no such place. Look at the source again and correct or remove the line of corrections.csv.",
};

/// The file's name in the project.
pub const FILE: &str = "input/corrections.csv";

const HEAD: [&str; 8] = ["file", "location", "column", "found", "value", "reason", "who", "when"];

/// Reads `corrections.csv`. Lines with a fault are left out and reported.
pub fn read(name: &str, bytes: &[u8]) -> Checked<Corrections> {
    let mut diagnostics = Vec::new();
    let mut value = Corrections::default();
    let mut refuse = |line: u32, expected: String, found: String| {
        let help = "fill in all columns, in this order; quote what holds a comma";
        diagnostics.push(Diagnostic::new(&CORRECTION_LINE, Place::lines(name, Lines::one(line)), expected, found, help));
    };
    for record in lines::records(bytes, &HEAD, &mut refuse) {
        let (length, empty) = (record.values.len(), record.empty(&HEAD, &[3]));
        if length != HEAD.len() || !empty.is_empty() {
            let found = if empty.is_empty() { format!("{length} values") } else { format!("nothing for {}", empty.join(", ")) };
            refuse(record.line, format!("{} values, none of them empty but `found`", HEAD.len()), found);
            continue;
        }
        let cell = |i: usize| record.cell(i);
        if !super::is_day(&cell(7)) {
            refuse(record.line, "a day as 2026-11-22 for when".to_owned(), format!("`{}`", cell(7)));
            continue;
        }
        value.corrections.push(Correction {
            file: cell(0),
            location: cell(1),
            column: cell(2),
            found: cell(3),
            value: cell(4),
            reason: cell(5),
            who: cell(6),
            when: cell(7),
            place: Place::lines(name, Lines::one(record.line)),
        });
    }
    Checked { value, diagnostics }
}
