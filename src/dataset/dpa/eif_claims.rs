//! What the text says about the EIF Monitoring Mechanism's results.

mod row;

use super::spot::Spot;
use crate::dataset::Certainty;
use crate::document::dpa::Chapter;
use crate::document::outline::Passage;
use crate::document::pattern::Pattern;
pub use row::EifClaim;
use std::ops::Range;
use std::sync::LazyLock;

static SCOREBOARD: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?i)\bscoreboard\s(?P<n>[1-9])\b").expect("a valid pattern"));

/// `Principle 7 (Inclusion and Accessibility)`, `Principles 9 (..) and 12 (..)`: the later numbers stand without the word.
static PRINCIPLE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"(?i)\bprinciples?\s(?P<n>\d{1,2})(?P<name>\s?\([^()]{3,90}\))?").expect("a valid pattern"));
static FURTHER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s?(?:,\s?and|,|and|as well as)\s(?:in\s)?(?P<item>(?P<n>\d{1,2})(?P<name>\s?\([^()]{3,90}\))?)")
        .expect("a valid pattern")
});

/// `4 for Principle 2 and 3 for Principle 9`: the later score stands without the word.
static FURTHER_SCORE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::brief(r"^\s?(?:,\s?and|,|and)\s(?P<n>[1-4]|one|two|three|four)\s(?:for|in|on)\s").expect("a valid pattern"));

/// Layers of Scoreboard 2 and components of Scoreboard 3 in the words of the EIF.
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?ix)\b(?:
        (?:interoperability|integrated\spublic\sservices?(?:\sand)?)\sgovernance|(?:legal|organisational|organizational|semantic|technical)\sinteroperability(?:\slayer)?
        |(?:legal|organisational|semantic|technical)(?:,|\sand)\s(?:legal|organisational|semantic|technical)\sinteroperability
        |security\sand\sprivacy|(?:the\s)?conceptual\smodel(?:\sit-?self)?|catalogues(?:\sand\sexternal\sinformation\ssources(?:\sand\sservices)?)?|open\sdata|base\sregistries|open\sregistries
        |(?:internal|external)(?:\sand\sexternal)?\sinformation\ssources(?:\sand\sservices)?|integrated\spublic\sservice(?:s)?(?:\sprovision)?|services\sdelivery)\b",
    )
    .expect("a valid pattern")
});

/// Parts of the conceptual model, which Scoreboard 3 is about.
static COMPONENT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)^(?:catalogues.*|open\sdata|(?:base|open)\sregistries|security\sand\sprivacy|.*information\ssources.*|integrated\spublic\sservices?(?:\sprovision)?|services\sdelivery)$")
        .expect("a valid pattern")
});

/// Everything of a scoreboard: `all the interoperability layers`, `almost all of them`, `13 indicators out of 19`.
static WHOLE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?ix)\b(?:(?:almost\s)?(?:all|each|every|most|some)(?:\sof)?(?:\sthe(?:se)?)?\s(?:\w+\s){0,2}?(?:layers?|principles|components|recommendations|indicators|them)
        |\d{1,2}\sprinciples|(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\sindicators(?:\sout\sof\s\d{1,2})?)\b",
    )
    .expect("a valid pattern")
});

/// `(Principle 7 – Recommendation 14)`, `Recommendation 21`, `Recommendation 10 (Principle 6 – User centricity)`.
static RECOMMENDATION: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?i)(?:\((?:i\.e\.\s)?(?P<item>[^()]{3,80}?)\s?[-–—]\s?)?\brecommendations?\s(?P<n>\d{1,2})(?:\s\((?P<behind>[^()]{3,80})\))?",
    )
    .expect("a valid pattern")
});

static SCORE: LazyLock<Pattern> = LazyLock::new(|| {
    let number = "(?P<a>[1-4]|one|two|three|four)";
    Pattern::brief(&format!(
        r"(?ix)(?P<reach>\b(?:reach|obtain|achieve|attain|get\sto)\s(?:a|the)\s)?\b(?:(?:maximum\s|high\s|low\s|lowest\s|highest\s|full\s)?scores?(?:\sof)?|scoring|scored|score\srising\sfrom\s[1-4]\sto|go\sfrom\s[1-4]\sto|from\s[1-4]\sto|rated|scores\sa)\s{number}(?:\s(?P<and>and|or)\s(?P<b>[1-4])(?P<resp>,?\srespectively)?)?\b"
    ))
    .expect("a valid pattern")
});

