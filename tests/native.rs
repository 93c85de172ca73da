//! Files as their publishers make them: skipped where `../shared/native` is not at hand. Small fixtures of our own that show the
//! same features are in `tests/formats.rs`.
#![expect(clippy::disallowed_methods, reason = "a test reads files from disk")]

use factsheet::document::figures::{self, At, Figures, Printed, Reading};
use std::path::Path;

fn native(name: &str) -> Option<Figures> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/native").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    };
    let read = figures::read(name, &bytes, &|_| true);
    assert_eq!(read.diagnostics, [], "{name}");
    Some(read.value)
}

fn find<'a>(figures: &'a Figures, geo: &str, period: &str, wanted: impl Fn(&Reading) -> bool) -> &'a Reading {
    figures.readings.iter().find(|r| &*r.geo == geo && &*r.time_period == period && wanted(r)).expect("there is such a reading")
}

fn cell(reading: &Reading) -> String {
    match &reading.at {
        At::Cell { .. } => reading.at.place(&"".into()).location(),
        At::Line(line) => line.to_string(),
        At::Position(_) => reading.at.place(&"".into()).location(),
    }
}

#[test]
fn a_data_browser_download_untouched() {
    let Some(figures) = native("tec00115_page_spreadsheet.xlsx") else { return };
    assert_eq!(figures.readings.len() % 12, 0, "twelve periods in every row");
    assert_eq!(figures.readings.len() / 12, 43, "as many rows as the sheet Structure lists countries");
    let bosnia = find(&figures, "Bosnia and Herzegovina", "2015", |_| true);
    assert_eq!((&bosnia.value, &*bosnia.flags, cell(bosnia)), (&Printed::Number(4.3), "b", "Sheet 1!F46".to_owned()));
    assert!(bosnia.flags_known);
    let series = &bosnia.series;
    assert_eq!(series.get("unit"), "Chain linked volumes, percentage change on previous period");
    assert_eq!(series.get("indicator"), "Gross domestic product at market prices");
    assert_eq!(find(&figures, "Liechtenstein", "2013", |_| true).value, Printed::Text(":".into()));
}

#[test]
fn a_data_browser_download_with_periods_in_rows() {
    let Some(figures) = native("lfsi_pt_a__custom_14828862_page_spreadsheet.xlsx") else { return };
    let belgium = find(&figures, "Belgium", "2010", |_| true);
    assert_eq!((&belgium.value, cell(belgium)), (&Printed::Number(23.6), "Sheet 1!D19".to_owned()));
    assert_eq!(belgium.series.get("sex"), "Total");
}

#[test]
fn bulk_tsv() {
    let Some(figures) = native("estat_tin00074.tsv") else { return };
    let at = find(&figures, "AT", "2018", |_| true);
    assert_eq!((&at.value, cell(at)), (&Printed::Text("0.52 b".into()), "2".to_owned()));
    assert_eq!(find(&figures, "CY", "2009", |_| true).value, Printed::Text(": c".into()));
    let Some(figures) = native("estat_isoc_e_dii.tsv") else { return };
    let high = |r: &Reading| r.series.get("indicator") == "E_DI2_HI" && r.series.get("size_emp") == "0-9";
    assert_eq!(find(&figures, "ES", "2018", high).value, Printed::Text("1.1".into()));
}

#[test]
fn sdmx_csv_and_tsv_of_one_data_set_agree() {
    let (Some(csv), Some(tsv)) = (native("estat_isoc_e_dii_sdmx.csv"), native("estat_isoc_e_dii.tsv")) else { return };
    let key = |r: &Reading| (r.series.dimensions.clone(), r.geo.clone(), r.time_period.clone());
    let plain = |r: &Reading| match &r.value {
        Printed::Text(text) => {
            let digits = text.split(' ').next().unwrap_or_default();
            (digits.parse::<f64>().ok().map(f64::to_bits), r.flags.to_string() + text.split(' ').nth(1).unwrap_or_default())
        }
        Printed::Nothing | Printed::Number(_) | Printed::Error(_) | Printed::Date(_) | Printed::Boolean(_) => panic!("text cells only"),
    };
    let by_key: std::collections::HashMap<_, _> = tsv.readings.iter().map(|r| (key(r), plain(r))).collect();
    let mut same = 0;
    for reading in &csv.readings {
        let (value, flags) = plain(reading);
        if let Some(found) = by_key.get(&key(reading)) {
            assert_eq!(found.0, value, "{reading:?}");
            assert!(flags.contains(&found.1), "{reading:?}");
            same += 1;
        }
    }
    assert!(same > 3_000, "{same} figures stand in both");
}

#[test]
fn json_stat() {
    let Some(figures) = native("isoc_ci_ifp_iu.json") else { return };
    assert_eq!(figures.readings.len(), 850);
    let flagged: Vec<&Reading> = figures.readings.iter().filter(|r| !r.flags.is_empty()).collect();
    assert!(flagged.len() <= 12 && !flagged.is_empty(), "flags at positions without a figure have no figure to stand beside");
    // Position 976 is the 1st of 24 periods on the 41st place of 44, of the first unit.
    assert!(figures.readings.iter().any(|r| r.value == Printed::Text("62.62".into())));
}

#[test]
fn the_benchmarks_result_workbook() {
    let Some(figures) = native("egovernment_benchmark_2022_source_data.xlsx") else { return };
    let lu = find(&figures, "LU", "2020-2021", |r| r.series.get("indicator") == "0");
    let Printed::Number(value) = lu.value else { panic!("a score is a number") };
    assert!((value - 87.113_881).abs() < 1e-6, "{value}");
    assert_eq!(lu.flags.len(), 0);
    let countries: std::collections::BTreeSet<&str> = figures.readings.iter().map(|r| &*r.geo).collect();
    assert_eq!(countries.len(), 37);
    let first = figures.readings.iter().find(|r| &*r.time_period == "2018-2019").expect("the biennium after the break");
    assert_eq!(&*first.flags, "b");
}
