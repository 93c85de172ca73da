//! The chapters of a factsheet that are lists: what the source holds, with date, summary, relation and place.

use super::{
    Block, Chapter, ColumnRole, Coverage, CoverageCell, DataTable, Entries, Entry, EntryGroup, ListItem, TableCell, TableGroup, tables,
    wording,
};
use crate::dataset::dpa::{self, DpaDatasets};
use crate::vocabulary::{Lines, Place};
use std::collections::BTreeMap;

/// The name of a text as a [`Place`] names it, and its short name in source lines.
pub struct Cite<'a> {
    pub file: &'a str,
    pub title: &'a str,
}

impl Cite<'_> {
    pub fn at(&self, lines: Lines) -> Place {
        Place::lines(self.file, lines)
    }

    fn source(&self, lines: impl Iterator<Item = Lines>) -> String {
        lines.reduce(Lines::join).map_or_else(String::new, |hull| wording::source_lines(self.title, hull))
    }
}

/// Highlights, content chapters and cross-border services in the order of the source, numbered from `first`.
pub fn chapters(data: &DpaDatasets, cite: &Cite, first: u32) -> Vec<Chapter> {
    let mut parts: Vec<(Lines, String, Vec<Block>)> = Vec::new();
    if let Some(hull) = data.highlights.iter().map(|h| h.lines).reduce(Lines::join) {
        parts.push((hull, wording::HIGHLIGHTS.to_owned(), highlights(data, cite)));
    }
    for chapter in content_chapters(data) {
        let of_chapter = data.coverage.iter().filter(|c| c.chapter == chapter).map(|c| c.lines);
        let Some(hull) = of_chapter.chain(data.entries.iter().filter(|e| e.chapter == chapter).map(|e| e.lines)).reduce(Lines::join) else {
            continue;
        };
        parts.push((hull, wording::capital(&chapter), content(data, cite, &chapter)));
    }
    if let Some(hull) = data.cross_border_services.iter().map(|s| s.lines).reduce(Lines::join) {
        parts.push((hull, wording::CROSS_BORDER.to_owned(), services(data, cite)));
    }
    parts.sort_by_key(|(lines, _, _)| *lines);
    if let Some(coverage) = coverage(data, cite) {
        parts.push((Lines::one(1), wording::COVERAGE.to_owned(), vec![Block::Coverage(coverage)]));
    }
    (first..)
        .zip(parts)
        .map(|(number, (_, title, blocks))| Chapter {
            level: 1,
            number: number.to_string(),
            running: format!("{number} {title}"),
            title,
            tagline: String::new(),
            blocks,
        })
        .collect()
}

/// The content chapters in the order of the source.
fn content_chapters(data: &DpaDatasets) -> Vec<String> {
    let mut chapters: Vec<String> = Vec::new();
    for chapter in data.coverage.iter().map(|c| &c.chapter).chain(data.entries.iter().map(|e| &e.chapter)) {
        if !chapters.contains(chapter) {
            chapters.push(chapter.clone());
        }
    }
    chapters
}

fn highlights(data: &DpaDatasets, cite: &Cite) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut heading: Option<&str> = None;
    let mut items: Vec<ListItem> = Vec::new();
    for h in &data.highlights {
        if heading != Some(h.heading.as_str()) {
            if !items.is_empty() {
                blocks.push(Block::List(std::mem::take(&mut items)));
            }
            if !h.heading.is_empty() {
                blocks.push(Block::Heading(h.heading.clone()));
            }
            heading = Some(&h.heading);
        }
        items.push(ListItem { term: String::new(), text: h.statement.clone(), place: Some(cite.at(h.lines)) });
    }
    if !items.is_empty() {
        blocks.push(Block::List(items));
    }
    blocks
}

fn content(data: &DpaDatasets, cite: &Cite, chapter: &str) -> Vec<Block> {
    let mut groups: Vec<EntryGroup> = Vec::new();
    for e in data.entries.iter().filter(|e| e.chapter == chapter) {
        if groups.last().is_none_or(|g| g.number != e.section_number || g.title != e.section_title) {
            groups.push(EntryGroup { number: e.section_number.clone(), title: e.section_title.clone(), entries: Vec::new() });
        }
        let entry = entry(data, cite, e);
        groups.last_mut().expect("a group was pushed for the first entry").entries.push(entry);
    }
    let entries: usize = groups.iter().map(|g| g.entries.len()).sum();
    let declared = data.coverage.iter().filter(|c| c.chapter == chapter && c.declared_empty && c.entries == 0).count();
    let mut blocks = vec![Block::Paragraph(wording::content_lead(entries, groups.len(), declared))];
    if !groups.is_empty() {
        let source = cite.source(data.entries.iter().filter(|e| e.chapter == chapter).map(|e| e.lines));
        blocks.push(Block::Entries(Entries { groups, source }));
    }
    blocks
}

