//! Statements of running text that give a year: evidence for what stands elsewhere without one.

use crate::document::progress::line::{ranges, trimmed};
use crate::document::progress::wording::{covers, same, sentences, stems};
use crate::document::progress::{Body, Brochure, Passage};
use crate::source::Text;
use crate::vocabulary::Lines;

/// A sentence that speaks of exactly one year.
#[derive(Clone, Debug)]
pub struct Statement {
    pub year: i16,
    /// Its words in order, for events named in them.
    tokens: Vec<String>,
    stems: Vec<String>,
    /// What the passage around it is about: the topic of an interview, the name of a spotlight.
    context: Vec<String>,
    pub lines: Vec<Lines>,
}

/// Verbs that bring something into being: `launched the GovJobs portal`.
const LAUNCHING: &[&str] = &[
    "launched",
    "presented",
    "introduced",
    "founded",
    "created",
    "opened",
    "established",
    "inaugurated",
    "unveiled",
    "started",
    "signed",
    "adopted",
    "published",
    "announced",
];

/// All running text of the report with what it is about.
pub fn passages(brochure: &Brochure) -> Vec<(&Passage, String)> {
    let mut out: Vec<(&Passage, String)> = Vec::new();
    for section in &brochure.sections {
        let prose: Vec<&Passage> = match &section.body {
            Body::Intro(prose) | Body::Disclaimer(prose) | Body::Other(prose) => prose.iter().collect(),
            Body::Manifesto(_) => Vec::new(),
            Body::Recipe(recipe) => recipe.prose.iter().collect(),
            Body::Approach(approach) => approach.prose.iter().chain(&approach.roles).collect(),
            Body::Areas { prose, .. } => prose.iter().collect(),
            Body::Area(area) => area.prose.iter().collect(),
            Body::Journey(journey) => journey.prose.iter().chain(journey.events.iter().map(|e| &e.description)).collect(),
            Body::Rundown(_) => Vec::new(),
            Body::Interview(interview) => {
                let answers = interview.questions.iter().map(|q| &q.answer);
                out.extend(interview.intro.iter().chain(answers).map(|p| (p, interview.topic.text.clone())));
                continue;
            }
            Body::Spotlights(entries) => {
                out.extend(entries.iter().map(|e| (&e.text, e.name.text.clone())));
                continue;
            }
            Body::Catalogue(catalogue) => {
                out.extend(catalogue.intro.iter().map(|p| (p, String::new())));
                out.extend(catalogue.entries.iter().map(|e| (&e.text, e.name.text.clone())));
                continue;
            }
        };
        out.extend(prose.into_iter().map(|p| (p, String::new())));
    }
    out.retain(|(p, _)| !p.is_empty());
    out
}

/// The statements of a report, in the order of the text.
pub fn statements(brochure: &Brochure, text: &Text) -> Vec<Statement> {
    let mut out = Vec::new();
    for (passage, about) in passages(brochure) {
        let lines: Vec<(u32, &str)> = passage.lines.iter().map(|n| (*n, trimmed(text, *n))).collect();
        let context = stems(&about);
        for sentence in sentences(&lines) {
            let Some(year) = only_year(&sentence.text) else { continue };
            let tokens = sentence.text.split_whitespace().map(str::to_lowercase).collect();
            out.push(Statement { year, tokens, stems: stems(&sentence.text), context: context.clone(), lines: ranges(&sentence.lines) });
        }
    }
    out
}

/// The year of a sentence that dates something in it; `None` if it has none, several, or one that only names a thing.
fn only_year(sentence: &str) -> Option<i16> {
    let tokens: Vec<String> = sentence
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect();
    let mut years = tokens.iter().enumerate().filter_map(|(i, w)| crate::document::progress::line::year(w).map(|y| (i, y)));
    let (at, year) = years.next()?;
    if years.next().is_some() {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |i| tokens[i].as_str());
    let dating = ["in", "since", "early", "late", "mid", "spring", "summer", "autumn", "fall", "winter", "of"].contains(&before);
    let month = crate::document::progress::moment::read(before).is_some();
    // `by 2025` and `until 2025` are aims, not events.
    (dating || month).then_some(year)
}

impl Statement {
    /// Whether the sentence speaks of the thing named: all its telling words close together, the event itself (`Creation of …`)
    /// with the same object.
    pub fn names(&self, item: &str) -> bool {
        let wanted = stems(item);
        match wanted.as_slice() {
            [] => false,
            [only] => self.launches(only),
            [head, ..] => {
                covers(&self.stems, &wanted)
                    && self.close(&wanted)
                    && (!item.to_lowercase().contains(" of ") || self.same_object(head, &wanted))
            }
        }
    }

    /// Whether the sentence speaks of the thing named together with what its passage is about.
    pub fn concerns(&self, item: &str) -> bool {
        let wanted = stems(item);
        let here = wanted.iter().filter(|w| self.stems.iter().any(|s| same(w, s))).count();
        let all: Vec<String> = self.stems.iter().chain(&self.context).cloned().collect();
        here >= 2 && !covers(&self.stems, &wanted) && covers(&all, &wanted) && self.launched()
    }

    fn launched(&self) -> bool {
        self.tokens.iter().any(|t| LAUNCHING.contains(&t.trim_matches(|c: char| !c.is_alphanumeric())))
    }

    /// `launched the X`, `X was launched`.
    fn launches(&self, name: &str) -> bool {
        let stemmed: Vec<Option<String>> = self.tokens.iter().map(|t| stems(t).into_iter().next()).collect();
        let is_verb = |i: usize| self.tokens.get(i).is_some_and(|t| LAUNCHING.contains(&t.trim_matches(|c: char| !c.is_alphanumeric())));
        let at = stemmed.iter().position(|s| s.as_deref().is_some_and(|s| same(s, name)));
        at.is_some_and(|i| {
            (i.saturating_sub(3)..i).any(is_verb) || (is_verb(i + 2) && self.tokens.get(i + 1).is_some_and(|t| t == "was" || t == "were"))
        })
    }

    /// The words stand within a stretch of about three times their number.
    fn close(&self, wanted: &[String]) -> bool {
        let hits: Vec<usize> = (0..self.stems.len()).filter(|i| wanted.iter().any(|w| same(w, &self.stems[*i]))).collect();
        hits.iter().any(|start| {
            let end = (start + wanted.len() * 3 + 1).min(self.stems.len());
            covers(&self.stems[*start..end], wanted)
        })
    }

    /// The word after the event's own is one of the item's (`signed a declaration`), or the event is in the passive.
    fn same_object(&self, head: &str, wanted: &[String]) -> bool {
        (0..self.stems.len()).filter(|i| same(&self.stems[*i], head)).any(|i| {
            let object = self.stems.get(i + 1).is_some_and(|next| wanted.iter().any(|w| same(w, next)));
            let passive = self.tokens.iter().any(|t| t == "was" || t == "were");
            object || passive
        })
    }
}
