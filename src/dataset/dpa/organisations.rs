//! Bodies: what kinds of names they have, their abbreviations, and the first line that names each in any form.

mod bracket;
mod hints;
mod name;
mod nouns;

use super::spot::{Spot, SpotKind};
use crate::dataset::Organisation;
use crate::document::dpa::Chapter;
use crate::document::outline::{Passage, Style};
use crate::document::pattern::Pattern;
use crate::vocabulary::{Geo, Lines};
use bracket::{abbreviates, bracket, read_bracket};
use hints::{AGENT, APPOSED, Hints, is_agent};
use name::{grow, words};
use nouns::{FOREIGN, HEADS, KNOWN, MARKED, NOT_BODIES, WEAK_HEADS};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// One body while its mentions are gathered.
#[derive(Clone, Debug, Default)]
struct Body {
    names: Vec<String>,
    abbreviation: String,
    native: String,
}

/// Bodies of the body of the factsheet, by their first lines.
pub fn organisations(spots: &[Spot<'_>], country: Geo) -> Vec<Organisation> {
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    let read: Vec<&Spot<'_>> =
        spots.iter().filter(|s| s.chapter.is_some() && (s.is_text() || matches!(s.kind, SpotKind::EntryTitle))).collect();
    for spot in &read {
        let title = spot.kind == SpotKind::EntryTitle;
        if title && spot.chapter == Some(Chapter::Governance) {
            governance_title(&spot.passage.text, country, &mut bodies);
        }
        for mention in mentions(&spot.passage) {
            add(mention, country, &mut bodies);
        }
    }
    merge(country, &mut bodies);
    first_lines(&read, &bodies)
}

/// A name with what its bracket says.
struct Mention {
    name: String,
    abbreviation: String,
    native: String,
}

fn add(mention: Mention, country: Geo, bodies: &mut BTreeMap<String, Body>) {
    let body = bodies.entry(key(&mention.name, country)).or_default();
    if !body.names.contains(&mention.name) {
        body.names.push(mention.name);
    }
    if body.abbreviation.is_empty() {
        body.abbreviation = mention.abbreviation;
    }
    if body.native.is_empty() {
        body.native = mention.native;
    }
}

/// One key for all forms of a name: `Ministry of the Economy` and `Ministry for Economy`, `Council for eGovernment` and
/// `Electronic Governance Council`, `National Archives` and `National Archives of Malta`; a parliament is the country's own.
fn key(name: &str, country: Geo) -> String {
    let lower = name.to_lowercase().replace(['’', '-', '.'], " ").replace("electronic ", "e");
    let small = |w: &&str| !matches!(*w, "of" | "for" | "the" | "and" | "&" | "s" | "'s" | "on" | "in" | "republic");
    let mut words: Vec<&str> = lower.split_whitespace().filter(small).collect();
    if words.contains(&"parliament") && words.first() != Some(&"european") && words.len() <= 3 {
        return "parliament".to_owned();
    }
    // `Maltese Ministry for Justice`
    if words.len() > 2 && words[1] == "ministry" {
        words.remove(0);
    }
    let home = |w: &str| w.len() > 2 && Geo::parse(w) == Some(country);
    if words.iter().filter(|w| !home(w)).count() >= 2 {
        words.retain(|w| !home(w));
    }
    let mut stems: Vec<String> = words.into_iter().map(stem).collect();
    stems.sort_unstable();
    stems.join(" ")
}

/// A word without the endings in which forms of one name differ.
fn stem(word: &str) -> String {
    let govern = ["government", "governance", "governing"].iter().find_map(|w| word.strip_suffix(w));
    if let Some(before) = govern {
        return format!("{before}govern");
    }
    let word = word.replace("center", "centre").replace("iza", "isa");
    word.strip_suffix('s').filter(|w| w.len() > 3 && !w.ends_with('s')).map_or(word.clone(), str::to_owned)
}

/// Bodies that share an abbreviation, or of which one's native name is the other's name, are one.
fn merge(country: Geo, bodies: &mut BTreeMap<String, Body>) {
    let mut by_short: BTreeMap<String, String> = BTreeMap::new();
    let keys: Vec<String> = bodies.keys().cloned().collect();
    for own in &keys {
        let Some(body) = bodies.get(own).cloned() else { continue };
        for short in [key(&body.abbreviation, country), key(&body.native, country), own.clone()].into_iter().filter(|s| s.len() > 1) {
            match by_short.get(&short).cloned() {
                Some(other) if other != *own => {
                    if let Some(body) = bodies.remove(own) {
                        let target = bodies.entry(other.clone()).or_default();
                        target.names.extend(body.names);
                        if target.abbreviation.is_empty() {
                            target.abbreviation = body.abbreviation;
                        }
                        if target.native.is_empty() {
                            target.native = body.native;
                        }
                    }
                    break;
                }
                Some(_) => {}
                None => {
                    by_short.insert(short, own.clone());
                }
            }
        }
    }
}

/// Titles of governance entries are bodies, but for those that name a topic.
fn governance_title(title: &str, country: Geo, bodies: &mut BTreeMap<String, Body>) {
    static TOPIC: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?i)\b(?:responsibilit\w+|governance|interoperability$|system|strategy|municipalities$|regions|framework|coordination$|policy$|officers?$|local authorities|local government$|programme|project|law|act)\b").expect("a valid pattern")
    });
    let name = title.split(" - ").next().unwrap_or(title);
    let (name, bracket) = name.split_once(" (").map_or((name, ""), |(n, b)| (n, b.trim_end_matches(')')));
    if name.len() > 120 || (TOPIC.is_match(name) && !HEADS.iter().any(|h| name.contains(h))) {
        return;
    }
    let (abbreviation, native) = read_bracket(bracket);
    add(Mention { name: name.trim().to_owned(), abbreviation, native }, country, bodies);
}

