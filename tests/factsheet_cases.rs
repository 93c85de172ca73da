//! Small factsheets of our own (`tests/cases/dpa`) and inputs that are none.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use factsheet::dataset::dpa::DpaDatasets;
use factsheet::diagnostic::Diagnostic;
use factsheet::document::dpa;
use factsheet::source::{Source, Text};
use std::path::PathBuf;

fn decode(bytes: Vec<u8>) -> (Option<Text>, Vec<Diagnostic>) {
    let decoded = Text::decode(&Source::new("case.txt", None, bytes));
    (decoded.value, decoded.diagnostics)
}

fn read(name: &str) -> (DpaDatasets, Vec<String>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/dpa").join(name);
    let text = decode(std::fs::read(path).expect("the case is there")).0.expect("the case is UTF-8");
    let factsheet = dpa::read(&text);
    let mut ids: Vec<String> = factsheet.diagnostics.iter().map(|d| d.rule.id.to_owned()).collect();
    let datasets = DpaDatasets::of(&factsheet.value.expect("the case is a factsheet"), &text);
    ids.extend(datasets.diagnostics.iter().map(|d| d.rule.id.to_owned()));
    (datasets.value, ids)
}

fn value(datasets: &DpaDatasets, dimension: &str, indicator: &str) -> Option<f64> {
    let row = datasets.egovernment_benchmark.iter().find(|r| r.dimension == dimension && r.indicator == indicator)?;
    row.country_value.map(|f| f.value())
}

#[test]
fn displaced_values_are_read_and_reported() {
    let (datasets, ids) = read("table-displaced.txt");
    assert_eq!((datasets.geo.code(), datasets.edition.as_str()), ("IS", "2022"));
    assert_eq!(datasets.egovernment_benchmark.len(), 18);
    assert_eq!(value(&datasets, "USER CENTRICITY", "Online Availability"), Some(91.0));
    assert_eq!(value(&datasets, "TRANSPARENCY", "Overall scores"), Some(71.0));
    assert_eq!(value(&datasets, "USER CENTRICITY", "Overall scores"), Some(90.4));
    assert_eq!(ids.iter().filter(|i| *i == "DPA011").count(), 3);
    assert!(!ids.contains(&"DPA010".to_owned()), "no row is lost: {ids:?}");
}

#[test]
fn another_lost_row_is_reported() {
    let (datasets, ids) = read("table-lost-row.txt");
    assert_eq!((datasets.geo.code(), datasets.country.as_str()), ("NL", "The Netherlands"));
    assert_eq!(datasets.egovernment_benchmark.len(), 17);
    assert_eq!(ids.iter().filter(|i| *i == "DPA010").count(), 1);
    assert!(datasets.artefacts.iter().any(|a| a.kind.as_str() == "lost row" && a.treatment.contains("service design")));
    assert!(!ids.contains(&"DPA011".to_owned()), "nothing is displaced: {ids:?}");
}

#[test]
fn a_whole_table_of_another_shape_has_no_fault() {
    let (datasets, ids) = read("table-whole.txt");
    assert_eq!((datasets.geo.code(), datasets.edition.as_str()), ("TR", "2023"));
    assert_eq!(datasets.egovernment_benchmark.len(), 18);
    assert_eq!(value(&datasets, "KEY ENABLERS", "Pre-filled Forms"), Some(66.0));
    assert_eq!(datasets.figures.iter().filter(|f| f.status == "kept as table").count(), 1);
    assert!(!ids.iter().any(|i| i == "DPA010" || i == "DPA011" || i == "DPA012"), "{ids:?}");
}

#[test]
fn the_template_is_read_in_any_country() {
    for name in ["table-displaced.txt", "table-lost-row.txt", "table-whole.txt"] {
        let (datasets, _) = read(name);
        let entry = datasets.entries.first().expect("there is one entry");
        assert_eq!((entry.title.as_str(), datasets.entries.len()), ("Harbour Plan", 1), "{name}");
        assert!(entry.text.contains("12 measures for ports of all sizes."), "{name}: {}", entry.text);
        assert_eq!(
            entry.summary,
            "On 3 March 2021, the Ministry of Harbours presented the Harbour Plan with 12 measures for ports of all sizes."
        );
        let declared: Vec<&str> = datasets.coverage.iter().filter(|c| c.declared_empty).map(|c| c.statement.as_str()).collect();
        assert_eq!(
            declared,
            ["There is no political communication in this field to date.", "No legislation has ben adopted in this field to date."]
        );
        assert!(datasets.terms.iter().any(|t| t.term == "Ministry of Harbours" && t.style == "bold"));
        assert!(datasets.organisations.iter().any(|o| o.name == "Ministry of Harbours"));
        assert!(datasets.dated_events.iter().any(|d| d.qualifier == "spring" && d.date_text == "2022"));
        assert!(datasets.prose.iter().any(|p| p.text.contains("However, the Harbour Plan names standards.")));
    }
}

