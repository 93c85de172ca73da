//! What stands at the end: notes on the figures, methods with their thresholds, sources, and the cited lines and cells verbatim.

use super::material::Material;
use super::{Cited, Method, Note, Report, SourceNote, wording};
use crate::dataset::{Observation, Revision, Table, Value};
use crate::settings::{Corrections, Methods};
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

/// What persons put right in the text of the publication and in the figures that it shows: the country and the averages one by one,
/// others counted.
pub fn corrections(corrections: &Corrections, text: Option<&Text>, material: &Material, observations: &[Observation]) -> Vec<Note> {
    let mut told: Vec<String> = text.into_iter().flat_map(|text| corrections.of(&text.name)).map(wording::correction).collect();
    let mut others = 0;
    let put_right = |o: &&Observation| corrections.of(&o.place.file).any(|c| c.location == o.place.location() && c.found == o.as_printed);
    // Without corrections, which is most of the time, nothing is looked through.
    let observations = if corrections.corrections.is_empty() { &[] } else { observations };
    for o in observations.iter().filter(put_right) {
        if o.geo == material.geo || o.geo.is_aggregate() {
            told.push(wording::corrected_figure(o, material));
        } else {
            others += 1;
        }
    }
    in_notes(wording::CORRECTIONS, wording::CORRECTED, &told, (others > 0).then(|| wording::corrected_elsewhere(others)))
}

/// Items in one note: a note stands on one page.
const ITEMS_OF_A_NOTE: usize = 12;

/// As many notes of one title as the items need, and a last sentence.
fn in_notes(title: &str, opening: &str, items: &[String], last: Option<String>) -> Vec<Note> {
    let mut texts: Vec<String> = items.chunks(ITEMS_OF_A_NOTE).map(|part| format!("{opening} {}.", part.join("; "))).collect();
    if let Some(sentence) = last {
        match texts.last_mut() {
            Some(text) => *text = format!("{text} {sentence}"),
            None => texts.push(sentence),
        }
    }
    texts.into_iter().map(|text| Note { title: title.to_owned(), text }).collect()
}

/// What the sources revised since an earlier publication: the country and the averages figure by figure, others counted.
pub fn revisions(revisions: &[Revision], material: &Material) -> Vec<Note> {
    let (own, others): (Vec<&Revision>, Vec<&Revision>) = revisions.iter().partition(|r| r.geo == material.geo || r.geo.is_aggregate());
    let told: Vec<String> = own.iter().map(|r| wording::revision(r, material)).collect();
    in_notes(wording::REVISIONS, wording::REVISED, &told, (!others.is_empty()).then(|| wording::revised_elsewhere(others.len())))
}

/// What the letters mean that stand raised behind the figures shown; `None` where there are none.
pub fn flags(report: &Report) -> Option<Note> {
    let shown = report.shown();
    let used: Vec<&str> =
        wording::FLAGS.iter().filter(|(f, _)| shown.iter().any(|(_, s)| s.flags.has(*f))).map(|(_, words)| *words).collect();
    (!used.is_empty()).then(|| Note { title: wording::FLAGS_TITLE.to_owned(), text: wording::flags(&used) })
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

/// Bytes of the figures of one line that are cited: a JSON file may be one line as a whole.
const MOST_CITED: usize = 400;

/// Every cell and line that a figure stands in, as it stands there, in the order of the places.
pub fn cited_figures(observations: &[Observation]) -> Vec<Cited> {
    let mut placed: Vec<&Observation> =
        observations.iter().filter(|o| matches!(o.place.spot, Spot::Cell { .. } | Spot::Lines(_))).collect();
    placed.sort_by(|a, b| a.place.cmp(&b.place));
    let mut cited: Vec<Cited> = Vec::with_capacity(placed.len());
    for later in placed {
        match cited.last_mut() {
            // A line of a text file may hold many figures: all of them are what stands there. A cell holds one.
            Some(first) if first.place == later.place => {
                if matches!(first.place.spot, Spot::Lines(_)) && first.verbatim.len() < MOST_CITED {
                    first.verbatim = format!("{} | {}", first.verbatim, later.as_printed);
                }
            }
            Some(_) | None => cited.push(Cited { place: later.place.clone(), verbatim: later.as_printed.to_string() }),
        }
    }
    cited
}

/// Every line of the text that a row names, as it stands there. Of datasets whose rows span the whole text, only the first.
pub fn cited_lines(text: &Text, tables: &[Arc<Table>]) -> Vec<Cited> {
    let mut lines: BTreeSet<u32> = BTreeSet::new();
    for table in tables {
        let (Some(start), Some(end)) = (table.column("line_start"), table.column("line_end")) else { continue };
        let most = if matches!(table.schema.name, "sections" | "pages" | "ledger") { 1 } else { usize::MAX };
        for row in &table.rows {
            let (Value::Integer(first), Value::Integer(last)) = (&row[start], &row[end]) else { continue };
            let (Ok(first), Ok(last)) = (u32::try_from(*first), u32::try_from(*last)) else { continue };
            lines.extend((first..=last.min(text.len())).filter(|line| !text.is_blank(*line)).take(most));
        }
    }
    let cite = |line: u32| Cited { place: Place::lines(&text.name, Lines::one(line)), verbatim: text.line(line).to_owned() };
    lines.into_iter().map(cite).collect()
}
