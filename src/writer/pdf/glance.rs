//! The same in two pages: what to know before a meeting.

use super::attachment::Attachment;
use super::layout::{Layout, Role};
use super::passage::Passages;
use super::text::{Hyphens, Piece};
use super::{back, blocks, compose, front};
use crate::report::{KeyFigure, Report};
use crate::writer::theme::grid::{BOTTOM, G, TOP, col, span};
use crate::writer::theme::style::{GLANCE_TITLE, HEAD, KEY_FIGURE, LABEL, TILE};
use crate::writer::theme::{AVERAGE, INK, Style};

/// Height of the block that says how to check the document.
const SEAL: f32 = 9.0 * G;

/// Two pages: four key figures, then the report's blocks as far as they fit.
pub fn glance(report: &Report, attachments: &[Attachment]) -> Layout {
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
    for block in &report.glance {
        // What does not fit into two pages is in the factsheet.
        l.attempt(|l| {
            blocks::compose(l, &passages, block, 1);
            l.page < 1 || (l.page == 1 && l.y <= BOTTOM - SEAL)
        });
    }
    if l.page == 0 {
        l.new_page();
    }
    back::seal(&mut l, &passages, "at-a-glance.pdf", attachments);
    let pages = l.pages.len();
    let id = format!("{} · at a glance", report.id);
    for page in 0..pages {
        compose::furniture(&mut l, report, page, &id, &format!("{} of {pages}", page + 1));
    }
    l
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
    let average = f.average.as_ref().map(|a| front::average_words(f, &a.text));
    for (text, style) in [(average.as_deref().unwrap_or(""), HEAD.colored(AVERAGE)), (f.gap_words.as_str(), LABEL)] {
        if !text.is_empty() {
            l.flow(Role::Paragraph, &[Piece::new(text, style)], x, width, Hyphens::Never);
        }
    }
    l.end();
}
