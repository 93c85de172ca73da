//! Dumbbell: country and average as two ends of a bar, each with its figure beside it.

use super::axis::{Axis, Scale, number, number_of};
use super::{mark, row};
use crate::report::chart::{Dumbbell, ValueRow};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::Face;
use crate::writer::theme::{AVERAGE, COUNTRY};

const ROW: f32 = 13.0;
const LABEL: f32 = 160.0;
const PLOT: (f32, f32) = (172.0, 456.4);
/// From a mark's middle to its figure, and where the marks coincide.
const BESIDE: (f32, f32) = (8.0, 10.0);

pub fn draw(chart: &Dumbbell, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let rows: Vec<&ValueRow> = chart.groups.iter().flat_map(|g| &g.rows).collect();
    let values = rows.iter().flat_map(|r| [number(&r.country), number_of(r.average.as_ref())]).flatten();
    let axis = Axis::covering(chart.minimum, chart.maximum, values);
    let axis = if axis.minimum == 0.0 && axis.maximum == 100.0 { Axis { step: 20.0, ..axis } } else { axis };
    let room = LABEL * width / 482.0;
    let scale = lay(&rows, axis, room + 4.0, width);
    for label in row::ticks(scale, row::HEAD, |t| scale.axis.word(t)) {
        d.text(label);
    }
    let mut y = row::HEAD + 5.0;
    row::hairline(&mut d, y);
    for (i, group) in chart.groups.iter().enumerate() {
        let heading = row::wrap(Face::Regular, Label::SMALL, &group.heading, width);
        for (i, line) in heading.iter().enumerate() {
            d.text(Label::small(0.0, y + 11.75 + row::LINE * i as f32, line));
        }
        let top = y + 15.75 + row::extra(&heading);
        let labels: Vec<Vec<String>> = group.rows.iter().map(|r| row::wrap(Face::Regular, Label::SIZE, &r.label, room)).collect();
        let bottom = top + labels.iter().map(|l| ROW + row::extra(l)).sum::<f32>();
        for tick in scale.axis.ticks() {
            row::gridline(&mut d, scale.at(tick), top, bottom);
        }
        let mut at = top;
        for (r, lines) in group.rows.iter().zip(&labels) {
            let height = ROW + row::extra(lines);
            let end = row::label(&mut d, 0.0, at + height / 2.0, lines, Face::Regular);
            row::raised(&mut d, end.0 + 1.5, end.1, &r.mark);
            value_row(&mut d, r, at + height / 2.0, scale);
            at += height;
        }
        y = bottom + 3.5;
        if i + 1 < chart.groups.len() { row::hairline(&mut d, y) } else { row::rule(&mut d, y) }
    }
    d.height = y;
    d
}

/// The plot of the specification, narrower where figures at its ends need the space.
fn lay(rows: &[&ValueRow], axis: Axis, left: f32, width: f32) -> Scale {
    let mut scale = Scale { axis, from: PLOT.0 * width / 482.0, to: PLOT.1 * width / 482.0 };
    for _ in 0..40 {
        let mut over = (0.0_f32, 0.0_f32);
        for label in rows.iter().flat_map(|r| figures(r, 0.0, scale)) {
            let bounds = label.bounds();
            over = (over.0.max(left - bounds.left), over.1.max(bounds.right - width));
        }
        if over.0 <= 0.01 && over.1 <= 0.01 || scale.to - over.1 - scale.from - over.0 < 40.0 {
            break;
        }
        scale.from += over.0;
        scale.to -= over.1;
    }
    scale
}

fn value_row(d: &mut Drawing, r: &ValueRow, middle: f32, scale: Scale) {
    let country = number(&r.country).map(|v| scale.at(v));
    let average = number_of(r.average.as_ref()).map(|v| scale.at(v));
    if let (Some(c), Some(a)) = (country, average) {
        d.line((c, middle), (a, middle), Stroke::solid(mark::ahead(f64::from(c - a), r.higher_is_better), 2.25));
    }
    mark::pair(d, middle, country.map(|x| (x, r.country.uncertain)), average.map(|x| (x, false)));
    for label in figures(r, middle + row::MIDDLE, scale) {
        d.text(label);
    }
}

/// The figures with their flags beside the marks: the lower one left, the higher one right; a missing country in words at the scale's foot.
fn figures(r: &ValueRow, baseline: f32, scale: Scale) -> Vec<Label> {
    let country = number(&r.country).map(|v| scale.at(v));
    let average = number_of(r.average.as_ref()).map(|v| scale.at(v));
    let beside = if mark::are_near(country, average) { BESIDE.1 } else { BESIDE.0 };
    let mut out = Vec::new();
    let country_is_right = country.zip(average).is_none_or(|(c, a)| c >= a);
    if let Some(x) = country {
        let label = Label::new(x + beside, baseline, &r.country.text).semibold().color(COUNTRY).halo();
        let left = x - beside - row::hang(&r.country);
        out.extend(row::marked(if country_is_right { label } else { Label { x: left, ..label }.end() }, &r.country));
    }
    if let (Some(x), Some(shown)) = (average, &r.average) {
        let label = Label::new(x + beside, baseline, &shown.text).color(AVERAGE).halo();
        let left = x - beside - row::hang(shown);
        let label = if country.is_some() && country_is_right { Label { x: left, ..label }.end() } else { label };
        out.extend(row::marked(label, shown));
    }
    if country.is_none() {
        let words = Label::small(scale.from + 4.0, baseline - 0.3, "not available").halo();
        if out.iter().all(|l| !l.bounds().grown(6.0).meets(words.bounds())) && average.is_none_or(|a| a - 8.0 > words.bounds().right) {
            out.push(words);
        }
    }
    out
}
