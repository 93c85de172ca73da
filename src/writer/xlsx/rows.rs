//! Rows of a table as the XML of its sheet (ECMA-376 part 1, section 18.3.1).
//!
//! rust_xlsxwriter keeps each cell of a sheet and of a table in a tree until it saves, for each profile anew: five times the work
//! of writing them. So it makes the sheets with their heads, tables, conditions and charts, and with one sample of each format;
//! the rows are put in here, in the formats of the samples, made once for both profiles.

use super::Error;
use super::format::{self, Style};
use super::parts::Piece;
use super::shared::SharedRows;
use super::sheet::{Cell, Grid, HEAD_ROW, Head, MOST_TABLE_ROWS, Outcome, Row, Target};
use super::text::{MOST_LINKS, clean};
use super::write;
use crate::vocabulary::place::a1;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::utility::column_number_to_name;
use std::borrow::{Borrow, Cow};
use std::fmt::Write as _;
use std::sync::Arc;

/// Links that stand above a table.
const LINKS_ABOVE: usize = 8;

/// The styles of a workbook's rows with the numbers that the library gives their formats.
#[derive(Clone, Default)]
pub(super) struct Styles {
    numbers: Vec<(Style, usize)>,
    /// In the order in which the library is told of them. Styles that look alike share one.
    pub formats: Vec<Format>,
}

impl Styles {
    fn number(&mut self, style: Style) -> usize {
        if let Some((_, number)) = self.numbers.iter().find(|(known, _)| *known == style) {
            return *number;
        }
        let format = format::make(style);
        let at = self.formats.iter().position(|known| *known == format).unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        // The library's own default is 0.
        self.numbers.push((style, at + 1));
        at + 1
    }
}

/// A style with the number of its format, as it prints.
pub(super) type Numbered = (Style, String);

/// What stands above some rows of a table.
#[derive(Clone, Copy, Default)]
pub(super) struct Above {
    pub rows: usize,
    pub links: usize,
}

/// Some rows of a table, and the links in them.
pub(super) struct Xml {
    pub rows: String,
    pub links: String,
    /// Formats in use, each once.
    pub formats: Vec<Numbered>,
    /// What stands above the next row.
    pub above: Above,
}

/// The rows of a table that are put in.
pub(super) struct Plain {
    shared: Option<Arc<SharedRows>>,
    rows: String,
    links: String,
    /// The formats of all its cells, in the order in which the samples stand.
    pub formats: Vec<Numbered>,
    /// Cells that charts show, as column, first and last row: the library copies their numbers into the charts.
    pub plotted: Vec<(u16, u32, u32)>,
}