/// Words after which a score is one that would be reached.
static WISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)\b(?:would|could|should|in order to|to (?:reach|obtain|achieve|attain|increase|match|improve)|will allow|allow(?:s|ing)? the country|by enhancing|can be|might)\b").expect("a valid pattern")
});

static ABOVE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?i)\b(?:above|exceed\w*|outperform\w*|higher (?:than|performance)|better than|performing better|surpass\w*|overperform\w*)\b",
    )
    .expect("a valid pattern")
});
static BELOW: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)\b(?:below|under|lower than|worse than|beneath|lags? behind|underperform\w*)\b").expect("a valid pattern")
});
static AT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)\b(?:in line with|aligned with|alignment with|meets?|meeting|mirror\w*|equal to|as good as|at|matches|on par with|same as|corresponds? to)\b").expect("a valid pattern")
});
static AVERAGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"(?i)\b(?:the\s)?(?:EU|European|Europe’s|EU27|Union)(?:\sUnion)?(?:['’]s)?\saverages?\b").expect("a valid pattern")
});

static IMPROVE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(
        r"(?i)\b(?:areas?\s(?:of|for)\s(?:further\s)?improvements?|room\sfor\s(?:further\s)?improvement|margins?\s(?:for|of)\s(?:further\s)?improvement|improvements?\s(?:can|could|may|might)\sbe|(?:could|can|should)\sbe\s(?:further\s)?(?:improved|bettered|enhanced|increased|strengthened|fostered)|could\s(?:further\s)?(?:increase|improve|enhance|strengthen|use|pay more attention|be related to)|hinders?|should\s(?:further|use|increase|improve)|potential\simprovement|there\sis\s(?:still\s)?room|need(?:s)?\s(?:further\s)?improvement|can\simprove|lower\sperformance)\b",
    )
    .expect("a valid pattern")
});

/// What a sentence part is about, with where it stands.
#[derive(Clone, Debug)]
struct Item {
    range: Range<usize>,
}

/// Claims of the paragraphs that name a scoreboard: one row for each item with what is said of it.
pub fn eif_claims(spots: &[Spot<'_>]) -> Vec<EifClaim> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.chapter == Some(Chapter::CountryProfile) && s.is_text()) {
        let text = spot.passage.text.as_str();
        let Some(found) = SCOREBOARD.captures(text) else { continue };
        let scoreboard = found["n"].to_owned();
        let mut memory = Memory::default();
        for sentence in spot.sentences() {
            claims_of(&spot.passage, sentence, &scoreboard, &mut memory, &mut rows);
        }
    }
    rows
}

/// What the sentences before spoke of.
#[derive(Default)]
struct Memory {
    last: Option<Item>,
    /// The item of the sentence before, where it had just one.
    sole: Option<Item>,
    improving: bool,
}

/// One claim while it is put together.
#[derive(Default)]
struct Draft {
    score: String,
    relation: &'static str,
    improve: bool,
    recommendation: String,
    alternatives: Vec<String>,
}

fn claims_of(passage: &Passage, sentence: &Range<usize>, scoreboard: &str, memory: &mut Memory, rows: &mut Vec<EifClaim>) {
    let text = passage.text.as_str();
    let part = &text[sentence.clone()];
    let mut items = items(text, sentence);
    if scoreboard == "2" {
        // The layers of interoperability; what else is named here, belongs to a recommendation's wording.
        items.retain(|i| !COMPONENT.is_match(&text[i.range.clone()]));
    }
    let lack = part.to_lowercase().find("lack of data").map(|i| sentence.start + i);
    if let Some(lack) = lack {
        // What no data are for has no score: up to the next clause.
        let end = clause_end(text, lack, sentence.end);
        let before = text[lack..end].len() < part.len() - 10;
        items.retain(|i| !(i.range.start >= lack && i.range.start < end && before));
    }
    let last = &memory.last.clone();
    let mut drafts: Vec<(Item, Draft)> = items.iter().map(|i| (i.clone(), Draft::default())).collect();
    scores(text, sentence, &mut drafts, last);
    relations(text, sentence, &mut drafts);
    // `In particular, ...` explains the improvement named before.
    let goes_on = memory.improving
        && (part.starts_with("In particular")
            || part.starts_with("More specifically")
            || part.starts_with("For instance")
            || part.starts_with("Specifically")
            || part.starts_with("Precisely")
            || part.starts_with("Particularly")
            || part.starts_with("To "));
    let named = IMPROVE.find(part).map(|m| sentence.start + m.start());
    memory.improving = named.is_some() || goes_on;
    improvements(text, sentence, named, goes_on, &mut drafts, last);
    let recommended = recommendations(text, sentence, memory.improving, &mut drafts, &memory.sole);
    for (item, draft) in &drafts {
        push(passage, sentence, scoreboard, item, draft, rows);
    }
    for (item, draft) in &recommended {
        push(passage, sentence, scoreboard, item, draft, rows);
    }
    if let Some((item, _)) = drafts.last() {
        memory.last = Some(item.clone());
        memory.sole = (items.len() == 1).then(|| item.clone());
    }
}

