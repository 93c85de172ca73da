//! What a source's own numbers must satisfy, METHODS.md section 7: means of their parts, counts beside their lists.

use crate::comparison::claim::{Said, Stated};
use crate::comparison::gap::step;
use crate::dataset::Observation;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::pattern::Pattern;
use crate::settings::methods::Mean;
use crate::source::text::Text;
use crate::vocabulary::{Figure, Geo, Lines, Place, TimePeriod};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub static NOT_THE_MEAN: Rule = Rule {
    id: "CMP001",
    severity: Severity::Warning,
    title: "A figure that its publisher calls the mean of others is their mean",
    source: "the publisher's method, named in input/methods.toml",
    explanation: "The tolerance is half a unit of every printed part times its weight, plus half a unit of the result. A larger difference is a wrong digit in one of them, or a method that changed: look at the source, correct the value with its reason or the entry `[[mean]]`.",
};

pub static MISCOUNTED: Rule = Rule {
    id: "CMP002",
    severity: Severity::Note,
    title: "A count announced beside a list is the number of its items",
    source: "this project",
    explanation: "The text announces a number and then lists another. Nothing is corrected: ask the author which is right.",
};

/// A figure of a source as it stands beside its parts: from a workbook, or a row of a table in a text.
#[derive(Clone, Debug)]
pub struct Part {
    /// Code of the indicator.
    pub indicator: String,
    pub figure: Figure,
    pub place: Place,
}

/// Every figure of every edition that is declared a mean, against its parts.
pub fn means(observations: &[Observation], means: &[Mean]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for mean in means {
        let mut fields: BTreeMap<(&str, TimePeriod, Geo, &str, &str), Vec<Part>> = BTreeMap::new();
        let meant =
            |o: &&Observation| o.time_period >= mean.since && (o.indicator == mean.is || mean.of.iter().any(|of| o.indicator == *of));
        for o in observations.iter().filter(meant) {
            if let Some(figure) = o.obs_value.figure() {
                let part = Part { indicator: o.indicator.to_string(), figure, place: o.place.clone() };
                fields.entry((&o.edition, o.time_period, o.geo, &o.unit, &o.breakdown)).or_default().push(part);
            }
        }
        found.extend(fields.values().filter_map(|parts| mean_of(parts, mean)));
    }
    found
}

/// The same for a table in a text: its values of the country and of the average, as printed. `shown` are the figures that the
/// publication shows: they tell which period the table is of. `file` is the name of the text.
pub fn table_means(stated: &[Stated<'_>], shown: &[Observation], means: &[Mean], file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for mean in means {
        let newest = shown.iter().filter(|o| o.indicator == mean.is).map(|o| o.time_period).max();
        if newest.is_none_or(|period| period < mean.since) {
            continue;
        }
        let (mut country, mut average): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
        for row in stated {
            let [indicator] = row.about[..] else { continue };
            let part = |figure| Part { indicator: indicator.code.to_string(), figure, place: Place::lines(file, row.lines) };
            match &row.said {
                Said::Values(values) => country.extend(values.first().filter(|_| values.len() == 1).map(|f| part(*f))),
                Said::Average(_, figure) => average.push(part(*figure)),
                Said::Relation(_) | Said::Rank(_) | Said::Words(_) => {}
            }
        }
        found.extend([country, average].iter().filter_map(|parts| mean_of(parts, mean)));
    }
    found
}

/// One figure against its parts; `None` where it is their mean within tolerance, or one of them is missing.
pub fn mean_of(parts: &[Part], mean: &Mean) -> Option<Diagnostic> {
    let part = |code: &str| parts.iter().find(|p| p.indicator == code);
    let result = part(&mean.is)?;
    let of: Vec<&Part> = mean.of.iter().map(|code| part(code)).collect::<Option<_>>()?;
    let n = f64::from(u32::try_from(of.len()).ok().filter(|n| *n > 0)?);
    let expected = of.iter().map(|p| p.figure.value()).sum::<f64>() / n;
    let half_unit = |f: Figure| step(f.decimals()) / 2.0;
    let tolerance = of.iter().map(|p| half_unit(p.figure) / n).sum::<f64>() + half_unit(result.figure);
    if (result.figure.value() - expected).abs() <= tolerance + 1e-9 {
        return None;
    }
    let printed: Vec<String> = of.iter().map(|p| format!("{} {}", p.indicator, p.figure)).collect();
    let mean_printed = Figure::new(expected, result.figure.decimals().max(1)).map_or_else(String::new, |f| f.to_string());
    Some(Diagnostic::new(
        &NOT_THE_MEAN,
        result.place.clone(),
        format!("{} as the mean of {}: {mean_printed}", mean.is, printed.join(", ")),
        result.figure.to_string(),
        "compare the source; correct the wrong value in input/corrections.csv with the reason",
    ))
}

fn pattern(text: &str) -> Pattern {
    Pattern::new(text).expect("a pattern of our own")
}

/// A number and a noun, then what opens a list: `in 36 countries: …`, `seven 'Citizen life events' (…)`.
static ANNOUNCED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+((?:[‘'’“"]?[\p{L}-]+[’'”"]?\s+){0,3}[\p{L}-]+s[’'”"]?)\s*(?:\(|:\s|, namely\s)"#,
    )
});
static LEADING_NUMBER: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^(?:the\s+)?(\d{1,3})\s+\p{L}"));
static LINK: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\[([^\]]*)\]\([^)]*\)"));

