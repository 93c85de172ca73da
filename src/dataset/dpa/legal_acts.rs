//! Dated national acts.

use super::dates::FoundDate;
use super::eu_acts;
use super::spot::Spot;
use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY};
use crate::dataset::{Certainty, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::document::outline::{Passage, Style};
use crate::document::pattern::Pattern;
use crate::vocabulary::{Edtf, Lines};
use std::ops::Range;
use std::sync::LazyLock;

/// A mention of a dated national act.
#[derive(Clone, Debug, PartialEq)]
pub struct LegalAct {
    /// Title as printed.
    pub title: String,
    /// What kind of act.
    pub act_type: ActType,
    /// Date of the act or of what happened to it.
    pub date: Option<Edtf>,
    /// Year, month, day, interval or decade.
    pub date_precision: String,
    /// What happened on the date: act_date, adopted, passed, approved, published, in_force.
    pub date_role: String,
    /// Whether the mention calls the act amended.
    pub amended: bool,
    /// Number of the section as printed, empty outside the numbered body.
    pub section_number: String,
    pub certainty: Certainty,
    pub lines: Lines,
}

impl Record for LegalAct {
    const SCHEMA: Schema = Schema {
        name: "legal_acts",
        title: "Legal acts",
        row: "one mention of a dated national act",
        columns: &[
            column("title", ColumnType::Text, "title as printed"),
            column("act_type", ColumnType::Text, "what kind of act"),
            column("date", ColumnType::Date, "date of the act or of what happened to it"),
            column("date_precision", ColumnType::Text, "year, month, day, interval or decade"),
            column("date_role", ColumnType::Text, "what happened on the date: act_date, adopted, passed, approved, published, in_force"),
            column("amended", ColumnType::Boolean, "whether the mention calls the act amended"),
            column("section_number", ColumnType::Text, "number of the section as printed, empty outside the numbered body"),
            LINE_START,
            LINE_END,
            CERTAINTY,
            ALTERNATIVES,
        ],
        key: &["line_start", "title", "date"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.title),
            Value::text(self.act_type.as_str()),
            Value::text(self.date.map(|d| d.to_string()).unwrap_or_default()),
            Value::text(&self.date_precision),
            Value::text(&self.date_role),
            Value::Boolean(self.amended),
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

/// What kind of act it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActType {
    Law,
    Act,
    Regulation,
    Decree,
    Code,
    Decision,
    Ordinance,
    Constitution,
    Guidelines,
    Strategy,
    Other,
}

impl ActType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Act => "act",
            Self::Regulation => "regulation",
            Self::Decree => "decree",
            Self::Code => "code",
            Self::Decision => "decision",
            Self::Ordinance => "ordinance",
            Self::Constitution => "constitution",
            Self::Guidelines => "guidelines",
            Self::Strategy => "strategy",
            Self::Other => "other",
        }
    }
}

/// Nouns that name an act, capitalised or not, and what kind each is.
const HEADS: &[(&str, ActType)] = &[
    ("law", ActType::Law),
    ("laws", ActType::Law),
    ("act", ActType::Act),
    ("acts", ActType::Act),
    ("bill", ActType::Other),
    ("regulation", ActType::Regulation),
    ("regulations", ActType::Regulation),
    ("decree", ActType::Decree),
    ("decrees", ActType::Decree),
    ("decree-law", ActType::Decree),
    ("code", ActType::Code),
    ("decision", ActType::Decision),
    ("ordinance", ActType::Ordinance),
    ("constitution", ActType::Constitution),
    ("guidelines", ActType::Guidelines),
    ("strategy", ActType::Strategy),
    ("strategies", ActType::Strategy),
    ("legal notice", ActType::Other),
    ("l.n.", ActType::Other),
    ("ln", ActType::Other),
    ("order", ActType::Other),
    ("resolution", ActType::Other),
    ("rules", ActType::Other),
    ("statute", ActType::Other),
    ("circular", ActType::Other),
];

