//! `factsheet list`: what there is, one item a line, columns separated by tabs.

use super::session::{Selection, Session};
use super::terminal::Terminal;
use super::{End, Failure, pages};
use crate::report::{Report, notes};
use crate::source::origin::Status;
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  factsheet list                                 publications: id, country, status, title
  factsheet list indicators                      codes for `compare` and `trace`
  factsheet list datasets                        with the number of rows
  factsheet list columns                         every column of every dataset, with its meaning
  factsheet list methods                         how figures are compared, and who says so
  factsheet list figures | grep I_IUGOV12        ids for `trace`, with where they are shown
  factsheet list sources                         files with publisher and edition";

/// List publications, indicators, datasets, columns, methods, figures or sources
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What to list
    #[arg(default_value = "publications")]
    what: What,
    #[command(flatten)]
    selection: Selection,
    /// Columns or methods as the documentation's page
    #[arg(long)]
    markdown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Publications,
    Indicators,
    Datasets,
    Columns,
    Methods,
    Figures,
    Sources,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    if arguments.markdown && !matches!(arguments.what, What::Columns | What::Methods) {
        return Err(Failure(
            "there is no page of these\n  help: `factsheet list columns --markdown` or `factsheet list methods --markdown`".to_owned(),
        ));
    }
    match arguments.what {
        What::Methods => {
            let settings = session.settings();
            if arguments.markdown {
                terminal.bytes(pages::methods(&settings).as_bytes());
            } else {
                for method in notes::methods(&settings.methods) {
                    terminal.data(&format!("{}\t{}\t{}", method.name, method.text, method.source));
                }
            }
            return Ok(End::Done);
        }
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
        What::Publications | What::Datasets | What::Columns | What::Figures => {}
    }
    let request = session.request(&arguments.selection, [])?;
    let (_, reports) = session.build_and_keep(&request, &|publication| publication.report)?;
    if arguments.what == What::Columns {
        let schemas = pages::schemas(&reports);
        if arguments.markdown {
            terminal.bytes(pages::datasets(&schemas).as_bytes());
        } else {
            for (schema, column) in schemas.iter().flat_map(|schema| schema.columns.iter().map(move |column| (schema, column))) {
                let kind = pages::kind(column.column_type);
                terminal.data(&format!("{}\t{}\t{kind}\t{}\t{}", schema.name, column.name, column.unit, column.meaning));
            }
        }
        return Ok(End::Done);
    }
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
        // Listed above.
        What::Indicators | What::Columns | What::Methods | What::Sources => {}
    }
}
