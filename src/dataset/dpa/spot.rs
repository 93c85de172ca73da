//! Every passage of a factsheet with the place where it stands, in reading order.

use crate::document::dpa::{Chapter, Factsheet, Part, first_sentence};
use crate::document::outline::{Block, Form, Passage};
use std::ops::Range;

/// A passage and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    pub passage: &'a Passage,
    /// Number of the section, empty outside the numbered body.
    pub section: &'a str,
    /// `None` in front and back matter.
    pub chapter: Option<Chapter>,
    pub kind: SpotKind,
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

impl Spot<'_> {
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
        spots.push(Spot { passage: &block.passage, section: "", chapter: None, kind: SpotKind::FrontMatter });
    }
    for section in &factsheet.sections {
        let mut push = |passage, kind| spots.push(Spot { passage, section: &section.number, chapter: Some(section.chapter), kind });
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
        spots.push(Spot { passage: &block.passage, section: "", chapter: None, kind: SpotKind::BackMatter });
    }
    spots
}

/// The sentences of a text, without the blanks between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
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
