//! A country beside an average: gap, ratio, position, convergence; METHODS.md section 4.

use super::average::{self, Average};
use super::field::{Change, Field, Fields, Series, same_kind};
use super::{Comparison, Position, trend};
use crate::dataset::Observation;
use crate::settings::methods::{Methods, Threshold};
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Figure, Geo, Missing, ObsValue, TimePeriod};

impl Fields<'_> {
    /// A country beside every average, in the order of indicators, editions and periods. A period without average has one row
    /// with the reason. Aggregates are compared like countries, without ranks.
    pub fn compare(&self, geo: Geo) -> Vec<Comparison> {
        let mut rows = Vec::with_capacity(self.series.iter().flat_map(|s| &s.beside).map(|averages| averages.len().max(1)).sum());
        for series in &self.series {
            for at in 0..series.fields.len() {
                let base = country_row(self, series, at, geo);
                match series.beside[at].split_last() {
                    None if base.country.is_some() => rows.push(alone(self, series, at, base)),
                    // Without value and average there is nothing to say.
                    None => {}
                    Some((last, others)) => {
                        rows.extend(others.iter().map(|average| beside(self, series, at, geo, average, base.clone())));
                        rows.push(beside(self, series, at, geo, last, base));
                    }
                }
            }
        }
        rows
    }

    /// A country at one period of a series (a position in its fields) beside the leading average, or alone with the reason.
    pub(super) fn leading(&self, series: &Series<'_>, at: usize, geo: Geo) -> Comparison {
        let base = country_row(self, series, at, geo);
        match series.beside[at].first() {
            Some(average) => beside(self, series, at, geo, average, base),
            None => alone(self, series, at, base),
        }
    }
}

/// A row without average.
fn alone(fields: &Fields<'_>, series: &Series<'_>, at: usize, row: Comparison) -> Comparison {
    Comparison { incomparable: average::absent(fields, series, &series.fields[at]), ..row }
}

/// What a row says of the country alone.
fn country_row(fields: &Fields<'_>, series: &Series<'_>, at: usize, geo: Geo) -> Comparison {
    let field = &series.fields[at];
    let country = field.figure(geo);
    let long = trend::long(series, at, geo, fields.methods);
    let change = field.change(geo);
    let (change_from, change_refused) = match change {
        Change::Since { from, .. } => (Some(from), ""),
        Change::OverBreak { from } => (Some(from), "break in series"),
        Change::Overlapping { from } => (Some(from), "the periods share a year"),
        Change::None => (None, ""),
    };
    let target = series.indicator.target.as_ref().filter(|_| *series.unit == series.indicator.unit.code).map(|t| t.value);
    Comparison {
        indicator: series.indicator.code.clone(),
        geo,
        time_period: field.time_period,
        unit: series.unit.clone(),
        edition: series.edition.clone(),
        country,
        average_geo: None,
        average_kind: "",
        average: None,
        gap: None,
        ratio: None,
        position: None,
        rank: field.rank(geo),
        rank_eu: field.rank_eu(geo),
        z_score: field.levels.and_then(|m| m.score(country?.value())),
        change: change.by(),
        level_class: field.class(geo, series.indicator, fields.methods).map(super::scoreboard::Class::as_str),
        trend_short: trend::short(series, at, geo, fields.methods),
        trend_long: long,
        convergence: None,
        target,
        target_gap: target.and_then(|t| Some(country?.value() - t)),
        incomparable: String::new(),
        country_place: field.observation(geo).map(|o| o.place.clone()),
        average_place: None,
        breakdown: series.breakdown.clone(),
        band: None,
        change_from,
        change_refused,
        trend_long_from: long.from(),
        convergence_from: None,
        without: Vec::new(),
        uncertain: field.observation(geo).is_some_and(|o| !o.alternatives.is_empty()),
    }
}

