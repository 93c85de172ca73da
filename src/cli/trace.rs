//! `factsheet trace`: where a figure comes from.

use super::session::{Only, Selection, Session, nearest};
use super::terminal::{Style, Terminal};
use super::{End, Failure};
use crate::edition::trace::{self, Meant};
use crate::report::Report;
use crate::vocabulary::Geo;
use crate::writer::xlsx::{self, NotFound};
use clap::ValueEnum;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  factsheet trace I_IUGOV12 LU 2021                                indicator, country, time period
  factsheet trace 'EGOV_1.1/LU/2020-2021/2022#gap'                 a figure's id, as the PDF's notes print it
  factsheet trace 'egovernment_benchmark/112#country_value'        a row taken from a text
  factsheet trace 'lu-dpa-2022/factsheet.xlsx!Key figures!G7'      a cell of a workbook
  factsheet list figures                                           all ids";

/// Follow a figure back to its source line or cell, through every step
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A cell of a workbook, a figure's id, or indicator, country and time period
    #[arg(required = true, num_args = 1..=3, value_name = "FIGURE")]
    figure: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    /// How the steps are printed
    #[arg(long, value_name = "FORMAT", default_value = "people")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    People,
    Json,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    // The reports are what is wanted; charts are the least to write beside them.
    let request = session.request(&arguments.selection, [Only::Charts])?;
    let (_, reports) = session.build_and_keep(&request, &|publication| publication.report)?;
    let meant = find(&arguments.figure, &reports)?;
    let corrections = session.settings().corrections;
    let line = |file: &str, number: u32| {
        let text = std::str::from_utf8(session.files.get(file)?).ok()?;
        text.lines().nth((number as usize).checked_sub(1)?).map(str::to_owned)
    };
    let out = terminal.on_stdout();
    for (i, meant) in meant.iter().enumerate() {
        let steps = trace::steps(meant, &corrections, &line);
        match arguments.format {
            Format::Json => {
                let steps: Vec<_> = steps
                    .iter()
                    .map(|s| json!({ "step": s.name, "text": s.text, "place": s.place.as_ref().map(ToString::to_string) }))
                    .collect();
                out.data(&json!({ "publication": meant.report.id, "dataset": meant.row.table.schema.name, "row": meant.row.index + 1, "column": meant.column, "steps": steps }).to_string());
            }
            Format::People => {
                if i > 0 {
                    out.data("");
                }
                for step in steps {
                    let place = step.place.map_or_else(String::new, |place| format!("  ({place})"));
                    out.data(&format!(
                        "{} {}{}",
                        out.styled(Style::Strong, &format!("{:<11}", step.name)),
                        step.text,
                        out.styled(Style::Dim, &place)
                    ));
                }
            }
        }
    }
    Ok(End::Done)
}

fn find<'r>(figure: &[String], reports: &'r [Report]) -> Result<Vec<Meant<'r>>, Failure> {
    if reports.is_empty() {
        return Err(Failure("nothing could be built to look in\n  help: `factsheet check` says why".to_owned()));
    }
    match figure {
        [indicator, geo, period] => {
            let meant = |column: &str| reports.iter().find_map(|r| trace::by_key(r, indicator, geo, period, "", column));
            let found: Vec<Meant<'r>> = [meant("obs_value"), meant("gap")].into_iter().flatten().collect();
            if found.is_empty() { Err(no_such_key(indicator, geo, period, reports)) } else { Ok(found) }
        }
        [one] if one.contains('!') => cell(one, reports).map(|meant| vec![meant]),
        [one] if reports.iter().flat_map(|r| &r.indicators).any(|i| i.code.eq_ignore_ascii_case(one)) => Err(Failure(format!(
            "{one} is an indicator, of many countries and periods\n  help: add both: factsheet trace {one} {} 2021",
            reports[0].geo
        ))),
        [one] => trace::by_id(reports, one).map(|meant| vec![meant]).ok_or_else(|| no_such_row(one, reports)),
        _ => Err(Failure(
            "a figure is a cell, an id, or three words: indicator, country, time period\n  help: `factsheet trace --help` has examples"
                .to_owned(),
        )),
    }
}

