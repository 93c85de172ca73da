//! Whether the source settles a value: the columns `certainty`, `alternatives` and `evidence`.

use super::{Column, ColumnType, Value, column};
use crate::vocabulary::Lines;

pub const CERTAINTY: Column = column("certainty", ColumnType::Text, "certain, or ambiguous where the source does not settle a value");
pub const ALTERNATIVES: Column = column("alternatives", ColumnType::Text, "the other candidates, separated by |");
pub const EVIDENCE: Column = column("evidence", ColumnType::Text, "lines of the source that speak for the value, separated by |");

pub const CORRECTION: Column = column("correction", ColumnType::Text, "what a person put right in the row, who, when and why");

/// Certain, or ambiguous with the other candidates. There is no ambiguity without a candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certainty {
    alternatives: Vec<String>,
    /// What a person says who settled it; empty if nobody did.
    settled: String,
}

impl Certainty {
    pub fn certain() -> Self {
        Self::default()
    }

    /// Ambiguous among the value that the row shows (if any) and these; certain if there are none.
    pub fn among(alternatives: Vec<String>) -> Self {
        Self { alternatives, settled: String::new() }
    }

    /// A person settled the value; the note says who, when and why. Candidates that are `open` are those of other fields of the row,
    /// which stay unsettled.
    pub fn settle(&mut self, note: &str, open: impl Fn(&str) -> bool) {
        self.alternatives.retain(|candidate| open(candidate));
        if self.settled.is_empty() {
            self.settled = note.to_owned();
        } else if self.settled != note {
            self.settled = format!("{}; {note}", self.settled);
        }
    }

    /// The value of the column [`CORRECTION`].
    pub fn correction(&self) -> Value {
        Value::text(&self.settled)
    }

    pub fn is_certain(&self) -> bool {
        self.alternatives.is_empty()
    }

    pub fn alternatives(&self) -> &[String] {
        &self.alternatives
    }

    pub fn as_str(&self) -> &'static str {
        if self.is_certain() { "certain" } else { "ambiguous" }
    }

    /// The values of the columns [`CERTAINTY`] and [`ALTERNATIVES`].
    pub fn values(&self) -> [Value; 2] {
        [Value::text(self.as_str()), Value::text(self.alternatives.join("|"))]
    }
}

/// The value of the column [`EVIDENCE`]: `216`, `223|315-317`.
pub fn evidence(lines: &[Lines]) -> Value {
    Value::text(lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
}
