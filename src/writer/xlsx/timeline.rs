//! Dated events on one axis: milestones and events of a progress report, certain and ambiguous.

use super::names::Names;
use super::places::Places;
use super::sheet::{Body, Cell, Figure, FigureKind, Grid, HEAD_ROW, Head, Label, Look, Role, Row, Series, Sheet, Target};
use crate::dataset::{Table, Value};
use crate::report::Report;

/// Dataset, its column of the date, of the title, and of what it belongs to.
const DATED: &[(&str, &str, &str, &str)] = &[("milestones", "year", "milestone", "area"), ("timeline_events", "date_start", "title", "")];

/// A label of a chart is cut here.
const MOST_LABEL: usize = 70;

struct Event<'a> {
    year: i32,
    date: &'a Value,
    title: &'a str,
    of: &'a str,
    certain: bool,
    alternatives: &'a str,
    lines: (i64, i64),
}

/// The sheet and its chart, for each dataset of dated events that has rows.
pub(super) fn sheets<'a>(report: &'a Report, names: &mut Names, places: &mut Places) -> Vec<Sheet<'a>> {
    let mut out = Vec::new();
    for (dataset, date, title, of) in DATED {
        let Some(table) = report.tables.iter().find(|t| t.schema.name == *dataset) else { continue };
        let mut events = events(table, date, title, of);
        if events.is_empty() {
            continue;
        }
        events.sort_by_key(|e| (!e.certain, e.year, e.lines));
        let what = table.schema.title;
        let name = names.sheet(&format!("{what} timeline"));
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by_key(|i| (events[*i].year, events[*i].lines));
        let mut positions = vec![0i64; events.len()];
        for (position, event) in (1..).zip(order) {
            positions[event] = position;
        }
        let rows: Vec<Row<'a>> = events
            .iter()
            .zip(&positions)
            .zip(HEAD_ROW + 1..)
            .map(|((event, position), line)| row(event, *position, places, &Target::Cell(name.clone().into(), line, 0)))
            .collect();
        let period = match (events.iter().map(|e| e.year).min(), events.iter().map(|e| e.year).max()) {
            (Some(first), Some(last)) => format!("{first}–{last}"),
            _ => String::new(),
        };
        let source = super::datasets::source_of_text(report);
        out.push(Sheet {
            title: format!("{}: {what} in order of time, {period}", report.country),
            sentence: "Each row is one dated event; where the source leaves the year open, it says so and the other years stand beside it."
                .to_owned(),
            source: source.clone(),
            period: period.clone(),
            body: Body::Table(Grid::compact(names.table(&name), heads(), rows, 1)),
            name: name.clone(),
        });
        out.push(Sheet {
            name: names.sheet(&format!("{what} chart")),
            title: format!("{}: {what}, chart", report.country),
            sentence: "Discs are events whose year is certain, pale diamonds those that may be of another year.".to_owned(),
            source,
            period,
            body: Body::Charts(vec![figure(report, what, &events, &name)]),
        });
    }
    out
}

fn events<'a>(table: &'a Table, date: &str, title: &str, of: &str) -> Vec<Event<'a>> {
    let word = |row: &'a [Value], name: &str| match table.column(name).and_then(|at| row.get(at)) {
        Some(Value::Text(text)) => text.as_str(),
        Some(Value::Missing | Value::Integer(_) | Value::Number(..) | Value::Boolean(_)) | None => "",
    };
    let line = |row: &'a [Value], name: &str| match table.column(name).and_then(|at| row.get(at)) {
        Some(Value::Integer(n)) => *n,
        Some(Value::Missing | Value::Text(_) | Value::Number(..) | Value::Boolean(_)) | None => 0,
    };
    let Some(date) = table.column(date) else { return Vec::new() };
    let event = |row: &'a Vec<Value>| {
        let year = match &row[date] {
            Value::Integer(year) => i32::try_from(*year).ok()?,
            Value::Text(text) => text.get(..4)?.parse().ok()?,
            Value::Missing | Value::Number(..) | Value::Boolean(_) => return None,
        };
        (1900..=2100).contains(&year).then(|| Event {
            year,
            date: &row[date],
            title: word(row, title),
            of: word(row, of),
            certain: word(row, "certainty") != "ambiguous",
            alternatives: word(row, "alternatives"),
            lines: (line(row, "line_start"), line(row, "line_end")),
        })
    };
    table.rows.iter().filter_map(event).collect()
}

