//! What one pass over a passage tells of the bodies in it, and patterns for bodies without a noun.

use super::nouns::{FOREIGN, HEADS, KNOWN, WEAK_HEADS};
use super::whole_word;
use crate::document::pattern::Pattern;
use crate::vocabulary::Geo;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What one pass over a passage tells: which names of `KNOWN` it has, and whether others are worth looking for.
#[derive(Default)]
pub(super) struct Hints {
    pub(super) known: BTreeSet<usize>,
    /// A noun of `HEADS`, `WEAK_HEADS` or `FOREIGN`: every name has one, but for those in italics and in appositions.
    pub(super) noun: bool,
    /// Where a noun stands of which every match of `APPOSED` has one.
    pub(super) appositions: Vec<usize>,
    /// Where a verb ends behind which an agent may be named.
    pub(super) agents: Vec<usize>,
}

/// What bodies do, and programmes and laws do not; `by` or `with` follows.
pub(super) const DEEDS: &[&str] = &[
    "managed",
    "operated",
    "led",
    "run",
    "coordinated",
    "maintained",
    "developed",
    "supervised",
    "owned",
    "implemented",
    "offered",
    "provided",
    "published",
    "launched",
    "hosted",
    "organised",
    "administered",
    "chaired",
    "issued",
    "carried out",
    "conducted",
    "collaboration",
    "cooperation",
    "partnership",
    "concert",
];

pub(super) const APPOSITIONS: &[&str] = &[
    "agency",
    "provider of",
    "company",
    "operator",
    "association",
    "institute",
    "centre",
    "global pioneer",
    "non-profit organisation",
    "public body",
    "consortium",
];

impl Hints {
    pub(super) fn of(text: &str) -> Self {
        static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
            let words = KNOWN.iter().chain(APPOSITIONS).chain(DEEDS).chain(HEADS).chain(WEAK_HEADS).chain(FOREIGN);
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .kind(Some(AhoCorasickKind::DFA))
                .prefilter(false)
                .build(words)
                .expect("a few short words")
        });
        let mut hints = Self::default();
        for found in WORDS.find_iter(text) {
            let word = found.pattern().as_usize();
            if word < KNOWN.len() {
                // A known name may itself begin with a noun: `Council of Europe`.
                hints.noun = true;
                if whole_word(text, found.start(), found.end() - found.start()) {
                    hints.known.insert(word);
                }
            } else if word < KNOWN.len() + APPOSITIONS.len() {
                hints.appositions.push(found.start());
            } else if word < KNOWN.len() + APPOSITIONS.len() + DEEDS.len() {
                if text[found.end()..].starts_with(" by ") || text[found.end()..].starts_with(" with ") {
                    hints.agents.push(found.end());
                }
            } else {
                hints.noun = true;
            }
        }
        hints
    }

    /// What stands behind the verbs of agents.
    pub(super) fn agents<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.agents.iter().map(|at| &text[*at..text.floor_char_boundary(at + 60)])
    }

    /// The sentences with an apposition.
    pub(super) fn appositions<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut parts: Vec<&str> = Vec::new();
        let mut upto = 0;
        for at in &self.appositions {
            if *at >= upto {
                let start = text[..*at].rfind(". ").map_or(0, |i| i + 2);
                upto = text[*at..].find(". ").map_or(text.len(), |i| at + i + 2);
                parts.push(&text[start..upto]);
            }
        }
        parts
    }
}

/// `managed by X`, `in collaboration with X`: only bodies do so. A name in one piece, with two capitals or more.
pub(super) static AGENT: LazyLock<Pattern> = LazyLock::new(|| {
    let name = r"(?P<name>\p{Lu}[\p{L}\d&.-]*\p{L})";
    Pattern::brief(&format!(r"^ (?:by|with) (?:the )?{name}(?:\s[^\p{{Lu}}]|[,;:)]|\.(?:\s|$)|$)")).expect("a valid pattern")
});

/// Abbreviations that are programmes, projects and notions.
pub(super) const NO_AGENTS: &[&str] = &[
    "CEF", "CIO", "STORK", "ICT", "ICTS", "NIS", "EU", "SDG", "GDPR", "RRF", "DESI", "ISA", "ISA²", "EIF", "IT", "AI", "API", "APIS",
    "URL", "HTTPS", "PDF", "XML", "SMS", "NIF", "EIDAS", "PKI", "QR", "SAML", "OAUTH", "TLS", "VPN", "NRRP", "RRP", "ESIF", "ERDF", "ESF",
    "OOTS", "IMI", "TOOP", "PEPPOL",
];

pub(super) fn is_agent(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().any(|c| c.is_ascii_digit());
    capitals >= 2
        && letters >= 3
        && !name.contains('-')
        && !digits
        && name.len() <= 20
        && !NO_AGENTS.contains(&name.to_uppercase().as_str())
        && Geo::parse(name).is_none()
}

/// `X, the national innovation agency`, `the private company X`
pub(super) static APPOSED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?P<name>\b\p{Lu}[\p{L}\d-]+(?:\s\p{Lu}[\p{L}\d-]+){0,3}),\s(?:the|a|an)\s(?:[\p{L}’'-]+\s){0,4}?(?:agency|provider of|company|operator|association|institute|global pioneer|non-profit organisation)\b|\b(?:private company|the company|non-profit organisation|state-owned company|public company)\s(?P<after>\p{Lu}[\p{L}\d-]+(?:\s\p{Lu}[\p{L}\d-]+){0,2})|^(?P<is>\p{Lu}[\p{L}\d-]+(?:\s\p{Lu}[\p{L}\d-]+){0,3})\sis\s(?:the|a|an)\s(?:[\p{L}’'-]+\s){0,5}?(?:agency|company|association|institute|centre|non-profit organisation|public body|consortium|operator)\b")
        .expect("a valid pattern")
});
