//! What is presented by name: the catalogue's initiatives, spotlights and statements of principle.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY, Certainty};
use crate::dataset::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// Where a principle is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipleGroup {
    Recipe,
    Approach,
    Roles,
    Manifesto,
}

impl PrincipleGroup {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recipe => "recipe",
            Self::Approach => "approach",
            Self::Roles => "roles",
            Self::Manifesto => "manifesto",
        }
    }
}

/// One initiative of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initiative {
    pub audience: String,
    pub name: String,
    pub description: String,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const INITIATIVES: &[Column] = &[
    column("audience", ColumnType::Text, "for whom it is, heading of the catalogue"),
    column("name", ColumnType::Text, "name as printed"),
    column("description", ColumnType::Text, "description as printed"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Initiative {
    const SCHEMA: Schema = Schema {
        name: "initiatives",
        title: "Initiatives",
        row: "one initiative of the catalogue",
        columns: INITIATIVES,
        key: &["name", "line_start"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(&self.audience),
            Value::text(&self.name),
            Value::text(&self.description),
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

/// One spotlight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spotlight {
    /// The priority area in whose chapter it stands.
    pub area: String,
    pub name: String,
    pub text: String,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const SPOTLIGHTS: &[Column] = &[
    column("area", ColumnType::Text, "priority area in whose chapter it stands"),
    column("name", ColumnType::Text, "name as printed"),
    column("text", ColumnType::Text, "text as printed"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Spotlight {
    const SCHEMA: Schema =
        Schema { name: "spotlights", title: "Spotlights", row: "one spotlight", columns: SPOTLIGHTS, key: &["line_start", "name"] };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(&self.area),
            Value::text(&self.name),
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

/// One statement of what the movement believes or how it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principle {
    pub group: PrincipleGroup,
    /// As printed: `01`; empty where the source does not number.
    pub number: String,
    pub label: String,
    pub text: String,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const PRINCIPLES: &[Column] = &[
    column("group", ColumnType::Text, "recipe, approach, roles or manifesto"),
    column("number", ColumnType::Text, "number as printed"),
    column("label", ColumnType::Text, "label as printed"),
    column("text", ColumnType::Text, "statement as printed"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Principle {
    const SCHEMA: Schema = Schema {
        name: "principles",
        title: "Principles",
        row: "one statement of principle",
        columns: PRINCIPLES,
        key: &["line_start", "text"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(self.group.as_str()),
            Value::text(&self.number),
            Value::text(&self.label),
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
