//! Every country's figures of one indicator side by side, indexed once for all comparisons.

use super::average::{self, Average};
use super::scoreboard::{self, Class};
use super::{Rank, rank};
use crate::dataset::Observation;
use crate::settings::methods::{Methods, Threshold};
use crate::vocabulary::{Figure, Geo, Indicator, TimePeriod, Word};
use std::collections::BTreeMap;

/// Unweighted mean and population standard deviation over the Member States that have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    pub mean: f64,
    /// Zero where all values are the same.
    pub deviation: f64,
    pub members: u32,
}

impl Moments {
    /// `None` where there is no value.
    pub fn of(values: &[f64]) -> Option<Self> {
        let first = *values.first()?;
        let members = u32::try_from(values.len()).ok()?;
        let n = f64::from(members);
        // Equal values have no spread; the sums below would leave a rounding error of one.
        if values.iter().all(|v| *v == first) {
            return Some(Self { mean: first, deviation: 0.0, members });
        }
        let mean = values.iter().sum::<f64>() / n;
        let deviation = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
        Some(Self { mean, deviation, members })
    }

    /// How many standard deviations `value` lies above the mean; `None` where there is no spread.
    pub fn score(self, value: f64) -> Option<f64> {
        (self.deviation > 0.0).then(|| (value - self.mean) / self.deviation)
    }
}

/// A difference to the previous period with a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    Since {
        from: TimePeriod,
        by: f64,
    },
    /// Not computed over a break.
    OverBreak {
        from: TimePeriod,
    },
    /// Not computed between biennia that share a year.
    Overlapping {
        from: TimePeriod,
    },
    /// There is no value, or none before.
    None,
}

impl Change {
    pub fn by(self) -> Option<f64> {
        match self {
            Self::Since { by, .. } => Some(by),
            Self::OverBreak { .. } | Self::Overlapping { .. } | Self::None => None,
        }
    }
}

/// All countries at one period.
pub struct Field<'a> {
    pub time_period: TimePeriod,
    cells: Vec<Option<&'a Observation>>,
    changes: Vec<Change>,
    ranks: Vec<Option<Rank>>,
    ranks_eu: Vec<Option<Rank>>,
    /// Levels of the Member States; present from the quorum on.
    pub levels: Option<Moments>,
    /// Changes of the Member States; present from the quorum on, and only where levels are.
    pub shifts: Option<Moments>,
    /// How many Member States have a value.
    pub members: u32,
}

impl<'a> Field<'a> {
    pub fn observation(&self, geo: Geo) -> Option<&'a Observation> {
        self.cells[geo.index()]
    }

    pub fn figure(&self, geo: Geo) -> Option<Figure> {
        self.observation(geo)?.obs_value.figure()
    }

    pub fn value(&self, geo: Geo) -> Option<f64> {
        self.figure(geo).map(Figure::value)
    }

    pub fn change(&self, geo: Geo) -> Change {
        self.changes[geo.index()]
    }

    /// Among all countries that report.
    pub fn rank(&self, geo: Geo) -> Option<Rank> {
        self.ranks[geo.index()]
    }

    /// Among the Member States that report; `None` for others.
    pub fn rank_eu(&self, geo: Geo) -> Option<Rank> {
        self.ranks_eu[geo.index()]
    }

    /// Class of the Social Scoreboard; Member States only, and only where the indicator has a polarity.
    pub fn class(&self, geo: Geo, indicator: &Indicator, methods: &Methods) -> Option<Class> {
        let (levels, shifts) = (self.levels?, self.shifts?);
        if !geo.is_member_state() {
            return None;
        }
        let (value, change) = (self.value(geo)?, self.change(geo).by()?);
        let sign = super::sign(indicator.polarity?);
        let level = -sign * levels.score(value)?;
        let shift = -sign * shifts.score(change)?;
        Some(scoreboard::class(level, shift, sign * change < 0.0, methods))
    }
}

/// All periods of one indicator in one edition, unit and breakdown: what may be compared over time.
pub struct Series<'a> {
    pub indicator: &'a Indicator,
    pub edition: &'a Word,
    pub unit: &'a Word,
    pub breakdown: &'a Word,
    /// In order of time.
    pub fields: Vec<Field<'a>>,
    /// The averages that are compared with, in the order in which they are shown.
    pub averages: Vec<Geo>,
    /// The averages at each of `fields`, the leading one first.
    pub beside: Vec<Vec<Average<'a>>>,
    /// The aggregates that are published somewhere in the series without being such an average.
    pub other_aggregates: Vec<Geo>,
}

impl Series<'_> {
    /// Whether a value of `geo` after `from` and up to `to` (positions in `fields`) is flagged as a break.
    pub fn breaks(&self, geo: Geo, from: usize, to: usize) -> bool {
        self.fields.get(from + 1..=to).is_some_and(|f| f.iter().any(|f| f.observation(geo).is_some_and(|o| o.flags.has('b'))))
    }

    /// The last field in which at least the quorum of Member States reports.
    pub fn latest(&self) -> Option<&Field<'_>> {
        self.fields.iter().rev().find(|f| f.levels.is_some())
    }
}

/// What one country reports, by its place in [`Geo::all`].
type Cells<'a> = Vec<Option<&'a Observation>>;
/// Indicator, edition, whether the unit is not the indicator's own, unit, breakdown.
type SeriesKey<'a> = (usize, &'a Word, bool, &'a Word, &'a Word);

