//! Bodies: what kinds of names they have, their abbreviations, and the first line that names each in any form.

use super::spot::{Spot, SpotKind};
use crate::dataset::Organisation;
use crate::document::dpa::Chapter;
use crate::document::outline::{Passage, Style};
use crate::document::pattern::Pattern;
use crate::vocabulary::{Geo, Lines};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

/// Nouns that make a name in capitals the name of a body.
const HEADS: &[&str] = &[
    "Ministry",
    "Department",
    "Agency",
    "Authority",
    "Commission",
    "Committee",
    "Council",
    "Parliament",
    "Institute",
    "University",
    "Association",
    "Administration",
    "Office",
    "Directorate",
    "Directorate-General",
    "Inspectorate",
    "Chamber",
    "Chambers",
    "Court",
    "Bank",
    "Foundation",
    "Secretariat",
    "Academy",
    "College",
    "Library",
    "Archives",
    "Police",
    "Federation",
    "Corporation",
    "Bureau",
    "Assembly",
    "Board",
    "Chancellery",
    "Organisation",
    "Organization",
    "Undertaking",
    "Centre",
    "Center",
    "Fund",
    "Union",
    "Alliance",
    "Treasury",
    "Senate",
    "Prosecutor",
    "Ombudsman",
    "Confederation",
    "Taskforce",
];

/// Nouns that do so only beside an abbreviation, a link, bold type, or as the title of a governance entry.
const WEAK_HEADS: &[&str] = &[
    "Service",
    "Group",
    "Team",
    "Unit",
    "Company",
    "Society",
    "House",
    "Partnership",
    "Consortium",
    "Force",
    "Division",
    "Cluster",
    "Community",
    "Hub",
    "Network",
    "School",
    "Laboratory",
    "Services",
];

/// Those for which a link or bold type is enough.
const MARKED: &[&str] = &["Group", "Team", "Company", "Consortium", "Force", "Division", "Cluster", "Laboratory"];

/// Words of other languages for the same.
const FOREIGN: &[&str] = &[
    "Universitat",
    "Universität",
    "Università",
    "Université",
    "Universidad",
    "Politecnico",
    "Högskolan",
    "Syndicat",
    "Institut",
    "Réseau",
    "Ministerstvo",
    "Stichting",
    "Agentschap",
    "Bundesamt",
    "Agence",
];

/// Bodies known everywhere, under names without such a noun.
const KNOWN: &[&str] = &[
    "Eurostat",
    "United Nations",
    "OECD",
    "NATO",
    "ENISA",
    "Microsoft",
    "Google",
    "IBM",
    "NVIDIA",
    "Oracle",
    "Cisco",
    "Huawei",
    "Hewlett-Packard",
    "Hewlett Packard",
    "Vodafone",
    "Deutsche Telekom",
    "World Economic Forum",
    "Council of Europe",
    "Europol",
    "CERN",
    "Interpol",
    "Siemens",
    "Ericsson",
    "Nokia",
    "Samsung",
    "Deloitte",
    "Accenture",
    "KPMG",
];

/// Names in capitals that are none.
const NOT_BODIES: &[&str] = &[
    "public administration",
    "digital public administration",
    "electronic administration",
    "court of",
    "european union",
    "open data",
    "national bank account",
    "central bank account",
    "data protection officer",
    "police force",
    "eparliament",
    "head office",
    "post office",
    "back office",
    "front office",
    "front-office",
    "back-office",
    "members of parliament",
    "member of parliament",
    "microsoft office",
    "e-administration",
    "council decision",
    "council directive",
    "eadministration",
    "data centre",
    "data center",
    "call centre",
    "contact centre",
    "service centre",
    "european social fund",
    "cohesion fund",
    "european regional development fund",
    "digital union",
    "energy union",
    "customs union",
    "life",
    "minister",
    "supreme",
    "council of",
    "online library",
    "digital library",
];

