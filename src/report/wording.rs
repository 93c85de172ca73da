//! Every sentence of our own: made from the comparison, never contradicting a digit beside it. One folder, ready for other languages.

mod figures;
mod revised;
mod text;
mod whole;

pub use figures::*;
pub use revised::*;
pub use text::*;
pub use whole::*;

use super::chart::{DistanceRow, GapGroup, LineChart, RankStrip, ValueRow};
use super::material::Material;
use crate::comparison::Comparison;
use crate::comparison::claim::{Claim, Verdict};
use crate::settings::indicators::Group;
use crate::vocabulary::{Geo, Indicator, figure};

/// `1st`, `22nd`, `13th`.
pub fn ordinal(n: u32) -> String {
    let suffix = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        (_, _) => "th",
    };
    format!("{n}{suffix}")
}

/// Words up to twelve, figures from thirteen.
pub fn number(n: usize) -> String {
    const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(n).map_or_else(|| figure::word(n as f64, 0), |w| (*w).to_owned())
}

/// `one entry`, `two entries`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

fn span(material: &Material, indicator: &Indicator) -> String {
    let periods = material.periods(indicator);
    match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if first != last => format!("{}–{}", first.start_year(), last.end_year()),
        (Some(one), _) => one.printed(),
        (None, _) => String::new(),
    }
}

/// What a line chart shows: what, where, when.
pub fn line_what(material: &Material, indicator: &Indicator) -> String {
    let average = material.leading_average(indicator).map_or_else(String::new, |geo| format!(" and {}", geo.name()));
    format!("{}, {}{average}, {}", indicator.label, material.country, span(material, indicator))
}

/// What is shown, the extremes, the last values.
pub fn line_alt(chart: &LineChart, indicator: &Indicator) -> String {
    let values: Vec<(String, f64, &str)> =
        chart.periods.iter().zip(&chart.country).filter_map(|(p, s)| s.value.map(|v| (p.printed(), v, s.text.as_str()))).collect();
    let lowest = values.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let highest = values.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let mut text = format!("Line chart of {} for {}.", indicator.label, chart.country_name);
    if let (Some(low), Some(high), Some(last)) = (lowest, highest, values.last()) {
        text += &format!(" Lowest {} in {}, highest {} in {}, latest {} in {}.", low.2, low.0, high.2, high.0, last.2, last.0);
    }
    if let Some((period, shown)) = chart.periods.iter().zip(&chart.average).rev().find(|(_, s)| s.value.is_some()) {
        text += &format!(" {}: {} in {}.", chart.average_name, shown.text, period.printed());
    }
    text
}

/// Right of a group's heading: which average, which scale.
pub fn gap_aside(average: Option<Geo>, group: &Group) -> String {
    let average = super::plots::average_name(average);
    if average.is_empty() { group.aside.clone() } else { format!("{average}, {}", group.aside) }
}

pub fn position_what(material: &Material) -> String {
    format!(
        "Distance of {} from the EU average on each headline indicator, in percentage points or score points",
        country(&material.country)
    )
}

pub fn position_note() -> String {
    "Rank: first is best, among the countries that report. Averages are those that each source publishes; the groups do not share one average.".to_owned()
}

pub fn gap_alt(material: &Material, groups: &[GapGroup]) -> String {
    let rows: Vec<&ValueRow> = groups.iter().flat_map(|g| &g.rows).collect();
    rows_alt(material, &rows, "EU average")
}

/// Rows as a sentence each.
pub fn rows_alt(material: &Material, rows: &[&ValueRow], average: &str) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|r| {
            let other = r.average.as_ref().map_or_else(String::new, |a| format!(", {average} {}", a.text));
            format!("{}: {} {}{other}.", r.label, material.country, r.country.text)
        })
        .collect();
    rows.join(" ")
}

pub fn bars_what(material: &Material, leading: &Comparison) -> String {
    let average = super::plots::average_name(leading.average_geo);
    format!(
        "Scores of {} (bar) and {average} average (upright mark), 0 to 100, {}",
        country(&material.country),
        leading.time_period.printed()
    )
}

pub fn bars_note() -> String {
    "Rank among all countries of the source that report; first is best.".to_owned()
}

pub fn dumbbell_what(material: &Material) -> String {
    format!("{} and EU averages on a scale of 0 to 100 (per cent or score), latest period of the edition", material.country)
}

