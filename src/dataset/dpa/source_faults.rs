//! Faults of the source that can be seen without knowing the country: slips of the pen, counts that do not fit their list.

use super::spot::{Spot, SpotKind};
use crate::dataset::{Artefact, ArtefactKind, Quantity};
use crate::document::pattern::Pattern;
use crate::vocabulary::Lines;
use std::ops::Range;
use std::sync::LazyLock;

/// Declarations of absence as the template words them; a near miss is a slip of the pen.
const DECLARATIONS: &[&str] = &[
    "no political communication has been adopted in this field to date",
    "no political communication was adopted in this field to date",
    "no legislation has been adopted in this field to date",
    "no legislation was adopted in this field to date",
    "no particular infrastructure in this field has been reported to date",
    "no particular infrastructure in this field was reported to date",
];

/// Rows of `artefacts` for faults in the text itself.
pub fn faults(spots: &[Spot<'_>], quantities: &[Quantity]) -> Vec<Artefact> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.chapter.is_some()) {
        let text = spot.passage.text.as_str();
        let mut fault = |kind, excerpt: &str, treatment: &str, lines: Lines| {
            rows.push(Artefact { kind, excerpt: excerpt.to_owned(), treatment: treatment.to_owned(), lines });
        };
        if spot.kind == SpotKind::Declaration {
            let plain = text.to_lowercase();
            let plain = plain.trim_end_matches('.');
            let slip = |known: &&str| known.len().abs_diff(plain.len()) <= 6 && (1..=2).contains(&strsim::levenshtein(known, plain));
            if !DECLARATIONS.contains(&plain) && DECLARATIONS.iter().any(slip) {
                fault(ArtefactKind::SourceTypo, text, "kept as printed, read as a declaration of absence", spot.passage.lines());
            }
        }
        for range in doubled(text) {
            fault(ArtefactKind::SourceTypo, &text[range.clone()], "kept as printed: the word stands twice", spot.passage.lines_of(&range));
        }
        for range in loose_stops(text) {
            fault(
                ArtefactKind::SourceTypo,
                &text[range.clone()],
                "kept as printed: a blank before the stop",
                spot.passage.lines_of(&range),
            );
        }
        for range in mixed_scripts(text) {
            fault(ArtefactKind::SourceTypo, &text[range.clone()], "kept as printed: letters of two scripts", spot.passage.lines_of(&range));
        }
        for range in glued(text) {
            fault(
                ArtefactKind::SourceTypo,
                &text[range.clone()],
                "kept as printed: no blank behind the stop",
                spot.passage.lines_of(&range),
            );
        }
        if let Some((_, named, range)) = announced(text) {
            let lines = spot.passage.lines_of(&range);
            let treatment = format!("kept as printed: the list names {named}");
            fault(ArtefactKind::SourceInconsistency, &text[range.clone()], &treatment, lines);
        }
    }
    for quantity in quantities {
        let compact: String = quantity.value_raw.chars().filter(|c| !c.is_whitespace()).collect();
        if quantity.value >= 1e9 && compact.len() == 4 && compact.starts_with("10") {
            let treatment = format!("read as 10 to the power of {}", &compact[2..]);
            rows.push(Artefact { kind: ArtefactKind::LostExponent, excerpt: quantity.value_raw.clone(), treatment, lines: quantity.lines });
        }
    }
    rows
}

/// Small words of which no sentence has two in a row; `that that` and `had had` can be right.
const SMALL_WORDS: &[&str] = &[
    "the", "a", "of", "in", "to", "and", "with", "for", "on", "is", "are", "by", "as", "at", "from", "has", "have", "was", "were", "be",
    "this", "an", "its", "their", "which", "it", "or",
];

/// Where a small word stands twice, one blank between.
fn doubled(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for blank in 1..bytes.len() {
        let second = &bytes[blank..];
        // The first letter of both words, where the first one is as long as small words are.
        if second[0] != b' ' || !(1..=5).any(|n| blank >= n && second.get(1) == bytes.get(blank - n)) {
            continue;
        }
        let second = &second[1..];
        let length = second.iter().take_while(|b| b.is_ascii_lowercase()).count();
        let end = blank + 1 + length;
        if !(1..=5).contains(&length) || !bytes[..blank].ends_with(&second[..length]) {
            continue;
        }
        let start = blank - length;
        let whole = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if whole && SMALL_WORDS.contains(&&text[start..blank]) && found.last().is_none_or(|f| f.end <= start) {
            found.push(start..end);
        }
    }
    found
}