/// What bodies make and have, in capitals behind their names.
const THINGS: &[&str] = &[
    "Decree",
    "Decrees",
    "Decision",
    "Decisions",
    "Axes",
    "Strategic",
    "Strategy",
    "Act",
    "Law",
    "Laws",
    "Portal",
    "Portals",
    "Regulation",
    "Regulations",
    "Order",
    "Ordinance",
    "Circular",
    "Resolution",
    "Report",
    "Project",
    "Registries",
    "Register",
    "Website",
    "Platform",
    "Programme",
    "Plan",
];

/// A word with where it stands.
struct Word<'a> {
    range: Range<usize>,
    bare: &'a str,
    /// Punctuation before or behind it.
    opens: bool,
    closes: Option<char>,
}

/// One body while its mentions are gathered.
#[derive(Clone, Debug, Default)]
struct Body {
    names: Vec<String>,
    abbreviation: String,
    native: String,
}

/// Bodies of the body of the factsheet, by their first lines.
pub fn organisations(spots: &[Spot<'_>], country: Geo) -> Vec<Organisation> {
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    let read: Vec<&Spot<'_>> =
        spots.iter().filter(|s| s.chapter.is_some() && (s.is_text() || matches!(s.kind, SpotKind::EntryTitle))).collect();
    for spot in &read {
        let title = spot.kind == SpotKind::EntryTitle;
        if title && spot.chapter == Some(Chapter::Governance) {
            governance_title(&spot.passage.text, country, &mut bodies);
        }
        for mention in mentions(&spot.passage) {
            add(mention, country, &mut bodies);
        }
    }
    merge(country, &mut bodies);
    first_lines(&read, &bodies)
}

/// A name with what its bracket says.
struct Mention {
    name: String,
    abbreviation: String,
    native: String,
}

fn add(mention: Mention, country: Geo, bodies: &mut BTreeMap<String, Body>) {
    let body = bodies.entry(key(&mention.name, country)).or_default();
    if !body.names.contains(&mention.name) {
        body.names.push(mention.name);
    }
    if body.abbreviation.is_empty() {
        body.abbreviation = mention.abbreviation;
    }
    if body.native.is_empty() {
        body.native = mention.native;
    }
}

/// One key for all forms of a name: `Ministry of the Economy` and `Ministry for Economy`, `Council for eGovernment` and
/// `Electronic Governance Council`, `National Archives` and `National Archives of Malta`; a parliament is the country's own.
fn key(name: &str, country: Geo) -> String {
    let lower = name.to_lowercase().replace(['’', '-', '.'], " ").replace("electronic ", "e");
    let small = |w: &&str| !matches!(*w, "of" | "for" | "the" | "and" | "&" | "s" | "'s" | "on" | "in" | "republic");
    let mut words: Vec<&str> = lower.split_whitespace().filter(small).collect();
    if words.contains(&"parliament") && words.first() != Some(&"european") && words.len() <= 3 {
        return "parliament".to_owned();
    }
    // `Maltese Ministry for Justice`
    if words.len() > 2 && words[1] == "ministry" {
        words.remove(0);
    }
    let home = |w: &str| w.len() > 2 && Geo::parse(w) == Some(country);
    if words.iter().filter(|w| !home(w)).count() >= 2 {
        words.retain(|w| !home(w));
    }
    let mut stems: Vec<String> = words.into_iter().map(stem).collect();
    stems.sort_unstable();
    stems.join(" ")
}

/// A word without the endings in which forms of one name differ.
fn stem(word: &str) -> String {
    let govern = ["government", "governance", "governing"].iter().find_map(|w| word.strip_suffix(w));
    if let Some(before) = govern {
        return format!("{before}govern");
    }
    let word = word.replace("center", "centre").replace("iza", "isa");
    word.strip_suffix('s').filter(|w| w.len() > 3 && !w.ends_with('s')).map_or(word.clone(), str::to_owned)
}

/// Bodies that share an abbreviation, or of which one's native name is the other's name, are one.
fn merge(country: Geo, bodies: &mut BTreeMap<String, Body>) {
    let mut by_short: BTreeMap<String, String> = BTreeMap::new();
    let keys: Vec<String> = bodies.keys().cloned().collect();
    for own in &keys {
        let Some(body) = bodies.get(own).cloned() else { continue };
        for short in [key(&body.abbreviation, country), key(&body.native, country), own.clone()].into_iter().filter(|s| s.len() > 1) {
            match by_short.get(&short).cloned() {
                Some(other) if other != *own => {
                    if let Some(body) = bodies.remove(own) {
                        let target = bodies.entry(other.clone()).or_default();
                        target.names.extend(body.names);
                        if target.abbreviation.is_empty() {
                            target.abbreviation = body.abbreviation;
                        }
                        if target.native.is_empty() {
                            target.native = body.native;
                        }
                    }
                    break;
                }
                Some(_) => {}
                None => {
                    by_short.insert(short, own.clone());
                }
            }
        }
    }
}

/// Titles of governance entries are bodies, but for those that name a topic.
fn governance_title(title: &str, country: Geo, bodies: &mut BTreeMap<String, Body>) {
    static TOPIC: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?i)\b(?:responsibilit\w+|governance|interoperability$|system|strategy|municipalities$|regions|framework|coordination$|policy$|officers?$|local authorities|local government$|programme|project|law|act)\b").expect("a valid pattern")
    });
    let name = title.split(" - ").next().unwrap_or(title);
    let (name, bracket) = name.split_once(" (").map_or((name, ""), |(n, b)| (n, b.trim_end_matches(')')));
    if name.len() > 120 || (TOPIC.is_match(name) && !HEADS.iter().any(|h| name.contains(h))) {
        return;
    }
    let (abbreviation, native) = read_bracket(bracket);
    add(Mention { name: name.trim().to_owned(), abbreviation, native }, country, bodies);
}

