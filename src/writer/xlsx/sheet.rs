//! Sheets as data: what the workbook holds, before anything is known of formats or of a profile.

use super::shared::SharedRows;
use super::text::{MOST_ROWS, clean, like_number};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// The first row of a table, zero-based: title, sentence, source, links and marks stand above it.
pub(super) const HEAD_ROW: u32 = 5;
/// Rows that fit below it.
pub(super) const MOST_TABLE_ROWS: usize = MOST_ROWS - HEAD_ROW as usize - 1;

/// One sheet.
pub(super) struct Sheet<'a> {
    /// On the tab: unique, at most 31 characters.
    pub name: String,
    /// In A1.
    pub title: String,
    /// In A2: what the sheet holds, in a sentence.
    pub sentence: String,
    /// In A3: who published what is shown; may be empty.
    pub source: String,
    /// In the contents: from when to when; may be empty.
    pub period: String,
    pub body: Body<'a>,
}

pub(super) enum Body<'a> {
    Table(Grid<'a>),
    Charts(Vec<Figure>),
}

/// A table: one head row, rows of equal length, nothing below.
pub(super) struct Grid<'a> {
    /// Name of the Excel table.
    pub name: String,
    pub columns: Vec<Head>,
    /// Rows at its top that other workbooks show too.
    pub shared: Option<Arc<SharedRows>>,
    /// The rows below them.
    pub rows: Vec<Row<'a>>,
    /// Leading columns that name a row.
    pub labels: u16,
    /// Columns without any value, which are not shown.
    pub left_out: Vec<String>,
    /// What its cells have in common: looked at once for both profiles.
    facts: OnceLock<Facts>,
}

/// What the cells of a table have in common.
#[derive(Clone)]
pub(super) struct Facts {
    pub columns: Vec<ColumnFacts>,
    /// Whether there is a mark such as `[x]`, and an empty cell.
    pub marks: bool,
    pub empty: bool,
    /// Whether there is a link out of the workbook.
    pub to_web: bool,
}

#[derive(Clone, Default)]
pub(super) struct ColumnFacts {
    /// A text that a spreadsheet would take for a number.
    pub like_numbers: bool,
    pub formulas: bool,
    /// Characters of the longest text or link in a column of places, else 0.
    pub longest: usize,
}

impl<'a> Grid<'a> {
    pub fn new(name: String, columns: Vec<Head>, rows: Vec<Row<'a>>, labels: u16) -> Self {
        Self { name, columns, shared: None, rows, labels, left_out: Vec::new(), facts: OnceLock::new() }
    }

    /// A table without its blank columns: no formula may name a column of it by its place.
    pub fn compact(name: String, mut columns: Vec<Head>, mut rows: Vec<Row<'a>>, labels: u16) -> Self {
        let filled: Vec<bool> = (0..columns.len()).map(|at| rows.is_empty() || rows.iter().any(|r| r.cells[at] != Cell::Empty)).collect();
        let mut left_out = Vec::new();
        if filled.contains(&false) {
            for row in &mut rows {
                let mut keep = filled.iter();
                row.cells.retain(|_| keep.next().copied().unwrap_or(true));
            }
            let mut keep = filled.iter();
            columns.retain(|head| {
                let kept = keep.next().copied().unwrap_or(true);
                if !kept {
                    left_out.push(head.text.clone());
                }
                kept
            });
        }
        Self { left_out, ..Self::new(name, columns, rows, labels) }
    }

    /// With rows at its top that have the same columns.
    pub fn below(self, shared: Arc<SharedRows>) -> Self {
        Self { shared: Some(shared), ..self }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.shared.as_ref().map_or(0, |shared| shared.len()) + self.rows.len()
    }

    /// One of its rows, counted from zero.
    pub fn row(&self, index: usize) -> Option<Cow<'_, Row<'_>>> {
        let shared = self.shared.as_ref().map_or(0, |shared| shared.len());
        match index.checked_sub(shared) {
            Some(own) => self.rows.get(own).map(Cow::Borrowed),
            None => self.shared.as_ref().map(|shared| Cow::Owned(shared.row(index))),
        }
    }

    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| {
            let mut facts = self.shared.as_ref().map_or_else(|| Facts::of_none(&self.columns), |shared| shared.facts.clone());
            self.rows.iter().for_each(|row| facts.take(row, &self.columns));
            facts
        })
    }
}

impl Facts {
    pub fn of_none(columns: &[Head]) -> Self {
        Self { columns: vec![ColumnFacts::default(); columns.len()], marks: false, empty: false, to_web: false }
    }

    pub fn take(&mut self, row: &Row<'_>, columns: &[Head]) {
        for ((cell, head), column) in row.cells.iter().zip(columns).zip(&mut self.columns) {
            match cell {
                Cell::Empty => self.empty = true,
                Cell::Mark(_) => self.marks = true,
                Cell::Formula(..) => column.formulas = true,
                Cell::Text(text) => column.like_numbers = column.like_numbers || like_number(text),
                Cell::Link(_, Target::Web(_)) => self.to_web = true,
                Cell::Number(..) | Cell::Count(_) | Cell::Boolean(_) | Cell::Date(..) | Cell::Link(_, Target::Cell(..)) => {}
            }
            if let (Cell::Text(text) | Cell::Link(text, _), Role::Place) = (cell, head.role)
                && text.len() > column.longest
            {
                column.longest = column.longest.max(text.chars().count());
            }
        }
    }
}

