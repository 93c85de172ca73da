//! Our own accessibility checker: reads a written workbook back, raw, and holds it against the checklist item by item.
//!
//! The checklist is that of the UK Analysis Function ("Making spreadsheets accessible"). What only a person can judge,
//! such as whether a name is a good one, is not here.

use super::Kind;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::vocabulary::{Place, Spot};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

const CHECKLIST: &str = "UK Government Analysis Function, Making spreadsheets accessible: a checklist of the basics";

const fn item(id: &'static str, title: &'static str, explanation: &'static str) -> Rule {
    Rule { id, severity: Severity::Warning, title, source: CHECKLIST, explanation }
}

pub static READABLE: Rule = item("XLS010", "A workbook can be read back.", "The file is not a workbook, or it is damaged. Build it again.");
pub static TABLES: Rule = item(
    "XLS011",
    "Every sheet of data holds exactly one marked-up table.",
    "A screen reader announces only what is marked up as a table.",
);
pub static TABLE_NAMES: Rule =
    item("XLS012", "Tables have names that speak, each its own.", "A screen reader reads the name of a table aloud; Table1 says nothing.");
pub static MERGED: Rule = item("XLS013", "No cell is merged.", "Merged cells make a screen reader lose the row or the column it is in.");
pub static BLANK: Rule =
    item("XLS014", "No row and no column of a table is blank.", "A screen reader takes a blank row for the end of the table.");
pub static HEADS: Rule =
    item("XLS015", "Every column has a head of its own.", "Without a head, or with two alike, a cell cannot be told from its neighbour.");
pub static BELOW: Rule =
    item("XLS016", "Nothing stands below or beside the table.", "Who reads by ear does not find what stands after the end.");
pub static WRAPPED: Rule = item("XLS017", "Long text wraps.", "Text that runs out of its column is cut on paper and lost when enlarged.");
pub static SHEET_NAMES: Rule =
    item("XLS018", "Sheets have names that speak.", "A reader chooses a sheet by its name; Sheet1 says nothing.");
pub static HIDDEN: Rule =
    item("XLS019", "Nothing is hidden.", "Hidden rows, columns and sheets are read aloud to some and kept from others.");
pub static TITLES: Rule =
    item("XLS020", "Every sheet begins in A1 with its title.", "Reading begins in A1; an empty A1 is taken for an empty sheet.");
pub static PICTURES: Rule = item("XLS021", "Every chart has an alternative text.", "Who cannot see a chart needs its content in words.");
pub static PROPERTIES: Rule = item(
    "XLS022",
    "The workbook has a title, an author and a language.",
    "A screen reader pronounces by the language that the file names.",
);
pub static FROZEN: Rule = item(
    "XLS023",
    "Nothing is frozen or filtered in what is published.",
    "Frozen panes cover the sheet when it is enlarged; filter buttons hide the heads.",
);
pub static LINKS: Rule = item("XLS024", "Links have words, not addresses.", "A screen reader spells an address letter by letter.");
pub static CURSOR: Rule =
    item("XLS025", "The workbook opens on its first sheet, in A1.", "Otherwise reading begins somewhere in the middle.");
pub static EMPTY_CELLS: Rule = item(
    "XLS026",
    "Empty cells of a table are explained above it.",
    "An empty cell can mean zero, missing, or forgotten; the words above the table say which.",
);

/// What the reader needs of one sheet.
#[derive(Default)]
struct Contents {
    name: String,
    hidden: bool,
    merged: bool,
    hidden_parts: bool,
    frozen: bool,
    filtered: bool,
    selection: String,
    /// Text of every cell that is not empty, and whether its format wraps, by row and column.
    cells: BTreeMap<(u32, u32), (String, bool)>,
    links: Vec<(u32, u32)>,
    tables: Vec<Table>,
    /// Alternative texts of its drawings' objects.
    objects: Vec<String>,
}

struct Table {
    name: String,
    /// First row and column, last row and column.
    range: (u32, u32, u32, u32),
    heads: Vec<String>,
    filtered: bool,
}

/// Holds a workbook against the checklist. `file` is its name for the places; `kind` decides about panes and filters.
pub fn check(file: &str, bytes: &[u8], kind: Kind) -> Vec<Diagnostic> {
    match read(bytes) {
        Ok((sheets, core, active)) => judge(file, &sheets, &core, active, kind),
        Err(why) => vec![Diagnostic::new(&READABLE, Place::file(file), "an .xlsx workbook", why, "build it again")],
    }
}

