//! Timelines: events by year, certain ones as discs, ambiguous ones as open diamonds over a dashed line to the other years.

use super::key::{self, Sign};
use super::{mark, row};
use crate::report::chart::{Timeline, TimelineEvent};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{COUNTRY, GREY};

const ROW: f32 = 13.0;
/// Between years.
const SPACE: f32 = 5.0;
/// Between two years, at most.
const YEAR: f32 = 64.5;
/// Where the first year stands.
const FIRST: f32 = 6.0;
/// From a mark or the end of its dashed line to its label.
const BESIDE: f32 = 8.0;

pub fn draw(chart: &Timeline, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let years = Years::of(chart, width);
    let mut entries = vec![(Sign::Country, "year certain".to_owned())];
    if chart.events.iter().any(|e| !e.alternatives.is_empty()) {
        entries.push((Sign::Likeliest, "year uncertain; the dashed line reaches the other possible years".to_owned()));
    }
    key::plain(&mut d, 22.75, &entries);

    let baseline = 42.25;
    let lines_width = row::widest(Face::Regular, Label::SMALL, chart.events.iter().map(|e| e.lines.as_str()).chain(["Line"]));
    let every = (28.0 / years.step).ceil().max(1.0) as i32;
    for year in (years.first..=years.last).filter(|y| (y - years.first) % every == 0) {
        let label = Label::new(years.at(year) - 4.0, baseline, year.to_string()).semibold();
        if label.bounds().right < width - lines_width - 4.0 {
            d.text(label);
        }
    }
    d.text(Label::new(width, baseline, "Line").color(GREY).end());
    let top = baseline + 4.0;
    row::rule(&mut d, top);

    let rows = lay(chart, years, width - lines_width - 9.0);
    let height: f32 = rows.iter().map(|(_, side, lines)| ROW + row::extra(lines) + if side.first { SPACE } else { 0.0 }).sum();
    let bottom = top + 3.25 + height - if rows.is_empty() { 0.0 } else { SPACE };
    for year in years.first..=years.last {
        row::gridline(&mut d, years.at(year), top, bottom + 1.0);
    }
    let mut y = top + 3.25 - SPACE;
    for (i, (event, side, lines)) in rows.iter().enumerate() {
        if side.first {
            if i > 0 {
                row::hairline(&mut d, y + 1.0);
            }
            y += SPACE;
        }
        let height = ROW + row::extra(lines);
        draw_event(&mut d, event, years, y + height / 2.0, side.right, lines);
        d.text(Label::small(width, y + height / 2.0 + row::MIDDLE_SMALL, &event.lines).end());
        y += height;
    }
    row::rule(&mut d, y + 1.0);
    d.height = y + 1.0;
    d
}

/// Where the years stand.
#[derive(Clone, Copy)]
struct Years {
    first: i32,
    last: i32,
    step: f32,
}

impl Years {
    fn of(chart: &Timeline, width: f32) -> Self {
        let all = chart.events.iter().flat_map(|e| e.year.into_iter().chain(e.alternatives.iter().copied()));
        let (first, last) = all.fold((chart.first_year, chart.last_year), |(a, b), y| (a.min(y), b.max(y)));
        // A slip of a century in a source must not ask for a gridline per year of it.
        let last = last.max(first).min(first.saturating_add(200));
        let room = width - FIRST - 89.0;
        Self { first, last, step: (room / (last - first).max(1) as f32).min(YEAR) }
    }

    fn at(self, year: i32) -> f32 {
        FIRST + self.step * (year.clamp(self.first, self.last) - self.first) as f32
    }
}

#[derive(Clone, Copy)]
struct Side {
    /// First row of its year.
    first: bool,
    right: bool,
}

/// Rows by year, those without one last, in the order given; one side for all labels of a year: right if all fit, else left, else
/// the side with more room, in several lines.
fn lay(chart: &Timeline, years: Years, limit: f32) -> Vec<(&TimelineEvent, Side, Vec<String>)> {
    let mut order: Vec<&TimelineEvent> = chart.events.iter().collect();
    order.sort_by_key(|e| (e.year.is_none(), e.year));
    let mut out = Vec::new();
    for group in order.chunk_by(|a, b| a.year == b.year) {
        let room = |right: bool, e: &TimelineEvent| {
            let (from, to) = extent(e, years);
            (if right { limit - to } else { from }) - BESIDE - suffix_width(e)
        };
        let fits = |right: bool| group.iter().all(|e| font::width(Face::Regular, Label::SIZE, &e.label) <= room(right, e));
        let least = |right: bool| group.iter().map(|e| room(right, e)).fold(f32::INFINITY, f32::min);
        let right = fits(true) || !fits(false) && least(true) >= least(false);
        for (i, event) in group.iter().enumerate() {
            let lines = row::wrap(Face::Regular, Label::SIZE, &event.label, room(right, event).max(30.0));
            out.push((*event, Side { first: i == 0, right }, lines));
        }
    }
    out
}

/// From the earliest to the latest year that an event may have, on paper.
fn extent(event: &TimelineEvent, years: Years) -> (f32, f32) {
    let all = event.year.into_iter().chain(event.alternatives.iter().copied()).map(|y| years.at(y));
    let (from, to) = all.fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    if from <= to { (from, to) } else { (FIRST - BESIDE, FIRST - BESIDE) }
}

fn suffix(event: &TimelineEvent) -> String {
    if event.alternatives.is_empty() {
        return if event.year.is_none() { "no year".to_owned() } else { String::new() };
    }
    let years = event.alternatives.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
    if event.year.is_some() { format!("or {years}") } else { years }
}

fn suffix_width(event: &TimelineEvent) -> f32 {
    let suffix = suffix(event);
    if suffix.is_empty() { 0.0 } else { font::width(Face::Regular, Label::SMALL, &suffix) + 2.5 }
}

fn draw_event(d: &mut Drawing, event: &TimelineEvent, years: Years, middle: f32, right: bool, lines: &[String]) {
    let (from, to) = extent(event, years);
    if !event.alternatives.is_empty() {
        d.line((from, middle), (to, middle), Stroke::solid(COUNTRY, 1.0).dashed(2.2, 1.8));
        for year in &event.alternatives {
            let x = years.at(*year);
            d.line((x, middle - 2.75), (x, middle + 2.75), Stroke::solid(COUNTRY, 1.0));
        }
    }
    match event.year {
        Some(year) if event.alternatives.is_empty() => mark::country(d, years.at(year), middle, mark::COUNTRY_R, false),
        Some(year) => mark::likeliest(d, years.at(year), middle),
        None => {}
    }
    let suffix = suffix(event);
    let first = middle + row::MIDDLE - 11.7 * lines.len().saturating_sub(1) as f32 / 2.0;
    for (i, line) in lines.iter().enumerate() {
        let y = first + 11.7 * i as f32;
        let is_last = i + 1 == lines.len();
        let name = Label { language: event.language.clone(), ..Label::new(to + BESIDE, y, line).halo() };
        if right {
            let end = name.bounds().right;
            d.text(name);
            if is_last {
                d.text(Label::small(end + 2.5, y, &suffix).halo());
            }
        } else {
            let shift = if is_last { suffix_width(event) } else { 0.0 };
            d.text(Label { x: from - BESIDE - shift, ..name }.end());
            if is_last {
                d.text(Label::small(from - BESIDE, y, &suffix).halo().end());
            }
        }
    }
}
