//! Rank strips: every reporting country a dot on one scale, dots of nearly equal value stacked, the country above them all.

use super::axis::{Axis, Scale, number, number_of};
use super::key::{self, Sign};
use super::row::Column;
use super::{mark, row};
use crate::report::chart::{RankStrip, Ranks};
use crate::vocabulary::Geo;
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, OTHERS, WHITE};

const LABEL: f32 = 160.0;
/// Labels end so far before the plot: the code of the lowest country stands there.
const LABEL_END: f32 = 24.0;
const PLOT_END: f32 = 412.0;
/// Diameter and a little: dots nearer than this are stacked, and this is the step up.
const STEP: f32 = 4.2;
/// From the axis down to the end of its row: the average's diamond hangs there.
const BELOW: f32 = 11.0;
const RING: f32 = 0.8;

pub fn draw(chart: &Ranks, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let share = width / 482.0;
    let values_head = if chart.average_name.is_empty() {
        chart.country.code().to_owned()
    } else {
        format!("{}, {}", chart.country.code(), chart.average_name)
    };
    let (value_edge, value_width) = value_column(chart, &values_head, width);
    let scales = scales(chart, LABEL * share, (PLOT_END * share).min(value_edge - value_width - 9.0), value_edge - value_width - 5.0);
    let shared = scales.windows(2).all(|s| s[0].axis == s[1].axis).then(|| scales.first()).flatten().copied();

    heads(&mut d, chart, &values_head, value_edge, shared, LABEL * share);
    let mut y = row::HEAD + 4.0;
    row::rule(&mut d, y);
    y += 6.5;
    for (strip, scale) in chart.strips.iter().zip(scales) {
        let dots = stack(strip, chart.country, scale);
        let highest = dots.iter().map(|dot| dot.r - dot.y).fold(0.0, f32::max);
        let label = row::wrap(Face::Semibold, Label::SIZE, &strip.label, scale.from - LABEL_END - 2.0);
        let aside = row::wrap(Face::Regular, Label::SMALL, &strip.aside, scale.from - LABEL_END - 2.0);
        let more = row::extra(&label) + 9.75 * aside.len().saturating_sub(1) as f32;
        y += (19.0 + highest).max(31.0 + more);
        let axis = y - BELOW - 9.75 * aside.len().saturating_sub(1) as f32;
        for (i, line) in label.iter().rev().enumerate() {
            d.text(Label::new(0.0, axis - 6.5 - 11.7 * i as f32, line).semibold());
        }
        for (i, line) in aside.iter().enumerate() {
            d.text(Label::small(0.0, axis + 3.25 + 9.75 * i as f32, line));
        }
        draw_axis(&mut d, scale, axis, shared.is_none());
        draw_strip(&mut d, strip, &dots, scale, axis);
        figures(&mut d, strip, chart.country, axis, value_edge);
    }
    d.height = y;
    d
}

/// A country's dot; `y` is relative to the axis, upwards negative.
struct Dot {
    x: f32,
    y: f32,
    r: f32,
    geo: Geo,
    value: f64,
    /// It is the publication's country.
    own: bool,
    uncertain: bool,
}

/// Stacks the dots: a group is all within a step of its first, stands at its middle, at least a step right of the previous. The
/// country stands lowest at its true place; what would hide behind it stands above it.
fn stack(strip: &RankStrip, country: Geo, scale: Scale) -> Vec<Dot> {
    let mut sorted: Vec<(f64, Geo, bool)> =
        strip.countries.iter().filter_map(|(geo, shown)| Some((number(shown)?, *geo, shown.uncertain))).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let own_x = sorted.iter().find(|c| c.1 == country).map(|c| scale.at(c.0));
    let mut dots = Vec::new();
    let mut previous = f32::NEG_INFINITY;
    let mut rest = sorted.as_slice();
    while let Some(first) = rest.first() {
        let from = scale.at(first.0);
        let count = rest.iter().take_while(|c| scale.at(c.0) - from <= STEP).count();
        let (group, tail) = rest.split_at(count);
        rest = tail;
        let to = group.last().map_or(from, |c| scale.at(c.0));
        let x = ((from + to) / 2.0).max(previous + STEP);
        previous = x;
        let hidden = own_x.is_some_and(|own| (own - x).abs() < 5.0);
        let mut level = if hidden { -(2.0 * mark::COUNTRY_STRIP_R + RING + mark::OTHER_R) } else { -mark::OTHER_R - 0.25 };
        for &(value, geo, uncertain) in group {
            if geo == country {
                let y = -mark::COUNTRY_STRIP_R;
                dots.push(Dot { x: scale.at(value), y, r: mark::COUNTRY_STRIP_R, geo, value, own: true, uncertain });
            } else {
                dots.push(Dot { x, y: level, r: mark::OTHER_R, geo, value, own: false, uncertain });
                level -= STEP;
            }
        }
    }
    dots
}

