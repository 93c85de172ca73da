//! Provenance in one click: which row of the sheet Sources shows a line or a cell, and which row leads there first.

use super::names::Names;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet, Target};
use crate::report::Report;
use crate::vocabulary::{Place, Spot};
use std::collections::{BTreeMap, HashMap};

/// The cited lines and cells, and where they are used.
pub(super) struct Places {
    sheet: String,
    /// Zero-based index among the cited by file name and line or cell.
    rows: HashMap<String, HashMap<String, usize>>,
    /// First row of another sheet that leads to each cited line or cell.
    users: Vec<Option<Target>>,
    /// File of each source by its id.
    files: BTreeMap<String, String>,
    text: String,
}

/// Lines that one citation may span; a longer one is found by its first lines.
const MOST_LINES: u32 = 400;

impl Places {
    pub fn of(report: &Report, names: &mut Names) -> Self {
        let mut rows: HashMap<String, HashMap<String, usize>> = HashMap::new();
        for (index, cited) in report.cited().enumerate() {
            let file = base(&cited.place.file);
            if !rows.contains_key(file) {
                rows.insert(file.to_owned(), HashMap::new());
            }
            let rows = rows.get_mut(file).expect("it was just put there");
            match &cited.place.spot {
                Spot::Lines(lines) => {
                    for line in lines.start()..=lines.end().min(lines.start().saturating_add(MOST_LINES)) {
                        rows.entry(line.to_string()).or_insert(index);
                    }
                }
                Spot::File | Spot::Sheet(_) | Spot::Cell { .. } => {
                    rows.entry(cited.place.location()).or_insert(index);
                }
            }
        }
        Self {
            sheet: names.sheet("Sources"),
            rows,
            users: vec![None; report.cited().count()],
            files: report.sources.iter().map(|s| (s.id.clone(), base(&s.file).to_owned())).collect(),
            text: base(&report.text).to_owned(),
        }
    }

    /// A link from a row of a text dataset to its first line.
    pub fn lines<'a>(&mut self, start: i64, end: i64, from: &Target) -> Cell<'a> {
        let words = if start == end { format!("text, line {start}") } else { format!("text, lines {start}-{end}") };
        let row = self.row(&self.text, &start.to_string());
        self.link(words, row, from)
    }

    /// A link from a place as it prints: `input/x.xlsx › Sheet 1 › D14`, `seeds/x.txt:112`.
    pub fn printed<'a>(&mut self, place: &str, from: &Target) -> Cell<'a> {
        let (file, location) = if let Some((file, rest)) = place.split_once(" › ") {
            (file, rest.replacen(" › ", "!", 1))
        } else if let Some((file, lines)) = place.rsplit_once(':') {
            (file, lines.split('-').next().unwrap_or(lines).to_owned())
        } else {
            (place, String::new())
        };
        let words = if base(file) == self.text && !self.text.is_empty() {
            format!("text, line {location}")
        } else {
            place.rsplit_once('/').map_or(place, |(_, rest)| rest).to_owned()
        };
        let row = self.row(base(file), &location);
        self.link(words, row, from)
    }

    /// A link from the id of a source and a location in it: `Sheet 1!D14`, `112`.
    pub fn located<'a>(&mut self, source: &str, location: &str, from: &Target) -> Cell<'a> {
        let line = if location.contains('!') { location } else { location.split('-').next().unwrap_or(location) };
        let row = self.files.get(source).and_then(|file| self.row(file, line));
        self.link(location.to_owned(), row, from)
    }

    pub fn place<'a>(&mut self, place: &Place, from: &Target) -> Cell<'a> {
        self.printed(&place.to_string(), from)
    }

    fn row(&self, file: &str, location: &str) -> Option<usize> {
        self.rows.get(file)?.get(location).copied()
    }

    fn link<'a>(&mut self, words: String, row: Option<usize>, from: &Target) -> Cell<'a> {
        let Some(index) = row else { return Cell::text(words) };
        self.users[index].get_or_insert_with(|| from.clone());
        Cell::Link(words.into(), Target::Cell(self.sheet.clone(), sheet_row(index), 0))
    }

    /// The sheet Sources: every cited line and cell as it stands in its file, and the way back.
    pub fn sheet<'a>(&self, report: &'a Report, names: &mut Names) -> Option<Sheet<'a>> {
        report.cited().next()?;
        let rows = report.cited().zip(&self.users).map(|(cited, user)| Row {
            strong: false,
            cells: vec![
                Cell::text(cited.place.file.as_str()),
                Cell::text(cited.place.location()),
                Cell::text(cited.verbatim.as_str()),
                user.as_ref().map_or(Cell::Empty, |target| match target {
                    Target::Cell(sheet, row, _) => Cell::Link(format!("{sheet}, row {}", row + 1).into(), target.clone()),
                    Target::Web(address) => Cell::text(address.clone()),
                }),
            ],
        });
        Some(Sheet {
            name: self.sheet.clone(),
            title: "Sources: cited lines and cells, as they stand".to_owned(),
            sentence: "Each row is one line of a text or one cell of a workbook that a figure or an entry comes from, verbatim.".to_owned(),
            source: "The files themselves are listed in the sheet Source files.".to_owned(),
            period: String::new(),
            body: Body::Table(
                Grid::compact(
                    names.table("Sources"),
                    vec![
                        Head::new("File", Role::Text, "file that the line or cell is of").wide(36.0),
                        Head::new("Line or cell", Role::Text, "physical line of a text, 1-based, or sheet and cell of a workbook")
                            .wide(18.0),
                        Head::new("As it stands", Role::Prose, "the line or cell, verbatim").wide(80.0),
                        Head::new("Used in", Role::Place, "first row of this workbook that the line or cell stands behind").wide(26.0),
                    ],
                    rows.collect(),
                    2,
                )
                .plain(),
            ),
        })
    }
}

/// The row of the sheet Sources that shows a cited line or cell.
fn sheet_row(index: usize) -> u32 {
    HEAD_ROW + 1 + u32::try_from(index).expect("cited lines fit on a sheet")
}

/// The file's name without its folders: settings and places name the folder differently.
fn base(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
