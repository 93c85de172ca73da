//! Sentences on a country as a whole: the first page, its ranks and classes, its strongest and weakest, its last step.

use super::figures::{country, difference, inside, name_in, shared_average, standing};
use super::{capital, count, list, number};
use crate::comparison::{Comparison, Rank};
use crate::report::facts::{self, Compared};
use crate::report::material::{self, Material};
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Indicator, TimePeriod, figure};

/// The sentences of the first page: where the country stands, where its lead is largest, where it trails.
pub fn lead(material: &Material) -> String {
    let rows = facts::headlines(material);
    let name = country(&material.country);
    if rows.is_empty() {
        return format!("No figures for {name} can be compared with an EU average in this edition.");
    }
    let mut text = format!("{} is {}.", capital(&name), standing(&rows, "headline indicator", "headline indicators"));
    if let Some(row) = facts::furthest(&rows, true).first() {
        text += &format!(" Its lead is largest in {}.", against(material, row));
    }
    let behind = facts::furthest(&rows, false);
    if let Some(row) = behind.first() {
        let words = if behind.len() == 1 { "only" } else { "most" };
        text += &format!(" It trails {words} in {}.", against(material, row));
    }
    text
}

/// `cross-border services, 90.1 points against 54.5`, `downloading official forms, 64 % against 38 %`; an older value with its year.
fn against(material: &Material, (indicator, c): &Compared<'_>) -> String {
    let average = material::average(c, indicator).map_or_else(|| ":".to_owned(), |a| a.text);
    let (one, other) = match indicator.unit.kind {
        UnitKind::Percent => ("\u{a0}%", "\u{a0}%"),
        UnitKind::Score100 | UnitKind::Score4 => (" points", ""),
        UnitKind::Number => ("", ""),
    };
    let older = material.periods(indicator).last().is_some_and(|newest| *newest > c.time_period);
    let when = if older { format!(" in {}", c.time_period.printed()) } else { String::new() };
    let name = inside(&indicator.short);
    format!("{name}{when}, {}{one} against {average}{other}", material::country(c, indicator).text)
}

/// What the picture of the first page tells: the groups ahead, level and behind as a whole.
pub fn position_finding(material: &Material) -> String {
    let rows = facts::headlines(material);
    if rows.is_empty() {
        return "No headline indicator can be compared with an average".to_owned();
    }
    let names = |ahead| list(&facts::furthest(&rows, ahead).iter().take(2).map(|(i, _)| inside(&i.short)).collect::<Vec<_>>());
    let (ahead, behind) = (names(true), names(false));
    match (ahead.is_empty(), behind.is_empty()) {
        (false, false) => format!("Furthest ahead in {ahead}; behind in {behind}"),
        (false, true) => format!("Furthest ahead in {ahead}; behind in none of the headline indicators"),
        (true, false) => format!("Furthest behind in {behind}; ahead in none of the headline indicators"),
        (true, true) => format!("Close to {} on every headline indicator", shared_average(&rows)),
    }
}

/// How many ranks lie in the first, the middle and the last third.
pub fn ranks_finding(material: &Material, ranks: &[Rank]) -> String {
    let third = |r: &&Rank| r.rank * 3 <= r.of;
    let last = |r: &&Rank| r.rank * 3 > r.of * 2;
    let (first, last) = (ranks.iter().filter(third).count(), ranks.iter().filter(last).count());
    let middle = ranks.len() - first - last;
    if ranks.is_empty() {
        return format!("{} has no rank on these indicators", capital(&country(&material.country)));
    }
    let total = count(ranks.len(), "indicator", "indicators");
    let mut parts: Vec<String> = Vec::new();
    for (n, words) in [(first, "first"), (middle, "middle"), (last, "last")] {
        if n > 0 && parts.is_empty() {
            let of = if n == ranks.len() {
                if n == 1 { format!("the {total}") } else { format!("all {total}") }
            } else {
                format!("{} of {total}", number(n))
            };
            parts.push(format!("in the {words} third of countries on {of}"));
        } else if n > 0 {
            parts.push(format!("in the {words} third on {}", number(n)));
        }
    }
    capital(&list(&parts))
}

