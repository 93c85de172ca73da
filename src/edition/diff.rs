//! What moved between two editions: values, flags, classes, claims; entries added, gone or reworded. By content, not by
//! line: a row that only stands elsewhere has not changed.

use super::content::{Content, Frame};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Value,
    Flag,
    /// Position, class, trend or rank.
    Class,
    /// The verdict on a statement.
    Claim,
    Reworded,
    Added,
    Gone,
    /// Any other column.
    Other,
}

/// Why it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    SourceRevised,
    Corrected,
    MethodChanged,
    ReaderChanged,
    /// The outputs do not say what they were made from.
    Unknown,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub publication: String,
    pub dataset: String,
    pub kind: Kind,
    /// What the row is: its identifying columns.
    pub what: String,
    /// The column that changed; empty for rows added or gone.
    pub column: String,
    pub before: String,
    pub after: String,
    pub cause: Cause,
    /// Lines of the source texts, where the row has them.
    pub line_before: String,
    pub line_after: String,
}

impl Kind {
    pub const ALL: [Self; 8] = [Self::Value, Self::Flag, Self::Class, Self::Claim, Self::Reworded, Self::Added, Self::Gone, Self::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Flag => "flag",
            Self::Class => "class",
            Self::Claim => "claim",
            Self::Reworded => "reworded",
            Self::Added => "added",
            Self::Gone => "gone",
            Self::Other => "other",
        }
    }
}

impl Cause {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SourceRevised => "source revised",
            Self::Corrected => "corrected by a person",
            Self::MethodChanged => "method changed",
            Self::ReaderChanged => "reader changed",
            Self::Unknown => "unknown",
        }
    }
}

/// Columns that say where something stands, not what it is.
const POSITIONS: &[&str] =
    &["line_start", "line_end", "location", "country_location", "average_location", "found_location", "row", "page", "section_number"];

/// Columns that differ between any two editions of a text without anybody having changed a word.
const OF_THE_EDITION: &[(&str, &[&str])] = &[("claims", &["time_period", "edition"]), ("sections", &["number", "level"])];

/// Datasets about the reading, not about the content.
const ASIDE: &[&str] = &["ledger", "artefacts", "pages"];

/// Columns that identify a row, by dataset; of a dataset not named here all columns together do.
const KEYS: &[(&str, &[&str])] = &[
    ("observations", &["indicator", "geo", "time_period", "unit", "breakdown", "edition"]),
    ("comparisons", &["indicator", "geo", "time_period", "unit", "breakdown", "edition", "average_geo"]),
    ("cut_offs", &["indicator", "time_period"]),
    ("revisions", &["indicator", "geo", "time_period", "unit", "breakdown", "edition"]),
    ("claims", &["statement", "indicator"]),
    ("sections", &["title"]),
    ("basic_data", &["label"]),
    ("egovernment_benchmark", &["dimension", "indicator"]),
    ("entries", &["chapter", "title"]),
    ("coverage", &["chapter", "section_title"]),
    ("eu_acts", &["identifier", "section_number"]),
    ("eif_claims", &["scoreboard", "item"]),
    ("links", &["text"]),
    ("terms", &["term", "style"]),
    ("organisations", &["name"]),
    ("people", &["name", "role"]),
    ("cross_border_services", &["audience", "service_group"]),
    ("priorities", &["area"]),
    ("stages", &["area", "stage"]),
    ("initiatives", &["name"]),
    ("spotlights", &["name"]),
    ("interviews", &["interviewee"]),
    ("interview_questions", &["interviewee", "number"]),
];

/// From this likeness of words on, two rows are one that was reworded.
const ALIKE: f64 = 0.5;

