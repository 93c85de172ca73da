//! Pages -> an archivable file: structure, bookmarks, metadata, colour, the embedded data, and bytes that never vary.

use super::attachment::{Attachment, Digest};
use super::file::Lent;
use super::layout::{Bookmark, Layout};
use super::metadata::Metadata;
use super::tags::{self, destination, name, utf16};
use super::{Error, file, page};
use crate::writer::Payload;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

static SRGB: LazyLock<Payload> = LazyLock::new(|| include_bytes!("../../../assets/sRGB.icc").to_vec().into());

/// The whole file.
pub fn file(layout: &Layout, metadata: &Metadata, attachments: &[Attachment], data: Digest) -> Result<Vec<u8>, Error> {
    let mut document = page::document(layout, &metadata.title)?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    tidy(&mut document, &pages)?;
    let structure = tags::add(&mut document, layout, &pages, &metadata.language);
    let outlines = bookmarks(&mut document, &layout.bookmarks, &pages);
    // Before the attachments: the hash of the data stands for them.
    let id = identifier(&document, metadata, data);
    let mut lent = Vec::with_capacity(attachments.len() + 1);
    let (associated, names) = attach(&mut document, &mut lent, metadata, attachments);
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, metadata.xmp()).with_compression(false);
    let xmp = document.add_object(xmp);
    let profile = document.new_object_id();
    lent.push(Lent { id: profile, dictionary: dictionary! { "N" => 3, "Filter" => name("FlateDecode") }, bytes: SRGB.packed() });
    let intent = dictionary! {
        "Type" => "OutputIntent", "S" => name("GTS_PDFA1"), "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "RegistryName" => Object::string_literal("http://www.color.org"), "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile
    };
    let language = Object::string_literal(metadata.language.as_str());
    let catalog = document.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.set("PageMode", name(if layout.bookmarks.is_empty() { "UseNone" } else { "UseOutlines" }));
    catalog.set("StructTreeRoot", structure);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("Lang", language);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("PageLabels", dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => name("D") }.into()] });
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
    }
    if !associated.is_empty() {
        catalog.set("AF", associated);
        catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    }
    let info = document.add_object(metadata.info());
    document.trailer.set("Info", info);
    document.trailer.set("ID", vec![id.clone(), id]);
    file::bytes(document, lent)
}

/// Takes out what printpdf adds and nothing needs: its empty resources, its Info.
fn tidy(document: &mut Document, pages: &[ObjectId]) -> Result<(), Error> {
    for page in pages {
        let resources = document.get_dictionary(*page)?.get(b"Resources").and_then(Object::as_reference)?;
        let resources = document.get_dictionary_mut(resources)?;
        for unused in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
            resources.remove(unused);
        }
    }
    Ok(())
}

/// The same for the same content, different for any other: both halves of the file's ID.
fn identifier(document: &Document, metadata: &Metadata, data: Digest) -> Object {
    let mut hash = Sha256::new();
    hash.update(metadata.id.as_bytes());
    hash.update(metadata.title.as_bytes());
    hash.update(data.hex());
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update((stream.content.len() as u64).to_be_bytes());
            hash.update(&stream.content);
        }
    }
    let hash: [u8; 32] = hash.finalize().into();
    Object::String(hash[..16].to_vec(), StringFormat::Hexadecimal)
}

/// The bookmarks, nested by level.
fn bookmarks(document: &mut Document, bookmarks: &[Bookmark], pages: &[ObjectId]) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    let parent = |i: usize| (0..i).rev().find(|j| bookmarks[*j].level < bookmarks[i].level);
    let parents: Vec<Option<usize>> = (0..bookmarks.len()).map(parent).collect();
    let children = |of: Option<usize>| -> Vec<usize> { (0..bookmarks.len()).filter(|i| parents[*i] == of).collect() };
    for of in std::iter::once(None).chain((0..bookmarks.len()).map(Some)) {
        let siblings = children(of);
        for (n, i) in siblings.iter().enumerate() {
            let bookmark = &bookmarks[*i];
            let mut entry = dictionary! {
                "Title" => utf16(&bookmark.title),
                "Parent" => of.map_or(root, |p| ids[p]),
                "Dest" => destination(pages, bookmark.page, (bookmark.y - 13.0).max(0.0))
            };
            if n > 0 {
                entry.set("Prev", ids[siblings[n - 1]]);
            }
            if let Some(next) = siblings.get(n + 1) {
                entry.set("Next", ids[*next]);
            }
            let own = children(Some(*i));
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                entry.set("First", ids[*first]);
                entry.set("Last", ids[*last]);
                // Negative: closed until the reader opens it.
                entry.set("Count", -i64::try_from(own.len()).expect("bookmarks are few"));
            }
            document.set_object(ids[*i], entry);
        }
    }
    let top = children(None);
    let (first, last) = (top.first().map(|i| ids[*i])?, top.last().map(|i| ids[*i])?);
    let count = i64::try_from(top.len()).expect("bookmarks are few");
    document.set_object(root, dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count });
    Some(root)
}

/// Embeds files, whose bytes are lent; the list of them for the catalog, and their names as the name tree wants them.
fn attach<'a>(
    document: &mut Document,
    lent: &mut Vec<Lent<'a>>,
    metadata: &Metadata,
    attachments: &'a [Attachment],
) -> (Vec<Object>, Vec<Object>) {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let (mut associated, mut names) = (Vec::new(), Vec::new());
    for attachment in sorted {
        let size = i64::try_from(attachment.bytes.len()).expect("files fit");
        let parameters: Dictionary =
            dictionary! { "ModDate" => metadata.pdf_date(), "CreationDate" => metadata.pdf_date(), "Size" => size };
        let mut dictionary = dictionary! { "Type" => "EmbeddedFile", "Subtype" => name(&attachment.mime), "Params" => parameters };
        // What is packed already (a workbook is a zip) only costs time to pack again.
        let bytes = if attachment.bytes.starts_with(b"PK\x03\x04") {
            &attachment.bytes
        } else {
            dictionary.set("Filter", name("FlateDecode"));
            attachment.bytes.packed()
        };
        let file = document.new_object_id();
        lent.push(Lent { id: file, dictionary, bytes });
        let specification = document.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => Object::string_literal(attachment.name.as_str()),
            "UF" => utf16(&attachment.name),
            "Desc" => utf16(&attachment.description),
            "AFRelationship" => name(attachment.relationship.as_str()),
            "EF" => dictionary! { "F" => file, "UF" => file }
        });
        associated.push(Object::Reference(specification));
        names.extend([Object::string_literal(attachment.name.as_str()), specification.into()]);
    }
    (associated, names)
}
