//! What no other dataset holds: prose, artefacts, and the ledger of every line.

use crate::dataset::progress::{Milestone, ProgressDatasets};
use crate::dataset::{Artefact, ArtefactKind, Ledger, LedgerEntry, LineRole, Prose};
use crate::document::progress::line::{SPOTLIGHT, is_label, ranges, trimmed};
use crate::document::progress::section::labels;
use crate::document::progress::{Body, Brochure, Passage};
use crate::source::Text;
use crate::vocabulary::Lines;

/// The paragraphs that no other dataset holds in full, in the order of the text.
pub fn prose(brochure: &Brochure) -> Vec<(Prose, Vec<u32>)> {
    let mut out = Vec::new();
    for section in &brochure.sections {
        let mut passages: Vec<&Passage> = Vec::new();
        match &section.body {
            Body::Intro(prose) | Body::Disclaimer(prose) | Body::Other(prose) | Body::Areas { prose, .. } => passages.extend(prose),
            Body::Recipe(recipe) => passages.extend(&recipe.prose),
            Body::Approach(approach) => passages.extend(&approach.prose),
            Body::Area(area) => passages.extend(&area.prose),
            Body::Interview(interview) => passages.extend(&interview.intro),
            Body::Catalogue(catalogue) => {
                passages.extend(&catalogue.intro);
                passages.extend(catalogue.audiences.iter().map(|a| &a.tagline));
            }
            Body::Journey(journey) => passages.extend(&journey.prose),
            Body::Spotlights(_) | Body::Rundown(_) | Body::Manifesto(_) => {}
        }
        for passage in passages.into_iter().filter(|p| !p.is_empty()) {
            let row = Prose {
                section_number: String::new(),
                section_title: section.title.text.clone(),
                text: passage.text.clone(),
                lines: passage.span(),
            };
            out.push((row, passage.lines.clone()));
        }
    }
    out.sort_by_key(|(p, _)| p.lines);
    out
}

/// Traces of the extraction: furniture, values torn from what they belong to, hyphens lost at line ends.
pub fn artefacts(brochure: &Brochure, text: &Text) -> Vec<Artefact> {
    let mut out = Vec::new();
    let mut push = |kind, lines: &[u32], treatment: &str| {
        for range in ranges(lines) {
            let excerpt = Passage::of(text, &(range.start()..=range.end()).collect::<Vec<_>>()).text;
            out.push(Artefact { kind, excerpt, treatment: treatment.to_owned(), lines: range });
        }
    };
    for page in brochure.pages.iter().filter(|p| !p.title_page) {
        let opening = page.lines.start();
        let (torn, whole): (Vec<u32>, Vec<u32>) = page.furniture.iter().copied().partition(|n| page.header.contains(n) && *n > opening + 8);
        push(ArtefactKind::PageFurniture, &whole, "left out of the text");
        push(ArtefactKind::DisplacedValue, &torn, "put back to the page's header");
    }
    for section in &brochure.sections {
        match &section.body {
            Body::Journey(journey) => push(ArtefactKind::PageFurniture, &journey.axis, "left out: letters of the drawn axis"),
            Body::Rundown(rundown) => {
                let days = rundown.dates.iter().flat_map(|d| d.words.lines.clone());
                let years = rundown.years.iter().map(|(_, n)| *n);
                let types = rundown.types.iter().flat_map(|t| t.lines.clone());
                push(ArtefactKind::DisplacedValue, &days.collect::<Vec<_>>(), "kept as a candidate of the entries that it may date");
                push(ArtefactKind::DisplacedValue, &years.collect::<Vec<_>>(), "kept as a candidate of the entries that it may date");
                push(ArtefactKind::DisplacedValue, &types.collect::<Vec<_>>(), "kept as a candidate of the entries whose type it may be");
            }
            Body::Area(area) => {
                for loose in &area.loose {
                    let lines: Vec<u32> = loose.milestones.iter().flat_map(|m| m.lines.clone()).collect();
                    push(ArtefactKind::DisplacedValue, &lines, "milestones away from a year label: kept with every year they may have");
                }
            }
            Body::Interview(interview) => {
                for quote in interview.quotes.iter().filter(|q| ranges(&q.quote.lines).len() > 1) {
                    push(ArtefactKind::DisplacedValue, &quote.quote.lines, "piece of a pull quote, put in reading order");
                }
            }
            Body::Intro(_)
            | Body::Recipe(_)
            | Body::Approach(_)
            | Body::Areas { .. }
            | Body::Spotlights(_)
            | Body::Catalogue(_)
            | Body::Manifesto(_)
            | Body::Disclaimer(_)
            | Body::Other(_) => {}
        }
    }
    out.extend(typos(text));
    out.sort_by_key(|a| (a.lines, a.kind, a.excerpt.clone()));
    out
}

/// Milestones of one name that the text dates differently, each under a label of its own.
pub fn inconsistencies(milestones: &[Milestone]) -> Vec<Artefact> {
    let mut out = Vec::new();
    for (i, second) in milestones.iter().enumerate().filter(|(_, m)| m.certainty.is_certain()) {
        let differs = |m: &&Milestone| m.certainty.is_certain() && m.milestone == second.milestone && m.year != second.year;
        for first in milestones[..i].iter().filter(differs) {
            let year = |m: &Milestone| m.year.map(|y| y.to_string()).unwrap_or_default();
            let treatment =
                format!("{} in {} (line {}), {} in {}: both kept", year(first), first.area, first.lines, year(second), second.area);
            out.push(Artefact {
                kind: ArtefactKind::SourceInconsistency,
                excerpt: second.milestone.clone(),
                treatment,
                lines: second.lines,
            });
        }
    }
    out
}

