//! The PDF: what it shows, what a reader hears, what an archive asks for.

#![expect(clippy::disallowed_methods, reason = "tests keep files and run veraPDF")]

mod common;

use common::sample;
use factsheet::writer::pdf;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::path::{Path, PathBuf};
use std::process::Command;

fn factsheet() -> Vec<u8> {
    pdf::factsheet(&sample::report(), &sample::attachments()).expect("a PDF is written")
}

#[test]
fn both_documents_carry_their_data() {
    let (report, attachments) = (sample::report(), sample::attachments());
    for bytes in [pdf::factsheet(&report, &attachments), pdf::glance(&report, &attachments)] {
        let bytes = bytes.expect("a PDF is written");
        let mut expected = attachments.clone();
        expected.sort_by(|a, b| a.name.cmp(&b.name));
        let found = pdf::embedded(&bytes).expect("it can be read");
        assert_eq!(found, expected);
        assert_eq!(pdf::digest(&found), pdf::digest(&attachments), "the order in which they are given does not matter");
        if let Ok(folder) = std::env::var("FACTSHEET_KEEP") {
            std::fs::write(format!("{folder}/{}.pdf", bytes.len()), &bytes).expect("kept");
        }
    }
}

#[test]
fn the_last_page_states_the_hash_of_the_data() {
    let dump = pdf::dump(&sample::report(), &sample::attachments());
    let digest = pdf::digest(&sample::attachments());
    assert!(dump.contains(&digest.short()), "the short code is printed");
    assert!(dump.contains(&digest.hex()[..32]), "the hash is printed");
}

#[test]
fn bytes_do_not_depend_on_what_went_before_or_on_threads() {
    let first = factsheet();
    let _ = pdf::glance(&sample::report(), &[]).expect("a PDF is written");
    let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(factsheet)).collect();
        threads.into_iter().map(|t| t.join().expect("no thread panics")).collect()
    });
    assert!(others.iter().all(|other| *other == first), "the same bytes each time");
    let mut report = sample::report();
    report.lead.push_str(" One word more.");
    assert_ne!(pdf::factsheet(&report, &sample::attachments()).expect("a PDF is written"), first);
}

#[test]
fn a_report_with_nothing_in_it_is_still_a_document() {
    let mut report = sample::report();
    report.chapters.clear();
    report.key_figures.clear();
    report.position = None;
    report.glance.clear();
    report.notes.clear();
    report.sources.clear();
    report.methods.clear();
    report.lead.clear();
    report.scope.clear();
    report.date.clear();
    for bytes in [pdf::factsheet(&report, &[]), pdf::glance(&report, &[])] {
        assert_eq!(pdf::check("empty.pdf", &bytes.expect("a PDF is written")).expect("it can be read"), Vec::new());
    }
}

/// Long words, long tables, letters of all Europe and none: nothing panics, nothing leaves its page.
#[test]
fn no_box_leaves_its_page() {
    let mut report = sample::report();
    report.country = "Bosnia and Herzegovina and the neighbouring territories".to_owned();
    report.lead = "Ψηφιακή Διακυβέρνηση, електронното управление, ქართული 中文, ".repeat(12);
    for chapter in &mut report.chapters {
        chapter.title = format!("{} {}", chapter.title, "Donaudampfschifffahrtsgesellschaftskapitänsversammlung ".repeat(3));
    }
    report.notes[0].text = "x".repeat(4000);
    let bytes = pdf::factsheet(&report, &[]).expect("a PDF is written");
    assert_eq!(pdf::check("long.pdf", &bytes).expect("it can be read"), Vec::new());
    let dump = pdf::dump(&report, &[]);
    for line in dump.lines().take_while(|l| *l != "structure").filter(|l| l.starts_with("  ") && l.contains('"')) {
        let Some((_, rest)) = line.split_once(": ") else { continue };
        let numbers: Vec<f32> = rest.split(' ').take(2).filter_map(|n| n.parse().ok()).collect();
        let [x, y] = numbers[..] else { continue };
        assert!((0.0..=595.28).contains(&x) && (20.0..=815.0).contains(&y), "off the page: {line}");
    }
}

/// Boxes and structure of a short document; `UPDATE=1 cargo test --test pdf` writes it anew, and the diff is to be looked at.
#[test]
fn boxes_and_structure_stand_as_they_stood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/pdf.txt");
    let now = pdf::dump(&sample::small(), &sample::attachments());
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&path, &now).expect("the snapshot can be written");
    }
    let then = std::fs::read_to_string(&path).expect("the snapshot is there");
    if let Some((line, (a, b))) = (1..).zip(then.lines().zip(now.lines())).find(|(_, (a, b))| a != b) {
        panic!("line {line} of tests/snapshots/pdf.txt\n  was {a}\n  is  {b}\nUPDATE=1 accepts it");
    }
    assert_eq!(then.lines().count(), now.lines().count(), "UPDATE=1 accepts the new length");
}

// The rules, and files that break them.

