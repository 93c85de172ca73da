//! Panels of small multiples: a short line chart with ticks at zero, the middle and the top. With few periods every figure stands
//! under its point, else the last ones stand at the end of their lines.

use super::axis::{Axis, Scale, number};
use super::line::{self, Series, Slot};
use super::place::{self, Field};
use super::{mark, row};
use crate::report::Shown;
use crate::report::chart::LineChart;
use crate::writer::drawing::{Bounds, Drawing, Label};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY};

/// Height of the plot with a table, and with figures at the end.
const PLOT: (f32, f32) = (65.0, 78.0);
/// From a mark to its figure.
const BESIDE: f32 = 6.75;
/// Above it the figures stand at the end.
const MOST_COLUMNS: usize = 5;

/// The widest distance between the series, in their unit; 0 if there is none.
pub fn widest_gap(chart: &LineChart) -> f64 {
    let pairs = chart.country.iter().zip(&chart.average).filter_map(|(c, a)| Some((number(c)? - number(a)?).abs()));
    pairs.fold(0.0, f64::max)
}

/// Draws a panel, `named` with the names of its series; says whether both found a place.
pub fn draw(chart: &LineChart, width: f32, named: bool) -> (Drawing, bool) {
    let slots = line::slots(chart);
    let axis = Axis::covering(chart.minimum, chart.maximum, line::values(&slots));
    let axis = if axis.minimum == 0.0 { halved(axis) } else { axis };
    let ticks = axis.ticks().into_iter().map(|t| font::width(Face::Regular, Label::SMALL, &axis.word(t))).fold(0.0, f32::max);
    let left = ticks + 3.0;
    let columns = slots.len().max(1) as f32;
    let step = (width - left) / columns;
    let widest = slots.iter().flat_map(|s| [s.country, s.average]).flatten();
    // Flags hang to the right of a centred figure: as much space is left empty before it.
    let figure = |s: &Shown| 2.0 * row::value_width(Face::Semibold, Label::SIZE, s) - font::width(Face::Semibold, Label::SIZE, &s.text);
    let widest = widest.map(figure).fold(0.0, f32::max);
    let years = slots.iter().map(|s| font::width(Face::Regular, YEAR_SIZE, &s.word)).fold(0.0, f32::max);
    let panel = Panel { chart, slots, axis, left, width, named };
    if panel.slots.len() <= MOST_COLUMNS && widest + 2.0 <= step && years + 1.0 <= step {
        panel.with_table(step)
    } else {
        panel.with_ends()
    }
}

/// Size of the years over a table: a biennium has to stand over its column.
const YEAR_SIZE: f32 = 7.5;

/// Ticks at zero, the middle and the top, which is raised where the middle would be a fraction: 0, 50, 100, not 0, 37.5, 75.
fn halved(axis: Axis) -> Axis {
    let odd = axis.maximum.fract() == 0.0 && (axis.maximum / 2.0).fract() != 0.0;
    let maximum = if odd { axis.maximum + axis.step } else { axis.maximum };
    Axis { maximum, step: maximum / 2.0, ..axis }
}

struct Panel<'a> {
    chart: &'a LineChart,
    slots: Vec<Slot<'a>>,
    axis: Axis,
    left: f32,
    width: f32,
    named: bool,
}

