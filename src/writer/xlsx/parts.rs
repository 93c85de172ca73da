//! The zip of a workbook: the parts that rust_xlsxwriter wrote, some of them changed, packed here.
//!
//! The zip is put together here (PKWARE, APPNOTE.TXT, section 4.3), for the crate would pack again what was packed once and is
//! shared.

use super::Error;
use crate::writer::deflate;
use flate2::{Compress, Compression, Crc, FlushCompress};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::{DateTime, ZipArchive};

/// How hard the library packs: most of its parts are changed and packed again.
pub(super) const LIBRARY_LEVEL: u8 = 1;
/// How hard shared texts are packed: the next level takes half as long again for a tenth less.
const SHARED_LEVEL: u32 = 2;

/// A text packed by itself for several workbooks. It may stand anywhere in a packed part: it refers to nothing before it and ends on a whole byte
/// (RFC 1951, section 3.2.3).
pub(super) struct Packed {
    bytes: Vec<u8>,
    sum: Crc,
}

/// A text that is packed as it comes.
pub(super) struct Packing {
    encoder: Compress,
    packed: Packed,
}

impl Packing {
    pub fn new() -> Self {
        let encoder = Compress::new(Compression::new(SHARED_LEVEL), false);
        Self { encoder, packed: Packed { bytes: Vec::new(), sum: Crc::new() } }
    }

    pub fn push(&mut self, text: &str) {
        self.packed.sum.update(text.as_bytes());
        self.pack(text.as_bytes(), FlushCompress::None);
    }

    pub fn finish(mut self) -> Packed {
        self.pack(&[], FlushCompress::Sync);
        self.packed
    }

    fn pack(&mut self, mut left: &[u8], flush: FlushCompress) {
        let bytes = &mut self.packed.bytes;
        loop {
            bytes.reserve(left.len() / 8 + 64);
            let before = self.encoder.total_in();
            self.encoder.compress_vec(left, bytes, flush).expect("memory takes all bytes");
            left = &left[usize::try_from(self.encoder.total_in() - before).expect("it takes no more than there is")..];
            // All is out when there is room for more.
            if left.is_empty() && bytes.len() < bytes.capacity() {
                break;
            }
        }
    }
}

impl Packed {
    pub fn of(text: &str) -> Self {
        let mut packing = Packing::new();
        packing.push(text);
        packing.finish()
    }
}

/// A piece of a part.
pub(super) enum Piece<'p> {
    Text(String),
    Packed(&'p Packed),
}

/// A part of the workbook.
struct Part<'p> {
    name: String,
    modified: DateTime,
    /// CRC-32 and length of what is packed.
    sum: u32,
    length: u32,
    packed: Vec<Cow<'p, [u8]>>,
}

impl<'p> Part<'p> {
    fn of(name: String, modified: DateTime, pieces: Vec<Piece<'p>>) -> Self {
        /// A block that is empty and the last one.
        const END: [u8; 2] = [0x03, 0x00];
        if let [Piece::Text(text)] = &pieces[..] {
            let mut sum = Crc::new();
            sum.update(text.as_bytes());
            return Self { name, modified, sum: sum.sum(), length: sum.amount(), packed: vec![Cow::Owned(deflate::raw(text.as_bytes()))] };
        }
        let mut sum = Crc::new();
        let mut packed = Vec::with_capacity(pieces.len() + 1);
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let own = Packed::of(&text);
                    sum.combine(&own.sum);
                    packed.push(Cow::Owned(own.bytes));
                }
                Piece::Packed(shared) => {
                    sum.combine(&shared.sum);
                    packed.push(Cow::Borrowed(&shared.bytes[..]));
                }
            }
        }
        packed.push(Cow::Owned(END.to_vec()));
        Self { name, modified, sum: sum.sum(), length: sum.amount(), packed }
    }
}

