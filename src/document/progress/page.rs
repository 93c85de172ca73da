//! Pages, their running headers (also where torn into the body), and what is furniture.

use super::line::{SPOTLIGHT, counter, ends_sentence, is_label, starts_lower, trimmed, words};
use crate::source::Text;
use crate::vocabulary::Lines;
use std::collections::{BTreeMap, BTreeSet};

/// One page: from a line that begins with a form feed, or the one space that is left of it, to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub lines: Lines,
    /// The lines of the running header in order; empty if it has none.
    pub header: Vec<u32>,
    /// Other readings of the header: each a list of lines, empty for "no header".
    pub readings: Vec<Vec<u32>>,
    /// The page has nothing but its header: the title page of a chapter.
    pub title_page: bool,
    /// Chapter numbers and header pieces, which belong to no section.
    pub furniture: BTreeSet<u32>,
}

impl Page {
    /// The parts of the header joined by ` / `.
    pub fn header_text(&self, text: &Text) -> String {
        joined(text, &self.header)
    }

    /// The lines that are neither blank nor furniture.
    pub fn content(&self, text: &Text) -> Vec<u32> {
        (self.lines.start()..=self.lines.end()).filter(|n| !text.is_blank(*n) && !self.furniture.contains(n)).collect()
    }
}

/// The parts of a header joined by ` / `.
pub fn joined(text: &Text, lines: &[u32]) -> String {
    lines.iter().map(|n| trimmed(text, *n)).collect::<Vec<_>>().join(" / ")
}

fn opens_page(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('\u{c}') => true,
        Some(' ') => chars.next().is_some_and(|c| !c.is_whitespace()),
        Some(_) | None => false,
    }
}

/// All pages in order; at least one for a text that has lines.
pub fn read(text: &Text) -> Vec<Page> {
    let mut starts: Vec<u32> = text.lines().filter(|(_, line)| opens_page(line)).map(|(n, _)| n).collect();
    if starts.first() != Some(&1) && !text.is_empty() {
        starts.insert(0, 1);
    }
    let ends = starts.iter().skip(1).map(|n| n - 1).chain([text.len()]);
    let mut pages: Vec<Page> = starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let end = (*start..=end).rev().find(|n| !text.is_blank(*n)).unwrap_or(*start);
            let lines = Lines::new(*start, end)?;
            Some(Page { lines, header: Vec::new(), readings: Vec::new(), title_page: false, furniture: BTreeSet::new() })
        })
        .collect();
    for page in &mut pages {
        (page.header, page.readings) = opening_header(text, page.lines);
    }
    displaced_headers(text, &mut pages);
    for page in &mut pages {
        page.furniture.extend(page.header.iter().copied());
        page.furniture.extend(chapter_numbers(text, page.lines));
        page.title_page = page.content(text).is_empty();
    }
    pages
}

/// The header in a page's first lines: `<chapter>` / `<phrase.>`, or a lone chapter name before running text.
fn opening_header(text: &Text, page: Lines) -> (Vec<u32>, Vec<Vec<u32>>) {
    let mut lines = (page.start()..=page.end()).filter(|n| !text.is_blank(*n));
    let mut run = Vec::new();
    for n in lines.by_ref().take(4) {
        let line = trimmed(text, n);
        if words(line) > 5 || !(starts_lower(line) || run.is_empty()) || is_label(line, SPOTLIGHT) {
            break;
        }
        run.push(n);
        if line.ends_with('.') && !line.ends_with("..") {
            break;
        }
    }
    let closed = run.last().is_some_and(|n| trimmed(text, *n).ends_with('.'));
    if closed && run.len() == 2 {
        return (run, Vec::new());
    }
    if closed && run.len() == 4 {
        // Two headers whose halves the extractor has interleaved.
        let readings = vec![vec![run[0], run[2]], vec![run[1], run[3]]];
        return (run, readings);
    }
    let first = page.start();
    let line = trimmed(text, first);
    let mut rest = (first + 1..=page.end()).filter(|n| !text.is_blank(*n));
    let second = rest.next();
    let lone = text.is_blank(first + 1);
    if lone && starts_lower(line) && words(line) <= 3 && second.is_some_and(|n| is_running_text(text, n)) {
        return (vec![first], Vec::new());
    }
    if is_label(line, SPOTLIGHT) && !lone {
        // A label that opens a page stands where a header would.
        return (Vec::new(), vec![vec![first, first + 1]]);
    }
    (Vec::new(), Vec::new())
}

fn is_running_text(text: &Text, n: u32) -> bool {
    let line = trimmed(text, n);
    words(line) > 5 && !starts_lower(line)
}

/// Header halves that stand alone elsewhere on their page: known by their words from the headers of other pages.
fn displaced_headers(text: &Text, pages: &mut [Page]) {
    let mut known: BTreeMap<(String, String), u32> = BTreeMap::new();
    for page in pages.iter().filter(|p| p.header.len() == 2) {
        let key = (trimmed(text, page.header[0]).to_owned(), trimmed(text, page.header[1]).to_owned());
        *known.entry(key).or_default() += 1;
    }
    for page in pages.iter_mut().filter(|p| p.header.len() < 2) {
        let alone: Vec<u32> = (page.lines.start()..=page.lines.end())
            .filter(|n| !text.is_blank(*n))
            .filter(|n| (*n == page.lines.start() || text.is_blank(n - 1)) && (*n == page.lines.end() || text.is_blank(n + 1)))
            .collect();
        let find = |words: &str| alone.iter().copied().find(|n| trimmed(text, *n) == words);
        // The phrase with its full stop is known even where it has run into other lines.
        let anywhere = |words: &str| (page.lines.start()..=page.lines.end()).find(|n| trimmed(text, *n) == words);
        let found = known.keys().find_map(|(chapter, phrase)| Some(vec![find(chapter)?, anywhere(phrase)?]));
        if let Some(header) = found {
            page.header = header;
        }
    }
}

/// Bare numbers that stand alone; where they count 1, 2, 3 … on one page they number a list instead.
fn chapter_numbers(text: &Text, page: Lines) -> Vec<u32> {
    let found: Vec<(u32, u8)> = (page.start()..=page.end()).filter_map(|n| counter(trimmed(text, n)).map(|c| (n, c))).collect();
    let counts = found.len() >= 3 && found.iter().zip(1u8..).all(|((_, c), i)| *c == i);
    if counts { Vec::new() } else { found.into_iter().map(|(n, _)| n).collect() }
}

/// Whether a run of lines ends as a paragraph does.
pub fn ends_paragraph(text: &Text, lines: &[u32]) -> bool {
    lines.last().is_some_and(|n| ends_sentence(trimmed(text, *n)))
}
