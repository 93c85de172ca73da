//! Areas: priorities, milestones with what dates them, and stages.

use super::statement::Statement;
use crate::dataset::Certainty;
use crate::dataset::progress::{Milestone, Priority, Stage, StageName};
use crate::document::progress::area::{Area, Loose};
use crate::document::progress::line::{StageLabel, hull, ranges};
use crate::document::progress::wording::{covers, overlap, stems};
use crate::document::progress::{Body, Brochure, Passage};
use crate::vocabulary::Lines;

/// A milestone directly under its label: what the same name elsewhere is held against.
#[derive(Clone, Debug)]
pub struct Twin {
    pub name: String,
    pub words: Vec<String>,
    pub year: i16,
    /// Label to milestone.
    pub lines: Lines,
}

pub fn areas(brochure: &Brochure) -> impl Iterator<Item = &Area> {
    brochure.sections.iter().filter_map(|s| if let Body::Area(area) = &s.body { Some(area) } else { None })
}

/// All milestones that stand directly under their own label.
pub fn twins(brochure: &Brochure) -> Vec<Twin> {
    let mut out = Vec::new();
    for area in areas(brochure) {
        for label in area.years.iter().filter(|l| l.stacked.is_empty()) {
            for milestone in &label.milestones {
                let lines = hull(&[label.line, milestone.span().end()]);
                let (name, words) = (milestone.text.clone(), stems(&milestone.text));
                out.push(Twin { name, words, year: label.year, lines });
            }
        }
    }
    out
}

/// The twins of a name: the same words, or all words of the one in the other, at least two.
pub fn twins_of<'a>(name: &str, twins: &'a [Twin]) -> Vec<&'a Twin> {
    let words = stems(name);
    let alike = |t: &&Twin| {
        let (some, all) = overlap(&words, &t.words);
        let same = some == all && overlap(&t.words, &words).0 == t.words.len() && all > 0;
        let within = (covers(&t.words, &words) || covers(&words, &t.words)) && words.len().min(t.words.len()) >= 2;
        same || within
    };
    twins.iter().filter(alike).collect()
}

/// One row for each area: tagline from the list of areas, known by the area's name or its last words.
pub fn priorities(brochure: &Brochure) -> Vec<Priority> {
    let listed: Vec<&(Passage, Passage)> = brochure
        .sections
        .iter()
        .filter_map(|s| if let Body::Areas { areas, .. } = &s.body { Some(areas) } else { None })
        .flatten()
        .collect();
    let mut out = Vec::new();
    let mut told: Vec<&Passage> = Vec::new();
    for area in areas(brochure) {
        let name = area.name.text.to_lowercase();
        let entry = listed.iter().find(|(n, _)| n.text.to_lowercase() == name).or_else(|| {
            let mut ends = listed.iter().filter(|(n, _)| name.ends_with(&format!(" {}", n.text.to_lowercase())));
            ends.next().filter(|_| ends.next().is_none())
        });
        let first = area.years.iter().min_by_key(|y| (y.year, y.line));
        let last = area.years.iter().max_by_key(|y| (y.year, y.line));
        let mut serves: Vec<u32> = area.name.lines.iter().chain(&area.headline.lines).copied().collect();
        serves.extend([first, last].into_iter().flatten().map(|y| y.line));
        if let Some((name, tagline)) = entry {
            told.push(name);
            // The listed name may be shorter than the area's: it stands in the row all the same.
            serves.extend(name.lines.iter().chain(&tagline.lines));
        }
        let mut hull_lines: Vec<u32> = serves.clone();
        hull_lines.sort_unstable();
        out.push(Priority {
            area: area.name.text.clone(),
            tagline: entry.map(|(_, t)| t.text.clone()).unwrap_or_default(),
            headline: area.headline.text.clone(),
            year_first: first.map(|y| y.year),
            year_last: last.map(|y| y.year),
            lines: hull(&hull_lines),
            serves: hull_lines,
        });
    }
    // An area that is listed and has no page of its own.
    for (name, tagline) in listed.iter().filter(|(name, _)| !told.contains(&name)) {
        let serves: Vec<u32> = name.lines.iter().chain(&tagline.lines).copied().collect();
        let lines = hull(&serves);
        let (area, tagline) = (name.text.clone(), tagline.text.clone());
        out.push(Priority { area, tagline, headline: String::new(), year_first: None, year_last: None, lines, serves });
    }
    out
}

