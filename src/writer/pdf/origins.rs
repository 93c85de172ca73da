//! Every figure of the document with its id and the cell or line that it comes from: what a reader follows back.

use super::blocks::spot;
use super::layout::{Layout, Role, measure};
use super::passage::Passages;
use super::text::{Hyphens, Piece};
use crate::report::{Report, Shown};
use crate::vocabulary::Geo;
use crate::writer::font::Face;
use crate::writer::theme::grid::{BOTTOM, G, LEFT, MEASURE, TOP, col, span};
use crate::writer::theme::style::{BODY, NOTE};
use crate::writer::theme::{HAIRLINE, INK, Style};
use std::collections::BTreeMap;

/// The figures of one indicator or dataset, in the order of their ids.
pub struct Group<'r> {
    pub indicator: &'r str,
    pub figures: Vec<&'r Shown>,
}

/// What an id begins with: the indicator, or the dataset.
pub fn indicator(shown: &Shown) -> &str {
    shown.id.split('/').next().unwrap_or("")
}

pub fn anchor(indicator: &str) -> String {
    format!("figures-{indicator}")
}

/// The printed figures that were read, each once, by indicator: those of the country and of averages. Computed ones have
/// the places of what they are computed from; the other countries' are dots, and stand in the data.
pub fn listed(report: &Report) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<&str, BTreeMap<&str, &Shown>> = BTreeMap::new();
    for (_, shown) in report.shown() {
        let geo = shown.id.split('/').nth(1).and_then(Geo::parse);
        let printed = geo.is_none_or(|g| g == report.geo || g.is_aggregate());
        if shown.place.is_some() && printed && !shown.id.is_empty() {
            groups.entry(indicator(shown)).or_default().insert(&shown.id, shown);
        }
    }
    groups.into_iter().map(|(indicator, figures)| Group { indicator, figures: figures.into_values().collect() }).collect()
}

const ID: Style = NOTE.colored(INK);
const LINE: f32 = NOTE.leading;

/// Lists them in two columns.
pub fn compose(l: &mut Layout, passages: &Passages, report: &Report) {
    let words = "Each printed figure by its id, as it is printed, and the cell or line that it was read from. The id is what factsheet trace takes: it shows every step from the source to the page.";
    l.gap(0.0, 0.0);
    l.flow(Role::Paragraph, &passages.pieces(words, BODY), LEFT, MEASURE, Hyphens::Allowed);
    l.y += 0.5 * G;
    let mut columns = Columns { top: l.y, second: false };
    for group in listed(report) {
        columns.need(l, 4.0 * LINE);
        let (x, width) = columns.place();
        l.anchor(anchor(group.indicator), l.y);
        l.rule(x, l.y, width, 0.5, HAIRLINE);
        l.y += 3.25;
        let known = report.indicators.iter().find(|i| i.code == group.indicator);
        let name = known.map_or(String::new(), |i| format!(" {}", i.label_in(&report.edition)));
        let file = group.figures.first().and_then(|f| f.place.as_ref()).map_or("", |p| p.file.as_str());
        let head = [Piece::new(format!("{}{name}, ", group.indicator), ID.faced(Face::Semibold)), Piece::new(file, NOTE)];
        l.within(Role::Paragraph, |l| l.y += l.lines_at(&head, x, l.y, width, Hyphens::Never));
        l.begin(Role::List);
        for figure in &group.figures {
            columns.need(l, LINE);
            self::figure(l, figure, file, columns.place());
        }
        l.end();
        l.y += 0.5 * G;
    }
    // What follows stands below both columns.
    if columns.second {
        l.y = BOTTOM;
    }
}

/// Two columns that fill one after the other, page after page.
struct Columns {
    top: f32,
    second: bool,
}

impl Columns {
    fn place(&self) -> (f32, f32) {
        (if self.second { col(6) } else { LEFT }, span(6))
    }

    fn need(&mut self, l: &mut Layout, height: f32) {
        if l.y + height <= BOTTOM {
            return;
        }
        l.unmark();
        if self.second {
            l.y = BOTTOM;
            l.new_page();
            self.top = TOP;
        } else {
            l.y = self.top;
        }
        self.second = !self.second;
    }
}

/// Id, value, place.
fn figure(l: &mut Layout, figure: &Shown, file: &str, (x, width): (f32, f32)) {
    let y = l.y + 0.75 * LINE;
    let place = figure.place.as_ref().map_or(String::new(), |p| if p.file == file { spot(p) } else { p.to_string() });
    l.begin(Role::Item);
    let node = l.begin(Role::Body);
    l.mark(node);
    // Places stand right; values before them, in line where places are short.
    let value = x + (0.74 * width).min(width - measure(NOTE, &place) - 8.0).max(0.4 * width);
    let id_width = measure(ID, &figure.id);
    let mut baseline = y;
    l.text(x, y, ID, &format!("{} ", figure.id));
    // A long id pushes the rest to a line of its own.
    if id_width + measure(ID, &figure.text) + 6.0 > value - x {
        baseline += LINE;
        l.y += LINE;
    }
    l.text_end(value, baseline, ID.faced(Face::Semibold), &format!("{} ", figure.text));
    l.text_end(x + width, baseline, NOTE, &place);
    l.end();
    l.end();
    l.y += LINE;
}
