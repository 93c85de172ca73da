//! The written files read again: whether a reader who cannot see, or who uses a keyboard, gets what the others get.
//!
//! `factsheet check` does this; a build does not, for it costs as much as writing the files.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::vocabulary::Place;
use crate::writer::{Payload, pdf, xlsx};
use rayon::prelude::*;
use std::collections::BTreeMap;

pub static NOT_READABLE: Rule = Rule {
    id: "PUB060",
    severity: Severity::Error,
    title: "A written file can be read again.",
    source: "this project",
    explanation: "The file that was written is no PDF. This is a fault of the program: please report it.",
};

/// Every workbook and PDF among the files of an output, by name.
pub fn check(files: &BTreeMap<String, Payload>) -> Vec<Diagnostic> {
    let files: Vec<(&String, &Payload)> = files.iter().collect();
    let found: Vec<Vec<Diagnostic>> = files.par_iter().map(|(name, bytes)| one(name, bytes)).collect();
    found.into_iter().flatten().collect()
}

fn one(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    match name.rsplit('.').next() {
        Some("pdf") => pdf::check(name, bytes).unwrap_or_else(|error| {
            let help = "please report this as a fault of the program";
            vec![Diagnostic::new(&NOT_READABLE, Place::file(name), "a PDF that can be read again", error.to_string(), help)]
        }),
        Some("xlsx") => {
            let kind = if name.ends_with("-working.xlsx") { xlsx::Kind::Working } else { xlsx::Kind::Published };
            xlsx::accessibility::check(name, bytes, kind)
        }
        Some(_) | None => Vec::new(),
    }
}
