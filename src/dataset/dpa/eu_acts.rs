//! Acts of the European Union.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY};
use crate::dataset::{Certainty, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// A mention of an EU act.
#[derive(Clone, Debug, PartialEq)]
pub struct EuAct {
    /// Year/number.
    pub identifier: String,
    /// As printed.
    pub identifier_as_written: String,
    /// Directive, regulation, decision or other.
    pub act_type: String,
    /// Title as printed.
    pub title: String,
    /// Transposes, implements, aligns with or completes.
    pub relation: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub certainty: Certainty,
    pub lines: Lines,
}

impl Record for EuAct {
    const SCHEMA: Schema = Schema {
        name: "eu_acts",
        title: "EU acts",
        row: "one mention of an EU act",
        columns: &[
            column("identifier", ColumnType::Text, "year/number"),
            column("identifier_as_written", ColumnType::Text, "as printed"),
            column("act_type", ColumnType::Text, "directive, regulation, decision or other"),
            column("title", ColumnType::Text, "title as printed"),
            column("relation", ColumnType::Text, "transposes, implements, aligns with or completes"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
            CERTAINTY,
            ALTERNATIVES,
        ],
        key: &["line_start", "identifier", "title"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.identifier),
            Value::text(&self.identifier_as_written),
            Value::text(&self.act_type),
            Value::text(&self.title),
            Value::text(&self.relation),
            Value::text(&self.section_number),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            Value::text(self.certainty.as_str()),
            Value::text(self.certainty.alternatives().join("|")),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