/// The classes of the publication's country: `best performer in downloading official forms, better than average in the other three`.
pub fn classes_finding(material: &Material, shown: &[(&Indicator, TimePeriod)]) -> String {
    let class = |i: &Indicator, period| material.comparisons_at(i, period).first().and_then(|c| c.level_class);
    let classed: Vec<(&Indicator, &str)> = shown.iter().filter_map(|(i, period)| Some((*i, class(i, *period)?))).collect();
    let mut classes: Vec<&str> =
        crate::comparison::scoreboard::CLASSES.into_iter().filter(|class| classed.iter().any(|(_, c)| c == class)).collect();
    if classes.is_empty() {
        return if material.geo.is_member_state() {
            let period = shown.first().map_or_else(String::new, |(_, period)| format!(" of {}", period.printed()));
            format!("Level and change together: no values{period} that would give {} a class", country(&material.country))
        } else {
            format!("Level and change together: the classes are those of Member States, {} is not among them", country(&material.country))
        };
    }
    let members = |class: &str| classed.iter().filter(|(_, c)| *c == class).map(|(i, _)| inside(&i.short)).collect::<Vec<_>>();
    // The class of the fewest indicators first: the others can be counted.
    classes.sort_by_key(|class| members(class).len());
    let total = classed.len();
    let parts: Vec<String> = classes
        .iter()
        .enumerate()
        .map(|(place, class)| {
            let names = members(class);
            let word = one_of(class);
            match (classes.len(), place) {
                (1, _) if total == 1 => format!("{word} in {}", names[0]),
                (1, _) if total == 2 => format!("{word} in both"),
                (1, _) => format!("{word} in all {}", number(total)),
                (n, p) if p + 1 == n && names.len() > 1 => format!("{word} in the other {}", number(names.len())),
                (_, _) => format!("{word} in {}", list(&names)),
            }
        })
        .collect();
    format!("Level and change together: {}", parts.join(", "))
}

/// The class of one country.
fn one_of(class: &str) -> &str {
    match class {
        "best performers" => "best performer",
        "critical situation" => "a critical situation",
        other => other,
    }
}

/// What changed most since the period before; empty where no change is computed.
pub fn changed_most(material: &Material) -> String {
    let rows = facts::changed(material);
    let item = |(i, c, by): &(&Indicator, &Comparison, f64)| {
        let sign = if *by > 0.0 { "+" } else { "\u{2212}" };
        let from = c.change_from.map_or_else(String::new, |p| format!(" since {}", p.printed()));
        format!("{} ({sign}{}{from})", inside(&i.short), difference(*by, i, i.decimals))
    };
    let items: Vec<String> = rows.iter().take(3).map(item).collect();
    if items.is_empty() { String::new() } else { format!("The largest changes of {} are in {}.", country(&material.country), list(&items)) }
}

/// The strongest and the weakest three of all indicators beside their averages; empty where nothing can be compared.
pub fn strongest_and_weakest(material: &Material) -> String {
    let rows = facts::compared(material, material.indicators.indicators.iter().filter(|i| !i.is_dimension));
    let item = |(i, c): &Compared| {
        let gap = c.gap.unwrap_or(0.0);
        let sign = if gap > 0.0 { "+" } else { "\u{2212}" };
        format!("{} ({sign}{})", name_in(i, c), difference(gap, i, material::decimals_of(c, i)))
    };
    let three = |ahead| list(&facts::furthest(&rows, ahead).iter().take(3).map(item).collect::<Vec<_>>());
    let (strong, weak) = (three(true), three(false));
    let mut text = String::new();
    if !strong.is_empty() {
        text += &format!("{} is strongest beside the average in {strong}.", capital(&country(&material.country)));
    }
    if !weak.is_empty() {
        let who = if text.is_empty() { capital(&country(&material.country)) } else { "It".to_owned() };
        text += &format!(" {who} is weakest in {weak}.");
    }
    text.trim_start().to_owned()
}

