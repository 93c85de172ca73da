//! Sentences on what the text of a publication holds: entries, coverage, timelines, regulations; and the methods in words.

use super::{capital, count, number};
use crate::report::Method;
use crate::vocabulary::Lines;
use crate::vocabulary::edtf::{Edtf, Endpoint};

pub const HIGHLIGHTS: &str = "Highlights";
pub const CROSS_BORDER: &str = "Cross-border services";
pub const COVERAGE: &str = "What the source covers";
pub const THRESHOLDS: &str = "Thresholds";

/// `7 May 2019`, `May 2019`, `2019`, `2021–2025`, `2010s`.
pub fn date(date: Edtf) -> String {
    let end = |e: Endpoint| match e {
        Endpoint::Open => String::new(),
        Endpoint::Year(y) => y.to_string(),
        Endpoint::Month(y, m) => format!("{} {y}", month(m)),
        Endpoint::Day(y, m, d) => format!("{d} {} {y}", month(m)),
    };
    match date {
        Edtf::Year(y) => y.to_string(),
        Edtf::Decade(y) => format!("{y}s"),
        Edtf::Month(y, m) => format!("{} {y}", month(m)),
        Edtf::Day(y, m, d) => format!("{d} {} {y}", month(m)),
        Edtf::Interval(from, to) => format!("{}–{}", end(from), end(to)),
    }
}

fn month(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("")
}

/// Under a date: `passed`, `act of`, `in force`.
pub fn date_role(role: &str) -> String {
    match role {
        "act_date" => "act of".to_owned(),
        other => other.replace('_', " "),
    }
}

/// `transposes Directive 2102/2016 (as printed; 2016/2102)`.
pub fn eu_relation(relation: &str, act_type: &str, written: &str, identifier: &str) -> String {
    let kind = capital(act_type);
    if written.is_empty() {
        format!("{relation} {kind}")
    } else if identifier.is_empty()
        || written.contains(identifier)
        || swapped(identifier).is_some_and(|s| written.contains(&s) && act_type == "regulation")
    {
        format!("{relation} {kind} {written}")
    } else {
        format!("{relation} {kind} {written} (as printed; {identifier})")
    }
}

fn swapped(identifier: &str) -> Option<String> {
    identifier.split_once('/').map(|(year, number)| format!("{number}/{year}"))
}

/// `Source: <title>, lines 193 to 966.`
pub fn source_lines(title: &str, lines: Lines) -> String {
    if lines.start() == lines.end() {
        format!("Source: {title}, line {}.", lines.start())
    } else {
        format!("Source: {title}, lines {} to {}.", lines.start(), lines.end())
    }
}

pub fn content_lead(entries: usize, sections: usize, declared: usize) -> String {
    let mut text = format!("{} in {}", capital(&count(entries, "entry", "entries")), count(sections, "section", "sections"));
    if declared > 0 {
        text +=
            &format!("; for {} the source declares that there is nothing to report", count(declared, "other section", "other sections"));
    }
    text + "."
}

pub fn services_finding(services: usize) -> String {
    format!("{} for people and businesses of other countries", capital(&count(services, "service group", "service groups")))
}

pub fn services_what(country: &str) -> String {
    format!("Cross-border digital public services that the source names, {country}")
}

/// The topic that sections of several chapters share: the template varies only the chapter's word in it.
pub fn topic(section_title: &str) -> String {
    let lower = section_title.to_lowercase();
    if lower.starts_with("specific") {
        "Specific to digital public administration".to_owned()
    } else if lower.starts_with("domain-specific") || lower.starts_with("domain specific") {
        "Domain-specific".to_owned()
    } else {
        section_title.to_owned()
    }
}

pub fn coverage_finding(entries: usize, declared: usize, sections: usize) -> String {
    format!(
        "{} in {sections} sections; {} declared empty",
        capital(&count(entries, "entry", "entries")),
        if declared == 1 { "one is".to_owned() } else { format!("{} are", number(declared)) }
    )
}

pub fn coverage_what(country: &str) -> String {
    format!("Entries by topic and chapter, {country}; one dot is one entry")
}

pub fn coverage_note() -> String {
    "Declared empty: the source says that nothing was adopted or reported. No such section: the chapter has no section of that topic."
        .to_owned()
}

