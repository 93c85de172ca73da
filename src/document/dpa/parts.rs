//! What stands in a section: entries, declarations, subheadings, figures, and the rest.

use super::super::outline::{Block, Form, Passage};
use super::body::RawSection;
use super::template::{self, Chapter};
use super::{Entry, Part, Section, Trace};
use crate::document::pattern::Pattern;
use std::ops::Range;
use std::sync::LazyLock;

/// Tells the parts of a section apart.
pub fn section(raw: RawSection, _traces: &mut Vec<Trace>) -> Section {
    let parts = match raw.chapter {
        chapter if chapter.is_content() => content(raw.blocks),
        Chapter::Highlights => highlights(raw.blocks),
        Chapter::CountryProfile | Chapter::CrossBorder | Chapter::Other => figures(raw.blocks),
        Chapter::PoliticalCommunications | Chapter::Legislation | Chapter::Governance | Chapter::Infrastructure => content(raw.blocks),
    };
    Section { chapter: raw.chapter, level: raw.level, number: raw.number, title: raw.title, lines: raw.lines, leaf: raw.leaf, parts }
}

/// Entries, the declaration that may stand before them, and what stands before the first title.
fn content(blocks: Vec<Block>) -> Vec<Part> {
    let titles: Vec<bool> = (0..blocks.len()).map(|i| is_title(&blocks, i)).collect();
    let mut parts: Vec<Part> = Vec::new();
    for (i, block) in blocks.into_iter().enumerate() {
        if titles[i] {
            parts.push(Part::Entry(Entry { title: block.passage, body: Vec::new() }));
            continue;
        }
        if let Some(Part::Entry(entry)) = parts.last_mut() {
            entry.body.push(block);
            continue;
        }
        let sentence = first_sentence(block.text());
        let declared = block.form != Form::Item || i == 0;
        if declared
            && template::declares_absence(&block.text()[sentence.clone()])
            && !parts.iter().any(|p| matches!(p, Part::Declaration(..)))
        {
            parts.push(Part::Declaration(block.passage, sentence));
        } else {
            parts.push(Part::Loose(block));
        }
    }
    parts
}

/// Labels that look like titles.
static LABEL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)^(?:source\s*:|contact(?: details)?\b\s*:?$|e-?mail\b|tel(?:ephone)?\.?\s*:|fax\b|website\s*:|address\s*:|responsible\s*:?$|last updated?\s*:|\[?highest score|@|\(?[a-z0-9]{1,4}[).]\s)")
        .expect("a valid pattern")
});

static CONTACT: LazyLock<Pattern> = LazyLock::new(|| Pattern::brief(r"(?i)^contact(?: details)?\s*:?$").expect("a valid pattern"));

/// Verbs that make a line a sentence.
static FINITE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\b(?:is|are|was|were|has|have|had|will|can|may|must|should|aims?|includes?|provides?|allows?|contains?|consists?|offers?|enables?|sets?|comprises?|defines?)\b")
        .expect("a valid pattern")
});

/// Whether a block is the title of an entry: a line of its own that is no sentence, with text below it.
fn is_title(blocks: &[Block], at: usize) -> bool {
    let block = &blocks[at];
    let text = block.text();
    if block.form != Form::Plain || text.len() > 300 || LABEL.is_match(text) || !ends_like_title(text) {
        return false;
    }
    if !text.chars().any(char::is_alphabetic) || is_contact(blocks, at) {
        return false;
    }
    let first_word_verb = FINITE.is_match(text);
    let sentence_inside = text.len() > 120
        && text.match_indices(". ").any(|(i, _)| text[i + 2..].starts_with(char::is_uppercase) && !abbreviated(&text[..i]));
    if sentence_inside || (text.len() > 150 && first_word_verb && !text.starts_with(['‘', '\'', '"'])) {
        return false;
    }
    match blocks.get(at + 1) {
        None => text.len() <= 120 && !first_word_verb && at == 0,
        Some(next) => match next.form {
            Form::Plain => {
                !(first_word_verb && at > 0 && text.len() > 100 && ends_like_title(next.text()) && next.text().len() < text.len())
            }
            Form::Item | Form::Row(_) => !(first_word_verb && at > 0),
        },
    }
}

/// Whether a line ends without the stop of a sentence; the point of an abbreviation is none.
fn ends_like_title(text: &str) -> bool {
    if text.ends_with([':', ';', ',', '?', '!']) {
        return text.ends_with('!') && text.len() < 60;
    }
    let Some(before) = text.strip_suffix('.') else { return true };
    text.len() < 120 && abbreviated(before)
}

/// Whether the word before a point is an abbreviation: `S.A`, `REG`, `No`.
fn abbreviated(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (word.contains('.') && letters <= 6 && !word.contains('/'))
        || matches!(word, "No" | "Art" | "Mr" | "Ms" | "Dr" | "St" | "Ltd" | "Inc" | "Nr")
        || (word.contains('.') && word.chars().all(|c| c.is_uppercase() || c == '.'))
}

