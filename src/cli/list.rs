//! `factsheet list`: what there is, one item a line, columns separated by tabs.

use super::session::{Selection, Session};
use super::terminal::Terminal;
use super::{End, Failure};
use crate::report::Report;
use crate::source::origin::Status;
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  factsheet list                                 publications: id, country, status, title
  factsheet list indicators                      codes for `compare` and `trace`
  factsheet list datasets                        with the number of rows
  factsheet list figures | grep I_IUGOV12        ids for `trace`, with where they are shown
  factsheet list sources                         files with publisher and edition";

/// List publications, indicators, datasets, figures or sources
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What to list
    #[arg(default_value = "publications")]
    what: What,
    #[command(flatten)]
    selection: Selection,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Publications,
    Indicators,
    Datasets,
    Figures,
    Sources,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    match arguments.what {
        What::Indicators => {
            for indicator in &session.settings().indicators.indicators {
                terminal.data(&format!("{}\t{}\t{}\t{}", indicator.code, indicator.group, indicator.unit.label, indicator.label));
            }
            return Ok(End::Done);
        }
        What::Sources => {
            let settings = session.settings();
            for (folder, origin) in settings.seeds.iter().map(|o| ("seeds", o)).chain(settings.inputs.iter().map(|o| ("input", o))) {
                terminal
                    .data(&format!("{folder}/{}\t{}\t{}\t{}\t{}", origin.file, origin.id, origin.edition, origin.publisher, origin.title));
            }
            return Ok(End::Done);
        }
        What::Publications | What::Datasets | What::Figures => {}
    }
    let request = session.request(&arguments.selection, [])?;
    let (_, reports) = session.build_and_keep(&request, &|publication| publication.report)?;
    reports.iter().for_each(|report| one(report, arguments.what, terminal));
    Ok(End::Done)
}

fn one(report: &Report, what: What, terminal: Terminal) {
    match what {
        What::Publications => {
            let status = match report.status {
                Status::Draft => "draft",
                Status::Final => "final",
            };
            terminal.data(&format!("{}\t{}\t{status}\t{}", report.id, report.country, report.title));
        }
        What::Datasets => {
            for table in &report.tables {
                terminal.data(&format!("{}\t{}\t{}\t{}", report.id, table.schema.name, table.rows.len(), table.schema.row));
            }
        }
        What::Figures => {
            let figures: BTreeSet<(String, String, String)> = report
                .shown()
                .into_iter()
                .filter(|(_, s)| !s.id.is_empty())
                .map(|(place, s)| (s.id.clone(), s.text.clone(), place))
                .collect();
            for (id, text, place) in figures {
                terminal.data(&format!("{}\t{id}\t{text}\t{place}", report.id));
            }
        }
        // Listed without a build.
        What::Indicators | What::Sources => {}
    }
}
