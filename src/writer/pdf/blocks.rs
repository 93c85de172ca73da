//! Blocks of a chapter: the words around charts, paragraphs, lists, stages.

use super::layout::{Layout, Role};
use super::passage::Passages;
use super::text::{Hyphens, Piece};
use super::{entries, tables};
use crate::report::{Block, Chapter, Chart, ListItem, Multiples, Shown, Stages};
use crate::writer::chart;
use crate::writer::drawing::{Drawing, Stroke};
use crate::writer::font::Face;
use crate::writer::theme::grid::{G, LEFT, MEASURE, RIGHT, TOP, col, span};
use crate::writer::theme::style::{BODY, FINDING, H1, H2, KICKER, LABEL, NOTE, TICK, WHAT};
use crate::writer::theme::{COUNTRY, GREY, INK, OTHERS};

/// From the last line of a block to the rule of the next, less what the line box holds under its baseline.
const BETWEEN: f32 = 2.0 * G - 3.25;
/// From the top of a line box to its baseline, leading 13.
const ASCENT: f32 = 9.75;

/// A chapter with its heading: on what is left of a page if its first block fits there too, else on the next.
pub fn chapter(l: &mut Layout, passages: &Passages, chapter: &Chapter, key: &str) {
    let top = l.fresh && l.y < TOP + 4.0 * G;
    // A part without text of its own begins a page, and its first chapter stands below its name.
    let part = chapter.level == 1 && chapter.blocks.is_empty();
    let tried = !part && !top && l.room() > LEAST && l.attempt(|l| set(l, passages, chapter, key, true, true));
    if !tried {
        set(l, passages, chapter, key, chapter.level > 1 && top, false);
    }
}

/// Less than this is not worth another chapter's heading.
const LEAST: f32 = 16.0 * G;

/// Heading and blocks; whether the first block that is more than a paragraph stands, or begins, on the heading's page. A
/// trial ends where it does not.
fn set(l: &mut Layout, passages: &Passages, chapter: &Chapter, key: &str, here: bool, trial: bool) -> bool {
    l.begin(Role::Section);
    heading(l, chapter, key, here);
    let opening = chapter.blocks.iter().position(|b| !matches!(b, Block::Paragraph(_))).unwrap_or(0);
    let page = l.page;
    let mut together = true;
    for (i, block) in chapter.blocks.iter().enumerate() {
        let before = l.pages[page].items.len();
        if let (Block::Heading(_), Some(next)) = (block, chapter.blocks.get(i + 1)) {
            // A heading stays with what follows.
            l.need(2.0 * G + least(next));
        }
        compose(l, passages, block, chapter.level);
        if i == opening && l.pages[page].items.len() == before {
            together = false;
            if trial {
                break;
            }
        }
    }
    l.end();
    together
}

/// Height that a block needs at least to begin on a page.
fn least(block: &Block) -> f32 {
    match block {
        Block::Paragraph(_) | Block::Callout { .. } => 3.0 * G,
        // Some ninety letters to a line; items are kept whole up to eight lines.
        Block::List(items) => items.first().map_or(3.0, |i| (1.0 + (i.term.len() + i.text.len()) as f32 / 90.0).min(8.0)) * G,
        Block::Chart(_) | Block::Multiples(_) => 12.0 * G,
        Block::Table(_) | Block::Entries(_) | Block::Coverage(_) | Block::Classes(_) => 10.0 * G,
        Block::Stages(_) | Block::Heading(_) => 5.0 * G,
    }
}

