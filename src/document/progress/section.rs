//! Sections: what each page, or part of a page, is. Known by its shape and by the template's labels, never by its title.

use super::area::{self, Area};
use super::block::{blocks, is_headline, is_prose, titled};
use super::entry::{self, Catalogue, Entry};
use super::interview::{self, Interview};
use super::journey::{self, Journey};
use super::line::{PROJECT_BY, Passage, QUESTIONS, SPOTLIGHT, counter, ends_sentence, is_label, stage, starts_lower, trimmed, words, year};
use super::page::Page;
use super::principle::{self, Approach, Recipe};
use super::rundown::{self, Rundown};
use crate::source::Text;

/// One section by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: Passage,
    /// Other readings of the title.
    pub other_titles: Vec<String>,
    /// First and last line; the first is the title's or that of the label above it.
    pub start: u32,
    pub end: u32,
    /// Another line at which it may start.
    pub other_start: Option<u32>,
    /// Other kinds that it may be of.
    pub other_kinds: &'static [&'static str],
    pub body: Body,
    /// Its lines without furniture.
    pub content: Vec<u32>,
}

/// What a section is, with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Intro(Vec<Passage>),
    Recipe(Recipe),
    Approach(Approach),
    /// The page that lists the areas with their taglines.
    Areas {
        areas: Vec<(Passage, Passage)>,
        prose: Vec<Passage>,
    },
    Area(Area),
    Interview(Interview),
    Spotlights(Vec<Entry>),
    Catalogue(Catalogue),
    Journey(Journey),
    Rundown(Rundown),
    Manifesto(Vec<Passage>),
    Disclaimer(Vec<Passage>),
    Other(Vec<Passage>),
}

/// What a part of a page is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Intro,
    Recipe,
    Approach,
    Areas,
    Area,
    Interview,
    Spotlights,
    Catalogue,
    Journey,
    Rundown,
    Manifesto,
    Disclaimer,
    Other,
}

/// Words of running headers that name a kind of section in any brochure.
const HEADER_WORDS: &[(&str, Kind)] = &[
    ("disclaimer", Kind::Disclaimer),
    ("imprint", Kind::Disclaimer),
    ("legal notice", Kind::Disclaimer),
    ("manifesto", Kind::Manifesto),
    ("intro", Kind::Intro),
    ("welcome", Kind::Intro),
    ("letter", Kind::Intro),
    ("editorial", Kind::Intro),
    ("foreword", Kind::Intro),
    ("preface", Kind::Intro),
    ("approach", Kind::Approach),
];

struct Draft {
    kind: Kind,
    content: Vec<u32>,
    /// Lines of a header that is the section's title too.
    header: Vec<u32>,
    label: Option<u32>,
}

/// All sections in order.
pub fn read(text: &Text, pages: &[Page]) -> Vec<Section> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut chapter = String::new();
    for page in pages.iter().filter(|p| !p.title_page) {
        let all = blocks(text, &page.content(text));
        let marks = marks(text, page, &all);
        if marks.first().is_some_and(|(at, kind, _)| *at == 0 && *kind == Kind::Journey) && !own_title(text, &all) {
            begin_journey(text, &mut drafts);
        }
        let first = marks.first().map_or(all.len(), |(at, ..)| *at);
        let opens = all.first().is_some_and(|b| !titled(text, b).title.is_empty());
        let other_chapter = opens && !page.header.is_empty() && !chapter.is_empty() && page.header_text(text) != chapter;
        continue_with(&mut drafts, &all[..first], other_chapter);
        chapter = page.header_text(text);
        for (i, (at, kind, label)) in marks.iter().enumerate() {
            let end = marks.get(i + 1).map_or(all.len(), |(next, ..)| *next);
            let content: Vec<u32> = all[*at..end].iter().flatten().copied().collect();
            let joins = *kind == Kind::Journey && *at == 0 && drafts.last().is_some_and(|d| d.kind == Kind::Journey);
            if let Some(before) = drafts.last_mut().filter(|_| joins) {
                before.content.extend(content);
            } else {
                let header = if matches!(kind, Kind::Manifesto | Kind::Disclaimer) && *at == 0 { page.header.clone() } else { Vec::new() };
                drafts.push(Draft { kind: *kind, content, header, label: *label });
            }
        }
    }
    let names = area_names(text, pages, &drafts);
    let mut sections: Vec<Section> =
        drafts.into_iter().filter(|d| !d.content.is_empty()).flat_map(|draft| finish(text, draft, &names)).collect();
    for page in pages.iter().filter(|p| p.readings.len() > 1) {
        // Where the halves of headers are torn, a half may be part of a title.
        let halves = page.readings.iter().map(|lines| lines.iter().map(|n| trimmed(text, *n)).collect::<Vec<_>>().join(" "));
        let halves: Vec<String> = halves.collect();
        for section in sections.iter_mut().filter(|s| page.lines.start() <= s.start && s.start <= page.lines.end()) {
            section.other_titles.extend(halves.iter().cloned());
        }
    }
    sections
}

