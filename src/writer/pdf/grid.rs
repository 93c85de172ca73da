//! A table on the page: columns, rows of lines, the head repeated where it breaks, and the elements a reader walks through.

use super::layout::{Artifact, Layout, Role, Scope, measure};
use super::text::{Hyphens, Line, Piece, lines};
use crate::writer::font::Face;
use crate::writer::theme::grid::{BOTTOM, G, LEFT, MEASURE, RIGHT, TOP};
use crate::writer::theme::style::{HEAD, TICK};
use crate::writer::theme::{HAIRLINE, INK, Style, WASH};
use std::cell::OnceCell;

/// Where a column stands and how its cells stand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub x: f32,
    pub width: f32,
    pub align: Align,
    pub head: String,
    pub head_style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Align {
    Left,
    /// At the column's right edge.
    Right,
    /// Right, with the decimal marks under each other: room kept for the widest fraction.
    Decimal {
        fraction: f32,
    },
}

/// A cell: pieces of text and what is drawn behind or beside them.
#[derive(Clone, Debug, Default)]
pub struct Cell<'a> {
    /// Paragraphs, each set below the other.
    pub paragraphs: Vec<Vec<Piece<'a>>>,
    /// Painted at the cell's left edge and first baseline, as furniture: dots.
    pub dots: u32,
    /// Country codes in a grid, one of them a chip.
    pub codes: Vec<(&'static str, bool)>,
}

impl<'a> Cell<'a> {
    pub fn of(pieces: Vec<Piece<'a>>) -> Self {
        Self { paragraphs: vec![pieces], ..Self::default() }
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub enum Row<'a> {
    /// A heading over the rows that follow: washed, left text and a note at the right edge.
    Group {
        cells: Vec<(f32, Vec<Piece<'a>>)>,
        aside: String,
    },
    Cells {
        cells: Vec<Cell<'a>>,
        strong: bool,
    },
}

/// A whole table, ready to be set.
pub struct Grid<'a> {
    pub columns: Vec<Column>,
    pub rows: Vec<Row<'a>>,
    /// Height of a row of one line, its lines leading apart.
    pub row: f32,
    pub leading: f32,
    /// What a row is called when more follow: `entries`.
    pub noun: &'static str,
    /// Height of the note and source that stay with the last rows.
    pub foot: f32,
    /// Part of a page up to which the table is kept in one piece.
    pub whole: f32,
    /// The rows in lines, once they are needed.
    sets: OnceCell<Vec<Set<'a>>>,
}

const GROUP: f32 = 1.25 * G;
/// Line under the last row of a page.
const MORE: f32 = G;
/// Step between country codes.
const CODE: f32 = 15.4;

/// A row broken into lines: per cell its paragraphs, and the height of the highest.
struct Set<'a> {
    lines: Vec<Vec<(Vec<Line>, Vec<Piece<'a>>)>>,
    inner: f32,
}

impl<'a> Grid<'a> {
    /// A table whose rows of one line are `row` high, their lines `leading` apart.
    pub fn new(columns: Vec<Column>, rows: Vec<Row<'a>>, (row, leading): (f32, f32), noun: &'static str) -> Self {
        Self { columns, rows, row, leading, noun, foot: 0.0, whole: 0.4, sets: OnceCell::new() }
    }

    fn sets(&self) -> &[Set<'a>] {
        self.sets.get_or_init(|| self.rows.iter().map(|r| self.measure(r)).collect())
    }

    fn row_height(&self, row: &Row, set: &Set) -> f32 {
        match row {
            Row::Group { .. } => GROUP,
            Row::Cells { .. } => set.inner + self.row - self.leading,
        }
    }

    /// Heights of rows from one on.
    fn heights(&self, from: usize) -> impl Iterator<Item = f32> {
        self.rows.iter().zip(self.sets()).skip(from).map(|(row, set)| self.row_height(row, set))
    }

