//! Plots of a country's figures: each takes what there is and is `None` where there is nothing to draw.

use super::chart::{
    Bars, Board, Chart, ChartKind, Distance, DistanceRow, Dumbbell, Extremes, GapGroup, GapPlot, LineChart, RankStrip, Ranks, Scoreboard,
    ValueRow, nice_axis,
};
use super::material::{self, Material};
use super::{Classes, Multiples, Shown, Standings, wording};
use crate::comparison::scoreboard::Class;
use crate::comparison::{Comparison, Rank};
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Geo, Indicator, Polarity, TimePeriod};

/// The printed name of an average: `EU`, `EU27+`.
pub fn average_name(average: Option<Geo>) -> String {
    average.map_or_else(String::new, |geo| geo.name().to_owned())
}

/// A row of country, average, gap and rank at the newest period with a value of the country.
pub fn value_row(material: &Material, indicator: &Indicator, label: &str) -> Option<ValueRow> {
    material.latest(indicator).map(|c| row_of(material, c, indicator, label))
}

fn row_of(material: &Material, c: &Comparison, indicator: &Indicator, label: &str) -> ValueRow {
    ValueRow {
        number: String::new(),
        label: label.to_owned(),
        mark: String::new(),
        country: material.country_value(c, indicator),
        average: material.average_value(c, indicator),
        gap: c.gap.map(|_| material::gap(c, indicator)),
        rank: material::rank_text(c),
        higher_is_better: indicator.polarity != Some(Polarity::LowerIsBetter),
    }
}

/// A country against the leading average over all periods, with one maximum for all charts that stand together.
pub fn line(material: &Material, indicator: &Indicator, maximum: f64, spark: bool) -> Option<Chart> {
    let periods = filled(&material.periods(indicator));
    let average = material.leading_average(indicator);
    let series = |geo: Geo| -> Vec<Shown> {
        periods
            .iter()
            .map(|p| {
                let o = material.observation(indicator, geo, *p);
                o.map_or_else(|| material::absent(indicator, geo, *p), |o| material::shown(o, indicator))
            })
            .collect()
    };
    let country = series(material.geo);
    if country.iter().all(|s| s.value.is_none()) {
        return None;
    }
    let gap = periods
        .iter()
        .map(|p| {
            let leading = material.comparisons_at(indicator, *p).first();
            leading.map_or_else(|| material::absent(indicator, material.geo, *p), |c| material::gap(c, indicator))
        })
        .collect();
    let averages = average.map(&series).unwrap_or_default();
    let chart = LineChart {
        country_code: material.geo.code().to_owned(),
        country_name: material.country.clone(),
        average_name: average_name(average),
        unit: if indicator.unit.kind == UnitKind::Percent { "%".to_owned() } else { String::new() },
        gap_unit: indicator.unit.gap_unit().to_owned(),
        periods,
        country,
        average: averages,
        gap: if average.is_some() { gap } else { Vec::new() },
        minimum: 0.0,
        maximum,
        spark,
    };
    Some(Chart {
        id: format!("{}{}", if spark { "spark-" } else { "" }, slug(&indicator.code)),
        finding: if spark { indicator.short.clone() } else { wording::line_finding(material, indicator) },
        what: wording::line_what(material, indicator),
        alt: wording::line_alt(&chart, indicator),
        kind: ChartKind::Line(chart),
        note: if spark { String::new() } else { wording::line_note(material, indicator) },
        source: source_line(material, &[indicator]),
    })
}

/// Years between the first and the last are filled in, so that a missing one shows as a gap.
fn filled(periods: &[TimePeriod]) -> Vec<TimePeriod> {
    match (periods.first(), periods.last()) {
        (Some(TimePeriod::Year(first)), Some(TimePeriod::Year(last))) if periods.iter().all(|p| matches!(p, TimePeriod::Year(_))) => {
            (*first..=*last).map(TimePeriod::Year).collect()
        }
        _ => periods.to_vec(),
    }
}

