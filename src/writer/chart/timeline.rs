//! Timelines: events by year, certain ones as discs, ambiguous ones as open diamonds over a dashed line to the other years.

use super::key::{self, Sign};
use super::{mark, row};
use crate::report::chart::{Timeline, TimelineEvent};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{COUNTRY, GREY};

const ROW: f32 = 13.0;
/// Between the lines of a label.
const LEADING: f32 = 11.7;
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
    d.height = top;
    if rows.is_empty() {
        return d;
    }
    let height: f32 = rows.iter().map(|r| r.height() + if r.first { SPACE } else { 0.0 }).sum();
    let bottom = top + 3.25 + height - SPACE;
    for year in years.first..=years.last {
        row::gridline(&mut d, years.at(year), top, bottom + 1.0);
    }
    let mut y = top + 3.25 - SPACE;
    for (i, r) in rows.iter().enumerate() {
        if r.first {
            if i > 0 {
                row::hairline(&mut d, y + 1.0);
            }
            y += SPACE;
        }
        let middle = if r.place == Place::Above { y + r.height() - ROW / 2.0 } else { y + r.height() / 2.0 };
        draw_event(&mut d, r, years, middle, width - lines_width - 9.0);
        d.text(Label::small(width, middle + row::MIDDLE_SMALL, &r.event.lines).end());
        y += r.height();
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

/// Where an event's label stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Right,
    Left,
    /// On the dashed line, which leaves space for it: there is no room on either side.
    On,
    /// On lines of its own above the mark: there is no room on the line either.
    Above,
}

/// An event with its label.
struct Row<'a> {
    event: &'a TimelineEvent,
    /// First of its year.
    first: bool,
    place: Place,
    lines: Vec<String>,
}

impl Row<'_> {
    fn height(&self) -> f32 {
        ROW + row::extra(&self.lines) + if self.place == Place::Above { ROW } else { 0.0 }
    }
}

/// Less room than this beside a mark is none.
const ROOM: f32 = 60.0;

/// Rows by year, those without one last, in the order given; one side for all labels of a year: right if all fit, else left, else
/// the side with more room, in several lines.
fn lay(chart: &Timeline, years: Years, limit: f32) -> Vec<Row<'_>> {
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
            let wrap = |room| row::wrap(Face::Regular, Label::SIZE, &event.label, room);
            let beside = wrap(room(right, event).max(1.0));
            let fits = beside.len() == 1 || room(right, event) >= ROOM && beside.len() == 2;
            let (place, lines) = if fits {
                (if right { Place::Right } else { Place::Left }, beside)
            } else if on_line(event, years).is_some() {
                (Place::On, vec![event.label.clone()])
            } else {
                (Place::Above, wrap(limit - suffix_width(event)))
            };
            out.push(Row { event, first: i == 0, place, lines });
        }
    }
    out
}

/// Where a label begins that stands on its dashed line, before the mark or after it; `None` if it is too long.
fn on_line(event: &TimelineEvent, years: Years) -> Option<f32> {
    let (from, to) = extent(event, years);
    let width = font::width(Face::Regular, Label::SIZE, &event.label) + suffix_width(event);
    let mark = event.year.map(|y| years.at(y));
    let before = from + BESIDE;
    if before + width <= mark.unwrap_or(to) - BESIDE {
        return Some(before);
    }
    mark.map(|m| m + BESIDE).filter(|after| after + width <= to - BESIDE)
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
    let years = runs(event);
    if event.year.is_some() { format!("or {years}") } else { years }
}

/// The other years, three and more in a row as a range: `2014–2018, 2020`. The best year does not interrupt a range: `2014–2020`
/// holds it.
fn runs(event: &TimelineEvent) -> String {
    let mut years: Vec<i32> = event.alternatives.clone();
    years.sort_unstable();
    years.dedup();
    let next = |a: i32, b: i32| b == a + 1 || b == a + 2 && event.year == Some(a + 1);
    let runs = years.chunk_by(|a, b| next(*a, *b)).flat_map(|run| match run {
        [first, .., last] if run.len() > 2 => vec![format!("{first}–{last}")],
        run => run.iter().map(i32::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn suffix_width(event: &TimelineEvent) -> f32 {
    let suffix = suffix(event);
    if suffix.is_empty() { 0.0 } else { font::width(Face::Regular, Label::SMALL, &suffix) + 2.5 }
}

fn draw_event(d: &mut Drawing, r: &Row, years: Years, middle: f32, limit: f32) {
    let event = r.event;
    let (from, to) = extent(event, years);
    let on = on_line(event, years).filter(|_| r.place == Place::On);
    if !event.alternatives.is_empty() {
        let dashed = Stroke::solid(COUNTRY, 1.0).dashed(2.2, 1.8);
        // What the label takes of the line.
        let taken = on.map(|x| (x - 3.0, x + font::width(Face::Regular, Label::SIZE, &event.label) + suffix_width(event) + 3.0));
        match taken {
            Some((start, end)) => {
                d.line((from, middle), (start, middle), dashed);
                d.line((end, middle), (to, middle), dashed);
            }
            None => d.line((from, middle), (to, middle), dashed),
        }
        for year in &event.alternatives {
            let x = years.at(*year);
            if taken.is_some_and(|(start, end)| (start..end).contains(&x)) {
                continue;
            }
            d.line((x, middle - 2.75), (x, middle + 2.75), Stroke::solid(COUNTRY, 1.0));
        }
    }
    match event.year {
        Some(year) if event.alternatives.is_empty() => mark::country(d, years.at(year), middle, mark::COUNTRY_R, false),
        Some(year) => mark::likeliest(d, years.at(year), middle),
        None => {}
    }
    let lines = r.lines.len().saturating_sub(1) as f32;
    let (first, leading) = match r.place {
        Place::Right | Place::Left | Place::On => (middle + row::MIDDLE - LEADING * lines / 2.0, LEADING),
        Place::Above => (middle + row::MIDDLE - ROW * (lines + 1.0), ROW),
    };
    let suffix = Label::small(0.0, 0.0, suffix(event)).halo();
    for (i, line) in r.lines.iter().enumerate() {
        let y = first + leading * i as f32;
        let shift = if i + 1 == r.lines.len() { suffix_width(event) } else { 0.0 };
        let name = Label { language: event.language.clone(), ..Label::new(0.0, y, line).halo() };
        let start = match r.place {
            Place::Right => to + BESIDE,
            Place::Left => from - BESIDE - shift - name.width(),
            Place::On => on.unwrap_or(from),
            Place::Above => (from - mark::COUNTRY_R).min(limit - shift - name.width()).max(0.0),
        };
        if shift > 0.0 {
            d.text(Label { x: start + name.width() + 2.5, y, ..suffix.clone() });
        }
        d.text(Label { x: start, ..name });
    }
}
