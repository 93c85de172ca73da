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
    Ranks(Vec<RankStrip>),
    /// Country, average and target per indicator.
    Distance(Vec<DistanceRow>),
    /// Country and average as two ends of a bar.
    Dumbbell(Vec<DumbbellRow>),
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
    /// One per period; `text` `:` where missing.
    pub country: Vec<Shown>,
    pub average: Vec<Shown>,
    pub gap: Vec<Shown>,
    /// Top of the value axis, a nice number; the axis starts at zero. Small multiples share it.
    pub maximum: f64,
    /// As a panel of a small multiple: no value table.
    pub spark: bool,
}

#[derive(Clone, Debug)]
pub struct GapPlot {
    pub groups: Vec<GapGroup>,
    pub country_name: String,
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
    pub label: String,
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
    pub country_name: String,
    pub minimum: f64,
    pub maximum: f64,
    /// In the order of the source; a country without value has no score.
    pub rows: Vec<ValueRow>,
}

#[derive(Clone, Debug)]
pub struct RankStrip {
    pub label: String,
    /// `Eurostat, 2021, %`.
    pub aside: String,
    pub minimum: f64,
    pub maximum: f64,
    pub countries: Vec<(Geo, Shown)>,
    pub country: Geo,
    pub average: Option<Shown>,
    /// `7th`, `of 26`; empty where the country does not report.
    pub rank: String,
    pub rank_of: String,
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
pub struct DumbbellRow {
    pub row: ValueRow,
    pub minimum: f64,
    pub maximum: f64,
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
    /// Other possible years; empty if certain.
    pub alternatives: Vec<i32>,
    /// `217` or `217–218`.
    pub lines: String,
}
