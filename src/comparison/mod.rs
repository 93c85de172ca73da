//! Dataset -> Comparison: a country beside an average, by the rules of METHODS.md.

pub mod average;
pub mod claim;
pub mod field;
pub mod gap;
pub mod rank;
mod record;
pub mod scoreboard;
pub mod table;
pub mod trend;

pub use claim::{Claim, claims};
pub use field::Fields;
pub use scoreboard::CutOff;
pub use table::table;
pub use trend::Trend;

use crate::dataset::Observation;
use crate::settings::Methods;
use crate::vocabulary::{Figure, Geo, Indicator, Place, Polarity, TimePeriod, Word};

/// Where a country stands beside an average, with the band of METHODS.md section 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    Above,
    CloseTo,
    Below,
}

impl Position {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::CloseTo => "close to",
            Self::Below => "below",
        }
    }
}

/// Standard competition ranking (1224) among those that report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    pub rank: u32,
    pub of: u32,
}

/// A publication's country beside one average at one time: a row of `comparisons`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub indicator: Word,
    pub geo: Geo,
    pub time_period: TimePeriod,
    pub unit: Word,
    pub edition: Word,
    pub country: Option<Figure>,
    /// The published aggregate, or `EU27_2020` for a mean of our own.
    pub average_geo: Option<Geo>,
    /// `published` or `computed unweighted`.
    pub average_kind: &'static str,
    pub average: Option<Figure>,
    /// Country minus average in the unit (percentage points for percentages).
    pub gap: Option<f64>,
    pub ratio: Option<f64>,
    pub position: Option<Position>,
    /// Among all countries that report.
    pub rank: Option<Rank>,
    /// Among the EU Member States that report.
    pub rank_eu: Option<Rank>,
    pub z_score: Option<f64>,
    /// Against the previous period with a value.
    pub change: Option<f64>,
    /// Class of the Social Scoreboard, in words.
    pub level_class: Option<&'static str>,
    /// Over five years.
    pub trend_short: Trend,
    /// Over fifteen years or what the series has.
    pub trend_long: Trend,
    pub convergence: Option<f64>,
    pub target: Option<f64>,
    pub target_gap: Option<f64>,
    /// Why there is no gap; empty where there is one.
    pub incomparable: String,
    pub country_place: Option<Place>,
    pub average_place: Option<Place>,
    pub breakdown: Word,
    /// Within how much of the average the country is close to it.
    pub band: Option<f64>,
    /// The period that `change` counts from.
    pub change_from: Option<TimePeriod>,
    /// Why there is no change although there is an earlier value; empty otherwise.
    pub change_refused: &'static str,
    /// First period of the long trend.
    pub trend_long_from: Option<TimePeriod>,
    /// First common period of country and average.
    pub convergence_from: Option<TimePeriod>,
    /// Member States that a mean of our own leaves out.
    pub without: Vec<Geo>,
    /// Country or average is not settled by its source.
    pub uncertain: bool,
}

impl Comparison {
    /// `better` or `worse` than the average, or close to it; `None` without a position or where the indicator has no good end.
    pub fn verdict(&self, indicator: &Indicator) -> Option<&'static str> {
        let position = self.position?;
        let good = match indicator.polarity? {
            Polarity::HigherIsBetter => Position::Above,
            Polarity::LowerIsBetter => Position::Below,
        };
        Some(match position {
            Position::CloseTo => "close to",
            Position::Above | Position::Below => {
                if position == good {
                    "better"
                } else {
                    "worse"
                }
            }
        })
    }
}

/// A country beside every average, for all indicators and periods. For several countries make [`Fields`] once and ask it.
pub fn compare(observations: &[Observation], indicators: &[Indicator], methods: &Methods, geo: Geo) -> Vec<Comparison> {
    Fields::of(observations, indicators, methods).compare(geo)
}

/// What the classes of all indicators and periods were cut with.
pub fn cut_offs(observations: &[Observation], indicators: &[Indicator], methods: &Methods) -> Vec<CutOff> {
    scoreboard::cut_offs(&Fields::of(observations, indicators, methods))
}

/// +1 where high is good, -1 where low is.
fn sign(polarity: Polarity) -> f64 {
    match polarity {
        Polarity::HigherIsBetter => 1.0,
        Polarity::LowerIsBetter => -1.0,
    }
}
