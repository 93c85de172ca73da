//! The figures of `input/` as they stand: read from the real workbooks, with their cells.

#![expect(clippy::disallowed_methods, reason = "a test reads the project from disk")]

use factsheet::dataset::observation::{self, Observation};
use factsheet::dataset::observe;
use factsheet::diagnostic::Severity;
use factsheet::settings::{self, Settings};
use factsheet::vocabulary::ObsValue;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

fn project() -> BTreeMap<String, Vec<u8>> {
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

/// Read once for all tests of this file.
static READ: LazyLock<(Settings, Vec<Observation>)> = LazyLock::new(|| {
    let files = project();
    let settings = settings::read(&files);
    assert_eq!(settings.diagnostics, [], "the settings are in order");
    let observations = observe::read(&files, &settings.value);
    assert!(observations.diagnostics.iter().all(|d| d.rule.severity == Severity::Note), "{:#?}", observations.diagnostics);
    for diagnostic in &observations.diagnostics {
        eprintln!("{} {}: expected {}, found {}", diagnostic.rule.id, diagnostic.place, diagnostic.expected, diagnostic.found);
    }
    (settings.value, observations.value)
});

fn find<'a>(observations: &'a [Observation], indicator: &str, geo: &str, period: &str, edition: &str) -> &'a Observation {
    observations
        .iter()
        .find(|o| o.indicator == indicator && o.geo.code() == geo && o.time_period.to_string() == period && o.edition == edition)
        .expect("there is such a figure")
}

#[test]
fn every_row_of_the_workbooks_is_an_observation() {
    let (_, observations) = &*READ;
    assert_eq!(observations.len(), 1_577 + 7_315 + 2_321 + 6_384);
    let of = |source: &str| observations.iter().filter(|o| o.source == source).count();
    assert_eq!([of("egovernment-use"), of("egovernment-benchmark"), of("eif-monitoring"), of("desi")], [1_577, 7_315, 2_321, 6_384]);
    assert!(observations.iter().all(|o| !o.flags_known), "none of these sources can carry flags");
    let missing = |source: &str| observations.iter().filter(|o| o.source == source && o.obs_value.figure().is_none()).count();
    assert_eq!(missing("egovernment-benchmark"), 375);
    assert_eq!(missing("desi"), 1_967);
    assert_eq!(missing("egovernment-use"), 0);
}

#[test]
fn figures_stand_in_the_published_unit_with_their_decimals() {
    let (_, observations) = &*READ;
    let shown = |indicator, geo, period, edition| match find(observations, indicator, geo, period, edition).obs_value {
        ObsValue::Figure(figure) => figure.to_string(),
        ObsValue::Missing(_) => ":".to_owned(),
    };
    assert_eq!(shown("I_IUGOV12", "LU", "2021", "2022"), "78");
    assert_eq!(shown("EGOV_0", "LU", "2020-2021", "2022"), "87.1");
    assert_eq!(shown("DESI_1a1", "LU", "2022", "2022"), "63.8");
    assert_eq!(shown("desi_dps", "LU", "2022", "2022"), "83.4");
    assert_eq!(shown("S2.03", "LU", "2021", "EIF_MM_2021"), "2");
    assert_eq!(shown("S1.01", "EU_AVG", "2022", "EIF_MM_2022"), "3.50");
}

#[test]
fn what_a_source_leaves_open_is_ambiguous() {
    let (_, observations) = &*READ;
    let eu = find(observations, "I_IGOV12IF", "EU27_2020", "2018", "2022");
    assert_eq!((eu.as_printed.as_str(), eu.alternatives.as_slice()), ("43", ["42".to_owned()].as_slice()));
    let open: Vec<&Observation> = observations.iter().filter(|o| !o.alternatives.is_empty()).collect();
    assert_eq!(open.len(), 18);
    assert!(open.iter().any(|o| o.alternatives == [":"]), "the other factsheet plots no score");
}

#[test]
fn a_publication_shows_nothing_newer_than_its_cut_off() {
    let (settings, observations) = &*READ;
    let seed = |id: &str| settings.seeds.iter().find(|seed| seed.id == id);
    let shown = observation::select(observations, &settings.cut_offs(seed("lu-dpa-2022"), "2022"));
    let editions = |source: &str| -> Vec<&str> {
        let mut editions: Vec<&str> = shown.iter().filter(|o| o.source == source).map(|o| o.edition.as_str()).collect();
        editions.dedup();
        editions.sort_unstable();
        editions.dedup();
        editions
    };
    assert_eq!(editions("egovernment-benchmark"), ["2021", "2022"]);
    assert_eq!(editions("eif-monitoring"), ["EIF_MM_2020", "EIF_MM_2021"]);
    let benchmark_2021: Vec<&Observation> = shown.iter().filter(|o| o.edition == "2021").collect();
    assert!(benchmark_2021.iter().all(|o| o.time_period.to_string() == "2019-2020"), "one edition for one period");

    let progress = seed("lu-progress-2020");
    let cut_offs = settings.cut_offs(progress, "2020");
    let shown = observation::select(observations, &cut_offs);
    assert!(shown.iter().all(|o| o.source == "desi" && o.time_period.end_year() <= 2020));
    assert!(shown.iter().filter(|o| o.indicator == "DESI_4a4").all(|o| o.obs_value.figure().is_none()), "measured in 2022 only");
    let later = observation::later(observations, &cut_offs, "DESI_4a4");
    assert!(!later.is_empty());

    // A text without an entry of its own: the edition less the lag of every source.
    let cut_offs = settings.cut_offs(None, "2022");
    assert_eq!(
        observation::select(observations, &cut_offs),
        observation::select(observations, &settings.cut_offs(seed("lu-dpa-2022"), "2022"))
    );
}
