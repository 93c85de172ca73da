//! `manifest.json`: SHA-256 of every input and output, the tool's version, and the request.

use crate::pipeline::{Product, Request};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One run of `factsheet build`: what was asked for, what was read, what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Build {
    pub request: Asked,
    /// SHA-256 of every file that was read, by its name.
    pub inputs: BTreeMap<String, String>,
    /// SHA-256 of every file that was written, by its name in the output folder: `lu-dpa-2022/factsheet.pdf`.
    pub outputs: BTreeMap<String, String>,
}

/// The request in the words of the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub source: Vec<String>,
    #[serde(default)]
    pub all: bool,
    #[serde(default)]
    pub only: Vec<String>,
}

/// What an output folder holds. `check.html` and `check.json` are not in it: a failed build renews these alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `factsheet`: by this a folder is known as ours.
    pub tool: String,
    pub version: String,
    #[serde(flatten)]
    pub last: Build,
    /// Earlier builds of which publications are still in the folder, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Build>,
}

impl Asked {
    pub fn of(request: &Request) -> Self {
        Self { source: request.sources.clone(), all: request.all, only: request.only.iter().map(|p| p.as_str().to_owned()).collect() }
    }

    /// Back to the request; products that this version does not know are left out.
    pub fn request(&self) -> Request {
        let only: BTreeSet<Product> = Product::ALL.into_iter().filter(|p| self.only.iter().any(|o| o == p.as_str())).collect();
        Request { sources: self.source.clone(), all: self.all, only }
    }
}

impl Build {
    /// Ids of the publications it wrote: the first part of each output's name.
    pub fn publications(&self) -> BTreeSet<&str> {
        self.outputs.keys().filter_map(|name| name.split_once('/')).map(|(id, _)| id).collect()
    }
}

impl Manifest {
    /// The manifest after `last`, built over a folder that `before` describes. A build of named sources keeps the
    /// other publications; one of the whole project keeps none that it did not write.
    pub fn after(before: Option<&Self>, last: Build) -> Self {
        let written: BTreeSet<String> = last.publications().into_iter().map(str::to_owned).collect();
        let mut earlier = Vec::new();
        if !last.request.source.is_empty()
            && let Some(before) = before
        {
            for build in before.builds() {
                let mut kept = build.clone();
                kept.outputs.retain(|name, _| name.split_once('/').is_some_and(|(id, _)| !written.contains(id)));
                if !kept.outputs.is_empty() {
                    earlier.push(kept);
                }
            }
        }
        Self { tool: "factsheet".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), last, earlier }
    }

    /// Every build that the folder holds something of, oldest first.
    pub fn builds(&self) -> impl Iterator<Item = &Build> {
        self.earlier.iter().chain(std::iter::once(&self.last))
    }

    /// SHA-256 of every file in the folder, by name.
    pub fn outputs(&self) -> BTreeMap<&str, &str> {
        self.builds().flat_map(|b| &b.outputs).map(|(n, h)| (n.as_str(), h.as_str())).collect()
    }

    /// Ids of all publications in the folder.
    pub fn publications(&self) -> BTreeSet<&str> {
        self.builds().flat_map(Build::publications).collect()
    }

    /// As it is written: indented JSON with a line feed at its end.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("maps with text keys are JSON");
        bytes.push(b'\n');
        bytes
    }

    /// `None` if the bytes are no manifest of this tool.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|m| m.tool == "factsheet")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(source: &[&str], outputs: &[&str]) -> Build {
        let outputs = outputs.iter().map(|n| ((*n).to_owned(), "00".to_owned())).collect();
        let request = Asked { source: source.iter().map(|s| (*s).to_owned()).collect(), ..Asked::default() };
        Build { request, inputs: BTreeMap::new(), outputs }
    }

    #[test]
    fn a_build_of_one_source_keeps_the_other_publications() {
        let first = Manifest::after(None, build(&[], &["a/x", "b/x"]));
        let second = Manifest::after(Some(&first), build(&["b.txt"], &["b/y"]));
        assert_eq!(second.outputs().into_keys().collect::<Vec<_>>(), ["a/x", "b/y"]);
        let whole = Manifest::after(Some(&second), build(&[], &["b/x"]));
        assert_eq!(whole.outputs().into_keys().collect::<Vec<_>>(), ["b/x"]);
    }

    #[test]
    fn what_is_written_reads_back() {
        let manifest = Manifest::after(None, build(&["s.txt"], &["a/x"]));
        assert_eq!(Manifest::read(&manifest.bytes()), Some(manifest));
        assert_eq!(Manifest::read(b"{}"), None);
    }
}