/// The heading of a chapter: at the top of a page, or `here`.
pub fn heading(l: &mut Layout, chapter: &Chapter, key: &str, here: bool) {
    let top = l.fresh && l.y < TOP + 4.0 * G;
    l.running.clone_from(&chapter.running);
    if !here && (l.y > TOP || !l.pages[l.page].items.is_empty()) {
        l.new_page();
    }
    if l.pages[l.page].running.is_empty() {
        l.pages[l.page].running.clone_from(&chapter.running);
    }
    let numbered = if chapter.number.is_empty() { chapter.title.clone() } else { format!("{} {}", chapter.number, chapter.title) };
    if chapter.level == 1 && chapter.blocks.is_empty() {
        // A part without text of its own: its name stands above the first of its chapters.
        let y = TOP - G;
        l.anchor(key, y);
        l.bookmark(numbered.as_str(), 1, y);
        l.tagged(Role::Heading(1), LEFT, y, KICKER.colored(GREY), &numbered);
        l.fresh = true;
        return;
    }
    let first = l.y <= TOP || top;
    let style = H1;
    if !first {
        l.y += 3.0 * G;
    }
    // Baseline 91 at the top of a page.
    let baseline = l.y + G;
    l.anchor(key, baseline - G);
    l.bookmark(numbered.as_str(), chapter.level, baseline - 1.5 * G);
    let node = l.begin(Role::Heading(chapter.level.clamp(1, 6)));
    l.mark(node);
    let mut x = LEFT;
    if !chapter.number.is_empty() {
        let width = l.text(LEFT, baseline, style.colored(GREY), &format!("{} ", chapter.number));
        x = col(1).max(LEFT + width + 4.0);
    }
    let title = [Piece::new(chapter.title.as_str(), style)];
    let lines = super::text::lines(&title, RIGHT - x, Hyphens::Never);
    let mut y = baseline;
    for line in &lines {
        l.line_of(line, &title, x, y, node, &mut [None]);
        y += style.leading;
    }
    y -= style.leading;
    l.end();
    if !chapter.tagline.is_empty() {
        let width = lines.last().map_or(0.0, |line| super::text::line_width(line, &title));
        let tagline = KICKER.faced(Face::Regular).colored(GREY);
        if x + width + 2.0 * G + super::layout::measure(tagline, &chapter.tagline) <= RIGHT {
            l.tagged(Role::Paragraph, x + width + 1.25 * G, y, tagline, &chapter.tagline);
        } else {
            y += 1.5 * G;
            l.tagged(Role::Paragraph, x, y, tagline, &chapter.tagline);
        }
    }
    l.y = y + 2.5 * G - ASCENT;
    l.fresh = true;
}

/// Puts one block down.
pub fn compose(l: &mut Layout, passages: &Passages, block: &Block, level: u8) {
    match block {
        Block::Paragraph(text) => {
            l.gap(0.5 * G, 0.0);
            l.flow(Role::Paragraph, &passages.pieces(text, BODY), LEFT, MEASURE, Hyphens::Allowed);
        }
        Block::Callout { opening, text } => {
            l.gap(G, 0.0);
            let mut pieces = vec![Piece::new(format!("{} ", opening.trim_end()), BODY.faced(Face::Semibold))];
            pieces.extend(passages.pieces(text, BODY));
            l.flow(Role::Paragraph, &pieces, LEFT, MEASURE, Hyphens::Allowed);
        }
        Block::Chart(chart) => framed_chart(l, passages, chart),
        Block::Multiples(multiples) => small_multiples(l, passages, multiples),
        Block::Table(table) => tables::data(l, passages, table),
        Block::Entries(entries) => entries::entries(l, passages, entries),
        Block::Coverage(coverage) => tables::coverage(l, passages, coverage),
        Block::Classes(classes) => tables::classes(l, passages, classes),
        Block::Stages(stages) => three_stages(l, passages, stages),
        Block::Heading(text) => subheading(l, text, level.saturating_add(1).clamp(2, 6)),
        Block::List(items) => list(l, passages, items),
    }
}

/// A heading within a chapter.
pub fn subheading(l: &mut Layout, text: &str, level: u8) {
    l.gap(1.5 * G, 0.0);
    l.need(5.0 * G);
    l.bookmark(text, level, l.y);
    l.flow(Role::Heading(level), &[Piece::new(text, H2)], LEFT, MEASURE, Hyphens::Never);
    l.y += 3.25;
    l.fresh = true;
}

