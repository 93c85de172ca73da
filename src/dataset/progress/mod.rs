//! The datasets of family `progress`: a national progress report as a text extractor left it.

pub mod area;
pub mod catalogue;
pub mod dated;
pub mod interview;
pub mod page;
pub mod reading;

pub use area::{Milestone, Priority, Stage, StageName};
pub use catalogue::{Initiative, Principle, PrincipleGroup, Spotlight};
pub use dated::{Regulation, RegulationStatus, TimelineEvent};
pub use interview::{Interview, InterviewQuestion, Quote};
pub use page::{Page, Section, SectionKind};

use super::{Artefact, LedgerEntry, Organisation, Person, Prose, Quantity, Table};
use crate::diagnostic::Checked;
use crate::document::progress::Brochure;
use crate::source::Text;
use crate::vocabulary::Geo;

/// All datasets of one progress report, in the order of DATASETS.md.
#[derive(Clone, Debug, Default)]
pub struct ProgressDatasets {
    /// `None` where the text does not settle the country; `sources.toml` decides then.
    pub geo: Option<Geo>,
    /// Printed name of the country; empty where it is not settled.
    pub country: String,
    /// The year that the report is of, the last of its timelines; empty where there is none.
    pub edition: String,
    pub title: String,
    pub pages: Vec<Page>,
    pub sections: Vec<Section>,
    pub priorities: Vec<Priority>,
    pub milestones: Vec<Milestone>,
    pub stages: Vec<Stage>,
    pub initiatives: Vec<Initiative>,
    pub spotlights: Vec<Spotlight>,
    pub interviews: Vec<Interview>,
    pub interview_questions: Vec<InterviewQuestion>,
    pub quotes: Vec<Quote>,
    pub timeline_events: Vec<TimelineEvent>,
    pub regulations: Vec<Regulation>,
    pub quantities: Vec<Quantity>,
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub artefacts: Vec<Artefact>,
    pub principles: Vec<Principle>,
    pub prose: Vec<Prose>,
    pub ledger: Vec<LedgerEntry>,
}

impl ProgressDatasets {
    /// Reads the shape's leaves into typed rows.
    pub fn of(brochure: &Brochure, text: &Text) -> Checked<Self> {
        reading::read(brochure, text)
    }

    /// Every dataset with its types erased, in the order of DATASETS.md.
    pub fn tables(&self) -> Vec<Table> {
        vec![
            Table::of(&self.pages),
            Table::of(&self.sections),
            Table::of(&self.priorities),
            Table::of(&self.milestones),
            Table::of(&self.stages),
            Table::of(&self.initiatives),
            Table::of(&self.spotlights),
            Table::of(&self.interviews),
            Table::of(&self.interview_questions),
            Table::of(&self.quotes),
            Table::of(&self.timeline_events),
            Table::of(&self.regulations),
            Table::of(&self.quantities),
            Table::of(&self.organisations),
            Table::of(&self.people),
            Table::of(&self.artefacts),
            Table::of(&self.principles),
            Table::of(&self.prose),
            Table::of(&self.ledger),
        ]
    }
}
