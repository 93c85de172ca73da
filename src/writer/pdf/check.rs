//! The ten rules that PDF/UA-1 and PDF/A-3a are most often broken by, checked on a finished file wherever tests run.
//!
//! Not a validator: veraPDF is. It reads what was written, so it does not believe the code that wrote it; and it sees what
//! veraPDF does not, a title or date that Info and XMP tell differently.

mod content;
mod structure;

use super::Error;
use super::attachment::text;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::vocabulary::Place;
use lopdf::{Dictionary, Document, Object};

const UA: &str = "ISO 14289-1 (PDF/UA-1)";
const A: &str = "ISO 19005-3 (PDF/A-3), level A";

macro_rules! rules {
    ($($name:ident $id:literal $source:ident $title:literal $explanation:literal)*) => {
        $(pub static $name: Rule =
            Rule { id: $id, severity: Severity::Error, title: $title, source: $source, explanation: $explanation };)*
        /// The rules of this room, in the order of their ids.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    UNTAGGED "PDF001" UA "everything on a page is tagged or an artifact"
        "What is neither is read aloud without sense or not at all. Open marked content before painting, and give each mark its owner in the parent tree."
    LINK "PDF002" UA "a link says where it leads and belongs to the structure"
        "A link annotation needs Contents, the print flag and a StructParent that leads to a Link element which holds it."
    TABS "PDF003" UA "pages are walked through in the order of the structure"
        "Without Tabs S the tab key jumps over the page in the order in which links were added."
    LANGUAGE "PDF004" UA "the language of the document is declared"
        "A screen reader speaks with the voice of the language: the catalog needs Lang, and the document must be marked as tagged."
    TITLE "PDF005" UA "the title is shown, and metadata agree"
        "Viewers show the title instead of the file's name; Info and XMP say the same, and XMP names PDF/A-3a and PDF/UA-1."
    TABLE "PDF006" UA "tables have equal columns and heads with a scope"
        "A reader in a table is told the heads of each cell: every row has as many columns, every TH says which cells it heads."
    LIST "PDF007" UA "lists hold items, items a label or a body"
        "L holds LI, LI holds Lbl and LBody: so a reader hears how many items there are."
    HEADING "PDF008" UA "headings begin at level 1 and skip none"
        "People jump from heading to heading; a skipped level sounds like missing text. Figures need an alternative text, notes an ID."
    FONT "PDF009" A "fonts are embedded, and every glyph reads as text"
        "A font that is not in the file looks different elsewhere; a glyph without ToUnicode cannot be searched, copied or spoken."
    ATTACHMENT "PDF010" A "attached files have a type, both names and a relationship"
        "PDF/A-3 takes any file if it says what it is: MIME type, F and UF, AFRelationship, listed in the catalog; and colour has its intent."
}

/// What is wrong with a PDF, in the order of the rules. `file` names it in the findings.
///
/// # Errors
/// [`Error::File`] where the bytes are not a PDF.
pub fn check(file: &str, bytes: &[u8]) -> Result<Vec<Diagnostic>, Error> {
    let document = Document::load_mem(bytes)?;
    let mut found = Findings { file, found: Vec::new() };
    catalog(&document, &mut found)?;
    structure::check(&document, &mut found)?;
    content::check(&document, &mut found)?;
    attachments(&document, &mut found)?;
    found.found.sort_by(|a, b| a.rule.id.cmp(b.rule.id));
    Ok(found.found)
}

struct Findings<'f> {
    file: &'f str,
    found: Vec<Diagnostic>,
}

impl Findings<'_> {
    fn add(&mut self, rule: &'static Rule, expected: impl Into<String>, found: impl Into<String>) {
        let help = "report this as a fault of factsheet: the data cannot cause it";
        self.found.push(Diagnostic::new(rule, Place::file(self.file), expected, found, help));
    }

    fn unless(&mut self, holds: bool, rule: &'static Rule, expected: &str, found: &str) {
        if !holds {
            self.add(rule, expected, found);
        }
    }
}

/// The dictionary that an object is or leads to; an empty one where it is none.
fn dictionary<'d>(document: &'d Document, object: Option<&'d Object>) -> Option<&'d Dictionary> {
    let (_, object) = document.dereference(object?).ok()?;
    match object {
        Object::Stream(stream) => Some(&stream.dict),
        other => other.as_dict().ok(),
    }
}

fn name_of<'d>(dictionary: &'d Dictionary, key: &[u8]) -> &'d [u8] {
    dictionary.get(key).and_then(Object::as_name).unwrap_or(b"")
}

