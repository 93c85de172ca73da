//! Charts as data: what is shown, in which order, with which words. Where marks stand is the writer's affair.

use super::Shown;
use crate::vocabulary::{Geo, TimePeriod};

/// One chart with the words around it.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Stable id within the publication, also the SVG's file name: `use-i_iugov12`.
    pub id: String,
    /// What it tells, at most two lines.
    pub finding: String,
    /// What, where, when, unit.
    pub what: String,
    /// Alternative text made from the data: what is shown, the extremes, the last values.
    pub alt: String,
    pub kind: ChartKind,
    /// May be empty.
    pub note: String,
    pub source: String,
}

#[derive(Clone, Debug)]
pub enum ChartKind {
    Line(LineChart),
    /// Distance from the average per indicator, grouped by source.
    Gap(GapPlot),
    /// Dimensions and indicators, country bar and average mark.
    Bars(Bars),
    /// Country and average as dots on the scale 1 to 4.
    Scoreboard(Scoreboard),
    /// All countries of each indicator on one scale.
    Ranks(Ranks),
    /// Country, average and target per indicator.
    Distance(Distance),
    /// Country and average as two ends of a bar.
    Dumbbell(Dumbbell),
    /// The largest gaps on either side of the average.
    Extremes(Extremes),
    Timeline(Timeline),
}

/// A country against an average over time.
#[derive(Clone, Debug)]
pub struct LineChart {
    pub country_code: String,
    pub country_name: String,
    /// `EU`, `EU27+`; empty if there is no average.
    pub average_name: String,
    /// `%`, or empty.
    pub unit: String,
    pub gap_unit: String,
    pub periods: Vec<TimePeriod>,
    /// One per period; `text` `:` where missing. Flags stand raised after the value; an uncertain value is drawn open and
    /// has a raised `a`, which the note explains (`(a) Uncertain: …`).
    pub country: Vec<Shown>,
    /// One per period; empty if there is no average.
    pub average: Vec<Shown>,
    /// One per period; empty if there is no average.
    pub gap: Vec<Shown>,
    /// Foot of the value axis: 0, except for indices, where the foot is marked as broken and `what` says so.
    pub minimum: f64,
    /// Top of the value axis, as [`nice_maximum`] gives it. Small multiples share it.
    pub maximum: f64,
    /// As a panel of a small multiple: no value table.
    pub spark: bool,
}

#[derive(Clone, Debug)]
pub struct GapPlot {
    pub country_code: String,
    pub country_name: String,
    /// In the heads: `EU`.
    pub average_name: String,
    pub groups: Vec<GapGroup>,
}

#[derive(Clone, Debug)]
pub struct GapGroup {
    pub heading: String,
    /// Right of the heading: `EU27+, scores 0–100`.
    pub aside: String,
    /// Largest gap first.
    pub rows: Vec<ValueRow>,
}

/// A row of a chart: a country's value, the average, the gap and the rank.
#[derive(Clone, Debug)]
pub struct ValueRow {
    /// Number of the row in its source: `1`; empty if there is none.
    pub number: String,
    pub label: String,
    /// Raised letter of a footnote after the label; empty if there is none.
    pub mark: String,
    pub country: Shown,
    pub average: Option<Shown>,
    pub gap: Option<Shown>,
    /// `7 of 26`; empty if there is none.
    pub rank: String,
    /// False where a lower value is better: decides whose colour the connector takes.
    pub higher_is_better: bool,
}

#[derive(Clone, Debug)]
pub struct Bars {
    pub average_name: String,
    pub country_code: String,
    pub maximum: f64,
    /// Dimension row and its indicators.
    pub dimensions: Vec<(ValueRow, Vec<ValueRow>)>,
}

#[derive(Clone, Debug)]
pub struct Scoreboard {
    pub average_name: String,
    pub country_code: String,
    pub country_name: String,
    pub minimum: f64,
    pub maximum: f64,
    pub boards: Vec<Board>,
}

/// One of several scoreboards on one scale.
#[derive(Clone, Debug)]
pub struct Board {
    /// `Scoreboard 1: the twelve principles`.
    pub heading: String,
    /// In the order of the source; a country without value has no score.
    pub rows: Vec<ValueRow>,
}

/// Rank strips under one head.
#[derive(Clone, Debug)]
pub struct Ranks {
    pub country: Geo,
    pub country_name: String,
    /// `EU`.
    pub average_name: String,
    pub strips: Vec<RankStrip>,
}