static HEAD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:[Ll]egal [Nn]otice|[Dd]ecree-[Ll]aw|[Ll]aws?|[Aa]cts?|Bill|[Rr]egulations?|[Dd]ecrees?|[Cc]ode|[Dd]ecision|[Oo]rdinance|Constitution|[Gg]uidelines|[Ss]trateg(?:y|ies)|Order|Resolution|Rules|Statute|Circular)\b|\bL\.N\.|\bLN",
    )
    .expect("a valid pattern")
});

/// A mention of an act: what is printed and where.
struct Mention {
    range: Range<usize>,
    act_type: ActType,
    amended: bool,
    /// `Legal Notice 430 of 2020`, `Law No. 4727/2020`: the year is in the number.
    year: Option<i16>,
}

/// What happened to an act: the verb's role, where it stands, and whether the act is its subject.
struct Verb {
    role: &'static str,
    range: Range<usize>,
    /// `was adopted`, `entered into force`: the act stands before it.
    subject: bool,
}

static VERB: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix)(?P<passive>\b(?:was|were|is|are|been|be|being|got)\s(?:[a-z]+ly\s|also\s|first\s|finally\s|then\s|further\s){0,2})?
        \b(?:(?P<adopted>adopted|adopts|adopting|adoption\ of|enacted|promulgated)
        |(?P<passed>passed|passes|passing)
        |(?P<approved>approved|approves|approving|ratified)
        |(?P<published>published|publishes|publication\ of)
        |(?P<force>(?:enter(?:ed|s|ing)?|c[ao]me|comes|coming|put|brought|went)\s(?:fully\s|partially\s)?in(?:to)?\s(?:force|effect|operation)|t(?:ook|akes|aking)\seffect|(?:has\sbeen\s)?in\sforce|(?:has\sbeen|have\sbeen|became|becomes|become|is)\s(?:legally\s)?(?:applicable|binding)|effective|entry\sinto\sforce))\b",
    )
    .expect("a valid pattern")
});

/// `in the State Gazette No. 94 of`: what stands between a publication and its date.
static GAZETTE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^\s(?:in|on)\s(?:the\s)?[^,;()]{0,40}(?:Gazette|Monitor|Journal|Bulletin)\b(?:[^,;()]{0,30}\s(?:of|on|dated))?")
        .expect("a valid pattern")
});

/// Where a title ends behind its noun.
static END: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\s?[(;:]|\.(?:\s|$)|,\s|\s(?:is|was|were|are|has|have|had|will|shall|can|may|must|aims?|entered|enters|came|comes|took|made|makes|by|through|which|that|who|since|under|with|as|and (?:amending|modifying|repealing|is|was|has|its|it|the Law|the Act)|sets?|[a-z]+(?:ed|ises|izes) (?:the|a|an|its|their|new|two|three|several)|provides?|obliges|ensur[a-z]+|applies|introduces?|introduced|entrust[a-z]*|authorises?|establishes|defines|transposed|repealed|modified|replaced|regulates|governs|lays|describes|covers|includes|contains|allows|enables|requires|stipulates|creates|in (?:order|its|the|which|line|January|February|March|April|May|June|July|August|September|October|November|December|19|20|force)|amending|modifying|repealing|dated|adopted|passed|approved|published|brought|presented|launched|focuses)\b",
    )
    .expect("a valid pattern")
});

static RIGHT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^\s(?:on|for|relating|related to|concerning|regarding|governing|about|transposing|establishing|implementing|of the|to)\s",
    )
    .expect("a valid pattern")
});

/// A number behind the noun: `No. 4727/2020`, `XI`, `429`, `216 of 2018`.
static ID: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^\s?(?P<no>(?:No\.?|Nr\.?|N°|№)\s?)?(?P<n>[IVXLC]{1,7}\b|\d{1,5})(?:(?:/|\s?-\s?|\sof\s)(?P<y>(?:19|20)\d\d)\b)?")
        .expect("a valid pattern")
});

