//! What pages paint: within marks that lead to the structure, with fonts that read as text.

use super::{FONT, Findings, TABS, UNTAGGED, dictionary, name_of};
use crate::writer::pdf::Error;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// The parent tree: what stands under each number.
pub fn parents(document: &Document) -> Result<BTreeMap<i64, &Object>, Error> {
    let mut parents = BTreeMap::new();
    let root = dictionary(document, document.catalog()?.get(b"StructTreeRoot").ok());
    let tree = root.and_then(|r| dictionary(document, r.get(b"ParentTree").ok()));
    if let Some(Ok(numbers)) = tree.map(|t| t.get(b"Nums").and_then(Object::as_array)) {
        for pair in numbers.chunks_exact(2) {
            if let Ok(number) = pair[0].as_i64() {
                parents.insert(number, &pair[1]);
            }
        }
    }
    Ok(parents)
}

pub fn check(document: &Document, found: &mut Findings) -> Result<(), Error> {
    let parents = parents(document)?;
    let mut codes: BTreeMap<ObjectId, BTreeSet<u16>> = BTreeMap::new();
    for (number, page) in (1..).zip(document.page_iter()) {
        let dictionary = document.get_dictionary(page)?;
        found.unless(name_of(dictionary, b"Tabs") == b"S", &TABS, "Tabs S", &format!("page {number} without it"));
        let owners = dictionary.get(b"StructParents").and_then(Object::as_i64).ok().and_then(|n| parents.get(&n));
        let owners = owners.and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_array().ok());
        let fonts = document.get_page_fonts(page)?;
        let ids = font_ids(document, page);
        let operations = Content::decode(&document.get_page_content(page))?.operations;
        let painted = walk(&operations, &fonts, &ids, &mut codes);
        if painted.bare > 0 {
            found.add(
                &UNTAGGED,
                "marks around all that is painted",
                format!("{} operations on page {number} outside of them", painted.bare),
            );
        }
        if painted.open != 0 {
            found.add(&UNTAGGED, "marks that close", format!("{} more opened than closed on page {number}", painted.open));
        }
        let owned = |mark: &i64| {
            let owner = usize::try_from(*mark).ok().and_then(|m| owners.and_then(|o| o.get(m)));
            owner.is_some_and(|o| *o != Object::Null)
        };
        if let Some(mark) = painted.marks.iter().find(|m| !owned(m)) {
            found.add(&UNTAGGED, "an element for each mark", format!("mark {mark} of page {number} without one"));
        }
    }
    for (font, used) in &codes {
        self::font(document, document.get_dictionary(*font)?, used, found);
    }
    Ok(())
}

fn font_ids(document: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, ObjectId> {
    let resources = document.get_dictionary(page).ok().and_then(|p| dictionary(document, p.get(b"Resources").ok()));
    let fonts = resources.and_then(|r| dictionary(document, r.get(b"Font").ok()));
    fonts.map_or(BTreeMap::new(), |f| f.iter().filter_map(|(k, v)| Some((k.clone(), v.as_reference().ok()?))).collect())
}

#[derive(Default)]
struct Painted {
    /// Painting operations outside of any mark.
    bare: usize,
    /// Marks left open.
    open: i64,
    marks: BTreeSet<i64>,
}

fn walk(
    operations: &[lopdf::content::Operation],
    fonts: &BTreeMap<Vec<u8>, &Dictionary>,
    ids: &BTreeMap<Vec<u8>, ObjectId>,
    codes: &mut BTreeMap<ObjectId, BTreeSet<u16>>,
) -> Painted {
    let mut painted = Painted::default();
    // A mark counts if it is an artifact or has an id, or stands within one that does.
    let mut stack: Vec<bool> = Vec::new();
    let mut font = None;
    for operation in operations {
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let artifact = operation.operands.first().and_then(|o| o.as_name().ok()) == Some(b"Artifact");
                let mark =
                    operation.operands.get(1).and_then(|o| o.as_dict().ok()).and_then(|d| d.get(b"MCID").and_then(Object::as_i64).ok());
                painted.marks.extend(mark);
                let outer = stack.last().copied().unwrap_or(false);
                stack.push(outer || artifact || mark.is_some());
                painted.open += 1;
            }
            "EMC" => {
                stack.pop();
                painted.open -= 1;
            }
            "Tf" => font = operation.operands.first().and_then(|o| o.as_name().ok()).filter(|n| fonts.contains_key(*n)),
            "Tj" | "TJ" | "'" | "\"" | "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "Do" | "sh" | "BI" => {
                if !stack.last().copied().unwrap_or(false) {
                    painted.bare += 1;
                }
                if let Some(id) = font.and_then(|f| ids.get(f)) {
                    collect(&operation.operands, codes.entry(*id).or_default());
                }
            }
            _ => {}
        }
    }
    painted
}

fn collect(operands: &[Object], codes: &mut BTreeSet<u16>) {
    for operand in operands {
        match operand {
            Object::String(bytes, _) => codes.extend(bytes.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]]))),
            Object::Array(inner) => collect(inner, codes),
            _ => {}
        }
    }
}

/// Embedded, as wide as its program says (trusted), and every code with its text.
fn font(document: &Document, font: &Dictionary, used: &BTreeSet<u16>, found: &mut Findings) {
    let name = String::from_utf8_lossy(name_of(font, b"BaseFont")).into_owned();
    let descendant = font.get(b"DescendantFonts").and_then(Object::as_array).ok().and_then(|d| dictionary(document, d.first()));
    let descriptor = descendant.and_then(|d| dictionary(document, d.get(b"FontDescriptor").ok()));
    let embedded = descriptor.is_some_and(|d| [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"].iter().any(|k| d.has(k)));
    found.unless(embedded, &FONT, "the font's program in the file", &format!("{name} without it"));
    let stream = font.get(b"ToUnicode").ok().and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_stream().ok());
    let Some(stream) = stream else {
        found.add(&FONT, "ToUnicode", format!("{name} without it"));
        return;
    };
    let map = if stream.dict.has(b"Filter") { stream.decompressed_content().unwrap_or_default() } else { stream.content.clone() };
    let known = mapped(&String::from_utf8_lossy(&map));
    let mute: Vec<u16> = used.iter().copied().filter(|c| !known.contains(c)).collect();
    if !mute.is_empty() {
        found.add(&FONT, "text for every glyph", format!("{name}: {} codes without, the first {}", mute.len(), mute[0]));
    }
    found.unless(!used.contains(&0), &FONT, "a glyph for every character", &format!("{name}: an empty box"));
}

/// The codes that a `ToUnicode` map gives text for.
fn mapped(map: &str) -> BTreeSet<u16> {
    let mut known = BTreeSet::new();
    let mut mode = "";
    let mut row: Vec<&str> = Vec::new();
    for token in map.split(|c: char| c.is_whitespace() || c == '<' || c == '>').filter(|t| !t.is_empty()) {
        match token {
            "beginbfchar" => mode = "char",
            "beginbfrange" => mode = "range",
            "endbfchar" | "endbfrange" => {
                mode = "";
                row.clear();
            }
            _ if mode.is_empty() => {}
            _ => {
                row.push(token);
                let code = |t: &str| u16::from_str_radix(t, 16).ok();
                if mode == "char" && row.len() == 2 {
                    known.extend(code(row[0]));
                    row.clear();
                } else if mode == "range" && row.len() == 3 {
                    if let (Some(from), Some(to)) = (code(row[0]), code(row[1])) {
                        known.extend(from..=to);
                    }
                    row.clear();
                }
            }
        }
    }
    known
}
