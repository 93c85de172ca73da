//! The build: the stages of the drawing, called in order. Named bytes in, named bytes out; no disk, no clock.

mod reading;

use crate::check;
use crate::comparison::claim::prose::{self, Named};
use crate::comparison::claim::{self, Claim, Held};
use crate::comparison::{Comparison, Fields, scoreboard};
use crate::dataset::{Observation, Revision, Table, observation, observe, revision};
use crate::diagnostic::{Checked, Diagnostic};
use crate::report::build::{Content, Parts, report};
use crate::report::{Report, Standings, Threshold, standings};
use crate::settings::cut_off::CutOffs;
use crate::settings::{self, Settings};
use crate::source::Source;
use crate::writer;
use crate::writer::pdf::{Attachment, Relationship};
use rayon::prelude::*;
use reading::{Data, Reading, add_countries, readings, recorded, refuse_doubles};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a build writes of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    Workbook,
    Pdf,
    /// CSV, Parquet, SDMX-CSV and the data package.
    Data,
    /// SVG files.
    Charts,
}

impl Product {
    pub const ALL: [Self; 4] = [Self::Workbook, Self::Pdf, Self::Data, Self::Charts];

    /// As `--only` names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Workbook => "workbook",
            Self::Pdf => "pdf",
            Self::Data => "data",
            Self::Charts => "charts",
        }
    }
}

/// What to build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Names of source texts among the files; empty means those of `seeds/sources.toml`.
    pub sources: Vec<String>,
    /// A publication for every country that has figures, with or without a text.
    pub all: bool,
    /// Empty means everything.
    pub only: BTreeSet<Product>,
}

/// What a build made.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// Names relative to the output folder: `lu-dpa-2022/factsheet.pdf`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// In the order of their ids.
    pub reports: Vec<Report>,
    /// SHA-256 of every file that was read, by name.
    pub inputs: BTreeMap<String, String>,
}

/// The world is wrong: a library refused what it should have taken.
#[derive(Debug)]
pub enum Error {
    /// A writer failed: which file of the output, and what the library says.
    Writer { file: String, message: String },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Writer { file, message } => write!(f, "could not write {file}: {message}"),
        }
    }
}

impl std::error::Error for Error {}

/// A step of a build, for a progress bar: how many of how many publications are done, and the one just finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub publication: String,
}

/// What all publications with the same cut-offs share.
struct Selection {
    cut_offs: CutOffs,
    observations: Vec<Observation>,
    /// Those of its observations that stood otherwise in an earlier publication.
    revisions: Vec<Revision>,
}

/// Builds publications from the files of a project (`seeds/…`, `input/…`, and the request's sources).
///
/// The diagnostics of all stages stand beside the output; with an error among them the output must not replace an
/// earlier one. `progress` is called from several threads.
///
/// # Errors
/// [`Error`] where a library fails. Data that is wrong is a diagnostic.
pub fn build(files: &BTreeMap<String, Vec<u8>>, request: &Request, progress: &(dyn Fn(Progress) + Sync)) -> Result<Checked<Output>, Error> {
    let mut diagnostics = Vec::new();
    let settings = settings::read(files).into_value(&mut diagnostics);
    let (observations, readings) = rayon::join(|| observe::read(files, &settings), || readings(files, request, &settings));
    let observations = observations.into_value(&mut diagnostics);
    let mut readings = readings.into_value(&mut diagnostics);
    diagnostics.extend(check::consistency::means(&observations, &settings.methods.means));
    let revisions = revision::of(&settings.revisions, &observations).into_value(&mut diagnostics);
    if request.all {
        add_countries(&mut readings, &observations, &settings);
    }
    refuse_doubles(&mut readings, &mut diagnostics);

    let selections = selections(&readings, &observations, &revisions, &settings);
    let fields: Vec<Fields<'_>> =
        selections.iter().map(|s| Fields::of(&s.observations, &settings.indicators.indicators, &settings.methods)).collect();
    let shared: Vec<Vec<Standings>> = fields.iter().map(standings::standings).collect();
    let thresholds = standings::thresholds(&settings.methods);

    let done = AtomicUsize::new(0);
    let total = readings.len();
    let written: Result<Vec<Written>, Error> = readings
        .par_iter()
        .map(|reading| {
            let cut_offs = settings.cut_offs(recorded(reading), &reading.edition);
            let at = selections.iter().position(|s| s.cut_offs == cut_offs).expect("a selection was made for every reading");
            let (mut made, mut found) =
                publication(reading, &settings, &selections[at], &fields[at], &shared[at], &thresholds, &observations);
            found.extend(check::publication::check(&made));
            // What the readers said about its text belongs to the publication as much as what the checks find.
            let said = diagnostics.iter().filter(|d| !made.text.is_empty() && d.place.file == made.text);
            let all: Vec<Diagnostic> = said.chain(&found).cloned().collect();
            made.findings = check::findings::printed(&all, &settings.waivers);
            let files = write(&made, request)?;
            found.extend(writer::xlsx::limits(&made));
            progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total, publication: reading.id.clone() });
            Ok(Written { report: made, files, found })
        })
        .collect();

    let mut output = Output { inputs: hashes(files, request), ..Output::default() };
    for Written { report, files, found } in written? {
        diagnostics.extend(found);
        output.files.extend(files);
        output.reports.push(report);
    }
    Ok(Checked { value: output, diagnostics })
}

