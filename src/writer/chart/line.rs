//! Line chart with value table: the table is the x axis, so that every point has its figure under it.

use super::axis::{Axis, Scale, number, number_of};
use super::place::{self, Field};
use super::{mark, row};
use crate::report::Shown;
use crate::report::chart::LineChart;
use crate::vocabulary::TimePeriod;
use crate::writer::drawing::{Bounds, Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, HAIRLINE, INK, Rgb, WASH};

/// Below this width a line chart is a panel.
pub const NARROWEST: f32 = 152.0;
/// From the last line above to the top of the plot.
pub const TOP: f32 = 13.0;
pub const COUNTRY_LINE: f32 = 2.25;
pub const AVERAGE_LINE: f32 = 1.25;

const LABEL: f32 = 36.5;
/// Right of the plot, where a name found no place along its line.
const RESERVE: f32 = 52.0;
const ROW: f32 = 13.0;

/// One step of the x axis.
pub struct Slot<'a> {
    pub word: String,
    pub country: Option<&'a Shown>,
    pub average: Option<&'a Shown>,
    pub gap: Option<&'a Shown>,
}

/// The periods as steps of the axis. Between years every year has its step, also those that the chart leaves out: equal
/// distances are equal times.
pub fn slots(chart: &LineChart) -> Vec<Slot<'_>> {
    let mut out: Vec<Slot> = Vec::new();
    let mut previous: Option<TimePeriod> = None;
    for (i, period) in chart.periods.iter().enumerate() {
        if let (Some(TimePeriod::Year(before)), TimePeriod::Year(year)) = (previous, period)
            && (2..=30).contains(&(year - before))
        {
            let between = (before + 1..*year).map(TimePeriod::Year);
            out.extend(between.map(|p| Slot { word: short(p), country: None, average: None, gap: None }));
        }
        previous = Some(*period);
        let (country, average, gap) = (chart.country.get(i), chart.average.get(i), chart.gap.get(i));
        out.push(Slot { word: short(*period), country, average, gap });
    }
    out
}

/// `’21`, `’20–21`, `S1 ’21`, `Q3 ’21`, `05/21`.
fn short(period: TimePeriod) -> String {
    let two = |year: i32| format!("{:02}", year.rem_euclid(100));
    match period {
        TimePeriod::Year(year) => format!("’{}", two(year)),
        TimePeriod::Biennium { first } => format!("’{}–{}", two(first), two(first + 1)),
        TimePeriod::HalfYear { year, half } => format!("S{half} ’{}", two(year)),
        TimePeriod::Quarter { year, quarter } => format!("Q{quarter} ’{}", two(year)),
        TimePeriod::Month { year, month } => format!("{month:02}/{}", two(year)),
    }
}

