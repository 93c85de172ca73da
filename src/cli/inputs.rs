//! `factsheet inputs`: whether every file is the one that `sources.toml` records; and recording a new one.

use super::session::Session;
use super::terminal::Terminal;
use super::{End, Failure};
use crate::files;
use crate::settings::sources::accept;
use crate::source::sha256;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  factsheet inputs                    intact, changed, missing or not listed, file by file
  factsheet inputs --accept           record changed files with today's date, after you have looked at them
  factsheet diff old.txt new.txt      what changed in a text";

/// Check every file against its recorded hash; record a new one
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Record the hash of every changed file in its sources.toml, with today's date
    #[arg(long)]
    accept: bool,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let session = Session::open(project, terminal)?;
    let settings = session.settings();
    let mut open = 0;
    for (folder, origins) in [("seeds", &settings.seeds), ("input", &settings.inputs)] {
        let list = format!("{folder}/sources.toml");
        let mut text = session.files.get(&list).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let mut recorded = false;
        for origin in origins {
            let name = format!("{folder}/{}", origin.file);
            let state = match session.files.get(&name).map(|bytes| sha256(bytes)) {
                None => "missing",
                Some(hash) if hash == origin.sha256 => "intact",
                Some(hash) => match arguments.accept.then(|| accept(&text, &origin.file, &hash, &files::today())).flatten() {
                    Some(changed) => {
                        (text, recorded) = (changed, true);
                        "accepted"
                    }
                    None => "changed",
                },
            };
            open += usize::from(state == "missing" || state == "changed");
            terminal.data(&format!("{state}\t{name}"));
        }
        if recorded {
            files::write_file(&session.root.join(&list), text.as_bytes())?;
        }
        // Texts and workbooks that lie there without an entry are read by nobody.
        let is_settings = |name: &str| [".toml", ".md", "corrections.csv", "waivers.toml"].iter().any(|end| name.ends_with(end));
        for name in session.files.keys().filter(|name| name.starts_with(&format!("{folder}/")) && !is_settings(name)) {
            if !origins.iter().any(|o| format!("{folder}/{}", o.file) == *name) {
                terminal.data(&format!("not listed\t{name}"));
            }
        }
    }
    if open > 0 {
        terminal.say("help: look at the changed files, then `factsheet inputs --accept` records them");
        return Ok(End::Errors);
    }
    Ok(End::Done)
}
