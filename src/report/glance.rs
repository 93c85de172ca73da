//! The two-page document: position, course, extremes, and what the text holds, counted.

use super::content::Cite;
use super::material::{self, Material};
use super::{Block, ColumnRole, DataTable, TableCell, TableGroup, plots, tables, wording};
use crate::dataset::dpa::DpaDatasets;
use crate::dataset::progress::{Milestone, ProgressDatasets, StageName};
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
    chapters.push(("all", chapters.iter().map(|c| c.1).sum(), chapters.iter().map(|c| c.2).sum()));
    let (_, total, declared) = *chapters.last().expect("pushed above");
    let row = |name: &str, of: fn(&(&str, usize, usize)) -> usize| {
        let counts = chapters.iter().map(|c| TableCell::Text(of(c).to_string()));
        std::iter::once(TableCell::Text(name.to_owned())).chain(counts).collect()
    };
    let rows = vec![row("Entries", |c| c.1), row("Sections declared empty", |c| c.2)];
    let names: Vec<String> = chapters.iter().map(|c| wording::capital(c.0)).collect();
    let mut heads = vec![("Chapter", ColumnRole::Label)];
    heads.extend(names.iter().map(|n| (n.as_str(), ColumnRole::Number)));
    Some(DataTable {
        id: "entries-by-chapter".to_owned(),
        finding: wording::entries_by_chapter(total, declared),
        what: wording::entries_by_chapter_what(&data.title),
        columns: tables::columns(&heads),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows, strong: Vec::new() }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}

/// Of a progress report: its milestones counted, its dated events, and where each area stood, stands and goes.
pub fn of_progress(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    [milestones(data, cite), stages(data, cite), journey(data, cite)].into_iter().flatten().map(Block::Table).collect()
}

/// Years that stand in columns of their own; earlier ones share the first.
const YEARS: usize = 9;

/// Milestones by area and year; those whose year the text does not settle in a column of their own.
fn milestones(data: &ProgressDatasets, cite: &Cite) -> Option<DataTable> {
    let hull = data.milestones.iter().map(|m| m.lines).reduce(Lines::join)?;
    let certain = |m: &&Milestone| m.certainty.is_certain() && m.year.is_some();
    let mut years: Vec<i16> = data.milestones.iter().filter(certain).filter_map(|m| m.year).collect();
    years.sort_unstable();
    years.dedup();
    let first = years.len().saturating_sub(YEARS);
    let shown = years.split_off(first);
    let earlier = years.last().copied();
    let mut areas: Vec<&str> = Vec::new();
    for name in data.priorities.iter().map(|p| p.area.as_str()).chain(data.milestones.iter().map(|m| m.area.as_str())) {
        if !areas.contains(&name) {
            areas.push(name);
        }
    }
    let count = |of: &dyn Fn(&Milestone) -> bool| {
        let n = data.milestones.iter().filter(|m| of(m)).count();
        TableCell::Text(if n == 0 { "–".to_owned() } else { n.to_string() })
    };
    let row = |name: &str, area: Option<&str>| {
        let here = |m: &Milestone| area.is_none_or(|a| m.area == a);
        let mut cells = vec![TableCell::Text(name.to_owned())];
        if let Some(last) = earlier {
            cells.push(count(&|m| here(m) && certain(&m) && m.year.is_some_and(|y| y <= last)));
        }
        cells.extend(shown.iter().map(|year| count(&|m| here(m) && certain(&m) && m.year == Some(*year))));
        cells.push(count(&|m| here(m) && !certain(&m)));
        cells.push(count(&here));
        cells
    };
    let mut rows: Vec<Vec<TableCell>> = areas.iter().map(|a| row(&wording::capital(a), Some(a))).collect();
    rows.push(row("All", None));
    let last = rows.len() - 1;
    let mut names: Vec<String> = earlier.map(|y| format!("to {y}")).into_iter().collect();
    names.extend(shown.iter().map(ToString::to_string));
    let mut heads = vec![("Area", ColumnRole::Label)];
    heads.extend(names.iter().map(|n| (n.as_str(), ColumnRole::Number)));
    heads.extend([("Open", ColumnRole::Number), ("All", ColumnRole::Number)]);
    Some(DataTable {
        id: "milestones-by-year".to_owned(),
        finding: wording::milestones_by_year(data.milestones.len(), areas.len(), data.milestones.iter().filter(|m| !certain(m)).count()),
        what: wording::milestones_by_year_what(&data.country),
        columns: tables::columns(&heads),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows, strong: vec![last] }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}

/// Then, now and up next of each area, beside each other.
fn stages(data: &ProgressDatasets, cite: &Cite) -> Option<DataTable> {
    let hull = data.stages.iter().map(|s| s.lines).reduce(Lines::join)?;
    let mut areas: Vec<&str> = Vec::new();
    for stage in &data.stages {
        if !areas.contains(&stage.area.as_str()) {
            areas.push(&stage.area);
        }
    }
    let of = |area: &str, name: StageName| {
        let texts: Vec<&str> = data.stages.iter().filter(|s| s.area == area && s.stage == name).map(|s| s.text.as_str()).collect();
        TableCell::Text(wording::dash(&texts.join(" ")))
    };
    let rows = areas.iter().map(|area| {
        let mut row = vec![TableCell::Text(wording::capital(area))];
        row.extend([StageName::Then, StageName::Now, StageName::UpNext].map(|name| of(area, name)));
        row
    });
    Some(DataTable {
        id: "stages".to_owned(),
        finding: wording::stages_finding(areas.len()),
        what: wording::stages_what(&data.country),
        columns: tables::columns(&[
            ("Area", ColumnRole::Label),
            ("Then", ColumnRole::Text),
            ("Now", ColumnRole::Text),
            ("Up next", ColumnRole::Text),
        ]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows: rows.collect(), strong: Vec::new() }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}

/// The dated events, one line each.
fn journey(data: &ProgressDatasets, cite: &Cite) -> Option<DataTable> {
    let hull = data.timeline_events.iter().map(|e| e.lines).reduce(Lines::join)?;
    let rows = data.timeline_events.iter().map(|e| {
        let date = e.date_start.map_or_else(|| "open".to_owned(), wording::date);
        let title = if e.title.is_empty() { &e.description } else { &e.title };
        let others = e.certainty.alternatives().join(" or ");
        vec![TableCell::Text(date), TableCell::Text(wording::capital(title)), TableCell::Text(wording::dash(&others))]
    });
    let uncertain = data.timeline_events.iter().filter(|e| !e.certainty.is_certain()).count();
    Some(DataTable {
        id: "journey-at-a-glance".to_owned(),
        finding: wording::journey_finding(data.timeline_events.len(), uncertain),
        what: wording::journey_what(&data.country),
        columns: tables::columns(&[("Date", ColumnRole::Label), ("Event", ColumnRole::Text), ("Other possible dates", ColumnRole::Text)]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows: rows.collect(), strong: Vec::new() }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}