/// Dated mentions of national acts in highlights and content chapters.
pub fn legal_acts(spots: &[Spot<'_>]) -> Vec<LegalAct> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.tells_of_the_country() && s.is_text()) {
        let passage: &Passage = &spot.passage;
        let text = passage.text.as_str();
        if spot.dates().looks.is_empty() || !HEAD.is_match(text) {
            continue;
        }
        let found = &spot.dates().found;
        let mentions = mentions(spot);
        if mentions.is_empty() {
            continue;
        }
        let verbs = verbs(text);
        let mut taken = vec![false; found.len()];
        let mut row = |mention: &Mention, date: Edtf, role: &str, all: Range<usize>| {
            rows.push(LegalAct {
                title: text[mention.range.clone()].to_owned(),
                act_type: mention.act_type,
                date: Some(date),
                date_precision: date.precision().as_str().to_owned(),
                date_role: role.to_owned(),
                amended: mention.amended,
                section_number: spot.section.to_owned(),
                certainty: if role == "act_date" { Certainty::certain() } else { of_amendment(text, mention) },
                lines: passage.lines_of(&all),
            });
        };
        for mention in &mentions {
            if let Some(date) = mention.year.and_then(Edtf::year) {
                row(mention, date, "act_date", mention.range.clone());
                for (i, other) in found.iter().enumerate().filter(|(_, d)| mention.range.contains(&d.range.start)) {
                    taken[i] |= other.date == date;
                }
            }
            // The nearest date behind the act that is its own.
            let own = (0..found.len()).find(|i| !taken[*i] && names(text, mention, &found[*i], &mentions));
            if let Some(i) = own {
                taken[i] = true;
                row(mention, found[i].date, "act_date", mention.range.start..mention.range.end.max(found[i].range.end));
            }
        }
        for sentence in spot.sentences() {
            let inside: Vec<&Mention> = mentions.iter().filter(|m| sentence.contains(&m.range.start)).collect();
            if inside.is_empty() {
                continue;
            }
            for (_, date) in found.iter().enumerate().filter(|(i, d)| !taken[*i] && sentence.contains(&d.range.start)) {
                let near = verbs_of(text, sentence, date, &verbs, found, &mentions).into_iter().flatten();
                // Nothing is adopted over years; a period beside `adopted` is that of the plan.
                let near = near.filter(|v| !matches!(date.date, Edtf::Interval(..)) || v.role == "in_force");
                let told = near.filter_map(|verb| act_of(text, verb, &inside, date).map(|m| (verb, m))).next();
                if let Some((verb, mention)) = told {
                    let all = mention.range.start.min(date.range.start)..mention.range.end.max(date.range.end);
                    row(mention, date.date, verb.role, all);
                }
            }
        }
    }
    rows.sort_by_key(|r| r.lines);
    rows
}

fn verbs(text: &str) -> Vec<Verb> {
    let role = |c: &regex::Captures<'_>| {
        ["adopted", "passed", "approved", "published"].into_iter().find(|n| c.name(n).is_some()).unwrap_or("in_force")
    };
    VERB.captures_iter(text)
        .map(|c| {
            let range = c.get(0).expect("a match has a whole").range();
            let role = role(&c);
            let through = text[range.end..].starts_with(" through");
            // `the Act, published in the Gazette of DATE, ...`
            let apposed = text[..range.start].ends_with(", ") && GAZETTE.is_match(&text[range.end..]);
            Verb { role, subject: role == "in_force" || c.name("passive").is_some() || through || apposed, range }
        })
        .collect()
}

