//! Scoreboards: country and average as dots on one short scale, never a radar.

use super::axis::{Axis, Scale, number, number_of};
use super::key::{self, Sign};
use super::row::Column;
use super::{mark, row};
use crate::report::chart::{Board, Scoreboard, ValueRow};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY};

const ROW: f32 = 14.625;
/// Between a board's last rule and the next board's head.
const BETWEEN: f32 = 39.0;
const LABEL: f32 = 252.0;
const PLOT: f32 = 140.0;
/// Where labels begin that have a number before them.
const NUMBERED: f32 = 18.0;

pub fn draw(chart: &Scoreboard, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    let rows: Vec<&ValueRow> = chart.boards.iter().flat_map(|b| &b.rows).collect();
    let with_average = rows.iter().any(|r| r.average.is_some());
    let mut entries = vec![(Sign::Country, chart.country_name.clone())];
    if with_average {
        entries.push((Sign::Average, format!("{} average", chart.average_name)));
        entries.push((Sign::Both, "both at the same score".to_owned()));
    }
    key::draw(&mut d, 0.0, row::HEAD, &entries);

    let columns = columns(chart, &rows, width);
    let values = rows.iter().flat_map(|r| [number(&r.country), number_of(r.average.as_ref())]).flatten();
    let whole = Axis::covering(chart.minimum, chart.maximum, values);
    // A score scale has few whole steps: a line at each.
    let steps = whole.maximum - whole.minimum;
    let axis = if steps <= 6.0 && steps.fract() == 0.0 { Axis { step: 1.0, ..whole } } else { whole };
    let from = LABEL * width / 482.0;
    let scale = Scale { axis, from, to: (from + PLOT * width / 482.0).min(columns[0] - columns[3] - 9.0) };

    let mut y = row::HEAD;
    for (i, board) in chart.boards.iter().enumerate() {
        y += if i == 0 { 26.0 } else { BETWEEN };
        y = draw_board(&mut d, chart, board, y, scale, &columns);
    }
    d.height = y.max(row::HEAD + 6.5);
    d
}

/// Right edges of country, average and gap, and the width of the first.
fn columns(chart: &Scoreboard, rows: &[&ValueRow], width: f32) -> [f32; 4] {
    let head = |name: &str| font::width(Face::Semibold, Label::SIZE, name);
    let country = Column::figures(width - 58.0, head(&chart.country_code), Face::Semibold, rows.iter().map(|r| &r.country));
    let averages = rows.iter().filter_map(|r| r.average.as_ref());
    let average = Column::figures(width - 32.0, head(&chart.average_name), Face::Regular, averages);
    let gap = row::widest(Face::Semibold, Label::SIZE, rows.iter().filter_map(|r| r.gap.as_ref()).map(|g| g.text.as_str()));
    let edges = row::edges(width, &[country, average, Column::words(width, gap.max(head("Gap")))]);
    [edges[0], edges[1], edges[2], country.width]
}

fn draw_board(d: &mut Drawing, chart: &Scoreboard, board: &Board, baseline: f32, scale: Scale, columns: &[f32; 4]) -> f32 {
    let room = scale.from - 12.0;
    let heading = row::wrap(Face::Semibold, Label::SIZE, &board.heading, room);
    let baseline = baseline + row::extra(&heading);
    for (i, line) in heading.iter().rev().enumerate() {
        d.text(Label::new(0.0, baseline - row::LINE * i as f32, line).semibold());
    }
    for label in row::ticks(scale, baseline, |t| scale.axis.word(t)) {
        d.text(label);
    }
    d.text(Label::new(columns[0], baseline, &chart.country_code).semibold().color(COUNTRY).end());
    if board.rows.iter().any(|r| r.average.is_some()) {
        d.text(Label::new(columns[1], baseline, &chart.average_name).semibold().color(AVERAGE).end());
        d.text(Label::new(columns[2], baseline, "Gap").semibold().end());
    }
    let mut y = baseline + 4.0;
    row::rule(d, y);
    let indent = if board.rows.iter().any(|r| !r.number.is_empty()) { NUMBERED } else { 0.0 };
    let labels: Vec<Vec<String>> = board.rows.iter().map(|r| row::wrap(Face::Regular, Label::SIZE, &r.label, room - indent)).collect();
    let bottom = y + labels.iter().map(|l| ROW + row::extra(l)).sum::<f32>();
    for tick in scale.axis.ticks() {
        row::gridline(d, scale.at(tick), y, bottom);
    }
    for (r, lines) in board.rows.iter().zip(&labels) {
        let height = ROW + row::extra(lines);
        let middle = y + height / 2.0;
        y += height;
        row::hairline(d, y);
        let end = row::label(d, indent, middle, lines, Face::Regular);
        row::raised(d, end.0 + 1.5, end.1, &r.mark);
        d.text(Label::new(indent - 8.0, end.1 - row::extra(lines) * 0.9, &r.number).color(GREY).end());
        score(d, r, middle, scale, columns);
    }
    y
}

fn score(d: &mut Drawing, r: &ValueRow, middle: f32, scale: Scale, columns: &[f32; 4]) {
    let country = number(&r.country).map(|v| scale.at(v));
    let average = number_of(r.average.as_ref()).map(|v| scale.at(v));
    let gap = r.gap.as_ref().and_then(number);
    if let (Some(c), Some(a)) = (country, average) {
        let color = mark::ahead(gap.unwrap_or(f64::from(c - a)), r.higher_is_better);
        d.line((c, middle), (a, middle), Stroke::solid(color, 2.25));
    }
    mark::pair(d, middle, country.map(|x| (x, r.country.uncertain)), average.map(|x| (x, false)));
    row::country_value(d, columns[0], middle, &r.country);
    if country.is_none() {
        // At the foot of the scale, or beside an average that stands there.
        let words = Label::small(scale.from + 6.0, middle + row::MIDDLE_SMALL, "no score").halo();
        let beyond = average.filter(|a| a - 8.0 < words.bounds().right).map_or(words.x, |a| a + 9.0);
        d.text(Label { x: beyond, ..words });
    }
    if let Some(shown) = &r.average {
        row::average_value(d, columns[1], middle, shown);
    }
    let baseline = middle + row::MIDDLE;
    match (&r.gap, gap) {
        (Some(_), Some(0.0)) => d.text(Label::new(columns[2], baseline, "=").color(GREY).end()),
        (Some(shown), Some(_)) => d.text(Label::new(columns[2], baseline, &shown.text).semibold().end()),
        (Some(shown), None) => d.text(Label::new(columns[2], baseline, &shown.text).color(GREY).end()),
        (None, _) => {}
    }
}
