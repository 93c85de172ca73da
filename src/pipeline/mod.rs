//! The build: the stages of the drawing, called in order. Named bytes in, named bytes out; no disk, no clock.

mod publication;
mod reading;

use crate::check;
use crate::comparison::{Fields, scoreboard};
use crate::dataset::{Observation, Revision, Table, observation, observe, revision};
use crate::diagnostic::{Checked, Diagnostic};
use crate::report::{Figures, Published, Report, notes};
use crate::settings::cut_off::CutOffs;
use crate::settings::{self, Settings, Waiver};
use crate::source::sha256;
use crate::writer::Payload;
use crate::writer::data::Dataset;
use crate::writer::xlsx::FigureSheets;
use rayon::prelude::*;
use reading::{Reading, add_countries, readings, recorded, refuse_doubles};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

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

impl Request {
    fn wants(&self, product: Product) -> bool {
        self.only.is_empty() || self.only.contains(&product)
    }

    /// A PDF embeds it.
    fn wants_workbook(&self) -> bool {
        self.wants(Product::Workbook) || self.wants(Product::Pdf)
    }
}

/// A publication with its files, handed over as soon as it is made: whoever takes it decides what is kept.
#[derive(Debug)]
pub struct Publication {
    pub report: Report,
    /// Names relative to the output folder: `lu-dpa-2022/factsheet.pdf`.
    pub files: BTreeMap<String, Payload>,
}

/// What is known of a build after its publications were handed over.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// In the order of their ids.
    pub publications: Vec<Published>,
    /// SHA-256 of every file that was read, by name.
    pub inputs: BTreeMap<String, String>,
    /// What people let pass.
    pub waivers: Vec<Waiver>,
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

/// A step of a build, for a progress bar: how many of how many publications are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// Builds publications from the files of a project (`seeds/…`, `input/…`, and the request's sources), and hands each to
/// `take`, from several threads and in no order. What `take` finds wrong with one stands among the diagnostics.
///
/// With an error among the diagnostics, what was handed over must not replace an earlier edition.
///
/// # Errors
/// [`Error`] where a library fails, and what `take` reports. Data that is wrong is a diagnostic.
pub fn build<E: From<Error> + Send>(
    files: &BTreeMap<String, Vec<u8>>,
    request: &Request,
    take: &(dyn Fn(Publication, Progress) -> Result<Vec<Diagnostic>, E> + Sync),
) -> Result<Checked<Output>, E> {
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
    let list = files.get("seeds/sources.toml").map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    for origin in readings.iter().filter(|reading| reading.text.is_some()).filter_map(recorded) {
        let cut_offs = settings.cut_offs(Some(origin), &origin.edition);
        let shown = selections.iter().find(|s| s.cut_offs == cut_offs).map_or(&[][..], |s| &s.observations);
        diagnostics.extend(check::cut_off::check(origin, shown, &observations, &settings, &list));
    }
    let shared: Vec<Shared<'_>> = selections.par_iter().map(|s| Shared::of(s, &settings, request)).collect();
    let done = AtomicUsize::new(0);
    let total = readings.len();
    let found: Result<Vec<Vec<Diagnostic>>, E> = readings
        .par_iter()
        .map(|reading| {
            let cut_offs = settings.cut_offs(recorded(reading), &reading.edition);
            let at = selections.iter().position(|s| s.cut_offs == cut_offs).expect("a selection was made for every reading");
            // What the readers said about its text belongs to the publication as much as what the checks find.
            let said: Vec<&Diagnostic> =
                diagnostics.iter().filter(|d| reading.text.as_ref().is_some_and(|text| d.place.file == text.name)).collect();
            let (publication, mut found) = publication::make(reading, &settings, &shared[at], &observations, &said, request)?;
            found.extend(take(publication, Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total })?);
            Ok(found)
        })
        .collect();
    diagnostics.extend(found?.into_iter().flatten());
    let text = |reading: &Reading| reading.text.as_ref().map_or_else(String::new, |text| text.name.clone());
    let publications = readings.iter().map(|r| Published { id: r.id.clone(), text: text(r) }).collect();
    Ok(Checked { value: Output { publications, inputs: hashes(files, request), waivers: settings.waivers }, diagnostics })
}

/// The same with all publications kept, in the order of their ids.
///
/// # Errors
/// [`Error`].
pub fn publications(
    files: &BTreeMap<String, Vec<u8>>,
    request: &Request,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Checked<Output>, Vec<Publication>), Error> {
    let kept = Mutex::new(Vec::new());
    let output = build(files, request, &|publication, step| {
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(publication);
        progress(step);
        Ok::<_, Error>(Vec::new())
    })?;
    let mut kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    kept.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    Ok((output, kept))
}

/// The observations that publications with the same cut-offs show.
struct Selection {
    cut_offs: CutOffs,
    observations: Vec<Observation>,
    /// Those of its observations that stood otherwise in an earlier publication.
    revisions: Vec<Revision>,
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

/// What is made once for all publications of a selection.
struct Shared<'a> {
    fields: Fields<'a>,
    figures: Figures<'a>,
    observations: Arc<Dataset>,
    cut_offs: Arc<Dataset>,
    /// Only where there are some.
    revisions: Option<Arc<Dataset>>,
    /// Only where there are workbooks.
    sheets: Option<FigureSheets>,
}

impl<'a> Shared<'a> {
    fn of(selection: &'a Selection, settings: &'a Settings, request: &Request) -> Self {
        let Selection { observations: selected, revisions, .. } = selection;
        let cited = Arc::new(notes::cited_figures(selected));
        let compared = || {
            let fields = Fields::of(selected, &settings.indicators.indicators, &settings.methods);
            let cut_offs = Arc::new(Dataset::of(Table::of(&scoreboard::cut_offs(&fields))));
            let figures = Figures::of(selected, revisions, &fields, Arc::clone(&cited));
            (fields, cut_offs, figures)
        };
        let listed = || {
            let observations = Arc::new(Dataset::of(Table::of(selected)));
            let files = settings.inputs.iter().map(|origin| (origin.id.as_str(), origin.file.as_str()));
            let sheets = request.wants_workbook();
            let sheets = sheets.then(|| FigureSheets::new(Some(&observations.table), &cited, &settings.indicators.indicators, files));
            (observations, sheets)
        };
        let ((fields, cut_offs, figures), (observations, sheets)) = rayon::join(compared, listed);
        let revisions = (!revisions.is_empty()).then(|| Arc::new(Dataset::of(Table::of(revisions))));
        Self { fields, figures, observations, cut_offs, revisions, sheets }
    }
}

/// SHA-256 of everything that this request reads.
fn hashes(files: &BTreeMap<String, Vec<u8>>, request: &Request) -> BTreeMap<String, String> {
    let read = |name: &&String| {
        name.starts_with("input/")
            || request.sources.contains(*name)
            || (request.sources.is_empty() && name.starts_with("seeds/"))
            || name.as_str() == "seeds/sources.toml"
    };
    files.keys().filter(read).map(|name| (name.clone(), sha256(&files[name]))).collect()
}
