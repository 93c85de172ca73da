//! A report made from the project's own inputs and seeds, as far as the writers need one.

#![expect(clippy::disallowed_methods, reason = "a test reads the project from disk")]

use factsheet::comparison::{Fields, cut_offs};
use factsheet::dataset::{Table, observation, observe};
use factsheet::document;
use factsheet::report::{Cited, Finding, IndicatorGroup, Method, Note, Report, SourceNote, standings};
use factsheet::settings;
use factsheet::source::{Source, Text};
use factsheet::vocabulary::{Geo, Lines, Place};
use std::collections::BTreeMap;
use std::path::Path;

/// All files of `seeds/` and `input/`.
pub fn project() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["seeds", "input"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the project has the folder") {
            let path = entry.expect("a folder can be listed").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            files.insert(format!("{folder}/{name}"), std::fs::read(&path).expect("a file can be read"));
        }
    }
    files
}

/// A report on a seed: its datasets, the figures that it may show, and every line and cell that they cite.
pub fn report(id: &str) -> Report {
    let files = project();
    let settings = settings::read(&files).value;
    let origin = settings.seeds.iter().find(|o| o.id == id).expect("a seed of the project").clone();
    let all = observe::read(&files, &settings).value;
    let observations = observation::select(&all, &settings.cut_offs(Some(&origin), &origin.edition));
    let indicators: Vec<_> =
        settings.indicators.indicators.iter().filter(|i| observations.iter().any(|o| o.indicator == i.code)).cloned().collect();
    let geo = Geo::parse(&origin.geo).expect("a country of the vocabulary");
    let fields = Fields::of(&observations, &indicators, &settings.methods);
    let comparisons = fields.compare(geo);
    let cuts = cut_offs(&observations, &indicators, &settings.methods);

    let name = format!("seeds/{}", origin.file);
    let source = Source::new(&name, Some(origin.clone()), files[&name].clone());
    let text = Text::decode(&source).value.expect("a seed is UTF-8");
    let mut tables = tables(&text);
    tables.extend([Table::of(&observations), Table::of(&comparisons), Table::of(&cuts)]);

    let mut cited: Vec<Cited> = text
        .lines()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| Cited { place: Place::lines(&name, Lines::one(number)), verbatim: line.to_owned() })
        .collect();
    let shown = |o: &&factsheet::dataset::Observation| o.geo == geo || o.geo.is_aggregate();
    cited.extend(observations.iter().filter(shown).map(|o| Cited { place: o.place.clone(), verbatim: o.as_printed.clone() }));

    let note = |o: &factsheet::source::Origin, folder: &str| {
        let file = format!("{folder}/{}", o.file);
        SourceNote {
            id: o.id.clone(),
            publisher: o.publisher.clone(),
            title: o.title.clone(),
            edition: o.edition.clone(),
            sha256: Source::new(&file, None, files[&file].clone()).sha256,
            file,
            rights: o.rights.clone(),
            obtained: o.obtained.clone(),
        }
    };
    let mut sources = vec![note(&origin, "seeds")];
    sources.extend(settings.inputs.iter().filter(|i| observations.iter().any(|o| o.source == i.id)).map(|i| note(i, "input")));
    Report {
        id: origin.id.clone(),
        status: origin.status,
        geo,
        country: geo.name().to_owned(),
        title: origin.title.clone(),
        subject: "Figures, comparisons with the EU and entries of the factsheet".to_owned(),
        edition: origin.edition.clone(),
        language: origin.language.clone(),
        author: "An author".to_owned(),
        contact: "contact@example.org".to_owned(),
        keywords: vec!["digital public administration".to_owned(), geo.name().to_owned()],
        date: origin.published.clone(),
        lead: String::new(),
        scope: "Use 2021, benchmark 2020–2021, interoperability 2021, DESI 2022".to_owned(),
        key_figures: Vec::new(),
        position: None,
        chapters: Vec::new(),
        glance: Vec::new(),
        notes: vec![Note { title: "Figures read off charts".to_owned(), text: "Their flags are unknown, not absent.".to_owned() }],
        sources,
        methods: vec![Method { name: "Gap".to_owned(), text: "Country minus average.".to_owned(), source: "this project".to_owned() }],
        text: name.clone(),
        groups: settings.indicators.groups.iter().map(|g| IndicatorGroup { key: g.key.clone(), title: g.title.clone() }).collect(),
        standings: standings::standings(&fields),
        thresholds: standings::thresholds(&settings.methods),
        indicators,
        tables,
        cited,
        findings: vec![Finding {
            rule: "FIG003".to_owned(),
            severity: "warning".to_owned(),
            place: Place::lines(&name, Lines::one(112)),
            sentence: "expected a figure, found `7l.9`".to_owned(),
        }],
    }
}

/// The datasets of the text's family.
fn tables(text: &Text) -> Vec<Table> {
    if document::dpa::is(text) {
        let factsheet = document::dpa::read(text).value.expect("a text of the family is read");
        return factsheet::dataset::dpa::DpaDatasets::of(&factsheet, text).value.tables();
    }
    if document::progress::is(text) {
        let report = document::progress::read(text).value.expect("a text of the family is read");
        return factsheet::dataset::progress::ProgressDatasets::of(&report, text).value.tables();
    }
    Vec::new()
}
