//! The journey's events and the regulatory rundown: what dates them, and what does not.

use super::areas::{Twin, twins_of};
use super::statement::Statement;
use crate::dataset::Certainty;
use crate::dataset::progress::{Regulation, RegulationStatus, TimelineEvent};
use crate::document::progress::journey::{Event, Journey};
use crate::document::progress::line::{hull, trimmed};
use crate::document::progress::moment::Moment;
use crate::document::progress::rundown::{ACT_NOUNS, Act, Rundown, act_type};
use crate::document::progress::wording::{covers, overlap, same, stems};
use crate::source::Text;
use crate::vocabulary::edtf::Endpoint;
use crate::vocabulary::{DatePrecision, Edtf, Lines};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What dates an event: its own words, its label, or the rest of the text.
struct Dating {
    best: Option<i16>,
    others: Vec<i16>,
    evidence: Vec<Lines>,
    /// Line of the label that the year is taken from.
    label: Option<u32>,
}

/// The events of a journey in the order of the text.
pub fn events(journey: &Journey, text: &Text, statements: &[Statement], twins: &[Twin]) -> Vec<TimelineEvent> {
    let axis: BTreeSet<i16> = journey.labels.iter().map(|(y, _)| *y).collect();
    journey
        .events
        .iter()
        .map(|event| {
            let dating = date(event, text, &axis, statements, twins);
            let moment = event.date.moment;
            let (date_start, date_end) = dating.best.map_or((None, None), |y| ends(moment, y));
            // A day that a year does not have is no candidate.
            let mut others: Vec<String> =
                dating.others.iter().filter(|y| ends(moment, **y).0.is_some()).map(|y| edtf(moment, *y)).collect();
            others.extend(event.others.iter().map(|p| format!("description={}", p.text)));
            let mut serves: Vec<u32> = event.title.lines.iter().chain(&event.description.lines).copied().chain([event.date_line]).collect();
            let lines = hull(&serves);
            serves.extend(dating.label);
            TimelineEvent {
                date_start,
                date_end,
                date_precision: precision(moment),
                date_as_printed: event.date.words.clone(),
                title: event.title.text.clone(),
                description: event.description.text.clone(),
                certainty: Certainty::among(others),
                evidence: dating.evidence,
                lines,
                serves,
            }
        })
        .collect()
}

fn date(event: &Event, text: &Text, axis: &BTreeSet<i16>, statements: &[Statement], twins: &[Twin]) -> Dating {
    let name = &event.title.text;
    if let Some(year) = event.date.year {
        return Dating { best: Some(year), others: Vec::new(), evidence: vec![Lines::one(event.date_line)], label: None };
    }
    // `the 2019 theme`: the event's own words beat any label.
    let own = event.title.lines.iter().chain(&event.description.lines).find_map(|n| own_year(trimmed(text, *n)).map(|y| (y, *n)));
    if let Some((year, line)) = own {
        return Dating { best: Some(year), others: Vec::new(), evidence: vec![Lines::one(line)], label: None };
    }
    let labels: Vec<Lines> = event.labels.iter().map(|(_, n)| Lines::one(*n)).collect();
    let mut candidates: Vec<i16> = event.labels.iter().map(|(y, _)| *y).collect();
    let mut evidence = labels;
    if event.out_of_order {
        candidates.extend(event.next_label.map(|(y, _)| y));
        evidence.extend(event.next_label.map(|(_, n)| Lines::one(n)));
    }
    if candidates.is_empty() {
        candidates.extend(axis);
    }
    let spoken: Vec<&Statement> = statements.iter().filter(|s| s.names(name)).collect();
    let alike = twins_of(name, twins);
    let said: BTreeSet<i16> = spoken.iter().map(|s| s.year).chain(alike.iter().map(|t| t.year)).collect();
    let speaking = || spoken.iter().flat_map(|s| s.lines.clone()).chain(alike.iter().map(|t| t.lines));
    if let [only] = candidates.as_slice() {
        if said.contains(only) {
            evidence.extend(speaking().filter(|_| said.len() == 1));
        }
        // Running text that dates the same event otherwise makes the label doubtful.
        let others: Vec<i16> = spoken.iter().map(|s| s.year).filter(|y| y != only).collect();
        return Dating { best: Some(*only), others, evidence, label: event.labels.last().map(|(_, n)| *n) };
    }
    if let Some(year) = said.first().filter(|y| said.len() == 1 && candidates.contains(y)) {
        let label = event.labels.iter().find(|(y, _)| y == year).map(|(_, n)| *n);
        return Dating { best: Some(*year), others: Vec::new(), evidence: speaking().collect(), label };
    }
    evidence.extend(speaking());
    candidates.extend(&said);
    candidates.sort_unstable();
    candidates.dedup();
    // The nearest label is likeliest, unless the order of days or the same name elsewhere speaks against it.
    let best = event.labels.last().map(|(y, _)| *y).filter(|_| said.is_empty() && !event.out_of_order && event.labels.len() > 1);
    let label = event.labels.last().filter(|_| best.is_some()).map(|(_, n)| *n);
    Dating { best, others: candidates.into_iter().filter(|y| Some(*y) != best).collect(), evidence, label }
}

