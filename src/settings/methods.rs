//! The thresholds of the methods, as `input/methods.toml` tells them: each with its unit, its rule and who set it.

use super::{Indicators, entry};
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::{Lines, Place, TimePeriod};
use serde::Deserialize;
use toml::Spanned;

pub static METHODS_FILE: Rule = Rule {
    id: "SET020",
    severity: Severity::Error,
    title: "The file of thresholds can be read",
    source: "this project",
    explanation: "`input/methods.toml` holds one `[[threshold]]` for each number that decides a word, with id, value, unit, rule, source and edition. Correct the line that is named.",
};

pub static METHODS_COMPLETE: Rule = Rule {
    id: "SET021",
    severity: Severity::Error,
    title: "Every threshold is given exactly once, and a mean names indicators",
    source: "this project",
    explanation: "A threshold that is missing, given twice or unknown would leave a verdict undecided; a mean of unknown indicators would never be looked at. Add, remove or rename the entry.",
};

/// What a threshold decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    BandShare,
    BandScore100,
    BandScore4,
    Quorum,
    ClassNear,
    ClassFar,
    TrendShort,
    TrendLong,
    TrendSignificant,
    TargetSignificant,
    TargetModerate,
}

impl Threshold {
    pub const ALL: [Self; 11] = [
        Self::BandShare,
        Self::BandScore100,
        Self::BandScore4,
        Self::Quorum,
        Self::ClassNear,
        Self::ClassFar,
        Self::TrendShort,
        Self::TrendLong,
        Self::TrendSignificant,
        Self::TargetSignificant,
        Self::TargetModerate,
    ];

    /// As `methods.toml` names it.
    pub fn id(self) -> &'static str {
        match self {
            Self::BandShare => "band-share",
            Self::BandScore100 => "band-score-100",
            Self::BandScore4 => "band-score-4",
            Self::Quorum => "quorum",
            Self::ClassNear => "class-near",
            Self::ClassFar => "class-far",
            Self::TrendShort => "trend-short",
            Self::TrendLong => "trend-long",
            Self::TrendSignificant => "trend-significant",
            Self::TargetSignificant => "target-significant",
            Self::TargetModerate => "target-moderate",
        }
    }
}

/// One threshold with who set it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub id: String,
    pub value: f64,
    pub unit: String,
    /// What it decides, in one sentence.
    pub rule: String,
    pub source: String,
    pub edition: String,
}

/// What a publisher says its own figures are: one indicator is the unweighted mean of others.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mean {
    /// Code of the indicator.
    pub is: String,
    /// Codes of those that it is the mean of.
    pub of: Vec<String>,
    /// The first period for which that holds.
    #[serde(deserialize_with = "period")]
    pub since: TimePeriod,
    pub source: String,
    pub edition: String,
}

