//! One small table in every format, what a person can add without code, what a person can put right, and files that are refused.
//! All figures are made up.

use factsheet::dataset::{Observation, integrity, observe};
use factsheet::diagnostic::{Checked, Diagnostic, Severity};
use factsheet::document::figures;
use factsheet::settings;
use factsheet::source::sha256;
use factsheet::vocabulary::{Figure, Missing, ObsValue};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

const INDICATORS: &str = r#"
[unit.PC_IND]
label = "% of individuals"
kind = "percent"

[[group]]
key = "selling"
title = "Selling online"
drawing = "line"
sources = ["selling"]
unit = "PC_IND"
from_unit = { PC_IND = 1.0, "Percentage of individuals" = 1.0 }
decimals = 1
averages = ["EU27_2020"]
valid_range = [0.0, 100.0]

[[group.indicator]]
code = "I_IUSELL"
select = { indicator = ["I_IUSELL", "Internet use: selling goods or services"] }
label = "Individuals selling goods or services over the internet"
"#;

/// A project with one source.
fn project(file: &str, bytes: &[u8], corrections: &str) -> BTreeMap<String, Vec<u8>> {
    let source = format!(
        "[[source]]\nfile = \"{file}\"\nid = \"selling\"\nfamily = \"figures\"\npublisher = \"Eurostat\"\ntitle = \"Selling\"\nedition = \"2023\"\nrights = \"free\"\nsha256 = \"{}\"\n",
        sha256(bytes)
    );
    let mut files = BTreeMap::from([
        ("seeds/sources.toml".to_owned(), Vec::new()),
        ("input/sources.toml".to_owned(), source.into_bytes()),
        ("input/indicators.toml".to_owned(), INDICATORS.as_bytes().to_vec()),
        (format!("input/{file}"), bytes.to_vec()),
    ]);
    if !corrections.is_empty() {
        files.insert(
            "input/corrections.csv".to_owned(),
            format!("file,location,column,found,value,reason,who,when\n{corrections}").into_bytes(),
        );
    }
    files
}

fn observe(files: &BTreeMap<String, Vec<u8>>) -> Checked<Vec<Observation>> {
    let mut diagnostics = Vec::new();
    let settings = settings::read(files).into_value(&mut diagnostics);
    let value = observe::read(files, &settings).into_value(&mut diagnostics);
    // These projects have no thresholds and few figures: neither is what is tested.
    diagnostics.retain(|d| d.rule.id != "SET002" && d.rule.severity != Severity::Note);
    Checked { value, diagnostics }
}

/// What an observation says, in a line: `LU 2022 = 6.1 b`.
fn line(o: &Observation) -> String {
    let value = match o.obs_value {
        ObsValue::Figure(figure) => figure.value().to_string(),
        ObsValue::Missing(Missing::NotAvailable) => ":".to_owned(),
        ObsValue::Missing(Missing::NotApplicable) => ":m".to_owned(),
        ObsValue::Missing(Missing::Confidential) => ":C".to_owned(),
        ObsValue::Missing(Missing::BelowHalfUnit) => "0n".to_owned(),
    };
    format!("{} {} {} = {value} {}{}", o.indicator, o.geo, o.time_period, o.flags.obs_status(), o.flags.conf_status()).trim().to_owned()
}

const SAME: [&str; 6] = [
    "I_IUSELL EU27_2020 2021 = 18.4",
    "I_IUSELL EU27_2020 2022 = 19 e",
    "I_IUSELL LU 2021 = 5.5 bu",
    "I_IUSELL LU 2022 = :C C",
    "I_IUSELL XK 2021 = :",
    "I_IUSELL XK 2022 = 0n n",
];

fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook can be saved")
}

fn words(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        match cell.parse::<f64>() {
            Ok(number) if row > 0 && column > 2 => sheet.write_number(row, column, number).expect("within the sheet"),
            Ok(_) | Err(_) => sheet.write_string(row, column, *cell).expect("within the sheet"),
        };
    }
}

const TIDY_HEAD: [&str; 6] = ["indicator", "geo", "time_period", "obs_value", "obs_status", "unit"];

