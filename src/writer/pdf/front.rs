//! The first page (what the country's position is, at a glance) and the contents.

use super::layout::{Artifact, Item, Layout, Role, Target, measure};
use super::passage::Passages;
use super::tables::{marks, raised};
use super::text::{Hyphens, Piece, lines};
use super::{blocks, compose};
use crate::report::{KeyFigure, Report, TileScale};
use crate::source::origin::Status;
use crate::writer::chart;
use crate::writer::drawing::{Segment, Stroke};
use crate::writer::font::Face;
use crate::writer::theme::grid::{BOTTOM, G, LEFT, MEASURE, RIGHT, TOP, col, span};
use crate::writer::theme::style::{BODY, COUNTRY_NAME, H1, HEAD, KEY_FIGURE, KICKER, LABEL, LEAD, NOTE, TICK, TILE};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, HAIRLINE, INK, Style, WHITE};

/// Rule, kicker, country, key to the marks, lead, tiles, and the picture of the country's position.
pub fn first_page(l: &mut Layout, passages: &Passages, report: &Report) {
    l.anchor("first-page", TOP);
    l.bookmark(format!("{} – {}", report.country, report.title), 1, TOP);
    let lead = masthead(l, passages, report, &report.title, &report.country, COUNTRY_NAME, 117.0, 149.5);
    // Tiles stand at 208; a longer lead moves them down in steps of 6.5.
    let free = lead + 13.0 + 9.75;
    let mut y = 208.0;
    while y < free {
        y += 6.5;
    }
    for row in report.key_figures.chunks(3).take(2) {
        for (i, key_figure) in row.iter().enumerate() {
            tile(l, key_figure, &report.country, col(u8::try_from(4 * i).expect("three to a row")), y);
        }
        y += 110.5;
    }
    l.y = y;
    if let Some(position) = &report.position {
        l.y += 6.5 - 0.75 * G;
        l.fresh = true;
        blocks::framed_chart(l, passages, position);
    }
}

/// What both documents begin with; the last baseline of the lead.
#[expect(clippy::too_many_arguments, reason = "the words and the places of one composition")]
pub fn masthead(
    l: &mut Layout,
    passages: &Passages,
    report: &Report,
    kicker: &str,
    name: &str,
    style: Style,
    baseline: f32,
    lead: f32,
) -> f32 {
    l.rule(LEFT, 45.5, MEASURE, 2.5, INK);
    if report.status == Status::Draft {
        l.tagged(Role::Paragraph, LEFT, 34.0, TICK.faced(Face::Semibold).colored(INK), compose::DRAFT);
    }
    l.begin(Role::Section);
    let key = col(8);
    l.tagged(Role::Paragraph, LEFT, 71.5, KICKER, kicker);
    // A long name is set smaller rather than run into the key beside it.
    let room = if baseline > 115.0 { key - LEFT - G } else { MEASURE };
    let size = style.size.min(style.size * room / measure(style, name).max(1.0));
    l.tagged(Role::Heading(1), LEFT - 2.0, baseline, Style { size, ..style }, name);
    mark_key(l, report, key);
    l.y = 81.5;
    if baseline > 115.0 && !report.scope.is_empty() {
        l.flow(Role::Paragraph, &passages.pieces(&report.scope, NOTE), key, span(4), Hyphens::Never);
    }
    l.y = lead - 0.75 * LEAD.leading;
    l.flow(Role::Paragraph, &passages.pieces(&report.lead, LEAD), LEFT, MEASURE, Hyphens::Never);
    l.end();
    l.y - 0.25 * LEAD.leading
}

/// Which mark is the country and which the average: their names in their colours.
fn mark_key(l: &mut Layout, report: &Report, x: f32) {
    let y = 71.5;
    let middle = y - 3.0;
    l.artifact(Artifact::Layout, |l| {
        l.push(Item::Disc { x: x + 3.3, y: middle, r: 3.3, fill: COUNTRY });
    });
    let country = HEAD.colored(COUNTRY);
    let end = x + 10.0 + l.tagged(Role::Paragraph, x + 10.0, y, country, &report.country);
    let average = HEAD.colored(AVERAGE);
    let mut at = end + 16.0;
    let mut baseline = y;
    if at + 10.0 + measure(average, "EU average") > RIGHT {
        (at, baseline) = (x, y - 13.0);
    }
    l.artifact(Artifact::Layout, |l| {
        let (cx, cy, r) = (at + 4.2, baseline - 3.0, 4.2);
        let corners = [(cx, cy - r), (cx + r, cy), (cx, cy + r), (cx - r, cy)];
        let mut segments: Vec<Segment> = corners.iter().map(|(x, y)| Segment::Line(*x, *y)).collect();
        segments[0] = Segment::Move(cx, cy - r);
        segments.push(Segment::Close);
        let stroke = Stroke { color: AVERAGE, width: 1.3, dash: None, round: false };
        l.push(Item::Path { segments, fill: Some(WHITE), stroke: Some(stroke) });
    });
    l.tagged(Role::Paragraph, at + 12.0, baseline, average, "EU average");
}