/// Whether a date is the act's own: `Act on X of DATE`, `Law of DATE on X`, `Act (DATE)`, `Decree on X on DATE`.
fn names(text: &str, mention: &Mention, date: &FoundDate, mentions: &[Mention]) -> bool {
    if mention.range.contains(&date.range.start) {
        return date.of;
    }
    if date.range.start < mention.range.end {
        return false;
    }
    let between = &text[mention.range.end..date.range.start];
    if between.len() > 90
        || between.contains(['.', ';', ':']) && !between.contains("No.")
        || mentions.iter().any(|m| m.range.start >= mention.range.end && m.range.start < date.range.start)
    {
        return false;
    }
    let bracket = between.trim_start().strip_prefix('(').is_some_and(|b| b.trim().is_empty()) && text[date.range.end..].starts_with(')');
    let near = between.trim();
    let near = near.strip_prefix(", ").filter(|n| n.starts_with("dat")).unwrap_or(near);
    let of = matches!(near, "of" | "dated" | "dating" | "dating from" | "dating back to")
        || near == "from" && mention.act_type != ActType::Strategy;
    // An abbreviation or a body may stand in between: `(PSI) of`, `of the Council of Ministers of`.
    let further = date.of
        && near.ends_with("of")
        && (near.starts_with('(') && near.contains(')') && near.len() <= 50 && !near.contains([',', ';'])
            || near.starts_with("of the ") && !VERB.is_match(near));
    let on = near == "on" && text[mention.range.clone()].contains(" on ") && mention.act_type != ActType::Strategy;
    bracket || of && mention.act_type != ActType::Strategy || further && mention.act_type != ActType::Strategy || on
}

/// The verbs to which a date may belong: the nearest before it with no other date in between, and the first behind it.
fn verbs_of<'a>(
    text: &str,
    sentence: &Range<usize>,
    date: &FoundDate,
    verbs: &'a [Verb],
    dates: &[FoundDate],
    mentions: &[Mention],
) -> [Option<&'a Verb>; 2] {
    let before = verbs.iter().rev().find(|v| v.range.end <= date.range.start && v.range.start >= sentence.start);
    let before = before.filter(|verb| {
        let between = &text[verb.range.end..date.range.start];
        let other = dates.iter().any(|d| d.range.start >= verb.range.end && d.range.end <= date.range.start);
        let direct = between.len() <= 40;
        let gazette = GAZETTE.find(between).is_some_and(|m| m.end() + 8 >= between.len());
        let object = !verb.subject
            && mentions
                .iter()
                .any(|m| m.range.start >= verb.range.end && m.range.end <= date.range.start && date.range.start - m.range.end <= 12);
        !other && (direct && !between.contains([';', '.']) || object || gazette)
    });
    let after = verbs.iter().find(|v| v.range.start >= date.range.end && v.range.end <= sentence.end);
    let after = after.filter(|after| {
        let between = &text[date.range.end..after.range.start];
        let leading = text[sentence.start..date.range.start].trim().len() <= 60;
        let other = dates.iter().any(|d| d.range.start >= date.range.end && d.range.end <= after.range.start && !d.of);
        let inside = between.rfind('(').is_some_and(|o| !between[o..].contains(')'));
        leading && !other && !inside && between.len() <= 220
    });
    [before, after]
}

/// The act of a verb: its subject before it, or its object behind it.
fn act_of<'a>(text: &str, verb: &Verb, inside: &[&'a Mention], date: &FoundDate) -> Option<&'a Mention> {
    let subjects = || inside.iter().rev().filter(|m| m.range.end <= verb.range.start);
    let before = subjects().find(|m| !bracketed(text, m.range.start, verb.range.start)).or_else(|| subjects().next());
    let after = inside.iter().find(|m| m.range.start >= verb.range.end);
    let opening = text[..verb.range.start].trim_end();
    let participle = opening.is_empty() || opening.ends_with(". ") || opening.ends_with('.');
    let near = |m: &&&'a Mention| verb.range.start - m.range.end <= 260;
    // The object follows its verb, with at most a date and a few words between.
    let object = |m: &&&'a Mention| {
        let gap = &text[verb.range.end..m.range.start];
        gap.len() - overlap(&(verb.range.end..m.range.start), &date.range) <= 60
            && !gap.contains([';', ':'])
            && !gap.contains(" to ")
            && !gap.contains(" amendment")
    };
    if verb.subject {
        before.filter(near).copied()
    } else if participle {
        after.copied()
    } else {
        after.filter(object).copied()
    }
}

