//! From the shape of a report to its rows, weighing what one place says of another.

mod amount;
mod areas;
mod body;
pub mod country;
mod dated;
mod named;
mod remains;
mod statement;

pub use country::{COUNTRY_NOT_SETTLED, EDITION_NOT_SETTLED};

use super::{Page, ProgressDatasets, Section, SectionKind};
use crate::dataset::Certainty;
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::document::progress::page::joined;
use crate::document::progress::{Body, Brochure};
use crate::source::Text;
use crate::vocabulary::{Geo, Lines, Place};

pub static LINE_NOT_READ: Rule = Rule {
    id: "PRG004",
    severity: Severity::Warning,
    title: "Every line of a report is in a dataset, or known not to belong to one.",
    source: "this project",
    explanation: "A line that no dataset holds may be a lost row. Compare it with the brochure; if it is one, extend the reader.",
};

pub static LABEL_WITHOUT_TEXT: Rule = Rule {
    id: "PRG005",
    severity: Severity::Warning,
    title: "Every year and every stage label has something under it.",
    source: "this project",
    explanation: "A label without milestones or text has lost them in extraction. What stands loose on the same page may be its own: \
                  settle it in input/corrections.csv with the reason.",
};

/// Reads the shape's leaves into typed rows.
pub fn read(brochure: &Brochure, text: &Text) -> Checked<ProgressDatasets> {
    let mut diagnostics = Vec::new();
    let statements = statement::statements(brochure, text);
    let twins = areas::twins(brochure);
    let mut out = ProgressDatasets {
        pages: pages(brochure, text),
        sections: sections(brochure),
        priorities: areas::priorities(brochure),
        milestones: areas::milestones(brochure, &statements, &twins),
        stages: areas::stages(brochure),
        principles: named::principles(brochure),
        ..ProgressDatasets::default()
    };
    (out.interviews, out.interview_questions, out.quotes) = named::interviews(brochure);
    let mut area = String::new();
    for section in &brochure.sections {
        match &section.body {
            Body::Area(shape) => area.clone_from(&shape.name.text),
            Body::Catalogue(catalogue) => {
                let (initiatives, spotlights) = named::initiatives(catalogue, &area);
                out.initiatives.extend(initiatives);
                out.spotlights.extend(spotlights);
            }
            Body::Spotlights(entries) => {
                for entry in entries {
                    let names = named::possible_names(entry, &area, &out.milestones);
                    out.spotlights.push(named::spotlight(entry, &area, &names));
                }
            }
            Body::Journey(journey) => out.timeline_events.extend(dated::events(journey, text, &statements, &twins)),
            Body::Rundown(rundown) => out.regulations.extend(dated::regulations(rundown, &twins)),
            Body::Intro(_)
            | Body::Recipe(_)
            | Body::Approach(_)
            | Body::Areas { .. }
            | Body::Interview(_)
            | Body::Manifesto(_)
            | Body::Disclaimer(_)
            | Body::Other(_) => {}
        }
    }
    out.geo = country::country(text, &mut diagnostics);
    out.country = out.geo.map(Geo::name).unwrap_or_default().to_owned();
    out.edition = country::edition(text, areas::areas(brochure).flat_map(|a| a.years.iter().map(|y| y.year)), &mut diagnostics);
    out.title = country::title(text, out.geo, &out.edition);
    out.quantities = amount::quantities(brochure, text);
    (out.organisations, out.people) = body::bodies(brochure, text, out.geo);
    let (prose, prose_lines): (Vec<_>, Vec<_>) = remains::prose(brochure).into_iter().unzip();
    out.prose = prose;
    out.artefacts = remains::artefacts(brochure, text);
    out.artefacts.extend(remains::inconsistencies(&out.milestones));
    out.artefacts.sort_by(|a, b| (a.lines, a.kind, &a.excerpt).cmp(&(b.lines, b.kind, &b.excerpt)));
    out.ledger = remains::ledger(&out, &prose_lines, brochure, text);
    diagnose(&out, brochure, text, &mut diagnostics);
    Checked { value: out, diagnostics }
}

fn diagnose(out: &ProgressDatasets, brochure: &Brochure, text: &Text, diagnostics: &mut Vec<Diagnostic>) {
    for entry in out.ledger.iter().filter(|e| e.role == crate::dataset::LineRole::Unread) {
        let place = Place::lines(&text.name, entry.lines);
        let found = text.line(entry.lines.start()).trim().to_owned();
        let help = "compare the line with the brochure; if it is a row, the reader must learn its form";
        diagnostics.push(Diagnostic::new(&LINE_NOT_READ, place, "a line that belongs to a dataset", found, help));
    }
    for lines in areas::empty_labels(brochure) {
        let place = Place::lines(&text.name, lines);
        let found = text.line(lines.start()).trim().to_owned();
        let help = "find its text in the brochure and settle it in input/corrections.csv";
        diagnostics.push(Diagnostic::new(&LABEL_WITHOUT_TEXT, place, "something under the label", found, help));
    }
}

fn pages(brochure: &Brochure, text: &Text) -> Vec<Page> {
    let number = |i: usize| u32::try_from(i + 1).unwrap_or(u32::MAX);
    let certainty =
        |page: &crate::document::progress::Page| Certainty::among(page.readings.iter().map(|lines| joined(text, lines)).collect());
    let row = |(i, page): (usize, &crate::document::progress::Page)| Page {
        page: number(i),
        header: page.header_text(text),
        lines: page.lines,
        certainty: certainty(page),
        serves: page.header.clone(),
    };
    brochure.pages.iter().enumerate().map(row).collect()
}

fn sections(brochure: &Brochure) -> Vec<Section> {
    let kind = |body: &Body| match body {
        Body::Intro(_) => SectionKind::Intro,
        Body::Recipe(_) => SectionKind::Recipe,
        Body::Approach(_) => SectionKind::Approach,
        Body::Areas { .. } | Body::Area(_) => SectionKind::Evolution,
        Body::Interview(_) => SectionKind::Interview,
        Body::Spotlights(_) => SectionKind::Spotlight,
        Body::Catalogue(_) => SectionKind::Catalogue,
        Body::Journey(_) => SectionKind::Timeline,
        Body::Rundown(_) => SectionKind::Regulatory,
        Body::Manifesto(_) => SectionKind::Manifesto,
        Body::Disclaimer(_) => SectionKind::Disclaimer,
        Body::Other(_) => SectionKind::Other,
    };
    let mut out: Vec<Section> = Vec::new();
    for section in &brochure.sections {
        let titles = section.other_titles.iter().map(|t| format!("title={t}"));
        let kinds = section.other_kinds.iter().map(|k| format!("kind={k}"));
        let start = section.other_start.map(|n| format!("line_start={n}"));
        out.push(Section {
            title: section.title.text.clone(),
            kind: kind(&section.body),
            lines: Lines::new(section.start, section.end).unwrap_or(Lines::one(section.start)),
            certainty: Certainty::among(titles.chain(kinds).chain(start).collect()),
            serves: section.title.lines.clone(),
        });
    }
    out
}