/// Slips that the text itself proves: two articles in a row, a word twice, a long word that elsewhere has a hyphen inside.
fn typos(text: &Text) -> Vec<Artefact> {
    let mut out = Vec::new();
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase();
    let mut halves: std::collections::BTreeSet<(String, String)> = std::collections::BTreeSet::new();
    for (_, line) in text.lines() {
        for word in line.split_whitespace().map(bare) {
            if let Some((head, tail)) = word.split_once('-') {
                halves.insert((head.to_owned(), tail.to_owned()));
            }
        }
    }
    let tails: std::collections::BTreeSet<&str> =
        halves.iter().filter(|(h, t)| h.len() >= 2 && t.len() >= 4).map(|(_, t)| t.as_str()).collect();
    let known: std::collections::BTreeSet<String> = text.lines().flat_map(|(_, l)| l.split_whitespace()).map(bare).collect();
    for (n, line) in text.lines() {
        let words: Vec<String> = line.split_whitespace().map(bare).collect();
        for pair in words.windows(2) {
            let articles = ["a", "an", "the"];
            if articles.contains(&pair[0].as_str()) && articles.contains(&pair[1].as_str()) {
                let excerpt = pair.join(" ");
                out.push(Artefact {
                    kind: ArtefactKind::SourceTypo,
                    excerpt,
                    treatment: "kept as printed".to_owned(),
                    lines: Lines::one(n),
                });
            }
        }
        for word in &words {
            let lost = word.len() >= 15
                && word
                    .char_indices()
                    .map(|(at, _)| word.split_at(at))
                    .any(|(h, t)| h.len() >= 8 && tails.contains(t) && known.contains(h));
            if lost {
                let treatment = "kept as printed; the hyphen of the line end seems lost".to_owned();
                out.push(Artefact { kind: ArtefactKind::SourceTypo, excerpt: word.clone(), treatment, lines: Lines::one(n) });
            }
        }
    }
    out
}

/// What became of every line.
pub fn ledger(datasets: &ProgressDatasets, prose: &[Vec<u32>], brochure: &Brochure, text: &Text) -> Vec<LedgerEntry> {
    let mut ledger = Ledger::default();
    macro_rules! serve {
        ($name:literal, $rows:expr) => {
            for (i, row) in $rows.iter().enumerate() {
                ledger.serve($name, i, row.serves.iter().copied());
            }
        };
    }
    serve!("priorities", datasets.priorities);
    serve!("milestones", datasets.milestones);
    serve!("stages", datasets.stages);
    serve!("initiatives", datasets.initiatives);
    serve!("spotlights", datasets.spotlights);
    serve!("interviews", datasets.interviews);
    serve!("interview_questions", datasets.interview_questions);
    serve!("quotes", datasets.quotes);
    serve!("timeline_events", datasets.timeline_events);
    serve!("regulations", datasets.regulations);
    serve!("principles", datasets.principles);
    for (i, lines) in prose.iter().enumerate() {
        ledger.serve("prose", i, lines.iter().copied());
    }
    let span = |l: Lines| l.start()..=l.end();
    for (i, row) in datasets.artefacts.iter().enumerate().filter(|(_, a)| a.kind == ArtefactKind::DisplacedValue) {
        ledger.serve("artefacts", i, span(row.lines));
    }
    for page in &brochure.pages {
        let role = if page.title_page { LineRole::TitlePage } else { LineRole::Furniture };
        for n in page.furniture.iter().copied() {
            ledger.note(n, role);
        }
    }
    for section in &brochure.sections {
        let mut headings: Vec<u32> = section.title.lines.clone();
        headings.extend(labels(text, &section.content));
        match &section.body {
            Body::Journey(journey) => {
                for n in &journey.axis {
                    ledger.note(*n, LineRole::Furniture);
                }
                headings.extend(journey.labels.iter().map(|(_, n)| *n).chain(journey.eyebrow.lines.clone()));
            }
            Body::Rundown(rundown) => headings.extend(&rundown.up_next_label.lines),
            Body::Areas { areas, .. } => headings.extend(areas.iter().flat_map(|(name, _)| name.lines.clone())),
            Body::Area(area) => headings.extend(area.years.iter().map(|y| y.line).chain(area.stages.iter().map(|s| s.label))),
            Body::Catalogue(catalogue) => {
                let names = catalogue.audiences.iter().flat_map(|a| a.name.lines.clone());
                headings.extend(names.chain(catalogue.eyebrow.lines.clone()));
            }
            Body::Intro(_)
            | Body::Recipe(_)
            | Body::Approach(_)
            | Body::Interview(_)
            | Body::Spotlights(_)
            | Body::Manifesto(_)
            | Body::Disclaimer(_)
            | Body::Other(_) => {}
        }
        if is_label(&section.title.text, SPOTLIGHT) {
            headings.extend(&section.title.lines);
        }
        // A headline above the title, and a label that no row was found for, still head something.
        let above = section
            .content
            .iter()
            .copied()
            .filter(|n| *n < section.title.first() && crate::document::progress::line::starts_lower(trimmed(text, *n)));
        headings.extend(above);
        for n in headings {
            if !ledger.knows(n) {
                ledger.note(n, LineRole::Heading);
            }
        }
    }
    ledger.entries(text)
}
