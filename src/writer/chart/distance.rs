//! Distance to a target: country and average on the way, a dotted line over what is left to do.

use super::axis::{Axis, Scale, number, number_of};
use super::key::{self, Sign};
use super::row::Column;
use super::{mark, row};
use crate::report::chart::{Distance, DistanceRow};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, INK};

const ROW: f32 = 19.5;
const LABEL: f32 = 192.0;
const PLOT_END: f32 = 356.0;

pub fn draw(chart: &Distance, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let mut entries = vec![(Sign::Country, chart.country_name.clone())];
    if chart.rows.iter().any(|r| r.average.is_some()) {
        entries.push((Sign::Average, chart.average_name.clone()));
    }
    entries.push((Sign::Target, format!("target {}", chart.year)));
    key::draw(&mut d, 0.0, row::HEAD, &entries);

    let columns = columns(chart, width);
    let values = chart.rows.iter().flat_map(|r| [number(&r.country), number_of(r.average.as_ref()), number(&r.target)]).flatten();
    let axis = Axis::covering(0.0, chart.maximum, values);
    // Few lines: the marks of three kinds are enough to look at.
    let axis = if axis.minimum == 0.0 { Axis { step: axis.maximum / 2.0, ..axis } } else { axis };
    let last_tick = font::width(Face::Regular, Label::SMALL, &axis.word(axis.maximum)) / 2.0;
    let to = (PLOT_END * width / 482.0).min(columns.left - last_tick.max(4.2) - 3.0);
    let scale = Scale { axis, from: LABEL * width / 482.0, to };
    let baseline = row::HEAD + 26.0;
    for label in row::ticks(scale, baseline, |t| scale.axis.word(t)) {
        d.text(label);
    }
    d.text(Label::new(columns.country, baseline, &chart.country_code).semibold().color(COUNTRY).end());
    if chart.rows.iter().any(|r| r.average.is_some()) {
        d.text(Label::new(columns.average, baseline, &chart.average_name).semibold().color(AVERAGE).end());
    }
    d.text(Label::new(columns.target, baseline, "Target").semibold().end());
    d.text(Label::new(width, baseline, "To go").semibold().end());

    let mut y = baseline + 4.0;
    row::rule(&mut d, y);
    let labels: Vec<Vec<String>> = chart.rows.iter().map(|r| row::wrap(Face::Regular, Label::SIZE, &r.label, scale.from - 8.0)).collect();
    let bottom = y + labels.iter().map(|l| ROW + row::extra(l)).sum::<f32>();
    for tick in scale.axis.ticks() {
        row::gridline(&mut d, scale.at(tick), y, bottom);
    }
    for (r, lines) in chart.rows.iter().zip(&labels) {
        let height = ROW + row::extra(lines);
        let middle = y + height / 2.0;
        y += height;
        row::hairline(&mut d, y);
        row::label(&mut d, 0.0, middle, lines, Face::Regular);
        distance_row(&mut d, r, middle, scale, &columns);
    }
    d.height = y;
    d
}

struct Columns {
    country: f32,
    average: f32,
    target: f32,
    left: f32,
}

fn columns(chart: &Distance, width: f32) -> Columns {
    let head = |name: &str| font::width(Face::Semibold, Label::SIZE, name);
    let rows = &chart.rows;
    let country = Column::figures(width - 97.6, head(&chart.country_code), Face::Semibold, rows.iter().map(|r| &r.country));
    let averages = rows.iter().filter_map(|r| r.average.as_ref());
    let average = Column::figures(width - 74.4, head(&chart.average_name), Face::Regular, averages);
    let target = Column::figures(width - 38.4, head("Target"), Face::Regular, rows.iter().map(|r| &r.target));
    let to_go = row::widest(Face::Semibold, Label::SIZE, rows.iter().map(|r| r.to_go.as_str()).chain(["To go"]));
    let edges = row::edges(width, &[country, average, target, Column::words(width, to_go)]);
    Columns { country: edges[0], average: edges[1], target: edges[2], left: edges[0] - country.width }
}

fn distance_row(d: &mut Drawing, r: &DistanceRow, middle: f32, scale: Scale, columns: &Columns) {
    let country = number(&r.country).map(|v| scale.at(v));
    let average = number_of(r.average.as_ref()).map(|v| scale.at(v));
    let target = number(&r.target).map(|v| scale.at(v));
    if let (Some(country), Some(target)) = (country, target) {
        d.line((country, middle), (target, middle), Stroke::solid(GREY, 0.75).dashed(2.0, 2.0));
    }
    if let Some(target) = target {
        mark::target(d, target, middle);
    }
    mark::pair(d, middle, country.map(|x| (x, r.country.uncertain)), average.map(|x| (x, false)));
    row::country_value(d, columns.country, middle, &r.country);
    if let Some(average) = &r.average {
        row::average_value(d, columns.average, middle, average);
    }
    d.text(Label::new(columns.target, middle + row::MIDDLE, &r.target.text).color(INK).end());
    d.text(Label::new(d.width, middle + row::MIDDLE, &r.to_go).semibold().end());
}