/// Gives lines that nothing marks to the section before them; those of a first page, or of a page that opens another chapter,
/// become a section of their own.
fn continue_with(drafts: &mut Vec<Draft>, rest: &[Vec<u32>], other_chapter: bool) {
    let content: Vec<u32> = rest.iter().flatten().copied().collect();
    if content.is_empty() {
        return;
    }
    match drafts.last_mut() {
        Some(before)
            if !other_chapter
                && matches!(
                    before.kind,
                    Kind::Spotlights | Kind::Catalogue | Kind::Interview | Kind::Journey | Kind::Other | Kind::Intro
                ) =>
        {
            before.content.extend(content);
        }
        Some(_) | None => drafts.push(Draft { kind: Kind::Other, content, header: Vec::new(), label: None }),
    }
}

/// Where sections begin on a page: index of the block, kind, and the label's line where it stands below that block.
fn marks(text: &Text, page: &Page, all: &[Vec<u32>]) -> Vec<(usize, Kind, Option<u32>)> {
    let line = |n: &u32| trimmed(text, *n);
    let count = |test: &dyn Fn(&str) -> bool| all.iter().flatten().filter(|n| test(line(n))).count();
    let header = page.header_text(text).to_lowercase();
    let hint = HEADER_WORDS.iter().find(|(word, _)| header.split(" / ").any(|part| part.starts_with(word))).map(|(_, kind)| *kind);
    let years = count(&|l| year(l).is_some());
    let events = count(&|l| journey::is_event_line(l));
    let mut marks: Vec<(usize, Kind, Option<u32>)> = Vec::new();
    let mut floor = 0;
    if count(&rundown::is_act_of) >= 2 {
        return vec![(0, Kind::Rundown, None)];
    }
    if count(&|l| counter(l).is_some()) >= 3 {
        return vec![(0, Kind::Recipe, None)];
    }
    if count(&|l| stage(l).is_some()) >= 2 || (years >= 2 && events < 2) {
        marks.push((0, Kind::Area, None));
        // Another section may follow on the same page, after the last label of the area.
        let labelled = |b: &Vec<u32>| b.iter().any(|n| stage(line(n)).is_some() || year(line(n)).is_some());
        floor = all.iter().rposition(labelled).map_or(0, |i| i + 1);
    } else if events >= 2 {
        let heading =
            (0..all.len()).find(|i| all[*i].iter().any(|n| year(line(n)).is_some() || journey::is_event_line(line(n)))).unwrap_or(0);
        let title = (0..heading).rev().find(|i| !titled(text, &all[*i]).title.is_empty()).unwrap_or(0);
        // Headlines above the title belong to it.
        let start = (0..title).rev().take_while(|i| is_headline(text, &all[*i])).last().unwrap_or(title);
        marks.push((start, Kind::Journey, None));
        floor = all.len();
    } else if let Some(kind) = hint {
        marks.push((0, kind, None));
        if kind == Kind::Disclaimer {
            // A headline below the notice opens something else: a contact.
            let next = (1..all.len()).find(|i| starts_lower(line(&all[*i][0])));
            marks.extend(next.map(|at| (at, Kind::Other, None)));
        }
        return marks;
    }
    for (i, block) in all.iter().enumerate().skip(floor) {
        if is_label(line(&block[0]), QUESTIONS) {
            let start = (floor..i).rev().take_while(|j| is_eyebrow(text, &all[*j])).last().unwrap_or(i);
            marks.push((start, Kind::Interview, None));
        } else if is_label(line(&block[0]), SPOTLIGHT) {
            let orphans = marks.is_empty() && i > 0 && all[..i].iter().all(|b| is_prose(text, b));
            marks.push(if orphans { (0, Kind::Spotlights, Some(block[0])) } else { (i, Kind::Spotlights, None) });
        }
    }
    let interview = marks.iter().any(|(_, kind, _)| *kind == Kind::Interview);
    if let Some(at) = catalogue_start(text, &all[floor..]).filter(|_| !interview) {
        marks.push(at_floor(at, floor));
    }
    if marks.is_empty() {
        marks.extend(unmarked(text, all));
    }
    marks.sort_by_key(|(at, ..)| *at);
    marks.dedup_by_key(|(at, ..)| *at);
    marks
}