fn tidy(rows: &[[&str; 6]]) -> Vec<u8> {
    saved(|workbook| {
        let sheet = workbook.add_worksheet();
        words(sheet, 0, &TIDY_HEAD);
        for (row, cells) in (1..).zip(rows) {
            words(sheet, row, cells);
        }
    })
}

/// As the Data Browser writes it: fixed dimensions, a head of two rows, values and flags in pairs, a legend.
fn browser(edit: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    saved(|workbook| {
        workbook.add_worksheet().set_name("Summary").expect("a name").write_string(5, 0, "Selling online").expect("within the sheet");
        let sheet = workbook.add_worksheet().set_name("Sheet 1").expect("a name");
        for (row, cells) in [
            (0, vec!["Data extracted on 01/02/2024 09:00:00 from [ESTAT]"]),
            (1, vec!["Dataset: ", "Selling online [isoc_example]"]),
            (4, vec!["Time frequency", "", "Annual"]),
            (5, vec!["Information society indicator", "", "Internet use: selling goods or services"]),
            (6, vec!["Unit of measure", "", "Percentage of individuals"]),
            (8, vec!["TIME", "2021", "", "2022"]),
            (9, vec!["GEO (Labels)"]),
            (10, vec!["European Union – 27 countries  (from 2020)", "#18.4", "", "#19", "e"]),
            (11, vec!["Luxembourg", "#5.5", "bu", ":", "c"]),
            (12, vec!["Kosovo*", ":", "", "#0", "n"]),
            (14, vec!["Special value"]),
            (15, vec![":", "not available"]),
            (16, vec!["Observation flags:"]),
            (17, vec!["b", "break in time series"]),
        ] {
            for (column, cell) in (0..).zip(cells) {
                match cell.strip_prefix('#') {
                    Some(number) => sheet.write_number(row, column, number.parse::<f64>().expect("a number")).expect("within the sheet"),
                    None if cell.is_empty() => continue,
                    None => sheet.write_string(row, column, cell).expect("within the sheet"),
                };
            }
        }
        edit(sheet);
    })
}

const TSV: &str = "freq,indic_is,unit,geo\\TIME_PERIOD\t2021 \t2022 \r\nA,I_IUSELL,PC_IND,EU27_2020\t18.4 \t19 e\r\nA,I_IUSELL,PC_IND,LU\t5.5 bu\t: c\r\nA,I_IUSELL,PC_IND,XK\t: \t0 n\r\nA,I_IUBUY,PC_IND,LU\t80.1 \t81 \r\n";

const SDMX_1: &str = "DATAFLOW,LAST UPDATE,freq,indic_is,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,EU27_2020,2021,18.4,,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,EU27_2020,2022,19,e,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,LU,2021,5.5,bu,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,LU,2022,,,C\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,XK,2021,,,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,XK,2022,0,n,\n";

const SDMX_2: &str = "STRUCTURE,STRUCTURE_ID,ACTION,freq: Time frequency,indic_is: Indicator,unit: Unit of measure,geo: Country,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_STATUS: Flag\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,EU27_2020: European Union,2021,18.4,A: Normal\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,EU27_2020: European Union,2022,19,e: estimated\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,LU: Luxembourg,2021,5.5,bu\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,LU: Luxembourg,2022,NaN,c\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,XK: Kosovo*,2021,,\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,XK: Kosovo*,2022,0,n\n";

const JSON_STAT: &str = r#"{"version":"2.0","class":"dataset","label":"a \"value\" in words","id":["indic_is","unit","geo","time"],"size":[1,1,3,2],
"value":{"0":18.4,"3":null,
"1":19,"2":5.5,"5":0, "4": null},
"status":{"1":"e","2":"bu","3":"c","5":"n"},
"dimension":{"indic_is":{"category":{"index":{"I_IUSELL":0}}},"unit":{"category":{"label":{"PC_IND":"Percentage of individuals"}}},
"geo":{"category":{"index":["EU27_2020","LU","XK"]}},"time":{"category":{"index":{"2022":1,"2021":0}}}}}"#;

