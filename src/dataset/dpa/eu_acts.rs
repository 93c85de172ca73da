//! Acts of the European Union.

use super::spot::{Spot, SpotKind};
use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY};
use crate::dataset::{Artefact, ArtefactKind};
use crate::dataset::{Certainty, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::pattern::{Captures, Pattern};
use crate::vocabulary::{Lines, Place};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// A mention of an EU act.
#[derive(Clone, Debug, PartialEq)]
pub struct EuAct {
    /// Year/number.
    pub identifier: String,
    /// As printed.
    pub identifier_as_written: String,
    /// Directive, regulation, decision or other.
    pub act_type: String,
    /// Title as printed.
    pub title: String,
    /// Transposes, implements, aligns with or completes.
    pub relation: String,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub certainty: Certainty,
    pub lines: Lines,
}

impl Record for EuAct {
    const SCHEMA: Schema = Schema {
        name: "eu_acts",
        title: "EU acts",
        row: "one mention of an EU act",
        columns: &[
            column("identifier", ColumnType::Text, "year/number"),
            column("identifier_as_written", ColumnType::Text, "as printed"),
            column("act_type", ColumnType::Text, "directive, regulation, decision or other"),
            column("title", ColumnType::Text, "title as printed"),
            column("relation", ColumnType::Text, "transposes, implements, aligns with or completes"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
            CERTAINTY,
            ALTERNATIVES,
        ],
        key: &["line_start", "identifier", "title"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.identifier),
            Value::text(&self.identifier_as_written),
            Value::text(&self.act_type),
            Value::text(&self.title),
            Value::text(&self.relation),
            Value::text(&self.section_number),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            Value::text(self.certainty.as_str()),
            Value::text(self.certainty.alternatives().join("|")),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

pub static SWAPPED: Rule = Rule {
    id: "DPA020",
    severity: Severity::Warning,
    title: "A directive is numbered year/number, a regulation before 2015 number/year.",
    source: "Publications Office: interinstitutional style guide",
    explanation: "Where only the half behind the stroke can be a year, the halves were swapped. The identifier is put in order in the data, the printed form is kept beside it.",
};

/// Kinds of acts as they are printed, the longer first.
const KIND: &str =
    r"(?:(?:Council |Commission |Delegated |Implementing |Framework )*(?:Directives?|Regulations?|Decisions?|Recommendations?))";

/// A numbered act: kind, perhaps its subject in between, number with its marks. `1148 of 2016` is read too.
static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| {
    let mark = r"\(?\s?(?:EU|EC|EEC|ЕС|UE|Euratom)\s?\)?";
    let number = r"(?P<a>\d{1,4})\s?/\s?(?P<b>\d{1,4})(?P<suffix>\s?/\s?(?:EC|EU|EEC|ЕС|JHA|CFSP|Euratom))?";
    let pattern = format!(
        r"(?i)(?P<pre>\b(?:EU|European|EC)\s)?(?P<kind>\b{KIND})\s?(?P<brackets>[\[(]*)(?:{KIND}\s)?(?P<mark>{mark})?\s?(?P<no>No\.?\s?°?\s?|N°\s?|nr\.?\s?)?(?:{number}|(?P<c>\d{{1,4}})\sof\s(?P<d>(?:19|20)\d\d))"
    );
    Pattern::new(&pattern).expect("a valid pattern")
});

/// A further number of a list: `Directives 2014/23/EU, 2014/24/EU and 2014/25/EU`.
static NEXT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s?(?:,|and|or|, and|&)\s(?P<a>\d{1,4})/(?P<b>\d{1,4})(?P<suffix>/(?:EC|EU|EEC|JHA))?\b").expect("a valid pattern")
});

/// A number in brackets behind a name: `Directive on Electronic Signatures (1999/93/EC)`.
static BRACKETED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?P<name>\b(?:EU |European |the )?(?:[\p{Lu}\d][\w-]*\s){0,6}(?P<kind>Directive|Regulation|Decision)(?:\son(?:\s[\w’'-]+){1,12}?)?)\s?\(\[?(?P<mark>\(?(?:EU|EC)\)?\s)?(?:No\.?\s?)?(?P<a>\d{1,4})/(?P<b>\d{1,4})(?P<suffix>/(?:EC|EU|EEC|JHA))?\]?\)")
        .expect("a valid pattern")
});

/// Acts that texts call by name. The first word of a name before `Directive` or `Regulation` begins with a capital.
static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?x)
        (?P<gdpr>(?:\bEU\s|\bEuropean\s)?\b(?:General\s)?Data\sProtection\sRegulation\b(?:\s\(GDPR\))?|\bGDPR\b)
        |(?P<gber>(?i:\bgeneral\sblock\sexemption\sregulation\b)(?:\s\(GBER\))?|\bGBER\b)
        |(?P<eu>\b(?:EU|European)\s(?P<eukind>Directives?|Regulations?)\son\s(?:the\s)?[\p{L}-]+(?:\s(?:and|of|the|[\p{Lu}e][\p{L}-]*)){0,8})
        |(?P<name>\b(?:EU\s|European\s)?(?:[\p{Lu}e][\w’'-]*\s){1,5}(?:[12]\s|I{1,3}\s)?(?P<kind>Directive|Regulation)\b(?:\s\([A-Z]{2,6}\))?)
        |(?P<act>\b(?:EU\s|European\s)(?:[\p{Lu}][\w’'-]*\s){1,4}(?P<actkind>Act)\b|\b(?:Digital\sServices|Digital\sMarkets|AI|Artificial\sIntelligence|Data\sGovernance|Interoperable\sEurope|European\sAccessibility|EU\sCybersecurity)\sAct\b)",
    )
    .expect("a valid pattern")
});

/// Words before `Regulation` that make it a national one.
static NATIONAL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?i)\b(?:grand-?ducal|ducal|royal|government|governmental|ministerial|national|presidential|cabinet|council of ministers|state|municipal|statutory|draft|implementing|new|this|the|said|amended|technical|financial|government's)\s*(?:decree\s)?$")
        .expect("a valid pattern")
});

/// Mentions in content chapters, highlights and profile, one row each; a short name told in the same sentence as its number,
/// or twice on a line, is no further one.
pub fn eu_acts(spots: &[Spot<'_>], file: &str, artefacts: &mut Vec<Artefact>, diagnostics: &mut Vec<Diagnostic>) -> Vec<EuAct> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.tells_of_the_country() && (s.is_text() || s.kind == SpotKind::EntryTitle)) {
        let text = &spot.passage.text;
        let found = spot.eu_acts();
        let mut names: Vec<String> = Vec::new();
        for mention in found {
            let sentence = spot.sentence_at(mention.range.start);
            if mention.number.is_none() {
                let name = short(&text[mention.range.clone()]);
                let told = found.iter().any(|m| m.number.is_some() && sentence.contains(&m.range.start) && is_alias(text, mention));
                if told || names.contains(&name) {
                    continue;
                }
                names.push(name);
            }
            let lines = spot.passage.lines_of(&mention.range);
            let (identifier, certainty) = identifier(mention);
            if let Some((a, b)) = &mention.swapped {
                let printed = format!("{a}/{b}");
                let treatment = format!("read as {b}/{a}: only the second half can be a year");
                artefacts.push(Artefact {
                    kind: ArtefactKind::SourceTypo,
                    excerpt: text[mention.range.clone()].to_owned(),
                    treatment,
                    lines,
                });
                let help = "correct the number in the text that is published, or enter a correction";
                diagnostics.push(
                    Diagnostic::new(&SWAPPED, Place::lines(file, lines), format!("{b}/{a}"), printed.clone(), help).with_excerpt(
                        &text[sentence.clone()],
                        &printed,
                        "halves swapped",
                    ),
                );
            }
            let (title, end) = title(text, mention, sentence.end);
            let all = mention.range.start..end.max(mention.range.end);
            rows.push(EuAct {
                identifier,
                identifier_as_written: mention.written.clone(),
                act_type: mention.kind.to_owned(),
                title,
                relation: relation(text, &sentence, &mention.range).to_owned(),
                section_number: spot.section.to_owned(),
                certainty,
                lines: spot.passage.lines_of(&all),
            });
        }
    }
    rows
}

/// Where a text names acts of the Union, in order.
pub fn mentions(text: &str) -> Vec<Mention> {
    if !WORTH.is_match(text) {
        return Vec::new();
    }
    let mut found = numbered(text);
    named(text, &mut found);
    found.sort_by_key(|m| m.range.start);
    found
}

static WORTH: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)directive|regulation|decision|recommendation|\bGDPR\b|\bGBER\b|\bAct\b").expect("a valid pattern"));

/// One mention in a text.
#[derive(Debug)]
pub struct Mention {
    pub range: Range<usize>,
    kind: &'static str,
    written: String,
    /// Both halves in print order, where there is a number.
    number: Option<(u32, u32)>,
    swapped: Option<(u32, u32)>,
    /// Name before the number, where it stands there.
    name: Option<Range<usize>>,
}

fn numbered(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for captures in BRACKETED.captures_iter(text) {
        let whole = captures.get(0).expect("a match has a whole").range();
        let eu = captures.name("suffix").is_some() || captures.name("mark").is_some() || &captures["kind"] == "Directive";
        if eu && let (Some(a), Some(b)) = (half(&captures, "a"), half(&captures, "b")) {
            let written = captures.name("a").map_or(String::new(), |m| {
                text[m.start()..captures.name("suffix").map_or(captures.name("b").map_or(m.end(), |b| b.end()), |s| s.end())].to_owned()
            });
            let name = captures.name("name").map(|n| n.range());
            found.push(mention(whole, kind_of(&captures["kind"]), written, a, b, name));
        }
    }
    for captures in NUMBERED.captures_iter(text) {
        let whole = captures.get(0).expect("a match has a whole").range();
        if found.iter().any(|f| f.range.start < whole.end && whole.start < f.range.end) {
            continue;
        }
        let kind = kind_of(&captures["kind"]);
        let (Some(a), Some(b)) = (half(&captures, "a").or(half(&captures, "c")), half(&captures, "b").or(half(&captures, "d"))) else {
            continue;
        };
        let marked = captures.name("mark").is_some() || captures.name("suffix").is_some() || captures.name("pre").is_some();
        let institution = captures["kind"].to_lowercase().contains("commission") || captures["kind"].to_lowercase().contains("council");
        let on_paper = KNOWN.contains(&(a.max(b), a.min(b)));
        let national = kind != "directive" && !marked && !on_paper && NATIONAL.is_match(&text[..whole.start]);
        if !(marked || institution || kind == "directive" || on_paper) || national {
            continue;
        }
        let start = captures.name("a").or(captures.name("c")).map_or(whole.start, |m| m.start());
        let written = text[start..whole.end].to_owned();
        let mut end = whole.end;
        let mut new = mention(whole.clone(), kind, written, a, b, None);
        if captures.name("c").is_some() {
            // `1148 of 2016` names number and year in words.
            new.swapped = None;
        }
        found.push(new);
        while let Some(next) = NEXT.captures(&text[end..]) {
            let range = next.get(0).expect("a match has a whole").range();
            let (Some(a), Some(b)) = (half(&next, "a"), half(&next, "b")) else { break };
            let from = next.name("a").map_or(end, |m| end + m.start());
            let upto = end + range.end;
            found.push(mention(from..upto, kind, text[from..upto].to_owned(), a, b, None));
            end = upto;
        }
    }
    found
}

/// Regulations that texts name without the mark of the Union: number and year, the larger first.
const KNOWN: &[(u32, u32)] =
    &[(2014, 910), (2016, 679), (2018, 1724), (2018, 1807), (2016, 1148), (2022, 2555), (2022, 2065), (2022, 1925)];

fn half(captures: &Captures<'_>, name: &str) -> Option<u32> {
    captures.name(name)?.as_str().parse().ok()
}

fn kind_of(printed: &str) -> &'static str {
    let printed = printed.to_lowercase();
    if printed.contains("directive") {
        "directive"
    } else if printed.contains("regulation") {
        "regulation"
    } else if printed.contains("decision") {
        "decision"
    } else {
        "other"
    }
}

