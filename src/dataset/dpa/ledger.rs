//! What became of every line, and the paragraphs that nothing else holds.

use super::DpaDatasets;
use crate::dataset::{Ledger, LedgerEntry, LineRole, Prose, Record};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::dpa::{Factsheet, Part, Role};
use crate::document::outline::{Block, Form};
use crate::source::Text;
use crate::vocabulary::{Lines, Place};
use std::collections::BTreeSet;

pub static UNREAD: Rule = Rule {
    id: "DPA030",
    severity: Severity::Warning,
    title: "Every line of a text is read.",
    source: "this project (docs/datasets.md, ledger)",
    explanation: "A line that no dataset holds and that is no structure was overlooked by the reader. Report it as a defect with its text.",
};

/// Loose paragraphs that are no highlight, service, datum or table row, and the notes of the front matter.
pub fn prose(factsheet: &Factsheet, datasets: &DpaDatasets) -> Vec<Prose> {
    let held: BTreeSet<u32> = datasets
        .basic_data
        .iter()
        .map(|r| r.lines)
        .chain(datasets.cross_border_services.iter().map(|r| r.lines))
        .chain(datasets.egovernment_benchmark.iter().map(|r| r.lines))
        .chain(datasets.highlights.iter().map(|r| r.lines))
        .map(Lines::start)
        .collect();
    let header: BTreeSet<u32> = datasets.figures.iter().filter(|f| f.status == "kept as table").map(|f| f.lines.start()).collect();
    let mut rows = Vec::new();
    for block in &factsheet.front {
        rows.push(row("", "", block));
    }
    for section in &factsheet.sections {
        for part in &section.parts {
            match part {
                Part::Loose(block) => {
                    let line = block.lines().start();
                    let table_head = matches!(block.form, Form::Row(_)) && header.contains(&line);
                    if !held.contains(&line) && !table_head {
                        rows.push(row(&section.number, &section.title.text, block));
                    }
                }
                Part::Declaration(passage, range) if range.end < passage.text.len() => rows.push(Prose {
                    section_number: section.number.clone(),
                    section_title: section.title.text.clone(),
                    text: passage.text.clone(),
                    lines: passage.lines(),
                }),
                Part::Declaration(..) | Part::Subheading(_) | Part::Entry(_) | Part::Figure { .. } => {}
            }
        }
    }
    rows
}

fn row(number: &str, title: &str, block: &Block) -> Prose {
    Prose { section_number: number.to_owned(), section_title: title.to_owned(), text: block.text().to_owned(), lines: block.lines() }
}

/// Notes roles and rows of every line; a line left over is unread and reported.
pub fn ledger(factsheet: &Factsheet, text: &Text, datasets: &DpaDatasets, diagnostics: &mut Vec<Diagnostic>) -> Vec<LedgerEntry> {
    let mut ledger = Ledger::default();
    let mut furniture = BTreeSet::new();
    for (lines, role) in &factsheet.roles {
        let role = match role {
            Role::Heading => LineRole::Heading,
            Role::Furniture => LineRole::Furniture,
            Role::Contents => LineRole::Contents,
            Role::TitlePage => LineRole::TitlePage,
            Role::BackMatter => LineRole::BackMatter,
        };
        for line in lines.start()..=lines.end() {
            ledger.note(line, role);
            if role != LineRole::BackMatter && role != LineRole::Heading {
                furniture.insert(line);
            }
        }
    }
    for section in &factsheet.sections {
        for part in &section.parts {
            if let Part::Subheading(passage) = part {
                passage.line_numbers().for_each(|l| ledger.note(l, LineRole::Heading));
            }
        }
    }
    let mut serve = Server { ledger: &mut ledger, furniture: &furniture };
    serve.entries(factsheet, datasets);
    serve.rows(&datasets.basic_data);
    serve.rows(&datasets.egovernment_benchmark);
    serve.rows(&datasets.legal_acts);
    serve.rows(&datasets.eu_acts);
    serve.rows(&datasets.dated_events);
    serve.rows(&datasets.quantities);
    serve.rows(&datasets.eif_claims);
    serve.rows(&datasets.links);
    serve.rows(&datasets.terms);
    serve.rows(&datasets.organisations);
    serve.rows(&datasets.people);
    serve.rows(&datasets.cross_border_services);
    serve.rows(&datasets.highlights);
    serve.rows(&datasets.prose);
    for (i, row) in datasets.coverage.iter().enumerate().filter(|(_, r)| r.declared_empty) {
        serve.lines("coverage", i, row.lines);
    }
    for (i, row) in datasets.figures.iter().enumerate() {
        // Between caption and source line stand the rows of the table, which are their own.
        let ends = [row.lines.start(), row.lines.end()];
        serve.ledger.serve("figures", i, ends);
    }
    for (i, row) in datasets.artefacts.iter().enumerate() {
        serve.ledger.serve("artefacts", i, row.lines.start()..=row.lines.end());
    }
    let entries = ledger.entries(text);
    for entry in entries.iter().filter(|e| e.role == LineRole::Unread) {
        let line = text.line(entry.lines.start());
        let found = format!("“{}”", line.chars().take(80).collect::<String>().trim());
        let help = "report it as a defect of the reader, with the text";
        diagnostics.push(Diagnostic::new(&UNREAD, Place::lines(&text.name, entry.lines), "a line that some dataset holds", found, help));
    }
    entries
}

/// Notes which rows a line serves; furniture inside a row's hull serves none.
struct Server<'a> {
    ledger: &'a mut Ledger,
    furniture: &'a BTreeSet<u32>,
}

impl Server<'_> {
    fn rows<R: Record>(&mut self, rows: &[R]) {
        for (i, row) in rows.iter().enumerate() {
            if let Some(lines) = row.lines() {
                self.lines(R::SCHEMA.name, i, lines);
            }
        }
    }

    fn lines(&mut self, dataset: &'static str, index: usize, lines: Lines) {
        let furniture = self.furniture;
        self.ledger.serve(dataset, index, (lines.start()..=lines.end()).filter(|l| !furniture.contains(l)));
    }

    /// An entry is served by the lines of its title and its paragraphs.
    fn entries(&mut self, factsheet: &Factsheet, datasets: &DpaDatasets) {
        let parts = factsheet.sections.iter().filter(|s| s.chapter.is_content()).flat_map(|s| &s.parts);
        let entries = parts.filter_map(|p| match p {
            Part::Entry(entry) => Some(entry),
            Part::Subheading(_) | Part::Loose(_) | Part::Declaration(..) | Part::Figure { .. } => None,
        });
        debug_assert_eq!(entries.clone().count(), datasets.entries.len(), "a row for each entry");
        for (i, entry) in entries.enumerate() {
            let passages = std::iter::once(&entry.title).chain(entry.body.iter().map(|b| &b.passage));
            for passage in passages {
                self.ledger.serve("entries", i, passage.line_numbers());
            }
        }
    }
}
