//! What stands at the end: notes on the figures, methods with their thresholds, sources, and the cited lines and cells verbatim.

use super::material::Material;
use super::{Cited, Method, Note, SourceNote, wording};
use crate::dataset::{Observation, Revision, Table, Value};
use crate::settings::Methods;
use crate::source::{Origin, Text};
use crate::vocabulary::{Lines, Place, Spot};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The sources of a publication: its text first, then the inputs whose ids are `used`.
pub fn sources(text: Option<(&Origin, &str)>, inputs: &[Origin], used: &BTreeSet<&str>) -> Vec<SourceNote> {
    let shown = inputs.iter().filter(|o| used.contains(o.id.as_str()));
    text.into_iter()
        .map(|(origin, file)| note_of(origin, file.to_owned()))
        .chain(shown.map(|o| note_of(o, format!("input/{}", o.file))))
        .collect()
}

fn note_of(origin: &Origin, file: String) -> SourceNote {
    SourceNote {
        id: origin.id.clone(),
        publisher: origin.publisher.clone(),
        title: origin.title.clone(),
        edition: origin.edition.clone(),
        file,
        sha256: origin.sha256.clone(),
        rights: origin.rights.clone(),
        obtained: origin.obtained.clone(),
    }
}

/// One note per source of figures: how they were obtained and their limits.
pub fn notes(sources: &[SourceNote]) -> Vec<Note> {
    sources.iter().filter(|s| !s.obtained.is_empty()).map(|s| Note { title: s.title.clone(), text: s.obtained.clone() }).collect()
}

/// Figures in one note of revisions: a note stands on one page.
const REVISIONS_OF_A_NOTE: usize = 12;

/// What the sources revised since an earlier publication: the country and the averages figure by figure, others counted.
pub fn revisions(revisions: &[Revision], material: &Material) -> Vec<Note> {
    let (own, others): (Vec<&Revision>, Vec<&Revision>) = revisions.iter().partition(|r| r.geo == material.geo || r.geo.is_aggregate());
    let told: Vec<String> = own.iter().map(|r| wording::revision(r, material)).collect();
    let mut texts: Vec<String> =
        told.chunks(REVISIONS_OF_A_NOTE).map(|part| format!("{} {}.", wording::REVISED, part.join("; "))).collect();
    if !others.is_empty() {
        let further = wording::revised_elsewhere(others.len());
        match texts.last_mut() {
            Some(last) => *last = format!("{last} {further}"),
            None => texts.push(further),
        }
    }
    texts.into_iter().map(|text| Note { title: wording::REVISIONS.to_owned(), text }).collect()
}

/// The methods in words, each with its thresholds and who says so.
pub fn methods(methods: &Methods) -> Vec<Method> {
    let mut by_source: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for entry in &methods.entries {
        let source = format!("{}, {}", entry.source, entry.edition);
        let place = order.iter().position(|s| *s == source).unwrap_or_else(|| {
            order.push(source.clone());
            order.len() - 1
        });
        by_source.entry((place, source)).or_default().push(wording::threshold(&entry.rule, entry.value, &entry.unit));
    }
    let thresholds =
        by_source.into_iter().map(|((_, source), rules)| Method { name: wording::THRESHOLDS.to_owned(), text: rules.join(" "), source });
    wording::methods().into_iter().chain(thresholds).collect()
}

/// Every cell and line that a figure stands in, as it stands there, in the order of the places.
pub fn cited_figures(observations: &[Observation]) -> Vec<Cited> {
    let placed = observations.iter().filter(|o| matches!(o.place.spot, Spot::Cell { .. } | Spot::Lines(_)));
    let mut cited: Vec<Cited> = placed.map(|o| Cited { place: o.place.clone(), verbatim: o.as_printed.clone() }).collect();
    cited.sort_by(|a, b| a.place.cmp(&b.place));
    cited.dedup_by(|later, first| later.place == first.place);
    cited
}

/// Every line of the text that a row names, as it stands there. Datasets that say what the lines are name all of them.
pub fn cited_lines(text: &Text, tables: &[Arc<Table>]) -> Vec<Cited> {
    let mut lines: BTreeSet<u32> = BTreeSet::new();
    for table in tables {
        let (Some(start), Some(end)) = (table.column("line_start"), table.column("line_end")) else { continue };
        if matches!(table.schema.name, "sections" | "pages" | "ledger") {
            continue;
        }
        for row in &table.rows {
            let (Value::Integer(first), Value::Integer(last)) = (&row[start], &row[end]) else { continue };
            let (Ok(first), Ok(last)) = (u32::try_from(*first), u32::try_from(*last)) else { continue };
            lines.extend((first..=last.min(text.len())).filter(|line| !text.is_blank(*line)));
        }
    }
    let cite = |line: u32| Cited { place: Place::lines(&text.name, Lines::one(line)), verbatim: text.line(line).to_owned() };
    lines.into_iter().map(cite).collect()
}
