//! Geopolitical entities: Eurostat's codes, the Commission's names, and protocol order.
//!
//! METHODS.md section 3 (S: Statistics Explained). Both spellings of a code are read (EL and GR, UK and GB).

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

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
        entry("EU28", "EU-28", Aggregate, &["European Union - 28 countries (2013-2020)", "EU28_2013", "European Union - 28 countries"]),
        entry("EU27", "EU27", Aggregate, &["AVERAGE_EU27", "EU27 average", "Average EU27"]),
        entry("EU27PLUS", "EU27+", Aggregate, &["EU27+", "EU27 +", "AVERAGE_EU27+", "EU27+ average", "Average EU27+"]),
        entry("EU", "EU", Aggregate, &["European Union"]),
        entry("EU_AVG", "EU", Aggregate, &["EU average"]),
        entry("EU27_2007", "EU-27 (2007-2013)", Aggregate, &["European Union - 27 countries (2007-2013)"]),
        entry("EU25", "EU-25", Aggregate, &["European Union - 25 countries (2004-2006)"]),
        entry("EU15", "EU-15", Aggregate, &["European Union - 15 countries (1995-2004)", "European Union - 15 countries (1995-2003)"]),
        entry("EU12", "EU-12", Aggregate, &["European Union - 12 countries (1986-1994)"]),
        entry("EU10", "EU-10", Aggregate, &["European Union - 10 countries (1981-1985)"]),
        entry("EU9", "EU-9", Aggregate, &["European Union - 9 countries (1973-1980)"]),
        entry("EU6", "EU-6", Aggregate, &["European Union - 6 countries (1958-1972)"]),
        entry("EU_V", "EU (changing composition)", Aggregate, &["European Union (aggregate changing according to the context)", "European Union (changing composition)"]),
        entry("EA", "Euro area", Aggregate, &["Euro area (EA11-1999, EA12-2001, EA13-2007, EA15-2008, EA16-2009, EA17-2011, EA18-2014, EA19-2015, EA20-2023)", "Euro area (EA11-1999, EA12-2001, EA13-2007, EA15-2008, EA16-2009, EA17-2011, EA18-2014, EA19-2015)", "Euro area (EA11-1999, EA12-2001, EA13-2007, EA15-2008, EA16-2009, EA17-2011, EA18-2014, EA19-2015, EA20-2023, EA21-2026)", "Euro area (changing composition)"]),
        entry("EA21", "Euro area (21 countries)", Aggregate, &["Euro area - 21 countries (from 2026)"]),
        entry("EA20", "Euro area (20 countries)", Aggregate, &["Euro area - 20 countries (from 2023)", "Euro area - 20 countries (2023-2025)"]),
        entry("EA19", "Euro area (19 countries)", Aggregate, &["Euro area - 19 countries (2015-2022)", "Euro area - 19 countries (from 2015)"]),
        entry("EA18", "Euro area (18 countries)", Aggregate, &["Euro area - 18 countries (2014)"]),
        entry("EA17", "Euro area (17 countries)", Aggregate, &["Euro area - 17 countries (2011-2013)"]),
        entry("EA16", "Euro area (16 countries)", Aggregate, &["Euro area - 16 countries (2009-2010)"]),
        entry("EA15", "Euro area (15 countries)", Aggregate, &["Euro area - 15 countries (2008)"]),
        entry("EA13", "Euro area (13 countries)", Aggregate, &["Euro area - 13 countries (2007)"]),
        entry("EA12", "Euro area (12 countries)", Aggregate, &["Euro area - 12 countries (2001-2006)"]),
        entry("EA11", "Euro area (11 countries)", Aggregate, &["Euro area - 11 countries (1999-2000)"]),
        entry("EEA30_2007", "EEA (2007-2013)", Aggregate, &["European Economic Area (EU27 - 2007-2013 and IS, LI, NO)"]),
        entry("EEA31", "EEA (2013-2020)", Aggregate, &["European Economic Area (EU28 - 2013-2020 and IS, LI, NO)"]),
        entry("EEA30", "EEA (from 2020)", Aggregate, &["EEA30_2020", "European Economic Area (EU27 - from 2020 and IS, LI, NO)"]),
        entry("EEA", "EEA", Aggregate, &["European Economic Area"]),
        entry("EFTA", "EFTA", Aggregate, &["European Free Trade Association", "European Free Trade Association (IS, LI, NO, CH)"]),
        entry("OECD", "OECD", Aggregate, &["Organisation for Economic Co-operation and Development"]),
        entry("BE", "Belgium", MemberState, &[]),
        entry("BG", "Bulgaria", MemberState, &[]),
        entry("CZ", "Czechia", MemberState, &["Czech Republic", "The Czech Republic"]),
        entry("DK", "Denmark", MemberState, &[]),
        entry("DE", "Germany", MemberState, &["Germany (until 1990 former territory of the FRG)", "Germany (including former GDR)"]),
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
        entry("BA", "Bosnia and Herzegovina", Candidate, &["Bosnia & Herzegovina", "Bosnia-Herzegovina"]),
        entry("ME", "Montenegro", Candidate, &[]),
        entry("MD", "Moldova", Candidate, &["Republic of Moldova"]),
        entry("MK", "North Macedonia", Candidate, &["Republic of North Macedonia", "Former Yugoslav Republic of Macedonia, the"]),
        entry("GE", "Georgia", Candidate, &[]),
        entry("AL", "Albania", Candidate, &[]),
        entry("RS", "Serbia", Candidate, &[]),
        entry("TR", "Türkiye", Candidate, &["Turkey", "Turkiye"]),
        entry("UA", "Ukraine", Candidate, &[]),
        entry("XK", "Kosovo", Other, &["Kosovo*", "Kosovo (under United Nations Security Council Resolution 1244/99)", "Kosovo (under UNSCR 1244/99)"]),
        entry("UK", "United Kingdom", Other, &["GB", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"]),
        entry("AD", "Andorra", Other, &[]),
        entry("MC", "Monaco", Other, &[]),
        entry("SM", "San Marino", Other, &[]),
        entry("VA", "Holy See", Other, &["Vatican City State", "Holy See (Vatican City State)"]),
        entry("AM", "Armenia", Other, &[]),
        entry("AZ", "Azerbaijan", Other, &[]),
        entry("BY", "Belarus", Other, &[]),
        entry("RU", "Russia", Other, &["Russian Federation"]),
        entry("DZ", "Algeria", Other, &[]),
        entry("EG", "Egypt", Other, &[]),
        entry("IL", "Israel", Other, &[]),
        entry("JO", "Jordan", Other, &[]),
        entry("LB", "Lebanon", Other, &[]),
        entry("LY", "Libya", Other, &[]),
        entry("MA", "Morocco", Other, &[]),
        entry("PS", "Palestine", Other, &["Palestine*", "Occupied Palestinian territory"]),
        entry("SY", "Syria", Other, &["Syrian Arab Republic"]),
        entry("TN", "Tunisia", Other, &[]),
        entry("US", "United States", Other, &["USA", "United States of America"]),
        entry("CA", "Canada", Other, &[]),
        entry("MX", "Mexico", Other, &[]),
        entry("BR", "Brazil", Other, &[]),
        entry("AR", "Argentina", Other, &[]),
        entry("CL", "Chile", Other, &[]),
        entry("JP", "Japan", Other, &[]),
        entry("KR", "South Korea", Other, &["Korea, Republic of", "Republic of Korea"]),
        entry("CN", "China", Other, &["China including Hong Kong"]),
        entry("CN_X_HK", "China except Hong Kong", Other, &["China (except Hong Kong)"]),
        entry("HK", "Hong Kong", Other, &["Hong Kong (China)"]),
        entry("TW", "Taiwan", Other, &[]),
        entry("SG", "Singapore", Other, &[]),
        entry("IN", "India", Other, &[]),
        entry("ID", "Indonesia", Other, &[]),
        entry("AU", "Australia", Other, &[]),
        entry("NZ", "New Zealand", Other, &[]),
        entry("ZA", "South Africa", Other, &[]),
        entry("SA", "Saudi Arabia", Other, &[]),
    ]
};

