//! Sheets -> rust_xlsxwriter.

use super::Kind as Profile;
use super::format::{Formats, Kind, Style, color};
use super::rows::Plain;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Outcome, Role, Row, Sheet, Target};
use super::text::{MOST_LINKS, MOST_ROWS, clean, like_formula};
use crate::writer::theme;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatFormula, ExcelDateTime, Format,
    FormatBorder, Formula, IgnoreError, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError,
};

/// A4 in the numbering of printer drivers.
const A4: u8 = 9;
/// A column of links is not made wider than this.
const MOST_LINK_CHARACTERS: u16 = 52;
/// Columns together wider than this print across the page.
const PORTRAIT_CHARACTERS: f64 = 95.0;

/// A sheet under the pen.
pub(super) struct Pen<'f> {
    pub formats: &'f mut Formats,
    pub profile: Profile,
}

impl Pen<'_> {
    /// Words above a table, the table, and how both print.
    ///
    /// # Errors
    /// What rust_xlsxwriter reports.
    pub fn sheet(
        &mut self,
        worksheet: &mut Worksheet,
        sheet: &Sheet<'_>,
        links: &[(String, Target)],
        plain: Option<&Plain>,
    ) -> Result<(), XlsxError> {
        worksheet.write_string_with_format(0, 0, clean(&sheet.title), self.formats.get(Style::Title))?;
        worksheet.set_row_height(0, 24)?;
        worksheet.write_string_with_format(1, 0, clean(&sheet.sentence), self.formats.get(Style::Sentence))?;
        if !sheet.source.is_empty() {
            worksheet.write_string_with_format(2, 0, clean(&sheet.source), self.formats.get(Style::Aside))?;
        }
        for (at, (text, target)) in links.iter().enumerate() {
            let column = u16::try_from(at).expect("a handful of links");
            self.link(worksheet, 3, column, text, target, Style::Link)?;
        }
        match &sheet.body {
            Body::Table(grid) => {
                worksheet.write_string_with_format(4, 0, how_many(grid), self.formats.get(Style::Aside))?;
                self.grid(worksheet, grid, HEAD_ROW, plain)?;
                page(worksheet)?;
            }
            Body::Charts(figures) => super::charts::write(self, worksheet, figures, &sheet.source)?,
        }
        Ok(())
    }

    /// A table from its head row on; without its rows, if they are `plain` and put in later.
    ///
    /// # Errors
    /// What rust_xlsxwriter reports.
    pub fn grid(&mut self, worksheet: &mut Worksheet, grid: &Grid<'_>, head: u32, plain: Option<&Plain>) -> Result<(), XlsxError> {
        let rows = grid.len().min(MOST_ROWS - head as usize - 1);
        // A table has at least one row: an empty one stands for "no rows".
        let last = head + u32::try_from(rows.max(1)).expect("checked against Excel's limit");
        let width = u16::try_from(grid.columns.len()).expect("a few dozen columns");
        let mut columns = Vec::with_capacity(grid.columns.len());
        for ((at, column), facts) in (0u16..).zip(&grid.columns).zip(&grid.facts().columns) {
            worksheet.set_column_width(at, if column.role == Role::Place { fit(facts.longest) } else { column.width })?;
            worksheet.set_column_format(at, self.formats.get(of_column(column)))?;
            let header = self.formats.get(Style::Head(column.role)).clone();
            columns.push(TableColumn::new().set_header(clean(&column.text)).set_header_format(header));
        }
        let table = Table::new()
            .set_name(&grid.name)
            .set_columns(&columns)
            .set_autofilter(self.profile == Profile::Working)
            .set_banded_rows(false)
            .set_style(TableStyle::Light1);
        // The library remembers each cell of a table: that of a plain one is stretched when its rows are put in.
        worksheet.add_table(head, 0, if plain.is_some() { head + 1 } else { last }, width - 1, &table)?;
        let heads = grid.columns.iter().map(|c| lines(&c.text, c.width * 0.85)).max().unwrap_or(1);
        tall(worksheet, head, heads)?;

        match plain {
            // Of each format one; `rows.rs` puts the rows in their place.
            Some(plain) => {
                for (col, first, last) in &plain.plotted {
                    for at in *first..=*last {
                        let row = at.checked_sub(head + 1).and_then(|index| grid.row(index as usize));
                        if let Some((cell, column)) =
                            row.as_ref().and_then(|r| r.cells.get(usize::from(*col))).zip(grid.columns.get(usize::from(*col)))
                        {
                            self.cell(worksheet, at, *col, cell, column, false, false)?;
                        }
                    }
                }
                for (col, (style, _)) in (width..).zip(&plain.formats) {
                    worksheet.write_blank(head + 1, col, self.formats.get(*style))?;
                }
            }
            None => {
                let mut links = 0;
                for (at, row) in (head + 1..).zip((0..rows).filter_map(|index| grid.row(index))) {
                    tall(worksheet, at, lines_of(&row, &grid.columns))?;
                    for (col, (cell, column)) in (0u16..).zip(row.cells.iter().zip(&grid.columns)) {
                        links += usize::from(matches!(cell, Cell::Link(..)));
                        self.cell(worksheet, at, col, cell, column, row.strong, links <= MOST_LINKS)?;
                    }
                }
            }
        }
        for ((col, column), facts) in (0u16..).zip(&grid.columns).zip(&grid.facts().columns) {
            if facts.like_numbers {
                worksheet.ignore_error_range(head + 1, col, last, col, IgnoreError::NumberStoredAsText)?;
            } else if facts.formulas {
                worksheet.ignore_error_range(head + 1, col, last, col, IgnoreError::FormulaDiffers)?;
            }
            self.conditions(worksheet, head + 1, last, col, column)?;
        }
        let every_row = ConditionalFormatFormula::new().set_rule("=TRUE").set_format(hairline());
        worksheet.add_conditional_format(head + 1, 0, last, width - 1, &every_row)?;
        if self.profile == Profile::Working {
            worksheet.set_freeze_panes(head + 1, grid.labels)?;
        }
        worksheet.set_repeat_rows(head, head)?;
        // A long line above the table must not shrink the page.
        worksheet.set_print_area(0, 0, last, width - 1)?;
        let wide: f64 = grid.columns.iter().map(|c| c.width).sum();
        if wide > PORTRAIT_CHARACTERS {
            worksheet.set_landscape();
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a cell, where it stands, and what its row and column say")]
    fn cell(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        col: u16,
        cell: &Cell<'_>,
        column: &Head,
        strong: bool,
        may_link: bool,
    ) -> Result<(), XlsxError> {
        let style = style(cell, column, strong);
        // That of the column needs no word.
        let format = (style != of_column(column)).then(|| self.formats.get(style));
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => put(worksheet, row, col, clean(text), format)?,
            Cell::Mark(mark) => put(worksheet, row, col, *mark, format)?,
            Cell::Number(value, _) => put(worksheet, row, col, *value, format)?,
            Cell::Count(count) => put(worksheet, row, col, precise(*count), format)?,
            Cell::Boolean(yes) => put(worksheet, row, col, *yes, format)?,
            Cell::Date(year, month, day) => put(worksheet, row, col, &date(*year, *month, *day)?, format)?,
            Cell::Formula(text, outcome) => put(worksheet, row, col, Formula::new(text).set_result(outcome.printed()), format)?,
            Cell::Link(text, target) if may_link => self.link(worksheet, row, col, text, target, style)?,
            Cell::Link(text, _) => {
                worksheet.write_string(row, col, clean(text))?;
            }
        }
        Ok(())
    }

    /// A link with its words; words alone where the address may not be one.
    ///
    /// # Errors
    /// What rust_xlsxwriter reports.
    pub fn link(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        col: u16,
        text: &str,
        target: &Target,
        style: Style,
    ) -> Result<(), XlsxError> {
        let address = match target {
            Target::Cell(sheet, row, col) => {
                format!("internal:'{}'!{}", sheet.replace('\'', "''"), crate::vocabulary::place::a1(*row, u32::from(*col)))
            }
            Target::Web(address) if super::text::may_link(address) => address.clone(),
            Target::Web(_) => {
                worksheet.write_string(row, col, clean(text))?;
                return Ok(());
            }
        };
        let url = Url::new(address).set_text(clean(text));
        worksheet.write_url_with_format(row, col, url, self.formats.get(style))?;
        Ok(())
    }

    /// Formats that follow the value; the word or the number is always in the cell.
    fn conditions(&mut self, worksheet: &mut Worksheet, first: u32, last: u32, col: u16, column: &Head) -> Result<(), XlsxError> {
        if column.dataset.ends_with(".position") {
            for (word, rgb) in [("above", theme::COUNTRY), ("below", theme::AVERAGE)] {
                let format = hairline().set_bold().set_font_color(color(rgb));
                let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(word)).set_format(format);
                worksheet.add_conditional_format(first, col, last, col, &rule)?;
            }
        }
        if self.profile == Profile::Published {
            return Ok(());
        }
        if column.role == Role::Gap && column.dataset.ends_with(".gap") {
            let bar = ConditionalFormatDataBar::new()
                .set_solid_fill(true)
                .set_border_off(true)
                .set_fill_color(color(theme::COUNTRY_BAR))
                .set_negative_fill_color(color(theme::AVERAGE_BAR));
            worksheet.add_conditional_format(first, col, last, col, &bar)?;
        }
        if column.dataset.ends_with(".level_class") {
            for (word, fill) in super::classes::COLORS {
                let format = hairline().set_background_color(color(*fill));
                let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(*word)).set_format(format);
                worksheet.add_conditional_format(first, col, last, col, &rule)?;
            }
        }
        Ok(())
    }
}

