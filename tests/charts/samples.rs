//! One chart of every kind, with the figures of Luxembourg's factsheet of 2022 and of DESI 2022, as the design pictures have them.

use factsheet::report::Shown;
use factsheet::report::chart::*;
use factsheet::vocabulary::figure::word;
use factsheet::vocabulary::{Flags, Geo, TimePeriod};

/// A figure; NaN is none.
pub fn shown(value: f64, decimals: u8) -> Shown {
    Shown {
        id: String::new(),
        value: Some(value).filter(|v| v.is_finite()),
        decimals,
        text: word(value, decimals),
        flags: Flags::default(),
        uncertain: false,
        corrected: false,
        place: None,
    }
}

pub fn signed(value: f64, decimals: u8) -> Shown {
    let plain = shown(value, decimals);
    let text = if value > 0.0 { format!("+{}", plain.text) } else { plain.text.clone() };
    Shown { text, ..plain }
}

pub fn chart(id: &str, finding: &str, what: &str, kind: ChartKind) -> Chart {
    Chart {
        id: id.to_owned(),
        finding: finding.to_owned(),
        what: what.to_owned(),
        alt: format!("{what}. {finding}."),
        kind,
        note: "Close to: within 1 point of the average.".to_owned(),
        source: "Source: figures of the test.".to_owned(),
    }
}

pub fn row(label: &str, country: f64, average: f64, decimals: u8, rank: &str) -> ValueRow {
    ValueRow {
        number: String::new(),
        label: label.to_owned(),
        mark: String::new(),
        country: shown(country, decimals),
        average: Some(shown(average, decimals)),
        gap: Some(signed(country - average, decimals)),
        rank: rank.to_owned(),
        higher_is_better: true,
    }
}

pub fn line_of(country: &[f64], average: &[f64], first: i32, maximum: f64) -> LineChart {
    LineChart {
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        unit: "%".to_owned(),
        gap_unit: "pp".to_owned(),
        periods: (first..).take(country.len()).map(TimePeriod::Year).collect(),
        country: country.iter().map(|v| shown(*v, 0)).collect(),
        average: average.iter().map(|v| shown(*v, 0)).collect(),
        gap: country.iter().zip(average).map(|(c, a)| signed(c - a, 0)).collect(),
        minimum: 0.0,
        maximum,
        spark: false,
    }
}

const EU: [f64; 11] = [41., 44., 42., 46., 46., 48., 49., 51., 53., 57., 58.];
const LU: [f64; 11] = [60., 61., 56., 67., 70., 76., 75., 63., 60., 63., 78.];

pub fn use_of_egovernment() -> Vec<Chart> {
    let series = [
        ("Interacting with authorities", LU, EU),
        (
            "Obtaining information",
            [39., 56., 36., 44., 47., 55., 52., 38., 32., 30., 48.],
            [36., 40., 37., 41., 40., 42., 42., 43., 44., 48., 47.],
        ),
        (
            "Downloading forms",
            [50., 43., 47., 58., 60., 64., 65., 50., 49., 49., 64.],
            [25., 27., 26., 29., 28., 29., 30., 31., 32., 35., 38.],
        ),
        (
            "Submitting forms",
            [25., 25., 25., 35., 35., 35., 36., 31., 36., 36., 52.],
            [20., 22., 21., 25., 25., 27., 29., 33., 36., 38., 44.],
        ),
    ];
    let mut charts: Vec<Chart> = series
        .into_iter()
        .enumerate()
        .map(|(i, (name, c, a))| {
            chart(&format!("use-{i}"), name, "Individuals, Luxembourg and EU-27, 2011–2021", ChartKind::Line(line_of(&c, &a, 2011, 80.0)))
        })
        .collect();
    if let ChartKind::Line(line) = &mut charts[1].kind {
        line.average[7].uncertain = true;
    }
    charts
}

