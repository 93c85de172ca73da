//! Organisations and people that a text names.

use super::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// One body, at the first line that names it in any form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// The fullest form in the text.
    pub name: String,
    pub abbreviation: String,
    pub native_name: String,
    pub lines: Lines,
}

impl Record for Organisation {
    const SCHEMA: Schema = Schema {
        name: "organisations",
        title: "Organisations",
        row: "one body, at the first line that names it in any form",
        columns: &[
            column("name", ColumnType::Text, "name, as printed"),
            column("abbreviation", ColumnType::Text, "abbreviation that the text gives"),
            column("native_name", ColumnType::Text, "name in the country's own language, as printed"),
            LINE_START,
            LINE_END,
        ],
        key: &["name"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.name),
            Value::text(&self.abbreviation),
            Value::text(&self.native_name),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// One mention of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub role: String,
    pub lines: Lines,
    /// The body for which the person works, where the text says so.
    pub organisation: String,
}

const PERSON: &[Column] = &[
    column("name", ColumnType::Text, "name, as printed"),
    column("role", ColumnType::Text, "office or role, as printed"),
    LINE_START,
    LINE_END,
    column("organisation", ColumnType::Text, "body for which the person works, as printed"),
];

impl Record for Person {
    const SCHEMA: Schema =
        Schema { name: "people", title: "People", row: "one mention of a person", columns: PERSON, key: &["name", "line_start"] };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.name),
            Value::text(&self.role),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            Value::text(&self.organisation),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
