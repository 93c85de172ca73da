//! Settings are data: what is read, how it is shown, what a person put right. `seeds/sources.toml` and the files of `input/`.

pub mod corrections;
pub mod cut_off;
pub mod indicators;
mod lines;
pub mod methods;
pub mod publication;
pub mod revisions;
pub mod sources;
pub mod waivers;

pub use corrections::{Correction, Corrections};
pub use cut_off::{Cut, CutOffs};
pub use indicators::{Binding, Group, Indicators, TargetEntry};
pub use methods::Methods;
pub use publication::Publication;
pub use revisions::Revision;
pub use waivers::Waiver;

use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::Origin;
use crate::vocabulary::{Lines, Place};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that people decide in files.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The texts of `seeds/`.
    pub seeds: Vec<Origin>,
    /// The figures of `input/`.
    pub inputs: Vec<Origin>,
    pub indicators: Indicators,
    pub methods: Methods,
    pub corrections: Corrections,
    pub publication: Publication,
    pub waivers: Vec<Waiver>,
    /// Figures that stood otherwise in an earlier publication.
    pub revisions: Vec<Revision>,
}

pub static NOT_TOML: Rule = Rule {
    id: "SET001",
    severity: Severity::Error,
    title: "A settings file is TOML with the keys that its head comment lists, and no others.",
    source: "this project",
    explanation: "A misspelt key would be ignored without anybody noticing. Correct the line that is named.",
};

pub static NO_SETTINGS: Rule = Rule {
    id: "SET002",
    severity: Severity::Error,
    title: "The settings files that a build needs are there.",
    source: "this project",
    explanation: "Without `seeds/sources.toml`, `input/sources.toml`, `input/indicators.toml`, `input/methods.toml` and `input/publication.toml` nothing can be read or compared. Start the program in the folder that holds `seeds` and `input`.",
};

/// Reads all settings from the files of a project, by their names relative to it: `input/indicators.toml`.
///
/// A file that is missing or broken leaves its part empty and is reported as an error.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Checked<Settings> {
    let mut diagnostics = Vec::new();
    let seeds = needed(files, "seeds/sources.toml", &mut diagnostics).map(|text| sources::read("seeds/sources.toml", text));
    let inputs = needed(files, "input/sources.toml", &mut diagnostics).map(|text| sources::read("input/sources.toml", text));
    let indicators = needed(files, "input/indicators.toml", &mut diagnostics).map(|text| indicators::read("input/indicators.toml", text));
    let methods = needed(files, "input/methods.toml", &mut diagnostics).map(|text| methods::read("input/methods.toml", text));
    let publication =
        needed(files, "input/publication.toml", &mut diagnostics).map(|text| publication::read("input/publication.toml", text));
    let corrections = files.get(corrections::FILE).map(|bytes| corrections::read(corrections::FILE, bytes));
    let revisions = files.get(revisions::FILE).map(|bytes| revisions::read(revisions::FILE, bytes));
    let waivers = files.get(waivers::FILE).map(|bytes| waivers::read(bytes));
    let value = Settings {
        seeds: seeds.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        inputs: inputs.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        indicators: indicators.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        methods: methods.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        publication: publication.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        corrections: corrections.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        waivers: waivers.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
        revisions: revisions.map(|checked| checked.into_value(&mut diagnostics)).unwrap_or_default(),
    };
    for correction in &value.corrections.corrections {
        let of = |folder: &str, origins: &[Origin]| origins.iter().any(|origin| correction.file == format!("{folder}/{}", origin.file));
        let ours = correction.file.starts_with("seeds/") || correction.file.starts_with("input/");
        if ours && !of("seeds", &value.seeds) && !of("input", &value.inputs) {
            let help = "name a file of seeds/sources.toml or input/sources.toml with its folder, or remove the line";
            let found = format!("`{}`", correction.file);
            diagnostics.push(Diagnostic::new(
                &corrections::CORRECTION_STALE,
                correction.place.clone(),
                "a source of this project",
                found,
                help,
            ));
        }
    }
    let text = |name: &str| files.get(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let unknown = unknown_sources(&value, text("input/indicators.toml"));
    let codes = methods::unknown_codes(&value.methods, &value.indicators, text("input/methods.toml"));
    diagnostics.extend(unknown.into_iter().chain(codes));
    Checked { value, diagnostics }
}

