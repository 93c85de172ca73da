//! The datasets against truth labelled by hand: `tests/gold/README.md` says how it was made.
//!
//! A row counts as found by its key and its lines; wording that DATASETS.md leaves free (`event`, `subject`) is not compared.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use factsheet::dataset::Table;
use factsheet::dataset::dpa::DpaDatasets;
use factsheet::document::dpa;
use factsheet::source::{Source, Text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Row = BTreeMap<String, String>;

const PUBLICATIONS: &[(&str, &str)] = &[
    ("lu-dpa-2022", "seeds/dpa-factsheet-2022-luxembourg.txt"),
    ("ee-dpa-2022", "../shared/corpus/dpa-factsheet-2022-estonia.txt"),
    ("mt-dpa-2023", "../shared/corpus/dpa-factsheet-2023-malta.txt"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn csv_rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("the gold file opens");
    reader.deserialize().map(|r| r.expect("a gold row has the columns of its header")).collect()
}

fn table_rows(table: &Table) -> Vec<Row> {
    let name = |i: usize| table.schema.columns[i].name.to_owned();
    table.rows.iter().map(|r| r.iter().enumerate().map(|(i, v)| (name(i), v.plain())).collect()).collect()
}

fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

fn lines(row: &Row) -> (u32, u32) {
    let line = |c| cell(row, c).parse().unwrap_or(0);
    (line("line_start"), line("line_end"))
}

fn overlap(a: &Row, b: &Row) -> bool {
    let (a, b) = (lines(a), lines(b));
    a.0 <= b.1 && b.0 <= a.1
}

fn optional(gold: &Row) -> bool {
    cell(gold, "optional") == "true" || cell(gold, "certainty") == "ambiguous"
}

/// Lower case, quotes and blanks folded.
fn fold(text: &str) -> String {
    let text: String =
        text.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{ad}')).map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Equal, or the beginning where the gold value is cut.
fn same(gold: &str, found: &str) -> bool {
    let (gold, found) = (fold(gold), fold(found));
    gold.strip_suffix('…').map_or(gold == found, |g| found.starts_with(g.trim_end()))
}

/// The gold value of a column and its other right forms.
fn forms<'a>(gold: &'a Row, column: &str) -> Vec<&'a str> {
    let also = ["also", "aliases"].iter().flat_map(|c| cell(gold, c).split('|'));
    std::iter::once(cell(gold, column)).chain(also).map(str::trim).filter(|f| !f.is_empty()).collect()
}

/// One form begins as the other does, by whole words.
fn begins(gold: &str, found: &str) -> bool {
    let strip = |t: &str| fold(t).trim_start_matches("the ").trim_end_matches('…').trim_end().to_owned();
    let (gold, found) = (strip(gold), strip(found));
    same(&gold, &found) || (!gold.is_empty() && !found.is_empty() && (found.starts_with(&gold) || gold.starts_with(&found)))
}

/// One contains the other.
fn within(gold: &str, found: &str) -> bool {
    let (gold, found) = (fold(gold.trim_end_matches('…')), fold(found));
    !gold.is_empty() && !found.is_empty() && (gold.contains(&found) || found.contains(&gold))
}

/// Whether a found row is the gold row.
fn matches(dataset: &str, gold: &Row, found: &Row) -> bool {
    let equal = |columns: &[&str]| columns.iter().all(|c| same(cell(gold, c), cell(found, c)));
    let here = lines(gold) == lines(found);
    match dataset {
        "sections" => equal(&["level", "number", "title"]) && here,
        "entries" => equal(&["section_number", "title", "chapter", "kind"]) && here,
        "coverage" => equal(&["section_number", "entries", "declared_empty", "statement"]) && here,
        "egovernment_benchmark" => {
            let number = |r: &Row, c: &str| cell(r, c).parse::<f64>().ok();
            equal(&["dimension", "indicator", "unit"])
                && here
                && ["eu_average", "country_value"].iter().all(|c| number(gold, c) == number(found, c))
        }
        "highlights" => equal(&["heading", "statement"]) && here,
        "cross_border_services" => equal(&["audience", "service_group", "example"]) && here,
        "figures" => equal(&["source_text", "status"]) && lines(gold).1 == lines(found).1,
        "links" => equal(&["text", "target"]) && overlap(gold, found),
        "terms" => equal(&["term", "style"]) && overlap(gold, found),
        "people" => equal(&["name"]) && overlap(gold, found),
        "legal_acts" => equal(&["date"]) && overlap(gold, found) && forms(gold, "title").iter().any(|f| begins(f, cell(found, "title"))),
        "eu_acts" if cell(gold, "identifier").is_empty() => {
            overlap(gold, found) && cell(found, "identifier").is_empty() && {
                let written = [cell(gold, "title"), cell(gold, "identifier_as_written")];
                written.iter().any(|g| within(g, cell(found, "title")) || within(g, cell(found, "identifier_as_written")))
            }
        }
        "eu_acts" => equal(&["identifier"]) && overlap(gold, found),
        "dated_events" => equal(&["date"]) && overlap(gold, found),
        "quantities" => {
            let number = |r: &Row, c: &str| cell(r, c).parse::<f64>().ok();
            let unit = cell(found, "unit");
            let units = cell(gold, "also").split(';').map(|a| a.trim().trim_start_matches("unit:").trim());
            let mut units = std::iter::once(cell(gold, "unit")).chain(units);
            number(gold, "value") == number(found, "value")
                && overlap(gold, found)
                && (cell(gold, "unit").is_empty() || units.any(|u| within(u, unit) || (u == "unit empty" && unit.is_empty())))
        }
        "organisations" => {
            let found_names = [cell(found, "name"), cell(found, "abbreviation"), cell(found, "native_name")];
            let mut names = forms(gold, "name");
            names.extend([cell(gold, "abbreviation"), cell(gold, "native_name")].iter().filter(|n| !n.is_empty()));
            lines(gold).0 == lines(found).0 && names.iter().any(|g| found_names.iter().any(|f| !f.is_empty() && same(g, f)))
        }
        _ => panic!("no key for {dataset}"),
    }
}

#[derive(Default)]
struct Score {
    wanted: usize,
    hit: usize,
    given: usize,
    right: usize,
    missed: Vec<Row>,
    wrong: Vec<Row>,
}

impl Score {
    fn recall(&self) -> f64 {
        if self.wanted == 0 { 1.0 } else { self.hit as f64 / self.wanted as f64 }
    }

    fn precision(&self) -> f64 {
        if self.given == 0 { 1.0 } else { self.right as f64 / self.given as f64 }
    }
}

/// Pairs rows one to one, required gold rows first; what pairs with an optional row counts neither way.
fn score(dataset: &str, gold: &[Row], found: &[Row]) -> Score {
    let mut score = Score::default();
    let mut free: Vec<bool> = vec![true; found.len()];
    let mut given = found.len();
    for pass in [false, true] {
        for row in gold.iter().filter(|g| optional(g) == pass) {
            let pair = (0..found.len()).find(|i| free[*i] && matches(dataset, row, &found[*i]));
            if let Some(i) = pair {
                free[i] = false;
            }
            if pass {
                given -= usize::from(pair.is_some());
            } else {
                score.wanted += 1;
                score.hit += usize::from(pair.is_some());
                if pair.is_none() {
                    score.missed.push(row.clone());
                }
            }
        }
    }
    score.given = given;
    score.right = score.hit;
    score.wrong = (0..found.len()).filter(|i| free[*i]).map(|i| found[i].clone()).collect();
    score
}

/// What a claim says: score, relation, improvement, recommendation; only what is there.
fn claimed(row: &Row) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    for column in ["score", "relation_to_eu_average", "recommendation"] {
        let value = cell(row, column).trim_start_matches('0').to_owned();
        if !value.is_empty() {
            said.push((column, value));
        }
    }
    if cell(row, "area_for_improvement") == "true" {
        said.push(("area_for_improvement", "true".to_owned()));
    }
    said
}

