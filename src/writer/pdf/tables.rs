//! Tables of a report on the grid: data, coverage, classes.

use super::blocks::{foot, foot_height, head, head_height};
use super::grid::{Align, Cell, Column, Grid, Row, tail};
use super::layout::{Layout, Role, measure};
use super::passage::Passages;
use super::text::Piece;
use crate::report::{Classes, ColumnRole, Coverage, CoverageCell, DataTable, Shown, TableCell};
use crate::writer::font::Face;
use crate::writer::theme::grid::{BOTTOM, G, LEFT, MEASURE, RIGHT, TOP};
use crate::writer::theme::style::{HEAD, LABEL, TICK};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, INK, Style};

/// Least distance between columns.
const APART: f32 = 11.0;

/// A table with its finding, note and source.
pub fn data(l: &mut Layout, passages: &Passages, table: &DataTable) {
    let columns = columns(table);
    let figures: Vec<&Shown> = table
        .groups
        .iter()
        .flat_map(|g| &g.rows)
        .flatten()
        .filter_map(|cell| match cell {
            TableCell::Figure(shown) => Some(shown),
            TableCell::Text(_) | TableCell::Place(_) => None,
        })
        .collect();
    let rows = table.groups.iter().flat_map(|group| {
        let heading = (!group.heading.is_empty())
            .then(|| Row::Group { cells: vec![(LEFT, vec![Piece::new(group.heading.as_str(), HEAD)])], aside: group.aside.clone() });
        let cells = group.rows.iter().enumerate().map(|(i, row)| Row::Cells {
            cells: row.iter().zip(&table.columns).map(|(cell, column)| self::cell(cell, column.role, passages)).collect(),
            strong: group.strong.contains(&i),
        });
        heading.into_iter().chain(cells)
    });
    let text = table.columns.iter().any(|c| c.role == ColumnRole::Text);
    let row = if text { 1.25 * G } else { 1.125 * G };
    let mut grid = Grid::new(columns, rows.collect(), (row, G), "rows");
    // A table that misses one page by little is set as close as a table of numbers.
    let page = BOTTOM - TOP - 8.0 * G;
    if grid.height() > page {
        grid.row = G;
        if grid.height() > page {
            grid.row = row;
        }
    }
    framed(l, passages, grid, [&table.finding, &table.what, &table.note, &table.source], &figures);
}

/// A grid under its finding and over its note, opened and closed as a table.
pub fn framed(l: &mut Layout, passages: &Passages, mut grid: Grid, [finding, what, note, source]: [&str; 4], figures: &[&Shown]) {
    grid.foot = foot_height(passages, MEASURE, note, source, figures);
    let titled = !(finding.is_empty() && what.is_empty());
    let gap = if l.fresh { 0.75 * G } else { 2.0 * G - 3.25 };
    let head_height = if titled { gap + head_height(passages, MEASURE, finding, what) + UNDER_WHAT } else { G };
    let height = head_height + grid.height() + grid.foot;
    l.need(if height < grid.whole * (BOTTOM - TOP) { height } else { head_height + grid.opening() });
    l.begin(Role::Section);
    l.begin(Role::Table);
    if titled {
        l.gap(2.0 * G - 3.25, 0.75 * G);
        l.within(Role::Caption, |l| head(l, passages, LEFT, MEASURE, finding, what));
        l.y += UNDER_WHAT;
    } else {
        l.gap(G, 0.0);
    }
    grid.set(l);
    l.end();
    foot(l, passages, LEFT, MEASURE, note, source, figures);
    l.end();
}

/// The head's last baseline comes 26 below the what-line.
const UNDER_WHAT: f32 = 2.0 * G - (G + 3.25 - 6.5);

fn style(role: ColumnRole) -> Style {
    match role {
        ColumnRole::Country => LABEL.faced(Face::Semibold).colored(COUNTRY),
        ColumnRole::Average => LABEL.colored(AVERAGE),
        ColumnRole::Place => TICK,
        ColumnRole::Label | ColumnRole::Text | ColumnRole::Gap | ColumnRole::Number => LABEL,
    }
}

fn cell<'a>(cell: &'a TableCell, role: ColumnRole, passages: &Passages) -> Cell<'a> {
    let style = style(role);
    Cell::of(match cell {
        TableCell::Text(text) => passages.pieces(text, style),
        TableCell::Figure(shown) => figure(shown, style),
        TableCell::Place(place) => vec![Piece::new(super::blocks::spot(place), style)],
    })
}

/// A figure with its flags raised after it, and an asterisk where a person put it right.
pub fn figure(shown: &Shown, style: Style) -> Vec<Piece<'_>> {
    std::iter::once(Piece::new(shown.text.as_str(), style)).chain(raised(shown, style)).collect()
}

/// What stands raised after a figure, if anything.
pub fn raised(shown: &Shown, style: Style) -> Option<Piece<'static>> {
    let flags = marks(shown);
    let mut raised = Piece::new(flags, Style { size: 6.5, ..style }.faced(Face::Regular));
    raised.raised = 3.0;
    (!raised.text.is_empty()).then_some(raised)
}

