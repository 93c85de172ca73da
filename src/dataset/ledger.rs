//! The ledger: what became of every non-blank line of a text.

use super::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::source::Text;
use crate::vocabulary::Lines;
use std::collections::BTreeMap;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineRole {
    /// Its words stand in a row (1-based) of a dataset.
    Row {
        dataset: &'static str,
        row: u32,
    },
    Heading,
    Furniture,
    Contents,
    TitlePage,
    BackMatter,
    Unread,
}

impl LineRole {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Row { .. } => "row",
            Self::Heading => "heading",
            Self::Furniture => "furniture",
            Self::Contents => "contents",
            Self::TitlePage => "title page",
            Self::BackMatter => "back matter",
            Self::Unread => "unread",
        }
    }
}

/// Consecutive lines that share one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerEntry {
    pub lines: Lines,
    pub role: LineRole,
}

/// What is known of each line while the datasets are made.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    roles: BTreeMap<u32, Vec<LineRole>>,
}

impl Ledger {
    /// Notes a role of a line. A line may serve many rows.
    pub fn note(&mut self, line: u32, role: LineRole) {
        self.roles.entry(line).or_default().push(role);
    }

    /// Notes that lines serve the row at `index` (0-based) of a dataset.
    pub fn serve(&mut self, dataset: &'static str, index: usize, lines: impl IntoIterator<Item = u32>) {
        let row = u32::try_from(index + 1).unwrap_or(u32::MAX);
        for line in lines {
            self.note(line, LineRole::Row { dataset, row });
        }
    }

    /// Whether anything is known of a line.
    pub fn knows(&self, line: u32) -> bool {
        self.roles.contains_key(&line)
    }

    /// The entries in the order of lines; a non-blank line of which nothing is known is `unread`.
    /// Neighbouring lines with the same role share an entry; blank lines belong to none.
    pub fn entries(&self, text: &Text) -> Vec<LedgerEntry> {
        let mut entries: Vec<LedgerEntry> = Vec::new();
        // Role -> index of the entry that the line before still holds open.
        let mut open: BTreeMap<LineRole, usize> = BTreeMap::new();
        for (number, _) in text.lines().filter(|(n, _)| !text.is_blank(*n)) {
            let mut roles = self.roles.get(&number).cloned().unwrap_or_else(|| vec![LineRole::Unread]);
            roles.sort_unstable();
            roles.dedup();
            let mut next = BTreeMap::new();
            for role in &roles {
                let index = open.get(role).copied().filter(|i| entries[*i].lines.end() + 1 == number);
                let index = index.unwrap_or_else(|| {
                    entries.push(LedgerEntry { lines: Lines::one(number), role: *role });
                    entries.len() - 1
                });
                entries[index].lines = entries[index].lines.join(Lines::one(number));
                next.insert(*role, index);
            }
            open = next;
        }
        entries.sort();
        entries
    }
}

impl Record for LedgerEntry {
    const SCHEMA: Schema = Schema {
        name: "ledger",
        title: "Ledger",
        row: "what became of consecutive non-blank lines of the source",
        columns: &[
            LINE_START,
            LINE_END,
            column("role", ColumnType::Text, "row, heading, furniture, contents, title page, back matter or unread"),
            column("dataset", ColumnType::Text, "the dataset that has the lines' words"),
            column("row", ColumnType::Integer, "1-based row in that dataset"),
        ],
        key: &["line_start", "line_end", "role", "dataset", "row"],
    };

    fn values(&self) -> Vec<Value> {
        let (dataset, row) = match self.role {
            LineRole::Row { dataset, row } => (Value::text(dataset), Value::Integer(i64::from(row))),
            LineRole::Heading
            | LineRole::Furniture
            | LineRole::Contents
            | LineRole::TitlePage
            | LineRole::BackMatter
            | LineRole::Unread => (Value::Missing, Value::Missing),
        };
        vec![Value::line(self.lines.start()), Value::line(self.lines.end()), Value::text(self.role.as_str()), dataset, row]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
