//! The front matter: title, country and edition.

use super::super::outline::{Block, Passage};
use super::template::{self, Chapter};
use super::{NO_COUNTRY, NO_EDITION};
use crate::diagnostic::Diagnostic;
use crate::document::pattern::Pattern;
use crate::source::Text;
use crate::vocabulary::{Geo, Place};
use std::sync::LazyLock;

/// What the cover says.
pub struct Front {
    pub title: Passage,
    pub title_block: Option<usize>,
    pub country: String,
    pub country_block: Option<usize>,
    pub geo: Geo,
    pub edition: String,
}

/// Year and rest of a line that is the factsheet's title.
pub fn title_of(line: &str) -> Option<(Option<String>, String)> {
    let text = Passage::parse(1, line).text;
    let found = template::TITLE.captures(&text)?;
    let rest = found.get(2).map_or("", |m| m.as_str()).to_owned();
    // The plural and running text belong to the back matter.
    (rest.len() <= 60 && !text.to_lowercase().contains("factsheets")).then(|| (found.get(1).map(|m| m.as_str().to_owned()), rest))
}

/// Finds title, country and edition, or says what is missing.
pub fn read(text: &Text, blocks: &[Block], diagnostics: &mut Vec<Diagnostic>) -> Option<Front> {
    let found =
        blocks.iter().take(80).enumerate().find_map(|(i, b)| (b.text().len() < 200).then(|| title_of(b.text())).flatten().map(|t| (i, t)));
    let (title_block, title, printed_year, rest) = match found {
        Some((i, (year, rest))) => (Some(i), blocks[i].passage.clone(), year, rest),
        None => (None, Passage::default(), None, String::new()),
    };
    let country = country_of(blocks, title_block, &rest);
    let edition = printed_year.or_else(|| edition_of(blocks));
    if country.is_none() {
        let place = title_block.map_or_else(|| Place::file(&text.name), |i| Place::lines(&text.name, blocks[i].lines()));
        let help = "put the country's name on the line below the title, or choose the right file";
        diagnostics.push(Diagnostic::new(&NO_COUNTRY, place, "a country under the title", "none that is known", help));
    }
    if edition.is_none() {
        let help = "put the year behind the title, as in `Digital Public Administration factsheet 2022`";
        diagnostics.push(Diagnostic::new(&NO_EDITION, Place::file(&text.name), "a year in the title", "none", help));
    }
    let (country, geo, country_block) = country?;
    Some(Front { title, title_block, country, country_block, geo, edition: edition? })
}

/// The name on the cover, else the one that the profile's fixed sentences name, else the one named most often.
fn country_of(blocks: &[Block], title: Option<usize>, rest: &str) -> Option<(String, Geo, Option<usize>)> {
    if let Some(geo) = geo_of(rest) {
        return Some((rest.to_owned(), geo, None));
    }
    if let Some(title) = title {
        for (i, block) in blocks.iter().enumerate().skip(title + 1).take(4) {
            if let Some(geo) = geo_of(block.text()) {
                return Some((block.text().to_owned(), geo, Some(i)));
            }
        }
    }
    let near = blocks.iter().take(12).enumerate().find_map(|(i, b)| geo_of(b.text()).map(|g| (b.text().to_owned(), g, Some(i))));
    near.or_else(|| named_in_prose(blocks))
}

static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?:Indicators for|data collection exercise for|more details on|information on|results (?:of|for)|scores of) (?:the )?([\p{Lu}][\p{L} ]+?)(?:['’]s?\b| compared| in 20| related| assess|,|\.)")
        .expect("a valid pattern")
});

fn named_in_prose(blocks: &[Block]) -> Option<(String, Geo, Option<usize>)> {
    let mut counts: Vec<(Geo, usize)> = Vec::new();
    for block in blocks.iter().take(200) {
        for found in NAMED.captures_iter(block.text()) {
            if let Some(geo) = Geo::parse(&found[1]) {
                match counts.iter_mut().find(|(g, _)| *g == geo) {
                    Some((_, n)) => *n += 1,
                    None => counts.push((geo, 1)),
                }
            }
        }
    }
    let best = counts.iter().max_by_key(|(_, n)| *n)?.0;
    Some((best.name().to_owned(), best, None))
}

/// A line that is a country's name and nothing else.
fn geo_of(line: &str) -> Option<Geo> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    if line.is_empty() || line.len() > 60 || line.chars().count() < 3 && line != "EU" {
        return None;
    }
    let bare = line.strip_prefix("The ").or_else(|| line.strip_prefix("the ")).unwrap_or(line);
    let bare = bare.strip_prefix("Republic of ").unwrap_or(bare);
    Geo::parse(line).or_else(|| Geo::parse(bare))
}

static MONITORING: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"Monitoring Mechanism (20\d\d)").expect("a valid pattern"));
static BENCHMARK: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"eGovernment Benchmark(?: Report)? (20\d\d)").expect("a valid pattern"));
static UPDATE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)(?:last update:?\s*\p{L}*\s*|update of the )(20\d\d)").expect("a valid pattern"));

/// The edition where the title does not print it: the year of the benchmark, of the note, or one after the EIF's.
fn edition_of(blocks: &[Block]) -> Option<String> {
    let first = |pattern: &Pattern| blocks.iter().find_map(|b| pattern.captures(b.text()).map(|c| c[1].to_owned()));
    let next = |year: String| year.parse::<u16>().ok().map(|y| (y + 1).to_string());
    first(&UPDATE).or_else(|| first(&BENCHMARK)).or_else(|| first(&MONITORING).and_then(next))
}

/// A line of the table of contents, and the title that it announces.
pub fn announced(text: &str) -> Option<String> {
    if !template::CONTENTS_LINE.is_match(text) {
        return None;
    }
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '…'));
    let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '.');
    Some(title.to_owned())
}

/// Whether an announced title is a chapter of the template.
pub fn announces_chapter(text: &str) -> bool {
    announced(text).is_some_and(|title| Chapter::of_title(&title).is_some())
}
