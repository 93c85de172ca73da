//! Rows of a plain table as the XML of its sheet (ECMA-376 part 1, section 18.3.1).
//!
//! rust_xlsxwriter keeps each cell of a sheet and of a table in a tree until it saves. For the sheets that show datasets as
//! they are, nine tenths of a workbook's cells, that takes five times what writing them does. So it makes these sheets with
//! their heads, tables, formats and one sample of each format; the rows are put in here, in the formats of the samples.

use super::Error;
use super::format::Style;
use super::parts::{Packed, Piece};
use super::sheet::{Cell, Grid, HEAD_ROW, Head, MOST_TABLE_ROWS, Outcome, Row, Target};
use super::text::{MOST_LINKS, clean};
use super::write;
use crate::vocabulary::place::a1;
use rust_xlsxwriter::utility::column_number_to_name;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

/// Links that stand above a table.
const LINKS_ABOVE: usize = 8;

/// What is known of a plain table beside its cells: made once for both profiles.
pub(super) struct Plain {
    /// The formats of the cells, each once, in the order in which the samples stand.
    pub formats: Vec<Style>,
    /// By the numbers that the library gave the formats.
    made: Mutex<BTreeMap<Vec<String>, Made>>,
}

/// The rows of a table, and the links in them.
#[derive(Clone)]
struct Made {
    rows: Arc<Packed>,
    links: Arc<Packed>,
}

