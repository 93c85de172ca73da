//! The written files read again: whether a reader who cannot see, or who uses a keyboard, gets what the others get.
//!
//! `factsheet check` does this; a build does not, for it costs as much as writing the files.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::vocabulary::Place;
use crate::writer::pdf;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

/// Who says what a workbook must be.
const CHECKLIST: &str = "UK Analysis Function, Making spreadsheets accessible: checklist";

pub static NOT_READABLE: Rule = Rule {
    id: "PUB059",
    severity: Severity::Error,
    title: "A written file can be read again.",
    source: "this project",
    explanation: "The file that was written is no PDF or no workbook. This is a fault of the program: please report it.",
};

pub static NO_TITLE: Rule = Rule {
    id: "XLS050",
    severity: Severity::Warning,
    title: "A workbook has a title and a language in its properties.",
    source: CHECKLIST,
    explanation: "A screen reader announces the title and speaks in the voice of the language.",
};

pub static MERGED_CELLS: Rule = Rule {
    id: "XLS051",
    severity: Severity::Warning,
    title: "No cells are merged.",
    source: CHECKLIST,
    explanation: "Merged cells cannot be walked through with a keyboard or read by other programs.",
};

pub static NO_TABLE: Rule = Rule {
    id: "XLS052",
    severity: Severity::Warning,
    title: "A sheet with data marks it as a table with a name.",
    source: CHECKLIST,
    explanation: "A table is announced with its heads; loose cells are not. Each sheet but the cover and sheets of charts has one.",
};

pub static NO_ALTERNATIVE: Rule = Rule {
    id: "XLS053",
    severity: Severity::Warning,
    title: "A chart has a text that says what it shows.",
    source: "W3C, Web Content Accessibility Guidelines 2.1, success criterion 1.1.1",
    explanation: "Without an alternative text a chart does not exist for a reader who cannot see it. Excel takes 255 characters.",
};

pub static HIDDEN: Rule = Rule {
    id: "XLS054",
    severity: Severity::Warning,
    title: "Nothing in a workbook is hidden.",
    source: CHECKLIST,
    explanation: "Hidden sheets, rows or columns are read by some programs and not by others.",
};

pub static CURSOR: Rule = Rule {
    id: "XLS055",
    severity: Severity::Warning,
    title: "A workbook opens on its first sheet, every sheet in A1.",
    source: CHECKLIST,
    explanation: "A reader begins where the cursor stands: at the title, not somewhere within.",
};

/// Every workbook and PDF among the files of an output, by name.
pub fn check(files: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let files: Vec<(&String, &Vec<u8>)> = files.iter().collect();
    let found: Vec<Vec<Diagnostic>> = files
        .par_iter()
        .map(|(name, bytes)| {
            let read = match name.rsplit('.').next() {
                Some("pdf") => pdf::check(name, bytes).map_err(|error| error.to_string()),
                Some("xlsx") => workbook(name, bytes),
                Some(_) | None => Ok(Vec::new()),
            };
            read.unwrap_or_else(|message| {
                vec![Diagnostic::new(&NOT_READABLE, Place::file(name.as_str()), "a file that can be read again", message, REPORT)]
            })
        })
        .collect();
    found.into_iter().flatten().collect()
}

const REPORT: &str = "please report this as a fault of the program";

/// A workbook's raw parts against the checklist.
fn workbook(file: &str, bytes: &[u8]) -> Result<Vec<Diagnostic>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut found = Vec::new();
    let mut find = |rule: &'static Rule, expected: &str, what: String| {
        found.push(Diagnostic::new(rule, Place::file(file), expected, what, REPORT));
    };
    let mut sheets_with_tables = BTreeSet::new();
    let mut sheets_with_drawings = BTreeSet::new();
    let mut loose = Vec::new();
    for name in &names {
        let mut part = String::new();
        if !name.ends_with(".xml") && !name.ends_with(".rels") || name.ends_with("sharedStrings.xml") {
            continue;
        }
        archive.by_name(name).map_err(|e| e.to_string())?.read_to_string(&mut part).map_err(|e| e.to_string())?;
        if name == "docProps/core.xml" {
            for (tag, what) in [("dc:title", "title"), ("dc:language", "language")] {
                if !part.contains(&format!("<{tag}>")) {
                    find(&NO_TITLE, &format!("a {what}"), format!("none in {name}"));
                }
            }
        } else if name.starts_with("xl/drawings/drawing") && name.ends_with(".xml") {
            each(&part, |tag, attribute| {
                if tag == "xdr:cNvPr" && attribute("descr").is_none_or(|text| text.trim().is_empty()) {
                    find(&NO_ALTERNATIVE, "an alternative text", format!("none for {} in {name}", attribute("name").unwrap_or_default()));
                }
            })?;
        } else if let Some(sheet) = name.strip_prefix("xl/worksheets/_rels/") {
            let sheet = sheet.trim_end_matches(".rels").to_owned();
            if part.contains("relationships/table\"") {
                sheets_with_tables.insert(sheet.clone());
            }
            if part.contains("relationships/drawing\"") {
                sheets_with_drawings.insert(sheet);
            }
        } else if let Some(sheet) = name.strip_prefix("xl/worksheets/") {
            let mut rows = 0;
            each(&part, |tag, attribute| match tag {
                "mergeCell" => {
                    find(&MERGED_CELLS, "cells of their own", format!("{} merged in {sheet}", attribute("ref").unwrap_or_default()))
                }
                "row" | "col" => {
                    rows += usize::from(tag == "row");
                    if attribute("hidden").is_some_and(|h| h == "1" || h == "true") {
                        find(&HIDDEN, "rows and columns to be seen", format!("a hidden {tag} in {sheet}"));
                    }
                }
                "selection" if attribute("activeCell").is_some_and(|cell| cell != "A1") && attribute("pane").is_none() => {
                    find(&CURSOR, "the cursor in A1", format!("{} in {sheet}", attribute("activeCell").unwrap_or_default()));
                }
                _ => {}
            })?;
            if rows > 6 {
                loose.push(sheet.to_owned());
            }
        } else if name == "xl/workbook.xml" {
            each(&part, |tag, attribute| {
                if tag == "sheet" && attribute("state").is_some_and(|state| state != "visible") {
                    find(&HIDDEN, "sheets to be seen", format!("the sheet {} is hidden", attribute("name").unwrap_or_default()));
                }
                if tag == "workbookView" && attribute("activeTab").is_some_and(|tab| tab != "0") {
                    find(&CURSOR, "the first sheet open", "another".to_owned());
                }
            })?;
        }
    }
    for sheet in loose.iter().filter(|s| !sheets_with_tables.contains(*s) && !sheets_with_drawings.contains(*s) && *s != "sheet1.xml") {
        find(&NO_TABLE, "a table", format!("loose cells in {sheet}"));
    }
    Ok(found)
}

/// Visits every element of a part with a way to look up its attributes.
fn each(part: &str, mut visit: impl FnMut(&str, &dyn Fn(&str) -> Option<String>)) -> Result<(), String> {
    let mut reader = Reader::from_str(part);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(element) | Event::Empty(element) => {
                let tag = element.name().as_ref().to_owned();
                visit(&tag, &|name| attribute(&element, name));
            }
            Event::Eof => return Ok(()),
            Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok().flatten()?;
    Some(found.value.into_owned())
}