/// All values of a chart that can be drawn.
pub fn values<'a>(slots: &'a [Slot<'a>]) -> impl Iterator<Item = f64> + 'a {
    slots.iter().flat_map(|s| [number_of(s.country), number_of(s.average)]).flatten()
}

pub fn draw(chart: &LineChart, width: f32) -> Drawing {
    layout(chart, width, 0.0).or_else(|| layout(chart, width, RESERVE)).expect("with space at the end both names stand there")
}

/// Draws the chart with so much space at the right end; `None` if a name finds no place and there is no space for it.
fn layout(chart: &LineChart, width: f32, reserve: f32) -> Option<Drawing> {
    let slots = slots(chart);
    let with_average = slots.iter().any(|s| s.average.is_some());
    let axis = Axis::covering(chart.minimum, chart.maximum, values(&slots));
    let mut d = Drawing::new(width);
    let height = plot_height(width);
    let bottom = TOP + height;
    let y = Scale { axis, from: bottom, to: TOP };

    let gap_head = if chart.gap_unit.is_empty() { "Gap".to_owned() } else { format!("Gap, {}", chart.gap_unit) };
    let left = label_column(chart, axis, &gap_head, with_average);
    // Figures of the last column may not leave the chart: what is wider than the step's half beside its point.
    let narrow = (width - reserve - left) / slots.len().max(1) as f32;
    let beyond = slots.last().map_or(0.0, reach) - narrow / 2.0;
    let right = width - reserve.max(beyond * 1.1).max(0.0);
    let before = slots.iter().map(|s| reach(s)).fold(0.0, f32::max) - narrow / 2.0 - 2.0;
    let left = left + before.max(0.0);
    // Both ends have moved, which narrows the last column: the figure in its middle has to end within the chart all the same.
    let half = 0.5 / slots.len().max(1) as f32;
    let right = right.min((width - slots.last().map_or(0.0, reach) - left * half) / (1.0 - half));
    let step = (right - left) / slots.len().max(1) as f32;
    let x = |i: usize| left + step * (i as f32 + 0.5);

    grid(&mut d, axis, y, left - 6.0, right, &chart.unit);
    let country = Series::new(slots.iter().map(|s| s.country), &x, y, COUNTRY);
    let average = Series::new(slots.iter().map(|s| s.average), &x, y, AVERAGE);
    average.draw_line(&mut d, AVERAGE_LINE);
    for (i, point) in average.points.iter().enumerate() {
        if let Some(point) = point {
            mark::average_on_line(&mut d, point.x, point.y, point.uncertain, country.covers(i, point.y));
        }
    }
    country.draw_line(&mut d, COUNTRY_LINE);
    for point in country.points.iter().flatten() {
        mark::country(&mut d, point.x, point.y, mark::COUNTRY_LINE_R, point.uncertain);
    }
    let foot = if axis.minimum < 0.0 { y.at(0.0) } else { bottom };
    let mut taken = Vec::new();
    for (i, _) in slots.iter().enumerate().filter(|(_, s)| number_of(s.country).is_none()) {
        let colon = Label::small(x(i), foot - 4.0, ":").middle().halo();
        let clear =
            Field { inside: Bounds { left: 0.0, top: 0.0, right: width, bottom }, lines: average.pieces(AVERAGE_LINE), taken: vec![] };
        if taken.iter().all(|t: &Bounds| !t.meets(colon.bounds().grown(1.0))) && place::is_clear(&clear, colon.bounds().grown(-1.0)) {
            taken.push(colon.bounds());
            d.text(colon);
        }
    }
    let inside = Bounds { left: left - 4.0, right: width, top: TOP, bottom: bottom - 1.0 };
    names(&mut d, chart, [&country, &average], inside, taken, reserve)?;

    let mut at = bottom;
    table(&mut d, chart, &slots, &x, step, &gap_head, with_average, &mut at);
    d.height = at;
    Some(d)
}

fn plot_height(width: f32) -> f32 {
    let share = ((width - NARROWEST) / (234.5 - NARROWEST)).clamp(0.0, 1.0);
    78.0 + 39.0 * share
}

fn label_column(chart: &LineChart, axis: Axis, gap_head: &str, with_average: bool) -> f32 {
    let heads = [chart.country_code.as_str(), if with_average { &chart.average_name } else { "" }];
    let words = row::widest(Face::Semibold, Label::SIZE, heads);
    let gap = if with_average { row::widest(Face::Regular, Label::SMALL, [gap_head]) } else { 0.0 };
    let ticks = axis.ticks().into_iter().map(|t| font::width(Face::Regular, Label::SMALL, &axis.word(t))).fold(0.0, f32::max);
    let unit = if shows_unit(&chart.unit) { font::width(Face::Regular, Label::SMALL, &format!("\u{a0}{}", chart.unit)) } else { 0.0 };
    LABEL.max(words.max(gap) + 3.25 + 3.0).max(ticks + unit + 9.0)
}

/// A long unit stands in the what-line only.
fn shows_unit(unit: &str) -> bool {
    !unit.is_empty() && unit.chars().count() <= 3
}

/// Gridlines with their ticks, the unit at the top only; zero in ink, a foot that is not zero marked as broken.
pub fn grid(d: &mut Drawing, axis: Axis, y: Scale, left: f32, right: f32, unit: &str) {
    let ticks = axis.ticks();
    for (i, tick) in ticks.iter().enumerate() {
        let at = y.at(*tick);
        let stroke = if *tick == 0.0 { Stroke::solid(INK, 0.75) } else { Stroke::solid(HAIRLINE, 0.5) };
        d.line((left, at), (right, at), stroke);
        let mut word = axis.word(*tick);
        if i + 1 == ticks.len() && shows_unit(unit) {
            word = format!("{word}\u{a0}{unit}");
        }
        d.text(Label::small(left - 3.0, at + row::MIDDLE_SMALL, word).end());
    }
    if axis.minimum > 0.0 {
        let foot = y.at(axis.minimum);
        let points = [(0.0, 0.0), (0.0, -1.0), (2.0, -2.0), (-2.0, -4.0), (0.0, -5.0), (0.0, -6.0)];
        d.polyline(&points.map(|(x, dy)| (left + 2.0 + x, foot + dy)), Stroke::solid(INK, 0.75));
    }
}

/// A point of a series on paper.
#[derive(Clone, Copy)]
pub struct Point {
    pub x: f32,
    pub y: f32,
    pub uncertain: bool,
    /// The series breaks before it.
    pub broken: bool,
}

/// A series on paper, a place per slot.
pub struct Series {
    pub points: Vec<Option<Point>>,
    color: Rgb,
}

impl Series {
    pub fn new<'a>(shown: impl Iterator<Item = Option<&'a Shown>>, x: &impl Fn(usize) -> f32, y: Scale, color: Rgb) -> Self {
        let point = |(i, shown): (usize, Option<&Shown>)| {
            let shown = shown?;
            let value = number(shown)?;
            Some(Point { x: x(i), y: y.at(value), uncertain: shown.uncertain, broken: shown.flags.has('b') })
        };
        Self { points: shown.enumerate().map(point).collect(), color }
    }

    /// The line between neighbours only: none over a missing period. Over a break it keeps the first and last 30 % of the step,
    /// with two uprights in its middle.
    pub fn draw_line(&self, d: &mut Drawing, width: f32) {
        let stroke = Stroke::solid(self.color, width).rounded();
        let mut run: Vec<(f32, f32)> = Vec::new();
        let end_run = |d: &mut Drawing, run: &mut Vec<(f32, f32)>| {
            if run.len() > 1 {
                d.polyline(run, stroke);
            }
            run.clear();
        };
        let mut previous: Option<Point> = None;
        for point in &self.points {
            if let (Some(point), Some(before)) = (point, previous)
                && point.broken
            {
                let between = |t: f32| (before.x + (point.x - before.x) * t, before.y + (point.y - before.y) * t);
                run.push(between(0.3));
                end_run(d, &mut run);
                let (x, y) = between(0.5);
                for x in [x - 1.5, x + 1.5] {
                    d.line((x, y - 4.5), (x, y + 4.5), Stroke::solid(self.color, 0.75));
                }
                run.push(between(0.7));
            }
            match point {
                Some(point) => run.push((point.x, point.y)),
                None => end_run(d, &mut run),
            }
            previous = *point;
        }
        end_run(d, &mut run);
    }

    /// The straight pieces between neighbours, with half the line's width; a break counts as drawn.
    pub fn pieces(&self, width: f32) -> Vec<place::Piece> {
        let pairs = self.points.windows(2).filter_map(|pair| pair[0].zip(pair[1]));
        pairs.map(|(a, b)| ((a.x, a.y), (b.x, b.y), width / 2.0)).collect()
    }

    /// Whether its disc at a step lies on a point at `y`.
    pub fn covers(&self, i: usize, y: f32) -> bool {
        self.points.get(i).copied().flatten().is_some_and(|p| (p.y - y).abs() < 2.6)
    }

    pub fn places(&self) -> Vec<(f32, f32)> {
        self.points.iter().flatten().map(|p| (p.x, p.y)).collect()
    }

    /// The line as the other one sees it: its pieces, and its points where they are alone.
    pub fn shape(&self) -> Vec<((f32, f32), (f32, f32))> {
        let pieces = self.pieces(0.0).into_iter().map(|p| (p.0, p.1));
        pieces.chain(self.places().into_iter().map(|p| (p, p))).collect()
    }
}

