//! The country profile: the eGovernment Benchmark table, labelled figures and figures' source lines.

use super::profile::{BasicDatum, BenchmarkRow, FigureLine};
use crate::dataset::{Artefact, ArtefactKind, Certainty};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::dpa::template::{self, fold};
use crate::document::dpa::{Chapter, Factsheet, Part};
use crate::document::outline::{Block, Form};
use crate::document::pattern::Pattern;
use crate::vocabulary::{Figure, Lines, Place};
use std::sync::LazyLock;

pub static LOST_ROW: Rule = Rule {
    id: "DPA010",
    severity: Severity::Warning,
    title: "The benchmark table has the rows that its edition's list of indicators names.",
    source: "eGovernment Benchmark",
    explanation: "A row that is missing was lost when the text was extracted. Its value is not computed from the others: the weights are not published. Take it from the published document and enter it as a correction.",
};

pub static DISPLACED: Rule = Rule {
    id: "DPA011",
    severity: Severity::Note,
    title: "The values of a table stand in one column.",
    source: "this project",
    explanation: "A value one column further left is still the only second number of its row and is read as the country's. Look at the published table if in doubt.",
};

pub static TABLE_VALUE: Rule = Rule {
    id: "DPA012",
    severity: Severity::Warning,
    title: "A row of the benchmark table has an average and one value of the country.",
    source: "this project",
    explanation: "With fewer or more numbers the row does not say which is which. It stays in the data as ambiguous, with the candidates.",
};

/// What the table gave.
#[derive(Default)]
pub struct Benchmark {
    pub rows: Vec<BenchmarkRow>,
    /// Header cells and lines, for the figure that the table is.
    pub header: Option<(String, Lines)>,
    pub artefacts: Vec<Artefact>,
    pub diagnostics: Vec<Diagnostic>,
}

static NUMBER: LazyLock<Pattern> = LazyLock::new(|| Pattern::brief(r"^[-−]?\d{1,3}(?:[.,]\d{1,2})?\s*%?$").expect("a valid pattern"));

/// Reads the table wherever the profile has one: after dimension, indicator and average, one further number is the country's.
pub fn benchmark(factsheet: &Factsheet, file: &str) -> Benchmark {
    let mut out = Benchmark::default();
    let profile = factsheet.sections.iter().filter(|s| s.chapter == Chapter::CountryProfile);
    let blocks: Vec<(&[String], &Block)> = profile
        .flat_map(|s| &s.parts)
        .filter_map(|p| match p {
            Part::Loose(block) => match &block.form {
                Form::Row(cells) => Some((cells.as_slice(), block)),
                Form::Plain | Form::Item => None,
            },
            Part::Subheading(_) | Part::Declaration(..) | Part::Entry(_) | Part::Figure { .. } => None,
        })
        .collect();
    let mut unit = String::new();
    let mut dimension = String::new();
    let mut columns: Vec<(usize, Lines, String)> = Vec::new();
    for (cells, block) in blocks {
        let numbers: Vec<(usize, &String)> = cells.iter().enumerate().filter(|(_, c)| NUMBER.is_match(c)).collect();
        if numbers.is_empty() {
            let all = cells.join(" ");
            if out.rows.is_empty() && !all.chars().all(|c| matches!(c, '-' | ':' | ' ')) {
                unit = if all.contains('%') { "%".to_owned() } else { unit };
                let caption = cells.iter().find(|c| !c.is_empty()).cloned().unwrap_or_default();
                out.header.get_or_insert((caption, block.lines()));
            }
            continue;
        }
        let mut words = cells[..numbers[0].0].iter().filter(|c| !c.is_empty());
        let (first, second) = (words.next(), words.next());
        let indicator = match (first, second) {
            (Some(d), Some(i)) => {
                dimension.clone_from(d);
                i.clone()
            }
            (Some(only), None) if is_dimension(only) => {
                dimension.clone_from(only);
                "Overall scores".to_owned()
            }
            (Some(only), None) => only.clone(),
            (None, _) => continue,
        };
        let figures: Vec<Option<Figure>> = numbers.iter().map(|(_, raw)| printed(raw)).collect();
        let certainty = if numbers.len() == 2 {
            Certainty::certain()
        } else {
            Certainty::among(numbers.iter().map(|(_, raw)| (*raw).clone()).collect())
        };
        if numbers.len() == 2 {
            columns.push((numbers[1].0, block.lines(), numbers[1].1.clone()));
        } else {
            let help = "take the row from the published table and enter it as a correction";
            let found = format!("{} numbers", numbers.len());
            let place = Place::lines(file, block.lines());
            out.diagnostics.push(Diagnostic::new(&TABLE_VALUE, place, "an average and one value", found, help).with_excerpt(
                block.text(),
                "",
                "",
            ));
        }
        let percent = unit.is_empty() && numbers.iter().all(|(_, raw)| raw.ends_with('%'));
        out.rows.push(BenchmarkRow {
            dimension: dimension.clone(),
            indicator,
            eu_average: figures.first().copied().flatten(),
            country_value: if figures.len() == 2 { figures[1] } else { None },
            unit: if percent { "%".to_owned() } else { unit.clone() },
            certainty,
            lines: block.lines(),
        });
    }
    displaced(&columns, file, &mut out);
    lost(factsheet, file, &mut out);
    out
}