struct Written {
    report: Report,
    files: BTreeMap<String, Vec<u8>>,
    found: Vec<Diagnostic>,
}

fn selections(readings: &[Reading], observations: &[Observation], revisions: &[Revision], settings: &Settings) -> Vec<Selection> {
    let mut selections: Vec<Selection> = Vec::new();
    for reading in readings {
        let cut_offs = settings.cut_offs(recorded(reading), &reading.edition);
        if !selections.iter().any(|s| s.cut_offs == cut_offs) {
            let observations = observation::select(observations, &cut_offs);
            let revisions = revisions.iter().filter(|r| observations.iter().any(|o| r.is_of(o))).cloned().collect();
            selections.push(Selection { cut_offs, observations, revisions });
        }
    }
    selections
}

fn publication(
    reading: &Reading,
    settings: &Settings,
    selection: &Selection,
    fields: &Fields<'_>,
    standings: &[Standings],
    thresholds: &[Threshold],
    all: &[Observation],
) -> (Report, Vec<Diagnostic>) {
    let comparisons: Vec<Comparison> = fields.compare(reading.geo);
    let (claims, diagnostics) = claims(reading, settings, selection, all).map_or_else(Default::default, |c| (c.value, c.diagnostics));
    let mut tables = match &reading.data {
        Data::Dpa(data) => data.tables(),
        Data::Progress(data) => data.tables(),
        Data::Figures => Vec::new(),
    };
    tables.push(Table::of(&selection.observations));
    tables.push(Table::of(&comparisons));
    tables.push(Table::of(&scoreboard::cut_offs(fields)));
    if reading.text.is_some() {
        tables.push(Table::of(&claims));
    }
    if !selection.revisions.is_empty() {
        tables.push(Table::of(&selection.revisions));
    }
    let made = report(Parts {
        id: reading.id.clone(),
        geo: reading.geo,
        country: reading.country.clone(),
        edition: reading.edition.clone(),
        settings,
        origin: &reading.origin,
        text: reading.text.as_ref(),
        content: match &reading.data {
            Data::Dpa(data) => Content::Dpa(data),
            Data::Progress(data) => Content::Progress(data),
            Data::Figures => Content::Figures,
        },
        observations: &selection.observations,
        comparisons: &comparisons,
        claims: &claims,
        revisions: &selection.revisions,
        standings,
        thresholds,
        tables,
    });
    (made, diagnostics)
}

/// What the text states on figures that are held, in the order of its lines, and what does not agree; `None` without a text.
fn claims(reading: &Reading, settings: &Settings, selection: &Selection, all: &[Observation]) -> Option<Checked<Vec<Claim>>> {
    let text = reading.text.as_ref()?;
    let indicators = &settings.indicators;
    let named = indicators.groups.iter();
    let named = named.map(|g| Named { key: &g.key, title: &g.title, indicators: indicators.of_group(&g.key).collect() });
    let mut stated = prose::stated(text, &named.collect::<Vec<_>>());
    let mut diagnostics = check::consistency::counts(text);
    if let Data::Dpa(data) = &reading.data {
        let of_tables = claim::table::stated(data, indicators);
        diagnostics.extend(check::consistency::table_means(&of_tables, &selection.observations, &settings.methods.means, &text.name));
        stated.extend(of_tables);
    }
    stated.sort_by_key(|s| s.lines);
    let value = claim::claims(&stated, &Held::of(reading.geo, &selection.observations, all), &settings.methods);
    diagnostics.extend(claim::diagnostics(&value, &text.name));
    Some(Checked { value, diagnostics })
}

