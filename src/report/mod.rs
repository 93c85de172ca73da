//! Comparison -> Report: what we say, as data. No fonts, no pages, no cells.
//!
//! All writers show the same [`Report`]. Every figure in it is a [`Shown`]: worded once, here, so that text, table, chart,
//! workbook and PDF cannot differ, and carrying its id and its place in a source.

pub mod build;
pub mod chart;
mod claims;
pub mod content;
mod facts;
mod figures;
pub mod glance;
pub mod material;
pub mod notes;
pub mod plots;
pub mod profile;
pub mod progress;
pub mod shown;
pub mod standings;
pub mod tables;
pub mod wording;

pub use chart::{Chart, ChartKind};
pub use figures::Figures;
pub use standings::{Standing, Standings, Threshold};

use crate::dataset::Table;
use crate::source::origin::Status;
use crate::vocabulary::{Flags, Geo, Indicator, Place};
use std::sync::Arc;

/// A figure as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// `indicator/geo/time_period/edition#column` or `dataset/line_start#column`: what `factsheet trace` takes.
    pub id: String,
    /// Full value, unrounded; `None` where there is no figure.
    pub value: Option<f64>,
    /// Decimals with which it is shown.
    pub decimals: u8,
    /// Worded: `78`, `−0.6`, `:`, without unit.
    pub text: String,
    pub flags: Flags,
    /// The source does not settle it; drawn as an open mark.
    pub uncertain: bool,
    /// A person put it right: an asterisk stands after it.
    pub corrected: bool,
    /// `None` for what is computed; its inputs have their own.
    pub place: Option<Place>,
}

/// A publication.
#[derive(Clone, Debug)]
pub struct Report {
    /// `lu-dpa-2022`.
    pub id: String,
    pub status: Status,
    pub geo: Geo,
    /// Printed name of the country: `Luxembourg`.
    pub country: String,
    /// `Digital Public Administration factsheet 2022`.
    pub title: String,
    /// One sentence on what the document is.
    pub subject: String,
    pub edition: String,
    /// BCP 47 of the document: `en`.
    pub language: String,
    /// BCP 47 of the country's own titles and terms, where foreign passages are in one language: `lb`, `el`, `bg`; empty if unknown.
    pub author: String,
    pub contact: String,
    pub keywords: Vec<String>,
    /// Day of the edition, ISO 8601: creation date of everything that is written.
    pub date: String,
    /// Two or three sentences on the first page, made from the comparison.
    pub lead: String,
    /// Note beside the mark key on the first page: which periods, which average.
    pub scope: String,
    pub key_figures: Vec<KeyFigure>,
    /// The picture of the first page that tells the country's position.
    pub position: Option<Chart>,
    pub chapters: Vec<Chapter>,
    /// Blocks of the two-page document; empty if the publication has none.
    pub glance: Vec<Block>,
    /// Notes in the order of their numbers, first is 1.
    pub notes: Vec<Note>,
    pub sources: Vec<SourceNote>,
    pub methods: Vec<Method>,
    /// Name of the text that the publication is made of, as a [`Place`] names it; empty for figures alone.
    pub text: String,
    /// Groups of indicators in the order in which they are shown.
    pub groups: Vec<IndicatorGroup>,
    /// What the figures are of, in the order in which they are shown.
    pub indicators: Vec<Indicator>,
    /// All countries beside each other, once per indicator that is ranked or classed, at its last period.
    pub standings: Arc<Vec<Standings>>,
    /// The numbers that methods compare with, each under a name of its own: named cells of the workbook.
    pub thresholds: Vec<Threshold>,
    /// All datasets of the publication, in the order of DATASETS.md.
    pub tables: Vec<Arc<Table>>,
    /// The cells and lines of the figures, as they stand in their files: the same for all publications with the same figures.
    pub cited_figures: Arc<Vec<Cited>>,
    /// The lines of the text that rows name, as they stand in it.
    pub cited_lines: Vec<Cited>,
    /// What the last check found about this publication, worst first: rule id, severity, place, sentence.
    pub findings: Vec<Finding>,
}

/// What is known of a publication after it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub id: String,
    /// Name of its text, as a [`Place`] names it; empty for figures alone.
    pub text: String,
}

/// A tile: one number that matters, the average, the gap in words, the rank.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// At most two lines of 152 pt: `People sending completed forms online, 2021`.
    pub label: String,
    pub country: Shown,
    /// `%`, `of 25` or empty.
    pub unit: String,
    /// Printed name of the average: `EU`, `EU27+`.
    pub average_name: String,
    pub average: Option<Shown>,
    /// `20 pp above`, `close to`; where there is no figure: `gap not computed`.
    pub gap_words: String,
    /// `7th of 26`; empty if there is none.
    pub rank_words: String,
    pub scale: TileScale,
}

/// What is drawn under a key figure.
#[derive(Clone, Debug, PartialEq)]
pub enum TileScale {
    /// A line from `min` to `max` with country and average; what joins them takes the colour of whoever is ahead.
    Line { min: f64, max: f64, higher_is_better: bool },
    /// One dot per item; the last `below` of them open; `caption` under it.
    Dots { total: u32, below: u32, caption: String },
}

