//! One small table in every format, and a project that reads it. All figures are made up.

use factsheet::dataset::{self, Observation};
use factsheet::diagnostic::{Checked, Severity};
use factsheet::settings;
use factsheet::source::sha256;
use factsheet::vocabulary::{Missing, ObsValue};
use rust_xlsxwriter::{Workbook, Worksheet};
use std::collections::BTreeMap;

pub const INDICATORS: &str = r#"
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
pub fn project(file: &str, bytes: &[u8], corrections: &str) -> BTreeMap<String, Vec<u8>> {
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

pub fn observe(files: &BTreeMap<String, Vec<u8>>) -> Checked<Vec<Observation>> {
    let mut diagnostics = Vec::new();
    let settings = settings::read(files).into_value(&mut diagnostics);
    let value = dataset::observe::read(files, &settings).into_value(&mut diagnostics);
    // These projects have no thresholds and few figures: neither is what is tested.
    diagnostics.retain(|d| d.rule.id != "SET002" && d.rule.severity != Severity::Note);
    Checked { value, diagnostics }
}

/// What an observation says, in a line: `LU 2022 = 6.1 b`.
pub fn line(o: &Observation) -> String {
    let value = match o.obs_value {
        ObsValue::Figure(figure) => figure.value().to_string(),
        ObsValue::Missing(Missing::NotAvailable) => ":".to_owned(),
        ObsValue::Missing(Missing::NotApplicable) => ":m".to_owned(),
        ObsValue::Missing(Missing::Confidential) => ":C".to_owned(),
        ObsValue::Missing(Missing::BelowHalfUnit) => "0n".to_owned(),
    };
    format!("{} {} {} = {value} {}{}", o.indicator, o.geo, o.time_period, o.flags.obs_status(), o.flags.conf_status()).trim().to_owned()
}

pub const SAME: [&str; 6] = [
    "I_IUSELL EU27_2020 2021 = 18.4",
    "I_IUSELL EU27_2020 2022 = 19 e",
    "I_IUSELL LU 2021 = 5.5 bu",
    "I_IUSELL LU 2022 = :C C",
    "I_IUSELL XK 2021 = :",
    "I_IUSELL XK 2022 = 0n n",
];

pub fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook can be saved")
}

pub fn words(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        match cell.parse::<f64>() {
            Ok(number) if row > 0 && column > 2 => sheet.write_number(row, column, number).expect("within the sheet"),
            Ok(_) | Err(_) => sheet.write_string(row, column, *cell).expect("within the sheet"),
        };
    }
}

pub const TIDY_HEAD: [&str; 6] = ["indicator", "geo", "time_period", "obs_value", "obs_status", "unit"];

pub fn tidy(rows: &[[&str; 6]]) -> Vec<u8> {
    saved(|workbook| {
        let sheet = workbook.add_worksheet();
        words(sheet, 0, &TIDY_HEAD);
        for (row, cells) in (1..).zip(rows) {
            words(sheet, row, cells);
        }
    })
}

/// As the Data Browser writes it: fixed dimensions, a head of two rows, values and flags in pairs, a legend.
pub fn browser(edit: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
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

pub const TSV: &str = "freq,indic_is,unit,geo\\TIME_PERIOD\t2021 \t2022 \r\nA,I_IUSELL,PC_IND,EU27_2020\t18.4 \t19 e\r\nA,I_IUSELL,PC_IND,LU\t5.5 bu\t: c\r\nA,I_IUSELL,PC_IND,XK\t: \t0 n\r\nA,I_IUBUY,PC_IND,LU\t80.1 \t81 \r\n";

pub const SDMX_1: &str = "DATAFLOW,LAST UPDATE,freq,indic_is,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,EU27_2020,2021,18.4,,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,EU27_2020,2022,19,e,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,LU,2021,5.5,bu,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,LU,2022,,,C\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,XK,2021,,,\nESTAT:ISOC_EXAMPLE(1.0),01/02/24 11:00:00,A,I_IUSELL,PC_IND,XK,2022,0,n,\n";

pub const SDMX_2: &str = "STRUCTURE,STRUCTURE_ID,ACTION,freq: Time frequency,indic_is: Indicator,unit: Unit of measure,geo: Country,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_STATUS: Flag\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,EU27_2020: European Union,2021,18.4,A: Normal\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,EU27_2020: European Union,2022,19,e: estimated\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,LU: Luxembourg,2021,5.5,bu\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,LU: Luxembourg,2022,NaN,c\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,XK: Kosovo*,2021,,\ndataflow,ESTAT:ISOC_EXAMPLE(1.0),I,A: Annual,I_IUSELL: Selling,PC_IND: Percentage of individuals,XK: Kosovo*,2022,0,n\n";

pub const JSON_STAT: &str = r#"{"version":"2.0","class":"dataset","label":"a \"value\" in words","id":["indic_is","unit","geo","time"],"size":[1,1,3,2],
"value":{"0":18.4,"3":null,
"1":19,"2":5.5,"5":0, "4": null},
"status":{"1":"e","2":"bu","3":"c","5":"n"},
"dimension":{"indic_is":{"category":{"index":{"I_IUSELL":0}}},"unit":{"category":{"label":{"PC_IND":"Percentage of individuals"}}},
"geo":{"category":{"index":["EU27_2020","LU","XK"]}},"time":{"category":{"index":{"2022":1,"2021":0}}}}}"#;
