//! Figures as their publishers print them: Eurostat's downloads, the benchmark's workbook, our tidy sheets.
//!
//! A reader takes the bytes of one file and gives [`Reading`]s: what stands in a cell, what it is of, and where it stands.
//! Nothing is understood here; words stay words. The kind is recognised from the content, never from the name.

mod benchmark;
mod browser;
mod dimension;
mod json_stat;
mod sdmx_csv;
pub mod targets;
mod tidy;
mod tsv;

use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::Workbook;
use crate::source::workbook::{Cell, CellValue};
use crate::vocabulary::{Lines, Place, Spot, Word};
use std::sync::Arc;

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
            CellValue::Date(date) => Self::Date(date.clone()),
            CellValue::Error(error) => Self::Error(error.clone()),
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
    /// Position in the `value` of a JSON-stat file, which is one line as a rule.
    Position(usize),
}

impl At {
    pub fn place(&self, file: &Word) -> Place {
        match self {
            Self::Cell { sheet, row, column } => Place::cell(file.clone(), sheet.clone(), *row, *column),
            Self::Line(line) => Place::lines(file.clone(), Lines::one(*line)),
            Self::Position(position) => {
                Place { file: file.clone(), spot: Spot::Cell { sheet: "value".into(), cell: position.to_string().into() } }
            }
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
    /// Targets that the file lists beside its figures.
    pub targets: Vec<targets::Target>,
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

pub static NOT_UTF8: Rule = Rule {
    id: "FIG013",
    severity: Severity::Error,
    title: "A text file of figures is UTF-8 with the delimiter of its kind.",
    source: "this project",
    explanation: "Excel saves CSV with semicolons or in Windows-1252, where decimal commas and names break without anybody noticing. Take the file as its publisher made it.",
};

/// Bytes that a packed text may unpack to.
const MOST_UNPACKED: u64 = 1 << 30;

/// Reads a file of figures of any kind. `name` is that of the file in the project.
pub fn read(name: &str, bytes: &[u8], wanted: Wanted<'_>) -> Checked<Figures> {
    if Workbook::is(bytes) {
        return read_workbook(name, bytes, wanted);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return match unpack(name, bytes) {
            Ok(unpacked) => read_text(name, &unpacked, wanted),
            Err(diagnostic) => refuse(*diagnostic),
        };
    }
    read_text(name, bytes, wanted)
}

fn refuse(diagnostic: Diagnostic) -> Checked<Figures> {
    Checked { value: Figures::default(), diagnostics: vec![diagnostic] }
}

fn read_workbook(name: &str, bytes: &[u8], wanted: Wanted<'_>) -> Checked<Figures> {
    let is_table = |cells: &[Cell]| tidy::is(cells) || browser::is(cells) || benchmark::is(cells) || targets::is(cells);
    let mut diagnostics = Vec::new();
    let Some(workbook) = Workbook::read(name, bytes, &is_table).into_value(&mut diagnostics) else {
        return Checked { value: Figures::default(), diagnostics };
    };
    let any = |is: fn(&[Cell]) -> bool| workbook.sheets.iter().any(|sheet| is(&sheet.cells));
    let figures = if any(tidy::is) {
        tidy::read(name, &workbook, wanted)
    } else if any(benchmark::is) {
        benchmark::read(name, &workbook, wanted)
    } else if any(browser::is) {
        browser::read(name, &workbook, wanted)
    } else if any(targets::is) {
        Checked::ok(Figures::default())
    } else {
        return refuse(tidy::no_head(name, &workbook));
    };
    let mut value = figures.into_value(&mut diagnostics);
    for sheet in workbook.sheets.iter().filter(|sheet| targets::is(&sheet.cells)) {
        targets::read(sheet, &mut value.targets);
    }
    Checked { value, diagnostics }
}

fn unpack(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Box<Diagnostic>> {
    use std::io::Read;
    let mut unpacked = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes).take(MOST_UNPACKED + 1).read_to_end(&mut unpacked);
    let (expected, found) = match read {
        Err(error) => ("a whole gzip file", error.to_string()),
        Ok(_) if unpacked.len() as u64 > MOST_UNPACKED => ("a file that unpacks to at most 1 GB", "more".to_owned()),
        Ok(_) => return Ok(unpacked),
    };
    Err(Box::new(Diagnostic::new(&NO_FIGURES, Place::file(name), expected, found, "get the file anew from its publisher")))
}

fn read_text(name: &str, bytes: &[u8], wanted: Wanted<'_>) -> Checked<Figures> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let help = "save the file as UTF-8, or take it as its publisher made it";
        return refuse(Diagnostic::new(&NOT_UTF8, Place::file(name), "UTF-8 text", "UTF-16 text", help));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(text) {
        let before = &text[..error.valid_up_to()];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let place = Place::lines(name, Lines::one(u32::try_from(line).unwrap_or(u32::MAX)));
        let found = format!("byte 0x{:02x}", text[error.valid_up_to()]);
        let help = "save the file as UTF-8 (it may be Windows-1252), or take it as its publisher made it";
        return refuse(Diagnostic::new(&NOT_UTF8, place, "UTF-8 text", found, help));
    }
    if tsv::is(text) {
        tsv::read(name, text, wanted)
    } else if sdmx_csv::is(text) {
        sdmx_csv::read(name, text, wanted)
    } else if json_stat::is(text) {
        json_stat::read(name, text, wanted)
    } else {
        let head =
            String::from_utf8_lossy(text.split(|b| *b == b'\n').next().unwrap_or_default()).trim().chars().take(120).collect::<String>();
        let help = "get the file anew from its publisher, or copy the figures to a tidy sheet as input/README.md shows";
        let expected = "a workbook, or the head of an Eurostat TSV, SDMX-CSV or JSON-stat file";
        let found = if head.is_empty() { "an empty line".to_owned() } else { format!("`{head}`") };
        refuse(Diagnostic::new(&NO_FIGURES, Place::lines(name, Lines::one(1)), expected, found, help))
    }
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
