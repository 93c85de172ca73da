//! From the factsheet's tree to the rows of its structure.

use super::structure::{Coverage, CrossBorderService, Entry, Highlight, Section};
use crate::document::dpa::{Chapter, Factsheet, Part, first_sentence};
use crate::document::outline::{Block, Form};
use crate::document::pattern::Pattern;
use std::sync::LazyLock;

pub fn sections(factsheet: &Factsheet) -> Vec<Section> {
    let row = |s: &crate::document::dpa::Section| Section {
        level: s.level,
        number: s.number.clone(),
        title: s.title.text.clone(),
        lines: s.lines,
    };
    factsheet.sections.iter().map(row).collect()
}

pub fn entries(factsheet: &Factsheet) -> Vec<Entry> {
    let mut rows = Vec::new();
    for section in &factsheet.sections {
        let Some(kind) = section.chapter.entry_kind() else { continue };
        for part in &section.parts {
            let Part::Entry(entry) = part else { continue };
            let text = entry.body.iter().map(Block::text).collect::<Vec<_>>().join(" ¶ ");
            let summary = entry.body.iter().find(|b| b.form == Form::Plain).or(entry.body.first());
            rows.push(Entry {
                chapter: section.chapter.as_str().to_owned(),
                section_number: section.number.clone(),
                section_title: section.title.text.clone(),
                kind: kind.to_owned(),
                title: entry.title.text.clone(),
                summary: summary.map(|b| b.text()[first_sentence(b.text())].to_owned()).unwrap_or_default(),
                text,
                lines: entry.lines(),
            });
        }
    }
    rows
}

/// Leaf sections of the content chapters.
pub fn coverage(factsheet: &Factsheet) -> Vec<Coverage> {
    let leaves = factsheet.sections.iter().filter(|s| s.leaf && s.chapter.is_content());
    let row = |section: &crate::document::dpa::Section| {
        let entries = section.parts.iter().filter(|p| matches!(p, Part::Entry(_))).count();
        let declared = section.parts.iter().find_map(|p| match p {
            Part::Declaration(passage, range) => Some((passage.text[range.clone()].to_owned(), passage.lines_of(range))),
            Part::Subheading(_) | Part::Loose(_) | Part::Entry(_) | Part::Figure { .. } => None,
        });
        let lines = declared.as_ref().map_or_else(|| section.title.lines(), |(_, lines)| *lines);
        Coverage {
            chapter: section.chapter.as_str().to_owned(),
            section_number: section.number.clone(),
            section_title: section.title.text.clone(),
            entries: u32::try_from(entries).unwrap_or(u32::MAX),
            declared_empty: declared.is_some(),
            statement: declared.map(|(statement, _)| statement).unwrap_or_default(),
            lines,
        }
    };
    leaves.map(row).collect()
}

pub fn highlights(factsheet: &Factsheet) -> Vec<Highlight> {
    let mut rows = Vec::new();
    for section in factsheet.sections.iter().filter(|s| s.chapter == Chapter::Highlights) {
        let mut heading = if section.level > 1 { section.title.text.clone() } else { String::new() };
        for part in &section.parts {
            match part {
                Part::Subheading(passage) => heading.clone_from(&passage.text),
                Part::Loose(block) => {
                    rows.push(Highlight { heading: heading.clone(), statement: block.text().to_owned(), lines: block.lines() })
                }
                Part::Declaration(passage, _) => {
                    rows.push(Highlight { heading: heading.clone(), statement: passage.text.clone(), lines: passage.lines() });
                }
                Part::Entry(_) | Part::Figure { .. } => {}
            }
        }
    }
    rows
}

/// `Travel (e.g. Documents needed for travelling in Europe);`
static SERVICE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)^(.+?)\s*(?:\(\s*(?:e\.?\s?g\.?[,:]?|for example:?|such as)\s*(.*?)\s*\))?\s*[;.,]?(?:\s*and)?\s*$")
        .expect("a valid pattern")
});

static BUSINESSES: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?i)\bbusiness(?:es)?\b").expect("a valid pattern"));
static CITIZENS: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?i)\bcitizens\b|\blife and travel\b").expect("a valid pattern"));

/// Items of the cross-border chapter; the audience is that of the section's title, else of the sentence before the list.
pub fn services(factsheet: &Factsheet) -> Vec<CrossBorderService> {
    let mut rows = Vec::new();
    for section in factsheet.sections.iter().filter(|s| s.chapter == Chapter::CrossBorder) {
        let mut audience = if section.level > 1 { audience(&section.title.text) } else { None };
        for part in &section.parts {
            let Part::Loose(block) = part else { continue };
            if block.form != Form::Item {
                audience = self::audience(block.text()).or(audience);
                continue;
            }
            let (Some(audience), Some(found)) = (audience, SERVICE.captures(block.text())) else { continue };
            let part = |i: usize| found.get(i).map_or(String::new(), |m| m.as_str().trim().to_owned());
            rows.push(CrossBorderService { audience: audience.to_owned(), service_group: part(1), example: part(2), lines: block.lines() });
        }
    }
    rows
}

/// `citizens` or `businesses`, where a line names just one of them.
fn audience(line: &str) -> Option<&'static str> {
    match (CITIZENS.is_match(line), BUSINESSES.is_match(line)) {
        (true, false) => Some("citizens"),
        (false, true) => Some("businesses"),
        (true, true) | (false, false) => None,
    }
}
