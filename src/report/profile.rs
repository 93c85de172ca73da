//! The country's figures: first page and the chapters of the country profile, the same for every family.

use super::chart::Chart;
use super::material::{self, Material};
use super::{Block, Chapter, KeyFigure, Multiples, TileScale, plots, wording};
use crate::vocabulary::indicator::Drawing;
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Flags, Indicator};

/// Four to six tiles: the indicators that `indicators.toml` names, then how many areas of a scoreboard are level with the EU.
pub fn key_figures(material: &Material) -> Vec<KeyFigure> {
    let mut tiles: Vec<KeyFigure> =
        material.indicators.indicators.iter().filter(|i| i.key_figure).take(6).filter_map(|i| tile(material, i)).collect();
    if tiles.len() < 6 {
        tiles.extend(behind(material, &tiles));
    }
    if tiles.len() < 6 {
        tiles.extend(areas(material));
    }
    tiles
}

fn tile(material: &Material, indicator: &Indicator) -> Option<KeyFigure> {
    let c = material.latest(indicator)?;
    let (min, max) = match indicator.unit.kind {
        UnitKind::Percent | UnitKind::Score100 => (0.0, 100.0),
        UnitKind::Score4 => (1.0, 4.0),
        UnitKind::Number => (0.0, plots::shared_maximum(material, &[indicator])),
    };
    Some(KeyFigure {
        label: wording::tile_label(material, indicator, c),
        country: material.country_value(c, indicator),
        unit: if indicator.unit.kind == UnitKind::Percent { "%".to_owned() } else { String::new() },
        average_name: plots::average_name(c.average_geo),
        average: material.average_value(c, indicator),
        gap_words: wording::gap_words(c, indicator),
        rank_words: wording::rank_words(material::rank(c)),
        scale: TileScale::Line { min, max, higher_is_better: indicator.polarity != Some(crate::vocabulary::Polarity::LowerIsBetter) },
    })
}

/// The indicator furthest behind, where no other tile shows the country behind: success alone would mislead.
fn behind(material: &Material, tiles: &[KeyFigure]) -> Option<KeyFigure> {
    let is_behind = |tile: &KeyFigure| tile.gap_words.ends_with("below");
    if tiles.iter().any(is_behind) {
        return None;
    }
    let candidates = material.indicators.indicators.iter().filter(|i| matches!(i.unit.kind, UnitKind::Percent | UnitKind::Score100));
    let ranked = candidates.filter(|i| i.headline || i.group == "benchmark").filter_map(|i| Some((material.latest(i)?.gap?, i)));
    let (gap, worst) = ranked.min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)))?;
    (gap < 0.0).then(|| tile(material, worst)).flatten()
}

/// How many areas of the scoreboards are level with the average or above it.
fn areas(material: &Material) -> Option<KeyFigure> {
    let group = material.indicators.groups.iter().find(|g| g.drawing == Drawing::Scoreboard)?;
    let newest = material.group(&group.key).filter_map(|i| material.latest(i)).map(|c| c.time_period).max()?;
    let scored: Vec<(&Indicator, f64)> =
        material.group(&group.key).filter_map(|i| Some((i, material.latest(i).filter(|c| c.time_period == newest)?.gap?))).collect();
    let below: Vec<String> = scored.iter().filter(|(_, gap)| *gap < 0.0).map(|(i, _)| i.short.to_lowercase()).collect();
    let total = u32::try_from(scored.len()).ok()?;
    let open = u32::try_from(below.len()).ok()?;
    let mut country = material::counted(&group.key, "level_or_above", scored.len() - below.len(), "", None);
    country.flags = Flags::default();
    (total > 0).then(|| KeyFigure {
        label: wording::areas_label(&newest),
        country,
        unit: format!("of {total}"),
        average_name: String::new(),
        average: None,
        gap_words: if open == 0 { "none below".to_owned() } else { format!("{open} below") },
        rank_words: if open == 0 || open > 3 { String::new() } else { wording::list(&below) },
        scale: TileScale::Dots { total, below: open, caption: "one dot per area; open = below the EU".to_owned() },
    })
}