pub fn extremes_finding(ahead: &[(String, ValueRow)], behind: &[(String, ValueRow)]) -> String {
    let furthest =
        |rows: &mut dyn Iterator<Item = &(String, ValueRow)>| list(&rows.take(3).map(|(_, r)| r.label.clone()).collect::<Vec<_>>());
    let ahead = furthest(&mut ahead.iter());
    let behind = furthest(&mut behind.iter().rev());
    match (ahead.is_empty(), behind.is_empty()) {
        (false, false) => format!("Furthest ahead in {ahead}; furthest behind in {behind}"),
        (false, true) => format!("Furthest ahead in {ahead}; nowhere behind"),
        (true, false) => format!("Furthest behind in {behind}; nowhere ahead"),
        (true, true) => "Level with the EU average throughout".to_owned(),
    }
}

pub fn extremes_what(total: usize) -> String {
    format!("The largest gaps to the EU average on either side among {total} indicators, percentage points or score points")
}

pub fn scoreboard_note() -> String {
    "The EU average is shown as the source plots it. A score of 0 means no score and is left out.".to_owned()
}

pub fn scoreboard_what(material: &Material, leading: &Comparison) -> String {
    format!("Scores from 1 (lower) to 4 (higher implementation), {} and EU, {}", material.country, leading.time_period.printed())
}

pub fn strip_aside(indicator: &Indicator, c: &Comparison) -> String {
    let average = super::plots::average_name(c.average_geo);
    let unit = if indicator.unit.suffix().is_empty() { "score" } else { "%" };
    format!("{}, {unit}, {average}", c.time_period.printed())
}

pub fn ranks_what() -> String {
    "All reporting countries on each indicator, 0 to 100; one dot is one country, dots of nearly equal value are stacked".to_owned()
}

pub fn ranks_alt(material: &Material, strips: &[RankStrip]) -> String {
    let rows: Vec<String> = strips.iter().map(|s| format!("{}: {} is {} {}.", s.label, material.country, s.rank, s.rank_of)).collect();
    rows.join(" ")
}

pub fn classes_what(period: crate::vocabulary::TimePeriod) -> String {
    format!("Member States by level in {} and change since the period before; classes of the Social Scoreboard", period.printed())
}

pub fn classes_note() -> String {
    "Class bounds: standard deviations from the unweighted mean of the reporting Member States.".to_owned()
}

pub fn to_go(target_gap: f64, indicator: &Indicator) -> String {
    if target_gap >= 0.0 { "reached".to_owned() } else { figure::word(-target_gap, indicator.decimals) }
}

pub fn distance_what(material: &Material) -> String {
    format!("{} and EU, and the target for 2030, per cent or score, scale 0 to 100", material.country)
}

pub fn distance_alt(material: &Material, rows: &[DistanceRow]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|r| format!("{}: {} {}, target {}, to go {}.", r.label, material.country, r.country.text, r.target.text, r.to_go))
        .collect();
    rows.join(" ")
}

pub fn distance_note() -> String {
    "Targets apply to the Union as a whole; the distance of one country is not a verdict on it.".to_owned()
}

pub fn sparks_what(material: &Material, indicators: &[&Indicator]) -> String {
    let period = indicators.first().map_or_else(String::new, |i| span(material, i));
    format!("{} and EU, {period}, one scale", material.country)
}

/// The chapter that holds the country's figures.
pub const PROFILE: &str = "Country profile";

pub fn areas_label(period: &crate::vocabulary::TimePeriod) -> String {
    format!("Interoperability areas level with or above the EU, {}", period.printed())
}

pub fn among(material: &Material) -> String {
    format!("{} among the countries", material.country)
}

pub fn without_figures(material: &Material, groups: &[String]) -> String {
    format!(
        "The sources hold no figures of this edition for {} on: {}. Nothing is drawn for them.",
        country(&material.country),
        list(groups)
    )
}

pub fn lines_note(indicators: &[&Indicator], maximum: f64) -> String {
    let charts = count(indicators.len(), "chart has", "charts share");
    let unit = indicators.first().map_or("", |i| i.unit.suffix());
    format!(
        "{} one scale, 0 to {}{unit}. `:` is not available; an open mark is a value that the source does not settle.",
        capital(&charts),
        figure::word(maximum, 0)
    )
    .replace('`', "")
}

pub fn group_what(material: &Material, title: &str) -> String {
    format!("{title}, all indicators, {} and EU, newest period of the edition", material.country)
}