fn mention(range: Range<usize>, kind: &'static str, written: String, a: u32, b: u32, name: Option<Range<usize>>) -> Mention {
    let year = |n: u32| (1957..=2040).contains(&n);
    // Before 1999 years were printed with two digits: `95/46/EC`.
    let short = |n: u32| (57..=99).contains(&n);
    let swapped = (kind == "directive" && !year(a) && !short(a) && year(b)).then_some((a, b));
    Mention { range, kind, written, number: Some((a, b)), swapped, name }
}

/// Year/number: the half that can be a year is the year; if both can, the kind and the time decide, and the row says so.
fn identifier(mention: &Mention) -> (String, Certainty) {
    let Some((a, b)) = mention.number else { return (String::new(), Certainty::certain()) };
    let year = |n: u32| (1957..=2040).contains(&n);
    let short = |n: u32| (57..=99).contains(&n);
    let ordered = |y: u32, n: u32| format!("{}/{n}", if y < 100 { y + 1900 } else { y });
    match (year(a), year(b)) {
        (true, false) => (ordered(a, b), Certainty::certain()),
        (false, true) => (ordered(b, a), Certainty::certain()),
        // Since 2015 everything is year/number.
        (true, true) if a >= 2015 => (ordered(a, b), Certainty::certain()),
        (true, true) if b >= 2015 => (ordered(b, a), Certainty::among(vec![ordered(a, b)])),
        (true, true) => {
            // A regulation of an earlier year was number/year.
            let number_first = mention.kind == "regulation" && b < 2015;
            let (y, n) = if number_first { (b, a) } else { (a, b) };
            (ordered(y, n), Certainty::among(vec![ordered(n, y)]))
        }
        (false, false) if short(a) => (ordered(a, b), Certainty::certain()),
        (false, false) if short(b) => (ordered(b, a), Certainty::certain()),
        (false, false) => (format!("{a}/{b}"), Certainty::among(vec![format!("{b}/{a}")])),
    }
}

