//! `factsheet check`: may this edition go out, and if not, why.

use super::session::{Selection, Session};
use super::terminal::{Loudness, Terminal};
use super::{End, Failure};
use crate::check::{self, Findings, Judged};
use crate::dataset::{Observation, integrity, observe};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::{earlier, replace};
use crate::files::OutputFolder;
use crate::source::sha256;
use clap::ValueEnum;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  factsheet check                                what seeds/sources.toml lists
  factsheet check -v                             every note too, not only the first ones of each rule
  factsheet check --source new.txt               a text of your own
  factsheet check --all --fail-on warning        strict, every country
  factsheet check --format json | jq .summary    for programs
  factsheet check --format github                annotations of a pull request
  factsheet rules DPA                            what the rules of the factsheet reader demand

The results are also written as a page for the browser: output/check.html. A finding that a person takes responsibility
for stands in input/waivers.toml; it is printed with the reason wherever it applies.";

/// Check everything that a build would write, and write nothing but check.html and check.json
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// How the findings are printed on standard output
    #[arg(long, value_name = "FORMAT", default_value = "people")]
    format: Format,
    /// From which severity on the exit code is 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Where check.html and check.json are written [default: output/ of the project]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Notes of one rule and publication that are printed without `--verbose`: a text may have lost all its links.
const NOTES_SHOWN: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Place, line with a caret, expected, found, help
    People,
    /// One JSON document
    Json,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
        }
    }
}

pub fn run(arguments: &Arguments, project: Option<&Path>, terminal: Terminal) -> Result<End, Failure> {
    let mut session = Session::open(project, terminal)?;
    let request = session.request(&arguments.selection, [])?;
    let place = session.output(arguments.output.as_deref());
    let mut folder = OutputFolder::open(&place)?;
    let built = session.build(&request, moved(&session, &folder), &|publication| Ok(check::written::check(&publication.files)))?;
    let findings = &built.findings;
    print(findings, arguments.format, terminal);
    let mended = replace::renew_checks(&mut folder, &check::page::files(findings))?;
    mended.iter().for_each(|m| terminal.say(m));
    terminal.say(&format!("{}; see {}", findings.summary(), place.join("check.html").display()));
    Ok(if findings.fails_on(arguments.fail_on.severity()) { End::Errors } else { End::Done })
}

/// The figures that are not those of the edition in the output folder, where any file of `input/` is another one since.
fn moved(session: &Session, folder: &OutputFolder) -> Vec<Diagnostic> {
    let settings = session.settings();
    let Some(earlier) = earlier::read(folder, &settings.inputs) else { return Vec::new() };
    let same = |(name, hash): (&String, &String)| session.files.get(name).is_some_and(|bytes| sha256(bytes) == *hash);
    if earlier.inputs.iter().filter(|(name, _)| name.starts_with("input/")).all(same) {
        return Vec::new();
    }
    let now = observe::read(&session.files, &settings).value;
    // What is wrong with a file that gave nothing at all, its reader says.
    let read: BTreeSet<&str> = now.iter().map(|o| o.source.as_str()).collect();
    let before: Vec<Observation> = earlier.observations.into_iter().filter(|o| read.contains(o.source.as_str())).collect();
    integrity::told(&integrity::moved(&before, &now))
}

fn print(findings: &Findings, format: Format, terminal: Terminal) {
    match format {
        Format::People => people(findings, terminal),
        Format::Json => terminal.bytes(&check::page::json(findings)),
        Format::Github => findings.judged.iter().for_each(|judged| terminal.data(&check::annotation::line(judged))),
    }
}

/// Every finding under the heading of its publication; of a rule's notes the first few, the others counted.
fn people(findings: &Findings, terminal: Terminal) {
    let most = match terminal.loudness {
        Loudness::Quiet => 0,
        Loudness::Normal => NOTES_SHOWN,
        Loudness::Verbose => usize::MAX,
    };
    let out = terminal.on_stdout();
    for of_one in findings.judged.chunk_by(|a, b| a.publication == b.publication) {
        let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
        let (shown, left): (Vec<&Judged>, Vec<&Judged>) = of_one.iter().partition(|judged| {
            let is_note = judged.diagnostic.rule.severity == Severity::Note && judged.waived.is_none();
            let count = notes.entry(judged.diagnostic.rule.id).or_default();
            *count += usize::from(is_note);
            !is_note || *count <= most
        });
        if shown.is_empty() {
            continue;
        }
        out.data(&format!("{}\n", out.heading(&of_one[0].publication)));
        shown.iter().for_each(|judged| out.data(&out.worded(&judged.diagnostic, judged.waived.as_deref())));
        if !left.is_empty() && most > 0 {
            let rules: BTreeSet<&str> = left.iter().map(|judged| judged.diagnostic.rule.id).collect();
            let rules: Vec<&str> = rules.into_iter().collect();
            out.data(&format!("and {} more notes of {}: `factsheet check -v` prints them\n", left.len(), rules.join(", ")));
        }
    }
}
