//! Comparisons by example: averages, breaks, biennia, reasons, trends, targets. All figures are made up.

use factsheet::comparison::scoreboard::CLASSES;
use factsheet::comparison::table::{Order, table};
use factsheet::comparison::{Comparison, Fields, Position, cut_offs};
use factsheet::dataset::{Observation, Table};
use factsheet::settings::{Methods, methods};
use factsheet::vocabulary::indicator::Target;
use factsheet::vocabulary::unit::UnitKind;
use factsheet::vocabulary::{Figure, Flags, Geo, Indicator, Missing, ObsValue, Place, Polarity, TimePeriod, Unit};

fn the_methods() -> Methods {
    methods::read("input/methods.toml", include_str!("../input/methods.toml")).value
}

fn geo(code: &str) -> Geo {
    Geo::parse(code).expect("a code of the vocabulary")
}

fn indicator(kind: UnitKind) -> Indicator {
    Indicator {
        code: "X".into(),
        label: "Something".to_owned(),
        short: "Something".to_owned(),
        labels_until: Vec::new(),
        group: "made-up".to_owned(),
        dimension: String::new(),
        is_dimension: false,
        unit: Unit { code: "U".into(), label: "unit".to_owned(), kind },
        polarity: Some(Polarity::HigherIsBetter),
        averages: vec![geo("EU27PLUS"), geo("EU27")],
        decimals: 1,
        valid_range: None,
        target: None,
        headline: false,
        key_figure: false,
    }
}

/// One figure, written `LU 2021 55.3 b` or `LU 2021 :`; decimals as written.
fn observation(text: &str) -> Observation {
    let words: Vec<&str> = text.split(' ').collect();
    let decimals = words[2].split_once('.').map_or(0, |(_, part)| part.len());
    let obs_value = match words[2] {
        ":" => ObsValue::Missing(Missing::NotAvailable),
        "C" => ObsValue::Missing(Missing::Confidential),
        number => {
            ObsValue::Figure(Figure::new(number.parse().expect("a number"), u8::try_from(decimals).expect("few decimals")).expect("finite"))
        }
    };
    Observation {
        indicator: "X".into(),
        geo: geo(words[0]),
        time_period: TimePeriod::parse(words[1]).expect("a period"),
        unit: "U".into(),
        breakdown: "".into(),
        edition: "2022".into(),
        obs_value,
        flags: Flags::parse(words.get(3).unwrap_or(&"")).expect("flags"),
        flags_known: true,
        alternatives: Vec::new(),
        note: "".into(),
        source: "made-up".into(),
        place: Place::file("made-up"),
        as_printed: words[2].into(),
        corrected: false,
    }
}

fn observations(lines: &[&str]) -> Vec<Observation> {
    lines.iter().map(|l| observation(l)).collect()
}

fn compare(lines: &[&str], indicator: &Indicator, country: &str) -> Vec<Comparison> {
    let methods = the_methods();
    Fields::of(&observations(lines), std::slice::from_ref(indicator), &methods).compare(geo(country))
}

/// A row per Member State: value `start`, `start + 1`, ... in protocol order.
fn members(period: &str, start: u32, but: &[&str]) -> Vec<Observation> {
    let members = Geo::all().filter(|g| g.is_member_state());
    members.zip(start..).filter(|(g, _)| !but.contains(&g.code())).map(|(g, value)| observation(&format!("{g} {period} {value}"))).collect()
}

#[test]
fn every_published_average_has_a_row_of_its_own_and_none_is_mixed_with_another() {
    let rows = compare(&["LU 2020 87.1", "EU27 2020 69.8", "EU27PLUS 2020 67.7", "EU28 2020 70.0"], &indicator(UnitKind::Score100), "LU");
    let averages: Vec<_> = rows.iter().map(|c| (c.average_geo.map(Geo::code), c.average_kind)).collect();
    assert_eq!(averages, [(Some("EU27PLUS"), "published"), (Some("EU27"), "published")]);
    assert!((rows[0].gap.expect("both") - 19.4).abs() < 1e-9);
}