fn at_floor((at, kind): (usize, Kind), floor: usize) -> (usize, Kind, Option<u32>) {
    (at + floor, kind, None)
}

/// A page that no label marks: one that opens with a headline of its own is something else; the rest goes on what was before.
fn unmarked(text: &Text, all: &[Vec<u32>]) -> Option<(usize, Kind, Option<u32>)> {
    let first = all.first()?;
    let second = all.get(1)?;
    // A headline alone, then another with text: an opening, not an entry.
    (is_headline(text, first) && !titled(text, second).title.is_empty() && is_prose(text, second)).then_some((0, Kind::Other, None))
}

/// Short lines above an interview's label: its topic and the line before.
fn is_eyebrow(text: &Text, block: &[u32]) -> bool {
    let short = block.len() <= 2 && block.iter().all(|n| words(trimmed(text, *n)) <= 6);
    short && !is_prose(text, block) && !block.iter().any(|n| year(trimmed(text, *n)).is_some())
}

/// Where a catalogue begins: the headline with running text before its first audience; or, where audiences have no entries,
/// the page that lists the areas.
fn catalogue_start(text: &Text, all: &[Vec<u32>]) -> Option<(usize, Kind)> {
    let mut headings: Vec<usize> = (0..all.len()).filter(|i| entry::is_audience(text, &all[*i])).collect();
    if headings.len() > 1 && headings[0] == 0 {
        // A heading that opens the page with others below it is the headline of all.
        headings.remove(0);
    }
    let first = *headings.first()?;
    let entries = all[first..].iter().filter(|b| {
        let t = titled(text, b);
        !t.title.is_empty() && !t.body.is_empty()
    });
    let entries = entries.count();
    if entries >= 3 {
        let start = (0..first).rev().find(|i| {
            let t = titled(text, &all[*i]);
            !t.title.is_empty() && !t.body.is_empty()
        });
        let start = start.unwrap_or(first);
        let above = |i: &usize| is_headline(text, &all[*i]) && !is_label(trimmed(text, all[*i][0]), SPOTLIGHT);
        return Some(((0..start).rev().take_while(above).last().unwrap_or(start), Kind::Catalogue));
    }
    (headings.len() >= 2 && entries <= 1).then_some((0, Kind::Areas))
}

/// Whether a page has a headline over running text before its first date.
fn own_title(text: &Text, all: &[Vec<u32>]) -> bool {
    all.iter().take_while(|b| !b.iter().any(|n| journey::is_event_line(trimmed(text, *n)))).any(|b| {
        let t = titled(text, b);
        !t.title.is_empty() && !t.body.is_empty() && is_prose(text, b) && year(trimmed(text, b[0])).is_none()
    })
}

