//! Which charts a workbook has, and their words: made from the rows that they show.

use super::classes::is_listed;
use super::comparisons::{Columns, Group, Item, Line, Placed};
use super::names::Names;
use super::ranks::{self, Ranking};
use super::sheet::{Body, Figure, FigureKind, HEAD_ROW, Label, Look, Series, Sheet, Target};
use crate::dataset::Value;
use crate::report::chart::nice_axis;
use crate::report::{Block, ChartKind, Report};
use crate::vocabulary::figure::word;
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Indicator, TimePeriod};
use std::collections::BTreeMap;

/// The charts of one group: lines over time where there is a series, columns of all its indicators.
pub(super) fn of_group<'a>(report: &Report, columns: &Columns, group: &Group<'a>, names: &mut Names) -> Option<Sheet<'a>> {
    let findings = findings(report);
    let mut figures: Vec<Figure> = Vec::new();
    figures.extend(bars(report, columns, group));
    let mut seen: Vec<&str> = Vec::new();
    for line in &group.over_time.lines {
        let code = line.indicator.code.as_str();
        if !seen.contains(&code) && is_listed(report, line.indicator) {
            seen.push(code);
            figures.extend(lines(report, columns, group, line.indicator, findings.get(code)));
        }
    }
    if figures.is_empty() {
        return None;
    }
    Some(Sheet {
        name: names.sheet(&format!("{} charts", group.tab)),
        title: format!("{}: charts", group.title),
        sentence: format!(
            "Charts of {} beside {}; each is made from the cells of the sheet that its link names.",
            report.country, group.average
        ),
        source: group.sheets[0].source.clone(),
        period: group.sheets[2].period.clone(),
        body: Body::Charts(figures),
    })
}

/// What the report says about an indicator's line chart, by the code of the indicator.
fn findings(report: &Report) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    let charts = report.chapters.iter().flat_map(|c| &c.blocks).flat_map(|block| match block {
        Block::Chart(chart) => std::slice::from_ref(&**chart),
        Block::Multiples(multiples) => &multiples.charts[..],
        Block::Paragraph(_)
        | Block::Callout { .. }
        | Block::Table(_)
        | Block::Entries(_)
        | Block::Coverage(_)
        | Block::Classes(_)
        | Block::Stages(_)
        | Block::Heading(_)
        | Block::List(_) => &[],
    });
    for chart in charts {
        if let ChartKind::Line(line) = &chart.kind
            && let Some((code, _)) = line.country.iter().find_map(|s| s.id.split_once('/'))
            && !chart.finding.is_empty()
        {
            found.entry(code).or_insert(chart.finding.as_str());
        }
    }
    found
}

fn number(columns: &Columns, line: Line<'_>, name: &str) -> Option<(f64, u8)> {
    match columns.value(line, name) {
        Value::Number(n, decimals) => Some((*n, *decimals)),
        Value::Missing | Value::Text(_) | Value::Integer(_) | Value::Boolean(_) => None,
    }
}

