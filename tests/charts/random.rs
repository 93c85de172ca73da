//! Whatever the data: long names, missing, negative, equal, huge and uncertain values, one series, one point, 35 countries.

use crate::samples::{chart, shown, signed};
use crate::{faults, is_sound};
use factsheet::report::Shown;
use factsheet::report::chart::*;
use factsheet::vocabulary::{Flags, Geo, TimePeriod};
use factsheet::writer::chart::{multiples, natural_width, stand_alone};
use proptest::prelude::*;

/// A name of one to many words, some with signs of other scripts.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("eID".to_owned()),
        Just("Integration of digital technology".to_owned()),
        Just("Very high capacity network coverage of all households, rural areas included".to_owned()),
        Just("Техническа оперативна съвместимост".to_owned()),
        Just("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".to_owned()),
    ]
}

/// Names of countries, short and long, with their codes.
fn country() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop_oneof![Just(("Malta", "MT")), Just(("Luxembourg", "LU")), Just(("Bosnia and Herzegovina", "BA"))]
}

fn value(low: f64, high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![6 => low..high, 1 => Just(f64::NAN), 1 => Just(low), 1 => Just(high), 1 => Just((low + high) / 2.0)]
}

fn figure(low: f64, high: f64) -> impl Strategy<Value = Shown> {
    (value(low, high), prop_oneof![3 => Just(""), 1 => Just("b"), 1 => Just("ep")], prop::bool::weighted(0.2), prop::bool::weighted(0.1))
        .prop_map(|(value, flags, uncertain, corrected)| Shown {
            flags: Flags::parse(flags).expect("flags of the list"),
            uncertain,
            corrected,
            ..shown(value, u8::from(value.abs() < 1000.0))
        })
}

fn row(low: f64, high: f64) -> impl Strategy<Value = ValueRow> {
    (name(), figure(low, high), prop::option::weighted(0.8, figure(low, high)), any::<bool>(), any::<bool>()).prop_map(
        |(label, country, average, higher_is_better, noted)| {
            let gap = average.as_ref().map(|a| signed(country.value.unwrap_or(f64::NAN) - a.value.unwrap_or(f64::NAN), 1));
            let rank = if noted { "12 of 35" } else { "" };
            ValueRow {
                number: if noted { "12".to_owned() } else { String::new() },
                mark: if noted { "c".to_owned() } else { String::new() },
                rank: rank.to_owned(),
                label,
                country,
                average,
                gap,
                higher_is_better,
            }
        },
    )
}

fn rows(low: f64, high: f64) -> impl Strategy<Value = Vec<ValueRow>> {
    prop::collection::vec(row(low, high), 0..9)
}

fn groups(low: f64, high: f64) -> impl Strategy<Value = Vec<GapGroup>> {
    let group = (name(), rows(low, high)).prop_map(|(heading, rows)| GapGroup { heading, aside: "EU27+, scores".to_owned(), rows });
    prop::collection::vec(group, 0..4)
}

/// Ranges of values: scores, shares, negative ones, small and large.
fn range() -> impl Strategy<Value = (f64, f64)> {
    prop_oneof![Just((0.0, 100.0)), Just((-40.0, 60.0)), Just((0.0, 0.4)), Just((1.0, 4.0)), Just((0.0, 25_000.0)), Just((50.0, 50.0001))]
}

fn line() -> impl Strategy<Value = LineChart> {
    let shape = (range(), 0..25usize, any::<bool>(), any::<bool>(), country(), 1..3i32);
    shape.prop_flat_map(|((low, high), n, alone, spark, (country_name, country_code), every)| {
        let series = || prop::collection::vec(figure(low, high), n);
        (series(), series()).prop_map(move |(country, average)| {
            let difference = |(c, a): (&Shown, &Shown)| signed(c.value.unwrap_or(f64::NAN) - a.value.unwrap_or(f64::NAN), 1);
            let gap: Vec<Shown> = country.iter().zip(&average).map(difference).collect();
            LineChart {
                country_code: country_code.to_owned(),
                country_name: country_name.to_owned(),
                average_name: if alone { String::new() } else { "EU27+".to_owned() },
                unit: "%".to_owned(),
                gap_unit: "points".to_owned(),
                periods: (0..n as i32).map(|i| TimePeriod::Year(1999 + i * every)).collect(),
                maximum: nice_maximum(country.iter().chain(&average)),
                minimum: 0.0,
                country,
                average: if alone { vec![] } else { average },
                gap: if alone { vec![] } else { gap },
                spark,
            }
        })
    })
}

fn whole(kind: ChartKind) -> Chart {
    chart("random", "Finding", "What, where, when", kind)
}

