//! A workbook's cells, read one by one with limits: .xlsx, .xls, and .ods as calamine gives it.
//!
//! A `Range` of calamine allocates the bounding box of a sheet: two cells in opposite corners ask for hundreds of GB. Its reader
//! of .xls also allocates what a file declares, and panics where one is bent: these files are read here, record by record.

mod biff;
mod compound;
mod open_document;

use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::{Place, Spot, Word};
use calamine::{Data, DataRef, Dimensions, Ods, Reader, SheetType, Xlsx};
use rustc_hash::FxHashMap;
use std::io::Cursor;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    Text(Word),
    Number(f64),
    Boolean(bool),
    /// A date, time or duration, as it reads.
    Date(Word),
    /// A formula that failed: `#REF!`.
    Error(Word),
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Zero-based.
    pub row: u32,
    /// Zero-based.
    pub column: u32,
    pub value: CellValue,
    /// Decimals that its number format shows of the value, if it fixes them.
    pub decimals: Option<u8>,
}

/// A visible or hidden sheet with its cells by row, then column.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: Word,
    pub cells: Vec<Cell>,
}

/// A file's sheets in their order.
#[derive(Clone, Debug)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
}

/// Rows of a sheet that decide whether it is a table of figures.
pub const HEAD_ROWS: u32 = 60;

/// A named file.
struct File<'a> {
    name: &'a str,
    bytes: &'a [u8],
}

/// Bytes that the parts of a workbook may unpack to, together.
const MOST_BYTES: u64 = 256 << 20;
/// Cells that a workbook may hold, empty ones with a format included.
const MOST_CELLS: usize = 4_000_000;
/// Empty cells of one sheet: beyond it, somebody formatted whole columns.
const MOST_EMPTY: usize = 500_000;

pub static UNREADABLE: Rule = Rule {
    id: "SRC002",
    severity: Severity::Error,
    title: "A workbook can be opened and all its parts can be read.",
    source: "this project",
    explanation: "A part of the file is broken, encrypted or missing. Open it in the program that made it, save it again as .xlsx and put it in place.",
};

pub static TOO_LARGE: Rule = Rule {
    id: "SRC003",
    severity: Severity::Error,
    title: "A workbook unpacks to no more than 256 MB and 4 million cells, with no more than half a million empty ones in a sheet of .xlsx; in .ods, what lies between the filled cells of a sheet counts.",
    source: "this project",
    explanation: "Such a file is a zip bomb or has formats on whole columns. Delete the empty rows and columns, or copy the figures to a new file.",
};

/// What the first bytes of a file say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Ods,
    Xls,
}

impl Workbook {
    /// Whether the bytes look like a workbook of a kind that is read here: a zip with a workbook in it, or a compound file.
    pub fn is(bytes: &[u8]) -> bool {
        kind(bytes).is_some()
    }

    /// Reads the sheets cell by cell. `None` where the file as a whole cannot be read; the diagnostics say why.
    ///
    /// `is_table` sees the first [`HEAD_ROWS`] rows of a sheet and says whether the rest matters; a sheet that does not is left
    /// with these rows.
    pub fn read(name: &str, bytes: &[u8], is_table: &dyn Fn(&[Cell]) -> bool) -> Checked<Option<Self>> {
        let source = &File { name, bytes };
        let place = || Place::file(name);
        let refuse = |diagnostic| Checked { value: None, diagnostics: vec![diagnostic] };
        let Some(kind) = kind(bytes) else {
            return refuse(unreadable(place(), "a workbook (.xlsx, .ods, .xls)", "something else"));
        };
        if kind != Kind::Xls
            && let Err(diagnostic) = unpacks_within_limits(source)
        {
            return refuse(*diagnostic);
        }
        if kind == Kind::Ods
            && let Err(diagnostic) = open_document::spans_within_limits(name, bytes)
        {
            return refuse(*diagnostic);
        }
        let read = match kind {
            Kind::Xlsx => read_xlsx(source, is_table),
            Kind::Ods => read_ranges::<Ods<_>>(source),
            Kind::Xls => biff::read(name, bytes),
        };
        match read {
            Ok(workbook) => Checked::ok(Some(workbook)),
            Err(diagnostic) => refuse(*diagnostic),
        }
    }
}

