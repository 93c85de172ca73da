//! What stands behind the chapters: methods, notes, sources, and how to check the document.

use super::attachment::{Attachment, Digest};
use super::blocks::{heading, subheading};
use super::grid::{Align, Cell, Column, Grid, Row};
use super::layout::{Layout, Role, measure};
use super::origins;
use super::passage::Passages;
use super::tables::framed;
use super::text::{Hyphens, Piece};
use crate::report::{Chapter, Report};
use crate::writer::font::Face;
use crate::writer::theme::grid::{G, LEFT, MEASURE, RIGHT, col};
use crate::writer::theme::style::{BODY, ENTRY, FINDING, HEAD, LABEL, NOTE, TICK};
use crate::writer::theme::{GREY, INK};

/// A part after the chapters, before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Methods,
    Notes,
    Sources,
    Figures,
}

impl Part {
    pub fn title(self) -> &'static str {
        match self {
            Self::Methods => "Methods",
            Self::Notes => "Notes",
            Self::Sources => "Sources",
            Self::Figures => "Figures and their places",
        }
    }
}

/// Those that a report has.
pub fn parts(report: &Report, passages: &Passages) -> Vec<Part> {
    let mut parts = Vec::new();
    for (part, there) in [
        (Part::Methods, !report.methods.is_empty()),
        (Part::Notes, !report.notes.is_empty()),
        (Part::Sources, !report.sources.is_empty()),
        (Part::Figures, passages.lists_figures()),
    ] {
        if there {
            parts.push(part);
        }
    }
    parts
}

pub fn compose(l: &mut Layout, passages: &Passages, report: &Report, part: Part, key: &str) {
    let here = shares(l);
    titled(l, part.title(), key, here, |l| match part {
        Part::Methods => methods(l, passages, report),
        Part::Notes => notes(l, passages, report),
        Part::Sources => sources(l, passages, report),
        Part::Figures => origins::compose(l, passages, report),
    });
}

/// Short parts share a page.
fn shares(l: &Layout) -> bool {
    l.room() > 20.0 * G
}

/// A part under its heading: at the top of a page, or `here`.
fn titled(l: &mut Layout, title: &str, key: &str, here: bool, fill: impl FnOnce(&mut Layout)) {
    let head = Chapter {
        level: 1,
        number: String::new(),
        title: title.to_owned(),
        tagline: String::new(),
        running: title.to_owned(),
        // Not without blocks: that would be a part of several chapters.
        blocks: vec![crate::report::Block::List(Vec::new())],
    };
    l.within(Role::Section, |l| {
        heading(l, &head, key, here);
        fill(l);
    });
}

fn methods(l: &mut Layout, passages: &Passages, report: &Report) {
    for method in &report.methods {
        l.together(|l| {
            l.gap(0.75 * G, 0.0);
            let mut pieces = vec![Piece::new(format!("{}. ", method.name.trim_end_matches('.')), BODY.faced(Face::Semibold))];
            pieces.extend(passages.pieces(&method.text, BODY));
            l.flow(Role::Paragraph, &pieces, LEFT, MEASURE, Hyphens::Allowed);
            if !method.source.is_empty() {
                l.flow(Role::Paragraph, &passages.pieces(&method.source, NOTE), LEFT, MEASURE, Hyphens::Allowed);
            }
        });
    }
}

fn notes(l: &mut Layout, passages: &Passages, report: &Report) {
    for (i, note) in report.notes.iter().enumerate() {
        let number = (i + 1).to_string();
        l.together(|l| {
            l.gap(0.75 * G, 0.0);
            l.anchor(format!("note-{number}"), l.y);
            l.begin(Role::Note);
            l.tagged(Role::Label, LEFT, l.y + 0.75 * G, BODY.colored(GREY), &number);
            let mut pieces = Vec::new();
            if !note.title.is_empty() {
                pieces.push(Piece::new(format!("{}. ", note.title.trim_end_matches('.')), BODY.faced(Face::Semibold)));
            }
            pieces.extend(passages.pieces(&note.text, BODY));
            l.flow(Role::Paragraph, &pieces, col(1), RIGHT - col(1), Hyphens::Allowed);
            l.end();
        });
    }
}

fn sources(l: &mut Layout, passages: &Passages, report: &Report) {
    for source in &report.sources {
        l.together(|l| {
            l.gap(G, 0.0);
            l.rule(LEFT, l.y, MEASURE, 0.5, crate::writer::theme::HAIRLINE);
            l.y += 3.25;
            l.begin(Role::Section);
            let title = if source.edition.is_empty() || source.title.contains(&source.edition) {
                format!("{}: {}", source.publisher, source.title)
            } else {
                format!("{}: {}, {}", source.publisher, source.title, source.edition)
            };
            l.flow(Role::Paragraph, &passages.pieces(&title, HEAD), LEFT, MEASURE, Hyphens::Never);
            for (name, value) in
                [("File", &source.file), ("SHA-256", &source.sha256), ("Rights", &source.rights), ("Obtained", &source.obtained)]
            {
                if !value.is_empty() {
                    l.need(ENTRY.leading);
                    let y = l.y + 0.75 * ENTRY.leading;
                    let node = l.begin(Role::Paragraph);
                    l.mark(node);
                    l.text(LEFT, y, ENTRY.colored(GREY), &format!("{name} "));
                    l.y += l.lines_at(&passages.pieces(value, ENTRY), col(2), l.y, RIGHT - col(2), Hyphens::Allowed);
                    l.end();
                }
            }
            l.end();
        });
    }
}

