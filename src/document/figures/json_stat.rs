//! JSON-stat 2.0: dimensions with their sizes, and figures at flat row-major positions, as a list or keyed by position.

use super::{At, Figures, Printed, Reading, SHEET_LAYOUT, Series, Wanted, Word, dimension};
use crate::diagnostic::{Checked, Diagnostic};
use crate::vocabulary::{Lines, Place};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
struct Document {
    class: Option<String>,
    version: Option<String>,
    id: Option<Vec<String>>,
    size: Option<Vec<usize>>,
    dimension: Option<BTreeMap<String, Dimension>>,
    #[serde(default)]
    status: Status,
}

#[derive(Deserialize)]
struct Dimension {
    category: Category,
}

#[derive(Deserialize)]
struct Category {
    index: Option<Index>,
    label: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Index {
    Listed(Vec<String>),
    Keyed(BTreeMap<String, usize>),
}

#[derive(Default, Deserialize)]
#[serde(untagged)]
enum Status {
    #[default]
    Absent,
    All(String),
    Listed(Vec<Option<String>>),
    Keyed(BTreeMap<String, Option<String>>),
}

impl Status {
    fn at(&self, position: usize) -> &str {
        match self {
            Self::Absent => "",
            Self::All(status) => status,
            Self::Listed(list) => list.get(position).and_then(Option::as_deref).unwrap_or_default(),
            Self::Keyed(map) => map.get(&position.to_string()).and_then(Option::as_deref).unwrap_or_default(),
        }
    }
}

/// Positions that a data set may have: beyond it, its sizes are not meant.
const MOST_POSITIONS: usize = 50_000_000;

/// Whether a text is a JSON document.
pub(super) fn is(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"{")
}

/// Reads the figures of wanted series.
pub(super) fn read(file: &str, text: &[u8], wanted: Wanted<'_>) -> Checked<Figures> {
    match read_document(file, text, wanted) {
        Ok(figures) => Checked::ok(figures),
        Err((line, expected, found)) => {
            let help = "download the data set anew as JSON-stat 2.0";
            let diagnostic = Diagnostic::new(&SHEET_LAYOUT, Place::lines(file, Lines::one(line)), expected, found, help);
            Checked { value: Figures::default(), diagnostics: vec![diagnostic] }
        }
    }
}