fn unreadable(place: Place, expected: &str, found: impl Into<String>) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE,
        place,
        expected,
        found,
        "open the file in the program that made it, save it again as .xlsx, or get it anew from its publisher",
    )
}

fn too_large(place: Place, expected: &str, found: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&TOO_LARGE, place, expected, found, "delete empty rows and columns, or copy the figures to a new workbook")
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Some(Kind::Xls);
    }
    if !bytes.starts_with(b"PK") {
        return None;
    }
    // An OpenDocument file lists its manifest in the directory at its end; an Office Open XML file has none of that name.
    let tail = &bytes[bytes.len().saturating_sub(1 << 16)..];
    let is_ods = memchr::memmem::find(tail, b"META-INF/manifest.xml").is_some();
    Some(if is_ods { Kind::Ods } else { Kind::Xlsx })
}

/// Adds up what the parts say they unpack to. A part that unpacks to more than it says is an error where it is read.
fn unpacks_within_limits(source: &File<'_>) -> Result<(), Box<Diagnostic>> {
    let place = || Place::file(source.name);
    let broken = |error: zip::result::ZipError| Box::new(unreadable(place(), "a zip archive with all its parts", error.to_string()));
    let mut archive = zip::ZipArchive::new(Cursor::new(source.bytes)).map_err(broken)?;
    let mut total = 0_u64;
    for index in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(index).map_err(broken)?.size());
        if total > MOST_BYTES {
            let found = format!("more, up to its part {}", index + 1);
            return Err(Box::new(too_large(place(), "a file that unpacks to at most 256 MB", found)));
        }
    }
    Ok(())
}

fn read_xlsx(source: &File<'_>, is_table: &dyn Fn(&[Cell]) -> bool) -> Result<Workbook, Box<Diagnostic>> {
    let fail = |error: calamine::XlsxError| Box::new(unreadable(Place::file(source.name), "an .xlsx workbook", error.to_string()));
    let mut xlsx = Xlsx::new(Cursor::new(source.bytes)).map_err(fail)?;
    let names: Vec<String> =
        xlsx.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::with_capacity(names.len());
    let mut words = Words::default();
    let mut total = 0;
    for name in names {
        let place = || Place { file: source.name.into(), spot: Spot::Sheet(name.clone().into()) };
        let mut reader =
            xlsx.worksheet_cells_reader(&name).map_err(|e| Box::new(unreadable(place(), "a sheet of cells", e.to_string())))?;
        let formats: Vec<Option<u8>> = reader
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().and_then(|format| shown_decimals(&format.format_code)))
            .collect();
        let mut cells = Vec::with_capacity(declared(reader.dimensions()));
        let mut empty = 0;
        let mut decided = false;
        let mut sorted = true;
        let mut last = (0, 0);
        loop {
            let (cell, style) = match reader.next_cell_with_style_id() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(error) => {
                    let at = Place::cell(source.name, &name, last.0, last.1);
                    return Err(Box::new(unreadable(at, "a readable cell after this one", error.to_string())));
                }
            };
            let (row, column) = cell.get_position();
            if row >= HEAD_ROWS && !decided {
                decided = true;
                if !is_table(&cells) {
                    break;
                }
            }
            let value = match cell.get_value() {
                DataRef::Empty => None,
                DataRef::Int(n) => Some(CellValue::Number(*n as f64)),
                DataRef::Float(n) => Some(CellValue::Number(*n)),
                DataRef::String(text) => fold(text).map(CellValue::Text),
                DataRef::SharedString(text) => words.shared(text).map(CellValue::Text),
                DataRef::Bool(b) => Some(CellValue::Boolean(*b)),
                DataRef::DateTime(date) => Some(CellValue::Date(date.to_string().into())),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(CellValue::Date(text.into())),
                DataRef::Error(error) => Some(CellValue::Error(error.to_string().into())),
            };
            let Some(value) = value else {
                empty += 1;
                if empty > MOST_EMPTY {
                    let at = Place::cell(source.name, &name, row, column);
                    return Err(Box::new(too_large(at, "at most half a million empty cells in a sheet", "more, up to this cell")));
                }
                continue;
            };
            total += 1;
            if total > MOST_CELLS {
                let at = Place::cell(source.name, &name, row, column);
                return Err(Box::new(too_large(at, "at most 4 million cells in a workbook", "more, up to this cell")));
            }
            sorted &= last <= (row, column);
            last = (row, column);
            let decimals = formats.get(style).copied().flatten();
            cells.push(Cell { row, column, value, decimals });
        }
        if !sorted {
            cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        sheets.push(Sheet { name: name.into(), cells });
    }
    Ok(Workbook { sheets })
}

