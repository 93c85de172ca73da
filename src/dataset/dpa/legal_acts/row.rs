//! The row of `legal_acts`.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY};
use crate::dataset::{Certainty, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::{Edtf, Lines};

/// A mention of a dated national act.
#[derive(Clone, Debug, PartialEq)]
pub struct LegalAct {
    /// Title as printed.
    pub title: String,
    /// What kind of act.
    pub act_type: ActType,
    /// Date of the act or of what happened to it.
    pub date: Option<Edtf>,
    /// Year, month, day, interval or decade.
    pub date_precision: String,
    /// What happened on the date: act_date, adopted, passed, approved, published, in_force.
    pub date_role: String,
    /// Whether the mention calls the act amended.
    pub amended: bool,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub certainty: Certainty,
    pub lines: Lines,
}

impl Record for LegalAct {
    const SCHEMA: Schema = Schema {
        name: "legal_acts",
        title: "Legal acts",
        row: "one mention of a dated national act",
        columns: &[
            column("title", ColumnType::Text, "title as printed"),
            column("act_type", ColumnType::Text, "what kind of act"),
            column("date", ColumnType::Date, "date of the act or of what happened to it"),
            column("date_precision", ColumnType::Text, "year, month, day, interval or decade"),
            column("date_role", ColumnType::Text, "what happened on the date: act_date, adopted, passed, approved, published, in_force"),
            column("amended", ColumnType::Boolean, "whether the mention calls the act amended"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
            CERTAINTY,
            ALTERNATIVES,
        ],
        key: &["line_start", "title", "date"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.title),
            Value::text(self.act_type.as_str()),
            Value::text(self.date.map(|d| d.to_string()).unwrap_or_default()),
            Value::text(&self.date_precision),
            Value::text(&self.date_role),
            Value::Boolean(self.amended),
            Value::text(&self.section_number),
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

/// What kind of act it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActType {
    Law,
    Act,
    Regulation,
    Decree,
    Code,
    Decision,
    Ordinance,
    Constitution,
    Guidelines,
    Strategy,
    Other,
}

impl ActType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Act => "act",
            Self::Regulation => "regulation",
            Self::Decree => "decree",
            Self::Code => "code",
            Self::Decision => "decision",
            Self::Ordinance => "ordinance",
            Self::Constitution => "constitution",
            Self::Guidelines => "guidelines",
            Self::Strategy => "strategy",
            Self::Other => "other",
        }
    }
}