/// `amendments to the Act entered into force`: whether the amendments or the act did, is for a person to say.
fn of_amendment(text: &str, mention: &Mention) -> Certainty {
    const WORDS: [&str; 4] = ["amendments", "Amendments", "amendment", "Amendment"];
    let before = text[..mention.range.start].trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let noun = before.strip_suffix(" of").or_else(|| before.strip_suffix(" to"));
    match noun.and_then(|n| WORDS.iter().find_map(|w| n.strip_suffix(w))) {
        Some(rest) => {
            let title = &text[rest.len()..mention.range.end];
            Certainty::among(vec![format!("title={title}")])
        }
        None => Certainty::certain(),
    }
}

/// Whether something stands in brackets that close before `upto`.
fn bracketed(text: &str, at: usize, upto: usize) -> bool {
    let open = text[..at].rfind('(').is_some_and(|o| !text[o..at].contains(')'));
    open && text[at..upto.max(at)].contains(')')
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// All mentions of national acts in a passage, dated or not. A link around the noun says where the title ends.
fn mentions(spot: &Spot<'_>) -> Vec<Mention> {
    let passage: &Passage = &spot.passage;
    let text = passage.text.as_str();
    let dates = &spot.dates().found;
    let eu = spot.eu_acts();
    let mut all: Vec<Mention> = Vec::new();
    for head in HEAD.find_iter(text) {
        if all.last().is_some_and(|m| head.start() < m.range.end) {
            continue;
        }
        let Some(mention) = mention(passage, head.range(), dates, eu) else { continue };
        // A name that grew to the left over an act before it swallows that one.
        while all.last().is_some_and(|m| m.range.end > mention.range.start) {
            all.pop();
        }
        let further = more_numbers(text, &mention);
        all.push(mention);
        all.extend(further);
    }
    all
}

/// `Legal Notice 216 of 2018 and 335 of 2018`: the noun stands before the first number only.
fn more_numbers(text: &str, first: &Mention) -> Option<Mention> {
    static MORE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(r"^(?:,|\sand|,\sand)\s(?P<n>\d{1,4}\sof\s(?P<y>(?:19|20)\d\d))\b").expect("a valid pattern"));
    first.year?;
    let found = MORE.captures(&text[first.range.end..])?;
    let number = found.name("n")?;
    let range = first.range.end + number.start()..first.range.end + number.end();
    Some(Mention { range, act_type: first.act_type, amended: false, year: found.name("y")?.as_str().parse().ok() })
}

fn mention(passage: &Passage, head: Range<usize>, dates: &[FoundDate], eu: &[eu_acts::Mention]) -> Option<Mention> {
    let text = passage.text.as_str();
    let printed = text[head.clone()].to_lowercase();
    let act_type = HEADS.iter().find(|(h, _)| *h == printed || *h == format!("{printed}.")).map(|h| h.1)?;
    if european(text, &head) || eu.iter().any(|m| overlap(&m.range, &head) > 0) {
        return None;
    }
    let link = passage.marks.iter().find(|m| {
        matches!(m.style, Style::Link(_)) && m.range.start <= head.start && head.end <= m.range.end && m.range.len() > head.len()
    });
    let capital = text[head.clone()].starts_with(char::is_uppercase);
    // In small letters these are everyday words.
    if !capital && link.is_none() && matches!(act_type, ActType::Guidelines | ActType::Code | ActType::Decision) {
        return None;
    }
    if let Some(title) = apposition(passage, &head) {
        return Some(Mention { amended: amended(text, title.start), range: title, act_type, year: None });
    }
    let (mut start, mut end, mut year, mut head_end) = (head.start, head.end, None, head.end);
    if let Some(id) = ID.captures(&text[head.end..]) {
        let numbered = id.name("no").is_some() || id.name("y").is_some() || (capital && act_type != ActType::Strategy);
        let n = id.name("n").map_or("", |n| n.as_str());
        let plain_year = id.name("y").is_none() && n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
        let period = n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
        if numbered && !plain_year && !period && capital && act_type != ActType::Strategy {
            year = id.name("y").and_then(|y| y.as_str().parse().ok());
            end = head.end + id.get(0).map_or(0, |m| m.end());
            head_end = end;
        }
    }
    if let Some(link) = link {
        start = start.min(link.range.start);
        end = end.max(link.range.end);
    }
    if capital {
        start = start.min(grow_left(text, head.start));
    }
    let words = &text[start..head.start.max(start)];
    start += words.len() - words.trim_start_matches(['(', '[', '‘', '\'', '"', '“']).len();
    start += leading(&text[start..head.start.max(start)]);
    if link.is_none() || end == head_end {
        end = grow_right(text, end, dates, act_type);
    }
    // `Article 16 of Law No. 4782/2021`
    if text[start..head.start.max(start)].starts_with("Article")
        && let Some(of) = text[start..head.start].find(" of ")
    {
        start += of + 4;
        start += leading(&text[start..head.start.max(start)]);
    }
    let range = trim_brackets(text, start..end.max(head.end));
    let title = &text[range.clone()];
    let foreign = title.starts_with("EU ") || title.starts_with("European ") || title.starts_with("EU's");
    (!foreign && range.len() <= 400).then(|| Mention { amended: amended(text, range.start), range, act_type, year })
}

