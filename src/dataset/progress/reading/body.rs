//! Organisations and people that a report names.

use super::country;
use super::statement::passages;
use crate::dataset::{Organisation, Person};
use crate::document::pattern::Pattern;
use crate::document::progress::line::{hull, trimmed};
use crate::document::progress::wording::stems;
use crate::document::progress::{Body, Brochure};
use crate::source::Text;
use crate::vocabulary::Geo;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Nouns that make a name a body's.
const BODY_NOUNS: &str = "Ministry|Department|Chamber|Institute|University|School|Centre|Center|Agency|Authority|Commission|Council|Office|Library|\
    Foundation|Association|Federation|Parliament|Service|Services|Inspectorate|Directorate|Secretariat|Bank|House|Red Cross|Health Fund|Observatory|\
    Polytechnic|College|Hospital|Court|Board|Registry|Museum|Archive|Archives|Cluster|Union of";

/// Acronyms that name a technology, a rule or a place, in any brochure on digitalisation.
const NO_BODIES: &[&str] = &[
    "AI", "ICT", "IT", "VR", "AR", "DLT", "GDPR", "QCI", "HPC", "STEM", "SME", "SMEs", "DESI", "PUE", "QR", "EU", "PSI", "B2B", "B2C",
    "API", "IOT", "IoT", "HR", "PDF", "COVID", "USA", "UK", "UN", "LU", "R&D", "SQL", "TV", "GHZ", "GHz", "MHz", "CEO", "CTO", "CIO", "ID",
    "EID", "FAQ", "KPI", "NGO", "NGOs", "PPP", "ERP", "CRM", "SMS", "GIS", "SDG", "SDGs", "WHY", "WHAT", "DSA", "DMA", "NFT", "ML", "IOs",
    "IPv6", "iPad", "OK",
];

static BODIES: LazyLock<Pattern> = LazyLock::new(|| {
    let cap = r"\p{Lu}[\p{L}\d]*\p{Ll}[\p{L}\d-]*";
    let sequence = format!(r"{cap}(?:\s{cap})*");
    let tail = format!(r"{sequence}(?:(?:,\s{sequence})*,?\s(?:&|and)\s{sequence})?");
    Pattern::new(&format!(
        r"(?P<name>(?:{cap}\s(?:&\s)?)*(?:{BODY_NOUNS})\b(?:\s(?:of|for)\s(?:the\s)?{tail})?)(?:\s\((?P<abbr>\p{{Lu}}[\p{{L}}\d]{{1,9}})\))?"
    ))
    .expect("a valid pattern")
});

/// A name in its own spelling where only a body can act: `organized by X`, `with X`, `operator X`, and lists that go on from there.
static ACTORS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?:\b(?:by|with|at|from|through|operator)\s(?:the\s)?|’s\s|\bthe\s)(?P<list>\p{Lu}\p{L}*\p{Lu}\p{L}*(?:(?:,\s|,?\s(?:&|and)\s)(?:the\s)?\p{Lu}\p{L}*\p{Lu}\p{L}*)*)",
    )
    .expect("a valid pattern")
});

/// `between X, Y, the Z`: a list of bodies, whatever their spelling.
static BETWEEN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\bbetween\s(?P<list>\p{Lu}[\p{L}\d]{2,}(?:,\s(?:the\s)?\p{Lu}[\p{L}\d]{2,}\b)+)").expect("a valid pattern")
});

/// An acronym that goes on a list of bodies: `Chamber of Commerce & X`.
static ALSO: LazyLock<Pattern> = LazyLock::new(|| Pattern::brief(r"^(?:,|\s&|\sand)\s(?P<name>\p{Lu}{3,})\b").expect("a valid pattern"));

/// A description that opens with whose programme it is.
static PROGRAM: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"^(?P<name>\p{Lu}\p{Ll}{4,})\sprogram(?:me)?\b").expect("a valid pattern"));

/// What a body's name is not followed by: an act named after a subject, or a thing that bears the name.
static NOT_AFTER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s(?:(?:Act|Directive|Regulation|Strategy|Programme|Plan|Law)\b|for\s\p{Lu}|(?:[a-z-]+\s){0,2}(?:portal|app|platform|system|course|service|bands?|debate)\b)")
        .expect("a valid pattern")
});

static MADE_BY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\b(?:organi[sz]ed|run|led|founded|operated|managed|hosted|supported|developed|awarded|distributed|Award|forces)\s(?:by|with)\s(?P<name>\p{Lu}[\p{L}\d]+(?:\s\p{Lu}[\p{L}\d]+)*)")
        .expect("a valid pattern")
});

/// `(Cisco, Nvidia, Paypal, etc.)`: names in a list that is not closed.
static AND_SO_ON: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?:[(–—-]\s?|\s)(?P<list>\p{Lu}\p{L}*\p{Ll}\p{L}*(?:,\s\p{Lu}\p{L}*\p{Ll}\p{L}*)+),\setc\.").expect("a valid pattern")
});

