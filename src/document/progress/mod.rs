//! Family `progress`: a national progress report as a text extractor left it, columns interleaved, labels after what they label.
//!
//! A small model of the page: lines are years, dates, labels, headlines, items or running text ([`line`], [`moment`]); runs
//! of lines are [`block`]s; blocks make [`section`]s, each read by its own shape. What the text does not settle keeps all its
//! readings; weighing them with the rest of the text is the datasets' work.

pub mod area;
pub mod block;
pub mod entry;
pub mod interview;
pub mod journey;
pub mod line;
pub mod moment;
pub mod page;
pub mod principle;
pub mod rundown;
pub mod section;
pub mod wording;

pub use line::Passage;
pub use page::Page;
pub use section::{Body, Section};

use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::source::Text;
use crate::vocabulary::{Lines, Place};

/// A progress report by its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brochure {
    pub pages: Vec<Page>,
    pub sections: Vec<Section>,
}

pub static NO_AREA: Rule = Rule {
    id: "PRG001",
    severity: Severity::Error,
    title: "A progress report has areas with dated milestones.",
    source: "this project",
    explanation: "The text looks like a progress report (stage labels and years), but no page of it could be read as a priority area. \
                  Check that the lines that begin with one space, the remains of form feeds, are still there.",
};

/// Whether a text is of this family, by its content: the stage labels of at least one area and a column of years.
pub fn is(text: &Text) -> bool {
    let mut stages = std::collections::BTreeSet::new();
    let mut years = 0;
    for (n, _) in text.lines() {
        let line = line::trimmed(text, n);
        stages.extend(line::stage(line));
        years += usize::from(line::year(line).is_some());
    }
    stages.len() == 3 && years >= 3
}

/// Reads the shape of a progress report; `None` if the text is not of this family.
pub fn read(text: &Text) -> Checked<Option<Brochure>> {
    if !is(text) {
        return Checked::ok(None);
    }
    let pages = page::read(text);
    let sections = section::read(text, &pages);
    let mut diagnostics = Vec::new();
    if !sections.iter().any(|s| matches!(s.body, Body::Area(_))) {
        let place = Place::lines(&text.name, Lines::one(1));
        let help = "compare the text with the brochure it was extracted from";
        diagnostics.push(Diagnostic::new(&NO_AREA, place, "a page with years and the labels then, now, up next", "none", help));
    }
    Checked { value: Some(Brochure { pages, sections }), diagnostics }
}