/// The line under every row. Formats that a value decides have it too: LibreOffice applies only one to a cell.
fn hairline() -> Format {
    Format::new().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(color(theme::HAIRLINE))
}

/// Width of a column of links: that of the longest, for their words are not wrapped.
fn fit(longest: usize) -> f64 {
    f64::from(u16::try_from(longest).unwrap_or(u16::MAX).clamp(10, MOST_LINK_CHARACTERS) + 2)
}

/// How many lines the tallest cell of a row takes.
pub(super) fn lines_of(row: &Row<'_>, columns: &[Head]) -> usize {
    row.cells.iter().zip(columns).map(|(cell, column)| wrapped(cell, column)).max().unwrap_or(1)
}

/// The format of a column's plain cells.
fn of_column(column: &Head) -> Style {
    Style::Body { role: column.role, decimals: column.decimals, strong: false, kind: Kind::Plain }
}

/// The format of a cell.
pub(super) fn style(cell: &Cell<'_>, column: &Head, strong: bool) -> Style {
    let (decimals, kind) = match cell {
        Cell::Text(text) if like_formula(text) => (column.decimals, Kind::Quoted),
        Cell::Empty | Cell::Text(_) | Cell::Count(_) | Cell::Boolean(_) | Cell::Formula(_, Outcome::Text(_)) => {
            (column.decimals, Kind::Plain)
        }
        Cell::Number(_, decimals) | Cell::Formula(_, Outcome::Number(_, decimals)) => (*decimals, Kind::Plain),
        Cell::Formula(_, Outcome::Count(_)) => (0, Kind::Plain),
        Cell::Mark(_) => (0, Kind::Mark),
        Cell::Date(..) => (0, Kind::Date),
        Cell::Link(..) => (0, Kind::Link),
    };
    Style::Body { role: column.role, decimals, strong, kind }
}