/// Words with a blank between them and the stop, comma or colon behind.
fn loose_stops(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for stop in 1..bytes.len() {
        let blank = stop - 1;
        if !matches!(bytes[stop], b'.' | b',' | b';' | b':') || bytes[blank] != b' ' {
            continue;
        }
        let behind = text[blank + 2..].chars().next().map_or(0, |c| if c.is_whitespace() { c.len_utf8() } else { usize::MAX });
        let from = found.last().map_or(0, |f| f.end);
        let start = blank - text[from..blank.max(from)].chars().rev().take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
        if behind != usize::MAX && start < blank {
            found.push(start..blank + 2 + behind);
        }
    }
    found
}

/// Words in which Greek or Cyrillic letters stand among Latin ones that look the same: no search finds them.
fn mixed_scripts(text: &str) -> Vec<Range<usize>> {
    let other =
        |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') && !matches!(c, 'μ' | 'Δ' | 'Σ' | 'Ω' | 'α' | 'β' | 'γ');
    if text.is_ascii() || !text.contains(other) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if bare.contains(other) && bare.contains(|c: char| c.is_ascii_alphabetic()) {
            found.push(at..at + bare.len());
        }
        at += word.len();
    }
    found
}

/// `word,word` and `end.The`: a sign without the blank behind it. Addresses and numbers are none.
fn glued(text: &str) -> Vec<Range<usize>> {
    const BEGINNINGS: &[&str] =
        &["The", "In", "It", "This", "These", "For", "On", "As", "Since", "Moreover", "Furthermore", "However", "To", "Each", "All"];
    let mut found = Vec::new();
    for sign in memchr::memchr3_iter(b'.', b',', b';', text.as_bytes()) {
        let letters = |c: &char| c.is_ascii_lowercase();
        let before = text[..sign].chars().rev().take_while(letters).count();
        let after = text[sign + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if before < 3 || after < 2 {
            continue;
        }
        let word = &text[sign + 1..sign + 1 + after];
        let ends = text[sign + 1 + after..].chars().next().is_none_or(|c| matches!(c, ' ' | ','));
        let begins = !text[..sign - before].ends_with(['.', '/', '@', '-', '_']);
        if ends && begins && (text.as_bytes()[sign] != b'.' && after >= 3 || BEGINNINGS.contains(&word)) {
            found.push(sign - before..sign + 1 + after);
        }
    }
    found
}

/// `36 countries: the 27 Member States, as well as A, B and C`: announced, counted, and where.
fn announced(text: &str) -> Option<(usize, usize, Range<usize>)> {
    // Most texts need not make the pattern.
    if !text.contains(", as well as ") {
        return None;
    }
    let found = COUNTRIES.captures(text)?;
    let total: usize = found["total"].parse().ok()?;
    let part: usize = found["part"].parse().ok()?;
    let list = found["list"].replace(" and ", ", ");
    let names = list.split(", ").filter(|n| n.trim().starts_with(char::is_uppercase) || n.trim().starts_with("the ")).count();
    let named = part + names;
    let at = found.name("count")?.range();
    (named != total).then_some((total, named, at))
}

static COUNTRIES: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?P<count>(?P<total>\d{1,3}) (?:European )?countries): (?:the )?(?P<part>\d{1,3}) [^,;.]{3,80}, as well as (?P<list>[^.;(]+)",
    )
    .expect("a valid pattern")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_blanks_out_of_place() {
        let words = |found: Vec<Range<usize>>, text: &str| found.into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        let text = "\u{3a4}he portal (\u{41e}J L 194) of Αθήνα and μTorrent";
        assert_eq!(words(mixed_scripts(text), text), ["\u{3a4}he", "\u{41e}J"]);
        let text = "the portal.The end,but site.The and data.gov, 1,234";
        assert_eq!(words(glued(text), text), ["portal.The", "end,but", "site.The"]);
    }

    #[test]
    fn slips_of_the_pen() {
        let words = |found: Vec<Range<usize>>, text: &str| found.into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        let text = "All of of it is is, as the theory has the therein";
        assert_eq!(words(doubled(text), text), ["of of", "is is"]);
        let text = "One , two . And three .NET";
        assert_eq!(words(loose_stops(text), text), ["One , ", "two . "]);
    }

    #[test]
    fn a_count_is_held_against_its_list() {
        assert!(announced("in 6 countries: the 3 Member States of X, as well as Iceland, Norway and Serbia (the rest).").is_none());
        let (total, named, _) =
            announced("in 7 countries: the 3 Member States of X, as well as Iceland, Norway and Serbia.").expect("they differ");
        assert_eq!((total, named), (7, 6));
    }
}