/// How many cells a sheet says that it has, as far as that is believed: a list that grows is copied again and again.
fn declared(dimensions: Dimensions) -> usize {
    let side = |start: u32, end: u32| end.saturating_sub(start) as usize + 1;
    let cells = side(dimensions.start.0, dimensions.end.0).saturating_mul(side(dimensions.start.1, dimensions.end.1));
    cells.min(MOST_BELIEVED)
}

/// Cells for which room is made before they are read.
const MOST_BELIEVED: usize = 100_000;

/// One copy of every text that a workbook repeats.
#[derive(Default)]
struct Words {
    by_address: FxHashMap<*const u8, Option<Word>>,
}

impl Words {
    /// A text of the shared table: known by where it lies, which stays the same while the workbook is open.
    fn shared(&mut self, text: &str) -> Option<Word> {
        self.by_address.entry(text.as_ptr()).or_insert_with(|| fold(text)).clone()
    }
}

/// White space at both ends taken off; nothing left is an empty cell.
fn fold(text: &str) -> Option<Word> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

fn read_ranges<'a, R>(source: &File<'a>) -> Result<Workbook, Box<Diagnostic>>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let fail = |error: R::Error| Box::new(unreadable(Place::file(source.name), "a workbook with all its parts", error.to_string()));
    let mut book = R::new(Cursor::new(source.bytes)).map_err(fail)?;
    let mut sheets = Vec::new();
    let mut total = 0;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(fail)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut cells = Vec::new();
        for (row, column, data) in range.used_cells() {
            let value = match data {
                Data::Empty => None,
                Data::Int(n) => Some(CellValue::Number(*n as f64)),
                Data::Float(n) => Some(CellValue::Number(*n)),
                Data::String(text) => fold(text).map(CellValue::Text),
                Data::Bool(b) => Some(CellValue::Boolean(*b)),
                Data::DateTime(date) => Some(CellValue::Date(date.to_string().into())),
                Data::DateTimeIso(text) | Data::DurationIso(text) => Some(CellValue::Date(text.into())),
                Data::Error(error) => Some(CellValue::Error(error.to_string().into())),
            };
            let (Some(value), Ok(row), Ok(column)) = (value, u32::try_from(row), u32::try_from(column)) else { continue };
            total += 1;
            if total > MOST_CELLS {
                let at = Place::cell(source.name, &name, row + top, column + left);
                return Err(Box::new(too_large(at, "at most 4 million cells in a workbook", "more, up to this cell")));
            }
            cells.push(Cell { row: row + top, column: column + left, value, decimals: None });
        }
        sheets.push(Sheet { name: name.into(), cells });
    }
    Ok(Workbook { sheets })
}

/// Decimals that a number format shows of the value itself: `0.0` 1, `0` 0, `0.0%` 3; `None` where it leaves them open
/// (`General`, `0.###`).
fn shown_decimals(code: &str) -> Option<u8> {
    let first = code.split(';').next().unwrap_or_default();
    let open = first.split_once('.').is_some_and(|(_, part)| part.contains('#'));
    if open || !first.contains('0') {
        return None;
    }
    let places = first.split_once('.').map_or(0, |(_, part)| part.chars().take_while(|c| *c == '0').count());
    let percent = if first.contains('%') { 2 } else { 0 };
    u8::try_from(places + percent).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_format_fixes_decimals_or_leaves_them_open() {
        for (code, decimals) in [
            ("0", Some(0)),
            ("0.0", Some(1)),
            ("#,##0.00", Some(2)),
            ("0.0%", Some(3)),
            ("General", None),
            ("#,##0.##########", None),
            ("0.0;-0.0", Some(1)),
        ] {
            assert_eq!(shown_decimals(code), decimals, "{code}");
        }
    }
}
