//! Bars with average: dimensions and their indicators from zero, the average as an upright mark.

use super::axis::{Axis, Scale, number, number_of};
use super::row::Column;
use super::{mark, row};
use crate::report::chart::{Bars, ValueRow};
use crate::writer::drawing::{Bounds, Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, COUNTRY_LIGHT, GREY, INK, Rgb};

const ROW: f32 = 16.25;
/// Before a dimension.
const SPACE: f32 = 6.5;
const INDENT: f32 = 9.0;
const LABEL: f32 = 122.0;
const PLOT_END: f32 = 322.0;
/// Between a label and the plot.
const CLEAR: f32 = 6.0;
/// Space for a footnote's letter.
const MARK: f32 = 8.0;

pub fn draw(bars: &Bars, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let rows: Vec<&ValueRow> = bars.dimensions.iter().flat_map(|(d, rows)| std::iter::once(d).chain(rows)).collect();
    let columns = Columns::of(bars, &rows, width);
    let values = rows.iter().flat_map(|r| [number(&r.country), number_of(r.average.as_ref())]).flatten();
    let axis = Axis::covering(0.0, bars.maximum, values);
    // Gridlines in fifths where a scale of 0 to 100 can have them: the specification's twenties.
    let axis = if axis.minimum == 0.0 && axis.maximum == 100.0 { Axis { step: 20.0, ..axis } } else { axis };
    let share = width / 482.0;
    let last_tick = font::width(Face::Regular, Label::SMALL, &axis.word(axis.maximum)) / 2.0;
    let scale = Scale { axis, from: labels(bars) * share, to: (PLOT_END * share).min(columns.left - last_tick) };
    heads(&mut d, bars, scale, &columns);

    let mut y = row::HEAD + 6.5;
    row::rule(&mut d, y);
    for (i, (dimension, indicators)) in bars.dimensions.iter().enumerate() {
        if i > 0 {
            y += SPACE;
            row::hairline(&mut d, y);
        }
        let group: Vec<(&ValueRow, f32, Face, Vec<String>)> = std::iter::once((dimension, 0.0, Face::Semibold))
            .chain(indicators.iter().map(|r| (r, INDENT, Face::Regular)))
            .map(|(r, indent, face)| {
                let mark = if r.mark.is_empty() { 0.0 } else { MARK };
                (r, indent, face, row::wrap(face, Label::SIZE, &r.label, scale.from + 0.01 - CLEAR - indent - mark))
            })
            .collect();
        let bottom = y + group.iter().map(|(.., lines)| ROW + row::extra(lines)).sum::<f32>();
        for tick in scale.axis.ticks().into_iter().filter(|t| *t != 0.0) {
            row::gridline(&mut d, scale.at(tick), y, bottom);
        }
        let top = y;
        for (r, indent, face, lines) in &group {
            let height = ROW + row::extra(lines);
            let middle = y + height / 2.0;
            let end = row::label(&mut d, *indent, middle, lines, *face);
            row::raised(&mut d, end.0 + 3.0, end.1, &r.mark);
            let (half, color) = if *indent == 0.0 { (4.25, COUNTRY) } else { (2.75, COUNTRY_LIGHT) };
            bar(&mut d, r, middle, half, color, scale);
            figures(&mut d, r, middle, &columns);
            y += height;
        }
        d.line((scale.at(0.0), top), (scale.at(0.0), bottom), Stroke::solid(INK, 0.75));
    }
    row::rule(&mut d, y);
    d.height = y;
    d
}

/// Width of the label column: as much as the longest label needs, between the specification's and a fifth more.
fn labels(bars: &Bars) -> f32 {
    let need = |r: &ValueRow, indent: f32, face| {
        font::width(face, Label::SIZE, &r.label) + indent + CLEAR + if r.mark.is_empty() { 0.0 } else { MARK }
    };
    let needs = bars.dimensions.iter().flat_map(|(dimension, rows)| {
        let rows = rows.iter().map(|r| need(r, INDENT, Face::Regular));
        rows.chain([need(dimension, 0.0, Face::Semibold)])
    });
    needs.fold(LABEL, f32::max).min(LABEL * 1.2)
}

