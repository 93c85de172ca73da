//! A report of invented figures about a country, with every kind of block: what writers are tried on.

use factsheet::report::chart::{
    Bars, Board, Distance, DistanceRow, Dumbbell, Extremes, GapGroup, GapPlot, LineChart, RankStrip, Ranks, Scoreboard, Timeline,
    TimelineEvent, ValueRow,
};
use factsheet::report::{
    Block, Chapter, Chart, ChartKind, Classes, ColumnRole, Coverage, CoverageCell, DataTable, Entries, Entry, EntryGroup, KeyFigure,
    ListItem, Method, Multiples, Note, Report, Shown, SourceNote, Stages, TableCell, TableColumn, TableGroup, TileScale,
};
use factsheet::source::origin::Status;
use factsheet::vocabulary::place::Lines;
use factsheet::vocabulary::{Flags, Geo, Place, TimePeriod};
use factsheet::writer::pdf::{Attachment, Relationship};
use std::sync::Arc;

pub fn geo(code: &str) -> Geo {
    Geo::parse(code).expect("a country")
}

pub fn line(n: u32) -> Place {
    Place::lines("seeds/sample.txt", Lines::one(n))
}

/// A figure; `None` is not available.
pub fn shown(value: Option<f64>, decimals: u8) -> Shown {
    let text = value.map_or(":".to_owned(), |v| format!("{v:.*}", decimals as usize).replace('-', "−"));
    let place = Some(Place::cell("input/sample.xlsx", "Data", 13, 3));
    Shown {
        id: "X/LU/2021/2022#country_value".to_owned(),
        value,
        decimals,
        text,
        flags: Flags::default(),
        uncertain: false,
        corrected: false,
        place,
    }
}

pub fn signed(value: f64, decimals: u8) -> Shown {
    let plus = if value > 0.0 { "+" } else { "" };
    let plain = shown(Some(value), decimals);
    Shown { text: format!("{plus}{}", plain.text), place: None, ..plain }
}

fn row(label: &str, country: f64, average: f64, decimals: u8) -> ValueRow {
    ValueRow {
        number: String::new(),
        label: label.to_owned(),
        mark: String::new(),
        country: shown(Some(country), decimals),
        average: Some(shown(Some(average), decimals)),
        gap: Some(signed(country - average, decimals)),
        rank: "7 of 26".to_owned(),
        higher_is_better: true,
    }
}

fn chart(id: &str, finding: &str, kind: ChartKind) -> Chart {
    Chart {
        id: id.to_owned(),
        finding: finding.to_owned(),
        what: "Share of people who do this, the country and EU-27, 2011–2021".to_owned(),
        alt: format!("{finding}. Lowest 56 in 2013, highest 78 in 2021."),
        kind,
        note: "Close to: within 1 point of the average. Rank: first is best.".to_owned(),
        source: "Source: Eurostat, sample table, rows 2 to 30. Note 1.".to_owned(),
    }
}

fn series(spark: bool, start: f64) -> LineChart {
    let periods: Vec<TimePeriod> = (2011..=2021).map(TimePeriod::Year).collect();
    let country: Vec<Shown> = (0..11).map(|i| shown(if i == 4 { None } else { Some(start + f64::from(i * 7 % 11) * 2.0) }, 0)).collect();
    let average: Vec<Shown> = (0..11).map(|i| shown(Some(41.0 + f64::from(i)), 0)).collect();
    let gap = (0..11).map(|i| if i == 4 { shown(None, 0) } else { signed(start - 41.0 - f64::from(i), 0) }).collect();
    LineChart {
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        unit: "%".to_owned(),
        gap_unit: "pp".to_owned(),
        periods,
        country,
        average,
        gap,
        minimum: 0.0,
        maximum: 80.0,
        spark,
    }
}

fn gap_plot() -> GapPlot {
    let group = |heading: &str| GapGroup {
        heading: heading.to_owned(),
        aside: "EU-27, share of people".to_owned(),
        rows: vec![
            row("Downloading official forms", 64.0, 38.0, 0),
            row("Interacting with authorities", 78.0, 58.0, 0),
            row("Obtaining information", 46.9, 47.5, 1),
        ],
    };
    GapPlot {
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        groups: vec![group("Use of e-government, 2021"), group("eGovernment Benchmark, 2020–2021"), group("DESI 2022")],
    }
}