#[test]
fn one_table_says_the_same_in_every_format() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(TSV.as_bytes()).expect("memory takes it");
    let transposed = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        for (row, cells) in [
            (0, vec!["Dataset: ", "Selling online [isoc_example]"]),
            (2, vec!["Information society indicator [INDIC_IS]", "", "Selling [I_IUSELL]"]),
            (3, vec!["Unit of measure [UNIT]", "", "Percentage of individuals [PC_IND]"]),
            (5, vec!["Year", "EU27_2020", "", "LU", "", "XK"]),
            (6, vec!["2021", "18.4", "", "5.5", "bu", ":"]),
            (7, vec!["2022", "19", "e", ":", "c", "0", "n"]),
        ] {
            for (column, cell) in (0..).zip(cells) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, cell).expect("within the sheet");
                }
            }
        }
    });
    let formats: [(&str, Vec<u8>, &str); 10] = [
        // Saved by LibreOffice from the tidy sheet below.
        ("tidy.ods", include_bytes!("fixtures/figures/tidy.ods").to_vec(), "Data!D4"),
        ("tidy.xls", include_bytes!("fixtures/figures/tidy.xls").to_vec(), "Data!D4"),
        (
            "tidy.xlsx",
            tidy(&[
                ["I_IUSELL", "EU27_2020", "2021", "18.4", "", "PC_IND"],
                ["I_IUSELL", "EU27_2020", "2022", "19", "e", "PC_IND"],
                ["I_IUSELL", "Luxembourg", "2021", "5.5", "bu", "PC_IND"],
                ["I_IUSELL", "LU", "2022", ":", "c", "PC_IND"],
                ["I_IUSELL", "XK", "2021", "", "", "PC_IND"],
                ["I_IUSELL", "XK", "2022", "0", "n", "PC_IND"],
            ]),
            "Sheet1!D4",
        ),
        ("browser.xlsx", browser(|_| {}), "Sheet 1!B12"),
        ("edited.xlsx", transposed, "Sheet1!D7"),
        ("bulk.tsv", TSV.as_bytes().to_vec(), "3"),
        ("packed.tsv.gz", gzip.finish().expect("memory takes it"), "3"),
        ("sdmx1.csv", SDMX_1.as_bytes().to_vec(), "4"),
        ("sdmx2.csv", SDMX_2.as_bytes().to_vec(), "4"),
        ("stat.json", JSON_STAT.as_bytes().to_vec(), "value!2"),
    ];
    for (name, bytes, place) in formats {
        // The name says nothing: the kind is told from the content.
        let files = project(&name.replace('.', "-"), &bytes, "");
        let read = observe(&files);
        assert_eq!(read.value.iter().map(line).collect::<Vec<_>>(), SAME, "{name}: {:#?}", read.diagnostics);
        assert_eq!(read.diagnostics, [], "{name}");
        let luxembourg = read.value.iter().find(|o| o.geo.code() == "LU").expect("it is there");
        assert_eq!(luxembourg.place.location(), place, "{name}");
        assert!(luxembourg.flags_known, "{name}");
    }
}

#[test]
fn an_indicator_is_added_by_data_alone() {
    let mut files = BTreeMap::new();
    for (name, bytes) in [
        ("seeds/sources.toml", include_bytes!("../seeds/sources.toml").as_slice()),
        ("input/sources.toml", include_bytes!("../input/sources.toml")),
        ("input/indicators.toml", include_bytes!("../input/indicators.toml")),
        ("input/methods.toml", include_bytes!("../input/methods.toml")),
        ("input/publication.toml", include_bytes!("../input/publication.toml")),
    ] {
        files.insert(name.to_owned(), bytes.to_vec());
    }
    let add = |files: &mut BTreeMap<String, Vec<u8>>, name: &str, text: &str| {
        files.get_mut(name).expect("it is there").extend_from_slice(text.as_bytes())
    };
    let source = format!(
        "\n[[source]]\nfile = \"isoc_example.tsv\"\nid = \"selling\"\nfamily = \"figures\"\npublisher = \"Eurostat\"\ntitle = \"Selling online\"\nedition = \"2023\"\ncut_by = \"period\"\nlag = 1\nrights = \"free\"\nsha256 = \"{}\"\n",
        sha256(TSV.as_bytes())
    );
    add(&mut files, "input/sources.toml", &source);
    add(&mut files, "input/indicators.toml", INDICATORS.split_once("\n\n").expect("the unit stands first").1);
    files.insert("input/isoc_example.tsv".to_owned(), TSV.as_bytes().to_vec());

    let settings = settings::read(&files);
    assert_eq!(settings.diagnostics, []);
    let observations = observe::read(&files, &settings.value).value;
    assert_eq!(observations.iter().map(line).collect::<Vec<_>>(), SAME);
    let cut_offs = settings.value.cut_offs(None, "2022");
    let shown = factsheet::dataset::observation::select(&observations, &cut_offs);
    assert_eq!(shown.len(), 3, "2021, one year before the edition");
    let fields = factsheet::comparison::Fields::of(&shown, &settings.value.indicators.indicators, &settings.value.methods);
    drop(fields);
}