fn judge(file: &str, sheets: &[Contents], core: &str, active: u32, kind: Kind) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut breach = |rule: &'static Rule, sheet: Option<&str>, expected: &str, found: String| {
        let spot = sheet.map_or(Spot::File, |s| Spot::Sheet(s.into()));
        let help = "report it: the writer of the workbook is wrong, not the data";
        out.push(Diagnostic::new(rule, Place { file: file.into(), spot }, expected, found, help));
    };
    for (element, what) in [("dc:title", "a title"), ("dc:creator", "an author"), ("dc:language", "a language")] {
        let value = core.split_once(&format!("<{element}>")).and_then(|(_, rest)| rest.split_once("</")).map_or("", |(value, _)| value);
        if value.trim().is_empty() {
            breach(&PROPERTIES, None, what, "nothing".to_owned());
        }
    }
    if active != 0 {
        breach(&CURSOR, None, "the first sheet active", format!("sheet {}", active + 1));
    }
    let mut names = BTreeSet::new();
    for sheet in sheets {
        let at = Some(sheet.name.as_str());
        let generic = |name: &str, word: &str| name.strip_prefix(word).is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()));
        if generic(&sheet.name, "Sheet") {
            breach(&SHEET_NAMES, at, "a name that speaks", sheet.name.clone());
        }
        if sheet.merged {
            breach(&MERGED, at, "no merged cells", "merged cells".to_owned());
        }
        if sheet.hidden || sheet.hidden_parts {
            breach(&HIDDEN, at, "nothing hidden", "a hidden sheet, row or column".to_owned());
        }
        if !sheet.cells.contains_key(&(0, 0)) {
            breach(&TITLES, at, "a title in A1", "an empty A1".to_owned());
        }
        if !sheet.selection.is_empty() && sheet.selection != "A1" {
            breach(&CURSOR, at, "the cursor in A1", format!("in {}", sheet.selection));
        }
        if kind == Kind::Published && (sheet.frozen || sheet.filtered || sheet.tables.iter().any(|t| t.filtered)) {
            breach(&FROZEN, at, "no frozen panes and no filters", "some".to_owned());
        }
        if sheet.objects.iter().any(|alt| alt.trim().is_empty()) {
            breach(&PICTURES, at, "an alternative text on every chart", "a chart without".to_owned());
        }
        for cell in &sheet.links {
            let text = sheet.cells.get(cell).map_or("", |(text, _)| text);
            if text.is_empty() || text.contains("://") || text.starts_with("mailto:") {
                breach(&LINKS, at, "words on a link", format!("`{}` in {}", text, crate::vocabulary::place::a1(cell.0, cell.1)));
            }
        }
        let charts_alone = sheet.tables.is_empty() && !sheet.objects.is_empty();
        if sheet.tables.len() != 1 && !charts_alone {
            breach(&TABLES, at, "one table, or charts alone", format!("{} tables", sheet.tables.len()));
        }
        for table in &sheet.tables {
            if generic(&table.name, "Table") || !names.insert(table.name.to_lowercase()) {
                breach(&TABLE_NAMES, at, "a name that speaks, given once", table.name.clone());
            }
            judge_table(sheet, table, &mut breach);
        }
    }
    out
}

