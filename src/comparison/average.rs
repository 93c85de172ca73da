//! Averages: published ones under their own names, else an unweighted mean of our own; METHODS.md section 3.

use super::field::{Field, Fields, Series};
use crate::settings::methods::{Methods, Threshold};
use crate::vocabulary::{Figure, Geo, Indicator, Place};

/// The aggregate that a mean of today's 27 Member States stands for.
fn own_mean() -> Geo {
    Geo::parse("EU27_2020").expect("the vocabulary has today's Union")
}

/// An average at one period.
#[derive(Clone, Debug, PartialEq)]
pub enum Average<'a> {
    Published {
        geo: Geo,
        figure: Figure,
        place: &'a Place,
        uncertain: bool,
    },
    /// Unweighted mean of the Member States that report; `without` are the others.
    Computed {
        geo: Geo,
        figure: Figure,
        without: Vec<Geo>,
    },
}

impl Average<'_> {
    pub fn geo(&self) -> Geo {
        match self {
            Self::Published { geo, .. } | Self::Computed { geo, .. } => *geo,
        }
    }

    pub fn figure(&self) -> Figure {
        match self {
            Self::Published { figure, .. } | Self::Computed { figure, .. } => *figure,
        }
    }

    /// As the column `average_kind` names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Published { .. } => "published",
            Self::Computed { .. } => "computed unweighted",
        }
    }
}

/// The averages of an indicator at one period, in the order of `of`: every published one, and a mean of our own only where there is none.
pub fn averages<'a>(indicator: &Indicator, of: &[Geo], field: &Field<'a>, methods: &Methods) -> Vec<Average<'a>> {
    let published: Vec<Average> = of
        .iter()
        .filter_map(|geo| {
            let observation = field.observation(*geo)?;
            Some(Average::Published {
                geo: *geo,
                figure: observation.obs_value.figure()?,
                place: &observation.place,
                uncertain: !observation.alternatives.is_empty(),
            })
        })
        .collect();
    if !published.is_empty() {
        return published;
    }
    computed(indicator, field, methods).into_iter().collect()
}

fn computed<'a>(indicator: &Indicator, field: &Field<'_>, methods: &Methods) -> Option<Average<'a>> {
    if f64::from(field.members) < methods.get(Threshold::Quorum) || methods.get(Threshold::Quorum).is_nan() {
        return None;
    }
    let figure = Figure::new(field.levels?.mean, indicator.decimals)?;
    let without = Geo::all().filter(|g| g.is_member_state() && field.value(*g).is_none()).collect();
    Some(Average::Computed { geo: own_mean(), figure, without })
}

/// Why a period has no average to compare with: it is there, but of another aggregate, unit, breakdown, edition or period.
pub fn absent(fields: &Fields<'_>, series: &Series<'_>, field: &Field<'_>) -> String {
    let names = |geos: Vec<Geo>| geos.iter().map(|g| g.code()).collect::<Vec<_>>().join(", ");
    let wanted = names(series.averages.clone());
    let other: Vec<Geo> = series.other_aggregates.iter().copied().filter(|g| field.value(*g).is_some()).collect();
    if !other.is_empty() {
        return format!("aggregates differ: {} is published, not {wanted}", names(other));
    }
    let siblings = || {
        fields
            .series
            .iter()
            .filter(|s| s.indicator.code == series.indicator.code)
            .filter(|s| s.fields.iter().any(|f| f.time_period == field.time_period && s.averages.iter().any(|a| f.value(*a).is_some())))
    };
    if let Some(sibling) = siblings().find(|s| s.unit != series.unit) {
        return format!("units differ: the country in {}, the average in {}", series.unit, sibling.unit);
    }
    if let Some(sibling) = siblings().find(|s| s.breakdown != series.breakdown) {
        return format!("breakdowns differ: the country of {}, the average of {}", series.breakdown, sibling.breakdown);
    }
    if let Some(sibling) = siblings().find(|s| s.edition != series.edition) {
        return format!("editions differ: the country of {}, the average of {}", series.edition, sibling.edition);
    }
    let nearest = series
        .fields
        .iter()
        .filter(|f| series.averages.iter().any(|a| f.value(*a).is_some()))
        .min_by_key(|f| (f.time_period.end_year().abs_diff(field.time_period.end_year()), std::cmp::Reverse(f.time_period)));
    if let Some(nearest) = nearest {
        return format!("periods differ: the country of {}, the nearest average of {}", field.time_period, nearest.time_period);
    }
    let quorum = fields.methods.get(Threshold::Quorum);
    format!("no average is published, and {} Member States report where a mean needs {quorum}", field.members)
}