static PARTNER: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"^(?P<name>\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)*)\s[Pp]artnership\b").expect("a valid pattern"));

static OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?P<role>(?:Deputy\s|Vice\s|Prime\s|State\s|Foreign\s)*(?:Minister|President|Chancellor|Commissioner|Director(?:\sGeneral)?|Mayor|Secretary\sof\sState|Secretary\sGeneral)(?:\s(?:of|for)\s\p{Lu}\p{L}+)?)\s(?P<name>\p{Lu}\p{L}+(?:[\s-]\p{Lu}\p{L}+)+)",
    )
    .expect("a valid pattern")
});

/// Organisations at their first line, and mentions of people, both in the order of the text.
pub fn bodies(brochure: &Brochure, text: &Text, geo: Option<Geo>) -> (Vec<Organisation>, Vec<Person>) {
    let mut names: Vec<(String, String)> = Vec::new();
    let mut people: Vec<Person> = Vec::new();
    let running = Running::of(text);
    for (passage, _) in passages(brochure) {
        for found in BODIES.captures_iter(&passage.text) {
            let abbreviation = found.name("abbr").map_or("", |m| m.as_str());
            let whole = found.get(0).expect("a match has itself");
            let after = &passage.text[whole.end()..];
            let subject = ["Service", "Services"].iter().any(|s| found["name"].contains(&format!("{s} for")))
                || found["name"].starts_with("Digital ");
            if NOT_AFTER.is_match(after) || subject {
                continue;
            }
            names.extend(ALSO.captures(after).filter(|c| !NO_BODIES.contains(&&c["name"])).map(|c| (c["name"].to_owned(), String::new())));
            names.push((without_article(&found["name"]), abbreviation.to_owned()));
        }
        for found in BETWEEN.captures_iter(&passage.text) {
            names.extend(found["list"].replace("the ", "").split(", ").map(|n| (n.to_owned(), String::new())));
        }
        names.extend(PROGRAM.captures(&passage.text).map(|c| (c["name"].to_owned(), String::new())));
        for found in ACTORS.captures_iter(&passage.text) {
            if NOT_AFTER.is_match(&passage.text[found.get(0).expect("a match has itself").end()..]) {
                continue;
            }
            let list = found["list"].replace(" & ", ",").replace(" and ", ",").replace("the ", "");
            let own = list.split(',').map(str::trim).filter(|n| n.chars().count() >= 3 && !NO_BODIES.contains(n));
            names.extend(own.map(|n| (n.to_owned(), String::new())));
        }
        names.extend(MADE_BY.captures_iter(&passage.text).map(|c| (c["name"].to_owned(), String::new())));
        for found in AND_SO_ON.captures_iter(&passage.text) {
            names.extend(found["list"].split(", ").map(|n| (n.to_owned(), String::new())));
        }
        for found in OFFICE.captures_iter(&passage.text) {
            let name = found["name"].to_owned();
            if let Some(lines) = running.find(&name) {
                people.push(Person { name, role: found["role"].to_owned(), lines, organisation: String::new() });
            }
        }
    }
    for section in &brochure.sections {
        if let Body::Area(area) = &section.body {
            let milestones = area.years.iter().flat_map(|y| &y.milestones).chain(area.loose.iter().flat_map(|l| &l.milestones));
            for milestone in milestones {
                names.extend(PARTNER.captures(&milestone.text).map(|c| (c["name"].to_owned(), String::new())));
                names.extend(BODIES.captures_iter(&milestone.text).map(|c| (without_article(&c["name"]), String::new())));
            }
        }
        if let Body::Interview(interview) = &section.body {
            let parts = [&interview.interviewee, &interview.role, &interview.organisation];
            let lines: Vec<u32> = parts.iter().flat_map(|p| p.lines.clone()).collect();
            if !interview.interviewee.is_empty() {
                people.push(Person {
                    name: interview.interviewee.text.clone(),
                    role: interview.role.text.clone(),
                    lines: hull(&lines),
                    organisation: interview.organisation.text.clone(),
                });
            }
            // In lower case there: by the spelling that the running text has.
            names.extend(running.spelling(&interview.organisation.text).map(|n| (n, String::new())));
        }
    }
    names.extend(country::movement(text, geo).map(|n| (n, String::new())));
    people.sort_by(|a, b| (a.lines, &a.name).cmp(&(b.lines, &b.name)));
    people.dedup();
    (merge(names, &running), people)
}

fn without_article(name: &str) -> String {
    ["The ", "In ", "Our ", "At ", "With ", "By ", "For "].iter().find_map(|a| name.strip_prefix(a)).unwrap_or(name).to_owned()
}