fn entry(data: &DpaDatasets, cite: &Cite, e: &dpa::Entry) -> Entry {
    let within = |lines: Lines| e.lines.contains(lines);
    let act = data.legal_acts.iter().find(|a| within(a.lines) && a.date.is_some());
    let event = data.dated_events.iter().find(|d| within(d.lines) && d.date.is_some());
    let (date, date_role) = match (act, event) {
        (Some(act), _) if e.kind == "legislation" => (act.date, wording::date_role(&act.date_role)),
        (_, Some(event)) => (event.date, event.qualifier.clone()),
        (_, None) => (None, String::new()),
    };
    let relations: Vec<String> = data
        .eu_acts
        .iter()
        .filter(|a| within(a.lines) && !a.relation.is_empty())
        .map(|a| wording::eu_relation(&a.relation, &a.act_type, &a.identifier_as_written, &a.identifier))
        .fold(Vec::new(), |mut all, one| {
            if !all.contains(&one) {
                all.push(one);
            }
            all
        });
    Entry {
        date: date.map_or_else(String::new, wording::date),
        date_role,
        title: e.title.clone(),
        summary: e.summary.clone(),
        relation: relations.join("; "),
        place: cite.at(e.lines),
    }
}

fn services(data: &DpaDatasets, cite: &Cite) -> Vec<Block> {
    let mut groups: Vec<TableGroup> = Vec::new();
    for s in &data.cross_border_services {
        let heading = wording::capital(&s.audience);
        if groups.last().is_none_or(|g| g.heading != heading) {
            groups.push(TableGroup { heading, aside: String::new(), rows: Vec::new(), strong: Vec::new() });
        }
        let example = if s.example.is_empty() { "–".to_owned() } else { s.example.clone() };
        let row = vec![TableCell::Text(s.service_group.clone()), TableCell::Text(example), TableCell::Place(cite.at(s.lines))];
        groups.last_mut().expect("a group was pushed for the first service").rows.push(row);
    }
    let count = data.cross_border_services.len();
    vec![Block::Table(DataTable {
        id: "cross-border-services".to_owned(),
        finding: wording::services_finding(count),
        what: wording::services_what(&data.country),
        columns: tables::columns(&[("Service group", ColumnRole::Label), ("Example", ColumnRole::Text), ("Line", ColumnRole::Place)]),
        groups,
        note: String::new(),
        source: cite.source(data.cross_border_services.iter().map(|s| s.lines)),
    })]
}

/// Entries by topic and chapter: what the source declares empty is said once, here.
pub fn coverage(data: &DpaDatasets, cite: &Cite) -> Option<Coverage> {
    let chapters = content_chapters(data);
    let columns: Vec<String> = chapters
        .into_iter()
        .filter(|c| data.coverage.iter().any(|row| row.chapter == *c && (row.declared_empty || row.entries == 0)))
        .collect();
    let mut topics: Vec<String> = Vec::new();
    let mut cells: BTreeMap<(String, &str), CoverageCell> = BTreeMap::new();
    for row in data.coverage.iter().filter(|row| columns.contains(&row.chapter)) {
        let topic = wording::topic(&row.section_title);
        if !topics.contains(&topic) {
            topics.push(topic.clone());
        }
        let cell = match (row.entries, row.declared_empty) {
            (0, true) => CoverageCell::DeclaredEmpty,
            (0, false) => CoverageCell::Silent,
            (n, _) => CoverageCell::Entries(n),
        };
        cells.insert((topic, &row.chapter), cell);
    }
    let rows: Vec<(String, Vec<CoverageCell>)> = topics
        .into_iter()
        .map(|topic| {
            let row =
                columns.iter().map(|c| cells.get(&(topic.clone(), c.as_str())).copied().unwrap_or(CoverageCell::NoSuchSection)).collect();
            (topic, row)
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let declared = data.coverage.iter().filter(|c| c.declared_empty && c.entries == 0).count();
        Coverage {
            finding: wording::coverage_finding(data.entries.len(), declared, data.coverage.len()),
            what: wording::coverage_what(&data.country),
            columns: columns.iter().map(|c| wording::capital(c)).collect(),
            rows,
            note: wording::coverage_note(),
            source: cite.source(data.coverage.iter().map(|c| c.lines)),
        }
    })
}
