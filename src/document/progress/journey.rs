//! The dated journey: years, dates, titles and descriptions, with columns in any order.

use super::block::blocks;
use super::line::{OPEN_WORDS, Passage, continues, starts_lower, trimmed, words, year};
use super::moment::{self, Printed};
use super::wording::{overlap, stems};
use crate::source::Text;

/// One event by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub date: Printed,
    pub date_line: u32,
    pub title: Passage,
    pub description: Passage,
    /// Other descriptions that may be its own.
    pub others: Vec<Passage>,
    /// Year labels above it: more than one where labels are stacked.
    pub labels: Vec<(i16, u32)>,
    /// The next label, for an event that comes after a later date of its year.
    pub next_label: Option<(i16, u32)>,
    pub out_of_order: bool,
}

/// The journey: headline, story and events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey {
    pub title: Passage,
    /// A headline above the title.
    pub eyebrow: Passage,
    pub events: Vec<Event>,
    pub labels: Vec<(i16, u32)>,
    pub prose: Vec<Passage>,
    /// Letters and words of the drawn axis.
    pub axis: Vec<u32>,
}

/// What the axis of a drawn timeline leaves behind: initials of months and the word itself.
fn is_axis(line: &str) -> bool {
    let mut chars = line.chars();
    let initial = chars.next().is_some_and(char::is_alphabetic) && matches!(chars.as_str(), "" | ".");
    initial || matches!(line.to_lowercase().as_str(), "months" | "month" | "years" | "year")
}

/// Whether a line is a dated event's first: a date with a day or an interval.
pub fn is_event_line(line: &str) -> bool {
    moment::read(line).is_some_and(|p| !matches!(p.moment, moment::Moment::Month(_)))
}

/// Reads the journey's lines, its headline first.
pub fn read(text: &Text, all: &[u32]) -> Journey {
    let mut journey = Journey::default();
    let mut stacked = false;
    let mut governing: Vec<(i16, u32)> = Vec::new();
    let mut latest = (0, 0);
    let mut orphans: Vec<Passage> = Vec::new();
    let content: Vec<u32>;
    (journey.axis, content) = all.iter().copied().partition(|n| is_axis(trimmed(text, *n)));
    for block in blocks(text, &content) {
        for piece in pieces(text, &block) {
            let first = trimmed(text, piece[0]);
            if let Some(year) = year(first) {
                if !stacked {
                    governing.clear();
                }
                governing.push((year, piece[0]));
                journey.labels.push((year, piece[0]));
                stacked = true;
                latest = (0, 0);
                continue;
            }
            if let Some(date) = moment::read(first) {
                stacked = false;
                let out_of_order = governing.len() == 1 && date.moment.latest() < latest;
                latest = latest.max(date.moment.earliest());
                let (title, description) = title_and_text(text, &piece, &date);
                let labels = governing.clone();
                journey.events.push(Event {
                    date,
                    date_line: piece[0],
                    title,
                    description,
                    others: Vec::new(),
                    labels,
                    next_label: None,
                    out_of_order,
                });
                continue;
            }
            let open = journey.events.iter().position(|e| e.description.is_empty() && e.others.is_empty());
            let untitled = journey.events.len().checked_sub(1).filter(|i| journey.events[*i].title.is_empty());
            if (journey.title.is_empty() || journey.prose.is_empty()) && journey.events.is_empty() && starts_lower(first) {
                let end = (1..piece.len())
                    .find(|i| !starts_lower(trimmed(text, piece[*i])) && !continues_name(trimmed(text, piece[*i])))
                    .unwrap_or(piece.len());
                let above = std::mem::replace(&mut journey.title, Passage::of(text, &piece[..end]));
                journey.eyebrow = journey.eyebrow.then(&above);
                journey.prose.extend((end < piece.len()).then(|| Passage::of(text, &piece[end..])));
            } else if let Some(at) = untitled.filter(|_| starts_lower(first)) {
                let end = (1..piece.len()).find(|i| !goes_on(trimmed(text, piece[*i]))).unwrap_or(piece.len());
                journey.events[at].title = Passage::of(text, &piece[..end]);
                journey.events[at].description = Passage::of(text, &piece[end..]);
            } else if let Some(at) = open {
                journey.events[at].description = Passage::of(text, &piece);
            } else if journey.events.is_empty() {
                journey.prose.push(Passage::of(text, &piece));
            } else {
                orphans.push(Passage::of(text, &piece));
            }
        }
    }
    for i in 0..journey.events.len() {
        let last = journey.events[i].labels.last().map_or(0, |(_, n)| *n);
        journey.events[i].next_label = journey.labels.iter().find(|(_, n)| *n > last).copied();
    }
    confirm(&mut journey);
    journey.prose.extend(orphans);
    journey
}