/// Every name of a body in a passage.
fn mentions(passage: &Passage) -> Vec<Mention> {
    let text = passage.text.as_str();
    let mut found = Vec::new();
    let hints = Hints::of(text);
    let words = if hints.noun { words(text) } else { Vec::new() };
    let mut until = 0;
    for i in 0..words.len() {
        let word = &words[i];
        if word.bare.len() < 3 || !word.bare.bytes().any(|b| b.is_ascii_uppercase()) {
            continue;
        }
        let last = word.bare.rsplit('-').next().unwrap_or(word.bare);
        let strong = HEADS.contains(&word.bare) || (last.len() < word.bare.len() && HEADS.contains(&last));
        let weak = WEAK_HEADS.contains(&word.bare);
        let foreign = FOREIGN.iter().any(|f| word.bare.strip_suffix(f).is_some_and(|r| r.is_empty() || r.ends_with('-')));
        if !(strong || weak || foreign) || word.range.start < until {
            continue;
        }
        let Some(range) = grow(text, &words, i, foreign) else { continue };
        // `relating to a Transparent and Open Administration`; a name in italics is read whole below.
        let vague = text[..range.start].ends_with(" a ") && strong && word.bare == "Administration";
        if vague || passage.marks.iter().any(|m| m.style == Style::Italic && m.range.start <= range.start && range.end < m.range.end) {
            continue;
        }
        let name = text[range.clone()].trim_end_matches(['’', '\'']).to_owned();
        let bracket = bracket(text, range.end);
        let (abbreviation, native) = read_bracket(bracket.as_deref().unwrap_or_default());
        let marked = passage.marks.iter().any(|m| {
            m.range.start <= range.start + 4
                && range.start <= m.range.end
                && range.end <= m.range.end + 1
                && !matches!(m.style, Style::Italic)
        });
        if !(strong
            || foreign
            || abbreviates(&abbreviation, &name, &native)
            || marked && MARKED.contains(&word.bare) && name.split(' ').count() > 1
            || word.bare == "Group" && name.ends_with("Working Group") && name.split(' ').count() > 2)
            || !is_body(&name, &text[range.end..])
        {
            continue;
        }
        until = range.end;
        found.push(Mention { name, abbreviation, native });
    }
    for mark in passage.marks.iter().filter(|m| m.style == Style::Italic && m.range.len() > 8) {
        let name = &text[mark.range.clone()];
        let (abbreviation, _) = read_bracket(&bracket(text, mark.range.end).unwrap_or_default());
        if !abbreviation.is_empty()
            && name.split(' ').count() > 1
            && name.starts_with(char::is_uppercase)
            && !text[..mark.range.start].ends_with('(')
        {
            found.push(Mention { native: name.to_owned(), name: name.to_owned(), abbreviation });
        }
    }
    for captures in hints.appositions(text).into_iter().flat_map(|part| APPOSED.captures_iter(part)) {
        let name = captures.name("name").or(captures.name("after")).or(captures.name("is")).expect("one of both is there").as_str();
        if name.chars().filter(|c| c.is_uppercase()).count() >= 1
            && name.len() > 3
            && !matches!(name, "In" | "This" | "The" | "Estonia" | "It" | "Europe")
        {
            found.push(Mention { name: name.trim_end().to_owned(), abbreviation: String::new(), native: String::new() });
        }
    }
    for captures in hints.agents(text).flat_map(|part| AGENT.captures(part)) {
        let name = captures.name("name").map_or("", |n| n.as_str()).trim_end_matches(['.', '-']);
        if is_agent(name) {
            found.push(Mention { name: name.to_owned(), abbreviation: String::new(), native: String::new() });
        }
    }
    found.extend(hints.known.into_iter().map(|i| Mention {
        name: KNOWN[i].to_owned(),
        abbreviation: String::new(),
        native: String::new(),
    }));
    found
}