#[test]
fn what_is_no_factsheet_says_so() {
    let (text, diagnostics) = decode(b"caf\xe9 au lait".to_vec());
    assert!(text.is_none() && diagnostics.len() == 1, "wrong encoding has a place");
    for bytes in [&b""[..], b"\n\n\n", b"%PDF-1.7\nobj 1 0\nstream\n", b"A letter.\n\nNothing of the kind.\n", "\u{feff}".as_bytes()] {
        let (text, _) = decode(bytes.to_vec());
        let text = text.expect("these are UTF-8");
        assert!(!dpa::is(&text));
        assert!(dpa::read(&text).value.is_none());
    }
    let (text, _) = decode(b"Digital Public Administration factsheet 2022\n\nAtlantis\n".to_vec());
    let read = dpa::read(&text.expect("UTF-8"));
    assert!(read.value.is_none());
    assert!(read.diagnostics.iter().any(|d| d.rule.id == "DPA001"), "an unknown country is said");
}

#[test]
fn a_truncated_text_is_read_as_far_as_it_goes() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/dpa/table-whole.txt");
    let bytes = std::fs::read(path).expect("the case is there");
    for length in (0..bytes.len()).step_by(37) {
        let (text, _) = decode(bytes[..length].to_vec());
        let Some(text) = text else { continue };
        if let Some(factsheet) = dpa::read(&text).value {
            DpaDatasets::of(&factsheet, &text);
        }
    }
    let cut = decode(bytes[..bytes.len() / 2].to_vec()).0.expect("the cut is at ASCII");
    let read = dpa::read(&cut);
    assert!(read.diagnostics.iter().any(|d| d.rule.id == "DPA003"), "an announced chapter is missing: {:?}", read.diagnostics);
}

#[test]
fn a_line_of_a_million_characters_is_read() {
    for filler in ["x", "[", "*", "**a ", "[a](", "1 ", "Act of ", ". ", "(", "A ", "2020 ", "and "] {
        let mut text = "Digital Public Administration factsheet 2022\n\nGermany\n\n1 Digital Public Administration Legislation\n\n1.1 Interoperability\n\nTitle\n\n".to_owned();
        // What makes a row of every word is slow enough at a tenth.
        let length = if matches!(filler, "1 " | "2020 " | ". ") { 100_000 } else { 1_000_000 };
        text.push_str(&filler.repeat(length / filler.len()));
        text.push('\n');
        let text = decode(text.into_bytes()).0.expect("UTF-8");
        let factsheet = dpa::read(&text).value.expect("a factsheet");
        let datasets = DpaDatasets::of(&factsheet, &text);
        assert!(!datasets.value.ledger.is_empty(), "{filler}");
        assert!(datasets.diagnostics.iter().any(|d| d.rule.id == "DPA031"), "{filler}");
    }
}

#[test]
fn a_country_and_an_edition_never_seen_are_read() {
    let (datasets, ids) = read("portugal-2024.txt");
    assert_eq!((datasets.geo.code(), datasets.edition.as_str()), ("PT", "2024"));
    let claims: Vec<(&str, &str)> = datasets.eif_claims.iter().map(|c| (c.item.as_str(), c.score.as_str())).collect();
    assert_eq!(claims, [("Principle 2 (Openness)", "4"), ("Principle 9 (Multilingualism)", "3")]);
    let dates: Vec<String> = datasets.legal_acts.iter().filter_map(|a| a.date).map(|d| d.to_string()).collect();
    assert_eq!(dates, ["2021-11-03"], "a day says all that the year in the number says");
    let people: Vec<(&str, &str)> = datasets.people.iter().map(|p| (p.name.as_str(), p.role.as_str())).collect();
    assert_eq!(people, [("João Dias", "")]);
    let empty: Vec<&str> = datasets.coverage.iter().filter(|c| c.declared_empty).map(|c| c.section_number.as_str()).collect();
    assert_eq!(empty, ["2.2", "3.1"]);
    assert!(ids.is_empty(), "{ids:?}");
}
