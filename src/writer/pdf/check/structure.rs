//! Headings, lists, tables, figures, links: the structure tree as a reader walks it.

use super::{Findings, HEADING, LINK, LIST, TABLE, UNTAGGED, dictionary, name_of};
use crate::writer::pdf::Error;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// The standard structure types that a document of ours uses.
const TYPES: &[&[u8]] = &[
    b"Document",
    b"Sect",
    b"P",
    b"L",
    b"LI",
    b"Lbl",
    b"LBody",
    b"Table",
    b"THead",
    b"TBody",
    b"TR",
    b"TH",
    b"TD",
    b"Figure",
    b"Caption",
    b"Link",
    b"Note",
    b"TOC",
    b"TOCI",
    b"Reference",
    b"Span",
    b"H1",
    b"H2",
    b"H3",
    b"H4",
    b"H5",
    b"H6",
];

struct Walk<'d, 'f, 'n> {
    document: &'d Document,
    found: &'f mut Findings<'n>,
    /// Level of the heading before.
    level: u8,
    notes: BTreeSet<Vec<u8>>,
    /// Annotations that an element holds.
    held: BTreeSet<ObjectId>,
    seen: BTreeSet<ObjectId>,
}

pub fn check(document: &Document, found: &mut Findings) -> Result<(), Error> {
    let Some(root) = dictionary(document, document.catalog()?.get(b"StructTreeRoot").ok()) else {
        found.add(&UNTAGGED, "a structure tree", "none");
        return Ok(());
    };
    let mut walk = Walk { document, found, level: 0, notes: BTreeSet::new(), held: BTreeSet::new(), seen: BTreeSet::new() };
    for kid in walk.kids(root) {
        walk.element(kid, b"");
    }
    let held = walk.held;
    links(document, &held, found)
}

