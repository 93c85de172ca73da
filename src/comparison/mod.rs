//! Dataset -> Comparison: a country beside an average, by the rules of METHODS.md.

use crate::dataset::{Column, ColumnType, Record, Schema, Value, column};
use crate::vocabulary::{Figure, Geo, Lines, Place, TimePeriod};

/// Where a country stands beside an average, with the band of METHODS.md section 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    Above,
    CloseTo,
    Below,
}

impl Position {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::CloseTo => "close to",
            Self::Below => "below",
        }
    }
}

/// Standard competition ranking (1224) among those that report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    pub rank: u32,
    pub of: u32,
}

/// A publication's country beside one average at one time: a row of `comparisons`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub indicator: String,
    pub geo: Geo,
    pub time_period: TimePeriod,
    pub unit: String,
    pub edition: String,
    pub country: Option<Figure>,
    /// The published aggregate, or `EU27_2020` for a mean of our own.
    pub average_geo: Option<Geo>,
    /// `published` or `computed unweighted`.
    pub average_kind: &'static str,
    pub average: Option<Figure>,
    /// Country minus average in the unit (percentage points for percentages).
    pub gap: Option<f64>,
    pub ratio: Option<f64>,
    pub position: Option<Position>,
    /// Among all countries that report.
    pub rank: Option<Rank>,
    /// Among the EU Member States that report.
    pub rank_eu: Option<Rank>,
    pub z_score: Option<f64>,
    /// Against the previous period with a value.
    pub change: Option<f64>,
    /// Class of the Social Scoreboard, in words.
    pub level_class: Option<&'static str>,
    /// Words of the SDG trend; `not assessed: <reason>` where there is none.
    pub trend_short: String,
    pub trend_long: String,
    pub convergence: Option<f64>,
    pub target: Option<f64>,
    pub target_gap: Option<f64>,
    /// Why there is no gap; empty where there is one.
    pub incomparable: String,
    pub country_place: Option<Place>,
    pub average_place: Option<Place>,
}

const COLUMNS: &[Column] = &[
    column("indicator", ColumnType::Text, "indicator code"),
    column("geo", ColumnType::Text, "country, Eurostat code"),
    column("time_period", ColumnType::Text, "period of both values"),
    column("unit", ColumnType::Text, "unit of both values, code"),
    column("edition", ColumnType::Text, "edition of the source"),
    column("country_value", ColumnType::Number, "the country's value"),
    column("average_geo", ColumnType::Text, "which average it is"),
    column("average_kind", ColumnType::Text, "published or computed unweighted"),
    column("average_value", ColumnType::Number, "the average's value"),
    column("gap", ColumnType::Number, "country minus average, percentage points or points"),
    column("ratio", ColumnType::Number, "country divided by average"),
    column("position", ColumnType::Text, "above, close to or below the average, with the printed band"),
    column("rank", ColumnType::Integer, "standard competition rank among all countries that report"),
    column("rank_of", ColumnType::Integer, "how many countries report"),
    column("rank_eu", ColumnType::Integer, "standard competition rank among EU Member States that report"),
    column("rank_eu_of", ColumnType::Integer, "how many EU Member States report"),
    column("z_score", ColumnType::Number, "distance from the unweighted mean of Member States in population standard deviations"),
    column("change", ColumnType::Number, "against the previous period with a value"),
    column("level_class", ColumnType::Text, "class of level and change after the Social Scoreboard"),
    column("trend_short", ColumnType::Text, "trend over five years after Eurostat's SDG method"),
    column("trend_long", ColumnType::Text, "trend over fifteen years or what the series has"),
    column("convergence", ColumnType::Number, "absolute gap now minus at the first common period; negative is closer"),
    column("target", ColumnType::Number, "the EU's target"),
    column("target_gap", ColumnType::Number, "country minus target"),
    column("incomparable", ColumnType::Text, "why there is no gap"),
    column("country_location", ColumnType::Text, "file and cell or line of the country's value"),
    column("average_location", ColumnType::Text, "file and cell or line of the average's value"),
];

impl Record for Comparison {
    const SCHEMA: Schema = Schema {
        name: "comparisons",
        title: "Comparisons",
        row: "the publication's country beside one average at one time",
        columns: COLUMNS,
        key: &["indicator", "geo", "time_period", "unit", "edition", "average_geo"],
    };

    fn values(&self) -> Vec<Value> {
        let figure = |f: Option<Figure>| f.map_or(Value::Missing, |f| Value::Number(f.value(), f.decimals()));
        let decimals = self.average.map_or(1, Figure::decimals).max(self.country.map_or(1, Figure::decimals));
        let number = |n: Option<f64>, decimals: u8| n.map_or(Value::Missing, |n| Value::Number(n, decimals));
        let rank = |r: Option<Rank>| r.map_or([Value::Missing, Value::Missing], |r| [r.rank, r.of].map(|n| Value::Integer(i64::from(n))));
        let place = |p: &Option<Place>| p.as_ref().map_or(Value::Missing, |p| Value::text(p.to_string()));
        let [rank_all, rank_of] = rank(self.rank);
        let [rank_eu, rank_eu_of] = rank(self.rank_eu);
        vec![
            Value::text(&self.indicator),
            Value::text(self.geo.code()),
            Value::text(self.time_period.to_string()),
            Value::text(&self.unit),
            Value::text(&self.edition),
            figure(self.country),
            self.average_geo.map_or(Value::Missing, |g| Value::text(g.code())),
            Value::text(self.average_kind),
            figure(self.average),
            number(self.gap, decimals),
            number(self.ratio, 2),
            self.position.map_or(Value::Missing, |p| Value::text(p.as_str())),
            rank_all,
            rank_of,
            rank_eu,
            rank_eu_of,
            number(self.z_score, 2),
            number(self.change, decimals),
            self.level_class.map_or(Value::Missing, Value::text),
            Value::text(&self.trend_short),
            Value::text(&self.trend_long),
            number(self.convergence, decimals),
            number(self.target, decimals),
            number(self.target_gap, decimals),
            Value::text(&self.incomparable),
            place(&self.country_place),
            place(&self.average_place),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        None
    }
}
