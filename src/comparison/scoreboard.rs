//! Level and change together: the classes of the Social Scoreboard (Joint Employment Report), METHODS.md section 5.

use super::field::Fields;
use crate::dataset::{Column, ColumnType, Record, Schema, Value, column};
use crate::settings::methods::{Methods, Threshold};
use crate::vocabulary::{Lines, TimePeriod, Word};

/// The seven classes, best first as tables list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    BestPerformers,
    BetterThanAverage,
    GoodButToMonitor,
    OnAverage,
    WeakButImproving,
    ToWatch,
    CriticalSituation,
}

impl Class {
    pub const ALL: [Self; 7] = [
        Self::BestPerformers,
        Self::BetterThanAverage,
        Self::GoodButToMonitor,
        Self::OnAverage,
        Self::WeakButImproving,
        Self::ToWatch,
        Self::CriticalSituation,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BestPerformers => "best performers",
            Self::BetterThanAverage => "better than average",
            Self::GoodButToMonitor => "good but to monitor",
            Self::OnAverage => "on average",
            Self::WeakButImproving => "weak but improving",
            Self::ToWatch => "to watch",
            Self::CriticalSituation => "critical situation",
        }
    }
}

/// The words of [`Class::ALL`], best first.
pub const CLASSES: [&str; 7] = {
    let mut words = [""; 7];
    let mut i = 0;
    while i < words.len() {
        words[i] = Class::ALL[i].as_str();
        i += 1;
    }
    words
};

/// The class of a level and a change in standard deviations, both turned so that positive is worse.
/// `deteriorated`: the raw value itself became worse.
pub fn class(level: f64, change: f64, deteriorated: bool, methods: &Methods) -> Class {
    let near = methods.get(Threshold::ClassNear);
    let far = methods.get(Threshold::ClassFar);
    let middling = -near < level && level <= near;
    // Where all improve, a slow one looks worse without having become so: its change does not count against a sound level.
    if change >= far && !deteriorated && level <= near {
        return if level <= -far {
            Class::BestPerformers
        } else if level <= -near {
            Class::BetterThanAverage
        } else {
            Class::OnAverage
        };
    }
    if level > far && change > -far {
        Class::CriticalSituation
    } else if (near < level && level <= far && change > -far) || (middling && change > far) {
        Class::ToWatch
    } else if level > near && change <= -far {
        Class::WeakButImproving
    } else if level <= -near && change > far {
        Class::GoodButToMonitor
    } else if (-far < level && level <= -near && change <= far) || (middling && change <= -far) {
        Class::BetterThanAverage
    } else if level <= -far && change <= far {
        Class::BestPerformers
    } else {
        Class::OnAverage
    }
}

/// What the classes of one indicator and period were cut with: a row of `cut_offs`.
#[derive(Clone, Debug, PartialEq)]
pub struct CutOff {
    pub indicator: Word,
    pub time_period: TimePeriod,
    pub edition: Word,
    pub unit: Word,
    pub breakdown: Word,
    pub levels: Cut,
    pub changes: Cut,
}

/// Mean, population standard deviation and the four bounds at one and half a standard deviation, lowest first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    pub mean: f64,
    pub standard_deviation: f64,
    pub members: u32,
    pub bounds: [f64; 4],
}

/// The cut-offs of every indicator and period that has classes.
pub fn cut_offs(fields: &Fields<'_>) -> Vec<CutOff> {
    let near = fields.methods.get(Threshold::ClassNear);
    let far = fields.methods.get(Threshold::ClassFar);
    let cut = |m: super::field::Moments| Cut {
        mean: m.mean,
        standard_deviation: m.deviation,
        members: m.members,
        bounds: [-far, -near, near, far].map(|t| m.mean + t * m.deviation),
    };
    let mut rows = Vec::new();
    for series in fields.series.iter().filter(|s| s.indicator.polarity.is_some()) {
        for field in &series.fields {
            if let (Some(levels), Some(changes)) = (field.levels, field.shifts)
                && levels.deviation > 0.0
                && changes.deviation > 0.0
            {
                rows.push(CutOff {
                    indicator: series.indicator.code.clone(),
                    time_period: field.time_period,
                    edition: series.edition.clone(),
                    unit: series.unit.clone(),
                    breakdown: series.breakdown.clone(),
                    levels: cut(levels),
                    changes: cut(changes),
                });
            }
        }
    }
    rows
}

