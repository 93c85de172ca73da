//! The changes between two editions as a workbook: one table of text.

use super::Error;
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, Workbook};

/// Most characters that Excel takes in a cell.
const MOST: usize = 32_767;

/// A workbook with one table: heads and rows of text. Numbers stay text, for a row may say either.
///
/// # Errors
/// What the library reports.
pub fn differences(heads: &[&str], rows: &[impl AsRef<[String]>]) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    // The clock would make two runs differ.
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_title("Changes between two editions").set_creation_datetime(&day));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Changes")?;
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (col, head) in (0u16..).zip(heads) {
        let longest = rows.iter().filter_map(|r| r.as_ref().get(usize::from(col))).map(|t| t.chars().count()).max().unwrap_or(0);
        let width = longest.max(head.chars().count()).clamp(8, 60);
        sheet.set_column_width(col, f64::from(u16::try_from(width).unwrap_or(60)) + 2.0)?;
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (col, text) in (0u16..).zip(cells.as_ref()) {
            let text: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
            sheet.write_string_with_format(row, col, text, &wrap)?;
        }
    }
    let columns: Vec<TableColumn> = heads.iter().map(|head| TableColumn::new().set_header(*head)).collect();
    let last = u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX);
    let width = u16::try_from(heads.len().max(1) - 1).unwrap_or(u16::MAX);
    sheet.add_table(0, 0, last, width, &Table::new().set_name("Changes_table").set_columns(&columns))?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(workbook.save_to_buffer()?)
}
