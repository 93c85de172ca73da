//! Faults of the source that can be seen without knowing the country: slips of the pen, counts that do not fit their list.

use crate::document::pattern::Pattern;
use super::spot::{Spot, SpotKind};
use crate::dataset::{Artefact, ArtefactKind, Quantity};
use crate::vocabulary::Lines;
use std::sync::LazyLock;

/// Declarations of absence as the template words them; a near miss is a slip of the pen.
const DECLARATIONS: &[&str] = &[
    "no political communication has been adopted in this field to date",
    "no political communication was adopted in this field to date",
    "no legislation has been adopted in this field to date",
    "no legislation was adopted in this field to date",
    "no particular infrastructure in this field has been reported to date",
    "no particular infrastructure in this field was reported to date",
];

/// Rows of `artefacts` for faults in the text itself.
pub fn faults(spots: &[Spot<'_>], quantities: &[Quantity]) -> Vec<Artefact> {
    let mut rows = Vec::new();
    for spot in spots.iter().filter(|s| s.chapter.is_some()) {
        let text = spot.passage.text.as_str();
        let mut fault = |kind, excerpt: &str, treatment: &str, lines: Lines| {
            rows.push(Artefact { kind, excerpt: excerpt.to_owned(), treatment: treatment.to_owned(), lines });
        };
        if spot.kind == SpotKind::Declaration {
            let plain = text.to_lowercase();
            let plain = plain.trim_end_matches('.');
            let near = DECLARATIONS.iter().map(|d| strsim::levenshtein(d, plain)).min().unwrap_or(0);
            let exact = DECLARATIONS.contains(&plain);
            if !exact && (1..=2).contains(&near) {
                fault(ArtefactKind::SourceTypo, text, "kept as printed, read as a declaration of absence", spot.passage.lines());
            }
        }
        for found in DOUBLED.find_iter(text) {
            let mut words = found.as_str().split(' ');
            let same = words.next() == words.next();
            // `had had` and `that that` can be right.
            if same && !found.as_str().starts_with("that ") && !found.as_str().starts_with("had ") {
                fault(
                    ArtefactKind::SourceTypo,
                    found.as_str(),
                    "kept as printed: the word stands twice",
                    spot.passage.lines_of(&found.range()),
                );
            }
        }
        for found in LOOSE_STOP.find_iter(text) {
            fault(
                ArtefactKind::SourceTypo,
                found.as_str(),
                "kept as printed: a blank before the stop",
                spot.passage.lines_of(&found.range()),
            );
        }
        if let Some((_, named, range)) = announced(text) {
            let lines = spot.passage.lines_of(&range);
            let treatment = format!("kept as printed: the list names {named}");
            fault(ArtefactKind::SourceInconsistency, &text[range.clone()], &treatment, lines);
        }
    }
    for quantity in quantities {
        let compact: String = quantity.value_raw.chars().filter(|c| !c.is_whitespace()).collect();
        if quantity.value >= 1e9 && compact.len() == 4 && compact.starts_with("10") {
            let treatment = format!("read as 10 to the power of {}", &compact[2..]);
            rows.push(Artefact { kind: ArtefactKind::LostExponent, excerpt: quantity.value_raw.clone(), treatment, lines: quantity.lines });
        }
    }
    rows
}

/// Two words in small letters; whether they are the same one is seen afterwards.
static DOUBLED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\b(?:the the|a a|of of|in in|to to|and and|with with|for for|on on|is is|are are|that that|by by|as as|at at|from from|has has|have have|was was|were were|be be|this this|an an|its its|their their|which which|it it|or or)\b")
        .expect("a valid pattern")
});

static LOOSE_STOP: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"\S+ [.,;:](?:\s|$)").expect("a valid pattern"));

/// `36 countries: the 27 Member States, as well as A, B and C`: announced, counted, and where.
fn announced(text: &str) -> Option<(usize, usize, std::ops::Range<usize>)> {
    let found = COUNTRIES.captures(text)?;
    let total: usize = found["total"].parse().ok()?;
    let part: usize = found["part"].parse().ok()?;
    let list = found["list"].replace(" and ", ", ");
    let names = list.split(", ").filter(|n| n.trim().starts_with(char::is_uppercase) || n.trim().starts_with("the ")).count();
    let named = part + names;
    let at = found.name("count")?.range();
    (named != total).then_some((total, named, at))
}

static COUNTRIES: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?P<count>(?P<total>\d{1,3}) (?:European )?countries): (?:the )?(?P<part>\d{1,3}) [^,;.]{3,80}, as well as (?P<list>[^.;(]+)",
    )
    .expect("a valid pattern")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_held_against_its_list() {
        assert!(announced("in 6 countries: the 3 Member States of X, as well as Iceland, Norway and Serbia (the rest).").is_none());
        let (total, named, _) =
            announced("in 7 countries: the 3 Member States of X, as well as Iceland, Norway and Serbia.").expect("they differ");
        assert_eq!((total, named), (7, 6));
    }
}