    /// Sets the table at the cursor, which stands on the top of its head row, within an open Table element.
    /// The cursor ends on the last rule.
    pub fn set(self, l: &mut Layout) {
        let sets = self.sets();
        let head = self.head_height();
        l.within(Role::TableHead, |l| self.head(l, true));
        l.begin(Role::TableBody);
        let cells = self.rows.iter().filter(|r| matches!(r, Row::Cells { .. })).count();
        let mut done = 0;
        let mut on_page = 0;
        let mut group = None;
        for (i, row) in self.rows.iter().enumerate() {
            // A group's head stays with two rows; a row leaves at least one with it on either side.
            let ahead = match row {
                Row::Group { .. } => self.heights(i + 1).take(2).sum::<f32>(),
                Row::Cells { .. } => 0.0,
            };
            let lonely = cells - done == 2 && matches!(row, Row::Cells { .. });
            let next = if lonely { self.heights(i + 1).next().unwrap_or(0.0) } else { 0.0 };
            let ends = i + 1 == sets.len() || lonely;
            let more = if ends { self.foot } else { MORE };
            let needed = self.row_height(row, &sets[i]) + ahead.max(next) + more;
            if needed > l.room() && on_page > 0 && needed < BOTTOM - TOP - head - GROUP {
                let left = cells - done;
                l.rule(LEFT, l.y, MEASURE, 0.5, INK);
                let pages = if self.heights(i).sum::<f32>() + self.foot + head <= BOTTOM - TOP { "page" } else { "pages" };
                let text = format!("{left} more {} on the next {pages}", self.noun);
                let y = l.y + 0.75 * G;
                l.artifact(Artifact::Repeated, |l| l.text_end(RIGHT, y, TICK.faced(Face::Italic), &text));
                l.new_page();
                self.head(l, false);
                if let (Row::Cells { .. }, Some((cells, aside))) = (row, group) {
                    l.artifact(Artifact::Repeated, |l| continued(l, cells, aside));
                }
                on_page = 0;
            } else if on_page > 0 {
                l.rule(LEFT, l.y, MEASURE, 0.5, HAIRLINE);
            }
            self.row(l, row, &sets[i]);
            on_page += 1;
            match row {
                Row::Group { cells, aside } => group = Some((cells, aside)),
                Row::Cells { .. } => done += 1,
            }
        }
        l.end();
        l.rule(LEFT, l.y, MEASURE, 0.5, INK);
    }

    /// Height of the table on one page.
    pub fn height(&self) -> f32 {
        self.head_height() + self.heights(0).sum::<f32>()
    }

    /// Height of the head and the first rows: what must stand together at least.
    pub fn opening(&self) -> f32 {
        self.head_height() + self.heights(0).take(3).sum::<f32>() + MORE
    }

    fn heads(&self) -> Vec<Vec<Line>> {
        self.columns.iter().map(|c| lines(&[Piece::new(c.head.as_str(), c.head_style)], c.width.max(12.0), Hyphens::Never)).collect()
    }

    fn head_height(&self) -> f32 {
        let most = self.heads().iter().map(Vec::len).max().unwrap_or(1).max(1);
        most as f32 * G + 3.25
    }

    fn head(&self, l: &mut Layout, first: bool) {
        let heads = self.heads();
        let height = self.head_height();
        let bottom = l.y + height;
        if first {
            l.begin(Role::Row);
        }
        let paint = |l: &mut Layout| {
            for (column, lines) in self.columns.iter().zip(&heads) {
                if first {
                    let node = l.begin(Role::Head(Scope::Column, 1));
                    l.mark(node);
                }
                for (n, line) in lines.iter().rev().enumerate() {
                    let y = bottom - 6.5 - n as f32 * G;
                    let text: String = line.iter().map(|s| s.text.as_str()).collect();
                    match column.align {
                        Align::Left => l.text(column.x, y, column.head_style, &text),
                        Align::Right | Align::Decimal { .. } => {
                            l.text_end(column.x + column.width, y, column.head_style, text.trim_end());
                            0.0
                        }
                    };
                }
                if first {
                    l.end();
                }
            }
        };
        if first {
            paint(l);
            l.end();
        } else {
            l.artifact(Artifact::Repeated, paint);
        }
        l.rule(LEFT, bottom, MEASURE, 0.5, INK);
        l.y = bottom;
    }