/// Words of which every act in `NAMED` has one.
static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["Directive", "Regulation", "GDPR", "GBER", "Act"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a few short words")
});

fn named(text: &str, found: &mut Vec<Mention>) {
    // No name goes on over a stop or a comma.
    let mut begin = 0;
    for part in text.split_inclusive(['.', ',', ';', ':']) {
        if NAMES.is_match(part) {
            named_in(text, begin..begin + part.len(), found);
        }
        begin += part.len();
    }
}

fn named_in(text: &str, part: Range<usize>, found: &mut Vec<Mention>) {
    for captures in NAMED.captures_iter(&text[part.clone()]) {
        let mut range = captures.get(0).map_or(part.clone(), |m| part.start + m.start()..part.start + m.end());
        let kind = if let Some(kind) = captures.name("kind").or(captures.name("eukind")) {
            kind_of(kind.as_str())
        } else if captures.name("actkind").is_some() || captures.name("act").is_some() {
            "other"
        } else {
            "regulation"
        };
        if captures.name("name").is_some() {
            let Some(start) = name_start(text, &range) else { continue };
            range.start = start;
        }
        if captures.name("eu").is_some()
            && let Some(on) = text[range.clone()].find(" on ")
        {
            let rest = &text[range.start + on..];
            let end = END.find(rest).map_or(rest.len(), |m| m.start()).min(120);
            let end = (0..=end).rev().find(|i| rest.is_char_boundary(*i)).unwrap_or(0);
            range.end = range.start + on + rest[..end].trim_end_matches(['.', ',']).len();
        }
        let overlaps = found.iter().any(|f| f.range.start < range.end && range.start < f.range.end);
        // `Directive 2014/55/EU` is numbered; `the NIS Directive (2016/1148)` as well.
        let numbered = text[range.end..].trim_start_matches([' ', '(', '[']).starts_with(|c: char| c.is_ascii_digit())
            || text[range.end..].starts_with(" (EU)")
            || text[range.end..].starts_with(" (EC)")
            || text[range.end..].starts_with(" (2")
            || text[range.end..].starts_with(" No");
        if !overlaps && !numbered {
            let written = String::new();
            found.push(Mention { name: Some(range.clone()), range, kind, written, number: None, swapped: None });
        }
    }
}