/// One row for each body: forms of the same words or with the same abbreviation are one, under the longest name.
fn merge(names: Vec<(String, String)>, running: &Running) -> Vec<Organisation> {
    let mut groups: BTreeMap<Vec<String>, (Vec<String>, String)> = BTreeMap::new();
    let bare_nouns: Vec<&str> = BODY_NOUNS.split('|').collect();
    let key = |name: &str| stems(&name.replacen("EU ", "European ", 1));
    for (name, abbreviation) in names.iter().filter(|(n, _)| n.contains(' ') || !bare_nouns.contains(&n.as_str())) {
        let group = groups.entry(key(name)).or_default();
        if !group.0.contains(name) {
            group.0.push(name.clone());
        }
        if group.1.is_empty() {
            group.1.clone_from(abbreviation);
        }
    }
    // An acronym that a longer name spells, or that a bracket gives to it, is that name's.
    let keys: Vec<Vec<String>> = groups.keys().cloned().collect();
    for own in &keys {
        let Some((forms, _)) = groups.get(own) else { continue };
        let [form] = forms.as_slice() else { continue };
        let form = form.clone();
        if form.contains(' ') {
            continue;
        }
        let owner = groups.iter().find(|(k, (forms, abbreviation))| {
            *k != own
                && (abbreviation.eq_ignore_ascii_case(&form)
                    || forms.iter().any(|f| initials(f).eq_ignore_ascii_case(&form) && f.contains(' ')))
        });
        if let Some(owner) = owner.map(|(k, _)| k.clone()) {
            groups.remove(own);
            let group = groups.get_mut(&owner).expect("the owner was just found");
            if group.1.is_empty() {
                group.1 = form;
            }
        }
    }
    let mut out: Vec<Organisation> = Vec::new();
    for (forms, abbreviation) in groups.into_values() {
        let lines = forms.iter().chain(Some(&abbreviation).filter(|a| !a.is_empty())).filter_map(|f| running.find(f)).min();
        let name = forms.iter().max_by_key(|f| (f.chars().count(), std::cmp::Reverse(f.as_str()))).cloned().unwrap_or_default();
        if let Some(lines) = lines {
            out.push(Organisation { name, abbreviation, native_name: String::new(), lines });
        }
    }
    out.sort_by(|a, b| (a.lines, &a.name).cmp(&(b.lines, &b.name)));
    out
}

/// First letters of the words of a name; small words keep theirs small: `LHoFT`.
fn initials(name: &str) -> String {
    name.split_whitespace().filter(|w| !matches!(*w, "&" | "and" | "the")).filter_map(|w| w.chars().next()).collect()
}

/// The whole text in one string, to find names that a line's end breaks.
struct Running {
    text: String,
    /// The same in lower case, where that keeps every offset.
    lower: Option<String>,
    starts: Vec<(usize, u32)>,
}

impl Running {
    fn of(text: &Text) -> Self {
        let mut running = Self { text: String::new(), lower: None, starts: Vec::new() };
        for (n, _) in text.lines() {
            running.starts.push((running.text.len(), n));
            running.text.push_str(trimmed(text, n));
            running.text.push(' ');
        }
        running.lower = Some(running.text.to_lowercase()).filter(|l| l.len() == running.text.len());
        running
    }

    fn line(&self, offset: usize) -> u32 {
        let at = self.starts.partition_point(|(start, _)| *start <= offset);
        self.starts.get(at.saturating_sub(1)).map_or(1, |(_, n)| *n)
    }

    /// The first place where a name stands as words of their own.
    fn find(&self, name: &str) -> Option<crate::vocabulary::Lines> {
        let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        // Headlines of the family are in lower case: a name of several words is known there too; a single one needs a capital.
        let several = name.contains(' ');
        let acronym = name.chars().filter(|c| c.is_uppercase()).count() >= 2 && name.chars().count() <= 6;
        let (text, wanted) = match &self.lower {
            Some(lower) if !acronym || several => (lower.as_str(), name.to_lowercase()),
            Some(_) | None => (self.text.as_str(), name.to_owned()),
        };
        text.match_indices(&wanted).find_map(|(at, _)| {
            let end = at + wanted.len();
            let alone = free(text[..at].chars().next_back()) && free(text[end..].chars().next());
            let capital = several || self.text[at..].chars().next().is_some_and(char::is_uppercase);
            (alone && capital).then(|| hull(&[self.line(at), self.line(end - 1)]))
        })
    }

    /// How a name is spelled with capitals, at its first such place.
    fn spelling(&self, name: &str) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        let tokens: Vec<&str> = self.text.split_whitespace().map(|t| t.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let found = tokens.windows(words.len()).find(|w| {
            w.iter().zip(&words).all(|(a, b)| a.to_lowercase() == b.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
                && w.first().is_some_and(|f| f.chars().next().is_some_and(char::is_uppercase))
        });
        found.map(|w| w.join(" "))
    }
}