    fn measure(&self, row: &Row<'a>) -> Set<'a> {
        match row {
            Row::Group { .. } => Set { lines: Vec::new(), inner: GROUP },
            Row::Cells { cells, .. } => {
                let mut height: f32 = self.leading;
                let lines = cells
                    .iter()
                    .zip(&self.columns)
                    .map(|(cell, column)| {
                        let hyphens = if column.align == Align::Left { Hyphens::Allowed } else { Hyphens::Never };
                        let set: Vec<(Vec<Line>, Vec<Piece>)> =
                            cell.paragraphs.iter().map(|p| (lines(p, column.width, hyphens), p.clone())).collect();
                        let own: f32 = set.iter().map(|(lines, pieces)| lines.len() as f32 * leading(pieces)).sum();
                        let codes = cell.codes.len().div_ceil(self.codes_per_line(column)) as f32 * 11.7;
                        height = height.max(own).max(codes);
                        set
                    })
                    .collect();
                Set { lines, inner: height }
            }
        }
    }

    fn codes_per_line(&self, column: &Column) -> usize {
        ((column.width + 3.0) / CODE).floor().max(1.0) as usize
    }

    fn row(&self, l: &mut Layout, row: &Row<'a>, set: &Set<'a>) {
        let top = l.y;
        l.begin(Role::Row);
        match row {
            Row::Group { cells, aside } => {
                l.wash(LEFT, top, MEASURE, GROUP, WASH);
                let node = l.begin(Role::Head(Scope::Row, self.columns.len()));
                let y = top + 11.4;
                for (x, pieces) in cells {
                    for line in &lines(pieces, RIGHT - x, Hyphens::Never) {
                        l.line_of(line, pieces, *x, y, node, &mut vec![None; pieces.len()]);
                    }
                }
                if !aside.is_empty() {
                    l.mark(node);
                    l.text_end(RIGHT, y, TICK, &format!(" {aside}"));
                }
                l.end();
            }
            Row::Cells { cells, strong } => {
                let pad = (self.row - self.leading) / 2.0;
                for (i, ((cell, column), paragraphs)) in cells.iter().zip(&self.columns).zip(&set.lines).enumerate() {
                    let node = l.begin(if i == 0 { Role::Head(Scope::Row, 1) } else { Role::Cell });
                    self.cell(l, cell, column, paragraphs, top + pad, node, *strong);
                    l.end();
                }
            }
        }
        l.end();
        l.y = top + self.row_height(row, set);
    }

    #[expect(clippy::too_many_arguments, reason = "a cell is where all of them meet")]
    fn cell(
        &self,
        l: &mut Layout,
        cell: &Cell,
        column: &Column,
        paragraphs: &[(Vec<Line>, Vec<Piece>)],
        top: f32,
        node: usize,
        strong: bool,
    ) {
        let mut y = top;
        for (lines, pieces) in paragraphs {
            let pieces: Vec<Piece> = pieces
                .iter()
                .map(|p| {
                    if strong && p.style.face == Face::Regular {
                        Piece { style: p.style.faced(Face::Semibold), ..p.clone() }
                    } else {
                        p.clone()
                    }
                })
                .collect();
            // A head is read in one breath.
            let parted = paragraphs.len() > 1 && !matches!(l.nodes[node].role, Role::Head(..));
            let owner = if parted { l.begin(Role::Paragraph) } else { node };
            let leading = leading(&pieces);
            let mut links = vec![None; pieces.len()];
            for line in lines {
                // One baseline for the whole row, whatever the sizes.
                let baseline = y + 0.75 * self.leading;
                let x = match column.align {
                    Align::Left => column.x,
                    Align::Right => column.x + column.width - super::text::line_width(line, &pieces),
                    Align::Decimal { fraction } => {
                        let text: String = line.iter().map(|s| s.text.as_str()).collect();
                        let style = pieces.first().map_or(HEAD, |p| p.style);
                        column.x + column.width - super::text::line_width(line, &pieces) - (fraction - tail(style, text.trim_end()))
                    }
                };
                l.line_of(line, &pieces, x, baseline, owner, &mut links);
                y += leading;
            }
            if parted {
                l.end();
            }
        }
        if cell.dots > 0 {
            let y = top + 0.75 * self.leading - 3.0;
            l.artifact(Artifact::Layout, |l| {
                for n in 0..cell.dots {
                    let x = column.x + 18.0 + 2.4 + 6.1 * n as f32;
                    l.push(super::layout::Item::Disc { x, y, r: 2.4, fill: crate::writer::theme::COUNTRY });
                }
            });
        }
        if !cell.codes.is_empty() {
            l.mark(node);
            let per_line = self.codes_per_line(column);
            for (n, (code, chip)) in cell.codes.iter().enumerate() {
                let x = column.x + CODE * (n % per_line) as f32;
                let y = top + 8.9 + 11.7 * (n / per_line) as f32;
                let style = Style::new(8.0, 11.7, if *chip { Face::Semibold } else { Face::Regular }, INK);
                let style = if *chip { style.colored(crate::writer::theme::WHITE) } else { style };
                if *chip {
                    let width = measure(style, code);
                    l.wash(x - 2.0, y - 8.0, width + 4.0, 10.6, crate::writer::theme::COUNTRY);
                }
                l.text(x, y, style, &format!("{code} "));
            }
        }
    }
}

/// A group's head once more, where its rows go on.
fn continued(l: &mut Layout, cells: &[(f32, Vec<Piece>)], aside: &str) {
    l.rectangle(LEFT, l.y, MEASURE, GROUP, WASH);
    let y = l.y + 11.4;
    for (x, pieces) in cells {
        let mut x = *x;
        for piece in pieces {
            x += l.text(x, y, piece.style, &piece.text);
        }
    }
    let words = if aside.is_empty() { "continued".to_owned() } else { format!("{aside}, continued") };
    l.text_end(RIGHT, y, TICK.faced(Face::Italic), &words);
    l.y += GROUP;
}

fn leading(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|p| p.style.leading).fold(0.0, f32::max)
}

/// Width of a figure from its decimal mark on.
pub fn tail(style: Style, text: &str) -> f32 {
    text.find('.').map_or(0.0, |at| measure(style, &text[at..]))
}
