//! `factsheet export`: datasets alone, for other programs.

use super::session::{Only, Selection, Session, nearest};
use super::terminal::Terminal;
use super::{End, Failure};
use crate::files;
use crate::writer::Payload;
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet export --to csv --dataset entries              one dataset of one publication on standard output
  factsheet export --to sdmx-csv --output /tmp/sdmx        observations for SDMX tools
  factsheet export --to parquet --all --output /tmp/all    every dataset of every country";

/// Write datasets alone, as CSV, Parquet or SDMX-CSV
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// One dataset (see `factsheet list datasets`) [default: all]
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    #[command(flatten)]
    selection: Selection,
    /// Folder to write to; without it one text file goes to standard output
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Parquet,
    SdmxCsv,
}

impl Format {
    /// Whether a file of `data/` is of this format.
    fn is(self, name: &str) -> bool {
        let sdmx = name.ends_with(".sdmx.csv");
        match self {
            Self::Csv => name.ends_with(".csv") && !sdmx,
            Self::Parquet => name.ends_with(".parquet"),
            Self::SdmxCsv => sdmx,
        }
    }
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    let request = session.request(&arguments.selection, [Only::Data])?;
    let (_, publications) = session.build_and_keep(&request, &|publication| publication.files)?;
    let stem = |name: &str| name.rsplit('/').next().and_then(|n| n.split('.').next()).unwrap_or("").to_owned();
    let of_format: Vec<(&String, &Payload)> =
        publications.iter().flatten().filter(|(name, _)| name.contains("/data/") && arguments.to.is(name)).collect();
    let wanted: Vec<&(&String, &Payload)> =
        of_format.iter().filter(|(name, _)| arguments.dataset.as_ref().is_none_or(|d| *d == stem(name))).collect();
    if let Some(dataset) = arguments.dataset.as_ref().filter(|_| wanted.is_empty()) {
        let names: BTreeSet<String> = of_format.iter().map(|(name, _)| stem(name)).collect();
        let near = nearest(dataset, names.iter().map(String::as_str)).map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(Failure(format!("there is no dataset `{dataset}` in this format{near}\n  help: `factsheet list datasets` lists all")));
    }
    match (&arguments.output, wanted.as_slice()) {
        (Some(folder), _) => {
            for (name, bytes) in wanted {
                let path = folder.join(name.replace("/data/", "/"));
                files::write_file(&path, bytes)?;
                terminal.data(&path.display().to_string());
            }
            Ok(End::Done)
        }
        (None, [(_, bytes)]) if arguments.to != Format::Parquet => {
            terminal.bytes(bytes);
            Ok(End::Done)
        }
        (None, several) => {
            let why = if arguments.to == Format::Parquet {
                "Parquet is not text".to_owned()
            } else {
                format!("these are {} files", several.len())
            };
            Err(Failure(format!(
                "{why}\n  help: name a folder with --output, or one dataset of one publication with --dataset and --source"
            )))
        }
    }
}
