//! Statements in running text that name an indicator that we hold, with a value, a rank or a place beside the average.

use super::item::{find_words, fold, names};
use super::{Relation, Said, Stated};
use crate::document::pattern::Pattern;
use crate::source::text::Text;
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Figure, Indicator, Lines};
use std::sync::LazyLock;

/// A group of indicators as a text names it.
pub struct Named<'a> {
    /// `desi`: as capitals it is a name in a text.
    pub key: &'a str,
    /// `eGovernment Benchmark`.
    pub title: &'a str,
    pub indicators: Vec<&'a Indicator>,
}

/// Few sentences name an indicator.
fn pattern(text: &str) -> Pattern {
    Pattern::brief(text).expect("a pattern of our own")
}

static OF_HUNDRED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(\d+(?:\.\d+)?)\s*(?:/\s*100\b|out of 100\b|%|per ?cent\b|points\b)"));
static SCORE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bscor(?:e|es|ed|ing)\s+(?:of\s+|at\s+)?(\d+(?:\.\d+)?)\b"));
static RANK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:rank(?:s|ed|ing)?|plac(?:e|es|ed|ing)|positions?)\b[^.;]{0,20}?\b(\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    )
});
static BESIDE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(above|below|better than|worse than|in line with|meets|at)\s+(?:those of\s+|that of\s+)?the\s+(?:EU|European|EU27\+?)(?:[- ]27)?(?:\+)?\s+average\b",
    )
});
static LINK: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"\[([^\]]*)\]\([^)]*\)").expect("a valid pattern"));
static YEAR: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b(20[0-9]{2})\b"));

/// Statements of the text on indicators of the groups. Scores of 1 to 4 are left to `eif_claims`, which reads them closer.
pub fn stated<'a>(text: &Text, groups: &[Named<'a>]) -> Vec<Stated<'a>> {
    let groups: Vec<(&Named<'a>, String, String)> = groups
        .iter()
        .filter(|g| g.indicators.iter().all(|i| i.unit.kind != UnitKind::Score4))
        .map(|g| (g, fold(g.title), g.key.to_uppercase()))
        .collect();
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let folded = fold(&sentence.words);
        for (group, title, acronym) in &groups {
            let mentioned =
                find_words(&folded, title).is_some() || sentence.words.split(|c: char| !c.is_alphanumeric()).any(|w| w == acronym);
            if !mentioned {
                continue;
            }
            let about = about(&folded, &group.indicators);
            let [one] = about[..] else { continue };
            found.extend(said(&sentence.words, one).into_iter().map(|said| Stated {
                statement: sentence.words.clone(),
                about: vec![one],
                most: false,
                said,
                edition: edition(&sentence.words),
                lines: sentence.lines,
            }));
        }
    }
    found
}

/// The year that the sentence names, if it is one.
pub(super) fn edition(words: &str) -> Option<i32> {
    let years: Vec<i32> = YEAR.captures_iter(words).filter_map(|c| c[1].parse().ok()).collect();
    match years[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The indicators whose whole name stands in the words, less those whose name is part of a longer one.
fn about<'a>(folded: &str, indicators: &[&'a Indicator]) -> Vec<&'a Indicator> {
    let mut hits: Vec<(usize, usize, &Indicator)> = Vec::new();
    for indicator in indicators {
        let hit = names(indicator).iter().filter_map(|n| find_words(folded, n).map(|at| (at, at + n.len()))).max_by_key(|(a, b)| b - a);
        hits.extend(hit.map(|(start, end)| (start, end, *indicator)));
    }
    let inside = |a: &(usize, usize, &Indicator)| hits.iter().any(|b| b.0 <= a.0 && a.1 <= b.1 && b.1 - b.0 > a.1 - a.0);
    hits.iter().filter(|hit| !inside(hit)).map(|hit| hit.2).collect()
}

fn said(words: &str, indicator: &Indicator) -> Vec<Said> {
    let mut said = Vec::new();
    let mut values: Vec<Figure> = Vec::new();
    for captures in OF_HUNDRED.captures_iter(words).chain(SCORE.captures_iter(words)) {
        let decimals = captures[1].split_once('.').map_or(0, |(_, part)| u8::try_from(part.len()).unwrap_or(15));
        if let Some(value) = captures[1].parse().ok().and_then(|v| Figure::new(v, decimals))
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    // Of several numbers nothing says which one is the score.
    if let [one] = values[..] {
        said.push(Said::Values(vec![one]));
    }
    if let Some(captures) = RANK.captures(words)
        && let Some(rank) = ordinal(&captures[1])
    {
        said.push(Said::Rank(rank));
    }
    if let Some(captures) = BESIDE.captures(words)
        && indicator.polarity.is_some()
    {
        said.push(Said::Relation(match captures[1].to_lowercase().as_str() {
            "above" | "better than" => Relation::Above,
            "below" | "worse than" => Relation::Below,
            _ => Relation::At,
        }));
    }
    said
}

fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let word = word.to_lowercase();
    match WORDS.iter().position(|w| *w == word) {
        Some(i) => u32::try_from(i + 1).ok(),
        None => word.trim_end_matches(char::is_alphabetic).parse().ok(),
    }
}

struct Sentence {
    words: String,
    lines: Lines,
}

/// Sentences of paragraphs (lines up to a blank one), Markdown links and marks taken off.
fn sentences(text: &Text) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut paragraph: Vec<(u32, String)> = Vec::new();
    let all = text.lines().map(|(n, line)| (n, line.to_owned())).chain([(0, String::new())]);
    for (number, line) in all {
        if line.trim().is_empty() {
            split(&paragraph, &mut found);
            paragraph.clear();
        } else {
            let plain = LINK.replace_by_group(line.trim()).replace(['*', '_'], "");
            paragraph.push((number, plain));
        }
    }
    found
}

/// A sentence ends with a full stop before a capital, or with its paragraph.
fn split(paragraph: &[(u32, String)], found: &mut Vec<Sentence>) {
    let mut words = String::new();
    let mut start = 0;
    let mut flush = |words: &mut String, start: u32, end: u32| {
        if let Some(lines) = Lines::new(start, end).filter(|_| !words.trim().is_empty()) {
            found.push(Sentence { words: words.trim().to_owned(), lines });
        }
        words.clear();
    };
    for (number, line) in paragraph {
        let tokens: Vec<&str> = line.split_whitespace().collect();
        for (i, token) in tokens.iter().enumerate() {
            if words.is_empty() {
                start = *number;
            }
            words.push_str(token);
            words.push(' ');
            let next = tokens.get(i + 1);
            let ends =
                token.ends_with(['.', '!', '?']) && next.is_none_or(|t| t.starts_with(|c: char| c.is_uppercase() || c == '‘' || c == '“'));
            if ends {
                flush(&mut words, start, *number);
            }
        }
    }
    flush(&mut words, start, paragraph.last().map_or(0, |(n, _)| *n));
}
