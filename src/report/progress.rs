//! The chapters of a progress report: areas with their timelines, stages, initiatives, the dated journey, regulations, numbers.

use super::chart::{Chart, ChartKind, Timeline, TimelineEvent};
use super::content::Cite;
use super::{
    Block, Chapter, ColumnRole, DataTable, KeyFigure, ListItem, Stages, TableCell, TableGroup, TileScale, material, plots, tables, wording,
};
use crate::dataset::progress::{Milestone, ProgressDatasets};
use crate::vocabulary::{Edtf, Lines};

/// Tiles of counts: what the report names, and how much of it is uncertain.
pub fn key_figures(data: &ProgressDatasets, cite: &Cite) -> Vec<KeyFigure> {
    let hull = |lines: &mut dyn Iterator<Item = Lines>| lines.reduce(Lines::join);
    let tile = |dataset: &str, label: &str, total: usize, open: usize, lines: Option<Lines>| {
        (total > 0).then(|| KeyFigure {
            label: label.to_owned(),
            country: material::counted(dataset, "rows", total, cite.file, lines),
            unit: String::new(),
            average_name: String::new(),
            average: None,
            gap_words: if open == 0 { "all certain".to_owned() } else { format!("{open} uncertain") },
            rank_words: String::new(),
            scale: TileScale::Dots {
                total: u32::try_from(total).unwrap_or(u32::MAX),
                below: u32::try_from(open).unwrap_or(u32::MAX),
                caption: wording::dots_caption(total),
            },
        })
    };
    let uncertain = |certain: &mut dyn Iterator<Item = bool>| certain.filter(|c| !c).count();
    [
        tile(
            "milestones",
            "Milestones",
            data.milestones.len(),
            uncertain(&mut data.milestones.iter().map(|m| m.certainty.is_certain())),
            hull(&mut data.milestones.iter().map(|m| m.lines)),
        ),
        tile(
            "initiatives",
            "Initiatives in the catalogue",
            data.initiatives.len(),
            uncertain(&mut data.initiatives.iter().map(|m| m.certainty.is_certain())),
            hull(&mut data.initiatives.iter().map(|m| m.lines)),
        ),
        tile(
            "timeline_events",
            "Events of the dated journey",
            data.timeline_events.len(),
            uncertain(&mut data.timeline_events.iter().map(|m| m.certainty.is_certain())),
            hull(&mut data.timeline_events.iter().map(|m| m.lines)),
        ),
        tile(
            "regulations",
            "Regulations",
            data.regulations.len(),
            uncertain(&mut data.regulations.iter().map(|m| m.certainty.is_certain())),
            hull(&mut data.regulations.iter().map(|m| m.lines)),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The areas first, then what the report tells across them.
pub fn chapters(data: &ProgressDatasets, cite: &Cite) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = data.priorities.iter().map(|p| area(data, cite, &p.area, &p.tagline, &p.headline)).collect();
    let mut add = |title: &str, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            chapters.push(chapter(title, "", blocks));
        }
    };
    add(wording::INITIATIVES, initiatives(data, cite));
    add(wording::JOURNEY, journey(data, cite));
    add(wording::REGULATIONS, regulations(data, cite));
    add(wording::NUMBERS, numbers(data, cite));
    add(wording::INTERVIEWS, interviews(data, cite));
    add(wording::PRINCIPLES, principles(data, cite));
    chapters
}

fn chapter(title: &str, tagline: &str, blocks: Vec<Block>) -> Chapter {
    let title = wording::capital(title);
    Chapter { level: 1, number: String::new(), running: title.clone(), title, tagline: wording::capital(tagline), blocks }
}

fn area(data: &ProgressDatasets, cite: &Cite, area: &str, tagline: &str, headline: &str) -> Chapter {
    let mut blocks = Vec::new();
    let milestones: Vec<&Milestone> = data.milestones.iter().filter(|m| m.area == area).collect();
    blocks.extend(timeline(data, cite, area, &milestones).map(|chart| Block::Chart(Box::new(chart))));
    let stages: Vec<_> = data.stages.iter().filter(|s| s.area == area).collect();
    if let Some(hull) = stages.iter().map(|s| s.lines).reduce(Lines::join) {
        let of_stage = stages.iter().map(|s| (wording::capital(s.stage.as_str()), s.text.clone(), Some(cite.at(s.lines))));
        blocks.push(Block::Stages(Stages { stages: of_stage.collect(), source: wording::source_lines(cite.title, hull) }));
    }
    let spotlights: Vec<ListItem> = data
        .spotlights
        .iter()
        .filter(|s| s.area == area)
        .map(|s| ListItem { term: unsure(&s.name, s.certainty.is_certain()), text: s.text.clone(), place: Some(cite.at(s.lines)) })
        .collect();
    if !spotlights.is_empty() {
        blocks.push(Block::Heading(wording::SPOTLIGHTS.to_owned()));
        blocks.push(Block::List(spotlights));
    }
    chapter(area, if headline.is_empty() { tagline } else { headline }, blocks)
}