/// `[Principles for Managing Services](#) (a government regulation)`: the link before the bracket is the title.
fn apposition(passage: &Passage, head: &Range<usize>) -> Option<Range<usize>> {
    let text = passage.text.as_str();
    let open = text[..head.start].rfind('(')?;
    let words = &text[open + 1..head.start];
    let article = words.starts_with("a ") || words.starts_with("the ");
    if !article || words.len() > 40 || words.contains(')') || !text[head.end..].starts_with(')') {
        return None;
    }
    let before = text[..open].trim_end().len();
    passage.marks.iter().find(|m| matches!(m.style, Style::Link(_)) && m.range.end == before).map(|m| m.range.clone())
}

/// An act of the Union is none of the country.
fn european(text: &str, head: &Range<usize>) -> bool {
    let after = &text[head.end..];
    let mark = after.trim_start();
    let marked = ["(EU", "(EC", "(ЕС", "EU)", "(EEC"].iter().any(|m| mark.starts_with(m));
    let before = text[..head.start].trim_end();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let named = matches!(last, "Protection" if text[head.clone()].starts_with("Regulation") && before.ends_with("Data Protection") && !before.ends_with("Personal Data Protection"))
        || matches!(
            last,
            "eIDAS"
                | "GDPR"
                | "Implementing"
                | "Delegated"
                | "Commission"
                | "AI"
                | "Governance"
                | "Services"
                | "Markets"
                | "Exemption"
                | "exemption"
                | "Gateway"
        ) && (text[head.clone()].starts_with("Regulation")
            || before.ends_with("Data Governance")
            || before.ends_with("Digital Services")
            || before.ends_with("Digital Markets")
            || last == "AI");
    let union = before.ends_with("EU")
        || before.ends_with("European")
        || before.ends_with("Commission")
        || before.ends_with("Union's")
        || before.ends_with("Europe 2020");
    let slash = mark.starts_with(|c: char| c.is_ascii_digit())
        && (text[head.clone()].starts_with("Regulation") || text[head.clone()].starts_with("Decision"))
        && {
            let number: String = mark.chars().take_while(|c| c.is_ascii_digit() || *c == '/').collect();
            number.contains('/') && mark[number.len()..].starts_with('/')
                || mark.starts_with("910/2014")
                || mark[number.len()..].starts_with("E")
        };
    marked || named || union || slash
}

/// Capitalised words before the noun: `Electronic Identification and Trust Services for Electronic Transactions Act`.
fn grow_left(text: &str, head: usize) -> usize {
    let mut start = head;
    let mut pending = head;
    let mut words = 0;
    let mut rest = &text[..head];
    while words < 16 {
        let trimmed = rest.trim_end();
        if trimmed.len() == rest.len() && pending != head {
            break;
        }
        let Some(word) = trimmed.rsplit(char::is_whitespace).next().filter(|w| !w.is_empty()) else { break };
        let at = trimmed.len() - word.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.ends_with([',', '.', ';', ':', ')', '’', '\'', '"', '“']) && !(word.ends_with(',') && words > 0 && comma_list(trimmed))
        {
            break;
        }
        let name = bare.chars().any(char::is_uppercase) || (bare.starts_with(|c: char| c.is_ascii_digit()) && words > 0);
        let joint = matches!(bare, "and" | "of" | "for" | "&" | "on" | "in" | "to" | "the" | "a") && words > 0;
        if name {
            start = at;
        } else if !joint || matches!(bare, "the" | "a" | "to") {
            break;
        }
        pending = at;
        words += 1;
        rest = &text[..at];
        if word.starts_with(['(', '‘', '\'', '"', '“', '[']) {
            break;
        }
    }
    start
}

