//! What a single line looks like: the words that any brochure of the family has are data here.

use crate::source::Text;
use crate::vocabulary::Lines;

/// Words of the source with the lines they stand on, in reading order; the lines need not be neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    pub text: String,
    pub lines: Vec<u32>,
}

impl Passage {
    /// The lines joined by one space, as printed.
    pub fn of(text: &Text, lines: &[u32]) -> Self {
        let words: Vec<&str> = lines.iter().map(|n| trimmed(text, *n)).filter(|l| !l.is_empty()).collect();
        Self { text: words.join(" "), lines: lines.to_vec() }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn first(&self) -> u32 {
        self.lines.iter().copied().min().unwrap_or(1)
    }

    /// The hull of its lines.
    pub fn span(&self) -> Lines {
        hull(&self.lines)
    }

    /// This passage followed by another.
    #[must_use]
    pub fn then(&self, other: &Self) -> Self {
        let text = [self.text.as_str(), other.text.as_str()].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" ");
        Self { text, lines: self.lines.iter().chain(&other.lines).copied().collect() }
    }
}

/// The hull of some lines; line 1 if there are none.
pub fn hull(lines: &[u32]) -> Lines {
    let start = lines.iter().copied().min().unwrap_or(1);
    let end = lines.iter().copied().max().unwrap_or(start);
    Lines::new(start.max(1), end.max(1)).unwrap_or(Lines::one(start))
}

/// Neighbouring lines as ranges.
pub fn ranges(lines: &[u32]) -> Vec<Lines> {
    let mut sorted = lines.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut out: Vec<Lines> = Vec::new();
    for n in sorted {
        match out.last_mut() {
            Some(last) if last.end() + 1 == n => *last = last.join(Lines::one(n)),
            Some(_) | None => out.push(Lines::one(n)),
        }
    }
    out
}

/// A line without the white space and form feeds around it.
pub fn trimmed(text: &Text, number: u32) -> &str {
    text.line(number).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// A bare year.
pub fn year(line: &str) -> Option<i16> {
    (line.len() == 4 && line.bytes().all(|b| b.is_ascii_digit())).then(|| line.parse().ok()).flatten().filter(|y| (1900..=2099).contains(y))
}

/// A bare number of one or two digits: of a chapter, or in a numbered list.
pub fn counter(line: &str) -> Option<u8> {
    ((1..=2).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_digit())).then(|| line.parse().ok()).flatten()
}

/// The three labels of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageLabel {
    Then,
    Now,
    UpNext,
}

pub fn stage(line: &str) -> Option<StageLabel> {
    match line.trim_end_matches(['…', '.', ':']).to_lowercase().as_str() {
        "then" => Some(StageLabel::Then),
        "now" => Some(StageLabel::Now),
        "up next" => Some(StageLabel::UpNext),
        _ => None,
    }
}

/// Labels that open an interview, a spotlight, and the line above an interview's topic.
pub const QUESTIONS: &[&str] = &["q&a", "q & a", "interview"];
pub const SPOTLIGHT: &[&str] = &["spotlight", "spotlights"];
pub const PROJECT_BY: &[&str] = &["a project by", "an initiative by"];

/// Whether a line is one of these labels.
pub fn is_label(line: &str, labels: &[&str]) -> bool {
    let line = line.trim_end_matches(['…', ':']).to_lowercase();
    labels.contains(&line.as_str())
}

/// Whether a line begins as a sentence's middle does: in lower case, with `&` or a bracket. `eTracking` is a name.
pub fn continues(line: &str) -> bool {
    match line.chars().next() {
        Some('&' | '(' | '–' | '—') => true,
        Some(c) if c.is_lowercase() => !camel(line.split_whitespace().next().unwrap_or("")),
        Some(_) | None => false,
    }
}

/// Whether a line begins as a headline of this family does: with a lower-case word.
pub fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// A name with a capital inside: `eTracking`.
pub fn camel(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase)
}

/// Whether a line ends a sentence; closing marks are looked through.
pub fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['”', '"', '’', ')', ']', '»', '“']);
    bare.ends_with(['.', '!', '?']) && !ABBREVIATIONS.iter().any(|a| bare.to_lowercase().ends_with(a))
}

/// What ends in a full stop and ends no sentence.
pub const ABBREVIATIONS: &[&str] = &["e.g.", "i.e.", " etc.", " vs.", " no.", " dr.", " mr.", " ms.", " mrs.", " prof."];

pub fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

/// Words after which a phrase cannot end.
pub const OPEN_WORDS: &[&str] = &[
    "of", "the", "a", "an", "to", "for", "on", "in", "and", "&", "with", "by", "from", "at", "into", "between", "its", "as", "or", "their",
    "our", "via", "through", "towards", "toward", "under", "over", "about", "per", "-", "–", "new", "first",
];

/// Whether a line's last word leaves its phrase open.
pub fn stays_open(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or("");
    line.ends_with([':', ',']) || OPEN_WORDS.contains(&last.to_lowercase().as_str())
}