/// Everything that moved from `old` to `new`, in the order of publications and datasets. `same_text` says that both are
/// editions of one text: publications are then paired whatever they are called, and what comes from `input/` is left out.
pub fn diff(old: &Content, new: &Content, same_text: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for (before, after) in pairs(old, new, same_text) {
        let of_edition = |c: &Change| {
            same_text && OF_THE_EDITION.iter().any(|(name, columns)| *name == c.dataset && columns.contains(&c.column.as_str()))
        };
        let empty = BTreeMap::new();
        let frames = |content: &'_ Content, id: &Option<&str>| {
            id.and_then(|id| content.publications.get(id)).cloned().unwrap_or_else(|| empty.clone())
        };
        let (a, b) = (frames(old, &before), frames(new, &after));
        let publication = after.or(before).unwrap_or_default();
        let names: BTreeSet<&String> = a.keys().chain(b.keys()).filter(|n| !ASIDE.contains(&n.as_str())).collect();
        let mut found = Vec::new();
        for name in names {
            if same_text && ["observations", "comparisons", "cut_offs"].contains(&name.as_str()) {
                continue;
            }
            let empty = Frame::default();
            dataset(publication, name, a.get(name).unwrap_or(&empty), b.get(name).unwrap_or(&empty), &mut found);
        }
        found.retain(|c| !of_edition(c));
        if same_text {
            // Capitals and blanks are the typesetter's.
            found.retain(|c| c.kind != Kind::Reworded || fold(&c.before) != fold(&c.after));
        }
        explain(&mut found, old, new, same_text);
        changes.extend(found);
    }
    changes
}

/// Which publications are compared with each other: the same id, then the same country and family.
fn pairs<'c>(old: &'c Content, new: &'c Content, same_text: bool) -> Vec<(Option<&'c str>, Option<&'c str>)> {
    let mut left: VecDeque<&str> = old.publications.keys().map(String::as_str).collect();
    let mut pairs: Vec<(Option<&str>, Option<&str>)> = Vec::new();
    let family = |id: &str| id.rsplit_once('-').map_or_else(|| id.to_owned(), |(family, _)| family.to_owned());
    let mut right: Vec<&str> = new.publications.keys().map(String::as_str).collect();
    for same in [&|a: &str, b: &str| a == b, &|a: &str, b: &str| family(a) == family(b), &|_: &str, _: &str| same_text]
        as [&dyn Fn(&str, &str) -> bool; 3]
    {
        right.retain(|id| {
            let Some(at) = left.iter().position(|other| same(other, id)) else { return true };
            pairs.push((left.remove(at), Some(id)));
            false
        });
    }
    pairs.extend(left.into_iter().map(|id| (Some(id), None)));
    pairs.extend(right.into_iter().map(|id| (None, Some(id))));
    pairs.sort_by_key(|(a, b)| b.or(*a));
    pairs
}

