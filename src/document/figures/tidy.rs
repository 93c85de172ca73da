//! Tidy sheets: a head row, then one figure in each row. What `input/README.md` describes.

use super::{At, Figures, Printed, Reading, Row, SHEET_LAYOUT, Series, Wanted, Word, rows};
use crate::diagnostic::{Checked, Diagnostic};
use crate::source::Workbook;
use crate::source::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::{Place, Spot};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a column of a tidy sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// With its name.
    Dimension(&'static str),
    Geo,
    TimePeriod,
    ObsValue,
    Flags,
    Alternatives,
    Note,
    /// A label or another column that is for the reader only.
    Reader,
}

const ROLES: [(&str, Role); 16] = [
    ("indicator", Role::Dimension("indicator")),
    ("unit", Role::Dimension("unit")),
    ("breakdown", Role::Dimension("breakdown")),
    ("edition", Role::Dimension("edition")),
    ("freq", Role::Dimension("freq")),
    ("geo", Role::Geo),
    ("time_period", Role::TimePeriod),
    ("obs_value", Role::ObsValue),
    ("obs_flag", Role::Flags),
    ("obs_status", Role::Flags),
    ("conf_status", Role::Flags),
    ("alternatives", Role::Alternatives),
    ("note", Role::Note),
    ("indicator_label", Role::Reader),
    ("geo_label", Role::Reader),
    ("source", Role::Reader),
];

const NEEDED: [&str; 4] = ["indicator", "geo", "time_period", "obs_value"];

/// Whether a row is the head of a tidy sheet: it names the needed columns.
fn is_head(row: &Row<'_>) -> bool {
    lacking(row).is_empty()
}

fn name_of(cell: &Cell) -> Option<String> {
    match &cell.value {
        CellValue::Text(text) => Some(text.trim().to_lowercase().replace(' ', "_")),
        CellValue::Number(_) | CellValue::Boolean(_) | CellValue::Date(_) | CellValue::Error(_) => None,
    }
}

/// Whether the sheet has a head of a tidy sheet within its first rows.
pub(super) fn is(cells: &[Cell]) -> bool {
    rows(cells).take(HEAD_WITHIN).any(|row| is_head(&row))
}

/// Rows above which the head must stand.
const HEAD_WITHIN: usize = 20;

/// Says what a workbook lacks that has no table of any kind: the row that comes nearest to a head, and what it does not name.
pub(super) fn no_head(file: &str, workbook: &Workbook) -> Diagnostic {
    let heads = workbook.sheets.iter().flat_map(|sheet| rows(&sheet.cells).take(HEAD_WITHIN).map(move |row| (sheet, row)));
    let nearest = heads.min_by_key(|(_, row)| lacking(row).len());
    let (place, found) = match nearest {
        Some((sheet, row)) if lacking(&row).len() < NEEDED.len() => {
            let place = Place::cell(file, &*sheet.name, row.number, row.cells[0].column);
            (place, format!("a row without {}", lacking(&row).join(", ")))
        }
        Some((sheet, _)) => {
            (Place { file: file.into(), spot: Spot::Sheet(sheet.name.clone()) }, "no row that names any of them".to_owned())
        }
        None => (Place::file(file), "no cells".to_owned()),
    };
    let expected =
        format!("a head row with {} within the first {HEAD_WITHIN} rows, a Data Browser table, or benchmark scores", NEEDED.join(", "));
    Diagnostic::new(
        &super::NO_FIGURES,
        place,
        expected,
        found,
        "put the sheet in order as input/README.md shows, or get the file anew from its publisher",
    )
}

