//! Geopolitical entities: Eurostat's codes, the Commission's names, and protocol order.
//!
//! METHODS.md section 3 (S: Statistics Explained). Both spellings of a code are read (EL and GR, UK and GB).

use std::fmt;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GeoKind {
    MemberState,
    Efta,
    Candidate,
    Other,
    /// An average or sum of countries.
    Aggregate,
}

struct Entry {
    code: &'static str,
    name: &'static str,
    kind: GeoKind,
    /// Further codes and names under which it is read; compared without case, blanks folded.
    aliases: &'static [&'static str],
}

const fn entry(code: &'static str, name: &'static str, kind: GeoKind, aliases: &'static [&'static str]) -> Entry {
    Entry { code, name, kind, aliases }
}

/// In protocol order, aggregates first.
#[rustfmt::skip]
static ENTRIES: &[Entry] = {
    use GeoKind::{Aggregate, Candidate, Efta, MemberState, Other};
    &[
        entry("EU27_2020", "EU-27", Aggregate, &["European Union - 27 countries (from 2020)", "EU27 (from 2020)", "EU27_2020"]),
        entry("EU28", "EU-28", Aggregate, &["European Union - 28 countries (2013-2020)", "EU28_2013"]),
        entry("EU27", "EU27", Aggregate, &[]),
        entry("EU27PLUS", "EU27+", Aggregate, &["EU27+"]),
        entry("EU", "EU", Aggregate, &["European Union"]),
        entry("EU_AVG", "EU", Aggregate, &["EU average"]),
        entry("BE", "Belgium", MemberState, &[]),
        entry("BG", "Bulgaria", MemberState, &[]),
        entry("CZ", "Czechia", MemberState, &["Czech Republic"]),
        entry("DK", "Denmark", MemberState, &[]),
        entry("DE", "Germany", MemberState, &["Germany (until 1990 former territory of the FRG)"]),
        entry("EE", "Estonia", MemberState, &[]),
        entry("IE", "Ireland", MemberState, &[]),
        entry("EL", "Greece", MemberState, &["GR"]),
        entry("ES", "Spain", MemberState, &[]),
        entry("FR", "France", MemberState, &[]),
        entry("HR", "Croatia", MemberState, &[]),
        entry("IT", "Italy", MemberState, &[]),
        entry("CY", "Cyprus", MemberState, &[]),
        entry("LV", "Latvia", MemberState, &[]),
        entry("LT", "Lithuania", MemberState, &[]),
        entry("LU", "Luxembourg", MemberState, &[]),
        entry("HU", "Hungary", MemberState, &[]),
        entry("MT", "Malta", MemberState, &[]),
        entry("NL", "Netherlands", MemberState, &["The Netherlands"]),
        entry("AT", "Austria", MemberState, &[]),
        entry("PL", "Poland", MemberState, &[]),
        entry("PT", "Portugal", MemberState, &[]),
        entry("RO", "Romania", MemberState, &[]),
        entry("SI", "Slovenia", MemberState, &[]),
        entry("SK", "Slovakia", MemberState, &["Slovak Republic"]),
        entry("FI", "Finland", MemberState, &[]),
        entry("SE", "Sweden", MemberState, &[]),
        entry("IS", "Iceland", Efta, &[]),
        entry("LI", "Liechtenstein", Efta, &[]),
        entry("NO", "Norway", Efta, &[]),
        entry("CH", "Switzerland", Efta, &[]),
        entry("BA", "Bosnia and Herzegovina", Candidate, &["Bosnia & Herzegovina"]),
        entry("ME", "Montenegro", Candidate, &[]),
        entry("MD", "Moldova", Candidate, &["Republic of Moldova"]),
        entry("MK", "North Macedonia", Candidate, &["Republic of North Macedonia", "Former Yugoslav Republic of Macedonia, the"]),
        entry("GE", "Georgia", Candidate, &[]),
        entry("AL", "Albania", Candidate, &[]),
        entry("RS", "Serbia", Candidate, &[]),
        entry("TR", "Türkiye", Candidate, &["Turkey", "Turkiye"]),
        entry("UA", "Ukraine", Candidate, &[]),
        entry("XK", "Kosovo", Other, &["Kosovo*", "Kosovo (under United Nations Security Council Resolution 1244/99)"]),
        entry("UK", "United Kingdom", Other, &["GB"]),
    ]
};

/// A country or an aggregate. Sorts in protocol order, aggregates first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Geo(u8);

impl Geo {
    /// Reads a code or a name as Eurostat and the Commission print them; `None` if it is not known.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = fold(text);
        ENTRIES
            .iter()
            .position(|e| e.code.eq_ignore_ascii_case(&wanted) || fold(e.name) == wanted || e.aliases.iter().any(|a| fold(a) == wanted))
            .map(|i| Self(u8::try_from(i).expect("fewer than 256 entries")))
    }

    /// The entity whose code or name is spelt most like a text that is not known; `None` if nothing comes near.
    pub fn suggest(text: &str) -> Option<Self> {
        let wanted = fold(text);
        let near = |entry: &Entry| {
            let spellings = [entry.code, entry.name].into_iter().chain(entry.aliases.iter().copied());
            spellings.map(|spelling| strsim::jaro_winkler(&fold(spelling), &wanted)).fold(0.0, f64::max)
        };
        let best = (0..ENTRIES.len()).map(|i| (near(&ENTRIES[i]), i)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 > 0.85).then(|| Self(u8::try_from(best.1).expect("fewer than 256 entries")))
    }

    /// All entities in protocol order, aggregates first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ENTRIES.len()).map(|i| Self(u8::try_from(i).expect("fewer than 256 entries")))
    }

    /// Position in protocol order, aggregates first: an index into a table with one place for each of [`Geo::all`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn entry(self) -> &'static Entry {
        &ENTRIES[usize::from(self.0)]
    }

    /// Eurostat's code: `LU`, `EL`, `EU27_2020`.
    pub fn code(self) -> &'static str {
        self.entry().code
    }

    /// The name in force: `Czechia`, `EU27+`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    pub fn kind(self) -> GeoKind {
        self.entry().kind
    }

    pub fn is_member_state(self) -> bool {
        self.kind() == GeoKind::MemberState
    }

    pub fn is_aggregate(self) -> bool {
        self.kind() == GeoKind::Aggregate
    }
}

/// Lower case, blanks folded, en dashes as hyphens.
fn fold(text: &str) -> String {
    text.replace(['–', '—'], "-").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl fmt::Display for Geo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Geo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Geo({})", self.code())
    }
}
