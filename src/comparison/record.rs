//! Comparisons as rows of the dataset `comparisons`.

use super::{Comparison, Rank};
use crate::dataset::{Column, ColumnType, Record, Schema, Value, column};
use crate::vocabulary::{Figure, Lines, Place, TimePeriod};

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
    column("breakdown", ColumnType::Text, "population that both values are of, code"),
    column("band", ColumnType::Number, "distance from the average up to which the country is close to it"),
    column("change_from", ColumnType::Text, "period that the change counts from"),
    column("change_refused", ColumnType::Text, "why no change is computed although there is an earlier value"),
    column("trend_long_from", ColumnType::Text, "first period of the long trend"),
    column("convergence_from", ColumnType::Text, "first period with a value of country and average"),
    column("without", ColumnType::Text, "Member States that a computed average leaves out, separated by |"),
    column("certainty", ColumnType::Text, "ambiguous where a source does not settle one of the two values"),
];

impl Record for Comparison {
    const SCHEMA: Schema = Schema {
        name: "comparisons",
        title: "Comparisons",
        row: "the publication's country beside one average at one time",
        columns: COLUMNS,
        key: &["indicator", "geo", "time_period", "unit", "edition", "average_geo", "breakdown"],
    };

    fn values(&self) -> Vec<Value> {
        let figure = |f: Option<Figure>| f.map_or(Value::Missing, |f| Value::Number(f.value(), f.decimals()));
        let decimals = self.average.map_or(1, Figure::decimals).max(self.country.map_or(1, Figure::decimals));
        let number = |n: Option<f64>, decimals: u8| n.map_or(Value::Missing, |n| Value::Number(n, decimals));
        let rank = |r: Option<Rank>| r.map_or([Value::Missing, Value::Missing], |r| [r.rank, r.of].map(|n| Value::Integer(i64::from(n))));
        let place = |p: &Option<Place>| p.as_ref().map_or(Value::Missing, |p| Value::text(p.to_string()));
        let period = |p: Option<TimePeriod>| p.map_or(Value::Missing, |p| Value::text(p.to_string()));
        let [rank_all, rank_of] = rank(self.rank);
        let [rank_eu, rank_eu_of] = rank(self.rank_eu);
        vec![
            Value::word(&self.indicator),
            Value::text(self.geo.code()),
            Value::text(self.time_period.to_string()),
            Value::word(&self.unit),
            Value::word(&self.edition),
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
            Value::text(self.trend_short.to_string()),
            Value::text(self.trend_long.to_string()),
            number(self.convergence, decimals),
            number(self.target, decimals),
            number(self.target_gap, decimals),
            Value::text(&self.incomparable),
            place(&self.country_place),
            place(&self.average_place),
            Value::word(&self.breakdown),
            number(self.band, decimals),
            period(self.change_from),
            Value::text(self.change_refused),
            period(self.trend_long_from),
            period(self.convergence_from),
            Value::text(self.without.iter().map(|g| g.code()).collect::<Vec<_>>().join("|")),
            Value::text(if self.uncertain { "ambiguous" } else { "certain" }),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        None
    }
}