#[test]
fn a_person_puts_a_value_right() {
    let bytes = tidy(&[["I_IUSELL", "LU", "2021", "7l.9", "", "PC_IND"], ["I_IUSELL", "LU", "2022", "19", "", "PC_IND"]]);
    let wrong = observe(&project("a.xlsx", &bytes, ""));
    let told: Vec<String> = wrong.diagnostics.iter().map(|d| format!("{} {} {}", d.rule.id, d.place, d.found)).collect();
    assert_eq!(told, ["FIG003 input/a.xlsx › Sheet1 › D2 `7l.9`"]);

    let right = observe(&project("a.xlsx", &bytes, "input/a.xlsx,Sheet1!D2,obs_value,7l.9,71.9,misprint,A. Weis,2026-11-22\n"));
    assert_eq!(right.diagnostics, []);
    assert_eq!(line(&right.value[0]), "I_IUSELL LU 2021 = 71.9");
    assert_eq!(right.value[0].note, "corrected from 7l.9 by A. Weis on 2026-11-22: misprint");
    assert_eq!(right.value[0].as_printed, "7l.9");

    // A line of a text file holds several figures: the one that says so is meant, and no other.
    let line_three = |found: &str| format!("input/bulk.tsv,3,obs_value,{found},6.5 bu,misprint,A. Weis,2026-11-22\n");
    let read = observe(&project("bulk.tsv", TSV.as_bytes(), &line_three("5.5 bu")));
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.value.iter().map(line).collect::<Vec<_>>()[2..4], ["I_IUSELL LU 2021 = 6.5 bu", SAME[3]]);
    let twice = TSV.replace(": c", "5.5 bu");
    let told = |bytes: &str, corrections: &str| -> Vec<String> {
        let found = observe(&project("bulk.tsv", bytes.as_bytes(), corrections)).diagnostics;
        found.into_iter().map(|d| format!("{} {}", d.rule.id, d.found)).collect()
    };
    assert_eq!(told(&twice, &line_three("5.5 bu")), ["SET006 it 2 times on that line"]);
    assert_eq!(told(TSV, &(line_three("5.5 bu") + &line_three("5.6 bu"))), ["SET006 `: c` in obs_value"]);

    for (corrections, rule) in [
        ("input/a.xlsx,Sheet1!D3,obs_value,18,18.5,misprint,A. Weis,2026-11-22\n", "SET006"),
        ("input/a.xlsx,Sheet1!D9,obs_value,18,18.5,misprint,A. Weis,2026-11-22\n", "SET006"),
        ("input/a.xlsx,Sheet1!D3,obs_value,19,18.5,,A. Weis,2026-11-22\n", "SET005"),
    ] {
        let read = observe(&project("a.xlsx", &bytes, corrections));
        assert!(read.diagnostics.iter().any(|d| d.rule.id == rule), "{corrections}: {:#?}", read.diagnostics);
    }
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let row = ["I_IUSELL", "LU", "2021", "18.4", "", "PC_IND"];
    let with = |column: usize, word: &'static str| {
        let mut changed = row;
        changed[column] = word;
        changed
    };
    for (rows, expected) in [
        (vec![row, with(1, "Luxemburgo")], "FIG004 D3 `Luxemburgo` did you mean Luxembourg (LU)?"),
        (vec![row, with(2, "in 2021")], "FIG005 D3 `in 2021`"),
        (vec![row, with(4, "x")], "FIG006 D3 `x`"),
        (vec![with(5, "THS_PER")], "FIG007 D2 `THS_PER` for `I_IUSELL`"),
        (vec![with(3, "184")], "FIG008 D2 184.0"),
        (vec![row, with(3, "18.5")], "FIG009 D3 `18.5` here and `18.4`"),
        (vec![with(3, "18,4")], "FIG003 D2 `18,4`"),
    ] {
        let read = observe(&project("a.xlsx", &tidy(&rows), ""));
        let told: Vec<String> = read
            .diagnostics
            .iter()
            .map(|d| format!("{} {} {} {}", d.rule.id, d.place.location().replace("Sheet1!", ""), d.found, d.help))
            .collect();
        assert!(
            told.iter().any(|t| expected.split(" did").all(|part| t.contains(part.trim_start())) && t.starts_with(&expected[..6])),
            "{expected}: {told:#?}"
        );
    }
}

