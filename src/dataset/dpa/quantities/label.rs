//! Words that make a number a name, a place in a document or a number of a list.

/// Words before a number that make it a name, a place in a document or a number of a list.
pub(super) const LABELS: &[&str] = &[
    "section",
    "sections",
    "article",
    "articles",
    "art",
    "chapter",
    "chapters",
    "no",
    "nr",
    "number",
    "paragraph",
    "cycle",
    "version",
    "tier",
    "level",
    "phase",
    "objective",
    "principle",
    "principles",
    "recommendation",
    "recommendations",
    "scoreboard",
    "annex",
    "cap",
    "law",
    "laws",
    "act",
    "decree",
    "directive",
    "regulation",
    "decision",
    "iso",
    "iec",
    "en",
    "industry",
    "pillar",
    "figure",
    "table",
    "page",
    "part",
    "point",
    "layer",
    "step",
    "web",
    "release",
    "windows",
    "docsis",
    "agenda",
    "horizon",
    "box",
    "postbus",
    "tel",
    "fax",
    "wave",
    "class",
    "category",
    "id",
    "notice",
    "rules",
    "title",
    "l.n",
    "ln",
    "s.l",
    "order",
    "resolution",
    "mission",
    "goal",
    "axis",
    "rfc",
    "ipv",
    "type",
    "group",
    "stage",
    "generation",
    "strand",
    "component",
    "appendix",
    "order",
    "ordinance",
    "item",
    "priority",
    "target",
    "sdg",
    "gazette",
    "budget",
    "covid",
    "windows",
    "office",
    "server",
    "x-road",
    "p.",
    "pp.",
    "vol",
    "§",
];

/// Whether a number is one of a labelled list: `Articles 48 and 53`, `cycle 4 and 5`, `Section 3.1`.
pub(super) fn labelled(before: &str) -> bool {
    if before.ends_with(['(', '[']) {
        return false;
    }
    let mut number = true;
    for word in before.split_whitespace().rev().take(8) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '§').to_lowercase();
        if bare.is_empty() || matches!(bare.as_str(), "and" | "or" | "to") {
            number = true;
            continue;
        }
        if (LABELS.contains(&bare.as_str()) || LABELS.contains(&bare.trim_end_matches('s'))) && number {
            return !word.ends_with(['(', ')', ',', ';']);
        }
        let digits = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.len() <= 8;
        if !digits || !number {
            return false;
        }
        number = word.ends_with(',') || digits;
    }
    false
}
