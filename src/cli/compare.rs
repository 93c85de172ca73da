//! `factsheet compare`: all countries of one indicator.

use super::session::{Session, nearest};
use super::terminal::Terminal;
use super::{End, Failure};
use clap::ValueEnum;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  factsheet compare --indicator I_IUGOV12                     all countries, in protocol order
  factsheet compare --indicator EGOV_0 --order value          best first
  factsheet compare --indicator EGOV_0 --period 2020-2021 --format csv > table.csv";

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
    let _ = (indicator, arguments.period.as_ref(), arguments.edition.as_ref(), arguments.order, arguments.format);
    Err(Failure("comparison tables are not there yet".to_owned()))
}