/// Claims may be told in one row or in several: a gold row is found if a row about its item says all that it says.
fn score_claims(gold: &[Row], found: &[Row]) -> Score {
    let mut score = Score::default();
    let about = |g: &Row, f: &Row| {
        same(cell(g, "scoreboard"), cell(f, "scoreboard"))
            && overlap(g, f)
            && forms(g, "item").iter().any(|i| within(i, &cell(f, "item").replace("Principles ", "Principle ")))
    };
    for row in gold.iter().filter(|g| !optional(g)) {
        let said = claimed(row);
        let hit = found.iter().any(|f| about(row, f) && said.iter().all(|s| claimed(f).contains(s)));
        score.wanted += 1;
        score.hit += usize::from(hit);
        if !hit {
            score.missed.push(row.clone());
        }
    }
    for row in found {
        let known: Vec<_> = gold.iter().filter(|g| about(g, row)).collect();
        let right = !known.is_empty() && claimed(row).iter().all(|s| known.iter().any(|g| claimed(g).contains(s)));
        let free = known.iter().any(|g| optional(g)) && !known.iter().any(|g| !optional(g));
        if free {
            continue;
        }
        score.given += 1;
        score.right += usize::from(right);
        if !right {
            score.wrong.push(row.clone());
        }
    }
    score
}

