//! The only code that touches disk, clock and environment.
#![expect(clippy::disallowed_methods, reason = "this is the file that may")]

use crate::edition::replace::{Folder, help};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

/// Bytes of the largest file that is read.
pub const MOST_BYTES: u64 = 64 << 20;

/// How many files a project may hold.
pub const MOST_FILES: usize = 2_000;

/// A folder or file that could not be used.
#[derive(Debug)]
pub enum Error {
    NoProject {
        looked_in: Vec<PathBuf>,
    },
    NoSuchFile {
        path: PathBuf,
    },
    IsFolder {
        path: PathBuf,
    },
    /// A file where a folder is to be.
    NotAFolder {
        path: PathBuf,
    },
    /// A pipe or a device among the files of a project.
    NotAFile {
        path: PathBuf,
    },
    TooLarge {
        path: PathBuf,
        bytes: u64,
    },
    TooMany {
        path: PathBuf,
    },
    /// Another build holds the output folder.
    Locked {
        path: PathBuf,
    },
    Disk {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoProject { looked_in } => {
                let looked: Vec<String> = looked_in.iter().map(|p| p.display().to_string()).collect();
                write!(
                    f,
                    "no project found: a folder with seeds/sources.toml and input/sources.toml\n  looked in {}\n  help: go to the project's folder, or name it with --project",
                    looked.join(", ")
                )
            }
            Self::NoSuchFile { path } => write!(f, "there is no file {}", path.display()),
            Self::IsFolder { path } => write!(f, "{} is a folder\n  help: name the files in it", path.display()),
            Self::NotAFolder { path } => {
                write!(f, "{} is a file, not a folder\n  help: give a folder with --output, or move the file away", path.display())
            }
            Self::NotAFile { path } => {
                write!(f, "{} is a pipe or a device\n  help: put a file in its place, or take it away", path.display())
            }
            Self::TooLarge { path, bytes } => {
                write!(
                    f,
                    "{} has {bytes} bytes; more than {MOST_BYTES} are not read (docs/limits.md)\n  help: split the file, or take a smaller extract of it from its publisher",
                    path.display()
                )
            }
            Self::TooMany { path } => write!(
                f,
                "{} holds more than {MOST_FILES} files (docs/limits.md)\n  help: leave only what the publications need in seeds/ and input/",
                path.display()
            ),
            Self::Locked { path } => write!(
                f,
                "another factsheet build is writing to {}\n  help: wait until it has finished, or give another folder with --output",
                path.display()
            ),
            Self::Disk { what, path, source } => write!(f, "could not {what} {}: {source}{}", path.display(), help(source)),
        }
    }
}

impl std::error::Error for Error {}

fn disk(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Disk { what, path: path.to_owned(), source }
}

/// The project's folder: the one given, else the first that holds `seeds/sources.toml` and `input/sources.toml` among the
/// current folder, those above it, and those above the program.
///
/// # Errors
/// [`Error::NoProject`].
pub fn find_project(given: Option<&Path>) -> Result<PathBuf, Error> {
    let is_project = |p: &Path| p.join("seeds/sources.toml").is_file() && p.join("input/sources.toml").is_file();
    if let Some(given) = given {
        return if is_project(given) { Ok(given.to_owned()) } else { Err(Error::NoProject { looked_in: vec![given.to_owned()] }) };
    }
    let here = std::env::current_dir().map_err(disk("find", Path::new(".")))?;
    if is_project(&here) {
        // Relative names read better in messages.
        return Ok(PathBuf::new());
    }
    let program = std::env::current_exe().ok();
    here.ancestors()
        .chain(program.iter().flat_map(|p| p.ancestors().skip(1)))
        .find(|p| is_project(p))
        .map(Path::to_owned)
        .ok_or(Error::NoProject { looked_in: vec![here.clone()] })
}

/// Reads what a build reads: the files of `seeds/` and `input/`, named `seeds/…`, `input/…`.
///
/// # Errors
/// [`Error`].
pub fn read_project(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut files = BTreeMap::new();
    for folder in ["seeds", "input"] {
        read_folder(&root.join(folder), folder, 0, &mut files)?;
    }
    Ok(files)
}

/// Reads all files below a folder into `files`, their names beginning with `name`. Hidden files are left out, a link is read as
/// the file it leads to, and nothing deeper than eight folders is read.
fn read_folder(folder: &Path, name: &str, depth: usize, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(disk("list", folder))? {
        let entry = entry.map_err(disk("list", folder))?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if file.starts_with('.') || file.starts_with("~$") {
            continue;
        }
        if files.len() >= MOST_FILES {
            return Err(Error::TooMany { path: folder.to_owned() });
        }
        let (path, below) = (entry.path(), format!("{name}/{file}"));
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            if depth < 8 {
                read_folder(&path, &below, depth + 1, files)?;
            }
        } else if fs::metadata(&path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            // To read a pipe that nobody writes to would wait for ever.
            return Err(Error::NotAFile { path });
        } else {
            files.insert(below, read_file(&path)?);
        }
    }
    Ok(())
}