fn printed(raw: &str) -> Option<Figure> {
    let text = raw.trim_end_matches(['%', ' ']).replace('−', "-").replace(',', ".");
    let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
    Figure::new(text.parse().ok()?, u8::try_from(decimals).unwrap_or(0))
}

fn is_dimension(cell: &str) -> bool {
    let cell = fold(cell);
    template::BENCHMARK_ROWS.iter().any(|(d, _)| *d == cell)
}

/// Values that stand in another column than most.
fn displaced(columns: &[(usize, Lines, String)], file: &str, out: &mut Benchmark) {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (column, ..) in columns {
        match counts.iter_mut().find(|(c, _)| c == column) {
            Some((_, n)) => *n += 1,
            None => counts.push((*column, 1)),
        }
    }
    let Some(usual) = counts.iter().max_by_key(|(c, n)| (*n, *c)).map(|(c, _)| *c) else { return };
    for (column, lines, raw) in columns.iter().filter(|(c, ..)| *c != usual) {
        let treatment =
            format!("read as the country's value: the only second number of the row, in column {} instead of {}", column + 1, usual + 1);
        out.artefacts.push(Artefact { kind: ArtefactKind::DisplacedValue, excerpt: raw.clone(), treatment, lines: *lines });
        let found = format!("{raw} in column {}", column + 1);
        let help = "nothing to do where the row has no other number; else compare with the published table";
        out.diagnostics.push(Diagnostic::new(
            &DISPLACED,
            Place::lines(file, *lines),
            format!("a value in column {}", usual + 1),
            found,
            help,
        ));
    }
}

/// Rows that the edition's list names and the table lacks, in dimensions that it has.
fn lost(factsheet: &Factsheet, file: &str, out: &mut Benchmark) {
    if out.rows.is_empty() {
        return;
    }
    for (dimension, indicators) in template::BENCHMARK_ROWS {
        let present: Vec<&BenchmarkRow> = out.rows.iter().filter(|r| fold(&r.dimension) == *dimension).collect();
        let mut before = present.first().map(|r| r.lines);
        for names in *indicators {
            let found = present.iter().find(|r| names.split('|').any(|n| same_indicator(n, &fold(&r.indicator))));
            if let Some(row) = found {
                before = Some(row.lines);
                continue;
            }
            let name = template::benchmark_name(names, &factsheet.edition);
            let after = before.and_then(|b| present.iter().find(|r| r.lines > b)).map(|r| r.lines);
            let lines = match (before, after) {
                (Some(b), Some(a)) => b.join(a),
                (Some(b), None) => b,
                (None, _) => out.rows.iter().map(|r| r.lines).reduce(Lines::join).unwrap_or_else(|| Lines::one(1)),
            };
            let excerpt = present.iter().find(|r| Some(r.lines) == before).map_or_else(|| (*dimension).to_owned(), |r| r.indicator.clone());
            let treatment =
                format!("no value given: the row “{name}” of {dimension} is not in the text, and cannot be computed from the others");
            out.artefacts.push(Artefact { kind: ArtefactKind::LostRow, excerpt, treatment, lines });
            let help = "take the value from the published table and enter it as a correction";
            out.diagnostics.push(Diagnostic::new(
                &LOST_ROW,
                Place::lines(file, lines),
                format!("a row “{name}” under {dimension}"),
                "none",
                help,
            ));
        }
    }
}

/// Whether a folded printed name is the listed one, perhaps with a word more (`Cross-border online availability`).
fn same_indicator(listed: &str, printed: &str) -> bool {
    let singular = |s: &str| s.trim_end_matches('s').to_owned();
    printed == listed
        || singular(printed) == singular(listed)
        || (listed.contains(' ') && printed.contains(listed))
        || printed.ends_with(&format!(" {listed}"))
        || (listed == "overall scores" && printed.starts_with("overall"))
}