/// The files of a publication, with its folder in their names. The published workbook and the PDF that embeds it are made
/// beside everything else.
fn write(report: &Report, request: &Request) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let wants = |product| request.only.is_empty() || request.only.contains(&product);
    let failed = |file: &str, message: String| Error::Writer { file: format!("{}/{file}", report.id), message };
    let workbook = |name: &str, kind| writer::xlsx::workbook(report, kind).map_err(|e| failed(name, e.to_string()));
    let csv = writer::data::csv(report).map_err(|e| failed("data", e))?;
    let attached = if wants(Product::Pdf) { attachments(report, &csv) } else { Vec::new() };
    let main = || {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        if !wants(Product::Workbook) && !wants(Product::Pdf) {
            return Ok(files);
        }
        let published = workbook(WORKBOOK, writer::xlsx::Kind::Published)?;
        if wants(Product::Pdf) {
            let mut attached = attached.clone();
            attached.push(Attachment {
                name: WORKBOOK.to_owned(),
                mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
                description: "The workbook of this publication".to_owned(),
                relationship: Relationship::Data,
                bytes: published.clone(),
            });
            let factsheet = writer::pdf::factsheet(report, &attached).map_err(|e| failed("factsheet.pdf", e.to_string()))?;
            files.insert("factsheet.pdf".to_owned(), factsheet);
        }
        if wants(Product::Workbook) {
            files.insert(WORKBOOK.to_owned(), published);
        }
        Ok(files)
    };
    let others = || {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        if wants(Product::Pdf) {
            let glance = writer::pdf::glance(report, &attached).map_err(|e| failed("at-a-glance.pdf", e.to_string()))?;
            files.insert("at-a-glance.pdf".to_owned(), glance);
        }
        if wants(Product::Workbook) {
            let working = "factsheet-working.xlsx";
            files.insert(working.to_owned(), workbook(working, writer::xlsx::Kind::Working)?);
        }
        if wants(Product::Data) {
            files.extend(writer::data::files(report, csv).map_err(|e| failed("data", e))?);
        }
        if wants(Product::Charts) {
            files.extend(report.charts().into_iter().map(|c| (format!("charts/{}.svg", c.id), writer::svg::svg(c).into_bytes())));
        }
        Ok(files)
    };
    let (main, others) = rayon::join(main, others);
    Ok(main?.into_iter().chain(others?).map(|(name, bytes)| (format!("{}/{name}", report.id), bytes)).collect())
}

const WORKBOOK: &str = "factsheet.xlsx";

/// The datasets that have rows, as CSV, to be embedded in a PDF.
fn attachments(report: &Report, csv: &BTreeMap<&'static str, Vec<u8>>) -> Vec<Attachment> {
    let filled = report.tables.iter().filter(|t| !t.rows.is_empty());
    filled
        .map(|t| Attachment {
            name: format!("{}.csv", t.schema.name),
            mime: "text/csv".to_owned(),
            description: format!("{}: a row is {}", t.schema.title, t.schema.row),
            relationship: Relationship::Data,
            bytes: csv[t.schema.name].clone(),
        })
        .collect()
}

/// SHA-256 of everything that this request reads.
fn hashes(files: &BTreeMap<String, Vec<u8>>, request: &Request) -> BTreeMap<String, String> {
    let read = |name: &&String| {
        name.starts_with("input/")
            || request.sources.contains(*name)
            || (request.sources.is_empty() && name.starts_with("seeds/"))
            || name.as_str() == "seeds/sources.toml"
    };
    files.keys().filter(read).map(|name| (name.clone(), Source::new(name.clone(), None, files[name].clone()).sha256)).collect()
}
