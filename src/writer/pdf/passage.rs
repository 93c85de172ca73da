//! Words of a report -> pieces: references to notes become links, passages in another script or language get their language.

use super::layout::Target;
use super::text::Piece;
use crate::report::{Report, Shown};
use crate::vocabulary::Geo;
use crate::writer::font::Face;
use crate::writer::theme::Style;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What there is to refer to, and which languages the publication's country writes.
#[derive(Clone, Debug)]
pub struct Passages {
    notes: usize,
    geo: Geo,
    cyrillic: &'static str,
    /// Indicators whose figures are listed with their places.
    indicators: BTreeSet<String>,
}

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"https?://[^\s<>]*[^\s<>.,;:)]|\bNotes? [0-9]+(?:(?:, | to | and )[0-9]+)*").expect("the pattern is valid")
});

impl Passages {
    pub fn of(report: &Report) -> Self {
        let indicators = super::origins::listed(report).into_iter().map(|g| g.indicator.to_owned()).collect();
        Self { notes: report.notes.len(), geo: report.geo, cyrillic: cyrillic(report.geo), indicators }
    }

    /// Of a document that lists no figures: there is nothing to lead to.
    #[must_use]
    pub fn without_origins(mut self) -> Self {
        self.indicators.clear();
        self
    }

    /// Whether the document lists its figures with their places.
    pub fn lists_figures(&self) -> bool {
        !self.indicators.is_empty()
    }

    /// Words that lead from a block to where its figures are listed, beginning with the first of its indicators.
    pub fn origins(&self, figures: &[&Shown], style: Style, first: bool) -> Vec<Piece<'static>> {
        let mut found: Vec<&str> = figures.iter().map(|f| super::origins::indicator(f)).filter(|i| self.indicators.contains(*i)).collect();
        let Some(indicator) = found.first().map(|i| (*i).to_owned()) else { return Vec::new() };
        found.sort_unstable();
        found.dedup();
        let words = if first { "Ids and cells of the figures: " } else { " Ids and cells of the figures: " };
        let target = Target::Anchor(super::origins::anchor(&indicator));
        let more = match found.len() {
            1 => ".".to_owned(),
            n => format!(" and {} more indicators.", n - 1),
        };
        vec![Piece::new(words, style), Piece::new(indicator, style).linked(target), Piece::new(more, style)]
    }

    /// A text in one style, in pieces where it refers to something or changes its script.
    pub fn pieces<'t>(&self, text: &'t str, style: Style) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for found in REFERENCE.find_iter(text) {
            self.words(&text[from..found.start()], style, &mut pieces);
            self.reference(found.as_str(), style, &mut pieces);
            from = found.end();
        }
        self.words(&text[from..], style, &mut pieces);
        pieces
    }

    /// Passages in a language of the country are set as the source sets them, in italics.
    fn words<'t>(&self, text: &'t str, style: Style, pieces: &mut Vec<Piece<'t>>) {
        let mut from = 0;
        for (range, language) in super::language::passages(text, self.geo) {
            self.scripts(&text[from..range.start], style, pieces);
            let face = if style.face == Face::Regular { Face::Italic } else { style.face };
            push(&text[range.clone()], style.faced(face), language, pieces);
            from = range.end;
        }
        self.scripts(&text[from..], style, pieces);
    }

    fn reference<'t>(&self, text: &'t str, style: Style, pieces: &mut Vec<Piece<'t>>) {
        if text.starts_with("http") {
            pieces.push(Piece::new(text, style).linked(Target::Address(text.to_owned())));
            return;
        }
        // Each number is a link; the first takes the word before it along.
        let mut from = 0;
        let mut first = true;
        for (at, digits) in numbers(text) {
            let start = if first { 0 } else { at };
            if start > from {
                pieces.push(Piece::new(&text[from..start], style));
            }
            let piece = Piece::new(&text[start..at + digits.len()], style);
            let known = digits.parse::<usize>().is_ok_and(|n| (1..=self.notes).contains(&n));
            pieces.push(if known { piece.linked(Target::Anchor(format!("note-{digits}"))) } else { piece });
            from = at + digits.len();
            first = false;
        }
        if from < text.len() {
            pieces.push(Piece::new(&text[from..], style));
        }
    }

    /// Splits where Greek or Cyrillic letters begin and end.
    fn scripts<'t>(&self, text: &'t str, style: Style, pieces: &mut Vec<Piece<'t>>) {
        if text.is_ascii() {
            return push(text, style, "", pieces);
        }
        let mut from = 0;
        let mut language = "";
        let mut end = 0;
        for (at, c) in text.char_indices() {
            let own = match c {
                '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some("el"),
                '\u{400}'..='\u{52f}' => Some(self.cyrillic),
                c if c.is_alphabetic() => Some(""),
                _ => None,
            };
            if let Some(own) = own {
                if own != language {
                    // Signs between two scripts stay with the passage before; spaces go with what follows.
                    let cut = if at == 0 { 0 } else { end.max(from) };
                    push(&text[from..cut], style, language, pieces);
                    from = cut;
                    language = own;
                }
                end = at + c.len_utf8();
            }
        }
        push(&text[from..], style, language, pieces);
    }
}

fn push<'t>(text: &'t str, style: Style, language: &'static str, pieces: &mut Vec<Piece<'t>>) {
    if !text.is_empty() {
        pieces.push(Piece::new(text, style).in_language(language));
    }
}

fn numbers(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

/// The language of Cyrillic letters in a country's text.
fn cyrillic(geo: Geo) -> &'static str {
    match geo.code() {
        "MK" => "mk",
        "RS" | "ME" | "BA" => "sr",
        "UA" => "uk",
        _ => "bg",
    }
}
