//! Prose: the paragraphs that no other dataset holds in full.

use super::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// Empty outside the numbered body.
    pub section_number: String,
    pub section_title: String,
    pub text: String,
    pub lines: Lines,
}

impl Record for Prose {
    const SCHEMA: Schema = Schema {
        name: "prose",
        title: "Prose",
        row: "one paragraph that no other dataset holds in full",
        columns: &[
            column("section_number", ColumnType::Text, "number of the section, empty outside the numbered body"),
            column("section_title", ColumnType::Text, "title of the section"),
            column("text", ColumnType::Text, "the paragraph, as printed, its lines joined"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start", "line_end"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.section_number),
            Value::text(&self.section_title),
            Value::text(&self.text),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
