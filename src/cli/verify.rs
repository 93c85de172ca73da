//! `factsheet verify`: is this what the program would write.

use super::session::{Only, Selection, Session};
use super::terminal::{Style, Terminal};
use super::{End, Failure};
use crate::edition::verify::{self, Difference};
use crate::edition::{MANIFEST, Manifest};
use crate::files;
use crate::writer::pdf::{Attachment, digest, embedded};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet verify output                          the folder against its manifest, and built again
  factsheet verify output/lu-dpa-2022/factsheet.pdf    one document: the data within it, and built again
  factsheet verify new.pdf --source new.txt        a document made from a text of your own

Differences are printed one a line; the exit code is then 1.";

/// Rebuild in memory and compare every byte with what was written
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// An output folder, or a PDF that was written [default: output/ of the project]
    #[arg(value_name = "DIR|FILE.pdf")]
    what: Option<PathBuf>,
    /// For a document: what it was made from, where that is not seeds/sources.toml
    #[command(flatten)]
    selection: Selection,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    let what = session.output(arguments.what.as_deref());
    let is_document = what.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) && !files::is_folder(&what);
    let differences = if is_document { document(&mut session, &what, &arguments.selection)? } else { folder(&mut session, &what)? };
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
        return Err(Failure(format!("{} is neither an output folder nor a PDF\n  help: `factsheet build` writes both", folder.display())));
    }
    let manifest = files::read_file(&folder.join(MANIFEST)).ok().and_then(|bytes| Manifest::read(&bytes)).ok_or_else(|| {
        let help = "name the whole folder that `factsheet build` wrote, not one of a publication";
        Failure(format!("{} has no {MANIFEST} of factsheet\n  help: {help}", folder.display()))
    })?;
    let there = files::read_tree(folder)?;
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
            let (_, hashes) = session.build_and_keep(&build.request.request(), &|publication| {
                publication.files.iter().map(|(name, bytes)| (name.clone(), bytes.sha256().to_owned())).collect::<Vec<_>>()
            })?;
            differences.extend(verify::rebuilt(build, &hashes.into_iter().flatten().collect()));
        } else {
            session.terminal.say("the inputs are others now: what was built from them cannot be compared");
        }
    }
    Ok(differences)
}

/// A document against the data embedded in it, and against what the program writes now.
fn document(session: &mut Session, path: &Path, selection: &Selection) -> Result<Vec<Difference>, Failure> {
    let bytes = files::read_file(path)?;
    let attached = embedded(&bytes).map_err(|error| Failure(format!("{} is no document of factsheet: {error}", path.display())))?;
    if attached.is_empty() {
        return Err(Failure(format!("{} carries no data\n  help: only documents that factsheet wrote can be verified", path.display())));
    }
    let hash = digest(&attached);
    session.terminal.say(&format!(
        "data within: {} files, SHA-256 {}, code {} (compare with the last page)",
        attached.len(),
        hash.hex(),
        hash.short()
    ));
    let request = session.request(selection, [Only::Pdf])?;
    let (_, publications) = session.build_and_keep(&request, &|publication| publication.files)?;
    let documents = publications.iter().flatten().filter(|(name, _)| name.ends_with(".pdf"));
    if documents.clone().any(|(_, again)| **again == *bytes) {
        return Ok(Vec::new());
    }
    // The one that carries most of the same data is what this document would be now.
    let carried = documents.filter_map(|(name, again)| Some((name, embedded(again).ok()?)));
    let same = |theirs: &[Attachment]| attached.iter().filter(|a| theirs.iter().any(|t| t.name == a.name && t.bytes == a.bytes)).count();
    let file = path.file_name();
    let Some((name, theirs)) = carried.max_by_key(|(name, theirs)| (same(theirs), Path::new(name.as_str()).file_name() == file)) else {
        return Err(Failure("nothing could be built to compare with\n  help: `factsheet check` says why".to_owned()));
    };
    let mut found = vec![Difference::RebuiltOtherwise(name.clone())];
    for attachment in &attached {
        match theirs.iter().find(|t| t.name == attachment.name) {
            None => found.push(Difference::NotRebuilt(format!("{name}: {}", attachment.name))),
            Some(other) if other.bytes != attachment.bytes => {
                found.push(Difference::RebuiltOtherwise(format!("{name}: {}", attachment.name)))
            }
            Some(_) => {}
        }
    }
    let new = theirs.iter().filter(|t| !attached.iter().any(|a| a.name == t.name));
    found.extend(new.map(|t| Difference::RebuiltMore(format!("{name}: {}", t.name))));
    Ok(found)
}
