//! Gap plot: the distance of the country from the average, the average at zero, grouped by source.

use super::axis::{Axis, Scale, number, number_of};
use super::row::Column;
use super::{mark, row};
use crate::report::chart::{GapPlot, ValueRow};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::Face;
use crate::writer::theme::{AVERAGE, COUNTRY, GREY};

const ROW: f32 = 13.0;
/// Share of the width that labels may take: 160 of 482.
const LABELS: f32 = 160.0 / 482.0;
/// From a mark's middle to its figure.
const BESIDE: f32 = 7.0;

pub fn draw(plot: &GapPlot, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let rows: Vec<&ValueRow> = plot.groups.iter().flat_map(|g| &g.rows).collect();
    let columns = Columns::of(plot, &rows, width);
    let room = width * LABELS;
    let scale = lay(&rows, room + 4.0, columns.left);

    heads(&mut d, plot, scale, &columns);
    let mut y = row::HEAD + 7.5;
    row::hairline(&mut d, y);
    for group in &plot.groups {
        let aside = Label::small(width, y + 11.75, &group.aside).end();
        let heading = row::wrap(Face::Semibold, Label::SIZE, &group.heading, width - aside.width() - 9.0);
        d.text(aside);
        for (i, line) in heading.iter().enumerate() {
            d.text(Label::new(0.0, y + 11.75 + row::LINE * i as f32, line).semibold());
        }
        let top = y + 15.75 + row::extra(&heading);
        let labels: Vec<Vec<String>> = group.rows.iter().map(|r| row::wrap(Face::Regular, Label::SIZE, &r.label, room)).collect();
        let bottom = top + labels.iter().map(|l| ROW + row::extra(l)).sum::<f32>();
        if let Some(scale) = scale {
            for tick in scale.axis.ticks().into_iter().filter(|t| *t != 0.0) {
                row::gridline(&mut d, scale.at(tick), top, bottom);
            }
            d.line((scale.at(0.0), top), (scale.at(0.0), bottom), Stroke::solid(AVERAGE, 1.25));
        }
        let mut at = top;
        for (r, lines) in group.rows.iter().zip(&labels) {
            let height = ROW + row::extra(lines);
            value_row(&mut d, r, lines, at + height / 2.0, scale, &columns);
            at += height;
        }
        y = bottom + 3.5;
        row::hairline(&mut d, y);
    }
    d.height = y;
    d
}

/// Right edges of the figures' columns, and where the first of them begins.
struct Columns {
    country: f32,
    average: f32,
    left: f32,
}

impl Columns {
    fn of(plot: &GapPlot, rows: &[&ValueRow], width: f32) -> Self {
        let head = |name| row::widest(Face::Semibold, Label::SIZE, [name]);
        let averages = rows.iter().filter_map(|r| r.average.as_ref());
        let rank = row::widest(Face::Semibold, Label::SIZE, ["Rank"]);
        let rank = row::widest(Face::Regular, Label::SIZE, rows.iter().map(|r| r.rank.as_str())).max(rank);
        // The head of the country's column may reach over the plot; its figures may not.
        let country = Column::figures(width - 76.0, 0.0, Face::Semibold, rows.iter().map(|r| &r.country));
        let average = Column::figures(width - 44.5, head(&plot.average_name), Face::Regular, averages);
        let edges = row::edges(width, &[country, average, Column::words(width, rank)]);
        let country = country.width;
        Self { country: edges[0], average: edges[1], left: edges[0] - country.max(36.0) - 9.0 }
    }
}