/// Every name of a body in a passage.
fn mentions(passage: &Passage) -> Vec<Mention> {
    let text = passage.text.as_str();
    let mut found = Vec::new();
    let hints = Hints::of(text);
    let words = if hints.noun { words(text) } else { Vec::new() };
    let mut until = 0;
    for i in 0..words.len() {
        let word = &words[i];
        if word.bare.len() < 3 || !word.bare.bytes().any(|b| b.is_ascii_uppercase()) {
            continue;
        }
        let last = word.bare.rsplit('-').next().unwrap_or(word.bare);
        let strong = HEADS.contains(&word.bare) || (last.len() < word.bare.len() && HEADS.contains(&last));
        let weak = WEAK_HEADS.contains(&word.bare);
        let foreign = FOREIGN.iter().any(|f| word.bare.strip_suffix(f).is_some_and(|r| r.is_empty() || r.ends_with('-')));
        if !(strong || weak || foreign) || word.range.start < until {
            continue;
        }
        let Some(range) = grow(text, &words, i, foreign) else { continue };
        // `relating to a Transparent and Open Administration`; a name in italics is read whole below.
        let vague = text[..range.start].ends_with(" a ") && strong && word.bare == "Administration";
        if vague || passage.marks.iter().any(|m| m.style == Style::Italic && m.range.start <= range.start && range.end < m.range.end) {
            continue;
        }
        let name = text[range.clone()].trim_end_matches(['’', '\'']).to_owned();
        let bracket = bracket(text, range.end);
        let (abbreviation, native) = read_bracket(bracket.as_deref().unwrap_or_default());
        let marked = passage.marks.iter().any(|m| {
            m.range.start <= range.start + 4
                && range.start <= m.range.end
                && range.end <= m.range.end + 1
                && !matches!(m.style, Style::Italic)
        });
        if !(strong
            || foreign
            || abbreviates(&abbreviation, &name, &native)
            || marked && MARKED.contains(&word.bare) && name.split(' ').count() > 1
            || word.bare == "Group" && name.ends_with("Working Group") && name.split(' ').count() > 2)
            || !is_body(&name, &text[range.end..])
        {
            continue;
        }
        until = range.end;
        found.push(Mention { name, abbreviation, native });
    }
    for mark in passage.marks.iter().filter(|m| m.style == Style::Italic && m.range.len() > 8) {
        let name = &text[mark.range.clone()];
        let (abbreviation, _) = read_bracket(&bracket(text, mark.range.end).unwrap_or_default());
        if !abbreviation.is_empty()
            && name.split(' ').count() > 1
            && name.starts_with(char::is_uppercase)
            && !text[..mark.range.start].ends_with('(')
        {
            found.push(Mention { native: name.to_owned(), name: name.to_owned(), abbreviation });
        }
    }
    for captures in hints.appositions(text).into_iter().flat_map(|part| APPOSED.captures_iter(part)) {
        let name = captures.name("name").or(captures.name("after")).or(captures.name("is")).expect("one of both is there").as_str();
        if name.chars().filter(|c| c.is_uppercase()).count() >= 1
            && name.len() > 3
            && !matches!(name, "In" | "This" | "The" | "Estonia" | "It" | "Europe")
        {
            found.push(Mention { name: name.trim_end().to_owned(), abbreviation: String::new(), native: String::new() });
        }
    }
    for captures in hints.agents(text).flat_map(|part| AGENT.captures(part)) {
        let name = captures.name("name").map_or("", |n| n.as_str()).trim_end_matches(['.', '-']);
        if is_agent(name) {
            found.push(Mention { name: name.to_owned(), abbreviation: String::new(), native: String::new() });
        }
    }
    found.extend(hints.known.into_iter().map(|i| Mention {
        name: KNOWN[i].to_owned(),
        abbreviation: String::new(),
        native: String::new(),
    }));
    found
}

