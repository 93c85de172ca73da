//! Passages in a language of the publication's country, in Latin letters: names in brackets whose own words tell which.
//!
//! Nothing is guessed: a passage is tagged only if its small words belong to one language of the country alone, or if the
//! text names the language before it.

use crate::vocabulary::Geo;
use std::ops::Range;

/// A language by its BCP 47 tag: its name in English, and small words that English does not have.
struct Language {
    tag: &'static str,
    name: &'static str,
    words: &'static [&'static str],
}

const fn language(tag: &'static str, name: &'static str, words: &'static [&'static str]) -> Language {
    Language { tag, name, words }
}

static LANGUAGES: &[Language] = &[
    language("ca", "Catalan", &["de", "del", "la", "el", "els", "les", "i", "per", "amb"]),
    language("cs", "Czech", &["pro", "ve", "ze", "při"]),
    language("da", "Danish", &["og", "af", "til", "det", "den", "ved", "på", "fra"]),
    language("de", "German", &["der", "das", "dem", "den", "des", "und", "für", "zur", "zum", "von", "vom", "über", "mit", "zu", "im"]),
    language("es", "Spanish", &["de", "del", "la", "el", "los", "las", "y", "para", "en", "por", "con"]),
    language("et", "Estonian", &["ja", "ning", "või"]),
    language("fi", "Finnish", &["ja", "sekä", "että"]),
    language("fr", "French", &["de", "des", "du", "la", "le", "les", "et", "pour", "sur", "aux", "en", "dans", "à", "l'", "d'"]),
    language("ga", "Irish", &["na", "agus", "ar", "um", "le"]),
    language("hr", "Croatian", &["za", "i", "u", "na", "o"]),
    language("hu", "Hungarian", &["és", "az", "egy"]),
    language("is", "Icelandic", &["og", "um", "fyrir", "til"]),
    language("it", "Italian", &["di", "del", "della", "delle", "dei", "la", "il", "per", "e", "dell'", "l'"]),
    language("lb", "Luxembourgish", &["de", "den", "der", "dem", "vun", "vum", "fir", "och", "mat", "zu", "déi", "et", "le", "d'", "l'"]),
    language("lt", "Lithuanian", &["ir", "dėl", "prie"]),
    language("lv", "Latvian", &["un", "par", "pie"]),
    language("mt", "Maltese", &["ta'", "tal-", "il-", "għal", "għall-", "u"]),
    language("nb", "Norwegian", &["og", "av", "til", "det", "den", "ved", "på", "fra"]),
    language("nl", "Dutch", &["de", "het", "van", "voor", "een", "en", "der", "den", "tot", "bij"]),
    language("pl", "Polish", &["i", "w", "z", "oraz", "dla", "na"]),
    language("pt", "Portuguese", &["de", "do", "da", "dos", "das", "e", "para", "em"]),
    language("ro", "Romanian", &["de", "și", "al", "pentru", "din", "la", "a"]),
    language("sk", "Slovak", &["pre", "na", "vo", "zo"]),
    language("sl", "Slovenian", &["za", "in", "na", "o"]),
    language("sv", "Swedish", &["och", "av", "för", "till", "det", "den", "med", "på", "från"]),
];

/// Small words of English: a passage with one of them is not foreign.
const ENGLISH: &[&str] =
    &["the", "of", "and", "for", "with", "by", "to", "from", "under", "or", "which", "as", "its", "this", "that", "see"];

/// What a country writes in Latin letters.
fn written(geo: Geo) -> &'static [&'static str] {
    match geo.code() {
        "AT" | "DE" | "LI" => &["de"],
        "BE" => &["nl", "fr", "de"],
        "CH" => &["de", "fr", "it"],
        "CZ" => &["cs"],
        "DK" => &["da"],
        "EE" => &["et"],
        "ES" => &["es", "ca"],
        "FI" => &["fi", "sv"],
        "FR" => &["fr"],
        "HR" => &["hr"],
        "HU" => &["hu"],
        "IE" => &["ga"],
        "IS" => &["is"],
        "IT" => &["it"],
        "LT" => &["lt"],
        "LU" => &["lb", "fr", "de"],
        "LV" => &["lv"],
        "MT" => &["mt"],
        "NL" => &["nl"],
        "NO" => &["nb"],
        "PL" => &["pl"],
        "PT" => &["pt"],
        "RO" => &["ro"],
        "SE" => &["sv"],
        "SI" => &["sl"],
        "SK" => &["sk"],
        _ => &[],
    }
}