fn key(label: &str, value: Option<f64>, scale: TileScale) -> KeyFigure {
    KeyFigure {
        label: label.to_owned(),
        country: shown(value, 0),
        unit: "%".to_owned(),
        average_name: "EU".to_owned(),
        average: Some(shown(Some(58.0), 0)),
        gap_words: if value.is_some() { "20 pp above".to_owned() } else { "gap not computed".to_owned() },
        rank_words: "7th of 26".to_owned(),
        scale,
    }
}

fn entry(n: u32) -> Entry {
    Entry {
        date: if n.is_multiple_of(4) { String::new() } else { format!("{n} May 2019") },
        date_role: if n.is_multiple_of(4) { String::new() } else { "adopted".to_owned() },
        title: if n.is_multiple_of(5) { "Νόμος 4727/2020, Ψηφιακή Διακυβέρνηση".to_owned() } else { format!("Accessibility of websites and mobile applications, part {n}") },
        summary: "On this day the Parliament adopted the law transposing a directive on open data and the reuse of public sector information, with effect from the following month.".to_owned(),
        relation: if n.is_multiple_of(2) { "transposes Directive 2019/1024".to_owned() } else { String::new() },
        place: line(450 + 4 * n),
    }
}

fn ranks() -> Ranks {
    let strip = |label: &str, from: usize| RankStrip {
        label: label.to_owned(),
        aside: "Eurostat, 2021, %".to_owned(),
        minimum: 0.0,
        maximum: 100.0,
        countries: Geo::all()
            .filter(|g| g.is_member_state())
            .enumerate()
            .map(|(i, g)| (g, shown(Some(((i * 37 + from * 11) % 83) as f64 + 12.0), 0)))
            .collect(),
        average: Some(shown(Some(58.0), 0)),
        rank: "7th".to_owned(),
        rank_of: "of 27".to_owned(),
    };
    Ranks {
        country: geo("LU"),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        strips: (0..8).map(|i| strip(&format!("Indicator {}", i + 1), i)).collect(),
    }
}

fn table() -> DataTable {
    let rows = |from: usize| {
        (from..from + 24)
            .map(|i| {
                vec![
                    TableCell::Text(format!("Measure number {i} of what is offered online")),
                    TableCell::Figure(shown(Some(i as f64 * 1.37), 1)),
                    TableCell::Figure(shown(Some(i as f64 * 1.3), if i % 5 == 0 { 0 } else { 1 })),
                    TableCell::Figure(signed(i as f64 * 0.07, 1)),
                    TableCell::Place(line(100 + i as u32)),
                ]
            })
            .collect()
    };
    let column = |head: &str, role| TableColumn { head: head.to_owned(), role };
    DataTable {
        id: "benchmark".to_owned(),
        finding: "Ahead on most measures, behind on two".to_owned(),
        what: "Scores of the country and the average, 0 to 100".to_owned(),
        columns: vec![
            column("Measure", ColumnRole::Label),
            column("LU", ColumnRole::Country),
            column("EU27+", ColumnRole::Average),
            column("Gap", ColumnRole::Gap),
            column("Line", ColumnRole::Place),
        ],
        groups: vec![
            TableGroup { heading: "User centricity".to_owned(), aside: "scores 0–100".to_owned(), rows: rows(1), strong: vec![0] },
            TableGroup { heading: "Transparency".to_owned(), aside: String::new(), rows: rows(30), strong: vec![0] },
        ],
        note: "Rank among all countries, first is best.".to_owned(),
        source: "Source: eGovernment Benchmark. Note 2; see https://example.org/a/very/long/address/that/has/to/be/broken/somewhere/benchmark-2022.html.".to_owned(),
    }
}