/// `X, Y and Z Act`: a comma inside a name stands between capitalised words.
fn comma_list(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    words.next().is_some_and(|w| w.starts_with(char::is_uppercase) && w.len() > 3)
        && words.next().is_some_and(|w| w.starts_with(char::is_uppercase) && !matches!(w, "In" | "On" | "The"))
}

/// Words at the beginning of a sentence or a link that are no part of the title.
fn leading(words: &str) -> usize {
    const OFF: &[&str] = &[
        "the ",
        "a ",
        "an ",
        "this ",
        "in ",
        "on ",
        "since ",
        "under ",
        "through ",
        "amended ",
        "modified ",
        "new ",
        "newly ",
        "revised ",
        "updated, ",
        "updated ",
        "current ",
        "previous ",
        "former ",
        "first ",
        "original ",
        "following ",
        "by ",
        "with ",
        "as ",
        "according ",
        "to ",
        "pursuant ",
        "draft ",
        "when ",
        "while ",
        "both ",
        "these ",
        "its ",
        "our ",
        "amendments to the ",
        "amendments to ",
        "amendment to the ",
        "furthermore, ",
        "moreover, ",
        "also, ",
        "finally, ",
        "additionally, ",
        "however, ",
    ];
    let mut at = 0;
    while let Some(off) = OFF.iter().find(|o| words.get(at..at + o.len()).is_some_and(|w| w.eq_ignore_ascii_case(o))) {
        at += off.len();
    }
    at
}

/// `on X`, `of DATE on X`: to the verb, the comma, the bracket, or the next date.
fn grow_right(text: &str, from: usize, dates: &[FoundDate], act_type: ActType) -> usize {
    let mut end = from;
    let own = dates.iter().find(|d| d.of && d.range.start >= from && text[from..d.range.start].trim() == "of");
    if let Some(date) = own {
        end = date.range.end;
    } else if let Some(period) =
        dates.iter().find(|d| d.range.start >= from && text[from..d.range.start].trim().is_empty() && act_type == ActType::Strategy)
    {
        end = period.range.end;
    }
    let Some(right) = RIGHT.find(&text[end..]) else { return end };
    let next = dates.iter().find(|d| d.range.start >= end).map_or(text.len(), |d| d.qualifier.start.min(d.range.start));
    let limit = (end + 260).min(text.len());
    let limit = (end..=limit).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(end);
    let rest = &text[end..limit];
    let stop = END.find(&rest[right.end() - 1..]).map_or(rest.len(), |m| m.start() + right.end() - 1);
    let mut stop = end + stop;
    if next < stop {
        let words = &text[end..next];
        let cut = words.trim_end();
        let cut =
            ["of", "on", "in", "from", "by", "dated", "as of", "since"].iter().find_map(|p| cut.strip_suffix(p)).unwrap_or(cut).trim_end();
        stop = end + cut.len();
    }
    if stop <= end + right.end() { end } else { stop }
}

/// No open bracket or quote at the ends.
fn trim_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let mut bare = part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '‘' | '\'' | '"' | '“'));
    while let Some(shorter) = [" and", " for the period", " for", " of", " on", " the", " which"].iter().find_map(|w| bare.strip_suffix(w))
    {
        bare = shorter.trim_end();
    }
    let end = bare.len();
    let lead = part.len() - part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '‘' | '\'' | '"' | '“')).len();
    range.start + lead.min(end)..range.start + end.max(lead.min(end))
}

/// Whether the word right before the title, perhaps inside the link, calls the act amended.
fn amended(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    let last = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "amended" | "modified")
}
