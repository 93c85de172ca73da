//! Blocks: runs of lines without a blank between them, and what a run splits into.

use super::line::{Passage, camel, continues, ends_sentence, starts_lower, stays_open, trimmed, words};
use super::page::ends_paragraph;
use crate::source::Text;

/// Splits content lines into blocks: at blank lines, at furniture (any gap), and where a headline
/// follows a full stop without a blank line.
pub fn blocks(text: &Text, content: &[u32]) -> Vec<Vec<u32>> {
    let mut out: Vec<Vec<u32>> = Vec::new();
    for n in content.iter().copied() {
        let line = trimmed(text, n);
        let fits = out.last().and_then(|b| b.last()).is_some_and(|before| {
            let previous = trimmed(text, *before);
            let date = super::moment::read(previous).is_some();
            let headline = !date && ends_sentence(previous) && starts_lower(line) && !camel(line) && words(line) <= 5;
            *before + 1 == n && !headline
        });
        if fits {
            out.last_mut().expect("a block that the line fits").push(n);
        } else {
            out.push(vec![n]);
        }
    }
    out
}

/// A headline (lower case in this family, or a name) and the text beneath it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titled {
    pub title: Passage,
    pub body: Passage,
}

/// Takes a block's headline apart from its text. The headline is the first line and every line that goes on, in lower case or
/// much narrower than the text; a block that begins as a sentence does has none, one without running text has no body.
pub fn titled(text: &Text, block: &[u32]) -> Titled {
    let line = |i: usize| trimmed(text, block[i]);
    if is_prose(text, block) && !starts_lower(line(0)) && !headed_by_name(text, block) {
        return Titled { title: Passage::default(), body: Passage::of(text, block) };
    }
    let widest = block.iter().map(|n| trimmed(text, *n).chars().count()).max().unwrap_or(0);
    // A headline set in a narrow column may have a capital inside: `5G journey`.
    let narrow = |i: usize| is_prose(text, block) && line(i).chars().count() * 2 < widest && !ends_sentence(line(i)) && i + 1 < block.len();
    let end = (1..block.len()).find(|i| !(continues(line(*i)) || narrow(*i)) || ends_sentence(line(*i - 1))).unwrap_or(block.len());
    Titled { title: Passage::of(text, &block[..end]), body: Passage::of(text, &block[end..]) }
}

/// A name in its own spelling (`GouvCheck`) above running text: much shorter than the lines beneath it, which begin anew.
fn headed_by_name(text: &Text, block: &[u32]) -> bool {
    let (Some(first), Some(second)) = (block.first(), block.get(1)) else { return false };
    let (first, second) = (trimmed(text, *first), trimmed(text, *second));
    let fresh = second.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '“');
    let widths: Vec<usize> = block.iter().skip(1).map(|n| trimmed(text, *n).chars().count()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    fresh && words(first) <= 5 && !ends_sentence(first) && !stays_open(first) && first.chars().count() * 10 < widest * 6
}

/// Running text: it ends as a sentence does and is more than a slogan.
pub fn is_prose(text: &Text, block: &[u32]) -> bool {
    ends_paragraph(text, block) && block.iter().map(|n| words(trimmed(text, *n))).sum::<usize>() >= 4
}

/// All lines in lower case, none ends a sentence: a headline, or a heading with its tagline.
pub fn is_headline(text: &Text, block: &[u32]) -> bool {
    let first = block.first().is_some_and(|n| starts_lower(trimmed(text, *n)));
    first && block.iter().all(|n| continues(trimmed(text, *n)) && !ends_sentence(trimmed(text, *n)))
}

/// Splits lines into items, one a line, but for those that go on: the line before leaves its phrase open, or the next
/// begins in lower case, with `&` or a bracket.
pub fn items(text: &Text, lines: &[u32]) -> Vec<Passage> {
    let mut out: Vec<Vec<u32>> = Vec::new();
    for n in lines.iter().copied() {
        let line = trimmed(text, n);
        match out.last_mut() {
            Some(item) if continues(line) || item.last().is_some_and(|b| open_before(text, trimmed(text, *b), line)) => item.push(n),
            Some(_) | None => out.push(vec![n]),
        }
    }
    out.iter().map(|lines| Passage::of(text, lines)).collect()
}

/// Whether a line leaves its phrase open for the next: an open word, or an acronym with an article that it has nowhere else
/// in the text, so that the article belongs to a noun still to come (`of the GDPR` / `Compliance Tool`, beside `of GDPR`).
fn open_before(text: &Text, line: &str, next: &str) -> bool {
    if stays_open(line) {
        return true;
    }
    let mut last = line.split_whitespace().rev();
    let (Some(acronym), Some(article)) = (last.next(), last.next()) else { return false };
    let is_acronym = (2..=6).contains(&acronym.chars().count()) && acronym.chars().all(char::is_uppercase);
    if article != "the" || !is_acronym || words(next) < 2 {
        return false;
    }
    let mut bare = false;
    for (_, other) in text.lines() {
        let list: Vec<&str> = other.split_whitespace().collect();
        for (i, word) in list.iter().enumerate() {
            if word.trim_matches(|c: char| !c.is_alphanumeric()) != acronym || word.starts_with('(') || other.trim() == line {
                continue;
            }
            match i.checked_sub(1).and_then(|i| list.get(i)) {
                Some(&"the" | &"The") => return false,
                Some(_) => bare = true,
                None => {}
            }
        }
    }
    bare
}
