//! Brackets behind a name: its abbreviation, and the name in the own language.

use super::nouns::{FOREIGN, HEADS, WEAK_HEADS};
use crate::vocabulary::Geo;

/// Whether most capitals of an abbreviation are initials or capitals of the name.
pub(super) fn abbreviates(short: &str, name: &str, native: &str) -> bool {
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
pub(super) fn bracket(text: &str, end: usize) -> Option<String> {
    let rest = text[end..].trim_start_matches(['’', '\'', '”']);
    let rest = rest.strip_prefix(" (").or_else(|| rest.strip_prefix('('))?;
    let close = rest.find(')')?;
    (close <= 200).then(|| rest[..close].to_owned())
}

/// Whether words are of another language than English: letters with marks, or the small words of other languages.
pub(super) fn is_foreign(words: &str) -> bool {
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
pub(super) fn read_bracket(inner: &str) -> (String, String) {
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
