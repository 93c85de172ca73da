//! Eurostat's bulk TSV: the first column holds all dimensions, `freq,unit,geo\TIME_PERIOD`; a column for each period; cells
//! `5.5 b`, `: c`, `: `.

use super::{At, Figures, Printed, Reading, SHEET_LAYOUT, Series, Wanted, Word, dimension};
use crate::diagnostic::{Checked, Diagnostic};
use crate::vocabulary::{Lines, Place};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Whether a text is a bulk TSV: the first cell of its head names dimensions, a backslash, and the dimension of the columns.
pub(super) fn is(text: &[u8]) -> bool {
    let head = text.split(|b| *b == b'\n').next().unwrap_or_default();
    let first = head.split(|b| *b == b'\t').next().unwrap_or_default();
    first.len() < head.len() && first.contains(&b'\\')
}

/// What the head says.
struct Head<'a> {
    /// Names of the dimensions in the first column, in their order.
    dimensions: Vec<String>,
    /// Where the country stands among them.
    geo: usize,
    periods: Vec<&'a str>,
}

/// Lines that one thread reads at a time, in bytes.
const CHUNK: usize = 4 << 20;

/// Reads the lines of wanted series; the others are only counted.
pub(super) fn read(file: &str, text: &[u8], wanted: Wanted<'_>) -> Checked<Figures> {
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    let line = String::from_utf8_lossy(&text[..end]).into_owned();
    let head = match head(&line) {
        Ok(head) => head,
        Err((expected, found)) => {
            let diagnostic = layout(file, 1, expected, found);
            return Checked { value: Figures::default(), diagnostics: vec![diagnostic] };
        }
    };
    let body = text.get(end + 1..).unwrap_or_default();
    let mut chunks: Vec<(&[u8], u32)> = Vec::new();
    let (mut rest, mut number) = (body, 2_u32);
    while !rest.is_empty() {
        let cut =
            if rest.len() <= CHUNK { rest.len() } else { memchr::memchr(b'\n', &rest[CHUNK..]).map_or(rest.len(), |at| CHUNK + at + 1) };
        let (chunk, after) = rest.split_at(cut);
        chunks.push((chunk, number));
        number = number.saturating_add(u32::try_from(memchr::memchr_iter(b'\n', chunk).count()).unwrap_or(u32::MAX));
        rest = after;
    }
    let parts: Vec<(Figures, Vec<Diagnostic>)> = chunks
        .into_par_iter()
        .map(|(chunk, first)| Chunk { file, head: &head, wanted, words: HashMap::new() }.read(chunk, first))
        .collect();
    let mut value = Figures::default();
    let mut diagnostics = Vec::new();
    for (figures, found) in parts {
        value.readings.extend(figures.readings);
        value.unasked += figures.unasked;
        diagnostics.extend(found);
    }
    Checked { value, diagnostics }
}

fn layout(file: &str, line: u32, expected: impl Into<String>, found: impl Into<String>) -> Diagnostic {
    let help = "download the file anew from Eurostat's bulk download";
    Diagnostic::new(&SHEET_LAYOUT, Place::lines(file, Lines::one(line)), expected, found, help)
}

fn head(line: &str) -> Result<Head<'_>, (String, String)> {
    let mut cells = line.trim_end_matches(['\r', '\n']).split('\t').map(str::trim);
    let first = cells.next().unwrap_or_default();
    let (down, across) = first.split_once('\\').ok_or_else(|| ("dimensions\\TIME_PERIOD".to_owned(), format!("`{first}`")))?;
    if dimension::name(across) != "time_period" {
        return Err(("periods in the columns".to_owned(), format!("`{across}`")));
    }
    let dimensions: Vec<String> = down.split(',').map(dimension::name).collect();
    let geo = dimensions.iter().position(|name| name == "geo").ok_or_else(|| ("the dimension geo".to_owned(), format!("`{down}`")))?;
    Ok(Head { dimensions, geo, periods: cells.collect() })
}

