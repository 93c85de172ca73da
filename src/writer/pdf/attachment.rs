//! The data behind a document: embedded in it, hashed, and found in it again.

use super::Error;
use crate::writer::Payload;
use lopdf::{Dictionary, Document, Object};
use sha2::{Digest as _, Sha256};

/// What an attachment is to the document (ISO 19005-3, annex E).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// The data that tables and charts show.
    Data,
    /// The original that the document was made from.
    Source,
    /// More than the document shows.
    Supplement,
}

impl Relationship {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Data => "Data",
            Self::Source => "Source",
            Self::Supplement => "Supplement",
        }
    }
}

/// A file to embed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// `observations.csv`; unique within the document.
    pub name: String,
    /// `text/csv`.
    pub mime: String,
    /// One sentence on what it holds.
    pub description: String,
    pub relationship: Relationship,
    pub bytes: Payload,
}

/// SHA-256 of the data behind a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The first eight, for a person to compare: `1D73-17C1`.
    pub fn short(&self) -> String {
        let [a, b, c, d, ..] = self.0;
        format!("{a:02X}{b:02X}-{c:02X}{d:02X}")
    }
}

/// The hash that the last page states: of each attachment in order of name, its name, length (eight bytes, most
/// significant first) and bytes, name and length parted by a zero byte.
pub fn digest(attachments: &[Attachment]) -> Digest {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    for attachment in sorted {
        hash.update(attachment.name.as_bytes());
        hash.update([0]);
        hash.update((attachment.bytes.len() as u64).to_be_bytes());
        hash.update(&*attachment.bytes);
    }
    Digest(hash.finalize().into())
}

/// The files that a PDF carries, in order of name: what [`digest`] is recomputed from.
///
/// # Errors
/// [`Error::File`] where the bytes are not a PDF, or an attachment cannot be unpacked.
pub fn embedded(pdf: &[u8]) -> Result<Vec<Attachment>, Error> {
    let document = Document::load_mem(pdf)?;
    let catalog = document.catalog()?;
    let Ok(files) = catalog.get(b"AF").and_then(Object::as_array) else { return Ok(Vec::new()) };
    let mut found = Vec::with_capacity(files.len());
    for file in files {
        let specification = dictionary(&document, file)?;
        let stream = dictionary(&document, specification.get(b"EF")?)?.get(b"F")?;
        let (_, stream) = document.dereference(stream)?;
        let stream = stream.as_stream()?;
        let bytes = if stream.dict.has(b"Filter") { stream.decompressed_content()? } else { stream.content.clone() };
        found.push(Attachment {
            name: text(specification, b"UF").unwrap_or_default(),
            mime: stream
                .dict
                .get(b"Subtype")
                .and_then(Object::as_name)
                .map(|n| String::from_utf8_lossy(n).into_owned())
                .unwrap_or_default(),
            description: text(specification, b"Desc").unwrap_or_default(),
            relationship: match specification.get(b"AFRelationship").and_then(Object::as_name) {
                Ok(b"Data") => Relationship::Data,
                Ok(b"Source") => Relationship::Source,
                Ok(_) | Err(_) => Relationship::Supplement,
            },
            bytes: bytes.into(),
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> Result<&'d Dictionary, Error> {
    Ok(document.dereference(object)?.1.as_dict()?)
}

/// A text string: UTF-16 with its mark, else taken as it is.
pub(super) fn text(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let bytes = dictionary.get(key).and_then(Object::as_str).ok()?;
    Some(match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    })
}
