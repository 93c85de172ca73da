//! All or nothing: a new edition takes the place of the old one, or the old one stays.
//!
//! The new edition is written into `.factsheet-next/` inside the output folder (so also where that is a mount point) and
//! synced. Its manifest comes last: from then on the edition is decided, and a run that finds such a folder finishes the
//! work. Each publication's folder is then exchanged with the new one in one step, the manifest is put in place, and the
//! rest is removed. Killed before the manifest stood there, nothing was replaced and the next run clears it away.
//!
//! Where the system has no exchange, the old folder is moved aside and the new one moved in: between the two moves the
//! publication is missing, and the next run finishes the second.

use super::manifest::{Asked, Build};
use super::{CHECK_FILES, MANIFEST, Manifest};
use crate::source::sha256;
use crate::writer::Payload;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;

/// Where the new edition is made ready.
pub const NEXT: &str = ".factsheet-next";

/// An output folder. Paths are relative to it, with `/`.
pub trait Folder {
    /// Names of what lies in a folder (`""` is the output folder itself), sorted.
    ///
    /// # Errors
    /// `NotFound` where there is no such folder.
    fn names(&self, path: &str) -> io::Result<Vec<String>>;

    /// # Errors
    /// What the system says.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Writes files with the folders they need, and syncs all of them.
    ///
    /// # Errors
    /// What the system says; some of the files may then be there.
    fn write(&mut self, files: &[(String, &[u8])]) -> io::Result<()>;

    /// Exchanges two folders in one step.
    ///
    /// # Errors
    /// `Unsupported` where the system cannot.
    fn exchange(&mut self, a: &str, b: &str) -> io::Result<()>;

    /// Moves a file (over another) or a folder (where there is none).
    ///
    /// # Errors
    /// What the system says.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file or a folder with all it holds; it is no error if there is none.
    ///
    /// # Errors
    /// What the system says.
    fn remove(&mut self, path: &str) -> io::Result<()>;
}

/// Why an edition was not put in place. The earlier one is there as it was.
#[derive(Debug)]
pub enum Error {
    /// The folder holds what this program did not write.
    NotOurs {
        names: Vec<String>,
    },
    /// A publication's folder holds files that this program did not write; they would be lost.
    Strangers {
        names: Vec<String>,
    },
    /// A name of the output leads out of the output folder.
    Escapes {
        name: String,
    },
    Disk {
        what: &'static str,
        path: String,
        source: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { names } => write!(
                f,
                "the output folder holds what factsheet did not write: {}\n  help: give an empty folder with --output, or move these away",
                some(names)
            ),
            Self::Strangers { names } => write!(
                f,
                "replacing the publication would delete what factsheet did not write: {}\n  help: move these out of the output folder",
                some(names)
            ),
            Self::Escapes { name } => write!(f, "the name `{name}` leads out of the output folder"),
            Self::Disk { what, path, source } => write!(f, "could not {what} {path}: {source}{}", help(source)),
        }
    }
}

impl std::error::Error for Error {}

/// What a person can do about a disk that refuses, on a line of its own; empty where the error says it.
pub fn help(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "\n  help: make room, or write elsewhere with --output; what was there before is whole"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "\n  help: ask for the right to write or read there, or name another place"
        }
        _ => "",
    }
}

/// The first five names, and how many more.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 5 { format!("{shown} and {} more", names.len() - 5) } else { shown }
}

fn disk(what: &'static str, path: &str) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Disk { what, path: path.to_owned(), source }
}

/// What became of the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// What an earlier, interrupted run left, and what was done about it.
    pub mended: Vec<String>,
    /// Publications that are new, replaced, and removed, by id.
    pub added: Vec<String>,
    pub replaced: Vec<String>,
    pub removed: Vec<String>,
}