/// `Within one point is close to: 1 point.`
pub fn threshold(rule: &str, value: f64, unit: &str) -> String {
    let rule = rule.trim_end_matches('.');
    let unit = if value == 1.0 { unit.trim_end_matches('s') } else { unit };
    let value = if unit.is_empty() { value.to_string() } else { format!("{value}\u{a0}{unit}") };
    format!("{rule}: {value}.")
}

/// What is computed, in words.
pub fn methods() -> Vec<Method> {
    let method = |name: &str, text: &str, source: &str| Method { name: name.to_owned(), text: text.to_owned(), source: source.to_owned() };
    vec![
        method(
            "Rounding",
            "Comparisons, ranks and classes use full values; only what is printed is rounded, half away from zero.",
            "Eurostat, rounding of numbers",
        ),
        method(
            "Gap and ratio",
            "Gap is the country's value minus the average, in percentage points or points; ratio is one divided by the other.",
            "this publication",
        ),
        method(
            "Averages",
            "Published averages are used under their own names; a mean of our own is unweighted over today's 27 Member States and needs at least 24 of them.",
            "DG EMPL, Social Scoreboard",
        ),
        method(
            "Position",
            "A country is close to the average where the gap is within the band of its unit, and never outside it by less than the step in which the average is printed; beyond the band it is above or below.",
            "this publication",
        ),
        method(
            "Not compared",
            "Where unit, period, breakdown, definition or aggregate differ, or a value is missing, there is no gap; the reason stands instead of a number.",
            "this publication",
        ),
        method(
            "Rank",
            "Standard competition ranking among the countries that report: equal values share a rank and the next one counts on. Beside an average of the EU it counts the Member States, beside EU27+ all countries.",
            "this publication",
        ),
        method(
            "z-score",
            "The country's value minus the unweighted mean of the reporting Member States, divided by their population standard deviation; not computed where too few report or all values are equal.",
            "this publication",
        ),
        method(
            "Change and convergence",
            "Change is against the previous period with a value, but not over a break in the series nor between two-year averages that share a year. Convergence is the size of the gap now minus its size at the first common period: below zero the country has come nearer.",
            "this publication",
        ),
        method(
            "Level and change",
            "Level and change against the unweighted mean of Member States in standard deviations, put into seven classes.",
            "Joint Employment Report, Social Scoreboard",
        ),
        method(
            "Trend",
            "Compound annual growth over five years and over the whole series, held against the growth that the target asks for where there is one.",
            "Eurostat, SDG monitoring",
        ),
    ]
}

pub const INITIATIVES: &str = "Initiatives";
pub const JOURNEY: &str = "The dated journey";
pub const REGULATIONS: &str = "Regulations";
pub const NUMBERS: &str = "The numbers of the report";
pub const INTERVIEWS: &str = "Interviews";
pub const PRINCIPLES: &str = "Principles";
pub const SPOTLIGHTS: &str = "Spotlights";
/// Beside whatever the text does not settle.
pub const UNCERTAIN: &str = "uncertain";

pub fn timeline_finding(total: usize, first: i32, last: i32, uncertain: usize) -> String {
    let span = if first == last { format!("in {first}") } else { format!("from {first} to {last}") };
    let sure = match uncertain {
        0 => "every year is certain".to_owned(),
        1 => "one year is uncertain".to_owned(),
        n => format!("{} years are uncertain", number(n)),
    };
    format!("{} {span}; {sure}", capital(&count(total, "milestone", "milestones")))
}

pub fn timeline_what(area: &str, country: &str) -> String {
    format!("Milestones in {area} by the year the report gives them, {country}")
}

pub fn milestones_by_year(total: usize, areas: usize, open: usize) -> String {
    let settled = match open {
        0 => "every year is certain".to_owned(),
        1 => "one of them without a settled year".to_owned(),
        n => format!("{} of them without a settled year", number(n)),
    };
    format!("{} in {}, {settled}", capital(&count(total, "milestone", "milestones")), count(areas, "area", "areas"))
}

pub fn milestones_by_year_what(country: &str) -> String {
    format!("Milestones by area and year, {country}; open: the text does not settle the year")
}

