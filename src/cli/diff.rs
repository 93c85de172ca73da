//! `factsheet diff`: what moved between two editions, and why.

use super::session::{Only, Session};
use super::terminal::{Style, Terminal};
use super::{End, Failure};
use crate::dataset::integrity;
use crate::edition::content::Content;
use crate::edition::diff::{self, Change, Kind};
use crate::edition::{MANIFEST, earlier};
use crate::files;
use crate::pipeline::Request;
use crate::settings::revisions;
use crate::writer::xlsx;
use clap::ValueEnum;
use serde_json::json;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet diff /tmp/last-year output                     two output folders
  factsheet diff factsheet-2021.txt factsheet-2023.txt     two editions of a source text
  factsheet diff old new --workbook changes.xlsx           to sort and filter
  factsheet diff old new --revisions input/revisions.csv   figures that a source revised, for the next Revisions note
  factsheet diff old new --format json | jq .summary

Rows are told apart by what they say: an entry that only stands elsewhere has not changed.";

/// Show what changed between two output folders, or two editions of a text
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Output folder or text before
    old: PathBuf,
    /// Output folder or text after
    new: PathBuf,
    /// How the changes are printed
    #[arg(long, value_name = "FORMAT", default_value = "people")]
    format: Format,
    /// Also write the changes as a workbook
    #[arg(long, value_name = "FILE.xlsx")]
    workbook: Option<PathBuf>,
    /// Also write the figures that a source revised; in input/revisions.csv the next build prints them
    #[arg(long, value_name = "FILE.csv")]
    revisions: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    People,
    Json,
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let (old, new) = (&arguments.old, &arguments.new);
    let mut revised = Vec::new();
    let changes = match (files::is_folder(old), files::is_folder(new)) {
        (true, true) => {
            let (old, new) = (folder(old)?, folder(new)?);
            let changes = diff::diff(&old, &new, false);
            if arguments.revisions.is_some() && !diff::revisions(&changes).is_empty() {
                let (before, after) = (earlier::observations(&old, &[]), earlier::observations(&new, &[]));
                revised = earlier::revisions(&integrity::moved(&before, &after), &files::today());
            }
            changes
        }
        (false, false) => {
            let mut session = Session::open(project, terminal)?;
            let (before, after) = (text(&mut session, old)?, text(&mut session, new)?);
            if let (Some(first), Some(second)) = (of_whom(&before), of_whom(&after))
                && first != second
            {
                return Err(Failure(format!(
                    "{} is of {first}, {} of {second}: they are no two editions of one source\n  help: name two texts of one country and family",
                    old.display(),
                    new.display()
                )));
            }
            diff::diff(&before, &after, true)
        }
        (true, false) | (false, true) => {
            return Err(Failure("a folder cannot be compared with a file\n  help: name two output folders, or two texts".to_owned()));
        }
    };
    match arguments.format {
        Format::People => people(&changes, terminal),
        Format::Json => {
            let bytes = serde_json::to_string_pretty(&document(&changes)).expect("a JSON value is JSON");
            terminal.data(&bytes);
        }
    }
    if let Some(path) = &arguments.workbook {
        files::write_file(path, &xlsx::differences(&HEADS, &changes.iter().map(row).collect::<Vec<_>>())?)?;
        terminal.say(&format!("written: {}", path.display()));
    }
    if let Some(path) = &arguments.revisions {
        files::write_file(path, &revisions::written(&revised)?)?;
        terminal.say(&format!("written: {}", path.display()));
    }
    Ok(End::Done)
}

fn folder(path: &Path) -> Result<Content, Failure> {
    files::read_file(&path.join(MANIFEST)).map_err(|_| not_ours(path))?;
    let content = Content::read(&files::read_tree(path)?);
    if content.publications.is_empty() { Err(not_ours(path)) } else { Ok(content) }
}

fn not_ours(path: &Path) -> Failure {
    let help = "name a folder that `factsheet build` wrote with its data";
    Failure(format!("{} holds no data files of factsheet\n  help: {help}", path.display()))
}

fn text(session: &mut Session, path: &Path) -> Result<Content, Failure> {
    let source = session.read_source(path)?;
    let request = Request { sources: vec![source], all: false, only: [Only::Charts.product()].into() };
    let (built, reports) = session.build_and_keep(&request, &|publication| publication.report)?;
    if reports.is_empty() {
        let why = built.findings.judged.first().map_or_else(String::new, |j| session.terminal.worded(&j.diagnostic, None));
        return Err(Failure(format!("{} could not be read\n{why}", path.display())));
    }
    Ok(Content::of(&reports))
}