/// A column with its head.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Unique within the table, with the unit: `Gap, pp`.
    pub text: String,
    pub role: Role,
    /// In characters.
    pub width: f64,
    /// Of numbers; a cell may have others.
    pub decimals: u8,
    /// For the data dictionary.
    pub meaning: String,
    /// Column of the data files that it shows: `comparisons.gap`; empty if there is none.
    pub dataset: String,
}

/// What a column holds: decides colour, alignment and the data dictionary's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Names the row.
    Label,
    /// Short text on one line.
    Text,
    /// Long text, wrapped.
    Prose,
    Country,
    Average,
    /// Signed difference.
    Gap,
    Number,
    /// Whole number without a sign.
    Count,
    /// Full dates as dates, others as text.
    Date,
    Boolean,
    /// Link to a line or cell of a source.
    Place,
}

#[derive(Clone)]
pub(super) struct Row<'a> {
    pub cells: Vec<Cell<'a>>,
    /// Sums up the rows after it.
    pub strong: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Text columns only, explained above the table.
    Empty,
    Text(Cow<'a, str>),
    /// Full value and the decimals it is shown with.
    Number(f64, u8),
    Count(i64),
    Boolean(bool),
    /// Year, month, day.
    Date(i16, u8, u8),
    /// Shorthand for what is not there: `[x]`.
    Mark(&'static str),
    /// A formula without `=` and the result that we have.
    Formula(String, Outcome),
    Link(Cow<'a, str>, Target),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Number(f64, u8),
    Count(i64),
    Text(String),
}

impl Outcome {
    /// As the file holds it beside the formula.
    pub fn printed(&self) -> Cow<'_, str> {
        match self {
            Self::Number(value, _) => value.to_string().into(),
            Self::Count(count) => count.to_string().into(),
            Self::Text(text) => clean(text),
        }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// A cell of a sheet, zero-based row and column.
    Cell(Cow<'static, str>, u32, u16),
    /// `http:`, `https:` or `mailto:`.
    Web(String),
}

/// A native chart with the words around it.
pub(super) struct Figure {
    /// What it tells.
    pub finding: String,
    /// What, where, when, unit: the chart's title.
    pub what: String,
    pub alt: String,
    pub kind: FigureKind,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Ends of the value axis; `None` lets the program choose.
    pub axis: (Option<f64>, Option<f64>),
    /// Ends of the axis of years.
    pub years: Option<(i32, i32)>,
    pub series: Vec<Series>,
    /// Where its numbers stand.
    pub data: Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    /// Lines over years, as points of a scatter: a missing year leaves a gap of its width.
    Lines,
    /// Columns, with the average as marks.
    Columns,
    /// Events by year, one below the other.
    Timeline,
}

/// A series of a chart: ranges of a sheet.
pub(super) struct Series {
    pub name: String,
    pub look: Look,
    pub sheet: String,
    /// First and last row, zero-based.
    pub rows: (u32, u32),
    /// Columns of categories (or years) and values.
    pub category: u16,
    pub value: u16,
    pub label: Label,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    CountryLine,
    AverageLine,
    CountryColumns,
    /// Grey columns, the one at this position in the country's colour.
    OthersColumns(Option<usize>),
    AverageMarks,
    /// A line across the columns of other countries.
    AverageRule,
    Certain,
    Ambiguous,
}

/// Words at the points of a series.
pub(super) enum Label {
    None,
    /// The series' name at its last point.
    Name,
    /// Words at every point.
    Each(Vec<String>),
}

impl<'a> Cell<'a> {
    /// Text, or empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl Head {
    pub fn new(text: impl Into<String>, role: Role, meaning: impl Into<String>) -> Self {
        let width = match role {
            Role::Label => 22.0,
            Role::Text => 16.0,
            Role::Prose => 60.0,
            Role::Country | Role::Average => 12.0,
            Role::Gap | Role::Number | Role::Count => 10.0,
            Role::Date => 12.0,
            Role::Boolean => 9.0,
            Role::Place => 22.0,
        };
        Self { text: text.into(), role, width, decimals: 1, meaning: meaning.into(), dataset: String::new() }
    }

    pub fn wide(mut self, width: f64) -> Self {
        self.width = width;
        self
    }

    pub fn decimals(mut self, decimals: u8) -> Self {
        self.decimals = decimals;
        self
    }

    pub fn of(mut self, dataset: &str, column: &str) -> Self {
        self.dataset = format!("{dataset}.{column}");
        self
    }
}

impl Sheet<'_> {
    pub fn rows(&self) -> usize {
        match &self.body {
            Body::Table(grid) => grid.len(),
            Body::Charts(_) => 0,
        }
    }
}
