//! The body: which lines are headings, title pages, contents, furniture and back matter, and which belong to which section.

use super::super::outline::{self, Block, Form, Passage};
use super::front::{self, Front};
use super::template::{self, Chapter, fold};
use super::{Role, Trace, TraceKind};
use crate::vocabulary::Lines;

/// A section before its parts are told apart.
pub struct RawSection {
    pub chapter: Chapter,
    pub level: u8,
    pub number: String,
    pub title: Passage,
    pub lines: Lines,
    pub leaf: bool,
    pub blocks: Vec<Block>,
}

/// The body of a factsheet and what stands around it.
pub struct Body {
    pub front: Vec<Block>,
    pub sections: Vec<RawSection>,
    pub back: Vec<Block>,
    pub roles: Vec<(Lines, Role)>,
    /// Line and title of each chapter that the table of contents announces.
    pub announced: Vec<(u32, String)>,
}

/// What a block is, by its place; `Content` until something else is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Content,
    Role(Role),
}

struct Heading {
    block: usize,
    chapter: Chapter,
    level: u8,
    number: String,
}

/// A chapter's heading: its number, title and chapter. The whole line must be number and title.
pub fn chapter_heading(text: &str) -> Option<(String, Chapter)> {
    let (number, title) = template::numbered(text)?;
    if number.contains('.') || text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Chapter::of_title(title).map(|chapter| (number.to_owned(), chapter))
}

/// Tells headings, title pages, contents, furniture and back matter from content, joins what page breaks cut, and hands
/// each section its blocks.
pub fn read(blocks: Vec<Block>, front: &Front, traces: &mut Vec<Trace>) -> Body {
    let mut places = vec![Place::Content; blocks.len()];
    let headings = headings(&blocks);
    let announced = front_matter(&blocks, front, headings.first().map_or(blocks.len(), |h| h.block), &mut places);
    let back = back_matter(&blocks, &headings);
    for place in &mut places[back..] {
        *place = Place::Role(Role::BackMatter);
    }
    furniture(&blocks, front, &mut places, traces);
    for heading in &headings {
        places[heading.block] = Place::Role(Role::Heading);
    }
    for heading in headings.iter().filter(|h| h.level == 1) {
        title_page(&blocks, heading, &mut places, traces);
    }
    pictures(&blocks, &mut places, traces);
    let bounds = bounds(&headings, &places, back);
    let roles = blocks
        .iter()
        .zip(&places)
        .filter_map(|(b, p)| match p {
            Place::Role(role) => Some((b.lines(), *role)),
            Place::Content => None,
        })
        .collect();
    assemble(blocks, &places, headings, &bounds, back, roles, announced, traces)
}

#[allow(clippy::too_many_arguments, reason = "the last step of one reading, each argument found by an earlier one")]
fn assemble(
    blocks: Vec<Block>,
    places: &[Place],
    headings: Vec<Heading>,
    bounds: &[usize],
    back: usize,
    roles: Vec<(Lines, Role)>,
    announced: Vec<(u32, String)>,
    traces: &mut Vec<Trace>,
) -> Body {
    let first = headings.first().map_or(back, |h| h.block);
    let last_lines: Vec<u32> = blocks.iter().map(|b| b.lines().end()).collect();
    let mut front_blocks = Vec::new();
    let mut back_blocks = Vec::new();
    let mut content: Vec<Vec<Block>> = headings.iter().map(|_| Vec::new()).collect();
    let mut titles: Vec<Passage> = headings.iter().map(|_| Passage::default()).collect();
    for (i, block) in blocks.into_iter().enumerate() {
        let section = headings.partition_point(|h| h.block <= i).checked_sub(1);
        match places[i] {
            Place::Role(Role::BackMatter) => back_blocks.push(block),
            Place::Role(Role::Heading) => {
                if let Some(s) = section {
                    let skipped = headings[s].number.len();
                    let rest = block.passage.from(skipped);
                    titles[s] = if rest.text.starts_with('.') { rest.from(1) } else { rest };
                }
            }
            Place::Role(Role::Furniture | Role::Contents | Role::TitlePage) => {}
            Place::Content if i < first => front_blocks.push(block),
            Place::Content => {
                if let Some(s) = section {
                    content[s].push(block);
                }
            }
        }
    }
    let sections = headings
        .iter()
        .enumerate()
        .map(|(i, heading)| {
            let start = titles[i].lines().start();
            let end = last_lines[bounds[i].max(heading.block)];
            RawSection {
                chapter: heading.chapter,
                level: heading.level,
                number: heading.number.clone(),
                title: std::mem::take(&mut titles[i]),
                lines: Lines::new(start, end).unwrap_or_else(|| Lines::one(start)),
                leaf: headings.get(i + 1).is_none_or(|next| next.level <= heading.level),
                blocks: join(std::mem::take(&mut content[i]), traces),
            }
        })
        .collect();
    Body { front: join(front_blocks, traces), sections, back: back_blocks, roles, announced }
}

