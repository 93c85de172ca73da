//! Patterns that are quick to make and to run on the texts of Europe: word bounds are looked for in ASCII wherever that is
//! the same, and letters are those of Europe's scripts. The classes of all of Unicode make automata a hundred times as large,
//! which every start of the program would have to build.

use regex_automata::Input;
use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::util::captures;
use std::ops::{Index, Range};
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

/// How much a pattern is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usage {
    /// In all of a document: the automaton is made deterministic as it runs, which takes a second one for the way back.
    Throughout,
    /// In few or short texts: what is quicker to make is right, though it runs slower.
    Brief,
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
    /// For all of a document. Errors are those of the crate `regex_automata`.
    pub fn new(source: &str) -> Result<Self, Box<BuildError>> {
        Self::made(source, Usage::Throughout)
    }

    /// For few or short texts, or where a match must begin at their start.
    pub fn brief(source: &str) -> Result<Self, Box<BuildError>> {
        Self::made(source, Usage::Brief)
    }

    fn made(source: &str, usage: Usage) -> Result<Self, Box<BuildError>> {
        let source = CLASSES.iter().fold(source.to_owned(), |source, (long, short)| source.replace(long, short));
        let plain = automata(&source.replace(r"\b", r"(?-u:\b)"), usage)?;
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
        // A letter beyond ASCII stands in the text, before which no deterministic automaton knows a bound.
        self.full.get_or_init(|| automata(&self.source, Usage::Brief).expect("it is valid with the bounds of ASCII"))
    }

    /// Whether no match with the bounds of ASCII has a letter beyond ASCII inside or beside it: then those of Unicode
    /// give the same ones.
    fn finds_the_same(&self, text: &str) -> bool {
        let other = |c: char| !c.is_ascii() && c.is_alphanumeric();
        self.plain
            .find_iter(text)
            .all(|m| !text[m.range()].contains(other) && !text[..m.start()].ends_with(other) && !text[m.end()..].starts_with(other))
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.on(text).is_match(text)
    }

    pub fn find<'h>(&self, text: &'h str) -> Option<Match<'h>> {
        self.on(text).find(text).map(|found| Match { text, range: found.range() })
    }

    pub fn find_iter<'h>(&self, text: &'h str) -> impl Iterator<Item = Match<'h>> {
        self.on(text).find_iter(text).map(move |found| Match { text, range: found.range() })
    }

    pub fn captures<'h>(&self, text: &'h str) -> Option<Captures<'h>> {
        self.captures_at(text, 0)
    }

    /// The first match from a place on; bounds see the text before it.
    pub fn captures_at<'h>(&self, text: &'h str, start: usize) -> Option<Captures<'h>> {
        let regex = self.on(text);
        let mut groups = regex.create_captures();
        regex.search_captures(&Input::new(text).range(start..), &mut groups);
        groups.is_match().then_some(Captures { text, groups })
    }

    pub fn captures_iter<'h>(&self, text: &'h str) -> impl Iterator<Item = Captures<'h>> {
        self.on(text).captures_iter(text).map(move |groups| Captures { text, groups })
    }

    /// With what its first group found in the place of every match.
    pub fn replace_by_group(&self, text: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut end = 0;
        for found in self.captures_iter(text) {
            let (whole, group) = (&found.groups.get_match().expect("it matched").range(), found.get(1));
            replaced.push_str(&text[end..whole.start]);
            replaced.push_str(group.map_or("", |group| group.as_str()));
            end = whole.end;
        }
        replaced.push_str(&text[end..]);
        replaced
    }
}

/// Literals are not searched for ahead of the automaton, and there is none that needs no look back: for texts of 100 kB both
/// take longer to make than they save.
fn automata(source: &str, usage: Usage) -> Result<Regex, Box<BuildError>> {
    let config = Config::new().auto_prefilter(false).onepass(false).hybrid(usage == Usage::Throughout);
    Ok(Regex::builder().configure(config).build(source)?)
}

/// What a pattern found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'h> {
    text: &'h str,
    range: Range<usize>,
}

impl<'h> Match<'h> {
    pub fn as_str(&self) -> &'h str {
        &self.text[self.range.clone()]
    }

    pub fn start(&self) -> usize {
        self.range.start
    }

    pub fn end(&self) -> usize {
        self.range.end
    }

    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

/// What a pattern and its groups found.
#[derive(Clone, Debug)]
pub struct Captures<'h> {
    text: &'h str,
    groups: captures::Captures,
}

impl<'h> Captures<'h> {
    /// The whole match is group 0.
    pub fn get(&self, group: usize) -> Option<Match<'h>> {
        self.groups.get_group(group).map(|span| Match { text: self.text, range: span.range() })
    }

    pub fn name(&self, group: &str) -> Option<Match<'h>> {
        self.groups.get_group_by_name(group).map(|span| Match { text: self.text, range: span.range() })
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, group: usize) -> &str {
        let span = self.groups.get_group(group).expect("a group that takes part in every match");
        &self.text[span.range()]
    }
}

impl Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, group: &str) -> &str {
        let span = self.groups.get_group_by_name(group).expect("a group that takes part in every match");
        &self.text[span.range()]
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
