//! Which country, year and title a report has, from its own words.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Text;
use crate::vocabulary::{Geo, Lines, Place};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

pub static COUNTRY_NOT_SETTLED: Rule = Rule {
    id: "PRG002",
    severity: Severity::Warning,
    title: "A progress report says which country it is of.",
    source: "this project",
    explanation: "The country is the one that the text names at least three times and twice as often as any other. Where that settles nothing, \
                  give `geo` in seeds/sources.toml.",
};

pub static EDITION_NOT_SETTLED: Rule = Rule {
    id: "PRG003",
    severity: Severity::Warning,
    title: "A progress report says which year it is of.",
    source: "this project",
    explanation: "The edition is the last year of the areas' timelines. Where no area has years, give `edition` in seeds/sources.toml.",
};

/// The country that the text speaks of by far the most.
pub fn country(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<Geo> {
    let mut counts: BTreeMap<Geo, (usize, u32)> = BTreeMap::new();
    let countries: Vec<Geo> = Geo::all().filter(|g| !g.is_aggregate()).collect();
    let names = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(countries.iter().map(|g| g.name()));
    let names = names.expect("few short names make a small automaton");
    for (n, line) in text.lines() {
        for found in names.find_iter(line) {
            let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            if free(line[..found.start()].chars().next_back()) && free(line[found.end()..].chars().next()) {
                counts.entry(countries[found.pattern().as_usize()]).or_insert((0, n)).0 += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, Geo, u32)> = counts.iter().map(|(geo, (count, line))| (*count, *geo, *line)).collect();
    ranked.sort_by_key(|(count, geo, _)| (std::cmp::Reverse(*count), *geo));
    let second = ranked.get(1).map_or(0, |(count, ..)| *count);
    match ranked.first() {
        Some((count, geo, _)) if *count >= 3 && *count >= second * 2 => Some(*geo),
        found => {
            let names = ranked.iter().take(3).map(|(count, geo, _)| format!("{} {count} times", geo.name())).collect::<Vec<_>>().join(", ");
            let line = found.map_or(1, |(.., line)| *line);
            let found = if names.is_empty() { "no country".to_owned() } else { names };
            let place = Place::lines(&text.name, Lines::one(line));
            let help = "give `geo` for this file in seeds/sources.toml";
            diagnostics.push(Diagnostic::new(&COUNTRY_NOT_SETTLED, place, "one country named far more often than others", found, help));
            None
        }
    }
}

/// The last year of the areas' timelines.
pub fn edition(text: &Text, years: impl Iterator<Item = i16>, diagnostics: &mut Vec<Diagnostic>) -> String {
    match years.max() {
        Some(year) => year.to_string(),
        None => {
            let place = Place::lines(&text.name, Lines::one(1));
            let help = "give `edition` for this file in seeds/sources.toml";
            diagnostics.push(Diagnostic::new(&EDITION_NOT_SETTLED, place, "an area with years", "none", help));
            String::new()
        }
    }
}

/// The name of the movement: a capital word and the name of the country, used at least twice (`Digital X`).
pub fn movement(text: &Text, geo: Option<Geo>) -> Option<String> {
    let geo = geo?;
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (_, line) in text.lines() {
        let words: Vec<&str> = line.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        for pair in words.windows(2) {
            let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
            let small = ["In", "The", "Across", "Of", "For", "From", "To", "And", "As", "While", "When", "Since"];
            if pair[1] == geo.name() && capital(pair[0]) && !small.contains(&pair[0]) {
                *names.entry(pair.join(" ")).or_default() += 1;
            }
        }
    }
    let best = names.into_iter().filter(|(_, count)| *count >= 2).max_by_key(|(name, count)| (*count, std::cmp::Reverse(name.clone())));
    best.map(|(name, _)| name)
}

/// The movement's name, or that of the country, with the kind of document and the year.
pub fn title(text: &Text, geo: Option<Geo>, edition: &str) -> String {
    let name = movement(text, geo).unwrap_or_else(|| geo.map(Geo::name).unwrap_or_default().to_owned());
    format!("{name} progress report {edition}").trim().to_owned()
}
