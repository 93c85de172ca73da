//! The ways in: what every fuzz target does with bytes of any kind. `tests/mutation.rs` goes through the same doors.
//!
//! A door does not say whether what it was given is right. It panics where a law is broken: a reader that panics, a span outside its
//! text, a page that cannot be written.

use factsheet::dataset::dpa::DpaDatasets;
use factsheet::dataset::progress::ProgressDatasets;
use factsheet::dataset::{Table, observe};
use factsheet::document::{dpa, figures, progress};
use factsheet::report::{
    Block, Chapter, ColumnRole, DataTable, Entries, Entry, EntryGroup, ListItem, Note, Report, TableCell, TableColumn, TableGroup,
};
use factsheet::settings::{self, sources};
use factsheet::source::{Source, Text, sha256};
use factsheet::vocabulary::{Lines, Place};
use factsheet::writer::{pdf, xlsx};
use std::collections::BTreeMap;

/// A door by the name of its target and of its folder of seeds.
pub type Door = fn(&[u8]);

/// All doors.
pub const DOORS: [(&str, Door); 4] = [("text", text), ("figures", figures), ("settings", settings), ("page", page)];

/// Bytes as a text of either family, whether or not it looks like one.
pub fn text(bytes: &[u8]) {
    let source = Source::new("seeds/x.txt", None, bytes.to_vec());
    let Some(text) = Text::decode(&source).value else { return };
    if let Some(factsheet) = dpa::read(&text).value {
        spans(&DpaDatasets::of(&factsheet, &text).value.tables(), &text);
    }
    if let Some(report) = progress::read(&text).value {
        spans(&ProgressDatasets::of(&report, &text).value.tables(), &text);
    }
}

/// Every row names lines that the text has, the first before the last.
fn spans(tables: &[Table], text: &Text) {
    for table in tables {
        for row in table.iter() {
            if let (Some(first), Some(last)) = (row.number("line_start"), row.number("line_end")) {
                let within = first >= 1.0 && first <= last && last <= f64::from(text.len());
                assert!(within, "{}: lines {first} to {last} of {}", table.schema.name, text.len());
            }
        }
    }
}

/// Bytes as a file of figures of any kind, and on to observations.
pub fn figures(bytes: &[u8]) {
    drop(figures::read("input/x", bytes, &|_| true));
    let source = format!(
        "[[source]]\nfile = \"x\"\nid = \"x\"\nfamily = \"figures\"\npublisher = \"\"\ntitle = \"\"\nedition = \"2022\"\nrights = \"\"\nsha256 = \"{}\"\n",
        sha256(bytes)
    );
    let mut files = project();
    files.insert("input/sources.toml".to_owned(), source.into_bytes());
    files.insert("input/indicators.toml".to_owned(), INDICATORS.as_bytes().to_vec());
    files.insert("input/x".to_owned(), bytes.to_vec());
    let settings = settings::read(&files).value;
    drop(observe::read(&files, &settings));
}

/// The seeds of figures are of this indicator.
const INDICATORS: &str = "[unit.PC_IND]\nlabel = \"%\"\nkind = \"percent\"\n[[group]]\nkey = \"x\"\ntitle = \"X\"\ndrawing = \"line\"\nsources = [\"x\"]\nunit = \"PC_IND\"\nfrom_unit = { PC_IND = 1.0, \"Percentage of individuals\" = 100.0 }\naverages = [\"EU27_2020\"]\n[[group.indicator]]\ncode = \"X\"\nselect = { indicator = [\"I_IUSELL\", \"Internet use: selling goods or services\"] }\nlabel = \"X\"\n";

/// Bytes as each of the settings files in turn.
pub fn settings(bytes: &[u8]) {
    for name in [
        "seeds/sources.toml",
        "input/sources.toml",
        "input/indicators.toml",
        "input/methods.toml",
        "input/publication.toml",
        "input/corrections.csv",
        "input/revisions.csv",
        "input/waivers.toml",
    ] {
        let mut files = project();
        files.insert(name.to_owned(), bytes.to_vec());
        let settings = settings::read(&files).value;
        drop(observe::read(&files, &settings));
    }
    drop(sources::accept(&String::from_utf8_lossy(bytes), "x", "0", "2026-01-01"));
}

fn project() -> BTreeMap<String, Vec<u8>> {
    let files = [
        ("input/methods.toml", include_str!("../input/methods.toml")),
        ("input/publication.toml", include_str!("../input/publication.toml")),
        ("input/indicators.toml", INDICATORS),
        ("input/sources.toml", ""),
        ("seeds/sources.toml", ""),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect()
}

/// Bytes as the words of a publication: paragraphs, headings, lists, entries and tables, in the PDF and in the workbook.
pub fn page(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    let pieces: Vec<String> = words.split('\n').take(200).map(str::to_owned).collect();
    let piece = |at: usize| pieces[at % pieces.len()].clone();
    let mut blocks = Vec::new();
    for (at, words) in pieces.iter().enumerate() {
        let words = words.clone();
        blocks.push(match words.len() % 6 {
            0 => Block::Heading(words),
            1 => Block::Callout { opening: piece(at + 1), text: words },
            2 => Block::List(vec![ListItem { term: piece(at + 1), text: words, place: Some(place(at)) }]),
            3 => Block::Table(table(at, &piece)),
            4 => Block::Entries(entries(at, &piece)),
            _ => Block::Paragraph(words),
        });
    }
    let report = Report {
        title: piece(0),
        lead: piece(1),
        chapters: vec![Chapter { level: 1, number: "1".to_owned(), title: piece(2), tagline: piece(3), running: piece(4), blocks }],
        notes: vec![Note { title: piece(5), text: words.clone().into_owned() }],
        ..super::sample::small()
    };
    pdf::factsheet(&report, &[]).expect("any words can be set");
    xlsx::workbook(&report, xlsx::Kind::Published).expect("any words fit into cells");
}

fn place(at: usize) -> Place {
    Place::lines("seeds/x.txt", Lines::one(u32::try_from(at).unwrap_or(1)))
}

fn table(at: usize, piece: &dyn Fn(usize) -> String) -> DataTable {
    let columns = 1 + at % 9;
    let role = |column| if column == 0 { ColumnRole::Label } else { ColumnRole::Text };
    let row = |from: usize| (0..columns).map(|column| TableCell::Text(piece(from + column))).collect();
    DataTable {
        id: format!("table-{at}"),
        finding: piece(at),
        what: piece(at + 1),
        columns: (0..columns).map(|column| TableColumn { head: piece(at + column), role: role(column) }).collect(),
        groups: vec![TableGroup {
            heading: piece(at + 2),
            aside: piece(at + 3),
            rows: (0..4).map(|n| row(at + n)).collect(),
            strong: vec![0],
        }],
        note: piece(at + 4),
        source: piece(at + 5),
    }
}

fn entries(at: usize, piece: &dyn Fn(usize) -> String) -> Entries {
    let entry = Entry {
        date: piece(at),
        date_role: piece(at + 1),
        title: piece(at + 2),
        summary: piece(at + 3),
        relation: piece(at + 4),
        place: place(at),
    };
    Entries { groups: vec![EntryGroup { number: "1".to_owned(), title: piece(at + 5), entries: vec![entry] }], source: piece(at) }
}