const COLUMNS: &[Column] = &[
    column("indicator", ColumnType::Text, "indicator code"),
    column("time_period", ColumnType::Text, "period of the levels"),
    column("mean", ColumnType::Number, "unweighted mean of the levels of the Member States that report"),
    column("standard_deviation", ColumnType::Number, "population standard deviation of these levels"),
    column("members", ColumnType::Integer, "how many Member States report a level"),
    column("t1", ColumnType::Number, "level one standard deviation below the mean"),
    column("t2", ColumnType::Number, "level half a standard deviation below the mean"),
    column("t3", ColumnType::Number, "level half a standard deviation above the mean"),
    column("t4", ColumnType::Number, "level one standard deviation above the mean"),
    column("edition", ColumnType::Text, "edition of the source"),
    column("unit", ColumnType::Text, "unit of the levels, code"),
    column("breakdown", ColumnType::Text, "population that the figures are of, code"),
    column("change_mean", ColumnType::Number, "unweighted mean of the changes of the Member States that report one"),
    column("change_standard_deviation", ColumnType::Number, "population standard deviation of these changes"),
    column("change_members", ColumnType::Integer, "how many Member States report a change"),
    column("change_t1", ColumnType::Number, "change one standard deviation below the mean"),
    column("change_t2", ColumnType::Number, "change half a standard deviation below the mean"),
    column("change_t3", ColumnType::Number, "change half a standard deviation above the mean"),
    column("change_t4", ColumnType::Number, "change one standard deviation above the mean"),
];

impl Record for CutOff {
    const SCHEMA: Schema = Schema {
        name: "cut_offs",
        title: "Cut-offs",
        row: "what the classes of level and change of one indicator and period were cut with",
        columns: COLUMNS,
        key: &["indicator", "time_period", "edition", "unit", "breakdown"],
    };

    fn values(&self) -> Vec<Value> {
        let cells = |cut: &Cut| {
            let [t1, t2, t3, t4] = cut.bounds.map(|t| Value::Number(t, 2));
            [Value::Number(cut.mean, 2), Value::Number(cut.standard_deviation, 2), Value::Integer(i64::from(cut.members)), t1, t2, t3, t4]
        };
        let mut row = vec![Value::word(&self.indicator), Value::text(self.time_period.to_string())];
        row.extend(cells(&self.levels));
        row.extend([Value::word(&self.edition), Value::word(&self.unit), Value::word(&self.breakdown)]);
        row.extend(cells(&self.changes));
        row
    }

    fn lines(&self) -> Option<Lines> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Class::{
        BestPerformers as Best, BetterThanAverage as Better, CriticalSituation as Critical, GoodButToMonitor as Monitor,
        OnAverage as Average, ToWatch as Watch, WeakButImproving as Improving,
    };
    use super::*;
    use crate::settings::methods;

    fn methods() -> Methods {
        methods::read("input/methods.toml", include_str!("../../input/methods.toml")).value
    }

    #[test]
    fn the_published_vectors_hold() {
        let table = [
            (-1.5, [Best, Best, Monitor]),
            (-0.75, [Better, Better, Monitor]),
            (0.0, [Better, Average, Watch]),
            (0.75, [Improving, Watch, Watch]),
            (1.5, [Improving, Critical, Critical]),
        ];
        for (level, classes) in table {
            for (change, expected) in [-1.5, 0.0, 1.5].into_iter().zip(classes) {
                assert_eq!(class(level, change, true, &methods()), expected, "L {level}, D {change}");
            }
        }
    }

    #[test]
    fn a_change_that_is_no_deterioration_does_not_count_against_a_sound_level() {
        for (level, expected) in [(-1.5, Best), (-0.75, Better), (0.0, Average), (0.75, Watch), (1.5, Critical)] {
            assert_eq!(class(level, 1.5, false, &methods()), expected, "L {level}");
        }
    }

    #[test]
    fn the_bounds_belong_to_the_classes_that_the_rules_give_them_to() {
        for (level, change, expected) in [
            (1.0, 0.0, Watch),
            (0.5, 0.0, Average),
            (-0.5, 0.0, Better),
            (-1.0, 0.0, Best),
            (1.1, -1.0, Improving),
            (0.6, -1.0, Improving),
            (0.0, -1.0, Better),
            (0.0, 1.0, Average),
            (-0.5, 1.1, Monitor),
            (-1.0, 1.0, Best),
        ] {
            assert_eq!(class(level, change, true, &methods()), expected, "L {level}, D {change}");
        }
    }
}