pub fn missing_years() -> Chart {
    let n = f64::NAN;
    let line = LineChart {
        country_code: "IS".to_owned(),
        country_name: "Iceland".to_owned(),
        ..line_of(&[84., 86., 81., 85., n, n, 85., 91., 89., 94., 94.], &EU, 2011, 100.0)
    };
    chart("missing", "Iceland stays above 80 %; 2015 and 2016 are not available", "Iceland and EU-27", ChartKind::Line(line))
}

pub fn broken() -> Chart {
    let mut line = line_of(&LU, &EU, 2011, 100.0);
    line.country[7].flags = Flags::parse("b").expect("a flag");
    chart("break", "How a break would look", "Luxembourg and EU-27, 2011–2021", ChartKind::Line(line))
}

pub fn isolated() -> Chart {
    let n = f64::NAN;
    let line = LineChart {
        country_code: "CH".to_owned(),
        country_name: "Switzerland".to_owned(),
        average_name: String::new(),
        average: vec![],
        gap: vec![],
        ..line_of(&[71., n, n, n, 75., n, 75., n, 75., n, 83.], &[], 2011, 100.0)
    };
    chart("isolated", "Switzerland: five values", "Switzerland, 2011–2021; no EU comparison shown", ChartKind::Line(line))
}

pub fn sparks() -> Vec<Chart> {
    let charts = use_of_egovernment();
    charts
        .into_iter()
        .map(|mut c| {
            if let ChartKind::Line(line) = &mut c.kind {
                line.spark = true;
                line.average.iter_mut().for_each(|a| a.uncertain = false);
            }
            c
        })
        .collect()
}

pub fn desi_sparks() -> Vec<Chart> {
    let series = [
        ("Human capital", [51.0, 51.1, 52.6, 54.9, 55.3, 57.8], [41.5, 41.8, 42.8, 44.0, 44.8, 45.8]),
        ("Connectivity", [39.3, 40.9, 42.2, 47.6, 55.1, 59.3], [24.7, 26.7, 30.4, 35.2, 44.5, 59.9]),
        ("Integration of digital technology", [22.1, 24.5, 27.8, 30.2, 32.8, 35.0], [22.0, 24.4, 27.1, 29.4, 33.0, 36.1]),
        ("Digital public services", [62.5, 66.9, 68.5, 72.2, 76.9, 83.4], [46.7, 50.7, 54.2, 58.1, 62.9, 67.4]),
    ];
    panels("desi", &series.map(|(n, c, a)| (n, c.to_vec(), a.to_vec())), 2017, false)
}

pub fn benchmark_panels() -> Vec<Chart> {
    let series = [
        ("User centricity", [93.5, 94.5, 95.6, 96.6], [88.3, 88.3, 89.7, 90.6]),
        ("Transparency", [79.4, 88.3, 89.7, 89.9], [64.3, 59.5, 62.2, 62.3]),
        ("Key enablers", [75.7, 75.6, 78.6, 79.5], [65.2, 68.7, 71.3, 73.4]),
        ("Cross-border services", [88.7, 90.1, 91.3, 92.4], [54.8, 54.5, 57.1, 58.7]),
    ];
    panels("benchmark", &series.map(|(n, c, a)| (n, c.to_vec(), a.to_vec())), 2019, true)
}

fn panels(id: &str, series: &[(&str, Vec<f64>, Vec<f64>)], first: i32, biennia: bool) -> Vec<Chart> {
    series
        .iter()
        .enumerate()
        .map(|(i, (name, c, a))| {
            let mut line = line_of(c, a, first, 100.0);
            line.country = c.iter().map(|v| shown(*v, 1)).collect();
            line.average = a.iter().map(|v| shown(*v, 1)).collect();
            line.unit = String::new();
            line.spark = true;
            if biennia {
                line.average_name = "EU27+".to_owned();
                line.periods = (first..).take(c.len()).map(|first| TimePeriod::Biennium { first }).collect();
            }
            chart(&format!("{id}-{i}"), name, "Scores", ChartKind::Line(line))
        })
        .collect()
}