/// Country and family of a text's publication: `lu-dpa` of `lu-dpa-2022`.
fn of_whom(text: &Content) -> Option<&str> {
    text.publications.keys().next()?.rsplit_once('-').map(|(of, _)| of)
}

const HEADS: [&str; 10] =
    ["Publication", "Dataset", "Kind", "What", "Column", "Before", "After", "Cause", "Line or cell before", "Line or cell after"];

fn row(change: &Change) -> [String; 10] {
    [
        change.publication.clone(),
        change.dataset.clone(),
        change.kind.as_str().to_owned(),
        change.what.clone(),
        change.column.clone(),
        change.before.clone(),
        change.after.clone(),
        change.cause.as_str().to_owned(),
        change.line_before.clone(),
        change.line_after.clone(),
    ]
}

fn document(changes: &[Change]) -> serde_json::Value {
    let one = |c: &Change| {
        json!({
            "publication": c.publication, "dataset": c.dataset, "kind": c.kind.as_str(), "what": c.what, "column": c.column,
            "before": c.before, "after": c.after, "cause": c.cause.as_str(), "line_before": c.line_before, "line_after": c.line_after,
        })
    };
    let summary: serde_json::Map<String, serde_json::Value> =
        Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), json!(changes.iter().filter(|c| c.kind == *kind).count()))).collect();
    json!({
        "summary": summary,
        "changes": changes.iter().map(one).collect::<Vec<_>>(),
        "revisions": diff::revisions(changes).into_iter().map(one).collect::<Vec<_>>(),
    })
}

fn people(changes: &[Change], terminal: Terminal) {
    let out = terminal.on_stdout();
    let mut heading = None;
    for change in changes {
        let here = (&change.publication, &change.dataset);
        if heading != Some(here) {
            heading = Some(here);
            out.data(&out.styled(Style::Strong, &format!("── {} · {} ──", here.0, here.1)));
        }
        let lines = match (change.line_before.as_str(), change.line_after.as_str()) {
            ("", "") => String::new(),
            (before, after) => format!("  [{} → {}]", or_dash(before), or_dash(after)),
        };
        let cause = out.styled(Style::Dim, &format!("  ({}){lines}", change.cause.as_str()));
        match change.kind {
            Kind::Added => out.data(&format!("{} {}{cause}", out.styled(Style::Note, "added"), cut(&change.after))),
            Kind::Gone => out.data(&format!("{} {}{cause}", out.styled(Style::Error, "gone"), cut(&change.before))),
            Kind::Value | Kind::Flag | Kind::Class | Kind::Claim | Kind::Reworded | Kind::Other => {
                out.data(&format!("{} {} · {}{cause}", out.styled(Style::Warning, change.kind.as_str()), cut(&change.what), change.column));
                if change.kind == Kind::Reworded {
                    let (before, after) = parts(&change.before, &change.after);
                    out.data(&format!("  - {before}\n  + {after}"));
                } else {
                    out.data(&format!("  {} → {}", or_dash(&change.before), or_dash(&change.after)));
                }
            }
        }
    }
    let counts: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| (changes.iter().filter(|c| c.kind == *kind).count(), kind.as_str()))
        .filter(|(n, _)| *n > 0)
        .map(|(n, kind)| format!("{n} {kind}"))
        .collect();
    let revised = diff::revisions(changes).len();
    let revised = if revised == 0 { String::new() } else { format!("; {revised} figures were revised by their source (--revisions)") };
    terminal.say(&if counts.is_empty() { "nothing changed".to_owned() } else { format!("{}{revised}", counts.join(", ")) });
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// Characters of a text that a line of the terminal shows.
const SHOWN: usize = 160;

fn cut(text: &str) -> String {
    if text.chars().count() <= SHOWN { text.to_owned() } else { text.chars().take(SHOWN).chain(" …".chars()).collect() }
}

/// Both texts from a little before the first letter that differs.
fn parts(before: &str, after: &str) -> (String, String) {
    let same = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    if before.chars().count().max(after.chars().count()) <= SHOWN {
        return (before.to_owned(), after.to_owned());
    }
    let from = same.saturating_sub(SHOWN / 4);
    let part = |text: &str| {
        let tail: String = text.chars().skip(from).collect();
        format!("{}{}", if from > 0 { "… " } else { "" }, cut(&tail))
    };
    (part(before), part(after))
}
