//! Two reports of our own (other countries, other areas, one scrambled and one not) against expectations held line by line
//! against what their author meant, and texts that no reader should stumble over.

#![expect(clippy::disallowed_methods, reason = "a test reads the project from disk")]

use factsheet::dataset::{LineRole, progress::ProgressDatasets};
use factsheet::document::progress;
use factsheet::source::{Source, Text};
use std::fmt::Write;
use std::path::Path;

/// Datasets that a case's `expected.txt` shows in full.
const SHOWN: &[&str] = &[
    "sections",
    "priorities",
    "milestones",
    "stages",
    "initiatives",
    "spotlights",
    "interviews",
    "interview_questions",
    "quotes",
    "timeline_events",
    "regulations",
    "quantities",
    "organisations",
    "people",
    "principles",
];

fn text_of(name: &str, bytes: &[u8]) -> Text {
    Text::decode(&Source::new(name, None, bytes.to_vec())).value.expect("the case is UTF-8")
}

fn case(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// Diagnostics, country and rows as lines of text.
fn dump(text: &Text) -> String {
    let brochure = progress::read(text);
    let mut out = String::new();
    let Some(shape) = brochure.value else { return "not of this family\n".to_owned() };
    let datasets = ProgressDatasets::of(&shape, text);
    for d in brochure.diagnostics.iter().chain(&datasets.diagnostics) {
        writeln!(out, "{} at {}: {}", d.rule.id, d.place.location(), d.found).expect("a string takes everything");
    }
    let datasets = datasets.value;
    let geo = datasets.geo.map_or("", |g| g.code());
    writeln!(out, "{geo} | {} | {}", datasets.edition, datasets.title).expect("a string takes everything");
    for table in datasets.tables().iter().filter(|t| SHOWN.contains(&t.schema.name)) {
        writeln!(out, "## {}", table.schema.name).expect("a string takes everything");
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|v| v.plain()).collect();
            writeln!(out, "{}", cells.join(" ; ").trim_end()).expect("a string takes everything");
        }
    }
    out
}

fn compare(name: &str) {
    let text = text_of("input.txt", &std::fs::read(case(name).join("input.txt")).expect("the case has an input"));
    let ours = dump(&text);
    let expected = std::fs::read_to_string(case(name).join("expected.txt")).expect("the case has an expectation");
    for (number, (a, b)) in (1..).zip(expected.lines().zip(ours.lines())) {
        assert_eq!(a, b, "{name}: line {number} of expected.txt");
    }
    assert_eq!(expected.lines().count(), ours.lines().count(), "{name}: rows beyond the expectation:\n{ours}");
}

#[test]
fn a_report_that_is_not_scrambled_is_read_with_certainty() {
    compare("progress-plain");
}

#[test]
fn a_report_scrambled_otherwise_is_read_with_what_it_leaves_open() {
    compare("progress-scrambled");
}

/// Every dataset of a text, checked for what must hold of any: spans within the text, each non-blank line in the ledger,
/// words of a served row in its columns, ambiguity with candidates.
fn hold(text: &Text) {
    let Some(shape) = progress::read(text).value else { return };
    let datasets = ProgressDatasets::of(&shape, text).value;
    let tables = datasets.tables();
    let mut covered = vec![false; text.len() as usize + 1];
    let fold = |s: &str| s.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for entry in &datasets.ledger {
        for n in entry.lines.start()..=entry.lines.end() {
            assert!(!text.is_blank(n), "the ledger has a blank line: {n}");
            covered[n as usize] = true;
        }
        if let LineRole::Row { dataset, row } = entry.role {
            let table = tables.iter().find(|t| t.schema.name == dataset).expect("the ledger names datasets");
            let words = fold(&table.rows[row as usize - 1].iter().map(|v| v.plain()).collect::<Vec<_>>().join(" "));
            for n in entry.lines.start()..=entry.lines.end() {
                let line = text.line(n);
                // A line may end one sentence and begin another: some of its words stand in the row.
                assert!(
                    line.split_whitespace().map(fold).any(|w| !w.is_empty() && words.contains(&w)),
                    "line {n} `{line}` is not in row {row} of {dataset}"
                );
            }
        }
    }
    for (n, line) in text.lines() {
        assert!(covered[n as usize] || line.trim().is_empty(), "line {n} `{line}` is not in the ledger");
    }
    for table in &tables {
        let column = |name: &str| table.column(name);
        for row in &table.rows {
            if let (Some(start), Some(end)) = (column("line_start"), column("line_end")) {
                let line = |i: usize| row[i].plain().parse::<u32>().expect("a line is a number");
                assert!(1 <= line(start) && line(start) <= line(end) && line(end) <= text.len(), "{}: span of {row:?}", table.schema.name);
            }
            if let (Some(certainty), Some(others)) = (column("certainty"), column("alternatives")) {
                assert_eq!(row[certainty].plain() == "ambiguous", !row[others].plain().is_empty(), "{}: {row:?}", table.schema.name);
            }
        }
    }
}