fn heads() -> Vec<Head> {
    vec![
        Head::new("Event", Role::Prose, "what happened").wide(60.0),
        Head::new("Year", Role::Count, "year of the event; where it is ambiguous, the likeliest").wide(9.0),
        Head::new("Position", Role::Count, "place in order of time, from the top of the chart").wide(10.0),
        Head::new("Date", Role::Text, "date as far as the source gives it").wide(14.0),
        Head::new("Certainty", Role::Text, "certain or ambiguous").wide(12.0),
        Head::new("Other dates", Role::Text, "what the source also allows, separated by |").wide(20.0),
        Head::new("Area", Role::Text, "priority area that the event belongs to").wide(30.0),
        Head::new("Source", Role::Place, "the row's first line in the sheet Sources"),
    ]
}

fn row<'a>(event: &Event<'a>, position: i64, places: &mut Places, from: &Target) -> Row<'a> {
    let date = match event.date {
        Value::Text(text) => Cell::text(text.as_str()),
        Value::Missing | Value::Integer(_) | Value::Number(..) | Value::Boolean(_) => Cell::text(event.year.to_string()),
    };
    Row {
        strong: false,
        cells: vec![
            Cell::text(event.title),
            Cell::Count(i64::from(event.year)),
            Cell::Count(position),
            date,
            Cell::text(if event.certain { "certain" } else { "ambiguous" }),
            Cell::text(event.alternatives),
            Cell::text(event.of),
            places.lines(event.lines.0, event.lines.1, from),
        ],
    }
}

fn figure(report: &Report, what: &str, events: &[Event<'_>], sheet: &str) -> Figure {
    let certain = events.iter().take_while(|e| e.certain).count();
    let at = |i: usize| HEAD_ROW + 1 + u32::try_from(i).expect("events fit on a sheet");
    let series = |name: &str, look, from: usize, to: usize| Series {
        name: name.to_owned(),
        look,
        sheet: sheet.to_owned(),
        rows: (at(from), at(to - 1)),
        // Year and position: never blank, and before every column that may be left out.
        category: 1,
        value: 2,
        label: Label::Each(events[from..to].iter().map(words).collect()),
    };
    let mut all = Vec::new();
    if certain > 0 {
        all.push(series("Certain", Look::Certain, 0, certain));
    }
    if certain < events.len() {
        all.push(series("Ambiguous", Look::Ambiguous, certain, events.len()));
    }
    let first = events.iter().map(|e| e.year).min().unwrap_or(0);
    let last = events.iter().map(|e| e.year).max().unwrap_or(0);
    let mut ordered: Vec<&Event<'_>> = events.iter().collect();
    ordered.sort_by_key(|e| (e.year, e.lines));
    let told: Vec<String> =
        ordered.iter().map(|e| format!("{}{}: {}", e.year, if e.certain { "" } else { " (ambiguous)" }, e.title)).collect();
    let title = format!("{}: {what}, {first}–{last}", report.country);
    Figure {
        finding: format!("{} dated events, {certain} of them with a certain year", events.len()),
        alt: format!("Timeline. {title}. {}.", told.join("; ")),
        what: title,
        kind: FigureKind::Timeline,
        size: (1100, 120 + 22 * u32::try_from(events.len()).unwrap_or(u32::MAX).min(80)),
        axis: (Some(0.0), Some(f64::from(u32::try_from(events.len()).unwrap_or(u32::MAX)) + 1.0)),
        years: Some((first - 1, last + 1)),
        series: all,
        data: Target::Cell(sheet.to_owned().into(), HEAD_ROW, 0),
    }
}

/// The event in a few words, with its other dates.
fn words(event: &Event<'_>) -> String {
    let title = if event.title.chars().count() > MOST_LABEL {
        let cut: String = event.title.chars().take(MOST_LABEL).collect();
        format!("{}…", cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]))
    } else {
        event.title.to_owned()
    };
    if event.alternatives.is_empty() { title } else { format!("{title} (or {})", event.alternatives.replace('|', ", ")) }
}