/// Names both series beside their lines, or both at the right end if there is space for it. `None` if neither.
fn names(d: &mut Drawing, chart: &LineChart, series: [&Series; 2], inside: Bounds, mut taken: Vec<Bounds>, reserve: f32) -> Option<()> {
    let [country, average] = series;
    let named = [
        (country, average, chart.country_name.as_str(), chart.country_code.as_str(), COUNTRY),
        (average, country, chart.average_name.as_str(), chart.average_name.as_str(), AVERAGE),
    ];
    let named: Vec<_> = named.into_iter().filter(|n| !n.0.places().is_empty()).collect();
    if reserve > 0.0 {
        let mut ends: Vec<Label> = named
            .iter()
            .map(|(own, _, name, code, color)| {
                let y = own.places().last().map_or(0.0, |p| p.1);
                let words = row::name_or_code(name, code, reserve - 4.0);
                Label::new(inside.right - reserve + 3.0, y + row::MIDDLE, words).semibold().color(*color).halo()
            })
            .collect();
        spread(&mut ends);
        let low = ends.iter().map(|l| l.y - inside.bottom - row::MIDDLE).fold(0.0, f32::max);
        ends.iter_mut().for_each(|l| l.y -= low);
        for label in ends {
            d.text(label);
        }
        return Some(());
    }
    taken.extend(country.places().iter().map(|p| Bounds::around(p.0, p.1, mark::COUNTRY_LINE_R)));
    taken.extend(average.places().iter().map(|p| Bounds::around(p.0, p.1, mark::AVERAGE_LINE_R + 0.3)));
    let mut lines = country.pieces(COUNTRY_LINE);
    lines.extend(average.pieces(AVERAGE_LINE));
    let mut field = Field { inside, lines, taken };
    let mut found = Vec::new();
    for (own, other, name, _, color) in named {
        let label = Label::new(0.0, 0.0, name).semibold().color(color).halo();
        let label = place::beside_or_over(&mut field, &label, &own.places(), &other.shape())?;
        field.taken.push(label.bounds());
        found.push(label);
    }
    for label in found {
        d.text(label);
    }
    Some(())
}

