//! What is fixed in the Commission's template: chapters, section titles, wordings. All of it is data.

use crate::document::pattern::Pattern;
use std::sync::LazyLock;

/// A chapter, known by its title and never by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chapter {
    CountryProfile,
    Highlights,
    PoliticalCommunications,
    Legislation,
    Governance,
    Infrastructure,
    CrossBorder,
    /// A chapter with a title page that the template does not have.
    Other,
}

impl Chapter {
    /// The column `chapter`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CountryProfile => "country profile",
            Self::Highlights => "highlights",
            Self::PoliticalCommunications => "political communications",
            Self::Legislation => "legislation",
            Self::Governance => "governance",
            Self::Infrastructure => "infrastructure",
            Self::CrossBorder => "cross-border services",
            Self::Other => "other",
        }
    }

    /// What an entry of the chapter is: the column `kind`. `None` outside the content chapters.
    pub fn entry_kind(self) -> Option<&'static str> {
        match self {
            Self::PoliticalCommunications => Some("political communication"),
            Self::Legislation => Some("legislation"),
            Self::Governance => Some("governance body"),
            Self::Infrastructure => Some("infrastructure"),
            Self::CountryProfile | Self::Highlights | Self::CrossBorder | Self::Other => None,
        }
    }

    pub fn is_content(self) -> bool {
        self.entry_kind().is_some()
    }

    /// Reads a chapter's title without its number, a lost letter or a hyphen more or less notwithstanding.
    pub fn of_title(title: &str) -> Option<Self> {
        if title.len() > 200 {
            return None;
        }
        let title = fold(title);
        let bytes = title.len();
        if !(8..=90).contains(&bytes) {
            return None;
        }
        CHAPTER_TITLES
            .iter()
            .find(|(known, _)| title == *known)
            .or_else(|| CHAPTER_TITLES.iter().find(|(known, _)| similar(known, &title)))
            .map(|c| c.1)
    }
}

/// Titles of chapters in all editions, folded by [`fold`].
const CHAPTER_TITLES: &[(&str, Chapter)] = &[
    ("country profile", Chapter::CountryProfile),
    ("interoperability state of play", Chapter::CountryProfile),
    ("digital public administration highlights", Chapter::Highlights),
    ("digital government highlights", Chapter::Highlights),
    ("digital public administration political communications", Chapter::PoliticalCommunications),
    ("digital government political communications", Chapter::PoliticalCommunications),
    ("digital public administration legislation", Chapter::Legislation),
    ("digital government legislation", Chapter::Legislation),
    ("digital public administration governance", Chapter::Governance),
    ("digital government governance", Chapter::Governance),
    ("digital public administration infrastructure", Chapter::Infrastructure),
    ("digital public administration infrastructures", Chapter::Infrastructure),
    ("digital government infrastructure", Chapter::Infrastructure),
    ("cross border digital public administration services", Chapter::CrossBorder),
    ("cross border digital public administration services for citizens and businesses", Chapter::CrossBorder),
    ("cross border digital government services for citizens and businesses", Chapter::CrossBorder),
];

/// Lower case, dashes as blanks, blanks folded, no punctuation at the ends.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '\u{2011}')).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether two folded titles differ by a slip of the pen: one sign in twelve.
fn similar(known: &str, title: &str) -> bool {
    known.len().abs_diff(title.len()) <= 3 && strsim::levenshtein(known, title) <= (known.len() / 12).clamp(1, 3)
}

/// Section titles of all editions, folded. A title in this list is a heading even where its number is out of order.
const SECTION_TITLES: &[&str] = &[
    "basic data",
    "digital public administration indicators",
    "interoperability state of play",
    "egovernment state of play",
    "specific political communications on digital public administration",
    "specific legislation on digital public administration",
    "interoperability",
    "key enablers",
    "access to public information",
    "open data, reusability and access to public information",
    "eid and trust services",
    "security aspects",
    "interconnection of base registries",
    "eprocurement",
    "domain specific political communications",
    "domain specific legislation",
    "emerging technologies",
    "innovative technologies",
    "artificial intelligence (ai",
    "distributed ledger technologies",
    "big data",
    "cloud computing",
    "internet of things (iot",
    "high performance computing",
    "high speed broadband connectivity",
    "govtech",
    "national",
    "subnational (federal, regional and local",
    "policy",
    "coordination",
    "implementation",
    "support",
    "interoperability coordination",
    "base registry coordination",
    "audit",
    "data protection",
    "portals",
    "national portals",
    "subnational portals",
    "platforms and applications",
    "networks",
    "data exchange",
    "epayment",
    "knowledge management",
    "cross border platforms",
    "cross border infrastructures",
    "base registries",
    "life and travel",
    "doing business",
];

/// Whether a title is one of the template's.
pub fn is_section_title(title: &str) -> bool {
    SECTION_TITLES.contains(&fold(title).as_str())
}

