//! Patterns that are quick to make and to run on the texts of Europe: word bounds are looked for in ASCII wherever that is
//! the same, and letters are those of Europe's scripts. The classes of all of Unicode make automata a hundred times as large,
//! which every start of the program would have to build.

use regex::{CaptureMatches, Captures, Error, Match, Matches, Regex};
use std::borrow::Cow;
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
    bounds: Bounds,
}

/// Where the word bounds of a pattern stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bounds {
    None,
    /// Beside signs of ASCII alone: a bound of Unicode is one of ASCII as well, though not the other way round.
    Plain,
    /// Beside letters of any kind.
    Any,
}

impl Pattern {
    /// Errors are those of the crate `regex`.
    pub fn new(source: &str) -> Result<Self, Error> {
        let source = CLASSES.iter().fold(source.to_owned(), |source, (long, short)| source.replace(long, short));
        let plain = Regex::new(&source.replace(r"\b", r"(?-u:\b)"))?;
        let bounds = match (source.contains(r"\b"), source.contains("À-Ö")) {
            (false, _) => Bounds::None,
            (true, false) => Bounds::Plain,
            (true, true) => Bounds::Any,
        };
        Ok(Self { source, plain, full: OnceLock::new(), bounds })
    }

    /// The automaton that is right for a text.
    fn on(&self, text: &str) -> &Regex {
        if self.bounds == Bounds::None || is_plain(text) || self.bounds == Bounds::Plain && self.finds_the_same(text) {
            return &self.plain;
        }
        self.full.get_or_init(|| Regex::new(&self.source).expect("it is valid with the bounds of ASCII"))
    }

    /// Whether no match with the bounds of ASCII has a letter beyond ASCII inside or beside it: then those of Unicode
    /// give the same ones.
    fn finds_the_same(&self, text: &str) -> bool {
        let other = |c: char| !c.is_ascii() && c.is_alphanumeric();
        self.plain
            .find_iter(text)
            .all(|m| !m.as_str().contains(other) && !text[..m.start()].ends_with(other) && !text[m.end()..].starts_with(other))
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

    /// With `$1` in `by` for what the first group found.
    pub fn replace_all<'h>(&self, text: &'h str, by: &str) -> Cow<'h, str> {
        self.on(text).replace_all(text, by)
    }

    pub fn captures_iter<'r, 'h>(&'r self, text: &'h str) -> CaptureMatches<'r, 'h> {
        self.on(text).captures_iter(text)
    }
}

/// Classes of Unicode and what stands for them: Latin, Greek, Cyrillic, Armenian and Georgian letters, ASCII digits. A class
/// in a class is a union, so they may stand in brackets.
const CLASSES: &[(&str, &str)] = &[
    (r"\p{Lu}", UPPER),
    (r"\p{Ll}", LOWER),
    (r"\p{L}", LETTER),
    (r"\w", r"[0-9A-Z_a-zªµºÀ-ÖØ-öø-ɏ\x{386}-\x{481}\x{48a}-\x{556}\x{561}-\x{587}\x{10a0}-\x{10ff}\x{1e00}-\x{1fff}]"),
    (r"\d", "[0-9]"),
];

const LETTER: &str = r"[A-Za-zªµºÀ-ÖØ-öø-ɏ\x{386}-\x{481}\x{48a}-\x{556}\x{561}-\x{587}\x{10a0}-\x{10ff}\x{1e00}-\x{1fff}]";

/// In the extended blocks a capital and its small letter stand in turns.
const UPPER: &str = "[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƏȘȚΆΈ-ΏΑ-ΫЀ-ЯҐҒҚҢҮҰҲҺӘӨԱ-Ֆ]";

const LOWER: &str = "[a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĳĵķĸĺļľŀłńņňŉŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžſəșțΐά-ώа-џґғқңүұҳһәөա-ևა-ჿ]";

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
