//! The build: the stages of the drawing, called in order. Named bytes in, named bytes out; no disk, no clock.

use crate::check::{
    self,
    text::{NO_FAMILY, NO_GEO, NO_SOURCE, NOT_RECORDED, SAME_ID, TEXT_CHANGED},
};
use crate::comparison::claim::prose::{self, Named};
use crate::comparison::claim::{self, Claim, Held};
use crate::comparison::{Comparison, Fields, scoreboard};
use crate::dataset::dpa::DpaDatasets;
use crate::dataset::progress::ProgressDatasets;
use crate::dataset::{Observation, Table, observation, observe};
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{dpa, progress as brochure};
use crate::report::build::{Content, Parts, report};
use crate::report::{Report, Standings, Threshold, standings};
use crate::settings::cut_off::CutOffs;
use crate::settings::{self, Settings};
use crate::source::origin::Status;
use crate::source::{Origin, Source, Text};
use crate::vocabulary::{Geo, Place};
use crate::writer;
use crate::writer::pdf::{Attachment, Relationship};
use rayon::prelude::*;
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

/// A text that was read.
struct Reading {
    id: String,
    geo: Geo,
    country: String,
    edition: String,
    origin: Origin,
    text: Option<Text>,
    data: Data,
}

enum Data {
    Dpa(Box<DpaDatasets>),
    Progress(Box<ProgressDatasets>),
    Figures,
}

/// What all publications with the same cut-offs share.
struct Selection {
    cut_offs: CutOffs,
    observations: Vec<Observation>,
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
    if request.all {
        add_countries(&mut readings, &observations, &settings);
    }
    refuse_doubles(&mut readings, &mut diagnostics);