fn judge_table(sheet: &Contents, table: &Table, breach: &mut impl FnMut(&'static Rule, Option<&str>, &str, String)) {
    let at = Some(sheet.name.as_str());
    let (top, left, bottom, right) = table.range;
    let heads: BTreeSet<String> = table.heads.iter().map(|h| h.to_lowercase()).collect();
    if heads.len() != table.heads.len()
        || table.heads.iter().any(|h| h.trim().is_empty())
        || table.heads.len() != (right - left + 1) as usize
    {
        breach(&HEADS, at, "a head of its own on every column", table.heads.join(", "));
    }
    let filled = |row: u32, column: u32| sheet.cells.contains_key(&(row, column));
    // An empty dataset has one empty row: a table cannot have none.
    let empty = bottom == top + 1 && (left..=right).all(|c| !filled(bottom, c));
    if !empty {
        if let Some(row) = (top + 1..=bottom).find(|r| (left..=right).all(|c| !filled(*r, c))) {
            breach(&BLANK, at, "no blank row", format!("row {}", row + 1));
        }
        if let Some(column) = (left..=right).find(|c| (top + 1..=bottom).all(|r| !filled(r, *c))) {
            breach(&BLANK, at, "no blank column", table.heads.get((column - left) as usize).cloned().unwrap_or_default());
        }
        let explained = (0..top).any(|r| sheet.cells.get(&(r, 0)).is_some_and(|(text, _)| text.contains("empty cell")));
        if !explained && (top + 1..=bottom).any(|r| (left..=right).any(|c| !filled(r, c))) {
            breach(&EMPTY_CELLS, at, "a word on empty cells above the table", "empty cells without".to_owned());
        }
    }
    if sheet.cells.keys().any(|(r, c)| *r > bottom || (*r >= top && *c > right)) {
        breach(&BELOW, at, "nothing after the table", "cells outside of it".to_owned());
    }
    // 60 characters overflow any column that does not wrap.
    let long = sheet.cells.iter().find(|((r, _), (text, wraps))| *r > top && !wraps && text.chars().count() > 60);
    if let Some(((row, column), _)) = long {
        breach(&WRAPPED, at, "long text that wraps", format!("cell {}", crate::vocabulary::place::a1(*row, *column)));
    }
}

/// Sheets in order, the core properties, and the active sheet.
type Whole = (Vec<Contents>, String, u32);

fn read(bytes: &[u8]) -> Result<Whole, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut part = |name: &str| -> Result<String, String> {
        let mut text = String::new();
        // Parts of a workbook of ours are a few megabytes; a bomb stops here.
        archive.by_name(name).map_err(|_| format!("no part {name}"))?.take(1 << 28).read_to_string(&mut text).map_err(|e| e.to_string())?;
        Ok(text)
    };
    let core = part("docProps/core.xml")?;
    let strings = shared_strings(&part("xl/sharedStrings.xml").unwrap_or_default());
    let wraps = wrapping_formats(&part("xl/styles.xml")?);
    let relations = relations(&part("xl/_rels/workbook.xml.rels")?, "xl/");
    let mut sheets = Vec::new();
    let mut active = 0;
    let workbook = part("xl/workbook.xml")?;
    let mut found = Vec::new();
    elements(&workbook, |tag, attributes| match tag {
        "workbookView" => active = attributes.get("activeTab").and_then(|n| n.parse().ok()).unwrap_or(0),
        "sheet" => found.push((
            attributes.get("name").cloned().unwrap_or_default(),
            attributes.get("id").cloned(),
            attributes.contains_key("state"),
        )),
        _ => {}
    });
    for (name, id, hidden) in found {
        let path = id.and_then(|id| relations.get(&id).cloned()).ok_or_else(|| format!("no part of the sheet {name}"))?;
        let mut sheet = cells(&part(&path)?, &strings, &wraps);
        sheet.name = name;
        sheet.hidden = hidden;
        let base = path.rsplit('/').next().unwrap_or(&path);
        for target in self::relations(&part(&format!("xl/worksheets/_rels/{base}.rels")).unwrap_or_default(), "xl/worksheets/").values() {
            if target.starts_with("xl/tables/") {
                sheet.tables.push(table(&part(target)?));
            } else if target.starts_with("xl/drawings/") {
                elements(&part(target)?, |tag, attributes| {
                    if tag == "cNvPr" {
                        sheet.objects.push(attributes.get("descr").cloned().unwrap_or_default());
                    }
                });
            }
        }
        sheets.push(sheet);
    }
    Ok((sheets, core, active))
}

