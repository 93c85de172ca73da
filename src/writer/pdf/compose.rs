//! A report -> pages: the order of the document, and the furniture of every page.

use super::attachment::{Attachment, Digest, digest};
use super::layout::{Artifact, Layout, measure};
use super::metadata::Metadata;
use super::passage::Passages;
use super::{Error, archive, back, blocks, front};
use crate::report::{Chapter, Report};
use crate::source::origin::Status;
use crate::writer::font::Face;
use crate::writer::theme::grid::{LEFT, MEASURE, RIGHT};
use crate::writer::theme::style::TICK;
use crate::writer::theme::{HAIRLINE, INK, Style};
use std::borrow::Cow;

/// A factsheet up to its last part, which lists the attachments and states their hash: all of it can be made while they are
/// still being made.
pub struct Draft<'r> {
    report: &'r Report,
    passages: Passages,
    layout: Layout,
    contents: front::Reserved,
    listed: Vec<front::Entry>,
}

impl<'r> Draft<'r> {
    /// First page, room for the contents, chapters, and the parts behind them.
    pub fn of(report: &'r Report) -> Self {
        let passages = Passages::of(report);
        let mut l = Layout::new();
        front::first_page(&mut l, &passages, report);
        let parts = back::parts(report, &passages);
        let chapters = in_parts(&report.chapters);
        let levels: Vec<u8> = chapters.iter().map(|c| c.level).chain(parts.iter().map(|_| 1)).chain([1]).collect();
        let contents = front::reserve(&mut l, &levels);
        let mut listed = Vec::with_capacity(levels.len());
        for (i, chapter) in chapters.iter().enumerate() {
            let key = format!("chapter-{i}");
            blocks::chapter(&mut l, &passages, chapter, &key);
            listed.push(front::Entry { number: chapter.number.clone(), title: chapter.title.clone(), level: chapter.level, key });
        }
        for (i, part) in parts.iter().enumerate() {
            let key = format!("back-{i}");
            back::compose(&mut l, &passages, report, *part, &key);
            listed.push(front::Entry { number: String::new(), title: part.title().to_owned(), level: 1, key });
        }
        Self { report, passages, layout: l, contents, listed }
    }

    /// The file, with its attachments embedded, hashed, and named on its last page.
    ///
    /// # Errors
    /// [`Error`] where a library refuses fonts or content; no report is at fault for that.
    pub fn finish(self, attachments: &[Attachment]) -> Result<Vec<u8>, Error> {
        let (report, data) = (self.report, digest(attachments));
        archive::file(&self.complete(attachments, data), &Metadata::of(report, ""), attachments, data)
    }

    /// All pages: the last part, and what waited for it.
    pub(super) fn complete(self, attachments: &[Attachment], data: Digest) -> Layout {
        let Self { report, passages, layout: mut l, contents, mut listed } = self;
        let key = "back-last";
        back::authenticity(&mut l, &passages, report, attachments, data, key);
        listed.push(front::Entry { number: String::new(), title: back::LAST.to_owned(), level: 1, key: key.to_owned() });
        front::contents(&mut l, &contents, &listed);
        let pages = l.pages.len();
        for page in 0..pages {
            furniture(&mut l, report, page, &report.id, &(page + 1).to_string());
        }
        l
    }
}

/// Chapters numbered `1.1`, `1.2` belong to a part, which their running header names: it gets a heading of its own before
/// the first of them, and they come below it.
fn in_parts(chapters: &[Chapter]) -> Vec<Cow<'_, Chapter>> {
    let mut placed: Vec<Cow<Chapter>> = Vec::with_capacity(chapters.len() + 1);
    let mut part = String::new();
    for chapter in chapters {
        let Some((number, _)) = chapter.number.split_once('.').filter(|_| chapter.level == 1) else {
            placed.push(Cow::Borrowed(chapter));
            continue;
        };
        let title = chapter.running.strip_prefix(number).map(str::trim).filter(|t| !t.is_empty());
        let Some(title) = title else {
            placed.push(Cow::Borrowed(chapter));
            continue;
        };
        if part != number {
            part = number.to_owned();
            let (number, title, running) = (part.clone(), title.to_owned(), chapter.running.clone());
            placed.push(Cow::Owned(Chapter { level: 1, number, title, tagline: String::new(), running, blocks: Vec::new() }));
        }
        placed.push(Cow::Owned(Chapter { level: 2, ..chapter.clone() }));
    }
    placed
}

/// Header and footer of a page that is otherwise done; the first page has the footer only.
pub fn furniture(l: &mut Layout, report: &Report, page: usize, id: &str, number: &str) {
    l.unmark();
    l.page = page;
    if page > 0 {
        let running = l.pages[page].running.clone();
        l.artifact(Artifact::Header, |l| {
            l.text(LEFT, 39.0, TICK, &format!("{} · {}", report.title, report.country));
            l.text_end(RIGHT, 39.0, TICK, &running);
            let stroke = crate::writer::drawing::Stroke { color: HAIRLINE, width: 0.75, dash: None, round: false };
            l.line(LEFT, 45.5, RIGHT, 45.5, stroke);
        });
    }
    l.artifact(Artifact::Footer, |l| {
        l.text(LEFT, 806.0, TICK, id);
        l.text_end(RIGHT, 806.0, Style { size: 9.0, ..TICK }.faced(Face::Semibold).colored(INK), number);
        if report.status == Status::Draft {
            let style = TICK.faced(Face::Semibold).colored(INK);
            l.text(LEFT + (MEASURE - measure(style, DRAFT)) / 2.0, 806.0, style, DRAFT);
        }
    });
}

/// Printed on the cover and every page of a publication that may not go out yet.
pub const DRAFT: &str = "Draft, not for release";