fn cell<'r>(text: &str, reports: &'r [Report]) -> Result<Meant<'r>, Failure> {
    let mut parts = text.splitn(3, '!');
    let (file, sheet, cell) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let report = reports.iter().find(|r| file.split('/').any(|part| part == r.id)).ok_or_else(|| {
        let ids: Vec<&str> = reports.iter().map(|r| r.id.as_str()).collect();
        Failure(format!(
            "`{file}` is no workbook of {}\n  help: a cell is written {}/factsheet.xlsx!Sheet!C7",
            ids.join(", "),
            ids.first().unwrap_or(&"")
        ))
    })?;
    let found = xlsx::at(report, sheet.trim_matches('\''), cell).map_err(|not| match not {
        NotFound::Sheet(sheets) => {
            let near = nearest(sheet, sheets.iter().map(String::as_str)).map_or_else(String::new, |near| format!("; did you mean {near}?"));
            Failure(format!("there is no sheet `{sheet}`{near}\n  help: the sheets are {}", sheets.join(", ")))
        }
        NotFound::Cell(range) => Failure(format!("{cell} shows no figure: the table of `{sheet}` is {range}")),
    })?;
    trace::by_cell(report, &found).ok_or_else(|| {
        Failure(format!("the column `{}` of `{sheet}` shows no column of a dataset; the cell says: {}", found.head, found.text))
    })
}

/// Of an indicator that is known: which periods its country has, or which countries it has.
fn no_such_key(indicator: &str, geo: &str, period: &str, reports: &[Report]) -> Failure {
    let tables = reports.iter().flat_map(|r| &r.tables).filter(|table| table.schema.name == "observations");
    let rows: Vec<_> = tables.flat_map(|table| table.iter()).filter(|row| row.text("indicator").eq_ignore_ascii_case(indicator)).collect();
    if rows.is_empty() {
        return unknown(&format!("{indicator} {geo} {period}"), indicator, reports);
    }
    let wanted = Geo::parse(geo).map_or_else(|| geo.to_owned(), |geo| geo.code().to_owned());
    let of_geo: BTreeSet<String> = rows.iter().filter(|row| row.text("geo") == wanted).map(|row| row.text("time_period")).collect();
    let listed = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
    let help = if of_geo.is_empty() {
        format!("there are figures of {indicator} for {}", listed(rows.iter().map(|row| row.text("geo")).collect()))
    } else {
        format!("there are figures of {indicator} {wanted} for {}", listed(of_geo))
    };
    Failure(format!("there is no figure {indicator} {geo} {period}\n  help: {help}"))
}

/// Of a dataset that is known: which columns its rows have, or the line of the next one.
fn no_such_row(id: &str, reports: &[Report]) -> Failure {
    let key = id.split('#').next().unwrap_or(id);
    let Some((dataset, line)) = key.split_once('/').filter(|(_, line)| !line.contains('/')) else { return unknown(id, id, reports) };
    let tables: Vec<_> = reports.iter().flat_map(|r| &r.tables).filter(|t| t.column("line_start").is_some()).collect();
    let of_name: Vec<_> = tables.iter().filter(|t| t.schema.name == dataset).collect();
    let help = if of_name.is_empty() {
        let near = nearest(dataset, tables.iter().map(|t| t.schema.name));
        near.map_or_else(|| "`factsheet list datasets` lists all".to_owned(), |near| format!("did you mean {near}/{line}?"))
    } else if of_name.iter().flat_map(|t| t.iter()).any(|row| row.text("line_start") == line) {
        let columns: Vec<&str> = of_name[0].schema.columns.iter().map(|c| c.name).collect();
        format!("its columns are {}", columns.join(", "))
    } else {
        let lines: BTreeSet<u32> = of_name.iter().flat_map(|t| t.iter()).filter_map(|row| row.text("line_start").parse().ok()).collect();
        let wanted = line.parse::<u32>().unwrap_or(0);
        let near = lines.into_iter().min_by_key(|n| n.abs_diff(wanted));
        near.map_or_else(|| format!("`{dataset}` has no rows"), |near| format!("the nearest row of `{dataset}` begins on line {near}"))
    };
    Failure(format!("there is no figure {id}\n  help: {help}"))
}

fn unknown(wanted: &str, near: &str, reports: &[Report]) -> Failure {
    let shown: Vec<_> = reports.iter().flat_map(Report::shown).collect();
    let ids = shown.iter().map(|(_, s)| s.id.as_str());
    let codes = reports.iter().flat_map(|r| &r.indicators).map(|i| i.code.as_str());
    let near = if near.contains('/') {
        ids.map(|id| (strsim::jaro_winkler(near, id), id))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(likeness, _)| *likeness > 0.8)
            .map(|(_, id)| id)
    } else {
        nearest(near, codes)
    };
    let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Failure(format!("there is no figure {wanted}{near}\n  help: `factsheet list figures` lists all ids"))
}
