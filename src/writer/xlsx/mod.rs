//! Report -> workbook: what statisticians open, click through and recompute.
//!
//! [`Plan`] describes the sheets as data; [`FigureSheets`] are those of them that publications with the same figures have in
//! common. [`Book`] has the rows of all tables as XML, once for both profiles: `write.rs` gives everything else to
//! rust_xlsxwriter, and `rows.rs` puts the rows into the written sheets.

pub mod accessibility;
mod at;
mod charts;
mod classes;
mod comparison_cells;
mod comparisons;
mod cover;
mod datasets;
mod differences;
mod figures;
mod format;
mod language;
mod names;
mod observations;
mod parts;
mod places;
mod properties;
mod ranks;
mod reference;
mod rows;
mod shared;
mod sheet;
mod text;
mod timeline;
mod write;

pub use at::{Found, NotFound, at};
pub use differences::differences;
pub use shared::FigureSheets;
pub use text::{ADDRESS_NOT_LINKED, CONTROL_CHARACTERS, TEXT_TOO_LONG, TOO_MANY_ROWS};

use crate::dataset::Value;
use crate::diagnostic::Diagnostic;
use crate::report::Report;
use crate::vocabulary::{Lines, Place};
use names::Names;
use places::Places;
use rows::{Plain, Styles};
use rust_xlsxwriter::{Workbook, XlsxError};
use sheet::{Body, Grid, Sheet, Target};
use std::collections::HashMap;
use std::fmt;

/// Two profiles of one description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain, after the accessibility checklist of the UK Analysis Function: nothing frozen, no filter buttons.
    Published,
    /// With frozen heads, filters, gap bars and the colours of the scoreboard.
    Working,
}

/// A workbook could not be written.
#[derive(Debug)]
pub enum Error {
    Workbook(XlsxError),
    Zip(zip::result::ZipError),
    Bytes(std::io::Error),
    /// The library wrote a part in another way than is known here.
    Part(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workbook(error) => write!(f, "the workbook could not be written: {error}"),
            Self::Zip(error) => write!(f, "the workbook's parts could not be put together: {error}"),
            Self::Part(part) => write!(f, "the rows of {part} could not be put in: its XML is not as expected"),
            Self::Bytes(error) => write!(f, "the workbook's properties could not be read back: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Zip(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Bytes(error)
    }
}

/// The workbook of a publication by itself. The same report gives the same bytes.
///
/// # Errors
/// As [`Book::workbook`].
pub fn workbook(report: &Report, kind: Kind) -> Result<Vec<u8>, Error> {
    let figures = FigureSheets::of(report);
    Book::of(Plan::of(report, &figures)).workbook(kind)
}

/// What the workbooks of a publication hold, whatever their profile.
pub struct Plan<'a> {
    report: &'a Report,
    figures: &'a FigureSheets,
    cover: String,
    /// Name of the table on the cover.
    contents: String,
    /// The sheets after the cover, in order.
    sheets: Vec<Sheet<'a>>,
    /// Sheets that every other one links to.
    explain: Vec<String>,
    /// Names of cells.
    defined: Vec<(String, Target)>,
}

/// A plan with the rows of its tables as XML.
pub struct Book<'a> {
    plan: Plan<'a>,
    styles: Styles,
    /// Of each sheet of the plan; `None` for charts, and for tables that the library writes as a whole.
    rows: Vec<Option<Plain>>,
}

