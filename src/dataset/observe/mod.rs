//! Readings -> observations: which indicator, which country, which period, in which unit, and what a person put right.

mod printed;
mod rules;
pub mod targets;

pub use rules::{
    HASH_DIFFERS, NO_FILE, NOTHING_READ, OTHER_UNIT, OUT_OF_RANGE, SEVERAL_BREAKDOWNS, TWO_VALUES, UNIT_DIFFERS, UNKNOWN_FLAG, UNKNOWN_GEO,
    UNKNOWN_PERIOD,
};

use self::printed::{Parsed, as_printed, parse, parse_text, scale, scaled_decimals};
use super::{Observation, correct, integrity};
use crate::diagnostic::{Checked, Diagnostic, Rule};
use crate::document::figures::{self, Figures, Printed, Reading, Series};
use crate::settings::{Binding, Correction, Indicators, Settings, corrections::CORRECTION_STALE};
use crate::source::{Origin, sha256};
use crate::vocabulary::{Figure, Flags, Geo, Indicator, Missing, ObsValue, Place, TimePeriod, Word};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A file of figures as it was read.
pub struct Input<'a> {
    pub origin: &'a Origin,
    /// Name relative to the project: `input/desi.xlsx`.
    pub name: Word,
    pub figures: Figures,
}

