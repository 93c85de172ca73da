//! Dates and what happened.

use crate::dataset::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::{Edtf, Lines};

/// A date and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedEvent {
    /// The date.
    pub date: Option<Edtf>,
    /// Year, month, day, interval or decade.
    pub date_precision: String,
    /// The date as printed.
    pub date_text: String,
    /// The word beside it.
    pub qualifier: String,
    /// The clause.
    pub event: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub lines: Lines,
}

impl Record for DatedEvent {
    const SCHEMA: Schema = Schema {
        name: "dated_events",
        title: "Dated events",
        row: "one date and what happened",
        columns: &[
            column("date", ColumnType::Date, "the date"),
            column("date_precision", ColumnType::Text, "year, month, day, interval or decade"),
            column("date_text", ColumnType::Text, "the date as printed"),
            column("qualifier", ColumnType::Text, "the word beside it"),
            column("event", ColumnType::Text, "the clause"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start", "date_text"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(self.date.map(|d| d.to_string()).unwrap_or_default()),
            Value::text(&self.date_precision),
            Value::text(&self.date_text),
            Value::text(&self.qualifier),
            Value::text(&self.event),
            Value::text(&self.section_number),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
