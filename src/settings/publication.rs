//! `input/publication.toml`: who makes the publications, for document properties and covers.

use super::toml;
use crate::diagnostic::Checked;
use serde::Deserialize;

/// What every publication says about its maker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    pub author: String,
    /// A line on whom to ask, printed on the covers.
    pub contact: String,
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// Reads the file; what is wrong with it becomes a diagnostic at its line.
pub fn read(name: &str, text: &str) -> Checked<Publication> {
    match toml(name, text) {
        Ok(value) => Checked::ok(value),
        Err(diagnostic) => Checked { value: Publication::default(), diagnostics: vec![*diagnostic] },
    }
}
