//! A figure back to its source: as printed, typed, corrected, averaged, compared, rounded, shown.

use crate::check::publication::cell_of;
use crate::dataset::{Row, Table, Value};
use crate::report::Report;
use crate::settings::{Correction, Corrections};
use crate::vocabulary::figure::word;
use crate::vocabulary::{Place, Spot};
use std::sync::Arc;

/// Which figure is meant: a column of a row of a dataset of one publication.
#[derive(Clone, Debug)]
pub struct Meant<'r> {
    pub report: &'r Report,
    pub row: Row<'r>,
    pub column: String,
}

/// One step of a figure's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `as printed`, `typed`, `corrected`, `averaged`, `compared`, `rounded`, `shown`.
    pub name: &'static str,
    pub text: String,
    pub place: Option<Place>,
}

/// Finds a figure by its id: `indicator/geo/time_period/edition#column` or `dataset/line_start#column`.
pub fn by_id<'r>(reports: &'r [Report], id: &str) -> Option<Meant<'r>> {
    let (key, column) = id.split_once('#').unwrap_or((id, ""));
    let parts: Vec<&str> = key.split('/').collect();
    reports.iter().find_map(|report| match parts.as_slice() {
        [indicator, geo, period, edition] => by_key(report, indicator, geo, period, edition, column),
        [dataset, line] => {
            let row = table(report, dataset)?.iter().find(|row| row.text("line_start") == *line)?;
            let column = if column.is_empty() { row.table.schema.columns.first()?.name } else { column };
            row.table.column(column)?;
            Some(Meant { report, row, column: column.to_owned() })
        }
        _ => None,
    })
}

/// Finds a figure by indicator, geo and time period, of the newest edition that has it; codes in any case.
pub fn by_key<'r>(report: &'r Report, indicator: &str, geo: &str, period: &str, edition: &str, column: &str) -> Option<Meant<'r>> {
    let matches = |row: &Row<'_>| {
        row.text("indicator").eq_ignore_ascii_case(indicator)
            && row.text("geo").eq_ignore_ascii_case(geo)
            && row.text("time_period") == period
            && (edition.is_empty() || row.text("edition") == edition)
    };
    let newest = |name: &str| table(report, name)?.iter().filter(matches).max_by(|a, b| a.text("edition").cmp(&b.text("edition")));
    let dataset = if column.is_empty() || column == "obs_value" { "observations" } else { "comparisons" };
    // The first comparison of a key is with the average that leads.
    let row = if dataset == "comparisons" { table(report, dataset)?.iter().find(matches) } else { newest(dataset) }?;
    let column = if column.is_empty() { "obs_value" } else { column };
    row.table.column(column)?;
    Some(Meant { report, row, column: column.to_owned() })
}

/// Finds what a cell of the workbook shows, from the columns of the data files that its row shows.
pub fn by_cell<'r>(report: &'r Report, found: &crate::writer::xlsx::Found) -> Option<Meant<'r>> {
    let (dataset, column) = found.column.split_once('.')?;
    let row = table(report, dataset)?.iter().enumerate().max_by_key(|(i, row)| {
        let same = found.row.iter().filter(|(name, text)| {
            name.split_once('.').is_some_and(|(d, c)| {
                d == dataset && {
                    let plain = row.text(c);
                    plain == *text || plain.parse::<f64>().ok().zip(text.parse::<f64>().ok()).is_some_and(|(a, b)| (a - b).abs() < 1e-9)
                }
            })
        });
        // Rows that agree alike: the one at the same position of its table.
        (same.count(), *i == found.index)
    })?;
    Some(Meant { report, row: row.1, column: column.to_owned() })
}

fn table<'r>(report: &'r Report, name: &str) -> Option<&'r Table> {
    report.tables.iter().map(Arc::as_ref).find(|t| t.schema.name == name)
}

/// The way of a figure, from its source to where it shows. `line` gives a line of a text as it stands.
pub fn steps(meant: &Meant<'_>, corrections: &Corrections, line: &dyn Fn(&str, u32) -> Option<String>) -> Vec<Step> {
    let mut steps = Vec::new();
    match meant.row.table.schema.name {
        "observations" => observed(meant.report, meant.row, corrections, &mut steps),
        "comparisons" => compared(meant, corrections, &mut steps),
        _ => from_text(meant, corrections, line, &mut steps),
    }
    rounded(meant, &mut steps);
    shown(meant, &mut steps);
    steps
}

fn step(name: &'static str, text: impl Into<String>, place: Option<Place>) -> Step {
    Step { name, text: text.into(), place }
}

