//! Document -> Dataset: typed rows, and the one shape in which all writers see them.
//!
//! A dataset of DATASETS.md is a `Vec` of a type that implements [`Record`]; [`Table`] is the same with its types erased.

pub mod artefact;
pub mod certainty;
pub mod correct;
pub mod dpa;
pub mod frame;
pub mod integrity;
pub mod ledger;
pub mod observation;
pub mod observe;
pub mod organisation;
pub mod progress;
pub mod prose;
pub mod quantity;
pub mod revision;
pub mod rows;

pub use artefact::{Artefact, ArtefactKind};
pub use certainty::Certainty;
pub use ledger::{Ledger, LedgerEntry, LineRole};
pub use observation::Observation;
pub use organisation::{Organisation, Person};
pub use prose::Prose;
pub use quantity::Quantity;
pub use revision::Revision;
pub use rows::Row;

use crate::vocabulary::{Figure, Lines, Word};
use std::fmt::Write as _;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    Integer,
    Number,
    Boolean,
    /// A date in EDTF.
    Date,
}

/// One column of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub column_type: ColumnType,
    /// Unit in words; empty if the column has none.
    pub unit: &'static str,
    /// What it means, for `datapackage.json` and the data dictionary.
    pub meaning: &'static str,
}

/// A column without a unit, for the declaration of a [`Schema`].
pub const fn column(name: &'static str, column_type: ColumnType, meaning: &'static str) -> Column {
    Column { name, column_type, unit: "", meaning }
}

/// The two columns that end every dataset taken from a text.
pub const LINE_START: Column = column("line_start", ColumnType::Integer, "first physical line in the source text, 1-based");
pub const LINE_END: Column = column("line_end", ColumnType::Integer, "last physical line in the source text, inclusive");

/// Name, meaning and columns of a dataset.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// `legal_acts`: the file's name without extension.
    pub name: &'static str,
    /// `Legal acts`: a heading.
    pub title: &'static str,
    /// What a row is, in words.
    pub row: &'static str,
    pub columns: &'static [Column],
    /// Names of the columns that identify a row.
    pub key: &'static [&'static str],
}

/// A cell of a dataset.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Missing,
    Text(Word),
    Integer(i64),
    /// A number and the decimals with which it is shown.
    Number(f64, u8),
    Boolean(bool),
}

impl Value {
    /// Text, or missing where it is empty.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() { Self::Missing } else { Self::Text(text.into()) }
    }

    /// The same of a text that many rows share.
    pub fn word(text: &Word) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(Word::clone(text)) }
    }

    pub fn line(line: u32) -> Self {
        Self::Integer(i64::from(line))
    }

    /// As a CSV holds it: missing is empty, booleans `true` and `false`, a number the shortest that reads back the same.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        self.print(&mut text);
        text
    }

    /// The same at the end of `text`.
    pub fn print(&self, text: &mut String) {
        let printed = match self {
            Self::Missing => Ok(()),
            Self::Text(own) => text.write_str(own),
            Self::Integer(n) => write!(text, "{n}"),
            Self::Number(n, _) => write!(text, "{n}"),
            Self::Boolean(b) => write!(text, "{b}"),
        };
        printed.expect("memory takes all text");
    }
}

/// A figure with its decimals, or missing.
pub fn figure(figure: Option<Figure>) -> Value {
    figure.map_or(Value::Missing, |f| Value::Number(f.value(), f.decimals()))
}

/// A typed row of a dataset.
pub trait Record {
    const SCHEMA: Schema;

    /// One value for each column of the schema, in its order.
    fn values(&self) -> Vec<Value>;

    /// The lines of the source that the row names; `None` for rows from sheets.
    fn lines(&self) -> Option<Lines>;
}

/// A dataset with its types erased: what writers and checks see.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub schema: &'static Schema,
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// The rows of one dataset, in the order given.
    pub fn of<R: Record + 'static>(records: &[R]) -> Self {
        const { assert!(!R::SCHEMA.columns.is_empty(), "a dataset has columns") };
        let rows: Vec<Vec<Value>> = records.iter().map(Record::values).collect();
        debug_assert!(rows.iter().all(|r| r.len() == R::SCHEMA.columns.len()), "{}: a value per column", R::SCHEMA.name);
        Self { schema: const { &R::SCHEMA }, rows }
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.schema.columns.iter().position(|c| c.name == name)
    }
}
