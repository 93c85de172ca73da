//! Running text: pieces of several styles, broken into lines by Unicode's rules and English hyphenation, set ragged right
//! without widows.

use super::layout::{Layout, Paint, Role, Target, measure};
use crate::writer::theme::Style;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A stretch of text in one style.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    pub text: Cow<'a, str>,
    pub style: Style,
    /// BCP 47 where it differs from the document's; else empty.
    pub language: &'a str,
    pub target: Option<Target>,
    /// Raised: a note's letter.
    pub raised: f32,
}

impl<'a> Piece<'a> {
    pub fn new(text: impl Into<Cow<'a, str>>, style: Style) -> Self {
        let text = text.into();
        // Glyphs carry no offset upwards: accents must be part of their letter.
        let text = if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { Cow::Owned(text.nfc().collect()) };
        Self { text, style, language: "", target: None, raised: 0.0 }
    }

    #[must_use]
    pub fn linked(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    #[must_use]
    pub fn in_language(mut self, language: &'a str) -> Self {
        self.language = language;
        self
    }
}

/// A stretch of a line: which piece, which words, where.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub piece: usize,
    pub text: String,
    pub x: f32,
    pub width: f32,
    /// A hyphen follows that belongs to no word.
    pub hyphen: bool,
}

pub type Line = Vec<Stretch>;

/// Whether words may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyphens {
    Allowed,
    Never,
}

/// A line this much shorter than the measure is worth a hyphen.
const RAGGED: f32 = 0.12;

/// Bytes of the longest word that the hyphenation takes, less the dots it adds.
const LONGEST: usize = 40;

/// Breaks pieces into lines no wider than `width`.
pub fn lines(pieces: &[Piece], width: f32, hyphens: Hyphens) -> Vec<Line> {
    let whole: String = pieces.iter().map(|p| p.text.as_ref()).collect();
    let mut setter = Setter { pieces, width, lines: Vec::new(), line: Vec::new(), used: 0.0, hyphenated: 0 };
    let mut starts = Vec::with_capacity(pieces.len() + 1);
    let mut at = 0;
    for piece in pieces {
        starts.push(at);
        at += piece.text.len();
    }
    starts.push(at);
    let mut from = 0;
    for (to, kind) in unicode_linebreak::linebreaks(&whole) {
        let mut word = Vec::new();
        let mut a = from;
        while a < to {
            let piece = starts.partition_point(|s| *s <= a) - 1;
            let b = to.min(starts[piece + 1]);
            if b > a {
                word.push((piece, &whole[a..b]));
            }
            a = b.max(a + usize::from(b == a));
        }
        setter.word(&word, hyphens);
        if kind == unicode_linebreak::BreakOpportunity::Mandatory && to < whole.len() {
            setter.turn();
        }
        from = to;
    }
    setter.turn();
    setter.lines
}

struct Setter<'p, 'a> {
    pieces: &'p [Piece<'a>],
    width: f32,
    lines: Vec<Line>,
    line: Line,
    used: f32,
    /// Hyphens at the ends of the lines before this one.
    hyphenated: u8,
}

impl Setter<'_, '_> {
    /// Sets what no line break may part, or parts it where it must.
    fn word(&mut self, word: &[(usize, &str)], hyphens: Hyphens) {
        let last = word.len().saturating_sub(1);
        let bare: f32 = word.iter().enumerate().map(|(i, (p, t))| self.measure(*p, if i == last { t.trim_end() } else { t })).sum();
        if self.used + bare <= self.width + 0.01 {
            self.set(word);
            return;
        }
        let left = self.width - self.used;
        if hyphens == Hyphens::Allowed && self.hyphenated < 2 && left > self.width * RAGGED && self.hyphenate(word, left) {
            return;
        }
        if !self.line.is_empty() {
            self.hyphenated = 0;
            self.turn();
        }
        if bare <= self.width + 0.01 { self.set(word) } else { self.part(word) }
    }

    /// Puts the first syllables at the end of this line and the rest on the next. False if none fit.
    fn hyphenate(&mut self, word: &[(usize, &str)], left: f32) -> bool {
        let [(piece, text)] = word else { return false };
        let bare = text.trim_end();
        let core = bare.trim_matches(|c: char| !c.is_alphabetic());
        let (Some(start), true) =
            (bare.find(core), core.chars().count() >= 6 && core.len() <= LONGEST && core.chars().all(char::is_alphabetic))
        else {
            return false;
        };
        // A name or an abbreviation is not an English word.
        if core.chars().skip(1).any(char::is_uppercase) || !self.pieces[*piece].language.is_empty() {
            return false;
        }
        let mut end = start;
        let mut best = None;
        for syllable in hypher::hyphenate_bounded(core, hypher::Lang::English, 3, 3) {
            end += syllable.len();
            if end < start + core.len() && self.measure(*piece, &bare[..end]) + self.measure(*piece, "-") <= left {
                best = Some(end);
            }
        }
        let Some(cut) = best else { return false };
        self.set(&[(*piece, &text[..cut])]);
        if let Some(stretch) = self.line.last_mut() {
            stretch.hyphen = true;
        }
        self.hyphenated += 1;
        self.turn();
        self.set(&[(*piece, &text[cut..])]);
        true
    }