fn is_body(name: &str, after: &str) -> bool {
    let lower = name.to_lowercase();
    let act = ["Directive", "Regulation", "Decision", "Implementing"].iter().any(|w| after.trim_start().starts_with(w));
    let plain = NOT_BODIES.iter().any(|n| lower == *n)
        || lower.ends_with("public administration")
        || lower.starts_with("minister ")
        || lower.contains("data centre")
        || lower.ends_with("processing unit")
        || lower.starts_with("organisation of");
    let things = [
        "Act",
        "Law",
        "Strategy",
        "Plan",
        "Decree",
        "Portal",
        "Register",
        "Registry",
        "Programme",
        "Platform",
        "System",
        "Project",
        "Regulations",
    ]
    .iter()
    .any(|w| after.trim_start().starts_with(w));
    !act && !plain && !things && name.len() <= 200
}

/// Runs of letters and digits with where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let inside = |at: usize| match bytes[at] {
        byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        // The later bytes of a letter follow its first one.
        0x80..=0xbf => true,
        _ => text[at..].starts_with(char::is_alphanumeric),
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..bytes.len()).find(|i| !matches!(bytes[*i], 0x80..=0xbf) && inside(*i))?;
        let mut end = start + 1;
        while end < bytes.len() && inside(end) {
            end += 1;
        }
        at = end;
        Some((start, &text[start..end]))
    })
}

fn whole_word(text: &str, at: usize, length: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric()) && !text[at + length..].starts_with(|c: char| c.is_alphanumeric())
}

/// A form of a body's name: where its first word stands in it, and whose it is.
struct FormOf {
    form: String,
    lead: usize,
    body: usize,
}

/// Finds the first line on which any form of each body stands.
fn first_lines(spots: &[&Spot<'_>], bodies: &BTreeMap<String, Body>) -> Vec<Organisation> {
    let bodies: Vec<&Body> = bodies.values().filter(|b| !b.names.is_empty()).collect();
    // Every form by its first word.
    let mut forms: HashMap<String, Vec<FormOf>> = HashMap::new();
    let mut initials = [false; 256];
    for (i, body) in bodies.iter().enumerate() {
        for form in body.names.iter().chain([&body.abbreviation, &body.native]).filter(|f| f.len() >= 2) {
            let Some((lead, word)) = words_of(form).next() else { continue };
            initials[usize::from(word.as_bytes()[0])] = true;
            forms.entry(word.to_owned()).or_default().push(FormOf { form: form.clone(), lead, body: i });
        }
    }
    let mut first: Vec<Option<(Lines, String)>> = vec![None; bodies.len()];
    // Per body, the form of the passage that ends first.
    let mut here: BTreeMap<usize, (usize, Reverse<usize>, &str)> = BTreeMap::new();
    for spot in spots {
        let text = spot.passage.text.as_str();
        for (at, word) in words_of(text).filter(|(_, w)| initials[usize::from(w.as_bytes()[0])]) {
            for found in forms.get(word).into_iter().flatten().filter(|f| first[f.body].is_none() && f.lead <= at) {
                let start = at - found.lead;
                let there = text.as_bytes()[start..].starts_with(found.form.as_bytes());
                if there && whole_word(text, start, found.form.len()) {
                    let end = (start + found.form.len(), Reverse(found.form.len()), found.form.as_str());
                    let known = here.entry(found.body).or_insert(end);
                    *known = (*known).min(end);
                }
            }
        }
        for (body, (end, length, form)) in std::mem::take(&mut here) {
            first[body] = Some((spot.passage.lines_of(&(end - length.0..end)), form.to_owned()));
        }
    }
    let mut rows: Vec<Organisation> = bodies
        .iter()
        .zip(first)
        .filter_map(|(body, first)| {
            let (lines, form) = first?;
            let name =
                body.names.iter().find(|n| **n == form).or_else(|| body.names.iter().max_by_key(|n| n.len())).cloned().unwrap_or(form);
            Some(Organisation { name, abbreviation: body.abbreviation.clone(), native_name: body.native.clone(), lines })
        })
        .collect();
    rows.sort_by(|a, b| (a.lines, &a.name).cmp(&(b.lines, &b.name)));
    rows
}