/// What one pass over a passage tells: which names of `KNOWN` it has, and whether others are worth looking for.
#[derive(Default)]
struct Hints {
    known: BTreeSet<usize>,
    /// A noun of `HEADS`, `WEAK_HEADS` or `FOREIGN`: every name has one, but for those in italics and in appositions.
    noun: bool,
    /// Where a noun stands of which every match of `APPOSED` has one.
    appositions: Vec<usize>,
    /// Where a verb ends behind which an agent may be named.
    agents: Vec<usize>,
}

/// What bodies do, and programmes and laws do not; `by` or `with` follows.
const DEEDS: &[&str] = &[
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

const APPOSITIONS: &[&str] = &[
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
    fn of(text: &str) -> Self {
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
    fn agents<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.agents.iter().map(|at| &text[*at..text.floor_char_boundary(at + 60)])
    }

    /// The sentences with an apposition.
    fn appositions<'t>(&self, text: &'t str) -> Vec<&'t str> {
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
static AGENT: LazyLock<Pattern> = LazyLock::new(|| {
    let name = r"(?P<name>\p{Lu}[\p{L}\d&.-]*\p{L})";
    Pattern::new(&format!(r"^ (?:by|with) (?:the )?{name}(?:\s[^\p{{Lu}}]|[,;:)]|\.(?:\s|$)|$)")).expect("a valid pattern")
});

/// Abbreviations that are programmes, projects and notions.
const NO_AGENTS: &[&str] = &[
    "CEF", "CIO", "STORK", "ICT", "ICTS", "NIS", "EU", "SDG", "GDPR", "RRF", "DESI", "ISA", "ISA²", "EIF", "IT", "AI", "API", "APIS",
    "URL", "HTTPS", "PDF", "XML", "SMS", "NIF", "EIDAS", "PKI", "QR", "SAML", "OAUTH", "TLS", "VPN", "NRRP", "RRP", "ESIF", "ERDF", "ESF",
    "OOTS", "IMI", "TOOP", "PEPPOL",
];

fn is_agent(name: &str) -> bool {
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
static APPOSED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?P<name>\b\p{Lu}[\p{L}\d-]+(?:\s\p{Lu}[\p{L}\d-]+){0,3}),\s(?:the|a|an)\s(?:[\p{L}’'-]+\s){0,4}?(?:agency|provider of|company|operator|association|institute|global pioneer|non-profit organisation)\b|\b(?:private company|the company|non-profit organisation|state-owned company|public company)\s(?P<after>\p{Lu}[\p{L}\d-]+(?:\s\p{Lu}[\p{L}\d-]+){0,2})|^(?P<is>\p{Lu}[\p{L}\d-]+(?:\s\p{Lu}[\p{L}\d-]+){0,3})\sis\s(?:the|a|an)\s(?:[\p{L}’'-]+\s){0,5}?(?:agency|company|association|institute|centre|non-profit organisation|public body|consortium|operator)\b")
        .expect("a valid pattern")
});

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let trimmed = token.trim_end();
        // Most words stand without punctuation.
        if !trimmed.is_empty() && trimmed.bytes().all(|b| b.is_ascii_alphanumeric()) {
            words.push(Word { range: at..at + trimmed.len(), bare: trimmed, opens: false, closes: None });
            at += token.len();
            continue;
        }
        let start = at + (trimmed.len() - trimmed.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '&').len());
        let bare = trimmed.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let own = bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare);
        if bare.is_empty() {
            if let Some(last) = words.last_mut() {
                let last: &mut Word<'_> = last;
                last.closes = last.closes.or(trimmed.chars().next());
            }
        } else {
            let behind = &text[start + bare.len()..at + trimmed.len()];
            words.push(Word {
                range: start..start + own.len(),
                bare: own,
                opens: start > at,
                closes: if own.len() < bare.len() { Some('’') } else { behind.chars().next() },
            });
        }
        at += token.len();
    }
    words
}