/// Moves two labels apart, symmetrically, where their baselines are nearer than 9.5.
pub fn spread(labels: &mut [Label]) {
    if let [a, b] = labels {
        let near = 9.5 - (a.y - b.y).abs();
        if near > 0.0 {
            let sign = if a.y <= b.y { -1.0 } else { 1.0 };
            a.y += sign * near / 2.0;
            b.y -= sign * near / 2.0;
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn table(
    d: &mut Drawing,
    chart: &LineChart,
    slots: &[Slot],
    x: &impl Fn(usize) -> f32,
    step: f32,
    gap_head: &str,
    with_average: bool,
    y: &mut f32,
) {
    let every = every(slots, step);
    let shown = |i: &usize| (slots.len() - 1 - i).is_multiple_of(every);
    for i in (0..slots.len()).filter(shown) {
        d.text(Label::small(x(i), *y + 13.0, &slots[i].word).middle());
    }
    *y += 16.25;
    d.rect(Bounds { left: 0.0, right: d.width, top: *y, bottom: *y + ROW }, WASH);
    let heads = [(chart.country_code.as_str(), COUNTRY), (chart.average_name.as_str(), AVERAGE), (gap_head, GREY)];
    for (row_index, (head, color)) in heads.into_iter().enumerate().take(if with_average { 3 } else { 1 }) {
        let baseline = *y + 9.75;
        let is_gap = row_index == 2;
        let head = Label::new(3.25, baseline, head).color(color);
        d.text(if is_gap { head.size(Label::SMALL) } else { head.semibold() });
        for i in (0..slots.len()).filter(shown) {
            let value = [slots[i].country, slots[i].average, slots[i].gap][row_index];
            let cell = Label::new(x(i), baseline, value.map_or(":", |s| &s.text)).color(color).middle();
            let cell = match row_index {
                0 => cell.semibold(),
                1 => cell,
                _ => cell.size(Label::SMALL),
            };
            match value.filter(|_| !is_gap) {
                Some(value) => row::value(d, cell, value),
                None => d.text(cell),
            }
        }
        *y += ROW;
    }
    *y += 1.5;
    row::hairline(d, *y);
}

/// How far the figures of a column reach to the right of its middle.
fn reach(slot: &Slot) -> f32 {
    let half = |face, size, text: &str| font::width(face, size, text) / 2.0;
    let figure =
        |face, shown: Option<&Shown>| shown.map_or(0.0, |s| row::value_width(face, Label::SIZE, s) - half(face, Label::SIZE, &s.text));
    let gap = slot.gap.map_or(0.0, |g| half(Face::Regular, Label::SMALL, &g.text));
    let word = half(Face::Regular, Label::SMALL, &slot.word);
    figure(Face::Semibold, slot.country).max(figure(Face::Regular, slot.average)).max(gap).max(word)
}

/// Every how many steps a column is printed, the last one always: at least 15 wide, and as wide as its figures.
fn every(slots: &[Slot], step: f32) -> usize {
    let mut need = 15.0_f32;
    for slot in slots {
        let figures = [(slot.country, Face::Semibold, Label::SIZE), (slot.average, Face::Regular, Label::SIZE)];
        let figures = figures.into_iter().filter_map(|(s, face, size)| Some(row::value_width(face, size, s?)));
        let gap = slot.gap.map_or(0.0, |g| font::width(Face::Regular, Label::SMALL, &g.text));
        let word = font::width(Face::Regular, Label::SMALL, &slot.word);
        need = need.max(figures.fold(gap.max(word), f32::max) + 1.5);
    }
    // The share keeps a column that is 15 by arithmetic from counting as less.
    ((need / (step + 0.01)).ceil().max(1.0) as usize).min(slots.len().max(1))
}
