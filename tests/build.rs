//! One real build of the project's own seeds and inputs, as a user runs it, whose outputs are opened again and looked into.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use calamine::{Data, Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

fn run(arguments: &[&str], project: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factsheet")).args(arguments).current_dir(project).output().expect("the program can be started")
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the test folder can be made");
    folder
}

fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("the output can be listed") {
            let path = entry.expect("the output can be listed").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).expect("found below the root").to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read(&path).expect("the output can be read"));
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(root, root, &mut files);
    files
}

/// The one build that all tests look into.
fn built() -> &'static BTreeMap<String, Vec<u8>> {
    static BUILT: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let output = folder("build");
        let made = run(&["build", "--output", output.to_str().expect("the folder has a plain name")], project());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        tree(&output)
    })
}

fn csv(name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = built().get(name).unwrap_or_else(|| panic!("{name} was written"));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let heads = reader.headers().expect("a header row").clone();
    reader
        .records()
        .map(|record| heads.iter().map(str::to_owned).zip(record.expect("a row of the same length").iter().map(str::to_owned)).collect())
        .collect()
}

#[test]
fn both_publications_hold_what_they_should() {
    for id in ["lu-dpa-2022", "lu-progress-2020"] {
        for file in ["factsheet.pdf", "at-a-glance.pdf", "factsheet.xlsx", "factsheet-working.xlsx", "data/observations.csv"] {
            assert!(built().contains_key(&format!("{id}/{file}")), "{id}/{file}");
        }
        assert!(built().keys().any(|name| name.starts_with(&format!("{id}/charts/")) && name.ends_with(".svg")));
    }
    assert!(built().contains_key("manifest.json") && built().contains_key("check.html"));
}

/// Read off lines 112 to 128 of the source by hand: five values stand in the next column there.
#[test]
fn the_benchmark_table_has_its_rows_with_displaced_values_in_place() {
    let rows = csv("lu-dpa-2022/data/egovernment_benchmark.csv");
    let read: Vec<(&str, &str, &str, &str)> = rows
        .iter()
        .map(|r| (r["dimension"].as_str(), r["indicator"].as_str(), r["eu_average"].as_str(), r["country_value"].as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("USER CENTRICITY", "Overall scores", "88.3", "95"),
            ("USER CENTRICITY", "Online Availability", "86.7", "94"),
            ("USER CENTRICITY", "Mobile Friendliness", "92", "95"),
            ("USER CENTRICITY", "User Support", "91.2", "95"),
            ("TRANSPARENCY", "Overall scores", "59.5", "88"),
            ("TRANSPARENCY", "Service Delivery", "50.6", "69"),
            ("TRANSPARENCY", "Personal Data", "69.4", "96"),
            ("TRANSPARENCY", "Service Design", "58.6", "100"),
            ("KEY ENABLERS", "Overall scores", "68.7", "76"),
            ("KEY ENABLERS", "eID", "62.8", "67"),
            ("KEY ENABLERS", "eDocuments", "74.7", "66"),
            ("KEY ENABLERS", "Digital Post", "76.3", "100"),
            ("CROSS-BORDER SERVICES", "Overall scores", "54.5", "90"),
            ("CROSS-BORDER SERVICES", "Online Availability", "59.1", "94"),
            ("CROSS-BORDER SERVICES", "User Support", "66.3", "100"),
            ("CROSS-BORDER SERVICES", "eID", "23.8", "72"),
            ("CROSS-BORDER SERVICES", "eDocuments", "45.6", "72"),
        ]
    );
    let check = String::from_utf8_lossy(&built()["check.json"]);
    assert!(check.to_lowercase().contains("authentic sources"), "the lost row is reported");
}