impl Plain {
    /// `None` for a table that the library writes: one without any cell, or with links to the web, which are parts of their own.
    pub fn of(grid: &Grid<'_>, plotted: Vec<(u16, u32, u32)>, styles: &mut Styles) -> Option<Self> {
        if grid.facts().to_web {
            return None;
        }
        let shared = grid.shared.clone();
        let above = shared.as_ref().map_or_else(Above::default, |shared| shared.above);
        let own = Xml::of(grid.rows.iter(), &grid.columns, above, styles, |_| ());
        let mut formats = shared.as_ref().map_or_else(Vec::new, |shared| shared.formats.clone());
        for format in own.formats {
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        (!formats.is_empty()).then_some(Self { shared, rows: own.rows, links: own.links, formats, plotted })
    }
}

/// The sheet with the table's rows in place of what the library wrote below its head: the samples are the last cells of the
/// first row there.
///
/// # Errors
/// [`Error::Part`] if the library wrote the sheet in another way than this module knows.
pub(super) fn fill<'p>(sheet: &str, grid: &Grid<'_>, plain: &'p Plain) -> Result<Vec<Piece<'p>>, Error> {
    let unknown = || Error::Part(format!("the sheet of the table {}", grid.name));
    let (above, rest) = sheet.split_once(&format!("<row r=\"{}\"", HEAD_ROW + 2)).ok_or_else(unknown)?;
    let (written, below) = rest.split_once("</sheetData>").ok_or_else(unknown)?;
    let (links, end) = below.split_once("</hyperlinks>").ok_or_else(unknown)?;
    let (start, above) = above.split_once("<dimension ref=\"").ok_or_else(unknown)?;
    let (range, above) = above.split_once('"').ok_or_else(unknown)?;
    let first = range.split(':').next().unwrap_or_default();
    let (samples, _) = written.split_once("</row>").ok_or_else(unknown)?;
    let numbers = samples.split(" s=\"").skip(1).map(|s| s.split('"').next().unwrap_or_default());
    let numbers: Vec<&str> = numbers.collect();
    let samples = numbers.len().checked_sub(plain.formats.len()).ok_or_else(unknown)?;
    if numbers[samples..].iter().zip(&plain.formats).any(|(theirs, (_, ours))| theirs != ours) {
        return Err(unknown());
    }
    let head = format!("{start}<dimension ref=\"{first}:{}\"{above}", last_cell(grid));
    let Plain { shared, rows, links: own_links, .. } = plain;
    Ok(match shared {
        Some(shared) => vec![
            Piece::Text(head),
            Piece::Packed(&shared.rows),
            Piece::Text([rows, "</sheetData>", links].concat()),
            Piece::Packed(&shared.links),
            Piece::Text([own_links, "</hyperlinks>", end].concat()),
        ],
        None => vec![Piece::Text([&head, rows, "</sheetData>", links, own_links, "</hyperlinks>", end].concat())],
    })
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
    let rows = grid.len().clamp(1, MOST_TABLE_ROWS);
    format!("{}{}", column_number_to_name(width(grid) - 1), HEAD_ROW as usize + 1 + rows)
}

impl Xml {
    /// Rows of a table with these columns, below what stands above. `made` sees what is there after every row, and may take it.
    pub fn of<'r, R: Borrow<Row<'r>>>(
        rows: impl Iterator<Item = R>,
        columns: &[Head],
        above: Above,
        styles: &mut Styles,
        mut made: impl FnMut(&mut Self),
    ) -> Self {
        let mut pen = Pen {
            styles,
            same: vec![None; columns.len()],
            last: vec![Default::default(); columns.len()],
            names: (0..).take(columns.len()).map(column_number_to_name).collect(),
            xml: Self { rows: String::new(), links: String::new(), formats: Vec::new(), above },
        };
        for row in rows.take(MOST_TABLE_ROWS.saturating_sub(above.rows)) {
            pen.row(row.borrow(), columns);
            made(&mut pen.xml);
        }
        pen.xml
    }
}

struct Pen<'s> {
    styles: &'s mut Styles,
    /// Of each column, which of the formats the cell above has: mostly the next one has it too.
    same: Vec<Option<usize>>,
    /// Of each column the last text that rows share, by where it lies, and its cell from the format on: codes stand in
    /// hundreds of rows, one below the other.
    last: Vec<((usize, usize), String)>,
    /// `A`, `B`, of the columns.
    names: Vec<String>,
    xml: Xml,
}

