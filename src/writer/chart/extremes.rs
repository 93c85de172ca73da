//! Extremes: bars to either side of the average for the largest gaps.

use super::axis::{Axis, Scale, number};
use super::gap::signed_tick;
use super::row::Column;
use super::{mark, row};
use crate::report::chart::{Extremes, ValueRow};
use crate::writer::drawing::{Bounds, Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY};

const ROW: f32 = 14.625;
const LABEL: f32 = 158.0;
/// Where the source's name stands.
const SOURCE: f32 = 164.0;
const PLOT: (f32, f32) = (222.0, 406.0);
/// From a bar's end to its figure.
const BESIDE: f32 = 4.0;

pub fn draw(chart: &Extremes, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let share = width / 482.0;
    let rows: Vec<&ValueRow> = chart.ahead.iter().chain(&chart.behind).map(|(_, r)| r).collect();
    let columns = columns(chart, &rows, width);
    let sources = row::widest(Face::Regular, Label::SMALL, chart.ahead.iter().chain(&chart.behind).map(|(s, _)| s.as_str()));
    // The sources' names follow the longest label, so that the plot has the rest.
    let room = row::widest(Face::Regular, Label::SIZE, rows.iter().map(|r| r.label.as_str())).min(LABEL * share);
    let source_x = (room + SOURCE - LABEL + 3.0).max(60.0);
    let scale = lay(&rows, (source_x + sources + 6.0).min(columns.2 - 60.0), columns.2, share);

    heads(&mut d, chart, scale, columns, source_x);
    let mut y = row::HEAD + 4.0;
    row::rule(&mut d, y);
    let halves: Vec<&Vec<(String, ValueRow)>> = [&chart.ahead, &chart.behind].into_iter().filter(|h| !h.is_empty()).collect();
    for (i, half) in halves.iter().enumerate() {
        if i > 0 {
            y += 3.25;
            row::hairline(&mut d, y);
            y += 3.25;
        }
        let labels: Vec<Vec<String>> = half.iter().map(|(_, r)| row::wrap(Face::Regular, Label::SIZE, &r.label, room + 0.01)).collect();
        let bottom = y + labels.iter().map(|l| ROW + row::extra(l)).sum::<f32>();
        for tick in scale.axis.ticks().into_iter().filter(|t| *t != 0.0) {
            row::gridline(&mut d, scale.at(tick), y, bottom);
        }
        let top = y;
        for ((source, r), lines) in half.iter().zip(&labels) {
            let height = ROW + row::extra(lines);
            let middle = y + height / 2.0;
            y += height;
            let end = row::label(&mut d, 0.0, middle, lines, Face::Regular);
            row::raised(&mut d, end.0 + 1.5, end.1, &r.mark);
            d.text(Label::small(source_x, middle + row::MIDDLE_SMALL, source));
            bar(&mut d, r, middle, scale);
            row::country_value(&mut d, columns.0, middle, &r.country);
            if let Some(average) = &r.average {
                row::average_value(&mut d, columns.1, middle, average);
            }
        }
        d.line((scale.at(0.0), top), (scale.at(0.0), bottom), Stroke::solid(AVERAGE, 1.25));
    }
    row::rule(&mut d, y);
    d.height = y;
    d
}

/// Right edges of country and average, and where the plot has to end.
fn columns(chart: &Extremes, rows: &[&ValueRow], width: f32) -> (f32, f32, f32) {
    let head = |name: &str| font::width(Face::Semibold, Label::SIZE, name);
    let country = Column::figures(width - 34.0, head(&chart.country_code), Face::Semibold, rows.iter().map(|r| &r.country));
    let averages = rows.iter().filter_map(|r| r.average.as_ref());
    let average = Column::figures(width, head(&chart.average_name), Face::Regular, averages);
    let edges = row::edges(width, &[country, average]);
    (edges[0], edges[1], edges[0] - country.width - 9.0)
}

fn lay(rows: &[&ValueRow], left: f32, right: f32, share: f32) -> Scale {
    let gaps: Vec<(f64, f32)> = rows
        .iter()
        .filter_map(|r| r.gap.as_ref())
        .filter_map(|g| Some((number(g)?, font::width(Face::Semibold, Label::SIZE, &g.text))))
        .collect();
    let axis = Axis::around_zero(gaps.iter().map(|g| g.0));
    let mut scale = Scale { axis, from: (PLOT.0 * share).max(left + 12.0), to: (PLOT.1 * share).min(right - 12.0) };
    for _ in 0..60 {
        let over_right = gaps.iter().filter(|g| g.0 >= 0.0).map(|(g, w)| scale.at(*g) + BESIDE + w - right);
        let over_left = gaps.iter().filter(|g| g.0 < 0.0).map(|(g, w)| left - (scale.at(*g) - BESIDE - w));
        let (over_right, over_left) = (over_right.fold(0.0, f32::max), over_left.fold(0.0, f32::max));
        if over_right <= 0.01 && over_left <= 0.01 || scale.to - over_right - scale.from - over_left < 26.0 {
            break;
        }
        scale.to -= over_right;
        scale.from += over_left;
    }
    scale
}

fn heads(d: &mut Drawing, chart: &Extremes, scale: Scale, columns: (f32, f32, f32), source_x: f32) {
    let y = row::HEAD;
    d.text(Label::new(0.0, y, "Indicator").semibold());
    let source = Label::new(source_x, y, "Source").color(GREY);
    let mut taken = source.bounds().right;
    d.text(source);
    let zero = Label::new(scale.at(0.0), y, format!("{} = 0", chart.average_name)).semibold().color(AVERAGE).middle();
    let zero_box = zero.bounds().grown(4.0);
    d.text(zero);
    let country = Label::new(columns.0, y, &chart.country_code).semibold().color(COUNTRY).end();
    for label in row::ticks(scale, y, |t| signed_tick(scale, t)) {
        let bounds = label.bounds();
        if !bounds.meets(zero_box) && bounds.left > taken + 4.0 && bounds.right < country.bounds().left - 4.0 {
            taken = bounds.right;
            d.text(label);
        }
    }
    d.text(country);
    d.text(Label::new(columns.1, y, &chart.average_name).semibold().color(AVERAGE).end());
}

fn bar(d: &mut Drawing, r: &ValueRow, middle: f32, scale: Scale) {
    let Some((gap, shown)) = r.gap.as_ref().and_then(|g| Some((number(g)?, g))) else { return };
    let (zero, end) = (scale.at(0.0), scale.at(gap));
    let at = Bounds { left: zero.min(end), right: zero.max(end), top: middle - 3.25, bottom: middle + 3.25 };
    d.rect(at, mark::ahead(gap, r.higher_is_better));
    let label = Label::new(end + BESIDE, middle + row::MIDDLE, &shown.text).semibold().halo();
    d.text(if gap < 0.0 { Label { x: end - BESIDE, ..label }.end() } else { label });
}
