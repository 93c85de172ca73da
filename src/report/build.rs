//! Everything that is known of a publication -> [`Report`].

use super::content::Cite;
use super::material::Material;
use super::{
    Block, Chapter, Figures, IndicatorGroup, KeyFigure, Report, claims, content, glance, notes, plots, profile, progress, standings,
    wording,
};
use crate::comparison::Comparison;
use crate::comparison::claim::Claim;
use crate::dataset::Table;
use crate::dataset::dpa::DpaDatasets;
use crate::dataset::progress::ProgressDatasets;
use crate::settings::Settings;
use crate::source::{Origin, Text};
use crate::vocabulary::Geo;
use std::sync::Arc;

/// What the text of a publication gave.
pub enum Content<'a> {
    Dpa(&'a DpaDatasets),
    Progress(&'a ProgressDatasets),
    /// A country without a text: its figures alone.
    Figures,
}

/// All that a report is made from.
pub struct Parts<'a> {
    pub id: String,
    pub geo: Geo,
    pub country: String,
    pub edition: String,
    pub settings: &'a Settings,
    /// Of the text; for figures alone of nothing but the edition.
    pub origin: &'a Origin,
    pub text: Option<&'a Text>,
    pub content: Content<'a>,
    pub figures: &'a Figures<'a>,
    pub comparisons: &'a [Comparison],
    /// What the text states, held against the figures.
    pub claims: &'a [Claim],
    /// In the order of DATASETS.md.
    pub tables: Vec<Arc<Table>>,
}

/// Makes the report.
pub fn report(parts: Parts<'_>) -> Report {
    let settings = parts.settings;
    let material = Material::new(parts.geo, &parts.country, &settings.indicators, &settings.inputs, parts.figures, parts.comparisons);
    let file = parts.text.map_or("", |t| t.name.as_str());
    let cite = Cite { file, title: &parts.origin.title };
    let (title, lead, tiles, chapters) = match parts.content {
        Content::Dpa(data) => dpa(data, &material, &cite, &parts),
        Content::Progress(data) => of_progress(data, &material, &cite, &parts),
        Content::Figures => (
            wording::figures_title(&parts.edition),
            wording::lead(&material),
            profile::key_figures(&material),
            profile::chapters(&material, 1),
        ),
    };
    let used = |code: &str| parts.figures.indicators.contains(code);
    let indicators: Vec<_> = settings.indicators.indicators.iter().filter(|i| used(&i.code)).cloned().collect();
    let groups = settings.indicators.groups.iter().filter(|g| indicators.iter().any(|i| i.group == g.key));
    let groups = groups.map(|g| IndicatorGroup { key: g.key.clone(), title: g.title.clone() }).collect();
    let sources = notes::sources(parts.text.map(|t| (parts.origin, t.name.as_str())), &settings.inputs, &parts.figures.sources);
    let glance = match parts.content {
        Content::Dpa(data) => glance::blocks(&material, Some((data, &cite))),
        Content::Progress(data) => {
            let mut blocks = glance::of_progress(data, &cite);
            blocks.extend(glance::blocks(&material, None));
            blocks
        }
        Content::Figures => glance::blocks(&material, None),
    };
    let mut report = Report {
        subject: wording::subject(&title, &parts.country),
        title,
        status: parts.origin.status,
        geo: parts.geo,
        edition: parts.edition.clone(),
        language: "en".to_owned(),
        author: settings.publication.author.clone(),
        contact: settings.publication.contact.clone(),
        keywords: std::iter::once(parts.country.clone()).chain(settings.publication.keywords.iter().cloned()).collect(),
        date: date(parts.origin, &parts.edition),
        lead,
        scope: wording::scope(&material),
        key_figures: tiles,
        position: plots::gap(&material),
        chapters,
        glance,
        notes: [
            notes::notes(&sources),
            notes::corrections(&settings.corrections, parts.text, &material, parts.figures.observations),
            notes::revisions(parts.figures.revisions, &material),
        ]
        .concat(),
        sources,
        methods: notes::methods(&settings.methods),
        text: file.to_owned(),
        groups,
        indicators,
        standings: Arc::clone(&parts.figures.standings),
        thresholds: standings::thresholds(&settings.methods),
        cited_figures: Arc::clone(&parts.figures.cited),
        cited_lines: parts.text.map_or_else(Vec::new, |text| notes::cited_lines(text, &parts.tables)),
        tables: parts.tables,
        findings: Vec::new(),
        country: parts.country,
        id: parts.id,
    };
    report.notes.extend(notes::flags(&report));
    report
}

/// The day of the edition: as `sources.toml` has it, else the last day of its year.
fn date(origin: &Origin, edition: &str) -> String {
    match (origin.published.as_str(), crate::settings::cut_off::last_year(edition)) {
        ("", Some(year)) => format!("{year}-12-31"),
        ("", None) => "2000-01-01".to_owned(),
        (published, _) => published.to_owned(),
    }
}

type Shape = (String, String, Vec<KeyFigure>, Vec<Chapter>);

fn dpa(data: &DpaDatasets, material: &Material, cite: &Cite, parts: &Parts<'_>) -> Shape {
    let mut chapters = profile(material, 1, cite, parts);
    chapters.extend(content::chapters(data, cite, if chapters.is_empty() { 1 } else { 2 }));
    (data.title.clone(), wording::lead(material), profile::key_figures(material), chapters)
}

/// The country's figures, and what the text says of them.
fn profile(material: &Material, number: u32, cite: &Cite, parts: &Parts<'_>) -> Vec<Chapter> {
    let mut chapters = profile::chapters(material, number);
    let tables = claims::tables(material, parts.claims, cite);
    if !tables.is_empty() {
        chapters.push(Chapter {
            level: 1,
            number: format!("{number}.{}", chapters.len() + 1),
            title: wording::CLAIMS.to_owned(),
            tagline: String::new(),
            running: format!("{number} {}", wording::PROFILE),
            blocks: tables.into_iter().map(Block::Table).collect(),
        });
    }
    chapters
}

fn of_progress(data: &ProgressDatasets, material: &Material, cite: &Cite, parts: &Parts<'_>) -> Shape {
    let mut chapters = progress::chapters(data, cite);
    let number = u32::try_from(chapters.len()).unwrap_or(u32::MAX).saturating_add(1);
    for (n, chapter) in (1_u32..).zip(&mut chapters) {
        chapter.number = n.to_string();
        chapter.running = format!("{n} {}", chapter.running);
    }
    chapters.extend(profile(material, number, cite, parts));
    let uncertain = data.milestones.iter().filter(|m| !m.certainty.is_certain()).count();
    let lead = wording::progress_lead(&material.country, data.priorities.len(), data.milestones.len(), data.initiatives.len(), uncertain);
    let title = if data.title.is_empty() { cite.title.to_owned() } else { data.title.clone() };
    let mut tiles = progress::key_figures(data, cite);
    tiles.extend(profile::key_figures(material));
    tiles.truncate(6);
    (title, lead, tiles, chapters)
}
