//! Artefacts: traces of conversion, and what was done with them.

use super::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// What kind of trace it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtefactKind {
    JoinedPageBreak,
    PageFurniture,
    PictureDescription,
    RepeatedTitle,
    LostExponent,
    LostLinkTarget,
    DisplacedValue,
    LostRow,
    SourceTypo,
    SourceInconsistency,
    Other,
}

impl ArtefactKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JoinedPageBreak => "joined page break",
            Self::PageFurniture => "page furniture",
            Self::PictureDescription => "picture description",
            Self::RepeatedTitle => "repeated title",
            Self::LostExponent => "lost exponent",
            Self::LostLinkTarget => "lost link target",
            Self::DisplacedValue => "displaced value",
            Self::LostRow => "lost row",
            Self::SourceTypo => "source typo",
            Self::SourceInconsistency => "source inconsistency",
            Self::Other => "other",
        }
    }
}

/// One trace of conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    pub kind: ArtefactKind,
    /// The words of the source.
    pub excerpt: String,
    /// What was done with it, in words.
    pub treatment: String,
    pub lines: Lines,
}

impl Record for Artefact {
    const SCHEMA: Schema = Schema {
        name: "artefacts",
        title: "Artefacts of conversion",
        row: "one trace of conversion and what was done with it",
        columns: &[
            column("kind", ColumnType::Text, "kind of trace"),
            column("excerpt", ColumnType::Text, "words of the source"),
            column("treatment", ColumnType::Text, "what was done with it"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start", "line_end", "kind", "excerpt"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(self.kind.as_str()),
            Value::text(&self.excerpt),
            Value::text(&self.treatment),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
