//! Numbers in running text as they are printed, with currency, range, scale and per cent sign; what they mean is decided
//! elsewhere.

use crate::dataset::quantity::NUMBER_WORDS;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// A number in digits: `€20+ million`, `2 000–3 000`, `7.5 %`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed<'t> {
    /// From the currency to the unit, without blanks at its ends.
    pub range: Range<usize>,
    /// The first number.
    pub min: Range<usize>,
    /// The second end of a range.
    pub max: Option<Range<usize>>,
    /// Printed before the number.
    pub currency: Option<&'t str>,
    pub scale: Option<&'t str>,
    /// Printed behind the number: a currency, `%`, `per cent`.
    pub post: Option<&'t str>,
}

const CURRENCIES: &[&str] = &[
    "EUR", "USD", "CHF", "GBP", "NOK", "SEK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "ISK", "TRY", "UAH", "RSD", "MKD", "ALL", "BAM",
    "GEL", "MDL", "€", "$", "£",
];

const SCALES: &[&str] = &["million", "billion", "trillion", "thousand", "hundred", "mln", "bn"];

/// All numbers of a text, in order.
pub fn numbers(text: &str) -> Vec<Printed<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(digit) = text.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
        let (number, end) = number(text, at, at + digit);
        found.push(number);
        at = end;
    }
    found
}

/// The number whose first digit is known, and where to look for the next one; nothing before `from` belongs to it.
fn number(text: &str, from: usize, digit: usize) -> (Printed<'_>, usize) {
    let blank = text[from..digit].chars().next_back().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
    let before = &text[from..digit - blank];
    let currency = CURRENCIES.iter().find(|c| before.ends_with(**c)).map(|c| &before[before.len() - c.len()..]);
    let start = currency.map_or(digit, |c| digit - blank - c.len());
    let min = digit..digits_end(text, digit);
    let max = second(text, min.end);
    let mut end = max.as_ref().map_or(min.end, |m| m.end);
    if text[end..].starts_with('+') {
        end += 1;
    }
    let scale = scale(text, end);
    end = scale.as_ref().map_or(end, |s| s.end);
    let post = post(text, end);
    let last = post.as_ref().map_or(end, |p| p.end);
    let printed = Printed { range: start..last, min, max, currency, scale: scale.map(|s| &text[s]), post: post.map(|p| &text[p]) };
    (printed, last)
}

/// The end of one number: blanks or commas between thousands, decimals.
fn digits_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let three = |from: usize| bytes.get(from..from + 3).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let first = run(start);
    let mut end = start + first;
    if first <= 3 {
        let narrow = |at: usize| text[at..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map_or(0, char::len_utf8);
        let mut groups = end;
        while narrow(groups) > 0 && three(groups + narrow(groups)) {
            groups += narrow(groups) + 3;
        }
        if groups == end {
            while bytes.get(groups) == Some(&b',') {
                let at = groups + 1 + blank(text, groups + 1);
                let next = if three(groups + 1) { groups + 1 } else { at };
                if !three(next) {
                    break;
                }
                groups = next + 3;
            }
        }
        end = groups;
    }
    if bytes.get(end) == Some(&b'.') && run(end + 1) > 0 { end + 1 + run(end + 1) } else { end }
}

/// The length of a blank.
fn blank(text: &str, at: usize) -> usize {
    text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
}

/// The second number of a range: `–` or the word `to`, then digits.
fn second(text: &str, end: usize) -> Option<Range<usize>> {
    let gap = blank(text, end);
    let rest = &text[end + gap..];
    let dash = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '−' | '‑')).map_or(0, char::len_utf8);
    let joint = if dash > 0 {
        dash
    } else if gap > 0 && rest.starts_with("to") && ends_word(&rest[2..]) {
        2
    } else {
        return None;
    };
    let at = end + gap + joint;
    let at = at + blank(text, at);
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit).then(|| at..digits_end(text, at))
}

fn scale(text: &str, end: usize) -> Option<Range<usize>> {
    let at = end + blank(text, end);
    let rest = &text[at..];
    let word = SCALES.iter().find(|s| rest.starts_with(**s)).map(|s| s.len());
    let letter = rest.starts_with(['m', 'k']) && ends_word(&rest[1..]);
    word.or(letter.then_some(1)).map(|length| at..at + length)
}

fn post(text: &str, end: usize) -> Option<Range<usize>> {
    let at = end + blank(text, end);
    let rest = &text[at..];
    let sign = ["%", "‰"].iter().chain(CURRENCIES).find(|s| rest.starts_with(**s)).map(|s| s.len());
    let words = ["per cent", "per\u{a0}cent", "percent", "euros", "euro"];
    let word = || words.iter().find(|w| rest.strip_prefix(**w).is_some_and(ends_word)).map(|w| w.len());
    sign.or_else(word).map(|length| at..at + length)
}