/// Sources that `indicators.toml` names and `sources.toml` does not, each once. Nothing where the latter could not be read.
fn unknown_sources(settings: &Settings, text: &str) -> Vec<Diagnostic> {
    let known = |id: &str| settings.inputs.is_empty() || settings.inputs.iter().any(|origin| origin.id == id);
    let named: BTreeSet<&String> = settings.indicators.bindings.iter().flat_map(|binding| &binding.sources).collect();
    let name = "input/indicators.toml";
    let unknown = named.into_iter().filter(|id| !known(id)).map(|id| {
        let quoted = [format!("\"{id}\""), format!("'{id}'")];
        let names = |line: &str| line.trim_start().starts_with("sources") && quoted.iter().any(|id| line.contains(id));
        let line = text.lines().zip(1..).find(|(line, _)| names(line));
        let place = line.map_or_else(|| Place::file(name), |(_, number)| Place::lines(name, Lines::one(number)));
        let ids: Vec<&str> = settings.inputs.iter().map(|origin| origin.id.as_str()).collect();
        let help = format!("name one of {}, or add an entry to input/sources.toml", ids.join(", "));
        Diagnostic::new(&indicators::INDICATOR_ENTRY, place, "a source of input/sources.toml", format!("`{id}`"), help)
    });
    unknown.collect()
}

fn needed<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str, sink: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let Some(bytes) = files.get(name) else {
        let help = "start the program in the folder that holds `seeds` and `input`, or restore the file";
        sink.push(Diagnostic::new(&NO_SETTINGS, Place::file(name), "the file", "none", help));
        return None;
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|b| *b == b'\n').count();
            let place = Place::lines(name, Lines::one(u32::try_from(line).unwrap_or(u32::MAX)));
            sink.push(Diagnostic::new(&NOT_TOML, place, "UTF-8 text", "another encoding", "save the file as UTF-8"));
            None
        }
    }
}

/// Whether a text is a day of the calendar, ISO 8601.
pub fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// The last line of a TOML file that gives a key this value: where an entry is to be corrected. The file where there is none.
pub(crate) fn entry(name: &str, text: &str, key: &str, value: &str) -> Place {
    let gives = |line: &str| {
        let (found, rest) = line.split_once('=')?;
        let rest = rest.trim().strip_prefix(['"', '\''])?;
        (found.trim() == key && rest.strip_prefix(value).is_some_and(|end| end.starts_with(['"', '\'']))).then_some(())
    };
    let line = text.lines().zip(1..).filter(|(line, _)| gives(line).is_some()).last();
    line.map_or_else(|| Place::file(name), |(_, number)| Place::lines(name, Lines::one(number)))
}

/// What a parser says, without the names of our types.
pub(crate) fn in_words(message: &str) -> String {
    let types = [
        ("expected u8", "expected a whole number"),
        ("expected u32", "expected a whole number"),
        ("expected i32", "expected a whole number"),
        ("expected f64", "expected a number"),
    ];
    types.iter().fold(message.to_owned(), |said, (ours, words)| said.replace(ours, words))
}

/// Reads one TOML file; what the parser says becomes a diagnostic at its line.
pub(crate) fn toml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
        let place = Place::lines(name, Lines::one(u32::try_from(line).unwrap_or(u32::MAX)));
        let excerpt = text.lines().nth(line - 1).unwrap_or_default();
        let diagnostic = Diagnostic::new(
            &NOT_TOML,
            place,
            "TOML with known keys",
            in_words(error.message()),
            "correct this line; the file's head comment lists the keys",
        );
        Box::new(diagnostic.with_excerpt(excerpt, excerpt.trim(), ""))
    })
}
