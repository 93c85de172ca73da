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

/// Year and rest of a line that is the factsheet's title; a country may stand before or behind it.
pub fn title_of(line: &str) -> Option<(Option<String>, String)> {
    let text = Passage::parse(1, line).text;
    let text = text.trim_start_matches(['#', ' ']);
    let found = template::TITLE.captures(text)?;
    let group = |i: usize| found.get(i).map_or("", |m| m.as_str());
    let (before, plural) = (group(1).trim(), group(2).eq_ignore_ascii_case("s"));
    let rest = group(4).trim();
    // `Germany 2022`
    let last = rest.rsplit(|c: char| !c.is_ascii_digit()).next().filter(|y| y.len() == 4 && y.starts_with("20"));
    let rest = last.map_or(rest, |y| rest[..rest.len() - y.len()].trim_end_matches(|c: char| c.is_whitespace() || ",:–-(".contains(c)));
    let year = found.get(3).map(|m| m.as_str()).or(last).map(str::to_owned);
    if !before.is_empty() {
        return geo_of(before).is_some().then(|| (year, before.to_owned()));
    }
    // The plural and running text belong to the back matter.
    (rest.len() <= 60 && (!plural || geo_of(rest).is_some())).then(|| (year, rest.to_owned()))
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
    if let Some((name, geo)) = geo_of(rest) {
        return Some((name, geo, None));
    }
    if let Some(title) = title {
        for (i, block) in blocks.iter().enumerate().skip(title + 1).take(4) {
            if let Some((name, geo)) = geo_of(block.text()) {
                return Some((name, geo, Some(i)));
            }
        }
    }
    let near = blocks.iter().take(12).enumerate().find_map(|(i, b)| geo_of(b.text()).map(|(name, geo)| (name, geo, Some(i))));
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

/// A line that is a country's name, with its form of state, a footnote or what the line is about; and the name as printed.
fn geo_of(line: &str) -> Option<(String, Geo)> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
    // `Kosovo* This designation is without prejudice ...`
    let noted = line.find("* ").filter(|_| line.len() > 60).map_or(line, |i| &line[..=i]);
    if noted.is_empty() || noted.len() > 90 || noted.chars().count() < 3 && noted != "EU" {
        return None;
    }
    let whole = |name: &str| {
        let name = name.trim();
        let bare = ["The ", "the "].iter().find_map(|a| name.strip_prefix(a)).unwrap_or(name);
        let bare =
            STATES.iter().find_map(|s| bare.get(..s.len()).filter(|b| b.eq_ignore_ascii_case(s)).map(|_| &bare[s.len()..])).unwrap_or(bare);
        let level = ["level", "institutions"].iter().find_map(|l| bare.strip_suffix(l)).map_or(bare, |b| b.trim_end_matches([' ', '-']));
        let found = Geo::parse(name).or_else(|| Geo::parse(bare)).or_else(|| Geo::parse(level));
        // A code is no name, but for that of the Union.
        found.filter(|g| name == "EU" || level == "EU" || !g.code().eq_ignore_ascii_case(name)).map(|geo| (name.to_owned(), geo))
    };
    let first = |separators: &[&str]| separators.iter().filter_map(|s| noted.find(s)).min().map(|i| &noted[..i]);
    whole(noted).or_else(|| first(&[" (", "[", " - ", " – ", " — ", ": ", ", "]).and_then(whole))
}

/// Forms of state before a country's name.
const STATES: &[&str] = &[
    "Republic of ",
    "Federal Republic of ",
    "Kingdom of ",
    "Grand Duchy of ",
    "Principality of ",
    "Hellenic Republic of ",
    "Swiss Confederation of ",
];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_as_covers_print_them() {
        for (printed, name, code) in [
            ("Czechia", "Czechia", "CZ"),
            ("CZECH REPUBLIC", "CZECH REPUBLIC", "CZ"),
            ("Czech Republic (Czechia)", "Czech Republic", "CZ"),
            ("Republic of Türkiye", "Republic of Türkiye", "TR"),
            ("Federal Republic of Germany", "Federal Republic of Germany", "DE"),
            ("Bosnia-Herzegovina", "Bosnia-Herzegovina", "BA"),
            ("## the Netherlands", "the Netherlands", "NL"),
            ("Kosovo*", "Kosovo*", "XK"),
            ("Kosovo* This designation is without prejudice to positions on status, and is in line", "Kosovo*", "XK"),
            ("European Union level", "European Union level", "EU"),
            ("EU", "EU", "EU"),
        ] {
            let found = geo_of(printed).map(|(name, geo)| (name, geo.code()));
            assert_eq!(found, Some((name.to_owned(), code)), "{printed}");
        }
        for none in ["Table of Contents", "ISA2", "MT", "Interoperable Europe", "In Germany, the law holds"] {
            assert_eq!(geo_of(none), None, "{none}");
        }
    }

    #[test]
    fn titles_as_covers_print_them() {
        let read = |line: &str| title_of(line).map(|(year, rest)| format!("{}|{rest}", year.unwrap_or_default()));
        for (line, wanted) in [
            ("Digital Public Administration factsheet 2022", "2022|"),
            ("Digital Government Factsheet 2019 – Norway", "2019|Norway"),
            ("Digital Public Administration factsheet – Germany 2022", "2022|Germany"),
            ("Digital Public Administration factsheets 2023: Ukraine", "2023|Ukraine"),
            ("# European Union Digital Public Administration factsheet 2021", "2021|European Union"),
        ] {
            assert_eq!(read(line).as_deref(), Some(wanted), "{line}");
        }
        assert_eq!(read("The Digital Public Administration factsheets present an overview of the state and progress"), None);
    }
}
