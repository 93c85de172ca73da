//! The regulatory rundown: dates, years, types and descriptions of acts, together or as loose columns.

use super::block::{blocks, items};
use super::line::{Passage, StageLabel, continues, stage, starts_lower, trimmed, words, year};
use super::moment::{self, Moment};
use crate::source::Text;

/// A date without year that stands loose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseDate {
    pub moment: Moment,
    pub words: Passage,
}

/// One act by its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Act {
    pub description: Passage,
    /// What stands in one block with the description and nothing else of its kind.
    pub date: Option<LooseDate>,
    pub year: Option<(i16, u32)>,
    pub act_type: Option<Passage>,
}

/// The rundown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rundown {
    pub title: Passage,
    pub dates: Vec<LooseDate>,
    pub years: Vec<(i16, u32)>,
    pub types: Vec<Passage>,
    pub acts: Vec<Act>,
    pub up_next_label: Passage,
    pub up_next: Vec<Passage>,
}

/// Nouns that name a type of act.
pub const ACT_NOUNS: &[&str] = &[
    "law",
    "act",
    "regulation",
    "decree",
    "code",
    "decision",
    "ordinance",
    "constitution",
    "guidelines",
    "guideline",
    "strategy",
    "plan",
    "directive",
    "programme",
    "program",
    "charter",
    "agenda",
    "circular",
    "order",
    "resolution",
    "bill",
];

/// Whether a line is a type of act that a date follows: `law of`, `government regulation of`.
pub fn is_act_of(line: &str) -> bool {
    let lower = line.to_lowercase();
    words(line) <= 4
        && lower.strip_suffix(" of").is_some_and(|head| head.split_whitespace().next_back().is_some_and(|w| ACT_NOUNS.contains(&w)))
}

/// A type of act as a name: `law of` is `law`.
pub fn act_type(passage: &Passage) -> String {
    passage.text.strip_suffix(" of").unwrap_or(&passage.text).to_owned()
}

#[derive(Default)]
struct Parts {
    dates: Vec<LooseDate>,
    years: Vec<(i16, u32)>,
    types: Vec<Passage>,
    /// Lines in lower case that are none of these.
    lower: Vec<u32>,
    descriptions: Vec<Passage>,
}

/// Reads the rundown's lines.
pub fn read(text: &Text, content: &[u32]) -> Rundown {
    let mut out = Rundown::default();
    let all = blocks(text, content);
    let label = all.iter().position(|b| stage(&Passage::of(text, b).text) == Some(StageLabel::UpNext));
    let announced = label.and_then(|at| {
        out.up_next_label = Passage::of(text, &all[at]);
        // A label at the end closes the block before it; elsewhere it opens the next.
        let other = if at + 1 < all.len() { at + 1 } else { at.checked_sub(1)? };
        Some(other)
    });
    for (i, block) in all.iter().enumerate() {
        if Some(i) == label {
            continue;
        }
        if Some(i) == announced {
            out.up_next = items(text, block);
            continue;
        }
        let parts = sort_lines(text, block);
        let whole = parts.descriptions.len() == 1 && parts.dates.len() <= 1 && parts.years.len() == 1 && parts.types.len() <= 1;
        if whole && parts.dates.len() + parts.types.len() >= 1 {
            out.acts.push(Act {
                description: parts.descriptions[0].clone(),
                date: parts.dates.first().cloned(),
                year: parts.years.first().copied(),
                act_type: parts.types.first().cloned(),
            });
        } else {
            out.acts.extend(parts.descriptions.into_iter().map(|description| Act { description, ..Act::default() }));
            out.dates.extend(parts.dates);
            out.years.extend(parts.years);
            out.types.extend(parts.types);
        }
        if !parts.lower.is_empty() {
            let passage = Passage::of(text, &parts.lower);
            let is_type = passage.text.to_lowercase().split_whitespace().any(|w| ACT_NOUNS.contains(&w));
            if is_type {
                out.types.push(passage);
            } else if out.title.is_empty() {
                out.title = passage;
            } else {
                out.acts.push(Act { description: passage, ..Act::default() });
            }
        }
    }
    out
}

fn sort_lines(text: &Text, block: &[u32]) -> Parts {
    let mut parts = Parts::default();
    let mut describing = false;
    for n in block.iter().copied() {
        let line = trimmed(text, n);
        let date = moment::read(line).filter(|p| p.rest.is_empty());
        if let Some(y) = year(line) {
            parts.years.push((y, n));
            describing = false;
        } else if let Some(date) = date {
            parts.years.extend(date.year.map(|y| (y, n)));
            parts.dates.push(LooseDate { moment: date.moment, words: Passage { text: date.words, lines: vec![n] } });
            describing = false;
        } else if is_act_of(line) {
            parts.types.push(Passage::of(text, &[n]));
            describing = false;
        } else if describing && continues(line) {
            let last = parts.descriptions.last_mut().expect("a description is being read");
            *last = last.then(&Passage::of(text, &[n]));
        } else if starts_lower(line) {
            parts.lower.push(n);
            describing = false;
        } else if describing && parts.descriptions.last().is_some_and(|d| super::line::stays_open(&d.text)) {
            let last = parts.descriptions.last_mut().expect("a description is being read");
            *last = last.then(&Passage::of(text, &[n]));
        } else {
            parts.descriptions.push(Passage::of(text, &[n]));
            describing = true;
        }
    }
    parts
}
