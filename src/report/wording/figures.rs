//! Sentences on a country's figures: made from the comparison, never contradicting a digit beside them.

use super::{capital, list, number, ordinal};
use crate::comparison::{Comparison, Position, Rank};
use crate::report::chart::{DistanceRow, ValueRow};
use crate::report::facts::{self, Compared, Record, Turn};
use crate::report::material::{self, Material};
use crate::vocabulary::{Figure, Geo, Indicator, TimePeriod, figure};

/// A finding has two lines; what is longer loses its least part.
const FINDING: usize = 92;

/// The name of a country inside a sentence: `Luxembourg`, `the Netherlands`.
pub fn country(name: &str) -> String {
    let article =
        name.starts_with("Netherlands") || name.starts_with("United ") || name.starts_with("Republic ") || name.ends_with(" Republic");
    if article { format!("the {name}") } else { name.to_owned() }
}

/// A name inside a sentence: `Downloading official forms` in small letters, `eID`, `SMEs`, `5G` and `DESI` as they are.
pub fn inside(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && (second.is_lowercase() || second == ' ') => {
            first.to_lowercase().collect::<String>() + &name[first.len_utf8()..]
        }
        (Some(_) | None, Some(_) | None) => name.to_owned(),
    }
}

/// The name of an indicator inside a sentence: its short one, unless its edition printed another.
pub(super) fn name_in(indicator: &Indicator, c: &Comparison) -> String {
    let printed = indicator.label_in(&c.edition);
    inside(if printed == indicator.label { &indicator.short } else { printed })
}

/// An average inside a sentence: `the EU`, `the EU27+`, `the unweighted mean of Member States`.
pub fn the_average(c: &Comparison) -> String {
    let geo = c.average_geo;
    if c.average_kind == "computed unweighted" {
        return "the unweighted mean of Member States".to_owned();
    }
    match geo.map(Geo::code) {
        None => "the average".to_owned(),
        Some("EU27_2020" | "EU" | "EU_AVG") => "the EU".to_owned(),
        Some(_) => format!("the {}", geo.map_or("", Geo::name)),
    }
}