/// Numbered headings in order. A chapter is known by its title; a section by its place in the tree of numbers, or its title.
fn headings(blocks: &[Block]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        if block.form != Form::Plain || block.text().len() > 200 {
            continue;
        }
        let text = block.text().trim_end_matches([':', '\t']);
        if let Some((number, chapter)) = chapter_heading(text) {
            let value = number.parse::<u32>().unwrap_or(0);
            let before = headings.iter().rev().find(|h| h.level == 1).and_then(|h| h.number.parse::<u32>().ok());
            // The same chapter twice is a running head; a smaller number is a list.
            if before.is_none_or(|b| value > b) && !headings.iter().any(|h| h.level == 1 && h.chapter == chapter) {
                headings.push(Heading { block: i, chapter, level: 1, number });
            }
            continue;
        }
        if let Some(heading) = section_heading(text, i, &headings) {
            headings.push(heading);
        } else if let Some(heading) = unknown_chapter(blocks, i, &headings) {
            headings.push(heading);
        }
    }
    headings
}

fn section_heading(text: &str, block: usize, headings: &[Heading]) -> Option<Heading> {
    let before = headings.last()?;
    let (number, title) = template::numbered(text)?;
    if !number.contains('.') || !title.starts_with(|c: char| c.is_alphabetic() || matches!(c, '‘' | '’' | '\'' | '"' | '(')) {
        return None;
    }
    let known = template::is_section_title(title);
    let sentence = title.ends_with(['.', ';', ',', ':']) || title.len() > 120;
    let path = numbers(number);
    let follows = path.first() == numbers(&before.number).first() && path > numbers(&before.number);
    let next = || successors(&before.number).iter().any(|s| s == number);
    let accepted = known && (follows || path.first() == numbers(&before.number).first())
        || follows && !sentence && title.len() <= 80
        || !sentence && next();
    let level = u8::try_from(path.len()).unwrap_or(u8::MAX);
    accepted.then(|| Heading { block, chapter: before.chapter, level, number: number.to_owned() })
}

/// A chapter that the template does not have: `N Title` right behind a title page of the same number and title.
fn unknown_chapter(blocks: &[Block], at: usize, headings: &[Heading]) -> Option<Heading> {
    let (number, title) = template::numbered(blocks[at].text())?;
    let value = number.parse::<u32>().ok()?;
    let (number, title) = (number.to_owned(), fold(title));
    let last = headings.iter().rev().find(|h| h.level == 1)?.number.parse::<u32>().ok()?;
    if value != last + 1 || title.len() > 90 {
        return None;
    }
    let before = &blocks[at.saturating_sub(6)..at];
    let numbered = before.iter().any(|b| b.text() == number);
    let titled = (1..=before.len()).any(|n| {
        let words: Vec<&str> = before[before.len() - n..].iter().map(Block::text).filter(|t| *t != number).collect();
        fold(&words.join(" ")) == title
    });
    (numbered && titled).then_some(Heading { block: at, chapter: Chapter::Other, level: 1, number })
}

fn numbers(number: &str) -> Vec<u32> {
    number.split('.').filter_map(|n| n.parse().ok()).collect()
}