fn period<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<TimePeriod, D::Error> {
    let text = String::deserialize(deserializer)?;
    TimePeriod::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}`, which is no period such as 2021 or 2020-2021")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    threshold: Vec<Spanned<Entry>>,
    #[serde(default)]
    mean: Vec<Mean>,
}

/// All thresholds, each with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Methods {
    values: [f64; Threshold::ALL.len()],
    /// As the file gives them, in its order.
    pub entries: Vec<Entry>,
    pub means: Vec<Mean>,
}

impl Default for Methods {
    /// Without thresholds: nothing is decided.
    fn default() -> Self {
        Self { values: [f64::NAN; Threshold::ALL.len()], entries: Vec::new(), means: Vec::new() }
    }
}

impl Methods {
    /// The value of a threshold; not a number where the file lacks it (an error of the settings), so that it decides nothing.
    pub fn get(&self, threshold: Threshold) -> f64 {
        self.values[threshold as usize]
    }
}

/// Reads `methods.toml`. `file` is its name for messages.
pub fn read(file: &str, text: &str) -> Checked<Methods> {
    let mut methods = Methods::default();
    let mut diagnostics = Vec::new();
    let line = |at: usize| Lines::one(u32::try_from(text[..at.min(text.len())].matches('\n').count() + 1).unwrap_or(u32::MAX));
    let parsed = match toml::from_str::<File>(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let help = "write each threshold as id, value, unit, rule, source, edition";
            diagnostics.push(Diagnostic::new(
                &METHODS_FILE,
                Place::lines(file, line(at)),
                "thresholds in TOML",
                super::in_words(error.message()),
                help,
            ));
            return Checked { value: methods, diagnostics };
        }
    };
    methods.means = parsed.mean;
    for spanned in parsed.threshold {
        let place = Place::lines(file, line(spanned.span().start));
        let entry = spanned.into_inner();
        let mut fault = |expected: &str, found: String| {
            diagnostics.push(Diagnostic::new(
                &METHODS_COMPLETE,
                place.clone(),
                expected,
                found,
                "correct the entry; docs/methods.md lists the thresholds",
            ));
        };
        match Threshold::ALL.into_iter().find(|t| t.id() == entry.id) {
            None => fault("the id of a threshold", format!("`{}`", entry.id)),
            Some(_) if !entry.value.is_finite() || entry.value < 0.0 => {
                fault("a number of at least 0", format!("{} = {}", entry.id, entry.value));
            }
            Some(threshold) if !methods.get(threshold).is_nan() => fault("a threshold given once", format!("`{}` again", entry.id)),
            Some(threshold) => {
                methods.values[threshold as usize] = entry.value;
                methods.entries.push(entry);
            }
        }
    }
    for threshold in Threshold::ALL {
        if methods.get(threshold).is_nan() {
            diagnostics.push(Diagnostic::new(
                &METHODS_COMPLETE,
                Place::file(file),
                format!("the threshold `{}`", threshold.id()),
                "nothing",
                "add the entry with its source",
            ));
        }
    }
    Checked { value: methods, diagnostics }
}

/// Indicators that a mean names beside known ones and `indicators.toml` has not; a mean of unknown ones alone is for other figures.
pub(super) fn unknown_codes(methods: &Methods, indicators: &Indicators, text: &str) -> Vec<Diagnostic> {
    let name = "input/methods.toml";
    let unknown = |mean: &Mean| {
        let (known, unknown): (Vec<&String>, _) =
            std::iter::once(&mean.is).chain(&mean.of).partition(|code| indicators.get(code).is_some());
        let code = unknown.first().filter(|_| !known.is_empty())?;
        let (found, help) = (format!("`{code}`"), "correct the entry `[[mean]]`; `factsheet list indicators` lists the codes");
        Some(Diagnostic::new(&METHODS_COMPLETE, entry(name, text, "is", &mean.is), "the code of an indicator", found, help))
    };
    methods.means.iter().filter_map(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_project_is_complete() {
        let read = read("input/methods.toml", include_str!("../../input/methods.toml"));
        assert_eq!(read.diagnostics, []);
        assert_eq!(read.value.get(Threshold::Quorum), 24.0);
        assert!(read.value.entries.iter().all(|e| !e.source.is_empty() && !e.edition.is_empty()));
    }

    #[test]
    fn a_missing_a_double_and_an_unknown_threshold_are_told_with_their_lines() {
        let text = "[[threshold]]\nid = \"quorum\"\nvalue = 24\nunit = \"\"\nrule = \"\"\nsource = \"\"\nedition = \"\"\n".repeat(2)
            + "[[threshold]]\nid = \"quirum\"\nvalue = 1\nunit = \"\"\nrule = \"\"\nsource = \"\"\nedition = \"\"\n";
        let read = read("m.toml", &text);
        assert_eq!(read.diagnostics.len(), 2 + Threshold::ALL.len() - 1);
        assert_eq!(read.diagnostics[0].place.to_string(), "m.toml:8");
        assert_eq!(read.diagnostics[1].found, "`quirum`");
    }
}