/// A new edition in the making: its publications are written aside one by one, then put in place together.
///
/// Dropped before [`Staged::put_in_place`] has decided, nothing of it is left and the earlier edition stays.
pub struct Staged<'f, F: Folder> {
    folder: &'f mut F,
    mended: Vec<String>,
    old: Option<Manifest>,
    /// SHA-256 of what was staged, by name.
    outputs: BTreeMap<String, String>,
    decided: bool,
}

impl<'f, F: Folder> Staged<'f, F> {
    /// Mends what an interrupted run left, and begins.
    ///
    /// # Errors
    /// [`Error::NotOurs`] for a folder of others; [`Error::Disk`].
    pub fn begin(folder: &'f mut F) -> Result<Self, Error> {
        let mended = recover(folder)?;
        let old = before(folder)?;
        Ok(Self { folder, mended, old, outputs: BTreeMap::new(), decided: false })
    }

    /// Writes the files of a publication aside (`lu-dpa-2022/factsheet.pdf`).
    ///
    /// # Errors
    /// [`Error::Escapes`], [`Error::Strangers`] where its folder holds what this program did not write, [`Error::Disk`].
    pub fn add(&mut self, files: &BTreeMap<String, Payload>) -> Result<(), Error> {
        refuse_escapes(files.keys())?;
        let ids: BTreeSet<&str> = files.keys().filter_map(|name| name.split_once('/')).map(|(id, _)| id).collect();
        refuse_strangers(self.folder, self.old.as_ref(), &ids)?;
        let staged: Vec<(String, &[u8])> = files.iter().map(|(name, bytes)| (format!("{NEXT}/{name}"), &**bytes)).collect();
        self.folder.write(&staged).map_err(disk("write", NEXT))?;
        self.outputs.extend(files.iter().map(|(name, bytes)| (name.clone(), bytes.sha256().to_owned())));
        Ok(())
    }

    /// What was written aside so far, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// Puts the edition in the place of the old one. `loose` are `check.html` and `check.json`.
    ///
    /// # Errors
    /// [`Error`]; the earlier edition is then in place.
    pub fn put_in_place(
        mut self,
        loose: &BTreeMap<String, Vec<u8>>,
        request: Asked,
        inputs: BTreeMap<String, String>,
    ) -> Result<Replaced, Error> {
        refuse_escapes(loose.keys())?;
        let new = Manifest::after(self.old.as_ref(), Build { request, inputs, outputs: std::mem::take(&mut self.outputs) });
        let written: BTreeSet<String> = new.last.publications().into_iter().map(str::to_owned).collect();
        let gone: Vec<String> =
            self.old.iter().flat_map(Manifest::publications).filter(|id| !new.publications().contains(id)).map(str::to_owned).collect();
        let present: BTreeSet<String> = self.folder.names("").map_err(disk("list", "the output folder"))?.into_iter().collect();
        let staged: Vec<(String, &[u8])> = loose.iter().map(|(name, bytes)| (format!("{NEXT}/{name}"), bytes.as_slice())).collect();
        let part = format!("{NEXT}/{MANIFEST}.part");
        self.folder
            .write(&staged)
            .and_then(|()| self.folder.write(&[(part.clone(), &new.bytes())]))
            .and_then(|()| self.folder.rename(&part, &format!("{NEXT}/{MANIFEST}")))
            .map_err(disk("write", NEXT))?;

        // From here on the new edition is decided; whatever fails is undone, and a kill is finished by `recover`.
        self.decided = true;
        let mut done: Vec<&str> = Vec::new();
        for id in &written {
            if let Err(error) = put(self.folder, id, present.contains(id)) {
                undo(self.folder, &done, &present);
                return Err(error);
            }
            done.push(id);
        }
        finish(self.folder, &gone, loose.keys().map(String::as_str))?;
        let (replaced, added) = written.into_iter().partition(|id| present.contains(id));
        Ok(Replaced { mended: std::mem::take(&mut self.mended), added, replaced, removed: gone })
    }
}

