//! Provenance in one click: which row of the sheet Sources shows a line or a cell, and which row leads there first.

use super::names::Names;
use super::observations;
use super::rows::Styles;
use super::shared::{Rows, SharedRows};
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet, Target};
use crate::report::{Cited, Report};
use crate::vocabulary::{Place, Spot};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// On the tab of the sheet.
const NAME: &str = "Sources";

/// Lines that one citation may span; a longer one is found by its first lines.
const MOST_LINES: u32 = 400;

/// Of each cited cell the first row of the sheet Observations that shows it, zero-based.
pub(super) type Users = Vec<Option<u32>>;

/// Where lines and cells stand in the sheet Sources, as its zero-based row, by file name and line or cell.
struct Index(HashMap<String, HashMap<String, u32>>);

impl Index {
    /// `before` are cited above these.
    fn of(cited: &[Cited], before: usize) -> Self {
        let mut files: HashMap<String, HashMap<String, u32>> = HashMap::new();
        let mut row = HEAD_ROW + 1 + u32::try_from(before).expect("cited cells fit on a sheet");
        for of_file in cited.chunk_by(|a, b| a.place.file == b.place.file) {
            let rows = files.entry(base(&of_file[0].place.file).to_owned()).or_default();
            rows.reserve(of_file.len());
            for cited in of_file {
                match &cited.place.spot {
                    Spot::Lines(lines) => {
                        for line in lines.start()..=lines.end().min(lines.start().saturating_add(MOST_LINES)) {
                            rows.entry(line.to_string()).or_insert(row);
                        }
                    }
                    Spot::File | Spot::Sheet(_) | Spot::Cell { .. } => _ = rows.entry(cited.place.location()).or_insert(row),
                }
                row += 1;
            }
        }
        Self(files)
    }

    fn row(&self, file: &str, location: &str) -> Option<u32> {
        self.0.get(file)?.get(location).copied()
    }
}

/// The cells and lines that figures come from: the same in the workbooks of all publications that show the same figures.
pub(super) struct CitedCells {
    cited: Arc<Vec<Cited>>,
    index: Index,
    /// File of each source by its id.
    files: BTreeMap<String, String>,
    /// Their rows in the sheet Sources.
    rows: Option<Arc<SharedRows>>,
}

/// The rows of the cited cells, as cells of the sheet Sources.
struct CitedRows {
    cited: Arc<Vec<Cited>>,
    users: Users,
}

impl Rows for CitedRows {
    fn len(&self) -> usize {
        self.cited.len()
    }

    fn row(&self, index: usize) -> Row<'_> {
        let user = self.users[index].map(|row| Target::Cell(observations::NAME.into(), row, 0));
        row(&self.cited[index], user.as_ref())
    }
}

impl CitedCells {
    /// `files` are the sources, by id and file.
    pub fn of<'f>(cited: &Arc<Vec<Cited>>, files: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        Self {
            index: Index::of(cited, 0),
            cited: Arc::clone(cited),
            files: files.map(|(id, file)| (id.to_owned(), base(file).to_owned())).collect(),
            rows: None,
        }
    }

    /// The row of the sheet Sources, zero-based, for the id of a source and a location in it: `Sheet 1!D14`, `112`.
    pub fn located(&self, source: &str, location: &str) -> Option<u32> {
        let line = if location.contains('!') { location } else { location.split('-').next().unwrap_or(location) };
        self.files.get(source).and_then(|file| self.index.row(file, line))
    }

    /// Which of the cited a row of the sheet Sources shows.
    pub fn position(&self, row: u32) -> Option<usize> {
        row.checked_sub(HEAD_ROW + 1).map(|at| at as usize).filter(|at| *at < self.cited.len())
    }

    /// Makes their rows, with the way back.
    pub fn list(&mut self, users: Users, styles: &mut Styles) {
        if !self.cited.is_empty() {
            let made = CitedRows { cited: Arc::clone(&self.cited), users };
            self.rows = Some(Arc::new(SharedRows::of(Box::new(made), &heads(), styles)));
        }
    }
}