impl Pen<'_> {
    fn row(&mut self, row: &Row<'_>, columns: &[Head]) {
        let number = (HEAD_ROW as usize + 2 + self.xml.above.rows).to_string();
        self.xml.above.rows += 1;
        self.push(&["<row r=\"", &number, "\""]);
        if let Some(height) = write::height(write::lines_of(row, columns)) {
            let _ = write!(self.xml.rows, " ht=\"{height}\" customHeight=\"1\"");
        }
        self.push(&[">"]);
        for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
            match cell {
                Cell::Empty => {}
                Cell::Text(Cow::Borrowed(text)) if !row.strong => self.shared(text, column, at, &number),
                _ => self.cell(cell, write::style(cell, column, row.strong), at, &number),
            }
        }
        self.push(&["</row>"]);
    }

    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.xml.rows.push_str(part));
    }

    /// Which of the formats in use is that of a style.
    fn format(&mut self, style: Style, column: usize) -> usize {
        if let Some(at) = self.same[column].filter(|at| self.xml.formats[*at].0 == style) {
            return at;
        }
        let at = self.xml.formats.iter().position(|(known, _)| *known == style).unwrap_or_else(|| {
            self.xml.formats.push((style, self.styles.number(style).to_string()));
            self.xml.formats.len() - 1
        });
        self.same[column] = Some(at);
        at
    }

    /// A text that lies in the table, where those of other rows may be the same one.
    fn shared<'t>(&mut self, text: &'t str, column: &Head, at: usize, row: &str) {
        let lies = (text.as_ptr().addr(), text.len());
        if self.last[at].0 == lies {
            for part in ["<c r=\"", &self.names[at], row, "\" s=\"", &self.last[at].1] {
                self.xml.rows.push_str(part);
            }
            return;
        }
        let start = self.xml.rows.len() + "<c r=\"".len() + self.names[at].len() + row.len() + "\" s=\"".len();
        let cell: Cell<'t> = Cell::Text(Cow::Borrowed(text));
        self.cell(&cell, write::style(&cell, column, false), at, row);
        let (known, tail) = &mut self.last[at];
        *known = lies;
        tail.clear();
        tail.push_str(&self.xml.rows[start..]);
    }

    fn cell(&mut self, cell: &Cell<'_>, style: Style, column: usize, row: &str) {
        let format = self.format(style, column);
        for part in ["<c r=\"", &self.names[column], row, "\" s=\"", &self.xml.formats[format].1] {
            self.xml.rows.push_str(part);
        }
        match cell {
            Cell::Empty => self.push(&["\"/>"]),
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
                self.push(&[kind, "\"><f>", &escaped(formula), "</f><v>", &escaped(&outcome.printed()), "</v></c>"]);
            }
            Cell::Link(text, target) => {
                self.text(text);
                self.link(target, column, row);
            }
        }
    }

    fn value(&mut self, kind: &str, value: impl std::fmt::Display) {
        let _ = write!(self.xml.rows, "{kind}\"><v>{value}</v></c>");
    }

    /// In the cell itself: a table of all texts would only be a second place to look them up.
    fn text(&mut self, text: &str) {
        self.push(&["\" t=\"inlineStr\"><is><t"]);
        let text = clean(text);
        if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            self.push(&[" xml:space=\"preserve\""]);
        }
        self.push(&[">", &escaped(&text), "</t></is></c>"]);
    }

    /// Inside the workbook only: an address of the web would need a part of its own.
    fn link(&mut self, target: &Target, column: usize, row: &str) {
        self.xml.above.links += 1;
        if let Target::Cell(sheet, to_row, to_column) = target
            && self.xml.above.links + LINKS_ABOVE <= MOST_LINKS
        {
            let sheet = if sheet.contains('\'') { Cow::Owned(sheet.replace('\'', "''")) } else { Cow::Borrowed(&**sheet) };
            let cell = a1(*to_row, u32::from(*to_column));
            for part in ["<hyperlink ref=\"", &self.names[column], row, "\" location=\"'", &escaped(&sheet), "'!", &cell, "\"/>"] {
                self.xml.links.push_str(part);
            }
        }
    }
}

/// Whether a text can stand in XML as it is, and needs no look at its signs.
fn is_plain(text: &str) -> bool {
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut b = b' ';
        while b <= b'~' {
            plain[b as usize] = !matches!(b, b'<' | b'>' | b'&' | b'"' | b'\'' | b'_');
            b += 1;
        }
        plain
    };
    text.bytes().fold(true, |plain, b| plain & PLAIN[usize::from(b)])
}

