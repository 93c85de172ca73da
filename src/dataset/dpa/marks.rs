//! Links, bold and italic spans.

use super::spot::Spot;
use crate::dataset::{Artefact, ArtefactKind};
use crate::dataset::{ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::document::outline::Style;
use crate::vocabulary::Lines;

/// A hyperlink.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Words of the link.
    pub text: String,
    /// Address; # is a lost one.
    pub target: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub lines: Lines,
}

impl Record for Link {
    const SCHEMA: Schema = Schema {
        name: "links",
        title: "Links",
        row: "one hyperlink",
        columns: &[
            column("text", ColumnType::Text, "words of the link"),
            column("target", ColumnType::Text, "address; # is a lost one"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start", "text"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.text),
            Value::text(&self.target),
            Value::text(&self.section_number),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// A bold or italic span.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The words.
    pub term: String,
    /// Bold or italic.
    pub style: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub lines: Lines,
}

impl Record for Term {
    const SCHEMA: Schema = Schema {
        name: "terms",
        title: "Terms",
        row: "one bold or italic span",
        columns: &[
            column("term", ColumnType::Text, "the words"),
            column("style", ColumnType::Text, "bold or italic"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
        ],
        key: &["line_start", "term"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.term),
            Value::text(&self.style),
            Value::text(&self.section_number),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// All links and all bold and italic spans, in reading order.
pub fn marks(spots: &[Spot<'_>]) -> (Vec<Link>, Vec<Term>) {
    let mut links = Vec::new();
    let mut terms = Vec::new();
    for spot in spots {
        for mark in &spot.passage.marks {
            let words = spot.passage.text[mark.range.clone()].to_owned();
            let lines = spot.passage.lines_of(&mark.range);
            let section_number = spot.section.to_owned();
            match &mark.style {
                Style::Link(target) => links.push(Link { text: words, target: target.clone(), section_number, lines }),
                Style::Bold => terms.push(Term { term: words, style: "bold".to_owned(), section_number, lines }),
                Style::Italic => terms.push(Term { term: words, style: "italic".to_owned(), section_number, lines }),
            }
        }
    }
    (links, terms)
}

/// Links without a target.
pub fn lost_targets(links: &[Link]) -> impl Iterator<Item = Artefact> + '_ {
    links.iter().filter(|l| l.target == "#" || l.target.is_empty()).map(|l| Artefact {
        kind: ArtefactKind::LostLinkTarget,
        excerpt: l.text.clone(),
        treatment: "kept as a link without a target".to_owned(),
        lines: l.lines,
    })
}