static DATUM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"^(?P<label>.{2,}?):\s*(?P<before>EUR|USD|€|[A-Z]{3})?\s*(?P<number>[-−–]?\s?\d[\d\s\u{a0}\u{202f}]*(?:[.,]\d+)*)\s*(?P<unit>%|[^\d(\[]{0,60}?)?\s*(?:\((?P<year>(?:19|20)\d\d)[^)]*\))?\s*\.?$",
    )
    .expect("a valid pattern")
});

/// Characters of a label; more are a sentence.
const LONGEST_LABEL: usize = 140;

/// Labelled figures of the profile: `Population: 620 001 inhabitants (2020)`.
pub fn basic_data(factsheet: &Factsheet) -> Vec<BasicDatum> {
    let mut rows = Vec::new();
    for section in factsheet.sections.iter().filter(|s| s.chapter == Chapter::CountryProfile) {
        for part in &section.parts {
            let Part::Loose(block) = part else { continue };
            if let Some(row) = datum(block) {
                rows.push(row);
            }
        }
    }
    rows
}

fn datum(block: &Block) -> Option<BasicDatum> {
    if block.text().len() > 220 || matches!(block.form, Form::Row(_)) || block.text().starts_with("Source") {
        return None;
    }
    let bare = block.text().trim_matches(['[', ']']);
    let (line, bracketed) = (bare, bare.len() < block.text().len());
    // The label is the shortest that fits.
    let labelled = DATUM.captures(line).filter(|found| found["label"].chars().count() <= LONGEST_LABEL);
    let found = labelled.or_else(|| if bracketed { RANKED.captures(line) } else { None })?;
    let raw = found.name("number")?.as_str();
    let part = |name: &str| found.name(name).map_or(String::new(), |m| m.as_str().trim().to_owned());
    let unit = [part("before"), part("unit")].into_iter().filter(|u| !u.is_empty()).collect::<Vec<_>>().join(" ");
    let unit = if unit.is_empty() && part("label").contains("(Percentage of") { "%".to_owned() } else { unit };
    Some(BasicDatum {
        label: part("label"),
        value: amount(raw),
        value_raw: raw.trim().to_owned(),
        unit,
        year: part("year"),
        lines: block.lines(),
    })
}

/// `Highest score: Estonia – 0.9941`
static RANKED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"^(?P<label>[^:]{3,80}:\s*[^\d]+?)[\s–-]+(?P<number>\d+(?:\.\d+)?)$").expect("a valid pattern"));

/// A printed amount: blanks between thousands, point or comma before decimals.
fn amount(raw: &str) -> Option<Figure> {
    let text: String = raw.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '−' | '–') { '-' } else { c }).collect();
    let text = if text.matches(',').count() == 1 && text.split_once(',').is_some_and(|(_, d)| d.len() != 3) {
        text.replace(',', ".")
    } else {
        text.replace(',', "")
    };
    let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
    Figure::new(text.parse().ok()?, u8::try_from(decimals).unwrap_or(0))
}

/// Source lines with their captions; a table in front of a source line is the figure itself.
pub fn figures(factsheet: &Factsheet, header: Option<&(String, Lines)>) -> Vec<FigureLine> {
    let mut rows = Vec::new();
    for section in &factsheet.sections {
        let mut table: Option<Lines> = None;
        for part in &section.parts {
            match part {
                Part::Loose(block) if matches!(block.form, Form::Row(_)) => {
                    table = Some(table.map_or(block.lines(), |t| t.join(block.lines())))
                }
                Part::Figure { caption, source } => {
                    let mut lines = caption.as_ref().map_or(source.lines(), |c| c.lines().join(source.lines()));
                    let mut printed = caption.as_ref().map(|c| c.text.clone()).unwrap_or_default();
                    let status = if let Some(table) = table.take() {
                        lines = lines.join(table);
                        if let (true, Some((name, _))) = (printed.is_empty(), header) {
                            printed.clone_from(name);
                        }
                        "kept as table"
                    } else {
                        "lost"
                    };
                    rows.push(FigureLine {
                        caption: printed,
                        source_text: source.text.clone(),
                        section_number: section.number.clone(),
                        status: status.to_owned(),
                        lines,
                    });
                }
                Part::Loose(_) | Part::Subheading(_) | Part::Declaration(..) | Part::Entry(_) => {}
            }
        }
    }
    rows
}
