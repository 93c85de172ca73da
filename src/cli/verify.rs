//! `factsheet verify`: is this what the program would write.

use super::session::Session;
use super::terminal::{Style, Terminal};
use super::{End, Failure};
use crate::edition::verify::{self, Difference};
use crate::edition::{MANIFEST, Manifest};
use crate::files;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet verify output                          the folder against its manifest, and built again
  factsheet verify output/lu-dpa-2022/factsheet.pdf    the data within the document against the document

Differences are printed one a line; the exit code is then 1.";

/// Rebuild in memory and compare every byte with what was written
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// An output folder, or a PDF that was written [default: output/ of the project]
    #[arg(value_name = "DIR|FILE.pdf")]
    what: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    let what = session.output(arguments.what.as_deref());
    let differences = folder(&mut session, &what)?;
    for difference in &differences {
        terminal.data(&difference.worded());
    }
    if differences.is_empty() {
        terminal.say(&format!(
            "{}: every byte of {} is what the program writes",
            terminal.styled(Style::Strong, "verified"),
            what.display()
        ));
        return Ok(End::Done);
    }
    let count = differences.len();
    terminal.say(&format!("{}: {count} difference{}", terminal.styled(Style::Error, "not verified"), if count == 1 { "" } else { "s" }));
    Ok(End::Errors)
}

fn folder(session: &mut Session, folder: &Path) -> Result<Vec<Difference>, Failure> {
    if !files::is_folder(folder) {
        return Err(Failure(format!("there is no folder {}\n  help: `factsheet build` writes one", folder.display())));
    }
    let there = files::read_tree(folder)?;
    let manifest = there.get(MANIFEST).and_then(|bytes| Manifest::read(bytes)).ok_or_else(|| {
        Failure(format!("{} has no {MANIFEST} of factsheet\n  help: name a folder that `factsheet build` wrote", folder.display()))
    })?;
    let mut differences = verify::folder(&manifest, &there);
    if manifest.version != env!("CARGO_PKG_VERSION") {
        differences.push(Difference::OtherVersion(manifest.version.clone()));
    }
    for build in manifest.builds() {
        for source in &build.request.source {
            // A source that is gone is reported with the other inputs.
            let _ = session.read_source(&session.root.join(source)).or_else(|_| session.read_source(Path::new(source)));
        }
        let inputs = verify::inputs(build, &session.files);
        let comparable = inputs.is_empty();
        differences.extend(inputs);
        if comparable {
            let built = session.build(&build.request.request())?;
            differences.extend(verify::rebuilt(build, &built.output.files));
        } else {
            session.terminal.say("the inputs are others now: what was built from them cannot be compared");
        }
    }
    Ok(differences)
}