/// The title of the factsheet: what stands before it, the s of a plural, the year, and what stands behind on the same line.
pub static TITLE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?i)^(.{0,60}?)\bdigital\s+(?:public\s+administration|government)\s+fact\s?sheet(s)?\b[\s,:–-]*((?:20)\d\d)?[\s,:–-]*(.*)$",
    )
    .expect("a valid pattern")
});

/// A numbered heading: up to four numbers of one or two digits between points, a blank, the title.
pub fn numbered(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = text[..end].strip_suffix('.').unwrap_or(&text[..end]);
    let right = number.split('.').count() <= 4 && number.split('.').all(|n| (1..=2).contains(&n.len()));
    let title = text[end..].trim_start();
    (right && title.len() < text.len() - end && !title.is_empty()).then_some((number, title))
}

/// A line of the table of contents: perhaps a number, a title, dots or a tab, a page.
pub static CONTENTS_LINE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?\S.*?(?:[\s.…]+)\d{1,3}$").expect("a valid pattern"));

/// `Table of Contents`, also with a number before or a page behind.
pub static CONTENTS: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"(?i)^(?:\d{1,2}\.?\s+)?(?:table of )?contents(?:[\s.…]*\d+)?$").expect("a valid pattern"));

/// Signs of the publisher and of the page that stand alone on a line.
pub static FURNITURE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)^(?:isa\s?[2²]|joinup|page\s+\d+(?:\s+of\s+\d+)?|\d{1,3}(?:\s*/\s*\d{1,3})?|[\p{P}\p{S}]+)$")
        .expect("a valid pattern")
});

/// What a picture shows, told by the program that extracted the text.
pub static PICTURE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?i)^(?:(?:(?:a|an|the|this)\s+)?(?:[a-z-]+\s+){0,2}?(?:photograph|photo|picture|image|illustration|screenshot|drawing|icon|logo|infographic|silhouette)\s+(?:of|shows|showing|depicts|depicting|features|featuring|with)\b|handwritten notes\b|(?:an?|two|several|three)\s+(?:close-up|person|people|man|woman|hands?|business(?:man|woman|people))\b.{0,60}\b(?:holding|sitting|standing|using|working|typing|looking|walking|smiling|wearing|pointing|drawing|writing)\b|(?:an?|the)\s+(?:bar chart|line graph|pie chart|line chart|radar chart|bar graph|map)\s+(?:of|showing|shows|comparing)\b)",
    )
    .expect("a valid pattern")
});

/// Where the back matter begins.
pub static BACK_MATTER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)^(?:last\s+update[d]?\s*:|the\s+digital\s+(?:public\s+administration|government)\s+factsheets\b|the\s+factsheets\s+present\s+an\s+overview)")
        .expect("a valid pattern")
});

/// Words of time and place before a declaration.
static WHEN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?i)^(?:so far|until now|up to now|currently|at present|presently|at the moment|at the time of writing|for the (?:moment|time being)|to date|as of \w+(?: \d{4})?|(?:in|on) this (?:field|area|domain|regard|topic|matter)(?: to date)?)\s*,?\s+",
    )
    .expect("a valid pattern")
});

/// Words with which a section says that it is empty: how it begins.
static ABSENCE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?ix)^(?:no\b|none\b|n/a\b|nothing\b|neither\b|not\ (?:yet\ )?(?:available|reported|applicable|relevant)\b
        |(?:this|the)\ (?:section|field|topic|chapter|subsection)\ is\ not\ (?:applicable|relevant)\b
        |there\ (?:is|are|was|were|has|have)\ (?:currently\ |been\ |not\ been\ |at\ present\ |as\ yet\ )*(?:no|not\ any|none|nothing)\b)",
    )
    .expect("a valid pattern")
});

/// `Legislation has not been adopted`, `Iceland does not have any`: its subject has a few words.
static LACKS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix)\s(?:(?:has|have)\ not\ (?:yet\ )?(?:been\ )?(?:adopted|reported|published|identified|issued|developed|set\ up|implemented)
        |(?:does|do|did)\ not\ (?:yet\ |currently\ )?(?:have|possess)\ (?:any|a)
        |(?:has|have)\ (?:currently\ |yet\ )?no\ (?:specific|dedicated|particular|separate|single|legislation|strategy|national))\b",
    )
    .expect("a valid pattern")
});

/// Words after which a sentence is no declaration.
static HOWEVER: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\s(?:but|although|though|since \d{4}|fewer|less than|longer|only)\b").expect("a valid pattern"));