/// A year that an event's own words carry as its edition: `the 2019 theme`.
fn own_year(line: &str) -> Option<i16> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    tokens.windows(3).find_map(|w| {
        let noun = w[2].chars().next().is_some_and(char::is_alphabetic);
        crate::document::progress::line::year(w[1]).filter(|_| matches!(w[0], "the" | "its" | "The") && noun)
    })
}

fn precision(moment: Moment) -> DatePrecision {
    match moment {
        Moment::Month(_) => DatePrecision::Month,
        Moment::Day(..) => DatePrecision::Day,
        Moment::Months(..) | Moment::Days(..) => DatePrecision::Interval,
    }
}

/// Begin and end of a moment in a year; no end for a single day or month. A day that the year does not have gives nothing.
fn ends(moment: Moment, year: i16) -> (Option<Edtf>, Option<Edtf>) {
    match moment {
        Moment::Month(m) => (Edtf::month(year, m), None),
        Moment::Day(m, d) => (Edtf::day(year, m, d), None),
        Moment::Months(a, b) => (Edtf::month(year, a), Edtf::month(year, b)),
        Moment::Days(m, a, b) => (Edtf::day(year, m, a), Edtf::day(year, m, b)),
    }
}

fn edtf(moment: Moment, year: i16) -> String {
    match moment {
        Moment::Month(m) => Edtf::Month(year, m).to_string(),
        Moment::Day(m, d) => Edtf::Day(year, m, d).to_string(),
        Moment::Months(a, b) => Edtf::Interval(Endpoint::Month(year, a), Endpoint::Month(year, b)).to_string(),
        Moment::Days(m, a, b) => Edtf::Interval(Endpoint::Day(year, m, a), Endpoint::Day(year, m, b)).to_string(),
    }
}

/// Month and day as the column `alternatives` prints them: `02-27`, `05`.
fn month_day(moment: Moment) -> String {
    match moment {
        Moment::Month(m) => format!("{m:02}"),
        Moment::Day(m, d) => format!("{m:02}-{d:02}"),
        Moment::Months(a, b) => format!("{a:02}/{b:02}"),
        Moment::Days(m, a, b) => format!("{m:02}-{a:02}/{m:02}-{b:02}"),
    }
}

/// The entries of the rundown. Columns that stand loose are paired only where the text proves it: never by nearness.
pub fn regulations(rundown: &Rundown, twins: &[Twin]) -> Vec<Regulation> {
    let types: Vec<Option<usize>> = rundown.acts.iter().map(|act| only_type(act, rundown)).collect();
    let years: Vec<Option<&Twin>> = rundown.acts.iter().map(|act| dated_elsewhere(act, rundown, twins)).collect();
    // What is proven for one act is no candidate of another, as far as the column has it but once.
    let mut free_years: Vec<i16> = rundown.years.iter().map(|(y, _)| *y).collect();
    for twin in years.iter().flatten() {
        if let Some(at) = free_years.iter().position(|y| *y == twin.year) {
            free_years.remove(at);
        }
    }
    free_years.sort_unstable();
    free_years.dedup();
    let used: Vec<usize> = types.iter().flatten().copied().collect();
    let free_types: BTreeSet<String> =
        (0..rundown.types.len()).filter(|i| !used.contains(i)).map(|i| act_type(&rundown.types[i])).collect();
    let days: BTreeSet<String> = rundown.dates.iter().map(|d| month_day(d.moment)).collect();
    let mut out: Vec<Regulation> = Vec::new();
    for ((act, of_type), twin) in rundown.acts.iter().zip(&types).zip(&years) {
        let mut serves = act.description.lines.clone();
        let mut evidence = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let mut lines = act.description.span();
        let (date, kind) = if let Some((year, line)) = act.year {
            serves.push(line);
            serves.extend(act.date.iter().flat_map(|d| d.words.lines.clone()).chain(act.act_type.iter().flat_map(|t| t.lines.clone())));
            serves.sort_unstable();
            serves.dedup();
            lines = hull(&serves);
            evidence.push(lines);
            let date = act.date.as_ref().map_or(Edtf::year(year), |d| ends(d.moment, year).0);
            (date, act.act_type.as_ref().map(act_type).unwrap_or_default())
        } else {
            others.extend(days.iter().map(|d| format!("month_day={d}")));
            if twin.is_none() {
                others.extend(free_years.iter().map(|y| format!("year={y}")));
            }
            if of_type.is_none() {
                others.extend(free_types.iter().map(|t| format!("act_type={t}")));
            }
            if let Some(t) = twin {
                evidence.push(t.lines);
            }
            if let Some(i) = of_type {
                evidence.extend([act.description.span(), rundown.types[*i].span()]);
                serves.extend(&rundown.types[*i].lines);
                lines = lines.join(rundown.types[*i].span());
            }
            (twin.and_then(|t| Edtf::year(t.year)), of_type.map(|i| act_type(&rundown.types[i])).unwrap_or_default())
        };
        out.push(Regulation {
            status: RegulationStatus::Enacted,
            date,
            act_type: kind,
            description: act.description.text.clone(),
            certainty: Certainty::among(others),
            evidence,
            lines,
            serves,
        });
    }
    for passage in &rundown.up_next {
        out.push(Regulation {
            status: RegulationStatus::UpNext,
            date: None,
            act_type: String::new(),
            description: passage.text.clone(),
            certainty: Certainty::certain(),
            evidence: vec![rundown.up_next_label.span()],
            lines: passage.span(),
            serves: passage.lines.clone(),
        });
    }
    out.sort_by_key(|r| (r.status, r.lines));
    out
}

