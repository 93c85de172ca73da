//! People: names beside an office, in contact blocks and among the contributors of the back matter.

use super::spot::{Spot, SpotKind};
use crate::dataset::Person;
use crate::document::pattern::Pattern;
use std::sync::LazyLock;

/// Two to four words with a capital, particles in between; titles of courtesy before it are no part.
const NAME: &str =
    r"\p{Lu}[\p{L}’'-]+(?:\s(?:de|van|von|der|den|di|da|la|le|dos|el|al|ter|ten|bin))*(?:\s\p{Lu}[\p{L}’'-]+|\s\p{Lu}\.){1,3}";

/// An office: the word that makes it one, with what stands around it.
const OFFICE: &str = r"(?:(?:[\p{Lu}][\p{L}-]+\s){0,3}(?:Deputy\s|Vice[- ]|Acting\s|Federal\s|Former\s|State\s)*(?:Prime Minister|Minister-President|Minister Delegate|Minister|Chancellor|Secretary of State|State Secretary|Secretary General|Secretary-General|President|Commissioner|Ombudsman|Mayor|Governor|Director[- ]General|Director|Head|Chief [\p{Lu}][\p{L}]+ Officer|Chief Information Officer|CIO|CTO|CEO|Chairman|Chairwoman|Chair|Coordinator|Spokesperson|Rector|Ambassador))";

/// `Name, Office of X and Office of Y, verb`
static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(&format!(r"(?P<name>{NAME}),\s(?:the\s|then\s|who is\s)?(?P<role>{OFFICE}\b[^.;:()]*)")).expect("a valid pattern")
});

/// `Prime Minister Name`, `Minister of X, Name`, `the Minister for X, Mr Name`
static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(&format!(r"(?P<role>\b{OFFICE}(?:\s(?:of|for)\s(?:the\s)?\p{{Lu}}[\p{{L}}-]+(?:(?:,\s|\sand\s|\s&\s|\sand\sof\s|\s)(?:the\s|of\s|for\s)?\p{{Lu}}[\p{{L}}-]+){{0,8}}?)?(?:\sand\s{OFFICE}(?:\s(?:of|for)\s\p{{Lu}}[\p{{L}}-]+(?:(?:\sand\s|\s)\p{{Lu}}[\p{{L}}-]+){{0,5}}?)?)?),?\s(?:Mr\.?\s|Ms\.?\s|Mrs\.?\s|Dr\.?\s|Prof\.?\s|H\.E\.\s)*(?P<name>{NAME})"))
        .expect("a valid pattern")
});

static CONTRIBUTION: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\b(?:valuable\s)?contributions?\s(?:from|by|of)\s(?P<who>.+)$").expect("a valid pattern"));

static FULL_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(&format!(r"^(?:Mr\.?\s|Ms\.?\s|Mrs\.?\s|Dr\.?\s|Prof\.?\s|and\s|H\.E\.\s)*(?P<name>{NAME})")).expect("a valid pattern")
});

/// `chaired by Ms Name`: a person without an office beside the name.
static ADDRESSED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"\b(?:Mr|Ms|Mrs)\.?\s(?:Dr\.?\s|Prof\.?\s)?(?P<name>{NAME})")).expect("a valid pattern"));

static COURTESY: LazyLock<Pattern> = LazyLock::new(|| Pattern::brief(r"\b(?:Mr|Ms|Mrs|Dr)\.?\s\p{Lu}").expect("a valid pattern"));

/// Words that no person is called: bodies, places and things in capitals.
const NOT_NAMES: &[&str] = &[
    "ministry",
    "minister",
    "department",
    "agency",
    "authority",
    "commission",
    "council",
    "university",
    "institute",
    "office",
    "digital",
    "government",
    "national",
    "public",
    "union",
    "european",
    "republic",
    "state",
    "federal",
    "parliament",
    "strategy",
    "programme",
    "project",
    "centre",
    "center",
    "service",
    "services",
    "administration",
    "law",
    "act",
    "data",
    "information",
    "technology",
    "technologies",
    "affairs",
    "economy",
    "finance",
    "health",
    "education",
    "justice",
    "interior",
    "board",
    "committee",
    "agenda",
    "development",
    "innovation",
    "research",
    "security",
    "directorate",
    "general",
    "of",
    "for",
    "the",
    "telecom",
    "telecommunications",
    "communications",
    "transformation",
    "modernisation",
    "reform",
    "secretary",
    "president",
    "prime",
    "chief",
    "officer",
    "head",
    "director",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "governance",
    "policy",
    "media",
    "internal",
    "foreign",
    "labour",
    "social",
    "welfare",
    "transport",
    "infrastructure",
    "energy",
    "unit",
    "bank",
    "delegate",
    "deputy",
    "digitalisation",
    "sport",
    "sports",
    "culture",
    "science",
    "tourism",
    "environment",
    "agriculture",
    "defence",
    "planning",
    "interoperable",
    "europe",
    "manager",
    "relations",
    "international",
    "kingdom",
    "analysis",
    "advisor",
    "adviser",
    "expert",
    "senior",
    "committee",
    "region",
    "city",
    "language",
];

fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && !words.iter().any(|w| NOT_NAMES.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
        && !words.iter().all(|w| w.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase))
}

/// Every mention of a person with an office.
pub fn people(spots: &[Spot<'_>]) -> Vec<Person> {
    let mut rows = Vec::new();
    for (i, spot) in spots.iter().enumerate() {
        let text = spot.passage.text.as_str();
        if spot.kind == SpotKind::BackMatter {
            contributors(spot, &mut rows);
            continue;
        }
        if spot.is_text() {
            contact(spots, i, &mut rows);
            if text.len() > 20 {
                in_text(spot, &mut rows);
            }
        }
    }
    rows.sort_by_key(|r| r.lines);
    rows
}

fn in_text(spot: &Spot<'_>, rows: &mut Vec<Person>) {
    let text = spot.passage.text.as_str();
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    if OFFICE_WORD.is_match(text) {
        with_office(spot, &mut taken, rows);
    }
    for name in ADDRESSED.captures_iter(text).filter_map(|c| c.name("name")) {
        let known = taken.iter().any(|t| t.start < name.end() && name.start() < t.end);
        if !known && is_name(name.as_str()) {
            push(spot, name.range(), name.start()..name.start(), rows);
        }
    }
}

fn with_office(spot: &Spot<'_>, taken: &mut Vec<std::ops::Range<usize>>, rows: &mut Vec<Person>) {
    let text = spot.passage.text.as_str();
    let mut at = 0;
    while let Some(found) = BEHIND.captures_at(text, at) {
        let (name, role) = (found.name("name").expect("the pattern has it"), found.name("role").expect("the pattern has it"));
        let bare = FULL_NAME
            .captures(name.as_str())
            .and_then(|c| c.name("name"))
            .map_or(name.range(), |n| name.start() + n.start()..name.start() + n.end());
        if !is_name(&text[bare.clone()]) {
            at = name.start() + name.as_str().chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let length = role_end(role.as_str());
        let end = role.start() + length;
        push(spot, bare, role.start()..end, rows);
        taken.push(name.start()..end);
        at = end;
    }
    for found in BEFORE.captures_iter(text) {
        let (name, role) = (found.name("name").expect("the pattern has it"), found.name("role").expect("the pattern has it"));
        let known = taken.iter().any(|t| t.start < name.end() && name.start() < t.end);
        if !known && is_name(name.as_str()) {
            push(spot, name.range(), role.range(), rows);
            taken.push(name.range());
        }
    }
}

static OFFICE_WORD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"Minister|Secretary|President|Commissioner|Director|Chancellor|Head of|Chief|Mayor|Governor|CIO|CTO|Chair|Coordinator|Ombudsman|Ambassador|Rector").expect("a valid pattern")
});

/// An office goes on over commas within its subject (`Minister for A, B and C`), and ends where the sentence goes on.
fn role_end(role: &str) -> usize {
    static STOP: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::brief(r"(?:,?\sand\s(?:the\s)?\p{Lu}[\p{L}’'-]+\s\p{Lu}[\p{L}’'-]+,)|,\s[a-z]|\s(?:has|have|had|was|were|is|are|will|on|in|at|to|who|which|with|during|announced|presented|signed|launched|said|officially|as|by)\s|\s\p{Ll}+(?:ed|es)\s|,\s(?:and\s)?\p{Lu}[\p{L}’'-]+\s\p{Lu}[\p{L}’'-]+,|\sand\s[a-z]")
            .expect("a valid pattern")
    });
    let end = STOP.find(role).map_or(role.len(), |m| m.start());
    role[..end].trim_end_matches([',', ' ', '.']).len()
}