#[derive(Clone, Debug)]
pub struct RankStrip {
    pub label: String,
    /// `Eurostat, 2021, %`.
    pub aside: String,
    pub minimum: f64,
    pub maximum: f64,
    /// All that report, in any order; without aggregates.
    pub countries: Vec<(Geo, Shown)>,
    pub average: Option<Shown>,
    /// `7th`, `of 26`; empty where the country does not report.
    pub rank: String,
    pub rank_of: String,
}

/// Country and average on the way to a target.
#[derive(Clone, Debug)]
pub struct Distance {
    pub country_code: String,
    pub country_name: String,
    pub average_name: String,
    /// Year of the target: `2030`.
    pub year: i32,
    /// Top of the scale, which starts at zero.
    pub maximum: f64,
    pub rows: Vec<DistanceRow>,
}

#[derive(Clone, Debug)]
pub struct DistanceRow {
    pub label: String,
    pub country: Shown,
    pub average: Option<Shown>,
    pub target: Shown,
    /// Target minus country: what is left to do; `reached` where nothing is.
    pub to_go: String,
}

#[derive(Clone, Debug)]
pub struct Dumbbell {
    /// The marks' names, for the key of the SVG file; the page has its own key.
    pub country_name: String,
    pub average_name: String,
    pub minimum: f64,
    pub maximum: f64,
    /// `aside` is not shown here: the heading says which average it is.
    pub groups: Vec<GapGroup>,
}

/// Where the country is furthest ahead and furthest behind.
#[derive(Clone, Debug)]
pub struct Extremes {
    pub country_code: String,
    pub average_name: String,
    /// Largest first: short name of the source and the row.
    pub ahead: Vec<(String, ValueRow)>,
    /// Largest last.
    pub behind: Vec<(String, ValueRow)>,
}

/// Dated events in rows, certain and ambiguous.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub first_year: i32,
    pub last_year: i32,
    pub events: Vec<TimelineEvent>,
}

#[derive(Clone, Debug)]
pub struct TimelineEvent {
    /// Best year; `None` where not even a best one is known.
    pub year: Option<i32>,
    pub label: String,
    /// BCP 47 of the label where it differs from the document's; else empty.
    pub language: String,
    /// Other possible years; empty if certain.
    pub alternatives: Vec<i32>,
    /// `217` or `217–218`.
    pub lines: String,
}

/// Steps of a value axis: 1, 2, 2.5 and 5 times a power of ten.
const NICE: [f64; 4] = [1.0, 2.0, 2.5, 5.0];

/// The lowest number at or above `largest` that an axis from zero reaches in three to five equal nice steps, and the step:
/// 78 gives 80 in steps of 20, 94 gives 100 in steps of 25. Four steps are preferred where several end alike.
/// 1 in steps of 0.25 for what is not positive and finite.
pub fn nice_axis(largest: f64) -> (f64, f64) {
    if !(largest.is_finite() && largest > 1e-12 && largest < 1e15) {
        return (1.0, 0.25);
    }
    let power = largest.log10().floor() as i32;
    let mut best = (f64::INFINITY, f64::INFINITY);
    for count in [4.0, 5.0, 3.0] {
        for exponent in [power - 1, power] {
            // A division for the small ones: 3 / 10 is 0.3, 3 * 0.1 is not.
            let scale = |n: f64| if exponent < 0 { n / 10_f64.powi(-exponent) } else { n * 10_f64.powi(exponent) };
            for step in NICE {
                let top = scale(step * count);
                if top >= largest && top < best.0 {
                    best = (top, scale(step));
                }
            }
        }
    }
    best
}

/// The top of [`nice_axis`] over all values of one or more charts: what small multiples share.
pub fn nice_maximum<'a>(values: impl IntoIterator<Item = &'a Shown>) -> f64 {
    nice_axis(values.into_iter().filter_map(|s| s.value).filter(|v| v.is_finite()).fold(0.0, f64::max)).0
}

#[cfg(test)]
mod tests {
    use super::nice_axis;

    #[test]
    fn axes_end_at_the_next_nice_number() {
        for (largest, top, step) in [
            (78.0, 80.0, 20.0),
            (94.0, 100.0, 25.0),
            (100.0, 100.0, 25.0),
            (64.0, 75.0, 25.0),
            (52.0, 60.0, 20.0),
            (9.0, 10.0, 2.5),
            (0.3, 0.3, 0.1),
            (1.0, 1.0, 0.25),
            (3.7, 4.0, 1.0),
            (1234.0, 1250.0, 250.0),
            (0.0, 1.0, 0.25),
            (f64::NAN, 1.0, 0.25),
        ] {
            assert_eq!(nice_axis(largest), (top, step), "{largest}");
        }
    }
}