/// Where a clause ends: at a comma behind which no further item of its list stands.
fn clause_end(text: &str, from: usize, limit: usize) -> usize {
    let clause = &text[from..limit];
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("and ") || rest.starts_with("Principle");
    clause.match_indices(", ").find(|(i, _)| !goes_on(&clause[i + 2..])).map_or(limit, |(i, _)| from + i)
}

fn push(passage: &Passage, sentence: &Range<usize>, scoreboard: &str, item: &Item, draft: &Draft, rows: &mut Vec<EifClaim>) {
    if draft.score.is_empty()
        && draft.relation.is_empty()
        && !draft.improve
        && draft.recommendation.is_empty()
        && draft.alternatives.is_empty()
    {
        return;
    }
    let claim = EifClaim {
        scoreboard: scoreboard.to_owned(),
        item: passage.text[item.range.clone()].to_owned(),
        score: draft.score.clone(),
        relation_to_eu_average: draft.relation.to_owned(),
        area_for_improvement: draft.improve.then_some(true),
        recommendation: draft.recommendation.clone(),
        certainty: Certainty::among(draft.alternatives.clone()),
        statement: passage.text[sentence.clone()].to_owned(),
        lines: passage.lines_of(&(sentence.start.min(item.range.start)..sentence.end.max(item.range.end))),
    };
    let told = rows.iter().any(|r| {
        r.statement == claim.statement
            && r.item.eq_ignore_ascii_case(&claim.item)
            && (&r.score, &r.relation_to_eu_average, &r.recommendation)
                == (&claim.score, &claim.relation_to_eu_average, &claim.recommendation)
    });
    if !told {
        rows.push(claim);
    }
}

/// What the sentence names: principles, layers, components, or all of them. Names within a recommendation's brackets are its own.
fn items(text: &str, sentence: &Range<usize>) -> Vec<Item> {
    let part = &text[sentence.clone()];
    let bracketed: Vec<Range<usize>> = RECOMMENDATION.find_iter(part).map(|m| m.range()).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for m in PRINCIPLE.find_iter(part) {
        found.push(m.range());
        let mut end = m.end();
        while let Some(next) = FURTHER.captures(&part[end..]).filter(|_| !FURTHER_SCORE.is_match(&part[end..])) {
            let item = next.name("item").expect("the pattern has it");
            found.push(end + item.start()..end + item.end());
            end += item.end();
        }
    }
    found.extend(PART.find_iter(part).map(|m| m.range()));
    found.extend(WHOLE.find_iter(part).map(|m| m.range()));
    found.retain(|f| !bracketed.iter().any(|b| b.start <= f.start && f.end <= b.end));
    found.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in found {
        let text = part[range.clone()].to_lowercase();
        // The scoreboard's own name is no item of it.
        let own = text.ends_with("conceptual model")
            && (part[range.end..].trim_start().starts_with("in Scoreboard") || part[..range.start].trim_end().ends_with("assessing"))
            || part[..range.start].ends_with("12 ");
        if !own && kept.last().is_none_or(|k: &Range<usize>| range.start >= k.end) {
            kept.push(range);
        }
    }
    kept.into_iter().map(|r| Item { range: sentence.start + r.start..sentence.start + r.end }).collect()
}

fn digit(word: &str) -> &str {
    match word.to_lowercase().as_str() {
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        _ => word,
    }
}

