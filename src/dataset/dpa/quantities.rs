//! Numbers with a meaning in running text: digits and number words with what they count.

mod label;
mod unit;

use super::numbers::{self, Printed, Spelt};
use super::spot::{Spot, SpotKind, quoted};
use crate::dataset::Quantity;
use crate::document::dpa::Chapter;
use crate::document::pattern::Pattern;
use label::{LABELS, labelled};
use std::ops::Range;
use std::sync::LazyLock;
use unit::{glued_unit, noun_after};

/// Numbers in highlights, content chapters and the profile's prose on indicators and benchmark.
pub fn quantities(spots: &[Spot<'_>]) -> Vec<Quantity> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.is_text()) {
        let text = &spot.passage.text;
        let profile = spot.chapter == Some(Chapter::CountryProfile) && !text.contains("Scoreboard") && spot.kind != SpotKind::Row;
        if !(spot.tells_of_the_country() || profile) {
            continue;
        }
        for number in find(spot) {
            let subject = subject(text, &spot.sentence_at(number.range.start), &number);
            let all = subject.start.min(number.range.start)..subject.end.max(number.range.end).max(number.unit_end);
            rows.push(Quantity {
                value: number.value,
                value_max: number.max,
                value_raw: text[number.range.clone()].to_owned(),
                unit: number.unit,
                subject: text[subject].trim().to_owned(),
                section_number: spot.section.to_owned(),
                lines: spot.passage.lines_of(&all),
                year: None,
            });
        }
    }
    rows
}

/// A number as it stands in a text.
#[derive(Clone, Debug, PartialEq)]
struct FoundNumber {
    value: f64,
    max: Option<f64>,
    range: Range<usize>,
    unit: String,
    unit_end: usize,
}

fn find(spot: &Spot<'_>) -> Vec<FoundNumber> {
    let text = spot.passage.text.as_str();
    let mut found = Vec::new();
    if text.bytes().any(|b| b.is_ascii_digit()) {
        let taken = &spot.dates().looks;
        let free = |range: &Range<usize>| {
            let next = taken.partition_point(|t| t.end <= range.start);
            taken.get(next).is_none_or(|t| range.end <= t.start)
        };
        for number in numbers::numbers(text) {
            let digits = number.min.start..number.max.as_ref().map_or(number.min.end, |m| m.end);
            if free(&digits) && is_amount(text, &number) {
                found.extend(amount(text, &number));
            }
        }
        for (range, value) in numbers::ordinals(text) {
            if free(&range) && is_rank(text, &range) {
                found.push(FoundNumber { value, max: None, unit: "rank".to_owned(), unit_end: range.end, range });
            }
        }
    }
    for spelt in numbers::spelt(text) {
        found.extend(word(text, &spelt));
    }
    found.sort_by_key(|f| f.range.start);
    // `from 7 600 transactions in 2003 to approximately 1.2 million`: the second amount is of the same unit.
    for i in 1..found.len() {
        let between = &text[found[i - 1].unit_end.min(found[i].range.start)..found[i].range.start];
        let same = found[i].unit.is_empty()
            && found[i - 1].unit != "rank"
            && between.len() < 60
            && !between.contains(". ")
            && between.contains(" to ");
        if same && text[..found[i - 1].range.start].rsplit(". ").next().is_some_and(|s| s.contains("from")) {
            found[i].unit = found[i - 1].unit.clone();
        }
    }
    found
}

