//! Targets beside figures: a sheet with a column `indicator` and a column `target`, `target_2030` or both `target` and `year`.

use super::{At, Printed, Row, rows};
use crate::source::workbook::{Cell, CellValue, Sheet};

/// A target as a sheet prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub indicator: String,
    /// As printed; empty where the sheet has no such column.
    pub unit: String,
    /// From the column's name or the column `year`.
    pub year: Option<i32>,
    pub value: Printed,
    pub at: At,
}

/// What the head row names: columns of the code, the unit, the year, and each target with the year of its name.
struct Head {
    indicator: u32,
    unit: Option<u32>,
    year: Option<u32>,
    targets: Vec<(u32, Option<i32>)>,
}

/// Rows above which the head must stand.
const HEAD_WITHIN: usize = 20;

/// Whether the sheet has a head of targets within its first rows; a table of figures by country is none.
pub(super) fn is(cells: &[Cell]) -> bool {
    rows(cells).take(HEAD_WITHIN).any(|row| head(&row).is_some())
}

fn head(row: &Row<'_>) -> Option<Head> {
    let names: Vec<(u32, String)> = row
        .cells
        .iter()
        .filter_map(|cell| match &cell.value {
            CellValue::Text(text) => Some((cell.column, text.trim().to_lowercase().replace(' ', "_"))),
            CellValue::Number(_) | CellValue::Boolean(_) | CellValue::Date(_) | CellValue::Error(_) => None,
        })
        .collect();
    let named = |name: &str| names.iter().find(|(_, n)| n == name).map(|(column, _)| *column);
    let target = |name: &str| match name.strip_prefix("target")? {
        "" => Some(None),
        year => year.strip_prefix('_')?.parse().ok().map(Some),
    };
    let targets: Vec<(u32, Option<i32>)> = names.iter().filter_map(|(column, name)| Some((*column, target(name)?))).collect();
    if targets.is_empty() || named("geo").is_some() {
        return None;
    }
    Some(Head { indicator: named("indicator")?, unit: named("unit"), year: named("year"), targets })
}

/// The targets of a sheet; cells without anything in them are none.
pub(super) fn read(sheet: &Sheet, targets: &mut Vec<Target>) {
    let mut rows = rows(&sheet.cells);
    let Some(head) = rows.by_ref().find_map(|row| head(&row)) else { return };
    let number = |row: &Row<'_>, column: u32| match row.get(column).map(|cell| &cell.value) {
        Some(CellValue::Number(n)) => Some(*n as i32),
        Some(CellValue::Text(text)) => text.trim().parse().ok(),
        Some(CellValue::Boolean(_) | CellValue::Date(_) | CellValue::Error(_)) | None => None,
    };
    for row in rows {
        let Some(indicator) = row.text(head.indicator) else { continue };
        for (column, year) in &head.targets {
            let Some(cell) = row.get(*column) else { continue };
            targets.push(Target {
                indicator: indicator.trim().to_owned(),
                unit: head.unit.and_then(|column| row.text(column)).map_or_else(String::new, |unit| unit.trim().to_owned()),
                year: year.or_else(|| head.year.and_then(|column| number(&row, column))),
                value: Printed::of(cell),
                at: At::Cell { sheet: sheet.name.clone(), row: row.number, column: *column },
            });
        }
    }
}