impl Panel<'_> {
    fn with_table(&self, step: f32) -> (Drawing, bool) {
        let mut d = Drawing::new(self.width);
        let bottom = line::TOP + PLOT.0;
        let y = Scale { axis: self.axis, from: bottom, to: line::TOP };
        let x = |i: usize| self.left + step * (i as f32 + 0.5);
        line::grid(&mut d, self.axis, y, self.left, self.width, "");
        let (country, average) = self.series(&x, y);
        average.draw_line(&mut d, line::AVERAGE_LINE);
        for (i, p) in average.points.iter().enumerate() {
            if let Some(p) = p {
                mark::average_on_line(&mut d, p.x, p.y, p.uncertain, country.covers(i, p.y));
            }
        }
        country.draw_line(&mut d, line::COUNTRY_LINE);
        for p in country.points.iter().flatten() {
            mark::country(&mut d, p.x, p.y, mark::COUNTRY_LINE_R, p.uncertain);
        }
        let named = self.named && self.name(&mut d, &country, &average, bottom, (self.width, Vec::new()));
        let with_average = self.slots.iter().any(|s| s.average.is_some());
        for (i, slot) in self.slots.iter().enumerate() {
            d.text(Label::small(x(i), bottom + 10.5, &slot.word).size(YEAR_SIZE).middle());
            let cell = |row_index: f32, shown: Option<&Shown>| {
                Label::new(x(i), bottom + 10.5 + 13.0 * row_index, shown.map_or(":", |s| &s.text)).middle()
            };
            let rows = [(1.0, slot.country, true), (2.0, slot.average, false)];
            for (row_index, shown, is_country) in rows.into_iter().take(if with_average { 2 } else { 1 }) {
                let label = cell(row_index, shown);
                let label = if is_country { label.semibold().color(COUNTRY) } else { label.color(AVERAGE) };
                match shown {
                    Some(shown) => row::value(&mut d, label, shown),
                    None => d.text(label),
                }
            }
        }
        d.height = bottom + 10.5 + if with_average { 26.0 } else { 13.0 } + 3.25;
        (d, named)
    }

    fn with_ends(&self) -> (Drawing, bool) {
        let mut d = Drawing::new(self.width);
        let bottom = line::TOP + PLOT.1;
        let y = Scale { axis: self.axis, from: bottom, to: line::TOP };
        let last = |get: fn(&Slot<'_>) -> Option<Shown>| self.slots.iter().rev().find_map(|s| get(s).filter(|s| number(s).is_some()));
        let ends = [last(|s| s.country.cloned()), last(|s| s.average.cloned())];
        let texts = ends.iter().flatten().map(|s| font::width(Face::Semibold, Label::SIZE, &s.text)).fold(0.0, f32::max);
        let flags = ends.iter().flatten().map(row::hang).fold(0.0, f32::max);
        let (first_x, last_x) = (self.left + 6.5, self.width - texts - flags - BESIDE);
        let steps = self.slots.len().saturating_sub(1).max(1) as f32;
        let x = |i: usize| first_x + (last_x - first_x).max(1.0) * i as f32 / steps;
        line::grid(&mut d, self.axis, y, self.left, self.width, "");
        let (country, average) = self.series(&x, y);
        average.draw_line(&mut d, line::AVERAGE_LINE);
        let (last_country, last_average) = (last_point(&country), last_point(&average));
        for (i, p) in average.points.iter().enumerate() {
            if let Some(p) = p.filter(|_| Some(i) == last_average || is_alone(&average, i)) {
                let covered = country.covers(i, p.y) && (Some(i) == last_country || is_alone(&country, i));
                mark::average_on_line(&mut d, p.x, p.y, p.uncertain, covered);
            }
        }
        country.draw_line(&mut d, line::COUNTRY_LINE);
        for (i, p) in country.points.iter().enumerate() {
            if let Some(p) = p.filter(|_| Some(i) == last_country || is_alone(&country, i)) {
                mark::country(&mut d, p.x, p.y, mark::COUNTRY_LINE_R, p.uncertain);
            }
        }
        let mut taken = Vec::new();
        let values = [(&country, last_country, &ends[0], COUNTRY), (&average, last_average, &ends[1], AVERAGE)];
        let (mut labels, shown): (Vec<Label>, Vec<&Shown>) = values
            .iter()
            .filter_map(|(series, at, shown, color)| {
                let p = series.points[(*at)?]?;
                let shown = shown.as_ref()?;
                // Weight tells the two apart where colour does not.
                let label = Label::new(last_x + BESIDE, p.y + row::MIDDLE, &shown.text).color(*color).halo();
                Some((if *color == COUNTRY { label.semibold() } else { label }, shown))
            })
            .unzip();
        line::spread(&mut labels);
        // The last year stands under the axis: nothing may come down to it.
        let low = labels.iter().map(|l| l.y - bottom - 2.8).fold(0.0, f32::max);
        labels.iter_mut().for_each(|l| l.y -= low);
        for (label, shown) in labels.into_iter().zip(shown) {
            taken.push(label.bounds());
            // Behind the wider of the two: what is raised reaches into the line above.
            row::raised(&mut d, last_x + BESIDE + texts + 0.5, label.y, &row::flags(shown));
            d.text(label);
        }
        let named = self.named && self.name(&mut d, &country, &average, bottom, (last_x + 3.0, taken));
        self.first_and_last(&mut d, &x, bottom);
        d.height = bottom + 13.0;
        (d, named)
    }

    fn series(&self, x: &impl Fn(usize) -> f32, y: Scale) -> (Series, Series) {
        let country = Series::new(self.slots.iter().map(|s| s.country), x, y, COUNTRY);
        let average = Series::new(self.slots.iter().map(|s| s.average), x, y, AVERAGE);
        (country, average)
    }

    /// The names along the lines: in full, else as codes; says whether all that have a line have a name.
    fn name(&self, d: &mut Drawing, country: &Series, average: &Series, bottom: f32, end: (f32, Vec<Bounds>)) -> bool {
        let (right, mut taken) = end;
        taken.extend(country.places().iter().map(|p| Bounds::around(p.0, p.1, mark::COUNTRY_LINE_R)));
        taken.extend(average.places().iter().map(|p| Bounds::around(p.0, p.1, mark::AVERAGE_LINE_R)));
        let mut lines = country.pieces(line::COUNTRY_LINE);
        lines.extend(average.pieces(line::AVERAGE_LINE));
        // Clear of the top gridline too, where there is a choice.
        let inside = Bounds { left: self.left, right, top: line::TOP + 2.0, bottom: bottom - 1.0 };
        let mut field = Field { inside, lines, taken };
        let series = [
            (country, average, [&self.chart.country_name, &self.chart.country_code], COUNTRY),
            (average, country, [&self.chart.average_name, &self.chart.average_name], AVERAGE),
        ];
        let mut all = true;
        for (own, other, names, color) in series {
            let places = own.places();
            let found = names.into_iter().find_map(|name| {
                let label = Label::new(0.0, 0.0, name).semibold().color(color).halo();
                place::beside_or_over(&mut field, &label, &places, &other.shape())
            });
            match found {
                Some(label) => {
                    field.taken.push(label.bounds());
                    d.text(label);
                }
                None => all &= places.is_empty(),
            }
        }
        all
    }

    /// The first and the last year under the axis, in full.
    fn first_and_last(&self, d: &mut Drawing, x: &impl Fn(usize) -> f32, bottom: f32) {
        let word = |i: usize| self.chart.periods.get(i).map_or(String::new(), |p| p.printed());
        let last = self.slots.len().saturating_sub(1);
        let first = pushed(Label::small(x(0), bottom + 10.5, word(0)).middle(), self.width);
        let end = pushed(Label::small(x(last), bottom + 10.5, word(self.chart.periods.len().saturating_sub(1))).middle(), self.width);
        if last > 0 && !first.bounds().grown(2.0).meets(end.bounds()) {
            d.text(first);
        }
        d.text(end);
    }
}

/// A centred label moved to stay between 0 and `width`.
fn pushed(label: Label, width: f32) -> Label {
    let half = label.width() / 2.0;
    Label { x: label.x.max(half).min(width - half), ..label }
}

fn last_point(series: &Series) -> Option<usize> {
    series.points.iter().rposition(Option::is_some)
}

/// No line reaches it.
fn is_alone(series: &Series, i: usize) -> bool {
    let at = |i: Option<usize>| i.and_then(|i| series.points.get(i)).copied().flatten().is_some();
    at(Some(i)) && !at(i.checked_sub(1)) && !at(Some(i + 1))
}