/// Whether digits are an amount: not glued to letters, no identifier, no number of a list or a place in a document.
fn is_amount(text: &str, number: &Printed<'_>) -> bool {
    let before = &text[..number.min.start];
    let after = &text[number.range.end..];
    let currency = number.currency.is_some() || number.post.is_some();
    if number.currency.is_none()
        && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.' | '#' | '+' | '–' | ':' | '@' | '=' | '‑'))
    {
        return false;
    }
    let unit_follows = after.chars().next().is_none_or(|c| !c.is_alphanumeric())
        || glued_unit(after).is_some()
        || number.scale.is_some()
        || number.post.is_some();
    if !unit_follows
        || after.starts_with(['/', '_', '@'])
        || (after.starts_with('.') && after[1..].starts_with(|c: char| c.is_alphanumeric()))
        || after.starts_with(":") && after[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    // `(1)`, `1)`, `(4) Education`, `[1]`, and `88(2)`.
    let bracketed = before.ends_with(['(', '[']) && after.starts_with([')', ']']);
    if bracketed
        || (after.starts_with(')') && before.trim_end().is_empty())
        || (before.ends_with('(') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit()))
    {
        return false;
    }
    // `1. Developing`: a list that lost its marks.
    if before.trim_end().is_empty() && after.starts_with(". ") {
        return false;
    }
    if before.ends_with("(+") || before.len() < 20 && before.contains("Tel") {
        return false;
    }
    let word = before
        .trim_end_matches([' ', '\u{a0}', '°', '"', '\'', '‘'])
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let bare = word.trim_end_matches(['.', ':']).to_lowercase();
    if !currency && labelled(before) {
        return false;
    }
    // `Law 389 of 2020`, `28 of the Law`, `365` of `24/7, 365`.
    if after.starts_with(" of 19") || after.starts_with(" of 20") {
        return false;
    }
    let named = word.chars().next().is_some_and(char::is_uppercase)
        && !matches!(
            bare.as_str(),
            "in" | "the"
                | "over"
                | "some"
                | "about"
                | "around"
                | "approximately"
                | "currently"
                | "more"
                | "at"
                | "of"
                | "from"
                | "to"
                | "with"
                | "and"
                | "almost"
                | "nearly"
                | "all"
                | "these"
                | "for"
                | "between"
                | "by"
                | "a"
                | "its"
                | "only"
                | "today"
                | "there"
                | "as"
                | "up"
                | "than"
                | "within"
                | "after"
                | "every"
                | "each"
                | "eur"
                | "usd"
                | "chf"
                | "nok"
                | "sek"
                | "on"
        )
        && !before.trim_end().ends_with(['.', ',', ';', ':']);
    let counted = number.scale.is_some() || currency || noun_after(after).is_some_and(|(unit, _)| !unit.is_empty());
    (!named || currency) && (counted || number.max.is_some() || total_before(before).is_some())
}

/// `the number of sites ... increased to 400`: what a number without a noun counts.
fn total_before(before: &str) -> Option<&str> {
    let near = before.len().saturating_sub(300);
    let near = (near..=before.len()).find(|i| before.is_char_boundary(*i)).unwrap_or(before.len());
    let from = before[near..].rfind(". ").map_or(near, |i| near + i + 2);
    let sentence = &before[from..];
    let last = sentence.split_whitespace().next_back()?;
    if !matches!(last, "to" | "at" | "reached" | "totalled" | "exceeded" | "was" | "is" | "around" | "approximately" | "about") {
        return None;
    }
    TOTAL.captures_iter(sentence).last().and_then(|c| c.get(1)).map(|m| m.as_str())
}

static TOTAL: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"\b(?:number|total) of (?:[a-z-]+ ){0,2}?([a-z-]+s)\b").expect("a valid pattern"));

fn amount(text: &str, number: &Printed<'_>) -> Option<FoundNumber> {
    let mut range = number.range.clone();
    let scale = number.scale.map_or(1.0, scale_of);
    let min = &text[number.min.clone()];
    let post = number.post;
    let currency = number.currency.or(post.filter(|p| !p.starts_with('%') && !p.starts_with("per") && *p != "‰"));
    let after = &text[range.end..];
    if let Some((value, unit, end)) = exponent(text, min, &range) {
        return Some(FoundNumber { value, max: None, unit, unit_end: end, range });
    }
    let (unit, unit_end) = if let Some(currency) = currency {
        (currency_code(currency).to_owned(), range.end)
    } else if post.is_some() {
        ("%".to_owned(), range.end)
    } else if let Some(glued) = glued_unit(after) {
        range.end += glued.len();
        (glued.to_owned(), range.end)
    } else {
        let (unit, end) = noun_after(after).unwrap_or_default();
        let unit = if unit.is_empty() { total_before(&text[..range.start]).unwrap_or_default().to_owned() } else { unit };
        (unit, range.end + end)
    };
    let value = parse(min)? * scale;
    let max = number.max.as_ref().and_then(|m| parse(&text[m.clone()])).map(|m| m * scale).filter(|m| *m > value);
    Some(FoundNumber { value, max, range, unit, unit_end })
}

