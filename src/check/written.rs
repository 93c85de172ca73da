//! The written files read again: whether a reader who cannot see, or who uses a keyboard, gets what the others get.
//!
//! `factsheet check` does this; a build does not, for it costs as much as writing the files.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::vocabulary::Place;
use crate::writer::{pdf, xlsx};
use rayon::prelude::*;
use std::collections::BTreeMap;

pub static NOT_READABLE: Rule = Rule {
    id: "PUB059",
    severity: Severity::Error,
    title: "A written file can be read again.",
    source: "this project",
    explanation: "The file that was written is no PDF or no workbook. This is a fault of the program: please report it.",
};

/// Every workbook and PDF among the files of an output, by name.
pub fn check(files: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let files: Vec<(&String, &Vec<u8>)> = files.iter().collect();
    let found: Vec<Vec<Diagnostic>> = files
        .par_iter()
        .map(|(name, bytes)| {
            let read = match name.rsplit('.').next() {
                Some("pdf") => pdf::check(name, bytes).map_err(|error| error.to_string()),
                Some("xlsx") => Ok(xlsx::accessibility::check(name, bytes, profile(name))),
                Some(_) | None => Ok(Vec::new()),
            };
            read.unwrap_or_else(|message| {
                vec![Diagnostic::new(&NOT_READABLE, Place::file(name.as_str()), "a file that can be read again", message, REPORT)]
            })
        })
        .collect();
    found.into_iter().flatten().collect()
}

const REPORT: &str = "please report this as a fault of the program";

/// The profile that a workbook was written in, by its name.
fn profile(name: &str) -> xlsx::Kind {
    if name.ends_with("-working.xlsx") { xlsx::Kind::Working } else { xlsx::Kind::Published }
}