/// Rule, finding and what-line over a block; the cursor ends on the last baseline.
pub fn head(l: &mut Layout, passages: &Passages, x: f32, width: f32, finding: &str, what: &str) {
    l.rule(x, l.y, width, 0.75, INK);
    l.y += 0.5 * G;
    for (text, style) in [(finding, FINDING), (what, WHAT)] {
        if !text.is_empty() {
            l.flow(Role::Paragraph, &passages.pieces(text, style), x, width, Hyphens::Never);
        }
    }
    l.y -= 3.25;
}

/// Height of what [`head`] sets.
pub fn head_height(passages: &Passages, width: f32, finding: &str, what: &str) -> f32 {
    let lines = |text: &str, style| super::text::lines(&passages.pieces(text, style), width, Hyphens::Never).len();
    0.5 * G - 3.25 + (lines(finding, FINDING) + lines(what, WHAT)) as f32 * G
}

/// Note and source under a block whose last rule is at the cursor, and where the block's figures are listed with their
/// places; the cursor ends below.
pub fn foot(l: &mut Layout, passages: &Passages, x: f32, width: f32, note: &str, source: &str, figures: &[&Shown]) {
    l.y += G - 0.75 * NOTE.leading;
    let mut paragraphs = [passages.pieces(note, NOTE), passages.pieces(source, NOTE)];
    paragraphs[1].extend(passages.origins(figures, NOTE, source.is_empty()));
    for (i, pieces) in paragraphs.iter().filter(|p| !p.is_empty()).enumerate() {
        l.y += if i > 0 { 0.5 * G } else { 0.0 };
        l.flow(Role::Paragraph, pieces, x, width, Hyphens::Allowed);
    }
}

/// Height of what [`foot`] sets.
pub fn foot_height(passages: &Passages, width: f32, note: &str, source: &str, figures: &[&Shown]) -> f32 {
    let mut last = passages.pieces(source, NOTE);
    last.extend(passages.origins(figures, NOTE, source.is_empty()));
    let lines = |pieces: &[Piece]| super::text::lines(pieces, width, Hyphens::Allowed).len();
    let counts = [lines(&passages.pieces(note, NOTE)), lines(&last)];
    let between = if counts.iter().all(|c| *c > 0) { 0.5 * G } else { 0.0 };
    G - 0.75 * NOTE.leading + between + counts.iter().sum::<usize>() as f32 * NOTE.leading
}

/// A chart with the words around it, on one page.
pub fn framed_chart(l: &mut Layout, passages: &Passages, chart: &Chart) {
    let width = chart::natural_width(chart);
    let drawing = chart::draw(chart, width);
    let figures = chart.shown();
    let head_width = width.max(span(6));
    let words = head_height(passages, head_width, &chart.finding, &chart.what)
        + foot_height(passages, MEASURE, &chart.note, &chart.source, &figures);
    let drawing = fitted(l, drawing, words);
    l.together(|l| {
        l.gap(BETWEEN, ASCENT);
        l.begin(Role::Section);
        head(l, passages, LEFT, head_width, &chart.finding, &chart.what);
        l.figure(&drawing, LEFT, &chart.alt);
        foot(l, passages, LEFT, MEASURE, &chart.note, &chart.source, &figures);
        l.end();
    });
}

/// A drawing is drawn a little smaller where it just misses the page that has room for most of it, and as small as it must be
/// where it is higher than a page: better than a page with a heading alone.
fn fitted(l: &Layout, drawing: Drawing, words: f32) -> Drawing {
    let gap = if l.fresh { ASCENT } else { BETWEEN };
    let here = (l.bottom - l.y - gap - words) / drawing.height;
    // Right under the heading of a page: the heading is not left alone.
    let alone = l.fresh && l.y < TOP + 8.0 * G && here >= 0.5;
    let factor = if here >= LEAST_SCALE || alone { here } else { (l.bottom - TOP - words) / drawing.height };
    if factor >= 1.0 { drawing } else { drawing.scaled(factor) }
}

