//! One priority area: year labels with their milestones, what stands away from its label, and then, now, up next.

use super::block::{blocks, is_headline, items};
use super::line::{Passage, StageLabel, ends_sentence, stage, trimmed, words, year};
use crate::source::Text;
use std::collections::VecDeque;

/// One priority area by its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub name: Passage,
    pub headline: Passage,
    pub years: Vec<YearLabel>,
    pub loose: Vec<Loose>,
    pub stages: Vec<StageText>,
    pub prose: Vec<Passage>,
}

/// A year with the milestones directly beneath it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearLabel {
    pub year: i16,
    pub line: u32,
    pub milestones: Vec<Passage>,
    /// Labels stacked directly above this one with nothing of their own: the milestones may be theirs.
    pub stacked: Vec<(i16, u32)>,
}

/// A block of milestones away from any label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    pub milestones: Vec<Passage>,
    /// A year label that closes the block instead of opening it.
    pub closed_by: Option<(i16, u32)>,
}

/// One of the three stages with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageText {
    pub stage: StageLabel,
    /// Line of the label.
    pub label: u32,
    /// Empty where the text is lost.
    pub text: Passage,
    /// Texts that may belong to the label instead.
    pub others: Vec<Passage>,
}

/// A part of the page between labels and blank lines.
#[derive(Clone, Debug)]
enum Part {
    Year {
        year: i16,
        line: u32,
        rest: Vec<u32>,
    },
    Stage {
        stage: StageLabel,
        line: u32,
        rest: Vec<u32>,
    },
    Headline(Vec<u32>),
    Prose(Vec<u32>),
    /// Milestones or a stage's text.
    Plain(Vec<u32>),
}

/// Reads the lines of an area's section. `names` are area names known from elsewhere in the text.
pub fn read(text: &Text, content: &[u32], names: &[String]) -> Area {
    let mut area = Area::default();
    let mut parts = parts(text, content);
    take_name(text, &mut parts, names, &mut area);
    take_stages(text, &mut parts, &mut area);
    take_years(text, &mut parts, &mut area);
    for part in parts.into_iter().flatten() {
        match part {
            Part::Prose(lines) | Part::Headline(lines) => area.prose.push(Passage::of(text, &lines)),
            Part::Plain(lines) => area.loose.push(Loose { milestones: items(text, &lines), closed_by: None }),
            Part::Year { .. } | Part::Stage { .. } => {}
        }
    }
    area.prose.sort_by_key(Passage::first);
    area.loose.sort_by_key(|l| l.milestones.first().map_or(0, Passage::first));
    area.stages.sort_by_key(|s| s.stage);
    area
}

fn parts(text: &Text, content: &[u32]) -> Vec<Option<Part>> {
    let mut out = Vec::new();
    for block in blocks(text, content) {
        // Labels open a part of their own wherever they stand in a block.
        let mut pieces: Vec<Vec<u32>> = Vec::new();
        for n in block {
            let label = year(trimmed(text, n)).is_some() || stage(trimmed(text, n)).is_some();
            match pieces.last_mut() {
                Some(piece) if !label => piece.push(n),
                Some(_) | None => pieces.push(vec![n]),
            }
        }
        for piece in pieces {
            let first = trimmed(text, piece[0]);
            let (label, rest) = (piece[0], piece[1..].to_vec());
            if let Some(year) = year(first) {
                let (rest, prose) = split_prose(text, rest);
                out.push(Some(Part::Year { year, line: label, rest }));
                out.extend(prose.map(|p| Some(Part::Prose(p))));
            } else if let Some(stage) = stage(first) {
                out.push(Some(Part::Stage { stage, line: label, rest }));
            } else if is_headline(text, &piece) {
                out.push(Some(Part::Headline(piece)));
            } else {
                let (plain, prose) = split_prose(text, piece);
                out.extend((!plain.is_empty()).then_some(Some(Part::Plain(plain))));
                out.extend(prose.map(|p| Some(Part::Prose(p))));
            }
        }
    }
    out
}