fn capital(word: &Word<'_>) -> bool {
    word.bare.starts_with(|c: char| c.is_uppercase() || c == '&')
        || (word.bare.starts_with('e') && word.bare.chars().nth(1).is_some_and(char::is_uppercase))
        || (word.bare.chars().any(char::is_uppercase) && word.bare.chars().next().is_some_and(|c| c.is_ascii_digit()))
        || word.bare.starts_with("Inter-")
}

/// Capitals in one piece: an abbreviation cannot be the second half of a list inside a name.
fn is_short(word: &str) -> bool {
    word.len() <= 8 && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// The name around a noun.
fn grow(text: &str, words: &[Word<'_>], head: usize, foreign: bool) -> Option<Range<usize>> {
    let start = grow_left(words, head);
    let mut end = head;
    let mut i = head;
    // To the right only over `of` and `for`, their lists, and capitals behind foreign nouns.
    let mut commas = false;
    while i + 1 < words.len() {
        if let Some(mark) = words[i].closes {
            if !(mark == ',' && i > head && list_goes_on(words, i)) {
                break;
            }
            commas = true;
        }
        let mut j = i + 1;
        if words[j].opens {
            break;
        }
        let first = words[j].bare;
        let link = matches!(first, "of" | "for" | "de" | "des" | "du" | "di" | "della" | "da")
            || (i > head && matches!(first, "and" | "&" | "on"))
            || (matches!(first, "on") && i == head);
        if link {
            j += 1;
            if words.get(j).is_some_and(|w| w.bare == "the" || w.bare == "la" || w.bare == "l") {
                // `X and the Y` are two.
                if matches!(first, "and" | "&") {
                    break;
                }
                j += 1;
            }
            let Some(next) = words.get(j) else { break };
            // `Secretariat of X of the Ministry of Y`: whose it is, is no part of its name.
            if first == "of" && next.bare == "Ministry" {
                break;
            }
            let second = matches!(first, "and" | "&")
                && (is_short(next.bare) || HEADS.contains(&next.bare) || (HEADS.contains(&words[i].bare) && i > head) || another(words, j));
            if !capital(next)
                || next.opens
                || second
                || words[i].closes.is_some() && !commas
                || (first == "of" && next.bare.starts_with(|c: char| c.is_ascii_digit()))
            {
                break;
            }
        } else if !(capital(&words[j]) && (i > head || foreign || WEAK_HEADS.contains(&first) || words[i].closes == Some(',')))
            || is_short(first) && i == head
        {
            break;
        }
        i = j;
        end = j;
        if end - head > 24 {
            break;
        }
    }
    // `Council of Ministers Decree`: what a body made.
    while end > head && (THINGS.contains(&words[end].bare) || matches!(words[end].bare, "of" | "for" | "and")) {
        end -= 1;
    }
    let range = words[start].range.start..words[end].range.end;
    (start < head || end > head || words[head].bare == "Parliament" || words[head].bare.contains('-') && foreign)
        .then_some(range)
        .filter(|r| text.is_char_boundary(r.end))
}

/// Whether a list in a name ends in `and X` with nothing but capitals before.
fn list_goes_on(words: &[Word<'_>], at: usize) -> bool {
    let mut i = at + 1;
    let mut run = 0;
    while let Some(word) = words.get(i) {
        if word.opens || HEADS.contains(&word.bare) {
            return false;
        }
        if matches!(word.bare, "and" | "&") {
            return run > 0
                && words.get(i + 1).is_some_and(|w| capital(w) && !is_short(w.bare) && !HEADS.contains(&w.bare))
                && !another(words, i + 1);
        }
        if !capital(word) || is_short(word.bare) {
            return false;
        }
        run += 1;
        if run > 6 || word.closes.is_some_and(|c| c != ',') {
            return false;
        }
        i += 1;
    }
    false
}

/// Whether behind `and` another body's name begins: its noun follows within a few capitals.
fn another(words: &[Word<'_>], from: usize) -> bool {
    for word in words[from..].iter().take(5) {
        if HEADS.contains(&word.bare) {
            return true;
        }
        if !capital(word) || word.closes.is_some() {
            return false;
        }
    }
    false
}

fn grow_left(words: &[Word<'_>], head: usize) -> usize {
    let mut start = head;
    let mut i = head;
    while i > 0 {
        let word = &words[i - 1];
        if words[i].opens {
            break;
        }
        if let Some(mark) = word.closes {
            // `Registration Duties, Estates and VAT Authority`
            let list = mark == ','
                && i < head
                && words[i..head].iter().any(|w| w.bare == "and")
                && capital(word)
                && !matches!(word.bare, "In" | "However" | "Moreover" | "Furthermore")
                && i >= 2
                && capital(&words[i - 2])
                && words[i - 2].closes.is_none()
                && !HEADS.contains(&words[i - 2].bare)
                && !HEADS.contains(&word.bare)
                && !is_short(word.bare);
            if !list {
                break;
            }
        }
        if capital(word) {
            let country = i < head && words[i].bare == "and" && Geo::parse(word.bare).is_some();
            let other = country || HEADS.contains(&word.bare) && i < head && matches!(words[i].bare, "and" | "&");
            if other || is_lead(word.bare, i - 1, words) {
                break;
            }
            start = i - 1;
        } else if i >= head || !matches!(word.bare, "and" | "&") {
            break;
        }
        i -= 1;
    }
    start
}

/// A capital that only begins a sentence.
fn is_lead(word: &str, at: usize, words: &[Word<'_>]) -> bool {
    let begins = at == 0 || words[at - 1].closes.is_some_and(|c| matches!(c, '.' | ':' | ';' | '!' | '?'));
    begins
        && matches!(
            word,
            "The"
                | "A"
                | "An"
                | "This"
                | "In"
                | "On"
                | "Since"
                | "As"
                | "At"
                | "By"
                | "Through"
                | "While"
                | "When"
                | "Each"
                | "Every"
                | "Its"
                | "Under"
                | "With"
                | "For"
                | "From"
                | "To"
                | "Following"
                | "Although"
                | "Also"
                | "Both"
                | "Another"
                | "One"
                | "Some"
                | "All"
                | "Other"
                | "After"
                | "Before"
                | "Currently"
                | "Today"
                | "Once"
                | "If"
                | "That"
                | "These"
                | "Those"
                | "Former"
                | "New"
                | "Within"
                | "Furthermore"
                | "Moreover"
                | "Additionally"
                | "Finally"
                | "However"
                | "Secondly"
                | "Firstly"
                | "Therefore"
                | "Thus"
        )
        || matches!(word, "The" | "Minister" | "President" | "Director" | "Mr" | "Ms")
}

fn is_body(name: &str, after: &str) -> bool {
    let lower = name.to_lowercase();
    let act = ["Directive", "Regulation", "Decision", "Implementing"].iter().any(|w| after.trim_start().starts_with(w));
    let plain = NOT_BODIES.iter().any(|n| lower == *n)
        || lower.ends_with("public administration")
        || lower.starts_with("minister ")
        || lower.contains("data centre")
        || lower.ends_with("processing unit")
        || lower.starts_with("organisation of");
    let things = [
        "Act",
        "Law",
        "Strategy",
        "Plan",
        "Decree",
        "Portal",
        "Register",
        "Registry",
        "Programme",
        "Platform",
        "System",
        "Project",
        "Regulations",
    ]
    .iter()
    .any(|w| after.trim_start().starts_with(w));
    !act && !plain && !things && name.len() <= 200
}

/// Whether most capitals of an abbreviation are initials or capitals of the name.
fn abbreviates(short: &str, name: &str, native: &str) -> bool {
    if !native.is_empty() {
        return !short.is_empty();
    }
    let has = |capital: &&char| {
        let initial = |w: &str| w.chars().next().is_some_and(|c| c.to_lowercase().eq(capital.to_lowercase()));
        name.contains(**capital) || name.split([' ', '-']).any(initial)
    };
    let capitals: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let known = capitals.iter().filter(has).count();
    capitals.len() >= 2 && known * 4 >= capitals.len() * 3 && !short.ends_with('s') && !name.contains("-as-a")
}

/// What stands in brackets right behind a name.
fn bracket(text: &str, end: usize) -> Option<String> {
    let rest = text[end..].trim_start_matches(['’', '\'', '”']);
    let rest = rest.strip_prefix(" (").or_else(|| rest.strip_prefix('('))?;
    let close = rest.find(')')?;
    (close <= 200).then(|| rest[..close].to_owned())
}

/// Whether words are of another language than English: letters with marks, or the small words of other languages.
fn is_foreign(words: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "des", "du", "di", "della", "dei", "van", "voor", "het", "der", "und", "für", "zur", "et", "la", "les", "za", "pri", "och",
        "og", "ja", "per", "il", "do", "da", "dos", "el", "del", "y", "ta", "dla", "na", "pentru", "és", "un",
    ];
    const ENGLISH: &[&str] = &["of", "for", "the", "and", "formerly", "with", "under", "National", "System"];
    let any = |is: &dyn Fn(&str) -> bool| words.split([' ', ',']).filter(|w| !w.is_empty()).any(is);
    let english =
        any(&|w| ENGLISH.contains(&w) || HEADS.contains(&w) || WEAK_HEADS.contains(&w) || w.ends_with("’s") || Geo::parse(w).is_some());
    let marked = words.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
        || any(&|w| SMALL.contains(&w))
        || FOREIGN.iter().any(|f| words.contains(f));
    let name = words.split(' ').all(|w| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic));
    !english && (marked || name)
}

/// Abbreviation and name in the own language of a bracket: `Centre des technologies ..., CTIE`.
fn read_bracket(inner: &str) -> (String, String) {
    let short = |t: &str| {
        let count = t.chars().filter(|c| c.is_uppercase()).count();
        !t.contains(' ')
            && t.len() <= 14
            && (count >= 2 || (count == 1 && t.len() <= 9 && t.len() >= 4))
            && t.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '&' | '.' | '/'))
    };
    let unit = |t: &str| {
        t.split(' ').count() == 2 && t.split_once(' ').is_some_and(|(a, b)| short(a) && (HEADS.contains(&b) || WEAK_HEADS.contains(&b)))
    };
    let spaced = |t: &str| t.split(' ').count() == 2 && t.split(' ').all(|w| w.len() <= 5 && w.chars().all(char::is_uppercase));
    if inner.is_empty() || Geo::parse(inner).is_some() || inner.starts_with("e.g") || inner.starts_with("i.e") {
        return (String::new(), String::new());
    }
    match inner.rsplit_once(", ") {
        Some((native, abbreviation)) if short(abbreviation) => (abbreviation.to_owned(), native.to_owned()),
        Some(_) | None if short(inner) || spaced(inner) || unit(inner) => (inner.to_owned(), String::new()),
        Some((first, rest)) if short(first) => (first.to_owned(), rest.to_owned()),
        Some(_) | None if inner.starts_with(char::is_uppercase) && inner.split(' ').count() >= 2 && is_foreign(inner) => {
            (String::new(), inner.to_owned())
        }
        Some(_) | None => (String::new(), String::new()),
    }
}

/// Runs of letters and digits with where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let inside = |at: usize| match bytes[at] {
        byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        // The later bytes of a letter follow its first one.
        0x80..=0xbf => true,
        _ => text[at..].starts_with(char::is_alphanumeric),
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..bytes.len()).find(|i| !matches!(bytes[*i], 0x80..=0xbf) && inside(*i))?;
        let mut end = start + 1;
        while end < bytes.len() && inside(end) {
            end += 1;
        }
        at = end;
        Some((start, &text[start..end]))
    })
}

