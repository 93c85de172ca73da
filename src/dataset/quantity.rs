//! Quantities: numbers with a meaning in prose.

use super::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// One number with a meaning in prose or a labelled line; dates, identifiers and names are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    pub value: f64,
    /// The upper end of a range.
    pub value_max: Option<f64>,
    /// As printed: `Fifty`, `11-15`, `€20+ million`.
    pub value_raw: String,
    pub unit: String,
    pub subject: String,
    /// Empty outside the numbered body.
    pub section_number: String,
    pub lines: Lines,
    /// The year that the text gives it.
    pub year: Option<i16>,
}

/// Words for numbers in English text; `one` mostly counts nothing and is left to the reader of the sentence.
pub const NUMBER_WORDS: &[(&str, f64)] = &[
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

const COLUMNS: &[Column] = &[
    column("value", ColumnType::Number, "the number, the lower end of a range"),
    column("value_max", ColumnType::Number, "the upper end of a range"),
    column("value_raw", ColumnType::Text, "the number as printed"),
    column("unit", ColumnType::Text, "what is counted or measured, as printed"),
    column("subject", ColumnType::Text, "what the number is about, as printed"),
    column("section_number", ColumnType::Text, "number of the section, empty outside the numbered body"),
    LINE_START,
    LINE_END,
    column("year", ColumnType::Integer, "the year that the text gives the number"),
];

/// Decimals that a printed number has.
fn decimals(raw: &str) -> u8 {
    let part = raw.rsplit_once('.').map_or(0, |(_, part)| part.chars().take_while(char::is_ascii_digit).count());
    u8::try_from(part).unwrap_or(0)
}

impl Record for Quantity {
    const SCHEMA: Schema = Schema {
        name: "quantities",
        title: "Quantities",
        row: "one number with a meaning in prose or a labelled line",
        columns: COLUMNS,
        key: &["line_start", "line_end", "value_raw", "subject"],
    };

    fn values(&self) -> Vec<Value> {
        let decimals = decimals(&self.value_raw);
        vec![
            Value::Number(self.value, decimals),
            self.value_max.map_or(Value::Missing, |v| Value::Number(v, decimals)),
            Value::text(&self.value_raw),
            Value::text(&self.unit),
            Value::text(&self.subject),
            Value::text(&self.section_number),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            self.year.map_or(Value::Missing, |y| Value::Integer(i64::from(y))),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
