//! Report -> PDF/A-3a and PDF/UA-1: what the Commission receives, can archive, and everyone can read.
//!
//! A report is composed into a [`layout::Layout`]: pages of boxes and the structure tree over them. `page` turns the boxes
//! into page content, `archive` adds structure, metadata and the data itself, `file` writes all of it.

mod archive;
mod attachment;
mod back;
mod blocks;
pub mod check;
mod compose;
mod dump;
mod entries;
mod figure;
mod file;
mod front;
mod glance;
mod grid;
mod language;
pub mod layout;
mod metadata;
mod origins;
mod page;
mod passage;
mod tables;
mod tags;
mod text;

pub use attachment::{Attachment, Digest, Relationship, digest, embedded};
pub use check::{RULES, check};
pub use compose::Draft;

use crate::report::Report;
use std::fmt;

/// A library refused what it should have taken, or a file is not a PDF.
#[derive(Debug)]
pub enum Error {
    /// The font could not be cut down to the glyphs shown.
    Font(String),
    /// Page content was refused.
    Content(String),
    /// The file could not be assembled or read.
    File(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font(message) => write!(f, "the font cannot be embedded: {message}"),
            Self::Content(message) => write!(f, "page content was refused: {message}"),
            Self::File(message) => write!(f, "not a PDF that can be read or written: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<lopdf::Error> for Error {
    fn from(error: lopdf::Error) -> Self {
        Self::File(error.to_string())
    }
}

/// The factsheet in full, with the data behind it attached: a [`Draft`], finished at once.
///
/// # Errors
/// As [`Draft::finish`].
pub fn factsheet(report: &Report, attachments: &[Attachment]) -> Result<Vec<u8>, Error> {
    Draft::of(report).finish(attachments)
}

/// The same in two pages.
///
/// # Errors
/// As [`Draft::finish`].
pub fn glance(report: &Report, attachments: &[Attachment]) -> Result<Vec<u8>, Error> {
    let data = digest(attachments);
    archive::file(&glance::glance(report, data), &metadata::Metadata::of(report, "at a glance"), attachments, data)
}

/// Boxes and structure of every page as text: what snapshots compare.
pub fn dump(report: &Report, attachments: &[Attachment]) -> String {
    Draft::of(report).complete(attachments, digest(attachments)).dump()
}