/// Reads all inputs that the settings name from the files of a project and makes observations of them, sorted by indicator
/// (in the order of `indicators.toml`), country (protocol order), period and edition.
pub fn read(files: &BTreeMap<String, Vec<u8>>, settings: &Settings) -> Checked<Vec<Observation>> {
    let named = settings.inputs.iter().map(|origin| (origin, format!("input/{}", origin.file)));
    let mut wanted: Vec<(usize, (&Origin, String))> = named.enumerate().collect();
    // The largest first: the others fill the time that it takes.
    wanted.sort_by_key(|(_, (_, name))| Reverse(files.get(name).map_or(0, Vec::len)));
    let mut parts: Vec<(usize, Input<'_>, Vec<Diagnostic>)> = wanted
        .par_iter()
        .with_max_len(1)
        .map(|(position, (origin, name))| {
            let mut diagnostics = Vec::new();
            let figures = read_file(files, name, origin, &settings.indicators, &mut diagnostics);
            (*position, Input { origin, name: name.into(), figures }, diagnostics)
        })
        .collect();
    parts.sort_by_key(|(position, _, _)| *position);
    let mut diagnostics = Vec::new();
    let mut inputs = Vec::with_capacity(parts.len());
    for (_, input, found) in parts {
        inputs.push(input);
        diagnostics.extend(found);
    }
    let value = observe(&inputs, settings).into_value(&mut diagnostics);
    diagnostics.extend(targets::check(&inputs, &settings.indicators));
    diagnostics.extend(integrity::check(&value, &settings.indicators));
    Checked { value, diagnostics }
}

fn read_file(
    files: &BTreeMap<String, Vec<u8>>,
    name: &str,
    origin: &Origin,
    indicators: &Indicators,
    diagnostics: &mut Vec<Diagnostic>,
) -> Figures {
    let Some(bytes) = files.get(name) else {
        diagnostics.push(Diagnostic::new(
            &NO_FILE,
            Place::file(name),
            "the file",
            "none",
            "restore the file, or remove its entry from input/sources.toml",
        ));
        return Figures::default();
    };
    let hash = sha256(bytes);
    if hash != origin.sha256 {
        let help = "look at what changed; if it is meant: factsheet inputs --accept";
        diagnostics.push(Diagnostic::new(
            &HASH_DIFFERS,
            Place::file(name),
            format!("SHA-256 {}", if origin.sha256.is_empty() { "in its entry" } else { &origin.sha256 }),
            hash,
            help,
        ));
    }
    let bindings: Vec<&Binding> = indicators.bindings.iter().filter(|binding| binding.sources.contains(&origin.id)).collect();
    let wanted = |series: &Series| bindings.iter().any(|binding| selects(binding, series));
    figures::read(name, bytes, &wanted).into_value(diagnostics)
}

/// Whether the series is the one that the binding means: for every dimension that it names, one of its codes or labels.
/// A dimension that the source does not have excludes nothing, except the indicator itself.
pub fn selects(binding: &Binding, series: &Series) -> bool {
    binding.select.iter().all(|(dimension, words)| {
        let found = series.get(dimension);
        if found.is_empty() { dimension != "indicator" } else { words.iter().any(|word| same(word, found)) }
    })
}

/// Alike but for case, blanks and the kind of dash.
fn same(a: &str, b: &str) -> bool {
    let fold = |c: char| if matches!(c, '–' | '—') { '-' } else { c }.to_lowercase();
    let alike = |(a, b): (&str, &str)| a.chars().flat_map(fold).eq(b.chars().flat_map(fold));
    // Most words differ in their first letter.
    let first = |text: &str| text.trim_start().bytes().next().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
    if let (Some(x), Some(y)) = (first(a), first(b))
        && x != y
    {
        return false;
    }
    let (mut left, mut right) = (a.split_whitespace(), b.split_whitespace());
    a == b
        || loop {
            match (left.next(), right.next()) {
                (Some(a), Some(b)) if alike((a, b)) => {}
                (None, None) => break true,
                (Some(_) | None, Some(_) | None) => break false,
            }
        }
}

/// Makes observations of what was read.
pub fn observe(inputs: &[Input<'_>], settings: &Settings) -> Checked<Vec<Observation>> {
    let parts: Vec<Observer<'_>> = inputs
        .par_iter()
        .map(|input| {
            let mut observer = Observer::new(input, settings);
            for reading in &input.figures.readings {
                observer.observe(reading);
            }
            observer.stale_corrections();
            observer
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut read = Vec::with_capacity(parts.len());
    for mut part in parts {
        part.tell_other_units();
        diagnostics.extend(part.faults.into_values().map(|fault| fault.diagnostic()));
        diagnostics.extend(part.diagnostics);
        read.push(part.observations);
    }
    let order = order(&read);
    let mut read: Vec<Vec<Option<(usize, Observation)>>> = read.into_iter().map(|part| part.into_iter().map(Some).collect()).collect();
    let mut value: Vec<Observation> = Vec::with_capacity(order.len());
    for (part, index) in order {
        let (_, observation) = read[part][index].take().expect("the order names each once");
        match value.last() {
            Some(last) if last.indicator == observation.indicator && key(last) == key(&observation) => {
                if last.obs_value != observation.obs_value {
                    let found = format!("`{}` here and `{}` at {}", observation.as_printed, last.as_printed, last.place);
                    let expected = format!("one value for {} {} {}", observation.indicator, observation.geo, observation.time_period);
                    let help = "remove one, or select one series more narrowly in input/indicators.toml";
                    diagnostics.push(Diagnostic::new(&TWO_VALUES, observation.place, expected, found, help));
                }
            }
            Some(_) | None => value.push(observation),
        }
    }
    let mut read: HashSet<&str> = HashSet::new();
    for of_indicator in value.chunk_by(|a, b| a.indicator == b.indicator) {
        read.insert(&of_indicator[0].indicator);
        several_breakdowns(of_indicator, &mut diagnostics);
    }
    for binding in &settings.indicators.bindings {
        if !read.contains(binding.indicator.as_str()) {
            let found = format!("none in {}", if binding.sources.is_empty() { "no source".to_owned() } else { binding.sources.join(", ") });
            let help = "check `select` and `sources` of this indicator against the file";
            let place = binding.place.clone();
            diagnostics.push(Diagnostic::new(&NOTHING_READ, place, format!("figures for `{}`", binding.indicator), found, help));
        }
    }
    Checked { value, diagnostics }
}

/// The order in which observations stand, as positions in their parts: they are large, and so each is moved once.
fn order(parts: &[Vec<(usize, Observation)>]) -> Vec<(usize, usize)> {
    let mut order: Vec<((usize, Geo, TimePeriod), usize, usize)> = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for (part, observations) in parts.iter().enumerate() {
        order.extend(observations.iter().enumerate().map(|(index, (i, o))| ((*i, o.geo, o.time_period), part, index)));
    }
    let rest = |part: usize, index: usize| {
        let (_, o) = &parts[part][index];
        (&o.unit, &o.breakdown, &o.edition, part, index)
    };
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| rest(a.1, a.2).cmp(&rest(b.1, b.2))));
    order.into_iter().map(|(_, part, index)| (part, index)).collect()
}

/// Reports an indicator that was read from more than one breakdown of a source.
fn several_breakdowns(of_indicator: &[Observation], diagnostics: &mut Vec<Diagnostic>) {
    // The first of each source, and whether another breakdown was told. An indicator has few sources.
    let mut first: Vec<(&Observation, bool)> = Vec::new();
    for observation in of_indicator {
        let position = first.iter().position(|(known, _)| known.source == observation.source).unwrap_or_else(|| {
            first.push((observation, false));
            first.len() - 1
        });
        let (known, told) = &mut first[position];
        if known.breakdown != observation.breakdown && !*told {
            *told = true;
            let found = format!("`{}` here and `{}` at {}", observation.breakdown, known.breakdown, known.place);
            let help = "name the dimension in the indicator's `select` in input/indicators.toml";
            let expected = format!("one breakdown for `{}`", observation.indicator);
            diagnostics.push(Diagnostic::new(&SEVERAL_BREAKDOWNS, observation.place.clone(), expected, found, help));
        }
    }
}

fn key(observation: &Observation) -> (Geo, TimePeriod, &Word, &Word, &Word) {
    (observation.geo, observation.time_period, &observation.unit, &observation.breakdown, &observation.edition)
}

/// A fault that many cells share: reported once, with the first place and how often.
struct Fault {
    rule: &'static Rule,
    place: Place,
    expected: String,
    found: String,
    help: String,
    times: usize,
}

impl Fault {
    fn diagnostic(self) -> Diagnostic {
        let found = if self.times > 1 { format!("{}, {} times from here on", self.found, self.times) } else { self.found };
        Diagnostic::new(self.rule, self.place, self.expected, found, self.help)
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") }
}

/// What is read from a series.
struct Resolved<'a> {
    breakdown: Word,
    edition: Word,
    /// Position in `indicators.toml`, the indicator, its binding and the factor to its unit.
    indicators: Vec<(usize, &'a Indicator, &'a Binding, f64)>,
}

struct Observer<'a> {
    input: &'a Input<'a>,
    /// Id of the input.
    source: Word,
    settings: &'a Settings,
    /// By location: a line of a text file may hold several figures.
    corrections: HashMap<&'a str, Vec<&'a Correction>>,
    /// How many figures a correction was applied to, and what it met that is not what it puts right.
    used: HashMap<&'a Place, usize>,
    missed: HashMap<&'a str, String>,
    geos: FxHashMap<Word, Option<Geo>>,
    periods: FxHashMap<Word, Option<TimePeriod>>,
    /// By the address of a series, which its readings share.
    resolved: FxHashMap<usize, Arc<Resolved<'a>>>,
    observations: Vec<(usize, Observation)>,
    faults: BTreeMap<(&'static str, String), Fault>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Observer<'a> {
    fn new(input: &'a Input<'a>, settings: &'a Settings) -> Self {
        let mut corrections: HashMap<&str, Vec<&Correction>> = HashMap::new();
        for correction in settings.corrections.of(&input.name) {
            corrections.entry(&correction.location).or_default().push(correction);
        }
        Self {
            input,
            source: input.origin.id.as_str().into(),
            settings,
            corrections,
            used: HashMap::new(),
            missed: HashMap::new(),
            geos: FxHashMap::default(),
            periods: FxHashMap::default(),
            resolved: FxHashMap::default(),
            observations: Vec::with_capacity(input.figures.readings.len()),
            faults: BTreeMap::new(),
            diagnostics: Vec::new(),
        }
    }

    fn fault(&mut self, rule: &'static Rule, reading: &Reading, expected: &str, found: String, help: &str) {
        let place = || reading.at.place(&self.input.name);
        let entry = self.faults.entry((rule.id, found.clone()));
        entry
            .or_insert_with(|| Fault { rule, place: place(), expected: expected.to_owned(), found, help: help.to_owned(), times: 0 })
            .times += 1;
    }

    fn observe(&mut self, reading: &Reading) {
        let (Some(geo), Some(time_period)) = (self.geo(reading), self.period(reading)) else { return };
        let series = Arc::as_ptr(&reading.series).addr();
        let resolved = match self.resolved.get(&series) {
            Some(known) => Arc::clone(known),
            None => {
                let found = Arc::new(self.resolve(reading));
                Arc::clone(self.resolved.entry(series).or_insert(found))
            }
        };
        let place = reading.at.place(&self.input.name);
        let mut printed = reading.value.clone();
        let as_printed = as_printed(&printed);
        let mut note = reading.note.clone();
        if !self.corrections.is_empty() {
            let location = place.location();
            if let Some((location, corrections)) = self.corrections.get_key_value(location.as_str()) {
                match corrections.iter().find(|c| c.column == "obs_value" && c.found == as_printed) {
                    None => drop(self.missed.insert(location, format!("`{as_printed}` in obs_value"))),
                    Some(correction) => {
                        *self.used.entry(&correction.place).or_default() += 1;
                        self.diagnostics.push(correct::told_at(correction, place.clone()));
                        printed = Printed::Text(correction.value.as_str().into());
                        note = if note.is_empty() { correction.note().into() } else { format!("{note}; {}", correction.note()).into() };
                    }
                }
            }
        }
        let corrected = printed != reading.value;
        let (value, mut flags) = match parse(&printed) {
            Ok(parsed) => parsed,
            Err((expected, found)) => {
                let help = "correct the cell, or list it in input/corrections.csv with the reason";
                self.diagnostics.push(Diagnostic::new(&figures::NOT_A_FIGURE, place, expected, found, help));
                return;
            }
        };
        match Flags::parse(&reading.flags) {
            Ok(further) => flags = flags.union(&further),
            Err(unknown) => self.fault(&UNKNOWN_FLAG, reading, "flags such as b, e, p, bu", format!("`{}`", unknown.0), "correct the flag"),
        }
        for (position, indicator, binding, factor) in &resolved.indicators {
            let value = self.value(value, &flags, reading.decimals.filter(|_| !corrected), indicator, binding, *factor, &mut note);
            if let (Some(figure), Some((low, high))) = (value.figure(), indicator.valid_range)
                && !(low..=high).contains(&figure.value())
            {
                let expected = format!("a value from {low} to {high}");
                let help = "correct the cell, or the indicator's valid_range in input/indicators.toml";
                self.diagnostics.push(Diagnostic::new(&OUT_OF_RANGE, place.clone(), expected, figure.to_string(), help));
            }
            let alternatives = if corrected { Vec::new() } else { alternatives(&reading.alternatives, indicator, binding, *factor) };
            self.observations.push((
                *position,
                Observation {
                    indicator: indicator.code.clone(),
                    geo,
                    time_period,
                    unit: indicator.unit.code.clone(),
                    breakdown: resolved.breakdown.clone(),
                    edition: resolved.edition.clone(),
                    obs_value: value,
                    flags: flags.clone(),
                    flags_known: reading.flags_known,
                    alternatives,
                    note: note.clone(),
                    source: self.source.clone(),
                    place: place.clone(),
                    as_printed: as_printed.clone(),
                    corrected,
                },
            ));
        }
    }

    fn geo(&mut self, reading: &Reading) -> Option<Geo> {
        let known = match self.geos.get(&reading.geo) {
            Some(known) => *known,
            None => *self.geos.entry(reading.geo.clone()).or_insert_with(|| Geo::parse(&reading.geo)),
        };
        if known.is_none() {
            let help = Geo::suggest(&reading.geo).map_or_else(
                || "correct it, or add it to the vocabulary (src/vocabulary/geo.rs)".to_owned(),
                |near| format!("did you mean {} ({})?", near.name(), near.code()),
            );
            self.fault(&UNKNOWN_GEO, reading, "a country or aggregate", quoted(&reading.geo), &help);
        }
        known
    }

    fn period(&mut self, reading: &Reading) -> Option<TimePeriod> {
        let known = match self.periods.get(&reading.time_period) {
            Some(known) => *known,
            None => *self.periods.entry(reading.time_period.clone()).or_insert_with(|| TimePeriod::parse(&reading.time_period)),
        };
        if known.is_none() {
            let help = "write 2021, 2021-S1, 2021-Q1, 2021-01 or 2020-2021";
            self.fault(&UNKNOWN_PERIOD, reading, "a time period", quoted(&reading.time_period), help);
        }
        known
    }

    /// Finds the indicators that are read from the reading's series.
    fn resolve(&mut self, reading: &Reading) -> Resolved<'a> {
        let series = &reading.series;
        let unit = series.get("unit");
        let all = &self.settings.indicators;
        let mut indicators = Vec::new();
        for (position, (indicator, binding)) in all.indicators.iter().zip(&all.bindings).enumerate() {
            if !binding.sources.contains(&self.input.origin.id) || !selects(binding, series) {
                continue;
            }
            let factor = match (unit, binding.from_unit.as_slice()) {
                ("", [(_, factor)]) => Some(*factor),
                ("", several) => {
                    several.first().map(|(_, factor)| *factor).filter(|first| several.iter().all(|(_, factor)| factor == first))
                }
                (unit, units) => units.iter().find(|(known, _)| same(known, unit)).map(|(_, factor)| *factor),
            };
            match factor {
                Some(factor) => indicators.push((position, indicator, binding, factor)),
                None => {
                    let units: Vec<&str> = binding.from_unit.iter().map(|(unit, _)| unit.as_str()).collect();
                    let found = format!("`{unit}` for `{}`", indicator.code);
                    let help = "add the unit with its factor to `from_unit` in input/indicators.toml, or select another series";
                    self.fault(&UNIT_DIFFERS, reading, &format!("the unit {}", units.join(" or ")), found, help);
                }
            }
        }
        let edition = Some(series.get("edition")).filter(|edition| !edition.is_empty()).unwrap_or(&self.input.origin.edition);
        Resolved { breakdown: breakdown(series).into(), edition: edition.into(), indicators }
    }

    /// A source may hold a series in several units: those that an indicator does not declare are only told where it has another.
    fn tell_other_units(&mut self) {
        if self.faults.keys().all(|(rule, _)| *rule != UNIT_DIFFERS.id) {
            return;
        }
        let read: HashSet<&str> = self.observations.iter().map(|(_, observation)| observation.indicator.as_str()).collect();
        let other = |(rule, found): &(&'static str, String)| {
            *rule == UNIT_DIFFERS.id && read.iter().any(|code| found.ends_with(&format!(" for `{code}`")))
        };
        let (others, faults) = std::mem::take(&mut self.faults).into_iter().partition(|(key, _)| other(key));
        self.faults = faults;
        let told = |((_, found), fault): ((&str, String), Fault)| {
            let help =
                "nothing to do if the publisher gives several units; else correct the unit, or add it to `from_unit` with its factor";
            ((OTHER_UNIT.id, found), Fault { rule: &OTHER_UNIT, help: help.to_owned(), ..fault })
        };
        self.faults.extend(BTreeMap::into_iter(others).map(told));
    }

    /// The value in the indicator's unit.
    #[expect(clippy::too_many_arguments, reason = "each is one fact about one cell")]
    fn value(
        &self,
        value: Parsed,
        flags: &Flags,
        cell_decimals: Option<u8>,
        indicator: &Indicator,
        binding: &Binding,
        factor: f64,
        note: &mut Word,
    ) -> ObsValue {
        match value {
            // The flag may stand in a column of its own.
            Parsed::Missing(Missing::NotAvailable) if flags.has('C') => ObsValue::Missing(Missing::Confidential),
            Parsed::Missing(Missing::NotAvailable) if flags.has('m') => ObsValue::Missing(Missing::NotApplicable),
            Parsed::Missing(missing) => ObsValue::Missing(missing),
            Parsed::Number(number, _) if binding.missing.contains(&number) => {
                if note.is_empty() {
                    *note = format!("{number} in the source: no value").into();
                }
                ObsValue::Missing(Missing::NotAvailable)
            }
            Parsed::Number(number, _) if number == 0.0 && flags.has('n') => ObsValue::Missing(Missing::BelowHalfUnit),
            Parsed::Number(number, text_decimals) => {
                let decimals = cell_decimals.or(text_decimals).map_or(indicator.decimals, |shown| scaled_decimals(shown, factor));
                Figure::new(scale(number, factor), decimals).map_or(ObsValue::Missing(Missing::NotAvailable), ObsValue::Figure)
            }
        }
    }

    /// Corrections that fit nothing, or more than one figure of their line.
    fn stale_corrections(&mut self) {
        let mut all: Vec<&Correction> = self.corrections.values().flatten().copied().collect();
        all.sort_by(|a, b| a.place.cmp(&b.place));
        for correction in &all {
            let twin = |c: &&Correction| (&c.location, &c.found) == (&correction.location, &correction.found);
            let found = match self.used.get(&correction.place) {
                Some(1) => continue,
                Some(times) => format!("it {times} times on that line"),
                None if all.iter().any(|c| twin(c) && self.used.contains_key(&c.place)) => {
                    "another line of corrections.csv that puts it right".to_owned()
                }
                None => self.missed.get(correction.location.as_str()).cloned().unwrap_or_else(|| "no figure there".to_owned()),
            };
            self.diagnostics.push(stale(correction, &found));
        }
    }
}

/// What the figures of a series are of, beyond indicator and unit: the positions on all other dimensions, in the order of the
/// source, joined by points: `IND_TOTAL`, `GE250.C10-S951_X_K`.
fn breakdown(series: &Series) -> String {
    let named = |name: &str| matches!(name, "indicator" | "unit" | "edition" | "freq" | "dataset");
    let rest = series.dimensions.iter().filter(|(name, position)| !named(name) && !position.is_empty());
    rest.map(|(_, position)| &**position).collect::<Vec<_>>().join(".")
}

fn stale(correction: &Correction, found: &str) -> Diagnostic {
    let expected = format!("`{}` in {} at {} {}", correction.found, correction.column, correction.file, correction.location);
    let help = "look at the source again, and correct or remove this line of corrections.csv";
    Diagnostic::new(&CORRECTION_STALE, correction.place.clone(), expected, found, help)
}

/// The other values of a cell, in the indicator's unit; `:` where one of them is none.
fn alternatives(text: &str, indicator: &Indicator, binding: &Binding, factor: f64) -> Vec<String> {
    let parts = text.split('|').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| match parse_text(part) {
            Some((Parsed::Number(number, _), _)) => {
                let value = scale(number, factor);
                let outside = indicator.valid_range.is_some_and(|(low, high)| !(low..=high).contains(&value));
                if binding.missing.contains(&number) || outside { ":".to_owned() } else { value.to_string() }
            }
            Some((Parsed::Missing(_), _)) => ":".to_owned(),
            None => part.to_owned(),
        })
        .collect()
}