#[test]
fn targets_are_those_of_the_file_that_lists_them() {
    let row = ["I_IUSELL", "LU", "2021", "18.4", "", "PC_IND"];
    let file = |rows: &[[&str; 4]], head: [&str; 4]| {
        saved(|workbook| {
            let sheet = workbook.add_worksheet();
            words(sheet, 0, &TIDY_HEAD);
            words(sheet, 1, &row);
            let sheet = workbook.add_worksheet().set_name("Aims").expect("a name");
            words(sheet, 0, &["What the Union aims at"]);
            words(sheet, 2, &head);
            for (at, cells) in (3..).zip(rows) {
                words(sheet, at, cells);
            }
        })
    };
    let told = |bytes: &[u8]| -> Vec<String> {
        let mut files = project("a.xlsx", bytes, "");
        let target = "\n[[target]]\ncode = \"sell\"\nlabel = \"Selling\"\nvalue = 80.0\nunit = \"pc_ind\"\nyear = 2030\nset_by = \"nobody\"\nindicator = \"I_IUSELL\"\n";
        files.get_mut("input/indicators.toml").expect("it is there").extend_from_slice(target.as_bytes());
        let settings = settings::read(&files).value;
        let found = observe::read(&files, &settings).diagnostics.into_iter().filter(|d| d.place.to_string().contains("Aims"));
        found.map(|d| format!("{} {} expected {}, found {}", d.rule.id, d.place.location(), d.expected, d.found)).collect()
    };
    const HEAD: [&str; 4] = ["indicator", "unit", "label", "target_2030"];
    assert_eq!(told(&file(&[["sell", "pc_ind", "Selling", "80"]], HEAD)), [""; 0]);
    let expected = "expected the target for `sell` as at input/indicators.toml:22: 80 pc_ind in 2030, found";
    assert_eq!(told(&file(&[["sell", "pc_ind", "Selling", "75"]], HEAD)), [format!("FIG019 Aims!D4 {expected} 75 pc_ind in 2030")]);
    assert_eq!(told(&file(&[["sell", "THS_PER", "Selling", "80"]], HEAD)), [format!("FIG019 Aims!D4 {expected} 80 THS_PER in 2030")]);
    assert_eq!(
        told(&file(&[["sell", "pc_ind", "2035", "80"]], ["indicator", "unit", "year", "target"])),
        [format!("FIG019 Aims!D4 {expected} 80 pc_ind in 2035")]
    );
    assert_eq!(
        told(&file(&[["buy", "pc_ind", "Buying", "10"], ["sell", "pc_ind", "Selling", "soon"]], HEAD)),
        [
            "FIG020 Aims!D4 expected a target in input/indicators.toml, found none for `buy`",
            "FIG003 Aims!D5 expected a figure, or : where there is none, found `soon`"
        ]
    );
}

fn refused(name: &str, bytes: &[u8], rule: &str, place: &str, found: &str) {
    let read = observe(&project(name, bytes, ""));
    let fits = |d: &Diagnostic| d.rule.id == rule && d.place.to_string() == format!("input/{name}{place}") && d.found.contains(found);
    assert!(read.diagnostics.iter().any(fits), "{name}: {:#?}", read.diagnostics);
    assert!(read.diagnostics.iter().all(|d| !d.help.is_empty() && !d.expected.is_empty()));
}