pub fn stages_finding(areas: usize) -> String {
    format!("Where {} stood, {} and {} next", count(areas, "area", "areas"), verb(areas, "stands", "stand"), verb(areas, "goes", "go"))
}

fn verb(n: usize, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

pub fn stages_what(country: &str) -> String {
    format!("The report's own words, {country}")
}

pub fn timeline_alt(events: &[crate::report::chart::TimelineEvent]) -> String {
    let worded = events.iter().map(|e| {
        let others: Vec<String> = e.alternatives.iter().map(i32::to_string).collect();
        match (e.year, others.is_empty()) {
            (Some(year), true) => format!("{year}: {}.", e.label),
            (Some(year), false) => format!("{year}, or {}: {}.", others.join(", "), e.label),
            (None, _) => format!("Year uncertain, {}: {}.", others.join(" or "), e.label),
        }
    });
    worded.collect::<Vec<_>>().join(" ")
}

pub fn timeline_note() -> String {
    "Year uncertain: in the extracted text the milestone stands away from its year label. The open mark stands at the likeliest year, the dashed line reaches the other possible ones. Line: lines in the source.".to_owned()
}

pub fn initiatives_finding(initiatives: usize, audiences: usize) -> String {
    format!("{} for {}", capital(&count(initiatives, "initiative", "initiatives")), count(audiences, "audience", "audiences"))
}

pub fn initiatives_what(country: &str) -> String {
    format!("Initiatives that the report's catalogue lists, by audience, {country}")
}

fn unsettled(uncertain: usize) -> String {
    match uncertain {
        0 => "all settled by the text".to_owned(),
        1 => "one not settled by the text".to_owned(),
        n => format!("{} not settled by the text", number(n)),
    }
}

pub fn journey_finding(events: usize, uncertain: usize) -> String {
    format!("{}, {}", capital(&count(events, "dated event", "dated events")), unsettled(uncertain))
}

pub fn journey_what(country: &str) -> String {
    format!("Events that the report dates one by one, {country}")
}

pub fn uncertain_note() -> String {
    "Ambiguous: the text does not settle the date; the other possible ones stand beside it.".to_owned()
}

pub fn regulations_finding(regulations: usize, uncertain: usize) -> String {
    format!("{}, {}", capital(&count(regulations, "regulation", "regulations")), unsettled(uncertain))
}

pub fn regulations_what(country: &str) -> String {
    format!("The report's regulatory rundown, {country}")
}

pub fn regulations_note() -> String {
    "The columns of the rundown were torn apart in the text. What it proves is paired; the rest stays open, and every candidate is in the data (column alternatives).".to_owned()
}

/// Which fields are open: `day, year, type`.
pub fn open_fields(alternatives: &[String]) -> String {
    let mut fields: Vec<&str> = Vec::new();
    for alternative in alternatives {
        let field = alternative.split('=').next().unwrap_or(alternative);
        let word = match field {
            "month_day" => "day and month",
            "act_type" => "type",
            other => other,
        };
        if !fields.contains(&word) {
            fields.push(word);
        }
    }
    if fields.is_empty() { "–".to_owned() } else { format!("{UNCERTAIN}: {}", fields.join(", ")) }
}

pub fn numbers_finding(numbers: usize) -> String {
    format!("{} that the report states", capital(&count(numbers, "number", "numbers")))
}

pub fn numbers_what(country: &str) -> String {
    format!("Numbers with a meaning in the report's prose, as printed, {country}")
}

/// The sentences of a progress report's first page.
pub fn progress_lead(country: &str, areas: usize, milestones: usize, initiatives: usize, uncertain: usize) -> String {
    let mut text = format!(
        "The report tells of {} in {}: {} and {}.",
        country,
        count(areas, "priority area", "priority areas"),
        count(milestones, "milestone", "milestones"),
        count(initiatives, "initiative", "initiatives")
    );
    if uncertain > 0 {
        text += &format!(" The text leaves the year of {} open; they are marked.", count(uncertain, "milestone", "milestones"));
    }
    text
}

/// Under the dots of a tile; above 25 a tile shows the number alone.
pub fn dots_caption(total: usize) -> String {
    if total > 25 { String::new() } else { "one dot per row; open = not settled by the text".to_owned() }
}
