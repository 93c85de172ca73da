//! Files of figures that are refused: each at its cell or line, with what was expected and found, within bounded time and memory.

#![allow(dead_code, reason = "the formats hold more than is broken here")]

#[path = "common/formats.rs"]
mod formats;

use factsheet::diagnostic::Diagnostic;
use factsheet::document::figures;
use formats::{JSON_STAT, SAME, SDMX_1, SDMX_2, TIDY_HEAD, TSV, browser, line, observe, project, saved, tidy, words};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};
use std::io::{Cursor, Read, Write};

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
