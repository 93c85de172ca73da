//! All or nothing, proved on a disk in memory that dies or fails at every single step.

use factsheet::edition::manifest::Asked;
use factsheet::edition::replace::{self, Error, Folder, NEXT, Staged};
use factsheet::edition::{MANIFEST, Manifest};
use factsheet::source::sha256;
use factsheet::writer::Payload;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What happens at the step of that number, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// This and every later step fails: the process was killed.
    DiesAt(usize),
    /// This step alone fails.
    FailsAt(usize),
}

#[derive(Clone, Debug)]
struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    fault: Fault,
    step: usize,
    exchanges: bool,
}

impl Memory {
    fn new(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())).collect();
        Self { files, fault: Fault::None, step: 0, exchanges: true }
    }

    fn step(&mut self) -> io::Result<()> {
        self.step += 1;
        let fails = match self.fault {
            Fault::None => false,
            Fault::DiesAt(n) => self.step >= n,
            Fault::FailsAt(n) => self.step == n,
        };
        if fails { Err(io::Error::other("no space left")) } else { Ok(()) }
    }

    fn below(&self, path: &str) -> Vec<String> {
        let prefix = format!("{path}/");
        self.files.keys().filter(|n| *n == path || n.starts_with(&prefix)).cloned().collect()
    }

    fn take(&mut self, path: &str) -> Vec<(String, Vec<u8>)> {
        self.below(path).into_iter().map(|n| (n[path.len()..].to_owned(), self.files.remove(&n).expect("listed"))).collect()
    }

    fn put(&mut self, path: &str, files: Vec<(String, Vec<u8>)>) {
        self.files.extend(files.into_iter().map(|(n, b)| (format!("{path}{n}"), b)));
    }
}