/// Where a name before `Directive` begins; `None` for a national regulation and for a bare `Directive`.
fn name_start(text: &str, range: &Range<usize>) -> Option<usize> {
    let printed = &text[range.clone()];
    let (words, kind) = if let Some(i) = printed.rfind("Directive") {
        (&printed[..i], "Directive")
    } else {
        (&printed[..printed.rfind("Regulation")?], "Regulation")
    };
    let skip = ["The ", "This ", "In ", "A ", "An ", "Following ", "Under ", "Since ", "As ", "Each ", "While ", "Both ", "With "]
        .iter()
        .find_map(|w| words.strip_prefix(w).map(|_| w.len()))
        .unwrap_or(0);
    let name = words[skip..].trim();
    if name.is_empty()
        || matches!(name, "EU" | "European" | "Commission" | "Council" | "Delegated" | "Implementing")
        || NATIONAL.is_match(&words[skip..])
    {
        return None;
    }
    // A regulation is the Union's only where its name is known to be: short names in capitals or with the Union's name.
    let european = kind == "Directive" || name.starts_with("EU") || name.starts_with("European") || EUROPEAN_REGULATIONS.contains(&name);
    european.then_some(range.start + skip)
}

const EUROPEAN_REGULATIONS: &[&str] = &[
    "eIDAS",
    "Single Digital Gateway",
    "SDG",
    "ePrivacy",
    "Cybersecurity",
    "Roaming",
    "Prospectus",
    "EuroHPC",
    "Schengen",
    "CEF",
    "RRF",
    "Open Internet",
    "Dublin",
    "Web Accessibility",
];

/// A name without articles, in small letters.
fn short(name: &str) -> String {
    let name = name.to_lowercase();
    if name.contains("gdpr") || name.contains("data protection regulation") {
        return "gdpr".to_owned();
    }
    name.trim_start_matches("the ").trim_start_matches("eu ").split(" (").next().unwrap_or_default().to_owned()
}

