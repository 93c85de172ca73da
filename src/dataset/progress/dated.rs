//! What has a date: the journey's events and the regulatory rundown.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY, CORRECTION, Certainty, EVIDENCE, evidence};
use crate::dataset::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::{DatePrecision, Edtf, Lines};

/// Whether an act is in force or announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegulationStatus {
    Enacted,
    UpNext,
}

impl RegulationStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enacted => "enacted",
            Self::UpNext => "up next",
        }
    }
}

/// One event of a dated journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEvent {
    /// The day, or the beginning of the interval; of an ambiguous event the likeliest.
    pub date_start: Option<Edtf>,
    /// End of the interval.
    pub date_end: Option<Edtf>,
    pub date_precision: DatePrecision,
    /// Without the year: `sept. 14`.
    pub date_as_printed: String,
    pub title: String,
    pub description: String,
    pub certainty: Certainty,
    /// Lines that speak for the value.
    pub evidence: Vec<Lines>,
    pub lines: Lines,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const TIMELINE_EVENTS: &[Column] = &[
    column("date_start", ColumnType::Date, "day, or beginning of the interval"),
    column("date_end", ColumnType::Date, "end of the interval"),
    column("date_precision", ColumnType::Text, "year, month, day or interval"),
    column("date_as_printed", ColumnType::Text, "date as printed, without the year"),
    column("title", ColumnType::Text, "title as printed"),
    column("description", ColumnType::Text, "description as printed"),
    CERTAINTY,
    ALTERNATIVES,
    EVIDENCE,
    LINE_START,
    LINE_END,
    CORRECTION,
];

impl Record for TimelineEvent {
    const SCHEMA: Schema = Schema {
        name: "timeline_events",
        title: "Events",
        row: "one event of a dated journey",
        columns: TIMELINE_EVENTS,
        key: &["line_start", "title"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            self.date_start.map_or(Value::Missing, |d| Value::text(d.to_string())),
            self.date_end.map_or(Value::Missing, |d| Value::text(d.to_string())),
            Value::text(self.date_precision.as_str()),
            Value::text(&self.date_as_printed),
            Value::text(&self.title),
            Value::text(&self.description),
            certainty,
            alternatives,
            evidence(&self.evidence),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            self.certainty.correction(),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// One entry of the regulatory rundown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regulation {
    pub status: RegulationStatus,
    /// As far as the text proves it.
    pub date: Option<Edtf>,
    /// As far as the text proves it.
    pub act_type: String,
    pub description: String,
    pub certainty: Certainty,
    /// Lines that speak for the value.
    pub evidence: Vec<Lines>,
    pub lines: Lines,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const REGULATIONS: &[Column] = &[
    column("status", ColumnType::Text, "enacted or up next"),
    column("date", ColumnType::Date, "date as far as the text proves it"),
    column("date_precision", ColumnType::Text, "year, month or day"),
    column("act_type", ColumnType::Text, "type of act as far as the text proves it"),
    column("description", ColumnType::Text, "what the act does, as printed"),
    CERTAINTY,
    ALTERNATIVES,
    EVIDENCE,
    LINE_START,
    LINE_END,
    CORRECTION,
];

impl Record for Regulation {
    const SCHEMA: Schema = Schema {
        name: "regulations",
        title: "Regulations",
        row: "one entry of the regulatory rundown",
        columns: REGULATIONS,
        key: &["line_start", "description"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(self.status.as_str()),
            self.date.map_or(Value::Missing, |d| Value::text(d.to_string())),
            self.date.map_or(Value::Missing, |d| Value::text(d.precision().as_str())),
            Value::text(&self.act_type),
            Value::text(&self.description),
            certainty,
            alternatives,
            evidence(&self.evidence),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            self.certainty.correction(),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