/// A part of the zip that is of a table whose rows are put in.
enum PlainPart<'p, 'a> {
    Sheet(&'p Grid<'a>, &'p Plain),
    Table(&'p Grid<'a>),
}

impl<'a> Plan<'a> {
    /// What both workbooks of a publication hold. `figures` are its own, or those of another that shows the same.
    pub fn of(report: &'a Report, figures: &'a FigureSheets) -> Self {
        let names = &mut Names::default();
        let cover = names.sheet(cover::NAME);
        let mut places = Places::of(report, &figures.cells, names);
        let notes = reference::notes(report, names);
        let legend = reference::legend(names);
        let explain = vec![notes.name.clone(), legend.name.clone()];
        let (thresholds, defined) = reference::thresholds(report, names);
        let observations = figures.observations.as_ref().map(|listed| listed.sheet(report, names));
        let (classes, class_cells) = classes::sheets(report, names, &mut places);
        let given =
            comparisons::Given { report, observations: figures.observations.as_ref().map(|listed| &listed.index), classes: &class_cells };
        let mut sheets = Vec::new();
        if let Some(compared) = comparisons::sheets(&given, names, &mut places) {
            sheets.extend(compared.key_figures);
            for group in compared.groups {
                let charts = figures::of_group(report, &compared.columns, &group, names);
                sheets.extend(group.sheets);
                sheets.extend(charts);
            }
        }
        if let Some((ranks, rankings)) = ranks::sheet(report, names, &mut places) {
            let charts = figures::of_ranks(report, &rankings, &ranks, names);
            sheets.push(ranks);
            sheets.extend(charts);
        }
        sheets.extend(timeline::sheets(report, names, &mut places));
        let classed = !classes.is_empty();
        sheets.extend(classes);
        // Shown by sheets of their own.
        let own = |name: &str| name == observations::DATASET || (name == "cut_offs" && classed);
        for table in report.tables.iter().filter(|t| !t.rows.is_empty() && !own(t.schema.name)) {
            sheets.push(datasets::sheet(table, report, names, &mut places));
        }
        sheets.extend(observations);
        sheets.push(reference::checks(report, names, &mut places));
        sheets.extend(places.sheet(report, names));
        sheets.push(reference::files(report, names));
        if !report.indicators.is_empty() {
            sheets.push(reference::indicators(report, names));
        }
        sheets.push(reference::methods(report, names));
        sheets.push(thresholds);
        sheets.push(notes);
        sheets.push(legend);
        sheets.push(reference::dictionary(&sheets, names));
        let contents = names.table("Contents");
        Self { report, figures, cover, contents, sheets, explain, defined }
    }

    /// Of each sheet what charts show of it, as column, first and last row, each once.
    fn plotted(&self) -> HashMap<&str, Vec<(u16, u32, u32)>> {
        let mut plotted: HashMap<&str, Vec<(u16, u32, u32)>> = HashMap::new();
        for sheet in &self.sheets {
            let Body::Charts(figures) = &sheet.body else { continue };
            for series in figures.iter().flat_map(|figure| &figure.series) {
                let of_sheet = plotted.entry(&series.sheet).or_default();
                for column in [series.category, series.value] {
                    let cells = (column, series.rows.0, series.rows.1);
                    if !of_sheet.contains(&cells) {
                        of_sheet.push(cells);
                    }
                }
            }
        }
        plotted
    }

    /// Links above the table of a sheet.
    fn links(&self, sheet: &Sheet<'_>) -> Vec<(String, Target)> {
        let to = |name: &str| (name.to_owned(), Target::Cell(name.to_owned().into(), 0, 0));
        let mut links = vec![("Back to cover".to_owned(), Target::Cell(self.cover.clone().into(), 0, 0))];
        links.extend(self.explain.iter().filter(|name| **name != sheet.name).map(|name| to(name)));
        links
    }
}

impl<'a> Book<'a> {
    pub fn of(plan: Plan<'a>) -> Self {
        let mut plotted = plan.plotted();
        let mut styles = plan.figures.styles.clone();
        let rows = plan.sheets.iter().map(|sheet| match &sheet.body {
            Body::Table(grid) => Plain::of(grid, plotted.remove(sheet.name.as_str()).unwrap_or_default(), &mut styles),
            Body::Charts(_) => None,
        });
        Self { rows: rows.collect(), styles, plan }
    }

