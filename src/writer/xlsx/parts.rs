//! Parts of the zip that rust_xlsxwriter leaves to us: rewritten one by one, the others copied as they are.

use super::Error;
use flate2::Crc;
use flate2::write::DeflateEncoder;
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use zip::{DateTime, ZipArchive, ZipWriter};

/// How hard the parts are packed: the next level takes half as long again for a tenth less.
pub(super) const LEVEL: u8 = 2;

/// A text packed by itself. It may stand anywhere in a packed part: it refers to nothing before it and ends on a whole byte
/// (RFC 1951, section 3.2.3).
pub(super) struct Packed {
    bytes: Vec<u8>,
    sum: Crc,
}

impl Packed {
    /// # Errors
    /// What the encoder reports; memory takes all bytes.
    pub fn of(text: &str) -> Result<Self, Error> {
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(text.len() / 6), flate2::Compression::new(u32::from(LEVEL)));
        encoder.write_all(text.as_bytes())?;
        encoder.flush()?;
        let mut sum = Crc::new();
        sum.update(text.as_bytes());
        // The encoder would end the whole when it is dropped.
        Ok(Self { bytes: std::mem::take(encoder.get_mut()), sum })
    }
}

/// A piece of a part.
pub(super) enum Piece {
    Text(String),
    Packed(Arc<Packed>),
}

/// Rewrites the parts whose names `wanted` picks as the pieces that `change` makes of them; the others are copied packed.
///
/// # Errors
/// If `bytes` is no zip of UTF-8 parts, which a workbook just written always is, or if `change` fails.
pub(super) fn rewrite(
    bytes: Vec<u8>,
    wanted: impl Fn(&str) -> bool,
    change: impl Fn(&str, String) -> Result<Vec<Piece>, Error>,
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
        let modified = file.last_modified().unwrap_or_default();
        drop(file);
        let mut packed = Packed { bytes: Vec::new(), sum: Crc::new() };
        for piece in change(&name, xml)? {
            let next = match piece {
                Piece::Packed(packed) => packed,
                Piece::Text(text) => Packed::of(&text)?.into(),
            };
            packed.bytes.extend_from_slice(&next.bytes);
            packed.sum.combine(&next.sum);
        }
        // An empty block that is the last one.
        packed.bytes.extend_from_slice(&[0x03, 0x00]);
        let mut member = ZipArchive::new(Cursor::new(zip_of(&name, modified, &packed)?))?;
        writer.raw_copy_file(member.by_index_raw(0)?)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// A zip of one part that is packed already, which the library cannot write (PKWARE, APPNOTE.TXT, section 4.3).
fn zip_of(name: &str, modified: DateTime, packed: &Packed) -> Result<Vec<u8>, Error> {
    let too_long = |_| Error::Part(name.to_owned());
    let length = u32::try_from(packed.bytes.len()).map_err(too_long)?;
    let name_length = u16::try_from(name.len()).map_err(too_long)?;
    // Version, flags, method, time and date of the last change, sum and sizes, lengths of name and of extra fields.
    let mut head: Vec<u8> = [20, 0, 8, modified.timepart(), modified.datepart()].iter().flat_map(|n: &u16| n.to_le_bytes()).collect();
    head.extend([packed.sum.sum(), length, packed.sum.amount()].iter().flat_map(|n| n.to_le_bytes()));
    head.extend([name_length, 0].iter().flat_map(|n| n.to_le_bytes()));
    let part = [b"PK\x03\x04", &head[..], name.as_bytes(), &packed.bytes].concat();
    // Made by, and after the head: comment, disk, attributes, offset.
    let entry = [b"PK\x01\x02\x14\x00", &head[..], &[0; 14], name.as_bytes()].concat();
    let sizes = [entry.len(), part.len()].map(u32::try_from);
    let [Ok(size), Ok(offset)] = sizes else { return Err(Error::Part(name.to_owned())) };
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &size.to_le_bytes()[..], &offset.to_le_bytes(), &[0; 2]].concat();
    Ok([part, entry, end].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use zip::write::SimpleFileOptions;

    #[test]
    fn a_part_of_pieces_reads_as_one_text() {
        let long = "<c r=\"A1\"><v>1</v></c>".repeat(20_000);
        let packed = Arc::new(Packed::of(&long).expect("memory"));
        assert!(packed.bytes.len() < long.len() / 50);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.xml", "b.xml"] {
            zip.start_file(name, SimpleFileOptions::default()).expect("memory");
            zip.write_all(name.as_bytes()).expect("memory");
        }
        let bytes = zip.finish().expect("memory").into_inner();
        let again = || Piece::Packed(Arc::clone(&packed));
        let change = |_: &str, xml: String| Ok(vec![Piece::Text(xml), again(), Piece::Text("é".to_owned()), again()]);
        let bytes = rewrite(bytes, |name| name == "b.xml", change).expect("a zip");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut read = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect("the part").read_to_string(&mut text).expect("its sum is right");
            text
        };
        assert_eq!(read("a.xml"), "a.xml");
        assert_eq!(read("b.xml"), format!("b.xml{long}é{long}"));
    }
}