/// A name with the word that says so where the text does not settle it.
fn unsure(name: &str, certain: bool) -> String {
    match (name.is_empty(), certain) {
        (_, true) => name.to_owned(),
        (true, false) => wording::UNCERTAIN.to_owned(),
        (false, false) => format!("{name} ({})", wording::UNCERTAIN),
    }
}

fn timeline(data: &ProgressDatasets, cite: &Cite, area: &str, milestones: &[&Milestone]) -> Option<Chart> {
    let hull = milestones.iter().map(|m| m.lines).reduce(Lines::join)?;
    let mut events: Vec<TimelineEvent> = milestones
        .iter()
        .map(|m| TimelineEvent {
            year: m.year.map(i32::from),
            label: m.milestone.clone(),
            language: String::new(),
            alternatives: m.certainty.alternatives().iter().filter_map(|a| a.parse().ok()).collect(),
            lines: m.lines.to_string(),
        })
        .collect();
    // By best year, in the order of the text within it; without one, by the earliest possible year.
    events.sort_by_key(|e| e.year.or_else(|| e.alternatives.iter().min().copied()).unwrap_or(i32::MAX));
    let years = || events.iter().flat_map(|e| e.year.into_iter().chain(e.alternatives.iter().copied()));
    let (first_year, last_year) = (years().min()?, years().max()?);
    let uncertain = milestones.iter().filter(|m| !m.certainty.is_certain()).count();
    Some(Chart {
        id: format!("timeline-{}", plots::slug(area)),
        finding: wording::timeline_finding(milestones.len(), first_year, last_year, uncertain),
        what: wording::timeline_what(area, &data.country),
        alt: wording::timeline_alt(&events),
        kind: ChartKind::Timeline(Timeline { first_year, last_year, events }),
        note: wording::timeline_note(),
        source: wording::source_lines(cite.title, hull),
    })
}

fn initiatives(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    let mut groups: Vec<TableGroup> = Vec::new();
    for i in &data.initiatives {
        let heading = wording::capital(&i.audience);
        let row = vec![
            TableCell::Text(unsure(&i.name, i.certainty.is_certain())),
            TableCell::Text(wording::dash(&i.description)),
            TableCell::Place(cite.at(i.lines)),
        ];
        match groups.iter_mut().find(|g| g.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(TableGroup { heading, aside: String::new(), rows: vec![row], strong: Vec::new() }),
        }
    }
    let Some(hull) = data.initiatives.iter().map(|i| i.lines).reduce(Lines::join) else { return Vec::new() };
    vec![Block::Table(DataTable {
        id: "initiatives".to_owned(),
        finding: wording::initiatives_finding(data.initiatives.len(), groups.len()),
        what: wording::initiatives_what(&data.country),
        columns: tables::columns(&[("Initiative", ColumnRole::Label), ("What it does", ColumnRole::Text), ("Line", ColumnRole::Place)]),
        groups,
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })]
}

fn worded(start: Option<Edtf>, end: Option<Edtf>) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start != end => format!("{}–{}", wording::date(start), wording::date(end)),
        (Some(start), _) => wording::date(start),
        (None, _) => String::new(),
    }
}

fn candidates(alternatives: &[String]) -> String {
    if alternatives.is_empty() { "–".to_owned() } else { alternatives.join(", ") }
}

fn journey(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    let Some(hull) = data.timeline_events.iter().map(|e| e.lines).reduce(Lines::join) else { return Vec::new() };
    let rows = data.timeline_events.iter().map(|e| {
        let text = [e.title.as_str(), e.description.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(": ");
        vec![
            TableCell::Text(wording::dash(&worded(e.date_start, e.date_end))),
            TableCell::Text(text),
            TableCell::Text(e.certainty.as_str().to_owned()),
            TableCell::Text(candidates(e.certainty.alternatives())),
            TableCell::Place(cite.at(e.lines)),
        ]
    });
    let uncertain = data.timeline_events.iter().filter(|e| !e.certainty.is_certain()).count();
    vec![Block::Table(DataTable {
        id: "journey".to_owned(),
        finding: wording::journey_finding(data.timeline_events.len(), uncertain),
        what: wording::journey_what(&data.country),
        columns: tables::columns(&[
            ("Date", ColumnRole::Label),
            ("Event", ColumnRole::Text),
            ("Certainty", ColumnRole::Text),
            ("Other dates", ColumnRole::Text),
            ("Line", ColumnRole::Place),
        ]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows: rows.collect(), strong: Vec::new() }],
        note: wording::uncertain_note(),
        source: wording::source_lines(cite.title, hull),
    })]
}