/// The highest value that country or average reach in these indicators.
pub fn shared_maximum(material: &Material, indicators: &[&Indicator]) -> f64 {
    let values = indicators.iter().flat_map(|i| {
        [Some(material.geo), material.leading_average(i)]
            .into_iter()
            .flatten()
            .flat_map(|geo| material.series(i, geo).filter_map(|(_, o)| o.obs_value.figure()).map(|f| f.value()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    });
    nice_axis(values.fold(0.0, f64::max)).0
}

/// Headline indicators by group, largest gap first, each group at its newest period.
fn headline_groups(material: &Material) -> Vec<GapGroup> {
    let groups = material.indicators.groups.iter().filter_map(|group| {
        let mut rows: Vec<(f64, ValueRow, &Comparison)> = material
            .group(&group.key)
            .filter(|i| i.headline && i.unit.kind != UnitKind::Score4)
            .filter_map(|i| material.latest(i).and_then(|c| c.gap.map(|gap| (gap, row_of(material, c, i, &i.short), c))))
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.label.cmp(&b.1.label)));
        let (_, _, first) = rows.first()?;
        let heading = format!("{}, {}", group.title, first.time_period.printed());
        let aside = wording::gap_aside(first.average_geo, group);
        Some(GapGroup { heading, aside, rows: rows.into_iter().map(|(_, row, _)| row).collect() })
    });
    groups.collect()
}

fn headline_indicators<'a>(material: &'a Material) -> Vec<&'a Indicator> {
    material.indicators.indicators.iter().filter(|i| i.headline).collect()
}

/// All headline indicators as distances from the average, grouped by source.
pub fn gap(material: &Material) -> Option<Chart> {
    let groups = headline_groups(material);
    (!groups.is_empty()).then(|| Chart {
        id: "position".to_owned(),
        finding: wording::position_finding(material),
        what: wording::position_what(material),
        alt: wording::gap_alt(material, &groups),
        kind: ChartKind::Gap(GapPlot {
            country_code: material.geo.code().to_owned(),
            country_name: material.country.clone(),
            average_name: "EU".to_owned(),
            groups,
        }),
        note: wording::position_note(),
        source: source_line(material, &headline_indicators(material)),
    })
}

/// The same on one scale of 0 to 100, country and average as two ends of a bar.
pub fn dumbbell(material: &Material) -> Option<Chart> {
    let groups = headline_groups(material);
    (!groups.is_empty()).then(|| Chart {
        id: "headlines".to_owned(),
        finding: wording::position_finding(material),
        what: wording::dumbbell_what(material),
        alt: wording::gap_alt(material, &groups),
        kind: ChartKind::Dumbbell(Dumbbell {
            country_name: material.country.clone(),
            average_name: "EU".to_owned(),
            minimum: 0.0,
            maximum: 100.0,
            groups,
        }),
        note: String::new(),
        source: source_line(material, &headline_indicators(material)),
    })
}

/// Gaps that the chart of the largest ones shows: half on either side of the average, more where the other has fewer.
const EXTREMES: usize = 8;