fn push(spot: &Spot<'_>, name: std::ops::Range<usize>, role: std::ops::Range<usize>, rows: &mut Vec<Person>) {
    let text = spot.passage.text.as_str();
    let all = name.start.min(role.start)..name.end.max(role.end);
    rows.push(Person {
        name: text[name].to_owned(),
        role: text[role].trim().to_owned(),
        lines: spot.passage.lines_of(&all),
        organisation: String::new(),
    });
}

/// A name on a line of its own, the office below it, then `Contact details:`.
fn contact(spots: &[Spot<'_>], label: usize, rows: &mut Vec<Person>) {
    static CONTACT: LazyLock<Pattern> = LazyLock::new(|| Pattern::brief(r"(?i)^contact(?: details)?\s*:?$").expect("a valid pattern"));
    if label < 2 || spots[label].passage.text.len() > 20 || !CONTACT.is_match(&spots[label].passage.text) {
        return;
    }
    let name = |i: usize| {
        FULL_NAME
            .captures(&spots[i].passage.text)
            .and_then(|c| c.name("name"))
            .filter(|n| n.end() == spots[i].passage.text.len() && is_name(n.as_str()))
            .map(|n| n.as_str().to_owned())
    };
    let (role, holder) = (label - 1, label - 2);
    if let Some(found) = name(holder) {
        let lines = spots[holder].passage.lines().join(spots[role].passage.lines());
        rows.push(Person { name: found, role: spots[role].passage.text.clone(), lines, organisation: String::new() });
    } else if let Some(found) = name(role) {
        rows.push(Person { name: found, role: String::new(), lines: spots[role].passage.lines(), organisation: String::new() });
    }
}

/// `This factsheet received valuable contribution from Mr. X, Y; A (B), C (D) and E (F).`
fn contributors(spot: &Spot<'_>, rows: &mut Vec<Person>) {
    let text = spot.passage.text.as_str();
    let Some(found) = CONTRIBUTION.captures(text).and_then(|c| c.name("who")) else { return };
    let mut at = found.start();
    let mut open: Vec<usize> = Vec::new();
    while at < text.len() {
        let rest = &text[at..];
        let lead = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ')')).len();
        let lead = lead + if rest[lead..].starts_with("and ") { 4 } else { 0 };
        at += lead;
        let rest = &text[at..];
        if rest.is_empty() {
            break;
        }
        // Up to the next comma, bracket or `and` outside brackets.
        if let Some(name) = FULL_NAME.captures(rest).and_then(|c| c.name("name")).filter(|n| is_name(n.as_str())) {
            let lines = spot.passage.lines_of(&(at + name.start()..at + name.end()));
            let mut end = at + name.end();
            let behind = &text[end..];
            let mut role = String::new();
            if let Some(inner) = behind.trim_start().strip_prefix('(') {
                let close = inner.find(')').unwrap_or(inner.len());
                role = inner[..close].to_owned();
                end += behind.len() - inner.len() + close;
                // One bracket may stand for all names before it.
                for i in open.drain(..) {
                    let person: &mut Person = &mut rows[i];
                    person.role.clone_from(&role);
                }
            } else if let Some(inner) = behind
                .strip_prefix(", ")
                .or_else(|| behind.strip_prefix(" as the "))
                .or_else(|| behind.strip_prefix(" from the "))
                .or_else(|| behind.strip_prefix(" from "))
            {
                let next = FULL_NAME
                    .captures(inner)
                    .and_then(|c| c.name("name"))
                    .is_some_and(|n| is_name(n.as_str()) && !OFFICE_WORD.is_match(n.as_str()));
                if !next {
                    let close = inner.rfind('.').unwrap_or(inner.len());
                    role = inner[..close].to_owned();
                    end = text.len();
                } else {
                    open.push(rows.len());
                }
            } else if behind.starts_with(" and ") {
                open.push(rows.len());
            }
            rows.push(Person { name: name.as_str().to_owned(), role, lines, organisation: String::new() });
            at = end.max(at + 1);
        } else {
            let separator = rest.find([',', ';', ')']).map_or(rest.len(), |i| i + 1);
            let courtesy = COURTESY.find(rest).map_or(rest.len(), |m| m.start()).max(1);
            let step = separator.min(courtesy);
            at += step;
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
}