/// Letters of 9 points stay above 8.
const LEAST_SCALE: f32 = 0.9;

/// Charts in two columns, each with its finding, or in four under one.
pub fn small_multiples(l: &mut Layout, passages: &Passages, multiples: &Multiples) {
    let panels = multiples.charts.iter().all(|c| chart::natural_width(c) <= span(3) + 0.5);
    let (width, columns) = if panels { (span(3), 4) } else { (span(6), 2) };
    let drawings = chart::multiples(&multiples.charts, width);
    let figures: Vec<&Shown> = multiples.charts.iter().flat_map(Chart::shown).collect();
    let rows: Vec<Vec<(&Chart, &Drawing)>> =
        multiples.charts.iter().zip(&drawings).collect::<Vec<_>>().chunks(columns).map(<[_]>::to_vec).collect();
    l.begin(Role::Section);
    for (r, row) in rows.iter().enumerate() {
        let last = r + 1 == rows.len();
        l.together(|l| {
            l.gap(BETWEEN, ASCENT);
            if r == 0 && !(multiples.finding.is_empty() && multiples.what.is_empty()) {
                head(l, passages, LEFT, MEASURE, &multiples.finding, &multiples.what);
                l.y += if panels { G } else { BETWEEN };
            }
            row_of_charts(l, passages, row, width, panels, &multiples.source);
            if last {
                foot(l, passages, LEFT, MEASURE, &multiples.note, &multiples.source, &figures);
            }
        });
    }
    l.end();
}

/// Charts side by side, their plots beginning on one line.
fn row_of_charts(l: &mut Layout, passages: &Passages, row: &[(&Chart, &Drawing)], width: f32, panels: bool, common: &str) {
    let top = l.y;
    let left = |i: usize| LEFT + (width + G) * i as f32;
    let lines = |text: &str, style| super::text::lines(&[Piece::new(text, style)], width, Hyphens::Never).len();
    let most =
        |of: &dyn Fn(&Chart) -> (usize, usize)| row.iter().map(|(c, _)| of(c)).fold((0, 0), |most, n| (most.0.max(n.0), most.1.max(n.1)));
    let (findings, whats) = most(&|c| {
        if panels { (lines(title(c), LABEL.faced(Face::Semibold)), 0) } else { (lines(&c.finding, FINDING), lines(&c.what, WHAT)) }
    });
    let plot = top + 0.5 * G + (findings.max(1) + whats) as f32 * G - 3.25;
    let mut bottom = plot;
    for (i, (chart, drawing)) in row.iter().enumerate() {
        l.begin(Role::Section);
        let x = left(i);
        l.y = top;
        if panels {
            l.rule(x, l.y, width, 0.5, crate::writer::theme::HAIRLINE);
            l.y += 0.5 * G;
            l.flow(Role::Paragraph, &passages.pieces(title(chart), LABEL.faced(Face::Semibold)), x, width, Hyphens::Never);
        } else {
            head(l, passages, x, width, &chart.finding, &chart.what);
        }
        l.figure_at(drawing, x, plot, &chart.alt);
        l.y = plot + drawing.height;
        // A source that all share is said once, below.
        let source = if chart.source == common { "" } else { chart.source.as_str() };
        if !(panels || chart.note.is_empty() && source.is_empty()) {
            foot(l, passages, x, width, &chart.note, source, &[]);
        }
        bottom = bottom.max(l.y);
        l.end();
    }
    l.y = bottom;
}

/// A panel is named by its finding, or by what it shows.
fn title(chart: &Chart) -> &str {
    if chart.finding.is_empty() { &chart.what } else { &chart.finding }
}

