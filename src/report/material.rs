//! What a report is made from: selected observations and comparisons, indexed, with the one way to show a figure.

use super::{Figures, Shown};
use crate::comparison::{Comparison, Rank};
use crate::dataset::Observation;
use crate::settings::indicators::{Group, Indicators};
use crate::source::Origin;
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Figure, Flags, Geo, Indicator, Lines, Missing, ObsValue, Place, TimePeriod, figure};
use std::collections::{BTreeMap, BTreeSet};

/// The figures of one publication: nothing newer than its edition.
pub struct Material<'a> {
    pub geo: Geo,
    /// Printed name of the country.
    pub country: String,
    pub indicators: &'a Indicators,
    /// Where the figures come from.
    pub sources: &'a [Origin],
    pub figures: &'a Figures<'a>,
    comparisons: BTreeMap<&'a str, BTreeMap<TimePeriod, Vec<&'a Comparison>>>,
}

impl<'a> Material<'a> {
    /// The comparisons of other countries are left out.
    pub fn new(
        geo: Geo,
        country: impl Into<String>,
        indicators: &'a Indicators,
        sources: &'a [Origin],
        figures: &'a Figures<'a>,
        comparisons: &'a [Comparison],
    ) -> Self {
        let mut by_indicator: BTreeMap<&str, BTreeMap<TimePeriod, Vec<&Comparison>>> = BTreeMap::new();
        for c in comparisons.iter().filter(|c| c.geo == geo) {
            by_indicator.entry(&c.indicator).or_default().entry(c.time_period).or_default().push(c);
        }
        Self { geo, country: country.into(), indicators, sources, figures, comparisons: by_indicator }
    }

    /// The series of an indicator for a country or aggregate, by period; empty if there is none.
    pub fn series<'b>(
        &'b self,
        indicator: &Indicator,
        geo: Geo,
    ) -> impl DoubleEndedIterator<Item = (TimePeriod, &'a Observation)> + use<'a, 'b> {
        self.figures.series(&indicator.code, geo).into_iter().flatten().map(|(p, o)| (*p, *o))
    }

    pub fn observation(&self, indicator: &Indicator, geo: Geo, period: TimePeriod) -> Option<&'a Observation> {
        self.figures.series(&indicator.code, geo)?.get(&period).copied()
    }

    /// Periods in which the country or the leading average has a row.
    pub fn periods(&self, indicator: &Indicator) -> Vec<TimePeriod> {
        let both = [Some(self.geo), self.leading_average(indicator)];
        let periods: BTreeSet<TimePeriod> =
            both.into_iter().flatten().flat_map(|geo| self.series(indicator, geo).map(|(p, _)| p).collect::<Vec<_>>()).collect();
        periods.into_iter().collect()
    }

    /// The first of the indicator's averages for which a value is held.
    pub fn leading_average(&self, indicator: &Indicator) -> Option<Geo> {
        indicator.averages.iter().copied().find(|geo| self.series(indicator, *geo).any(|(_, o)| o.obs_value.figure().is_some()))
    }

    /// Comparisons of the indicator at a period, the leading average first.
    pub fn comparisons_at(&self, indicator: &Indicator, period: TimePeriod) -> &[&'a Comparison] {
        self.comparisons.get(indicator.code.as_str()).and_then(|c| c.get(&period)).map_or(&[], Vec::as_slice)
    }

    /// The newest comparison with a value of the country, against the leading average.
    pub fn latest(&self, indicator: &Indicator) -> Option<&'a Comparison> {
        let periods = self.comparisons.get(indicator.code.as_str())?;
        periods.values().rev().find_map(|rows| rows.first().copied().filter(|c| c.country.is_some()))
    }

    /// The group's indicators in the order of `indicators.toml`.
    pub fn group<'b>(&'b self, key: &'b str) -> impl Iterator<Item = &'a Indicator> + 'b {
        self.indicators.indicators.iter().filter(move |i| i.group == key)
    }

    pub fn group_named(&self, key: &str) -> Option<&'a Group> {
        self.indicators.groups.iter().find(|g| g.key == key)
    }

    /// The country's value of a comparison with its flags; `:` if there is none.
    pub fn country_value(&self, c: &Comparison, indicator: &Indicator) -> Shown {
        let plain = country(c, indicator);
        match self.observation(indicator, c.geo, c.time_period).filter(|o| o.edition == c.edition) {
            Some(o) => with_marks(plain, o),
            None => plain,
        }
    }

    /// The average of a comparison with its flags.
    pub fn average_value(&self, c: &Comparison, indicator: &Indicator) -> Option<Shown> {
        let plain = average(c, indicator)?;
        let observation = c.average_geo.and_then(|geo| self.observation(indicator, geo, c.time_period));
        Some(match observation.filter(|o| o.edition == c.edition && c.average_place.is_some()) {
            Some(o) => with_marks(plain, o),
            None => plain,
        })
    }

    /// Countries with a value of the indicator at a period, in protocol order.
    pub fn countries(&self, indicator: &Indicator, period: TimePeriod) -> Vec<(Geo, &'a Observation)> {
        Geo::all()
            .filter(|g| !g.is_aggregate())
            .filter_map(|g| self.observation(indicator, g, period).filter(|o| o.obs_value.figure().is_some()).map(|o| (g, o)))
            .collect()
    }
}