fn regulations(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    let Some(hull) = data.regulations.iter().map(|r| r.lines).reduce(Lines::join) else { return Vec::new() };
    let mut groups: Vec<TableGroup> = Vec::new();
    for r in &data.regulations {
        let heading = wording::capital(r.status.as_str());
        let row = vec![
            TableCell::Text(r.description.clone()),
            TableCell::Text(wording::dash(&r.act_type)),
            TableCell::Text(wording::dash(&r.date.map_or_else(String::new, wording::date))),
            TableCell::Text(wording::open_fields(r.certainty.alternatives())),
            TableCell::Place(cite.at(r.lines)),
        ];
        match groups.iter_mut().find(|g| g.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(TableGroup { heading, aside: String::new(), rows: vec![row], strong: Vec::new() }),
        }
    }
    let uncertain = data.regulations.iter().filter(|r| !r.certainty.is_certain()).count();
    vec![Block::Table(DataTable {
        id: "regulations".to_owned(),
        finding: wording::regulations_finding(data.regulations.len(), uncertain),
        what: wording::regulations_what(&data.country),
        columns: tables::columns(&[
            ("Regulation", ColumnRole::Label),
            ("Type", ColumnRole::Text),
            ("Date", ColumnRole::Text),
            ("Not settled", ColumnRole::Text),
            ("Line", ColumnRole::Place),
        ]),
        groups,
        note: wording::regulations_note(),
        source: wording::source_lines(cite.title, hull),
    })]
}

fn numbers(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    let Some(hull) = data.quantities.iter().map(|q| q.lines).reduce(Lines::join) else { return Vec::new() };
    let rows = data.quantities.iter().map(|q| {
        vec![
            TableCell::Text(q.subject.clone()),
            TableCell::Text(q.value_raw.clone()),
            TableCell::Text(wording::dash(&q.unit)),
            TableCell::Text(q.year.map_or_else(|| "–".to_owned(), |y| y.to_string())),
            TableCell::Place(cite.at(q.lines)),
        ]
    });
    vec![Block::Table(DataTable {
        id: "numbers".to_owned(),
        finding: wording::numbers_finding(data.quantities.len()),
        what: wording::numbers_what(&data.country),
        columns: tables::columns(&[
            ("What is counted", ColumnRole::Label),
            ("As printed", ColumnRole::Text),
            ("Unit", ColumnRole::Text),
            ("Year", ColumnRole::Text),
            ("Line", ColumnRole::Place),
        ]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows: rows.collect(), strong: Vec::new() }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })]
}

fn interviews(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    let mut blocks = Vec::new();
    for i in &data.interviews {
        blocks.push(Block::Heading(if i.headline.is_empty() { i.interviewee.clone() } else { wording::capital(&i.headline) }));
        let who: Vec<&str> = [i.interviewee.as_str(), &i.role, &i.organisation].into_iter().filter(|t| !t.is_empty()).collect();
        blocks.push(Block::Paragraph(who.join(", ")));
        let questions = data.interview_questions.iter().filter(|q| q.interviewee == i.interviewee);
        let items: Vec<ListItem> =
            questions.map(|q| ListItem { term: q.question.clone(), text: q.answer.clone(), place: Some(cite.at(q.lines)) }).collect();
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
    }
    blocks
}

fn principles(data: &ProgressDatasets, cite: &Cite) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut groups: Vec<(&str, Vec<ListItem>)> = Vec::new();
    for p in &data.principles {
        let term = [p.number.as_str(), p.label.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
        let item = ListItem { term, text: p.text.clone(), place: Some(cite.at(p.lines)) };
        match groups.iter_mut().find(|(group, _)| *group == p.group.as_str()) {
            Some((_, items)) => items.push(item),
            None => groups.push((p.group.as_str(), vec![item])),
        }
    }
    for (group, items) in groups {
        blocks.push(Block::Heading(wording::capital(group)));
        blocks.push(Block::List(items));
    }
    blocks
}
