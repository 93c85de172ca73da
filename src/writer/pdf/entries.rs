//! Lists of entries: date, title, first sentence, relation to EU law, line in the source, grouped by section.

use super::grid::{Align, Cell, Column, Grid, Row};
use super::layout::Layout;
use super::passage::Passages;
use super::tables::framed;
use super::text::Piece;
use crate::report::{Entries, Entry};
use crate::writer::font::Face;
use crate::writer::theme::grid::{LEFT, RIGHT, col};
use crate::writer::theme::style::{ENTRY, HEAD, LABEL, TICK};
use crate::writer::theme::{GREY, Style};

/// What stands small under a date or a title.
const SMALL: Style = Style { leading: 11.7, ..TICK };

/// Sets a list of entries; a list without any entry is left out.
pub fn entries(l: &mut Layout, passages: &Passages, entries: &Entries) {
    if entries.groups.iter().all(|g| g.entries.is_empty()) {
        return;
    }
    let text = col(2);
    let place = 44.0;
    let columns = vec![
        Column { x: LEFT, width: text - LEFT - 6.5, align: Align::Left, head: "Date".to_owned(), head_style: HEAD },
        Column {
            x: text,
            width: RIGHT - place - text - 3.0,
            align: Align::Left,
            head: "Title and first sentence".to_owned(),
            head_style: HEAD,
        },
        Column { x: RIGHT - place, width: place, align: Align::Right, head: "Line".to_owned(), head_style: HEAD },
    ];
    let mut rows = Vec::new();
    for group in entries.groups.iter().filter(|g| !g.entries.is_empty()) {
        if !(group.number.is_empty() && group.title.is_empty()) {
            let cells = vec![
                (LEFT, vec![Piece::new(format!("{} ", group.number), HEAD)]),
                (if group.number.is_empty() { LEFT } else { text }, vec![Piece::new(group.title.as_str(), HEAD)]),
            ];
            rows.push(Row::Group {
                cells: cells.into_iter().filter(|(_, p)| !p[0].text.trim().is_empty()).collect(),
                aside: String::new(),
            });
        }
        rows.extend(group.entries.iter().map(|e| Row::Cells { cells: row(e, passages), strong: false }));
    }
    let grid = Grid::new(columns, rows, (11.7 + 8.0, 11.7), "entries");
    framed(l, passages, grid, ["", "", "", &entries.source], &[]);
}

fn row<'a>(entry: &'a Entry, passages: &Passages) -> Vec<Cell<'a>> {
    let mut date = Vec::new();
    if entry.date.is_empty() {
        date.push(vec![Piece::new("no date ", ENTRY.colored(GREY))]);
    } else {
        date.push(vec![Piece::new(format!("{} ", entry.date), ENTRY)]);
    }
    if !entry.date_role.is_empty() {
        date.push(vec![Piece::new(entry.date_role.as_str(), SMALL)]);
    }
    let mut text = Vec::new();
    for (words, style) in [(&entry.title, ENTRY.faced(Face::Semibold)), (&entry.summary, ENTRY), (&entry.relation, SMALL)] {
        if !words.is_empty() {
            text.push(passages.pieces(words, style));
        }
    }
    vec![
        Cell { paragraphs: date, ..Cell::default() },
        Cell { paragraphs: text, ..Cell::default() },
        Cell::of(vec![Piece::new(super::blocks::spot(&entry.place), LABEL.colored(GREY))]),
    ]
}