/// Numbers that may come next: a first child, or the next sibling of the section or of one above it.
pub fn successors(number: &str) -> Vec<String> {
    let path = numbers(number);
    let text = |p: &[u32]| p.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    let mut next = vec![text(&[path.as_slice(), &[1]].concat())];
    for length in (1..=path.len()).rev() {
        let mut sibling = path[..length].to_vec();
        if let Some(last) = sibling.last_mut() {
            *last += 1;
        }
        next.push(text(&sibling));
    }
    next
}

/// Marks the cover and the table of contents; returns what the latter announces.
fn front_matter(blocks: &[Block], front: &Front, first: usize, places: &mut [Place]) -> Vec<(u32, String)> {
    let mut announced = Vec::new();
    for (i, block) in blocks.iter().enumerate().take(first) {
        let text = block.text();
        if Some(i) == front.title_block || Some(i) == front.country_block {
            places[i] = Place::Role(Role::TitlePage);
        } else if template::CONTENTS.is_match(text) {
            places[i] = Place::Role(Role::Contents);
        } else if let Some(title) = front::announced(text)
            .filter(|t| t.len() < 150 && (front::announces_chapter(text) || text.starts_with(|c: char| c.is_ascii_digit())))
        {
            announced.push((block.lines().start(), title));
            places[i] = Place::Role(Role::Contents);
        }
    }
    announced
}

/// The first block of the back matter: after the last chapter's heading.
fn back_matter(blocks: &[Block], headings: &[Heading]) -> usize {
    let from = headings.last().map_or(0, |h| h.block);
    (from..blocks.len())
        .find(|i| blocks[*i].form == Form::Plain && template::BACK_MATTER.is_match(blocks[*i].text()))
        .unwrap_or(blocks.len())
}

/// Page numbers, logos, running heads, lone punctuation.
fn furniture(blocks: &[Block], front: &Front, places: &mut [Place], traces: &mut Vec<Trace>) {
    let title = fold(&front.title.text);
    for (i, block) in blocks.iter().enumerate() {
        if places[i] != Place::Content || !matches!(block.form, Form::Plain) {
            continue;
        }
        let text = block.text();
        let running = !title.is_empty() && text.len().abs_diff(title.len()) < 8 && fold(text) == title;
        if running || text.len() <= 40 && template::FURNITURE.is_match(text) {
            places[i] = Place::Role(Role::Furniture);
            traces.push(trace(TraceKind::PageFurniture, text, "left out", block.lines()));
        }
    }
}

/// Walks back from a chapter's heading over the title page: number and title again, in any order.
fn title_page(blocks: &[Block], heading: &Heading, places: &mut [Place], traces: &mut Vec<Trace>) {
    let title = fold(blocks[heading.block].text().trim_start_matches(|c: char| c.is_ascii_digit()));
    let words: Vec<&str> = title.split(' ').collect();
    let mut pending: Vec<usize> = Vec::new();
    let mut repeated: Vec<usize> = Vec::new();
    for i in (0..heading.block).rev() {
        let text = blocks[i].text();
        if matches!(places[i], Place::Role(Role::Contents | Role::Heading | Role::TitlePage)) || heading.block - i > 12 {
            break;
        }
        let lone = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
        let part = if text.len() <= title.len() + 40 { fold(text) } else { String::new() };
        let piece = blocks[i].form == Form::Plain && !part.is_empty() && part.split(' ').all(|w| is_word_of(w, &words));
        if lone || piece {
            if piece && !lone {
                repeated.push(i);
            }
            places[i] = Place::Role(Role::TitlePage);
            for j in pending.drain(..) {
                places[j] = Place::Role(Role::TitlePage);
            }
        } else if describes_picture(&blocks[i]) {
            pending.push(i);
        } else if places[i] == Place::Content {
            break;
        }
    }
    // A description in front of the whole title page belongs to it as well.
    for j in pending {
        places[j] = Place::Role(Role::TitlePage);
    }
    repeated.reverse();
    // Pieces of one printing stand together; a number between them parts two printings.
    for run in repeated.chunk_by(|a, b| *b == a + 1) {
        let (first, last) = (run[0], run[run.len() - 1]);
        let lines = blocks[first].lines().join(blocks[last].lines());
        let excerpt = run.iter().map(|i| blocks[*i].text()).collect::<Vec<_>>().join(" ");
        traces.push(trace(TraceKind::RepeatedTitle, &excerpt, "left out: the chapter's heading follows", lines));
    }
}

