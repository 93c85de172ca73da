//! Pages and sections: how the report is divided.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY, Certainty};
use crate::dataset::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    Intro,
    Recipe,
    Approach,
    Evolution,
    Interview,
    Spotlight,
    Catalogue,
    Timeline,
    Regulatory,
    Manifesto,
    Disclaimer,
    Other,
}

impl SectionKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intro => "intro",
            Self::Recipe => "recipe",
            Self::Approach => "approach",
            Self::Evolution => "evolution",
            Self::Interview => "interview",
            Self::Spotlight => "spotlight",
            Self::Catalogue => "catalogue",
            Self::Timeline => "timeline",
            Self::Regulatory => "regulatory",
            Self::Manifesto => "manifesto",
            Self::Disclaimer => "disclaimer",
            Self::Other => "other",
        }
    }
}

/// One page, those without a header too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Counted from 1.
    pub page: u32,
    /// The parts of the running header joined by ` / `; empty if it has none.
    pub header: String,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const PAGES: &[Column] = &[
    column("page", ColumnType::Integer, "page, counted from 1"),
    column("header", ColumnType::Text, "running header, its parts joined by /"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Page {
    const SCHEMA: Schema = Schema { name: "pages", title: "Pages", row: "one page of the report", columns: PAGES, key: &["page"] };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::Integer(i64::from(self.page)),
            Value::text(&self.header),
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

/// One section in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// As printed, its lines joined.
    pub title: String,
    pub kind: SectionKind,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const SECTIONS: &[Column] = &[
    column("title", ColumnType::Text, "title as printed"),
    column("kind", ColumnType::Text, "kind of section"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Section {
    const SCHEMA: Schema = Schema {
        name: "sections",
        title: "Sections",
        row: "one section of the report, in order",
        columns: SECTIONS,
        key: &["line_start", "title"],
    };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(&self.title),
            Value::text(self.kind.as_str()),
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