fn chapters() -> Vec<Chapter> {
    let chapter = |level, number: &str, title: &str, blocks| Chapter {
        level,
        number: number.to_owned(),
        title: title.to_owned(),
        tagline: String::new(),
        running: "1 Country profile".to_owned(),
        blocks,
    };
    let text = "In 2021 the share of people in the country who deal with public authorities online rose on all four measures, by 15 to 18 percentage points in one year, after falling or standing still since 2017. Interoperability and administrative simplification are characterised elsewhere. The Bulgarian law (Закон за електронното управление) is named in its own letters.";
    let lines: Vec<Chart> = (0..4)
        .map(|i| {
            chart(
                &format!("use-{i}"),
                "78 % deal with authorities online, the highest value since 2011",
                ChartKind::Line(series(false, 50.0 + f64::from(i))),
            )
        })
        .collect();
    let sparks: Vec<Chart> = (0..4)
        .map(|i| Chart {
            finding: "User centricity".to_owned(),
            note: String::new(),
            source: String::new(),
            ..chart(&format!("spark-{i}"), "", ChartKind::Line(series(true, 40.0 + 6.0 * f64::from(i))))
        })
        .collect();
    let bare = |charts: Vec<Chart>| charts.into_iter().map(|c| Chart { note: String::new(), source: String::new(), ..c }).collect();
    let multiples = |finding: &str, charts| {
        Block::Multiples(Multiples {
            finding: finding.to_owned(),
            what: if finding.is_empty() { String::new() } else { "Scores, four editions, scale 0 to 80".to_owned() },
            charts,
            note: "The four charts share one scale. (a) Uncertain: read in two ways.".to_owned(),
            source: "Source: Eurostat, isoc_ciegi_ac. Notes 1 and 2.".to_owned(),
        })
    };
    let bars = Bars {
        average_name: "EU27+".to_owned(),
        country_code: "LU".to_owned(),
        maximum: 100.0,
        dimensions: vec![
            (
                row("User centricity", 94.5, 88.3, 1),
                vec![row("Online availability", 94.1, 86.7, 1), row("Mobile friendliness", 94.9, 92.0, 1)],
            ),
            (row("Key enablers", 75.6, 68.7, 1), vec![row("eID", 66.7, 62.8, 1), row("eDocuments", 66.1, 74.7, 1)]),
        ],
    };
    let board = |heading: &str| Board {
        heading: heading.to_owned(),
        rows: vec![
            row("Openness", 4.0, 4.0, 0),
            row("Legal interoperability", 2.0, 4.0, 0),
            ValueRow { country: shown(None, 0), gap: None, ..row("Reusability", 4.0, 4.0, 0) },
        ],
    };
    let scoreboard = Scoreboard {
        average_name: "EU".to_owned(),
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        minimum: 1.0,
        maximum: 4.0,
        boards: vec![board("Scoreboard 1: principles"), board("Scoreboard 2: layers")],
    };
    let distance = Distance {
        country_code: "LU".to_owned(),
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        year: 2030,
        maximum: 100.0,
        rows: vec![DistanceRow {
            label: "Basic digital skills".to_owned(),
            country: shown(Some(63.8), 1),
            average: Some(shown(Some(53.9), 1)),
            target: shown(Some(80.0), 0),
            to_go: "16.2".to_owned(),
        }],
    };
    let extremes = Extremes {
        country_code: "LU".to_owned(),
        average_name: "EU".to_owned(),
        ahead: vec![("Benchmark".to_owned(), row("Cross-border eID", 72.2, 23.8, 1))],
        behind: vec![("DESI".to_owned(), row("5G coverage", 12.7, 65.8, 1))],
    };
    let dumbbell = Dumbbell {
        country_name: "Luxembourg".to_owned(),
        average_name: "EU".to_owned(),
        minimum: 0.0,
        maximum: 100.0,
        groups: gap_plot().groups,
    };
    let event = |year, label: &str, alternatives: &[i32]| TimelineEvent {
        year: Some(year),
        label: label.to_owned(),
        language: String::new(),
        alternatives: alternatives.to_vec(),
        lines: "217".to_owned(),
    };
    let timeline = Timeline {
        first_year: 2014,
        last_year: 2020,
        events: vec![
            event(2014, "First course", &[]),
            event(2016, "Tech school", &[2015, 2017]),
            TimelineEvent { language: "lb".to_owned(), ..event(2020, "Einfach Digital", &[]) },
        ],
    };
    let group = |number: &str, from: u32, count: u32| EntryGroup {
        number: number.to_owned(),
        title: "Access to public information".to_owned(),
        entries: (from..from + count).map(entry).collect(),
    };
    vec![
        chapter(1, "1", "Country profile", Vec::new()),
        chapter(2, "1.1", "Use of e-government", vec![Block::Paragraph(text.to_owned()), multiples("", bare(lines))]),
        chapter(2, "1.2", "eGovernment Benchmark", vec![
            Block::Chart(Box::new(chart("bars", "Third of 35 countries overall", ChartKind::Bars(bars)))),
            multiples("Every dimension has risen since", sparks),
            Block::Callout { opening: "What the text says, held against the figures.".to_owned(), text: text.to_owned() },
        ]),
        chapter(2, "1.3", "Tables", vec![Block::Table(table())]),
        chapter(2, "1.4", "Interoperability", vec![
            Block::Chart(Box::new(chart("scores", "Level with the EU in most areas", ChartKind::Scoreboard(scoreboard)))),
            Block::Chart(Box::new(chart("distance", "Close to some targets", ChartKind::Distance(distance)))),
        ]),
        chapter(2, "1.5", "Among the countries", vec![
            Block::Chart(Box::new(chart("ranks", "In the first third on most", ChartKind::Ranks(ranks())))),
            Block::Classes(Classes {
                finding: "Best performer in one".to_owned(),
                what: "Member States by level and change".to_owned(),
                columns: vec!["Interacting".to_owned(), "Obtaining".to_owned(), "Forms".to_owned()],
                rows: ["Best performers", "On average", "To watch"]
                    .iter()
                    .enumerate()
                    .map(|(i, c)| ((*c).to_owned(), vec![Geo::all().filter(|g| g.is_member_state()).skip(9 * i).take(9).collect(), Vec::new(), vec![geo("LU"), geo("FI")]]))
                    .collect(),
                country: geo("LU"),
                note: String::new(),
                source: "Source: as on page 1. Note 1.".to_owned(),
            }),
            Block::Chart(Box::new(chart("dumbbell", "Ahead in services", ChartKind::Dumbbell(dumbbell)))),
            Block::Chart(Box::new(chart("extremes", "Furthest ahead abroad", ChartKind::Extremes(extremes)))),
        ]),
        chapter(1, "4", "Legislation", vec![
            Block::Paragraph("Twenty-one entries in two sections.".to_owned()),
            Block::Entries(Entries { groups: vec![group("4.3.1", 1, 9), group("4.3.2", 10, 12)], source: "Source: factsheet, lines 450 to 530. Note 2.".to_owned() }),
            Block::Coverage(Coverage {
                finding: "Eight of the entries concern base registries".to_owned(),
                what: "Entries by topic and chapter; one dot is one entry".to_owned(),
                columns: vec!["Communications".to_owned(), "Legislation".to_owned(), "Infrastructure".to_owned()],
                rows: (0..12_u32)
                    .map(|i| (format!("Topic {i}"), vec![CoverageCell::Entries(i), CoverageCell::DeclaredEmpty, if i % 2 == 0 { CoverageCell::NoSuchSection } else { CoverageCell::Silent }]))
                    .collect(),
                note: String::new(),
                source: "Source: factsheet lines 193 to 966.".to_owned(),
            }),
            Block::Heading("Cross-border services".to_owned()),
            Block::List((0..9_u32).map(|i| ListItem { term: format!("Service {i}"), text: "Registering a company, paying taxes and asking for a certificate across borders without standing in a queue.".to_owned(), place: Some(line(900 + i)) }).collect()),
        ]),
        Chapter { tagline: "Opportunities grow with abilities".to_owned(), ..chapter(1, "", "Skills", vec![
            Block::Chart(Box::new(chart("skills", "Three milestones", ChartKind::Timeline(timeline)))),
            Block::Stages(Stages {
                stages: vec![
                    ("Then".to_owned(), "Handful of trainings for select audiences".to_owned(), Some(line(263))),
                    ("Now".to_owned(), "Comprehensive, broad collection of trainings for everyone".to_owned(), Some(line(273))),
                    ("Up next".to_owned(), "Stronger focus on advanced digital skills".to_owned(), None),
                ],
                source: "Source: progress report 2020. Note 1.".to_owned(),
            }),
        ]) },
    ]
}