/// A line of a headline that starts with a digit or capital as names do: `5G journey`.
fn continues_name(line: &str) -> bool {
    words(line) <= 4 && !line.ends_with('.')
}

/// Splits a block at year labels and at dates.
fn pieces(text: &Text, block: &[u32]) -> Vec<Vec<u32>> {
    let mut out: Vec<Vec<u32>> = Vec::new();
    let mut after_year = false;
    for n in block.iter().copied() {
        let line = trimmed(text, n);
        let is_year = year(line).is_some();
        let opens = is_year || after_year || is_event_line(line);
        after_year = is_year;
        match out.last_mut() {
            Some(piece) if !opens => piece.push(n),
            Some(_) | None => out.push(vec![n]),
        }
    }
    out
}

/// What follows a date in its block: a title on the same line or the next, then the description.
fn title_and_text(text: &Text, piece: &[u32], date: &Printed) -> (Passage, Passage) {
    if !date.rest.is_empty() {
        return (Passage { text: date.rest.clone(), lines: vec![piece[0]] }, Passage::of(text, &piece[1..]));
    }
    let rest = &piece[1..];
    if rest.is_empty() {
        return (Passage::default(), Passage::default());
    }
    let end = (1..rest.len()).find(|i| !goes_on(trimmed(text, rest[*i]))).unwrap_or(rest.len());
    (Passage::of(text, &rest[..end]), Passage::of(text, &rest[end..]))
}

/// Whether a line goes on a title: in lower case, and neither a clause with a verb nor a longer one that hangs on a preposition.
fn goes_on(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or("");
    let clause = words(line) >= 3 && ((first.ends_with('s') && first.len() > 3) || (words(line) >= 5 && OPEN_WORDS.contains(&first)));
    continues(line) && !clause
}

/// Descriptions that came after two or more open events: their words must speak for the order that was taken.
fn confirm(journey: &mut Journey) {
    let mut i = 0;
    while i < journey.events.len() {
        // A run of events whose dates all stand before the first of their descriptions.
        let first_text = journey.events[i].description.first();
        let mut end = i + 1;
        while end < journey.events.len() && !journey.events[end].description.is_empty() && journey.events[end].date_line < first_text {
            end += 1;
        }
        if end - i > 1 && !journey.events[i].description.is_empty() {
            let titles: Vec<Vec<String>> = journey.events[i..end].iter().map(|e| stems(&e.title.text)).collect();
            let texts: Vec<Vec<String>> = journey.events[i..end].iter().map(|e| stems(&e.description.text)).collect();
            let score = |t: usize, d: usize| overlap(&titles[t], &texts[d]).0;
            let all = (0..titles.len()).all(|d| (0..titles.len()).all(|t| score(d, d) >= score(t, d)));
            let some = (0..titles.len()).any(|d| (0..titles.len()).any(|t| score(d, d) > score(t, d)));
            if !(all && some) {
                let passages: Vec<Passage> = journey.events[i..end].iter().map(|e| e.description.clone()).collect();
                for (k, event) in journey.events[i..end].iter_mut().enumerate() {
                    event.others = passages.iter().enumerate().filter(|(o, _)| *o != k).map(|(_, p)| p.clone()).collect();
                }
            }
        }
        i = end;
    }
}
