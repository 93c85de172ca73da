//! Bent inputs: the seeds of `fuzz/` changed by a fixed sequence of numbers, through the doors that the fuzz targets use.
//! `ROUNDS=5000 cargo test --test mutation -- --nocapture` for more; what breaks is written to `target/findings/`.

#![expect(clippy::disallowed_methods, reason = "a test reads seeds and writes findings")]
#![allow(dead_code, reason = "the sample holds more than one door needs")]

#[path = "../fuzz/doors.rs"]
mod doors;
#[path = "common/sample.rs"]
mod sample;

use std::path::{Path, PathBuf};

/// Numbers that look random and are the same every time (Knuth's constants for 64 bits).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit.max(1) as u64).expect("below a usize")
    }
}

/// What readers look for, and what breaks them.
const WORDS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "|",
    "||",
    "**",
    "*",
    "#",
    "## ",
    "- ",
    "• ",
    "[a](b)",
    "[](#)",
    "(",
    ")",
    "\"",
    "'",
    ",",
    ";",
    ":",
    ".....",
    "1",
    "0",
    "-1",
    "1.1 ",
    "6.10 ",
    "2021",
    "99999999999999999999",
    "1e308",
    "NaN",
    ": c",
    "0n",
    "%",
    "Table of Contents",
    "Luxembourg",
    "EU27_2020",
    "31 February 2019",
    "Law No 1 of 2 May 2020",
    "Directive (EU) 2019/1024",
    "\u{feff}",
    "\u{c}",
    "\u{0}",
    "\u{a0}",
    "\u{ad}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ǅ",
    "Ελλάδα",
    "България",
    "漢",
    "\u{1f600}",
    "\u{202e}",
    "[[source]]",
    "= \"",
    "[[waiver]]",
    "true",
    "<c r=\"A1\"/>",
    "{",
    "}",
    "[",
];

/// One change, or a few, of a seed.
fn bent(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let most = 1 << numbers.below(10);
        let length = numbers.below(most).min(bytes.len() - at);
        match numbers.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let part = bytes[at..at + length].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            3 | 4 => {
                let word = WORDS[numbers.below(WORDS.len())].as_bytes();
                let times = if numbers.below(12) == 0 { 200 } else { 1 };
                bytes.splice(at..at, word.repeat(times));
            }
            5 => {
                let from = numbers.below(other.len() + 1);
                let to = (from + length).min(other.len());
                bytes.splice(at..at + length, other[from..to].iter().copied());
            }
            6 => bytes[at..at + length].fill([0, b' ', b'\n', 0xff, b'9'][numbers.below(5)]),
            _ => bytes.truncate(bytes.len() - numbers.below(length + 1)),
        }
    }
    bytes
}

fn files(folder: &str, door: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(door);
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    found.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    found.sort();
    found.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("a seed can be read"))).collect()
}

/// Sends seeds and bent seeds through a door; fails with the files that broke it.
fn through(name: &str, rounds: usize) {
    let (_, door) = doors::DOORS.into_iter().find(|(door, _)| *door == name).expect("there is such a door");
    for (path, bytes) in files("regressions", name) {
        eprintln!("{}", path.display());
        door(&bytes);
    }
    let seeds: Vec<Vec<u8>> = files("seeds", name).into_iter().map(|(_, bytes)| bytes).collect();
    assert!(!seeds.is_empty(), "fuzz/seeds/{name} holds seeds");
    // A fixed share of the work in every run; `ROUNDS` counts for the whole door.
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(rounds);
    let mut numbers = Numbers(std::env::var("START").ok().and_then(|n| n.parse().ok()).unwrap_or(1));
    let findings = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/findings").join(name);
    let mut broken = Vec::new();
    for round in 0..rounds {
        let seed = &seeds[round % seeds.len()];
        let other = seeds[numbers.below(seeds.len())].clone();
        let mut bytes = bent(seed, &other, &mut numbers);
        // Most bent texts are texts still.
        if numbers.below(8) > 0 && std::str::from_utf8(seed).is_ok() {
            bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
        }
        if std::panic::catch_unwind(|| door(&bytes)).is_err() {
            std::fs::create_dir_all(&findings).expect("a folder for findings");
            let file = findings.join(format!("{round}"));
            std::fs::write(&file, &bytes).expect("a finding can be written");
            broken.push(file);
        }
    }
    assert!(broken.is_empty(), "{} of {rounds} broke the door: {broken:#?}", broken.len());
}

#[test]
fn any_text_is_read_or_refused() {
    through("text", 48);
}

#[test]
fn any_file_of_figures_is_read_or_refused() {
    through("figures", 160);
}

#[test]
fn any_settings_are_read_or_refused() {
    through("settings", 80);
}

#[test]
fn any_words_are_set_on_pages_and_in_cells() {
    through("page", 8);
}
