//! The workbook as others see it: Excel's validator, LibreOffice, Python; each skipped loudly where it is missing.

#[path = "common/report.rs"]
mod common;

use factsheet::writer::xlsx::{Kind, workbook};

#[test]
#[expect(clippy::disallowed_methods, reason = "a test keeps what it made for a person to open")]
fn keep() {
    let report = common::report("lu-dpa-2022");
    for (kind, name) in [(Kind::Published, "factsheet.xlsx"), (Kind::Working, "factsheet-working.xlsx")] {
        let bytes = workbook(&report, kind).expect("a workbook");
        std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), bytes).expect("a file");
    }
}