/// The bands within which these indicators are close to their averages.
pub fn band_note(material: &Material, indicators: &[&Indicator]) -> String {
    let mut bands: Vec<String> = Vec::new();
    for (i, c) in facts::compared(material, indicators.iter().copied()) {
        let Some(band) = c.band else { continue };
        let what = match i.unit.kind {
            UnitKind::Percent => "shares",
            UnitKind::Score100 => "scores of 0 to 100",
            UnitKind::Score4 => "scores of 1 to 4",
            UnitKind::Number => "numbers",
        };
        let decimals = (0..=3).find(|d| figure::round(band, *d) == band).unwrap_or(3);
        let words = format!("{} for {what}", difference(band, i, decimals));
        if !bands.contains(&words) {
            bands.push(words);
        }
    }
    if bands.is_empty() { String::new() } else { format!("Close to: within {} of the average. Rank: first is best.", list(&bands)) }
}

/// The paragraph over line charts: how they moved in the last step, and where they stand now.
pub fn lines_lead(material: &Material, indicators: &[&Indicator]) -> String {
    let latest: Vec<Compared> = indicators.iter().filter_map(|i| material.latest(i).map(|c| (*i, c))).collect();
    let Some(period) = latest.iter().map(|(_, c)| c.time_period).max() else {
        return format!("No values of {} are held.", country(&material.country));
    };
    let name = country(&material.country);
    let mut text = moved(&latest, period, &name);
    let rows: Vec<Compared> = latest.iter().copied().filter(|(_, c)| c.position.is_some()).collect();
    if rows.is_empty() {
        text += &format!(" No EU average is held to compare the newest values of {name} with.");
    } else {
        let newest = indicators.iter().flat_map(|i| material.periods(i)).max();
        let standing = standing(&rows, "measure", "measures");
        text += &if newest > Some(period) {
            format!(" The newest values are of {}: {name} was then {standing}.", period.printed())
        } else if text.is_empty() {
            format!("{} is {standing}.", capital(&name))
        } else {
            format!(" The country is now {standing}.")
        };
    }
    text.trim_start().to_owned()
}

/// `Between 2020 and 2021 all four measures rose in Luxembourg, by 15 to 18 pp.` Empty where changes cannot be told together.
fn moved(latest: &[Compared<'_>], period: TimePeriod, name: &str) -> String {
    let changes: Vec<(&Indicator, f64)> =
        latest.iter().filter(|(_, c)| c.time_period == period).filter_map(|(i, c)| c.change.map(|by| (*i, by))).collect();
    let from = latest.iter().find_map(|(_, c)| c.change.and(c.change_from));
    let one_step = latest.iter().filter(|(_, c)| c.change.is_some()).all(|(_, c)| c.change_from == from);
    let (Some(from), true) = (from, one_step && !changes.is_empty()) else { return String::new() };
    let rounded = |i: &Indicator, by: f64| figure::round(by, i.decimals);
    let up = changes.iter().filter(|(i, by)| rounded(i, *by) > 0.0).count();
    let down = changes.iter().filter(|(i, by)| rounded(i, *by) < 0.0).count();
    let same = changes.len() - up - down;
    let total = changes.len();
    let whole = |n: usize| match n {
        n if n == total && n == 1 => "the one measure".to_owned(),
        n if n == total && n == 2 => "both measures".to_owned(),
        n if n == total => format!("all {} measures", number(n)),
        n => format!("{} of {} measures", number(n), number(total)),
    };
    let mut parts: Vec<String> = Vec::new();
    for (n, verb) in [(up, "rose"), (down, "fell"), (same, "stood still")] {
        if n > 0 {
            parts.push(if parts.is_empty() { format!("{} {verb} in {name}", whole(n)) } else { format!("{} {verb}", number(n)) });
        }
    }
    let sizes = || changes.iter().map(|(i, by)| rounded(i, by.abs()));
    let range = if up == total || down == total {
        let (least, most) = (sizes().fold(f64::MAX, f64::min), sizes().fold(0.0, f64::max));
        let i = changes[0].0;
        if least == most {
            format!(", by {}", difference(most, i, i.decimals))
        } else {
            format!(", by {} to {}", figure::word(least, i.decimals), difference(most, i, i.decimals))
        }
    } else {
        String::new()
    };
    format!("Between {} and {} {}{range}.", from.printed(), period.printed(), list(&parts))
}