/// Name, role or address of a person: near `Contact details:` (editions until 2021).
fn is_contact(blocks: &[Block], at: usize) -> bool {
    let label = |i: usize| blocks.get(i).is_some_and(|b| CONTACT.is_match(b.text()));
    let reach = |i: usize| blocks.get(i).is_some_and(|b| b.text().starts_with("Source:") || LABEL.is_match(b.text()));
    // Name and role stand one or two lines before the label.
    let before = label(at + 1) || (label(at + 2) && !blocks[at + 1].text().ends_with('.'));
    // Address lines stand between the label and telephone, e-mail or source.
    let after = (1..=6).take_while(|n| *n <= at && !blocks[at - n].text().ends_with('.')).any(|n| label(at - n))
        && (1..=6).any(|n| reach(at + n))
        && !(1..=at.min(6)).take_while(|n| !label(at - n)).any(|n| blocks[at - n].text().starts_with("Source:"));
    before || after
}

/// The first sentence of a paragraph, as bytes of its text.
pub fn first_sentence(text: &str) -> Range<usize> {
    for i in memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
        let rest = &text[i + 1..];
        let closing = rest.len() - rest.trim_start_matches(['"', '\'', '’', '”', ')']).len();
        let after = &rest[closing..];
        let begins = after
            .strip_prefix(' ')
            .is_some_and(|a| a.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘' | '"' | '“' | '(' | '[')));
        let inner = &text[..i];
        let last = inner.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '\'', '‘']);
        let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
        if begins && !abbreviated(inner) && !initial && !matches!(last, "e.g" | "i.e" | "etc" | "approx" | "Prof" | "Mrs" | "vs" | "cf") {
            return 0..i + 1 + closing;
        }
    }
    0..text.len()
}

/// Subheadings and statements. A subheading is the title of a chapter, or a line like the title of an entry.
fn highlights(blocks: Vec<Block>) -> Vec<Part> {
    let heads: Vec<bool> = (0..blocks.len())
        .map(|i| {
            blocks[i].form == Form::Plain
                && (Chapter::of_title(blocks[i].text()).is_some()
                    || (blocks[i].text().len() < 90 && !FINITE.is_match(blocks[i].text()) && is_title(&blocks, i)))
        })
        .collect();
    let parts = blocks.into_iter().zip(heads).map(|(block, head)| if head { Part::Subheading(block.passage) } else { Part::Loose(block) });
    parts.collect()
}

static SOURCE: LazyLock<Pattern> = LazyLock::new(|| Pattern::brief(r"(?i)^source\s*:").expect("a valid pattern"));

/// `Label: value`: a datum of the country profile, whose source line is not a figure's. The label is no sentence, or it ends
/// with a bracket.
fn is_labelled(text: &str) -> bool {
    let Some((label, value)) = text.split_once(':') else { return false };
    let (length, value) = (label.chars().count(), value.trim_start());
    let plain = !label.contains(['.', ';']) && (3..=120).contains(&length);
    let bracketed = label.ends_with(')') && !label.contains(';') && (4..=81).contains(&length);
    (plain || bracketed) && !value.is_empty() && !value.contains('\n') && value.chars().count() <= 201
}

/// Pairs captions with source lines: captions first, then as many sources, in order.
fn figures(blocks: Vec<Block>) -> Vec<Part> {
    let is_source = |b: &Block| b.form == Form::Plain && SOURCE.is_match(b.text());
    let is_datum = |b: &Block| (is_labelled(b.text()) && !SOURCE.is_match(b.text()) && b.text().len() < 160) || b.text().starts_with('[');
    let mut parts: Vec<Part> = Vec::new();
    let mut captions: Vec<Passage> = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        let block = &blocks[i];
        if !is_source(block) {
            parts.push(Part::Loose(block.clone()));
            i += 1;
            continue;
        }
        let sources = blocks[i..].iter().take_while(|b| is_source(b)).count();
        if i > 0 && is_datum(&blocks[i - 1]) {
            for source in &blocks[i..i + sources] {
                parts.push(Part::Loose(source.clone()));
            }
            i += sources;
            continue;
        }
        captions.clear();
        while captions.len() < sources {
            match parts.last() {
                Some(Part::Loose(b)) if is_caption(b) => {
                    captions.insert(0, b.passage.clone());
                    parts.pop();
                }
                Some(_) | None => break,
            }
        }
        let lead = sources - captions.len();
        for (n, source) in blocks[i..i + sources].iter().enumerate() {
            let caption = n.checked_sub(lead).and_then(|n| captions.get(n)).cloned();
            parts.push(Part::Figure { caption, source: source.passage.clone() });
        }
        i += sources;
    }
    parts
}

/// A line above a source line that is no sentence.
fn is_caption(block: &Block) -> bool {
    let text = block.text();
    block.form == Form::Plain && text.len() <= 200 && !text.ends_with(['.', ':', ';', ',']) && !text.starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_stop() {
        let sentence = |t: &'static str| &t[first_sentence(t)];
        assert_eq!(sentence("See Law No. 364 of 2021. It holds."), "See Law No. 364 of 2021.");
        assert_eq!(sentence("The company X S.A. Is large. Yes."), "The company X S.A. Is large.");
        assert_eq!(sentence("On site.xy there is more. And more."), "On site.xy there is more.");
        assert_eq!(sentence("No stop here"), "No stop here");
    }
}