/// Every start tag with its attributes, names without prefix.
fn elements(xml: &str, mut each: impl FnMut(&str, &BTreeMap<String, String>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => each(&local(&start), &attributes(&start)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn attributes(start: &BytesStart<'_>) -> BTreeMap<String, String> {
    let decoded = start.attributes().flatten().map(|a| {
        let key = a.key.local_name().as_ref().to_owned();
        let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned).unwrap_or_default();
        (key, value)
    });
    decoded.collect()
}

/// Targets of a relations part by id, as paths in the zip.
fn relations(xml: &str, base: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    elements(xml, |tag, attributes| {
        if let ("Relationship", Some(id), Some(target)) = (tag, attributes.get("Id"), attributes.get("Target")) {
            let path = match target.strip_prefix("../") {
                Some(rest) => format!("xl/{rest}"),
                None => target.strip_prefix('/').map_or_else(|| format!("{base}{target}"), str::to_owned),
            };
            out.insert(id.clone(), path);
        }
    });
    out
}

fn shared_strings(xml: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if local(&start) == "si" => out.push(String::new()),
            Ok(Event::Text(text)) => {
                if let Some(last) = out.last_mut() {
                    last.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(_)) => {
                if let Some(last) = out.last_mut() {
                    last.push('&');
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    out
}

/// Whether each cell format wraps.
fn wrapping_formats(xml: &str) -> Vec<bool> {
    let mut out: Vec<bool> = Vec::new();
    let inside = xml.split_once("<cellXfs").and_then(|(_, rest)| rest.split_once("</cellXfs>")).map_or("", |(inside, _)| inside);
    // The part between the tags is a list of elements, well-formed by itself behind its own start tag.
    elements(&format!("<cellXfs{inside}</cellXfs>"), |tag, attributes| match tag {
        "xf" => out.push(false),
        "alignment" => {
            if let Some(last) = out.last_mut() {
                *last = attributes.get("wrapText").is_some_and(|v| v == "1");
            }
        }
        _ => {}
    });
    out
}

fn cells(xml: &str, strings: &[String], wraps: &[bool]) -> Contents {
    let mut sheet = Contents::default();
    let mut columns: Vec<(u32, u32, usize)> = Vec::new();
    let mut current: Option<((u32, u32), String, usize)> = None;
    let mut inside = false;
    let mut reader = Reader::from_str(xml);
    loop {
        let event = reader.read_event();
        let empty = matches!(event, Ok(Event::Empty(_)));
        match event {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                // Formula texts and values follow inside of a cell; other elements are judged by their attributes.
                match start.local_name().as_ref() {
                    "v" | "t" => inside = !empty,
                    // Its attributes are codes; there are too many cells to put each into a map.
                    "c" => {
                        let (mut at, mut own, mut kind) = (None, None, String::new());
                        for attribute in start.attributes().flatten() {
                            match attribute.key.as_ref() {
                                "r" => at = position(&attribute.value),
                                "s" => own = attribute.value.parse::<usize>().ok(),
                                "t" => kind = attribute.value.into_owned(),
                                _ => {}
                            }
                        }
                        current = at.filter(|_| !empty).map(|at| {
                            let style =
                                own.or_else(|| columns.iter().find(|(a, b, _)| (*a..=*b).contains(&at.1)).map(|c| c.2)).unwrap_or(0);
                            (at, kind, style)
                        });
                    }
                    "row" | "col" => {
                        let attributes = attributes(&start);
                        sheet.hidden_parts |= attributes.get("hidden").is_some_and(|v| v == "1");
                        if let (Some(min), Some(max), Some(style)) = (attributes.get("min"), attributes.get("max"), attributes.get("style"))
                            && let (Ok(min), Ok(max), Ok(style)) = (min.parse::<u32>(), max.parse::<u32>(), style.parse())
                        {
                            columns.push((min.saturating_sub(1), max.saturating_sub(1), style));
                        }
                    }
                    "mergeCell" => sheet.merged = true,
                    "pane" => sheet.frozen = true,
                    "autoFilter" => sheet.filtered = true,
                    "selection" => {
                        // Panes have a cursor each; the one that counts stands in the pane without a name or in the first.
                        let attributes = attributes(&start);
                        if !attributes.contains_key("pane") {
                            sheet.selection = attributes.get("activeCell").cloned().unwrap_or_default();
                        }
                    }
                    "hyperlink" => sheet.links.extend(attributes(&start).get("ref").and_then(|r| position(r))),
                    _ => {}
                }
            }
            // A text that begins with `&` is no less a text.
            Ok(event @ (Event::Text(_) | Event::GeneralRef(_))) if inside => {
                inside = false;
                if let Some((at, kind, style)) = current.take() {
                    let raw = if let Event::Text(text) = &event { text.to_string() } else { "&".to_owned() };
                    let value =
                        if kind == "s" { raw.parse::<usize>().ok().and_then(|i| strings.get(i).cloned()).unwrap_or_default() } else { raw };
                    sheet.cells.insert(at, (value, wraps.get(style).copied().unwrap_or(false)));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    sheet
}

fn table(xml: &str) -> Table {
    let mut out = Table { name: String::new(), range: (0, 0, 0, 0), heads: Vec::new(), filtered: false };
    elements(xml, |tag, attributes| match tag {
        "table" => {
            out.name = attributes.get("displayName").cloned().unwrap_or_default();
            let ends = attributes.get("ref").and_then(|r| r.split_once(':')).and_then(|(a, b)| Some((position(a)?, position(b)?)));
            if let Some((first, last)) = ends {
                out.range = (first.0, first.1, last.0, last.1);
            }
        }
        "tableColumn" => out.heads.push(attributes.get("name").cloned().unwrap_or_default()),
        "autoFilter" => out.filtered = true,
        _ => {}
    });
    out
}

/// `B7` as zero-based row and column; `None` if it is no cell.
fn position(cell: &str) -> Option<(u32, u32)> {
    let first = cell.split(':').next()?;
    let digits = first.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = first.split_at(digits);
    let column =
        letters.bytes().try_fold(0u32, |n, b| b.is_ascii_uppercase().then(|| n * 26 + u32::from(b - b'A') + 1).filter(|n| *n <= 16_384))?;
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
