//! All comparisons of all countries, indicators and periods of the project's figures, recomputed by a second implementation.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use factsheet::comparison::{Comparison, Fields, scoreboard};
use factsheet::dataset::{Observation, Table, frame, observe};
use factsheet::settings::{self, Settings};
use factsheet::vocabulary::{Figure, Geo};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The project's `input/` and `seeds/*.toml`, read as a build reads them.
fn figures() -> (Settings, Vec<Observation>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["input", "seeds"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is part of the project") {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            files.insert(format!("{folder}/{name}"), std::fs::read(&path).expect("the file can be read"));
        }
    }
    let settings = settings::read(&files).value;
    let observations = observe::read(&files, &settings).value;
    assert!(!observations.is_empty(), "input/ holds figures");
    (settings, observations)
}

#[test]
fn a_second_implementation_agrees_on_every_cell() {
    let (settings, observations) = figures();
    let fields = Fields::of(&observations, &settings.indicators.indicators, &settings.methods);
    let countries = Geo::all().filter(|g| !g.is_aggregate() && observations.iter().any(|o| o.geo == *g));
    let comparisons: Vec<Comparison> = countries.flat_map(|g| fields.compare(g)).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recompute");
    std::fs::create_dir_all(&folder).expect("the folder of the build's own files can be written");
    for table in [Table::of(&observations), Table::of(&comparisons), Table::of(&scoreboard::cut_offs(&fields))] {
        let csv = frame::csv(table.schema.columns, table.rows.iter()).expect("a table is CSV");
        std::fs::write(folder.join(format!("{}.csv", table.schema.name)), csv).expect("the file can be written");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recompute.py");
    let run = match Command::new("python3").arg(&script).arg(&folder).output() {
        Ok(run) if run.status.code() != Some(3) => run,
        Ok(run) => {
            eprintln!("SKIPPED: the second implementation: {}", String::from_utf8_lossy(&run.stderr).trim());
            return;
        }
        Err(error) => {
            eprintln!("SKIPPED: the second implementation needs python3: {error}");
            return;
        }
    };
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    eprintln!("{}", said.trim());
}

#[test]
fn known_values_of_luxembourg_stand() {
    let (settings, observations) = figures();
    let publication = settings.seeds.iter().find(|s| s.id == "lu-dpa-2022");
    let selected = factsheet::dataset::observation::select(&observations, &settings.cut_offs(publication, "2022"));
    let fields = Fields::of(&selected, &settings.indicators.indicators, &settings.methods);
    let rows = fields.compare(Geo::parse("LU").expect("a code of the vocabulary"));
    // Read off the factsheet and the publishers' workbooks by hand: gap, rank among all or among Member States, class.
    for (indicator, period, country, average, gap, rank, class) in [
        ("I_IUGOV12", "2021", 78.0, 58.0, 20.0, "7 of 26", "better than average"),
        ("I_IGOV12IF", "2021", 48.0, 47.0, 1.0, "19 of 26", "better than average"),
        ("I_IGOV12FM", "2021", 64.0, 38.0, 26.0, "3 of 25", "best performers"),
        ("I_IGOV12RT", "2021", 52.0, 44.0, 8.0, "11 of 25", "better than average"),
        ("EGOV_0", "2020-2021", 87.113_881, 67.742_034, 19.371_847, "3 of 27", ""),
    ] {
        let row = rows.iter().find(|c| c.indicator == indicator && c.time_period.to_string() == period).expect("the row is there");
        assert_eq!(row.country.map(Figure::value), Some(country), "{indicator}");
        assert_eq!(row.average.map(Figure::value), Some(average), "{indicator}");
        assert!((row.gap.expect("both are published") - gap).abs() < 1e-9, "{indicator}");
        assert_eq!(row.rank_eu.map(|r| format!("{} of {}", r.rank, r.of)).as_deref(), Some(rank), "{indicator}");
        assert_eq!(row.level_class.unwrap_or(""), class, "{indicator}");
    }
}