/// The needed column that a row lacks, where it names all others: a head with a cell renamed or merged away.
fn lacks_one(row: &Row<'_>) -> Option<&'static str> {
    match lacking(row)[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The needed columns that a row does not name.
fn lacking(row: &Row<'_>) -> Vec<&'static str> {
    let names: Vec<String> = row.cells.iter().filter_map(name_of).collect();
    NEEDED.into_iter().filter(|needed| names.iter().all(|name| name != needed)).collect()
}

/// Reads every sheet that has the head of a tidy sheet; others (notes, targets) are for the reader.
pub fn read(file: &str, workbook: &Workbook, wanted: Wanted<'_>) -> Checked<Figures> {
    let mut figures = Figures::default();
    let mut diagnostics = Vec::new();
    for sheet in &workbook.sheets {
        if is(&sheet.cells) {
            read_sheet(file, sheet, wanted, &mut figures, &mut diagnostics);
        } else if let Some((row, lacking)) = rows(&sheet.cells).take(HEAD_WITHIN).find_map(|row| Some((row.number, lacks_one(&row)?))) {
            let found = format!("a row without {lacking}: none of its figures would be read");
            diagnostics.push(layout(file, sheet, row, 0, &format!("a head row with {}", NEEDED.join(", ")), found));
        }
    }
    Checked { value: figures, diagnostics }
}

fn read_sheet(file: &str, sheet: &Sheet, wanted: Wanted<'_>, figures: &mut Figures, diagnostics: &mut Vec<Diagnostic>) {
    let mut rows = rows(&sheet.cells).skip_while(|row| !is_head(row));
    let Some(head) = rows.next() else { return };
    let columns: Vec<(u32, Role)> = head
        .cells
        .iter()
        .map(|cell| {
            let name = name_of(cell).unwrap_or_default();
            (cell.column, ROLES.iter().find(|(known, _)| *known == name).map_or(Role::Reader, |(_, role)| *role))
        })
        .collect();
    for (index, (column, role)) in columns.iter().enumerate() {
        if *role != Role::Reader && *role != Role::Flags && columns[..index].iter().any(|(_, other)| other == role) {
            diagnostics.push(layout(file, sheet, head.number, *column, "a column that stands once", "a second one of the same name"));
            return;
        }
    }
    let last_column = columns.last().map_or(0, |(column, _)| *column);
    let names = columns.iter().map(|(_, role)| if let Role::Dimension(name) = role { *name } else { "" }.into()).collect();
    let flags_known = columns.iter().any(|(_, role)| *role == Role::Flags);
    figures.readings.reserve(sheet.cells.len() / columns.len().max(1));
    let mut reader = Reader {
        file,
        sheet,
        columns,
        names,
        wanted,
        flags_known,
        empty: "".into(),
        series: FxHashMap::default(),
        asked: Series::default(),
        figures,
        diagnostics,
    };
    for row in rows {
        if row.cells.iter().any(|cell| matches!(&cell.value, CellValue::Text(text) if text.eq_ignore_ascii_case("obs_value")))
            && is_head(&row)
        {
            let found = "a second one: two tables in one sheet, or two head rows";
            reader.diagnostics.push(layout(file, sheet, row.number, row.cells[0].column, "one head row", found));
            return;
        }
        if let Some(stray) =
            row.cells.iter().find(|cell| cell.column > last_column || reader.columns.iter().all(|(c, _)| *c != cell.column))
        {
            let found = "a cell outside the columns that the head row names";
            reader.diagnostics.push(layout(file, sheet, row.number, stray.column, "nothing beside the table", found));
            continue;
        }
        reader.row(&row);
    }
}

fn layout(file: &str, sheet: &Sheet, row: u32, column: u32, expected: &str, found: impl Into<String>) -> Diagnostic {
    let help = "put the sheet in order as input/README.md shows";
    Diagnostic::new(&SHEET_LAYOUT, Place::cell(file, &*sheet.name, row, column), expected, found, help)
}

struct Reader<'a, 'f> {
    file: &'a str,
    sheet: &'a Sheet,
    columns: Vec<(u32, Role)>,
    /// Names of the dimensions among them, shared by all series.
    names: Vec<Word>,
    wanted: Wanted<'a>,
    flags_known: bool,
    empty: Word,
    /// The series met so far, and whether they are wanted.
    series: FxHashMap<Arc<Series>, bool>,
    /// That of the row in hand: most rows are of a series that was met.
    asked: Series,
    figures: &'f mut Figures,
    diagnostics: &'f mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn row(&mut self, row: &Row<'_>) {
        self.asked.dimensions.clear();
        let mut reading = Reading {
            series: Arc::default(),
            geo: self.empty.clone(),
            time_period: self.empty.clone(),
            value: Printed::Nothing,
            decimals: None,
            flags: self.empty.clone(),
            flags_known: self.flags_known,
            alternatives: self.empty.clone(),
            note: self.empty.clone(),
            at: At::Cell { sheet: self.sheet.name.clone(), row: row.number, column: 0 },
        };
        for index in 0..self.columns.len() {
            let (column, role) = self.columns[index];
            let cell = row.get(column);
            match role {
                Role::Reader => {}
                Role::ObsValue => {
                    reading.at = At::Cell { sheet: self.sheet.name.clone(), row: row.number, column };
                    let Some(cell) = cell else { continue };
                    reading.decimals = cell.decimals;
                    reading.value = Printed::of(cell);
                }
                Role::Dimension(_) | Role::Geo | Role::TimePeriod | Role::Flags | Role::Alternatives | Role::Note => {
                    let word = match cell.map(|cell| (cell, &cell.value)) {
                        None => self.empty.clone(),
                        Some((_, CellValue::Text(text))) => text.clone(),
                        Some((_, CellValue::Number(number))) => number.to_string().into(),
                        Some((cell, CellValue::Boolean(_) | CellValue::Date(_) | CellValue::Error(_))) => {
                            return self.refuse(row, cell, "a word or a code");
                        }
                    };
                    match role {
                        Role::Dimension(_) => self.asked.dimensions.push((self.names[index].clone(), word)),
                        Role::Geo => reading.geo = word,
                        Role::TimePeriod => reading.time_period = word,
                        Role::Flags if reading.flags.is_empty() => reading.flags = word,
                        Role::Flags => reading.flags = format!("{}{word}", reading.flags).into(),
                        Role::Alternatives => reading.alternatives = word,
                        Role::Note => reading.note = word,
                        Role::ObsValue | Role::Reader => {}
                    }
                }
            }
        }
        if reading.value != Printed::Nothing && self.asked.get("indicator").is_empty() {
            let found = "none beside a figure";
            return self.diagnostics.push(layout(
                self.file,
                self.sheet,
                row.number,
                row.cells[0].column,
                "an indicator in each row",
                found,
            ));
        }
        let wanted = match self.series.get_key_value(&self.asked) {
            Some((known, wanted)) => {
                reading.series = known.clone();
                *wanted
            }
            None => {
                let wanted = (self.wanted)(&self.asked);
                reading.series = Arc::new(std::mem::take(&mut self.asked));
                self.series.insert(reading.series.clone(), wanted);
                wanted
            }
        };
        if wanted {
            self.figures.readings.push(reading);
        } else {
            self.figures.unasked += 1;
        }
    }

    fn refuse(&mut self, row: &Row<'_>, cell: &Cell, expected: &str) {
        let found = match &cell.value {
            CellValue::Boolean(b) => format!("the truth value {b}"),
            CellValue::Date(date) => format!("the date {date}"),
            CellValue::Error(error) => format!("the formula error {error}"),
            CellValue::Number(number) => number.to_string(),
            CellValue::Text(text) => format!("`{text}`"),
        };
        let help = "correct the cell, or list it in input/corrections.csv with the reason";
        let place = Place {
            file: self.file.into(),
            spot: Spot::Cell { sheet: self.sheet.name.clone(), cell: crate::vocabulary::place::a1(row.number, cell.column).into() },
        };
        self.diagnostics.push(Diagnostic::new(&super::NOT_A_FIGURE, place, expected, found, help));
    }
}