fn in_slices(slices: &[(u32, u32)], row: &Row) -> bool {
    slices.is_empty() || slices.iter().any(|(a, b)| (*a..=*b).contains(&lines(row).0))
}

fn brief(row: &Row) -> String {
    let keep = [
        "title",
        "name",
        "item",
        "identifier",
        "date",
        "value_raw",
        "value",
        "unit",
        "score",
        "relation_to_eu_average",
        "area_for_improvement",
        "recommendation",
        "abbreviation",
        "number",
        "text",
        "term",
        "statement",
        "entries",
        "section_number",
    ];
    let cells: Vec<String> = keep.iter().filter(|k| !cell(row, k).is_empty()).map(|k| cell(row, k).chars().take(70).collect()).collect();
    format!("{}-{} {}", lines(row).0, lines(row).1, cells.join(" · "))
}

#[test]
fn datasets_hold_what_was_labelled_by_hand() {
    let gold = root().join("tests/gold");
    let slices = csv_rows(&gold.join("slices.csv"));
    let floors = csv_rows(&gold.join("floors.csv"));
    let verbose = std::env::var("GOLD").unwrap_or_default();
    let mut failures = Vec::new();
    println!("{:<13}{:<24}{:>7}{:>10}{:>8}{:>11}", "publication", "dataset", "wanted", "recall", "given", "precision");
    for (publication, file) in PUBLICATIONS {
        let path = root().join(file);
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("SKIPPED: {publication}: {file} is not here");
            continue;
        };
        let text = Text::decode(&Source::new(*file, None, bytes)).value.expect("the text is UTF-8");
        let factsheet = dpa::read(&text).value.expect("the text is a factsheet");
        let datasets = DpaDatasets::of(&factsheet, &text).value;
        for table in datasets.tables() {
            let dataset = table.schema.name;
            let path = gold.join(format!("{publication}.{dataset}.csv"));
            if !path.exists() {
                continue;
            }
            let slices: Vec<(u32, u32)> =
                slices.iter().filter(|s| cell(s, "publication") == *publication && cell(s, "dataset") == dataset).map(lines).collect();
            let wanted: Vec<Row> = csv_rows(&path).into_iter().filter(|r| in_slices(&slices, r)).collect();
            let found: Vec<Row> = table_rows(&table).into_iter().filter(|r| in_slices(&slices, r)).collect();
            let score = if dataset == "eif_claims" { score_claims(&wanted, &found) } else { score(dataset, &wanted, &found) };
            let (recall, precision) = (score.recall(), score.precision());
            println!("{publication:<13}{dataset:<24}{:>7}{recall:>10.3}{:>8}{precision:>11.3}", score.wanted, score.given);
            if verbose == dataset || verbose == "all" {
                score.missed.iter().for_each(|r| println!("    missed {}", brief(r)));
                score.wrong.iter().for_each(|r| println!("    wrong  {}", brief(r)));
            }
            let floor = floors.iter().find(|f| cell(f, "publication") == *publication && cell(f, "dataset") == dataset);
            let least = |column: &str| floor.and_then(|f| cell(f, column).parse::<f64>().ok()).unwrap_or(0.0);
            if recall + 5e-4 < least("recall") || precision + 5e-4 < least("precision") {
                failures.push(format!("{publication} {dataset}: recall {recall:.3}, precision {precision:.3}"));
            }
        }
    }
    assert!(failures.is_empty(), "below the floors of tests/gold/floors.csv:\n{}", failures.join("\n"));
}