/// The changes of one dataset, their causes still open.
fn dataset(publication: &str, name: &str, old: &Frame, new: &Frame, changes: &mut Vec<Change>) {
    let content = |frame: &Frame, row: &[String]| -> Vec<(String, String)> {
        let mut cells: Vec<(String, String)> = frame
            .columns
            .iter()
            .zip(row)
            .filter(|(c, v)| !POSITIONS.contains(&c.as_str()) && !v.is_empty())
            .map(|(c, v)| (c.clone(), v.clone()))
            .collect();
        cells.sort();
        cells
    };
    let key = KEYS.iter().find(|(n, _)| *n == name).map(|(_, key)| *key);
    let identity = |frame: &Frame, row: &[String]| key.map(|key| key.iter().map(|c| fold(frame.cell(row, c))).collect::<Vec<_>>());
    // Rows that say the same are the same, wherever they stand.
    let (mut a, mut b): (Vec<usize>, Vec<usize>) = ((0..old.rows.len()).collect(), (0..new.rows.len()).collect());
    let mut pairs = Vec::new();
    pair_by(&mut a, &mut b, &mut pairs, |i| Some(content(old, &old.rows[i])), |i| Some(content(new, &new.rows[i])));
    pairs.clear();
    pair_by(&mut a, &mut b, &mut pairs, |i| identity(old, &old.rows[i]), |i| identity(new, &new.rows[i]));
    if key.is_none_or(|key| !key.contains(&"indicator")) {
        pair_alike(old, new, &mut a, &mut b, &mut pairs);
    }
    let change = |kind: Kind, row: (&Frame, &[String]), column: &str, before: &str, after: &str, lines: (&str, &str)| Change {
        publication: publication.to_owned(),
        dataset: name.to_owned(),
        kind,
        what: what(row.0, row.1, key),
        column: column.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        cause: Cause::Unknown,
        line_before: lines.0.to_owned(),
        line_after: lines.1.to_owned(),
    };
    let line = |frame: &Frame, row: &[String]| {
        let first = frame.cell(row, "line_start");
        if first.is_empty() { frame.cell(row, "location").to_owned() } else { first.to_owned() }
    };
    pairs.sort_by_key(|(_, j)| *j);
    for (i, j) in pairs {
        let (x, y) = (&old.rows[i], &new.rows[j]);
        let lines = (line(old, x), line(new, y));
        let columns: Vec<&String> = new.columns.iter().chain(old.columns.iter().filter(|c| !new.columns.contains(c))).collect();
        for column in columns.into_iter().filter(|c| !POSITIONS.contains(&c.as_str())) {
            let (before, after) = (old.cell(x, column), new.cell(y, column));
            if before != after {
                changes.push(change(kind_of(name, column, before, after), (new, y), column, before, after, (&lines.0, &lines.1)));
            }
        }
    }
    for i in a {
        let row = &old.rows[i];
        changes.push(change(Kind::Gone, (old, row), "", &said(old, row), "", (&line(old, row), "")));
    }
    for j in b {
        let row = &new.rows[j];
        changes.push(change(Kind::Added, (new, row), "", "", &said(new, row), ("", &line(new, row))));
    }
}

/// Pairs what is left of both sides where both give the same key; in order where several do.
fn pair_by<K: std::hash::Hash + Eq>(
    a: &mut Vec<usize>,
    b: &mut Vec<usize>,
    pairs: &mut Vec<(usize, usize)>,
    key_a: impl Fn(usize) -> Option<K>,
    key_b: impl Fn(usize) -> Option<K>,
) {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for i in a.iter() {
        if let Some(key) = key_a(*i) {
            waiting.entry(key).or_default().push_back(*i);
        }
    }
    let mut paired = BTreeSet::new();
    b.retain(|j| match key_b(*j).and_then(|key| waiting.get_mut(&key)?.pop_front()) {
        Some(i) => {
            pairs.push((i, *j));
            paired.insert(i);
            false
        }
        None => true,
    });
    a.retain(|i| !paired.contains(i));
}

/// Pairs what is left by the likeness of its words, the most alike first.
fn pair_alike(old: &Frame, new: &Frame, a: &mut Vec<usize>, b: &mut Vec<usize>, pairs: &mut Vec<(usize, usize)>) {
    let words = |frame: &Frame, i: usize| {
        let mut words: Vec<String> =
            said(frame, &frame.rows[i]).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        words.sort();
        words
    };
    let left: Vec<(usize, Vec<String>)> = a.iter().map(|i| (*i, words(old, *i))).collect();
    let right: Vec<(usize, Vec<String>)> = b.iter().map(|j| (*j, words(new, *j))).collect();
    let mut likely = Vec::new();
    for (i, x) in &left {
        for (j, y) in &right {
            let likeness = likeness(x, y);
            if likeness >= ALIKE {
                likely.push((likeness, *i, *j));
            }
        }
    }
    likely.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, i, j) in likely {
        if a.contains(&i) && b.contains(&j) {
            a.retain(|x| *x != i);
            b.retain(|x| *x != j);
            pairs.push((i, j));
        }
    }
}