/// Takes running text off the end of a block: it starts at the first line that begins a sentence and is about as wide as the
/// lines after it; an item is short and has no full stop.
fn split_prose(text: &Text, lines: Vec<u32>) -> (Vec<u32>, Option<Vec<u32>>) {
    if !lines.last().is_some_and(|n| ends_sentence(trimmed(text, *n))) {
        return (lines, None);
    }
    let width = |n: u32| trimmed(text, n).chars().count();
    let start = (0..lines.len()).find(|i| {
        let tail = &lines[*i..];
        let mut widths: Vec<usize> = tail.iter().map(|n| width(*n)).collect();
        widths.sort_unstable();
        let median = widths[widths.len() / 2];
        let line = trimmed(text, tail[0]);
        let fresh = !line.chars().next().is_some_and(char::is_lowercase);
        let long = tail.iter().map(|n| words(trimmed(text, *n))).sum::<usize>() >= 4;
        fresh && long && width(tail[0]) * 10 >= median * 7
    });
    match start {
        Some(i) => (lines[..i].to_vec(), Some(lines[i..].to_vec())),
        None => (lines, None),
    }
}

/// The area's name and its headline: the first lower-case lines, name first.
fn take_name(text: &Text, parts: &mut [Option<Part>], names: &[String], area: &mut Area) {
    let Some(at) = parts.iter().position(|p| matches!(p, Some(Part::Headline(_) | Part::Plain(_)))) else { return };
    let lines = match parts[at].take() {
        Some(Part::Headline(lines) | Part::Plain(lines)) => lines,
        Some(part) => {
            parts[at] = Some(part);
            return;
        }
        None => return,
    };
    let known = (1..=lines.len()).rev().find(|k| names.iter().any(|name| name.eq_ignore_ascii_case(&Passage::of(text, &lines[..*k]).text)));
    let (name, headline) = lines.split_at(known.unwrap_or(1));
    area.name = Passage::of(text, name);
    if !headline.is_empty() {
        area.headline = Passage::of(text, headline);
        return;
    }
    let next = parts.iter().position(|p| matches!(p, Some(Part::Headline(_))));
    if let Some(Some(Part::Headline(lines))) = next.map(|i| parts[i].take()) {
        area.headline = Passage::of(text, &lines);
    }
}

/// Pairs stage labels with texts: directly beneath; as many texts as stacked labels, in order; the last by elimination.
#[expect(clippy::needless_range_loop, reason = "parts are taken out while later ones are looked at")]
fn take_stages(text: &Text, parts: &mut [Option<Part>], area: &mut Area) {
    let mut waiting: VecDeque<usize> = VecDeque::new();
    let mut found: Vec<StageText> = Vec::new();
    let mut stacks: Vec<Vec<usize>> = Vec::new();
    for i in 0..parts.len() {
        match &parts[i] {
            Some(Part::Stage { stage, line, rest }) => {
                found.push(StageText { stage: *stage, label: *line, text: Passage::default(), others: Vec::new() });
                if rest.is_empty() {
                    match stacks.last_mut() {
                        Some(stack) if !waiting.is_empty() => stack.push(found.len() - 1),
                        Some(_) | None => stacks.push(vec![found.len() - 1]),
                    }
                    waiting.push_back(found.len() - 1);
                } else {
                    let rest = rest.clone();
                    let left = give(text, &rest, &mut VecDeque::from([found.len() - 1]), &mut found);
                    parts[i] = (!left.is_empty()).then_some(Part::Plain(left));
                    continue;
                }
                parts[i] = None;
            }
            // A paragraph of the area's own story, not a stage.
            Some(Part::Prose(lines)) if lines.len() > 4 => waiting.clear(),
            Some(Part::Plain(lines) | Part::Prose(lines)) if !waiting.is_empty() => {
                let lines = lines.clone();
                if is_name(text, &lines) && waiting.len() == 1 {
                    // A bare name is a milestone unless nothing else is left for the label.
                    waiting.clear();
                    continue;
                }
                let left = give(text, &lines, &mut waiting, &mut found);
                parts[i] = (!left.is_empty()).then_some(Part::Plain(left));
            }
            Some(Part::Year { .. }) => waiting.clear(),
            Some(Part::Headline(_) | Part::Plain(_) | Part::Prose(_)) | None => {}
        }
    }
    let lone = found.iter().position(|s| s.text.is_empty());
    eliminate(text, parts, &mut found);
    for mut stack in stacks.into_iter().filter(|s| s.len() > 1) {
        let given = |found: &[StageText], i: usize| found[i].text.text.clone();
        let confirmed = stack.iter().any(|i| speaks_for(found[*i].stage, &given(&found, *i)));
        // Nothing but their order says which text is whose: not of the one that was left over, either.
        stack.extend(lone.filter(|i| !confirmed && !stack.contains(i)));
        for i in stack.iter().filter(|_| !confirmed) {
            let pool = stack.iter().filter(|o| *o != i).map(|o| found[*o].text.clone()).filter(|p| !p.is_empty());
            found[*i].others = pool.collect();
        }
    }
    area.stages = found;
}