fn headline_groups() -> Vec<GapGroup> {
    let group = |heading: &str, aside: &str, rows: Vec<ValueRow>| GapGroup { heading: heading.to_owned(), aside: aside.to_owned(), rows };
    vec![
        group(
            "Use of e-government, 2021",
            "EU-27, share of people",
            vec![
                row("Downloading official forms", 64., 38., 0, "3 of 25"),
                row("Interacting with public authorities", 78., 58., 0, "7 of 26"),
                row("Submitting completed forms", 52., 44., 0, "11 of 25"),
                row("Obtaining information", 48., 47., 0, "19 of 26"),
            ],
        ),
        group(
            "eGovernment Benchmark, 2020–2021",
            "EU27+, scores 0–100",
            vec![
                row("Cross-border services", 90.1, 54.5, 1, "2 of 35"),
                row("Transparency", 88.3, 59.5, 1, "3 of 35"),
                row("Key enablers", 75.6, 68.7, 1, "17 of 35"),
                row("User centricity", 94.5, 88.3, 1, "10 of 35"),
            ],
        ),
        group(
            "DESI 2022",
            "EU-27, scores 0–100",
            vec![
                row("Digital public services", 83.4, 67.4, 1, "7 of 27"),
                row("Human capital", 57.8, 45.8, 1, "6 of 27"),
                row("Connectivity", 59.3, 59.9, 1, "11 of 27"),
                row("Integration of digital technology", 35.0, 36.1, 1, "18 of 27"),
            ],
        ),
    ]
}

pub fn gap_plot() -> Chart {
    let plot = GapPlot {
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        groups: headline_groups(),
    };
    let what = "Distance of Luxembourg from the EU average on each headline indicator, in percentage points or score points";
    chart("position", "Ahead in online services and skills, level in connectivity", what, ChartKind::Gap(plot))
}

pub fn dumbbell() -> Chart {
    let chart_ = Dumbbell {
        country_name: "Luxembourg".to_owned(),
        average_name: "EU average".to_owned(),
        minimum: 0.0,
        maximum: 100.0,
        groups: headline_groups(),
    };
    chart("headlines", "Luxembourg leads on most headlines", "Scale of 0 to 100", ChartKind::Dumbbell(chart_))
}

pub fn bars() -> Chart {
    let r = |l, c, a, rank| row(l, c, a, 1, rank);
    let mut enablers = vec![
        r("eID", 66.7, 62.8, "17"),
        r("eDocuments", 66.1, 74.7, "22"),
        r("Authentic sources", 69.4, 64.2, "20"),
        r("Digital Post", 100.0, 76.3, "1"),
    ];
    enablers[2].mark = "b".to_owned();
    let bars = Bars {
        average_name: "EU27+".to_owned(),
        country_code: "LU".to_owned(),
        maximum: 100.0,
        dimensions: vec![
            (r("Overall score", 87.1, 67.7, "3"), vec![]),
            (
                r("User centricity", 94.5, 88.3, "10"),
                vec![
                    r("Online availability", 94.1, 86.7, "10"),
                    r("Mobile friendliness", 94.9, 92.0, "17"),
                    r("User support", 95.2, 91.2, "11"),
                ],
            ),
            (
                r("Transparency", 88.3, 59.5, "3"),
                vec![r("Service delivery", 68.9, 50.6, "6"), r("Personal data", 96.0, 69.4, "3"), r("Service design", 100.0, 58.6, "1")],
            ),
            (r("Key enablers", 75.6, 68.7, "17"), enablers),
            (
                r("Cross-border services", 90.1, 54.5, "2"),
                vec![
                    r("Online availability", 94.2, 59.1, "2"),
                    r("User support", 100.0, 66.3, "1"),
                    r("eID", 72.2, 23.8, "1"),
                    r("eDocuments", 72.2, 45.6, "4"),
                ],
            ),
        ],
    };
    chart(
        "benchmark",
        "Third of 35 countries overall",
        "Scores of Luxembourg (bar) and EU27+ average (upright mark)",
        ChartKind::Bars(bars),
    )
}

