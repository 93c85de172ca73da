//! Every passage of a factsheet with the place where it stands, in reading order.

use super::{dates::Dates, eu_acts};
use crate::document::dpa::{Chapter, Factsheet, Part, first_sentence};
use crate::document::outline::{Block, Form, Passage};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A passage and where it stands. What several extractors look for in it is found once.
#[derive(Debug)]
pub struct Spot<'a> {
    pub passage: Cow<'a, Passage>,
    /// Number of the section, empty outside the numbered body.
    pub section: &'a str,
    /// `None` in front and back matter.
    pub chapter: Option<Chapter>,
    pub kind: SpotKind,
    sentences: OnceLock<Vec<Range<usize>>>,
    dates: OnceLock<Dates>,
    eu_acts: OnceLock<Vec<eu_acts::Mention>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    SectionTitle,
    Subheading,
    EntryTitle,
    Paragraph,
    Item,
    Row,
    Declaration,
    Caption,
    Source,
    BackMatter,
    FrontMatter,
}

impl SpotKind {
    fn of(block: &Block) -> Self {
        match block.form {
            Form::Plain => Self::Paragraph,
            Form::Item => Self::Item,
            Form::Row(_) => Self::Row,
        }
    }
}

impl<'a> Spot<'a> {
    fn new(passage: Cow<'a, Passage>, section: &'a str, chapter: Option<Chapter>, kind: SpotKind) -> Self {
        Self { passage, section, chapter, kind, sentences: OnceLock::new(), dates: OnceLock::new(), eu_acts: OnceLock::new() }
    }

    pub fn is_long(&self) -> bool {
        self.passage.text.len() > LONGEST
    }

    /// The passage in pieces that end with a sentence, else with a word.
    fn pieces(&self) -> Vec<Self> {
        let text = self.passage.text.as_str();
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let limit = text.floor_char_boundary(at + LONGEST / 4);
            let near = &text[at..limit];
            let end = near.rfind(". ").map(|i| i + 2).or_else(|| near.rfind(' ').map(|i| i + 1));
            let end = if limit == text.len() { limit } else { end.map_or(limit, |i| at + i) };
            pieces.push(Self::new(Cow::Owned(self.passage.part(at..end)), self.section, self.chapter, self.kind));
            at = end;
        }
        pieces
    }

    /// The sentences of the passage, without the blanks between them.
    pub fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentences(&self.passage.text))
    }

    /// The sentence in which a byte stands.
    pub fn sentence_at(&self, byte: usize) -> Range<usize> {
        let all = self.sentences();
        let next = all.partition_point(|s| s.end <= byte);
        all.get(next).filter(|s| s.contains(&byte)).cloned().unwrap_or(0..self.passage.text.len())
    }

    /// What looks like a date in the passage.
    pub fn dates(&self) -> &Dates {
        self.dates.get_or_init(|| Dates::of(&self.passage.text))
    }

    /// Where the passage names acts of the Union, in order.
    pub fn eu_acts(&self) -> &[eu_acts::Mention] {
        self.eu_acts.get_or_init(|| eu_acts::mentions(&self.passage.text))
    }

    /// Running text: paragraphs and list items, of the body.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, SpotKind::Paragraph | SpotKind::Item | SpotKind::Declaration)
    }

    /// In the highlights or a content chapter.
    pub fn tells_of_the_country(&self) -> bool {
        self.chapter.is_some_and(|c| c.is_content() || c == Chapter::Highlights)
    }
}

/// All passages in order.
pub fn spots(factsheet: &Factsheet) -> Vec<Spot<'_>> {
    let mut spots = Vec::new();
    for block in &factsheet.front {
        spots.push(Spot::new(Cow::Borrowed(&block.passage), "", None, SpotKind::FrontMatter));
    }
    for section in &factsheet.sections {
        let mut push = |passage, kind| spots.push(Spot::new(Cow::Borrowed(passage), &section.number, Some(section.chapter), kind));
        push(&section.title, SpotKind::SectionTitle);
        for part in &section.parts {
            match part {
                Part::Subheading(passage) => push(passage, SpotKind::Subheading),
                Part::Loose(block) => push(&block.passage, SpotKind::of(block)),
                Part::Declaration(passage, _) => push(passage, SpotKind::Declaration),
                Part::Entry(entry) => {
                    push(&entry.title, SpotKind::EntryTitle);
                    for block in &entry.body {
                        push(&block.passage, SpotKind::of(block));
                    }
                }
                Part::Figure { caption, source } => {
                    if let Some(caption) = caption {
                        push(caption, SpotKind::Caption);
                    }
                    push(source, SpotKind::Source);
                }
            }
        }
    }
    for block in &factsheet.back {
        spots.push(Spot::new(Cow::Borrowed(&block.passage), "", None, SpotKind::BackMatter));
    }
    spots
}

/// Longest passage that is read in one piece, in bytes; those of real texts have some thousand.
pub const LONGEST: usize = 20_000;

/// Cuts passages that lost their line ends into pieces, so that the time to read them grows with their length and not with
/// its square.
pub fn cut(spots: Vec<Spot<'_>>) -> Vec<Spot<'_>> {
    let pieces = |spot| if Spot::is_long(&spot) { spot.pieces() } else { vec![spot] };
    spots.into_iter().flat_map(pieces).collect()
}

/// Most that a row quotes around a place, in bytes.
const QUOTED: usize = 900;

/// What a row quotes: a part of a text without blanks at its ends; where it is very long, the words around a place in it.
pub fn quoted(text: &str, part: Range<usize>, place: &Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = part;
    if end - start > QUOTED {
        let before = text.floor_char_boundary(place.start.saturating_sub(QUOTED / 2)).max(start);
        let after = text.floor_char_boundary(place.end + QUOTED / 2).min(end).max(place.end);
        start = if before > start { text[before..place.start].find(' ').map_or(before, |i| before + i) } else { start };
        end = if after < end { text[place.end..after].rfind(' ').map_or(after, |i| place.end + i) } else { end };
    }
    let words = &text[start..end];
    let from = start + (words.len() - words.trim_start().len());
    from..(start + words.trim_end().len()).max(from)
}

fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = first_sentence(&text[at..]).end;
        all.push(at..at + length);
        let rest = &text[at + length..];
        at += length + (rest.len() - rest.trim_start().len());
    }
    all
}
