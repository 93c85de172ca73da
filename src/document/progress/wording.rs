//! Whether two wordings speak of the same thing: their words without endings.

/// Words that say nothing about what is meant.
const COMMON: &[&str] = &[
    "a", "an", "the", "of", "to", "for", "on", "in", "and", "with", "by", "from", "at", "into", "between", "its", "as", "or", "their",
    "our", "we", "is", "are", "was", "were", "be", "been", "has", "have", "had", "that", "this", "these", "those", "it", "all", "more",
    "new", "via", "s", "not",
];

/// The telling words of a text, in lower case without endings, in order.
pub fn stems(text: &str) -> Vec<String> {
    // `GovJobs.lu` and `GovJobs` are one word, `data-driven` is two.
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '&' | ','))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|w| w.strip_suffix("’s").or_else(|| w.strip_suffix("'s")).unwrap_or(w))
        .map(|w| {
            w.split_once('.').map_or(w, |(head, tail)| {
                if tail.len() <= 3 && head.len() > 1 && !head.ends_with(|c: char| c.is_ascii_digit()) { head } else { w }
            })
        })
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .filter(|w| !COMMON.contains(&w.as_str()))
        .map(|w| stem(&w))
        .collect()
}

fn stem(word: &str) -> String {
    if word.chars().count() <= 4 {
        return word.strip_suffix('s').filter(|w| w.len() > 2).unwrap_or(word).to_owned();
    }
    for ending in ["ations", "ation", "ings", "ing", "ies", "ied", "ions", "ion", "ments", "ment", "ed", "es", "al", "s", "e", "y"] {
        if let Some(head) = word.strip_suffix(ending)
            && head.chars().count() >= 4
        {
            return head.to_owned();
        }
    }
    word.to_owned()
}

/// Whether two stems are of one word: alike, or one the other with up to three letters more (`europ`, `europea`).
pub fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || (short.chars().count() >= 5 && long.starts_with(short) && long.chars().count() - short.chars().count() <= 3)
}

/// How many telling words of `part` occur in `whole`, and how many there are.
pub fn overlap(part: &[String], whole: &[String]) -> (usize, usize) {
    let found = part.iter().filter(|p| whole.iter().any(|w| same(p, w))).count();
    (found, part.len())
}

/// Whether every telling word of `part` occurs in `whole`; false where it has none.
pub fn covers(whole: &[String], part: &[String]) -> bool {
    let (found, all) = overlap(part, whole);
    all > 0 && found == all
}

/// A sentence of a passage with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub text: String,
    pub lines: Vec<u32>,
}

/// Splits lines of running text into sentences that know their lines.
pub fn sentences(lines: &[(u32, &str)]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut current = Sentence { text: String::new(), lines: Vec::new() };
    for (n, line) in lines {
        let tokens: Vec<&str> = line.split_whitespace().collect();
        for token in &tokens {
            if !current.text.is_empty() {
                current.text.push(' ');
            }
            current.text.push_str(token);
            if current.lines.last() != Some(n) {
                current.lines.push(*n);
            }
            if super::line::ends_sentence(&format!(" {token}")) {
                out.push(std::mem::replace(&mut current, Sentence { text: String::new(), lines: Vec::new() }));
            }
        }
    }
    if !current.text.is_empty() {
        out.push(current);
    }
    out
}