pub fn scoreboard() -> Chart {
    let board = |heading: &str, numbered: bool, rows: &[(&str, f64, f64)]| Board {
        heading: heading.to_owned(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(i, (label, c, a))| ValueRow {
                number: if numbered { (i + 1).to_string() } else { String::new() },
                ..row(label, *c, *a, 0, "")
            })
            .collect(),
    };
    let boards = vec![
        board(
            "Scoreboard 1: the twelve principles",
            true,
            &[
                ("Subsidiarity and proportionality", 4., 3.),
                ("Openness", 4., 4.),
                ("Transparency", 4., 4.),
                ("Reusability", 4., 4.),
                ("Technological neutrality and data portability", 4., 4.),
                ("User-centricity", 4., 4.),
                ("Inclusion and accessibility", 3., 3.),
                ("Security and privacy", 4., 4.),
                ("Multilingualism", 4., 3.),
                ("Administrative simplification", 4., 4.),
                ("Preservation of information", f64::NAN, 4.),
                ("Assessment of effectiveness and efficiency", 3., 3.),
            ],
        ),
        board(
            "Scoreboard 2: interoperability layers",
            false,
            &[("Interoperability governance", 4., 4.), ("Legal interoperability", 2., 4.), ("Technical interoperability", 4., 3.66)],
        ),
    ];
    let scoreboard = Scoreboard {
        average_name: "EU".to_owned(),
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        minimum: 1.0,
        maximum: 4.0,
        boards,
    };
    chart("interoperability", "Level with or above the EU in 23 of 25 areas", "Scores 1 to 4", ChartKind::Scoreboard(scoreboard))
}

pub fn ranks() -> Chart {
    let lu = Geo::parse("LU").expect("known");
    let countries: Vec<Geo> = Geo::all().filter(|g| !g.is_aggregate()).take(35).collect();
    let strip = |label: &str, aside: &str, own: f64, average: f64, rank: &str, spread: f64| {
        let others = countries.iter().filter(|g| **g != lu).enumerate();
        let mut values: Vec<(Geo, Shown)> =
            others.map(|(i, g)| (*g, shown(100.0 - (i as f64 * 37.0 % 35.0 / 35.0).powf(0.7) * spread, 1))).collect();
        values.push((lu, shown(own, 1)));
        RankStrip {
            label: label.to_owned(),
            aside: aside.to_owned(),
            minimum: 0.0,
            maximum: 100.0,
            countries: values,
            average: Some(shown(average, 1)),
            rank: rank.to_owned(),
            rank_of: "of 35".to_owned(),
        }
    };
    let strips = vec![
        strip("Interacting with authorities", "Eurostat, 2021, %", 78.0, 58.0, "7th", 85.0),
        strip("eGovernment Benchmark", "overall, 2020–21, EU27+", 87.1, 67.7, "3rd", 60.0),
        strip("User centricity", "Benchmark, 2020–21, EU27+", 94.5, 88.3, "10th", 30.0),
        strip("Transparency", "Benchmark, 2020–21, EU27+", 100.0, 59.5, "1st", 70.0),
    ];
    let ranks = Ranks { country: lu, country_name: "Luxembourg".to_owned(), average_name: "EU".to_owned(), strips };
    chart("ranks", "In the first third of countries", "All reporting countries on each indicator", ChartKind::Ranks(ranks))
}

