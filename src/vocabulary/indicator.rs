//! Indicators: what is measured and how it is shown, as `input/indicators.toml` tells it.

use super::{Geo, Unit, Word};

/// Which end of an indicator is the good one. An indicator without one is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    HigherIsBetter,
    LowerIsBetter,
}

/// An EU target for a year, in the indicator's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub value: f64,
    pub year: i32,
    /// Who set it: `Decision (EU) 2022/2481`.
    pub set_by: String,
}

/// How an indicator's group is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Drawing {
    /// One line chart with a value table per indicator.
    Line,
    /// Dimensions and indicators as bars with the average's mark.
    Bars,
    /// Dots of country and average on one scale.
    Scoreboard,
    /// In tables only.
    Table,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Unique code: `I_IUGOV12`, `EGOV_1.1`, `S1.01`, `DESI_4a1`.
    pub code: Word,
    /// Printed name.
    pub label: String,
    /// Name where space is short (at most some 30 characters).
    pub short: String,
    /// Printed names by the edition up to which they hold, oldest first: (`2022`, `Authentic sources`).
    pub labels_until: Vec<(String, String)>,
    /// Key of the group it is shown in (`use`, `benchmark`, `eif`, `desi`), in `indicators.toml`.
    pub group: String,
    /// Its dimension or scoreboard within the group; empty if there is none.
    pub dimension: String,
    /// Whether it sums up its dimension (bold, first).
    pub is_dimension: bool,
    pub unit: Unit,
    pub polarity: Option<Polarity>,
    /// Published averages in the order in which they are shown, the first one leading.
    pub averages: Vec<Geo>,
    /// Decimals shown.
    pub decimals: u8,
    pub valid_range: Option<(f64, f64)>,
    pub target: Option<Target>,
    /// Shown in the picture of the first page.
    pub headline: bool,
    /// Shown as a tile among the key figures.
    pub key_figure: bool,
}

impl Indicator {
    /// The name that the given edition of its source prints.
    pub fn label_in(&self, edition: &str) -> &str {
        self.labels_until.iter().find(|(until, _)| edition <= until.as_str()).map_or(&self.label, |(_, label)| label)
    }
}