/// A journey whose dates open a page began with the last headline of the page before.
fn begin_journey(text: &Text, drafts: &mut Vec<Draft>) {
    let Some(before) = drafts.last_mut() else { return };
    let all = blocks(text, &before.content);
    let titles: Vec<usize> = (0..all.len())
        .filter(|i| {
            let t = titled(text, &all[*i]);
            !t.title.is_empty() && !t.body.is_empty() && !is_label(&t.title.text, SPOTLIGHT)
        })
        .collect();
    let Some(at) = titles.last().copied().filter(|at| *at > 0 && titles.len() > 1) else { return };
    let content: Vec<u32> = all[at..].iter().flatten().copied().collect();
    before.content.retain(|n| !content.contains(n));
    drafts.push(Draft { kind: Kind::Journey, content, header: Vec::new(), label: None });
}

/// Names of areas that the text gives elsewhere: in the list of areas and on title pages of chapters.
fn area_names(text: &Text, pages: &[Page], drafts: &[Draft]) -> Vec<String> {
    let titles = pages.iter().filter(|p| p.title_page).filter_map(|p| p.header.first()).map(|n| trimmed(text, *n).to_owned());
    let listed = drafts.iter().filter(|d| d.kind == Kind::Areas).flat_map(|d| blocks(text, &d.content));
    titles.chain(listed.filter(|b| entry::is_audience(text, b)).map(|b| trimmed(text, b[0]).to_owned())).collect()
}

/// Reads what is in a section.
fn finish(text: &Text, draft: Draft, names: &[String]) -> Vec<Section> {
    let content = draft.content;
    let mut start = content[0].min(draft.header.first().copied().unwrap_or(u32::MAX));
    let end = content.iter().copied().max().unwrap_or(start);
    let mut other_titles = Vec::new();
    let mut extra = None;
    let (title, body) = match draft.kind {
        Kind::Area => {
            let area = area::read(text, &content, names);
            (area.name.clone(), Body::Area(area))
        }
        Kind::Interview => {
            let interview = interview::read(text, &content).unwrap_or_default();
            (interview.headline.clone(), Body::Interview(interview))
        }
        Kind::Spotlights => {
            let label = blocks(text, &content).into_iter().find(|b| is_label(trimmed(text, b[0]), SPOTLIGHT)).unwrap_or_default();
            let title = if label.len() > 1 { Passage::of(text, &label[1..]) } else { Passage::of(text, &label) };
            (title, Body::Spotlights(entry::spotlights(text, &content)))
        }
        Kind::Catalogue => {
            let catalogue = entry::catalogue(text, &content);
            (catalogue.title.clone(), Body::Catalogue(catalogue))
        }
        Kind::Journey => {
            let journey = journey::read(text, &content);
            (journey.title.clone(), Body::Journey(journey))
        }
        Kind::Rundown => {
            let rundown = rundown::read(text, &content);
            (rundown.title.clone(), Body::Rundown(rundown))
        }
        Kind::Recipe => {
            let recipe = principle::recipe(text, &content);
            if !recipe.other_title.is_empty() {
                let lines: Vec<u32> =
                    recipe.other_title.lines.iter().chain(recipe.prose.iter().take(2).flat_map(|p| &p.lines)).copied().collect();
                extra = Some((recipe.other_title.clone(), lines));
            }
            (recipe.title.clone(), Body::Recipe(recipe))
        }
        Kind::Approach => {
            let approach = principle::approach(text, &content);
            (approach.title.clone(), Body::Approach(approach))
        }
        Kind::Manifesto => {
            let title = draft.header.last().map(|n| Passage::of(text, &[*n])).unwrap_or_default();
            (title, Body::Manifesto(principle::manifesto(text, &content)))
        }
        Kind::Areas => {
            let (title, eyebrow, areas, prose) = list_of_areas(text, &content);
            if !eyebrow.is_empty() {
                other_titles = vec![eyebrow.text.clone(), format!("{} {}", eyebrow.text, title.text)];
            }
            (title, Body::Areas { areas, prose })
        }
        Kind::Disclaimer => {
            let title = draft.header.first().map(|n| Passage::of(text, &[*n])).unwrap_or_default();
            let prose = paragraphs(text, &content);
            (title, Body::Disclaimer(prose))
        }
        Kind::Intro | Kind::Other => {
            let (title, prose) = headline_and_prose(text, &content);
            (title, if draft.kind == Kind::Intro { Body::Intro(prose) } else { Body::Other(prose) })
        }
    };
    if let Some(n) = title.lines.iter().min().filter(|_| draft.label.is_none()) {
        start = start.min(*n);
    }
    let section = Section { title, other_titles, start, end, other_start: draft.label, other_kinds: &[], body, content };
    let extra = extra.map(|(title, lines)| Section {
        start: title.first(),
        end: lines.iter().copied().max().unwrap_or(title.first()),
        title,
        other_titles: Vec::new(),
        other_start: None,
        // It shares the page of another section, and nothing names it.
        other_kinds: &["intro", "recipe"],
        body: Body::Other(Vec::new()),
        content: Vec::new(),
    });
    std::iter::once(section).chain(extra).collect()
}

