//! Statements against figures: agrees, contradicts, cannot tell. All figures are made up.

use factsheet::comparison::claim::prose::{self, Named};
use factsheet::comparison::claim::{Claim, Held, Relation, Said, Stated, Verdict, claims, either_way};
use factsheet::dataset::Observation;
use factsheet::settings::methods;
use factsheet::source::{Source, Text};
use factsheet::vocabulary::unit::UnitKind;
use factsheet::vocabulary::{Figure, Flags, Geo, Indicator, Lines, ObsValue, Place, Polarity, TimePeriod, Unit};

fn geo(code: &str) -> Geo {
    Geo::parse(code).expect("a code of the vocabulary")
}

fn figure(text: &str) -> Figure {
    let decimals = text.split_once('.').map_or(0, |(_, part)| part.len());
    Figure::new(text.parse().expect("a number"), u8::try_from(decimals).expect("few decimals")).expect("finite")
}

fn indicator(kind: UnitKind) -> Indicator {
    Indicator {
        code: "X".into(),
        label: "Digital services for businesses".to_owned(),
        short: "Services, businesses".to_owned(),
        labels_until: Vec::new(),
        group: "made".to_owned(),
        dimension: "Services".to_owned(),
        is_dimension: false,
        unit: Unit { code: "U".into(), label: "unit".to_owned(), kind },
        polarity: Some(Polarity::HigherIsBetter),
        averages: vec![geo("EU")],
        decimals: 2,
        valid_range: None,
        target: None,
        headline: false,
        key_figure: false,
    }
}

fn observation(country: &str, year: i32, value: &str) -> Observation {
    Observation {
        indicator: "X".into(),
        geo: geo(country),
        time_period: TimePeriod::Year(year),
        unit: "U".into(),
        breakdown: String::new().into(),
        edition: year.to_string().into(),
        obs_value: ObsValue::Figure(figure(value)),
        flags: Flags::default(),
        flags_known: true,
        alternatives: Vec::new(),
        note: String::new().into(),
        source: "made-up".into(),
        place: Place::file("made-up.xlsx"),
        as_printed: value.into(),
        corrected: false,
    }
}

fn judge(kind: UnitKind, said: Said, edition: Option<i32>, selected: &[Observation], all: &[Observation]) -> Claim {
    let methods = methods::read("input/methods.toml", include_str!("../input/methods.toml")).value;
    let indicator = indicator(kind);
    let stated =
        [Stated { statement: "It says so.".to_owned(), about: vec![&indicator], most: false, said, edition, lines: Lines::one(7) }];
    claims(&stated, &Held::of(geo("LU"), selected, all), &methods).pop().expect("a row for the indicator")
}

#[test]
fn a_printed_integer_may_have_been_rounded_twice() {
    assert!(either_way(94.464_776, figure("95")), "94.46 to 94.5 to 95");
    assert!(either_way(94.464_776, figure("94")));
    assert!(!either_way(94.464_776, figure("96")));
    assert!(!either_way(94.44, figure("95")));
    assert!(either_way(88.3, figure("88.3")));
    assert!(!either_way(88.36, figure("88.3")));
}

#[test]
fn a_score_agrees_contradicts_or_cannot_be_told() {
    let figures = [observation("LU", 2021, "4")];
    let verdict = |score: &str| judge(UnitKind::Score4, Said::Values(vec![figure(score)]), None, &figures, &figures);
    assert_eq!(verdict("4").verdict, Verdict::Agrees);
    let wrong = verdict("3");
    assert_eq!((wrong.verdict, wrong.found.as_str(), wrong.claimed.as_str()), (Verdict::Contradicts, "4", "3"));
    assert_eq!(wrong.found_place, Some(Place::file("made-up.xlsx")));
    let none = judge(UnitKind::Score4, Said::Values(vec![figure("4")]), None, &[], &figures);
    assert_eq!(none.verdict, Verdict::CannotTell);
    assert!(none.reason.ends_with("the first later one is 4 for 2021 (edition 2021)"), "{}", none.reason);
}