/// veraPDF, where the tool is there.
fn verapdf(files: &[PathBuf]) -> Option<String> {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/verapdf/verapdf");
    if !tool.exists() {
        eprintln!("SKIPPED: veraPDF is not at {}", tool.display());
        return None;
    }
    let output = Command::new(tool).args(files).output().ok()?;
    if output.status.code() == Some(2) {
        eprintln!("SKIPPED: veraPDF cannot run here: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A folder of this run's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

#[test]
fn documents_hold_the_ten_rules_and_verapdf_agrees() {
    let folder = folder("pdf");
    let mut files = Vec::new();
    for (name, bytes) in
        [("factsheet", factsheet()), ("glance", pdf::glance(&sample::report(), &sample::attachments()).expect("a PDF is written"))]
    {
        assert_eq!(pdf::check(name, &bytes).expect("it can be read"), Vec::new(), "{name}");
        files.push(folder.join(format!("{name}.pdf")));
        std::fs::write(files.last().expect("pushed"), bytes).expect("written");
    }
    let Some(said) = verapdf(&files) else { return };
    assert_eq!(said.matches("compliant=true").count(), 4, "{said}");
}

/// What is done to a good file to break it.
type Fault = fn(&mut Document);

/// A deliberate fault, the rule that must notice it, and whether veraPDF looks at it at all.
const TWINS: &[(&str, &str, bool, Fault)] = &[
    ("figure without alternative text", "PDF008", true, |d| each(d, b"Figure", |e| drop(e.remove(b"Alt")))),
    ("head without scope", "PDF006", true, |d| each(d, b"TH", |e| drop(e.remove(b"A")))),
    ("skipped heading", "PDF008", true, |d| each(d, b"H2", |e| e.set("S", name("H3")))),
    ("note without id", "PDF008", true, |d| each(d, b"Note", |e| drop(e.remove(b"ID")))),
    ("no language", "PDF004", true, |d| drop(catalog(d).remove(b"Lang"))),
    ("not marked as tagged", "PDF004", true, |d| drop(catalog(d).remove(b"MarkInfo"))),
    ("suspect tags", "PDF004", true, |d| catalog(d).set("MarkInfo", dictionary! { "Marked" => true, "Suspects" => true })),
    ("no order of tabs", "PDF003", true, |d| pages(d, |p| drop(p.remove(b"Tabs")))),
    ("links that are not printed", "PDF002", true, |d| links(d, |l| drop(l.remove(b"F")))),
    ("links without contents", "PDF002", true, |d| links(d, |l| drop(l.remove(b"Contents")))),
    ("links outside of the structure", "PDF002", true, |d| links(d, |l| drop(l.remove(b"StructParent")))),
    ("title not shown", "PDF005", true, |d| drop(catalog(d).remove(b"ViewerPreferences"))),
    ("another title in Info", "PDF005", false, |d| info(d).set("Title", Object::string_literal("Another"))),
    ("another date in Info", "PDF005", false, |d| info(d).set("CreationDate", Object::string_literal("D:19990101000000Z"))),
    ("no title in XMP", "PDF005", true, |d| xmp(d, "<dc:title>", "<dc:nothing>")),
    ("no claim of PDF/UA", "PDF005", true, |d| xmp(d, "<pdfuaid:part>1</pdfuaid:part>", "")),
    ("no claim of PDF/A", "PDF005", true, |d| xmp(d, "<pdfaid:part>3</pdfaid:part>", "")),
    ("schema not described", "PDF005", true, |d| xmp(d, "pdfaExtension:schemas", "pdfaExtension:scheme")),
    ("item outside of a list", "PDF007", true, |d| each(d, b"L", |e| e.set("S", name("Sect")))),
    ("list of paragraphs", "PDF007", true, |d| each(d, b"LI", |e| e.set("S", name("P")))),
    ("row of paragraphs", "PDF006", true, |d| each(d, b"TD", |e| e.set("S", name("P")))),
    ("row that is too short", "PDF006", true, shorten_a_row),
    ("type of its own invention", "PDF001", true, |d| each(d, b"Note", |e| e.set("S", name("Footnote")))),
    ("rule outside of marks", "PDF001", true, |d| append(d, b"q 10 10 20 20 re f Q")),
    ("text outside of marks", "PDF001", true, |d| append(d, b"BT /FSREGU 9 Tf 1 0 0 1 50 50 Tm <0001> Tj ET")),
    ("no structure", "PDF001", true, |d| drop(catalog(d).remove(b"StructTreeRoot"))),
    ("marks without owners", "PDF001", true, |d| pages(d, |p| drop(p.remove(b"StructParents")))),
    ("no text for glyphs", "PDF009", true, |d| fonts(d, |f| drop(f.remove(b"ToUnicode")))),
    ("no program of the font", "PDF009", true, |d| descriptors(d, |f| drop(f.remove(b"FontFile2")))),
    ("file without relationship", "PDF010", true, |d| files(d, |f| drop(f.remove(b"AFRelationship")))),
    ("file without its name in Unicode", "PDF010", true, |d| files(d, |f| drop(f.remove(b"UF")))),
    ("file without type", "PDF010", true, |d| embedded(d, |f| drop(f.remove(b"Subtype")))),
    ("files not associated", "PDF010", true, |d| drop(catalog(d).remove(b"AF"))),
    ("no output intent", "PDF010", true, |d| drop(catalog(d).remove(b"OutputIntents"))),
    ("action on opening", "PDF004", true, |d| {
        catalog(d).set("OpenAction", dictionary! { "S" => name("JavaScript"), "JS" => Object::string_literal("1") })
    }),
];

#[test]
fn every_broken_twin_is_refused() {
    // A short document: veraPDF reads every twin twice.
    let good = pdf::factsheet(&sample::small(), &sample::attachments()).expect("a PDF is written");
    let folder = folder("twins");
    let mut written = Vec::new();
    for (i, (fault, rule, vera, break_it)) in TWINS.iter().enumerate() {
        let mut document = Document::load_mem(&good).expect("a PDF of ours");
        break_it(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("saved");
        let found = pdf::check("twin.pdf", &bytes).expect("it can be read");
        assert!(found.iter().any(|d| d.rule.id == *rule), "{fault}: {rule} expected, found {found:?}");
        if *vera {
            let path = folder.join(format!("{i:02}.pdf"));
            std::fs::write(&path, bytes).expect("written");
            written.push((*fault, path));
        }
    }
    let paths: Vec<PathBuf> = written.iter().map(|(_, p)| p.clone()).collect();
    let Some(said) = verapdf(&paths) else { return };
    for (fault, path) in &written {
        let verdicts: Vec<&str> = said.lines().filter(|l| l.starts_with(&*path.to_string_lossy())).collect();
        assert!(verdicts.iter().any(|v| v.contains("compliant=false")), "veraPDF does not notice: {fault}\n{verdicts:?}");
    }
}

#[test]
fn a_twin_with_nothing_broken_passes() {
    let mut document = Document::load_mem(&factsheet()).expect("a PDF of ours");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    assert_eq!(pdf::check("twin.pdf", &bytes).expect("it can be read"), Vec::new());
}

#[test]
fn what_is_no_pdf_is_an_error() {
    assert!(pdf::check("x.pdf", b"not a PDF").is_err());
    assert!(pdf::embedded(b"").is_err());
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

fn catalog(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().expect("a document has a catalog")
}

fn dictionaries(document: &mut Document, mut of: impl FnMut(&Dictionary) -> bool, mut change: impl FnMut(&mut Dictionary)) {
    for object in document.objects.values_mut() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        if of(dictionary) {
            change(dictionary);
        }
    }
}

fn has(dictionary: &Dictionary, key: &[u8], value: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).is_ok_and(|n| n == value)
}

/// Elements of a role.
fn each(document: &mut Document, role: &[u8], change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| d.has(b"P") && has(d, b"S", role), change);
}

fn pages(document: &mut Document, change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| has(d, b"Type", b"Page"), change);
}

fn links(document: &mut Document, change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| has(d, b"Subtype", b"Link"), change);
}

