//! Any dataset as a sheet: columns from its schema, a link to the source on every row.

use super::names::Names;
use super::places::Places;
use super::reference::note_on;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet, Target};
use super::text::may_link;
use crate::dataset::{Column, ColumnType, Table, Value};
use crate::report::Report;

/// Texts longer than this wrap.
const SHORT: usize = 44;

/// The sheet of one dataset.
pub(super) fn sheet<'a>(table: &'a Table, report: &'a Report, names: &mut Names, places: &mut Places) -> Sheet<'a> {
    let schema = table.schema;
    // A dataset of the text may be called as a group of figures is.
    let name = if names.has_sheet(schema.title) { names.sheet(&format!("{}, text", schema.title)) } else { names.sheet(schema.title) };
    let mut columns: Vec<Head> = schema.columns.iter().enumerate().map(|(at, column)| head(table, at, column)).collect();
    let lines = table.column("line_start").zip(table.column("line_end"));
    if lines.is_some() {
        columns.push(Head::new("Source", Role::Place, "the row's first line in the sheet Sources").wide(20.0));
    }
    let rows = (HEAD_ROW + 1..).zip(&table.rows).map(|(at, values)| {
        let from = Target::Cell(name.clone().into(), at, 0);
        let mut cells: Vec<Cell<'a>> = values.iter().zip(schema.columns).map(|(value, column)| cell(value, column)).collect();
        if schema.name == "links" {
            link(table, values, &mut cells);
        }
        if let Some((start, end)) = lines {
            cells.push(match (&values[start], &values[end]) {
                (Value::Integer(start), Value::Integer(end)) => places.lines(*start, *end, &from),
                _ => Cell::Empty,
            });
        }
        Row { cells, strong: false }
    });
    let rows = rows.collect();
    let labels = u16::from(columns.first().is_some_and(|c| c.role == Role::Label || c.role == Role::Text));
    Sheet {
        title: format!("{}: {}", report.country, schema.title),
        sentence: format!("Each row is {}.", schema.row),
        // What is not taken from lines of the text has a column that names its source.
        source: if lines.is_some() { source_of_text(report) } else { String::new() },
        period: String::new(),
        body: Body::Table(Grid::compact(names.table(&name), columns, rows, labels)),
        name,
    }
}

/// Who published the text.
pub(super) fn source_of_text(report: &Report) -> String {
    let base = |file: &str| file.rsplit('/').next().unwrap_or(file).to_owned();
    let text = report.sources.iter().find(|s| !report.text.is_empty() && base(&s.file) == base(&report.text));
    text.map_or_else(String::new, |s| {
        format!("Source: {}, {}, {}{}; {}.", s.publisher, s.title, s.edition, note_on(report, &s.title), s.rights)
    })
}

fn head(table: &Table, at: usize, column: &Column) -> Head {
    let longest = table.rows.iter().map(|row| if let Value::Text(text) = &row[at] { text.chars().count() } else { 0 }).max().unwrap_or(0);
    let role = match column.column_type {
        ColumnType::Text if longest > SHORT => Role::Prose,
        ColumnType::Text => Role::Text,
        ColumnType::Integer => Role::Count,
        ColumnType::Number => Role::Number,
        ColumnType::Boolean => Role::Boolean,
        ColumnType::Date => Role::Date,
    };
    let text = headline(column);
    let width = match role {
        Role::Prose => {
            if longest > 150 {
                60.0
            } else {
                44.0
            }
        }
        Role::Text => fit(longest.max(text.len().min(14))),
        Role::Label | Role::Country | Role::Average | Role::Gap | Role::Number | Role::Count | Role::Date | Role::Boolean | Role::Place => {
            12.0
        }
    };
    let decimals = table.rows.iter().filter_map(|row| if let Value::Number(_, d) = row[at] { Some(d) } else { None }).max().unwrap_or(0);
    Head::new(text, role, column.meaning).wide(width).decimals(decimals).of(table.schema.name, column.name)
}

/// Width for so many characters.
pub(super) fn fit(characters: usize) -> f64 {
    f64::from(u16::try_from(characters.clamp(8, SHORT)).unwrap_or(44)) + 2.0
}

/// `section_number` as `Section number`, with the unit.
pub(super) fn headline(column: &Column) -> String {
    let words: Vec<&str> = column.name.split('_').map(|w| if w == "eu" { "EU" } else { w }).collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    let mut text: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    text.push_str(letters.as_str());
    if column.unit.is_empty() { text } else { format!("{text}, {}", column.unit) }
}

/// A value as a cell of a dataset's sheet.
pub(super) fn cell<'a>(value: &'a Value, column: &Column) -> Cell<'a> {
    match value {
        Value::Missing => Cell::Empty,
        Value::Text(text) if column.column_type == ColumnType::Date => date(text).unwrap_or_else(|| Cell::text(text.as_str())),
        Value::Text(text) => Cell::text(text.as_str()),
        Value::Integer(n) => Cell::Count(*n),
        Value::Number(n, decimals) => Cell::Number(*n, *decimals),
        Value::Boolean(b) => Cell::Boolean(*b),
    }
}

/// The words of a hyperlink lead where the text says; the address stands beside them.
fn link<'a>(table: &Table, values: &'a [Value], cells: &mut [Cell<'a>]) {
    let (Some(words), Some(target)) = (table.column("text"), table.column("target")) else { return };
    if let (Value::Text(text), Value::Text(address)) = (&values[words], &values[target])
        && may_link(address)
        && !text.contains("://")
    {
        cells[words] = Cell::Link(text.as_str().into(), Target::Web(address.to_string()));
    }
}

/// A full date as a date, if Excel knows it: its calendar begins in 1900.
fn date(text: &str) -> Option<Cell<'static>> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (year, month, day) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?, day.parse::<i8>().ok()?);
    jiff::civil::Date::new(year, month, day).ok()?;
    // Excel counts a 29 February 1900 that never was: dates before March 1900 stay text.
    (year > 1900).then_some(Cell::Date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}