impl Plain {
    pub fn of(rows: &[Row<'_>], columns: &[Head]) -> Self {
        let mut formats = Vec::new();
        // Most cells have the format of the one above.
        let mut above: Vec<Option<Style>> = vec![None; columns.len()];
        for row in rows {
            for ((cell, column), above) in row.cells.iter().zip(columns).zip(&mut above) {
                let style = write::style(cell, column, row.strong);
                if *above != Some(style) {
                    *above = Some(style);
                    if !formats.contains(&style) {
                        formats.push(style);
                    }
                }
            }
        }
        Self { formats, made: Mutex::default() }
    }
}

/// The sheet with the table's rows in place of the samples, which stand in the first row below its head.
///
/// # Errors
/// [`Error::Part`] if the library wrote the sheet in another way than this module knows.
pub(super) fn fill(sheet: &str, grid: &Grid<'_>, plain: &Plain) -> Result<Vec<Piece>, Error> {
    let unknown = || Error::Part(format!("the sheet of the table {}", grid.name));
    let (above, rest) = sheet.split_once(&format!("<row r=\"{}\"", HEAD_ROW + 2)).ok_or_else(unknown)?;
    let (samples, below) = rest.split_once("</sheetData>").ok_or_else(unknown)?;
    let (links, end) = below.split_once("</hyperlinks>").ok_or_else(unknown)?;
    let (start, above) = above.split_once("<dimension ref=\"").ok_or_else(unknown)?;
    let (range, above) = above.split_once('"').ok_or_else(unknown)?;
    let first = range.split(':').next().unwrap_or_default();
    let numbers: Vec<String> = samples.split(" s=\"").skip(1).map(|s| s.split('"').next().unwrap_or_default().to_owned()).collect();
    if numbers.len() != plain.formats.len() {
        return Err(unknown());
    }
    // Whoever comes second waits for the first, and takes what it made.
    let mut known = plain.made.lock().unwrap_or_else(PoisonError::into_inner);
    let made = match known.get(&numbers) {
        Some(made) => made.clone(),
        None => {
            let made = Rows::of(grid, &plain.formats, &numbers).packed()?;
            known.insert(numbers, made.clone());
            made
        }
    };
    Ok(vec![
        Piece::Text(format!("{start}<dimension ref=\"{first}:{}\"{above}", last_cell(grid))),
        Piece::Packed(made.rows),
        Piece::Text(format!("</sheetData>{links}")),
        Piece::Packed(made.links),
        Piece::Text(format!("</hyperlinks>{end}")),
    ])
}

/// The part of the table with the range that its rows have.
///
/// # Errors
/// [`Error::Part`] if the library wrote the table in another way than this module knows.
pub(super) fn stretch(table: &str, grid: &Grid<'_>) -> Result<String, Error> {
    let sampled = format!(":{}{}\"", column_number_to_name(width(grid) - 1), HEAD_ROW + 2);
    if !table.contains(&format!(" name=\"{}\"", grid.name)) || !table.contains(&sampled) {
        return Err(Error::Part(format!("the table {}", grid.name)));
    }
    Ok(table.replace(&sampled, &format!(":{}\"", last_cell(grid))))
}

fn width(grid: &Grid<'_>) -> u16 {
    u16::try_from(grid.columns.len()).expect("a few dozen columns")
}

/// Of the table, in A1 notation.
fn last_cell(grid: &Grid<'_>) -> String {
    let rows = grid.rows.len().clamp(1, MOST_TABLE_ROWS);
    format!("{}{}", column_number_to_name(width(grid) - 1), HEAD_ROW as usize + 1 + rows)
}

struct Rows<'s> {
    /// The number that the library gave each format.
    styles: Vec<(Style, &'s str)>,
    /// Of each column, that of the cell above: mostly the next one has it too.
    above: Vec<Option<(Style, &'s str)>>,
    /// `A`, `B`, of the columns.
    names: Vec<String>,
    xml: String,
    links: String,
    count: usize,
}

impl<'s> Rows<'s> {
    fn of(grid: &Grid<'_>, formats: &[Style], numbers: &'s [String]) -> Self {
        let mut rows = Self {
            styles: formats.iter().copied().zip(numbers.iter().map(String::as_str)).collect(),
            above: vec![None; grid.columns.len()],
            names: (0..).take(grid.columns.len()).map(column_number_to_name).collect(),
            // Half of a table's cells are short words: this is seldom outgrown.
            xml: String::with_capacity(grid.rows.len() * grid.columns.len() * 56),
            links: String::with_capacity(grid.rows.len() * 64),
            count: LINKS_ABOVE,
        };
        for (row, number) in grid.rows.iter().take(MOST_TABLE_ROWS).zip(HEAD_ROW + 2..) {
            rows.row(row, &grid.columns, number);
        }
        rows
    }

    fn packed(self) -> Result<Made, Error> {
        Ok(Made { rows: Packed::of(&self.xml)?.into(), links: Packed::of(&self.links)?.into() })
    }

    fn row(&mut self, row: &Row<'_>, columns: &[Head], number: u32) {
        let _ = write!(self.xml, "<row r=\"{number}\"");
        if let Some(height) = write::height(write::lines_of(row, columns)) {
            let _ = write!(self.xml, " ht=\"{height}\" customHeight=\"1\"");
        }
        self.xml.push('>');
        let digits = number.to_string();
        for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
            if *cell != Cell::Empty {
                self.cell(cell, write::style(cell, column, row.strong), at, &digits);
            }
        }
        self.xml.push_str("</row>");
    }

    fn cell(&mut self, cell: &Cell<'_>, style: Style, column: usize, row: &str) {
        let known = self.above[column].filter(|(above, _)| *above == style);
        let known = known.or_else(|| self.styles.iter().find(|(known, _)| *known == style).copied());
        self.above[column] = known;
        let id = known.map_or("0", |(_, id)| id);
        for part in ["<c r=\"", &self.names[column], row, "\" s=\"", id] {
            self.xml.push_str(part);
        }
        match cell {
            Cell::Empty => self.xml.push_str("\"/>"),
            Cell::Text(text) => self.text(text),
            Cell::Mark(mark) => self.text(mark),
            Cell::Number(value, _) => self.value("", value),
            Cell::Count(count) => self.value("", count),
            Cell::Boolean(yes) => self.value("\" t=\"b", u8::from(*yes)),
            Cell::Date(year, month, day) => match write::date(*year, *month, *day) {
                Ok(date) => self.value("", date.to_excel()),
                Err(_) => self.text(&format!("{year:04}-{month:02}-{day:02}")),
            },
            Cell::Formula(formula, outcome) => {
                let kind = if let Outcome::Text(_) = outcome { "\" t=\"str" } else { "" };
                let _ = write!(self.xml, "{kind}\"><f>{}</f><v>{}</v></c>", escaped(formula), escaped(&outcome.printed()));
            }
            Cell::Link(text, target) => {
                self.text(text);
                self.link(target, column, row);
            }
        }
    }

    fn value(&mut self, kind: &str, value: impl std::fmt::Display) {
        let _ = write!(self.xml, "{kind}\"><v>{value}</v></c>");
    }

    /// In the cell itself: a table of all texts would only be a second place to look them up.
    fn text(&mut self, text: &str) {
        self.xml.push_str("\" t=\"inlineStr\"><is><t");
        let text = clean(text);
        if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            self.xml.push_str(" xml:space=\"preserve\"");
        }
        for part in [">", &escaped(&text), "</t></is></c>"] {
            self.xml.push_str(part);
        }
    }

