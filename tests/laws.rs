//! Laws that hold for any figures: what a statistician would try first.

use factsheet::comparison::{self, Comparison, Fields, Position, field::Moments};
use factsheet::dataset::Observation;
use factsheet::settings::{Methods, methods};
use factsheet::vocabulary::unit::UnitKind;
use factsheet::vocabulary::{Figure, Flags, Geo, Indicator, ObsValue, Place, Polarity, TimePeriod, Unit, figure};
use proptest::prelude::*;

fn the_methods() -> Methods {
    methods::read("input/methods.toml", include_str!("../input/methods.toml")).value
}

fn geo(code: &str) -> Geo {
    Geo::parse(code).expect("a code of the vocabulary")
}

fn indicator(polarity: Option<Polarity>) -> Indicator {
    Indicator {
        code: "X".into(),
        label: "Something".to_owned(),
        short: "Something".to_owned(),
        labels_until: Vec::new(),
        group: "made-up".to_owned(),
        dimension: String::new(),
        is_dimension: false,
        unit: Unit { code: "PC".into(), label: "%".to_owned(), kind: UnitKind::Percent },
        polarity,
        averages: vec![geo("EU27_2020")],
        decimals: 1,
        valid_range: None,
        target: None,
        headline: false,
        key_figure: false,
    }
}

fn observation(geo: Geo, year: i32, value: f64) -> Observation {
    Observation {
        indicator: "X".into(),
        geo,
        time_period: TimePeriod::Year(year),
        unit: "PC".into(),
        breakdown: String::new().into(),
        edition: "2022".into(),
        obs_value: ObsValue::Figure(Figure::new(value, 1).expect("finite")),
        flags: Flags::default(),
        flags_known: true,
        alternatives: Vec::new(),
        note: String::new().into(),
        source: "made-up".into(),
        place: Place::file("made-up"),
        as_printed: value.to_string().into(),
        corrected: false,
    }
}

fn members() -> Vec<Geo> {
    Geo::all().filter(|g| g.is_member_state()).collect()
}

fn compare(observations: &[Observation], indicator: &Indicator, geo: Geo) -> Vec<Comparison> {
    comparison::compare(observations, std::slice::from_ref(indicator), &the_methods(), geo)
}

/// The last row of every Member State, in protocol order.
fn last_rows(observations: &[Observation], indicator: &Indicator) -> Vec<Comparison> {
    let methods = the_methods();
    let fields = Fields::of(observations, std::slice::from_ref(indicator), &methods);
    members().into_iter().map(|g| fields.compare(g).pop().expect("every member reports")).collect()
}

/// Values of the 27 Member States in two years.
fn two_years() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((1.0..99.0_f64, 1.0..99.0_f64), 27)
}

