//! Where the name around a noun begins and ends.

use super::nouns::{HEADS, THINGS, WEAK_HEADS};
use crate::vocabulary::Geo;
use std::ops::Range;

/// A word with where it stands.
pub(super) struct Word<'a> {
    pub(super) range: Range<usize>,
    pub(super) bare: &'a str,
    /// Punctuation before or behind it.
    pub(super) opens: bool,
    pub(super) closes: Option<char>,
}

pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let trimmed = token.trim_end();
        // Most words stand without punctuation.
        if !trimmed.is_empty() && trimmed.bytes().all(|b| b.is_ascii_alphanumeric()) {
            words.push(Word { range: at..at + trimmed.len(), bare: trimmed, opens: false, closes: None });
            at += token.len();
            continue;
        }
        let start = at + (trimmed.len() - trimmed.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '&').len());
        let bare = trimmed.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let own = bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare);
        if bare.is_empty() {
            if let Some(last) = words.last_mut() {
                let last: &mut Word<'_> = last;
                last.closes = last.closes.or(trimmed.chars().next());
            }
        } else {
            let behind = &text[start + bare.len()..at + trimmed.len()];
            words.push(Word {
                range: start..start + own.len(),
                bare: own,
                opens: start > at,
                closes: if own.len() < bare.len() { Some('’') } else { behind.chars().next() },
            });
        }
        at += token.len();
    }
    words
}

pub(super) fn capital(word: &Word<'_>) -> bool {
    word.bare.starts_with(|c: char| c.is_uppercase() || c == '&')
        || (word.bare.starts_with('e') && word.bare.chars().nth(1).is_some_and(char::is_uppercase))
        || (word.bare.chars().any(char::is_uppercase) && word.bare.chars().next().is_some_and(|c| c.is_ascii_digit()))
        || word.bare.starts_with("Inter-")
}

