//! Charts as primitives: where the marks of a [`Chart`] stand. One file per kind; what they share is in `mark`, `row` and `axis`.
//!
//! The rules are those of the visual specification, sections 4, 5, 6 and 13. A drawing holds what stands between the words
//! above a chart and the note below it: its top edge lies on the baseline of the last line above (the what-line; of a panel
//! its title), its lower edge on the last rule, so that the note's baseline comes 13 below. Every figure that is printed is a
//! [`Shown`](crate::report::Shown)'s text or a tick of an axis; nothing is worded here.

mod axis;
mod bars;
mod distance;
mod dumbbell;
mod extremes;
mod gap;
mod key;
mod line;
mod mark;
mod place;
mod ranks;
pub(super) mod row;
mod scoreboard;
mod spark;
mod tile;
mod timeline;

pub use tile::{tile, unit_dots};

use crate::report::chart::{Chart, ChartKind, LineChart};
use crate::writer::drawing::Drawing;

/// Width of the text block.
pub const FULL: f32 = 482.0;
/// Half of it: six columns.
pub const HALF: f32 = 234.5;
/// A quarter: three columns.
pub const QUARTER: f32 = 110.75;

/// Draws a chart `width` points wide, each with its key and the names of its series.
pub fn draw(chart: &Chart, width: f32) -> Drawing {
    match &chart.kind {
        ChartKind::Line(line) => line_chart(line, width, true),
        ChartKind::Gap(plot) => gap::draw(plot, width),
        ChartKind::Bars(bars) => bars::draw(bars, width),
        ChartKind::Scoreboard(board) => scoreboard::draw(board, width),
        ChartKind::Ranks(ranks) => ranks::draw(ranks, width),
        ChartKind::Distance(distance) => distance::draw(distance, width),
        ChartKind::Dumbbell(dumbbell) => dumbbell::draw(dumbbell, width),
        ChartKind::Extremes(extremes) => extremes::draw(extremes, width),
        ChartKind::Timeline(timeline) => timeline::draw(timeline, width),
    }
}

/// Draws charts that stand side by side: all value axes reach as far as the longest, and panels without a value table
/// name their series once, where the two are farthest apart.
pub fn multiples(charts: &[Chart], width: f32) -> Vec<Drawing> {
    let lines: Vec<&LineChart> = charts.iter().filter_map(as_line).collect();
    let maximum = lines.iter().map(|l| l.maximum).fold(0.0, f64::max);
    let minimum = lines.iter().map(|l| l.minimum).fold(0.0, f64::min);
    let widest = charts.iter().filter_map(as_line).enumerate().fold((0, -1.0), |best, (i, line)| {
        let gap = spark::widest_gap(line);
        if gap > best.1 { (i, gap) } else { best }
    });
    let mut at = 0;
    charts
        .iter()
        .map(|chart| match as_line(chart) {
            Some(line) => {
                let named = at == widest.0 || !is_panel(line, width);
                at += 1;
                line_chart(&LineChart { maximum, minimum: line.minimum.min(minimum), ..line.clone() }, width, named)
            }
            None => draw(chart, width),
        })
        .collect()
}

/// The width that the specification gives to a kind.
pub fn natural_width(chart: &Chart) -> f32 {
    match &chart.kind {
        ChartKind::Line(line) if line.spark => QUARTER,
        ChartKind::Line(_) => HALF,
        ChartKind::Gap(_)
        | ChartKind::Bars(_)
        | ChartKind::Scoreboard(_)
        | ChartKind::Ranks(_)
        | ChartKind::Distance(_)
        | ChartKind::Dumbbell(_)
        | ChartKind::Extremes(_)
        | ChartKind::Timeline(_) => FULL,
    }
}

fn as_line(chart: &Chart) -> Option<&LineChart> {
    match &chart.kind {
        ChartKind::Line(line) => Some(line),
        ChartKind::Gap(_)
        | ChartKind::Bars(_)
        | ChartKind::Scoreboard(_)
        | ChartKind::Ranks(_)
        | ChartKind::Distance(_)
        | ChartKind::Dumbbell(_)
        | ChartKind::Extremes(_)
        | ChartKind::Timeline(_) => None,
    }
}

fn is_panel(line: &LineChart, width: f32) -> bool {
    line.spark || width < line::NARROWEST
}

fn line_chart(chart: &LineChart, width: f32, named: bool) -> Drawing {
    if is_panel(chart, width) { spark::draw(chart, width, named) } else { line::draw(chart, width) }
}