/// The chapters of the country profile, numbered within `number`; a group without a figure is left out and listed in the last.
pub fn chapters(material: &Material, number: u32) -> Vec<Chapter> {
    let running = format!("{number} {}", wording::PROFILE);
    let mut parts: Vec<(String, Vec<Block>)> = Vec::new();
    let mut missing = Vec::new();
    for group in &material.indicators.groups {
        let blocks = match group.drawing {
            Drawing::Line => lines(material, &group.key),
            Drawing::Bars => bars(material, &group.key),
            Drawing::Scoreboard => plots::scoreboards(material, &group.key).into_iter().map(boxed).collect(),
            Drawing::Table => indices(material, &group.key),
        };
        if blocks.is_empty() {
            missing.push(group.title.clone());
        } else {
            parts.push((group.title.clone(), blocks));
        }
    }
    let told = [wording::strongest_and_weakest(material), wording::changed_most(material)].join(" ");
    let mut among: Vec<Block> = (!told.trim().is_empty()).then(|| Block::Paragraph(told.trim().to_owned())).into_iter().collect();
    among.extend(plots::ranks(material).map(boxed));
    // Where the country has no figure of the group, the classes of the others say nothing of it.
    let compared = |key: &str| material.group(key).any(|i| material.latest(i).is_some());
    let classed = material.indicators.groups.iter().filter(|g| g.drawing == Drawing::Line && compared(&g.key));
    among.extend(classed.filter_map(|g| plots::classes(material, &g.key)).map(Block::Classes));
    let without = (!missing.is_empty())
        .then(|| Block::Callout { opening: "Without figures.".to_owned(), text: wording::without_figures(material, &missing) });
    if !among.is_empty() {
        parts.push((wording::among(material), among));
    }
    // Two lines are no chapter of their own: they end the last one.
    if let Some(without) = without {
        match parts.last_mut() {
            Some((_, blocks)) => blocks.push(without),
            None => parts.push((wording::among(material), vec![without])),
        }
    }
    (1..)
        .zip(parts)
        .map(|(place, (title, blocks))| Chapter {
            level: 1,
            number: format!("{number}.{place}"),
            title,
            tagline: String::new(),
            running: running.clone(),
            blocks,
        })
        .collect()
}

fn boxed(chart: Chart) -> Block {
    Block::Chart(Box::new(chart))
}

/// All line charts of a group on one scale, two beside each other.
fn lines(material: &Material, group: &str) -> Vec<Block> {
    let indicators: Vec<&Indicator> = material.group(group).collect();
    let maximum = plots::shared_maximum(material, &indicators);
    let charts: Vec<Chart> = indicators.iter().filter_map(|i| plots::line(material, i, maximum, false)).collect();
    if charts.is_empty() {
        return Vec::new();
    }
    let shown: Vec<&Indicator> = indicators.into_iter().filter(|i| material.latest(i).is_some()).collect();
    vec![
        Block::Paragraph(wording::lines_lead(material, &shown)),
        Block::Multiples(Multiples {
            finding: String::new(),
            what: String::new(),
            note: wording::lines_note(&shown, maximum),
            source: plots::source_line(material, &shown),
            charts,
        }),
    ]
}

fn bars(material: &Material, group: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = plots::bars(material, group).map(boxed).into_iter().collect();
    if !blocks.is_empty() {
        blocks.extend(plots::sparks(material, group).map(Block::Multiples));
    }
    blocks
}

/// An index: the distance to its targets, its dimensions over time, and a table of all its indicators.
fn indices(material: &Material, group: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = plots::distance(material, group).map(boxed).into_iter().collect();
    blocks.extend(plots::sparks(material, group).map(Block::Multiples));
    blocks.extend(super::tables::group(material, group).map(Block::Table));
    blocks
}