#[test]
fn an_average_of_another_aggregate_is_no_average() {
    let rows = compare(&["LU 2020 87.1", "EU28 2020 70.0"], &indicator(UnitKind::Score100), "LU");
    assert_eq!(rows[0].gap, None);
    assert_eq!(rows[0].incomparable, "aggregates differ: EU28 is published, not EU27PLUS, EU27");
}

#[test]
fn a_mean_of_our_own_needs_its_quorum_and_names_who_is_left_out() {
    let methods = the_methods();
    let x = [indicator(UnitKind::Score100)];
    let figures = members("2021", 1, &["BE", "SE"]);
    let row = Fields::of(&figures, &x, &methods).compare(geo("LU")).pop().expect("a row");
    assert_eq!((row.average_kind, row.average_geo), ("computed unweighted", Some(geo("EU27_2020"))));
    assert_eq!(row.average.map(Figure::value), Some(14.0));
    assert_eq!(row.without, [geo("BE"), geo("SE")]);
    let few = members("2021", 1, &["BE", "BG", "CZ", "SE"]);
    let row = Fields::of(&few, &x, &methods).compare(geo("LU")).pop().expect("a row");
    assert_eq!(row.average, None);
    assert_eq!(row.incomparable, "no average is published, and 23 Member States report where a mean needs 24");
    assert_eq!(row.z_score, None);
}

#[test]
fn the_reason_is_given_where_unit_edition_or_period_differ() {
    let x = [indicator(UnitKind::Percent)];
    let methods = the_methods();
    let reason = |change: &dyn Fn(&mut Observation)| {
        let mut figures = observations(&["LU 2021 50", "EU27 2021 40"]);
        change(&mut figures[1]);
        Fields::of(&figures, &x, &methods)
            .compare(geo("LU"))
            .into_iter()
            .find(|c| c.country.is_some())
            .expect("the value of LU")
            .incomparable
    };
    assert_eq!(reason(&|_| {}), "");
    assert_eq!(reason(&|o| o.unit = "THS".into()), "units differ: the country in U, the average in THS");
    assert_eq!(reason(&|o| o.breakdown = "Y16_24".into()), "breakdowns differ: the country of , the average of Y16_24");
    assert_eq!(reason(&|o| o.edition = "2023".into()), "editions differ: the country of 2022, the average of 2023");
    assert_eq!(reason(&|o| o.time_period = TimePeriod::Year(2019)), "periods differ: the country of 2021, the nearest average of 2019");
    assert_eq!(reason(&|o| o.flags = Flags::parse("d").expect("a flag")), "definition differs: the average is flagged d");
}

#[test]
fn a_missing_country_keeps_the_average_and_says_why_there_is_no_gap() {
    let rows = compare(&["LU 2021 C", "EU27 2021 40"], &indicator(UnitKind::Percent), "LU");
    assert_eq!((rows[0].country, rows[0].average.map(Figure::value)), (None, Some(40.0)));
    assert_eq!(rows[0].incomparable, "no value for the country: confidential");
    let rows = compare(&["LU 2021 50", "EU27 2021 40"], &indicator(UnitKind::Percent), "AL");
    assert_eq!(rows[0].incomparable, "no value for the country");
}

#[test]
fn the_band_follows_the_unit_and_is_never_finer_than_the_average_is_printed() {
    for (kind, country, average, expected) in [
        (UnitKind::Percent, "48", "47", Position::CloseTo),
        (UnitKind::Percent, "49", "47", Position::Above),
        (UnitKind::Score100, "35.0", "36.1", Position::Below),
        (UnitKind::Score4, "3.1", "3.0", Position::CloseTo),
        (UnitKind::Score4, "3.2", "3.0", Position::Above),
        (UnitKind::Score4, "4", "3", Position::CloseTo),
        (UnitKind::Score4, "2", "4", Position::Below),
        (UnitKind::Number, "12", "11", Position::CloseTo),
        (UnitKind::Number, "13", "11", Position::Above),
    ] {
        let rows = compare(&[&format!("LU 2021 {country}"), &format!("EU27 2021 {average}")], &indicator(kind), "LU");
        assert_eq!(rows[0].position, Some(expected), "{country} beside {average}");
    }
}