/// Line, what was expected, what was found.
type Fault = (u32, &'static str, String);

/// Positions of one dimension, in order, as code.
struct Axis {
    name: String,
    positions: Vec<Word>,
}

fn read_document(file: &str, text: &[u8], wanted: Wanted<'_>) -> Result<Figures, Fault> {
    let _ = file;
    let document: Document = serde_json::from_slice(text)
        .map_err(|error| (u32::try_from(error.line().max(1)).unwrap_or(u32::MAX), "JSON-stat 2.0", error.to_string()))?;
    if document.class.as_deref() != Some("dataset") {
        let found = format!("version {}, class {}", document.version.unwrap_or_default(), document.class.unwrap_or_default());
        return Err((1, "JSON-stat 2.0 of the class dataset", found));
    }
    let (Some(ids), Some(sizes), Some(dimensions)) = (document.id, document.size, document.dimension) else {
        return Err((1, "id, size and dimension", "one of them is missing".to_owned()));
    };
    let total = sizes.iter().try_fold(1_usize, |product, size| product.checked_mul(*size)).filter(|total| *total <= MOST_POSITIONS);
    let Some(total) = total else { return Err((1, "at most 50 million positions", format!("{sizes:?}"))) };
    if ids.len() != sizes.len() {
        return Err((1, "a size for every dimension", format!("{} and {}", sizes.len(), ids.len())));
    }
    let mut axes = Vec::with_capacity(ids.len());
    for (id, size) in ids.iter().zip(&sizes) {
        let positions = dimensions.get(id).and_then(|dimension| positions(&dimension.category, *size));
        let Some(positions) = positions else {
            return Err((1, "as many categories as the size says", format!("another number for `{id}`")));
        };
        axes.push(Axis { name: dimension::name(id), positions });
    }
    let has = |name: &str| axes.iter().any(|axis| axis.name == name);
    if !has("geo") || !has("time_period") {
        return Err((1, "the dimensions geo and time", ids.join(", ")));
    }
    let values = values(text).ok_or_else(|| (1, "figures under `value`", "none".to_owned()))?;
    let mut figures = Figures::default();
    let empty: Word = "".into();
    let mut last: Option<(Arc<Series>, bool)> = None;
    for (position, printed, line) in values {
        if position >= total {
            return Err((line, "positions below the product of the sizes", position.to_string()));
        }
        let (mut geo, mut time) = (empty.clone(), empty.clone());
        let mut dimensions = Vec::with_capacity(axes.len());
        let mut rest = position;
        for axis in axes.iter().rev() {
            let word = axis.positions[rest % axis.positions.len()].clone();
            rest /= axis.positions.len();
            match axis.name.as_str() {
                "geo" => geo = word,
                "time_period" => time = word,
                name => dimensions.push((name.into(), word)),
            }
        }
        dimensions.reverse();
        let series = Series { dimensions };
        let is_wanted = match &last {
            Some((known, is_wanted)) if **known == series => *is_wanted,
            Some(_) | None => {
                let is_wanted = wanted(&series);
                last = Some((Arc::new(series), is_wanted));
                is_wanted
            }
        };
        let Some((series, _)) = last.as_ref().filter(|_| is_wanted) else {
            figures.unasked += 1;
            continue;
        };
        let status = document.status.at(position).trim().trim_start_matches(':').trim();
        figures.readings.push(Reading {
            series: series.clone(),
            geo,
            time_period: time,
            value: Printed::Text(if printed == "null" { format!(": {status}").trim_end().into() } else { printed.into() }),
            decimals: None,
            flags: status.into(),
            flags_known: true,
            alternatives: empty.clone(),
            note: empty.clone(),
            at: At::Position(position),
        });
    }
    Ok(figures)
}

/// The codes of a dimension in their order; `None` if they are not as many as its size.
fn positions(category: &Category, size: usize) -> Option<Vec<Word>> {
    let codes: Vec<Word> = match (&category.index, &category.label) {
        (Some(Index::Listed(codes)), _) => codes.iter().map(|code| code.as_str().into()).collect(),
        (Some(Index::Keyed(map)), _) => {
            let mut sorted: Vec<(usize, &String)> = map.iter().map(|(code, at)| (*at, code)).collect();
            sorted.sort();
            sorted.into_iter().map(|(_, code)| code.as_str().into()).collect()
        }
        // A dimension with one category may name it in its label only.
        (None, Some(label)) => label.keys().map(|code| code.as_str().into()).collect(),
        (None, None) => Vec::new(),
    };
    (codes.len() == size && size > 0).then_some(codes)
}

/// The figures of the top-level `value` as they are printed, each with position and line: a JSON reader would turn `62.60`
/// into 62.6 and forget where it stood. The text is known to be JSON.
fn values(text: &[u8]) -> Option<Vec<(usize, &str, u32)>> {
    let mut at = top_level_value(text)?;
    let mut line = 1 + u32::try_from(memchr::memchr_iter(b'\n', &text[..at]).count()).ok()?;
    let keyed = text[at] == b'{';
    at += 1;
    let mut found = Vec::new();
    let mut position = 0;
    let mut key = None;
    loop {
        match *text.get(at)? {
            b'}' | b']' => break,
            b'\n' => {
                line += 1;
                at += 1;
            }
            b' ' | b'\t' | b'\r' | b',' | b':' => at += 1,
            b'"' => {
                let end = at + 1 + memchr::memchr(b'"', &text[at + 1..])?;
                let inside = std::str::from_utf8(&text[at + 1..end]).ok()?;
                at = end + 1;
                if keyed && key.is_none() {
                    key = Some(inside.parse::<usize>().ok()?);
                } else {
                    found.push((key.take().unwrap_or(position), inside, line));
                    position += 1;
                }
            }
            _ => {
                let length = text[at..].iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'))?;
                let printed = std::str::from_utf8(&text[at..at + length]).ok()?;
                found.push((key.take().unwrap_or(position), printed, line));
                position += 1;
                at += length.max(1);
            }
        }
    }
    // A later position may stand first: Eurostat keys them in no order.
    found.sort_unstable_by_key(|(position, _, _)| *position);
    Some(found)
}

/// Where the list or object of the top-level key `value` begins.
fn top_level_value(text: &[u8]) -> Option<usize> {
    let mut depth = 0_u32;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = start;
                while *text.get(at)? != b'"' {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                if depth == 1 && &text[start..at] == b"value" {
                    let after = text[at + 1..].iter().position(|b| !b.is_ascii_whitespace() && *b != b':')? + at + 1;
                    return matches!(text[after], b'{' | b'[').then_some(after);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}
