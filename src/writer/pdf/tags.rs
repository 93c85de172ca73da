//! The structure tree as PDF objects: elements, the parent tree that leads from content back to them, and links.

use super::layout::{Kid, Layout, Role, Scope, Target};
use crate::writer::theme::grid::PAGE_HEIGHT;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use std::collections::BTreeMap;

/// A text string that every reader understands.
pub fn utf16(text: &str) -> Object {
    // ASCII is the same in the encoding of PDF documents.
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

pub fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A number that a page or a list of ours never exceeds.
fn int(n: usize) -> Object {
    Object::Integer(i64::try_from(n).expect("counts of a document fit"))
}

/// A destination: the page at a height.
pub fn destination(pages: &[ObjectId], page: usize, y: f32) -> Vec<Object> {
    vec![pages[page].into(), name("XYZ"), Object::Null, Object::Real(((PAGE_HEIGHT - y) * 10.0).round() / 10.0), Object::Null]
}

/// Adds structure and links to a document that has pages; returns the id of the structure tree's root.
pub fn add(document: &mut Document, layout: &Layout, pages: &[ObjectId], language: &str) -> ObjectId {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = layout.nodes.iter().map(|_| document.new_object_id()).collect();
    let links = links(document, layout, pages);
    let mut parents = vec![root; layout.nodes.len()];
    let mut owners: Vec<Vec<Object>> = layout.pages.iter().map(|p| vec![Object::Null; p.marks]).collect();
    let mut notes = BTreeMap::new();
    for (id, node) in ids.iter().zip(&layout.nodes) {
        for kid in &node.kids {
            match *kid {
                Kid::Node(child) => parents[child] = *id,
                Kid::Content { page, mark } => owners[page][mark] = (*id).into(),
                Kid::Link { .. } => {}
            }
        }
    }
    for (i, node) in layout.nodes.iter().enumerate() {
        // Their type goes without saying: nothing else has a parent and a role.
        let mut element = dictionary! { "S" => name(&role(&node.role)), "P" => parents[i] };
        kids(&mut element, &node.kids, &ids, pages, &links);
        if i == 0 {
            element.set("Lang", Object::string_literal(language));
        }
        if !node.language.is_empty() {
            element.set("Lang", Object::string_literal(node.language.as_str()));
        }
        attributes(&mut element, &node.role);
        if node.role == Role::Note {
            let id = format!("note-{i:05}");
            element.set("ID", Object::string_literal(id.as_str()));
            notes.insert(id, ids[i]);
        }
        document.set_object(ids[i], element);
    }
    let mut numbers = Vec::new();
    for (page, owners) in owners.into_iter().enumerate() {
        numbers.extend([int(page), document.add_object(Object::Array(owners)).into()]);
    }
    for (key, (link, _)) in (pages.len()..).zip(layout.pages.iter().flat_map(|p| &p.links).zip(links.iter().flatten())) {
        numbers.extend([int(key), ids[link.node].into()]);
    }
    let next = pages.len() + links.iter().map(Vec::len).sum::<usize>();
    let parent_tree = document.add_object(dictionary! { "Nums" => numbers });
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot", "K" => vec![Object::Reference(ids[0])], "ParentTree" => parent_tree, "ParentTreeNextKey" => int(next)
    };
    if let (Some(first), Some(last)) = (notes.keys().next(), notes.keys().next_back()) {
        let limits = vec![Object::string_literal(first.as_str()), Object::string_literal(last.as_str())];
        let names: Vec<Object> = notes.iter().flat_map(|(id, o)| [Object::string_literal(id.as_str()), (*o).into()]).collect();
        let leaf = dictionary! { "Names" => names, "Limits" => limits };
        tree.set("IDTree", dictionary! { "Kids" => vec![Object::Reference(document.add_object(leaf))] });
    }
    document.set_object(root, tree);
    root
}