/// One scale per strip; the plot is shortened where the code of the highest country needs the space.
fn scales(chart: &Ranks, from: f32, to: f32, limit: f32) -> Vec<Scale> {
    let axis = |strip: &RankStrip| {
        let values = strip.countries.iter().map(|c| number(&c.1)).chain([number_of(strip.average.as_ref())]).flatten();
        let axis = Axis::covering(strip.minimum, strip.maximum, values);
        if axis.minimum == 0.0 && axis.maximum == 100.0 { Axis { step: 20.0, ..axis } } else { axis }
    };
    let shared = chart.strips.windows(2).all(|s| axis(&s[0]) == axis(&s[1]));
    let lay = |to: f32| -> Vec<Scale> { chart.strips.iter().map(|s| Scale { axis: axis(s), from, to }).collect() };
    let mut to = to;
    for _ in 0..20 {
        let scales = lay(to);
        let over = chart.strips.iter().zip(&scales).flat_map(|(strip, scale)| {
            let dots = stack(strip, chart.country, *scale);
            let code = code(&dots, true).map(|label| label.bounds().right - limit);
            let end = ends(*scale, 0.0).1.bounds().right - limit;
            code.into_iter().chain(Some(end).filter(|_| !shared))
        });
        let over = over.fold(0.0, f32::max);
        if over <= 0.01 || to - over < from + 40.0 {
            break;
        }
        to -= over;
    }
    lay(to)
}

/// Right edge and width of the column of values.
fn value_column(chart: &Ranks, head: &str, width: f32) -> (f32, f32) {
    let ranks =
        chart.strips.iter().flat_map(|s| [(Face::Semibold, Label::SIZE, s.rank.as_str()), (Face::Regular, Label::SMALL, &s.rank_of)]);
    let rank =
        ranks.map(|(face, size, text)| font::width(face, size, text)).fold(row::widest(Face::Regular, Label::SMALL, ["Rank"]), f32::max);
    let own = chart.strips.iter().flat_map(|s| s.countries.iter().filter(|c| c.0 == chart.country).map(|c| &c.1));
    // The head may be wider than what stands under it: no code reaches up to it.
    let head = 0.6 * row::widest(Face::Regular, Label::SMALL, [head]);
    let figures = own.chain(chart.strips.iter().filter_map(|s| s.average.as_ref()));
    let values = Column::figures(width - 31.6, head, Face::Semibold, figures);
    (row::edges(width, &[values, Column::words(width, rank)])[0], values.width)
}

fn heads(d: &mut Drawing, chart: &Ranks, values_head: &str, value_edge: f32, shared: Option<Scale>, room: f32) {
    let y = row::HEAD;
    let others = 101.0 + row::widest(Face::Semibold, Label::SIZE, [chart.average_name.as_str()]) - 11.0;
    let name = row::name_or_code(&chart.country_name, chart.country.code(), room - 8.0 - others);
    let mut entries = vec![(Sign::Country, name.to_owned()), (Sign::Other, "other".to_owned())];
    if !chart.average_name.is_empty() {
        entries.push((Sign::Average, chart.average_name.clone()));
    }
    key::draw(d, 0.0, y, &entries);
    let head = Label::small(value_edge, y, values_head).end();
    let limit = head.bounds().left;
    d.text(head);
    d.text(Label::small(d.width, y, "Rank").end());
    if let Some(scale) = shared {
        for label in row::ticks(scale, y, |t| scale.axis.word(t)) {
            if label.bounds().right + 3.0 <= limit {
                d.text(label);
            }
        }
    }
}

