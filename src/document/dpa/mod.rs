//! The Commission's Digital Public Administration factsheet, of any country and edition, as a tree of passages.
//!
//! [`read`] finds front matter, chapters, numbered sections and back matter ([`body`]), then what stands in each section
//! ([`parts`]). Nothing in it knows a country or a line: what is fixed in the template is data in [`template`].

mod body;
mod front;
mod parts;
pub use parts::first_sentence;
pub mod template;

use super::outline::{Block, Passage};
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::Text;
use crate::vocabulary::{Geo, Lines, Place};
pub use template::Chapter;

/// A factsheet as it is printed.
#[derive(Clone, Debug)]
pub struct Factsheet {
    /// `Digital Public Administration factsheet 2022`.
    pub title: Passage,
    /// The country's name as printed on the cover, with its article where it has one.
    pub country: String,
    pub geo: Geo,
    /// Year of the edition.
    pub edition: String,
    /// Notes before the first chapter.
    pub front: Vec<Block>,
    /// Numbered headings in order, each with what stands under it and not under a later one.
    pub sections: Vec<Section>,
    pub back: Vec<Block>,
    /// Lines that are structure and not content.
    pub roles: Vec<(Lines, Role)>,
    /// What extraction and layout left behind.
    pub traces: Vec<Trace>,
}

/// A numbered heading and its own content.
#[derive(Clone, Debug)]
pub struct Section {
    pub chapter: Chapter,
    /// 1 for a chapter.
    pub level: u8,
    /// `6.10`: not a number.
    pub number: String,
    pub title: Passage,
    /// From the heading to the last line before the next heading of the same or a higher level.
    pub lines: Lines,
    /// Whether no section stands below it.
    pub leaf: bool,
    pub parts: Vec<Part>,
}

/// What stands in a section.
#[derive(Clone, Debug)]
pub enum Part {
    /// An unnumbered heading of the highlights.
    Subheading(Passage),
    /// A paragraph, list item or table row outside any entry.
    Loose(Block),
    /// A sentence that says there is nothing; the passage is the paragraph, the range the sentence.
    Declaration(Passage, std::ops::Range<usize>),
    /// A titled item of a content chapter.
    Entry(Entry),
    /// `Source: ...` under a figure, with the caption that belongs to it.
    Figure { caption: Option<Passage>, source: Passage },
}

/// A titled item.
#[derive(Clone, Debug)]
pub struct Entry {
    pub title: Passage,
    pub body: Vec<Block>,
}

impl Entry {
    /// From the title to the end of the body.
    pub fn lines(&self) -> Lines {
        self.body.iter().fold(self.title.lines(), |all, block| all.join(block.lines()))
    }
}

/// What a line of a text is that belongs to no paragraph: the column `role` of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Heading,
    /// Page numbers, running heads, logos, descriptions of pictures.
    Furniture,
    /// The table of contents.
    Contents,
    TitlePage,
    BackMatter,
}

/// What the extraction or the layout left in the text, seen while its structure was read: a row of `artefacts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub kind: TraceKind,
    /// As printed, shortened.
    pub excerpt: String,
    /// What was done with it.
    pub treatment: String,
    pub lines: Lines,
}

/// Traces that the structure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TraceKind {
    JoinedPageBreak,
    PageFurniture,
    PictureDescription,
    RepeatedTitle,
}

pub static NO_COUNTRY: Rule = Rule {
    id: "DPA001",
    severity: Severity::Error,
    title: "A factsheet names its country or the European Union.",
    source: "this project",
    explanation: "Every figure and every comparison hangs on the country. It stands under the title; without it nothing can be published. Put the name back under the title, or choose the right file.",
};

pub static NO_EDITION: Rule = Rule {
    id: "DPA002",
    severity: Severity::Error,
    title: "A factsheet names its edition.",
    source: "this project",
    explanation: "The year of the edition decides which figures may stand beside the text. It stands in the title, the benchmark's name or the note on the last update.",
};

