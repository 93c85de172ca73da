//! The first sheet: what this is, how to read it, and what the others hold.

use super::format::Style;
use super::sheet::{Cell, Grid, Head, Role, Row, Sheet, Target};
use super::text::clean;
use super::write::Pen;
use crate::report::Report;
use crate::source::origin::Status;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

pub(super) const NAME: &str = "Cover";

/// Width of the column of facts.
const FACTS: f64 = 84.0;

/// Writes the cover: title, facts, then the contents as the last thing on the sheet.
///
/// # Errors
/// What rust_xlsxwriter reports.
pub(super) fn write(
    pen: &mut Pen<'_>,
    worksheet: &mut Worksheet,
    report: &Report,
    sheets: &[Sheet<'_>],
    contents: String,
) -> Result<(), XlsxError> {
    worksheet.set_screen_gridlines(false);
    worksheet.write_string_with_format(0, 0, clean(&format!("{}: {}", report.country, report.title)), pen.formats.get(Style::Title))?;
    worksheet.set_row_height(0, 30)?;
    worksheet.write_string_with_format(1, 0, clean(&report.subject), pen.formats.get(Style::Aside))?;
    let mut row = 2;
    for (term, fact) in facts(report) {
        worksheet.write_string_with_format(row, 0, term, pen.formats.get(Style::Term))?;
        worksheet.write_string_with_format(row, 1, clean(&fact), pen.formats.get(Style::Fact))?;
        super::write::tall(worksheet, row, super::write::lines(&fact, FACTS))?;
        row += 1;
    }
    worksheet.write_string_with_format(row, 0, "Colours", pen.formats.get(Style::Term))?;
    let country = format!("{} ", report.country);
    let (blue, orange, plain) = (pen.formats.get(Style::CountryKey).clone(), pen.formats.get(Style::AverageKey).clone(), Format::new());
    let words = [
        (&blue, country.as_str()),
        (&plain, "blue, "),
        (&orange, "average "),
        (&plain, "orange; the head of the column always says which"),
    ];
    worksheet.write_rich_string_with_format(row, 1, &words, pen.formats.get(Style::Fact))?;
    row += 1;
    pen.grid(worksheet, &grid(sheets, contents), row, None)?;
    worksheet.set_freeze_panes(0, 0)?;
    super::write::page(worksheet)
}

/// What the reader should know before the first number.
fn facts(report: &Report) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut fact = |term, text: String| {
        if !text.is_empty() {
            facts.push((term, text));
        }
    };
    match report.status {
        Status::Draft => fact("Status", "Draft, not for publication".to_owned()),
        Status::Final => {}
    }
    fact("Publication", report.id.clone());
    fact("Edition", if report.date.is_empty() { report.edition.clone() } else { format!("{}, of {}", report.edition, report.date) });
    fact("Author", report.author.clone());
    fact("Contact", report.contact.clone());
    fact("Figures", report.scope.clone());
    if let Some(text) = report.sources.first() {
        fact("Source", format!("{}, {}, {}", text.publisher, text.title, text.edition));
        fact("SHA-256", text.sha256.clone());
    }
    fact(
        "How to read it",
        "Each sheet holds one table: a title, a sentence and the source stand above it. Gaps, ratios, ranks, positions and classes are \
         formulas over the cells beside them and the named cells of the sheet Thresholds. The link at the end of a row leads to the line \
         or cell of the source that it comes from, and back."
            .to_owned(),
    );
    fact(
        "Shorthand",
        "[x] not available, [z] not applicable, [c] confidential, [k] below half the unit; [b] break in series, [e] estimated, \
         [p] provisional, [u] low reliability. The sheet Legend has them all."
            .to_owned(),
    );
    facts
}

fn grid<'a>(sheets: &'a [Sheet<'_>], name: String) -> Grid<'a> {
    let columns = vec![
        Head::new("Sheet", Role::Label, "name of the sheet, and the way there").wide(33.0),
        Head::new("What it holds", Role::Prose, "title of the sheet").wide(FACTS),
        Head::new("Rows", Role::Count, "rows of its table").wide(9.0),
        Head::new("Period", Role::Text, "from when to when").wide(14.0),
    ];
    let rows = sheets.iter().map(|sheet| Row {
        strong: false,
        cells: vec![
            Cell::Link(sheet.name.as_str().into(), Target::Cell(sheet.name.clone().into(), 0, 0)),
            Cell::text(sheet.title.as_str()),
            if sheet.rows() == 0 { Cell::Mark("[z]") } else { Cell::Count(i64::try_from(sheet.rows()).unwrap_or(i64::MAX)) },
            Cell::text(if sheet.period.is_empty() { "–" } else { sheet.period.as_str() }),
        ],
    });
    Grid::new(name, columns, rows.collect(), 1)
}