fn check(kind: ChartKind) {
    let chart = whole(kind);
    let faults = faults(&stand_alone(&chart, natural_width(&chart)));
    assert!(faults.is_empty(), "alone:\n{}", faults.join("\n"));
    is_sound(&chart, natural_width(&chart));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_sound(line in line(), width in prop_oneof![Just(152.0_f32), Just(234.5), Just(482.0)]) {
        let chart = whole(ChartKind::Line(LineChart { spark: false, ..line.clone() }));
        is_sound(&chart, width);
        is_sound(&whole(ChartKind::Line(LineChart { spark: true, ..line })), 110.75);
    }

    #[test]
    fn multiples_are_sound(lines in prop::collection::vec(line(), 1..4)) {
        let charts: Vec<Chart> = lines.into_iter().map(|l| whole(ChartKind::Line(LineChart { spark: true, ..l }))).collect();
        for drawing in multiples(&charts, 110.75) {
            let faults = faults(&drawing);
            prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        }
    }

    #[test]
    fn gap_plots_are_sound((groups, country) in (range(), country()).prop_flat_map(|((l, h), c)| (groups(l, h), Just(c)))) {
        check(ChartKind::Gap(GapPlot {
            country_code: country.1.to_owned(), country_name: country.0.to_owned(), average_name: "EU".to_owned(), groups,
        }));
    }

    #[test]
    fn dumbbells_are_sound(((minimum, maximum), groups) in range().prop_flat_map(|(l, h)| (Just((l.min(0.0), h)), groups(l, h)))) {
        check(ChartKind::Dumbbell(Dumbbell {
            country_name: "Luxembourg".to_owned(), average_name: "EU".to_owned(), minimum, maximum, groups,
        }));
    }

    #[test]
    fn bars_are_sound((maximum, dimensions) in range().prop_flat_map(|(l, h)| {
        (Just(h), prop::collection::vec((row(l, h), rows(l, h)), 0..4))
    })) {
        check(ChartKind::Bars(Bars { average_name: "EU27+".to_owned(), country_code: "LU".to_owned(), maximum, dimensions }));
    }

    #[test]
    fn scoreboards_are_sound(boards in prop::collection::vec((name(), rows(1.0, 4.0)), 0..3), country in country()) {
        let boards = boards.into_iter().map(|(heading, rows)| Board { heading, rows }).collect();
        check(ChartKind::Scoreboard(Scoreboard {
            average_name: "EU".to_owned(), country_code: country.1.to_owned(), country_name: country.0.to_owned(),
            minimum: 1.0, maximum: 4.0, boards,
        }));
    }

    #[test]
    fn extremes_are_sound((ahead, behind) in range().prop_flat_map(|(l, h)| (rows(l, h), rows(l, h)))) {
        let with_source = |rows: Vec<ValueRow>| rows.into_iter().map(|r| ("Benchmark".to_owned(), r)).collect();
        check(ChartKind::Extremes(Extremes {
            country_code: "LU".to_owned(), average_name: "EU27+".to_owned(),
            ahead: with_source(ahead), behind: with_source(behind),
        }));
    }

    #[test]
    fn distances_are_sound(rows in prop::collection::vec((name(), figure(0.0, 100.0), prop::option::of(figure(0.0, 100.0)), figure(50.0, 100.0)), 0..12), country in country()) {
        let rows = rows.into_iter().map(|(label, country, average, target)| {
            let to_go = target.value.zip(country.value).map_or("reached".to_owned(), |(t, c)| signed(t - c, 1).text);
            DistanceRow { label, country, average, target, to_go }
        }).collect();
        check(ChartKind::Distance(Distance {
            country_code: country.1.to_owned(), country_name: country.0.to_owned(), average_name: "EU".to_owned(),
            year: 2030, maximum: 100.0, rows,
        }));
    }

    #[test]
    fn rank_strips_are_sound(
        strips in range().prop_flat_map(|(l, h)| {
            prop::collection::vec((name(), prop::collection::vec(figure(l, h), 0..36), prop::option::of(figure(l, h)), Just((l, h))), 1..5)
        }),
        country in prop_oneof![Just("LU"), Just("BE"), Just("UA")],
        shares in any::<bool>(),
    ) {
        let geos: Vec<Geo> = Geo::all().filter(|g| !g.is_aggregate()).collect();
        let strips = strips.into_iter().enumerate().map(|(i, (label, values, average, (low, high)))| RankStrip {
            label,
            aside: "Benchmark, 2020–21, EU27+".to_owned(),
            minimum: low.min(0.0),
            maximum: if shares { high } else { high + i as f64 * 7.0 },
            countries: geos.iter().copied().zip(values).collect(),
            average,
            rank: "17th".to_owned(),
            rank_of: "of 35".to_owned(),
        }).collect();
        let country = Geo::parse(country).expect("known");
        check(ChartKind::Ranks(Ranks {
            country, country_name: country.name().to_owned(), average_name: "EU".to_owned(), strips,
        }));
    }

    #[test]
    fn timelines_are_sound(
        events in prop::collection::vec((prop::option::weighted(0.9, 2010..2024i32), name(), prop::collection::vec(2010..2024i32, 0..3)), 0..25),
        first_year in 2010..2016i32,
    ) {
        let events = events.into_iter().map(|(year, label, mut alternatives)| {
            alternatives.retain(|a| Some(*a) != year);
            alternatives.dedup();
            TimelineEvent { year, label, language: String::new(), alternatives, lines: "1217–1218".to_owned() }
        }).collect();
        check(ChartKind::Timeline(Timeline { first_year, last_year: first_year + 6, events }));
    }
}