    /// The workbook in one of the profiles.
    ///
    /// # Errors
    /// What the library reports; no content of a report is an error, see [`limits`].
    pub fn workbook(&self, kind: Kind) -> Result<Vec<u8>, Error> {
        let Plan { report, cover, sheets, .. } = &self.plan;
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties::of(report)?);
        workbook.set_zip_compression_level(parts::LIBRARY_LEVEL);
        let mut formats = format::Formats::default();
        self.styles.formats.iter().for_each(|format| workbook.register_format(format));
        let mut pen = write::Pen { formats: &mut formats, profile: kind };
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(cover)?;
        cover::write(&mut pen, worksheet, report, sheets, self.plan.contents.clone())?;
        for (sheet, rows) in sheets.iter().zip(&self.rows) {
            let worksheet = workbook.add_worksheet();
            worksheet.set_name(&sheet.name)?;
            pen.sheet(worksheet, sheet, &self.plan.links(sheet), rows.as_ref())?;
        }
        for (name, target) in &self.plan.defined {
            if let Target::Cell(sheet, row, col) = target {
                let cell = rust_xlsxwriter::utility::row_col_to_cell_absolute(*row, *col);
                workbook.define_name(name, &format!("='{}'!{cell}", sheet.replace('\'', "''")))?;
            }
        }
        let saved = workbook.save_to_buffer()?;
        // Its cells are not needed any more.
        drop(workbook);
        let plain = self.plain_parts();
        let is_chart = |name: &str| name.starts_with("xl/charts/chart");
        let wanted = |name: &str| name == language::PART || is_chart(name) || plain.contains_key(name);
        parts::rewrite(&saved, wanted, |name, xml| {
            let changed = match plain.get(name) {
                Some(PlainPart::Sheet(grid, plain)) => return rows::fill(&xml, grid, plain),
                Some(PlainPart::Table(grid)) => rows::stretch(&xml, grid)?,
                None if is_chart(name) => charts::in_order(xml),
                None => language::with_language(&xml, &report.language),
            };
            Ok(vec![parts::Piece::Text(changed)])
        })
    }

    /// The tables whose rows are put in, by the parts that the library makes of them: sheets and tables are numbered in order,
    /// the cover first.
    fn plain_parts(&self) -> HashMap<String, PlainPart<'_, 'a>> {
        let mut parts = HashMap::new();
        let mut table = 1;
        for ((sheet, rows), number) in self.plan.sheets.iter().zip(&self.rows).zip(2..) {
            if let Body::Table(grid) = &sheet.body {
                table += 1;
                if let Some(plain) = rows {
                    parts.insert(format!("xl/worksheets/sheet{number}.xml"), PlainPart::Sheet(grid, plain));
                    parts.insert(format!("xl/tables/table{table}.xml"), PlainPart::Table(grid));
                }
            }
        }
        parts
    }
}

/// What of a report does not fit into a workbook as it is: texts that are cut or cleaned, addresses that are not linked.
pub fn limits(report: &Report) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for table in &report.tables {
        let file = || Place::file(format!("data/{}.csv", table.schema.name));
        let start = table.column("line_start");
        let place = |row: &[Value]| match start.and_then(|at| row.get(at)) {
            Some(Value::Integer(line)) => Place::lines(&report.text, Lines::one(u32::try_from(*line).unwrap_or(1))),
            _ => file(),
        };
        let most = sheet::MOST_TABLE_ROWS;
        if table.rows.len() > most {
            let help = "read the dataset in the data files, or publish fewer indicators";
            found.push(Diagnostic::new(&TOO_MANY_ROWS, file(), format!("at most {most} rows"), format!("{} rows", table.rows.len()), help));
        }
        let address = (table.schema.name == "links").then(|| table.column("target")).flatten();
        for row in &table.rows {
            for (at, value) in row.iter().enumerate() {
                if let Value::Text(cell) = value {
                    text::judge(cell, || place(row), &mut found);
                    if address == Some(at) {
                        text::judge_address(cell, || place(row), &mut found);
                    }
                }
            }
        }
    }
    for cited in report.cited() {
        text::judge(&cited.verbatim, || cited.place.clone(), &mut found);
    }
    found
}
