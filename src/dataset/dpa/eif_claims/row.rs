//! The row of `eif_claims`.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY};
use crate::dataset::{Certainty, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// A statement on the country's EIF Monitoring Mechanism result.
#[derive(Clone, Debug, PartialEq)]
pub struct EifClaim {
    /// Number of the scoreboard.
    pub scoreboard: String,
    /// What the statement is about, as printed.
    pub item: String,
    /// Score from 1 to 4, where the text gives it.
    pub score: String,
    /// Above, at or below, where the text says so.
    pub relation_to_eu_average: String,
    /// Whether the text names it as to be improved.
    pub area_for_improvement: Option<bool>,
    /// Number of the recommendation as printed.
    pub recommendation: String,
    pub certainty: Certainty,
    /// The words that say so.
    pub statement: String,
    pub lines: Lines,
}

impl Record for EifClaim {
    const SCHEMA: Schema = Schema {
        name: "eif_claims",
        title: "EIF claims",
        row: "one statement on a result of the EIF Monitoring Mechanism",
        columns: &[
            column("scoreboard", ColumnType::Text, "number of the scoreboard"),
            column("item", ColumnType::Text, "what the statement is about, as printed"),
            column("score", ColumnType::Text, "score from 1 to 4, where the text gives it"),
            column("relation_to_eu_average", ColumnType::Text, "above, at or below, where the text says so"),
            column("area_for_improvement", ColumnType::Boolean, "whether the text names it as to be improved"),
            column("recommendation", ColumnType::Text, "number of the recommendation as printed"),
            LINE_START,
            LINE_END,
            CERTAINTY,
            ALTERNATIVES,
            column("statement", ColumnType::Text, "the words that say so"),
        ],
        key: &["line_start", "item"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.scoreboard),
            Value::text(&self.item),
            Value::text(&self.score),
            Value::text(&self.relation_to_eu_average),
            self.area_for_improvement.map_or(Value::Missing, Value::Boolean),
            Value::text(&self.recommendation),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            Value::text(self.certainty.as_str()),
            Value::text(self.certainty.alternatives().join("|")),
            Value::text(&self.statement),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
