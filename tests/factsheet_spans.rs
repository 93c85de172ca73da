//! What a row quotes stands on the lines that it names: every row of every dataset of the family `dpa`.
//!
//! Normalised columns are not quoted and are named in [`NORMALISED`] with the column that holds the printed form.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use factsheet::dataset::dpa::DpaDatasets;
use factsheet::dataset::{Table, Value};
use factsheet::document::dpa;
use factsheet::source::{Source, Text};
use std::path::PathBuf;

/// Columns that say something in the words of DATASETS.md, and in which column the printed form stands (empty: in none).
const NORMALISED: &[(&str, &str, &str)] = &[
    ("entries", "chapter", ""),
    ("entries", "section_number", ""),
    ("entries", "section_title", ""),
    ("entries", "kind", ""),
    ("coverage", "chapter", ""),
    ("coverage", "section_number", ""),
    ("coverage", "section_title", ""),
    ("highlights", "heading", ""),
    ("egovernment_benchmark", "dimension", ""),
    ("egovernment_benchmark", "unit", ""),
    ("egovernment_benchmark", "certainty", ""),
    ("egovernment_benchmark", "alternatives", ""),
    ("basic_data", "unit", "value_raw"),
    ("legal_acts", "act_type", "title"),
    ("legal_acts", "date", ""),
    ("legal_acts", "date_precision", ""),
    ("legal_acts", "date_role", ""),
    ("legal_acts", "section_number", ""),
    ("legal_acts", "certainty", ""),
    ("legal_acts", "alternatives", ""),
    ("eu_acts", "identifier", "identifier_as_written"),
    ("eu_acts", "act_type", ""),
    ("eu_acts", "relation", ""),
    ("eu_acts", "section_number", ""),
    ("eu_acts", "certainty", ""),
    ("eu_acts", "alternatives", ""),
    ("dated_events", "date", "date_text"),
    ("dated_events", "date_precision", ""),
    ("dated_events", "section_number", ""),
    ("quantities", "unit", "value_raw"),
    ("quantities", "section_number", ""),
    ("eif_claims", "scoreboard", ""),
    ("eif_claims", "score", "statement"),
    ("eif_claims", "relation_to_eu_average", "statement"),
    ("eif_claims", "recommendation", "statement"),
    ("eif_claims", "certainty", ""),
    ("eif_claims", "alternatives", ""),
    ("links", "target", ""),
    ("links", "section_number", ""),
    ("terms", "style", ""),
    ("terms", "section_number", ""),
    ("organisations", "abbreviation", ""),
    ("organisations", "native_name", ""),
    ("figures", "status", ""),
    ("figures", "section_number", ""),
    ("cross_border_services", "audience", ""),
    ("artefacts", "kind", ""),
    ("artefacts", "treatment", ""),
    ("prose", "section_number", ""),
    ("prose", "section_title", ""),
];

/// A line without marks and blanks, by its own simple rules.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(target) = rest.strip_prefix("](")
            && let Some(end) = target.find(')')
        {
            rest = &target[end + 1..];
            continue;
        }
        if !matches!(c, '*' | '_' | '\\' | '[' | ']' | '¶' | '|') && !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
        {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn check(table: &Table, text: &Text, plain_lines: &[String], faults: &mut Vec<String>) {
    let name = table.schema.name;
    if name == "ledger" {
        return;
    }
    let (start, end) =
        (table.column("line_start").expect("a text dataset has lines"), table.column("line_end").expect("a text dataset has lines"));
    for row in &table.rows {
        let (Value::Integer(from), Value::Integer(to)) = (&row[start], &row[end]) else { panic!("{name}: lines are numbers") };
        let (from, to) = (u32::try_from(*from).expect("a line"), u32::try_from(*to).expect("a line"));
        assert!(from >= 1 && to >= from && to <= text.len(), "{name}: lines {from}-{to} exist");
        assert!(!text.is_blank(from) && !text.is_blank(to), "{name}: lines {from}-{to} are not blank");
        let source = plain_lines[from as usize - 1..to as usize].concat();
        for (i, column) in table.schema.columns.iter().enumerate() {
            let Value::Text(value) = &row[i] else { continue };
            if NORMALISED.iter().any(|(d, c, _)| *d == name && *c == column.name) || value.is_empty() {
                continue;
            }
            let quoted = plain(value);
            // A furniture line inside an entry's hull is left out of its text: each paragraph is looked for.
            let found = value.split('¶').all(|p| source.contains(&plain(p))) || source.contains(&quoted);
            // An organisation stands under the form in which the line names it.
            let other = name == "organisations"
                && ["abbreviation", "native_name"]
                    .iter()
                    .any(|c| table.column(c).is_some_and(|c| matches!(&row[c], Value::Text(t) if source.contains(&plain(t)))));
            if !found && !other {
                faults.push(format!("{name} {from}-{to} {}: “{}”", column.name, value.chars().take(90).collect::<String>()));
            }
        }
    }
}

fn check_file(path: &PathBuf) -> Vec<String> {
    let bytes = std::fs::read(path).expect("the file opens");
    let text = Text::decode(&Source::new(path.display().to_string(), None, bytes)).value.expect("the text is UTF-8");
    let factsheet = dpa::read(&text).value.expect("the text is a factsheet");
    let datasets = DpaDatasets::of(&factsheet, &text).value;
    let mut faults = Vec::new();
    let plain_lines: Vec<String> = text.lines().map(|(_, l)| plain(l.trim_start_matches(['-', '•', ' ', '\t']))).collect();
    for table in datasets.tables() {
        check(&table, &text, &plain_lines, &mut faults);
    }
    let unread = datasets.ledger.iter().filter(|e| e.role.as_str() == "unread").count();
    assert_eq!(unread, 0, "{}: every line is read", path.display());
    let covered: std::collections::BTreeSet<u32> = datasets.ledger.iter().flat_map(|e| e.lines.start()..=e.lines.end()).collect();
    assert!((1..=text.len()).all(|l| text.is_blank(l) || covered.contains(&l)), "{}: the ledger covers every line", path.display());
    faults
}

#[test]
fn what_a_row_quotes_stands_on_its_lines() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("seeds/dpa-factsheet-2022-luxembourg.txt")];
    let mut own: Vec<PathBuf> =
        std::fs::read_dir(root.join("tests/cases/dpa")).map(|d| d.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    own.retain(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("table-")));
    files.append(&mut own);
    match std::fs::read_dir(root.join("../shared/corpus")) {
        Ok(entries) => files
            .extend(entries.flatten().map(|e| e.path()).filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("dpa-")))),
        Err(_) => eprintln!("SKIPPED: ../shared/corpus is not here: only the seed and our own texts were looked at"),
    }
    files.sort();
    let faults: Vec<String> = files
        .iter()
        .flat_map(|f| check_file(f).into_iter().map(|x| format!("{}: {x}", f.file_name().unwrap_or_default().to_string_lossy())))
        .collect();
    assert!(faults.is_empty(), "{} quotes do not stand on their lines:\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}