/// Counts in running text that differ from the list beside them. A list that is cut off, of mixed items or of fewer than
/// three is not judged: a wrong alarm costs more than a count.
pub fn counts(text: &Text) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (number, line) in text.lines() {
        let line = LINK.replace_by_group(line).replace('*', "");
        for captures in ANNOUNCED.captures_iter(&line) {
            let (Some(count), Some(whole)) = (count(&captures[1]), captures.get(0)) else { continue };
            let Some(list) = list(&line[whole.end()..], whole.as_str().ends_with('(')) else { continue };
            let Some(items) = items(list) else { continue };
            if items != count {
                let place = Place::lines(&text.name, Lines::one(number));
                let expected = format!("{count} items behind “{}”", whole.as_str().trim_end_matches(['(', ':', ' ']));
                let help = "ask the author which is right; the text stays as printed";
                let diagnostic = Diagnostic::new(&MISCOUNTED, place, expected, format!("{items}: {list}"), help);
                found.push(diagnostic.with_excerpt(text.line(number), &captures[1], "announced"));
            }
        }
    }
    found
}

fn count(word: &str) -> Option<u32> {
    const WORDS: [&str; 11] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = word.to_lowercase();
    WORDS.iter().position(|w| *w == word).and_then(|i| u32::try_from(i + 2).ok()).or_else(|| word.parse().ok())
}

/// The list from where it opens to its closing bracket, or to the end of its sentence.
fn list(rest: &str, bracketed: bool) -> Option<&str> {
    let end = if bracketed {
        rest.find(')')?
    } else {
        rest.find(" (")
            .into_iter()
            .chain(rest.find(". "))
            .chain(rest.find(';'))
            .min()
            .or_else(|| rest.ends_with('.').then(|| rest.len() - 1))?
    };
    Some(rest[..end].trim()).filter(|list| !list.contains(['(', ':', ';']))
}

/// How many items a list has; an item such as `the 27 Member States` counts as many as it says. `None` where the items are
/// not all names (capitals), apart from remarks between them (`measured in 2021`), or are fewer than three.
fn items(list: &str) -> Option<u32> {
    let list = list.replace(", as well as ", ", ").replace(" as well as ", ", ").replace(", and ", ", ").replace(" and ", ", ");
    let mut total: u32 = 0;
    let mut parts = 0;
    for item in list.split(',').map(str::trim).filter(|i| !i.is_empty()) {
        let item = item.strip_prefix("the ").unwrap_or(item);
        if let Some(number) = LEADING_NUMBER.captures(item).and_then(|c| c[1].parse::<u32>().ok()) {
            total = total.saturating_add(number);
        } else if item.ends_with("States") || item.ends_with("countries") {
            // How many these are, the list does not say.
            return None;
        } else if item.starts_with(char::is_uppercase) {
            total = total.saturating_add(1);
        } else if item.starts_with("measured ") || item.starts_with("including ") || item.starts_with("respectively") {
            continue;
        } else {
            return None;
        }
        parts += 1;
    }
    (parts >= 3 || (parts == 2 && total > 2)).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn text(lines: &str) -> Text {
        Text::decode(&Source::new("made-up.txt", None, lines.as_bytes().to_vec())).value.expect("UTF-8")
    }

    #[test]
    fn a_count_beside_its_list_is_counted() {
        let wrong =
            counts(&text("An assessment of 9 countries: the 5 Nordic States, as well as Andorra, Monaco and San Marino (the N5+)."));
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].found.starts_with("8: "), "{}", wrong[0].found);
        for right in [
            "An assessment of 8 countries: the 5 Nordic States, as well as Andorra, Monaco and San Marino (the N5+).",
            "Four 'Life events' (Moving, Owning a car, Health measured in 2021, and Family life, measured in 2020) follow.",
            "There are 3 ways to do this (see the annex, which is long, and the notes).",
            "It is open to 29 countries (EU Member States, Norway and Liechtenstein).",
            "In 2021, 12 projects: some were new, others were not.",
        ] {
            assert_eq!(counts(&text(right)), [], "{right}");
        }
    }

    fn mean() -> Mean {
        let since = TimePeriod::parse("2020-2021").expect("a biennium");
        let of = ["A.1", "A.2", "A.3"].map(str::to_owned).to_vec();
        Mean { is: "A".to_owned(), of, since, source: String::new(), edition: String::new() }
    }

    fn parts(values: [(f64, u8); 4]) -> Vec<Part> {
        let codes = ["A", "A.1", "A.2", "A.3"];
        let part = |(indicator, (value, decimals)): (&str, (f64, u8))| Part {
            indicator: indicator.to_owned(),
            figure: Figure::new(value, decimals).expect("finite"),
            place: Place::file("made-up"),
        };
        codes.into_iter().zip(values).map(part).collect()
    }

    #[test]
    fn a_mean_is_held_to_what_its_parts_are_printed_with() {
        assert!(mean_of(&parts([(60.0, 1), (50.0, 1), (60.0, 1), (70.0, 1)]), &mean()).is_none());
        assert!(mean_of(&parts([(60.1, 1), (50.0, 1), (60.0, 1), (70.0, 1)]), &mean()).is_none(), "0.1 lies within rounding");
        assert!(mean_of(&parts([(60.2, 1), (50.0, 1), (60.0, 1), (70.0, 1)]), &mean()).is_some());
        assert!(mean_of(&parts([(61.0, 0), (50.0, 0), (60.0, 0), (70.0, 0)]), &mean()).is_none());
        assert!(mean_of(&parts([(62.0, 0), (50.0, 0), (60.0, 0), (70.0, 0)]), &mean()).is_some());
        assert!(mean_of(&parts([(62.0, 0), (50.0, 0), (60.0, 0), (70.0, 0)])[..3], &mean()).is_none(), "a part is missing");
    }
}