/// Gives each score to the item that it stands with: the next behind it (`4 in X`, `3 for X`), else the last before it.
fn scores(text: &str, sentence: &Range<usize>, drafts: &mut Vec<(Item, Draft)>, last: &Option<Item>) {
    let part = &text[sentence.clone()];
    for found in SCORE.captures_iter(part) {
        let whole = found.get(0).expect("a match has a whole").range();
        let at = sentence.start + whole.start..sentence.start + whole.end;
        let clause = text[sentence.start..at.start].rfind(", ").map_or(sentence.start, |i| sentence.start + i);
        let near = (clause.max(at.start.saturating_sub(90))..=at.start).find(|i| text.is_char_boundary(*i)).unwrap_or(at.start);
        let before = &text[near..at.start];
        let after = &text[at.end..sentence.end];
        let wished = found.name("reach").is_some() || WISH.is_match(before) || whole.is_empty();
        if wished {
            continue;
        }
        let value = digit(&found["a"]).to_owned();
        let second = found.name("b").map(|b| b.as_str().to_owned());
        let behind = after.trim_start();
        let forward = ["in ", "for ", "on ", "with regard", "regarding ", "derives"].iter().any(|p| behind.starts_with(p))
            || behind.starts_with(',') && behind.contains(" for ");
        let next = drafts.iter().position(|(i, _)| i.range.start >= at.end);
        let previous = drafts.iter().rposition(|(i, _)| i.range.end <= at.start);
        let which = previous
            .filter(|p| {
                text[drafts[*p].0.range.end..at.start].contains("for which") || text[drafts[*p].0.range.end..at.start].contains("where")
            })
            .map(Some);
        let which = which.filter(|_| found.name("resp").is_none());
        // `for which the score of 3` looks back at all items of its clause.
        if let Some(Some(p)) = which {
            let anchor = drafts[p].0.range.start;
            for (item, draft) in drafts.iter_mut() {
                let joined =
                    item.range.end <= at.start && (item.range.start == anchor || linked(&text[item.range.end.min(anchor)..anchor]));
                if joined && draft.score.is_empty() {
                    draft.score.clone_from(&value);
                }
            }
            continue;
        }
        let target = if forward { next.filter(|n| drafts[*n].0.range.start - at.end <= 120).or(previous) } else { previous.or(next) };
        match (target, second) {
            (Some(t), Some(second)) if found.name("resp").is_some() => {
                // Looking back, the first of the two scores is that of the item before the last.
                let t = if drafts[t].0.range.end <= at.start { t.saturating_sub(1) } else { t };
                drafts[t].1.score.clone_from(&value);
                if let Some((_, draft)) = drafts.get_mut(t + 1) {
                    draft.score = second;
                }
            }
            (Some(t), Some(second)) => drafts[t].1.alternatives = vec![format!("score={value}"), format!("score={second}")],
            (Some(t), None) if drafts[t].1.score.is_empty() => {
                drafts[t].1.score = value;
                further_scores(text, sentence, &mut drafts[t..]);
            }
            (Some(_), None) => {}
            (None, _) => {
                if let Some(item) = last {
                    drafts.push((item.clone(), Draft { score: value, ..Draft::default() }));
                }
            }
        }
    }
}

/// Behind the first item, which has its score: `and 3 for Principle 9` gives the next one its own.
fn further_scores(text: &str, sentence: &Range<usize>, drafts: &mut [(Item, Draft)]) {
    for at in 1..drafts.len() {
        let Some(found) = FURTHER_SCORE.captures(&text[drafts[at - 1].0.range.end..sentence.end]) else { return };
        drafts[at].1.score = digit(&found["n"]).to_owned();
    }
}

/// Whether only small words stand between two items: `X (..) and `.
fn linked(between: &str) -> bool {
    between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).all(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "and" | "or" | "in" | "of" | "the" | "principle" | "principles" | "as" | "well" | "to" | "for" | "on" | "with" | "both"
        )
    })
}

/// Above, at or below the EU average: only where the sentence says so of the items.
fn relations(text: &str, sentence: &Range<usize>, drafts: &mut [(Item, Draft)]) {
    let part = &text[sentence.clone()];
    for average in AVERAGE.find_iter(part) {
        let start = sentence.start + average.start();
        let end = sentence.start + average.end();
        let from = (sentence.start..start).rev().take(60).find(|i| text.is_char_boundary(*i) && start - i >= 45).unwrap_or(sentence.start);
        let near = &text[from..start];
        let wished = WISH.find_iter(near).last().is_some_and(|w| near[w.end()..].len() < 40)
            || near.trim_end().ends_with("to match")
            || near.trim_end().ends_with("to achieve")
            || near.trim_end().ends_with("to reach")
            || near.trim_end().ends_with("reach");
        if wished {
            continue;
        }
        let compared = part[..average.start()].contains("in comparison with")
            || part[..average.start()].contains("compared to")
            || part[..average.start()].contains("than the");
        let relation = if BELOW.is_match(near) {
            "below"
        } else if ABOVE.is_match(near) || compared && ABOVE.is_match(&part[..average.start()]) {
            "above"
        } else if AT.is_match(near) {
            "at"
        } else {
            continue;
        };
        // Items behind the average up to the next verb, else those before it.
        let behind = text[end..sentence.end].trim_start();
        let forward = ["for ", "in ", "on ", "with regard", "regarding "].iter().any(|p| behind.starts_with(p));
        let limit = text[end..sentence.end].find("; ").map_or(sentence.end, |i| end + i);
        let mut any = false;
        if forward {
            let mut reach = end;
            for (item, draft) in drafts.iter_mut().filter(|(i, _)| i.range.start >= end && i.range.start < limit) {
                let gap = &text[reach..item.range.start];
                let first = reach == end;
                if (first && gap.len() <= 90) || linked(gap) {
                    draft.relation = relation;
                    reach = item.range.end;
                    any = true;
                } else {
                    break;
                }
            }
        }
        if !any {
            // Exceptions do not share the relation.
            for (item, draft) in drafts.iter_mut().filter(|(i, _)| i.range.end <= start) {
                let gap = &text[item.range.end..start];
                let except = text[..item.range.start].trim_end().ends_with("except");
                if !except && draft.relation.is_empty() && (compared || gap.len() <= 160) {
                    draft.relation = relation;
                    any = true;
                }
            }
        }
        if !any && let Some((_, draft)) = drafts.iter_mut().find(|(i, _)| i.range.start >= end) {
            draft.relation = relation;
        }
    }
}