/// The axis with its small ticks; with its ends in figures where the strips do not share a scale.
fn draw_axis(d: &mut Drawing, scale: Scale, y: f32, with_ends: bool) {
    let stroke = Stroke::solid(OTHERS, 0.5);
    d.line((scale.from, y), (scale.to, y), stroke);
    for tick in scale.axis.ticks() {
        d.line((scale.at(tick), y), (scale.at(tick), y + 2.5), stroke);
    }
    if with_ends {
        let (low, high) = ends(scale, y);
        d.text(low);
        d.text(high);
    }
}

/// The ends of an axis in figures, below it and outside, where no diamond hangs.
fn ends(scale: Scale, axis: f32) -> (Label, Label) {
    let low = Label::small(scale.from - 6.0, axis + 9.0, scale.axis.word(scale.axis.minimum)).end();
    (low, Label::small(scale.to + 6.0, axis + 9.0, scale.axis.word(scale.axis.maximum)))
}

fn draw_strip(d: &mut Drawing, strip: &RankStrip, dots: &[Dot], scale: Scale, axis: f32) {
    for dot in dots.iter().filter(|dot| !dot.own) {
        if dot.uncertain {
            d.disc(dot.x, axis + dot.y, dot.r - 0.4, Some(WHITE), Some(Stroke::solid(OTHERS, 0.8)));
        } else {
            mark::other(d, dot.x, axis + dot.y);
        }
    }
    if let Some(average) = number_of(strip.average.as_ref()) {
        mark::average(d, scale.at(average), axis + 6.0, mark::AVERAGE_R, strip.average.as_ref().is_some_and(|a| a.uncertain));
    }
    if let Some(own) = dots.iter().find(|dot| dot.own) {
        d.disc(own.x, axis + own.y, own.r + RING, Some(WHITE), None);
        mark::country(d, own.x, axis + own.y, own.r, own.uncertain);
    }
    let highest = code(dots, true);
    // Several codes may be too long to stand before the lowest dot: then none does.
    let lowest = code(dots, false).filter(|label| dots.len() > 1 && label.bounds().left > scale.from - LABEL_END);
    for label in [lowest, highest].into_iter().flatten() {
        d.text(Label { y: label.y + axis, ..label });
    }
}

/// The code of the highest or lowest country, 5 beside its dot; of up to three that share the value.
fn code(dots: &[Dot], highest: bool) -> Option<Label> {
    let extreme = dots.iter().map(|dot| dot.value).reduce(|a, b| if highest { a.max(b) } else { a.min(b) })?;
    let of: Vec<&Dot> = dots.iter().filter(|dot| dot.value == extreme).collect();
    if of.len() > 3 {
        return None;
    }
    let lowest_dot = of.iter().max_by(|a, b| a.y.total_cmp(&b.y))?;
    let beside = dots.iter().filter(|dot| (dot.y - lowest_dot.y).abs() < dot.r + 3.0);
    // On the lowest row the letters stand on the axis, not across it.
    let baseline = (lowest_dot.y + row::MIDDLE_SMALL).min(-1.0);
    let words = of.iter().map(|dot| dot.geo.code()).collect::<Vec<_>>().join(" ");
    let label = if highest {
        Label::small(beside.map(|dot| dot.x + dot.r).fold(f32::NEG_INFINITY, f32::max) + 5.0, baseline, words)
    } else {
        Label::small(beside.map(|dot| dot.x - dot.r).fold(f32::INFINITY, f32::min) - 5.0, baseline, words).end()
    };
    Some(if of.iter().all(|dot| dot.own) { label.semibold().color(COUNTRY) } else { label })
}

fn figures(d: &mut Drawing, strip: &RankStrip, country: Geo, axis: f32, value_edge: f32) {
    let (first, second) = (axis - 6.5, axis + 3.25);
    match strip.countries.iter().find(|c| c.0 == country) {
        Some((_, shown)) => row::value(d, Label::new(value_edge, first, &shown.text).semibold().color(COUNTRY).end(), shown),
        None => d.text(Label::new(value_edge, first, ":").semibold().color(COUNTRY).end()),
    }
    if let Some(shown) = &strip.average {
        row::value(d, Label::new(value_edge, second, &shown.text).color(AVERAGE).end(), shown);
    }
    d.text(Label::new(d.width, first, &strip.rank).semibold().color(COUNTRY).end());
    d.text(Label::small(d.width, second, &strip.rank_of).color(GREY).end());
}