impl Folder for Memory {
    fn names(&self, path: &str) -> io::Result<Vec<String>> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let names: BTreeSet<String> = self
            .files
            .keys()
            .filter_map(|n| n.strip_prefix(&prefix))
            .map(|rest| rest.split('/').next().expect("split gives one").to_owned())
            .collect();
        if names.is_empty() && !path.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(names.into_iter().collect()) }
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write(&mut self, files: &[(String, &[u8])]) -> io::Result<()> {
        for (name, bytes) in files {
            // A file may be there in part before the step that fails.
            self.files.insert(name.clone(), bytes[..bytes.len() / 2].to_vec());
            self.step()?;
            self.files.insert(name.clone(), bytes.to_vec());
        }
        Ok(())
    }

    fn exchange(&mut self, a: &str, b: &str) -> io::Result<()> {
        self.step()?;
        if !self.exchanges {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let (of_a, of_b) = (self.take(a), self.take(b));
        self.put(a, of_b);
        self.put(b, of_a);
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.step()?;
        let moved = self.take(from);
        if moved.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.files.remove(to);
        self.put(to, moved);
        Ok(())
    }

    fn remove(&mut self, path: &str) -> io::Result<()> {
        for name in self.below(path) {
            self.step()?;
            self.files.remove(&name);
        }
        Ok(())
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn edition(word: &str, id: &str) -> BTreeMap<String, Payload> {
    let files = [("factsheet.pdf", "pdf"), ("data/entries.csv", "csv")];
    files.into_iter().map(|(n, t)| (format!("{id}/{n}"), format!("{t} {word}").into_bytes().into())).collect()
}

fn check(word: &str) -> Files {
    BTreeMap::from([("check.html".to_owned(), word.as_bytes().to_vec()), ("check.json".to_owned(), word.as_bytes().to_vec())])
}

fn put(disk: &mut Memory, word: &str, ids: &[&str]) -> Result<replace::Replaced, Error> {
    let mut staged = Staged::begin(disk)?;
    for id in ids {
        staged.add(&edition(word, id))?;
    }
    staged.put_in_place(&check(word), Asked::default(), BTreeMap::new())
}

/// `old` or `new` where a publication is wholly that.
fn state(disk: &Memory, id: &str) -> String {
    let files: BTreeSet<String> =
        disk.below(id).iter().map(|n| String::from_utf8_lossy(&disk.files[n]).rsplit(' ').next().unwrap_or("").to_owned()).collect();
    let complete = disk.below(id).len() == 2;
    match files.into_iter().collect::<Vec<_>>().as_slice() {
        [] => "none".to_owned(),
        [one] if complete => one.clone(),
        other => format!("mixed {other:?}"),
    }
}

/// The manifest says exactly what is there, and nothing else lies about.
fn assert_whole(disk: &Memory, context: &str) {
    let manifest = Manifest::read(&disk.read(MANIFEST).unwrap_or_default()).unwrap_or_else(|| panic!("{context}: no manifest"));
    let there: BTreeMap<&str, String> = disk.files.iter().filter(|(n, _)| n.contains('/')).map(|(n, b)| (n.as_str(), sha256(b))).collect();
    let said: BTreeMap<&str, String> = manifest.outputs().into_iter().map(|(n, h)| (n, h.to_owned())).collect();
    assert_eq!(there, said, "{context}");
}

#[test]
fn killed_at_any_step_the_old_edition_or_the_new_one_is_there() {
    for exchanges in [true, false] {
        let mut start = Memory::new(&[(".gitkeep", "")]);
        start.exchanges = exchanges;
        put(&mut start, "old", &["a", "b", "gone"]).expect("the disk has no fault");
        let mut seen = BTreeSet::new();
        for n in 1.. {
            let mut disk = start.clone();
            (disk.step, disk.fault) = (0, Fault::DiesAt(n));
            let ended = put(&mut disk, "new", &["a", "b", "c"]);
            for id in ["a", "b"] {
                let state = state(&disk, id);
                // Without an exchange the publication is missing between two moves; the next run mends it.
                assert!(state == "old" || state == "new" || (!exchanges && state == "none"), "step {n}: {id} is {state}");
            }
            disk.fault = Fault::None;
            let said = replace::recover(&mut disk).unwrap_or_else(|e| panic!("step {n}: {e}"));
            assert_whole(&disk, &format!("killed at step {n}, exchange {exchanges}"));
            let states: Vec<String> = ["a", "b", "c", "gone"].map(|id| state(&disk, id)).to_vec();
            assert!(states == ["old", "old", "none", "old"] || states == ["new", "new", "new", "none"], "killed at step {n}: {states:?}");
            seen.insert(states.concat());
            if ended.is_ok() {
                assert!(said.is_empty(), "nothing was left to mend");
                break;
            }
        }
        assert_eq!(seen.len(), 2, "some kills leave the old edition, some the new");
    }
}

#[test]
fn a_step_that_fails_leaves_a_whole_edition() {
    let mut start = Memory::new(&[]);
    put(&mut start, "old", &["a", "b"]).expect("the disk has no fault");
    for exchanges in [true, false] {
        for n in 1.. {
            let mut disk = start.clone();
            (disk.step, disk.fault, disk.exchanges) = (0, Fault::FailsAt(n), exchanges);
            let ended = put(&mut disk, "new", &["a", "b"]);
            disk.fault = Fault::None;
            replace::recover(&mut disk).unwrap_or_else(|e| panic!("step {n}: {e}"));
            assert_whole(&disk, &format!("failed at step {n}"));
            assert_eq!(state(&disk, "a"), state(&disk, "b"), "failed at step {n}");
            assert!(disk.below(NEXT).is_empty(), "failed at step {n}: something lies about");
            if ended.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn an_interrupted_build_is_mended_and_reported_by_the_next_one() {
    let mut disk = Memory::new(&[]);
    put(&mut disk, "old", &["a", "b"]).expect("no fault");
    // Killed after the first publication was exchanged: six writes, the manifest, its move, one exchange.
    (disk.step, disk.fault) = (0, Fault::DiesAt(10));
    put(&mut disk, "new", &["a", "b"]).expect_err("killed");
    assert_eq!((state(&disk, "a").as_str(), state(&disk, "b").as_str()), ("new", "old"));
    disk.fault = Fault::None;
    let replaced = put(&mut disk, "next", &["a", "b"]).expect("the disk has no fault");
    assert!(replaced.mended.iter().any(|m| m.contains("interrupted")), "{:?}", replaced.mended);
    assert_whole(&disk, "after the next build");
}

#[test]
fn what_we_did_not_write_is_never_replaced() {
    let mut disk = Memory::new(&[("thesis.doc", "years of work")]);
    assert!(matches!(put(&mut disk, "new", &["a"]), Err(Error::NotOurs { .. })));
    assert_eq!(disk.files.len(), 1);

    let mut disk = Memory::new(&[(".gitkeep", ""), ("check.json", "of a failed build")]);
    put(&mut disk, "old", &["a"]).expect("nothing foreign there");
    disk.files.insert("a/notes.txt".to_owned(), b"mine".to_vec());
    assert!(matches!(put(&mut disk, "new", &["a"]), Err(Error::Strangers { .. })));
    assert_eq!(disk.files["a/notes.txt"], b"mine");

    let mut disk = Memory::new(&[("manifest.json", "{\"name\":\"of another tool\"}")]);
    assert!(matches!(put(&mut disk, "new", &["a"]), Err(Error::NotOurs { .. })));
}

#[test]
fn no_name_leads_out_of_the_folder() {
    for name in ["../x", "a/../../x", "/etc/x", "a//x", "a\\x", "C:x", ""] {
        let mut disk = Memory::new(&[]);
        let files = BTreeMap::from([(name.to_owned(), Vec::new().into())]);
        let refused = Staged::begin(&mut disk).and_then(|mut staged| staged.add(&files));
        assert!(matches!(refused, Err(Error::Escapes { .. })), "{name}");
        assert!(disk.files.is_empty());
    }
}

#[test]
fn a_failed_build_renews_the_check_files_alone() {
    let mut disk = Memory::new(&[]);
    put(&mut disk, "old", &["a"]).expect("no fault");
    let before = disk.files.clone();
    replace::renew_checks(&mut disk, &check("failed")).expect("no fault");
    let changed: Vec<&String> = disk.files.iter().filter(|(n, b)| before.get(*n) != Some(b)).map(|(n, _)| n).collect();
    assert_eq!(changed, ["check.html", "check.json"]);
}