/// Writes a value, in the column's format if none is given.
fn put(
    worksheet: &mut Worksheet,
    row: u32,
    col: u16,
    value: impl rust_xlsxwriter::IntoExcelData,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    match format {
        Some(format) => worksheet.write_with_format(row, col, value, format)?,
        None => worksheet.write(row, col, value)?,
    };
    Ok(())
}

/// # Errors
/// If Excel's calendar has no such day.
pub(super) fn date(year: i16, month: u8, day: u8) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), month, day)
}

/// How many lines a cell takes in its column.
fn wrapped(cell: &Cell<'_>, column: &Head) -> usize {
    if let (Cell::Text(text) | Cell::Link(text, _), Role::Prose | Role::Label) = (cell, column.role) {
        lines(text, column.width)
    } else {
        1
    }
}

/// How many lines a text takes in a column so many characters wide, broken between words.
pub(super) fn lines(text: &str, width: f64) -> usize {
    // A column's width counts digits; letters of a text are narrower on average, so this is on the safe side.
    let most = width.max(1.0);
    if f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) <= most && !text.contains('\n') {
        return 1;
    }
    text.split('\n')
        .map(|paragraph| {
            let (mut count, mut used) = (1, 0.0);
            for word in paragraph.split(' ') {
                let long = f64::from(u32::try_from(word.chars().count()).unwrap_or(u32::MAX));
                if used > 0.0 && used + 1.0 + long > most {
                    count += 1;
                    used = 0.0;
                }
                if long > most {
                    let further = (long / most).floor().min(100.0);
                    count += (0..100).take_while(|n| f64::from(*n) < further).count();
                    used = long % most;
                } else {
                    used += long + if used > 0.0 { 1.0 } else { 0.0 };
                }
            }
            count
        })
        .sum()
}

/// Makes a row as tall as its lines need: programs other than Excel do not do so by themselves.
///
/// # Errors
/// What rust_xlsxwriter reports.
pub(super) fn tall(worksheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    if let Some(height) = height(lines) {
        worksheet.set_row_height(row, height)?;
    }
    Ok(())
}

/// Height in points of a row of so many lines; `None` for the usual one. Excel allows 409 points.
pub(super) fn height(lines: usize) -> Option<f64> {
    (lines > 1).then(|| (f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * 15.0).min(405.0))
}

/// A4, as wide as the page, page numbers, cursor in A1.
pub(super) fn page(worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    worksheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    worksheet.set_footer("&L&9&A&R&9&P / &N");
    worksheet.set_selection(0, 0, 0, 0)?;
    Ok(())
}

/// What stands above every table.
fn how_many(grid: &Grid<'_>) -> String {
    let rows = match grid.len() {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        n => format!("{} rows", crate::vocabulary::figure::word(precise(i64::try_from(n).unwrap_or(i64::MAX)), 0)),
    };
    let mut text = format!("One table, {rows}.");
    if grid.facts().marks {
        text.push_str(" Shorthand in brackets is explained in the sheet Legend.");
    }
    if grid.facts().empty {
        text.push_str(" An empty cell: the source says nothing.");
    }
    if !grid.left_out.is_empty() {
        text.push_str(&format!(" Left out, without any value: {}.", grid.left_out.join(", ")));
    }
    text
}

/// A count as a cell holds it.
#[expect(clippy::cast_precision_loss, reason = "counts of rows, lines and ranks are far below 2 to the 53rd")]
fn precise(count: i64) -> f64 {
    count as f64
}