/// Its flags, an asterisk where a person put it right, a question mark where the source does not settle it.
pub fn marks(shown: &Shown) -> String {
    let mut flags = shown.flags.obs_status() + &shown.flags.conf_status();
    if shown.uncertain && flags.is_empty() {
        flags.push('?');
    }
    if shown.corrected {
        flags.push('*');
    }
    flags
}

fn numeric(role: ColumnRole) -> bool {
    match role {
        ColumnRole::Country | ColumnRole::Average | ColumnRole::Gap | ColumnRole::Number | ColumnRole::Place => true,
        ColumnRole::Label | ColumnRole::Text => false,
    }
}

/// Numbers take what they need; labels and text share the rest as their contents ask.
fn columns(table: &DataTable) -> Vec<Column> {
    let rows = || table.groups.iter().flat_map(|g| &g.rows);
    let words = |i: usize, role| {
        rows().filter_map(move |r| r.get(i)).map(move |cell| match cell {
            TableCell::Text(text) => measure(style(role).faced(Face::Semibold), text),
            TableCell::Figure(shown) => {
                measure(style(role), &shown.text) + if shown.flags.is_empty() && !shown.corrected { 0.0 } else { 6.0 }
            }
            TableCell::Place(place) => measure(style(role), &super::blocks::spot(place)),
        })
    };
    let longest_word = |text: &str| text.split([' ', '-']).map(|w| measure(HEAD, w)).fold(0.0, f32::max);
    let natural: Vec<f32> = table.columns.iter().enumerate().map(|(i, c)| words(i, c.role).fold(0.0, f32::max)).collect();
    let whole: Vec<f32> = table.columns.iter().map(|c| measure(HEAD, &c.head)).collect();
    // Heads stand on one line where all columns have room for that.
    let apart = APART * table.columns.len().saturating_sub(1) as f32;
    let one_line = natural.iter().zip(&whole).map(|(n, w)| n.max(*w)).sum::<f32>() + apart <= MEASURE;
    let heads: Vec<f32> = if one_line { whole } else { table.columns.iter().map(|c| longest_word(&c.head)).collect() };
    let mut widths: Vec<f32> = Vec::with_capacity(table.columns.len());
    for (i, column) in table.columns.iter().enumerate() {
        let natural = natural[i].max(heads[i]);
        widths.push(if numeric(column.role) { natural.clamp(24.0, 120.0) } else { natural });
    }
    let fixed: f32 = widths.iter().zip(&table.columns).filter(|(_, c)| numeric(c.role)).map(|(w, _)| *w).sum();
    let room = (MEASURE - apart - fixed).max(60.0);
    let free: Vec<usize> = (0..widths.len()).filter(|i| !numeric(table.columns[*i].role)).collect();
    // No word is parted as long as it is no address, and much text gets more room than little.
    let longest = |cell: &TableCell| match cell {
        TableCell::Text(text) => longest_word(text).min(90.0),
        TableCell::Figure(_) | TableCell::Place(_) => 0.0,
    };
    let least: Vec<f32> = (0..widths.len()).map(|i| rows().filter_map(|r| r.get(i)).map(longest).fold(heads[i], f32::max)).collect();
    let amount: Vec<f32> = (0..widths.len()).map(|i| words(i, table.columns[i].role).sum::<f32>().sqrt()).collect();
    share(&mut widths, &free, &least, &amount, room);
    let total: f32 = widths.iter().sum::<f32>() + apart;
    // What is left over widens the gaps between numbers, or goes to the label where there is one.
    let spare = (MEASURE - total).max(0.0);
    if let Some(first) = free.first() {
        widths[*first] += spare;
    }
    let mut x = LEFT;
    table
        .columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let width = widths[i];
            let own = style(column.role);
            let fraction = rows()
                .filter_map(|r| r.get(i))
                .map(|c| match c {
                    TableCell::Figure(shown) => tail(own, &shown.text),
                    TableCell::Text(_) | TableCell::Place(_) => 0.0,
                })
                .fold(0.0, f32::max);
            let mixed = rows().filter_map(|r| r.get(i)).any(|c| match c {
                TableCell::Figure(shown) => (tail(own, &shown.text) - fraction).abs() > 0.1,
                TableCell::Text(_) | TableCell::Place(_) => false,
            });
            let align = match (numeric(column.role), mixed) {
                (false, _) => Align::Left,
                (true, false) => Align::Right,
                (true, true) => Align::Decimal { fraction },
            };
            let head_style = match column.role {
                ColumnRole::Country => HEAD.colored(COUNTRY),
                ColumnRole::Average => HEAD.colored(AVERAGE),
                ColumnRole::Place => LABEL.colored(GREY),
                ColumnRole::Label | ColumnRole::Text | ColumnRole::Gap | ColumnRole::Number => HEAD,
            };
            let placed = Column { x, width, align, head: column.head.clone(), head_style };
            x += width + APART;
            placed
        })
        .collect()
}

