//! The rows of a table by the names of their columns: for checks and traces, which see datasets with their types erased.

use super::{Table, Value};
use crate::vocabulary::Lines;

/// A row of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    pub table: &'t Table,
    /// Zero-based.
    pub index: usize,
}

impl Table {
    /// Its rows by name.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }
}

impl<'t> Row<'t> {
    /// The value of a column; missing where there is no such column.
    pub fn value(&self, column: &str) -> &'t Value {
        self.table.column(column).and_then(|i| self.table.rows.get(self.index)?.get(i)).unwrap_or(&Value::Missing)
    }

    /// A text as it is; empty for anything else.
    pub fn word(&self, column: &str) -> &'t str {
        match self.value(column) {
            Value::Text(text) => text,
            Value::Missing | Value::Integer(_) | Value::Number(..) | Value::Boolean(_) => "",
        }
    }

    /// As a CSV holds it.
    pub fn text(&self, column: &str) -> String {
        self.value(column).plain()
    }

    pub fn number(&self, column: &str) -> Option<f64> {
        match self.value(column) {
            Value::Number(n, _) => Some(*n),
            Value::Integer(n) => Some(*n as f64),
            Value::Missing | Value::Text(_) | Value::Boolean(_) => None,
        }
    }

    /// The lines of the source that it names.
    pub fn lines(&self) -> Option<Lines> {
        let line = |name: &str| self.number(name).map(|n| n as u32);
        Lines::new(line("line_start")?, line("line_end")?)
    }
}