/// A key figure, 152 by 104, its rule at `top`.
fn tile(l: &mut Layout, f: &KeyFigure, country: &str, x: f32, top: f32) {
    let width = span(4);
    l.begin(Role::Section);
    l.rule(x, top, width, 0.75, INK);
    l.y = top + 3.25;
    l.flow(Role::Paragraph, &[Piece::new(f.label.as_str(), TILE)], x, width, Hyphens::Never);
    number(l, f, KEY_FIGURE, x, top + 65.0, 72.0);
    let beside = x + 76.0;
    l.y = top + 42.25 - 0.75 * LABEL.leading;
    let gap = Piece::new(f.gap_words.as_str(), HEAD);
    let rank = Piece::new(f.rank_words.as_str(), LABEL.colored(GREY));
    for pieces in [average(f), vec![gap], vec![rank]] {
        if pieces.iter().any(|piece| !piece.text.is_empty()) {
            l.flow(Role::Paragraph, &pieces, beside, x + width - beside + 4.0, Hyphens::Never);
        }
    }
    l.figure_at(&chart::tile(f, width), x, top, &scale_words(f, country));
    l.end();
}

/// The number with its unit, or that there is none.
pub fn number(l: &mut Layout, f: &KeyFigure, style: Style, x: f32, y: f32, width: f32) {
    let node = l.begin(Role::Paragraph);
    l.mark(node);
    if f.country.value.is_none() {
        let none = Style { size: 14.0, ..style.colored(GREY) };
        if measure(none, "not available") <= width {
            l.text(x, y, none, "not available");
        } else {
            l.text(x, y - 14.0, none, "not ");
            l.text(x, y + 1.0, none, "available");
        }
    } else {
        let unit = Style { size: 11.0, ..style };
        let marks = marks(&f.country);
        let raised = Style { size: 9.0, ..style }.faced(Face::Regular).colored(GREY);
        let hang = if marks.is_empty() { 0.0 } else { 1.0 + measure(raised, &marks) };
        let after = hang + if f.unit.is_empty() { 0.0 } else { 2.0 + measure(unit, &f.unit) };
        let size = style.size.min(style.size * (width - after) / measure(style, &f.country.text).max(1.0));
        let end = x + l.text(x, y, Style { size, ..style }, &f.country.text) + hang;
        if hang > 0.0 {
            l.text(end - hang + 1.0, y - 0.45 * size, raised, &marks);
        }
        if !f.unit.is_empty() {
            l.text(end + 2.0, y, unit, &format!(" {}", f.unit));
        }
    }
    l.end();
}

/// `EU 58 %` with its flags; nothing without an average.
pub fn average(f: &KeyFigure) -> Vec<Piece<'static>> {
    let Some(average) = &f.average else { return Vec::new() };
    let unit = if f.unit == "%" { "\u{a0}%" } else { "" };
    let style = HEAD.colored(AVERAGE);
    let words = Piece::new(format!("{} {}{unit}", f.average_name, average.text), style);
    std::iter::once(words).chain(raised(average, style)).collect()
}

/// The scale of a tile for those who do not see it.
fn scale_words(f: &KeyFigure, country: &str) -> String {
    match &f.scale {
        TileScale::Line { min, max, higher_is_better: _ } => {
            let average = f.average.as_ref().map_or(String::new(), |a| format!(", {} {}", f.average_name, a.text));
            let own = if f.country.value.is_some() { f.country.text.as_str() } else { "not available" };
            format!("Scale from {min} to {max}: {country} {own}{average}.")
        }
        TileScale::Dots { total, below, caption } => {
            format!("{} of {total} dots filled, {below} open: {caption}.", total.saturating_sub(*below))
        }
    }
}

