//! What a cell of the workbook shows: for `factsheet trace`.

use super::sheet::{Body, Cell, HEAD_ROW, Outcome};
use crate::report::Report;
use crate::vocabulary::place::a1;

/// A cell of a table in the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Head of its column: `Gap, pp`.
    pub head: String,
    /// Column of the data files that it shows, `comparisons.gap`; empty if there is none.
    pub column: String,
    /// Its text, number or result, unrounded.
    pub text: String,
    /// The formula in it, without `=`.
    pub formula: Option<String>,
    /// The other cells of its row that show columns of the data files: column and text.
    pub row: Vec<(String, String)>,
    /// Position of its row in the table, zero-based.
    pub index: usize,
}

/// Why there is nothing to say about a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No such sheet; these are there.
    Sheet(Vec<String>),
    /// The cell is outside the sheet's table, which has this range.
    Cell(String),
}

/// What stands in a cell, `cell` in A1 notation, of a publication's workbook.
///
/// # Errors
/// [`NotFound`].
pub fn at(report: &Report, sheet: &str, cell: &str) -> Result<Found, NotFound> {
    let figures = super::FigureSheets::of(report);
    let plan = super::Plan::of(report, &figures);
    let Some(meant) = plan.sheets.iter().find(|s| s.name.eq_ignore_ascii_case(sheet)) else {
        return Err(NotFound::Sheet(plan.sheets.into_iter().map(|s| s.name).collect()));
    };
    let grid = match &meant.body {
        Body::Table(grid) => grid,
        Body::Charts(_) => return Err(NotFound::Cell("no table: the charts show other sheets".to_owned())),
    };
    let outside = || {
        let last = HEAD_ROW + u32::try_from(grid.len()).unwrap_or(u32::MAX);
        let width = u32::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
        NotFound::Cell(format!("{}:{}", a1(HEAD_ROW + 1, 0), a1(last, width)))
    };
    let (row, column) = parse(cell).ok_or_else(outside)?;
    let index = row.checked_sub(HEAD_ROW + 1).ok_or_else(outside)? as usize;
    let row = grid.row(index).ok_or_else(outside)?;
    let cells = &row.cells;
    let (head, found) = grid.columns.get(column as usize).zip(cells.get(column as usize)).ok_or_else(outside)?;
    let others = grid.columns.iter().zip(cells).filter(|(h, _)| !h.dataset.is_empty());
    Ok(Found {
        head: head.text.clone(),
        column: head.dataset.clone(),
        text: worded(found),
        formula: if let Cell::Formula(formula, _) = found { Some(formula.clone()) } else { None },
        row: others.map(|(h, c)| (h.dataset.clone(), worded(c))).collect(),
        index,
    })
}

/// Zero-based row and column of a name in A1 notation.
fn parse(cell: &str) -> Option<(u32, u32)> {
    let cell = cell.trim().replace('$', "").to_ascii_uppercase();
    let at = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = cell.split_at(at);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let column = letters.bytes().fold(0, |column, b| column * 26 + u32::from(b - b'A') + 1) - 1;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column))
}

fn worded(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Link(text, _) => text.clone().into_owned(),
        Cell::Number(n, _) | Cell::Formula(_, Outcome::Number(n, _)) => n.to_string(),
        Cell::Count(n) | Cell::Formula(_, Outcome::Count(n)) => n.to_string(),
        Cell::Boolean(b) => b.to_string(),
        Cell::Date(y, m, d) => format!("{y:04}-{m:02}-{d:02}"),
        Cell::Mark(mark) => (*mark).to_owned(),
        Cell::Formula(_, Outcome::Text(text)) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn names_of_cells_are_read() {
        assert_eq!(parse("A1"), Some((0, 0)));
        assert_eq!(parse("$aa$7"), Some((6, 26)));
        for wrong in ["", "A", "7", "A0", "ABCD1", "A1B", "Ä1", "A99999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
