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

/// Draws a chart that no page explains: with a key where its own words do not name the marks.
pub fn stand_alone(chart: &Chart, width: f32) -> Drawing {
    let with_key = |names: [&String; 2], drawing: Drawing| {
        let mut key = Drawing::new(width);
        let signs = [key::Sign::Country, key::Sign::Average].into_iter().zip(names.map(String::clone));
        key::draw(&mut key, 0.0, row::HEAD, &signs.filter(|(_, name)| !name.is_empty()).collect::<Vec<_>>());
        let mut drawing = drawing.lowered(row::HEAD);
        drawing.marks.splice(0..0, key.marks);
        drawing
    };
    match &chart.kind {
        ChartKind::Dumbbell(d) => with_key([&d.country_name, &d.average_name], dumbbell::draw(d, width)),
        ChartKind::Line(line) if is_panel(line, width) => {
            let (drawing, named) = spark::draw(line, width, true);
            if named { drawing } else { with_key([&line.country_name, &line.average_name], spark::draw(line, width, false).0) }
        }
        ChartKind::Line(_)
        | ChartKind::Gap(_)
        | ChartKind::Bars(_)
        | ChartKind::Scoreboard(_)
        | ChartKind::Ranks(_)
        | ChartKind::Distance(_)
        | ChartKind::Extremes(_)
        | ChartKind::Timeline(_) => draw(chart, width),
    }
}

/// Draws charts that stand side by side: all value axes reach as far as the longest, and panels without a value table
/// name their series once, where the two are farthest apart and both names find a place.
pub fn multiples(charts: &[Chart], width: f32) -> Vec<Drawing> {
    let lines = || charts.iter().filter_map(as_line);
    let maximum = lines().map(|l| l.maximum).fold(0.0, f64::max);
    let minimum = lines().map(|l| l.minimum).fold(f64::INFINITY, f64::min);
    let shared: Vec<Option<LineChart>> =
        charts.iter().map(|chart| as_line(chart).map(|line| LineChart { maximum, minimum, ..line.clone() })).collect();
    let mut panels: Vec<(usize, &LineChart)> =
        shared.iter().enumerate().filter_map(|(i, l)| Some((i, l.as_ref()?))).filter(|(_, l)| is_panel(l, width)).collect();
    panels.sort_by(|a, b| spark::widest_gap(b.1).total_cmp(&spark::widest_gap(a.1)).then(a.0.cmp(&b.0)));
    let named = panels.iter().find(|(_, line)| spark::draw(line, width, true).1).or(panels.first()).map(|(i, _)| *i);
    let draw_one = |(i, chart): (usize, &Chart)| match &shared[i] {
        Some(line) => line_chart(line, width, named == Some(i)),
        None => draw(chart, width),
    };
    charts.iter().enumerate().map(draw_one).collect()
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
    if is_panel(chart, width) { spark::draw(chart, width, named).0 } else { line::draw(chart, width) }
}
