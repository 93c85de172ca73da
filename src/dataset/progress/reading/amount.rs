//! Quantities: numbers with a meaning in the report's running text.

use super::statement::passages;
use crate::dataset::Quantity;
use crate::dataset::quantity::NUMBER_WORDS;
use crate::document::pattern::{Match, Pattern};
use crate::document::progress::Brochure;
use crate::document::progress::line::{hull, trimmed, year};
use crate::document::progress::wording::{Sentence, sentences};
use crate::source::Text;
use std::sync::LazyLock;

/// Words that end the noun after a number.
const STOPS: &[&str] = &[
    "in",
    "on",
    "at",
    "to",
    "of",
    "for",
    "from",
    "with",
    "and",
    "&",
    "or",
    "by",
    "that",
    "which",
    "who",
    "the",
    "a",
    "an",
    "is",
    "are",
    "were",
    "was",
    "have",
    "has",
    "had",
    "will",
    "would",
    "can",
    "as",
    "per",
    "we",
    "they",
    "it",
    "than",
    "through",
    "via",
    "over",
    "under",
    "between",
    "since",
    "–",
    "—",
    "-",
    "led",
    "already",
    "successfully",
    "side",
    "not",
    "but",
    "so",
    "if",
];

static PATTERNS: LazyLock<[Pattern; 5]> = LazyLock::new(|| {
    [
        // A range, a number hyphened to its unit, a score, an amount glued to its unit, a plain amount.
        r"^(?P<min>\d{1,3}(?:\.\d+)?)[-–](?P<max>\d{1,3}(?:\.\d+)?)$",
        r"^(?P<min>\d+(?:\.\d+)?)-(?P<unit>[a-z]{2,})$",
        r"^(?P<min>\d+(?:\.\d+)?)/(?P<of>5|10|100)$",
        r"^(?P<min>\d+(?:\.\d+)?)(?P<unit>MHz|GHz|Hz|km|km2|m2|m²|MB|GB|TB|Mbps|Gbps|MW|kWh)$",
        r"^(?P<cur>[€$£])?(?P<min>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<plus>\+)?(?P<unit>%)?$",
    ]
    .map(|p| Pattern::new(p).expect("a valid pattern"))
});

struct Found {
    at: usize,
    /// First token after the number and its unit.
    end: usize,
    value: f64,
    max: Option<f64>,
    raw: String,
    unit: String,
}

/// The quantities of all running text, in the order of the text.
pub fn quantities(brochure: &Brochure, text: &Text) -> Vec<Quantity> {
    let mut out = Vec::new();
    for (passage, _) in passages(brochure) {
        let lines: Vec<(u32, &str)> = passage.lines.iter().map(|n| (*n, trimmed(text, *n))).collect();
        for sentence in sentences(&lines) {
            out.extend(of_sentence(&sentence, text));
        }
    }
    out.sort_by_key(|q: &Quantity| q.lines);
    out.dedup();
    out
}

/// A token without the punctuation around it.
fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '€' | '$' | '£' | '%' | '+'))
}

fn of_sentence(sentence: &Sentence, text: &Text) -> Vec<Quantity> {
    let tokens: Vec<&str> = sentence.text.split_whitespace().collect();
    let lines = token_lines(sentence, text, tokens.len());
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match number(&tokens, i, !found.is_empty()) {
            Some(number) => {
                i = number.end.max(i + 1);
                found.push(number);
            }
            None => i += 1,
        }
    }
    // A number with nothing behind it counts what the one before it counts.
    for k in 1..found.len() {
        let at = found[k].at;
        let from_to = at > 0 && bare(tokens[at - 1]) == "to" && tokens[..at].contains(&"from");
        let share = tokens.get(found[k].end).is_some_and(|t| *t == "in");
        let years = year_before(&tokens, at).is_some() && year_before(&tokens, found[k - 1].at).is_some();
        if found[k].unit.is_empty() && (from_to || share || years) {
            found[k].unit = found[k - 1].unit.clone();
        }
    }
    // `expanded from a single high school to seven`: the one before gave no noun of its own.
    found.retain(|f| !f.unit.is_empty());
    found
        .into_iter()
        .map(|f| Quantity {
            value: f.value,
            value_max: f.max,
            subject: clause(&tokens, f.at, f.end),
            year: year_before(&tokens, f.at),
            lines: hull(&lines[f.at..f.end.min(lines.len())]),
            value_raw: f.raw,
            unit: f.unit,
            section_number: String::new(),
        })
        .collect()
}

