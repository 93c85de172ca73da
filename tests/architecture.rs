//! Holds the drawing of `src/lib.rs`: imports point upstream only, and each heavy crate lives in one room.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use std::path::{Path, PathBuf};

/// Modules in the order of the flow: each may import those before it, never those after it.
const FLOW: &[&str] = &[
    "vocabulary",
    "diagnostic",
    "source",
    "settings",
    "document",
    "dataset",
    "comparison",
    "report",
    "writer",
    "check",
    "pipeline",
    "edition",
    "files",
    "cli",
];

/// Crates that only one room may name: crate, path prefixes under `src/`.
const ROOMS: &[(&str, &[&str])] = &[
    ("calamine", &["source/", "document/figures/", "writer/xlsx/"]),
    ("polars", &["dataset/frame.rs"]),
    ("rust_xlsxwriter", &["writer/xlsx/"]),
    ("printpdf", &["writer/pdf/"]),
    ("lopdf", &["writer/pdf/"]),
    ("rustybuzz", &["writer/font.rs"]),
    ("subsetter", &["writer/pdf/", "writer/font.rs"]),
    ("clap", &["cli/", "main.rs"]),
    ("indicatif", &["cli/"]),
];

/// What only `files.rs` may touch. `clippy.toml` holds the same for calls.
const EDGES: &[&str] = &["std::fs", "std::env", "std::time::SystemTime", "std::net", "std::process::Command"];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    found
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("found below src").to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(path).expect("sources are UTF-8");
            // Comments and tests may speak of anything.
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            let code = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            (name, code)
        })
        .collect()
}

fn room_of(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap_or(name)
}

#[test]
fn imports_point_upstream_only() {
    let mut wrong = Vec::new();
    for (name, code) in sources() {
        let Some(own) = FLOW.iter().position(|m| *m == room_of(&name)) else { continue };
        for module in FLOW.iter().skip(own + 1) {
            if code.contains(&format!("crate::{module}::")) || code.contains(&format!("crate::{module};")) {
                wrong.push(format!("src/{name} imports {module}, which comes after {}", FLOW[own]));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the flow:\n{}", wrong.join("\n"));
}

#[test]
fn vocabulary_imports_nothing_of_ours() {
    for (name, code) in sources().iter().filter(|(n, _)| n.starts_with("vocabulary/")) {
        assert!(!code.replace("crate::vocabulary", "").contains("crate::"), "src/{name} imports another room");
    }
}

#[test]
fn each_heavy_crate_lives_in_one_room() {
    let mut wrong = Vec::new();
    for (name, code) in sources() {
        for (krate, rooms) in ROOMS {
            let used = code.contains(&format!("{krate}::"));
            if used && !rooms.iter().any(|room| name.starts_with(room)) {
                wrong.push(format!("src/{name} names {krate}, which lives in {rooms:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "crates outside their room:\n{}", wrong.join("\n"));
}

#[test]
fn disk_clock_and_environment_are_touched_in_one_file() {
    let mut wrong = Vec::new();
    for (name, code) in sources() {
        for edge in EDGES.iter().filter(|edge| code.contains(**edge)) {
            if name != "files.rs" && !(name == "main.rs" && *edge == "std::env") {
                wrong.push(format!("src/{name} uses {edge}"));
            }
        }
    }
    assert!(wrong.is_empty(), "edges outside src/files.rs:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_library_stands_in_the_flow() {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("src/lib.rs is there");
    let declared: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let expected: Vec<&str> = FLOW.iter().copied().filter(|m| declared.contains(m)).collect();
    assert_eq!(declared, expected, "src/lib.rs declares its modules in flow order");
}