fn observed(report: &Report, row: Row<'_>, corrections: &Corrections, steps: &mut Vec<Step>) {
    let place = cell_of(row, report);
    let verbatim = report.cited().find(|c| c.place == place).map(|c| c.verbatim.clone());
    steps.push(step("as printed", verbatim.map_or_else(|| "see the cell".to_owned(), |v| format!("`{v}`")), Some(place.clone())));
    let flags = row.text("obs_status") + &row.text("conf_status");
    let flags = match (flags.is_empty(), row.text("flags_known") == "false") {
        (false, _) => format!(", flags {flags}"),
        (true, true) => ", flags unknown".to_owned(),
        (true, false) => String::new(),
    };
    let value = if row.value("obs_value") == &Value::Missing { "no value".to_owned() } else { row.text("obs_value") };
    let alternatives = row.text("alternatives");
    let doubt = if alternatives.is_empty() { String::new() } else { format!("; ambiguous: the source also gives {alternatives}") };
    steps.push(step(
        "typed",
        format!(
            "{value} {} of {} for {}, {}, edition {}{flags}{doubt}",
            row.text("unit"),
            row.text("indicator"),
            row.text("geo"),
            row.text("time_period"),
            row.text("edition")
        ),
        None,
    ));
    // Of a line with several figures, the correction of this one.
    let note = row.text("note");
    corrected(&place, corrections, |c| note.contains(&c.note()), steps);
}

fn corrected(place: &Place, corrections: &Corrections, is_of_it: impl Fn(&Correction) -> bool, steps: &mut Vec<Step>) {
    let location = place.location();
    let is_here = |c: &&Correction| c.location == location || location.split('-').next() == Some(c.location.as_str());
    let of_it = corrections.of(&place.file).filter(is_here).filter(|c| is_of_it(c));
    let before = steps.len();
    steps.extend(of_it.map(|c| step("corrected", format!("{} to {}: {}", c.column, c.value, c.note()), Some(c.place.clone()))));
    if steps.len() == before {
        steps.push(step("corrected", "not corrected", None));
    }
}

fn from_text(meant: &Meant<'_>, corrections: &Corrections, line: &dyn Fn(&str, u32) -> Option<String>, steps: &mut Vec<Step>) {
    let (report, row) = (meant.report, meant.row);
    let Some(lines) = row.lines() else {
        steps.push(step("typed", format!("{} = {}", meant.column, row.text(&meant.column)), None));
        return;
    };
    let place = Place::lines(&report.text, lines);
    // A row may be a chapter long: its first lines tell enough.
    for number in lines.start()..=lines.end().min(lines.start().saturating_add(11)) {
        if let Some(text) = line(&report.text, number).filter(|t| !t.trim().is_empty()) {
            steps.push(step(
                "as printed",
                text,
                Some(Place { file: report.text.clone().into(), spot: Spot::Lines(crate::vocabulary::Lines::one(number)) }),
            ));
        }
    }
    for column in row.table.schema.columns.iter().filter(|c| !c.name.starts_with("line_")) {
        let text = row.text(column.name);
        if !text.is_empty() {
            steps.push(step("typed", format!("{} = {text}", column.name), None));
        }
    }
    corrected(&place, corrections, |_| true, steps);
}

fn compared(meant: &Meant<'_>, corrections: &Corrections, steps: &mut Vec<Step>) {
    let (report, row) = (meant.report, meant.row);
    let observation = |geo: &str, period: &str| {
        table(report, "observations")?.iter().find(|o| {
            ["indicator", "unit", "edition"].iter().all(|c| o.text(c) == row.text(c))
                && o.text("geo") == geo
                && o.text("time_period") == period
        })
    };
    let (geo, period) = (row.text("geo"), row.text("time_period"));
    let wants_average = !matches!(meant.column.as_str(), "country_value" | "change" | "change_from" | "target" | "country_location");
    if meant.column != "average_value" {
        match observation(&geo, &period) {
            Some(o) => observed(report, o, corrections, steps),
            None => steps.push(step("as printed", format!("no value for {geo}, {period}"), None)),
        }
    }
    let average = row.text("average_geo");
    if wants_average && row.text("average_kind") == "published" {
        if let Some(o) = observation(&average, &period) {
            observed(report, o, corrections, steps);
        }
        steps.push(step("averaged", format!("published by the source as {average}"), None));
    } else if wants_average && row.number("average_value").is_some() {
        let members: Vec<(String, f64)> = table(report, "observations")
            .into_iter()
            .flat_map(Table::iter)
            .filter(|o| ["indicator", "unit", "edition", "time_period", "breakdown"].iter().all(|c| o.text(c) == row.text(c)))
            .filter(|o| crate::vocabulary::Geo::parse(&o.text("geo")).is_some_and(crate::vocabulary::Geo::is_member_state))
            .filter_map(|o| Some((o.text("geo"), o.number("obs_value")?)))
            .collect();
        let terms: Vec<String> = members.iter().map(|(geo, value)| format!("{geo} {value}")).collect();
        let without = row.text("without");
        let without = if without.is_empty() { String::new() } else { format!("; without {}", without.replace('|', ", ")) };
        steps.push(step(
            "averaged",
            format!(
                "unweighted mean of {} Member States{without}: ({}) / {} = {}",
                members.len(),
                terms.join(" + "),
                members.len(),
                row.text("average_value")
            ),
            None,
        ));
    }
    if let Some(text) = formula(meant, &observation) {
        steps.push(step("compared", text, None));
    }
}

