//! The datasets of one factsheet: typed rows, each with its lines, and the ledger of all lines.

pub mod benchmark;
mod dated_events;
mod dates;
mod eif_claims;
mod entries;
pub mod eu_acts;
pub mod ledger;
mod legal_acts;
mod marks;
mod numbers;
mod organisations;
mod people;
mod profile;
mod quantities;
pub mod source_faults;
mod spot;
mod structure;

use super::{Artefact, ArtefactKind, LedgerEntry, Organisation, Person, Prose, Quantity, Table};
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::document::dpa::{Factsheet, TraceKind};
use crate::source::Text;
use crate::vocabulary::{Geo, Place};
pub use benchmark::{DISPLACED, LOST_ROW, TABLE_VALUE};
pub use dated_events::DatedEvent;
pub use eif_claims::EifClaim;
pub use eu_acts::{EuAct, SWAPPED};
pub use ledger::UNREAD;
pub use legal_acts::{ActType, LegalAct};
pub use marks::{Link, Term};
pub use profile::{BasicDatum, BenchmarkRow, FigureLine};
pub use structure::{Coverage, CrossBorderService, Entry, Highlight, Section};

/// Everything that one factsheet says, as rows.
#[derive(Clone, Debug)]
pub struct DpaDatasets {
    pub geo: Geo,
    /// As printed on the cover.
    pub country: String,
    /// Year of the edition.
    pub edition: String,
    pub title: String,
    pub sections: Vec<Section>,
    pub basic_data: Vec<BasicDatum>,
    pub egovernment_benchmark: Vec<BenchmarkRow>,
    pub entries: Vec<Entry>,
    pub coverage: Vec<Coverage>,
    pub legal_acts: Vec<LegalAct>,
    pub eu_acts: Vec<EuAct>,
    pub dated_events: Vec<DatedEvent>,
    pub quantities: Vec<Quantity>,
    pub eif_claims: Vec<EifClaim>,
    pub links: Vec<Link>,
    pub terms: Vec<Term>,
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub figures: Vec<FigureLine>,
    pub cross_border_services: Vec<CrossBorderService>,
    pub highlights: Vec<Highlight>,
    pub artefacts: Vec<Artefact>,
    pub prose: Vec<Prose>,
    pub ledger: Vec<LedgerEntry>,
}

impl DpaDatasets {
    /// Reads every dataset from a factsheet; `text` is the source that it was read from.
    pub fn of(factsheet: &Factsheet, text: &Text) -> Checked<Self> {
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let spots = spot::spots(factsheet);
        let benchmark = benchmark::benchmark(factsheet, &text.name);
        diagnostics.extend(benchmark.diagnostics);
        let mut artefacts: Vec<Artefact> = factsheet.traces.iter().map(artefact).collect();
        artefacts.extend(benchmark.artefacts);
        let (links, terms) = marks::marks(&spots);
        artefacts.extend(marks::lost_targets(&links));
        diagnostics.extend(spots.iter().filter(|s| s.is_long()).map(|s| too_long(s, text)));
        let spots = spot::cut(spots);
        let eu_acts = eu_acts::eu_acts(&spots, &text.name, &mut artefacts, &mut diagnostics);
        // The extractors know nothing of each other.
        let ((quantities, organisations), ((legal_acts, people), (eif_claims, dated_events))) = rayon::join(
            || rayon::join(|| quantities::quantities(&spots), || organisations::organisations(&spots, factsheet.geo)),
            || {
                rayon::join(
                    || rayon::join(|| legal_acts::legal_acts(&spots), || people::people(&spots)),
                    || rayon::join(|| eif_claims::eif_claims(&spots), || dated_events::dated_events(&spots)),
                )
            },
        );
        artefacts.extend(source_faults::faults(&spots, &quantities));
        let mut datasets = Self {
            geo: factsheet.geo,
            country: factsheet.country.clone(),
            edition: factsheet.edition.clone(),
            title: factsheet.title.text.clone(),
            sections: entries::sections(factsheet),
            basic_data: benchmark::basic_data(factsheet),
            egovernment_benchmark: benchmark.rows,
            entries: entries::entries(factsheet),
            coverage: entries::coverage(factsheet),
            legal_acts,
            eu_acts,
            dated_events,
            quantities,
            eif_claims,
            links,
            terms,
            organisations,
            people,
            figures: benchmark::figures(factsheet, benchmark.header.as_ref()),
            cross_border_services: entries::services(factsheet),
            highlights: entries::highlights(factsheet),
            artefacts,
            prose: Vec::new(),
            ledger: Vec::new(),
        };
        datasets.artefacts.sort_by(|a, b| (a.lines, a.kind, &a.excerpt).cmp(&(b.lines, b.kind, &b.excerpt)));
        datasets.prose = ledger::prose(factsheet, &datasets);
        datasets.ledger = ledger::ledger(factsheet, text, &datasets, &mut diagnostics);
        diagnostics.sort_by(|a, b| (&a.place, a.rule.id).cmp(&(&b.place, b.rule.id)));
        Checked { value: datasets, diagnostics }
    }

    /// All datasets in the order of DATASETS.md, the ledger last.
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = self.content_tables();
        tables.push(Table::of(&self.ledger));
        tables
    }

    fn content_tables(&self) -> Vec<Table> {
        vec![
            Table::of(&self.sections),
            Table::of(&self.basic_data),
            Table::of(&self.egovernment_benchmark),
            Table::of(&self.entries),
            Table::of(&self.coverage),
            Table::of(&self.legal_acts),
            Table::of(&self.eu_acts),
            Table::of(&self.dated_events),
            Table::of(&self.quantities),
            Table::of(&self.eif_claims),
            Table::of(&self.links),
            Table::of(&self.terms),
            Table::of(&self.organisations),
            Table::of(&self.people),
            Table::of(&self.figures),
            Table::of(&self.cross_border_services),
            Table::of(&self.highlights),
            Table::of(&self.artefacts),
            Table::of(&self.prose),
        ]
    }
}

pub static TOO_LONG: Rule = Rule {
    id: "DPA031",
    severity: Severity::Warning,
    title: "A paragraph is short enough to be one.",
    source: "this project",
    explanation: "Paragraphs of factsheets have some thousand signs. A much longer one lost its line ends; it is kept whole, but facts are read from it piece by piece, and one that is torn apart may be missed.",
};

fn too_long(spot: &spot::Spot<'_>, text: &Text) -> Diagnostic {
    let place = Place::lines(&text.name, spot.passage.lines());
    let expected = format!("at most {} bytes in a paragraph", spot::LONGEST);
    Diagnostic::new(&TOO_LONG, place, expected, spot.passage.text.len().to_string(), "put the line ends back that the extraction lost")
}

fn artefact(trace: &crate::document::dpa::Trace) -> Artefact {
    let kind = match trace.kind {
        TraceKind::JoinedPageBreak => ArtefactKind::JoinedPageBreak,
        TraceKind::PageFurniture => ArtefactKind::PageFurniture,
        TraceKind::PictureDescription => ArtefactKind::PictureDescription,
        TraceKind::RepeatedTitle => ArtefactKind::RepeatedTitle,
    };
    Artefact { kind, excerpt: trace.excerpt.clone(), treatment: trace.treatment.clone(), lines: trace.lines }
}
