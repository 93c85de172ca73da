//! Figures as their publishers print them: Eurostat's downloads, the benchmark's workbook, our tidy sheets.
//!
//! A reader takes the bytes of one file and gives [`Reading`]s: what stands in a cell, what it is of, and where it stands.
//! Nothing is understood here; words stay words. The kind is recognised from the content, never from the name.

pub mod tidy;

use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::workbook::{Cell, CellValue};
use crate::source::{Source, Workbook};
use crate::vocabulary::{Lines, Place};
use std::sync::Arc;

/// A word of a source, shared by all readings that repeat it.
pub type Word = Arc<str>;

/// What all readings of a row or a sheet have in common: dimension and position, as code or label.
///
/// Dimensions have one name whatever the source calls them: `indicator`, `unit`, `breakdown`, `edition`; all others
/// keep theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series {
    pub dimensions: Vec<(Word, Word)>,
}

impl Series {
    /// The position on a dimension; empty if the source does not have it.
    pub fn get(&self, dimension: &str) -> &str {
        self.dimensions.iter().find(|(name, _)| &**name == dimension).map_or("", |(_, word)| word)
    }
}

/// A number as a cell prints it.
#[derive(Clone, Debug, PartialEq)]
pub enum Printed {
    Nothing,
    Number(f64),
    /// `:`, `58.0`, `5.5 b`, `0n`.
    Text(Word),
    /// A formula that failed: `#REF!`.
    Error(Word),
    Date(Word),
    Boolean(bool),
}

impl Printed {
    /// What a cell prints.
    fn of(cell: &Cell) -> Self {
        match &cell.value {
            CellValue::Number(number) => Self::Number(*number),
            CellValue::Text(text) => Self::Text(text.clone()),
            CellValue::Boolean(b) => Self::Boolean(*b),
            CellValue::Date(date) => Self::Date(date.as_str().into()),
            CellValue::Error(error) => Self::Error(error.as_str().into()),
        }
    }
}

/// Where in its file a reading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// Zero-based row and column.
    Cell {
        sheet: Word,
        row: u32,
        column: u32,
    },
    Line(u32),
}

impl At {
    pub fn place(&self, file: &str) -> Place {
        match self {
            Self::Cell { sheet, row, column } => Place::cell(file, &**sheet, *row, *column),
            Self::Line(line) => Place::lines(file, Lines::one(*line)),
        }
    }
}

/// One figure as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub series: Arc<Series>,
    pub geo: Word,
    pub time_period: Word,
    pub value: Printed,
    /// Decimals that the cell shows, if its format fixes them.
    pub decimals: Option<u8>,
    pub flags: Word,
    /// Whether the source could carry flags.
    pub flags_known: bool,
    /// Other values that the source gives, separated by `|`.
    pub alternatives: Word,
    pub note: Word,
    pub at: At,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub readings: Vec<Reading>,
    /// Figures of series that nobody asked for.
    pub unasked: usize,
}

/// Which series are wanted: a bulk download holds many that no indicator shows.
pub type Wanted<'a> = &'a (dyn Fn(&Series) -> bool + Sync);

pub static NO_FIGURES: Rule = Rule {
    id: "FIG001",
    severity: Severity::Error,
    title: "A file of figures is of a kind that is read here.",
    source: "this project",
    explanation: "Read are: our tidy sheets (.xlsx, .ods, .xls), downloads of Eurostat's Data Browser (.xlsx), bulk TSV (also .gz), SDMX-CSV 1.0 and 2.0, JSON-stat 2.0, and the result workbooks of the eGovernment Benchmark. The kind is recognised from the content.",
};

pub static SHEET_LAYOUT: Rule = Rule {
    id: "FIG002",
    severity: Severity::Error,
    title: "A table of figures has one head row with the columns it needs, and nothing beside or between.",
    source: "this project",
    explanation: "A head row that is missing, doubled or merged away shifts figures into other columns; a stray cell may be a figure that lost its place.",
};

pub static NOT_A_FIGURE: Rule = Rule {
    id: "FIG003",
    severity: Severity::Error,
    title: "A cell for a figure holds a figure, or the sign for a missing one.",
    source: "this project",
    explanation: "A formula error, a date or a word where a figure belongs is somebody's slip. Correct the cell, or list it in input/corrections.csv with the reason.",
};

/// Reads a file of figures of any kind.
pub fn read(source: &Source, wanted: Wanted<'_>) -> Checked<Figures> {
    if Workbook::is(&source.bytes) {
        let mut diagnostics = Vec::new();
        let Some(workbook) = Workbook::read(source).into_value(&mut diagnostics) else {
            return Checked { value: Figures::default(), diagnostics };
        };
        let figures = tidy::read(&source.name, &workbook, wanted).into_value(&mut diagnostics);
        return Checked { value: figures, diagnostics };
    }
    let help = "get the file anew from its publisher, or copy the figures to a tidy sheet as input/README.md shows";
    let found = "something else";
    let diagnostic =
        Diagnostic::new(&NO_FIGURES, Place::file(&source.name), "a workbook, TSV, SDMX-CSV or JSON-stat file of figures", found, help);
    Checked { value: Figures::default(), diagnostics: vec![diagnostic] }
}

/// The cells of one row, from left to right.
struct Row<'a> {
    number: u32,
    cells: &'a [Cell],
}

impl Row<'_> {
    fn get(&self, column: u32) -> Option<&Cell> {
        let guess = (column as usize).min(self.cells.len().saturating_sub(1));
        match self.cells.get(guess) {
            Some(cell) if cell.column == column => Some(cell),
            _ => self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at]),
        }
    }

    fn text(&self, column: u32) -> Option<&Word> {
        match &self.get(column)?.value {
            CellValue::Text(text) => Some(text),
            CellValue::Number(_) | CellValue::Boolean(_) | CellValue::Date(_) | CellValue::Error(_) => None,
        }
    }
}

/// A sheet's cells (by row, then column) as rows; empty rows do not occur.
fn rows(cells: &[Cell]) -> impl Iterator<Item = Row<'_>> {
    cells.chunk_by(|a, b| a.row == b.row).map(|cells| Row { number: cells[0].row, cells })
}
