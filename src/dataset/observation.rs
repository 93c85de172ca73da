//! Observations: figures from the workbooks of `input/` and from the text.

use super::{Column, ColumnType, Record, Schema, Value, column};
use crate::settings::cut_off::{Cut, CutOffs, last_year};
use crate::vocabulary::{Flags, Geo, Lines, ObsValue, Place, TimePeriod, Word};
use std::collections::BTreeMap;

/// One figure. The key is indicator, geo, time period, unit, breakdown and edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Code of an [`crate::vocabulary::Indicator`].
    pub indicator: Word,
    pub geo: Geo,
    pub time_period: TimePeriod,
    /// Code of the unit, that of the indicator after scaling.
    pub unit: Word,
    pub breakdown: Word,
    /// Edition of its source.
    pub edition: Word,
    pub obs_value: ObsValue,
    pub flags: Flags,
    /// False where the source had no flags to read (figures read off a chart): unknown, not absent.
    pub flags_known: bool,
    /// Other values that the source gives for the same key; not empty means ambiguous.
    pub alternatives: Vec<String>,
    pub note: Word,
    /// Id of the source in `input/sources.toml`.
    pub source: Word,
    pub place: Place,
    /// The cell as it stands in the file, before scaling and corrections.
    pub as_printed: Word,
    /// A person put it right: the source says something else.
    pub corrected: bool,
}

const COLUMNS: &[Column] = &[
    column("indicator", ColumnType::Text, "indicator code"),
    column("geo", ColumnType::Text, "country or aggregate, Eurostat code"),
    column("time_period", ColumnType::Text, "year, half-year, quarter, month or biennium"),
    column("unit", ColumnType::Text, "unit of measure, code"),
    column("breakdown", ColumnType::Text, "population that the figure is of, code"),
    column("edition", ColumnType::Text, "edition of the source"),
    column("obs_value", ColumnType::Number, "observed value in the unit"),
    column("obs_status", ColumnType::Text, "observation status flags in alphabetical order"),
    column("conf_status", ColumnType::Text, "confidentiality status flags in alphabetical order"),
    column("flags_known", ColumnType::Boolean, "whether the source could carry flags"),
    column("certainty", ColumnType::Text, "certain or ambiguous"),
    column("alternatives", ColumnType::Text, "other values the source gives, separated by |"),
    column("note", ColumnType::Text, "what the source says about the value"),
    column("source", ColumnType::Text, "id of the source"),
    column("location", ColumnType::Text, "cell or line in the source"),
];

impl Record for Observation {
    const SCHEMA: Schema = Schema {
        name: "observations",
        title: "Observations",
        row: "one figure from the workbooks of input/ or the text",
        columns: COLUMNS,
        key: &["indicator", "geo", "time_period", "unit", "breakdown", "edition"],
    };

    fn values(&self) -> Vec<Value> {
        let value = match self.obs_value {
            ObsValue::Figure(figure) => Value::Number(figure.value(), figure.decimals()),
            ObsValue::Missing(_) => Value::Missing,
        };
        vec![
            Value::word(&self.indicator),
            Value::text(self.geo.code()),
            Value::text(self.time_period.to_string()),
            Value::word(&self.unit),
            Value::word(&self.breakdown),
            Value::word(&self.edition),
            value,
            Value::text(self.flags.obs_status()),
            Value::text(self.flags.conf_status()),
            Value::Boolean(self.flags_known),
            Value::text(if self.alternatives.is_empty() { "certain" } else { "ambiguous" }),
            Value::text(self.alternatives.join("|")),
            Value::word(&self.note),
            Value::word(&self.source),
            Value::text(self.place.location()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        None
    }
}

/// The observations that a publication may show: of each source nothing newer than its cut-off, and of each indicator and
/// period the newest edition that is left, for all countries the same one. A source without a cut-off is not shown.
pub fn select(observations: &[Observation], cut_offs: &CutOffs) -> Vec<Observation> {
    let within = |o: &&Observation| match cut_offs.by_source.get(o.source.as_str()) {
        Some(Cut::Edition(year)) => last_year(&o.edition).is_some_and(|edition| edition <= *year),
        Some(Cut::Period(year)) => o.time_period.end_year() <= *year,
        None => false,
    };
    type Newest<'a> = BTreeMap<(TimePeriod, &'a Word), (i32, &'a Word)>;
    let mut by_indicator: BTreeMap<&Word, Newest<'_>> = BTreeMap::new();
    let mut shown: Vec<&Observation> = Vec::with_capacity(observations.len());
    // Neighbours mostly share their indicator.
    for run in observations.chunk_by(|a, b| a.indicator == b.indicator) {
        let newest = by_indicator.entry(&run[0].indicator).or_default();
        for observation in run.iter().filter(within) {
            let edition = (last_year(&observation.edition).unwrap_or(i32::MIN), &observation.edition);
            let best = newest.entry((observation.time_period, &observation.breakdown)).or_insert(edition);
            *best = edition.max(*best);
            shown.push(observation);
        }
    }
    let mut selected = Vec::with_capacity(shown.len());
    for run in shown.chunk_by(|a, b| a.indicator == b.indicator) {
        let newest = &by_indicator[&run[0].indicator];
        let is_newest = |o: &&&Observation| newest.get(&(o.time_period, &o.breakdown)).is_some_and(|(_, edition)| **edition == o.edition);
        selected.extend(run.iter().filter(is_newest).map(|o| (*o).clone()));
    }
    selected
}

/// The first observations of an indicator beyond the cut-off of its source, for all countries: what is told as information
/// where a text speaks of something that no earlier figure measures. Empty for a source that the publication does not show.
pub fn later(observations: &[Observation], cut_offs: &CutOffs, indicator: &str) -> Vec<Observation> {
    let beyond = |o: &&Observation| {
        o.indicator == indicator
            && match cut_offs.by_source.get(o.source.as_str()) {
                Some(Cut::Edition(year)) => last_year(&o.edition).is_some_and(|edition| edition > *year),
                Some(Cut::Period(year)) => o.time_period.end_year() > *year,
                None => false,
            }
    };
    let first = observations.iter().filter(beyond).map(|o| (o.time_period, &o.edition)).min();
    observations
        .iter()
        .filter(beyond)
        .filter(|o| first.is_some_and(|(period, edition)| o.time_period == period && o.edition == *edition))
        .cloned()
        .collect()
}