/// An indicator over time: a line of the country, a line of the average, each broken where a year is missing.
fn lines(report: &Report, columns: &Columns, group: &Group<'_>, indicator: &Indicator, finding: Option<&&str>) -> Option<Figure> {
    let placed = &group.over_time;
    let rows: Vec<(u32, Line<'_>)> =
        placed.lines.iter().enumerate().filter(|(_, l)| l.indicator.code == indicator.code).map(|(at, l)| (placed.row(at), *l)).collect();
    let (year, country, average) = (placed.column(Item::Year)?, placed.column(Item::Country)?, placed.column(Item::Average)?);
    let points = |name: &str| -> Vec<(u32, i32, f64, u8)> {
        let point = |(row, line): &(u32, Line<'_>)| {
            let period = TimePeriod::parse(columns.word(*line, "time_period"))?;
            let (value, decimals) = number(columns, *line, name)?;
            Some((*row, period.end_year(), value, decimals))
        };
        rows.iter().filter_map(point).collect()
    };
    let (own, other) = (points("country_value"), points("average_value"));
    // Fewer than three points make no line.
    if own.len() < 3 {
        return None;
    }
    let mut series = pieces(&own, &report.country, Look::CountryLine, placed, year, country);
    series.extend(pieces(&other, &group.average, Look::AverageLine, placed, year, average));
    let largest = own.iter().chain(&other).map(|p| p.2).fold(0.0, f64::max);
    let smallest = own.iter().chain(&other).map(|p| p.2).fold(0.0, f64::min);
    let years = (own.iter().chain(&other).map(|p| p.1).min()?, own.iter().chain(&other).map(|p| p.1).max()?);
    let what = format!("{}, {} and {}, {}–{}, {}", indicator.label, report.country, group.average, years.0, years.1, indicator.unit.label);
    let span = |points: &[(u32, i32, f64, u8)], name: &str| match (points.first(), points.last()) {
        (Some(first), Some(last)) => {
            format!("{name}: {} in {}, {} in {}.", word(first.2, first.3), first.1, word(last.2, last.3), last.1)
        }
        _ => format!("{name}: not available."),
    };
    let spans = format!("{} {}", span(&own, &report.country), span(&other, &group.average));
    Some(Figure {
        finding: finding.map_or_else(|| spans.clone(), |f| (*f).to_owned()),
        alt: format!("Line chart. {what}. {spans}"),
        what,
        kind: FigureKind::Lines,
        size: (900, 380),
        axis: if smallest < 0.0 { (None, None) } else { (Some(0.0), Some(nice_axis(largest).0)) },
        years: Some(years),
        series,
        data: Target::Cell(placed.sheet.clone().into(), rows.first()?.0, 0),
    })
}

/// One series for each run of rows without a gap; the name stands at the end of the last.
fn pieces(points: &[(u32, i32, f64, u8)], name: &str, look: Look, placed: &Placed<'_>, year: u16, value: u16) -> Vec<Series> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (row, ..) in points {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            Some(_) | None => runs.push((*row, *row)),
        }
    }
    let many = runs.len();
    let series = runs.into_iter().enumerate().map(|(at, rows)| Series {
        name: name.to_owned(),
        look,
        sheet: placed.sheet.clone(),
        rows,
        category: year,
        value,
        label: if at + 1 == many { Label::Name } else { Label::None },
    });
    series.collect()
}

/// All indicators of a group that are scores of one scale: columns of the country, marks of the average.
fn bars(report: &Report, columns: &Columns, group: &Group<'_>) -> Option<Figure> {
    let placed = &group.latest;
    let unit = &placed.lines.first()?.indicator.unit;
    let top = match unit.kind {
        UnitKind::Score100 | UnitKind::Percent => 100.0,
        UnitKind::Score4 => 4.0,
        UnitKind::Number => return None,
    };
    // A text in a cell would be drawn as zero: only rows with an average, and these without a gap.
    let drawn = |l: &Line<'_>| l.indicator.unit == *unit && number(columns, *l, "average_value").is_some();
    let first = placed.lines.iter().position(drawn)?;
    let count = placed.lines[first..].iter().take_while(|l| drawn(l)).count();
    let lines = &placed.lines[first..first + count];
    if count < 3 {
        return None;
    }
    let rows = (placed.row(first), placed.row(first + count - 1));
    let category = placed.column(Item::Indicator)?;
    let series =
        |name: &str, look, value, label| Series { name: name.to_owned(), look, sheet: placed.sheet.clone(), rows, category, value, label };
    let period = super::observations::periods(lines.iter().map(|l| columns.word(*l, "time_period")));
    let what = format!("{}, {} (columns) and {} (diamonds), {period}, {}", group.title, report.country, group.average, unit.label);
    let count_of = |position: &str| lines.iter().filter(|l| columns.word(**l, "position") == position).count();
    let finding = format!(
        "{} is above {} on {} of {count} indicators, close to it on {}, below it on {}",
        report.country,
        group.average,
        count_of("above"),
        count_of("close to"),
        count_of("below")
    );
    let each = lines.iter().map(|l| {
        let shown = |name| number(columns, *l, name).map_or_else(|| "not available".to_owned(), |(n, d)| word(n, d));
        format!("{} {} ({})", l.indicator.short, shown("country_value"), shown("average_value"))
    });
    let each: Vec<String> = each.collect();
    Some(Figure {
        alt: format!("Column chart. {what}. Country, average in brackets: {}.", each.join("; ")),
        finding,
        what,
        kind: FigureKind::Columns,
        size: (1100, 520),
        axis: (Some(0.0), Some(top)),
        years: None,
        series: vec![
            series(&report.country, Look::CountryColumns, placed.column(Item::Country)?, Label::None),
            series(&group.average, Look::AverageMarks, placed.column(Item::Average)?, Label::None),
        ],
        data: Target::Cell(placed.sheet.clone().into(), HEAD_ROW, 0),
    })
}