/// The loose type that shares a telling word with this description and no other, while the description shares one with no other type.
fn only_type(act: &Act, rundown: &Rundown) -> Option<usize> {
    if act.year.is_some() {
        return None;
    }
    let telling = |i: usize| -> Vec<String> {
        let kind = act_type(&rundown.types[i]);
        let own = kind.split_whitespace().filter(|w| !ACT_NOUNS.contains(&w.to_lowercase().as_str()));
        let own: Vec<&str> = own
            .filter(|w| {
                !matches!(w.to_lowercase().as_str(), "national" | "government" | "ministerial" | "royal" | "grand-ducal" | "federal")
            })
            .collect();
        stems(&own.join(" "))
    };
    let shares = |act: &Act, i: usize| overlap(&telling(i), &stems(&act.description.text)).0 > 0;
    let types: Vec<usize> = (0..rundown.types.len()).filter(|i| shares(act, *i)).collect();
    let &[only] = types.as_slice() else { return None };
    (rundown.acts.iter().filter(|other| shares(other, only)).count() == 1).then_some(only)
}

/// The one milestone that gives the act its year: its telling words all stand in the description (an acronym may stand for words
/// in a row); one that only speaks of an EU act's entry into force does not date the national act.
fn dated_elsewhere<'a>(act: &Act, rundown: &Rundown, twins: &'a [Twin]) -> Option<&'a Twin> {
    if act.year.is_some() {
        return None;
    }
    let words = stems(&act.description.text);
    let in_column = |t: &&Twin| rundown.years.iter().any(|(y, _)| *y == t.year);
    let fits = |t: &&Twin| {
        let told: Vec<String> = t.words.iter().filter(|w| !legal(w)).cloned().collect();
        let found = told.iter().filter(|w| words.iter().any(|d| same(w, d))).count();
        let spelled = told.iter().filter(|w| spells(w, &act.description.text)).count();
        // National law made of an EU act is dated where the text says that it was transposed.
        let transposed = t.name.to_lowercase().contains("transpos");
        (found >= 2 && covers(&words, &told)) || (transposed && told.len() == spelled && spelled > 0)
    };
    let found: Vec<&Twin> = twins.iter().filter(in_column).filter(fits).collect();
    let first = *found.first()?;
    found.iter().all(|t| t.year == first.year).then_some(first)
}

/// Words of the law itself, which say nothing about what it is about.
fn legal(word: &str) -> bool {
    static WORDS: LazyLock<Vec<String>> =
        LazyLock::new(|| stems("directive transposed law national regulation act adoption entry force decree"));
    WORDS.iter().any(|w| w == word)
}

/// Whether an acronym's letters begin consecutive words of a text: `psi` and `public sector information`.
fn spells(acronym: &str, text: &str) -> bool {
    let initials: String =
        text.split_whitespace().filter_map(|w| w.chars().find(|c| c.is_alphanumeric())).flat_map(char::to_lowercase).collect();
    acronym.chars().count() >= 3 && initials.contains(acronym)
}
