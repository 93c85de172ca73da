//! The document's language: `dc:language` in `docProps/core.xml`, which rust_xlsxwriter does not write.

use super::Error;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const PART: &str = "docProps/core.xml";

/// Rewrites that one part of the zip and copies the others as they are, compressed.
///
/// # Errors
/// If `bytes` is no zip with that part, which a workbook just written always is.
pub(super) fn set(bytes: Vec<u8>, language: &str) -> Result<Vec<u8>, Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index_raw(index)?;
        if !matches!(file.name(), Ok(name) if name == PART) {
            writer.raw_copy_file(file)?;
            continue;
        }
        let modified = file.last_modified();
        drop(file);
        file = archive.by_index(index)?;
        let mut xml = String::new();
        file.read_to_string(&mut xml)?;
        let mut options = SimpleFileOptions::default();
        if let Some(modified) = modified {
            options = options.last_modified_time(modified);
        }
        writer.start_file(PART, options)?;
        writer.write_all(with_language(&xml, language).as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Puts the element at the end of the properties; their order is free.
fn with_language(xml: &str, language: &str) -> String {
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let language = if language.is_empty() { "en" } else { &language };
    xml.replace("</cp:coreProperties>", &format!("<dc:language>{language}</dc:language></cp:coreProperties>"))
}