/// Writes the links of each page and says where its content's owners stand.
fn links(document: &mut Document, layout: &Layout, pages: &[ObjectId]) -> Vec<Vec<ObjectId>> {
    let mut key = pages.len();
    let mut all = Vec::with_capacity(pages.len());
    for (i, page) in layout.pages.iter().enumerate() {
        let mut ids = Vec::with_capacity(page.links.len());
        for link in &page.links {
            let [left, top, right, bottom] = link.rect;
            let corner = |v: f32| Object::Real((v * 10.0).round() / 10.0);
            let rect = vec![corner(left), corner(PAGE_HEIGHT - bottom), corner(right), corner(PAGE_HEIGHT - top)];
            let mut annotation = dictionary! {
                "Type" => "Annot", "Subtype" => "Link", "Rect" => rect, "Border" => vec![0.into(), 0.into(), 0.into()],
                // Bit 3: shown in print; PDF/A asks for it.
                "F" => 4, "Contents" => utf16(&link.words), "StructParent" => int(key), "P" => pages[i]
            };
            match &link.target {
                Target::Address(address) => {
                    let address = Object::string_literal(escaped(address));
                    annotation.set("A", dictionary! { "S" => "URI", "URI" => address });
                }
                Target::Anchor(anchor) => {
                    let (page, y) = layout.anchors.get(anchor).copied().unwrap_or((i, 0.0));
                    annotation.set("Dest", destination(pages, page, (y - 13.0).max(0.0)));
                }
            }
            ids.push(document.add_object(annotation));
            key += 1;
        }
        if let Ok(dictionary) = document.get_dictionary_mut(pages[i]) {
            if ids.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", ids.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>());
            }
            dictionary.set("StructParents", int(i));
            dictionary.set("Tabs", name("S"));
        }
        all.push(ids);
    }
    all
}

/// An address in the letters that a URI may have.
fn escaped(address: &str) -> String {
    address.bytes().map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn kids(element: &mut Dictionary, kids: &[Kid], ids: &[ObjectId], pages: &[ObjectId], links: &[Vec<ObjectId>]) {
    let home = kids.iter().find_map(|k| match k {
        Kid::Content { page, .. } => Some(*page),
        Kid::Node(_) | Kid::Link { .. } => None,
    });
    if let Some(page) = home {
        element.set("Pg", pages[page]);
    }
    let list: Vec<Object> = kids
        .iter()
        .map(|kid| match *kid {
            Kid::Node(child) => ids[child].into(),
            Kid::Content { page, mark } if Some(page) == home => int(mark),
            Kid::Content { page, mark } => dictionary! { "Type" => "MCR", "Pg" => pages[page], "MCID" => int(mark) }.into(),
            Kid::Link { page, link } => dictionary! { "Type" => "OBJR", "Pg" => pages[page], "Obj" => links[page][link] }.into(),
        })
        .collect();
    match <[Object; 1]>::try_from(list) {
        Ok([only]) => element.set("K", only),
        Err(list) => element.set("K", list),
    }
}

/// The name of a role in the standard structure types.
pub fn role(role: &Role) -> String {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Heading(level) => return format!("H{level}"),
        Role::Paragraph => "P",
        Role::List => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::Head(..) => "TH",
        Role::Cell => "TD",
        Role::Figure { .. } => "Figure",
        Role::Caption => "Caption",
        Role::Link => "Link",
        Role::Note => "Note",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Reference => "Reference",
        Role::Span => "Span",
    }
    .to_owned()
}

fn attributes(element: &mut Dictionary, role: &Role) {
    match role {
        Role::Head(scope, columns) => {
            let scope = match scope {
                Scope::Row => "Row",
                Scope::Column => "Column",
            };
            let mut table = dictionary! { "O" => "Table", "Scope" => scope };
            if *columns > 1 {
                table.set("ColSpan", int(*columns));
            }
            element.set("A", table);
        }
        Role::List => element.set("A", dictionary! { "O" => "List", "ListNumbering" => "None" }),
        Role::Figure { alt, bbox } => {
            element.set("Alt", utf16(alt));
            if let Some((_, [left, top, right, bottom])) = bbox {
                let corner = |v: f32| Object::Real((v * 10.0).round() / 10.0);
                let corners = vec![corner(*left), corner(PAGE_HEIGHT - bottom), corner(*right), corner(PAGE_HEIGHT - top)];
                element.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners });
            }
        }
        Role::Document
        | Role::Section
        | Role::Heading(_)
        | Role::Paragraph
        | Role::Item
        | Role::Label
        | Role::Body
        | Role::Table
        | Role::TableHead
        | Role::TableBody
        | Role::Row
        | Role::Cell
        | Role::Caption
        | Role::Link
        | Role::Note
        | Role::Contents
        | Role::ContentsItem
        | Role::Reference
        | Role::Span => {}
    }
}
