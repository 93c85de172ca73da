//! Parts of the zip that rust_xlsxwriter leaves to us: rewritten one by one, the others copied as they are.

use super::Error;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How hard the parts are packed: the next level takes half as long again for a tenth less.
pub(super) const LEVEL: u8 = 2;

/// Rewrites the parts whose names `wanted` picks; the others are copied compressed.
///
/// # Errors
/// If `bytes` is no zip of UTF-8 parts, which a workbook just written always is, or if `change` fails.
pub(super) fn rewrite(
    bytes: Vec<u8>,
    wanted: impl Fn(&str) -> bool,
    change: impl Fn(&str, String, &mut dyn Write) -> Result<(), Error>,
) -> Result<Vec<u8>, Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index)?;
        let name = raw.name()?.into_owned();
        if !wanted(&name) {
            writer.raw_copy_file(raw)?;
            continue;
        }
        drop(raw);
        let mut file = archive.by_index(index)?;
        let mut xml = String::new();
        file.read_to_string(&mut xml)?;
        let mut options = SimpleFileOptions::default().compression_level(Some(i64::from(LEVEL)));
        if let Some(modified) = file.last_modified() {
            options = options.last_modified_time(modified);
        }
        drop(file);
        writer.start_file(name.as_str(), options)?;
        change(&name, xml, &mut writer)?;
    }
    Ok(writer.finish()?.into_inner())
}