/// A link to a row of the sheet Sources; words alone where there is none.
pub(super) fn link(words: Cow<'_, str>, row: Option<u32>) -> Cell<'_> {
    match row {
        Some(row) => Cell::Link(words, Target::Cell(NAME.into(), row, 0)),
        None => Cell::text(words),
    }
}

/// The cited lines and cells of a publication, and where they are used.
pub(super) struct Places<'f> {
    cells: &'f CitedCells,
    /// Of the lines of the text.
    index: Index,
    /// First row of another sheet that leads to each line of the text.
    users: Vec<Option<Target>>,
    text: String,
}

impl<'f> Places<'f> {
    pub fn of(report: &Report, cells: &'f CitedCells, names: &mut Names) -> Self {
        let name = names.sheet(NAME);
        debug_assert_eq!(name, NAME, "no sheet before it is called so");
        Self {
            cells,
            index: Index::of(&report.cited_lines, cells.cited.len()),
            users: vec![None; report.cited_lines.len()],
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

    pub fn place<'a>(&mut self, place: &Place, from: &Target) -> Cell<'a> {
        self.printed(&place.to_string(), from)
    }

    fn row(&self, file: &str, location: &str) -> Option<u32> {
        self.cells.index.row(file, location).or_else(|| self.index.row(file, location))
    }

    fn link<'a>(&mut self, words: String, row: Option<u32>, from: &Target) -> Cell<'a> {
        let own = row.and_then(|row| (row - HEAD_ROW - 1).checked_sub(u32::try_from(self.cells.cited.len()).ok()?));
        if let Some(user) = own.and_then(|own| self.users.get_mut(own as usize)) {
            user.get_or_insert_with(|| from.clone());
        }
        link(words.into(), row)
    }

    /// The sheet Sources: every cited line and cell as it stands in its file, and the way back.
    pub fn sheet<'a>(&self, report: &'a Report, names: &mut Names) -> Option<Sheet<'a>> {
        report.cited().next()?;
        let rows = report.cited_lines.iter().zip(&self.users).map(|(cited, user)| row(cited, user.as_ref())).collect();
        let table = names.table(NAME);
        let grid = match &self.cells.rows {
            Some(shared) => Grid::new(table, heads(), rows, 2).below(Arc::clone(shared)),
            None => Grid::compact(table, heads(), rows, 2),
        };
        Some(Sheet {
            name: NAME.to_owned(),
            title: "Sources: cited lines and cells, as they stand".to_owned(),
            sentence: "Each row is one line of a text or one cell of a workbook that a figure or an entry comes from, verbatim.".to_owned(),
            source: "The files themselves are listed in the sheet Source files.".to_owned(),
            period: String::new(),
            body: Body::Table(grid),
        })
    }
}

fn heads() -> Vec<Head> {
    vec![
        Head::new("File", Role::Text, "file that the line or cell is of").wide(36.0),
        Head::new("Line or cell", Role::Text, "physical line of a text, 1-based, or sheet and cell of a workbook").wide(18.0),
        Head::new("As it stands", Role::Prose, "the line or cell, verbatim").wide(80.0),
        Head::new("Used in", Role::Place, "first row of this workbook that the line or cell stands behind").wide(26.0),
    ]
}

fn row<'a>(cited: &'a Cited, user: Option<&Target>) -> Row<'a> {
    let used = user.map_or(Cell::Empty, |target| match target {
        Target::Cell(sheet, row, _) => Cell::Link(format!("{sheet}, row {}", row + 1).into(), target.clone()),
        Target::Web(address) => Cell::text(address.clone()),
    });
    let cells = vec![Cell::text(cited.place.file.as_str()), Cell::text(cited.place.location()), Cell::text(cited.verbatim.as_str()), used];
    Row { cells, strong: false }
}

/// The file's name without its folders: settings and places name the folder differently.
fn base(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
