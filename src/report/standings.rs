//! All countries beside each other, and the numbers that methods compare with: what the workbook recomputes.

use crate::comparison::Fields;
use crate::comparison::field::{Change, Field, Moments, Series};
use crate::settings::Methods;
use crate::vocabulary::{Figure, Geo, Place, TimePeriod};

/// All countries that report an indicator at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Standings {
    pub indicator: String,
    pub time_period: TimePeriod,
    pub edition: String,
    /// The average shown first for the indicator.
    pub average: Option<(Geo, Figure)>,
    /// Of the levels of the Member States; `None` where too few report.
    pub levels: Option<Moments>,
    /// Of their changes.
    pub changes: Option<Moments>,
    /// In protocol order.
    pub countries: Vec<Standing>,
}

/// One country among all.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub geo: Geo,
    pub value: Figure,
    /// Among all countries that report.
    pub rank: u32,
    /// Among Member States; `None` for other countries.
    pub rank_eu: Option<u32>,
    pub z_score: Option<f64>,
    /// The value that `change` counts from.
    pub previous: Option<Figure>,
    pub change: Option<f64>,
    /// Class of the Social Scoreboard, in words.
    pub level_class: Option<&'static str>,
    pub place: Option<Place>,
}

/// A number that a method compares with.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// A name that a formula can use: letters, digits and underscores, `band_share`.
    pub name: String,
    pub value: f64,
    pub decimals: u8,
    /// `pp`, `standard deviations`; may be empty.
    pub unit: String,
    /// What is compared with it.
    pub meaning: String,
    /// Who says so.
    pub source: String,
}

/// The standings of every series in the indicator's own unit, at the last period that enough Member States report,
/// else at the last one with any country.
pub fn standings(fields: &Fields<'_>) -> Vec<Standings> {
    let own_unit = fields.series.iter().filter(|s| *s.unit == s.indicator.unit.code);
    own_unit.filter_map(|series| of_series(series, fields.methods)).collect()
}

fn of_series(series: &Series<'_>, methods: &Methods) -> Option<Standings> {
    let countries = |field: &Field<'_>| -> Vec<Geo> { Geo::all().filter(|g| !g.is_aggregate() && field.value(*g).is_some()).collect() };
    let field = series.latest().or_else(|| series.fields.iter().rev().find(|f| !countries(f).is_empty()))?;
    let previous = |geo: Geo| match field.change(geo) {
        Change::Since { from, by } => series.fields.iter().find(|f| f.time_period == from).and_then(|f| f.figure(geo)).map(|f| (f, by)),
        Change::OverBreak { .. } | Change::Overlapping { .. } | Change::None => None,
    };
    let countries = countries(field).into_iter().filter_map(|geo| {
        let observation = field.observation(geo)?;
        let value = field.figure(geo)?;
        Some(Standing {
            geo,
            value,
            rank: field.rank(geo)?.rank,
            rank_eu: field.rank_eu(geo).map(|r| r.rank),
            z_score: field.levels.and_then(|m| m.score(value.value())),
            previous: previous(geo).map(|(figure, _)| figure),
            change: previous(geo).map(|(_, by)| by),
            level_class: field.class(geo, series.indicator, methods).map(|c| c.as_str()),
            place: Some(observation.place.clone()),
        })
    });
    Some(Standings {
        indicator: series.indicator.code.to_string(),
        time_period: field.time_period,
        edition: series.edition.to_string(),
        average: series.averages.iter().find_map(|geo| Some((*geo, field.figure(*geo)?))),
        levels: field.levels,
        changes: field.shifts,
        countries: countries.collect(),
    })
}

/// The thresholds as the workbook names them.
pub fn thresholds(methods: &Methods) -> Vec<Threshold> {
    let thresholds = methods.entries.iter().map(|entry| Threshold {
        name: entry.id.replace('-', "_"),
        value: entry.value,
        decimals: entry.value.to_string().split_once('.').map_or(0, |(_, part)| u8::try_from(part.len()).unwrap_or(15)),
        unit: entry.unit.clone(),
        meaning: entry.rule.clone(),
        source: format!("{}, {}", entry.source, entry.edition),
    });
    thresholds.collect()
}