    /// Inside the workbook only: an address of the web would need a part of its own.
    fn link(&mut self, target: &Target, column: usize, row: &str) {
        self.count += 1;
        if let Target::Cell(sheet, to_row, to_column) = target
            && self.count <= MOST_LINKS
        {
            let (sheet, cell) = (sheet.replace('\'', "''"), a1(*to_row, u32::from(*to_column)));
            let _ = write!(self.links, "<hyperlink ref=\"{}{row}\" location=\"'{}'!{cell}\"/>", self.names[column], escaped(&sheet));
        }
    }
}

/// As the text of an element or in an attribute. Excel reads `_x0041_` as `A`: what the text has so gets its underscore escaped.
fn escaped(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~') && !matches!(b, b'<' | b'>' | b'&' | b'"' | b'\'' | b'x')) {
        return Cow::Borrowed(text);
    }
    let is_escape = |at: usize| {
        let code = text.as_bytes().get(at + 2..at + 7);
        code.is_some_and(|code| code.ends_with(b"_") && code[..4].iter().all(u8::is_ascii_hexdigit))
    };
    let mut out = Cow::Borrowed(text);
    for (at, _) in text.rmatch_indices("_x").filter(|(at, _)| is_escape(*at)) {
        out.to_mut().insert_str(at, "_x005F");
    }
    match quick_xml::escape::escape(&*out) {
        Cow::Owned(escaped) => Cow::Owned(escaped),
        Cow::Borrowed(_) => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::xlsx::Kind;
    use crate::writer::xlsx::format::Formats;
    use crate::writer::xlsx::parts;
    use crate::writer::xlsx::sheet::Role;
    use crate::writer::xlsx::write::Pen;
    use calamine::{Reader, Xlsx};
    use rust_xlsxwriter::Workbook;
    use std::io::{Cursor, Read};

    fn link(words: &'static str) -> Cell<'static> {
        Cell::Link(words.into(), Target::Cell("It's".to_owned(), 8, 1))
    }

    /// Every kind of cell, and texts that XML and Excel take for something else.
    fn grid() -> Grid<'static> {
        let columns = vec![
            Head::new("Word", Role::Text, ""),
            Head::new("Number", Role::Number, ""),
            Head::new("Yes", Role::Boolean, ""),
            Head::new("Day", Role::Date, ""),
            Head::new("Place", Role::Place, ""),
            Head::new("Prose", Role::Prose, "").wide(20.0),
        ];
        let row = |cells: Vec<Cell<'static>>| Row { cells, strong: false };
        let long = "a line that is longer than its column is wide, and so takes several";
        let mut rows = vec![
            row(vec![
                Cell::text("6.10"),
                Cell::Number(0.1, 1),
                Cell::Boolean(true),
                Cell::Date(2020, 2, 29),
                link("one"),
                Cell::text(long),
            ]),
            row(vec![
                Cell::text("<a> & \"b\" 'c'"),
                Cell::Number(-88.25, 2),
                Cell::Boolean(false),
                Cell::Empty,
                link("two"),
                Cell::text(" ä\nb "),
            ]),
            row(vec![
                Cell::text("=1+1"),
                Cell::Mark("[x]"),
                Cell::Empty,
                Cell::Date(1999, 12, 31),
                Cell::text("none"),
                Cell::text("_x0041_ _x"),
            ]),
            row(vec![Cell::text("a\u{b}b"), Cell::Count(7), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]),
            row(vec![
                Cell::Formula("\"<\"&B7".to_owned(), Outcome::Text("<0.1".to_owned())),
                Cell::Formula("B7*2".to_owned(), Outcome::Number(0.2, 1)),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ]),
        ];
        rows.push(Row {
            cells: vec![Cell::text("All"), Cell::Number(1e15, 1), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
            strong: true,
        });
        Grid::new("Kinds".to_owned(), columns, rows, 1)
    }

    /// The workbook of one table, its rows written by the library or put in here.
    fn workbook(grid: &Grid<'_>) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let mut formats = Formats::default();
        let worksheet = workbook.add_worksheet();
        let mut pen = Pen { formats: &mut formats, profile: Kind::Working };
        pen.link(worksheet, 3, 0, "Back", &Target::Cell("It's".to_owned(), 0, 0), Style::Link).expect("a link");
        pen.grid(worksheet, grid, HEAD_ROW).expect("a table");
        workbook.add_worksheet().set_name("It's").expect("a name");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let Some(plain) = &grid.plain else { return bytes };
        let wanted = |name: &str| name == "xl/worksheets/sheet1.xml" || name == "xl/tables/table1.xml";
        let change = |name: &str, xml: String| {
            if name.starts_with("xl/tables/") { Ok(vec![Piece::Text(stretch(&xml, grid)?)]) } else { fill(&xml, grid, plain) }
        };
        parts::rewrite(bytes, wanted, change).expect("the parts are as expected")
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut text = String::new();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
        text
    }

    /// Cell, number of its format, height of its row, target of its link: what the XML says beside the values.
    fn facts(sheet: &str) -> Vec<String> {
        let mut facts = Vec::new();
        let mut reader = quick_xml::Reader::from_str(sheet);
        loop {
            match reader.read_event().expect("well-formed") {
                quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                    let wanted: &[&str] = match e.local_name().as_ref() {
                        "c" => &["r", "s"],
                        "row" => &["r", "ht"],
                        "hyperlink" => &["ref", "location"],
                        "dimension" | "table" | "autoFilter" => &["ref"],
                        _ => continue,
                    };
                    let attributes = e.attributes().map(|a| a.expect("an attribute"));
                    let wanted = attributes.filter(|a| wanted.contains(&a.key.as_ref()));
                    facts.push(wanted.map(|a| format!("{}={} ", a.key.as_ref(), a.value.replace("&apos;", "'"))).collect());
                }
                quick_xml::events::Event::Eof => break facts,
                _ => {}
            }
        }
    }

    #[test]
    fn rows_put_in_read_as_the_library_writes_them() {
        let (theirs, ours) = (workbook(&grid()), workbook(&grid().plain()));
        let values = |bytes: &[u8]| {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
            book.worksheet_range("Sheet1").expect("the sheet")
        };
        assert_eq!(values(&ours), values(&theirs));
        let of_format = |bytes: &[u8]| facts(&part(bytes, "xl/worksheets/sheet1.xml"));
        // Numbers of formats follow their first use; here both use them in the same order.
        assert_eq!(of_format(&ours), of_format(&theirs));
        assert_eq!(facts(&part(&ours, "xl/tables/table1.xml")), facts(&part(&theirs, "xl/tables/table1.xml")));
    }

    #[test]
    fn a_sheet_of_another_make_is_refused() {
        let grid = grid().plain();
        let plain = grid.plain.as_ref().expect("it was made plain");
        assert!(matches!(fill("<worksheet/>", &grid, plain), Err(Error::Part(_))));
        assert!(matches!(stretch("<table name=\"Other\" ref=\"A6:F7\"/>", &grid), Err(Error::Part(_))));
    }
}