impl<'d> Walk<'d, '_, '_> {
    /// The elements below one; annotations are noted on the way.
    fn kids(&mut self, element: &'d Dictionary) -> Vec<&'d Dictionary> {
        let Ok(kids) = element.get(b"K") else { return Vec::new() };
        let list: Vec<&Object> = match self.document.dereference(kids) {
            Ok((_, Object::Array(list))) => list.iter().collect(),
            Ok(_) => vec![kids],
            Err(_) => Vec::new(),
        };
        let mut elements = Vec::new();
        for kid in list {
            // A tree: an element that comes again would be walked for ever.
            if let Object::Reference(id) = kid
                && !self.seen.insert(*id)
            {
                continue;
            }
            let Some(kid) = dictionary(self.document, Some(kid)) else { continue };
            match name_of(kid, b"Type") {
                b"OBJR" => self.held.extend(kid.get(b"Obj").and_then(Object::as_reference).ok()),
                b"MCR" => {}
                _ if kid.has(b"S") => elements.push(kid),
                _ => {}
            }
        }
        elements
    }

    fn element(&mut self, element: &'d Dictionary, parent: &[u8]) {
        let role = name_of(element, b"S");
        let shown = String::from_utf8_lossy(role).into_owned();
        if !TYPES.contains(&role) {
            self.found.add(&UNTAGGED, "a standard structure type", shown.as_str());
        }
        let kids = self.kids(element);
        let roles: Vec<&[u8]> = kids.iter().map(|k| name_of(k, b"S")).collect();
        match role {
            [b'H', digit @ b'1'..=b'6'] => {
                let level = digit - b'0';
                if level > self.level + 1 {
                    self.found.add(&HEADING, format!("H{} at most", self.level + 1), shown);
                }
                self.level = level;
            }
            b"Figure" => {
                let alt = super::text(element, b"Alt").unwrap_or_default();
                self.found.unless(!alt.trim().is_empty(), &HEADING, "an alternative text of the figure", "none");
            }
            b"Note" => {
                let id = element.get(b"ID").and_then(Object::as_str).unwrap_or(b"").to_vec();
                let fresh = !id.is_empty() && self.notes.insert(id);
                self.found.unless(fresh, &HEADING, "a note with an ID of its own", "none");
            }
            b"L" => {
                let items = roles.iter().all(|r| matches!(*r, b"LI" | b"Caption"));
                self.found.unless(items && !roles.is_empty(), &LIST, "items in a list", "something else");
            }
            b"LI" => {
                self.found.unless(parent == b"L", &LIST, "an item within a list", "an item elsewhere");
                let parts = roles.iter().all(|r| matches!(*r, b"Lbl" | b"LBody"));
                self.found.unless(parts && !roles.is_empty(), &LIST, "Lbl and LBody in an item", "something else");
            }
            b"LBody" => self.found.unless(parent == b"LI", &LIST, "LBody within an item", "elsewhere"),
            b"Table" => self.table(&kids),
            b"TR" => {
                self.found.unless(matches!(parent, b"Table" | b"THead" | b"TBody" | b"TFoot"), &TABLE, "a row within a table", "elsewhere");
                let cells = roles.iter().all(|r| matches!(*r, b"TH" | b"TD"));
                self.found.unless(cells && !roles.is_empty(), &TABLE, "cells in a row", "something else");
            }
            b"TH" => {
                let scope = dictionary(self.document, element.get(b"A").ok()).map_or(b"".as_slice(), |a| name_of(a, b"Scope"));
                self.found.unless(matches!(scope, b"Row" | b"Column" | b"Both"), &TABLE, "a head with its scope", "a TH without Scope");
            }
            _ => {}
        }
        for kid in kids {
            self.element(kid, role);
        }
    }

    /// All rows of a table span as many columns.
    fn table(&mut self, kids: &[&'d Dictionary]) {
        let mut widths = BTreeSet::new();
        for kid in kids {
            let rows = if name_of(kid, b"S") == b"TR" { vec![*kid] } else { self.peek(kid) };
            for row in rows.into_iter().filter(|r| name_of(r, b"S") == b"TR") {
                let width: i64 = self
                    .peek(row)
                    .iter()
                    .map(|cell| {
                        let attributes = dictionary(self.document, cell.get(b"A").ok());
                        attributes.and_then(|a| a.get(b"ColSpan").and_then(Object::as_i64).ok()).unwrap_or(1)
                    })
                    .sum();
                widths.insert(width);
            }
        }
        if widths.len() > 1 {
            self.found.add(&TABLE, "rows of equal width", format!("{widths:?} columns"));
        }
    }

    /// The elements below one, without going there.
    fn peek(&self, element: &'d Dictionary) -> Vec<&'d Dictionary> {
        let list: Vec<&Object> = match element.get(b"K") {
            Ok(Object::Array(list)) => list.iter().collect(),
            Ok(other) => vec![other],
            Err(_) => Vec::new(),
        };
        list.into_iter().filter_map(|k| dictionary(self.document, Some(k))).filter(|d| d.has(b"S")).collect()
    }
}

/// Every link annotation is described, printed, and held by the structure.
fn links(document: &Document, held: &BTreeSet<ObjectId>, found: &mut Findings) -> Result<(), Error> {
    let parents = super::content::parents(document)?;
    for page in document.page_iter() {
        let page = document.get_dictionary(page)?;
        let Ok(annotations) = page.get(b"Annots").and_then(Object::as_array) else { continue };
        for annotation in annotations {
            let id = annotation.as_reference().ok();
            let Some(annotation) = dictionary(document, Some(annotation)) else { continue };
            let words = super::text(annotation, b"Contents").unwrap_or_default();
            found.unless(!words.is_empty(), &LINK, "Contents that say where the link leads", "none");
            let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
            found.unless(flags & 4 == 4, &LINK, "a link that is printed", "F without the print flag");
            let parent = annotation.get(b"StructParent").and_then(Object::as_i64).ok();
            found.unless(parent.is_some_and(|p| parents.contains_key(&p)), &LINK, "a StructParent in the parent tree", "none");
            found.unless(id.is_some_and(|id| held.contains(&id)), &LINK, "an element that holds the link", "none");
        }
    }
    Ok(())
}