/// Running text as paragraphs; one that ends in no full stop goes on in the next block.
fn paragraphs(text: &Text, content: &[u32]) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for block in blocks(text, content) {
        let passage = Passage::of(text, &block);
        match out.last_mut() {
            Some(before) if is_prose(text, &before.lines.iter().copied().take(1).collect::<Vec<_>>()) && !ends_sentence(&before.text) => {
                *before = before.then(&passage);
            }
            Some(_) | None => out.push(passage),
        }
    }
    out
}

fn headline_and_prose(text: &Text, content: &[u32]) -> (Passage, Vec<Passage>) {
    let mut all = blocks(text, content).into_iter();
    let Some(first) = all.next() else { return (Passage::default(), Vec::new()) };
    let opening = titled(text, &first);
    let (title, body) = if ends_sentence(trimmed(text, first[0])) && starts_lower(trimmed(text, first[0])) {
        (Passage::of(text, &first[..1]), Passage::of(text, &first[1..]))
    } else {
        (opening.title, opening.body)
    };
    let rest: Vec<u32> = all.flatten().collect();
    let prose = std::iter::once(body).filter(|b| !b.is_empty()).chain(paragraphs(text, &rest)).collect();
    (title, prose)
}

type AreaList = (Passage, Passage, Vec<(Passage, Passage)>, Vec<Passage>);

/// The list of areas: headline, the line above it, areas with taglines, running text.
fn list_of_areas(text: &Text, content: &[u32]) -> AreaList {
    let (mut title, mut eyebrow) = (Passage::default(), Passage::default());
    let (mut areas, mut prose) = (Vec::new(), Vec::new());
    for block in blocks(text, content) {
        if entry::is_audience(text, &block) {
            areas.push((Passage::of(text, &block[..1]), Passage::of(text, &block[1..])));
            continue;
        }
        let t = titled(text, &block);
        if !t.title.is_empty() && t.body.is_empty() && title.is_empty() && eyebrow.is_empty() {
            eyebrow = t.title;
        } else if !t.title.is_empty() && title.is_empty() {
            title = t.title;
            prose.extend((!t.body.is_empty()).then_some(t.body));
        } else {
            prose.push(Passage::of(text, &block));
        }
    }
    if title.is_empty() {
        std::mem::swap(&mut title, &mut eyebrow);
    }
    (title, eyebrow, areas, prose)
}

/// Labels of the template within a section: they are headings, not rows.
pub fn labels(text: &Text, content: &[u32]) -> Vec<u32> {
    let is = |n: &&u32| {
        let line = trimmed(text, **n);
        is_label(line, SPOTLIGHT) || is_label(line, QUESTIONS) || is_label(line, PROJECT_BY)
    };
    content.iter().filter(is).copied().collect()
}
