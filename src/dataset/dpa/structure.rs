//! Sections, entries, coverage, highlights, cross-border services: the factsheet's structure as rows.

use crate::dataset::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// A numbered heading of the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Depth of the heading, 1 for a chapter.
    pub level: u8,
    /// Section number as printed.
    pub number: String,
    /// Title of the section.
    pub title: String,
    pub lines: Lines,
}

impl Record for Section {
    const SCHEMA: Schema = Schema {
        name: "sections",
        title: "Sections",
        row: "one numbered heading of the body",
        columns: &[
            column("level", ColumnType::Integer, "depth of the heading, 1 for a chapter"),
            column("number", ColumnType::Text, "section number as printed"),
            column("title", ColumnType::Text, "title of the section"),
            LINE_START,
            LINE_END,
        ],
        key: &["number"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Integer(i64::from(self.level)),
            Value::text(&self.number),
            Value::text(&self.title),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// A titled item of a content chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Chapter, by its title.
    pub chapter: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    /// Title of the section.
    pub section_title: String,
    /// What the entry is, by its chapter.
    pub kind: String,
    /// Title of the entry.
    pub title: String,
    /// First sentence of the text.
    pub summary: String,
    /// The whole text, with ¶ between paragraphs.
    pub text: String,
    pub lines: Lines,
}

impl Record for Entry {
    const SCHEMA: Schema = Schema {
        name: "entries",
        title: "Entries",
        row: "one titled item of a content chapter",
        columns: &[
            column("chapter", ColumnType::Text, "chapter, by its title"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            column("section_title", ColumnType::Text, "title of the section"),
            column("kind", ColumnType::Text, "what the entry is, by its chapter"),
            column("title", ColumnType::Text, "title of the entry"),
            column("summary", ColumnType::Text, "first sentence of the text"),
            column("text", ColumnType::Text, "the whole text, with ¶ between paragraphs"),
            LINE_START,
            LINE_END,
        ],
        key: &["section_number", "title", "line_start"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.chapter),
            Value::text(&self.section_number),
            Value::text(&self.section_title),
            Value::text(&self.kind),
            Value::text(&self.title),
            Value::text(&self.summary),
            Value::text(&self.text),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// A leaf section: what it holds, or that it holds nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Chapter, by its title.
    pub chapter: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    /// Title of the section.
    pub section_title: String,
    /// Number of titled items.
    pub entries: u32,
    /// Whether the source says that there is nothing.
    pub declared_empty: bool,
    /// The words that say so.
    pub statement: String,
    pub lines: Lines,
}

impl Record for Coverage {
    const SCHEMA: Schema = Schema {
        name: "coverage",
        title: "Coverage",
        row: "one leaf section of a content chapter",
        columns: &[
            column("chapter", ColumnType::Text, "chapter, by its title"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            column("section_title", ColumnType::Text, "title of the section"),
            column("entries", ColumnType::Integer, "number of titled items"),
            column("declared_empty", ColumnType::Boolean, "whether the source says that there is nothing"),
            column("statement", ColumnType::Text, "the words that say so"),
            LINE_START,
            LINE_END,
        ],
        key: &["section_number"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.chapter),
            Value::text(&self.section_number),
            Value::text(&self.section_title),
            Value::Integer(i64::from(self.entries)),
            Value::Boolean(self.declared_empty),
            Value::text(&self.statement),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// A paragraph or bullet of the highlights chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlight {
    /// Heading above the statement.
    pub heading: String,
    /// The paragraph or bullet.
    pub statement: String,
    pub lines: Lines,
}

impl Record for Highlight {
    const SCHEMA: Schema = Schema {
        name: "highlights",
        title: "Highlights",
        row: "one paragraph or bullet of the highlights chapter",
        columns: &[
            column("heading", ColumnType::Text, "heading above the statement"),
            column("statement", ColumnType::Text, "the paragraph or bullet"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start"],
    };

    fn values(&self) -> Vec<Value> {
        vec![Value::text(&self.heading), Value::text(&self.statement), Value::line(self.lines.start()), Value::line(self.lines.end())]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// A service group of the cross-border chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossBorderService {
    /// Citizens or businesses.
    pub audience: String,
    /// Name of the group.
    pub service_group: String,
    /// Example in brackets.
    pub example: String,
    pub lines: Lines,
}

impl Record for CrossBorderService {
    const SCHEMA: Schema = Schema {
        name: "cross_border_services",
        title: "Cross-border services",
        row: "one service group of the cross-border chapter",
        columns: &[
            column("audience", ColumnType::Text, "citizens or businesses"),
            column("service_group", ColumnType::Text, "name of the group"),
            column("example", ColumnType::Text, "example in brackets"),
            LINE_START,
            LINE_END,
        ],
        key: &["audience", "service_group"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.audience),
            Value::text(&self.service_group),
            Value::text(&self.example),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
