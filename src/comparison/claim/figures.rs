//! The figures that a claim is held against.

use crate::comparison::{Rank, rank};
use crate::dataset::Observation;
use crate::vocabulary::{Figure, Geo, Indicator};
use std::collections::BTreeMap;

/// The figures of a country and everyone beside it.
pub struct Held<'a> {
    pub geo: Geo,
    /// What the publication shows: nothing newer than its edition.
    selected: BTreeMap<&'a str, Vec<&'a Observation>>,
    /// Everything that was read, for claims that name their edition.
    all: BTreeMap<&'a str, Vec<&'a Observation>>,
}

impl<'a> Held<'a> {
    pub fn of(geo: Geo, selected: &'a [Observation], all: &'a [Observation]) -> Self {
        fn index(observations: &[Observation]) -> BTreeMap<&str, Vec<&Observation>> {
            let mut index: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
            // Neighbours mostly share their indicator.
            for run in observations.chunk_by(|a, b| a.indicator == b.indicator) {
                index.entry(&run[0].indicator).or_default().extend(run);
            }
            index
        }
        Self { geo, selected: index(selected), all: index(all) }
    }

    fn in_unit(&self, indicator: &Indicator, named: Option<i32>) -> impl Iterator<Item = &'a Observation> {
        let observations = if named.is_some() { &self.all } else { &self.selected };
        let unit = indicator.unit.code.clone();
        observations
            .get(indicator.code.as_str())
            .into_iter()
            .flatten()
            .copied()
            .filter(move |o| o.unit == unit && named.is_none_or(|year| edition_year(&o.edition) == Some(year)))
    }

    /// The newest figure of the edition that the text names, else of those that the publication shows.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn find(&self, indicator: &Indicator, geo: Geo, named: Option<i32>) -> Result<&'a Observation, String> {
        let newest = self.in_unit(indicator, named).filter(|o| o.geo == geo).max_by_key(|o| (o.time_period, &o.edition));
        newest.ok_or_else(|| match named {
            Some(year) => format!("no figure of the edition {year}"),
            None => "no figure that is not newer than the publication".to_owned(),
        })
    }

    /// A reason why there is no figure, with the first later figure as information: nothing is held against it.
    pub(super) fn with_later(&self, indicator: &Indicator, geo: Geo, reason: &str) -> String {
        let shown = self.selected.get(indicator.code.as_str());
        let newest = shown.into_iter().flatten().filter(|o| o.geo == geo).map(|o| o.time_period).max();
        let all = self.all.get(indicator.code.as_str()).into_iter().flatten();
        let later = all.filter(|o| o.geo == geo && newest.is_none_or(|period| o.time_period > period));
        let first = later.filter_map(|o| Some((o.time_period, &o.edition, o.obs_value.figure()?))).min_by_key(|(p, e, _)| (*p, *e));
        first.map_or_else(
            || reason.to_owned(),
            |(period, edition, figure)| {
                let figure = figure.with_decimals(figure.decimals().min(indicator.decimals));
                format!("{reason}; the first later one is {figure} for {} (edition {edition})", period.printed())
            },
        )
    }

    /// The leading average beside an observation.
    pub(super) fn average(&self, indicator: &Indicator, beside: &Observation) -> Option<(Geo, Figure)> {
        indicator.averages.iter().find_map(|geo| {
            let average = self.beside(beside).find(|o| o.geo == *geo)?;
            Some((*geo, average.obs_value.figure()?))
        })
    }

    /// The ranks of an observation: among all countries, and among Member States.
    pub(super) fn ranks(&self, indicator: &Indicator, of: &Observation) -> Vec<Rank> {
        let countries = self.beside(of).filter(|o| !o.geo.is_aggregate());
        let mut values: Vec<(Geo, f64)> = countries.filter_map(|o| Some((o.geo, o.obs_value.figure()?.value()))).collect();
        let mut members: Vec<(Geo, f64)> = values.iter().copied().filter(|(g, _)| g.is_member_state()).collect();
        let ranks = [rank::ranks(&mut values, indicator.polarity), rank::ranks(&mut members, indicator.polarity)];
        ranks.iter().filter_map(|r| r[of.geo.index()]).collect()
    }

    /// Observations of the same indicator, period, unit, breakdown and edition.
    fn beside(&self, one: &Observation) -> impl Iterator<Item = &'a Observation> {
        let key = |o: &Observation| (o.time_period, o.unit.clone(), o.breakdown.clone(), o.edition.clone());
        let wanted = key(one);
        self.all.get(one.indicator.as_str()).into_iter().flatten().copied().filter(move |o| key(o) == wanted)
    }
}

/// The last year in the name of an edition: `2022`, `EIF_MM_2021`.
pub(super) fn edition_year(edition: &str) -> Option<i32> {
    edition.split(|c: char| !c.is_ascii_digit()).rfind(|part| part.len() == 4)?.parse().ok()
}