/// The workbook with the parts whose names `wanted` picks as the pieces that `change` makes of them; the others stay packed.
///
/// # Errors
/// If `bytes` is no zip of UTF-8 parts, which a workbook just written always is, or if `change` fails.
pub(super) fn rewrite<'p>(
    bytes: &'p [u8],
    wanted: impl Fn(&str) -> bool + Sync,
    change: impl Fn(&str, String) -> Result<Vec<Piece<'p>>, Error> + Sync,
) -> Result<Vec<u8>, Error> {
    let archive = ZipArchive::new(Cursor::new(bytes))?;
    let read = |archive: &mut ZipArchive<Cursor<&[u8]>>, index| {
        let raw = archive.by_index_raw(index)?;
        let (name, modified) = (raw.name()?.into_owned(), raw.last_modified().unwrap_or_default());
        if !wanted(&name) {
            let start = raw.data_start().and_then(|start| usize::try_from(start).ok());
            let packed =
                start.zip(usize::try_from(raw.compressed_size()).ok()).and_then(|(start, length)| bytes.get(start..start + length));
            let (Some(packed), Ok(length)) = (packed, u32::try_from(raw.size())) else { return Err(Error::Part(name)) };
            return Ok(Part { name, modified, sum: raw.crc32(), length, packed: vec![Cow::Borrowed(packed)] });
        }
        drop(raw);
        let mut xml = String::new();
        archive.by_index(index)?.read_to_string(&mut xml)?;
        let pieces = change(&name, xml)?;
        Ok(Part::of(name, modified, pieces))
    };
    let parts: Result<Vec<Part<'p>>, Error> = (0..archive.len()).into_par_iter().map_init(|| archive.clone(), read).collect();
    zip(&parts?)
}

/// A zip of packed parts, which the crate cannot write: it packs by itself.
fn zip(parts: &[Part<'_>]) -> Result<Vec<u8>, Error> {
    /// Of the two heads of a part.
    const HEADS: usize = 30 + 46;
    let length = |part: &Part<'_>| part.packed.iter().map(|piece| piece.len()).sum::<usize>() + 2 * part.name.len() + HEADS;
    let (mut bytes, mut directory) = (Vec::with_capacity(parts.iter().map(length).sum()), Vec::new());
    for Part { name, modified, sum, length, packed } in parts {
        let too_long = || Error::Part(name.clone());
        let sizes = [packed.iter().map(|piece| piece.len()).sum(), bytes.len()];
        let [Ok(size), Ok(offset)] = sizes.map(u32::try_from) else { return Err(too_long()) };
        let name_length = u16::try_from(name.len()).map_err(|_| too_long())?;
        // Version, flags, method, time and date of the last change, sum and sizes, lengths of name and of extra fields.
        let mut head: Vec<u8> = [20, 0, 8, modified.timepart(), modified.datepart()].iter().flat_map(|n: &u16| n.to_le_bytes()).collect();
        head.extend([*sum, size, *length, u32::from(name_length)].iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend([b"PK\x03\x04", &head[..], name.as_bytes()].concat());
        packed.iter().for_each(|piece| bytes.extend_from_slice(piece));
        // Made by, and after the head: comment, disk, attributes, offset.
        directory.extend([b"PK\x01\x02\x14\x00", &head[..], &[0; 10], &offset.to_le_bytes(), name.as_bytes()].concat());
    }
    let too_large = || Error::Part("the zip as a whole".to_owned());
    let count = u16::try_from(parts.len()).map_err(|_| too_large())?.to_le_bytes();
    let [Ok(size), Ok(offset)] = [directory.len(), bytes.len()].map(u32::try_from) else { return Err(too_large()) };
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size.to_le_bytes(), &offset.to_le_bytes(), &[0; 2]].concat());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    #[test]
    fn a_part_of_pieces_reads_as_one_text() {
        let long = "<c r=\"A1\"><v>1</v></c>".repeat(20_000);
        let packed = Packed::of(&long);
        assert!(packed.bytes.len() < long.len() / 50);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.xml", "b.xml"] {
            zip.start_file(name, SimpleFileOptions::default()).expect("memory");
            zip.write_all(name.as_bytes()).expect("memory");
        }
        let bytes = zip.finish().expect("memory").into_inner();
        let change = |_: &str, xml: String| {
            Ok(vec![
                Piece::Text(xml),
                Piece::Packed(&packed),
                Piece::Text("é".to_owned()),
                Piece::Text(String::new()),
                Piece::Packed(&packed),
            ])
        };
        let bytes = rewrite(&bytes, |name| name == "b.xml", change).expect("a zip");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut read = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect("the part").read_to_string(&mut text).expect("its sum is right");
            text
        };
        assert_eq!(read("a.xml"), "a.xml");
        assert_eq!(read("b.xml"), format!("b.xml{long}é{long}"));
    }

    #[test]
    fn texts_of_any_length_come_back() {
        for length in [0, 1, 63, 64, 511, 512, 513, 40_000] {
            // Letters without a pattern, which pack badly: the room that is set aside does not do.
            let text: String =
                (0..length).map(|i: u32| char::from(b' ' + u8::try_from(i.wrapping_mul(2_654_435_761) >> 26).expect("six bits"))).collect();
            let mut packed = Packed::of(&text).bytes;
            packed.extend([0x03, 0x00]);
            let mut back = String::new();
            flate2::read::DeflateDecoder::new(&packed[..]).read_to_string(&mut back).expect("packed text");
            assert_eq!(back, text, "{length}");
        }
    }
}