/// As the text of an element or in an attribute. Excel reads `_x0041_` as `A`: what the text has so gets its underscore escaped.
fn escaped(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
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
    use crate::writer::xlsx::shared::Rows;
    use crate::writer::xlsx::sheet::Role;
    use crate::writer::xlsx::write::Pen;
    use calamine::{Reader, Xlsx};
    use rust_xlsxwriter::Workbook;
    use std::io::{Cursor, Read};

    fn link(words: &'static str) -> Cell<'static> {
        Cell::Link(words.into(), Target::Cell("It's".into(), 8, 1))
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
    fn workbook(grid: &Grid<'_>, plain: Option<&Plain>, styles: &Styles) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let mut formats = Formats::default();
        styles.formats.iter().for_each(|format| workbook.register_format(format));
        let worksheet = workbook.add_worksheet();
        let mut pen = Pen { formats: &mut formats, profile: Kind::Working };
        pen.link(worksheet, 3, 0, "Back", &Target::Cell("It's".into(), 0, 0), Style::Link).expect("a link");
        pen.grid(worksheet, grid, HEAD_ROW, plain).expect("a table");
        workbook.add_worksheet().set_name("It's").expect("a name");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let change = |name: &str, xml: String| match (name, plain) {
            ("xl/worksheets/sheet1.xml", Some(plain)) => fill(&xml, grid, plain),
            ("xl/tables/table1.xml", Some(_)) => Ok(vec![Piece::Text(stretch(&xml, grid)?)]),
            _ => Ok(vec![Piece::Text(xml)]),
        };
        parts::rewrite(&bytes, |_| true, change).expect("the parts are as expected")
    }

    /// A table whose first rows are shared, and its rows to be put in.
    fn plain(shared: usize) -> (Grid<'static>, Plain, Styles) {
        struct First(usize);
        impl Rows for First {
            fn len(&self) -> usize {
                self.0
            }
            fn row(&self, index: usize) -> Row<'_> {
                grid().rows.swap_remove(index)
            }
        }
        let (mut grid, mut styles) = (grid(), Styles::default());
        if shared > 0 {
            grid.rows.drain(..shared);
            let rows = SharedRows::of(Box::new(First(shared)), &grid.columns, &mut styles);
            grid = grid.below(Arc::new(rows));
        }
        let plain = Plain::of(&grid, vec![(1, HEAD_ROW + 1, HEAD_ROW + 3)], &mut styles).expect("it has cells");
        (grid, plain, styles)
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
        for shared in [0, 2, 6] {
            put_in_as_the_library_writes_them(shared);
        }
    }

    fn put_in_as_the_library_writes_them(shared: usize) {
        let (grid, plain, styles) = plain(shared);
        let (theirs, ours) = (workbook(&self::grid(), None, &styles), workbook(&grid, Some(&plain), &styles));
        let values = |bytes: &[u8]| {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
            book.worksheet_range("Sheet1").expect("the sheet")
        };
        assert_eq!(values(&ours), values(&theirs));
        let of_format = |bytes: &[u8]| facts(&part(bytes, "xl/worksheets/sheet1.xml"));
        assert_eq!(of_format(&ours), of_format(&theirs));
        assert_eq!(facts(&part(&ours, "xl/tables/table1.xml")), facts(&part(&theirs, "xl/tables/table1.xml")));
    }

    #[test]
    fn a_sheet_of_another_make_is_refused() {
        let (grid, plain, _) = plain(0);
        assert!(matches!(fill("<worksheet/>", &grid, &plain), Err(Error::Part(_))));
        let sheet = |number: &str| {
            let samples: String = (0..plain.formats.len()).map(|_| format!("<c r=\"G7\" s=\"{number}\"/>")).collect();
            format!("<dimension ref=\"A1:B2\"/><row r=\"7\">{samples}</row></sheetData></hyperlinks>")
        };
        assert!(matches!(fill(&sheet("99"), &grid, &plain), Err(Error::Part(_))), "formats have other numbers");
        assert!(matches!(stretch("<table name=\"Other\" ref=\"A6:F7\"/>", &grid), Err(Error::Part(_))));
    }
}