/// The passages of a text with their languages, in order.
pub fn passages(text: &str, geo: Geo) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at + 1) {
        let Some(close) = text[open..].find(['(', ')']).map(|at| open + at) else { break };
        from = close;
        if text[close..].starts_with(')')
            && let Some((range, tag)) = passage(&text[open..close], geo)
        {
            found.push((open + range.start..open + range.end, tag));
        }
    }
    found
}

/// The foreign part of what stands in brackets: without the abbreviation after it and the language's name before it.
fn passage(inside: &str, geo: Geo) -> Option<(Range<usize>, &'static str)> {
    if let Some((before, rest)) = inside.split_once(':') {
        let name = before.trim().trim_start_matches("in ");
        if let Some(known) = LANGUAGES.iter().find(|l| l.name == name) {
            let start = inside.len() - rest.trim_start().len();
            return (start < inside.len()).then_some((start..inside.len(), known.tag));
        }
    }
    let (name, abbreviated) = match inside.rsplit_once([',', '–', '-']) {
        Some((name, short)) if abbreviation(short.trim()) => (name.trim_end(), true),
        Some(_) | None => (inside, false),
    };
    let words: Vec<String> = name.split_whitespace().flat_map(parts).collect();
    let has = |list: &[&str], word: &str| list.contains(&word);
    if words.len() < 2 || words.iter().any(|w| has(ENGLISH, w)) {
        return None;
    }
    let own: Vec<&Language> = LANGUAGES.iter().filter(|l| written(geo).contains(&l.tag)).collect();
    // A capital begins a name, not a small word of a sentence.
    let told: Vec<&String> = words.iter().filter(|w| own.iter().any(|l| has(l.words, w))).collect();
    let mut fitting = own.iter().filter(|l| !told.is_empty() && told.iter().all(|w| has(l.words, w)));
    let (Some(language), None) = (fitting.next(), fitting.next()) else { return None };
    // One small word alone may be part of somebody's name.
    let sure = told.len() > 1 || abbreviated || !name.is_ascii();
    sure.then_some((0..name.len(), language.tag))
}

/// A word, or the article before its apostrophe and the word.
fn parts(word: &str) -> Vec<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-').replace('’', "'");
    match word.split_once('\'') {
        Some((article, rest)) if !rest.is_empty() => vec![format!("{}'", article.to_lowercase()), rest.to_owned()],
        Some(_) | None => vec![word],
    }
}

/// `CTIE`, `eSanté`: one word with a capital after its first letter.
fn abbreviation(text: &str) -> bool {
    !text.contains(' ') && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, country: &str) -> Vec<(String, &'static str)> {
        let geo = Geo::parse(country).expect("a country");
        passages(text, geo).into_iter().map(|(range, tag)| (text[range].to_owned(), tag)).collect()
    }

    #[test]
    fn small_words_of_one_language_tell() {
        let french = "Centre des technologies de l'information de l'État";
        assert_eq!(found(&format!("The IT Centre ({french}, CTIE) runs it."), "LU"), [(french.to_owned(), "fr")]);
        assert_eq!(found("(Zentrum fir Digitaliséierung a vun der Bildung)", "LU")[0].1, "lb");
        assert_eq!(found("Municipalities (Vereniging van Gemeenten, VG)", "NL"), [("Vereniging van Gemeenten".to_owned(), "nl")]);
        assert_eq!(found("(Amt für Kommunikation)", "LI")[0].1, "de");
        assert_eq!(found("(Agence du numérique)", "BE")[0].1, "fr");
    }

    #[test]
    fn what_is_not_sure_is_left_alone() {
        assert_eq!(found("(Institut de Gestion)", "LU"), [], "de is French and Luxembourgish");
        assert_eq!(found("(Office of the Commissioner de facto)", "FR"), []);
        assert_eq!(found("(Jan van Berg)", "NL"), [], "one small word may be a name's");
        assert_eq!(found("(Principle 1 – Recommendation 01)", "LU"), []);
        assert_eq!(found("(open", "LU"), []);
    }

    #[test]
    fn a_language_that_is_named_is_taken_at_its_word() {
        assert_eq!(found("the portal (in German: Bürgerportal)", "BG"), [("Bürgerportal".to_owned(), "de")]);
    }
}