#[test]
fn bad_workbooks_are_refused_at_the_cell() {
    let row = ["I_IUSELL", "LU", "2021", "18.4", "", "PC_IND"];
    let edited = |edit: fn(&mut Worksheet)| {
        saved(|workbook| {
            let sheet = workbook.add_worksheet();
            words(sheet, 0, &TIDY_HEAD);
            words(sheet, 1, &row);
            edit(sheet);
        })
    };
    let error = edited(|s| drop(s.write_formula(1, 3, Formula::new("=1/0").set_result("#DIV/0!"))));
    refused("error.xlsx", &error, "FIG003", " › Sheet1 › D2", "#DIV/0!");
    let date = edited(|s| {
        let day = ExcelDateTime::from_ymd(2021, 5, 18).expect("a day");
        s.write_datetime_with_format(1, 3, &day, &Format::new().set_num_format("d/m/yyyy")).expect("within the sheet");
    });
    refused("date.xlsx", &date, "FIG003", " › Sheet1 › D2", "the date");
    let corners = edited(|s| drop(s.write_number(1_048_575, 16_383, 1.0)));
    refused("corners.xlsx", &corners, "FIG002", " › Sheet1 › XFD1048576", "outside the columns");
    let twice = edited(|s| words(s, 2, &TIDY_HEAD));
    refused("twice.xlsx", &twice, "FIG002", " › Sheet1 › A3", "a second one");
    let torn = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        words(sheet, 0, &["indicator", "geo"]);
        words(sheet, 1, &["", "", "time_period", "obs_value"]);
    });
    refused("torn.xlsx", &torn, "FIG001", " › Sheet1 › A1", "without time_period, obs_value");
    let unmerged = browser(|s| drop(s.write_string(8, 3, " ")));
    refused("unmerged.xlsx", &unmerged, "FIG002", " › Sheet 1 › D11", "under no head");
    let moved = browser(|s| drop(s.write_number(11, 2, 5.6)));
    refused("moved.xlsx", &moved, "FIG002", " › Sheet 1 › C12", "a column has moved");
}

