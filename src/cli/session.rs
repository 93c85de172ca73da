//! What most subcommands begin with: the project read, the request made, the build run, its findings judged.

use super::Failure;
use super::terminal::Terminal;
use crate::check::Findings;
use crate::diagnostic::{Checked, Diagnostic};
use crate::files;
use crate::pipeline::{self, Output, Product, Progress, Publication, Request};
use crate::settings::{self, Settings, waivers};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Which publications are meant.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Selection {
    /// Source texts to read instead of those of seeds/sources.toml
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub source: Vec<PathBuf>,
    /// Every country that has figures, with or without a text
    #[arg(long)]
    pub all: bool,
}

/// A kind of output, as `--only` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    Workbook,
    Pdf,
    Data,
    Charts,
}

impl Only {
    pub fn product(self) -> Product {
        match self {
            Self::Workbook => Product::Workbook,
            Self::Pdf => Product::Pdf,
            Self::Data => Product::Data,
            Self::Charts => Product::Charts,
        }
    }
}

/// A project that was read.
#[derive(Debug)]
pub struct Session {
    pub terminal: Terminal,
    pub root: PathBuf,
    /// `seeds/…`, `input/…` and the sources given.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A build whose publications were handed over, with its findings judged.
#[derive(Debug)]
pub struct Built {
    pub output: Output,
    pub findings: Findings,
}

impl Session {
    /// Finds and reads the project.
    pub fn open(project: Option<&Path>, terminal: Terminal) -> Result<Self, Failure> {
        let root = files::find_project(project)?;
        if !root.as_os_str().is_empty() {
            terminal.explain(&format!("project: {}", root.display()));
        }
        let files = files::read_project(&root)?;
        Ok(Self { terminal, root, files })
    }

    /// What people decided in files; what is wrong with it, a build reports.
    pub fn settings(&self) -> Settings {
        settings::read(&self.files).value
    }

    /// The output folder: the one given, else `output/` of the project.
    pub fn output(&self, given: Option<&Path>) -> PathBuf {
        given.map_or_else(|| self.root.join("output"), Path::to_owned)
    }

    /// The request for a selection; reads the sources that it names.
    pub fn request(&mut self, selection: &Selection, only: impl IntoIterator<Item = Only>) -> Result<Request, Failure> {
        let mut sources = Vec::new();
        for path in &selection.source {
            let name = self.read_source(path)?;
            if !sources.contains(&name) {
                sources.push(name);
            }
        }
        Ok(Request { sources, all: selection.all, only: only.into_iter().map(Only::product).collect() })
    }

    /// Reads a source and says under which name it is known.
    pub fn read_source(&mut self, path: &Path) -> Result<String, Failure> {
        let name = files::name_of(&self.root, path);
        if !self.files.contains_key(&name) {
            let bytes = files::read_file(path).map_err(|error| {
                let near = nearest(&path.to_string_lossy(), self.files.keys().map(String::as_str));
                Failure(format!("{error}{}", near.map_or_else(String::new, |near| format!("\n  help: did you mean {near}?"))))
            })?;
            self.files.insert(name.clone(), bytes);
        }
        Ok(name)
    }

    /// Builds with a progress bar on a terminal, hands every publication to `take` as soon as it is made, and judges what the
    /// build and `take` found, and what was `found` before.
    pub fn build(
        &self,
        request: &Request,
        found: Vec<Diagnostic>,
        take: &(dyn Fn(Publication) -> Result<Vec<Diagnostic>, Failure> + Sync),
    ) -> Result<Built, Failure> {
        let bar = if self.terminal.shows_progress() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").expect("the template is written here"));
        let built = pipeline::build(&self.files, request, &|publication, step: Progress| {
            let id = publication.report.id.clone();
            let found = take(publication)?;
            bar.set_length(step.total as u64);
            bar.set_position(step.done as u64);
            bar.set_message(id);
            Ok::<_, Failure>(found)
        });
        bar.finish_and_clear();
        let mut checked = built?;
        checked.diagnostics.extend(found);
        let findings = self.judge(&checked);
        Ok(Built { output: checked.value, findings })
    }

    /// The same with of every publication what `keep` makes of it, in the order of their ids.
    pub fn build_and_keep<T: Send>(&self, request: &Request, keep: &(dyn Fn(Publication) -> T + Sync)) -> Result<(Built, Vec<T>), Failure> {
        let kept = Mutex::new(BTreeMap::new());
        let built = self.build(request, Vec::new(), &|publication| {
            let id = publication.report.id.clone();
            let made = keep(publication);
            kept.lock().unwrap_or_else(PoisonError::into_inner).insert(id, made);
            Ok(Vec::new())
        })?;
        Ok((built, kept.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()))
    }

    /// Holds the waivers against what was found.
    fn judge(&self, checked: &Checked<Output>) -> Findings {
        let (output, found) = (&checked.value, &checked.diagnostics);
        // A run of some sources cannot tell whether a waiver for another one is idle.
        let was_read = |file: &str| {
            if file.starts_with("seeds/") || file.starts_with("input/") {
                output.inputs.contains_key(file) || !self.files.contains_key(file)
            } else {
                output.publications.iter().any(|p| file.starts_with(&p.id))
            }
        };
        let (waived, wrong) = waivers::apply(&output.waivers, found, &files::today(), &was_read);
        let own = wrong.into_iter().map(|d| (d, None));
        Findings::judge(found.iter().cloned().zip(waived).chain(own).collect(), &output.publications, &self.files)
    }
}

/// The nearest of `names`, if one is near enough to be meant; a file's name counts as much as its path.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let wanted = last(wanted);
    names
        .map(|name| (strsim::jaro_winkler(&wanted, &last(name)), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
