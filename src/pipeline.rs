//! The build: the stages of the drawing, called in order. Named bytes in, named bytes out; no disk, no clock.

use crate::diagnostic::Checked;
use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a build writes of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    Workbook,
    Pdf,
    /// CSV, Parquet, SDMX-CSV and the data package.
    Data,
    /// SVG files.
    Charts,
}

impl Product {
    pub const ALL: [Self; 4] = [Self::Workbook, Self::Pdf, Self::Data, Self::Charts];

    /// As `--only` names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Workbook => "workbook",
            Self::Pdf => "pdf",
            Self::Data => "data",
            Self::Charts => "charts",
        }
    }
}

/// What to build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Names of source texts among the files; empty means those of `seeds/sources.toml`.
    pub sources: Vec<String>,
    /// A publication for every country that has figures, with or without a text.
    pub all: bool,
    /// Empty means everything.
    pub only: BTreeSet<Product>,
}

/// What a build made.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// Names relative to the output folder: `lu-dpa-2022/factsheet.pdf`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// In the order of their ids.
    pub reports: Vec<Report>,
    /// SHA-256 of every file that was read, by name.
    pub inputs: BTreeMap<String, String>,
}

/// The world is wrong: a library refused what it should have taken.
#[derive(Debug)]
pub enum Error {
    /// A writer failed: which file of the output, and what the library says.
    Writer { file: String, message: String },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Writer { file, message } => write!(f, "could not write {file}: {message}"),
        }
    }
}

impl std::error::Error for Error {}

/// A step of a build, for a progress bar: how many of how many publications are done, and the one just finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub publication: String,
}

/// Builds publications from the files of a project (`seeds/…`, `input/…`, and the request's sources).
///
/// The diagnostics of all stages stand beside the output; with an error among them the output must not replace an
/// earlier one. `progress` is called from several threads.
///
/// # Errors
/// [`Error`] where a library fails. Data that is wrong is a diagnostic.
pub fn build(files: &BTreeMap<String, Vec<u8>>, request: &Request, progress: &(dyn Fn(Progress) + Sync)) -> Result<Checked<Output>, Error> {
    let _ = (files, request, progress);
    Ok(Checked::ok(Output::default()))
}