/// Title of a publication of figures alone.
pub fn figures_title(edition: &str) -> String {
    format!("Digital public administration figures {edition}")
}

pub fn subject(title: &str, country: &str) -> String {
    format!("{title}, {country}: figures beside the EU averages, and what the source text reports")
}

/// Beside the mark key of the first page: which periods, which average.
pub fn scope(material: &Material) -> String {
    let periods: Vec<i32> = super::facts::headlines(material).iter().map(|(_, c)| c.time_period.end_year()).collect();
    match (periods.iter().min(), periods.iter().max()) {
        (Some(first), Some(last)) if first == last => format!("Figures of {first}. Each group names its average."),
        (Some(first), Some(last)) => format!("Figures of {first} to {last}. Each group names its average."),
        (_, _) => String::new(),
    }
}

/// A dash for an empty cell: no cell is left blank.
pub fn dash(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { text.to_owned() }
}

pub fn several(indicators: usize) -> String {
    format!("{} together", count(indicators, "indicator", "indicators"))
}

/// The chapter on the statements of the text.
pub const CLAIMS: &str = "What the text says, held against the figures";

pub fn claims_finding(claims: &[Claim]) -> String {
    let of = |verdict: Verdict| claims.iter().filter(|c| c.verdict == verdict).count();
    let verb = |verdict: Verdict, one: &str, many: &str| match of(verdict) {
        0 => format!("none {one}"),
        1 => format!("one {one}"),
        n => format!("{} {many}", number(n)),
    };
    format!(
        "Of {}, {} with the figures, {} them and {} cannot be told",
        count(claims.len(), "statement", "statements"),
        verb(Verdict::Agrees, "agrees", "agree"),
        verb(Verdict::Contradicts, "contradicts", "contradict"),
        match of(Verdict::CannotTell) {
            0 => "none".to_owned(),
            n => number(n),
        },
    )
}

pub fn claims_what(country: &str) -> String {
    format!("Statements of the source on figures that are held, {country}; both printed, neither corrected")
}

/// A verdict as the head of its statements.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Contradicts => "Contradicted by the figures",
        Verdict::CannotTell => "Cannot be told",
        Verdict::Agrees => "Agrees with the figures",
    }
}

pub fn numbers_agree(count: usize) -> String {
    format!("{} that the text prints agree with the figures", capital(&self::count(count, "number", "numbers")))
}

pub fn numbers_agree_what(country: &str) -> String {
    format!("Number of the text beside the figure that it rounds, {country} and the EU average")
}

/// Of a tile: what does not speak for itself has its group before it.
pub fn tile_label(material: &Material, indicator: &Indicator, c: &Comparison) -> String {
    let group = material.group_named(&indicator.group).map_or("", |g| g.title.as_str());
    let own = indicator.short.to_lowercase().contains(&group.to_lowercase()) || indicator.headline;
    if own {
        format!("{}, {}", indicator.short, c.time_period.printed())
    } else {
        format!("{group}: {}, {}", indicator.short, c.time_period.printed())
    }
}

/// What a line chart marks: values that the source does not settle, and flags.
pub fn line_note(material: &Material, indicator: &Indicator) -> String {
    let mut notes: Vec<String> = Vec::new();
    for geo in [Some(material.geo), material.leading_average(indicator)].into_iter().flatten() {
        for (period, o) in material.series(indicator, geo) {
            if !o.alternatives.is_empty() {
                let value = super::material::shown(o, indicator).text;
                notes.push(format!("{} {}: {value}, or {}", geo.name(), period.printed(), list(&o.alternatives)));
            }
        }
    }
    if notes.is_empty() { String::new() } else { format!("(a) Uncertain, the source gives several values. {}.", notes.join("; ")) }
}

pub fn entries_by_chapter(entries: usize, declared: usize) -> String {
    let declared =
        if declared == 1 { "one section declared empty".to_owned() } else { format!("{} sections declared empty", number(declared)) };
    format!("{}; {declared}", capital(&count(entries, "entry", "entries")))
}

pub fn entries_by_chapter_what(title: &str) -> String {
    format!("Entries and empty sections by chapter, {title}")
}

pub fn areas_by_score(scored: usize, top: usize) -> String {
    format!("Interoperability: the top score in {top} of {scored} areas")
}

pub fn areas_by_score_what(material: &Material, period: &str) -> String {
    format!("Areas of the European Interoperability Framework by the score of {} and beside the EU average, {period}", material.country)
}
