//! Where the title of an act begins and ends.

use super::row::ActType;
use crate::dataset::dpa::dates::FoundDate;
use crate::document::pattern::Pattern;
use std::ops::Range;
use std::sync::LazyLock;

/// Where a title ends behind its noun.
pub(super) static END: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\s?[(;:]|\.(?:\s|$)|,\s|\s(?:is|was|were|are|has|have|had|will|shall|can|may|must|aims?|entered|enters|came|comes|took|made|makes|by|through|which|that|who|since|under|with|as|and (?:amending|modifying|repealing|is|was|has|its|it|the Law|the Act)|sets?|[a-z]+(?:ed|ises|izes) (?:the|a|an|its|their|new|two|three|several)|provides?|obliges|ensur[a-z]+|applies|introduces?|introduced|entrust[a-z]*|authorises?|establishes|defines|transposed|repealed|modified|replaced|regulates|governs|lays|describes|covers|includes|contains|allows|enables|requires|stipulates|creates|in (?:order|its|the|which|line|January|February|March|April|May|June|July|August|September|October|November|December|19|20|force)|amending|modifying|repealing|dated|adopted|passed|approved|published|brought|presented|launched|focuses)\b",
    )
    .expect("a valid pattern")
});

pub(super) static RIGHT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"^\s(?:on|for|relating|related to|concerning|regarding|governing|about|transposing|establishing|implementing|of the|to)\s",
    )
    .expect("a valid pattern")
});

/// Capitalised words before the noun: `Electronic Identification and Trust Services for Electronic Transactions Act`.
pub(super) fn grow_left(text: &str, head: usize) -> usize {
    let mut start = head;
    let mut pending = head;
    let mut words = 0;
    let mut rest = &text[..head];
    while words < 16 {
        let trimmed = rest.trim_end();
        if trimmed.len() == rest.len() && pending != head {
            break;
        }
        let Some(word) = trimmed.rsplit(char::is_whitespace).next().filter(|w| !w.is_empty()) else { break };
        let at = trimmed.len() - word.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.ends_with([',', '.', ';', ':', ')', '’', '\'', '"', '“']) && !(word.ends_with(',') && words > 0 && comma_list(trimmed))
        {
            break;
        }
        let name = bare.chars().any(char::is_uppercase) || (bare.starts_with(|c: char| c.is_ascii_digit()) && words > 0);
        let joint = matches!(bare, "and" | "of" | "for" | "&" | "on" | "in" | "to" | "the" | "a") && words > 0;
        if name {
            start = at;
        } else if !joint || matches!(bare, "the" | "a" | "to") {
            break;
        }
        pending = at;
        words += 1;
        rest = &text[..at];
        if word.starts_with(['(', '‘', '\'', '"', '“', '[']) {
            break;
        }
    }
    start
}

/// `X, Y and Z Act`: a comma inside a name stands between capitalised words.
pub(super) fn comma_list(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    words.next().is_some_and(|w| w.starts_with(char::is_uppercase) && w.len() > 3)
        && words.next().is_some_and(|w| w.starts_with(char::is_uppercase) && !matches!(w, "In" | "On" | "The"))
}

/// Words at the beginning of a sentence or a link that are no part of the title.
pub(super) fn leading(words: &str) -> usize {
    const OFF: &[&str] = &[
        "the ",
        "a ",
        "an ",
        "this ",
        "in ",
        "on ",
        "since ",
        "under ",
        "through ",
        "amended ",
        "modified ",
        "new ",
        "newly ",
        "revised ",
        "updated, ",
        "updated ",
        "current ",
        "previous ",
        "former ",
        "first ",
        "original ",
        "following ",
        "by ",
        "with ",
        "as ",
        "according ",
        "to ",
        "pursuant ",
        "draft ",
        "when ",
        "while ",
        "both ",
        "these ",
        "its ",
        "our ",
        "amendments to the ",
        "amendments to ",
        "amendment to the ",
        "furthermore, ",
        "moreover, ",
        "also, ",
        "finally, ",
        "additionally, ",
        "however, ",
    ];
    let mut at = 0;
    while let Some(off) = OFF.iter().find(|o| words.get(at..at + o.len()).is_some_and(|w| w.eq_ignore_ascii_case(o))) {
        at += off.len();
    }
    at
}

/// `on X`, `of DATE on X`: to the verb, the comma, the bracket, or the next date.
pub(super) fn grow_right(text: &str, from: usize, dates: &[FoundDate], act_type: ActType) -> usize {
    let mut end = from;
    let own = dates.iter().find(|d| d.of && d.range.start >= from && text[from..d.range.start].trim() == "of");
    if let Some(date) = own {
        end = date.range.end;
    } else if let Some(period) =
        dates.iter().find(|d| d.range.start >= from && text[from..d.range.start].trim().is_empty() && act_type == ActType::Strategy)
    {
        end = period.range.end;
    }
    let Some(right) = RIGHT.find(&text[end..]) else { return end };
    let next = dates.iter().find(|d| d.range.start >= end).map_or(text.len(), |d| d.qualifier.start.min(d.range.start).max(end));
    let limit = (end + 260).min(text.len());
    let limit = (end..=limit).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(end);
    let rest = &text[end..limit];
    let words = right.as_str().trim_end().len().min(rest.len());
    let stop = END.find(&rest[words..]).map_or(rest.len(), |m| m.start() + words);
    let mut stop = end + stop;
    if next < stop {
        let words = &text[end..next];
        let cut = words.trim_end();
        let cut =
            ["of", "on", "in", "from", "by", "dated", "as of", "since"].iter().find_map(|p| cut.strip_suffix(p)).unwrap_or(cut).trim_end();
        stop = end + cut.len();
    }
    if stop <= end + right.end() { end } else { stop }
}

/// No open bracket or quote at the ends.
pub(super) fn trim_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let mut bare = part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '‘' | '\'' | '"' | '“'));
    while let Some(shorter) = [" and", " for the period", " for", " of", " on", " the", " which"].iter().find_map(|w| bare.strip_suffix(w))
    {
        bare = shorter.trim_end();
    }
    let end = bare.len();
    let lead = part.len() - part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '‘' | '\'' | '"' | '“')).len();
    range.start + lead.min(end)..range.start + end.max(lead.min(end))
}

/// Whether the word right before the title, perhaps inside the link, calls the act amended.
pub(super) fn amended(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    let last = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "amended" | "modified")
}
