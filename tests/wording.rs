//! Sentences on figures never contradict the digits beside them, for every country that has some.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use factsheet::comparison::{Comparison, Fields, Position};
use factsheet::dataset::{Observation, observation, observe};
use factsheet::report::Figures;
use factsheet::report::material::{self, Material};
use factsheet::report::{notes, wording};
use factsheet::settings::{self, Settings};
use factsheet::vocabulary::{Geo, Indicator};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The project's figures as the factsheet of 2022 shows them.
fn figures() -> (Settings, Vec<Observation>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["input", "seeds"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is part of the project") {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            files.insert(format!("{folder}/{name}"), std::fs::read(&path).expect("the file can be read"));
        }
    }
    let settings = settings::read(&files).value;
    let observations = observe::read(&files, &settings).value;
    let factsheet = settings.seeds.iter().find(|s| s.family == "dpa");
    let selected = observation::select(&observations, &settings.cut_offs(factsheet, "2022"));
    (settings, selected)
}

/// Calls `look` with every country that has an observation.
fn every_country(look: impl Fn(&Settings, &Material<'_>, &[Comparison])) {
    let (settings, observations) = figures();
    let fields = Fields::of(&observations, &settings.indicators.indicators, &settings.methods);
    let figures = Figures::of(&observations, &[], &fields, Arc::new(notes::cited_figures(&observations)));
    for country in Geo::all().filter(|g| !g.is_aggregate() && observations.iter().any(|o| o.geo == *g)) {
        let comparisons = fields.compare(country);
        let material = Material::new(country, country.name(), &settings.indicators, &settings.inputs, &figures, &comparisons);
        look(&settings, &material, &comparisons);
    }
}

#[test]
fn a_gap_in_words_agrees_with_the_printed_numbers() {
    every_country(|settings, _, comparisons| {
        for c in comparisons {
            let indicator = settings.indicators.get(&c.indicator).expect("its indicator is declared");
            let words = wording::gap_words(c, indicator);
            let (Some(average), true) = (material::average(c, indicator), c.gap.is_some()) else {
                assert_eq!(words, "gap not computed");
                continue;
            };
            let printed = |text: &str| text.replace('\u{2212}', "-").replace('\u{a0}', "").parse::<f64>().expect("a printed number");
            let (own, other) = (printed(&material::country(c, indicator).text), printed(&average.text));
            let place = format!("{}/{}/{}: {own} beside {other} is `{words}`", c.indicator, c.geo, c.time_period);
            if words.ends_with("above") {
                assert!(own > other && c.position == Some(Position::Above), "{place}");
            } else if words.ends_with("below") {
                assert!(own < other && c.position == Some(Position::Below), "{place}");
            } else if words == "level" {
                assert!((own - other).abs() <= settings.methods.entries.iter().map(|e| e.value).fold(0.0, f64::max), "{place}");
                assert!(c.position == Some(Position::CloseTo), "{place}");
            } else {
                assert!(words.starts_with("close to (") && c.position == Some(Position::CloseTo), "{place}");
            }
        }
    });
}

#[test]
fn every_country_gets_whole_sentences() {
    every_country(|settings, material, _| {
        let mut sentences = vec![wording::lead(material)];
        let told = [wording::strongest_and_weakest(material), wording::changed_most(material)];
        sentences.extend(told.into_iter().filter(|text| !text.is_empty()));
        let mut findings = vec![wording::position_finding(material)];
        for group in &settings.indicators.groups {
            let indicators: Vec<&Indicator> = material.group(&group.key).filter(|i| material.latest(i).is_some()).collect();
            if indicators.is_empty() {
                continue;
            }
            sentences.push(wording::lines_lead(material, &indicators));
            findings.push(wording::bars_finding(material, &group.key));
            findings.push(wording::group_finding(material, &group.key));
            findings.push(wording::sparks_finding(material, &indicators));
            findings.extend(indicators.iter().map(|i| wording::line_finding(material, i)));
        }
        for text in &sentences {
            assert!(text.ends_with('.') && text.starts_with(char::is_uppercase), "{}: {text}", material.country);
        }
        for text in sentences.iter().chain(&findings) {
            let clean = !text.is_empty() && !text.contains("  ") && !text.contains("NaN") && !text.contains(" ,") && text.trim() == text;
            assert!(clean, "{}: `{text}`", material.country);
        }
    });
}

#[test]
fn names_keep_their_capitals_inside_a_sentence() {
    for (name, inside) in [
        ("Downloading official forms", "downloading official forms"),
        ("eID", "eID"),
        ("5G coverage", "5G coverage"),
        ("SMEs selling online", "SMEs selling online"),
        ("DESI, total", "DESI, total"),
        ("", ""),
    ] {
        assert_eq!(wording::inside(name), inside);
    }
    assert_eq!(wording::country("Netherlands"), "the Netherlands");
    assert_eq!(wording::country("Luxembourg"), "Luxembourg");
}

#[test]
fn numbers_are_words_up_to_twelve() {
    assert_eq!((wording::number(1), wording::number(12), wording::number(13)), ("one".into(), "twelve".into(), "13".into()));
    for (n, word) in
        [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (112, "112th")]
    {
        assert_eq!(wording::ordinal(n), word);
    }
}