    let selections = selections(&readings, &observations, &settings);
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
            made.findings = check::findings::printed(&found, &settings.waivers);
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

/// The entry of `sources.toml`, for texts that have one.
fn recorded(reading: &Reading) -> Option<&Origin> {
    Some(&reading.origin).filter(|o| !o.cut_off.is_empty())
}

fn readings(files: &BTreeMap<String, Vec<u8>>, request: &Request, settings: &Settings) -> Checked<Vec<Reading>> {
    let wanted: Vec<(String, Option<&Origin>)> = if request.sources.is_empty() {
        settings.seeds.iter().map(|o| (format!("seeds/{}", o.file), Some(o))).collect()
    } else {
        let entry = |name: &str| settings.seeds.iter().find(|o| format!("seeds/{}", o.file) == name);
        request.sources.iter().map(|name| (name.clone(), entry(name))).collect()
    };
    let parts: Vec<Checked<Option<Reading>>> = wanted.par_iter().map(|(name, origin)| read(files, name, *origin)).collect();
    let mut diagnostics = Vec::new();
    let mut value: Vec<Reading> = parts.into_iter().filter_map(|part| part.into_value(&mut diagnostics)).collect();
    value.sort_by(|a, b| a.id.cmp(&b.id));
    Checked { value, diagnostics }
}

fn read(files: &BTreeMap<String, Vec<u8>>, name: &str, origin: Option<&Origin>) -> Checked<Option<Reading>> {
    let mut diagnostics = Vec::new();
    let value = read_text(files, name, origin, &mut diagnostics);
    Checked { value, diagnostics }
}

fn read_text(files: &BTreeMap<String, Vec<u8>>, name: &str, origin: Option<&Origin>, diagnostics: &mut Vec<Diagnostic>) -> Option<Reading> {
    let Some(bytes) = files.get(name) else {
        diagnostics.push(Diagnostic::new(
            &NO_SOURCE,
            Place::file(name),
            "the file",
            "none",
            "restore the file, or remove its entry from seeds/sources.toml",
        ));
        return None;
    };
    let source = Source::new(name, origin.cloned(), bytes.clone());
    if let Some(origin) = origin
        && origin.sha256 != source.sha256
    {
        let help = "look at what changed; if it is meant: factsheet inputs --accept";
        diagnostics.push(Diagnostic::new(
            &TEXT_CHANGED,
            Place::file(name),
            format!("SHA-256 {}", origin.sha256),
            source.sha256.clone(),
            help,
        ));
    }
    let text = Text::decode(&source).into_value(diagnostics)?;
    let (geo, country, edition, title, data) = if dpa::is(&text) {
        let factsheet = dpa::read(&text).into_value(diagnostics)?;
        let data = DpaDatasets::of(&factsheet, &text).into_value(diagnostics);
        (Some(data.geo), data.country.clone(), data.edition.clone(), data.title.clone(), Data::Dpa(Box::new(data)))
    } else if brochure::is(&text) {
        let report = brochure::read(&text).into_value(diagnostics)?;
        let data = ProgressDatasets::of(&report, &text).into_value(diagnostics);
        (data.geo, data.country.clone(), data.edition.clone(), data.title.clone(), Data::Progress(Box::new(data)))
    } else {
        let found = text.lines().map(|(_, line)| line.trim()).find(|l| !l.is_empty()).unwrap_or("an empty file");
        let found: String = found.chars().take(60).collect();
        diagnostics.push(Diagnostic::new(
            &NO_FAMILY,
            Place::file(name),
            "the text of a Digital Public Administration factsheet or of a progress report",
            format!("a text that begins `{found}`"),
            "give the text of the document itself, whole and as UTF-8",
        ));
        return None;
    };
    // What sources.toml says settles what the text leaves open.
    let geo = geo.or_else(|| origin.and_then(|o| Geo::parse(&o.geo)));
    let edition = if edition.is_empty() { origin.map_or_else(String::new, |o| o.edition.clone()) } else { edition };
    let (Some(geo), false) = (geo, edition.is_empty()) else {
        diagnostics.push(Diagnostic::new(
            &NO_GEO,
            Place::file(name),
            "a country and an edition",
            "not both",
            "add an entry with geo and edition to seeds/sources.toml",
        ));
        return None;
    };
    let country = if country.is_empty() { geo.name().to_owned() } else { country };
    let family = match data {
        Data::Dpa(_) => "dpa",
        Data::Progress(_) => "progress",
        Data::Figures => "figures",
    };
    let id = format!("{}-{family}-{edition}", geo.code().to_lowercase());
    let origin = origin.cloned().unwrap_or_else(|| {
        diagnostics.push(Diagnostic::new(
            &NOT_RECORDED,
            Place::file(name),
            "an entry in seeds/sources.toml",
            "none",
            "put the text into seeds/ with an entry before you publish",
        ));
        unrecorded(name, &id, family, geo, &edition, &title, source.sha256.clone())
    });
    Some(Reading { id, geo, country, edition, origin, text: Some(text), data })
}

/// The provenance of a text that nobody recorded: what its content says, a draft.
fn unrecorded(name: &str, id: &str, family: &str, geo: Geo, edition: &str, title: &str, sha256: String) -> Origin {
    Origin {
        file: name.to_owned(),
        id: id.to_owned(),
        publisher: "not recorded".to_owned(),
        title: format!("{title}, {}", geo.name()),
        edition: edition.to_owned(),
        family: family.to_owned(),
        geo: geo.code().to_owned(),
        language: "en".to_owned(),
        rights: "not recorded".to_owned(),
        obtained: String::new(),
        sha256,
        accepted: String::new(),
        status: Status::Draft,
        published: String::new(),
        cut_off: BTreeMap::new(),
        cut_by: crate::source::origin::CutBy::Edition,
        lag: 0,
    }
}

/// A publication of figures alone for every country that has some and no text, in the edition of the newest factsheet.
fn add_countries(readings: &mut Vec<Reading>, observations: &[Observation], settings: &Settings) {
    let factsheets = settings.seeds.iter().filter(|o| o.family == "dpa");
    let Some(model) = factsheets.max_by(|a, b| a.edition.cmp(&b.edition)) else { return };
    let cut_offs = settings.cut_offs(Some(model), &model.edition);
    let shown = observation::select(observations, &cut_offs);
    let with_figures: BTreeSet<Geo> =
        shown.iter().filter(|o| o.obs_value.figure().is_some()).map(|o| o.geo).filter(|g| !g.is_aggregate()).collect();
    for geo in with_figures {
        if readings.iter().any(|r| r.geo == geo && matches!(r.data, Data::Dpa(_))) {
            continue;
        }
        let id = format!("{}-figures-{}", geo.code().to_lowercase(), model.edition);
        let mut origin = unrecorded("", &id, "figures", geo, &model.edition, "", String::new());
        origin.status = model.status;
        origin.published.clone_from(&model.published);
        origin.cut_off.clone_from(&model.cut_off);
        readings.push(Reading {
            id,
            geo,
            country: geo.name().to_owned(),
            edition: model.edition.clone(),
            origin,
            text: None,
            data: Data::Figures,
        });
    }
    readings.sort_by(|a, b| a.id.cmp(&b.id));
}

fn refuse_doubles(readings: &mut Vec<Reading>, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    readings.retain(|reading| {
        let file = reading.text.as_ref().map_or_else(String::new, |t| t.name.clone());
        match seen.get(&reading.id) {
            Some(first) => {
                let found = format!("{} from {first} and from {file}", reading.id);
                diagnostics.push(Diagnostic::new(
                    &SAME_ID,
                    Place::file(&file),
                    "one text for a publication",
                    found,
                    "leave one of them out",
                ));
                false
            }
            None => {
                seen.insert(reading.id.clone(), file);
                true
            }
        }
    });
}

fn selections(readings: &[Reading], observations: &[Observation], settings: &Settings) -> Vec<Selection> {
    let mut selections: Vec<Selection> = Vec::new();
    for reading in readings {
        let cut_offs = settings.cut_offs(recorded(reading), &reading.edition);
        if !selections.iter().any(|s| s.cut_offs == cut_offs) {
            let observations = observation::select(observations, &cut_offs);
            selections.push(Selection { cut_offs, observations });
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

/// The files of a publication, with its folder in their names.
fn write(report: &Report, request: &Request) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let wants = |product| request.only.is_empty() || request.only.contains(&product);
    let failed = |file: &str, message: String| Error::Writer { file: format!("{}/{file}", report.id), message };
    let workbook = |name: &str, kind| writer::xlsx::workbook(report, kind).map_err(|e| failed(name, e.to_string()));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let csv = writer::data::csv(report).map_err(|e| failed("data", e))?;
    if wants(Product::Workbook) || wants(Product::Pdf) {
        files.insert(WORKBOOK.to_owned(), workbook(WORKBOOK, writer::xlsx::Kind::Published)?);
    }
    if wants(Product::Pdf) {
        let mut attached = attachments(report, &csv);
        let glance = writer::pdf::glance(report, &attached).map_err(|e| failed("at-a-glance.pdf", e.to_string()))?;
        files.insert("at-a-glance.pdf".to_owned(), glance);
        attached.push(Attachment {
            name: WORKBOOK.to_owned(),
            mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
            description: "The workbook of this publication".to_owned(),
            relationship: Relationship::Data,
            bytes: files[WORKBOOK].clone(),
        });
        let factsheet = writer::pdf::factsheet(report, &attached).map_err(|e| failed("factsheet.pdf", e.to_string()))?;
        files.insert("factsheet.pdf".to_owned(), factsheet);
    }
    if wants(Product::Workbook) {
        let working = "factsheet-working.xlsx";
        files.insert(working.to_owned(), workbook(working, writer::xlsx::Kind::Working)?);
    } else {
        files.remove(WORKBOOK);
    }
    if wants(Product::Data) {
        files.extend(writer::data::files(report, csv).map_err(|e| failed("data", e))?);
    }
    if wants(Product::Charts) {
        files.extend(report.charts().into_iter().map(|c| (format!("charts/{}.svg", c.id), writer::svg::svg(c).into_bytes())));
    }
    Ok(files.into_iter().map(|(name, bytes)| (format!("{}/{name}", report.id), bytes)).collect())
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