/// One average for all rows by its name, `the EU average` where they differ.
pub(super) fn shared_average(rows: &[Compared<'_>]) -> String {
    let Some((_, first)) = rows.first() else { return "the EU average".to_owned() };
    let same = rows.iter().all(|(_, c)| (c.average_geo, c.average_kind) == (first.average_geo, first.average_kind));
    match the_average(first) {
        name if same && name.starts_with("the unweighted") => name,
        name if same => format!("{name} average"),
        _ => "the EU average".to_owned(),
    }
}

/// A difference without sign: `20 pp`, `0.6 points`, `1 point`.
pub(super) fn difference(value: f64, indicator: &Indicator, decimals: u8) -> String {
    let size = figure::word(value.abs(), decimals);
    let unit = match (indicator.unit.gap_unit(), size.as_str()) {
        ("points", "1") => "point",
        (unit, _) => unit,
    };
    if unit.is_empty() { size } else { format!("{size}\u{a0}{unit}") }
}

/// Printed value with its unit: `78 %`, `90.1`.
fn value(c: &Comparison, indicator: &Indicator) -> String {
    format!("{}{}", material::country(c, indicator).text, indicator.unit.suffix())
}

/// `20 pp above`, `0.6 points below`; within the band `close to (+1 pp)`; where both print alike `level`; `gap not computed`
/// where there is none.
pub fn gap_words(c: &Comparison, indicator: &Indicator) -> String {
    let (Some(gap), Some(position)) = (c.gap, c.position) else { return "gap not computed".to_owned() };
    let decimals = material::decimals_of(c, indicator);
    if prints_alike(c, indicator) {
        return "level".to_owned();
    }
    match position {
        Position::CloseTo => {
            let sign = if gap > 0.0 { "+" } else { "\u{2212}" };
            format!("close to ({sign}{})", difference(gap, indicator, decimals))
        }
        Position::Above => format!("{} above", difference(gap, indicator, decimals)),
        Position::Below => format!("{} below", difference(gap, indicator, decimals)),
    }
}

/// The same gap with the average it is measured from: `20 pp above the EU`, `level with the EU`.
fn gap_to_average(c: &Comparison, indicator: &Indicator) -> Option<String> {
    let average = the_average(c);
    c.gap.map(|_| match gap_words(c, indicator).as_str() {
        "level" => format!("level with {average}"),
        words => match words.strip_prefix("close to (") {
            Some(gap) => format!("close to {average} ({gap}"),
            None => format!("{words} {average}"),
        },
    })
}

/// Country and average show the same digits, or their gap shows as zero.
fn prints_alike(c: &Comparison, indicator: &Indicator) -> bool {
    let decimals = material::decimals_of(c, indicator);
    let printed = |f: Option<Figure>| f.map(|f| figure::round(f.value(), decimals));
    printed(c.country) == printed(c.average) || c.gap.is_some_and(|gap| figure::round(gap, decimals) == 0.0)
}

/// `7th of 26`; empty without a rank.
pub fn rank_words(rank: Option<Rank>) -> String {
    rank.map_or_else(String::new, |r| format!("{} of {}", ordinal(r.rank), r.of))
}

/// `Third of 35`, `22nd of 35`.
fn rank_in_words(rank: Rank) -> String {
    const WORDS: [&str; 12] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    let word = usize::try_from(rank.rank).ok().and_then(|n| WORDS.get(n.checked_sub(1)?)).copied();
    format!("{} of {}", word.map_or_else(|| ordinal(rank.rank), capital), rank.of)
}

/// What a line chart tells: the newest value, whether it stands out, and where it stands.
pub fn line_finding(material: &Material, indicator: &Indicator) -> String {
    let Some(c) = material.latest(indicator) else { return indicator.short.clone() };
    let newest = material.periods(indicator).last().copied();
    let when = if newest == Some(c.time_period) { String::new() } else { format!(" in {}", c.time_period.printed()) };
    let name = format!("{}: {}{when}", indicator.short, value(c, indicator));
    let values: Vec<(TimePeriod, f64)> = facts::values(material, indicator).into_iter().filter(|(p, _)| *p <= c.time_period).collect();
    let record = facts::record(&values, indicator.decimals).map(record_words);
    let Some(gap) = gap_to_average(c, indicator) else {
        return record.map_or_else(|| name.clone(), |r| format!("{name}, {r}"));
    };
    let turn = facts::turn(&facts::positions(material, indicator, c)).map(|t| turn_words(t, c.time_period));
    let plain = format!("{name}, {gap}");
    let longer = [turn.map(|t| format!("{plain} {t}")), record.map(|r| format!("{name}, {r} and {gap}"))];
    longer.into_iter().flatten().find(|text| text.chars().count() <= FINDING).unwrap_or(plain)
}

fn record_words(record: Record) -> String {
    match record {
        Record::Highest { since } => format!("the highest since {}", since.printed()),
        Record::Lowest { since } => format!("the lowest since {}", since.printed()),
    }
}

/// `after three years below it`, `after three years below it or close to it`.
fn turn_words(turn: Turn, period: TimePeriod) -> String {
    let sides = [(turn.above, "above it"), (turn.below, "below it"), (turn.close, "close to it")];
    let sides: Vec<&str> = sides.iter().filter(|(is, _)| *is).map(|(_, words)| *words).collect();
    let unit = if matches!(period, TimePeriod::Year(_)) { "years" } else { "periods" };
    let sides = sides.join(" or ");
    if turn.always {
        format!("for the first time after {} {unit} {sides}", number(turn.periods))
    } else {
        format!("after {} {unit} {sides}", number(turn.periods))
    }
}

/// Numbers of one sentence: words if the largest of them has one, else figures for all.
fn numbers(largest: usize) -> impl Fn(usize) -> String {
    move |n| if largest > 12 { n.to_string() } else { number(n) }
}

/// `above the EU average on nine of twelve headline indicators, close to it on two and below it on one`.
pub(super) fn standing(rows: &[Compared<'_>], what_one: &str, what_many: &str) -> String {
    let average = shared_average(rows);
    let number = numbers(rows.len());
    let all = [("above", Position::Above), ("close to", Position::CloseTo), ("below", Position::Below)];
    let mut parts: Vec<String> = Vec::new();
    for (word, position) in all {
        let n = facts::count(rows, position);
        if n == 0 {
            continue;
        }
        parts.push(if parts.is_empty() {
            let of = match (n, rows.len()) {
                (1, 1) => format!("the one {what_one}"),
                (2, 2) => format!("both {what_many}"),
                (n, total) if n == total => format!("all {} {what_many}", number(total)),
                (n, total) => format!("{} of {} {what_many}", number(n), number(total)),
            };
            format!("{word} {average} on {of}")
        } else {
            format!("{word} it on {}", number(n))
        });
    }
    list(&parts)
}

/// How a group of scores stands: rank of the whole, what is ahead, what is behind.
pub fn bars_finding(material: &Material, group: &str) -> String {
    let rows = facts::compared(material, material.group(group));
    let whole = material.group(group).find(|i| i.dimension.is_empty()).and_then(|i| material::rank(material.latest(i)?));
    let dimensions: Vec<Compared> = rows.iter().copied().filter(|(i, _)| i.is_dimension && !i.dimension.is_empty()).collect();
    let single: Vec<Compared> = rows.iter().copied().filter(|(i, _)| !i.is_dimension && !i.dimension.is_empty()).collect();
    let names = |rows: &[Compared]| list(&rows.iter().take(2).map(|(i, c)| name_in(i, c)).collect::<Vec<_>>());
    let ahead = facts::furthest(&dimensions, true);
    let behind = facts::furthest(&single, false);
    let behind = match behind.len() {
        0 => (!single.is_empty()).then(|| "behind in none of its indicators".to_owned()),
        1 | 2 => Some(format!("behind in {}", names(&behind))),
        n => Some(format!(
            "behind in {} of {} indicators, most in {}",
            numbers(single.len())(n),
            numbers(single.len())(single.len()),
            names(&behind[..1])
        )),
    };
    let ahead = (!ahead.is_empty()).then(|| format!("furthest ahead in {}", names(&ahead)));
    let parts: Vec<String> = ahead.into_iter().chain(behind).collect();
    match (whole, parts.is_empty()) {
        (Some(rank), false) => format!("{} countries overall: {}", rank_in_words(rank), parts.join(", ")),
        (Some(rank), true) => format!("{} countries overall", rank_in_words(rank)),
        (None, false) => capital(&parts.join(", ")),
        (None, true) => "No value can be compared with the average".to_owned(),
    }
}

/// `Level with or above the EU in 23 of 25 areas; two points below it in legal interoperability, one in open data`.
pub fn scoreboard_finding(material: &Material, rows: &[ValueRow]) -> String {
    let gaps: Vec<(&ValueRow, f64, u8)> =
        rows.iter().filter_map(|r| r.gap.as_ref().and_then(|g| Some((r, g.value?, g.decimals)))).collect();
    if gaps.is_empty() {
        return format!("No score of {} can be compared with the EU average", country(&material.country));
    }
    let mut below: Vec<(&ValueRow, f64, u8)> = gaps.iter().copied().filter(|(_, gap, d)| figure::round(*gap, *d) < 0.0).collect();
    below.sort_by(|a, b| a.1.total_cmp(&b.1));
    let start = if below.is_empty() {
        format!(
            "Level with or above the EU in {}",
            if gaps.len() == 1 { "the one area scored".to_owned() } else { format!("all {} areas", gaps.len()) }
        )
    } else {
        format!("Level with or above the EU in {} of {} areas", gaps.len() - below.len(), gaps.len())
    };
    let points = |gap: f64, d: u8, unit: bool| {
        let text = figure::word(gap.abs(), d);
        let whole = figure::round(gap.abs(), d).fract() == 0.0;
        let words = if whole { text.parse::<f64>().ok().map_or(text.clone(), |n| number(n as usize)) } else { text };
        match (unit, words.as_str()) {
            (false, _) => words,
            (true, "one") => "one point".to_owned(),
            (true, _) => format!("{words} points"),
        }
    };
    let [first, ..] = below.as_slice() else { return start };
    let alike = |row: &&(&ValueRow, f64, u8)| figure::round(row.1, row.2) == figure::round(first.1, first.2);
    let (most, rest): (Vec<_>, Vec<_>) = below.iter().partition(alike);
    let names = |rows: &[&(&ValueRow, f64, u8)]| list(&rows.iter().map(|r| inside(&r.0.label)).collect::<Vec<_>>());
    let which = if most.len() > 3 { format!("{} of them", number(most.len())) } else { names(&most) };
    let mut text = format!("{start}; {} below it in {which}", points(first.1, first.2, true));
    match rest.as_slice() {
        [] => {}
        [one] => text += &format!(", {} in {}", points(one.1, one.2, false), inside(&one.0.label)),
        more => text += &format!(", by less in {} others", number(more.len())),
    }
    text
}

/// Nearest and furthest from the targets; `rows` nearest first.
pub fn distance_finding(rows: &[DistanceRow]) -> String {
    let reached: Vec<String> = rows.iter().filter(|r| r.to_go == "reached").map(|r| inside(&r.label)).collect();
    let open: Vec<String> = rows.iter().filter(|r| r.to_go != "reached").map(|r| inside(&r.label)).collect();
    let mut parts: Vec<String> = Vec::new();
    match reached.len() {
        0 => {}
        1..=3 => parts.push(format!("target reached in {}", list(&reached))),
        n => parts.push(format!("{} targets reached", number(n))),
    }
    match open.as_slice() {
        [] => {}
        [one] => parts.push(format!("still to go in {one}")),
        [near, far] => parts.push(format!("closer to the target in {near} than in {far}")),
        [near, next, far] => parts.push(format!("closest to the target in {near} and {next}, furthest from it in {far}")),
        [near, next, .., before, far] => {
            parts.push(format!("closest to the targets in {near} and {next}, furthest from them in {far} and {before}"));
        }
    }
    capital(&parts.join("; "))
}

/// How the dimensions moved over the series that may be compared.
pub fn sparks_finding(material: &Material, indicators: &[&Indicator]) -> String {
    let courses: Vec<(&Indicator, TimePeriod, f64)> =
        indicators.iter().filter_map(|i| facts::course(material, i).map(|(from, first, _, last)| (*i, from, last - first))).collect();
    let since = courses.iter().map(|(_, from, _)| *from).min();
    let (Some(since), true) = (since, courses.len() == indicators.len()) else {
        return format!(
            "{} in all periods of the edition",
            capital(&list(&indicators.iter().map(|i| inside(&i.short)).collect::<Vec<_>>()))
        );
    };
    let moved = |up: bool| courses.iter().filter(move |(i, _, by)| figure::round(*by, i.decimals) != 0.0 && (*by > 0.0) == up).count();
    let (up, down) = (moved(true), moved(false));
    let total = courses.len();
    let start = match (up, down) {
        (0, 0) => format!("No change since {}", since.printed()),
        (1, _) if total == 1 => format!("{} has risen since {}", courses[0].0.short, since.printed()),
        (_, 1) if total == 1 => format!("{} has fallen since {}", courses[0].0.short, since.printed()),
        (up, _) if up == total => format!("All {} have risen since {}", number(total), since.printed()),
        (_, down) if down == total => format!("All {} have fallen since {}", number(total), since.printed()),
        (up, 0) => format!("{} of {} have risen since {}", capital(&number(up)), number(total), since.printed()),
        (0, down) => format!("{} of {} have fallen since {}", capital(&number(down)), number(total), since.printed()),
        (up, down) => {
            format!("{} of {} have risen since {}, {} fallen", capital(&number(up)), number(total), since.printed(), number(down))
        }
    };
    let most = courses.iter().max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()).then_with(|| b.0.code.cmp(&a.0.code)));
    match most {
        Some((i, _, by)) if figure::round(*by, i.decimals) != 0.0 && total > 1 => {
            let way = if *by > 0.0 { "up" } else { "down" };
            format!("{start}; most in {}, {way} {}", inside(&i.short), difference(*by, i, i.decimals))
        }
        Some(_) | None => start,
    }
}

/// How a group stands as a whole.
pub fn group_finding(material: &Material, key: &str) -> String {
    let rows = facts::compared(material, material.group(key));
    if rows.is_empty() {
        "No indicator can be compared with the average".to_owned()
    } else {
        capital(&standing(&rows, "indicator", "indicators"))
    }
}
