//! Entries: names with texts, as the catalogue and the spotlights have them, and names and texts torn apart.

use super::block::{Titled, blocks, is_headline, titled};
use super::line::{Passage, SPOTLIGHT, is_label, trimmed, words};
use crate::source::Text;

/// A name with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Position in [`Catalogue::audiences`] of the heading above the text.
    pub audience: Option<usize>,
    /// Another heading that the name stands under.
    pub other_audience: Option<usize>,
    /// Empty where the text has lost its name.
    pub name: Passage,
    pub text: Passage,
    /// Names that may be the text's own.
    pub other_names: Vec<String>,
}

impl Entry {
    /// All lines of name and text.
    pub fn lines(&self) -> Vec<u32> {
        self.name.lines.iter().chain(&self.text.lines).copied().collect()
    }
}

/// A heading of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    pub name: Passage,
    pub tagline: Passage,
}

/// The catalogue: an introduction, audiences, entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    pub title: Passage,
    /// A headline above the title.
    pub eyebrow: Passage,
    pub intro: Vec<Passage>,
    pub audiences: Vec<Audience>,
    pub entries: Vec<Entry>,
}

/// Whether a block is a heading of a catalogue: a lower-case name over a lower-case tagline, no text of its own.
pub fn is_audience(text: &Text, block: &[u32]) -> bool {
    block.len() >= 2 && !is_label(trimmed(text, block[0]), SPOTLIGHT) && is_headline(text, block) && words(trimmed(text, block[0])) <= 4
}

/// Reads a catalogue from the line of its title on.
pub fn catalogue(text: &Text, content: &[u32]) -> Catalogue {
    let mut out = Catalogue::default();
    let mut entries: Vec<Entry> = Vec::new();
    for (i, block) in blocks(text, content).into_iter().enumerate() {
        // A heading that opens the section is its own headline, not an audience.
        if is_audience(text, &block) && i == 0 {
            out.title = Passage::of(text, &block);
            continue;
        }
        if is_audience(text, &block) {
            let audience = Audience { name: Passage::of(text, &block[..1]), tagline: Passage::of(text, &block[1..]) };
            out.audiences.push(audience);
            continue;
        }
        let Titled { title, body } = titled(text, &block);
        let Some(audience) = out.audiences.len().checked_sub(1) else {
            if !title.is_empty() && (out.title.is_empty() || out.intro.is_empty()) {
                let above = std::mem::replace(&mut out.title, title);
                out.eyebrow = out.eyebrow.then(&above);
            }
            out.intro.extend((!body.is_empty()).then_some(body));
            continue;
        };
        entries.push(Entry { audience: Some(audience), name: title, text: body, ..Entry::default() });
    }
    out.entries = settle(entries);
    out
}

/// Reads the spotlights of some lines; labels are passed over.
pub fn spotlights(text: &Text, content: &[u32]) -> Vec<Entry> {
    let entries = blocks(text, content)
        .into_iter()
        .filter(|block| !is_label(trimmed(text, block[0]), SPOTLIGHT))
        .map(|block| {
            let Titled { title, body } = titled(text, &block);
            Entry { name: title, text: body, ..Entry::default() }
        })
        .collect();
    settle(entries)
}

/// Puts names without text and texts without name together: one of each belongs together, of several those whose text
/// speaks the name. A text that no name is left for goes on the entry before it, or stays nameless if there is none.
fn settle(entries: Vec<Entry>) -> Vec<Entry> {
    let is_name = |e: &Entry| e.text.is_empty();
    let is_text = |e: &Entry| e.name.is_empty();
    let names: Vec<usize> = (0..entries.len()).filter(|i| is_name(&entries[*i])).collect();
    let texts: Vec<usize> = (0..entries.len()).filter(|i| is_text(&entries[*i])).collect();
    let speaks = |t: usize, n: usize| entries[t].text.text.to_lowercase().contains(&entries[n].name.text.to_lowercase());
    // Name of each text: by its words, then what is left in order if the numbers agree.
    let mut owner: Vec<(usize, usize, bool)> = Vec::new();
    for n in names.iter().copied() {
        let free: Vec<usize> = texts.iter().copied().filter(|t| speaks(*t, n) && !owner.iter().any(|(o, ..)| o == t)).collect();
        if let &[t] = free.as_slice() {
            owner.push((t, n, true));
        }
    }
    let left_names: Vec<usize> = names.iter().copied().filter(|n| !owner.iter().any(|(_, o, _)| o == n)).collect();
    let left_texts: Vec<usize> = texts.iter().copied().filter(|t| !owner.iter().any(|(o, ..)| o == t)).collect();
    let sure = left_names.len() == 1 && left_texts.len() == 1;
    for (n, t) in left_names.iter().zip(&left_texts) {
        owner.push((*t, *n, sure));
    }
    let mut out: Vec<Entry> = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        if is_name(entry) {
            if !owner.iter().any(|(_, n, _)| *n == i) {
                out.push(entry.clone());
            }
            continue;
        }
        let mut entry = entry.clone();
        if is_text(&entry) {
            if let Some((_, n, sure)) = owner.iter().find(|(t, ..)| *t == i) {
                entry.name = entries[*n].name.clone();
                entry.other_audience = entries[*n].audience.filter(|a| Some(*a) != entry.audience);
                if !sure {
                    entry.other_names = left_names.iter().filter(|o| *o != n).map(|o| entries[*o].name.text.clone()).collect();
                }
            } else if let Some(before) = out.last_mut().filter(|e| !e.name.is_empty() && !e.text.is_empty()) {
                before.text = before.text.then(&entry.text);
                continue;
            } else {
                entry.other_names = names.iter().map(|n| entries[*n].name.text.clone()).collect();
            }
        }
        out.push(entry);
    }
    out
}