/// The same zip with one part changed.
fn repacked(bytes: &[u8], part: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a plain name").into_owned()).collect();
    for name in names {
        let mut content = Vec::new();
        archive.by_name(&name).expect("a part").read_to_end(&mut content).expect("a part unpacks");
        writer.start_file(&name, zip::write::SimpleFileOptions::default()).expect("memory takes it");
        writer.write_all(&if name == part { change(content) } else { content }).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

#[test]
fn bombs_and_broken_parts_are_refused_within_bounds() {
    let whole = tidy(&[["I_IUSELL", "LU", "2021", "18.4", "", "PC_IND"]]);
    const SHEET: &str = "xl/worksheets/sheet1.xml";
    let cut = repacked(&whole, SHEET, |part| part[..part.len() / 2].to_vec());
    let read = observe(&project("cut.xlsx", &cut, ""));
    assert!(
        read.diagnostics.iter().any(|d| d.rule.id == "SRC002" && d.place.to_string().starts_with("input/cut.xlsx › Sheet1")),
        "{:#?}",
        read.diagnostics
    );
    refused("half.xlsx", &whole[..whole.len() / 2], "SRC002", "", "");

    // Whole columns formatted and empty.
    let empty = repacked(&whole, SHEET, |part| {
        let part = String::from_utf8(part).expect("UTF-8");
        let cells: String = (3..=500_010).map(|row| format!("<c r=\"A{row}\" s=\"0\"/>")).collect();
        part.replace("</sheetData>", &format!("<row r=\"3\">{cells}</row></sheetData>")).into_bytes()
    });
    let read = observe(&project("empty.xlsx", &empty, ""));
    assert!(
        read.diagnostics.iter().any(|d| d.rule.id == "SRC003" && d.place.to_string().contains("› Sheet1 › A")),
        "{:#?}",
        read.diagnostics
    );

    // A row of an OpenDocument sheet that says it stands a million times, and a cell far to its right.
    let ods = include_bytes!("fixtures/figures/tidy.ods");
    let far = repacked(ods, "content.xml", |part| {
        let part = String::from_utf8(part).expect("UTF-8");
        part.replace(
            "<table:table-cell table:number-columns-repeated=\"16378\"/>",
            "<table:table-cell table:number-columns-repeated=\"16377\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/>",
        )
        .replacen("<table:table-row ", "<table:table-row table:number-rows-repeated=\"900000\" ", 3)
        .into_bytes()
    });
    refused("far.ods", &far, "SRC003", " › Data", "columns");

    // The directory of the archive announces more than a workbook may hold.
    let mut bomb = whole;
    let at = bomb.windows(4).rposition(|w| w == b"PK\x01\x02").expect("a central directory");
    bomb[at + 24..at + 28].copy_from_slice(&900_000_000_u32.to_le_bytes());
    refused("bomb.xlsx", &bomb, "SRC003", "", "more");
    // A sheet that unpacks to 8 MB and says that it has a thousand bytes, in the directory and at its place.
    let mut liar = repacked(&tidy(&[["I_IUSELL", "LU", "2021", "18.4", "", "PC_IND"]]), SHEET, |part| {
        let part = String::from_utf8(part).expect("UTF-8");
        part.replace("</sheetData>", &format!("{}</sheetData>", " ".repeat(8 << 20))).into_bytes()
    });
    for (head, size, name) in [(b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)] {
        let is_sheet = |at: &usize| liar[*at..].starts_with(head) && liar[at + name..].starts_with(SHEET.as_bytes());
        let at = (0..liar.len() - name).find(is_sheet).expect("the sheet is there");
        liar[at + size..at + size + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    let read = observe(&project("liar.xlsx", &liar, ""));
    let told: Vec<String> = read.diagnostics.iter().map(|d| format!("{} {} {}", d.rule.id, d.place, d.found)).collect();
    assert!(told[0].starts_with("SRC002 input/liar.xlsx › Sheet1") && told[0].contains("larger than its declared"), "{told:#?}");
    // A packed text that is cut off.
    refused("cut.gz", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1], "FIG001", "", "");
}

#[test]
fn old_workbooks_are_read_within_bounds() {
    let whole = include_bytes!("fixtures/figures/tidy.xls");
    // The record of the sheet's extent, and one of a cell: row, column, format.
    let find = |pattern: &[u8]| whole.windows(pattern.len()).rposition(|w| w == pattern).expect("the record is there");
    let changed = |at: usize, bytes: &[u8]| {
        let mut bent = whole.to_vec();
        bent[at..at + bytes.len()].copy_from_slice(bytes);
        bent
    };
    // An extent of four billion rows: nothing is allocated for it.
    let extent = find(&[0x00, 0x02, 0x0e, 0x00]);
    let read = observe(&project("wide.xls", &changed(extent + 8, &[0xff; 4]), ""));
    assert_eq!(read.value.iter().map(line).collect::<Vec<_>>(), SAME, "{:#?}", read.diagnostics);
    // The cell D4 moved into the corner of the sheet.
    let five = find(&[0x03, 0x00, 0x03, 0x00]);
    let corner = changed(five, &[0xff, 0xff, 0xff, 0x00]);
    refused("corner.xls", &corner, "FIG002", " › Data › IV65536", "outside the columns");
    // A chain of sectors that comes back to itself.
    let table = 512 + 512 * usize::from(whole[76]);
    let mut ring = whole.to_vec();
    let first = usize::from(whole[48]);
    ring[table + 4 * first..table + 4 * first + 4].copy_from_slice(&u32::try_from(first).expect("small").to_le_bytes());
    refused("ring.xls", &ring, "SRC002", "", "never ends");
    refused("cut.xls", &whole[..300], "SRC002", "", "cut off");
}

#[test]
fn bad_texts_are_refused_at_the_line() {
    refused("semicolons.csv", SDMX_1.replace(',', ";").as_bytes(), "FIG002", ":1", "DATAFLOW;LAST UPDATE");
    refused("latin1.csv", SDMX_1.replace(",LU,2021", ",L\u{0}xemb,2021").replace('\u{0}', "?").as_bytes(), "FIG004", ":4", "L?xemb");
    let mut latin1 = SDMX_1.as_bytes().to_vec();
    let at = latin1.windows(3).position(|w| w == b",LU").expect("Luxembourg stands there");
    latin1[at + 1] = 0xe9;
    refused("latin2.csv", &latin1, "FIG013", ":4", "byte 0xe9");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(SDMX_1.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    refused("utf16.csv", &utf16, "FIG013", "", "UTF-16");
    let head = SDMX_1.lines().next().expect("a head");
    refused("twice.csv", SDMX_1.replacen('\n', &format!("\n{head}\n"), 1).as_bytes(), "FIG002", ":2", "a second one");
    refused("short.tsv", TSV.replace("\t: c", "").as_bytes(), "FIG002", ":3", "1");
    refused("torn.tsv", TSV.replace("A,I_IUSELL,PC_IND,LU", "A,I_IUSELL,LU").as_bytes(), "FIG002", ":3", "A,I_IUSELL,LU");
    refused("word.tsv", TSV.replace("18.4 ", "l8.4 ").as_bytes(), "FIG003", ":2", "l8.4");
    refused("size.json", JSON_STAT.replace("[1,1,3,2]", "[1,1,4,2]").as_bytes(), "FIG002", ":1", "`geo`");
    refused("huge.json", JSON_STAT.replace("[1,1,3,2]", "[99999999,99999999,3,2]").as_bytes(), "FIG002", ":1", "99999999");
    refused("cut.json", &JSON_STAT.as_bytes()[..200], "FIG002", ":4", "EOF");
    refused("notes.txt", b"Dear colleague,\n", "FIG001", ":1", "Dear colleague");
    refused("empty.txt", b"", "FIG001", ":1", "");
}

#[test]
fn a_changed_file_and_a_lost_one_are_told() {
    let mut files = project("bulk.tsv", TSV.as_bytes(), "");
    files.insert("input/bulk.tsv".to_owned(), TSV.replace("18.4", "18.5").into_bytes());
    let read = observe(&files);
    assert!(read.diagnostics.iter().any(|d| d.rule.id == "FIG011"));
    assert_eq!(line(&read.value[0]), "I_IUSELL EU27_2020 2021 = 18.5");
    let before = observe(&project("bulk.tsv", TSV.as_bytes(), "")).value;
    let told = |after: &[Observation]| -> Vec<String> {
        let told = integrity::told(&integrity::moved(&before, after));
        told.iter().map(|d| format!("{} expected {}, found {}", d.place, d.expected, d.found)).collect()
    };
    let moved = "input/bulk.tsv:2 expected `18.4` as before for I_IUSELL EU27_2020 2021 (at input/bulk.tsv:2), found `18.5`";
    assert_eq!(told(&read.value), [moved]);
    // The same file under the name of a later edition is no other set of figures; one without Luxembourg is.
    let mut later = before.clone();
    later.iter_mut().for_each(|o| o.edition = "2024".to_owned());
    assert_eq!(told(&later), [""; 0]);
    // Digits that only the new file prints move nothing.
    let more = |value: f64| -> Vec<Observation> {
        let figure = ObsValue::Figure(Figure::new(value, 4).expect("finite"));
        later.iter().map(|o| if o.geo.code() == "LU" { Observation { obs_value: figure, ..o.clone() } } else { o.clone() }).collect()
    };
    assert_eq!(told(&more(5.5432)), [""; 0]);
    assert_eq!(told(&more(5.5532)).len(), 1);
    later.retain(|o| o.geo.code() != "LU");
    assert_eq!(
        told(&later),
        ["input/bulk.tsv expected the figures of I_IUSELL that were there before, found none for LU 2021 (`5.5` at 3)"]
    );
    files.remove("input/bulk.tsv");
    assert!(observe(&files).diagnostics.iter().any(|d| d.rule.id == "FIG012"));
}

#[test]
fn no_bytes_make_the_reader_panic() {
    let all = |_: &_| true;
    for text in [TSV.as_bytes(), SDMX_1.as_bytes(), SDMX_2.as_bytes(), JSON_STAT.as_bytes()] {
        for cut in 0..text.len() {
            figures::read("cut", &text[..cut], &all);
        }
    }
    let (ods, xls) = (include_bytes!("fixtures/figures/tidy.ods"), include_bytes!("fixtures/figures/tidy.xls"));
    for (book, step) in [(browser(|_| {}), 97), (ods.to_vec(), 97), (xls.to_vec(), 5)] {
        for cut in (0..book.len()).step_by(step) {
            let mut bent = book.clone();
            bent[cut] ^= 0x55;
            figures::read("bent", &bent, &all);
            bent[cut] = 0xff;
            figures::read("bent", &bent, &all);
            figures::read("cut", &book[..cut], &all);
        }
    }
}