pub fn distance() -> Chart {
    let rows = [
        ("Digital public services, businesses", 96.7, 81.7, 100.0),
        ("Very high capacity network coverage", 95.9, 70.2, 100.0),
        ("Digital public services, citizens", 93.4, 74.6, 100.0),
        ("At least basic digital skills", 63.8, 53.9, 80.0),
        ("Fibre to the premises (FTTP)", 75.2, 50.0, 100.0),
        ("SMEs, basic digital intensity", 53.9, 54.9, 90.0),
        ("Cloud", 29.0, 34.0, 75.0),
        ("Artificial intelligence", 13.0, 7.9, 75.0),
        ("5G coverage", 12.7, 65.8, 100.0),
    ];
    let rows = rows.map(|(label, c, a, t)| DistanceRow {
        label: label.to_owned(),
        country: shown(c, 1),
        average: Some(shown(a, 1)),
        target: shown(t, 0),
        to_go: word(t - c, 1),
    });
    let distance = Distance {
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        year: 2030,
        maximum: 100.0,
        rows: rows.into(),
    };
    chart("distance", "Close to the 2030 targets", "Luxembourg and EU in DESI 2022, and the target for 2030", ChartKind::Distance(distance))
}

pub fn extremes() -> Chart {
    let r = |s: &str, l, c, a| (s.to_owned(), row(l, c, a, 1, ""));
    let extremes = Extremes {
        country_code: "LU".to_owned(),
        average_name: "EU".to_owned(),
        ahead: vec![
            r("Benchmark", "Cross-border eID", 72.2, 23.8),
            r("Benchmark", "Transparency of service design", 100.0, 58.6),
            r("Benchmark", "Cross-border online availability", 94.2, 59.1),
        ],
        behind: vec![
            r("Benchmark", "eDocuments", 66.1, 74.7),
            r("DESI", "SMEs selling online", 8.6, 18.5),
            r("DESI", "e-Invoices", 13.6, 32.2),
            r("DESI", "5G coverage", 12.7, 65.8),
        ],
    };
    chart("extremes", "Furthest ahead in cross-border services", "The largest gaps on either side", ChartKind::Extremes(extremes))
}

pub fn timeline() -> Chart {
    let event = |year: i32, label: &str, alternatives: &[i32], line: u32| TimelineEvent {
        year: Some(year),
        label: label.to_owned(),
        language: String::new(),
        alternatives: alternatives.to_vec(),
        lines: line.to_string(),
    };
    let timeline = Timeline {
        first_year: 2014,
        last_year: 2020,
        events: vec![
            event(2014, "1st edition of Rails Girls Luxembourg", &[], 217),
            event(2015, "Digital4Education", &[], 220),
            event(2015, "Simplified blue card for ICT professionals", &[], 221),
            event(2016, "Luxembourg Tech School", &[], 224),
            event(2016, "Edusphere", &[2015, 2017], 239),
            event(2016, "Digital Europe eSkills Conference", &[2015, 2017], 242),
            event(2017, "Future Hubs", &[], 249),
            event(2018, "Coding4Kids", &[], 253),
            event(2019, "Codestart", &[], 258),
            event(2019, "Digital Skills & Jobs Coalition relaunch", &[2018, 2020], 283),
            event(2020, "Elements of AI", &[], 266),
            event(2020, "MODI Robot Building for Students", &[2018, 2019], 279),
        ],
    };
    chart("skills", "Twelve milestones from 2014 to 2020", "Milestones in skills by the year", ChartKind::Timeline(timeline))
}

/// Every sample.
pub fn all() -> Vec<Chart> {
    let mut out = use_of_egovernment();
    out.extend([missing_years(), broken(), isolated()]);
    out.extend(sparks().into_iter().map(|c| Chart { id: format!("spark-{}", c.id), ..c }));
    out.extend(desi_sparks());
    out.extend(benchmark_panels().into_iter().map(|c| Chart { id: format!("panel-{}", c.id), ..c }));
    out.extend([gap_plot(), dumbbell(), bars(), scoreboard(), ranks(), distance(), extremes(), timeline()]);
    out
}
