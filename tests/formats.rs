//! One small table in every format, what a person can add without code, and what a person can put right.

#[path = "common/formats.rs"]
mod formats;

use factsheet::dataset::{self, Observation, integrity};
use factsheet::settings;
use factsheet::source::sha256;
use factsheet::vocabulary::{Figure, ObsValue};
use formats::{INDICATORS, JSON_STAT, SAME, SDMX_1, SDMX_2, TIDY_HEAD, TSV, browser, line, observe, project, saved, tidy, words};
use std::collections::BTreeMap;
use std::io::Write;

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
    let observations = dataset::observe::read(&files, &settings.value).value;
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
    let twice_put_right = ["SET006 another line of corrections.csv that puts it right"];
    assert_eq!(told(TSV, &(line_three("5.5 bu") + &line_three("5.5 bu"))), twice_put_right);

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
fn a_figure_in_a_unit_of_its_own_is_told() {
    let rows = [["I_IUSELL", "LU", "2021", "18.4", "", "PC_IND"], ["I_IUSELL", "BE", "2021", "18.4", "", "THS_PER"]];
    let files = project("a.xlsx", &tidy(&rows), "");
    let read = dataset::observe::read(&files, &settings::read(&files).value);
    assert_eq!(read.value.len(), 1);
    let told: Vec<String> = read.diagnostics.iter().map(|d| format!("{} {} {}", d.rule.id, d.place.location(), d.found)).collect();
    assert!(told.contains(&"FIG021 Sheet1!D3 `THS_PER` for `I_IUSELL`".to_owned()), "{told:#?}");
    assert!(told.iter().all(|t| !t.starts_with("FIG007")), "{told:#?}");
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
        let found = dataset::observe::read(&files, &settings).diagnostics.into_iter().filter(|d| d.place.to_string().contains("Aims"));
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
    later.iter_mut().for_each(|o| o.edition = "2024".into());
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