/// What the template says is missing, and what it is not: one of each must stand in a declaration, give or take a letter.
const ABSENT_NOUNS: &[&str] = &[
    "communication",
    "communications",
    "legislation",
    "infrastructure",
    "infrastructures",
    "organisation",
    "organisations",
    "organization",
    "body",
    "bodies",
    "development",
    "developments",
    "obligation",
    "initiative",
    "initiatives",
    "act",
    "acts",
    "law",
    "laws",
    "policy",
    "policies",
    "strategy",
    "strategies",
    "portal",
    "portals",
    "platform",
    "platforms",
    "information",
    "document",
    "documents",
    "measure",
    "measures",
    "regulation",
    "project",
    "projects",
    "service",
    "services",
    "authority",
    "system",
    "network",
    "activity",
    "activities",
    "data",
    "solution",
    "solutions",
    "entity",
];
const ABSENT_VERBS: &[&str] = &[
    "adopted",
    "reported",
    "identified",
    "published",
    "found",
    "available",
    "developed",
    "implemented",
    "established",
    "exists",
    "exist",
    "issued",
    "foreseen",
    "planned",
    "designated",
    "applicable",
    "date",
    "far",
    "yet",
    "present",
    "moment",
    "field",
    "currently",
    "place",
    "provided",
    "have",
    "specific",
    "area",
    "topic",
    "matter",
    "regard",
    "responsible",
];

/// Whether a paragraph that stands first in its section declares that the section is empty.
pub fn declares_absence(sentence: &str) -> bool {
    if sentence.len() > 400 || HOWEVER.is_match(sentence) {
        return false;
    }
    let sentence = &sentence[WHEN.find(sentence).map_or(0, |m| m.end())..];
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '’' | '-');
    let lacks = || LACKS.find(sentence).is_some_and(|m| (1..=60).contains(&m.start()) && sentence[..m.start()].chars().all(plain));
    if !ABSENCE.is_match(sentence) && !lacks() {
        return false;
    }
    let words: Vec<String> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_lowercase).collect();
    if words.len() > 40 {
        return false;
    }
    let near = |known: &str, w: &str| known.len() > 5 && known.len().abs_diff(w.len()) <= 2 && strsim::levenshtein(known, w) == 1;
    let has =
        |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str())) || words.iter().any(|w| list.iter().any(|known| near(known, w)));
    // `There is no body for X.` says all that it has to say.
    let short = words.len() <= 12 && words.first().is_some_and(|w| w == "there");
    // `None has been communicated so far.`, `There is nothing to report.`: the word stands for the noun.
    let pronoun = words.len() <= 12 && words.iter().take(3).any(|w| w == "none" || w == "nothing");
    words.len() <= 3 || pronoun || sentence.ends_with("not applicable.") || (has(ABSENT_NOUNS) && (short || has(ABSENT_VERBS)))
}

/// The rows of the eGovernment Benchmark table by edition (S: eGovernment Benchmark 2021 to 2023, method papers).
///
/// The first item is the edition from which the name holds; names are folded.
pub const BENCHMARK_ROWS: &[(&str, &[&str])] = &[
    ("user centricity", &["overall scores", "online availability", "mobile friendliness", "user support"]),
    ("transparency", &["overall scores", "service delivery", "personal data", "service design"]),
    ("key enablers", &["overall scores", "eid", "edocuments", "authentic sources|pre filled forms", "digital post"]),
    ("cross border services", &["overall scores", "online availability", "user support", "eid", "edocuments"]),
];

/// The name of an indicator as an edition prints it: `Authentic sources` until 2022, `Pre-filled forms` later.
pub fn benchmark_name(names: &str, edition: &str) -> String {
    let mut names = names.split('|');
    let first = names.next().unwrap_or_default();
    let name = if edition > "2022" { names.next().unwrap_or(first) } else { first };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_known_by_title() {
        assert_eq!(Chapter::of_title("Cross-border Digital Public Administration Services"), Some(Chapter::CrossBorder));
        assert_eq!(Chapter::of_title("igital Public Administration Legislation"), Some(Chapter::Legislation));
        assert_eq!(Chapter::of_title("Interoperability State-of-Play"), Some(Chapter::CountryProfile));
        assert_eq!(Chapter::of_title("Interoperability"), None);
        assert_eq!(Chapter::of_title("Legislation"), None);
    }

    #[test]
    fn absence_in_many_wordings() {
        for text in [
            "No political communication as adopted in this field to date.",
            "No legislation has bee adopted in this field to date.",
            "No particular infrastructure in this filed has been reported to date.",
            "No responsible organisations have been reported to date.",
            "There is currently no specific legislation on this matter.",
            "Not applicable.",
            "Specific legislation has not yet been adopted in this field.",
            "At the time of writing, no political communications have been adopted in this area.",
            "There have been no recent developments in this area.",
            "In this field, no legislation has been adopted to date.",
            "Iceland does not have any specific legislation in this field.",
            "Ukraine has no specific legislation on distributed ledger technologies.",
            "There is no dedicated body for base registry coordination.",
            "This section is not applicable.",
            "None has been communicated so far.",
            "There is nothing to report under this heading.",
        ] {
            assert!(declares_absence(text), "{text}");
        }
        for text in [
            "Northern services are adopted.",
            "No less than twelve registers were opened to the public.",
            "Nordic institute",
            "There is no single portal, but every ministry has one which is available online.",
            "No paper documents are issued since 2015 by the system.",
            "The Ministry has no direct role in implementation.",
            "None of the three registers has been closed since the reform of the civil administration in all of the seven regions.",
        ] {
            assert!(!declares_absence(text), "{text}");
        }
    }
}
