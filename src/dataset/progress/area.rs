//! Priority areas: their timelines and their then, now and up next.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY, CORRECTION, Certainty, EVIDENCE, evidence};
use crate::dataset::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// The three stages of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StageName {
    Then,
    Now,
    UpNext,
}

impl StageName {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Then => "then",
            Self::Now => "now",
            Self::UpNext => "up next",
        }
    }
}

/// One priority area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    pub area: String,
    /// What the list of areas says of it.
    pub tagline: String,
    /// What its own page says of it.
    pub headline: String,
    /// First year label of its timeline.
    pub year_first: Option<i16>,
    /// Last year label of its timeline.
    pub year_last: Option<i16>,
    pub lines: Lines,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const PRIORITIES: &[Column] = &[
    column("area", ColumnType::Text, "name of the area"),
    column("tagline", ColumnType::Text, "what the list of areas says of it"),
    column("headline", ColumnType::Text, "what its own page says of it"),
    column("year_first", ColumnType::Integer, "first year of its timeline"),
    column("year_last", ColumnType::Integer, "last year of its timeline"),
    LINE_START,
    LINE_END,
];

impl Record for Priority {
    const SCHEMA: Schema =
        Schema { name: "priorities", title: "Priority areas", row: "one priority area", columns: PRIORITIES, key: &["area"] };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.area),
            Value::text(&self.tagline),
            Value::text(&self.headline),
            self.year_first.map_or(Value::Missing, |y| Value::Integer(i64::from(y))),
            self.year_last.map_or(Value::Missing, |y| Value::Integer(i64::from(y))),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// One milestone of an area's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub area: String,
    /// Where the text speaks for one; of an ambiguous milestone the likeliest.
    pub year: Option<i16>,
    /// As printed, its lines joined.
    pub milestone: String,
    pub certainty: Certainty,
    /// Lines that speak for the value.
    pub evidence: Vec<Lines>,
    pub lines: Lines,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const MILESTONES: &[Column] = &[
    column("area", ColumnType::Text, "name of the area"),
    column("year", ColumnType::Integer, "year; of an ambiguous milestone the likeliest"),
    column("milestone", ColumnType::Text, "milestone as printed"),
    CERTAINTY,
    ALTERNATIVES,
    EVIDENCE,
    LINE_START,
    LINE_END,
    CORRECTION,
];

impl Record for Milestone {
    const SCHEMA: Schema = Schema {
        name: "milestones",
        title: "Milestones",
        row: "one milestone of an area's timeline",
        columns: MILESTONES,
        key: &["area", "line_start"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(&self.area),
            self.year.map_or(Value::Missing, |y| Value::Integer(i64::from(y))),
            Value::text(&self.milestone),
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

/// Where an area stood, stands or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    pub area: String,
    pub stage: StageName,
    /// As printed, its lines joined.
    pub text: String,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const STAGES: &[Column] = &[
    column("area", ColumnType::Text, "name of the area"),
    column("stage", ColumnType::Text, "then, now or up next"),
    column("text", ColumnType::Text, "text as printed"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Stage {
    const SCHEMA: Schema = Schema {
        name: "stages",
        title: "Then, now and up next",
        row: "where an area stood, stands or goes",
        columns: STAGES,
        key: &["area", "stage"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(&self.area),
            Value::text(self.stage.as_str()),
            Value::text(&self.text),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            certainty,
            alternatives,
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