#[test]
fn a_change_counts_from_the_previous_value_but_not_over_a_break() {
    let rows = compare(
        &["LU 2018 40", "LU 2019 :", "LU 2020 44", "LU 2021 50 b", "EU27 2018 1", "EU27 2020 1", "EU27 2021 1"],
        &indicator(UnitKind::Percent),
        "LU",
    );
    let changes: Vec<_> = rows.iter().map(|c| (c.change, c.change_from, c.change_refused)).collect();
    let year = |y| Some(TimePeriod::Year(y));
    assert_eq!(changes, [(None, None, ""), (Some(4.0), year(2018), ""), (None, year(2020), "break in series")]);
    assert_eq!(rows[1].convergence, Some(43.0 - 39.0));
    assert_eq!(rows[2].convergence, None, "not over the break either");
}

#[test]
fn a_break_on_a_missing_value_lies_between_all_the_same() {
    let rows = compare(&["LU 2019 40", "LU 2020 : b", "LU 2021 44", "EU27 2021 1"], &indicator(UnitKind::Percent), "LU");
    let last = rows.last().expect("2021");
    assert_eq!((last.change, last.change_refused), (None, "break in series"));
}

#[test]
fn biennia_that_share_a_year_have_no_change() {
    let lines = ["LU 2019-2020 80", "LU 2020-2021 85", "EU27 2019-2020 60", "EU27 2020-2021 60"];
    let last = compare(&lines, &indicator(UnitKind::Score100), "LU").pop().expect("a row");
    assert_eq!((last.change, last.change_refused), (None, "the periods share a year"));
    let lines = ["LU 2018-2019 80", "LU 2020-2021 85", "EU27 2018-2019 60", "EU27 2020-2021 60"];
    assert_eq!(compare(&lines, &indicator(UnitKind::Score100), "LU").pop().and_then(|c| c.change), Some(5.0));
}

#[test]
fn ranks_tell_the_union_from_all_countries() {
    let lines = ["LU 2021 50", "BE 2021 60", "DE 2021 50", "NO 2021 70", "AL 2021 50", "EU27 2021 99"];
    let row = |country| compare(&lines, &indicator(UnitKind::Percent), country).remove(0);
    let ranks = |c: Comparison| (c.rank.map(|r| (r.rank, r.of)), c.rank_eu.map(|r| (r.rank, r.of)));
    assert_eq!(ranks(row("LU")), (Some((3, 5)), Some((2, 3))));
    assert_eq!(ranks(row("AL")), (Some((3, 5)), None));
    assert_eq!(ranks(row("FR")), (None, None));
}

fn trends(lines: &[&str], target: Option<f64>) -> (String, String) {
    let target = target.map(|value| Target { value, year: 2030, set_by: "made up".to_owned() });
    let last = compare(lines, &Indicator { target, ..indicator(UnitKind::Percent) }, "LU").pop().expect("a row");
    (last.trend_short.to_string(), last.trend_long.to_string())
}

#[test]
fn trends_without_a_target_follow_the_growth_rate() {
    let words = |first: &str, last: &str| trends(&[&format!("LU 2016 {first}"), &format!("LU 2021 {last}"), "EU27 2021 1"], None).0;
    assert_eq!(words("50.0", "60.0"), "significant progress");
    assert_eq!(words("50.0", "51.0"), "moderate progress");
    assert_eq!(words("50.0", "50.0"), "moderate progress");
    assert_eq!(words("50.0", "49.0"), "moderate movement away");
    assert_eq!(words("50.0", "40.0"), "significant movement away");
    assert_eq!(words("0", "40.0"), "not assessed: zero base");
    assert_eq!(words("-1", "40.0"), "not assessed: mixed signs");
}

