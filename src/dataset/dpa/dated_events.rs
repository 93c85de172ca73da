//! Dates and what happened.

use super::dates::FoundDate;
use super::spot::{Spot, quoted};
use crate::dataset::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::{Edtf, Lines};
use std::ops::Range;

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

/// Every date of the highlights and the content chapters with the clause in which it stands.
pub fn dated_events(spots: &[Spot<'_>]) -> Vec<DatedEvent> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.tells_of_the_country() && s.is_text()) {
        let text = &spot.passage.text;
        for date in &spot.dates().found {
            let event = clause(text, &spot.sentence_at(date.range.start), date);
            let all = event.start.min(date.qualifier.start).min(date.range.start)..event.end.max(date.range.end);
            rows.push(DatedEvent {
                date: Some(date.date),
                date_precision: date.date.precision().as_str().to_owned(),
                date_text: text[date.range.clone()].to_owned(),
                qualifier: text[date.qualifier.clone()].to_owned(),
                event: text[event].to_owned(),
                section_number: spot.section.to_owned(),
                lines: spot.passage.lines_of(&all),
            });
        }
    }
    rows
}

/// Sentences longer than this are cut down to the clause around the date.
const LONG: usize = 260;

/// The part of a sentence that says what happened on a date: all of it, or what stands between the semicolons or, in a long
/// one, the commas around it.
fn clause(text: &str, sentence: &Range<usize>, date: &FoundDate) -> Range<usize> {
    let mut range = sentence.clone();
    for separator in ["; ", ", "] {
        if separator == ", " && range.len() <= LONG {
            break;
        }
        if let Some(at) = text[range.start..date.range.start].rfind(separator) {
            let cut = range.start + at + separator.len();
            // What follows a date at the beginning is what happened, so a comma right behind it is no end.
            range.start = cut;
        }
        let after = &text[date.range.end..range.end];
        let skip = after.len().min(4);
        let skip = (skip..=after.len()).find(|i| after.is_char_boundary(*i)).unwrap_or(after.len());
        let mut reach = skip;
        while let Some(at) = after[reach..].find(separator) {
            let end = date.range.end + reach + at;
            reach += at + separator.len();
            if end - range.start >= 60 {
                range.end = end;
                break;
            }
        }
    }
    quoted(text, range, &date.range)
}
