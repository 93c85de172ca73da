//! Which indicators a text means by a name: `Principle 9 (Multilingualism)`, `all layers except legal interoperability`.

use crate::vocabulary::Indicator;

/// The indicators among `candidates` that `item` names; whether it speaks of most of them only.
///
/// An item names one indicator by its number (`Principle 12`) or its words, or all candidates less those behind an `except`.
/// `statement` is the sentence that the item is from: it may make the exception that the item lacks. Where nothing among the
/// candidates has the name of the exception, nobody knows which one is left out: then it speaks of most.
pub fn named<'a>(item: &str, statement: &str, candidates: &[&'a Indicator]) -> (Vec<&'a Indicator>, bool) {
    let (item, statement) = (fold(item), fold(statement));
    let (kept, left_out) = split_exception(&item);
    let most = ["almost all", "nearly all", "most of", "most "].iter().any(|words| kept.contains(words));
    if !most && !speaks_of_all(kept) {
        return (single(kept, candidates), false);
    }
    let left_out = left_out.or_else(|| split_exception(&statement).1);
    let excluded = left_out.map_or_else(Vec::new, |words| single(words, candidates));
    let unknown = left_out.is_some() && excluded.is_empty();
    (candidates.iter().copied().filter(|i| !excluded.iter().any(|e| e.code == i.code)).collect(), most || unknown)
}

/// The part of an item before and after the word that makes an exception.
fn split_exception(item: &str) -> (&str, Option<&str>) {
    let words = ["with the exception", "with exception", "except", "apart from", "other than", "despite the lack"];
    match words.iter().filter_map(|w| item.find(w)).min() {
        Some(at) => (&item[..at], Some(&item[at..])),
        None => (item, None),
    }
}

fn speaks_of_all(item: &str) -> bool {
    let quantified = item.split(' ').any(|w| matches!(w, "all" | "each" | "every"));
    let plural = item.split(' ').any(|w| matches!(w, "layers" | "principles" | "components" | "areas" | "indicators" | "elements"));
    quantified || (plural && !item.bytes().any(|b| b.is_ascii_digit()))
}

/// The indicators that words name: by number, else the longest name among them and what else is named beside it.
fn single<'a>(words: &str, candidates: &[&'a Indicator]) -> Vec<&'a Indicator> {
    let numbered: Vec<&Indicator> = candidates.iter().copied().filter(|i| number(i).is_some_and(|n| has_number(words, n))).collect();
    if !numbered.is_empty() && words.starts_with("principle") {
        return numbered;
    }
    let mut hits: Vec<(usize, usize, &Indicator)> = Vec::new();
    for indicator in candidates {
        let hit =
            names(indicator).iter().filter_map(|name| find_words(words, name).map(|at| (at, at + name.len()))).max_by_key(|(a, b)| b - a);
        if let Some((start, end)) = hit {
            hits.push((start, end, indicator));
        }
    }
    // `internal information sources` also holds nothing shorter that is meant.
    let inside = |a: &(usize, usize, &Indicator)| hits.iter().any(|b| b.0 <= a.0 && a.1 <= b.1 && (b.1 - b.0) > (a.1 - a.0));
    hits.iter().filter(|hit| !inside(hit)).map(|hit| hit.2).collect()
}

/// The names of an indicator, folded: printed, short, and without the number before them.
pub(super) fn names(indicator: &Indicator) -> Vec<String> {
    let mut names = Vec::new();
    let printed = [&indicator.label, &indicator.short].into_iter().chain(indicator.labels_until.iter().map(|(_, label)| label));
    for name in printed {
        let name = fold(name);
        let bare = name.strip_prefix("principle ").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned());
        for name in bare.into_iter().chain([name]) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// `Principle 9: Multilingualism` has number 9.
fn number(indicator: &Indicator) -> Option<u32> {
    let name = fold(&indicator.label);
    let mut words = name.strip_prefix("principle ")?.split(' ');
    words.next()?.parse().ok()
}

fn has_number(words: &str, number: u32) -> bool {
    words.split(' ').any(|w| w.parse() == Ok(number))
}

/// Where `name` stands in `words` as whole words.
pub(super) fn find_words(words: &str, name: &str) -> Option<usize> {
    words.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = words[..*at].chars().next_back();
        let after = words[at + name.len()..].chars().next();
        before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
    })
}

/// Lower case, everything but letters and digits as one blank: `User-centricity` is `user centricity`.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Unit;
    use crate::vocabulary::unit::UnitKind;

    fn indicators() -> Vec<Indicator> {
        let names = [
            ("A.1", "Principle 1: Openness", "Openness"),
            ("A.2", "Principle 12: Inclusion and accessibility", "Inclusion and accessibility"),
            ("B.1", "Interoperability governance", "Interoperability governance"),
            ("B.2", "Legal interoperability", "Legal interoperability"),
            ("C.1", "Internal information sources and services", "Internal information sources and services"),
            ("C.2", "External information sources and services", "External information sources and services"),
        ];
        let indicator = |(code, label, short): (&str, &str, &str)| Indicator {
            code: code.into(),
            label: label.to_owned(),
            short: short.to_owned(),
            labels_until: Vec::new(),
            group: String::new(),
            dimension: String::new(),
            is_dimension: false,
            unit: Unit { code: "".into(), label: String::new(), kind: UnitKind::Score4 },
            polarity: None,
            averages: Vec::new(),
            decimals: 0,
            valid_range: None,
            target: None,
            headline: false,
            key_figure: false,
        };
        names.into_iter().map(indicator).collect()
    }

    fn found(item: &str, statement: &str) -> (String, bool) {
        let indicators = indicators();
        let (about, most) = named(item, statement, &indicators.iter().collect::<Vec<_>>());
        (about.iter().map(|i| i.code.as_str()).collect::<Vec<_>>().join(" "), most)
    }

    #[test]
    fn an_item_is_known_by_its_number_or_its_words() {
        for (item, codes) in [
            ("Principle 12 (Inclusion and Accessibility)", "A.2"),
            ("Principle 1", "A.1"),
            ("openness", "A.1"),
            ("the legal interoperability layer", "B.2"),
            ("external information sources and services", "C.2"),
            ("open registries", ""),
        ] {
            assert_eq!(found(item, ""), (codes.to_owned(), false), "{item}");
        }
    }

    #[test]
    fn all_leaves_out_what_the_item_or_its_sentence_excepts() {
        let but = "A.1 A.2 B.1 C.1 C.2".to_owned();
        assert_eq!(found("all layers except legal interoperability", ""), (but.clone(), false));
        let sentence = "Ruritania has 4 in all the layers with exception for legal interoperability, where it has 2.";
        assert_eq!(found("all the layers", sentence), (but, false));
        assert_eq!(found("legal interoperability", sentence), ("B.2".to_owned(), false));
        let unknown = found("all areas", "All areas are at the average, except open registries.");
        assert_eq!(unknown, ("A.1 A.2 B.1 B.2 C.1 C.2".to_owned(), true), "nobody knows which one is left out");
        assert!(found("almost all layers", "").1);
    }
}