/// The line of each token of a sentence.
fn token_lines(sentence: &Sentence, text: &Text, count: usize) -> Vec<u32> {
    let mut out = Vec::with_capacity(count);
    let all: Vec<(u32, usize)> = sentence.lines.iter().map(|n| (*n, trimmed(text, *n).split_whitespace().count())).collect();
    // The sentence may begin within its first line: what is too much stands there.
    let total: usize = all.iter().map(|(_, c)| c).sum();
    let first_len = all.first().map_or(0, |(_, c)| *c);
    let after_first = total - first_len;
    let mut skip = first_len.saturating_sub(count.saturating_sub(after_first)).min(first_len);
    if all.len() == 1 {
        skip = 0;
    } else if let Some((first, _)) = all.first() {
        // Count the tokens of the first line that the sentence opens with.
        let words: Vec<&str> = trimmed(text, *first).split_whitespace().collect();
        let opening: Vec<&str> = sentence.text.split_whitespace().take(words.len()).collect();
        skip = (0..words.len()).find(|s| opening.starts_with(&words[*s..])).unwrap_or(skip);
    }
    for (k, (n, c)) in all.iter().enumerate() {
        let own = if k == 0 { c - skip.min(*c) } else { *c };
        out.extend(std::iter::repeat_n(*n, own));
    }
    out.resize(count, sentence.lines.last().copied().unwrap_or(1));
    out
}

fn number(tokens: &[&str], i: usize, beside: bool) -> Option<Found> {
    let token = tokens[i];
    let word = bare(token);
    let next = |k: usize| tokens.get(k).map(|t| bare(t)).unwrap_or_default();
    let before = i.checked_sub(1).map_or("", |k| bare(tokens[k]));
    if token.starts_with('(') && token.ends_with(')') || year(word).is_some() && !token.contains('%') {
        return None;
    }
    let ago = |end: usize| tokens.get(end..(end + 3).min(tokens.len())).is_some_and(|t| t.iter().any(|t| bare(t) == "ago"));
    let lower = word.to_lowercase();
    // `one` and `a single` count only beside another number of the sentence.
    let as_word = |w: &str| NUMBER_WORDS.iter().find(|(name, _)| *name == w).map(|(_, v)| *v);
    if let Some(value) = as_word(&lower) {
        if matches!(before.to_lowercase().as_str(), "first" | "last" | "next" | "level" | "base" | "tier") || ago(i + 1) {
            return None;
        }
        if next(i + 1) == "to"
            && let Some(max) = as_word(&next(i + 2).to_lowercase()).filter(|m| *m > value)
        {
            let (unit, end) = noun(tokens, i + 3);
            return Some(Found { at: i, end, value, max: Some(max), raw: tokens[i..i + 3].join(" "), unit });
        }
        let scale = match next(i + 1) {
            "hundred" => 100.0,
            "thousand" => 1e3,
            "million" => 1e6,
            "billion" => 1e9,
            _ => 1.0,
        };
        let used = usize::from(scale > 1.0);
        let raw = tokens[i..=i + used].iter().map(|t| bare(t)).collect::<Vec<_>>().join(" ");
        let closed = tokens[i + used].ends_with([',', '.', ';', ')', ':', '!', '?']);
        let (unit, end) = if closed { (String::new(), i + 1 + used) } else { noun(tokens, i + 1 + used) };
        return Some(Found { at: i, end, value: value * scale, max: None, raw, unit });
    }
    if lower == "single"
        && matches!(before.to_lowercase().as_str(), "a" | "one")
        && tokens[i + 1..].iter().any(|t| as_word(&bare(t).to_lowercase()).is_some())
    {
        let (unit, end) = noun(tokens, i + 1);
        return Some(Found { at: i - 1, end, value: 1.0, max: None, raw: tokens[i - 1..=i].join(" "), unit });
    }
    let joined = i.checked_sub(1).is_some_and(|k| matches!(tokens[k], "&" | "and"));
    if lower == "one" && beside && joined && next(i + 1) == "in" {
        return Some(Found { at: i, end: i + 1, value: 1.0, max: None, raw: word.to_owned(), unit: String::new() });
    }
    // A name's number: `Tier 4`, `Base 1`; a day beside its month.
    let named = i > 1
        && before.chars().next().is_some_and(char::is_uppercase)
        && !tokens[i - 1].ends_with([',', ':', ';'])
        && before.chars().count() > 1;
    let dated = crate::document::progress::moment::read(before).is_some()
        || crate::document::progress::moment::read(next(i + 1)).is_some_and(|p| p.rest.is_empty() && next(i + 1) != "may");
    if (named && !before.chars().all(|c| c.is_uppercase())) || dated {
        return None;
    }
    let parse = |m: Match<'_>| m.as_str().replace(',', "").parse::<f64>().ok();
    let (pattern, captures) = PATTERNS.iter().enumerate().find_map(|(k, p)| p.captures(word).map(|c| (k, c)))?;
    let value = captures.name("min").and_then(parse)?;
    let max = captures.name("max").and_then(parse).filter(|m| *m > value);
    if pattern == 0 && max.is_none() {
        return None;
    }
    let raw = captures.name("unit").filter(|_| pattern == 1).map_or(word, |_| &word[..word.find('-').unwrap_or(word.len())]).to_owned();
    let closed = token.ends_with([',', ';', '.', ')', ':']);
    if let Some(unit) = captures.name("unit") {
        return Some(Found { at: i, end: i + 1, value, max, raw, unit: unit.as_str().to_owned() });
    }
    if let Some(currency) = captures.name("cur") {
        let code = match currency.as_str() {
            "€" => "EUR",
            "$" => "USD",
            _ => "GBP",
        };
        let (scale, used) = match next(i + 1) {
            "million" => (1e6, 1),
            "billion" => (1e9, 1),
            "thousand" => (1e3, 1),
            _ => (1.0, 0),
        };
        let raw = tokens[i..=i + used].iter().map(|t| bare(t)).collect::<Vec<_>>().join(" ");
        return Some(Found { at: i, end: i + 1 + used, value: value * scale, max, raw, unit: code.to_owned() });
    }
    if matches!(before.to_lowercase().as_str(), "aged" | "ages" | "age") {
        return Some(Found { at: i, end: i + 1, value, max, raw, unit: "years of age".to_owned() });
    }
    if closed {
        return Some(Found { at: i, end: i + 1, value, max, raw, unit: String::new() });
    }
    if ago(i + 1) {
        return None;
    }
    let (unit, end) = noun(tokens, i + 1);
    Some(Found { at: i, end, value, max, raw, unit })
}

