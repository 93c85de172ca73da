//! Trends after Eurostat's method for the Sustainable Development Goals, METHODS.md section 6.

use super::field::{Series, same_kind};
use crate::settings::methods::{Methods, Threshold};
use crate::vocabulary::{Geo, Polarity, TimePeriod};
use std::fmt;

/// How an indicator moved, in the method's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Movement {
    SignificantProgress,
    ModerateProgress,
    /// With a target only: the right direction, too slowly.
    InsufficientProgress,
    ModerateMovementAway,
    SignificantMovementAway,
    /// With a target only.
    MovementAway,
}

impl Movement {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignificantProgress => "significant progress",
            Self::ModerateProgress => "moderate progress",
            Self::InsufficientProgress => "insufficient progress",
            Self::ModerateMovementAway => "moderate movement away",
            Self::SignificantMovementAway => "significant movement away",
            Self::MovementAway => "movement away",
        }
    }
}

/// Why a trend is not assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAssessed {
    NoValue,
    FewerThanTwoPoints,
    /// The short term wants a value at this period.
    NoValueAt(TimePeriod),
    Break,
    ZeroBase,
    MixedSigns,
    NegativeValues,
    /// The indicator has no good end.
    NoPolarity,
}

impl fmt::Display for NotAssessed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue => f.write_str("no value"),
            Self::FewerThanTwoPoints => f.write_str("fewer than two points"),
            Self::NoValueAt(period) => write!(f, "no value for {}", period.printed()),
            Self::Break => f.write_str("break in series"),
            Self::ZeroBase => f.write_str("zero base"),
            Self::MixedSigns => f.write_str("mixed signs"),
            Self::NegativeValues => f.write_str("negative values"),
            Self::NoPolarity => f.write_str("neither direction is progress"),
        }
    }
}

/// The trend of a series up to a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trend {
    Assessed {
        movement: Movement,
        from: TimePeriod,
        /// Compound annual growth rate as a fraction, not turned by polarity.
        growth: f64,
        /// Growth over the growth that the target requires; `None` without target.
        of_required: Option<f64>,
    },
    /// The value already reaches the target: said, not computed.
    TargetMet {
        from: TimePeriod,
    },
    NotAssessed(NotAssessed),
}

impl Trend {
    /// The first period of the trend.
    pub fn from(self) -> Option<TimePeriod> {
        match self {
            Self::Assessed { from, .. } | Self::TargetMet { from } => Some(from),
            Self::NotAssessed(_) => None,
        }
    }

    pub fn growth(self) -> Option<f64> {
        match self {
            Self::Assessed { growth, .. } => Some(growth),
            Self::TargetMet { .. } | Self::NotAssessed(_) => None,
        }
    }
}

impl fmt::Display for Trend {
    /// As the columns `trend_short` and `trend_long` hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Assessed { movement, .. } => f.write_str(movement.as_str()),
            Self::TargetMet { .. } => f.write_str("target met"),
            Self::NotAssessed(why) => write!(f, "not assessed: {why}"),
        }
    }
}

/// Over five years: needs a value exactly that long before.
pub fn short(series: &Series<'_>, at: usize, geo: Geo, methods: &Methods) -> Trend {
    let to = series.fields[at].time_period;
    let start = shifted(to, methods.get(Threshold::TrendShort));
    let from = series.fields[..at].iter().position(|f| f.time_period == start && f.value(geo).is_some());
    let why = if series.fields[..at].iter().any(|f| same_kind(f.time_period, to) && f.value(geo).is_some()) {
        NotAssessed::NoValueAt(start)
    } else {
        NotAssessed::FewerThanTwoPoints
    };
    trend(series, from.ok_or(why), at, geo, methods)
}

/// Over fifteen years or what the series has.
pub fn long(series: &Series<'_>, at: usize, geo: Geo, methods: &Methods) -> Trend {
    let to = series.fields[at].time_period;
    let start = shifted(to, methods.get(Threshold::TrendLong));
    let from = series.fields[..at].iter().position(|f| same_kind(f.time_period, to) && f.time_period >= start && f.value(geo).is_some());
    trend(series, from.ok_or(NotAssessed::FewerThanTwoPoints), at, geo, methods)
}