/// Gives a block's texts to waiting labels; returns the lines that are left.
fn give(text: &Text, lines: &[u32], waiting: &mut VecDeque<usize>, found: &mut [StageText]) -> Vec<u32> {
    let sentence = lines.last().is_some_and(|n| ends_sentence(trimmed(text, *n)));
    let texts = if sentence && waiting.len() == 1 { vec![Passage::of(text, lines)] } else { items(text, lines) };
    let mut left = Vec::new();
    for passage in texts {
        match waiting.pop_front() {
            Some(i) => found[i].text = passage,
            None => left.extend(passage.lines),
        }
    }
    left
}

/// Whether a text's own words name its stage.
fn speaks_for(stage: StageLabel, words: &str) -> bool {
    let own: &[&str] = match stage {
        StageLabel::Then => &["then", "once", "initially", "formerly"],
        StageLabel::Now => &["now", "today", "currently", "already"],
        StageLabel::UpNext => &["next", "soon", "will", "future", "tomorrow"],
    };
    words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| own.contains(&w))
}

/// A label without text and a phrase without label belong to each other if there is one of each.
fn eliminate(text: &Text, parts: &mut [Option<Part>], found: &mut [StageText]) {
    let missing: Vec<usize> = (0..found.len()).filter(|i| found[*i].text.is_empty()).collect();
    let &[lone] = missing.as_slice() else { return };
    let first_label = found.iter().map(|s| s.label).min().unwrap_or(0);
    let mut phrases: Vec<usize> =
        (0..parts.len()).filter(|i| matches!(&parts[*i], Some(Part::Plain(lines)) if is_phrase(text, lines))).collect();
    if phrases.is_empty() {
        // Nothing but names is left: the one beneath the label, if it is there.
        let below =
            |i: &usize| matches!(&parts[*i], Some(Part::Plain(lines)) if lines[0] > found[lone].label && lines[0] <= found[lone].label + 2);
        phrases = (0..parts.len()).filter(below).collect();
    }
    let candidates: Vec<Passage> = phrases
        .iter()
        .filter_map(|i| match &parts[*i] {
            Some(Part::Plain(lines)) => Some(Passage::of(text, lines)),
            Some(Part::Year { .. } | Part::Stage { .. } | Part::Headline(_) | Part::Prose(_)) | None => None,
        })
        .collect();
    let Some(best) = candidates.first().cloned() else { return };
    let mut others = candidates[1..].to_vec();
    if !opens_with_article(&best.text) {
        // It may as well be a milestone, and the name beneath the label the stage.
        let below = parts.iter().flatten().filter_map(|part| match part {
            Part::Plain(lines) if lines[0] > found[lone].label && lines[0] <= found[lone].label + 2 => Some(Passage::of(text, lines)),
            Part::Plain(_) | Part::Year { .. } | Part::Stage { .. } | Part::Headline(_) | Part::Prose(_) => None,
        });
        others.extend(below.filter(|p| *p != best));
    }
    // A phrase right before the first label may mean that every label stands after its text.
    let before = best.lines.last().is_some_and(|n| *n < first_label && text_between_is_blank(text, *n, first_label));
    if before && found[lone].label != first_label {
        let all: Vec<Passage> = found.iter().map(|s| s.text.clone()).chain([best.clone()]).filter(|p| !p.is_empty()).collect();
        for (i, stage) in found.iter_mut().enumerate() {
            if i == lone {
                stage.text = best.clone();
            }
            stage.others = all.iter().filter(|p| **p != stage.text).cloned().collect();
        }
    } else {
        found[lone].text = best;
        found[lone].others = others;
    }
    parts[phrases[0]] = None;
}

