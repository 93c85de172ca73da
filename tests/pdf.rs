//! The PDF: what it shows, what a reader hears, what an archive asks for.

#![expect(clippy::disallowed_methods, reason = "tests may keep files and run veraPDF")]

mod common;

use common::sample;
use factsheet::writer::pdf;

#[test]
fn both_documents_are_written_and_carry_their_data() {
    let (report, attachments) = (sample::report(), sample::attachments());
    for bytes in [pdf::factsheet(&report, &attachments), pdf::glance(&report, &attachments)] {
        let bytes = bytes.expect("a PDF is written");
        let mut expected = attachments.clone();
        expected.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(pdf::embedded(&bytes).expect("it can be read"), expected);
        if let Ok(folder) = std::env::var("FACTSHEET_KEEP") {
            std::fs::write(format!("{folder}/{}.pdf", bytes.len()), &bytes).expect("kept");
        }
    }
}
