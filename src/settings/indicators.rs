//! `indicators.toml`: which series of which source is which indicator, and how it is shown.

use super::{entry, toml};
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::indicator::{Drawing, Target};
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Geo, Indicator, Place, Polarity, Unit};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Indicators shown together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// `use`, `benchmark`, `eif`, `desi`.
    pub key: String,
    pub title: String,
    /// What its figures are, for the space beside a title: `scores 0–100`.
    pub aside: String,
    pub drawing: Drawing,
    /// Ids of the sources that it is read from.
    pub sources: Vec<String>,
}

/// Where the figures of an indicator are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// Code of the indicator.
    pub indicator: String,
    /// Where its entry stands.
    pub place: Place,
    /// Ids of `input/sources.toml`.
    pub sources: Vec<String>,
    /// Dimension of the source and the codes or labels of it that are meant.
    pub select: Vec<(String, Vec<String>)>,
    /// Units of the source, as code or label, with the factor that brings them to the indicator's unit.
    pub from_unit: Vec<(String, f64)>,
    /// Values that the source writes where it has none.
    pub missing: Vec<f64>,
}

/// A target of the EU as its list has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetEntry {
    pub code: String,
    pub label: String,
    pub value: f64,
    pub unit: String,
    pub year: i32,
    pub set_by: String,
    /// The indicator that measures the same thing; `None` for a target that is listed only.
    pub indicator: Option<String>,
    /// Brings the value to the indicator's unit.
    pub factor: f64,
    /// Why it is listed only.
    pub not_shown: String,
    /// Line of its `[[target]]` in the file.
    pub line: u32,
}

/// All of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indicators {
    pub groups: Vec<Group>,
    /// In the order in which they are shown.
    pub indicators: Vec<Indicator>,
    /// One for each indicator, in the same order.
    pub bindings: Vec<Binding>,
    pub targets: Vec<TargetEntry>,
}

impl Indicators {
    /// The indicator of a code.
    pub fn get(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// The group of a key.
    pub fn group(&self, key: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.key == key)
    }

    /// The indicators of a group, in the order in which they are shown.
    pub fn of_group<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.group == key)
    }
}

pub static INDICATOR_ENTRY: Rule = Rule {
    id: "SET004",
    severity: Severity::Error,
    title: "Every group and indicator has a key of its own, known sources, a known unit with factors above 0, averages that are known aggregates, and a range that is one.",
    source: "this project",
    explanation: "What cannot be resolved here would silently be left out of tables and charts.",
};

/// No publisher of statistics prints more.
const MOST_DECIMALS: u8 = 9;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    unit: BTreeMap<String, UnitEntry>,
    #[serde(default)]
    group: Vec<GroupEntry>,
    #[serde(default)]
    target: Vec<toml::Spanned<TargetLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    label: String,
    kind: UnitKindName,
}