/// The decimals with which values of an indicator that stand together are shown: those of the indicator; on the scale of
/// 1 to 4, where sources print whole numbers beside means, as few as these values need.
fn decimals(indicator: &Indicator, values: &[f64]) -> u8 {
    let most = indicator.decimals;
    match indicator.unit.kind {
        UnitKind::Score4 => {
            let exact = |d: u8| values.iter().all(|v| figure::round(*v, d) == figure::round(*v, most));
            (0..=most).find(|d| exact(*d)).unwrap_or(most)
        }
        UnitKind::Percent | UnitKind::Score100 | UnitKind::Number => most,
    }
}

/// The decimals of a comparison's country, average and gap.
pub fn decimals_of(c: &Comparison, indicator: &Indicator) -> u8 {
    let values: Vec<f64> = [c.country, c.average].into_iter().flatten().map(Figure::value).collect();
    decimals(indicator, &values)
}

/// What stands raised after a figure is what its observation has.
fn with_marks(plain: Shown, o: &Observation) -> Shown {
    Shown { flags: o.flags.clone(), uncertain: !o.alternatives.is_empty(), corrected: o.corrected, ..plain }
}

/// Shows an observation with the decimals of its indicator.
pub fn shown(o: &Observation, indicator: &Indicator) -> Shown {
    let digits = o.obs_value.figure().map_or(indicator.decimals, |f| decimals(indicator, &[f.value()]));
    let id = format!("{}/{}/{}/{}#obs_value", o.indicator, o.geo, o.time_period, o.edition);
    match o.obs_value {
        ObsValue::Figure(f) => Shown {
            id,
            value: Some(f.value()),
            decimals: digits,
            text: figure::word(f.value(), digits),
            flags: o.flags.clone(),
            uncertain: !o.alternatives.is_empty(),
            corrected: o.corrected,
            place: Some(o.place.clone()),
        },
        ObsValue::Missing(missing) => Shown {
            id,
            value: None,
            decimals: indicator.decimals,
            text: mark(missing).to_owned(),
            flags: o.flags.clone(),
            uncertain: false,
            corrected: o.corrected,
            place: Some(o.place.clone()),
        },
    }
}

/// A place in a series that has no row: `:`.
pub fn absent(indicator: &Indicator, geo: Geo, period: TimePeriod) -> Shown {
    Shown {
        id: format!("{}/{geo}/{period}/#obs_value", indicator.code),
        value: None,
        decimals: indicator.decimals,
        text: mark(Missing::NotAvailable).to_owned(),
        flags: Flags::default(),
        uncertain: false,
        corrected: false,
        place: None,
    }
}

/// The code of the missing value, as Eurostat prints it.
fn mark(missing: Missing) -> &'static str {
    match missing {
        Missing::NotAvailable => ":",
        Missing::NotApplicable => "m",
        Missing::Confidential => "C",
        Missing::BelowHalfUnit => "0n",
    }
}

fn computed(c: &Comparison, column: &str, value: Option<f64>, decimals: u8, signed: bool) -> Shown {
    let text = value.map_or_else(
        || mark(Missing::NotAvailable).to_owned(),
        |v| if signed { signed_word(v, decimals) } else { figure::word(v, decimals) },
    );
    Shown {
        id: format!("{}/{}/{}/{}#{column}", c.indicator, c.geo, c.time_period, c.edition),
        value,
        decimals,
        text,
        flags: Flags::default(),
        uncertain: false,
        corrected: false,
        place: None,
    }
}

/// The gap of a comparison, signed: `+19.4`, `−0.6`, `0`.
pub fn gap(c: &Comparison, indicator: &Indicator) -> Shown {
    computed(c, "gap", c.gap, decimals_of(c, indicator), true)
}

/// The average's value of a comparison.
pub fn average(c: &Comparison, indicator: &Indicator) -> Option<Shown> {
    c.average.map(|f| Shown {
        place: c.average_place.clone(),
        ..computed(c, "average_value", Some(f.value()), decimals_of(c, indicator), false)
    })
}

/// The country's value of a comparison; `:` if there is none.
pub fn country(c: &Comparison, indicator: &Indicator) -> Shown {
    Shown { place: c.country_place.clone(), ..computed(c, "country_value", c.country.map(Figure::value), decimals_of(c, indicator), false) }
}

/// Target and distance of a comparison.
pub fn target(c: &Comparison) -> Option<Shown> {
    c.target.map(|t| computed(c, "target", Some(t), if t.fract() == 0.0 { 0 } else { 1 }, false))
}

/// A number with its sign; zero as it rounds has none.
pub fn signed_word(value: f64, decimals: u8) -> String {
    let text = figure::word(value, decimals);
    if figure::round(value, decimals) > 0.0 { format!("+{text}") } else { text }
}

/// The rank among those that the average is of: the Member States for an average of the EU, else all countries.
pub fn rank(c: &Comparison) -> Option<Rank> {
    let of_members = c.average_geo.is_some_and(Geo::is_average_of_members) && c.geo.is_member_state();
    if of_members { c.rank_eu } else { c.rank }
}

/// `7 of 26`; empty without a rank.
pub fn rank_text(c: &Comparison) -> String {
    rank(c).map_or_else(String::new, |r| format!("{} of {}", r.rank, r.of))
}

/// A number counted from rows of a text dataset, with the place of the first and last of them.
pub fn counted(dataset: &str, column: &str, count: usize, file: &str, lines: Option<Lines>) -> Shown {
    let value = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Shown {
        id: format!("{dataset}/{}#{column}", lines.map_or(0, Lines::start)),
        value: Some(value),
        decimals: 0,
        text: figure::word(value, 0),
        flags: Flags::default(),
        uncertain: false,
        corrected: false,
        place: lines.map(|l| Place::lines(file, l)),
    }
}
