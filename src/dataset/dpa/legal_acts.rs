//! Dated national acts.

mod row;
mod title;
mod verb;

use super::dates::FoundDate;
use super::eu_acts;
use super::spot::Spot;
use crate::dataset::Certainty;
use crate::document::outline::{Passage, Style};
use crate::document::pattern::Pattern;
use crate::vocabulary::Edtf;
pub use row::{ActType, LegalAct};
use std::ops::Range;
use std::sync::LazyLock;
use title::{amended, grow_left, grow_right, leading, trim_brackets};
use verb::{VERB, act_of, of_amendment, overlap, verbs, verbs_of};

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

/// A number behind the noun: `No. 4727/2020`, `XI`, `429`, `216 of 2018`.
static ID: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s?(?P<no>(?:No\.?|Nr\.?|N°|№)\s?)?(?P<n>[IVXLC]{1,7}\b|\d{1,5})(?:(?:/|\s?-\s?|\sof\s)(?P<y>(?:19|20)\d\d)\b)?")
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
            let numbered = mention.year.and_then(Edtf::year);
            for (i, other) in found.iter().enumerate().filter(|(_, d)| mention.range.contains(&d.range.start)) {
                taken[i] |= Some(other.date) == numbered;
            }
            // The nearest date behind the act that is its own.
            let own = (0..found.len()).find(|i| !taken[*i] && names(text, mention, &found[*i], &mentions));
            // `No. 88/2021 of 3 November 2021`: the day says all that the number says.
            let told = own.is_some_and(|i| mention.year.is_some_and(|y| found[i].date.to_string().starts_with(&format!("{y}-"))));
            if let Some(date) = numbered.filter(|_| !told) {
                row(mention, date, "act_date", mention.range.clone());
            }
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
        LazyLock::new(|| Pattern::brief(r"^(?:,|\sand|,\sand)\s(?P<n>\d{1,4}\sof\s(?P<y>(?:19|20)\d\d))\b").expect("a valid pattern"));
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