fn observations(values: &[(f64, f64)]) -> Vec<Observation> {
    let years = |(g, (a, b)): (Geo, &(f64, f64))| [observation(g, 2020, *a), observation(g, 2021, *b)];
    members().into_iter().zip(values).flat_map(years).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    // Each case compares 27 countries; failures are shown, not written beside the test.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_country_against_itself_has_gap_zero_and_ratio_one(value in 0.1..100.0_f64) {
        let indicator = Indicator { averages: vec![geo("EU27_2020")], ..indicator(Some(Polarity::HigherIsBetter)) };
        let rows = compare(&[observation(geo("EU27_2020"), 2021, value)], &indicator, geo("EU27_2020"));
        prop_assert_eq!(rows[0].gap, Some(0.0));
        prop_assert_eq!(rows[0].ratio, Some(1.0));
        prop_assert_eq!(rows[0].position, Some(Position::CloseTo));
    }

    #[test]
    fn an_average_lies_between_its_extremes(values in two_years()) {
        let observations = observations(&values);
        let rows = compare(&observations, &indicator(None), geo("LU"));
        let last = rows.last().expect("two years");
        let average = last.average.expect("27 report").value();
        let now = || values.iter().map(|v| v.1);
        prop_assert!(now().fold(f64::MAX, f64::min) <= average && average <= now().fold(f64::MIN, f64::max));
        prop_assert_eq!(last.average_kind, "computed unweighted");
        prop_assert!(last.without.is_empty());
    }

    #[test]
    fn moving_all_values_alike_moves_no_gap_rank_score_or_class(values in two_years(), by in -50.0..50.0_f64) {
        let moved: Vec<_> = values.iter().map(|(a, b)| (a + by, b + by)).collect();
        let (before, after) = (observations(&values), observations(&moved));
        let indicator = indicator(Some(Polarity::HigherIsBetter));
        for (a, b) in last_rows(&before, &indicator).iter().zip(&last_rows(&after, &indicator)) {
            prop_assert!(near(a.gap.expect("both"), b.gap.expect("both")));
            prop_assert!(near(a.z_score.expect("spread"), b.z_score.expect("spread")));
            prop_assert!(near(a.change.expect("both"), b.change.expect("both")));
            prop_assert!(near(a.convergence.expect("both"), b.convergence.expect("both")));
        }
    }

    #[test]
    fn a_unit_scales_gaps_and_leaves_ratios_scores_and_ranks(values in two_years(), factor in 0.1..10.0_f64) {
        let scaled: Vec<_> = values.iter().map(|(a, b)| (a * factor, b * factor)).collect();
        let (before, after) = (observations(&values), observations(&scaled));
        let indicator = indicator(Some(Polarity::HigherIsBetter));
        for (a, b) in last_rows(&before, &indicator).iter().zip(&last_rows(&after, &indicator)) {
            prop_assert!(near(a.gap.expect("both") * factor, b.gap.expect("both")));
            prop_assert!(near(a.ratio.expect("both"), b.ratio.expect("both")));
            prop_assert!(near(a.z_score.expect("spread"), b.z_score.expect("spread")));
        }
    }

    #[test]
    fn ranks_do_not_depend_on_the_order_of_the_rows(values in two_years(), seed in any::<u64>()) {
        let observations = observations(&values);
        let mut shuffled = observations.clone();
        let mut state = seed;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, usize::try_from(state >> 33).expect("31 bits") % (i + 1));
        }
        let indicator = indicator(Some(Polarity::LowerIsBetter));
        prop_assert_eq!(last_rows(&observations, &indicator), last_rows(&shuffled, &indicator));
    }

    #[test]
    fn a_rank_is_one_more_than_the_number_of_better_countries(values in prop::collection::vec(1..8_i32, 27)) {
        let values: Vec<(f64, f64)> = values.into_iter().map(|v| (1.0, f64::from(v))).collect();
        let observations = observations(&values);
        let (high, low) = (last_rows(&observations, &indicator(None)), last_rows(&observations, &indicator(Some(Polarity::LowerIsBetter))));
        for i in 0..27 {
            let better = |by: &dyn Fn(f64, f64) -> bool| u32::try_from(values.iter().filter(|v| by(v.1, values[i].1)).count()).expect("27");
            prop_assert_eq!(high[i].rank.map(|r| (r.rank, r.of)), Some((better(&|a, b| a > b) + 1, 27)));
            prop_assert_eq!(low[i].rank_eu.map(|r| (r.rank, r.of)), Some((better(&|a, b| a < b) + 1, 27)));
        }
    }

    #[test]
    fn scores_have_mean_zero_and_deviation_one(values in two_years()) {
        let observations = observations(&values);
        let scores: Vec<f64> = last_rows(&observations, &indicator(None)).iter().map(|c| c.z_score.expect("spread")).collect();
        let moments = Moments::of(&scores).expect("27 scores");
        prop_assert!(moments.mean.abs() < 1e-9);
        prop_assert!(near(moments.deviation, 1.0));
    }

    #[test]
    fn a_worse_polarity_turns_the_ranking_round(values in two_years()) {
        let observations = observations(&values);
        let (high, low) = (Some(Polarity::HigherIsBetter), Some(Polarity::LowerIsBetter));
        for (a, b) in last_rows(&observations, &indicator(high)).iter().zip(&last_rows(&observations, &indicator(low))) {
            // Continuous values do not tie.
            prop_assert_eq!(a.rank.expect("reports").rank + b.rank.expect("reports").rank, 28);
        }
    }

    #[test]
    fn the_position_agrees_with_the_gap_and_its_band(country in 0.0..100.0_f64, average in 0.0..100.0_f64) {
        let rows = compare(&[observation(geo("LU"), 2021, country), observation(geo("EU27_2020"), 2021, average)], &indicator(None), geo("LU"));
        let (gap, band) = (rows[0].gap.expect("both"), rows[0].band.expect("an average"));
        prop_assert_eq!(band, 1.0);
        let expected = if gap > band { Position::Above } else if gap < -band { Position::Below } else { Position::CloseTo };
        prop_assert_eq!(rows[0].position, Some(expected));
    }

    #[test]
    fn what_is_worded_reads_back_as_the_rounded_number(value in -1e7..1e7_f64, decimals in 0..6_u8) {
        let text = figure::word(value, decimals).replace('\u{2212}', "-").replace('\u{a0}', "");
        let read: f64 = text.parse().expect("a number");
        prop_assert_eq!(read, figure::round(value, decimals));
        prop_assert!((read - value).abs() <= 0.5 * 10_f64.powi(-i32::from(decimals)) * (1.0 + 1e-6));
        prop_assert!(!text.starts_with('-') || read < 0.0);
    }

    #[test]
    fn nothing_that_is_read_can_make_it_panic(
        rows in prop::collection::vec((0..48_usize, 1990..2030_i32, prop::option::of(-1e300..1e300_f64), "[bdepu]{0,2}"), 0..200),
        biennia in any::<bool>(),
    ) {
        let all: Vec<Geo> = Geo::all().collect();
        let observations: Vec<Observation> = rows
            .iter()
            .map(|(g, year, value, flags)| {
                let mut o = observation(all[g % all.len()], *year, value.unwrap_or(0.0));
                if biennia {
                    o.time_period = TimePeriod::Biennium { first: *year };
                }
                o.flags = Flags::parse(flags).expect("flags of the list");
                o
            })
            .collect();
        let indicator = [indicator(Some(Polarity::HigherIsBetter))];
        let methods = the_methods();
        let fields = Fields::of(&observations, &indicator, &methods);
        for country in Geo::all() {
            for row in fields.compare(country) {
                prop_assert_eq!(row.gap.is_some(), row.incomparable.is_empty());
                prop_assert_eq!(row.gap.is_some(), row.position.is_some());
            }
        }
    }
}
