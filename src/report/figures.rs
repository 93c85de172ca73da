//! What publications that show the same figures share: indexed, ranked and cited once.

use super::{Cited, Standings, standings};
use crate::comparison::Fields;
use crate::dataset::{Observation, Revision};
use crate::vocabulary::{Geo, TimePeriod};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One country's or average's figures of an indicator.
pub type Series<'a> = BTreeMap<TimePeriod, &'a Observation>;

/// The observations of some publications: nothing newer than their editions, and one edition per indicator, country and period.
pub struct Figures<'a> {
    pub observations: &'a [Observation],
    /// Those of them that stood otherwise in an earlier publication.
    pub revisions: &'a [Revision],
    /// All countries beside each other.
    pub standings: Arc<Vec<Standings>>,
    /// The cells and lines of the observations.
    pub cited: Arc<Vec<Cited>>,
    /// Codes of the indicators that have an observation.
    pub indicators: BTreeSet<&'a str>,
    /// Ids of the sources that have one.
    pub sources: BTreeSet<&'a str>,
    series: BTreeMap<&'a str, BTreeMap<Geo, Series<'a>>>,
}

impl<'a> Figures<'a> {
    /// `fields` and `cited` are of the same observations.
    pub fn of(observations: &'a [Observation], revisions: &'a [Revision], fields: &Fields<'_>, cited: Arc<Vec<Cited>>) -> Self {
        let mut series: BTreeMap<&str, BTreeMap<Geo, Series<'a>>> = BTreeMap::new();
        // Neighbours mostly share their indicator and country.
        for run in observations.chunk_by(|a, b| a.indicator == b.indicator && a.geo == b.geo) {
            let of_country = series.entry(&run[0].indicator).or_default().entry(run[0].geo).or_default();
            of_country.extend(run.iter().map(|o| (o.time_period, o)));
        }
        Self {
            observations,
            revisions,
            standings: Arc::new(standings::standings(fields)),
            cited,
            indicators: series.keys().copied().collect(),
            sources: observations.iter().map(|o| o.source.as_str()).collect(),
            series,
        }
    }

    /// The figures of an indicator for a country or aggregate, by period; `None` if there are none.
    pub fn series(&self, indicator: &str, geo: Geo) -> Option<&Series<'a>> {
        self.series.get(indicator)?.get(&geo)
    }
}
