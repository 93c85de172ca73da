//! The official result workbook of the eGovernment Benchmark, from the edition 2022 on: countries and indicators run down, the
//! biennial averages are the published scores; columns of single years and life events stand beside them and are not read.

use super::{At, Figures, Printed, Reading, Row, Series, Wanted, Word, rows};
use crate::diagnostic::{Checked, Diagnostic};
use crate::source::Workbook;
use crate::source::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::TimePeriod;
use std::sync::Arc;

/// The head of the scores.
struct Head {
    row: u32,
    country: u32,
    indicator: u32,
    /// Columns of biennial averages with their period.
    periods: Vec<(u32, TimePeriod)>,
}

/// Whether a sheet holds biennial scores of countries.
pub(super) fn is(cells: &[Cell]) -> bool {
    head(cells).is_some()
}

fn head(cells: &[Cell]) -> Option<Head> {
    rows(cells).take(40).find_map(|row| {
        let named =
            |names: &[&str]| row.cells.iter().find(|cell| text(cell).is_some_and(|t| names.iter().any(|n| t.eq_ignore_ascii_case(n))));
        let country = named(&["Country", "Countries"])?.column;
        let indicator = named(&["Scoring", "Score", "Scores", "Indicator", "Indicators"])?.column;
        let periods: Vec<(u32, TimePeriod)> = row.cells.iter().filter_map(|cell| Some((cell.column, biennium(text(cell)?)?))).collect();
        (!periods.is_empty()).then_some(Head { row: row.number, country, indicator, periods })
    })
}

fn text(cell: &Cell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) => Some(text),
        CellValue::Number(_) | CellValue::Boolean(_) | CellValue::Date(_) | CellValue::Error(_) => None,
    }
}

/// The period of a biennial average: `Biennial average 2020 + 2021`, also the years turned round or with a footnote's mark
/// stuck to them (`2019 + 20202`).
fn biennium(text: &str) -> Option<TimePeriod> {
    if !text.to_lowercase().contains("biennial") {
        return None;
    }
    let mut years: Vec<i32> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.get(..4)?.parse().ok()).collect();
    years.sort_unstable();
    match years.as_slice() {
        [first, last] if first + 1 == *last => Some(TimePeriod::Biennium { first: *first }),
        _ => None,
    }
}

/// Reads the first sheet of biennial scores: the others repeat or detail it.
pub(super) fn read(file: &str, workbook: &Workbook, wanted: Wanted<'_>) -> Checked<Figures> {
    let mut figures = Figures::default();
    let mut diagnostics = Vec::new();
    let found = workbook.sheets.iter().find_map(|sheet| Some((sheet, head(&sheet.cells)?)));
    if let Some((sheet, head)) = found {
        read_sheet(file, sheet, &head, wanted, &mut figures, &mut diagnostics);
    }
    Checked { value: figures, diagnostics }
}

fn read_sheet(file: &str, sheet: &Sheet, head: &Head, wanted: Wanted<'_>, figures: &mut Figures, diagnostics: &mut Vec<Diagnostic>) {
    let empty: Word = "".into();
    let broken = break_column(sheet, head);
    let mut last: Option<(Word, Arc<Series>, bool)> = None;
    for row in rows(&sheet.cells).filter(|row| row.number > head.row) {
        let (Some(country), Some(scoring)) = (row.text(head.country), row.text(head.indicator)) else {
            stray(file, sheet, head, &row, diagnostics);
            continue;
        };
        let code = scoring.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
        let (series, is_wanted) = match &last {
            Some((name, series, is_wanted)) if name == scoring => (series.clone(), *is_wanted),
            Some(_) | None => {
                let series = Arc::new(Series { dimensions: vec![("indicator".into(), code.into())] });
                let is_wanted = wanted(&series);
                last = Some((scoring.clone(), series.clone(), is_wanted));
                (series, is_wanted)
            }
        };
        for (column, period) in &head.periods {
            if !is_wanted {
                figures.unasked += 1;
                continue;
            }
            let cell = row.get(*column);
            figures.readings.push(Reading {
                series: series.clone(),
                geo: country.clone(),
                time_period: period.to_string().into(),
                value: cell.map_or(Printed::Nothing, Printed::of),
                // Full precision stands in the cells; the number format is for the eye.
                decimals: None,
                flags: if broken == Some(*column) { "b".into() } else { empty.clone() },
                flags_known: false,
                alternatives: empty.clone(),
                note: empty.clone(),
                at: At::Cell { sheet: sheet.name.clone(), row: row.number, column: *column },
            });
        }
    }
}

/// A figure in a row without a country or an indicator.
fn stray(file: &str, sheet: &Sheet, head: &Head, row: &Row<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let figure =
        row.cells.iter().find(|cell| head.periods.iter().any(|(c, _)| *c == cell.column) && matches!(cell.value, CellValue::Number(_)));
    if let Some(cell) = figure {
        let help = "fill in the country and the indicator of this row, or get the workbook anew from its publisher";
        let place = crate::vocabulary::Place::cell(file, &*sheet.name, row.number, cell.column);
        diagnostics.push(Diagnostic::new(
            &super::SHEET_LAYOUT,
            place,
            "a country and an indicator beside every score",
            "neither or one of them",
            help,
        ));
    }
}

/// The first period after a break that the sheet announces above its columns: the columns run back in time, so it is the one
/// before the announcement.
fn break_column(sheet: &Sheet, head: &Head) -> Option<u32> {
    let announced = rows(&sheet.cells)
        .take_while(|row| row.number < head.row)
        .flat_map(|row| row.cells.iter())
        .find(|cell| text(cell).is_some_and(|text| text.to_lowercase().starts_with("break in series")))?
        .column;
    head.periods.iter().map(|(column, _)| *column).filter(|column| *column < announced).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn biennial_heads_are_read_as_they_are_printed() {
        assert_eq!(biennium("Biennial average 2020 + 2021"), Some(TimePeriod::Biennium { first: 2020 }));
        assert_eq!(biennium("Biennial average 2019 + 20202"), Some(TimePeriod::Biennium { first: 2019 }));
        assert_eq!(biennium("Biennial Average 2019 + 2018"), Some(TimePeriod::Biennium { first: 2018 }));
        assert_eq!(biennium("Average (2021)"), None);
        assert_eq!(biennium("Citizen life events 2020 + 2021"), None);
    }
}