/// Items that the text calls to be improved; `The latter` is the last one named.
fn improvements(
    text: &str,
    sentence: &Range<usize>,
    named: Option<usize>,
    goes_on: bool,
    drafts: &mut Vec<(Item, Draft)>,
    last: &Option<Item>,
) {
    let part = &text[sentence.clone()];
    let wished = goes_on && (part.contains("reach") || part.contains("improve") || part.contains("increase"));
    let Some(at) = named.or(wished.then_some(sentence.start)) else { return };
    let latter = part.starts_with("The latter") || part.starts_with("This ") || part.starts_with("It ");
    let anchor = text[sentence.start..at].rfind([';', '.']).map_or(sentence.start, |i| sentence.start + i);
    let mut any = false;
    let after = drafts.iter().any(|(i, _)| i.range.start >= at);
    for (item, draft) in drafts.iter_mut() {
        let excepted =
            text[..item.range.start].trim_end().ends_with("except") || text[..item.range.start].trim_end().ends_with("exception of the");
        // What stands behind the words, else what stands before them in the same clause.
        let meant = if after { item.range.start >= at } else { item.range.start >= anchor };
        let good = draft.relation == "above" || draft.score == "4";
        if meant && !good && !excepted {
            draft.improve = true;
            any = true;
        }
    }
    if !any
        && latter
        && let Some(item) = last
    {
        drafts.push((item.clone(), Draft { improve: true, ..Draft::default() }));
    }
}

/// Rows for recommendations: with the item that stands in their bracket, else the one that the sentence is about.
fn recommendations(
    text: &str,
    sentence: &Range<usize>,
    improving: bool,
    drafts: &mut [(Item, Draft)],
    sole: &Option<Item>,
) -> Vec<(Item, Draft)> {
    let part = &text[sentence.clone()];
    let mut rows = Vec::new();
    for found in RECOMMENDATION.captures_iter(part) {
        let number = found["n"].to_owned();
        let at = sentence.start + found.get(0).map_or(0, |m| m.start());
        let own = found.name("item").or(found.name("behind").filter(|b| b.as_str().contains("rinciple")));
        if let Some(own) = own {
            let words = own.as_str();
            let start = sentence.start + own.start() + (words.len() - words.trim_start().len());
            let words = words.trim_start();
            let words = words.split([',', '–', '—']).next().unwrap_or(words).trim_end();
            let item = Item { range: start..start + words.len() };
            rows.push((item, Draft { recommendation: number, improve: improving, ..Draft::default() }));
            continue;
        }
        // A recommendation without a name belongs to the item before it.
        let near = drafts.iter_mut().rev().find(|(i, _)| i.range.end <= at);
        match near {
            Some((_, draft)) if draft.recommendation.is_empty() => {
                draft.recommendation = number;
                draft.improve |= improving && draft.relation != "above" && draft.score != "4";
            }
            Some((item, draft)) => {
                let draft = Draft { recommendation: number, score: draft.score.clone(), improve: draft.improve, ..Draft::default() };
                rows.push((item.clone(), draft));
            }
            None => {
                // The only item of the sentence before, else the recommendation itself is what the text names.
                let word = text[at..].find(['R', 'r']).map_or(at, |i| at + i);
                let end = sentence.start + found.name("n").map_or(0, |n| n.end());
                let item = sole.clone().unwrap_or(Item { range: word..end });
                rows.push((item, Draft { recommendation: number, improve: improving, ..Draft::default() }));
            }
        }
    }
    rows
}