/// All observations by series and period.
pub struct Fields<'a> {
    /// In the order of the indicators, then by edition; an indicator's own unit before others.
    pub series: Vec<Series<'a>>,
    pub methods: &'a Methods,
}

impl<'a> Fields<'a> {
    /// Indexes the observations of the given indicators; observations of others are left out. The first of several with one key stands.
    pub fn of(observations: &'a [Observation], indicators: &'a [Indicator], methods: &'a Methods) -> Self {
        let places = Geo::all().count();
        let codes: BTreeMap<&str, usize> = indicators.iter().enumerate().map(|(i, indicator)| (indicator.code.as_str(), i)).collect();
        let mut index: BTreeMap<SeriesKey<'a>, BTreeMap<TimePeriod, Cells<'a>>> = BTreeMap::new();
        // Neighbours mostly share their series.
        let same = |a: &Observation, b: &Observation| {
            a.indicator == b.indicator && a.edition == b.edition && a.unit == b.unit && a.breakdown == b.breakdown
        };
        for run in observations.chunk_by(same) {
            let first = &run[0];
            let Some(&position) = codes.get(first.indicator.as_str()) else { continue };
            let own_unit_first = first.unit != indicators[position].unit.code;
            let periods = index.entry((position, &first.edition, own_unit_first, &first.unit, &first.breakdown)).or_default();
            for o in run {
                let cells = periods.entry(o.time_period).or_insert_with(|| vec![None; places]);
                cells[o.geo.index()].get_or_insert(o);
            }
        }
        let series = index
            .into_iter()
            .map(|((position, edition, _, unit, breakdown), periods)| {
                let indicator = &indicators[position];
                let published: Vec<Geo> = Geo::all()
                    .filter(|g| g.is_aggregate() && periods.values().any(|c| c[g.index()].is_some_and(|o| o.obs_value.figure().is_some())))
                    .collect();
                let averages = if indicator.averages.is_empty() { published.clone() } else { indicator.averages.clone() };
                let other_aggregates = published.into_iter().filter(|g| !averages.contains(g)).collect();
                let fields = fields(periods.into_iter().collect(), indicator, methods);
                let beside = fields.iter().map(|field| average::averages(indicator, &averages, field, methods)).collect();
                Series { indicator, edition, unit, breakdown, fields, averages, beside, other_aggregates }
            })
            .collect();
        Self { series, methods }
    }
}

fn fields<'a>(periods: Vec<(TimePeriod, Cells<'a>)>, indicator: &Indicator, methods: &Methods) -> Vec<Field<'a>> {
    let quorum = |m: Moments| f64::from(m.members) >= methods.get(Threshold::Quorum);
    let mut fields: Vec<Field<'a>> = Vec::with_capacity(periods.len());
    for (time_period, cells) in periods {
        let mut field = Field {
            time_period,
            cells,
            changes: Vec::new(),
            ranks: Vec::new(),
            ranks_eu: Vec::new(),
            levels: None,
            shifts: None,
            members: 0,
        };
        field.changes = Geo::all().map(|geo| change(&fields, &field, geo)).collect();
        let mut all: Vec<(Geo, f64)> = Geo::all().filter(|g| !g.is_aggregate()).filter_map(|g| Some((g, field.value(g)?))).collect();
        let members: Vec<(Geo, f64)> = all.iter().copied().filter(|(g, _)| g.is_member_state()).collect();
        let levels: Vec<f64> = members.iter().map(|(_, v)| *v).collect();
        let shifts: Vec<f64> = members.iter().filter_map(|(g, _)| field.change(*g).by()).collect();
        field.members = u32::try_from(members.len()).expect("fewer Member States than 2^32");
        field.levels = Moments::of(&levels).filter(|m| quorum(*m));
        field.shifts = field.levels.and_then(|_| Moments::of(&shifts)).filter(|m| quorum(*m));
        field.ranks = rank::ranks(&mut all, indicator.polarity);
        field.ranks_eu = rank::ranks(&mut { members }, indicator.polarity);
        fields.push(field);
    }
    fields
}

/// The change of `geo` to `field`, which comes after `before`.
fn change(before: &[Field<'_>], field: &Field<'_>, geo: Geo) -> Change {
    let Some(value) = field.value(geo) else { return Change::None };
    let mut broken = field.observation(geo).is_some_and(|o| o.flags.has('b'));
    for earlier in before.iter().rev().filter(|f| same_kind(f.time_period, field.time_period)) {
        let Some(previous) = earlier.value(geo) else {
            // A break flagged on a missing value lies between all the same.
            broken |= earlier.observation(geo).is_some_and(|o| o.flags.has('b'));
            continue;
        };
        let from = earlier.time_period;
        return if overlap(from, field.time_period) {
            Change::Overlapping { from }
        } else if broken {
            Change::OverBreak { from }
        } else {
            Change::Since { from, by: value - previous }
        };
    }
    Change::None
}

/// Periods of one length follow each other; a year and a biennium do not.
pub(super) fn same_kind(a: TimePeriod, b: TimePeriod) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

/// Two biennia that share a year.
pub(super) fn overlap(a: TimePeriod, b: TimePeriod) -> bool {
    let biennium = |p| matches!(p, TimePeriod::Biennium { .. });
    biennium(a) && biennium(b) && a.start_year().max(b.start_year()) <= a.end_year().min(b.end_year())
}