#[test]
fn a_rounded_average_hides_small_differences() {
    let beside = |own: &str, average: &str, relation| {
        let figures = [observation("LU", 2021, own), observation("EU", 2021, average)];
        judge(UnitKind::Score4, Said::Relation(relation), None, &figures, &figures).verdict
    };
    assert_eq!(beside("4", "3", Relation::Above), Verdict::Agrees);
    assert_eq!(beside("3", "4", Relation::Above), Verdict::Contradicts);
    assert_eq!(beside("4", "4", Relation::Above), Verdict::CannotTell, "the average may be 3.6");
    assert_eq!(beside("4", "4", Relation::At), Verdict::Agrees);
    assert_eq!(beside("4", "3", Relation::At), Verdict::Contradicts);
    assert_eq!(beside("4", "3", Relation::AtLeast), Verdict::Agrees);
    assert_eq!(beside("3.4", "3.5", Relation::At), Verdict::Agrees, "within the band");
    assert_eq!(beside("3.4", "3.6", Relation::Below), Verdict::Agrees);
    assert_eq!(beside("3.4", "3.6", Relation::AtLeast), Verdict::Contradicts);
}

#[test]
fn a_claim_is_held_against_the_edition_that_its_text_names() {
    let all = [observation("LU", 2020, "80"), observation("LU", 2021, "90")];
    let said = || Said::Values(vec![figure("80")]);
    assert_eq!(judge(UnitKind::Score100, said(), None, &all, &all).verdict, Verdict::Contradicts);
    assert_eq!(judge(UnitKind::Score100, said(), Some(2020), &all, &all).verdict, Verdict::Agrees);
    assert_eq!(judge(UnitKind::Score100, said(), Some(2019), &all, &all).verdict, Verdict::CannotTell);
}

#[test]
fn a_rank_agrees_among_all_or_among_member_states() {
    let all = [observation("LU", 2021, "80"), observation("NO", 2021, "90"), observation("BE", 2021, "70")];
    let verdict = |rank| judge(UnitKind::Score100, Said::Rank(rank), None, &all, &all).verdict;
    assert_eq!((verdict(1), verdict(2), verdict(3)), (Verdict::Agrees, Verdict::Agrees, Verdict::Contradicts));
}

fn stated_in(text: &str) -> Vec<(Said, Option<i32>, Lines)> {
    let source = Source::new("made-up.txt", None, text.as_bytes().to_vec());
    let text = Text::decode(&source).value.expect("UTF-8");
    let indicator = indicator(UnitKind::Score100);
    let groups = [Named { key: "made", title: "Made-up Index", indicators: vec![&indicator] }];
    prose::stated(&text, &groups).into_iter().map(|s| (s.said, s.edition, s.lines)).collect()
}

#[test]
fn prose_states_a_figure_only_where_it_names_source_indicator_and_number() {
    let lines = |a, b| Lines::new(a, b).expect("in order");
    let of = |said| vec![(said, None, lines(1, 1))];
    assert_eq!(stated_in("A 99/100 MADE score on Digital Services for Businesses."), of(Said::Values(vec![figure("99")])));
    assert_eq!(stated_in("In the Made-up Index, digital services\nfor businesses score 81.5 points in 2020.").len(), 1);
    let ranked = stated_in("It ranks 6th in the Made-up Index for digital services for businesses.");
    assert_eq!(ranked, of(Said::Rank(6)));
    let above = stated_in("In the MADE it is above the EU average in digital services for businesses.");
    assert_eq!(above, of(Said::Relation(Relation::Above)));
    for silent in [
        "A 99/100 score on Digital Services for Businesses.",
        "A 99/100 MADE score on something else.",
        "The MADE tells of digital services for businesses.",
        "It made 99 % of digital services for businesses.",
        "In the MADE, digital services for businesses rose from 50 % to 60 %.",
    ] {
        assert_eq!(stated_in(silent), [], "{silent}");
    }
}