/// Whether no letter goes on.
fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// `1st`, `22nd`: the range and the number.
pub fn ordinals(text: &str) -> Vec<(Range<usize>, f64)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + digit;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + length;
        let suffix = matches!(bytes.get(at..at + 2), Some(b"st" | b"nd" | b"rd" | b"th"));
        if length <= 3 && suffix && ends_word(&text[at + 2..]) && begins_word(text, start) {
            found.push((start..at + 2, text[start..at].parse().unwrap_or(0.0)));
        }
    }
    found
}

fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// A number in words: `Fifty`, `twenty-one`, `two million`.
#[derive(Clone, Debug, PartialEq)]
pub struct Spelt {
    pub range: Range<usize>,
    pub value: f64,
    /// The first word, in small letters.
    pub word: &'static str,
    /// `million` in `two million`.
    pub scale: Option<Range<usize>>,
}

/// Number words of running text, with those that count by the hundred or the dozen.
fn words() -> impl Iterator<Item = (&'static str, f64)> {
    NUMBER_WORDS.iter().copied().chain([("hundred", 100.0), ("dozen", 12.0)])
}

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // Their beginnings are too common for a prefilter to pay.
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA)).prefilter(false);
    builder.build(words().map(|(word, _)| word)).expect("a few short words")
});

/// All number words of a text, in order.
pub fn spelt(text: &str) -> Vec<Spelt> {
    let mut found: Vec<Spelt> = Vec::new();
    for word in WORDS.find_iter(text) {
        let at = word.start();
        let free = found.last().is_none_or(|f| f.range.end <= at);
        let whole = free && begins_word(text, at) && ends_word(&text[word.end()..]);
        let Some((word, value)) = words().nth(word.pattern().as_usize()).filter(|_| whole) else { continue };
        let mut end = at + word.len();
        let mut value = value;
        if text[end..].starts_with('-') && ends_word(&text[end + 1 + letters(text, end + 1).len()..]) {
            let small = words().filter(|(_, v)| *v < 10.0).chain([("one", 1.0)]);
            if let Some((word, ones)) = small.into_iter().find(|(w, _)| letters(text, end + 1).eq_ignore_ascii_case(w)) {
                end += 1 + word.len();
                value += ones;
            }
        }
        let gap = blank(text, end);
        let scales = ["million", "billion", "thousand", "hundred"];
        let scale = scales.iter().find(|s| gap > 0 && letters(text, end + gap).eq_ignore_ascii_case(s));
        let scale = scale.map(|s| end + gap..end + gap + s.len()).filter(|s| ends_word(&text[s.end..]));
        end = scale.as_ref().map_or(end, |s| s.end);
        found.push(Spelt { range: at..end, value, word, scale });
    }
    found
}

/// The ASCII letters from a place on.
fn letters(text: &str, at: usize) -> &str {
    let length = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    &text[at..at + length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Vec<String> {
        let part = |r: &Option<Range<usize>>| r.clone().map_or(String::new(), |r| text[r].to_owned());
        let row = |n: &Printed<'_>| {
            let words = [n.currency, n.scale, n.post].map(Option::unwrap_or_default);
            format!("{}|{}|{}|{}", &text[n.range.clone()], &text[n.min.clone()], part(&n.max), words.join("|"))
        };
        numbers(text).iter().map(row).collect()
    }

    #[test]
    fn numbers_as_they_are_printed() {
        assert_eq!(printed("about 14 000 users"), ["14 000|14 000||||"]);
        assert_eq!(printed("EUR 20+ million in 2022"), ["EUR 20+ million|20||EUR|million|", "2022|2022||||"]);
        assert_eq!(printed("7.5 % to 9"), ["7.5 %|7.5||||%", "9|9||||"]);
        assert_eq!(printed("2,000–3,500 or 5 to 7 euros"), ["2,000–3,500|2,000|3,500|||", "5 to 7 euros|5|7|||euros"]);
        assert_eq!(printed("€ 3m, 2022 123"), ["€ 3m|3||€|m|", "2022|2022||||", "123|123||||"]);
    }

    #[test]
    fn numbers_in_words() {
        let words = |text: &str| spelt(text).iter().map(|s| (text[s.range.clone()].to_owned(), s.value)).collect::<Vec<_>>();
        assert_eq!(words("Twenty-one of seventy"), [("Twenty-one".to_owned(), 21.0), ("seventy".to_owned(), 70.0)]);
        assert_eq!(words("two million; sixteens often"), [("two million".to_owned(), 2.0)]);
        assert_eq!(ordinals("the 5th and the 22nd of 1234th"), [(4..7, 5.0), (16..20, 22.0)]);
    }
}