/// The largest gaps on either side of the average among all indicators of 0 to 100.
pub fn extremes(material: &Material) -> Option<Chart> {
    let single = material.indicators.indicators.iter().filter(|i| !i.is_dimension);
    let mut rows: Vec<(f64, &Indicator, String, ValueRow)> = single
        .filter(|i| matches!(i.unit.kind, UnitKind::Percent | UnitKind::Score100))
        .filter_map(|i| {
            let c = material.latest(i)?;
            let group = material.group_named(&i.group).map_or_else(String::new, |g| g.title.clone());
            Some((c.gap?, i, group, row_of(material, c, i, &i.short)))
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
    let total = rows.len();
    let shown: Vec<&Indicator> = rows.iter().map(|(_, i, _, _)| *i).collect();
    let sides = [rows.iter().filter(|r| r.0 > 0.0).count(), rows.iter().filter(|r| r.0 < 0.0).count()];
    let most = |other: usize| EXTREMES - other.min(EXTREMES / 2);
    let named = |r: &(f64, &Indicator, String, ValueRow)| (r.2.clone(), r.3.clone());
    let ahead: Vec<(String, ValueRow)> = rows.iter().filter(|r| r.0 > 0.0).take(most(sides[1])).map(named).collect();
    let mut behind: Vec<(String, ValueRow)> = rows.iter().rev().filter(|r| r.0 < 0.0).take(most(sides[0])).map(named).collect();
    behind.reverse();
    (!ahead.is_empty() || !behind.is_empty()).then(|| Chart {
        id: "extremes".to_owned(),
        finding: wording::extremes_finding(&ahead, &behind),
        what: wording::extremes_what(total),
        alt: wording::rows_alt(material, &ahead.iter().chain(&behind).map(|(_, r)| r).collect::<Vec<_>>(), "EU"),
        kind: ChartKind::Extremes(Extremes { country_code: material.geo.code().to_owned(), average_name: "EU".to_owned(), ahead, behind }),
        note: String::new(),
        source: source_line(material, &shown),
    })
}

/// Dimensions and indicators of a group, country bar and average mark.
pub fn bars(material: &Material, group: &str) -> Option<Chart> {
    let mut dimensions: Vec<(ValueRow, Vec<ValueRow>)> = Vec::new();
    for indicator in material.group(group) {
        let Some(c) = material.latest(indicator) else { continue };
        let row = row_of(material, c, indicator, indicator.label_in(&c.edition));
        match dimensions.last_mut() {
            Some((_, rows)) if !indicator.is_dimension => rows.push(row),
            _ => dimensions.push((row, Vec::new())),
        }
    }
    let shown: Vec<&Indicator> = material.group(group).collect();
    let leading = shown.iter().find_map(|i| material.latest(i))?;
    let all = || dimensions.iter().flat_map(|(head, rows)| std::iter::once(head).chain(rows));
    let highest = all().flat_map(|r| [r.country.value, r.average.as_ref().and_then(|a| a.value)]).flatten();
    let maximum = if shown.iter().all(|i| i.unit.kind == UnitKind::Score100) { 100.0 } else { nice_axis(highest.fold(0.0, f64::max)).0 };
    let average = average_name(leading.average_geo);
    Some(Chart {
        id: group.to_owned(),
        finding: wording::bars_finding(material, group),
        what: wording::bars_what(material, leading),
        alt: wording::rows_alt(material, &all().collect::<Vec<_>>(), &average),
        kind: ChartKind::Bars(Bars { average_name: average, country_code: material.geo.code().to_owned(), maximum, dimensions }),
        note: wording::bars_note(),
        source: source_line(material, &shown),
    })
}

/// The scoreboards of a group on one scale, in the order of the source.
pub fn scoreboards(material: &Material, group: &str) -> Vec<Chart> {
    let mut boards: Vec<Board> = Vec::new();
    let indicators: Vec<&Indicator> = material.group(group).collect();
    let Some(leading) = indicators.iter().filter_map(|i| material.latest(i)).max_by_key(|c| c.time_period) else { return Vec::new() };
    for i in &indicators {
        let Some(row) = value_row(material, i, &i.short).or_else(|| without_score(material, i, leading.time_period)) else { continue };
        match boards.last_mut() {
            Some(board) if board.heading == i.dimension => board.rows.push(row),
            Some(_) | None => boards.push(Board { heading: i.dimension.clone(), rows: vec![row] }),
        }
    }
    let mut parts: Vec<Vec<Board>> = Vec::new();
    for board in boards {
        match parts.last_mut() {
            Some(part) if part.iter().map(|b| b.rows.len()).sum::<usize>() + board.rows.len() <= AREAS => part.push(board),
            Some(_) | None => parts.push(vec![board]),
        }
    }
    let average = average_name(leading.average_geo);
    let chart = |(number, boards): (usize, Vec<Board>)| {
        let rows: Vec<ValueRow> = boards.iter().flat_map(|b| b.rows.clone()).collect();
        Chart {
            id: if number == 1 { group.to_owned() } else { format!("{group}-{number}") },
            finding: wording::scoreboard_finding(material, &rows),
            what: wording::scoreboard_what(material, leading),
            alt: wording::rows_alt(material, &rows.iter().collect::<Vec<_>>(), &average),
            kind: ChartKind::Scoreboard(Scoreboard {
                average_name: average.clone(),
                country_code: material.geo.code().to_owned(),
                country_name: material.country.clone(),
                minimum: 1.0,
                maximum: 4.0,
                boards,
            }),
            note: wording::scoreboard_note(),
            source: source_line(material, &indicators),
        }
    };
    (1..).zip(parts).map(chart).collect()
}

/// Areas that one chart of scoreboards holds: as many as stand on a page.
const AREAS: usize = 28;

/// A row for an indicator that the source scores for others but not for this country; `None` where it scores nobody.
fn without_score(material: &Material, i: &Indicator, period: TimePeriod) -> Option<ValueRow> {
    let average = material.leading_average(i).and_then(|geo| material.observation(i, geo, period))?;
    Some(ValueRow {
        number: String::new(),
        label: i.short.clone(),
        mark: String::new(),
        country: material::absent(i, material.geo, period),
        average: Some(material::shown(average, i)),
        gap: None,
        rank: String::new(),
        higher_is_better: true,
    })
}

/// All reporting countries of each headline indicator on one scale.
pub fn ranks(material: &Material) -> Option<Chart> {
    let indicators: Vec<&Indicator> = material
        .indicators
        .indicators
        .iter()
        .filter(|i| i.headline && matches!(i.unit.kind, UnitKind::Percent | UnitKind::Score100))
        .collect();
    let strips: Vec<RankStrip> = indicators
        .iter()
        .filter_map(|i| {
            let c = material.latest(i)?;
            let countries: Vec<(Geo, Shown)> =
                material.countries(i, c.time_period).into_iter().map(|(geo, o)| (geo, material::shown(o, i))).collect();
            (countries.len() > 1).then(|| RankStrip {
                label: i.short.clone(),
                aside: wording::strip_aside(i, c),
                minimum: 0.0,
                maximum: 100.0,
                average: material.average_value(c, i),
                rank: material::rank(c).map_or_else(String::new, |r| wording::ordinal(r.rank)),
                rank_of: material::rank(c).map_or_else(String::new, |r| format!("of {}", r.of)),
                countries,
            })
        })
        .collect();
    let ranks: Vec<Rank> = indicators.iter().filter_map(|i| material::rank(material.latest(i)?)).collect();
    (!strips.is_empty()).then(|| Chart {
        id: "ranks".to_owned(),
        finding: wording::ranks_finding(material, &ranks),
        what: wording::ranks_what(),
        alt: wording::ranks_alt(material, &strips),
        kind: ChartKind::Ranks(Ranks {
            country: material.geo,
            country_name: material.country.clone(),
            average_name: "EU".to_owned(),
            strips,
        }),
        note: String::new(),
        source: source_line(material, &indicators),
    })
}

/// Member States by class of level and change, for the indicators of a group at their newest assessed period.
pub fn classes(material: &Material, group: &str) -> Option<Classes> {
    let columns: Vec<(&Indicator, &Standings)> = material
        .group(group)
        .filter_map(|i| {
            material
                .figures
                .standings
                .iter()
                .find(|s| s.indicator == i.code && s.countries.iter().any(|c| c.level_class.is_some()))
                .map(|s| (i, s))
        })
        .take(4)
        .collect();
    let (_, first) = columns.first()?;
    let rows = Class::ALL
        .iter()
        .map(|class| {
            let of_class = |s: &Standings| s.countries.iter().filter(|c| c.level_class == Some(class.as_str())).map(|c| c.geo).collect();
            (wording::capital(class.as_str()), columns.iter().map(|(_, s)| of_class(s)).collect())
        })
        .collect();
    let indicators: Vec<&Indicator> = columns.iter().map(|(i, _)| *i).collect();
    Some(Classes {
        finding: wording::classes_finding(material, &columns.iter().map(|(i, s)| (*i, s.time_period)).collect::<Vec<_>>()),
        what: wording::classes_what(first.time_period),
        columns: indicators.iter().map(|i| i.short.clone()).collect(),
        rows,
        country: material.geo,
        note: wording::classes_note(),
        source: source_line(material, &indicators),
    })
}

/// Indicators that have an EU target, nearest first, with what is left to do.
pub fn distance(material: &Material, group: &str) -> Option<Chart> {
    let mut rows: Vec<(f64, DistanceRow)> = Vec::new();
    let mut indicators = Vec::new();
    let mut year = 0;
    for i in material.group(group) {
        let Some(c) = material.latest(i) else { continue };
        let (Some(target), Some(target_gap)) = (material::target(c), c.target_gap) else { continue };
        let to_go = wording::to_go(target_gap, i);
        year = i.target.as_ref().map_or(year, |t| t.year);
        rows.push((
            -target_gap,
            DistanceRow {
                label: i.short.clone(),
                country: material.country_value(c, i),
                average: material.average_value(c, i),
                target,
                to_go,
            },
        ));
        indicators.push(i);
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.label.cmp(&b.1.label)));
    let rows: Vec<DistanceRow> = rows.into_iter().map(|(_, row)| row).collect();
    (!rows.is_empty()).then(|| Chart {
        id: "distance-2030".to_owned(),
        finding: wording::distance_finding(&rows),
        what: wording::distance_what(material),
        alt: wording::distance_alt(material, &rows),
        kind: ChartKind::Distance(Distance {
            country_code: material.geo.code().to_owned(),
            country_name: material.country.clone(),
            average_name: "EU".to_owned(),
            year,
            maximum: 100.0,
            rows,
        }),
        note: wording::distance_note(),
        source: source_line(material, &indicators),
    })
}

/// Small panels of a group's dimensions over time, sharing the scale.
pub fn sparks(material: &Material, group: &str) -> Option<Multiples> {
    small(material, material.group(group).filter(|i| i.is_dimension && i.headline).collect())
}

/// Small panels of a group's first four indicators over time, sharing the scale.
pub fn panels(material: &Material, group: &str) -> Option<Multiples> {
    small(material, material.group(group).collect())
}

/// With fewer than three periods there is no course to see.
fn small(material: &Material, all: Vec<&Indicator>) -> Option<Multiples> {
    let indicators: Vec<&Indicator> = all.into_iter().filter(|i| material.periods(i).len() >= 3).take(4).collect();
    let maximum = shared_maximum(material, &indicators);
    let charts: Vec<Chart> = indicators.iter().filter_map(|i| line(material, i, maximum, true)).collect();
    (!charts.is_empty()).then(|| Multiples {
        finding: wording::sparks_finding(material, &indicators),
        what: wording::sparks_what(material, &indicators),
        charts,
        note: String::new(),
        source: source_line(material, &indicators),
    })
}

/// The source line of what shows these indicators: publisher, dataset, edition.
pub fn source_line(material: &Material, indicators: &[&Indicator]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for group in &material.indicators.groups {
        if indicators.iter().any(|i| i.group == group.key && material.latest(i).is_some()) && !group.sources.is_empty() {
            labels.extend(
                group
                    .sources
                    .iter()
                    .filter_map(|id| material.sources.iter().find(|o| o.id == *id))
                    .map(|o| format!("{}, {}", o.publisher, o.title)),
            );
        }
    }
    if labels.is_empty() { String::new() } else { format!("Source: {}.", labels.join("; ")) }
}

/// Lower-case letters and digits, the rest as hyphens: an id and a file name.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}