/// The noun after a number: words up to a stop word or a mark, at most four; the last of them, with `old` where it follows `years`.
fn noun(tokens: &[&str], from: usize) -> (String, usize) {
    let mut end = from;
    while end < tokens.len() && end < from + 4 {
        let word = bare(tokens[end]);
        if word.is_empty() || STOPS.contains(&word.to_lowercase().as_str()) || tokens[end].starts_with('(') {
            break;
        }
        end += 1;
        let plural =
            (word.ends_with('s') && !word.ends_with("ss") && word.len() > 3) || matches!(word, "people" | "children" | "women" | "men");
        if tokens[end - 1].ends_with([',', '.', ';', ':', '!', '?', ')']) || matches!(word, "percent" | "million" | "billion") {
            break;
        }
        let old = tokens.get(end).is_some_and(|t| bare(t) == "old");
        if plural && old {
            return (format!("{word} old"), end + 1);
        }
        if plural {
            break;
        }
    }
    let words: Vec<&str> = tokens[from.min(end)..end].iter().map(|t| bare(t)).collect();
    let unit = match words.last() {
        Some(last) if last.ends_with('s') || words.len() == 1 || *last == "percent" => (*last).to_owned(),
        Some(_) => words.join(" "),
        None => String::new(),
    };
    (unit, end.max(from))
}

/// The clause around a number, as printed.
fn clause(tokens: &[&str], at: usize, end: usize) -> String {
    let breaks = |t: &str| t.ends_with([';', ':']) || matches!(t, "–" | "—");
    let from = (0..at).rev().find(|k| breaks(tokens[*k])).map_or(0, |k| k + 1).max(at.saturating_sub(12));
    let to =
        (end.saturating_sub(1)..tokens.len()).find(|k| breaks(tokens[*k])).map_or(tokens.len(), |k| k + 1).min(end + 8).min(tokens.len());
    tokens[from.min(to)..to].join(" ")
}

/// The year that opens the number's clause: `In 2017, … 34`, `in spring of 2020, 27`.
fn year_before(tokens: &[&str], at: usize) -> Option<i16> {
    let k = (0..at).rev().find(|k| year(bare(tokens[*k])).is_some())?;
    (at - k <= 6 && tokens[k].ends_with(',')).then(|| year(bare(tokens[k]))).flatten()
}