/// Capitals in one piece: an abbreviation cannot be the second half of a list inside a name.
pub(super) fn is_short(word: &str) -> bool {
    word.len() <= 8 && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// The name around a noun.
pub(super) fn grow(text: &str, words: &[Word<'_>], head: usize, foreign: bool) -> Option<Range<usize>> {
    let start = grow_left(words, head);
    let mut end = head;
    let mut i = head;
    // To the right only over `of` and `for`, their lists, and capitals behind foreign nouns.
    let mut commas = false;
    while i + 1 < words.len() {
        if let Some(mark) = words[i].closes {
            if !(mark == ',' && i > head && list_goes_on(words, i)) {
                break;
            }
            commas = true;
        }
        let mut j = i + 1;
        if words[j].opens {
            break;
        }
        let first = words[j].bare;
        let link = matches!(first, "of" | "for" | "de" | "des" | "du" | "di" | "della" | "da")
            || (i > head && matches!(first, "and" | "&" | "on"))
            || (matches!(first, "on") && i == head);
        if link {
            j += 1;
            if words.get(j).is_some_and(|w| w.bare == "the" || w.bare == "la" || w.bare == "l") {
                // `X and the Y` are two.
                if matches!(first, "and" | "&") {
                    break;
                }
                j += 1;
            }
            let Some(next) = words.get(j) else { break };
            // `Secretariat of X of the Ministry of Y`: whose it is, is no part of its name.
            if first == "of" && next.bare == "Ministry" {
                break;
            }
            let second = matches!(first, "and" | "&")
                && (is_short(next.bare) || HEADS.contains(&next.bare) || (HEADS.contains(&words[i].bare) && i > head) || another(words, j));
            if !capital(next)
                || next.opens
                || second
                || words[i].closes.is_some() && !commas
                || (first == "of" && next.bare.starts_with(|c: char| c.is_ascii_digit()))
            {
                break;
            }
        } else if !(capital(&words[j]) && (i > head || foreign || WEAK_HEADS.contains(&first) || words[i].closes == Some(',')))
            || is_short(first) && i == head
        {
            break;
        }
        i = j;
        end = j;
        if end - head > 24 {
            break;
        }
    }
    // `Council of Ministers Decree`: what a body made.
    while end > head && (THINGS.contains(&words[end].bare) || matches!(words[end].bare, "of" | "for" | "and")) {
        end -= 1;
    }
    let range = words[start].range.start..words[end].range.end;
    (start < head || end > head || words[head].bare == "Parliament" || words[head].bare.contains('-') && foreign)
        .then_some(range)
        .filter(|r| text.is_char_boundary(r.end))
}

/// Whether a list in a name ends in `and X` with nothing but capitals before.
pub(super) fn list_goes_on(words: &[Word<'_>], at: usize) -> bool {
    let mut i = at + 1;
    let mut run = 0;
    while let Some(word) = words.get(i) {
        if word.opens || HEADS.contains(&word.bare) {
            return false;
        }
        if matches!(word.bare, "and" | "&") {
            return run > 0
                && words.get(i + 1).is_some_and(|w| capital(w) && !is_short(w.bare) && !HEADS.contains(&w.bare))
                && !another(words, i + 1);
        }
        if !capital(word) || is_short(word.bare) {
            return false;
        }
        run += 1;
        if run > 6 || word.closes.is_some_and(|c| c != ',') {
            return false;
        }
        i += 1;
    }
    false
}

/// Whether behind `and` another body's name begins: its noun follows within a few capitals.
pub(super) fn another(words: &[Word<'_>], from: usize) -> bool {
    for word in words[from..].iter().take(5) {
        if HEADS.contains(&word.bare) {
            return true;
        }
        if !capital(word) || word.closes.is_some() {
            return false;
        }
    }
    false
}

pub(super) fn grow_left(words: &[Word<'_>], head: usize) -> usize {
    let mut start = head;
    let mut i = head;
    while i > 0 {
        let word = &words[i - 1];
        if words[i].opens {
            break;
        }
        if let Some(mark) = word.closes {
            // `Registration Duties, Estates and VAT Authority`
            let list = mark == ','
                && i < head
                && words[i..head].iter().any(|w| w.bare == "and")
                && capital(word)
                && !matches!(word.bare, "In" | "However" | "Moreover" | "Furthermore")
                && i >= 2
                && capital(&words[i - 2])
                && words[i - 2].closes.is_none()
                && !HEADS.contains(&words[i - 2].bare)
                && !HEADS.contains(&word.bare)
                && !is_short(word.bare);
            if !list {
                break;
            }
        }
        if capital(word) {
            let country = i < head && words[i].bare == "and" && Geo::parse(word.bare).is_some();
            let other = country || HEADS.contains(&word.bare) && i < head && matches!(words[i].bare, "and" | "&");
            if other || is_lead(word.bare, i - 1, words) {
                break;
            }
            start = i - 1;
        } else if i >= head || !matches!(word.bare, "and" | "&") {
            break;
        }
        i -= 1;
    }
    start
}

/// A capital that only begins a sentence.
pub(super) fn is_lead(word: &str, at: usize, words: &[Word<'_>]) -> bool {
    let begins = at == 0 || words[at - 1].closes.is_some_and(|c| matches!(c, '.' | ':' | ';' | '!' | '?'));
    begins
        && matches!(
            word,
            "The"
                | "A"
                | "An"
                | "This"
                | "In"
                | "On"
                | "Since"
                | "As"
                | "At"
                | "By"
                | "Through"
                | "While"
                | "When"
                | "Each"
                | "Every"
                | "Its"
                | "Under"
                | "With"
                | "For"
                | "From"
                | "To"
                | "Following"
                | "Although"
                | "Also"
                | "Both"
                | "Another"
                | "One"
                | "Some"
                | "All"
                | "Other"
                | "After"
                | "Before"
                | "Currently"
                | "Today"
                | "Once"
                | "If"
                | "That"
                | "These"
                | "Those"
                | "Former"
                | "New"
                | "Within"
                | "Furthermore"
                | "Moreover"
                | "Additionally"
                | "Finally"
                | "However"
                | "Secondly"
                | "Firstly"
                | "Therefore"
                | "Thus"
        )
        || matches!(word, "The" | "Minister" | "President" | "Director" | "Mr" | "Ms")
}