struct Chunk<'a> {
    file: &'a str,
    head: &'a Head<'a>,
    wanted: Wanted<'a>,
    words: HashMap<String, Word>,
}

impl Chunk<'_> {
    fn read(mut self, chunk: &[u8], first: u32) -> (Figures, Vec<Diagnostic>) {
        let mut figures = Figures::default();
        let mut diagnostics = Vec::new();
        let periods: Vec<Word> = self.head.periods.iter().map(|period| (*period).into()).collect();
        let empty: Word = "".into();
        // The key but for the country: most lines repeat that of the line before.
        let mut last: Option<(Vec<u8>, Option<Arc<Series>>)> = None;
        let mut start = 0;
        for (offset, end) in memchr::memchr_iter(b'\n', chunk).chain((!chunk.ends_with(b"\n")).then_some(chunk.len())).enumerate() {
            let line = &chunk[start..end];
            start = end + 1;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let number = first.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            let tab = memchr::memchr(b'\t', line).unwrap_or(line.len());
            let key = line[..tab].trim_ascii();
            if key.is_empty() {
                continue;
            }
            let Some((from, to)) = self.span_of_geo(key) else {
                let expected = format!("{} dimensions in the first column", self.head.dimensions.len());
                diagnostics.push(layout(self.file, number, expected, format!("`{}`", String::from_utf8_lossy(key))));
                continue;
            };
            let same = last.as_ref().is_some_and(|(known, _)| {
                known.len() == key.len() - (to - from) && known[..from] == key[..from] && known[from..] == key[to..]
            });
            if !same {
                let series = self.series(key);
                let series = (self.wanted)(&series).then(|| Arc::new(series));
                last = Some(([&key[..from], &key[to..]].concat(), series));
            }
            let Some((_, Some(series))) = &last else {
                figures.unasked += 1;
                continue;
            };
            let geo = self.word(&key[from..to]);
            let cells = line.get(tab + 1..).unwrap_or_default();
            let mut count = 0;
            for (index, cell) in cells.split(|b| *b == b'\t').enumerate() {
                count += 1;
                let (Some(period), Ok(cell)) = (periods.get(index), std::str::from_utf8(cell)) else { continue };
                figures.readings.push(Reading {
                    series: series.clone(),
                    geo: geo.clone(),
                    time_period: period.clone(),
                    value: Printed::Text(self.words.get(cell.trim()).cloned().unwrap_or_else(|| cell.trim().into())),
                    decimals: None,
                    flags: empty.clone(),
                    flags_known: true,
                    alternatives: empty.clone(),
                    note: empty.clone(),
                    at: At::Line(number),
                });
            }
            if count != periods.len() {
                let expected = format!("{} cells, one for each period of the head", periods.len());
                diagnostics.push(layout(self.file, number, expected, format!("{count}")));
            }
        }
        (figures, diagnostics)
    }

    /// Where the country stands in a line's key; `None` if the key has another number of dimensions than the head.
    fn span_of_geo(&self, key: &[u8]) -> Option<(usize, usize)> {
        let mut span = None;
        let mut start = 0;
        let mut index = 0;
        for end in memchr::memchr_iter(b',', key).chain([key.len()]) {
            if index == self.head.geo {
                span = Some((start, end));
            }
            start = end + 1;
            index += 1;
        }
        span.filter(|_| index == self.head.dimensions.len())
    }

    fn series(&self, key: &[u8]) -> Series {
        let key = String::from_utf8_lossy(key);
        let pairs = self.head.dimensions.iter().zip(key.split(',')).filter(|(name, _)| *name != "geo");
        Series { dimensions: pairs.map(|(name, position)| (name.as_str().into(), position.trim().into())).collect() }
    }

    fn word(&mut self, bytes: &[u8]) -> Word {
        let text = String::from_utf8_lossy(bytes);
        match self.words.get(text.trim()) {
            Some(word) => word.clone(),
            None => self.words.entry(text.trim().to_owned()).or_insert_with(|| text.trim().into()).clone(),
        }
    }
}