fn inputs() -> Vec<String> {
    let mut inputs: Vec<String> = ["progress-plain", "progress-scrambled"]
        .iter()
        .map(|name| std::fs::read_to_string(case(name).join("input.txt")).expect("the case has an input"))
        .collect();
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds/digital-luxembourg-progress-report-2020.txt");
    match std::fs::read_to_string(&seed) {
        Ok(text) => inputs.push(text),
        Err(_) => eprintln!("SKIPPED: the seed is not in ../shared/seeds/"),
    }
    inputs
}

#[test]
fn what_must_hold_holds_of_every_report() {
    for input in inputs() {
        hold(&text_of("input.txt", input.as_bytes()));
    }
}

#[test]
fn damaged_reports_are_read_without_a_fall() {
    for input in inputs().iter().take(2) {
        let lines: Vec<&str> = input.lines().collect();
        for cut in (0..lines.len()).step_by(7) {
            hold(&text_of("head.txt", lines[..cut].join("\n").as_bytes()));
            hold(&text_of("tail.txt", lines[cut..].join("\n").as_bytes()));
        }
        // Lines in another order, by a fixed rule.
        for step in [3, 7, 11] {
            let shuffled: Vec<&str> = (0..lines.len()).map(|i| lines[(i * step + i / 5) % lines.len()]).collect();
            hold(&text_of("shuffled.txt", shuffled.join("\n").as_bytes()));
        }
        hold(&text_of("crlf.txt", lines.join("\r\n").as_bytes()));
        hold(&text_of("no-blanks.txt", lines.iter().filter(|l| !l.is_empty()).copied().collect::<Vec<_>>().join("\n").as_bytes()));
        hold(&text_of("all-blanks.txt", lines.join("\n\n").as_bytes()));
        hold(&text_of("one-page.txt", lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join("\n").as_bytes()));
        hold(&text_of("form-feeds.txt", input.replace("\n ", "\n\u{c}").as_bytes()));
    }
}

#[test]
fn texts_of_other_kinds_are_not_taken_for_reports() {
    for input in ["", "\n\n", "2016\n2017\n2018\n", "Then\nNow\nUp next\n", "# A heading\n\nProse of 2016, then, now & up next.\n"] {
        let text = text_of("other.txt", input.as_bytes());
        assert!(!progress::is(&text), "{input:?}");
        assert!(progress::read(&text).value.is_none());
    }
}

#[test]
fn form_feeds_open_pages_as_their_remains_do() {
    let input = inputs().swap_remove(0);
    let feeds = input.replace("\n ", "\n\u{c}");
    assert_eq!(dump(&text_of("input.txt", input.as_bytes())), dump(&text_of("input.txt", feeds.as_bytes())));
}

#[test]
fn labels_that_may_stand_after_their_milestones_prove_nothing() {
    let input = " area\nthen & now.\n\nwater\n\nFirst well\n\n2016\n\nSecond well\n\n2017\n\nThird well\n\n2018\n\nThen\n\n\
                 Buckets carried from far away\n\nNow\n\nA pump in every one of the villages\n\nUp next\n\nWater that is clean by itself\n";
    let text = text_of("input.txt", input.as_bytes());
    let shape = progress::read(&text).value.expect("three stages and three years make a report");
    let datasets = ProgressDatasets::of(&shape, &text).value;
    assert_eq!(datasets.milestones.len(), 3);
    assert!(datasets.milestones.iter().all(|m| !m.certainty.is_certain()), "{:#?}", datasets.milestones);
}