pub static CHAPTER_MISSING: Rule = Rule {
    id: "DPA003",
    severity: Severity::Warning,
    title: "A factsheet has the chapters that its table of contents announces.",
    source: "the template of the European Commission's factsheets",
    explanation: "A missing chapter means a truncated file or a heading that is not printed as such. Compare the text with the published document.",
};

pub static SECTION_ORDER: Rule = Rule {
    id: "DPA004",
    severity: Severity::Note,
    title: "Section numbers follow each other without a gap.",
    source: "the template of the European Commission's factsheets",
    explanation: "A gap is a heading that was lost or misspelled; what stood under it is then counted to the section before.",
};

/// Whether a text is a factsheet of this family, by what it says.
pub fn is(text: &Text) -> bool {
    let titled = text.lines().filter(|(_, l)| !l.trim().is_empty()).take(60).any(|(_, l)| l.len() < 200 && front::title_of(l).is_some());
    titled
        || text.lines().filter(|(_, l)| l.len() < 200 && body::chapter_heading(&Passage::parse(1, l).text).is_some()).take(3).count() == 3
}

/// Reads a factsheet. `None` where the text is of another family or names neither country nor edition.
pub fn read(text: &Text) -> Checked<Option<Factsheet>> {
    if !is(text) {
        return Checked::ok(None);
    }
    let mut diagnostics = Vec::new();
    let blocks = super::outline::read(text);
    let Some(front) = front::read(text, &blocks, &mut diagnostics) else {
        return Checked { value: None, diagnostics };
    };
    let mut traces = Vec::new();
    let body = body::read(blocks, &front, &mut traces);
    check_contents(text, &body, &mut diagnostics);
    let sections = body.sections.into_iter().map(|raw| parts::section(raw, &mut traces)).collect();
    traces.sort_by(|a, b| (a.lines, a.kind, &a.excerpt).cmp(&(b.lines, b.kind, &b.excerpt)));
    let mut roles = body.roles;
    // Signs without a width, alone on their line: nothing that a reader sees, but no blank line either.
    let unseen = |line: &str| !line.trim().is_empty() && line.chars().all(super::outline::is_filler);
    roles.extend(text.lines().filter(|(_, l)| unseen(l)).map(|(n, _)| (Lines::one(n), Role::Furniture)));
    let factsheet = Factsheet {
        title: front.title,
        country: front.country,
        geo: front.geo,
        edition: front.edition,
        front: body.front,
        sections,
        back: body.back,
        roles,
        traces,
    };
    Checked { value: Some(factsheet), diagnostics }
}

/// Announced chapters must be there, and section numbers without a gap.
fn check_contents(text: &Text, body: &body::Body, diagnostics: &mut Vec<Diagnostic>) {
    let place = |line| Place::lines(&text.name, Lines::one(line));
    for (line, title) in &body.announced {
        let Some(chapter) = Chapter::of_title(title) else { continue };
        if !body.sections.iter().any(|s| s.chapter == chapter) {
            let help = "the file may be truncated: compare it with the published document";
            diagnostics.push(Diagnostic::new(&CHAPTER_MISSING, place(*line), format!("a chapter “{title}”"), "none", help));
        }
    }
    if body.sections.is_empty() {
        let help = "the file may be truncated: compare it with the published document";
        diagnostics.push(Diagnostic::new(&CHAPTER_MISSING, Place::file(&text.name), "numbered chapters", "none", help));
    }
    for pair in body.sections.windows(2) {
        let [before, after] = pair else { continue };
        let gap = after.number.contains('.') && body::successors(&before.number).iter().all(|s| *s != after.number);
        if gap {
            let expected = format!("one of {}", body::successors(&before.number).join(", "));
            let help = "look for a heading that was lost between the two";
            let line = after.title.lines().start();
            diagnostics.push(Diagnostic::new(&SECTION_ORDER, place(line), expected, after.number.clone(), help));
        }
    }
}
