//! Whether an output folder holds what its manifest says, and whether the program would write it again.

use super::manifest::Build;
use super::{CHECK_FILES, MANIFEST, Manifest};
use crate::source::sha256;
use std::collections::BTreeMap;

/// One difference between an output folder, its manifest, and what is built again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The manifest lists the file, the folder lacks it.
    Missing(String),
    /// The file is not the one that was written.
    Altered(String),
    /// The manifest does not list the file.
    Foreign(String),
    /// The file was read for the build and is another one now.
    InputChanged(String),
    /// The file was read for the build and is no more.
    InputGone(String),
    /// Built again, the file comes out otherwise.
    RebuiltOtherwise(String),
    /// Built again, the file does not come out.
    NotRebuilt(String),
    /// Built again, a file comes out that was not there.
    RebuiltMore(String),
    /// Another version of the program wrote it.
    OtherVersion(String),
}

impl Difference {
    /// One line: what, a tab, which file.
    pub fn worded(&self) -> String {
        match self {
            Self::Missing(name) => format!("missing\t{name}"),
            Self::Altered(name) => format!("altered since it was written\t{name}"),
            Self::Foreign(name) => format!("not in the manifest\t{name}"),
            Self::InputChanged(name) => format!("input changed since\t{name}"),
            Self::InputGone(name) => format!("input is gone\t{name}"),
            Self::RebuiltOtherwise(name) => format!("comes out otherwise\t{name}"),
            Self::NotRebuilt(name) => format!("does not come out again\t{name}"),
            Self::RebuiltMore(name) => format!("comes out in addition\t{name}"),
            Self::OtherVersion(version) => format!("written by another version\t{version}"),
        }
    }
}

/// The files of the folder (by name, `/` between) against its manifest.
pub fn folder(manifest: &Manifest, there: &BTreeMap<String, Vec<u8>>) -> Vec<Difference> {
    let said = manifest.outputs();
    let mut found: Vec<Difference> = said
        .iter()
        .filter_map(|(name, hash)| match there.get(*name) {
            None => Some(Difference::Missing((*name).to_owned())),
            Some(bytes) => (sha256(bytes) != *hash).then(|| Difference::Altered((*name).to_owned())),
        })
        .collect();
    let ours = |name: &str| name == MANIFEST || CHECK_FILES.contains(&name) || said.contains_key(name);
    found.extend(there.keys().filter(|name| !ours(name)).map(|name| Difference::Foreign(name.clone())));
    found
}

/// The files that a build had read against those that are there now.
pub fn inputs(build: &Build, now: &BTreeMap<String, Vec<u8>>) -> Vec<Difference> {
    let changed = build.inputs.iter().filter_map(|(name, hash)| match now.get(name) {
        None => Some(Difference::InputGone(name.clone())),
        Some(bytes) => (sha256(bytes) != *hash).then(|| Difference::InputChanged(name.clone())),
    });
    changed.collect()
}

/// What a build wrote (and the folder still holds) against the SHA-256 of what the same request gives now, by name.
pub fn rebuilt(build: &Build, now: &BTreeMap<String, String>) -> Vec<Difference> {
    let publications = build.publications();
    let mut found: Vec<Difference> = build
        .outputs
        .iter()
        .filter_map(|(name, hash)| match now.get(name) {
            None => Some(Difference::NotRebuilt(name.clone())),
            Some(again) => (again != hash).then(|| Difference::RebuiltOtherwise(name.clone())),
        })
        .collect();
    let of_it = |name: &str| name.split_once('/').is_some_and(|(id, _)| publications.contains(id));
    let more = now.keys().filter(|name| of_it(name) && !build.outputs.contains_key(*name));
    found.extend(more.map(|name| Difference::RebuiltMore(name.clone())));
    found
}
