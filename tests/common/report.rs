//! Reports made by the program itself from the project's inputs and seeds.

#![expect(clippy::disallowed_methods, reason = "a test reads the project from disk")]

use factsheet::pipeline::{self, Product, Request};
use factsheet::report::Report;
use std::collections::BTreeMap;
use std::path::Path;

/// The report on a seed, by its file's name.
pub fn report(seed: &str) -> Report {
    let mut files = BTreeMap::new();
    for folder in ["seeds", "input"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the project has the folder") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_file() {
                let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
                files.insert(format!("{folder}/{name}"), std::fs::read(&path).expect("a file can be read"));
            }
        }
    }
    let request = Request { sources: vec![format!("seeds/{seed}")], all: false, only: [Product::Charts].into() };
    let (_, mut made) = pipeline::publications(&files, &request, &|_| ()).expect("the project builds");
    made.pop().expect("a report for the seed").report
}