fn catalog(document: &Document, found: &mut Findings) -> Result<(), Error> {
    let catalog = document.catalog()?;
    let language = catalog.get(b"Lang").and_then(Object::as_str).unwrap_or(b"");
    found.unless(!language.is_empty(), &LANGUAGE, "Lang in the catalog", "none");
    let marked = dictionary(document, catalog.get(b"MarkInfo").ok());
    let is_true = |d: Option<&Dictionary>, key: &[u8]| d.is_some_and(|d| d.get(key).and_then(Object::as_bool).unwrap_or(false));
    found.unless(is_true(marked, b"Marked"), &LANGUAGE, "MarkInfo with Marked true", "an untagged document");
    found.unless(!is_true(marked, b"Suspects"), &LANGUAGE, "no suspect tags", "Suspects true");
    found.unless(!catalog.has(b"OpenAction") && !catalog.has(b"AA"), &LANGUAGE, "no action on opening", "one");
    let preferences = dictionary(document, catalog.get(b"ViewerPreferences").ok());
    found.unless(is_true(preferences, b"DisplayDocTitle"), &TITLE, "DisplayDocTitle true", "the file's name would be shown");
    found.unless(document.trailer.has(b"ID"), &ATTACHMENT, "an ID of the file", "none");
    let intents = catalog.get(b"OutputIntents").and_then(Object::as_array).map_or(0, Vec::len);
    found.unless(intents > 0, &ATTACHMENT, "an output intent", "colours without meaning");
    metadata(document, catalog, found);
    Ok(())
}

/// Info and XMP agree, and XMP names both standards.
fn metadata(document: &Document, catalog: &Dictionary, found: &mut Findings) {
    let xmp = catalog.get(b"Metadata").ok().and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_stream().ok());
    let xmp = xmp.map_or(String::new(), |s| String::from_utf8_lossy(&s.content).into_owned());
    let info = dictionary(document, document.trailer.get(b"Info").ok());
    let told = |key: &[u8]| info.and_then(|d| text(d, key)).unwrap_or_default();
    let between = |start: &str, end: &str| {
        let from = xmp.find(start)? + start.len();
        Some(xmp[from..from + xmp[from..].find(end)?].to_owned())
    };
    let alternative = |property: &str| {
        let inner = between(&format!("<{property}>"), &format!("</{property}>"))?;
        let from = inner.find("<rdf:li")?;
        let start = from + inner[from..].find('>')? + 1;
        Some(unescape(&inner[start..start + inner[start..].find("</rdf:li>")?]))
    };
    let title = alternative("dc:title").unwrap_or_default();
    found.unless(!title.is_empty(), &TITLE, "a title in XMP", "none");
    if told(b"Title") != title {
        found.add(&TITLE, format!("the title of XMP, {title:?}"), format!("{:?} in Info", told(b"Title")));
    }
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).take(8).collect::<String>();
    for (key, property) in [(b"CreationDate".as_slice(), "xmp:CreateDate"), (b"ModDate", "xmp:ModifyDate")] {
        let xmp_date = between(&format!("<{property}>"), &format!("</{property}>")).unwrap_or_default();
        if digits(&told(key)) != digits(&xmp_date) || xmp_date.is_empty() {
            found.add(&TITLE, format!("{property} {xmp_date}"), format!("{} in Info", told(key)));
        }
    }
    for (property, value) in [("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")] {
        let own = between(&format!("<{property}>"), &format!("</{property}>")).unwrap_or_default();
        if own != value {
            found.add(&TITLE, format!("{property} {value}"), if own.is_empty() { "none".to_owned() } else { own });
        }
    }
    found.unless(xmp.contains("pdfaExtension:schemas"), &TITLE, "a description of the schema pdfuaid", "none");
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn attachments(document: &Document, found: &mut Findings) -> Result<(), Error> {
    let catalog = document.catalog()?;
    let associated: Vec<_> = catalog.get(b"AF").and_then(Object::as_array).map(|a| a.iter().collect()).unwrap_or_default();
    let names = dictionary(document, catalog.get(b"Names").ok())
        .and_then(|d| dictionary(document, d.get(b"EmbeddedFiles").ok()))
        .and_then(|d| d.get(b"Names").and_then(Object::as_array).ok())
        .map_or(0, |n| n.len() / 2);
    if associated.len() != names {
        found.add(&ATTACHMENT, format!("{names} associated files, as many as embedded ones"), associated.len().to_string());
    }
    for file in associated {
        let Some(specification) = dictionary(document, Some(file)) else {
            found.add(&ATTACHMENT, "a file specification", "none");
            continue;
        };
        let name = text(specification, b"UF").unwrap_or_default();
        found.unless(!name.is_empty(), &ATTACHMENT, "UF, the name in Unicode", "none");
        found.unless(specification.has(b"F"), &ATTACHMENT, "F, the name for older readers", "none");
        found.unless(!name_of(specification, b"AFRelationship").is_empty(), &ATTACHMENT, "AFRelationship", "none");
        let stream = dictionary(document, specification.get(b"EF").ok()).and_then(|ef| dictionary(document, ef.get(b"F").ok()));
        let mime = stream.map_or(b"".as_slice(), |s| name_of(s, b"Subtype"));
        found.unless(mime.contains(&b'/'), &ATTACHMENT, "a MIME type", "none");
        let parameters = stream.and_then(|s| dictionary(document, s.get(b"Params").ok()));
        found.unless(parameters.is_some_and(|p| p.has(b"ModDate")), &ATTACHMENT, "the date of the attached file", "none");
    }
    Ok(())
}