impl<F: Folder> Drop for Staged<'_, F> {
    fn drop(&mut self) {
        if !self.decided {
            // The old edition was not touched; what could not be removed, the next run removes.
            let _ = self.folder.remove(NEXT);
        }
    }
}

fn refuse_escapes<'n>(mut names: impl Iterator<Item = &'n String>) -> Result<(), Error> {
    match names.find(|name| !stays_inside(name)) {
        Some(name) => Err(Error::Escapes { name: name.clone() }),
        None => Ok(()),
    }
}

/// Renews `check.html` and `check.json` alone, as a failed build does.
///
/// # Errors
/// [`Error`].
pub fn renew_checks(folder: &mut impl Folder, loose: &BTreeMap<String, Vec<u8>>) -> Result<Vec<String>, Error> {
    let mended = recover(folder)?;
    before(folder)?;
    for (name, bytes) in loose.iter().filter(|(name, _)| CHECK_FILES.contains(&name.as_str())) {
        let part = format!(".{name}.part");
        folder.write(&[(part.clone(), bytes)]).and_then(|()| folder.rename(&part, name)).map_err(disk("write", name))?;
    }
    Ok(mended)
}

/// Finishes or clears away what an interrupted run left; says what it did.
///
/// # Errors
/// [`Error::Disk`].
pub fn recover(folder: &mut impl Folder) -> Result<Vec<String>, Error> {
    let Ok(left) = folder.names(NEXT) else { return Ok(Vec::new()) };
    let manifest = folder.read(&format!("{NEXT}/{MANIFEST}")).ok().and_then(|bytes| Manifest::read(&bytes));
    let Some(new) = manifest else {
        folder.remove(NEXT).map_err(disk("remove", NEXT))?;
        return Ok(vec!["an earlier build was interrupted; what it left behind is removed, the edition in place is whole".to_owned()]);
    };
    let outputs = new.outputs();
    let mut finished = Vec::new();
    for id in new.last.publications() {
        let wanted: Vec<(&str, &str)> =
            outputs.iter().filter(|(n, _)| n.split_once('/').is_some_and(|(i, _)| i == id)).map(|(n, h)| (*n, *h)).collect();
        let whole = |under: &str| {
            wanted.iter().all(|(name, hash)| folder.read(&format!("{under}{name}")).is_ok_and(|bytes| sha256(&bytes) == *hash))
        };
        if !whole("") && whole(&format!("{NEXT}/")) {
            let there = folder.names(id).is_ok();
            put(folder, id, there)?;
            finished.push(id.to_owned());
        }
    }
    let old = folder.read(MANIFEST).ok().and_then(|bytes| Manifest::read(&bytes));
    let gone: Vec<String> =
        old.iter().flat_map(Manifest::publications).filter(|id| !new.publications().contains(id)).map(str::to_owned).collect();
    finish(folder, &gone, left.iter().map(String::as_str).filter(|n| CHECK_FILES.contains(n)))?;
    let what = if finished.is_empty() { "its manifest was missing".to_owned() } else { format!("put in place: {}", finished.join(", ")) };
    Ok(vec![format!("an earlier build was interrupted while it replaced the output; its work is finished ({what})")])
}

/// The manifest of what is in place; `None` for a folder with nothing of ours.
fn before(folder: &impl Folder) -> Result<Option<Manifest>, Error> {
    let names = folder.names("").map_err(disk("list", "the output folder"))?;
    if names.iter().any(|n| n == MANIFEST) {
        let bytes = folder.read(MANIFEST).map_err(disk("read", MANIFEST))?;
        return Manifest::read(&bytes).map(Some).ok_or_else(|| Error::NotOurs { names: vec![MANIFEST.to_owned()] });
    }
    let strangers: Vec<String> = names.into_iter().filter(|n| !may_lie_about(n) && !CHECK_FILES.contains(&n.as_str())).collect();
    if strangers.is_empty() { Ok(None) } else { Err(Error::NotOurs { names: strangers }) }
}

