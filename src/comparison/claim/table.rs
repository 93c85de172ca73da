//! What a factsheet states outside running text: the rows of its benchmark table and its statements on the EIF scoreboards.

use super::item::{find_words, fold, named};
use super::{Relation, Said, Stated, prose};
use crate::dataset::dpa::{BenchmarkRow, DpaDatasets, EifClaim};
use crate::settings::indicators::Indicators;
use crate::vocabulary::indicator::Drawing;
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Figure, Indicator};
use std::collections::BTreeMap;

/// Every row of the table twice, for the country and for the average, and every statement on a scoreboard: each of the
/// edition that the text names as its source.
pub fn stated<'a>(data: &DpaDatasets, indicators: &'a Indicators) -> Vec<Stated<'a>> {
    let rows = data.egovernment_benchmark.iter().flat_map(|row| of_row(row, indicators));
    let mut stated: Vec<Stated<'a>> = rows.chain(data.eif_claims.iter().flat_map(|claim| of_claim(claim, indicators))).collect();
    let editions: BTreeMap<&str, i32> = indicators.groups.iter().filter_map(|g| Some((g.key.as_str(), edition(&g.title, data)?))).collect();
    for one in &mut stated {
        one.edition = one.about.first().and_then(|i| editions.get(i.group.as_str()).copied());
    }
    stated
}

/// The year of all source lines that name a group: `Source: eGovernment Benchmark Report 2022 Country Factsheets`.
fn edition(title: &str, data: &DpaDatasets) -> Option<i32> {
    let sources = data.figures.iter().filter(|f| find_words(&fold(&f.source_text), &fold(title)).is_some());
    let mut years = sources.map(|f| prose::edition(&f.source_text));
    let first = years.next()??;
    years.all(|year| year == Some(first)).then_some(first)
}

fn of_row<'a>(row: &BenchmarkRow, indicators: &'a Indicators) -> Vec<Stated<'a>> {
    let about = about(row, indicators);
    let statement = format!("{} {}", row.dimension, row.indicator).trim().to_owned();
    let stated =
        |said: Said, words: String| Stated { statement: words, about: about.clone(), most: false, said, edition: None, lines: row.lines };
    let average = about.first().and_then(|i| i.averages.first()).copied();
    let of_average = row.eu_average.zip(average).map(|(f, geo)| stated(Said::Average(geo, f), format!("{statement}, {}: {f}", geo.name())));
    let of_country = row.country_value.map(|f| stated(Said::Values(vec![f]), format!("{statement}: {f}")));
    of_country.into_iter().chain(of_average).collect()
}

/// The indicator that a row names within its dimension, in any of the names it had; a row that sums up has the dimension's own.
fn about<'a>(row: &BenchmarkRow, indicators: &'a Indicators) -> Vec<&'a Indicator> {
    let same = |a: &str, b: &str| fold(a) == fold(b);
    let bars = indicators.groups.iter().filter(|g| g.drawing == Drawing::Bars).flat_map(|g| indicators.of_group(&g.key));
    let within: Vec<&Indicator> = bars.filter(|i| same(&i.dimension, &row.dimension)).collect();
    // `Online availability` within a dimension may print the dimension's word before it.
    let is_named = |i: &&Indicator| {
        let names = [&i.label, &i.short].into_iter().chain(i.labels_until.iter().map(|(_, name)| name));
        !i.is_dimension
            && names.into_iter().any(|name| same(name, &row.indicator) || fold(name).ends_with(&format!(" {}", fold(&row.indicator))))
    };
    let sums_up = fold(&row.indicator).starts_with("overall");
    match within.iter().copied().find(|i| if sums_up { i.is_dimension } else { is_named(i) }) {
        Some(indicator) => vec![indicator],
        None => Vec::new(),
    }
}

/// A statement with a score and a relation is two.
fn of_claim<'a>(claim: &EifClaim, indicators: &'a Indicators) -> Vec<Stated<'a>> {
    let candidates = scoreboard(&claim.scoreboard, indicators);
    let (about, most) = named(&claim.item, &claim.statement, &candidates);
    let scores: Vec<Figure> = claim
        .score
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter_map(|s| s.parse().ok())
        .filter_map(|v| Figure::new(v, 0))
        .collect();
    let mut said: Vec<Said> = Vec::new();
    // A score beside a recommendation is that recommendation's: no figure is held of those.
    if !scores.is_empty() && claim.recommendation.is_empty() {
        said.push(Said::Values(scores));
    }
    // To meet an average is to reach it, to mirror it is to be at it.
    let reaches = fold(&claim.statement).split(' ').any(|word| matches!(word, "meet" | "meets" | "met" | "reaches"));
    let relation = Relation::parse(&claim.relation_to_eu_average);
    said.extend(relation.map(|r| Said::Relation(if r == Relation::At && reaches { Relation::AtLeast } else { r })));
    if said.is_empty() {
        let mut words: Vec<String> = Vec::new();
        if !claim.score.is_empty() {
            words.push(format!("score {}", claim.score));
        }
        if !claim.recommendation.is_empty() {
            words.push(format!("recommendation {}", claim.recommendation));
        }
        if claim.area_for_improvement == Some(true) {
            words.push("area for improvement".to_owned());
        }
        said.push(Said::Words(if words.is_empty() { "words without a score".to_owned() } else { words.join(", ") }));
    }
    let stated = |said| Stated { statement: claim.statement.clone(), about: about.clone(), most, said, edition: None, lines: claim.lines };
    said.into_iter().map(stated).collect()
}

/// The indicators of a scoreboard by its number: the dimensions of the scored group in their order.
fn scoreboard<'a>(number: &str, indicators: &'a Indicators) -> Vec<&'a Indicator> {
    let scored: Vec<&Indicator> = indicators.indicators.iter().filter(|i| i.unit.kind == UnitKind::Score4).collect();
    let mut dimensions: Vec<&str> = Vec::new();
    for indicator in &scored {
        if !dimensions.contains(&indicator.dimension.as_str()) {
            dimensions.push(&indicator.dimension);
        }
    }
    let at = number.parse::<usize>().ok().and_then(|n| dimensions.get(n.checked_sub(1)?));
    at.map_or_else(Vec::new, |dimension| scored.into_iter().filter(|i| i.dimension == *dimension).collect())
}