/// Whether a name only repeats in brackets what the number before says: `(the eIDAS Regulation)`.
fn is_alias(text: &str, mention: &Mention) -> bool {
    let before = &text[..mention.range.start];
    let before = before.trim_end_matches(['‘', '\'', '"', ' ']).trim_end_matches("the").trim_end_matches(['‘', '\'', '"', ' ']);
    ["(", "so-called", "known as", "called", "referred to as", "i.e.", "or"].iter().any(|w| before.ends_with(w))
}

static ON: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"^\)?\]?(?:\s?\((?:EU|EC|PSI|NIS|[A-Z]{2,6})\))?(?:,?\sof\sthe\sEuropean\sParliament(?:,?\sand\sof\sthe\sCouncil|\sand\sthe\sCouncil)?)?(?:,?\sof\s\d{1,2}\s\p{L}+\s\d{4})?,?\s(?P<title>(?:on|concerning|regarding|as regards|establishing|laying down|amending|relating to)\s.+)$",
    )
    .expect("a valid pattern")
});

/// Where a title ends: at a verb, a bracket, a stop, a comma that does not go on in small words.
static END: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\s?[(;:]|\.(?:\s|$)|,\s(?:which|plus|and (?:the|is|including|was|to|has)|the|as|it|in (?:order|particular)|was|is|with|thus|while|also|by|aims|into|amending|repealing|this|on|that|\w+ing)\b|\s(?:is|was|were|are|has|have|had|will|shall|can|may|aims|entered|came|into|by|through|in (?:its|the field|order|May|June|July|January|February|March|April|August|September|October|November|December|19|20)|which|that|and (?:is|was|has|in|repealing|its|covers|aims|to|including)|since|requires?|sets|provides?|under|ensur\w+|entered|applies)\b")
        .expect("a valid pattern")
});

/// The title as printed: behind the number, or the name before it.
fn title(text: &str, mention: &Mention, sentence_end: usize) -> (String, usize) {
    if let Some(name) = &mention.name {
        let words = &text[name.clone()];
        if mention.number.is_some()
            && let Some(on) = words.find(" on ")
        {
            return (words[on + 1..].to_owned(), mention.range.end);
        }
        let words = words.trim_start_matches("the ");
        if mention.number.is_some() && words.split(' ').count() == 1 {
            return (String::new(), mention.range.end);
        }
        return (words.to_owned(), mention.range.end);
    }
    let rest = &text[mention.range.end..sentence_end.max(mention.range.end)];
    let Some(found) = ON.captures(rest).and_then(|c| c.name("title")) else { return (String::new(), mention.range.end) };
    let printed = found.as_str();
    let end = END.find(printed).map_or(printed.len(), |m| m.start());
    let printed = printed[..end].trim_end_matches([',', '.', ' ']);
    (printed.to_owned(), mention.range.end + found.start() + printed.len())
}

static RELATIONS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)(?P<t>\btranspos\w+)|(?P<i>\bimplement(?:s|ed|ing|ation)?\b)|(?P<c>\bcomplet(?:es|ed|ing)\b|\bsupplement(?:s|ed|ing)\b|\bcomplement(?:s|ed|ing)\b)|(?P<a>\bin(?:to)? line with\b|\balign\w*\b|\bharmoni[sz]\w+|\bcompl(?:y|ies|iant|iance)\b|\bconform\w*\b|\badapt\w+ to\b)",
    )
    .expect("a valid pattern")
});

/// The last verb of relation before the act, in its own sentence; behind it only for `is transposed`.
fn relation(text: &str, sentence: &Range<usize>, range: &Range<usize>) -> &'static str {
    let name = |c: &Captures<'_>| {
        if c.name("t").is_some() {
            "transposes"
        } else if c.name("i").is_some() {
            "implements"
        } else if c.name("c").is_some() {
            "completes"
        } else {
            "aligns with"
        }
    };
    let from = sentence.start.min(range.start);
    let before = &text[from..range.start];
    let last = RELATIONS.captures_iter(before).last().filter(|c| {
        let gap = before.len() - c.get(0).map_or(0, |m| m.end());
        gap <= 160 && !before[before.len() - gap..].contains(';')
    });
    if let Some(found) = last {
        return name(&found);
    }
    let end = sentence.end.max(range.end);
    let after = &text[range.end..end];
    static PASSIVE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(r"(?i)\b(?:is|was|were|are|been|be|fully)\s(?:\w+\s){0,2}?transposed\b").expect("a valid pattern"));
    if PASSIVE.find(after).is_some_and(|m| m.start() < 160) { "transposes" } else { "" }
}
