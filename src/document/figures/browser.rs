//! Downloads of Eurostat's Data Browser: a sheet for each choice of the fixed dimensions, a head of two rows, values and flags
//! in pairs of columns; also as people edit them (periods in rows, the head cell renamed, flag columns deleted).

use super::{At, Figures, Printed, Reading, Row, SHEET_LAYOUT, Series, Wanted, Word, dimension, rows};
use crate::diagnostic::{Checked, Diagnostic};
use crate::source::Workbook;
use crate::source::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::{Flags, Geo, Place, TimePeriod};
use std::sync::Arc;

/// Whether a sheet is a table of a download: it says what was extracted or of which data set, above a head.
pub(super) fn is(cells: &[Cell]) -> bool {
    let announced = rows(cells)
        .take(8)
        .any(|row| row.text(0).is_some_and(|text| text.starts_with("Data extracted on") || text.starts_with("Dataset:")));
    announced || head(cells).is_some()
}

/// The head of a table.
struct Head {
    /// Row of the positions of the column dimension.
    row: u32,
    /// First row of figures.
    first: u32,
    /// Name of the column dimension.
    across: String,
    /// Columns that hold positions of row dimensions, with the dimension's name.
    down: Vec<(u32, String)>,
}

/// Finds the head: the row above one whose cells end with `(Labels)` or `(Codes)`; else a row of periods or countries above
/// a column of the other.
fn head(cells: &[Cell]) -> Option<Head> {
    let all: Vec<Row<'_>> = rows(cells).take(60).collect();
    for pair in all.windows(2) {
        let marks = |cell: &&Cell| matches!(&cell.value, CellValue::Text(text) if text.ends_with("(Labels)") || text.ends_with("(Codes)"));
        let down: Vec<(u32, String)> = pair[1].cells.iter().filter(marks).map(|cell| (cell.column, dimension::name(&word(cell)))).collect();
        if !down.is_empty() {
            let across = dimension::name(&pair[0].cells.iter().find(|cell| down.iter().any(|(c, _)| *c == cell.column)).map(word)?);
            return Some(Head { row: pair[0].number, first: pair[1].number + 1, across, down });
        }
    }
    all.windows(2).find_map(|pair| {
        let (top, below) = (&pair[0], &pair[1]);
        let first = top.get(0).map(word)?;
        let beside: Vec<Word> = top.cells[1..].iter().map(word).collect();
        let left = below.get(0).map(word)?;
        let of = |across: &str, down: &str| {
            Some(Head { row: top.number, first: below.number, across: across.to_owned(), down: vec![(0, down.to_owned())] })
        };
        if beside.is_empty() || TimePeriod::parse(&first).is_some() {
            None
        } else if beside.iter().any(|text| TimePeriod::parse(text).is_some()) && Geo::parse(&left).is_some() {
            of("time_period", "geo")
        } else if beside.iter().any(|text| Geo::parse(text).is_some()) && TimePeriod::parse(&left).is_some() {
            of("geo", "time_period")
        } else {
            None
        }
    })
}

fn word(cell: &Cell) -> Word {
    match &cell.value {
        CellValue::Text(text) | CellValue::Date(text) | CellValue::Error(text) => text.clone(),
        CellValue::Number(number) => number.to_string().into(),
        CellValue::Boolean(b) => b.to_string().into(),
    }
}

/// Reads every table of the workbook; the sheets Summary and Structure have none.
pub(super) fn read(file: &str, workbook: &Workbook, wanted: Wanted<'_>) -> Checked<Figures> {
    let mut figures = Figures::default();
    let mut diagnostics = Vec::new();
    for sheet in workbook.sheets.iter().filter(|sheet| is(&sheet.cells)) {
        match head(&sheet.cells) {
            Some(head) => Table::new(file, sheet, head, &mut diagnostics).read(wanted, &mut figures, &mut diagnostics),
            None => {
                let first = rows(&sheet.cells).nth(4).map_or(0, |row| row.number);
                let found = "no such row: the head may have been deleted or its merged cells taken apart";
                diagnostics.push(layout(file, sheet, first, 0, "a row of periods above rows of countries", found));
            }
        }
    }
    Checked { value: figures, diagnostics }
}

fn layout(file: &str, sheet: &Sheet, row: u32, column: u32, expected: &str, found: impl Into<String>) -> Diagnostic {
    let help = "download the table anew from Eurostat's Data Browser, with labels, and leave its head as it is";
    Diagnostic::new(&SHEET_LAYOUT, Place::cell(file, &*sheet.name, row, column), expected, found, help)
}

struct Table<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    head: Head,
    /// Column of values, its position on the column dimension, and the column of its flags.
    columns: Vec<(u32, Word, Option<u32>)>,
    fixed: Vec<(Word, Word)>,
    flags_known: bool,
}