fn text_between_is_blank(text: &Text, after: u32, before: u32) -> bool {
    (after + 1..before).all(|n| text.is_blank(n))
}

/// A name: a word or two, none of them a common one.
fn is_name(text: &Text, lines: &[u32]) -> bool {
    lines.len() == 1 && words(trimmed(text, lines[0])) <= 2
}

/// A phrase of a stage rather than a name: one item with articles, prepositions or conjunctions in it.
fn is_phrase(text: &Text, lines: &[u32]) -> bool {
    let one = items(text, lines).len() == 1;
    let phrase = Passage::of(text, lines).text.to_lowercase();
    let small = phrase.split_whitespace().filter(|w| super::line::OPEN_WORDS.contains(w) || *w == "that").count();
    one && words(&phrase) >= 4 && small >= 1 && (opens_with_article(&phrase) || small >= 2)
}

fn opens_with_article(phrase: &str) -> bool {
    let phrase = phrase.to_lowercase();
    ["a ", "an ", "the ", "few ", "some ", "many ", "one "].iter().any(|a| phrase.starts_with(a))
}

/// Gives milestones to the labels directly above them.
fn take_years(text: &Text, parts: &mut [Option<Part>], area: &mut Area) {
    let mut stacked: Vec<(i16, u32)> = Vec::new();
    // Milestones before the first label: the labels may stand after what they label.
    let first_label = parts.iter().position(|p| matches!(p, Some(Part::Year { .. }))).unwrap_or(0);
    let maybe_after = parts[..first_label].iter().any(|p| matches!(p, Some(Part::Plain(_))));
    for i in 0..parts.len() {
        let Some(Part::Year { year, line, rest }) = parts[i].clone() else {
            match &parts[i] {
                Some(Part::Headline(_)) | None => {}
                Some(Part::Year { .. } | Part::Stage { .. } | Part::Prose(_) | Part::Plain(_)) => stacked.clear(),
            }
            continue;
        };
        parts[i] = None;
        let mut milestones = rest;
        if milestones.is_empty() {
            // A block that runs into the label from above, without a blank line: the label may close it.
            let above = i.checked_sub(1).and_then(|j| parts[j].clone());
            if let Some(Part::Plain(lines)) = above
                && lines.last() == Some(&(line - 1))
            {
                area.loose.push(Loose { milestones: items(text, &lines), closed_by: Some((year, line)) });
                area.years.push(YearLabel { year, line, milestones: Vec::new(), stacked: Vec::new() });
                parts[i - 1] = None;
                continue;
            }
            let next = (i + 1..parts.len()).find(|j| parts[*j].is_some());
            if let Some(j) = next
                && let Some(Part::Plain(lines)) = parts[j].clone()
                && !ends_before_label(parts, j, &lines)
            {
                milestones = lines;
                parts[j] = None;
                let next_label = parts[j..].iter().flatten().find_map(|part| match part {
                    Part::Year { year, line, .. } => Some((*year, *line)),
                    Part::Stage { .. } | Part::Headline(_) | Part::Prose(_) | Part::Plain(_) => None,
                });
                stacked.extend(next_label.filter(|_| maybe_after));
            } else {
                area.years.push(YearLabel { year, line, milestones: Vec::new(), stacked: Vec::new() });
                if matches!(next.map(|j| &parts[j]), Some(Some(Part::Year { .. }))) {
                    stacked.push((year, line));
                }
                continue;
            }
        }
        area.years.push(YearLabel { year, line, milestones: items(text, &milestones), stacked: std::mem::take(&mut stacked) });
    }
}

/// Whether a year label closes the block at `at`.
fn ends_before_label(parts: &[Option<Part>], at: usize, lines: &[u32]) -> bool {
    let last = lines.last().copied().unwrap_or(0);
    matches!(parts.get(at + 1), Some(Some(Part::Year { line, rest, .. })) if *line == last + 1 && rest.is_empty())
}
