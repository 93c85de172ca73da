//! All countries of one indicator side by side: what `factsheet compare` shows.

use super::field::{Field, Fields, Series};
use super::{Comparison, rank};
use crate::vocabulary::{Figure, Geo, TimePeriod};

/// Which row comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Eurostat's protocol order.
    Protocol,
    /// The best value first, after the indicator's polarity; missing values last, equal ones in protocol order.
    Value,
}

/// Every country that has an observation of the indicator at one period, beside the leading average: a row each. Without
/// `time_period` the last one with a quorum of Member States, else the last one; without `edition` the newest that has it.
/// Empty if the indicator has no such figures.
pub fn table(fields: &Fields<'_>, code: &str, time_period: Option<TimePeriod>, edition: Option<&str>, order: Order) -> Vec<Comparison> {
    let holds = |f: &Field<'_>| time_period.is_none_or(|p| f.time_period == p) && countries(f).any(|g| f.value(g).is_some());
    // A series of its own unit comes before one of another, an older edition before a newer.
    let series = fields
        .series
        .iter()
        .filter(|s| s.indicator.code == code && edition.is_none_or(|e| s.edition == e) && s.fields.iter().any(&holds))
        .max_by(|a, b| a.edition.cmp(b.edition).then_with(|| own_unit(a).cmp(&own_unit(b))));
    let Some(series) = series else { return Vec::new() };
    let quorate = series.fields.iter().rposition(|f| holds(f) && f.levels.is_some());
    let Some(at) = quorate.or_else(|| series.fields.iter().rposition(&holds)) else { return Vec::new() };
    let field = &series.fields[at];
    let mut rows: Vec<Comparison> = countries(field).map(|geo| fields.leading(series, at, geo)).collect();
    if order == Order::Value {
        let value = |c: &Comparison| c.country.map(Figure::value);
        rows.sort_by(|a, b| match (value(a), value(b)) {
            (Some(x), Some(y)) => rank::best_first(x, y, series.indicator.polarity),
            (x, y) => y.is_some().cmp(&x.is_some()),
        });
    }
    rows
}

fn own_unit(series: &Series<'_>) -> bool {
    *series.unit == series.indicator.unit.code
}

fn countries<'a>(field: &'a Field<'_>) -> impl Iterator<Item = Geo> + 'a {
    Geo::all().filter(|g| !g.is_aggregate() && field.observation(*g).is_some())
}