impl<'a> Table<'a> {
    fn new(file: &'a str, sheet: &'a Sheet, head: Head, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut fixed: Vec<(Word, Word)> = Vec::new();
        let mut positions: Vec<(u32, Word)> = Vec::new();
        let last_down = head.down.iter().map(|(column, _)| *column).max().unwrap_or(0);
        for row in rows(&sheet.cells).take_while(|row| row.number <= head.row) {
            if row.number == head.row {
                positions = row
                    .cells
                    .iter()
                    .filter(|cell| cell.column > last_down)
                    .map(|cell| (cell.column, dimension::position(&word(cell))))
                    .collect();
                continue;
            }
            let (Some(name), Some(value)) = (row.text(0), row.cells.get(1)) else { continue };
            if name.starts_with("Data extracted on") || name.starts_with("Last updated") {
                continue;
            }
            let name = if name.starts_with("Dataset") { "dataset".to_owned() } else { dimension::name(name) };
            fixed.push((name.into(), dimension::position(&word(value))));
        }
        let mut columns: Vec<(u32, Word, Option<u32>)> = Vec::with_capacity(positions.len());
        for (index, (column, position)) in positions.iter().enumerate() {
            let next = positions.get(index + 1).map_or(column + 2, |(next, _)| *next);
            match next - column {
                1 => columns.push((*column, position.clone(), None)),
                2 => columns.push((*column, position.clone(), Some(column + 1))),
                _ => {
                    let expected = "a period above every pair of value and flag";
                    diagnostics.push(layout(file, sheet, head.row, column + 2, expected, "no period above these columns"));
                    columns.push((*column, position.clone(), Some(column + 1)));
                }
            }
        }
        // The last column has a flag column only if the others do.
        let paired = columns.iter().rev().skip(1).any(|(_, _, flag)| flag.is_some());
        if columns.len() > 1
            && !paired
            && let Some(last) = columns.last_mut()
        {
            last.2 = None;
        }
        let legend = rows(&sheet.cells).any(|row| row.text(0).is_some_and(|text| text.to_lowercase().starts_with("observation flag")));
        Self { file, sheet, head, columns, fixed, flags_known: paired || legend }
    }

    fn read(&self, wanted: Wanted<'_>, figures: &mut Figures, diagnostics: &mut Vec<Diagnostic>) {
        let empty: Word = "".into();
        let mut last: Option<(Arc<Series>, bool)> = None;
        for row in rows(sheet_after(self.sheet, self.head.first)) {
            let first = row.text(0).map_or("", |text| text);
            if is_legend(first) {
                break;
            }
            // A footnote: text alone, and not the name of a row without figures.
            if row.cells.iter().all(|cell| cell.column == 0) && Geo::parse(first).is_none() && TimePeriod::parse(first).is_none() {
                continue;
            }
            self.row(&row, &empty, wanted, &mut last, figures, diagnostics);
        }
    }

    fn row(
        &self,
        row: &Row<'_>,
        empty: &Word,
        wanted: Wanted<'_>,
        last: &mut Option<(Arc<Series>, bool)>,
        figures: &mut Figures,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut dimensions = self.fixed.clone();
        let (mut geo, mut time) = (self.position("geo"), self.position("time_period"));
        dimensions.retain(|(name, _)| &**name != "geo" && &**name != "time_period");
        for (column, name) in &self.head.down {
            let position = row.get(*column).map_or_else(|| empty.clone(), |cell| dimension::position(&word(cell)));
            match name.as_str() {
                "geo" if geo.is_none() || !position.is_empty() => geo = Some(position),
                "time_period" => time = Some(position),
                _ => dimensions.push((name.as_str().into(), position)),
            }
        }
        let known = |column: u32| {
            self.head.down.iter().any(|(c, _)| *c == column)
                || self.columns.iter().any(|(c, _, flag)| *c == column || *flag == Some(column))
        };
        if let Some(stray) = row.cells.iter().find(|cell| !known(cell.column)) {
            diagnostics.push(layout(
                self.file,
                self.sheet,
                row.number,
                stray.column,
                "nothing beside the table",
                format!("`{}` under no head", word(stray)),
            ));
            return;
        }
        for (column, position, flag_column) in &self.columns {
            let mut dimensions = dimensions.clone();
            let (mut geo, mut time) = (geo.clone(), time.clone());
            match self.head.across.as_str() {
                "geo" => geo = Some(position.clone()),
                "time_period" => time = Some(position.clone()),
                name => dimensions.push((name.into(), position.clone())),
            }
            let series = Series { dimensions };
            let wanted = match last {
                Some((known, wanted)) if **known == series => *wanted,
                Some(_) | None => {
                    let is_wanted = wanted(&series);
                    *last = Some((Arc::new(series), is_wanted));
                    is_wanted
                }
            };
            if !wanted {
                figures.unasked += 1;
                continue;
            }
            let Some((series, _)) = last else { continue };
            let cell = row.get(*column);
            let flags = flag_column.and_then(|column| row.get(column)).map_or_else(|| empty.clone(), word);
            if Flags::parse(&flags).is_err() && flags.chars().any(|c| c.is_ascii_digit()) {
                let at = flag_column.unwrap_or(*column);
                diagnostics.push(layout(
                    self.file,
                    self.sheet,
                    row.number,
                    at,
                    "a flag, or nothing",
                    format!("`{flags}`: a column has moved"),
                ));
                continue;
            }
            figures.readings.push(Reading {
                series: series.clone(),
                geo: geo.unwrap_or_else(|| empty.clone()),
                time_period: time.unwrap_or_else(|| empty.clone()),
                value: cell.map_or(Printed::Nothing, Printed::of),
                decimals: cell.and_then(|cell| cell.decimals),
                flags,
                flags_known: self.flags_known,
                alternatives: empty.clone(),
                note: empty.clone(),
                at: At::Cell { sheet: self.sheet.name.clone(), row: row.number, column: *column },
            });
        }
    }

    fn position(&self, dimension: &str) -> Option<Word> {
        self.fixed.iter().find(|(name, _)| &**name == dimension).map(|(_, position)| position.clone())
    }
}

/// The cells from a row on.
fn sheet_after(sheet: &Sheet, row: u32) -> &[Cell] {
    &sheet.cells[sheet.cells.partition_point(|cell| cell.row < row)..]
}

/// Whether a text begins the legend below a table.
fn is_legend(text: &str) -> bool {
    let text = text.to_lowercase();
    ["special value", "observation flag", "available flag", "confidentiality", "flags", "footnote", "source:", "notes"]
        .iter()
        .any(|start| text.starts_with(start))
}