fn whole_word(text: &str, at: usize, length: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric()) && !text[at + length..].starts_with(|c: char| c.is_alphanumeric())
}

/// A form of a body's name: where its first word stands in it, and whose it is.
struct FormOf {
    form: String,
    lead: usize,
    body: usize,
}

/// Finds the first line on which any form of each body stands.
fn first_lines(spots: &[&Spot<'_>], bodies: &BTreeMap<String, Body>) -> Vec<Organisation> {
    let bodies: Vec<&Body> = bodies.values().filter(|b| !b.names.is_empty()).collect();
    // Every form by its first word.
    let mut forms: HashMap<String, Vec<FormOf>> = HashMap::new();
    let mut initials = [false; 256];
    for (i, body) in bodies.iter().enumerate() {
        for form in body.names.iter().chain([&body.abbreviation, &body.native]).filter(|f| f.len() >= 2) {
            let Some((lead, word)) = words_of(form).next() else { continue };
            initials[usize::from(word.as_bytes()[0])] = true;
            forms.entry(word.to_owned()).or_default().push(FormOf { form: form.clone(), lead, body: i });
        }
    }
    let mut first: Vec<Option<(Lines, String)>> = vec![None; bodies.len()];
    // Per body, the form of the passage that ends first.
    let mut here: BTreeMap<usize, (usize, Reverse<usize>, &str)> = BTreeMap::new();
    for spot in spots {
        let text = spot.passage.text.as_str();
        for (at, word) in words_of(text).filter(|(_, w)| initials[usize::from(w.as_bytes()[0])]) {
            for found in forms.get(word).into_iter().flatten().filter(|f| first[f.body].is_none() && f.lead <= at) {
                let start = at - found.lead;
                let there = text.as_bytes()[start..].starts_with(found.form.as_bytes());
                if there && whole_word(text, start, found.form.len()) {
                    let end = (start + found.form.len(), Reverse(found.form.len()), found.form.as_str());
                    let known = here.entry(found.body).or_insert(end);
                    *known = (*known).min(end);
                }
            }
        }
        for (body, (end, length, form)) in std::mem::take(&mut here) {
            first[body] = Some((spot.passage.lines_of(&(end - length.0..end)), form.to_owned()));
        }
    }
    let mut rows: Vec<Organisation> = bodies
        .iter()
        .zip(first)
        .filter_map(|(body, first)| {
            let (lines, form) = first?;
            let name =
                body.names.iter().find(|n| **n == form).or_else(|| body.names.iter().max_by_key(|n| n.len())).cloned().unwrap_or(form);
            Some(Organisation { name, abbreviation: body.abbreviation.clone(), native_name: body.native.clone(), lines })
        })
        .collect();
    rows.sort_by(|a, b| (a.lines, &a.name).cmp(&(b.lines, &b.name)));
    rows
}
