//! Patterns that are fast on texts with typographic signs: word bounds are looked for in ASCII wherever that is the same.

use regex::{CaptureMatches, Captures, Error, Match, Matches, Regex};
use std::sync::OnceLock;

/// A regular expression. Word bounds of Unicode keep the crate from its fast automata as soon as a text has one sign beyond
/// ASCII, be it a quotation mark. Where no such sign is part of a word, the bounds of ASCII are the same and quick.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// With the word bounds of ASCII.
    plain: Regex,
    /// As written; made when a text first needs it.
    full: OnceLock<Regex>,
    bounded: bool,
}

impl Pattern {
    /// Errors are those of the crate `regex`.
    pub fn new(source: &str) -> Result<Self, Error> {
        let plain = Regex::new(&source.replace(r"\b", r"(?-u:\b)"))?;
        Ok(Self { source: source.to_owned(), plain, full: OnceLock::new(), bounded: source.contains(r"\b") })
    }

    /// The automaton that is right for a text.
    fn on(&self, text: &str) -> &Regex {
        if !self.bounded || is_plain(text) {
            return &self.plain;
        }
        self.full.get_or_init(|| Regex::new(&self.source).expect("it is valid with the bounds of ASCII"))
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.on(text).is_match(text)
    }

    pub fn find<'h>(&self, text: &'h str) -> Option<Match<'h>> {
        self.on(text).find(text)
    }

    pub fn find_iter<'r, 'h>(&'r self, text: &'h str) -> Matches<'r, 'h> {
        self.on(text).find_iter(text)
    }

    pub fn captures<'h>(&self, text: &'h str) -> Option<Captures<'h>> {
        self.on(text).captures(text)
    }

    /// The first match from a place on; bounds see the text before it.
    pub fn captures_at<'h>(&self, text: &'h str, start: usize) -> Option<Captures<'h>> {
        self.on(text).captures_at(text, start)
    }

    pub fn captures_iter<'r, 'h>(&'r self, text: &'h str) -> CaptureMatches<'r, 'h> {
        self.on(text).captures_iter(text)
    }
}

/// Whether no sign beyond ASCII can be part of a word: only blanks, dashes, quotation marks, dots and the euro.
fn is_plain(text: &str) -> bool {
    text.is_ascii()
        || text.chars().all(|c| {
            c.is_ascii()
                || matches!(c, '\u{a0}' | '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{202f}' | '€' | '²' | '∞' | '°' | '§' | '\u{f02d}')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_words_are_those_of_unicode() {
        let pattern = Pattern::new(r"\bis\b").expect("a valid pattern");
        for (text, there) in [("it is", true), ("it’s – is", true), ("éis", false), ("« is »", true), ("isé and is", true), ("isé", false)]
        {
            assert_eq!(pattern.is_match(text), there, "{text}");
        }
    }
}
