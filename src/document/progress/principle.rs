//! Statements of principle: the numbered recipe, the steps and roles of the approach, the manifesto.

use super::block::blocks;
use super::line::{Passage, counter, ends_sentence, starts_lower, stays_open, trimmed, words};
use super::wording::sentences;
use crate::source::Text;

/// One numbered statement of the recipe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingredient {
    pub number: Passage,
    pub label: Passage,
    pub text: Passage,
    /// Other readings of the text.
    pub others: Vec<String>,
}

/// The recipe and what else stands on its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipe {
    pub title: Passage,
    pub ingredients: Vec<Ingredient>,
    /// A headline with running text on the same page.
    pub other_title: Passage,
    pub prose: Vec<Passage>,
}

/// Reads a recipe: numbers, labels and texts, each in its own order, are paired in order.
pub fn recipe(text: &Text, content: &[u32]) -> Recipe {
    let mut out = Recipe::default();
    let mut numbers: Vec<Passage> = Vec::new();
    let mut labels: Vec<Passage> = Vec::new();
    let mut texts: Vec<Passage> = Vec::new();
    let mut tail: Vec<Passage> = Vec::new();
    for block in blocks(text, content) {
        let first = trimmed(text, block[0]);
        let last = trimmed(text, block[block.len() - 1]);
        let counted = !numbers.is_empty() || !labels.is_empty();
        if counter(first).is_some() {
            numbers.push(Passage::of(text, &block[..1]));
            texts.extend((block.len() > 1).then(|| Passage::of(text, &block[1..])));
        } else if first.starts_with('&') && out.prose.last().is_some_and(|p| !ends_sentence(&p.text)) {
            // Goes on a paragraph that was left without a full stop.
            let open = out.prose.last_mut().expect("a paragraph is open");
            *open = open.then(&Passage::of(text, &block));
        } else if starts_lower(first)
            && words(first) <= 3
            && !ends_sentence(first)
            && !stays_open(first)
            && (counted || out.other_title.is_empty() && !out.title.is_empty() && block.len() == 1 || !out.prose.is_empty())
        {
            labels.push(Passage::of(text, &block[..1]));
            texts.extend((block.len() > 1).then(|| Passage::of(text, &block[1..])));
        } else if counted && starts_lower(first) && ends_sentence(last) && texts.len() < labels.len().max(numbers.len()) {
            texts.push(Passage::of(text, &block));
        } else if counted {
            tail.push(Passage::of(text, &block));
        } else if out.title.is_empty() && starts_lower(first) && !ends_sentence(last) {
            out.title = Passage::of(text, &block);
        } else {
            let end = block.iter().position(|n| !starts_lower(trimmed(text, *n))).unwrap_or(block.len());
            if out.other_title.is_empty() && end > 0 {
                out.other_title = Passage::of(text, &block[..end]);
                out.prose.extend((end < block.len()).then(|| Passage::of(text, &block[end..])));
            } else {
                out.prose.push(Passage::of(text, &block));
            }
        }
    }
    let settled = numbers.len() == labels.len() && labels.len() == texts.len();
    for i in 0..labels.len().max(texts.len()) {
        let text = texts.get(i).cloned().unwrap_or_default();
        let others = if settled { Vec::new() } else { texts.iter().filter(|t| **t != text).map(|t| t.text.clone()).collect() };
        let pick = |list: &[Passage]| list.get(i).cloned().unwrap_or_default();
        out.ingredients.push(Ingredient { number: pick(&numbers), label: pick(&labels), text, others });
    }
    if let Some(last) = out.ingredients.last_mut() {
        // Whether what follows the last text still belongs to it stays open.
        let mut longer = last.text.text.clone();
        for passage in &tail {
            longer = format!("{longer} {}", passage.text);
            last.others.push(longer.clone());
        }
        last.others.reverse();
    }
    out.prose.extend(tail);
    out
}

/// The approach: steps, roles and the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approach {
    pub title: Passage,
    pub steps: Vec<Passage>,
    pub roles: Vec<Passage>,
    pub prose: Vec<Passage>,
}

/// Reads the approach: steps are lines without a full stop after a line that ends in a colon; roles are paragraphs whose first
/// sentence says what `we` do after an opening clause.
pub fn approach(text: &Text, content: &[u32]) -> Approach {
    let mut out = Approach::default();
    let mut announced = false;
    for block in blocks(text, content) {
        let first = trimmed(text, block[0]);
        if out.title.is_empty() && starts_lower(first) {
            out.title = Passage::of(text, &block);
            continue;
        }
        let colon = block.iter().position(|n| trimmed(text, *n).ends_with(':'));
        let (head, rest) = colon.map_or((&block[..0], block.as_slice()), |at| block.split_at(at + 1));
        if !head.is_empty() {
            announced = true;
            out.prose.push(Passage::of(text, head));
        }
        let Some(last) = rest.last() else { continue };
        if announced && !ends_sentence(trimmed(text, *last)) {
            out.steps.extend(super::block::items(text, rest));
            continue;
        }
        let passage = Passage::of(text, rest);
        let lines: Vec<(u32, &str)> = rest.iter().map(|n| (*n, trimmed(text, *n))).collect();
        let opening = sentences(&lines).first().map(|s| s.text.clone()).unwrap_or_default();
        if opening.contains(", we ") { out.roles.push(passage) } else { out.prose.push(passage) }
    }
    out
}

/// The manifesto: one statement a sentence.
pub fn manifesto(text: &Text, content: &[u32]) -> Vec<Passage> {
    let lines: Vec<(u32, &str)> = content.iter().map(|n| (*n, trimmed(text, *n))).collect();
    sentences(&lines).into_iter().map(|s| Passage { text: s.text, lines: s.lines }).collect()
}
