//! The country profile: labelled figures, the benchmark table, figures.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY};
use crate::dataset::{Certainty, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column, figure};
use crate::vocabulary::{Figure, Lines};

/// A labelled figure of the country profile.
#[derive(Clone, Debug, PartialEq)]
pub struct BasicDatum {
    /// Label as printed.
    pub label: String,
    /// The number.
    pub value: Option<Figure>,
    /// Unit as printed.
    pub unit: String,
    /// Year in brackets.
    pub year: String,
    /// The number as printed.
    pub value_raw: String,
    pub lines: Lines,
}

impl Record for BasicDatum {
    const SCHEMA: Schema = Schema {
        name: "basic_data",
        title: "Basic data",
        row: "one labelled figure of the country profile",
        columns: &[
            column("label", ColumnType::Text, "label as printed"),
            column("value", ColumnType::Number, "the number"),
            column("unit", ColumnType::Text, "unit as printed"),
            column("year", ColumnType::Text, "year in brackets"),
            LINE_START,
            LINE_END,
            column("value_raw", ColumnType::Text, "the number as printed"),
        ],
        key: &["label", "line_start"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.label),
            figure(self.value),
            Value::text(&self.unit),
            Value::text(&self.year),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            Value::text(&self.value_raw),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// A row of the eGovernment Benchmark table.
#[derive(Clone, Debug, PartialEq)]
pub struct BenchmarkRow {
    /// Dimension, carried down.
    pub dimension: String,
    /// Indicator as printed.
    pub indicator: String,
    /// Average of EU27+.
    pub eu_average: Option<Figure>,
    /// Value of the country.
    pub country_value: Option<Figure>,
    /// Unit of both.
    pub unit: String,
    pub certainty: Certainty,
    pub lines: Lines,
}

impl Record for BenchmarkRow {
    const SCHEMA: Schema = Schema {
        name: "egovernment_benchmark",
        title: "eGovernment Benchmark",
        row: "one row of the benchmark table",
        columns: &[
            column("dimension", ColumnType::Text, "dimension, carried down"),
            column("indicator", ColumnType::Text, "indicator as printed"),
            column("eu_average", ColumnType::Number, "average of EU27+"),
            column("country_value", ColumnType::Number, "value of the country"),
            column("unit", ColumnType::Text, "unit of both"),
            LINE_START,
            LINE_END,
            CERTAINTY,
            ALTERNATIVES,
        ],
        key: &["dimension", "indicator"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.dimension),
            Value::text(&self.indicator),
            figure(self.eu_average),
            figure(self.country_value),
            Value::text(&self.unit),
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

/// A figure of which the text keeps the source line.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureLine {
    /// Caption, where the text gives one.
    pub caption: String,
    /// The source line.
    pub source_text: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    /// Lost, or kept as table.
    pub status: String,
    pub lines: Lines,
}

impl Record for FigureLine {
    const SCHEMA: Schema = Schema {
        name: "figures",
        title: "Figures",
        row: "one source line of a figure",
        columns: &[
            column("caption", ColumnType::Text, "caption, where the text gives one"),
            column("source_text", ColumnType::Text, "the source line"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            column("status", ColumnType::Text, "lost, or kept as table"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.caption),
            Value::text(&self.source_text),
            Value::text(&self.section_number),
            Value::text(&self.status),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
