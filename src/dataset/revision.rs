//! `revisions`: figures that a source revised after an earlier publication, as a publication tells them.

use super::{Column, ColumnType, Observation, Record, Schema, Value, column};
use crate::diagnostic::{Checked, Diagnostic};
use crate::settings::revisions::{self, REVISION_STALE};
use crate::vocabulary::{Edtf, Figure, Geo, Lines, Place, TimePeriod, Word};

/// A figure that stood otherwise in an earlier publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub indicator: Word,
    pub geo: Geo,
    pub time_period: TimePeriod,
    pub unit: Word,
    pub breakdown: Word,
    pub edition: Word,
    /// What was published, with the decimals of the figure now or its own, whichever are more.
    pub before: Figure,
    pub after: Figure,
    /// When the revised file was put in place.
    pub revised: Edtf,
    /// Id of the source.
    pub source: Word,
    /// Cell or line in the earlier file; may be empty.
    pub location_before: String,
    /// Where the figure stands now.
    pub place: Place,
}

impl Revision {
    /// Whether it is of this observation.
    pub fn is_of(&self, o: &Observation) -> bool {
        (&self.indicator, self.geo, self.time_period, &self.unit, &self.breakdown, &self.edition)
            == (&o.indicator, o.geo, o.time_period, &o.unit, &o.breakdown, &o.edition)
    }
}

const COLUMNS: &[Column] = &[
    column("indicator", ColumnType::Text, "indicator code"),
    column("geo", ColumnType::Text, "country or aggregate, Eurostat code"),
    column("time_period", ColumnType::Text, "year, half-year, quarter, month or biennium"),
    column("unit", ColumnType::Text, "unit of measure, code"),
    column("breakdown", ColumnType::Text, "population that the figure is of, code"),
    column("edition", ColumnType::Text, "edition of the source"),
    column("before", ColumnType::Number, "value in an earlier publication, in the unit"),
    column("after", ColumnType::Number, "value that the source gives now, in the unit"),
    column("revised", ColumnType::Date, "day on which the revised file was put in place"),
    column("source", ColumnType::Text, "id of the source"),
    column("location_before", ColumnType::Text, "cell or line in the earlier file"),
    column("location", ColumnType::Text, "cell or line in the source"),
];

impl Record for Revision {
    const SCHEMA: Schema = Schema {
        name: "revisions",
        title: "Revisions",
        row: "one figure that its source revised after an earlier publication",
        columns: COLUMNS,
        key: &["indicator", "geo", "time_period", "unit", "breakdown", "edition"],
    };

    fn values(&self) -> Vec<Value> {
        let number = |figure: Figure| Value::Number(figure.value(), figure.decimals());
        vec![
            Value::word(&self.indicator),
            Value::text(self.geo.code()),
            Value::text(self.time_period.to_string()),
            Value::word(&self.unit),
            Value::word(&self.breakdown),
            Value::word(&self.edition),
            number(self.before),
            number(self.after),
            Value::text(self.revised.to_string()),
            Value::word(&self.source),
            Value::text(&self.location_before),
            Value::text(self.place.location()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        None
    }
}

/// The revisions that people listed, in the order of the observations that they are of. One whose observation is not there,
/// or has another value by now, is reported and left out.
pub fn of(listed: &[revisions::Revision], observations: &[Observation]) -> Checked<Vec<Revision>> {
    let mut found: Vec<(usize, Revision)> = Vec::with_capacity(listed.len());
    let mut diagnostics = Vec::new();
    for listed in listed {
        let same = |o: &Observation| {
            o.indicator == listed.indicator
                && Geo::parse(&listed.geo) == Some(o.geo)
                && TimePeriod::parse(&listed.time_period) == Some(o.time_period)
                && o.unit == listed.unit
                && o.breakdown == listed.breakdown
                && o.edition == listed.edition
        };
        let at = observations.iter().position(same);
        let now = at.and_then(|at| observations[at].obs_value.figure());
        match (at, now, listed.before.parse::<f64>(), listed.after.parse::<f64>()) {
            (Some(at), Some(after), Ok(before), Ok(listed_after)) if after.value() == listed_after => {
                let decimals = listed.before.split_once('.').map_or(0, |(_, part)| part.len());
                let decimals = u8::try_from(decimals).unwrap_or(u8::MAX).max(after.decimals());
                let (Some(before), Some(revised)) = (Figure::new(before, decimals), Edtf::iso(&listed.revised)) else { continue };
                let o = &observations[at];
                found.push((
                    at,
                    Revision {
                        indicator: o.indicator.clone(),
                        geo: o.geo,
                        time_period: o.time_period,
                        unit: o.unit.clone(),
                        breakdown: o.breakdown.clone(),
                        edition: o.edition.clone(),
                        before,
                        after,
                        revised,
                        source: o.source.clone(),
                        location_before: listed.location_before.clone(),
                        place: o.place.clone(),
                    },
                ));
            }
            (_, now, _, _) => {
                let what = format!("{} {} {}", listed.indicator, listed.geo, listed.time_period);
                let expected = format!("{} for {what}, edition {}", listed.after, listed.edition);
                let stands = now.map_or_else(|| "no such figure".to_owned(), |figure| figure.value().to_string());
                let help = "take the line out of input/revisions.csv, or correct it to what the source says now";
                diagnostics.push(Diagnostic::new(&REVISION_STALE, listed.place.clone(), expected, stands, help));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    Checked { value: found.into_iter().map(|(_, revision)| revision).collect(), diagnostics }
}