/// A line of the contents.
pub struct Entry {
    pub number: String,
    pub title: String,
    pub level: u8,
    pub key: String,
}

/// Pages and element kept for the contents until page numbers are known.
pub struct Reserved {
    first: usize,
    /// Top of the heading; on the first page it is set smaller.
    top: f32,
    heading: usize,
    node: usize,
}

const LINE: f32 = 1.25 * G;
/// Before a chapter of the first level.
const APART: f32 = 0.5 * G;

/// Keeps the room for the contents, given the level of each entry: under what stands on the first page where they fit
/// there, else on pages of their own.
pub fn reserve(l: &mut Layout, levels: &[u8]) -> Reserved {
    let lines: f32 = levels.iter().map(|level| LINE + if *level <= 1 { APART } else { 0.0 }).sum();
    if l.y + 5.0 * G + lines <= BOTTOM {
        let top = l.y + 3.0 * G;
        l.anchor("contents", top);
        l.bookmark("Contents", 1, top);
        l.y = BOTTOM;
        return reserved(l, l.page, top);
    }
    l.running = "Contents".to_owned();
    l.new_page();
    l.anchor("contents", TOP);
    l.bookmark("Contents", 1, TOP);
    let reserved = reserved(l, l.page, TOP);
    // As many pages as the lines need.
    let per_page = ((BOTTOM - TOP - 4.0 * G) / (LINE + 3.0)).floor() as usize;
    for _ in 1..levels.len().div_ceil(per_page) {
        l.new_page();
    }
    // Nothing else goes there.
    l.y = BOTTOM;
    reserved
}

fn reserved(l: &mut Layout, first: usize, top: f32) -> Reserved {
    let heading = l.child(l.current(), Role::Section);
    let node = l.child(heading, Role::Contents);
    Reserved { first, top, heading, node }
}

/// Fills the reserved pages.
pub fn contents(l: &mut Layout, reserved: &Reserved, entries: &[Entry]) {
    let last = l.page;
    l.unmark();
    l.page = reserved.first;
    l.reopen(reserved.heading);
    // The heading comes before the list that was reserved under it.
    let small = reserved.first == 0;
    l.tagged(Role::Heading(1), LEFT, reserved.top + G, if small { KICKER } else { H1 }, "Contents");
    l.end();
    let kids = &mut l.nodes[reserved.heading].kids;
    kids.rotate_right(1);
    l.reopen(reserved.node);
    l.y = reserved.top + if small { 1.5 * G } else { 2.75 * G };
    for (i, entry) in entries.iter().enumerate() {
        let main = entry.level <= 1;
        let gap = if main && i > 0 { APART } else { 0.0 };
        if l.y + gap + LINE > BOTTOM + 0.5 && l.page + 1 < l.pages.len() {
            l.page += 1;
            l.y = TOP;
        } else {
            l.y += gap;
        }
        line(l, entry, main);
    }
    l.end();
    l.page = last;
}

fn line(l: &mut Layout, entry: &Entry, main: bool) {
    let style = if main { BODY.faced(Face::Semibold) } else { BODY };
    let number = l.anchors.get(&entry.key).map_or(0, |(page, _)| page + 1).to_string();
    let y = l.y + 0.75 * LINE;
    if main {
        l.rule(LEFT, l.y, MEASURE, 0.5, HAIRLINE);
    }
    l.begin(Role::ContentsItem);
    l.begin(Role::Reference);
    let node = l.begin(Role::Link);
    l.mark(node);
    let x = col(1);
    if !entry.number.is_empty() {
        l.text(LEFT, y, style.colored(GREY), &format!("{} ", entry.number));
    }
    let title = [Piece::new(entry.title.as_str(), style)];
    let set = lines(&title, RIGHT - x - 3.0 * G, Hyphens::Never);
    let top = l.y;
    let mut baseline = y;
    for (i, line) in set.iter().enumerate() {
        baseline = y + i as f32 * G;
        l.line_of(line, &title, if entry.number.is_empty() { LEFT } else { x }, baseline, node, &mut [None]);
    }
    l.text_end(RIGHT, baseline, style, &format!(" {number}"));
    let words = format!("Go to {}, page {number}", entry.title);
    l.link(node, [LEFT, top, RIGHT, baseline + 3.25], Target::Anchor(entry.key.clone()), words);
    l.end();
    l.end();
    l.end();
    l.y = baseline - 0.75 * LINE + LINE;
}
