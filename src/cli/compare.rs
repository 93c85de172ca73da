//! `factsheet compare`: all countries of one indicator.

use super::session::{Session, nearest};
use super::terminal::{Style, Terminal};
use super::{End, Failure};
use crate::comparison::table::Order;
use crate::comparison::{self, Comparison, Fields, Rank};
use crate::dataset::{Table, frame, observe};
use crate::files;
use crate::vocabulary::figure::word;
use crate::vocabulary::{Figure, Geo, Indicator, TimePeriod};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet compare --indicator I_IUGOV12                     all countries, in protocol order
  factsheet compare --indicator EGOV_0 --order value          best first
  factsheet compare --indicator EGOV_0 --output table.csv     the table here, and as a file for other programs
  factsheet compare --indicator EGOV_0 --period 2020-2021 --format csv | head";

/// Compare all countries on one indicator
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Code of the indicator (`factsheet list indicators`)
    #[arg(long, value_name = "CODE")]
    indicator: String,
    /// Time period [default: the last that enough countries report]
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Edition of the source [default: the newest]
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    /// Which country comes first
    #[arg(long, value_name = "ORDER", default_value = "protocol")]
    order: By,
    /// How the table is printed
    #[arg(long, value_name = "FORMAT", default_value = "people")]
    format: Format,
    /// Also write the table into this file, as CSV with every column of `comparisons`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Eurostat's protocol order
    Protocol,
    /// The best value first
    Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    People,
    Csv,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let session = Session::open(project, terminal)?;
    let settings = session.settings();
    let codes = || settings.indicators.indicators.iter().map(|i| i.code.as_str());
    let Some(indicator) = settings.indicators.indicators.iter().find(|i| i.code.eq_ignore_ascii_case(&arguments.indicator)) else {
        let near = nearest(&arguments.indicator, codes()).map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(Failure(format!("there is no indicator {}{near}\n  help: `factsheet list indicators` lists all", arguments.indicator)));
    };
    let period =
        match &arguments.period {
            None => None,
            Some(text) => Some(TimePeriod::parse(text).ok_or_else(|| {
                Failure(format!("`{text}` is no time period\n  help: write 2021, 2021-S1, 2021-Q1, 2021-01 or 2020-2021"))
            })?),
        };
    let observations = observe::read(&session.files, &settings).value;
    let fields = Fields::of(&observations, &settings.indicators.indicators, &settings.methods);
    let order = match arguments.order {
        By::Protocol => Order::Protocol,
        By::Value => Order::Value,
    };
    let rows = comparison::table(&fields, &indicator.code, period, arguments.edition.as_deref(), order);
    if rows.is_empty() {
        let periods: BTreeSet<String> =
            observations.iter().filter(|o| o.indicator == indicator.code).map(|o| o.time_period.to_string()).collect();
        let periods: Vec<String> = periods.into_iter().collect();
        return Err(Failure(format!(
            "there are no figures of {} for that period and edition\n  help: there are some for {}",
            indicator.code,
            periods.join(", ")
        )));
    }
    let table = Table::of(&rows);
    let csv = frame::csv(table.schema.columns, table.rows.iter())?;
    if let Some(path) = &arguments.output {
        files::write_file(path, &csv)?;
        terminal.say(&format!("written: {}", path.display()));
    }
    match arguments.format {
        Format::Csv => terminal.bytes(&csv),
        Format::People => people(indicator, &rows, terminal),
    }
    Ok(End::Done)
}

/// The table for people: country, value, average, gap, position, ranks.
fn people(indicator: &Indicator, rows: &[Comparison], terminal: Terminal) {
    let out = terminal.on_stdout();
    let first = &rows[0];
    let average = first.average_geo.map_or("average", Geo::name);
    let edition = if first.edition.is_empty() { String::new() } else { format!(", edition {}", first.edition) };
    out.data(&out.styled(
        Style::Strong,
        &format!("{} ({}), {}{edition}, {}", indicator.label, indicator.code, first.time_period, indicator.unit.label),
    ));
    let heads = [
        "Country".to_owned(),
        "Value".to_owned(),
        average.to_owned(),
        format!("Gap {}", indicator.unit.gap_unit()),
        "Position".to_owned(),
        "Rank".to_owned(),
        "EU rank".to_owned(),
    ];
    let number = |n: Option<f64>| n.map_or_else(|| ":".to_owned(), |n| word(n, indicator.decimals));
    let rank = |r: Option<Rank>| r.map_or_else(String::new, |r| format!("{} of {}", r.rank, r.of));
    let cells: Vec<[String; 7]> = rows
        .iter()
        .map(|c| {
            [
                c.geo.name().to_owned(),
                number(c.country.map(Figure::value)),
                number(c.average.map(Figure::value)),
                number(c.gap),
                c.position.map_or_else(|| c.incomparable.clone(), |p| p.as_str().to_owned()),
                rank(c.rank),
                rank(c.rank_eu),
            ]
        })
        .collect();
    let width = |i: usize| cells.iter().map(|row| &row[i]).chain([&heads[i]]).map(|t| t.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    for row in std::iter::once(&heads).chain(&cells) {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            // Numbers to the right, words to the left.
            .map(|(i, (text, width))| if (1..=3).contains(&i) { format!("{text:>width$}") } else { format!("{text:<width$}") })
            .collect();
        out.data(line.join("  ").trim_end());
    }
}