/// Gives each free column its natural width if all fit; else the narrow ones theirs and the others parts by how much they
/// hold, none less than its least.
fn share(widths: &mut [f32], free: &[usize], least: &[f32], amount: &[f32], room: f32) {
    let mut open: Vec<usize> = free.to_vec();
    let mut left = room;
    loop {
        let part = left / open.len().max(1) as f32;
        let narrow: Vec<usize> = open.iter().copied().filter(|i| widths[*i] <= part).collect();
        if narrow.is_empty() {
            break;
        }
        left -= narrow.iter().map(|i| widths[*i]).sum::<f32>();
        open.retain(|i| !narrow.contains(i));
    }
    loop {
        let total: f32 = open.iter().map(|i| amount[*i]).sum();
        let part = |i: usize| left * amount[i] / total.max(1.0);
        let Some(at) = open.iter().position(|i| part(*i) < least[*i]).filter(|_| open.len() > 1) else {
            let parts: Vec<f32> = open.iter().map(|i| part(*i)).collect();
            open.iter().zip(parts).for_each(|(i, part)| widths[*i] = part);
            break;
        };
        let i = open.swap_remove(at);
        widths[i] = least[i].min(left);
        left -= widths[i];
    }
}

/// Entries by topic and chapter, one dot each.
pub fn coverage(l: &mut Layout, passages: &Passages, coverage: &Coverage) {
    let label = 0.4 * MEASURE;
    let step = (MEASURE - label) / coverage.columns.len().max(1) as f32;
    let mut columns = vec![Column { x: LEFT, width: label - APART, align: Align::Left, head: String::new(), head_style: HEAD }];
    columns.extend(coverage.columns.iter().enumerate().map(|(i, head)| Column {
        x: LEFT + label + step * i as f32,
        width: step - 4.0,
        align: Align::Left,
        head: head.clone(),
        head_style: HEAD,
    }));
    // Above twenty the number alone, everywhere: a column of dots is read by its length.
    let fits = ((step - 26.0) / 6.1).floor().clamp(0.0, 20.0) as u32;
    let rows = coverage.rows.iter().map(|(topic, cells)| {
        let mut row = vec![Cell::of(passages.pieces(topic, LABEL))];
        row.extend(cells.iter().map(|c| coverage_cell(*c, fits)));
        Row::Cells { cells: row, strong: false }
    });
    let mut grid = Grid::new(columns, rows.collect(), (G, G), "rows");
    // It is read across and down: better on one page.
    grid.whole = 0.9;
    framed(l, passages, grid, [&coverage.finding, &coverage.what, &coverage.note, &coverage.source], &[]);
}

fn coverage_cell(cell: CoverageCell, fits: u32) -> Cell<'static> {
    let number = |n: u32, style: Style| {
        // Numbers stand right in the room of two digits.
        let text = n.to_string();
        let pad = if text.len() < 2 { "\u{2007}" } else { "" };
        Piece::new(format!("{pad}{text}"), style)
    };
    let words = |text: &'static str| Piece::new(text, TICK);
    match cell {
        CoverageCell::Entries(0) | CoverageCell::Silent => Cell::of(vec![number(0, LABEL.colored(GREY))]),
        CoverageCell::Entries(n) => Cell { dots: if n <= fits { n } else { 0 }, ..Cell::of(vec![number(n, HEAD)]) },
        CoverageCell::DeclaredEmpty => Cell::of(vec![number(0, LABEL.colored(GREY)), words("  declared empty")]),
        CoverageCell::NoSuchSection => Cell::of(vec![Piece::new("no such section", TICK.faced(Face::Italic))]),
    }
}

/// Member States by class and indicator.
pub fn classes(l: &mut Layout, passages: &Passages, classes: &Classes) {
    let label = 98.0;
    let step = (RIGHT - LEFT - label) / classes.columns.len().max(1) as f32;
    let mut columns = vec![Column { x: LEFT, width: label - 6.0, align: Align::Left, head: String::new(), head_style: HEAD }];
    columns.extend(classes.columns.iter().enumerate().map(|(i, head)| Column {
        x: LEFT + label + step * i as f32,
        width: step - 4.0,
        align: Align::Left,
        head: head.clone(),
        head_style: HEAD,
    }));
    let rows = classes.rows.iter().map(|(class, by_indicator)| {
        let mut row = vec![Cell::of(vec![Piece::new(class.as_str(), LABEL)])];
        row.extend(by_indicator.iter().map(|countries| {
            if countries.is_empty() {
                return Cell::of(vec![Piece::new("–", LABEL.colored(INK))]);
            }
            Cell { codes: countries.iter().map(|g| (g.code(), *g == classes.country)).collect(), ..Cell::default() }
        }));
        Row::Cells { cells: row, strong: false }
    });
    let grid = Grid::new(columns, rows.collect(), (1.125 * G, G), "rows");
    framed(l, passages, grid, [&classes.finding, &classes.what, &classes.note, &classes.source], &[]);
}
