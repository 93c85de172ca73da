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
    explanation: "Sources revise. A figure that moved must be told under *Figures changed* in CHANGELOG.md, with before, after and the reason.",
};

/// Checks the observations of all inputs, one diagnostic for each rule and indicator (a list of countries and periods in it).
pub fn check(observations: &[Observation], indicators: &Indicators) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for part in observations.chunk_by(|a, b| a.indicator == b.indicator) {
        let Some(indicator) = indicators.get(&part[0].indicator) else { continue };
        // With a figure, by period: which countries and aggregates, and where the first stands.
        let mut periods: BTreeMap<TimePeriod, (BTreeSet<Geo>, &Place)> = BTreeMap::new();
        for observation in part.iter().filter(|observation| observation.obs_value.figure().is_some()) {
            periods.entry(observation.time_period).or_insert_with(|| (BTreeSet::new(), &observation.place)).0.insert(observation.geo);
        }
        holes(&indicator.code, part, &periods, &mut diagnostics);
        if !indicator.averages.is_empty() {
            averages(&indicator.code, &indicator.averages, &periods, &mut diagnostics);
        }
    }
    diagnostics
}

type Periods<'a> = BTreeMap<TimePeriod, (BTreeSet<Geo>, &'a Place)>;

fn holes(code: &str, part: &[Observation], periods: &Periods<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut holes = Vec::new();
    let mut place = None;
    let geos: BTreeSet<Geo> = periods.values().flat_map(|(geos, _)| geos.iter().copied()).collect();
    for geo in geos {
        let has: Vec<TimePeriod> = periods.iter().filter(|(_, (geos, _))| geos.contains(&geo)).map(|(period, _)| *period).collect();
        let (Some(first), Some(last)) = (has.first(), has.last()) else { continue };
        for (period, (others, _)) in periods.range(*first..*last) {
            // A period that only few have at all was not surveyed.
            let surveyed = others.iter().filter(|other| !other.is_aggregate()).count() >= 10;
            if surveyed && !has.contains(period) {
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

/// Figures of the same key that differ between an earlier and a later reading of the same sources, and figures that are gone.
pub fn moved(before: &[Observation], after: &[Observation]) -> Vec<Diagnostic> {
    fn key(o: &Observation) -> (&str, Geo, TimePeriod, &str, &str, &str) {
        (&o.indicator, o.geo, o.time_period, &o.unit, &o.breakdown, &o.edition)
    }
    let now: BTreeMap<_, &Observation> = after.iter().map(|observation| (key(observation), observation)).collect();
    let mut diagnostics = Vec::new();
    for old in before.iter().filter(|observation| observation.obs_value.figure().is_some()) {
        let expected = format!("`{}` as before for {} {} {}", old.as_printed, old.indicator, old.geo, old.time_period);
        let help = "look at the source; if it was revised, tell so under Figures changed in CHANGELOG.md";
        match now.get(&key(old)) {
            Some(new) if new.obs_value == old.obs_value => {}
            Some(new) => {
                diagnostics.push(Diagnostic::new(&FIGURE_MOVED, new.place.clone(), expected, format!("`{}`", new.as_printed), help))
            }
            None => diagnostics.push(Diagnostic::new(&FIGURE_MOVED, Place::file(&old.place.file), expected, "no such figure", help)),
        }
    }
    diagnostics
}