/// Title of the last part.
pub const LAST: &str = "About this document";

/// The last part, which is not parted: who made the document, what is attached, and how anyone can see that it says what the
/// data say.
pub fn authenticity(l: &mut Layout, passages: &Passages, report: &Report, attachments: &[Attachment], data: Digest, key: &str) {
    let set = |l: &mut Layout, here| titled(l, LAST, key, here, |l| about(l, passages, report, attachments, data));
    let page = l.page;
    let fits = |l: &mut Layout| {
        set(l, true);
        l.page == page
    };
    if !(shares(l) && l.attempt(fits)) {
        set(l, false);
    }
}

fn about(l: &mut Layout, passages: &Passages, report: &Report, attachments: &[Attachment], data: Digest) {
    let mut about = Vec::new();
    if !report.subject.is_empty() {
        about.push(format!("{}.", report.subject.trim_end_matches('.')));
    }
    if !report.author.is_empty() {
        about.push(format!("Published by {}.", report.author.trim_end_matches('.')));
    }
    if !report.contact.is_empty() {
        let named = report.contact.starts_with("Contact");
        about.push(if named { report.contact.clone() } else { format!("Contact: {}", report.contact) });
    }
    for text in &about {
        l.gap(0.25 * G, 0.0);
        l.flow(Role::Paragraph, &passages.pieces(text, BODY), LEFT, MEASURE, Hyphens::Allowed);
    }
    if !attachments.is_empty() {
        subheading(l, "Attached data", 2);
        attached(l, passages, attachments);
    }
    seal(l, passages, &format!("{}.pdf", report.id), data);
}

fn attached(l: &mut Layout, passages: &Passages, attachments: &[Attachment]) {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let name = sorted.iter().map(|a| measure(ENTRY, &a.name)).fold(0.0, f32::max).min(170.0);
    let bytes = 50.0;
    let text = LEFT + name + G;
    let columns = vec![
        Column { x: LEFT, width: name, align: Align::Left, head: "File".to_owned(), head_style: HEAD },
        Column { x: text, width: RIGHT - bytes - G - text, align: Align::Left, head: "What it holds".to_owned(), head_style: HEAD },
        Column { x: RIGHT - bytes, width: bytes, align: Align::Right, head: "Bytes".to_owned(), head_style: HEAD },
    ];
    let rows = sorted.iter().map(|a| Row::Cells {
        cells: vec![
            Cell::of(vec![Piece::new(a.name.as_str(), ENTRY)]),
            Cell::of(passages.pieces(&a.description, ENTRY)),
            Cell::of(vec![Piece::new(thousands(a.bytes.len()), ENTRY)]),
        ],
        strong: false,
    });
    // Close enough for all files to stand on the last page, above the seal.
    let grid = Grid::new(columns, rows.collect(), (G, ENTRY.leading), "files");
    framed(l, passages, grid, ["", "", "", ""], &[]);
}

/// `12 345`, with no-break spaces.
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut groups = vec![&digits[..first]];
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.into_iter().filter(|g| !g.is_empty()).collect::<Vec<_>>().join("\u{a0}")
}

/// The hash of the data and its short code.
pub fn seal(l: &mut Layout, passages: &Passages, file: &str, data: Digest) {
    let hex = data.hex();
    l.together(|l| {
        l.gap(2.0 * G, 0.75 * G);
        l.rule(LEFT, l.y, MEASURE, 0.75, INK);
        l.y += 0.5 * G;
        l.begin(Role::Section);
        l.flow(Role::Paragraph, &[Piece::new("Is this document what the figures say?", FINDING)], LEFT, MEASURE, Hyphens::Never);
        let text = "Every figure, chart and sentence here is made by one program from the data attached to this PDF. Anyone can make it again and compare: ";
        let mut pieces = passages.pieces(text, BODY);
        pieces.push(Piece::new(format!("factsheet verify {file}"), BODY.faced(Face::Semibold)));
        l.flow(Role::Paragraph, &pieces, LEFT, MEASURE, Hyphens::Allowed);
        l.y += 0.5 * G;
        let y = l.y + 0.75 * G;
        let node = l.begin(Role::Paragraph);
        l.mark(node);
        l.text(LEFT, y, TICK, "Data, SHA-256 ");
        l.text(col(2), y, LABEL, &hex[..32]);
        l.text(col(2), y + G, LABEL, &hex[32..]);
        l.end();
        let node = l.begin(Role::Paragraph);
        l.mark(node);
        l.text(col(9), y, TICK, "Short code ");
        l.text_end(RIGHT, y, LABEL.faced(Face::Semibold), &data.short());
        l.end();
        l.y += 2.0 * G;
        l.end();
    });
}