/// Dice's coefficient of two sorted lists of words: twice what both have, over all that they have.
fn likeness(x: &[String], y: &[String]) -> f64 {
    let (longer, shorter) = (x.len().max(y.len()), x.len().min(y.len()));
    // What differs much in length cannot be alike: saves most of the work.
    if shorter == 0 || (2 * shorter) as f64 / ((longer + shorter) as f64) < ALIKE {
        return 0.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    f64::from(2 * common) / (x.len() + y.len()) as f64
}

/// Without case, blanks folded.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a row is, in words.
fn what(frame: &Frame, row: &[String], key: Option<&[&str]>) -> String {
    let parts: Vec<&str> = match key {
        Some(key) => key.iter().map(|c| frame.cell(row, c)).filter(|t| !t.is_empty()).collect(),
        None => frame
            .columns
            .iter()
            .zip(row)
            .filter(|(c, v)| !POSITIONS.contains(&c.as_str()) && !v.is_empty())
            .map(|(_, v)| v.as_str())
            .take(3)
            .collect(),
    };
    parts.join(", ")
}

/// All that a row says.
fn said(frame: &Frame, row: &[String]) -> String {
    let cells = frame.columns.iter().zip(row).filter(|(c, v)| !POSITIONS.contains(&c.as_str()) && !v.is_empty());
    cells.map(|(_, v)| v.as_str()).collect::<Vec<_>>().join(" | ")
}

fn kind_of(dataset: &str, column: &str, before: &str, after: &str) -> Kind {
    match (dataset, column) {
        (_, "obs_status" | "conf_status" | "flags_known" | "certainty" | "alternatives") => Kind::Flag,
        ("claims", "verdict") => Kind::Claim,
        (_, "position" | "level_class" | "trend_short" | "trend_long" | "rank" | "rank_of" | "rank_eu" | "rank_eu_of") => Kind::Class,
        _ => {
            let number = |text: &str| text.is_empty() || text.parse::<f64>().is_ok();
            if number(before) && number(after) {
                Kind::Value
            } else if before.chars().chain(after.chars()).any(char::is_whitespace) {
                Kind::Reworded
            } else {
                Kind::Other
            }
        }
    }
}

/// Says of each change why it came about, from what both editions were made from.
fn explain(changes: &mut [Change], old: &Content, new: &Content, same_text: bool) {
    if same_text {
        changes.iter_mut().for_each(|c| c.cause = Cause::SourceRevised);
        return;
    }
    if old.inputs.is_empty() || new.inputs.is_empty() {
        return;
    }
    let names: BTreeSet<&String> = old.inputs.keys().chain(new.inputs.keys()).collect();
    let changed: Vec<&str> = names.into_iter().filter(|n| old.inputs.get(*n) != new.inputs.get(*n)).map(String::as_str).collect();
    let any = |is: &dyn Fn(&str) -> bool| changed.iter().any(|name| is(name));
    let corrected = any(&|n| n.ends_with("corrections.csv"));
    let method = any(&|n| n.ends_with("methods.toml") || n.ends_with("indicators.toml") || n.ends_with("sources.toml"));
    let is_settings =
        |n: &str| n.ends_with(".toml") || n.ends_with("corrections.csv") || n.ends_with("revisions.csv") || n.ends_with(".md");
    let figures = any(&|n| n.starts_with("input/") && !is_settings(n));
    let text = any(&|n| !n.starts_with("input/") && !is_settings(n));
    let last = |yes: Cause| if corrected { Cause::Corrected } else { yes };
    let moved: BTreeSet<String> =
        changes.iter().filter(|c| c.dataset == "observations").filter_map(|c| c.what.split(", ").next().map(str::to_owned)).collect();
    for change in changes {
        let follows = change.what.split(", ").any(|part| moved.contains(part));
        change.cause = match change.dataset.as_str() {
            "observations" if figures => Cause::SourceRevised,
            "observations" => last(if method { Cause::MethodChanged } else { Cause::ReaderChanged }),
            "comparisons" | "cut_offs" if follows && figures => Cause::SourceRevised,
            "comparisons" | "cut_offs" => last(if method {
                Cause::MethodChanged
            } else if figures {
                Cause::SourceRevised
            } else {
                Cause::ReaderChanged
            }),
            "claims" if text || (follows && figures) => Cause::SourceRevised,
            _ if text => Cause::SourceRevised,
            _ => last(Cause::ReaderChanged),
        };
    }
}

/// Figures that a source revised after the old edition went out: for the *Revisions* note of the next one.
pub fn revisions(changes: &[Change]) -> Vec<&Change> {
    let revised = |c: &&Change| {
        c.dataset == "observations"
            && c.column == "obs_value"
            && c.kind == Kind::Value
            && !c.before.is_empty()
            && !c.after.is_empty()
            && c.cause == Cause::SourceRevised
    };
    changes.iter().filter(revised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(dataset: &str, columns: &str, rows: &[&str], inputs: &[(&str, &str)]) -> Content {
        let split = |text: &str| text.split(';').map(str::to_owned).collect::<Vec<_>>();
        let frame = Frame { columns: split(columns), rows: rows.iter().map(|r| split(r)).collect() };
        Content {
            publications: BTreeMap::from([("lu-dpa-2022".to_owned(), BTreeMap::from([(dataset.to_owned(), frame)]))]),
            inputs: inputs.iter().map(|(n, h)| ((*n).to_owned(), (*h).to_owned())).collect(),
            version: "1".to_owned(),
        }
    }

    const ENTRIES: &str = "chapter;title;text;line_start";

    #[test]
    fn a_row_that_only_moved_has_not_changed() {
        let old = content("entries", ENTRIES, &["legislation;Law A;It is.;10", "legislation;Law B;It was.;20"], &[]);
        let new = content("entries", ENTRIES, &["legislation;Law B;It was.;7", "legislation;Law A;It is.;99"], &[]);
        assert_eq!(diff(&old, &new, true), []);
    }

    #[test]
    fn entries_are_added_gone_and_reworded_by_content() {
        let old = content(
            "entries",
            ENTRIES,
            &["legislation;Law A;Citizens have a right to reuse data of the state;1", "legislation;Law B;Gone soon;2"],
            &[],
        );
        let new = content(
            "entries",
            ENTRIES,
            &["legislation;Law on A;Citizens have the right to reuse data of the state;5", "governance;Body;Coordinates everything else;6"],
            &[],
        );
        let changes = diff(&old, &new, true);
        let kinds: Vec<(Kind, &str)> = changes.iter().map(|c| (c.kind, c.column.as_str())).collect();
        assert_eq!(kinds, [(Kind::Reworded, "title"), (Kind::Reworded, "text"), (Kind::Gone, ""), (Kind::Added, "")]);
        assert_eq!((changes[0].line_before.as_str(), changes[0].line_after.as_str()), ("1", "5"));
        assert!(changes.iter().all(|c| c.cause == Cause::SourceRevised));
    }

    #[test]
    fn a_revised_figure_is_told_from_a_changed_method_and_listed() {
        const COLUMNS: &str = "indicator;geo;time_period;obs_value;obs_status";
        let old =
            content("observations", COLUMNS, &["X;LU;2021;70;", "X;BE;2021;60;"], &[("input/x.xlsx", "1"), ("input/methods.toml", "1")]);
        let row = ["X;LU;2021;71;p", "X;BE;2021;60;"];
        let revised = diff(&old, &content("observations", COLUMNS, &row, &[("input/x.xlsx", "2"), ("input/methods.toml", "1")]), false);
        assert_eq!(revised.iter().map(|c| c.kind).collect::<Vec<_>>(), [Kind::Value, Kind::Flag]);
        assert_eq!((revisions(&revised).len(), revised[0].what.as_str()), (1, "X, LU, 2021"));
        let method = diff(&old, &content("observations", COLUMNS, &row, &[("input/x.xlsx", "1"), ("input/methods.toml", "2")]), false);
        assert_eq!((method[0].cause, revisions(&method).len()), (Cause::MethodChanged, 0));
        let reader = diff(&old, &content("observations", COLUMNS, &row, &[("input/x.xlsx", "1"), ("input/methods.toml", "1")]), false);
        assert_eq!(reader[0].cause, Cause::ReaderChanged);
    }
}