#[derive(Clone, Copy, Deserialize)]
enum UnitKindName {
    #[serde(rename = "percent")]
    Percent,
    #[serde(rename = "score 0-100")]
    Score100,
    #[serde(rename = "score 1-4")]
    Score4,
    #[serde(rename = "number")]
    Number,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PolarityName {
    Higher,
    Lower,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DrawingName {
    Line,
    Bars,
    Scoreboard,
    Table,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// What a group says holds for all its indicators; an indicator may say otherwise for itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    key: String,
    title: String,
    #[serde(default)]
    aside: String,
    drawing: DrawingName,
    #[serde(default)]
    select: BTreeMap<String, OneOrMore>,
    #[serde(default)]
    indicator: Vec<IndicatorEntry>,
    sources: Option<Vec<String>>,
    unit: Option<String>,
    from_unit: Option<BTreeMap<String, f64>>,
    decimals: Option<u8>,
    polarity: Option<PolarityName>,
    averages: Option<Vec<String>>,
    valid_range: Option<[f64; 2]>,
    missing: Option<Vec<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorEntry {
    code: String,
    select: BTreeMap<String, OneOrMore>,
    label: String,
    short: Option<String>,
    #[serde(default)]
    labels_until: BTreeMap<String, String>,
    #[serde(default)]
    dimension: String,
    #[serde(default)]
    sums_up: bool,
    #[serde(default)]
    headline: bool,
    #[serde(default)]
    key_figure: bool,
    sources: Option<Vec<String>>,
    unit: Option<String>,
    from_unit: Option<BTreeMap<String, f64>>,
    decimals: Option<u8>,
    polarity: Option<PolarityName>,
    averages: Option<Vec<String>>,
    valid_range: Option<[f64; 2]>,
    missing: Option<Vec<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetLine {
    code: String,
    label: String,
    value: f64,
    unit: String,
    year: i32,
    set_by: String,
    indicator: Option<String>,
    factor: Option<f64>,
    #[serde(default)]
    not_shown: String,
}

/// Reads `indicators.toml`. Entries with a fault are left out and reported.
pub fn read(name: &str, text: &str) -> Checked<Indicators> {
    let file: File = match toml(name, text) {
        Ok(file) => file,
        Err(diagnostic) => return Checked { value: Indicators::default(), diagnostics: vec![*diagnostic] },
    };
    let mut reader =
        Reader { name, text, units: units(&file.unit), value: Indicators::default(), codes: BTreeSet::new(), diagnostics: Vec::new() };
    for group in file.group {
        reader.group(group);
    }
    for target in file.target {
        let line = text.as_bytes()[..target.span().start.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1;
        reader.target(target.into_inner(), u32::try_from(line).unwrap_or(u32::MAX));
    }
    Checked { value: reader.value, diagnostics: reader.diagnostics }
}

fn units(entries: &BTreeMap<String, UnitEntry>) -> BTreeMap<String, Unit> {
    let unit = |(code, entry): (&String, &UnitEntry)| {
        let kind = match entry.kind {
            UnitKindName::Percent => UnitKind::Percent,
            UnitKindName::Score100 => UnitKind::Score100,
            UnitKindName::Score4 => UnitKind::Score4,
            UnitKindName::Number => UnitKind::Number,
        };
        (code.clone(), Unit { code: code.clone().into(), label: entry.label.clone(), kind })
    };
    entries.iter().map(unit).collect()
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    units: BTreeMap<String, Unit>,
    value: Indicators,
    codes: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn refuse(&mut self, code: &str, expected: &str, found: String) {
        self.refuse_at("code", code, expected, found);
    }

    fn refuse_at(&mut self, key: &str, value: &str, expected: &str, found: String) {
        let help = "correct this entry; the file's head comment says what each key means";
        let place = entry(self.name, self.text, key, value);
        self.diagnostics.push(Diagnostic::new(&INDICATOR_ENTRY, place, expected, found, help));
    }

    fn group(&mut self, mut group: GroupEntry) {
        if self.value.group(&group.key).is_some() {
            return self.refuse_at("key", &group.key, "a key that no other group has", format!("`{}` again", group.key));
        }
        let drawing = match group.drawing {
            DrawingName::Line => Drawing::Line,
            DrawingName::Bars => Drawing::Bars,
            DrawingName::Scoreboard => Drawing::Scoreboard,
            DrawingName::Table => Drawing::Table,
        };
        for entry in std::mem::take(&mut group.indicator) {
            self.indicator(&group, entry);
        }
        let sources = group.sources.unwrap_or_default();
        self.value.groups.push(Group { key: group.key, title: group.title, aside: group.aside, drawing, sources });
    }

    fn indicator(&mut self, all: &GroupEntry, own: IndicatorEntry) {
        let code = own.code;
        if !self.codes.insert(code.clone()) {
            return self.refuse(&code, "a code that no other indicator has", format!("`{code}` again"));
        }
        let unit_code = own.unit.or_else(|| all.unit.clone()).unwrap_or_default();
        let Some(unit) = self.units.get(&unit_code).cloned() else {
            return self.refuse(&code, "a unit that [unit] declares", format!("`{unit_code}` for `{code}`"));
        };
        let mut averages = Vec::new();
        for average in own.averages.or_else(|| all.averages.clone()).unwrap_or_default() {
            match Geo::parse(&average).filter(|geo| geo.is_aggregate()) {
                Some(geo) => averages.push(geo),
                None => self.refuse(&code, "an aggregate such as EU27_2020", format!("`{average}` for `{code}`")),
            }
        }
        let range = own.valid_range.or(all.valid_range);
        if let Some([low, high]) = range
            && (low.is_nan() || high.is_nan() || low > high)
        {
            return self.refuse(&code, "a valid_range whose first number is the smaller one", format!("{low} and {high} for `{code}`"));
        }
        let polarity = own.polarity.or(all.polarity).map(|polarity| match polarity {
            PolarityName::Higher => Polarity::HigherIsBetter,
            PolarityName::Lower => Polarity::LowerIsBetter,
        });
        let decimals = own.decimals.or(all.decimals).unwrap_or(1);
        if decimals > MOST_DECIMALS {
            return self.refuse(&code, &format!("at most {MOST_DECIMALS} decimals"), format!("{decimals} for `{code}`"));
        }
        let mut chosen = all.select.clone();
        chosen.extend(own.select);
        let select = chosen.into_iter().map(|(dimension, wanted)| match wanted {
            OneOrMore::One(one) => (dimension, vec![one]),
            OneOrMore::More(more) => (dimension, more),
        });
        let from_unit = own.from_unit.or_else(|| all.from_unit.clone()).unwrap_or_else(|| BTreeMap::from([(unit_code, 1.0)]));
        if let Some((unit, factor)) = from_unit.iter().find(|(_, factor)| !(factor.is_finite() && **factor > 0.0)) {
            let found = format!("{factor} for `{unit}` of `{code}`");
            return self.refuse(&code, "a from_unit whose factor is a number above 0", found);
        }
        self.value.bindings.push(Binding {
            place: entry(self.name, self.text, "code", &code),
            indicator: code.clone(),
            sources: own.sources.or_else(|| all.sources.clone()).unwrap_or_default(),
            select: select.collect(),
            from_unit: from_unit.into_iter().collect(),
            missing: own.missing.or_else(|| all.missing.clone()).unwrap_or_default(),
        });
        self.value.indicators.push(Indicator {
            code: code.into(),
            short: own.short.unwrap_or_else(|| own.label.clone()),
            label: own.label,
            labels_until: own.labels_until.into_iter().collect(),
            group: all.key.clone(),
            dimension: own.dimension,
            is_dimension: own.sums_up,
            unit,
            polarity,
            averages,
            decimals,
            valid_range: range.map(|[low, high]| (low, high)),
            target: None,
            headline: own.headline,
            key_figure: own.key_figure,
        });
    }

    fn target(&mut self, line: TargetLine, number: u32) {
        let factor = line.factor.unwrap_or(1.0);
        if let Some(code) = &line.indicator {
            let Some(indicator) = self.value.indicators.iter_mut().find(|indicator| indicator.code == *code) else {
                return self.refuse(
                    &line.code,
                    "the code of an indicator of this file",
                    format!("`{code}` for the target `{}`", line.code),
                );
            };
            indicator.target = Some(Target { value: line.value * factor, year: line.year, set_by: line.set_by.clone() });
        } else if line.not_shown.is_empty() {
            return self.refuse(
                &line.code,
                "an `indicator`, or `not_shown` with the reason",
                format!("neither for the target `{}`", line.code),
            );
        }
        self.value.targets.push(TargetEntry {
            code: line.code,
            label: line.label,
            value: line.value,
            unit: line.unit,
            year: line.year,
            set_by: line.set_by,
            indicator: line.indicator,
            factor,
            not_shown: line.not_shown,
            line: number,
        });
    }
}