/// How a column of a comparison follows from others, with the values put in.
fn formula<'r>(meant: &Meant<'r>, observation: &dyn Fn(&str, &str) -> Option<Row<'r>>) -> Option<String> {
    let (report, row) = (meant.report, meant.row);
    let text = |column: &str| row.number(column).map_or_else(|| row.text(column), plain);
    let result = text(&meant.column);
    let (c, a) = (text("country_value"), text("average_value"));
    if result.is_empty() {
        let why = text("incomparable");
        return Some(if why.is_empty() { "not computed".to_owned() } else { format!("not computed: {why}") });
    }
    let cut = || {
        table(report, "cut_offs")?.iter().find(|r| r.text("indicator") == text("indicator") && r.text("time_period") == text("time_period"))
    };
    Some(match meant.column.as_str() {
        "gap" => format!("gap = country − average = {c} − {a} = {result}"),
        "ratio" => format!("ratio = country / average = {c} / {a} = {result}"),
        "position" => format!("position: |gap| = |{}| against the band {}: {result}", text("gap"), text("band")),
        "z_score" => {
            let cut = cut()?;
            format!(
                "z = (country − mean) / standard deviation = ({c} − {}) / {} = {result}",
                cut.text("mean"),
                cut.text("standard_deviation")
            )
        }
        "change" => {
            let from = text("change_from");
            let before = observation(&text("geo"), &from).map_or_else(|| "?".to_owned(), |o| o.text("obs_value"));
            format!("change = country − country in {from} = {c} − {before} = {result}")
        }
        "target_gap" => format!("target gap = country − target = {c} − {} = {result}", text("target")),
        "convergence" => {
            let from = text("convergence_from");
            let before = |geo: &str| observation(geo, &from).map_or_else(|| "?".to_owned(), |o| o.text("obs_value"));
            let (then, mean) = (before(&text("geo")), before(&text("average_geo")));
            format!("convergence = |{c} − {a}| − |{then} − {mean}| (in {from}) = {result}")
        }
        "rank" | "rank_of" => format!("rank {} of {} countries that report; equal values share a rank", text("rank"), text("rank_of")),
        "rank_eu" | "rank_eu_of" => {
            format!("rank {} of {} Member States that report; equal values share a rank", text("rank_eu"), text("rank_eu_of"))
        }
        "level_class" => {
            let cut = cut().map_or_else(String::new, |r| {
                format!(
                    " (mean {}, standard deviation {}, {} Member States)",
                    r.text("mean"),
                    r.text("standard_deviation"),
                    r.text("members")
                )
            });
            format!("level z = {}, change = {}{cut}: {result}; docs/methods.md, Level and change", text("z_score"), text("change"))
        }
        "trend_short" | "trend_long" => format!("yearly growth over the term (docs/methods.md, Trend): {result}"),
        "target" => format!("the EU's target, set in input/indicators.toml: {result}"),
        _ => return None,
    })
}

/// A number without the last digits that binary fractions leave: 34.3, not 34.300000000000004.
fn plain(value: f64) -> String {
    let text = format!("{value:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rounded(meant: &Meant<'_>, steps: &mut Vec<Step>) {
    if let Value::Number(value, decimals) = meant.row.value(&meant.column) {
        let indicator = meant.report.indicators.iter().find(|i| i.code == meant.row.text("indicator"));
        let decimals = indicator.map_or(*decimals, |i| i.decimals);
        let word = word(*value, decimals);
        steps.push(step(
            "rounded",
            format!("{} to {decimals} decimal{}, half away from zero: {word}", plain(*value), if decimals == 1 { "" } else { "s" }),
            None,
        ));
    }
}

fn shown(meant: &Meant<'_>, steps: &mut Vec<Step>) {
    let row = meant.row;
    let id = if row.table.column("indicator").is_some() && row.table.column("geo").is_some() {
        format!("{}/{}/{}/{}#{}", row.text("indicator"), row.text("geo"), row.text("time_period"), row.text("edition"), meant.column)
    } else {
        format!("{}/{}#{}", row.table.schema.name, row.text("line_start"), meant.column)
    };
    let mut places: Vec<String> =
        meant.report.shown().into_iter().filter(|(_, s)| s.id == id).map(|(place, s)| format!("{} in {place}", s.text)).collect();
    places.sort();
    places.dedup();
    let data = format!("data/{}.csv row {}", row.table.schema.name, row.index + 1);
    places.push(data);
    steps.push(step("shown", format!("{} ({id}): {}", meant.report.id, places.join("; ")), None));
}