/// A heading with what stands under it. `level` 1 is an H1 on a new page.
#[derive(Clone, Debug)]
pub struct Chapter {
    pub level: u8,
    /// `1.1`; empty for unnumbered ones.
    pub number: String,
    pub title: String,
    /// Set beside the title in grey; may be empty.
    pub tagline: String,
    /// In the running header: `1 Country profile`.
    pub running: String,
    pub blocks: Vec<Block>,
}

/// What a chapter is made of.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph of our own words.
    Paragraph(String),
    /// A paragraph that begins with words in bold (no box): a callout.
    Callout {
        opening: String,
        text: String,
    },
    Chart(Box<Chart>),
    /// Several small charts beside each other under one finding, sharing a scale.
    Multiples(Multiples),
    Table(DataTable),
    Entries(Entries),
    Coverage(Coverage),
    Classes(Classes),
    Stages(Stages),
    /// A sub-heading within the chapter.
    Heading(String),
    /// A list of plain items, each with its place.
    List(Vec<ListItem>),
}

/// Charts side by side (two columns for line charts, four for sparklines).
#[derive(Clone, Debug)]
pub struct Multiples {
    pub finding: String,
    pub what: String,
    pub charts: Vec<Chart>,
    pub note: String,
    pub source: String,
}

/// An item of a list in a source.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// Bold opening; may be empty.
    pub term: String,
    pub text: String,
    pub place: Option<Place>,
}

/// A table: one head row, optional group rows, equal columns throughout.
#[derive(Clone, Debug)]
pub struct DataTable {
    /// Stable id of the table within the publication: `benchmark`, `claims`.
    pub id: String,
    pub finding: String,
    pub what: String,
    pub columns: Vec<TableColumn>,
    pub groups: Vec<TableGroup>,
    pub note: String,
    pub source: String,
}

#[derive(Clone, Debug)]
pub struct TableColumn {
    /// With the unit: `Gap, pp`.
    pub head: String,
    pub role: ColumnRole,
}

/// What a column holds; decides its colour and alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// Names the row; left, scope of the row.
    Label,
    Text,
    Country,
    Average,
    Gap,
    Number,
    /// Line or cell in the source; right, grey.
    Place,
}

/// Rows under one heading; the heading may be empty for a table without groups.
#[derive(Clone, Debug)]
pub struct TableGroup {
    pub heading: String,
    /// Right of the heading: `EU-27, share of people`.
    pub aside: String,
    pub rows: Vec<Vec<TableCell>>,
    /// Indices of rows to print bold (dimensions).
    pub strong: Vec<usize>,
}

#[derive(Clone, Debug)]
pub enum TableCell {
    Text(String),
    Figure(Shown),
    Place(Place),
}

/// A list of entries of a content chapter, grouped by section.
#[derive(Clone, Debug)]
pub struct Entries {
    pub groups: Vec<EntryGroup>,
    pub source: String,
}

#[derive(Clone, Debug)]
pub struct EntryGroup {
    pub number: String,
    pub title: String,
    pub entries: Vec<Entry>,
}

/// One titled item.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Worded: `7 May 2019`; empty if there is none.
    pub date: String,
    /// `passed`, `adopted`, `act of`; empty if there is none.
    pub date_role: String,
    pub title: String,
    /// First sentence.
    pub summary: String,
    /// `transposes Directive 2019/1024`; empty if there is none.
    pub relation: String,
    pub place: Place,
}

/// Entries by topic and chapter; what the source declares empty is said once here.
#[derive(Clone, Debug)]
pub struct Coverage {
    pub finding: String,
    pub what: String,
    /// Chapter heads.
    pub columns: Vec<String>,
    /// Topic, and per chapter: how many.
    pub rows: Vec<(String, Vec<CoverageCell>)>,
    pub note: String,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageCell {
    Entries(u32),
    DeclaredEmpty,
    /// The section is there, without entry or declaration.
    Silent,
    NoSuchSection,
}

/// Member States by class and indicator, the publication's country marked.
#[derive(Clone, Debug)]
pub struct Classes {
    pub finding: String,
    pub what: String,
    /// Indicator short names.
    pub columns: Vec<String>,
    /// Class, and per indicator its countries in protocol order.
    pub rows: Vec<(String, Vec<Vec<Geo>>)>,
    pub country: Geo,
    pub note: String,
    pub source: String,
}

/// Then, now, up next.
#[derive(Clone, Debug)]
pub struct Stages {
    /// Stage name, text, place.
    pub stages: Vec<(String, String, Option<Place>)>,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub title: String,
    pub text: String,
}

/// A source as the last chapter lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceNote {
    pub id: String,
    pub publisher: String,
    pub title: String,
    pub edition: String,
    pub file: String,
    pub sha256: String,
    pub rights: String,
    pub obtained: String,
}

/// A method in words, with its thresholds and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    pub name: String,
    pub text: String,
    pub source: String,
}

/// A group of indicators: what a chapter or a sheet holds.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorGroup {
    /// As in [`Indicator::group`]: `use`, `benchmark`.
    pub key: String,
    /// Printed: `Use of e-government`.
    pub title: String,
}

/// A cited line or cell, verbatim.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    pub place: Place,
    pub verbatim: String,
}

impl Report {
    /// The lines and cells that are cited, in the order of the workbook's sheet Sources.
    pub fn cited(&self) -> impl Iterator<Item = &Cited> {
        self.cited_figures.iter().chain(&self.cited_lines)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub rule: String,
    pub severity: String,
    pub place: Place,
    pub sentence: String,
}