/// Then, now, up next: under rules that say which is which.
fn three_stages(l: &mut Layout, passages: &Passages, stages: &Stages) {
    for row in stages.stages.chunks(3) {
        l.together(|l| {
            l.gap(BETWEEN, ASCENT);
            let top = l.y;
            let mut bottom = top;
            for (i, (name, text, place)) in row.iter().enumerate() {
                let x = col(u8::try_from(4 * i).expect("three to a row"));
                let (color, dash) = match i {
                    0 => (OTHERS, None),
                    1 => (COUNTRY, None),
                    _ => (COUNTRY, Some((5.0, 3.0))),
                };
                let stroke = Stroke { color, width: 2.25, dash, round: false };
                l.artifact(super::layout::Artifact::Layout, |l| l.line(x, top, x + span(4), top, stroke));
                l.y = top + 0.5 * G;
                l.begin(Role::Section);
                let head = if i == 0 { FINDING.colored(GREY) } else { FINDING.colored(COUNTRY) };
                l.flow(Role::Paragraph, &[Piece::new(name.as_str(), head)], x, span(4), Hyphens::Never);
                l.y += 3.25;
                l.flow(Role::Paragraph, &passages.pieces(text, BODY), x, span(4), Hyphens::Allowed);
                if let Some(place) = place {
                    l.y += 0.75 * G;
                    l.tagged(Role::Paragraph, x, l.y + ASCENT, TICK, &cited(place));
                    l.y += G;
                }
                l.end();
                bottom = bottom.max(l.y);
            }
            l.y = bottom;
        });
    }
    if !stages.source.is_empty() {
        l.y += 3.25;
        l.rule(LEFT, l.y, MEASURE, 0.5, crate::writer::theme::HAIRLINE);
        foot(l, passages, LEFT, MEASURE, "", &stages.source, &[]);
    }
}

/// `line 217`, `lines 217-219`, or the cell.
pub fn cited(place: &crate::vocabulary::Place) -> String {
    use crate::vocabulary::place::Spot;
    match &place.spot {
        Spot::Lines(lines) if lines.start() == lines.end() => format!("line {lines}"),
        Spot::Lines(_) => format!("lines {}", spot(place)),
        Spot::File | Spot::Sheet(_) | Spot::Cell { .. } => spot(place),
    }
}

/// `217`, `217–219`, `Sheet 1!D14`.
pub fn spot(place: &crate::vocabulary::Place) -> String {
    use crate::vocabulary::place::Spot;
    match &place.spot {
        Spot::Lines(_) => place.location().replace('-', "–"),
        Spot::File | Spot::Sheet(_) | Spot::Cell { .. } => place.location(),
    }
}

/// Width kept for a line number at the right edge.
const PLACE: f32 = 52.0;

/// Plain items, each with its line at the right edge.
fn list(l: &mut Layout, passages: &Passages, items: &[ListItem]) {
    if items.is_empty() {
        return;
    }
    l.gap(0.5 * G, 0.0);
    let placed = items.iter().any(|i| i.place.is_some());
    let width = if placed { MEASURE - PLACE } else { MEASURE };
    l.begin(Role::List);
    for (i, item) in items.iter().enumerate() {
        let mut pieces = Vec::new();
        if !item.term.is_empty() {
            let gap = if item.text.is_empty() { "" } else { "  " };
            pieces.extend(passages.pieces(&item.term, LABEL.faced(Face::Semibold)));
            pieces.push(Piece::new(gap, LABEL));
        }
        pieces.extend(passages.pieces(&item.text, LABEL));
        let lines = super::text::lines(&pieces, width - G, Hyphens::Allowed).len();
        l.need(if lines <= 8 { lines as f32 } else { 3.0 } * G);
        l.begin(Role::Item);
        let (page, y) = (l.page, l.y + ASCENT);
        l.tagged(Role::Label, LEFT, y, LABEL.colored(GREY), "–");
        l.begin(Role::Body);
        l.flow(Role::Paragraph, &pieces, LEFT + G, width - G, Hyphens::Allowed);
        if let Some(place) = &item.place
            && page == l.page
        {
            let node = l.begin(Role::Paragraph);
            l.mark(node);
            l.text_end(RIGHT, y, TICK, &spot(place));
            l.end();
        }
        l.end();
        l.end();
        l.y += if i + 1 < items.len() { 3.25 } else { 0.0 };
    }
    l.end();
}
