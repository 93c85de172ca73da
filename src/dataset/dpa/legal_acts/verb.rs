//! What happened to an act on a date: verbs, their subjects and objects.

use super::Mention;
use crate::dataset::Certainty;
use crate::dataset::dpa::dates::FoundDate;
use crate::document::pattern::{Captures, Pattern};
use std::ops::Range;
use std::sync::LazyLock;

/// What happened to an act: the verb's role, where it stands, and whether the act is its subject.
pub(super) struct Verb {
    pub(super) role: &'static str,
    pub(super) range: Range<usize>,
    /// `was adopted`, `entered into force`: the act stands before it.
    pub(super) subject: bool,
}

pub(super) static VERB: LazyLock<Pattern> = LazyLock::new(|| {
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
pub(super) static GAZETTE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::brief(r"^\s(?:in|on)\s(?:the\s)?[^,;()]{0,40}(?:Gazette|Monitor|Journal|Bulletin)\b(?:[^,;()]{0,30}\s(?:of|on|dated))?")
        .expect("a valid pattern")
});

pub(super) fn verbs(text: &str) -> Vec<Verb> {
    let role =
        |c: &Captures<'_>| ["adopted", "passed", "approved", "published"].into_iter().find(|n| c.name(n).is_some()).unwrap_or("in_force");
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

/// The verbs to which a date may belong: the nearest before it with no other date in between, and the first behind it.
pub(super) fn verbs_of<'a>(
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
pub(super) fn act_of<'a>(text: &str, verb: &Verb, inside: &[&'a Mention], date: &FoundDate) -> Option<&'a Mention> {
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
pub(super) fn of_amendment(text: &str, mention: &Mention) -> Certainty {
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
pub(super) fn bracketed(text: &str, at: usize, upto: usize) -> bool {
    let open = text[..at].rfind('(').is_some_and(|o| !text[o..at].contains(')'));
    open && text[at..upto.max(at)].contains(')')
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}