#[test]
fn trends_are_not_assessed_without_their_points_or_over_a_break() {
    let none = "not assessed: fewer than two points".to_owned();
    assert_eq!(trends(&["LU 2021 40", "EU27 2021 1"], None), (none.clone(), none));
    let (short, long) = trends(&["LU 2019 30", "LU 2021 40", "EU27 2021 1"], None);
    assert_eq!((short.as_str(), long.as_str()), ("not assessed: no value for 2016", "significant progress"));
    let (short, long) = trends(&["LU 2010 30", "LU 2012 20 b", "LU 2016 30", "LU 2021 40", "EU27 2021 1"], None);
    assert_eq!((short.as_str(), long.as_str()), ("significant progress", "not assessed: break in series"));
}

#[test]
fn trends_with_a_target_follow_the_required_rate() {
    // From 50 in 2020, the target of 100 in 2030 requires 7.18 % a year: 70.7 after five years.
    let words = |last: &str| trends(&["LU 2020 50", &format!("LU 2025 {last}"), "EU27 2025 1"], Some(100.0)).0;
    assert_eq!(words("70.8"), "significant progress");
    assert_eq!(words("69.7"), "significant progress", "R = 0.957");
    assert_eq!(words("63.0"), "moderate progress");
    assert_eq!(words("55.0"), "insufficient progress");
    assert_eq!(words("45.0"), "movement away");
    assert_eq!(words("100.0"), "target met");
    assert_eq!(trends(&["LU 2020 100", "LU 2025 90", "EU27 2025 1"], Some(100.0)).0, "movement away");
}

#[test]
fn classes_cover_the_members_and_their_cut_offs_let_a_reader_recompute_them() {
    let methods = the_methods();
    let x = [indicator(UnitKind::Percent)];
    let mut figures = members("2020", 10, &[]);
    figures.extend(members("2021", 10, &[]).into_iter().enumerate().map(|(i, mut o)| {
        let value = o.obs_value.figure().expect("a figure").value() + f64::from(u32::try_from(i % 3).expect("small"));
        o.obs_value = ObsValue::Figure(Figure::new(value, 0).expect("finite"));
        o
    }));
    let fields = Fields::of(&figures, &x, &methods);
    for country in Geo::all().filter(|g| g.is_member_state()) {
        let rows = fields.compare(country);
        assert_eq!(rows[0].level_class, None, "no change in the first year");
        assert!(rows[1].level_class.is_some_and(|class| CLASSES.contains(&class)));
    }
    let cuts = cut_offs(&figures, &x, &methods);
    assert_eq!(cuts.len(), 1);
    assert_eq!((cuts[0].levels.members, cuts[0].changes.members), (27, 27));
    assert!((cuts[0].levels.bounds[3] - cuts[0].levels.mean - cuts[0].levels.standard_deviation).abs() < 1e-12);
    assert_eq!(Table::of(&cuts).rows.len(), 1);
}

#[test]
fn the_table_of_all_countries_is_in_protocol_order_or_by_value() {
    let methods = the_methods();
    let x = [indicator(UnitKind::Percent)];
    let figures = observations(&["NO 2021 70", "SE 2021 :", "LU 2021 50", "BE 2021 60", "EU27 2021 40", "LU 2020 1"]);
    let fields = Fields::of(&figures, &x, &methods);
    let codes = |order| table(&fields, "X", None, None, order).iter().map(|c| c.geo.code()).collect::<Vec<_>>();
    assert_eq!(codes(Order::Protocol), ["BE", "LU", "SE", "NO"]);
    assert_eq!(codes(Order::Value), ["NO", "BE", "LU", "SE"]);
    assert_eq!(table(&fields, "X", Some(TimePeriod::Year(2020)), None, Order::Value).len(), 1);
    assert_eq!(table(&fields, "Y", None, None, Order::Value), []);
    assert_eq!(table(&fields, "X", None, None, Order::Protocol)[1], fields.compare(geo("LU"))[1], "the same row as in a publication");
}