/// `1 015 calculation operations per second` is 10 to the 15th: its exponent was printed small. Only the words peta and exa beside an
/// amount per second settle it.
fn exponent(text: &str, digits: &str, range: &Range<usize>) -> Option<(f64, String, usize)> {
    let compact: String = digits.chars().filter(char::is_ascii_digit).collect();
    let power: i32 = compact.strip_prefix("10").filter(|p| p.len() == 2)?.parse().ok()?;
    let after = &text[range.end..];
    let unit = OPERATIONS.find(after)?;
    let lower = text.to_lowercase();
    let settled = [("peta", 15), ("exa", 18), ("tera", 12), ("giga", 9)].iter().any(|(word, p)| *p == power && lower.contains(word));
    settled.then(|| (10f64.powi(power), unit.as_str().trim().to_owned(), range.end + unit.end()))
}

static OPERATIONS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s(?:[a-z-]+\s){0,4}?(?:operations|calculations|flops|instructions)\s?(?:per second|/s)?").expect("a valid pattern")
});

fn scale_of(word: &str) -> f64 {
    match word.to_lowercase().as_str() {
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "mln" | "m" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => 1.0,
    }
}

fn currency_code(printed: &str) -> &str {
    match printed {
        "€" | "euro" | "euros" => "EUR",
        "$" => "USD",
        "£" => "GBP",
        other => other,
    }
}

fn parse(digits: &str) -> Option<f64> {
    let plain: String = digits.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    plain.parse().ok()
}

/// A rank: `ranked 1st`, `4th worldwide`; not `5th generation`, `18th century`.
fn is_rank(text: &str, range: &Range<usize>) -> bool {
    let from = text[..range.start].char_indices().rev().nth(60).map_or(0, |(i, _)| i);
    let before = text[from..range.start].to_lowercase();
    let after = text[range.end..text.floor_char_boundary(range.end + 16)].to_lowercase();
    let ranked = ["rank", "place", "position", "came ", "ahead"].iter().any(|w| before.contains(w))
        || after.starts_with(" place")
        || after.starts_with(" position")
        || after.starts_with(" rank");
    ranked && !after.starts_with(" century") && !after.starts_with(" generation") && !after.starts_with(" quarter")
}

fn word(text: &str, spelt: &Spelt) -> Option<FoundNumber> {
    let range = spelt.range.clone();
    let before = &text[..range.start];
    let after = &text[range.end..];
    // `two-factor`, `one-stop`: half of another word; `a hundred and`, `twenty-first`.
    if before.ends_with(['-', '‑', '/'])
        || after.starts_with(['-', '‑'])
        || matches!(spelt.word, "hundred" | "dozen") && !before.ends_with("a ") && !before.ends_with("several ")
    {
        return None;
    }
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    if LABELS.contains(&last.as_str()) || before.ends_with("one to ") {
        return None;
    }
    let value = spelt.value * spelt.scale.clone().map_or(1.0, |s| scale_of(&text[s]));
    let (unit, end) = noun_after(after).or_else(|| after.starts_with([' ', ',', '.', ';', ')']).then(Default::default))?;
    Some(FoundNumber { value, max: None, unit_end: range.end + end, range, unit })
}

/// What the number is about: the sentence, or where it is long the part around the number.
fn subject(text: &str, sentence: &Range<usize>, number: &FoundNumber) -> Range<usize> {
    let mut range = sentence.clone();
    if range.len() > 200 {
        if let Some(at) = text[range.start..number.range.start].rfind([',', ';', ':']) {
            range.start += at + 1;
        }
        let from = number.unit_end.max(number.range.end).min(range.end);
        if let Some(at) = text[from..range.end].find([',', ';']) {
            range.end = from + at;
        }
    }
    quoted(text, range, &number.range)
}