/// Rankings of the headline indicators: all countries, this one and the average marked.
pub(super) fn of_ranks<'a>(report: &Report, rankings: &[Ranking<'_>], ranks: &Sheet<'a>, names: &mut Names) -> Option<Sheet<'a>> {
    let figures: Vec<Figure> = rankings.iter().filter(|r| r.indicator.headline).map(|r| ranking(report, r, &ranks.name)).collect();
    (!figures.is_empty()).then(|| Sheet {
        name: names.sheet("Rank charts"),
        title: "Ranks: charts of the headline indicators".to_owned(),
        sentence: format!(
            "All countries that report, Member States first; {} in blue with its name, the average as a line.",
            report.country
        ),
        source: ranks.source.clone(),
        period: ranks.period.clone(),
        body: Body::Charts(figures),
    })
}

fn ranking(report: &Report, ranking: &Ranking<'_>, sheet: &str) -> Figure {
    let standings = ranking.standings;
    let own = standings.countries.iter().find(|c| c.geo == report.geo);
    let average = standings.average.map(|(geo, figure)| format!(" and {} average {figure}", geo.name())).unwrap_or_default();
    let finding = match own {
        Some(own) => format!("{} is number {} of {} countries", report.country, own.rank, standings.countries.len()),
        None => format!("{} does not report", report.country),
    };
    let unit = &ranking.indicator.unit;
    let what = format!("{}, all countries{average}, {}, {}", ranking.indicator.label, standings.time_period.printed(), unit.label);
    let mut sorted: Vec<_> = standings.countries.iter().collect();
    sorted.sort_by_key(|c| (c.rank, c.geo));
    let ends = match (sorted.first(), sorted.last()) {
        (Some(best), Some(worst)) => format!(" First: {} {}; last: {} {}.", best.geo.name(), best.value, worst.geo.name(), worst.value),
        _ => String::new(),
    };
    let own_words = own.map(|o| format!(" {}: {}.", report.country, o.value)).unwrap_or_default();
    let largest = standings.countries.iter().map(|c| c.value.value()).fold(0.0, f64::max);
    let smallest = standings.countries.iter().map(|c| c.value.value()).fold(0.0, f64::min);
    let mut series = vec![Series {
        name: "Countries".to_owned(),
        look: Look::OthersColumns(ranking.own),
        sheet: sheet.to_owned(),
        rows: ranking.rows,
        category: ranks::GEO,
        value: ranks::VALUE,
        label: Label::None,
    }];
    if let Some((geo, _)) = standings.average {
        series.push(Series {
            name: geo.name().to_owned(),
            look: Look::AverageRule,
            sheet: sheet.to_owned(),
            rows: ranking.rows,
            category: ranks::GEO,
            value: ranks::AVERAGE,
            label: Label::Name,
        });
    }
    Figure {
        alt: format!("Column chart. {what}. {finding}.{own_words}{ends}"),
        finding,
        what,
        kind: FigureKind::Columns,
        size: (1000, 380),
        axis: if smallest < 0.0 { (None, None) } else { (Some(0.0), Some(nice_axis(largest).0)) },
        years: None,
        series,
        data: Target::Cell(sheet.to_owned().into(), ranking.rows.0, 0),
    }
}
