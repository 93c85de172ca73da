//! What a number counts: the noun behind it.

use crate::document::pattern::Pattern;
use std::sync::LazyLock;

/// A unit written right behind its number: `100Mbits`, `20km`.
pub(super) fn glued_unit(after: &str) -> Option<&str> {
    const UNITS: &[&str] = &[
        "Mbits", "Mbit", "Mbps", "Gbps", "Kbps", "Gbit", "MHz", "GHz", "MB", "GB", "TB", "PB", "km²", "km", "kW", "MW", "GW", "kWh", "m²",
        "ha", "ms", "kg", "h",
    ];
    let end = after.find(|c: char| !c.is_alphanumeric() && c != '²').unwrap_or(after.len());
    UNITS.iter().find(|u| after[..end] == ***u).map(|_| &after[..end])
}

/// Function words that cannot belong to a unit.
pub(super) const STOPS: &[&str] = &[
    "of",
    "in",
    "for",
    "to",
    "and",
    "that",
    "which",
    "who",
    "with",
    "on",
    "by",
    "from",
    "is",
    "are",
    "was",
    "were",
    "have",
    "has",
    "had",
    "at",
    "or",
    "as",
    "the",
    "a",
    "an",
    "already",
    "so",
    "currently",
    "being",
    "will",
    "can",
    "may",
    "must",
    "when",
    "where",
    "while",
    "per",
    "via",
    "it",
    "its",
    "their",
    "this",
    "these",
    "those",
    "if",
    "not",
    "be",
    "been",
    "but",
    "than",
    "until",
    "since",
    "into",
    "under",
    "would",
    "should",
    "could",
    "during",
    "through",
    "between",
    "within",
    "about",
    "also",
    "available",
    "respectively",
    "including",
    "using",
    "based",
    "out",
    "among",
    "across",
    "over",
    "after",
    "before",
    "now",
    "means",
];

/// Plurals without an s.
pub(super) const PLURALS: &[&str] = &[
    "people",
    "children",
    "staff",
    "data",
    "personnel",
    "men",
    "women",
    "criteria",
    "media",
    "km",
    "km²",
    "ministries",
    "%",
    "households",
    "euro",
    "euros",
    "gigabit",
];

/// What is counted: the words behind a number up to the first plural, at most five.
pub(super) fn noun_after(after: &str) -> Option<(String, usize)> {
    let mut rest = after;
    let mut offset = 0;
    for skip in
        [" out of the ", " out of ", " of the main ", " of these ", " of those ", " of the ", " of its ", " of our ", " different ", " of "]
    {
        if let Some(r) = rest.strip_prefix(skip) {
            // `five of the main players`, `101 out of the 102 local authorities`
            let digits = r.len() - r.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            offset = skip.len() + digits - usize::from(digits == 0);
            rest = &after[offset..];
            break;
        }
    }
    let mut words = 0;
    let mut start = None;
    let mut single = None;
    for token in rest.split_inclusive(char::is_whitespace).scan(0, |at, t| {
        let here = *at;
        *at += t.len();
        Some((here, t))
    }) {
        let (at, raw) = token;
        let trimmed = raw.trim_end();
        if trimmed.is_empty() {
            continue;
        }
        let bare = trimmed.trim_matches(|c: char| !c.is_alphanumeric() && c != '²');
        if words > 0 && words < 4 && matches!(bare, "and" | "or") && trimmed == bare {
            continue;
        }
        if bare.is_empty()
            || trimmed.starts_with(['(', '–', '-', '/'])
            || STOPS.contains(&bare.to_lowercase().as_str())
            || bare.starts_with(|c: char| c.is_ascii_digit())
        {
            break;
        }
        let from = at + trimmed.find(bare).unwrap_or(0);
        start.get_or_insert(from);
        let end = from + bare.len();
        words += 1;
        single.get_or_insert(end);
        let lower = bare.to_lowercase();
        let plural = (lower.ends_with('s')
            && !lower.ends_with("ss")
            && !lower.ends_with("ous")
            && !lower.ends_with("'s")
            && !lower.ends_with("’s")
            && !lower.ends_with("us"))
            || PLURALS.contains(&lower.as_str());
        if plural {
            let mut end = end;
            if let Some(per) = PER.find(&rest[end..]) {
                end += per.end();
            } else if rest[end..].starts_with(" of ")
                && matches!(lower.as_str(), "types" | "areas" | "kinds" | "categories" | "groups" | "sets" | "pairs" | "areas of")
            {
                let tail = &rest[end + 4..];
                let length = tail.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(tail.len());
                if length > 0 && !STOPS.contains(&tail[..length].to_lowercase().as_str()) {
                    end += 4 + length;
                }
            }
            let start = start?;
            return Some((rest[start..end].to_owned(), offset + end));
        }
        if words == 5 || trimmed.ends_with([',', '.', ';', ':', ')', '?', '!']) {
            break;
        }
    }
    let (start, end) = (start?, single?);
    Some((rest[start..end].to_owned(), offset + end))
}

pub(super) static PER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s(?:per\s(?:second|minute|hour|day|week|month|year|capita|inhabitant)|a\s(?:second|day|month|year))\b")
        .expect("a valid pattern")
});