fn beside(fields: &Fields<'_>, series: &Series<'_>, at: usize, geo: Geo, average: &Average<'_>, mut row: Comparison) -> Comparison {
    let field = &series.fields[at];
    let figure = average.figure();
    row.average_geo = Some(average.geo());
    row.average_kind = average.kind();
    row.average = Some(figure);
    let band = band(series.indicator.unit.kind, figure, fields.methods);
    row.band = Some(band);
    match average {
        Average::Published { place, uncertain, .. } => {
            row.average_place = Some((*place).clone());
            row.uncertain |= uncertain;
        }
        Average::Computed { without, .. } => row.without.clone_from(without),
    }
    let country = match comparable(field, geo, average) {
        Ok(country) => country.value(),
        Err(reason) => {
            row.incomparable = reason;
            return row;
        }
    };
    let gap = country - figure.value();
    row.gap = Some(gap);
    row.ratio = (figure.value() != 0.0).then(|| country / figure.value());
    row.position = Some(position(gap, band));
    if let Some((from, first)) = first_common(series, at, geo, average) {
        row.convergence_from = Some(from);
        row.convergence = Some(gap.abs() - first.abs());
    }
    row
}

/// The country's figure if it may be held against the average; else why not.
fn comparable(field: &Field<'_>, geo: Geo, average: &Average<'_>) -> Result<Figure, String> {
    let observation = field.observation(geo).ok_or("no value for the country")?;
    let figure = match observation.obs_value {
        ObsValue::Figure(figure) => figure,
        ObsValue::Missing(missing) => {
            let why = match missing {
                Missing::NotAvailable => "not available",
                Missing::NotApplicable => "not applicable",
                Missing::Confidential => "confidential",
                Missing::BelowHalfUnit => "less than half the unit",
            };
            return Err(format!("no value for the country: {why}"));
        }
    };
    let defined_otherwise = |o: &Observation| o.flags.has('d');
    if defined_otherwise(observation) {
        return Err("definition differs: the country's value is flagged d".to_owned());
    }
    if field.observation(average.geo()).is_some_and(defined_otherwise) {
        return Err("definition differs: the average is flagged d".to_owned());
    }
    Ok(figure)
}

/// The first earlier period with both values and the gap then; `None` if there is none, or a break of either lies between.
fn first_common(series: &Series<'_>, at: usize, geo: Geo, average: &Average<'_>) -> Option<(TimePeriod, f64)> {
    let to = series.fields[at].time_period;
    let (first, gap) = (0..at).filter(|i| same_kind(series.fields[*i].time_period, to)).find_map(|i| {
        let same = series.beside[i].iter().find(|a| a.geo() == average.geo() && a.kind() == average.kind())?;
        let country = comparable(&series.fields[i], geo, same).ok()?;
        Some((i, country.value() - same.figure().value()))
    })?;
    if series.breaks(geo, first, at) || series.breaks(average.geo(), first, at) {
        return None;
    }
    Some((series.fields[first].time_period, gap))
}

/// Within how much of the average a country is close to it: by unit, and never less than the step in which the average is printed.
pub fn band(kind: UnitKind, average: Figure, methods: &Methods) -> f64 {
    own_band(kind, methods).max(step(average.decimals()))
}

/// The band of a unit, whatever step the average is printed in; a plain number has none.
pub fn own_band(kind: UnitKind, methods: &Methods) -> f64 {
    match kind {
        UnitKind::Percent => methods.get(Threshold::BandShare),
        UnitKind::Score100 => methods.get(Threshold::BandScore100),
        UnitKind::Score4 => methods.get(Threshold::BandScore4),
        UnitKind::Number => 0.0,
    }
}

/// The step in which a figure with so many decimals is printed: 1, 0.1, 0.01.
pub fn step(decimals: u8) -> f64 {
    1.0 / 10_f64.powi(i32::from(decimals))
}

/// Where a gap puts the country. The gap counts to twelve decimals: 3.1 and 3.0 lie 0.1 apart, whatever binary makes of it.
pub fn position(gap: f64, band: f64) -> Position {
    let beyond = gap.abs() - band > 5e-13;
    match (beyond, gap > 0.0) {
        (false, _) => Position::CloseTo,
        (true, true) => Position::Above,
        (true, false) => Position::Below,
    }
}
