//! What a set of figures lacks as a whole: averages, periods in the middle, the right union; and what moved since before.

use super::Observation;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::settings::Indicators;
use crate::vocabulary::{Geo, Place, TimePeriod};
use std::collections::{BTreeMap, BTreeSet};

pub static PERIOD_MISSING: Rule = Rule {
    id: "FIG015",
    severity: Severity::Note,
    title: "A series has no hole between its first and its last period.",
    source: "this project",
    explanation: "A year that other countries have and this one lacks may be a survey not held, or a row that was lost. The line of a chart is broken there and no change is computed over it.",
};

pub static AVERAGE_MISSING: Rule = Rule {
    id: "FIG016",
    severity: Severity::Note,
    title: "Where countries have figures, one of the indicator's averages has one.",
    source: "this project",
    explanation: "Without a published average a mean of our own is used, or nothing is compared. See whether the source has the average under another code.",
};

pub static OTHER_UNION: Rule = Rule {
    id: "FIG017",
    severity: Severity::Note,
    title: "EU28 does not stand in for EU27_2020.",
    source: "Eurostat, European Union aggregates",
    explanation: "The source has an average of another composition of the Union for this period. It is not used: the two differ, and a step between them is no change.",
};

pub static FIGURE_MOVED: Rule = Rule {
    id: "FIG018",
    severity: Severity::Warning,
    title: "A figure that was published before is the same in the new file.",
    source: "this project",
    explanation: "Sources revise. `factsheet inputs` and `factsheet check` hold the files against the edition that is in `output/`, or against an earlier file (`inputs --against`). Look at the source: what it revised is listed in `input/revisions.csv` (`inputs --accept --revisions`) and printed in the next edition's Revisions note; a slip is put right in the file.",
};

/// Checks the observations of all inputs, one diagnostic for each rule and indicator (a list of countries and periods in it).
pub fn check(observations: &[Observation], indicators: &Indicators) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for part in observations.chunk_by(|a, b| a.indicator == b.indicator) {
        let Some(indicator) = indicators.get(&part[0].indicator) else { continue };
        let mut periods: Periods<'_> = BTreeMap::new();
        for observation in part.iter().filter(|observation| observation.obs_value.figure().is_some()) {
            let (geos, _) = periods.entry(observation.time_period).or_insert_with(|| (Vec::new(), &observation.place));
            if let Err(at) = geos.binary_search(&observation.geo) {
                geos.insert(at, observation.geo);
            }
        }
        holes(&indicator.code, part, &periods, &mut diagnostics);
        if !indicator.averages.is_empty() {
            averages(&indicator.code, &indicator.averages, &periods, &mut diagnostics);
        }
    }
    diagnostics
}

/// Of each period the countries and aggregates that have a figure, in their order, and where the first stands.
type Periods<'a> = BTreeMap<TimePeriod, (Vec<Geo>, &'a Place)>;

fn holes(code: &str, part: &[Observation], periods: &Periods<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut holes = Vec::new();
    let mut place = None;
    let mut geos: Vec<Geo> = periods.values().flat_map(|(geos, _)| geos.iter().copied()).collect();
    geos.sort_unstable();
    geos.dedup();
    // A period that only few have at all was not surveyed.
    let surveyed = |geos: &[Geo]| geos.iter().filter(|geo| !geo.is_aggregate()).count() >= 10;
    let periods: Vec<(TimePeriod, &[Geo], bool)> = periods.iter().map(|(period, (geos, _))| (*period, &**geos, surveyed(geos))).collect();
    for geo in geos {
        let has: Vec<bool> = periods.iter().map(|(_, geos, _)| geos.binary_search(&geo).is_ok()).collect();
        let (Some(first), Some(last)) = (has.iter().position(|has| *has), has.iter().rposition(|has| *has)) else { continue };
        for ((period, _, surveyed), has) in periods[first..last].iter().zip(&has[first..last]) {
            if *surveyed && !has {
                place = place.or_else(|| part.iter().find(|o| o.geo == geo && o.time_period > *period).map(|o| &o.place));
                holes.push(format!("{geo} {period}"));
            }
        }
    }
    if let Some(place) = place {
        let help = "see whether the source has these figures; if not, the series is shown with a gap";
        let expected = format!("figures of `{code}` for every period from the first to the last");
        diagnostics.push(Diagnostic::new(&PERIOD_MISSING, place.clone(), expected, format!("none for {}", holes.join(", ")), help));
    }
}

fn averages(code: &str, averages: &[Geo], periods: &Periods<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let lacking = periods
        .iter()
        .filter(|(_, (geos, _))| geos.iter().any(|geo| !geo.is_aggregate()) && averages.iter().all(|average| !geos.contains(average)));
    let (mut other, mut none) = (Vec::new(), Vec::new());
    for (period, (geos, place)) in lacking {
        let union = geos.iter().find(|geo| geo.code() == "EU28");
        match union {
            Some(union) if averages.iter().any(|average| average.code() == "EU27_2020") => {
                other.push((*period, format!("{union} {period}"), *place))
            }
            Some(_) | None => none.push((*period, period.to_string(), *place)),
        }
    }
    let names = averages.iter().map(|average| average.code()).collect::<Vec<_>>().join(" or ");
    for (rule, found) in [(&OTHER_UNION, other), (&AVERAGE_MISSING, none)] {
        if let Some((_, _, place)) = found.first() {
            let words = found.iter().map(|(_, words, _)| words.as_str()).collect::<Vec<_>>().join(", ");
            let found = if rule.id == OTHER_UNION.id { format!("only {words}") } else { format!("none for {words}") };
            let help = "see whether the source has the average under another code; countries of these periods stand without it";
            diagnostics.push(Diagnostic::new(rule, (*place).clone(), format!("{names} for `{code}`"), found, help));
        }
    }
}

