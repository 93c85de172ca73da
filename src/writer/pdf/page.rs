//! Boxes -> pages and embedded fonts as PDF objects.

use super::Error;
use super::content::{Embedded, integer, stream, tag};
use super::layout::{Item, Layout};
use crate::writer::font::Face;
use crate::writer::theme::grid::{PAGE_HEIGHT, PAGE_WIDTH};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeSet;
use subsetter::GlyphRemapper;

/// The pages as a PDF that has content and fonts but neither structure nor metadata, and their ids.
pub fn document(layout: &Layout) -> Result<(Document, Vec<ObjectId>), Error> {
    let mut document = Document::with_version("1.7");
    let mut faces: Vec<Option<Embedded>> = used(layout)
        .into_iter()
        .map(|glyphs| {
            let mapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs.iter().copied().collect::<Vec<_>>());
            let texts = vec![None; usize::from(mapper.num_gids())];
            (!glyphs.is_empty()).then_some(Embedded { mapper, texts })
        })
        .collect();
    let parent = document.new_object_id();
    let resources = document.new_object_id();
    let mut pages = Vec::with_capacity(layout.pages.len());
    for page in &layout.pages {
        let content = document.add_object(Stream::new(Dictionary::new(), stream(page, &mut faces)));
        pages.push(document.add_object(dictionary! {
            "Type" => "Page", "Parent" => parent, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), Object::Real(PAGE_WIDTH), Object::Real(PAGE_HEIGHT)]
        }));
    }
    let mut fonts = Dictionary::new();
    for (face, embedded) in Face::ALL.into_iter().zip(&faces) {
        if let Some(embedded) = embedded {
            fonts.set(tag(face), font(&mut document, face, embedded)?);
        }
    }
    document.set_object(resources, dictionary! { "Font" => fonts });
    let count = i64::try_from(pages.len()).expect("pages are few");
    let kids: Vec<Object> = pages.iter().map(|id| Object::Reference(*id)).collect();
    document.set_object(parent, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    document.trailer.set("Root", catalog);
    Ok((document, pages))
}

/// Glyphs of each face that the pages show.
fn used(layout: &Layout) -> [BTreeSet<u16>; 3] {
    let mut used = Face::ALL.map(|face| vec![false; usize::from(face.shaper().number_of_glyphs())]);
    for item in layout.pages.iter().flat_map(|p| &p.items) {
        match item {
            Item::Text { face, run, .. } => {
                let of = &mut used[*face as usize];
                run.glyphs.iter().for_each(|g| of[usize::from(g.id)] = true);
            }
            Item::Open(_) | Item::Close | Item::Path { .. } | Item::Disc { .. } => {}
        }
    }
    used.map(|of| (0..).zip(of).filter_map(|(id, used)| used.then_some(id)).collect())
}

/// The glyphs of a face as a font of their own, with its widths and what its glyphs read as.
fn font(document: &mut Document, face: Face, embedded: &Embedded) -> Result<ObjectId, Error> {
    let program = subsetter::subset(face.bytes(), 0, &embedded.mapper).map_err(|e| Error::Font(e.to_string()))?;
    // Stem widths are as a designer of the face would put them; viewers use them only where the program is missing.
    let (name, slope, stem) = match face {
        Face::Regular => ("SourceSans3-Regular", 0, 80),
        Face::Semibold => ("SourceSans3-Semibold", 0, 110),
        Face::Italic => ("SourceSans3-It", -11, 80),
    };
    let name = format!("{}+{name}", tag(face));
    let metrics = face.metrics();
    let mille = |units: i16| Object::Integer((i64::from(units) * 1000) / i64::from(metrics.em));
    let length = i64::try_from(program.len()).expect("fonts are small");
    let program = document.add_object(Stream::new(dictionary! { "Length1" => length }, program));
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => Object::Name(name.clone().into_bytes()),
        // Bit 6: letters of Latin and others; bit 7: italic.
        "Flags" => if slope == 0 { 32 } else { 96 },
        "FontBBox" => metrics.bounds.map(mille).to_vec(),
        "ItalicAngle" => slope, "Ascent" => mille(metrics.ascent), "Descent" => mille(metrics.descent),
        "CapHeight" => mille(metrics.capitals), "StemV" => stem, "FontFile2" => program
    });
    let widths: Vec<Object> = embedded
        .mapper
        .remapped_gids()
        .map(|old| Object::Integer((f64::from(face.advance(old)) * 1000.0 / f64::from(metrics.em)).round() as i64))
        .collect();
    let descendant = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => Object::Name(name.clone().into_bytes()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0
        },
        "FontDescriptor" => descriptor, "CIDToGIDMap" => "Identity", "DW" => 1000, "W" => vec![0.into(), widths.into()]
    });
    let unicode = document.add_object(Stream::new(Dictionary::new(), to_unicode(&embedded.texts)));
    Ok(document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => Object::Name(name.into_bytes()), "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)], "ToUnicode" => unicode
    }))
}

/// What each glyph reads as, in the form that ISO 32000-1, 9.10.3 wants; a section holds a hundred at most.
fn to_unicode(texts: &[Option<Box<str>>]) -> Vec<u8> {
    let mut map = b"/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
"
    .to_vec();
    let known: Vec<(usize, &str)> = texts.iter().enumerate().filter_map(|(i, t)| Some((i, t.as_deref()?))).collect();
    for part in known.chunks(100) {
        integer(&mut map, i64::try_from(part.len()).expect("a hundred at most"));
        map.extend_from_slice(b" beginbfchar\n");
        for (code, text) in part {
            let units: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
            map.extend_from_slice(format!("<{code:04X}><{units}>\n").as_bytes());
        }
        map.extend_from_slice(b"endbfchar\n");
    }
    map.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    map
}