/// All milestones in the order of the text.
pub fn milestones(brochure: &Brochure, statements: &[Statement], twins: &[Twin]) -> Vec<Milestone> {
    let mut out = Vec::new();
    for area in areas(brochure) {
        let first = out.len();
        for label in &area.years {
            for milestone in &label.milestones {
                let mut serves = milestone.lines.clone();
                serves.push(label.line);
                let mut evidence = vec![Lines::one(label.line)];
                let mut others: Vec<String> = label.stacked.iter().map(|(y, _)| y.to_string()).collect();
                evidence.extend(label.stacked.iter().map(|(_, n)| Lines::one(*n)));
                for statement in statements {
                    let speaks = statement.names(&milestone.text) || (statement.year != label.year && statement.concerns(&milestone.text));
                    if speaks {
                        evidence.extend(&statement.lines);
                        if statement.year != label.year && !others.contains(&statement.year.to_string()) {
                            others.push(statement.year.to_string());
                        }
                    }
                }
                out.push(Milestone {
                    area: area.name.text.clone(),
                    year: Some(label.year),
                    milestone: milestone.text.clone(),
                    certainty: Certainty::among(others),
                    evidence,
                    lines: milestone.span(),
                    serves,
                });
            }
        }
        for loose in &area.loose {
            out.extend(displaced(area, loose, statements, twins));
        }
        out[first..].sort_by_key(|m| m.lines);
    }
    out
}

/// Milestones away from any label: dated by running text that names them; otherwise every year of the area's axis remains, with
/// the year of the same name elsewhere as the likeliest unless the block's own proven years speak against it.
fn displaced(area: &Area, loose: &Loose, statements: &[Statement], twins: &[Twin]) -> Vec<Milestone> {
    let axis = axis(area);
    let proofs: Vec<Vec<&Statement>> = loose.milestones.iter().map(|m| statements.iter().filter(|s| s.names(&m.text)).collect()).collect();
    let proven = |list: &[&Statement]| -> Option<i16> {
        let first = list.first()?.year;
        (list.iter().all(|s| s.year == first) && axis.contains(&first)).then_some(first)
    };
    let of_block: Vec<i16> = proofs.iter().filter_map(|list| proven(list)).collect();
    let mut out = Vec::new();
    for (milestone, proof) in loose.milestones.iter().zip(&proofs) {
        let mut evidence: Vec<Lines> = proof.iter().flat_map(|s| s.lines.clone()).collect();
        let mut serves = milestone.lines.clone();
        let settled = proven(proof).filter(|y| loose.closed_by.is_none_or(|(closing, _)| closing == *y));
        let mut best = settled;
        if best.is_none() {
            if let Some((year, line)) = loose.closed_by {
                best = Some(year);
                evidence.push(Lines::one(line));
                serves.push(line);
            } else {
                let alike = twins_of(&milestone.text, twins);
                evidence.extend(alike.iter().map(|t| t.lines));
                let years: Vec<i16> = alike.iter().map(|t| t.year).collect();
                let agreed = years.first().copied().filter(|y| years.iter().all(|o| o == y) && axis.contains(y));
                best = agreed.filter(|y| of_block.iter().all(|o| o == y));
            }
        }
        let others =
            if settled.is_some() { Vec::new() } else { axis.iter().filter(|y| Some(**y) != best).map(ToString::to_string).collect() };
        // Where the only year of the axis is already the best, nothing else is left to name.
        out.push(Milestone {
            area: area.name.text.clone(),
            year: best,
            milestone: milestone.text.clone(),
            certainty: Certainty::among(others),
            evidence,
            lines: milestone.span(),
            serves,
        });
    }
    out
}

/// Every year from an area's first label to its last.
fn axis(area: &Area) -> Vec<i16> {
    let years = || area.years.iter().map(|y| y.year);
    match (years().min(), years().max()) {
        (Some(first), Some(last)) => (first..=last).collect(),
        (None | Some(_), _) => Vec::new(),
    }
}

/// The stages of all areas.
pub fn stages(brochure: &Brochure) -> Vec<Stage> {
    let mut out = Vec::new();
    for area in areas(brochure) {
        for stage in area.stages.iter().filter(|s| !s.text.is_empty()) {
            let mut serves = stage.text.lines.clone();
            serves.push(stage.label);
            out.push(Stage {
                area: area.name.text.clone(),
                stage: match stage.stage {
                    StageLabel::Then => StageName::Then,
                    StageLabel::Now => StageName::Now,
                    StageLabel::UpNext => StageName::UpNext,
                },
                text: stage.text.text.clone(),
                lines: hull(&serves),
                certainty: Certainty::among(stage.others.iter().map(|o| format!("text={}", o.text)).collect()),
                serves,
            });
        }
    }
    out
}

/// Lines of labels under which nothing stands.
pub fn empty_labels(brochure: &Brochure) -> Vec<Lines> {
    let years = areas(brochure).flat_map(|a| a.years.iter().filter(|y| y.milestones.is_empty()).map(|y| y.line));
    let stages = areas(brochure).flat_map(|a| a.stages.iter().filter(|s| s.text.is_empty()).map(|s| s.label));
    ranges(&years.chain(stages).collect::<Vec<_>>())
}