/// A figure that another reading of its source gives otherwise, or no longer.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved<'a> {
    pub before: &'a Observation,
    /// `None` where it is gone.
    pub after: Option<&'a Observation>,
}

/// Figures of the same key that differ between an earlier and a later reading of the same sources, and figures that are gone.
///
/// A source that no longer has the edition of a figure at all is held against its newest one: most downloads have no editions
/// in them, and `sources.toml` names the new one for the whole file. Flags are left aside, and so are digits that only one of both
/// readings of an indicator prints: 71.36 has not moved when the new file says 71.355.
pub fn moved<'a>(before: &'a [Observation], after: &'a [Observation]) -> Vec<Moved<'a>> {
    type Key<'k> = (&'k str, Geo, TimePeriod, &'k str, &'k str);
    fn key(o: &Observation) -> Key<'_> {
        (&o.indicator, o.geo, o.time_period, &o.unit, &o.breakdown)
    }
    let editions: BTreeSet<(&str, &str)> = after.iter().map(|o| (o.source.as_str(), o.edition.as_str())).collect();
    let mut now: BTreeMap<Key<'_>, BTreeMap<&str, &Observation>> = BTreeMap::new();
    for observation in after {
        now.entry(key(observation)).or_default().insert(&observation.edition, observation);
    }
    let (fewer, more) = (decimals(before), decimals(after));
    let mut moved = Vec::new();
    for old in before {
        let Some(figure) = old.obs_value.figure() else { continue };
        let same_key = now.get(&key(old));
        let new = if editions.contains(&(old.source.as_str(), old.edition.as_str())) {
            same_key.and_then(|of_editions| of_editions.get(old.edition.as_str()))
        } else {
            same_key.and_then(|of_editions| of_editions.last_key_value().map(|(_, newest)| newest))
        };
        let series = (old.source.as_str(), old.indicator.as_str());
        let decimals = fewer.get(&series).min(more.get(&series)).copied().unwrap_or(0);
        // Half a unit of the last digit that both print, and a little for what binary fractions leave.
        let same = |now: f64| now == figure.value() || (now - figure.value()).abs() <= 0.500_001 * 10_f64.powi(-decimals);
        if new.is_none_or(|new| new.obs_value.figure().is_none_or(|new| !same(new.value()))) {
            moved.push(Moved { before: old, after: new.copied() });
        }
    }
    moved
}

/// The most decimals that any figure of a source's indicator has.
fn decimals(observations: &[Observation]) -> BTreeMap<(&str, &str), i32> {
    let mut most = BTreeMap::new();
    for observation in observations.iter().filter(|observation| observation.obs_value.figure().is_some()) {
        let digits = said(observation).split_once('.').map_or(0, |(_, part)| part.len());
        let known = most.entry((observation.source.as_str(), observation.indicator.as_str())).or_insert(0);
        *known = i32::try_from(digits.min(15)).unwrap_or(15).max(*known);
    }
    most
}

/// The value of an observation in its unit; `:` where there is none.
pub fn said(observation: &Observation) -> String {
    observation.obs_value.figure().map_or_else(|| ":".to_owned(), |figure| figure.value().to_string())
}

/// Tells what moved: one diagnostic for each figure with its new place, one for all figures that an indicator lost.
pub fn told(moved: &[Moved<'_>]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut gone: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for Moved { before, after } in moved {
        let what = format!("{} {} {}", before.indicator, before.geo, before.time_period);
        match after {
            Some(new) => {
                let edition = if before.edition == new.edition { String::new() } else { format!(", edition {}", before.edition) };
                let expected = format!("`{}` as before for {what} (at {}{edition})", said(before), before.place);
                let help = "look at the source; a revision is told in the next edition: factsheet inputs --accept --revisions";
                diagnostics.push(Diagnostic::new(&FIGURE_MOVED, new.place.clone(), expected, format!("`{}`", said(new)), help));
            }
            None => gone.entry((&before.place.file, &before.indicator)).or_default().push(format!(
                "{} {} (`{}` at {})",
                before.geo,
                before.time_period,
                said(before),
                before.place.location()
            )),
        }
    }
    for ((file, indicator), figures) in gone {
        let named = figures.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if figures.len() > MOST_NAMED { format!(" and {} more", figures.len() - MOST_NAMED) } else { String::new() };
        let expected = format!("the figures of {indicator} that were there before");
        let help = "see whether this is the whole file, and whether the source now names the series or the country otherwise";
        diagnostics.push(Diagnostic::new(&FIGURE_MOVED, Place::file(file), expected, format!("none for {named}{more}"), help));
    }
    diagnostics
}

/// Figures that are gone and named one by one.
const MOST_NAMED: usize = 12;