fn is_word_of(word: &str, title: &[&str]) -> bool {
    title.iter().any(|t| *t == word || (t.len() > 5 && strsim::levenshtein(t, word) <= 1))
}

/// A description of a picture, or the dots of a list that it invented.
fn describes_picture(block: &Block) -> bool {
    match block.form {
        Form::Plain => template::PICTURE.is_match(block.text()),
        Form::Item => !block.text().is_empty() && block.text().chars().all(|c| matches!(c, '.' | '…')),
        Form::Row(_) => false,
    }
}

/// Marks descriptions of pictures wherever they stand, and tells of them.
fn pictures(blocks: &[Block], places: &mut [Place], traces: &mut Vec<Trace>) {
    let mut i = 0;
    while i < blocks.len() {
        if !describes_picture(&blocks[i]) || matches!(places[i], Place::Role(Role::Heading | Role::BackMatter)) {
            i += 1;
            continue;
        }
        let mut end = i;
        while end + 1 < blocks.len() && blocks[end + 1].form == Form::Item && describes_picture(&blocks[end + 1]) {
            end += 1;
        }
        for place in &mut places[i..=end] {
            if *place == Place::Content {
                *place = Place::Role(Role::Furniture);
            }
        }
        let lines = blocks[i].lines().join(blocks[end].lines());
        traces.push(trace(TraceKind::PictureDescription, blocks[i].text(), "left out: it says nothing about the country", lines));
        i = end + 1;
    }
}

/// The last block of each section: before the next heading of its level or above, a title page, or the back matter.
fn bounds(headings: &[Heading], places: &[Place], back: usize) -> Vec<usize> {
    headings
        .iter()
        .enumerate()
        .map(|(i, heading)| {
            let next = headings[i + 1..].iter().find(|n| n.level <= heading.level).map_or(back, |n| n.block);
            let mut end = next.max(heading.block + 1) - 1;
            while end > heading.block && matches!(places[end], Place::Role(Role::TitlePage)) {
                end -= 1;
            }
            end
        })
        .collect()
}

/// Joins what page breaks and hard line ends cut, and empty bullets with their text.
fn join(blocks: Vec<Block>, traces: &mut Vec<Trace>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Some(last) = joined.last_mut() else {
            joined.push(block);
            continue;
        };
        let bullet = last.form == Form::Item && last.text().is_empty() && block.form == Form::Plain;
        if bullet || outline::continues(last, &block) {
            // Where the width broke the line, nothing was torn.
            if !last.full || block.gap {
                let lines = Lines::one(last.lines().end()).join(Lines::one(block.lines().start()));
                let excerpt = seam(last.text(), block.text());
                let treatment = if block.gap { "joined by one space" } else { "lines joined by one space" };
                traces.push(trace(TraceKind::JoinedPageBreak, &excerpt, treatment, lines));
            }
            last.passage.append(&block.passage);
            last.full = block.full;
            continue;
        }
        let list_cut = last.form == Form::Item && block.form == Form::Item && block.gap && last.text().ends_with([';', ',']);
        if list_cut {
            let lines = Lines::one(last.lines().end()).join(Lines::one(block.lines().start()));
            let excerpt = seam(last.text(), block.text());
            traces.push(trace(TraceKind::JoinedPageBreak, &excerpt, "read as one list", lines));
        }
        joined.push(block);
    }
    joined
}

/// The last words before a cut and the first after it.
fn seam(before: &str, after: &str) -> String {
    let tail: Vec<&str> = before.split_whitespace().rev().take(6).collect();
    let head: Vec<&str> = after.split_whitespace().take(6).collect();
    tail.into_iter().rev().chain(head).collect::<Vec<_>>().join(" ")
}

fn trace(kind: TraceKind, excerpt: &str, treatment: &str, lines: Lines) -> Trace {
    Trace { kind, excerpt: excerpt.to_owned(), treatment: treatment.to_owned(), lines }
}
