//! `factsheet build`: writes publications, all or nothing.

use super::session::{Only, Selection, Session};
use super::terminal::{Loudness, Style, Terminal};
use super::{End, Failure};
use crate::check;
use crate::diagnostic::Severity;
use crate::edition::manifest::{Asked, Build};
use crate::edition::replace::{self, Folder as _, Staged};
use crate::edition::{MANIFEST, Manifest};
use crate::files::OutputFolder;
use crate::pipeline::Request;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

const EXAMPLES: &str = "\
Examples:
  factsheet build                                   what seeds/sources.toml lists, into output/
  factsheet build --source a.txt b.txt              two texts of your own; other publications stay
  factsheet build --all --only workbook,pdf         39 countries, without data files and charts
  factsheet build --dry-run                         what would be written, and what is wrong
  factsheet build --output /tmp/edition -v          elsewhere, with every warning

The new edition is written aside and put in place in one step per publication. Where the data has errors, nothing is
replaced: only check.html and check.json are renewed.";

/// Write the publications: workbook, PDF, data files, charts
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Where to write [default: output/ of the project]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Only these kinds of files; the others are then not in the output
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    only: Vec<Only>,
    /// Say what would be written and what is wrong; write nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    let request = session.request(&arguments.selection, arguments.only.iter().copied())?;
    let place = session.output(arguments.output.as_deref());
    if arguments.dry_run {
        return preview(&session, &request, &place);
    }
    // The lock comes before the work: a second build is told at once.
    let mut folder = OutputFolder::open(&place)?;
    let staged = Mutex::new(Staged::begin(&mut folder)?);
    let built = session.build(&request, Vec::new(), &|publication| {
        // Hashed by the thread that made it, before it waits for the disk.
        publication.files.par_iter().for_each(|(_, bytes)| _ = bytes.sha256());
        staged.lock().unwrap_or_else(PoisonError::into_inner).add(&publication.files)?;
        Ok(Vec::new())
    })?;
    let staged = staged.into_inner().unwrap_or_else(PoisonError::into_inner);
    let loud = terminal.loudness == Loudness::Verbose;
    terminal.findings(&built.findings, |severity| severity == Severity::Error || loud);
    let loose = check::page::files(&built.findings);
    if built.findings.fails_on(Severity::Error) {
        drop(staged);
        let mended = replace::renew_checks(&mut folder, &loose)?;
        mended.iter().for_each(|m| terminal.say(m));
        terminal.say(&format!(
            "{}: nothing was replaced ({})\n  see {}",
            terminal.styled(Style::Error, "not built"),
            built.findings.summary(),
            place.join("check.html").display()
        ));
        return Ok(End::Errors);
    }
    let written: Vec<String> = staged.names().map(str::to_owned).collect();
    let replaced = staged.put_in_place(&loose, Asked::of(&request), built.output.inputs)?;
    replaced.mended.iter().for_each(|m| terminal.say(m));
    for id in replaced.added.iter().chain(&replaced.replaced) {
        terminal.data(&place.join(id).display().to_string());
    }
    for name in &written {
        terminal.explain(&format!("  {}", place.join(name).display()));
    }
    for id in &replaced.removed {
        terminal.say(&format!("removed {id}: this build of the whole project did not write it"));
    }
    let count = replaced.added.len() + replaced.replaced.len();
    terminal.say(&format!(
        "{} {count} publication{} in {} ({}){}",
        terminal.styled(Style::Strong, "built"),
        if count == 1 { "" } else { "s" },
        place.display(),
        built.findings.summary(),
        if built.findings.judged.is_empty() || loud { "" } else { "; `factsheet check` shows them, or check.html" },
    ));
    Ok(End::Done)
}

/// What a build would do, file by file: `new`, `changed`, `same`, `removed`.
fn preview(session: &Session, request: &Request, place: &Path) -> Result<End, Failure> {
    let terminal = session.terminal;
    let (built, files) = session.build_and_keep(request, &|publication| {
        let about = publication.files.iter().map(|(name, bytes)| (name.clone(), (bytes.len(), bytes.sha256().to_owned())));
        about.collect::<Vec<_>>()
    })?;
    let loud = terminal.loudness == Loudness::Verbose;
    terminal.findings(&built.findings, |severity| severity == Severity::Error || loud);
    let failed = built.findings.fails_on(Severity::Error);
    let files: BTreeMap<String, (usize, String)> = files.into_iter().flatten().collect();
    let before = OutputFolder::look(place).read(MANIFEST).ok().and_then(|bytes| Manifest::read(&bytes));
    let old: BTreeMap<&str, &str> = before.as_ref().map(Manifest::outputs).unwrap_or_default();
    for (name, (bytes, hash)) in &files {
        let what = match old.get(name.as_str()) {
            None => "new",
            Some(old) if old == hash => "same",
            Some(_) => "changed",
        };
        terminal.data(&format!("{what}\t{bytes}\t{}", place.join(name).display()));
    }
    let outputs = files.into_iter().map(|(name, (_, hash))| (name, hash)).collect();
    let after = Manifest::after(before.as_ref(), Build { request: Asked::of(request), inputs: BTreeMap::new(), outputs });
    let kept = after.outputs();
    for name in old.keys().filter(|name| !kept.contains_key(*name)) {
        terminal.data(&format!("removed\t\t{}", place.join(name).display()));
    }
    let would = if failed { "would write nothing but check.html and check.json" } else { "would write this" };
    terminal.say(&format!("{would} ({})", built.findings.summary()));
    Ok(if failed { End::Errors } else { End::Done })
}