/// The report in little: one of each kind of element, for what looks at every object.
pub fn small() -> Report {
    let mut report = report();
    report.position = None;
    report.key_figures.truncate(1);
    report.chapters.retain(|c| ["1.3", "4"].contains(&c.number.as_str()));
    for block in report.chapters.iter_mut().flat_map(|c| &mut c.blocks) {
        match block {
            Block::Table(table) => table.groups.iter_mut().for_each(|g| g.rows.truncate(2)),
            Block::Entries(entries) => entries.groups.iter_mut().for_each(|g| g.entries.truncate(1)),
            Block::Coverage(coverage) => coverage.rows.truncate(2),
            Block::List(items) => items.truncate(2),
            _ => {}
        }
    }
    report
}

/// The report.
pub fn report() -> Report {
    let scale = |_| TileScale::Line { min: 0.0, max: 100.0, higher_is_better: true };
    let mut key_figures: Vec<KeyFigure> =
        (0..4).map(|i| key("People dealing with public authorities online, 2021", Some(78.0 - f64::from(i)), scale(i))).collect();
    key_figures.push(key("eDocuments, benchmark score, 2020–2021", None, scale(4)));
    key_figures.push(KeyFigure {
        unit: "of 25".to_owned(),
        average: None,
        gap_words: "2 below:".to_owned(),
        rank_words: "law, open data".to_owned(),
        ..key(
            "Interoperability areas level with or above the EU, 2021",
            Some(23.0),
            TileScale::Dots { total: 25, below: 2, caption: "one dot per area; open = below the EU".to_owned() },
        )
    });
    Report {
        id: "lu-dpa-2022".to_owned(),
        status: Status::Draft,
        geo: geo("LU"),
        country: "Luxembourg".to_owned(),
        title: "Digital Public Administration factsheet 2022".to_owned(),
        subject: "State of play of digital public administration, beside the EU average.".to_owned(),
        edition: "2022".to_owned(),
        language: "en".to_owned(),
        author: "Example office & sons".to_owned(),
        contact: "office@example.org".to_owned(),
        keywords: vec!["e-government".to_owned(), "interoperability".to_owned()],
        date: "2022-06-01".to_owned(),
        lead: "Luxembourg is above the EU average on nine of twelve headline indicators, close to it on two and below on one. Its lead is largest in cross-border services, 90.1 points against 54.5. It trails only in how businesses use digital technology, 35.0 points against 36.1.".to_owned(),
        scope: "Figures of the edition 2022, periods 2020 to 2022. EU is EU-27 unless it says EU27+.".to_owned(),
        key_figures,
        position: Some(chart("position", "Ahead in online services and skills, level in connectivity", ChartKind::Gap(gap_plot()))),
        chapters: chapters(),
        glance: vec![
            Block::Chart(Box::new(chart("glance", "Luxembourg leads on most headlines", ChartKind::Dumbbell(Dumbbell { country_name: "Luxembourg".to_owned(), average_name: "EU".to_owned(), minimum: 0.0, maximum: 100.0, groups: gap_plot().groups })))),
            Block::Paragraph("More is said in the factsheet.".to_owned()),
        ],
        notes: (0..3).map(|i| Note { title: format!("About source {i}"), text: "Individuals aged 16 to 74 in the last twelve months; see also Note 1. Values are those that the source publishes, with its flags.".to_owned() }).collect(),
        sources: vec![SourceNote {
            id: "eurostat-use".to_owned(),
            publisher: "Eurostat".to_owned(),
            title: "Individuals using the internet for interacting with public authorities".to_owned(),
            edition: "2021".to_owned(),
            file: "input/use.xlsx".to_owned(),
            sha256: "ab".repeat(32),
            rights: "Reuse is authorised, provided the source is acknowledged.".to_owned(),
            obtained: "Downloaded from https://ec.europa.eu/eurostat/databrowser/view/isoc_ciegi_ac/default/table on the day of the edition.".to_owned(),
        }],
        methods: vec![Method { name: "Gap".to_owned(), text: "The country's value less the average, in percentage points for shares.".to_owned(), source: "This project.".to_owned() }],
        text: "seeds/sample.txt".to_owned(),
        groups: Vec::new(),
        indicators: Vec::new(),
        standings: Arc::default(),
        thresholds: Vec::new(),
        tables: Vec::new(),
        cited_figures: Arc::default(),
        cited_lines: Vec::new(),
        findings: Vec::new(),
    }
}

pub fn attachments() -> Vec<Attachment> {
    vec![
        Attachment {
            name: "observations.csv".to_owned(),
            mime: "text/csv".to_owned(),
            description: "Every figure shown, with its cell".to_owned(),
            relationship: Relationship::Data,
            bytes: b"indicator,geo\nX,LU\n".to_vec().into(),
        },
        Attachment {
            name: "entries.csv".to_owned(),
            mime: "text/csv".to_owned(),
            description: "Every entry of the text".to_owned(),
            relationship: Relationship::Data,
            bytes: b"title\nA\n".to_vec().into(),
        },
    ]
}
