//! Data files of a publication: every dataset as CSV and Parquet.

use crate::dataset::frame;
use crate::report::Report;
use std::collections::BTreeMap;

/// Every dataset as CSV, by its name; an empty one has its header.
///
/// # Errors
/// What the library says, with the dataset's name.
pub fn csv(report: &Report) -> Result<BTreeMap<&'static str, Vec<u8>>, String> {
    let one = |table: &crate::dataset::Table| {
        let name = table.schema.name;
        Ok((name, frame::csv(table).map_err(|e| format!("{name}.csv: {e}"))?))
    };
    report.tables.iter().map(one).collect()
}

/// The files of `data/`, named relative to the publication's folder: the CSVs of [`csv`], and Parquet beside each.
///
/// # Errors
/// As [`csv`].
pub fn files(report: &Report, csv: BTreeMap<&'static str, Vec<u8>>) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut files: BTreeMap<String, Vec<u8>> = csv.into_iter().map(|(name, bytes)| (format!("data/{name}.csv"), bytes)).collect();
    for table in &report.tables {
        let name = table.schema.name;
        files.insert(format!("data/{name}.parquet"), frame::parquet(table).map_err(|e| format!("{name}.parquet: {e}"))?);
    }
    Ok(files)
}