/// Reads one file.
///
/// # Errors
/// [`Error`] where it is missing, a folder, too large or not readable.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let about = fs::metadata(path).map_err(|e| {
        if e.kind() == io::ErrorKind::NotFound { Error::NoSuchFile { path: path.to_owned() } } else { disk("read", path)(e) }
    })?;
    if about.is_dir() {
        return Err(Error::IsFolder { path: path.to_owned() });
    }
    if about.len() > MOST_BYTES {
        return Err(Error::TooLarge { path: path.to_owned(), bytes: about.len() });
    }
    // A pipe has no length beforehand: what comes is limited all the same.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(disk("read", path))?;
    io::Read::read_to_end(&mut io::Read::take(file, MOST_BYTES + 1), &mut bytes).map_err(disk("read", path))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64 });
    }
    Ok(bytes)
}

/// The name under which a file given on the command line is known: relative to the project where it lies in it.
pub fn name_of(root: &Path, path: &Path) -> String {
    let inside = root_of(root).and_then(|root| Some(path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned()));
    let name = inside.as_deref().unwrap_or(path);
    let name = name.components().filter(|c| !matches!(c, Component::CurDir)).collect::<PathBuf>();
    name.to_string_lossy().replace('\\', "/")
}

fn root_of(root: &Path) -> Option<PathBuf> {
    if root.as_os_str().is_empty() { std::env::current_dir().ok() } else { root.canonicalize().ok() }
}

/// Writes one file that a person named on the command line.
///
/// # Errors
/// [`Error::Disk`].
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(disk("create", folder))?;
    }
    if path.is_dir() {
        return Err(Error::IsFolder { path: path.to_owned() });
    }
    // A pipe or a device is written to, never replaced.
    if path.exists() && !path.is_file() {
        let file = fs::OpenOptions::new().write(true).open(path);
        return file.and_then(|mut file| file.write_all(bytes)).map_err(disk("write", path));
    }
    // Aside first: a file that is only half there must not stand under its name.
    let aside = path.with_extension("part");
    let mut file = File::create(&aside).map_err(disk("write", &aside))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(disk("write", &aside))?;
    fs::rename(&aside, path).map_err(disk("write", path))
}

/// All files below a folder by name, for `diff`, `trace` and `verify`.
///
/// # Errors
/// [`Error`].
pub fn read_tree(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut files = BTreeMap::new();
    read_folder(folder, "", 0, &mut files)?;
    Ok(files.into_iter().map(|(name, bytes)| (name.trim_start_matches('/').to_owned(), bytes)).collect())
}

pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Today in UTC, ISO 8601: for the expiry of waivers alone.
pub fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// A variable of the environment; empty ones count as absent.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

/// An output folder on disk, locked for this process until it is dropped.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    /// The folder itself, held open for its lock.
    _lock: Option<File>,
}

impl OutputFolder {
    /// Opens the folder for writing; creates it where it is missing.
    ///
    /// # Errors
    /// [`Error::Locked`] while another build writes to it; [`Error::Disk`].
    pub fn open(root: &Path) -> Result<Self, Error> {
        if root.exists() && !root.is_dir() {
            return Err(Error::NotAFolder { path: root.to_owned() });
        }
        fs::create_dir_all(root).map_err(disk("create", root))?;
        // The lock is on the folder: no lock file is left, and the system frees it when a process dies.
        let lock = File::open(root).ok();
        match lock.as_ref().map(File::try_lock) {
            Some(Err(fs::TryLockError::WouldBlock)) => return Err(Error::Locked { path: root.to_owned() }),
            // A system that cannot lock folders builds without a lock.
            Some(Err(fs::TryLockError::Error(_)) | Ok(())) | None => {}
        }
        Ok(Self { root: root.to_owned(), _lock: lock })
    }

    /// Opens the folder for reading alone: nothing is created or locked.
    pub fn look(root: &Path) -> Self {
        Self { root: root.to_owned(), _lock: None }
    }

    fn sync_folder(&self, path: &Path) {
        // Only a promise to survive a power cut; systems that cannot sync folders are no reason to fail.
        let _ = File::open(path).and_then(|folder| folder.sync_all());
    }
}

impl Folder for OutputFolder {
    fn names(&self, path: &str) -> io::Result<Vec<String>> {
        let mut names = fs::read_dir(self.root.join(path))?
            .map(|entry| entry.map(|e| e.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path))
    }

    fn write(&mut self, files: &[(String, &[u8])]) -> io::Result<()> {
        let mut folders = std::collections::BTreeSet::new();
        let mut written = Vec::with_capacity(files.len());
        for (name, bytes) in files {
            let path = self.root.join(name);
            if let Some(folder) = path.parent()
                && folders.insert(folder.to_owned())
            {
                fs::create_dir_all(folder)?;
            }
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            written.push(file);
            // Open files are limited; the first sync of a batch takes most of the others along.
            if written.len() == 128 {
                written.drain(..).try_for_each(|file| file.sync_all())?;
            }
        }
        written.into_iter().try_for_each(|file| file.sync_all())?;
        folders.iter().for_each(|folder| self.sync_folder(folder));
        Ok(())
    }

    fn exchange(&mut self, a: &str, b: &str) -> io::Result<()> {
        exchange(&self.root.join(a), &self.root.join(b))
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.root.join(from), self.root.join(to))?;
        self.sync_folder(&self.root);
        Ok(())
    }

    fn remove(&mut self, path: &str) -> io::Result<()> {
        let path = self.root.join(path);
        let removed =
            if fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir()) { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(|errno| match errno {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::Error::from(io::ErrorKind::Unsupported),
        other => other.into(),
    })
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