/// What version control and desktops leave in folders, and our own unfinished files.
fn may_lie_about(name: &str) -> bool {
    [".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"].contains(&name)
        || name.starts_with(".~lock.")
        || name.starts_with("~$")
        || (name.starts_with(".check.") && name.ends_with(".part"))
        || name == NEXT
}

/// Refuses to replace a publication's folder that holds files which the manifest does not list.
fn refuse_strangers(folder: &impl Folder, old: Option<&Manifest>, ids: &BTreeSet<&str>) -> Result<(), Error> {
    let known: BTreeSet<&str> = old.map(|m| m.outputs().into_keys().collect()).unwrap_or_default();
    let mut strangers = Vec::new();
    for id in ids {
        list(folder, id, &mut |name| {
            if !known.contains(name) && !may_lie_about(name.rsplit('/').next().unwrap_or(name)) {
                strangers.push(name.to_owned());
            }
        });
    }
    if strangers.is_empty() { Ok(()) } else { Err(Error::Strangers { names: strangers }) }
}

/// Every file below a folder, sorted within each folder; a folder that is not there has none.
pub fn list(folder: &impl Folder, path: &str, visit: &mut impl FnMut(&str)) {
    for name in folder.names(path).unwrap_or_default() {
        let below = if path.is_empty() { name } else { format!("{path}/{name}") };
        if folder.names(&below).is_ok() { list(folder, &below, visit) } else { visit(&below) }
    }
}

/// Whether a name stays inside the output folder: plain parts only.
fn stays_inside(name: &str) -> bool {
    !name.is_empty() && name.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']))
}

/// Puts the staged folder of a publication in place. The old one then stands where the new one was staged, or, where the
/// system has no exchange, beside that.
fn put(folder: &mut impl Folder, id: &str, there: bool) -> Result<(), Error> {
    let (next, aside) = (format!("{NEXT}/{id}"), aside(id));
    let moved = if there {
        match folder.exchange(&next, id) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => folder.rename(id, &aside).and_then(|()| {
                let moved = folder.rename(&next, id);
                if moved.is_err() {
                    folder.rename(&aside, id)?;
                }
                moved
            }),
            done => done,
        }
    } else {
        folder.rename(&next, id)
    };
    moved.map_err(disk("replace", id))
}

/// Where the old folder of a publication waits on a system without an exchange. No publication has such an id.
fn aside(id: &str) -> String {
    format!("{NEXT}/{id}.old")
}

/// Takes back what [`put`] did.
fn take_back(folder: &mut impl Folder, id: &str, was_there: bool) -> io::Result<()> {
    let (next, aside) = (format!("{NEXT}/{id}"), aside(id));
    if !was_there {
        return folder.remove(id);
    }
    if folder.names(&aside).is_ok() {
        return folder.rename(id, &next).and_then(|()| folder.rename(&aside, id));
    }
    folder.exchange(&next, id)
}

/// Takes back the publications that were put in place. The decision goes last: killed in between, the next run finishes it.
fn undo(folder: &mut impl Folder, done: &[&str], present: &BTreeSet<String>) {
    if done.iter().rev().all(|id| take_back(folder, id, present.contains(*id)).is_ok()) {
        let _ = folder.remove(&format!("{NEXT}/{MANIFEST}")).and_then(|()| folder.remove(NEXT));
    }
}

/// Removes publications that are no more, then puts the loose files and, last, the manifest in place.
fn finish<'a>(folder: &mut impl Folder, gone: &[String], loose: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    for id in gone {
        folder.remove(id).map_err(disk("remove", id))?;
    }
    for name in loose.chain(std::iter::once(MANIFEST)) {
        folder.rename(&format!("{NEXT}/{name}"), name).map_err(disk("replace", name))?;
    }
    folder.remove(NEXT).map_err(disk("remove", NEXT))
}
