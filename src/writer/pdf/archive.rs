//! Pages -> an archivable file: structure, bookmarks, metadata, colour, the embedded data, and bytes that never vary.

use super::attachment::{Attachment, Digest};
use super::layout::{Bookmark, Layout};
use super::metadata::Metadata;
use super::tags::{self, destination, name, utf16};
use super::{Error, page};
use crate::writer::payload::pack;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest as _, Sha256};

static SRGB: &[u8] = include_bytes!("../../../assets/sRGB.icc");

/// Objects of a stream of objects: few streams pack best, and a reader unpacks one to find any of its objects.
const OBJECTS_PER_STREAM: usize = 400;

/// The whole file.
pub fn file(layout: &Layout, metadata: &Metadata, attachments: &[Attachment], data: Digest) -> Result<Vec<u8>, Error> {
    let mut document = page::document(layout, &metadata.title)?;
    document.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    tidy(&mut document, &pages)?;
    let structure = tags::add(&mut document, layout, &pages, &metadata.language);
    let outlines = bookmarks(&mut document, &layout.bookmarks, &pages);
    // Before the attachments: the hash of the data stands for them.
    let id = identifier(&document, metadata, data);
    let (associated, names) = attach(&mut document, metadata, attachments);
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, metadata.xmp()).with_compression(false);
    let xmp = document.add_object(xmp);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
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
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
            && !stream.dict.has(b"Filter")
        {
            let packed = pack(&stream.content);
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    let mut bytes = Vec::new();
    let options = lopdf::SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS_PER_STREAM)
        .compression_level(6)
        .build();
    document.save_with_options(&mut bytes, options).map_err(|e| Error::File(e.to_string()))?;
    Ok(bytes)
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

/// Embeds files; the list of them for the catalog, and their names as the name tree wants them.
fn attach(document: &mut Document, metadata: &Metadata, attachments: &[Attachment]) -> (Vec<Object>, Vec<Object>) {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let (mut associated, mut names) = (Vec::new(), Vec::new());
    for attachment in sorted {
        let size = i64::try_from(attachment.bytes.len()).expect("files fit");
        let parameters: Dictionary =
            dictionary! { "ModDate" => metadata.pdf_date(), "CreationDate" => metadata.pdf_date(), "Size" => size };
        let file = dictionary! { "Type" => "EmbeddedFile", "Subtype" => name(&attachment.mime), "Params" => parameters };
        // What is packed already (a workbook is a zip) only costs time to pack again.
        let file = if attachment.bytes.starts_with(b"PK\x03\x04") {
            Stream::new(file, attachment.bytes.to_vec()).with_compression(false)
        } else {
            let mut file = file;
            file.set("Filter", "FlateDecode");
            Stream::new(file, attachment.bytes.packed().to_vec())
        };
        let file = document.add_object(file);
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