fn files(document: &mut Document, change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| has(d, b"Type", b"Filespec"), change);
}

fn embedded(document: &mut Document, change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| has(d, b"Type", b"EmbeddedFile"), change);
}

fn fonts(document: &mut Document, change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| has(d, b"Subtype", b"Type0"), change);
}

fn descriptors(document: &mut Document, change: impl FnMut(&mut Dictionary)) {
    dictionaries(document, |d| has(d, b"Type", b"FontDescriptor"), change);
}

fn info(document: &mut Document) -> &mut Dictionary {
    let id = document.trailer.get(b"Info").and_then(Object::as_reference).expect("a document of ours has Info");
    document.get_dictionary_mut(id).expect("Info is a dictionary")
}

fn xmp(document: &mut Document, from: &str, to: &str) {
    let id = catalog(document).get(b"Metadata").and_then(Object::as_reference).expect("a document of ours has XMP");
    let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).expect("XMP is a stream");
    let text = String::from_utf8(stream.content.clone()).expect("XMP is UTF-8");
    assert!(text.contains(from), "{from} is there to be broken");
    // Both ends of an element, so that it stays XML.
    let ends = |t: &str| t.replace('<', "</");
    let text = if from.ends_with('>') && !from.contains("</") { text.replace(&ends(from), &ends(to)) } else { text };
    stream.set_content(text.replace(from, to).into_bytes());
}

fn append(document: &mut Document, content: &[u8]) {
    let page: ObjectId = document.page_iter().next().expect("a document has pages");
    document.add_page_contents(page, content.to_vec()).expect("added");
}

fn shorten_a_row(document: &mut Document) {
    let mut done = false;
    each(document, b"TR", |row| {
        if let Ok(Object::Array(cells)) = row.get_mut(b"K")
            && cells.len() > 3
            && !done
        {
            cells.pop();
            done = true;
        }
    });
    assert!(done, "there is a row to shorten");
}
