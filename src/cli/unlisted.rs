//! A file that no entry names: what stands in it, and the entries that it needs, ready to be copied.

use super::session::{Only, Session};
use crate::document::figures::{self, Figures};
use crate::files;
use crate::pipeline::Request;
use crate::settings::Settings;
use crate::source::sha256;
use crate::vocabulary::{Geo, TimePeriod};
use std::collections::{BTreeMap, BTreeSet};

/// Positions of a dimension that are named.
const MOST_NAMED: usize = 8;

/// Says what a file is and what to enter for it.
pub fn explain(session: &Session, settings: &Settings, name: &str) -> String {
    let Some(bytes) = session.files.get(name) else { return String::new() };
    let read = figures::read(name, bytes, &|_| true);
    let (folder, file) = name.split_once('/').unwrap_or(("", name));
    let known = if folder == "seeds" { text(session, name, file) } else { table(settings, file, &read.value) };
    let Some((what, [id, family, more], further)) = known else {
        let why = read.diagnostics.first().filter(|_| folder == "input");
        let why = why.map_or_else(String::new, |d| format!("\n{}", session.terminal.worded(d, None)));
        return format!("help: {name} is in no entry of {folder}/sources.toml, and cannot be read: nothing is made of it{why}");
    };
    let hash = sha256(bytes);
    let today = files::today();
    format!(
        "help: {name} is in no entry of {folder}/sources.toml. {what}\nCopy into {folder}/sources.toml, and fill in what is empty:\n\n\
         [[source]]\nfile = \"{file}\"\nid = \"{id}\"\nfamily = \"{family}\"\n{more}language = \"en\"\npublisher = \"\"\nrights = \"\"\nobtained = \"\"\n\
         sha256 = \"{hash}\"\naccepted = \"{today}\"\n{further}"
    )
}

type Known = (String, [String; 3], String);

/// A text, by what its reader makes of it.
fn text(session: &Session, name: &str, file: &str) -> Option<Known> {
    let request = Request { sources: vec![name.to_owned()], all: false, only: [Only::Charts.product()].into() };
    let (_, reports) = session.build_and_keep(&request, &|publication| publication.report).ok()?;
    let report = reports.first()?;
    let family = report.id.split('-').nth(1)?.to_owned();
    let what = format!("It is {} on {}.", report.title, report.country);
    let more = format!(
        "geo = \"{}\"\ntitle = \"{}, {}\"\nedition = \"{}\"\n",
        report.geo,
        plain(&report.title),
        plain(&report.country),
        report.edition
    );
    let further = format!("status = \"draft\"\n\nUntil then: factsheet build --source seeds/{file}");
    Some((what, [report.id.clone(), family, more], further))
}

/// A file of figures: its dimensions, and an indicator of the first position of each.
fn table(settings: &Settings, file: &str, figures: &Figures) -> Option<Known> {
    let first = figures.readings.first()?;
    let mut dimensions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, position) in figures.readings.iter().flat_map(|reading| &reading.series.dimensions) {
        dimensions.entry(name).or_default().insert(position);
    }
    let geos: BTreeSet<Geo> = figures.readings.iter().filter_map(|reading| Geo::parse(&reading.geo)).collect();
    let periods: BTreeSet<TimePeriod> = figures.readings.iter().filter_map(|reading| TimePeriod::parse(&reading.time_period)).collect();
    let span = periods.first().zip(periods.last()).map_or_else(String::new, |(from, to)| format!(", {from} to {to}"));
    let mut what = format!("It holds {} figures of {} countries and aggregates{span}:", figures.readings.len(), geos.len());
    for (name, positions) in &dimensions {
        let named: Vec<&str> = positions.iter().copied().take(MOST_NAMED).collect();
        let more = if positions.len() > MOST_NAMED { format!(" and {} more", positions.len() - MOST_NAMED) } else { String::new() };
        what += &format!("\n  {name:<12} {}{more}", named.join(", "));
    }
    let id = file.split('.').next().unwrap_or(file).to_lowercase();
    let year = periods.last().map_or(0, |last| last.end_year());
    let more = format!("title = \"\"\nedition = \"{year}\"\ncut_by = \"period\"\n");
    let unit = plain(first.series.get("unit"));
    let code = plain(first.series.get("indicator"));
    // What tells one series of the file from the others.
    let select: Vec<String> = dimensions
        .iter()
        .filter(|(name, positions)| **name == "indicator" || (positions.len() > 1 && !["unit", "edition"].contains(name)))
        .map(|(name, _)| format!("{name} = \"{}\"", plain(first.series.get(name))))
        .collect();
    let average = geos.iter().find(|geo| geo.is_aggregate()).map_or("", |geo| geo.code());
    let declared = settings.indicators.indicators.iter().any(|indicator| indicator.unit.code == unit);
    let units =
        if declared || unit.is_empty() { String::new() } else { format!("[unit.\"{unit}\"]\nlabel = \"\"\nkind = \"percent\"\n\n") };
    let further = format!(
        "\nand into input/indicators.toml, for each series that is to be shown (its head comment says what the keys mean):\n\n\
         {units}[[group]]\nkey = \"{id}\"\ntitle = \"\"\ndrawing = \"line\"\nsources = [\"{id}\"]\nunit = \"{unit}\"\n\
         averages = [\"{average}\"]\n\n[[group.indicator]]\ncode = \"{code}\"\nselect = {{ {} }}\nlabel = \"\"\n\n\
         A publication whose entry in seeds/sources.toml has a [source.cut_off] shows the new source once it stands there, with the newest\n\
         period that the publication may show: {id} = \"{year}\"",
        select.join(", ")
    );
    Some((what, [id, "figures".to_owned(), more], further))
}

/// As it may stand between the quotes of TOML.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect()
}