#[test]
fn line_charts_show_the_numbers_of_the_workbook() {
    let path = project().join("input/egovernment-use.xlsx");
    let mut workbook: Xlsx<_> = open_workbook(path).expect("the input opens");
    for code in ["I_IUGOV12", "I_IGOV12IF", "I_IGOV12FM", "I_IGOV12RT"] {
        let svg =
            String::from_utf8_lossy(&built()[&format!("lu-dpa-2022/charts/{}.svg", code.to_lowercase().replace('_', "-"))]).into_owned();
        let range = workbook.worksheet_range(code).expect("a sheet per indicator");
        let heads: Vec<String> = range.rows().next().expect("a header row").iter().map(ToString::to_string).collect();
        let at = |name: &str| heads.iter().position(|h| h == name).unwrap_or_else(|| panic!("column {name}"));
        let (geo, period, value) = (at("geo"), at("time_period"), at("obs_value"));
        let mut shown = 0;
        for row in range.rows().skip(1) {
            let year: i32 = row[period].to_string().parse().unwrap_or(0);
            let wanted = matches!(row[geo].to_string().as_str(), "LU" | "EU27_2020") && (2011..=2021).contains(&year);
            if let (true, Data::Float(number)) = (wanted, &row[value]) {
                assert!(svg.contains(&format!(">{number}<")), "{code} {year}: {number} stands in the chart");
                shown += 1;
            }
        }
        assert_eq!(shown, 22, "{code}: eleven years of the country and of the EU");
    }
}

#[test]
fn documents_and_workbooks_open_again() {
    for (name, bytes) in built() {
        if name.ends_with(".pdf") {
            let faults = factsheet::writer::pdf::check(name, bytes).expect("a PDF");
            assert!(faults.is_empty(), "{name}: {faults:?}");
        } else if name.ends_with(".xlsx") {
            let workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
            assert!(workbook.sheet_names().len() > 5, "{name} has its sheets");
        } else if name.ends_with(".parquet") {
            assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name} is Parquet");
        }
    }
}

#[test]
fn no_line_of_a_source_is_unread() {
    for id in ["lu-dpa-2022", "lu-progress-2020"] {
        let unread: Vec<_> = csv(&format!("{id}/data/ledger.csv")).into_iter().filter(|r| r["role"] == "unread").collect();
        assert!(unread.is_empty(), "{id}: {unread:?}");
    }
}

#[test]
fn a_second_build_writes_the_same_bytes() {
    let output = folder("again");
    let made = run(&["build", "--output", output.to_str().expect("a plain name")], project());
    assert!(made.status.success());
    let again = tree(&output);
    let differing: Vec<&String> = built().keys().filter(|name| again.get(*name) != built().get(*name)).collect();
    assert!(differing.is_empty() && again.len() == built().len(), "differ: {differing:?}");
}

/// A copy of the project's data that a test may break.
fn copy(name: &str) -> PathBuf {
    let root = folder(name);
    for part in ["seeds", "input"] {
        std::fs::create_dir_all(root.join(part)).expect("a folder");
        for entry in std::fs::read_dir(project().join(part)).expect("the project's data") {
            let path = entry.expect("the project's data").path();
            std::fs::copy(&path, root.join(part).join(path.file_name().expect("a file has a name"))).expect("copied");
        }
    }
    std::fs::create_dir_all(root.join("output")).expect("a folder");
    root
}

#[test]
fn a_broken_input_is_named_and_the_earlier_output_stays() {
    let root = copy("broken");
    assert!(run(&["build", "--only", "data"], &root).status.success());
    let before = tree(&root.join("output"));
    let workbook = root.join("input/desi.xlsx");
    let bytes = std::fs::read(&workbook).expect("the input");
    std::fs::write(&workbook, &bytes[..bytes.len() / 2]).expect("cut short");
    let made = run(&["build", "--only", "data"], &root);
    assert_eq!(made.status.code(), Some(1));
    let message = String::from_utf8_lossy(&made.stderr);
    assert!(message.contains("input/desi.xlsx") && message.contains("help:"), "{message}");
    let after = tree(&root.join("output"));
    let changed: Vec<&String> = before.keys().filter(|n| !n.starts_with("check.") && before.get(*n) != after.get(*n)).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn a_text_that_is_no_factsheet_is_refused() {
    let root = copy("stranger");
    std::fs::write(root.join("letter.txt"), "Dear Sir or Madam,\n\nthis is a letter.\n").expect("written");
    let made = run(&["build", "--source", "letter.txt"], &root);
    assert_eq!(made.status.code(), Some(1));
    let message = String::from_utf8_lossy(&made.stderr);
    assert!(message.contains("PUB001") && message.contains("letter.txt") && message.contains("Dear Sir"), "{message}");
}