fn trend(series: &Series<'_>, from: Result<usize, NotAssessed>, at: usize, geo: Geo, methods: &Methods) -> Trend {
    assess(series, from, at, geo, methods).unwrap_or_else(Trend::NotAssessed)
}

fn assess(series: &Series<'_>, from: Result<usize, NotAssessed>, at: usize, geo: Geo, methods: &Methods) -> Result<Trend, NotAssessed> {
    let last = series.fields[at].value(geo).ok_or(NotAssessed::NoValue)?;
    let start = from?;
    let polarity = series.indicator.polarity.ok_or(NotAssessed::NoPolarity)?;
    let (from, to) = (series.fields[start].time_period, series.fields[at].time_period);
    let first = series.fields[start].value(geo).ok_or(NotAssessed::NoValue)?;
    if series.breaks(geo, start, at) {
        return Err(NotAssessed::Break);
    }
    let growth = growth(first, last, to.end_year() - from.end_year())?;
    let Some(target) = &series.indicator.target else {
        let threshold = methods.get(Threshold::TrendSignificant) / 100.0;
        return Ok(Trend::Assessed { movement: free(super::sign(polarity) * growth, threshold), from, growth, of_required: None });
    };
    if reached(last, target.value, polarity) {
        return Ok(Trend::TargetMet { from });
    }
    // Who had reached the target and no longer does, moved away, whatever the quotient of two negative rates says.
    if reached(first, target.value, polarity) {
        return Ok(Trend::Assessed { movement: Movement::MovementAway, from, growth, of_required: None });
    }
    let required = self::growth(first, target.value, target.year - from.end_year())?;
    let part = growth / required;
    let movement = if part >= methods.get(Threshold::TargetSignificant) / 100.0 {
        Movement::SignificantProgress
    } else if part >= methods.get(Threshold::TargetModerate) / 100.0 {
        Movement::ModerateProgress
    } else if part >= 0.0 {
        Movement::InsufficientProgress
    } else {
        Movement::MovementAway
    };
    Ok(Trend::Assessed { movement, from, growth, of_required: Some(part) })
}

/// Whether a value reaches a target.
pub fn reached(value: f64, target: f64, polarity: Polarity) -> bool {
    match polarity {
        Polarity::HigherIsBetter => value >= target,
        Polarity::LowerIsBetter => value <= target,
    }
}

/// Compound annual growth rate as a fraction.
pub fn growth(first: f64, last: f64, years: i32) -> Result<f64, NotAssessed> {
    if years <= 0 {
        Err(NotAssessed::FewerThanTwoPoints)
    } else if first == 0.0 {
        Err(NotAssessed::ZeroBase)
    } else if first * last < 0.0 {
        Err(NotAssessed::MixedSigns)
    } else if first < 0.0 {
        Err(NotAssessed::NegativeValues)
    } else {
        Ok((last / first).powf(1.0 / f64::from(years)) - 1.0)
    }
}

/// Words of a growth rate that polarity has turned, without a target.
pub fn free(growth: f64, threshold: f64) -> Movement {
    if growth >= threshold {
        Movement::SignificantProgress
    } else if growth >= 0.0 {
        Movement::ModerateProgress
    } else if growth > -threshold {
        Movement::ModerateMovementAway
    } else {
        Movement::SignificantMovementAway
    }
}

/// The same period so many years before.
fn shifted(period: TimePeriod, years: f64) -> TimePeriod {
    #[allow(clippy::cast_possible_truncation)] // a threshold in whole years; a saturated one lies before every series
    let years = years as i32;
    match period {
        TimePeriod::Year(year) => TimePeriod::Year(year.saturating_sub(years)),
        TimePeriod::HalfYear { year, half } => TimePeriod::HalfYear { year: year.saturating_sub(years), half },
        TimePeriod::Quarter { year, quarter } => TimePeriod::Quarter { year: year.saturating_sub(years), quarter },
        TimePeriod::Month { year, month } => TimePeriod::Month { year: year.saturating_sub(years), month },
        TimePeriod::Biennium { first } => TimePeriod::Biennium { first: first.saturating_sub(years) },
    }
}
