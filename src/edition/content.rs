//! What an edition says, as tables of text: from an output folder or from reports in memory. What `diff` compares.

use super::{MANIFEST, Manifest};
use crate::report::Report;
use std::collections::BTreeMap;

/// A dataset as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// All datasets of the publications of one edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// By publication and dataset.
    pub publications: BTreeMap<String, BTreeMap<String, Frame>>,
    /// SHA-256 of what it was made from; empty where that is not known.
    pub inputs: BTreeMap<String, String>,
    /// Version of the program that wrote it.
    pub version: String,
}

impl Frame {
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// A cell by its column's name; empty where there is none.
    pub fn cell<'f>(&self, row: &'f [String], column: &str) -> &'f str {
        self.column(column).and_then(|i| row.get(i)).map_or("", String::as_str)
    }
}

impl Content {
    /// Of reports in memory.
    pub fn of(reports: &[Report]) -> Self {
        let publications = reports.iter().map(|report| {
            let frames = report.tables.iter().map(|table| {
                let columns = table.schema.columns.iter().map(|c| c.name.to_owned()).collect();
                let rows = table.rows.iter().map(|row| row.iter().map(crate::dataset::Value::plain).collect()).collect();
                (table.schema.name.to_owned(), Frame { columns, rows })
            });
            (report.id.clone(), frames.collect())
        });
        Self { publications: publications.collect(), inputs: BTreeMap::new(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }

    /// Of the files of an output folder (`lu-dpa-2022/data/entries.csv`, `manifest.json`), or of one publication's folder
    /// (`data/entries.csv`). Files that are no CSV of a dataset are left out.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut content = Self::default();
        if let Some(manifest) = files.get(MANIFEST).and_then(|bytes| Manifest::read(bytes)) {
            content.inputs = manifest.builds().flat_map(|b| b.inputs.clone()).collect();
            content.version = manifest.version;
        }
        for (name, bytes) in files {
            let Some(stem) = name.strip_suffix(".csv").filter(|stem| !stem.ends_with(".sdmx")) else { continue };
            let mut parts: Vec<&str> = stem.split('/').collect();
            let (Some(dataset), Some("data")) = (parts.pop(), parts.pop()) else { continue };
            content.publications.entry(parts.join("/")).or_default().insert(dataset.to_owned(), frame(bytes));
        }
        content
    }
}

/// A CSV as it was written; rows that cannot be read are left out, which makes them show as gone.
fn frame(bytes: &[u8]) -> Frame {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let columns = reader.headers().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
    let rows = reader.records().filter_map(Result::ok).map(|record| record.iter().map(str::to_owned).collect()).collect();
    Frame { columns, rows }
}
