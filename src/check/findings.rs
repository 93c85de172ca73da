//! What was found, judged: by publication, worst first, with the waivers that apply.

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Finding, Published};
use crate::settings::Waiver;
use crate::vocabulary::Spot;
use std::collections::{BTreeMap, HashMap};

/// A breach of a rule as the gate sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub diagnostic: Diagnostic,
    /// Id of the publication it belongs to; empty for figures and settings, which all publications share.
    pub publication: String,
    /// Who takes responsibility for it, why, and until when; `None` where nobody does.
    pub waived: Option<String>,
}

/// All breaches of a run: by publication, then worst first, then by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub judged: Vec<Judged>,
    /// Ids of the publications that were built, also those without a finding.
    pub publications: Vec<String>,
}

impl Findings {
    /// Judges the diagnostics of a build, each beside the words of who waives it. Where a diagnostic has no excerpt and its
    /// place is a line of a text among `files`, the line is added.
    pub fn judge(diagnostics: Vec<(Diagnostic, Option<String>)>, publications: &[Published], files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut lines = HashMap::new();
        let mut judged: Vec<Judged> = diagnostics
            .into_iter()
            .map(|(diagnostic, waived)| {
                let diagnostic = with_line(diagnostic, files, &mut lines);
                Judged { publication: publication_of(&diagnostic, publications), waived, diagnostic }
            })
            .collect();
        judged.sort_by(|a, b| {
            let key = |j: &Judged| {
                (j.publication.clone(), std::cmp::Reverse(j.diagnostic.rule.severity), j.diagnostic.place.clone(), j.diagnostic.rule.id)
            };
            key(a).cmp(&key(b))
        });
        judged.dedup();
        Self { judged, publications: publications.iter().map(|p| p.id.clone()).collect() }
    }

    /// How many of a severity that nobody waives.
    pub fn count(&self, severity: Severity) -> usize {
        self.judged.iter().filter(|j| j.waived.is_none() && j.diagnostic.rule.severity == severity).count()
    }

    pub fn waived(&self) -> usize {
        self.judged.iter().filter(|j| j.waived.is_some()).count()
    }

    /// Whether something of this severity or worse stands that nobody waives.
    pub fn fails_on(&self, severity: Severity) -> bool {
        self.judged.iter().any(|j| j.waived.is_none() && j.diagnostic.rule.severity >= severity)
    }

    /// `2 errors, 1 warning, 3 notes, 1 waived`; `nothing found` where there is nothing.
    pub fn summary(&self) -> String {
        let counts =
            [(self.count(Severity::Error), "error"), (self.count(Severity::Warning), "warning"), (self.count(Severity::Note), "note")];
        let mut parts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}{}", if *n == 1 { "" } else { "s" })).collect();
        if self.waived() > 0 {
            parts.push(format!("{} waived", self.waived()));
        }
        if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
    }
}

/// Findings as a publication prints them, worst first. Whether a waiver has expired is not looked at here, for a publication
/// does not depend on the day on which it is made: its last day is printed instead.
pub fn printed<'d>(found: impl Iterator<Item = &'d Diagnostic>, waivers: &[Waiver]) -> Vec<Finding> {
    let mut found: Vec<&Diagnostic> = found.collect();
    found.sort_by_key(|d| (std::cmp::Reverse(d.rule.severity), d.place.clone(), d.rule.id));
    let one = |d: &Diagnostic| {
        let waiver = waivers.iter().find(|w| w.covers(d)).map_or_else(String::new, |w| format!(" (waived {})", w.worded()));
        Finding {
            rule: d.rule.id.to_owned(),
            severity: d.rule.severity.as_str().to_owned(),
            place: d.place.clone(),
            sentence: format!("Expected {}, found {}.{waiver}", d.expected, d.found),
        }
    };
    found.into_iter().map(one).collect()
}

/// The publication whose text or written file a diagnostic is about.
fn publication_of(diagnostic: &Diagnostic, publications: &[Published]) -> String {
    let file = diagnostic.place.file.as_str();
    let written = |p: &&Published| file == p.id || file.strip_prefix(p.id.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let of_text = |p: &&Published| !file.is_empty() && p.text == file;
    let found = publications.iter().find(written).or_else(|| publications.iter().find(of_text));
    found.map_or_else(String::new, |p| p.id.clone())
}

/// Adds the source line to a diagnostic that has none, and marks in it what the diagnostic quotes.
fn with_line<'f>(diagnostic: Diagnostic, files: &'f BTreeMap<String, Vec<u8>>, lines_of: &mut HashMap<String, Vec<&'f str>>) -> Diagnostic {
    let Spot::Lines(lines) = &diagnostic.place.spot else { return diagnostic };
    if diagnostic.excerpt.is_some() {
        return diagnostic;
    }
    let file = diagnostic.place.file.as_str();
    if !lines_of.contains_key(file) {
        let text = files.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        lines_of.insert(file.to_owned(), text.lines().collect());
    }
    let Some(line) = lines_of[file].get(lines.start() as usize - 1).filter(|line| !line.trim().is_empty()) else {
        return diagnostic;
    };
    let quotes = [&diagnostic.found, &diagnostic.expected, &diagnostic.help].into_iter().flat_map(|text| quoted(text));
    let mark = quotes.filter(|quote| quote.chars().count() > 1).find(|quote| line.contains(quote)).unwrap_or("").to_owned();
    diagnostic.with_excerpt(line, &mark, "")
}

/// What a sentence quotes: between backticks, or between quotation marks.
fn quoted(text: &str) -> Vec<&str> {
    let between = |open: char, close: char| text.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map(|(quote, _)| quote);
    [between('`', '`'), between('\u{201c}', '\u{201d}')].into_iter().flatten().collect()
}
