//! `factsheet inputs`: whether every file is the one that `sources.toml` records; what moved in one that is not; and
//! recording it.

use super::session::Session;
use super::terminal::Terminal;
use super::{End, Failure, unlisted};
use crate::dataset::integrity::{self, Moved};
use crate::dataset::{Observation, observe};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::earlier;
use crate::files::{self, OutputFolder};
use crate::settings::revisions;
use crate::settings::sources::accept;
use crate::settings::{self, Settings, corrections};
use crate::source::sha256;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet inputs                          intact, changed, missing or not listed, and each figure that moved
  factsheet inputs --against old/desi.xlsx  what moved since an earlier copy of a file
  factsheet inputs --accept                 record changed files with today's date, after you have looked at them
  factsheet inputs --accept --revisions     and list what moved for the next edition's Revisions note
  factsheet diff old.txt new.txt            what changed in a text

Figures are held against the edition that is in output/. A line is: moved, where the figure stands, which it is,
before, now, where it stood.";

/// Check every file against its recorded hash, and its figures against the last edition; record a new one
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Record the hash of every changed file in its sources.toml, with today's date
    #[arg(long)]
    accept: bool,
    /// An earlier copy of one of the files of input/, or an output folder [default: output/ of the project]
    #[arg(long, value_name = "PATH")]
    against: Option<PathBuf>,
    /// Enter the figures that moved in input/revisions.csv: the next build prints them
    #[arg(long, requires = "accept")]
    revisions: bool,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let session = Session::open(project, terminal)?;
    let read = settings::read(&session.files);
    let settings = &read.value;
    let mut unlisted = Vec::new();
    let mut changed = BTreeSet::new();
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
                Some(hash) => {
                    changed.insert(name.clone());
                    match arguments.accept.then(|| accept(&text, &origin.file, &hash, &files::today())).flatten() {
                        Some(newer) => {
                            (text, recorded) = (newer, true);
                            "accepted"
                        }
                        None => "changed",
                    }
                }
            };
            open += usize::from(state == "missing" || state == "changed");
            terminal.data(&format!("{state}\t{name}"));
        }
        if recorded {
            files::write_file(&session.root.join(&list), text.as_bytes())?;
        }
        // Texts and workbooks that lie there without an entry are read by nobody.
        let is_settings = |name: &str| [".toml", ".md", corrections::FILE, revisions::FILE].iter().any(|end| name.ends_with(end));
        for name in session.files.keys().filter(|name| name.starts_with(&format!("{folder}/")) && !is_settings(name)) {
            if !origins.iter().any(|o| format!("{folder}/{}", o.file) == *name) {
                terminal.data(&format!("not listed\t{name}"));
                unlisted.push(name);
            }
        }
    }
    let wrong: Vec<&Diagnostic> = read.diagnostics.iter().filter(|d| d.rule.severity == Severity::Error).collect();
    if !wrong.is_empty() {
        // Against broken lists nothing more can be said.
        wrong.into_iter().for_each(|diagnostic| terminal.diagnostic(diagnostic, None));
        return Ok(End::Errors);
    }
    for name in unlisted {
        terminal.say(&format!("\n{}", unlisted::explain(&session, settings, name)));
    }
    figures(arguments, &session, settings, &changed)?;
    if open > 0 {
        terminal.say("help: look at the changed files, then `factsheet inputs --accept` records them");
        return Ok(End::Errors);
    }
    Ok(End::Done)
}

/// Says what the changed files of figures do not fit, and every figure that moved; enters them in the list of revisions.
fn figures(arguments: &Arguments, session: &Session, settings: &Settings, changed: &BTreeSet<String>) -> Result<(), Failure> {
    let terminal = session.terminal;
    if arguments.against.is_none() && !changed.iter().any(|name| name.starts_with("input/")) {
        return Ok(());
    }
    let now = observe::read(&session.files, settings);
    let of_changed = |d: &&Diagnostic| changed.contains(d.place.file.as_str()) && d.rule != &observe::HASH_DIFFERS;
    for found in now.diagnostics.iter().filter(of_changed).filter(|d| d.rule.severity > Severity::Note) {
        terminal.diagnostic(found, None);
    }
    let Some((name, before)) = earlier(arguments.against.as_deref(), session, settings)? else {
        terminal.say("help: there is no earlier edition in output/; `--against FILE` holds the figures against an earlier copy");
        return Ok(());
    };
    // Of a file that gave nothing at all, the messages above say why.
    let read: BTreeSet<&str> = now.value.iter().map(|o| o.source.as_str()).collect();
    let before: Vec<Observation> = before.into_iter().filter(|o| read.contains(o.source.as_str())).collect();
    let moved = integrity::moved(&before, &now.value);
    for Moved { before, after } in &moved {
        let what = format!("{} {} {}", before.indicator, before.geo, before.time_period);
        let (place, found) = after.map_or((&before.place, "gone".to_owned()), |after| (&after.place, integrity::said(after)));
        terminal.data(&format!("moved\t{place}\t{what}\t{}\t{found}\t{}", integrity::said(before), before.place.location()));
    }
    terminal.say(&match moved.len() {
        0 => format!("no figure moved against {name}"),
        1 => format!("1 figure moved against {name}"),
        n => format!("{n} figures moved against {name}"),
    });
    if arguments.revisions {
        let all = revisions::enter(&settings.revisions, &earlier::revisions(&moved, &files::today()));
        files::write_file(&session.root.join(revisions::FILE), &revisions::written(&all)?)?;
        terminal.say(&format!("written: {}, {} in it", revisions::FILE, all.len()));
    }
    Ok(())
}

/// What the figures are held against, with its name: an output folder, or an earlier copy read in the place of the file of its
/// name.
fn earlier(against: Option<&Path>, session: &Session, settings: &Settings) -> Result<Option<(String, Vec<Observation>)>, Failure> {
    let path = match against {
        None => session.output(None),
        Some(path) if files::is_folder(path) => path.to_owned(),
        Some(path) => {
            let name = path.display().to_string();
            let bytes = files::read_file(path)?;
            let last = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let Some(origin) = settings.inputs.iter().find(|o| o.file.rsplit('/').next() == Some(last.as_str())) else {
                let names: Vec<&str> = settings.inputs.iter().map(|o| o.file.as_str()).collect();
                return Err(Failure(format!(
                    "{name} is not named like any file of input/sources.toml\n  help: give the copy one of these names: {}",
                    names.join(", ")
                )));
            };
            let mut project = session.files.clone();
            project.insert(format!("input/{}", origin.file), bytes);
            let read = observe::read(&project, settings).value.into_iter().filter(|o| o.source == origin.id);
            return Ok(Some((name, read.collect())));
        }
    };
    let found = earlier::read(&OutputFolder::look(&path), &settings.inputs);
    match (found, against) {
        (Some(found), _) => Ok(Some((path.display().to_string(), found.observations))),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Failure(format!(
            "{} holds no edition with data files\n  help: name a folder that `factsheet build` wrote, or an earlier copy of a file",
            path.display()
        ))),
    }
}