/// Right edges of the columns, and where the first begins with its key.
struct Columns {
    country: f32,
    average: f32,
    gap: f32,
    left: f32,
    key_country: f32,
    key_average: f32,
}

impl Columns {
    fn of(bars: &Bars, rows: &[&ValueRow], width: f32) -> Self {
        let head = |name: &str| font::width(Face::Semibold, Label::SIZE, name);
        let key_country = head(&bars.country_code) + 14.0;
        let key_average = head(&bars.average_name) + 6.0;
        let country = Column::figures(width - 121.6, key_country, Face::Semibold, rows.iter().map(|r| &r.country));
        let averages = rows.iter().filter_map(|r| r.average.as_ref());
        let average = Column::figures(width - 79.0, key_average, Face::Regular, averages);
        let gap = row::widest(Face::Semibold, Label::SIZE, rows.iter().filter_map(|r| r.gap.as_ref()).map(|g| g.text.as_str()));
        let gap = Column::words(width - 42.0, gap.max(head("Gap")));
        let rank = row::widest(Face::Regular, Label::SIZE, rows.iter().map(|r| r.rank.as_str())).max(head("Rank"));
        let edges = row::edges(width, &[country, average, gap, Column::words(width, rank)]);
        let country = country.width;
        Self {
            country: edges[0],
            average: edges[1],
            gap: edges[2],
            left: edges[0] - country - 4.0,
            key_country: edges[0] - key_country,
            key_average: edges[1] - key_average,
        }
    }
}

fn heads(d: &mut Drawing, bars: &Bars, scale: Scale, columns: &Columns) {
    let y = row::HEAD;
    for label in row::ticks(scale, y, |t| scale.axis.word(t)) {
        d.text(label);
    }
    let swatch = Bounds { left: columns.key_country, right: columns.key_country + 10.0, top: y - 5.75, bottom: y - 0.5 };
    d.rect(swatch, COUNTRY);
    d.text(Label::new(columns.country, y, &bars.country_code).semibold().color(COUNTRY).end());
    if !bars.average_name.is_empty() {
        mark::average_upright(d, columns.key_average + 1.0, y - row::MIDDLE);
        d.text(Label::new(columns.average, y, &bars.average_name).semibold().color(AVERAGE).end());
        d.text(Label::new(columns.gap, y, "Gap").semibold().end());
    }
    d.text(Label::new(d.width, y, "Rank").semibold().color(GREY).end());
}

fn bar(d: &mut Drawing, r: &ValueRow, middle: f32, half: f32, color: Rgb, scale: Scale) {
    if let Some(value) = number(&r.country) {
        let (zero, end) = (scale.at(0.0), scale.at(value));
        let at = Bounds { left: zero.min(end), right: zero.max(end), top: middle - half, bottom: middle + half };
        if r.country.uncertain {
            let inside = at.grown(-0.5);
            let corners =
                [(inside.left, inside.top), (inside.right, inside.top), (inside.right, inside.bottom), (inside.left, inside.bottom)];
            d.polygon(&corners, Some(crate::writer::theme::WHITE), Some(Stroke::solid(color, 1.0)));
        } else {
            d.rect(at, color);
        }
    } else {
        let words = Label::small(scale.at(0.0) + 4.0, middle + row::MIDDLE_SMALL, "not available").halo();
        // Left out where the average's mark would stand in the words.
        let clear = number_of(r.average.as_ref()).is_none_or(|a| scale.at(a) > words.bounds().right + 3.0);
        if clear {
            d.text(words);
        }
    }
    if let Some(average) = number_of(r.average.as_ref()) {
        mark::average_upright(d, scale.at(average), middle);
    }
}

fn figures(d: &mut Drawing, r: &ValueRow, middle: f32, columns: &Columns) {
    row::country_value(d, columns.country, middle, &r.country);
    if let Some(average) = &r.average {
        row::average_value(d, columns.average, middle, average);
    }
    if let Some(gap) = &r.gap {
        let label = Label::new(columns.gap, middle + row::MIDDLE, &gap.text).end();
        d.text(if number(gap).is_some_and(|g| g < 0.0) { label.semibold() } else { label });
    }
    d.text(Label::new(d.width, middle + row::MIDDLE, &r.rank).color(GREY).end());
}