    /// A word wider than the measure (an address, an id): parted after its separators, else anywhere.
    fn part(&mut self, word: &[(usize, &str)]) {
        for (piece, text) in word {
            let mut rest = *text;
            while !rest.is_empty() {
                let left = self.width - self.used;
                let mut fits = 0;
                let mut neat = 0;
                for (at, c) in rest.char_indices() {
                    let end = at + c.len_utf8();
                    if self.measure(*piece, rest[..end].trim_end()) > left {
                        break;
                    }
                    fits = end;
                    if matches!(c, '/' | '.' | '_' | '?' | '&' | '=' | '-' | ',' | '#') {
                        neat = end;
                    }
                }
                let cut = if fits == rest.len() {
                    fits
                } else if neat * 2 > fits {
                    neat
                } else {
                    fits
                };
                if cut == 0 && self.line.is_empty() {
                    // Not even a letter fits: it sticks out rather than being lost.
                    let first = rest.chars().next().map_or(rest.len(), char::len_utf8);
                    self.set(&[(*piece, &rest[..first])]);
                    rest = &rest[first..];
                } else {
                    self.set(&[(*piece, &rest[..cut])]);
                    rest = &rest[cut..];
                }
                if !rest.is_empty() {
                    self.turn();
                }
            }
        }
    }

    fn set(&mut self, word: &[(usize, &str)]) {
        for (piece, text) in word {
            if text.is_empty() {
                continue;
            }
            let text = text.trim_end_matches(['\n', '\r']);
            let width = self.measure(*piece, text);
            match self.line.last_mut() {
                Some(last) if last.piece == *piece => {
                    last.text.push_str(text);
                    last.width += width;
                }
                Some(_) | None => self.line.push(Stretch { piece: *piece, text: text.to_owned(), x: self.used, width, hyphen: false }),
            }
            self.used += width;
        }
    }

    fn turn(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.used = 0.0;
    }

    fn measure(&self, piece: usize, text: &str) -> f32 {
        measure(self.pieces[piece].style, text)
    }
}

/// Width of a line without the space at its end.
pub fn line_width(line: &Line, pieces: &[Piece]) -> f32 {
    line.last().map_or(0.0, |s| s.x + measure(pieces[s.piece].style, s.text.trim_end()))
}

impl Layout {
    /// Sets pieces as one element of `role` at the cursor and moves below it. `x` and `width` bound the lines.
    pub fn flow(&mut self, role: Role, pieces: &[Piece], x: f32, width: f32, hyphens: Hyphens) {
        let set = lines(pieces, width, hyphens);
        let leading = pieces.iter().map(|p| p.style.leading).fold(0.0, f32::max);
        let node = self.begin(role);
        let mut links = vec![None; pieces.len()];
        let mut done = 0;
        while done < set.len() {
            let left = set.len() - done;
            let fits = (self.room() / leading).max(0.0) as usize;
            let count = if left <= fits {
                left
            } else if left <= 3 {
                0
            } else {
                // Two lines at least on either side.
                fits.min(left - 2)
            };
            if count < 2 && count < left && self.y > crate::writer::theme::grid::TOP {
                self.new_page();
                continue;
            }
            for line in &set[done..done + count.max(1).min(left)] {
                let y = self.y + 0.75 * leading;
                self.line_of(line, pieces, x, y, node, &mut links);
                self.y += leading;
            }
            done += count.max(1).min(left);
        }
        self.end();
    }

    /// One line of pieces at a baseline, each stretch within its element: the link, the foreign passage, or `node`.
    pub fn line_of(&mut self, line: &Line, pieces: &[Piece], x: f32, y: f32, node: usize, links: &mut [Option<usize>]) {
        for stretch in line {
            let piece = &pieces[stretch.piece];
            let owner = match (&piece.target, piece.language) {
                (None, "") => node,
                (target, language) => *links[stretch.piece].get_or_insert_with(|| match target {
                    Some(Target::Anchor(_)) => {
                        let reference = self.child(node, Role::Reference);
                        self.child(reference, Role::Link)
                    }
                    Some(Target::Address(_)) => self.child(node, Role::Link),
                    None => {
                        let span = self.child(node, Role::Span);
                        self.nodes[span].language = language.to_owned();
                        span
                    }
                }),
            };
            self.mark(owner);
            let (left, baseline) = (x + stretch.x, y - piece.raised);
            let width = self.text(left, baseline, piece.style, &stretch.text);
            if stretch.hyphen {
                self.paint(left + width, baseline, piece.style, "-", Paint::SoftHyphen);
            }
            if let Some(target) = &piece.target {
                let width = measure(piece.style, stretch.text.trim_end());
                let rect = [left, y - 0.75 * piece.style.leading, left + width, y + 0.25 * piece.style.leading];
                let words = match target {
                    Target::Anchor(_) => format!("Go to {}", piece.text.trim()),
                    Target::Address(address) => format!("Open {address}"),
                };
                self.link(owner, rect, target.clone(), words);
            }
        }
    }

    /// Lines at a given place within the element that is open; the cursor stays. Returns the height.
    pub fn lines_at(&mut self, pieces: &[Piece], x: f32, top: f32, width: f32, hyphens: Hyphens) -> f32 {
        let set = lines(pieces, width, hyphens);
        let leading = pieces.iter().map(|p| p.style.leading).fold(0.0, f32::max);
        let node = self.current();
        let mut links = vec![None; pieces.len()];
        let mut y = top;
        for line in &set {
            self.line_of(line, pieces, x, y + 0.75 * leading, node, &mut links);
            y += leading;
        }
        y - top
    }
}
