//! The same in two pages: what to know before a meeting.

use super::attachment::Digest;
use super::layout::{Layout, Role};
use super::passage::Passages;
use super::text::{Hyphens, Piece};
use super::{back, blocks, compose, front};
use crate::report::{Block, KeyFigure, Report};
use crate::writer::font::Face;
use crate::writer::theme::grid::{BOTTOM, G, LEFT, MEASURE, TOP, col, span};
use crate::writer::theme::style::{ENTRY, GLANCE_TITLE, KEY_FIGURE, LABEL, TILE};
use crate::writer::theme::{INK, Style};

/// Two pages: four key figures, the report's blocks, and at the end what stands in the factsheet only.
pub fn glance(report: &Report, data: Digest) -> Layout {
    let passages = Passages::of(report).without_origins();
    let mut l = Layout::new();
    l.running = "At a glance".to_owned();
    let title = format!("{} at a glance", report.country);
    l.bookmark(title.as_str(), 1, TOP);
    let lead = front::masthead(&mut l, &passages, report, &report.title, &title, GLANCE_TITLE, 111.0, 140.0);
    let mut top = 188.5;
    while top < lead + 22.75 {
        top += 6.5;
    }
    for (i, f) in report.key_figures.iter().take(4).enumerate() {
        small_tile(&mut l, f, col(u8::try_from(3 * i).expect("four to a row")), top);
    }
    l.y = top + 91.0;
    let mut waiting: Vec<&Block> = report.glance.iter().collect();
    fill(&mut l, &passages, &mut waiting);
    if waiting.is_empty() {
        fill(&mut l, &passages, &mut charts(report));
    }
    l.new_page();
    second(&mut l, report, &passages, data, &waiting);
    let pages = l.pages.len();
    let id = format!("{} · at a glance", report.id);
    for page in 0..pages {
        compose::furniture(&mut l, report, page, &id, &format!("{} of {pages}", page + 1));
    }
    l
}

/// The charts of the chapters: they fill what the chosen blocks leave of the pages where a country has few figures.
fn charts(report: &Report) -> Vec<&Block> {
    report.chapters.iter().flat_map(|c| &c.blocks).filter(|b| matches!(b, Block::Chart(_))).collect()
}

/// The second page: what is waiting, then where the rest stands. What finds no room is named there, and takes room itself.
fn second(l: &mut Layout, report: &Report, passages: &Passages, data: Digest, waiting: &[&Block]) {
    let mut left_out: Vec<&str> = Vec::new();
    loop {
        l.bottom = BOTTOM - foot_height(report, passages, data, &left_out);
        let mut unplaced = waiting.to_vec();
        let told = l.attempt(|l| {
            fill(l, passages, &mut unplaced);
            unplaced.iter().all(|b| left_out.contains(&finding(b)))
        });
        if told {
            left_out = unplaced.iter().map(|b| finding(b)).collect();
            break;
        }
        // It only grows, so this ends.
        left_out.extend(unplaced.iter().map(|b| finding(b)));
        left_out.dedup();
    }
    if left_out.is_empty() {
        fill(l, passages, &mut charts(report));
    }
    l.bottom = BOTTOM;
    end(l, report, passages, data, &left_out);
}

/// What a block says, in a line.
fn finding(block: &Block) -> &str {
    match block {
        Block::Chart(chart) => &chart.finding,
        Block::Multiples(multiples) => &multiples.finding,
        Block::Table(table) => &table.finding,
        Block::Coverage(coverage) => &coverage.finding,
        Block::Classes(classes) => &classes.finding,
        Block::Paragraph(text) | Block::Heading(text) | Block::Callout { text, .. } => text,
        Block::Entries(_) | Block::Stages(_) | Block::List(_) => "",
    }
}

/// Puts down, in their order, those blocks that still fit on this page, and takes them from the list.
fn fill(l: &mut Layout, passages: &Passages, waiting: &mut Vec<&Block>) {
    let page = l.page;
    waiting.retain(|block| {
        let placed = l.room() > LEAST
            && l.attempt(|l| {
                blocks::compose(l, passages, block, 1);
                l.page == page && l.y <= l.bottom + 0.5
            });
        !placed
    });
}

/// No block is lower than this.
const LEAST: f32 = 6.0 * G;

/// Where the rest stands, and how to check the document.
fn end(l: &mut Layout, report: &Report, passages: &Passages, data: Digest, left_out: &[&str]) {
    let chapters: Vec<String> = report.chapters.iter().map(|c| format!("{}\u{a0}{}", c.number, c.title).trim().to_owned()).collect();
    if !chapters.is_empty() {
        l.gap(2.0 * G - 3.25, 0.0);
        l.rule(LEFT, l.y, MEASURE, 0.75, INK);
        l.y += 0.5 * G;
        let mut text = format!("Every figure with its source, in factsheet.pdf: {}; methods, notes and sources.", chapters.join("; "));
        let findings: Vec<&str> = left_out.iter().copied().filter(|f| !f.is_empty()).collect();
        if !findings.is_empty() {
            text += &format!(" Not shown here: {}.", findings.join("; "));
        }
        let mut pieces = vec![Piece::new("More in the factsheet. ", ENTRY.faced(Face::Semibold))];
        pieces.extend(passages.pieces(&text, ENTRY));
        l.flow(Role::Paragraph, &pieces, LEFT, MEASURE, Hyphens::Never);
        l.y -= 0.5 * G;
    }
    back::seal(l, passages, "at-a-glance.pdf", data);
}

/// Height of what [`end`] sets.
fn foot_height(report: &Report, passages: &Passages, data: Digest, left_out: &[&str]) -> f32 {
    let mut scratch = Layout::new();
    // Not at the top of the page, where no gap is left.
    scratch.y += 1.0;
    let top = scratch.y;
    end(&mut scratch, report, passages, data, left_out);
    scratch.y - top
}

/// A key figure, 110.75 by 91.
fn small_tile(l: &mut Layout, f: &KeyFigure, x: f32, top: f32) {
    let width = span(3);
    l.begin(Role::Section);
    l.rule(x, top, width, 0.75, INK);
    l.y = top + 3.25;
    l.flow(Role::Paragraph, &[Piece::new(f.label.as_str(), Style { size: 9.0, ..TILE })], x, width, Hyphens::Never);
    front::number(l, f, Style { size: 28.0, ..KEY_FIGURE }, x, top + 62.0, width);
    l.y = top + 78.0 - 0.75 * LABEL.leading;
    for pieces in [front::average(f), vec![Piece::new(f.gap_words.as_str(), LABEL)]] {
        if pieces.iter().any(|piece| !piece.text.is_empty()) {
            l.flow(Role::Paragraph, &pieces, x, width, Hyphens::Never);
        }
    }
    l.end();
}
