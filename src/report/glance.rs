//! The two-page document: position, course, extremes, and what the text holds, counted.

use super::content::Cite;
use super::material::{self, Material};
use super::{Block, ColumnRole, DataTable, TableCell, TableGroup, plots, tables, wording};
use crate::dataset::dpa::DpaDatasets;
use crate::vocabulary::Lines;
use crate::vocabulary::indicator::Drawing;

/// Blocks in order; those without figures or entries are left out.
pub fn blocks(material: &Material, text: Option<(&DpaDatasets, &Cite)>) -> Vec<Block> {
    let mut blocks: Vec<Block> = plots::dumbbell(material).map(|c| Block::Chart(Box::new(c))).into_iter().collect();
    blocks.extend(areas(material).map(Block::Table));
    for group in &material.indicators.groups {
        if group.drawing == Drawing::Line {
            blocks.extend(plots::panels(material, &group.key).map(Block::Multiples));
        }
    }
    blocks.extend(plots::extremes(material).map(|c| Block::Chart(Box::new(c))));
    blocks.extend(text.and_then(|(data, cite)| entries(data, cite)).map(Block::Table));
    blocks
}

/// How many areas of each scoreboard have which score, and which are below the average.
fn areas(material: &Material) -> Option<DataTable> {
    let group = material.indicators.groups.iter().find(|g| g.drawing == Drawing::Scoreboard)?;
    let newest = material.group(&group.key).filter_map(|i| material.latest(i)).map(|c| c.time_period).max()?;
    let mut rows: Vec<(&str, [usize; 4], Vec<String>)> = Vec::new();
    let mut shown = Vec::new();
    for i in material.group(&group.key) {
        let Some(c) = material.latest(i).filter(|c| c.time_period == newest) else { continue };
        let Some(value) = c.country.map(crate::vocabulary::Figure::value) else { continue };
        if rows.last().is_none_or(|r| r.0 != i.dimension) {
            rows.push((&i.dimension, [0; 4], Vec::new()));
        }
        let row = rows.last_mut().expect("a row was pushed for the first area");
        // Scores between two whole ones count with the lower: the area has not reached the higher.
        let at = [2.0, 3.0, 4.0].iter().filter(|step| value >= **step).count();
        row.1[at] += 1;
        if c.gap.is_some_and(|gap| gap < 0.0) {
            let average = material::average(c, i).map_or_else(String::new, |a| a.text);
            row.2.push(format!("{} ({} against {average})", i.short, material.country_value(c, i).text));
        }
        shown.push(i);
    }
    let scored: usize = rows.iter().flat_map(|r| r.1).sum();
    let top: usize = rows.iter().map(|r| r.1[3]).sum();
    let cells = rows.iter().map(|(dimension, counts, below)| {
        let count = |n: usize| TableCell::Text(if n == 0 { "–".to_owned() } else { n.to_string() });
        let mut row = vec![TableCell::Text((*dimension).to_owned())];
        row.extend(counts.map(count));
        row.push(TableCell::Text(wording::dash(&wording::list(below))));
        row
    });
    Some(DataTable {
        id: "areas".to_owned(),
        finding: wording::areas_by_score(scored, top),
        what: wording::areas_by_score_what(material, &newest.printed()),
        columns: tables::columns(&[
            ("Scoreboard", ColumnRole::Label),
            ("Score 1", ColumnRole::Number),
            ("Score 2", ColumnRole::Number),
            ("Score 3", ColumnRole::Number),
            ("Score 4", ColumnRole::Number),
            ("Below the EU", ColumnRole::Text),
        ]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows: cells.collect(), strong: Vec::new() }],
        note: String::new(),
        source: plots::source_line(material, &shown),
    })
    .filter(|_| scored > 0)
}

/// Entries and empty sections by chapter, with their sum.
fn entries(data: &DpaDatasets, cite: &Cite) -> Option<DataTable> {
    let hull = data.coverage.iter().map(|c| c.lines).reduce(Lines::join)?;
    let mut chapters: Vec<(&str, usize, usize)> = Vec::new();
    for c in &data.coverage {
        if chapters.iter().all(|(name, _, _)| *name != c.chapter) {
            let entries = data.entries.iter().filter(|e| e.chapter == c.chapter).count();
            let declared = data.coverage.iter().filter(|d| d.chapter == c.chapter && d.declared_empty && d.entries == 0).count();
            chapters.push((&c.chapter, entries, declared));
        }
    }
    let total = (chapters.iter().map(|c| c.1).sum::<usize>(), chapters.iter().map(|c| c.2).sum::<usize>());
    let row = |name: String, entries: usize, declared: usize| {
        vec![TableCell::Text(name), TableCell::Text(entries.to_string()), TableCell::Text(declared.to_string())]
    };
    let mut rows: Vec<Vec<TableCell>> = chapters.iter().map(|(name, e, d)| row(wording::capital(name), *e, *d)).collect();
    rows.push(row("All".to_owned(), total.0, total.1));
    let last = rows.len() - 1;
    Some(DataTable {
        id: "entries-by-chapter".to_owned(),
        finding: wording::entries_by_chapter(total.0, total.1),
        what: wording::entries_by_chapter_what(&data.title),
        columns: tables::columns(&[
            ("Chapter", ColumnRole::Label),
            ("Entries", ColumnRole::Number),
            ("Declared empty", ColumnRole::Number),
        ]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows, strong: vec![last] }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}