/// A country or an aggregate. Sorts in protocol order, aggregates first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Geo(u8);

impl Geo {
    /// Reads a code or a name as Eurostat and the Commission print them; `None` if it is not known.
    pub fn parse(text: &str) -> Option<Self> {
        // Most texts are codes as they stand in the vocabulary.
        if let Some(position) = CODES.get(text) {
            return Some(Self(*position));
        }
        let wanted = fold(text);
        let known = SPELLINGS.get(&wanted).or_else(|| SPELLINGS.get(wanted.trim_end_matches(['*', ' '])));
        known.map(|position| Self(*position))
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

    /// Whether it is an average of the EU's Member States alone; EU27+ takes in neighbours.
    pub fn is_average_of_members(self) -> bool {
        self.is_aggregate() && matches!(self.code(), "EU27_2020" | "EU27" | "EU" | "EU_AVG")
    }

    pub fn is_aggregate(self) -> bool {
        self.kind() == GeoKind::Aggregate
    }
}

/// Every code as it stands with the position of its entry.
static CODES: LazyLock<HashMap<&str, u8>> =
    LazyLock::new(|| ENTRIES.iter().enumerate().map(|(i, entry)| (entry.code, u8::try_from(i).expect("fewer than 256 entries"))).collect());

/// Every folded code, name and alias with the position of its entry; an earlier entry keeps a spelling that two share.
static SPELLINGS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut spellings = HashMap::new();
    let mut add = |spelling: &str, position: usize| {
        spellings.entry(fold(spelling)).or_insert_with(|| u8::try_from(position).expect("fewer than 256 entries"));
    };
    for (position, entry) in ENTRIES.iter().enumerate() {
        add(entry.code, position);
    }
    for (position, entry) in ENTRIES.iter().enumerate() {
        add(entry.name, position);
        entry.aliases.iter().for_each(|alias| add(alias, position));
    }
    spellings
});

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_read_as_they_are_printed() {
        for (printed, code) in [
            ("GR", "EL"),
            ("EL", "EL"),
            ("gb", "UK"),
            ("Czech Republic", "CZ"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("Kosovo*", "XK"),
            ("European Union - 27 countries (from 2020)", "EU27_2020"),
            ("European Union – 27 countries (from 2020)", "EU27_2020"),
            ("Euro area – 20 countries (from 2023)", "EA20"),
            ("Euro area - 19 countries  (2015-2022)", "EA19"),
            ("EU27+", "EU27PLUS"),
            ("AVERAGE_EU27", "EU27"),
            ("EU28", "EU28"),
            ("EU", "EU"),
            ("EU_AVG", "EU_AVG"),
        ] {
            assert_eq!(Geo::parse(printed).map(Geo::code), Some(code), "{printed}");
        }
        assert_eq!(Geo::parse("Luxemburgo"), None);
        assert_eq!(Geo::suggest("Luxemburgo").map(Geo::code), Some("LU"));
        assert_eq!(Geo::suggest("EU27_2O20").map(Geo::code), Some("EU27_2020"));
    }

    #[test]
    fn no_two_entries_share_a_code() {
        let mut codes: Vec<&str> = ENTRIES.iter().map(|entry| entry.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ENTRIES.len());
    }
}
