//! The data files as other people's tools see them: Frictionless and pysdmx from PyPI, skipped where they are missing.
#![expect(clippy::disallowed_methods, reason = "a test writes files for other programs to read")]

use factsheet::dataset::{Observation, Table};
use factsheet::vocabulary::{Figure, Flags, Geo, Missing, ObsValue, Place, TimePeriod};
use factsheet::writer::data::{About, Dataset, files};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

/// Three figures: a plain one, a confidential one, and one with everything that a CSV could trip over.
fn observations() -> Vec<Observation> {
    let observation = |indicator: &str, geo: &str, period: &str, value| Observation {
        indicator: indicator.into(),
        geo: Geo::parse(geo).expect("a known code"),
        time_period: TimePeriod::parse(period).expect("a period"),
        unit: "SCORE_0_100".into(),
        breakdown: "".into(),
        edition: "2022".into(),
        obs_value: value,
        flags: Flags::default(),
        flags_known: false,
        alternatives: Vec::new(),
        note: "".into(),
        source: "example".into(),
        place: Place::cell("input/example.xlsx", "Data", 1, 6),
        as_printed: "".into(),
        corrected: false,
    };
    let figure = |value: f64| ObsValue::Figure(Figure::new(value, 1).expect("a finite number"));
    vec![
        observation("EGOV_0", "LU", "2020-2021", figure(87.113_881)),
        Observation {
            flags: Flags::parse("bc").expect("known flags"),
            flags_known: true,
            ..observation("EGOV_0", "EL", "2021", ObsValue::Missing(Missing::Confidential))
        },
        Observation {
            alternatives: vec!["42".to_owned(), ":".to_owned()],
            note: "one \"quoted\", and\ntwo lines: é".into(),
            ..observation("EGOV_1.1", "EU27PLUS", "2021", figure(43.0))
        },
    ]
}

fn folder(name: &str) -> PathBuf {
    let about = About {
        id: "lu-dpa-2022",
        title: "Digital Public Administration factsheet 2022",
        country: "Luxembourg",
        subject: "An example.",
        keywords: &["e-government".to_owned()],
        date: "2022-12-31",
        sources: &[],
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let datasets = [Arc::new(Dataset::of(Table::of(&observations())))];
    for (name, bytes) in files(about, &datasets).expect("the library takes plain columns") {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        std::fs::write(path, &*bytes).expect("the file can be written");
    }
    folder.join("data")
}

/// Runs Python with a script; `None`, loudly, where it or the package is missing.
fn python(package: &str, script: &str, argument: &std::path::Path) -> Option<String> {
    let has = Command::new("python3").args(["-c", &format!("import {package}")]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: python3 with {package} is not there (pip install frictionless 'pysdmx[data]')");
        return None;
    }
    let output = Command::new("python3").args(["-c", script]).arg(argument).output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn frictionless_finds_the_package_valid() {
    let script = "import sys\nfrom frictionless import validate\nreport = validate(sys.argv[1] + '/datapackage.json')\nprint(report.valid, report.flatten(['type', 'note']))";
    let Some(found) = python("frictionless", script, &folder("frictionless")) else { return };
    assert_eq!(found, "True []");
}

#[test]
fn pysdmx_reads_the_observations_back() {
    let script = "import sys\nfrom pysdmx.io import read_sdmx\nmessage = read_sdmx(sys.argv[1] + '/observations.sdmx.csv')\ndata = message.data[0]\nframe = data.data\nprint(data.short_urn)\nfor _, row in frame.iterrows():\n    print(row['INDICATOR'], row['GEO'], row['TIME_PERIOD'], row['OBS_VALUE'], row['OBS_FLAG'], row['CONF_STATUS'], row['ALTERNATIVES'], sep=' / ')";
    let Some(found) = python("pysdmx.io", script, &folder("pysdmx")) else { return };
    assert_eq!(
        found.lines().collect::<Vec<_>>(),
        [
            "Dataflow=FACTSHEET:OBSERVATIONS(1.0)",
            "EGOV_0 / LU / 2020-01-01/P2Y / 87.113881 /  /  / ",
            "EGOV_0 / EL / 2021 /  / b / C / ",
            "EGOV_1.1 / EU27PLUS / 2021 / 43 /  /  / 42|:",
        ]
    );
}

#[test]
fn missing_is_empty_and_text_stays_as_it_is() {
    let csv = String::from_utf8(std::fs::read(folder("csv").join("observations.csv")).expect("it was written")).expect("UTF-8");
    assert!(csv.starts_with(
        "indicator,geo,time_period,unit,breakdown,edition,obs_value,obs_status,conf_status,flags_known,certainty,alternatives,"
    ));
    assert!(csv.contains("\nEGOV_0,EL,2021,SCORE_0_100,,2022,,b,C,true,certain,,,example,Data!G2\n"), "{csv}");
    assert!(csv.contains("\"one \"\"quoted\"\", and\ntwo lines: é\""), "{csv}");
    assert!(!csv.contains('\r'));
}