/// Lays the axis so that every signed figure beyond its mark keeps clear of the labels and of the columns. `None` if no row
/// has a gap.
fn lay(rows: &[&ValueRow], left: f32, right: f32) -> Option<Scale> {
    let gaps: Vec<(f64, f32)> = rows.iter().filter_map(|r| gap_of(r)).map(|(g, text)| (g, sign_width(text))).collect();
    if gaps.is_empty() {
        return None;
    }
    let axis = Axis::around_zero(gaps.iter().map(|g| g.0));
    let mut scale = Scale { axis, from: left + 8.0, to: right - 8.0 };
    // The plot may reach no further than the specification's 172 to 332 of 482.
    scale.from = scale.from.max(left * 172.0 / 164.0);
    scale.to = scale.to.min(left * 332.0 / 164.0);
    for _ in 0..60 {
        let over_right = gaps.iter().filter(|g| g.0 >= 0.0).map(|(g, w)| scale.at(*g) + BESIDE + w - right);
        let over_left = gaps.iter().filter(|g| g.0 < 0.0).map(|(g, w)| left - (scale.at(*g) - BESIDE - w));
        let (right, left) = (over_right.fold(0.0, f32::max), over_left.fold(0.0, f32::max));
        if right <= 0.01 && left <= 0.01 || scale.to - right - scale.from - left < 26.0 {
            break;
        }
        scale.to -= right;
        scale.from += left;
    }
    Some(scale)
}

fn heads(d: &mut Drawing, plot: &GapPlot, scale: Option<Scale>, columns: &Columns) {
    let baseline = row::HEAD;
    let mut taken = columns.left;
    let room = d.width / 482.0 * 60.0;
    let country = row::name_or_code(&plot.country_name, &plot.country_code, room);
    let head = Label::new(columns.country, baseline, country).semibold().color(COUNTRY).end();
    taken = taken.min(head.bounds().left - 6.0);
    d.text(head);
    d.text(Label::new(columns.average, baseline, &plot.average_name).semibold().color(AVERAGE).end());
    d.text(Label::new(d.width, baseline, "Rank").semibold().color(GREY).end());
    let Some(scale) = scale else { return };
    let zero = Label::new(scale.at(0.0), baseline, format!("{} = 0", plot.average_name)).semibold().color(AVERAGE).middle();
    let zero_box = zero.bounds().grown(4.0);
    d.text(zero);
    for label in row::ticks(scale, baseline, |t| signed_tick(scale, t)) {
        if !label.bounds().meets(zero_box) && label.bounds().right <= taken {
            d.text(label);
        }
    }
}

/// `+10`, `−10`.
pub fn signed_tick(scale: Scale, tick: f64) -> String {
    let word = scale.axis.word(tick);
    if tick > 0.0 { format!("+{word}") } else { word }
}

fn value_row(d: &mut Drawing, r: &ValueRow, lines: &[String], middle: f32, scale: Option<Scale>, columns: &Columns) {
    let end = row::label(d, 0.0, middle, lines, Face::Regular);
    row::raised(d, end.0 + 1.5, end.1, &r.mark);
    if let (Some(scale), Some((gap, text))) = (scale, gap_of(r)) {
        let (zero, x) = (scale.at(0.0), scale.at(gap));
        d.line((zero, middle), (x, middle), Stroke::solid(mark::ahead(gap, r.higher_is_better), 2.5));
        mark::country(d, x, middle, mark::COUNTRY_R, r.country.uncertain);
        let signed = Label::new(0.0, middle + row::MIDDLE, text).semibold().color(COUNTRY).halo();
        d.text(if gap < 0.0 { Label { x: x - BESIDE, ..signed }.end() } else { Label { x: x + BESIDE, ..signed } });
    } else if let Some(scale) = scale {
        let words = Label::small(scale.at(0.0) + BESIDE, middle + row::MIDDLE_SMALL, "gap not computed").halo();
        let left = Label { x: scale.at(0.0) - BESIDE, ..words.clone() }.end();
        if words.bounds().right <= columns.left {
            d.text(words);
        } else if left.bounds().left >= d.width * LABELS + 4.0 {
            d.text(left);
        }
    }
    row::country_value(d, columns.country, middle, &r.country);
    if let Some(average) = &r.average {
        row::average_value(d, columns.average, middle, average);
    }
    d.text(Label::new(d.width, middle + row::MIDDLE, &r.rank).color(GREY).end());
}

/// The signed distance and its words.
fn gap_of(r: &ValueRow) -> Option<(f64, &str)> {
    number(&r.country)?;
    let shown = r.gap.as_ref()?;
    Some((number_of(Some(shown))?, shown.text.as_str()))
}

fn sign_width(text: &str) -> f32 {
    row::widest(Face::Semibold, Label::SIZE, [text])
}
