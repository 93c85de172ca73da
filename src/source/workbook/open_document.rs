//! How far the sheets of an .ods reach, before calamine allocates their bounding boxes: a cell that says it is repeated a million
//! times is a few bytes of XML.

use super::{too_large, unreadable};
use crate::diagnostic::Diagnostic;
use crate::vocabulary::{Place, Spot};
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};

/// Cells of the bounding boxes of all sheets together.
const MOST_SPANNED: u64 = super::MOST_CELLS as u64;

/// Refuses a file with a sheet whose filled cells span more than may be allocated.
pub(super) fn spans_within_limits(name: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let broken = |error: String| Box::new(unreadable(Place::file(name), "an .ods workbook with its content", error));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut content = String::new();
    let part = archive.by_name("content.xml").map_err(|error| broken(error.to_string()))?;
    part.take(super::MOST_BYTES).read_to_string(&mut content).map_err(|error| broken(error.to_string()))?;
    let mut reader = quick_xml::Reader::from_str(&content);
    let mut extent = Extent::default();
    loop {
        match reader.read_event() {
            Err(error) => return Err(broken(error.to_string())),
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(element)) => extent.open(&element, false),
            Ok(Event::Empty(element)) => extent.open(&element, true),
            Ok(Event::End(element)) if element.local_name().as_ref() == "table-row" => extent.close_row(),
            Ok(_) => {}
        }
        if extent.others.saturating_add(extent.area()) > MOST_SPANNED {
            let place = Place { file: name.into(), spot: Spot::Sheet(extent.sheet.into()) };
            let found = format!("a sheet that spans {} rows and {} columns", extent.rows, extent.columns);
            return Err(Box::new(too_large(place, "sheets whose figures lie together", found)));
        }
    }
}

/// The bounding box of one sheet's filled cells, from its first row and column.
#[derive(Default)]
struct Extent {
    sheet: String,
    /// Cells of the sheets before.
    others: u64,
    rows: u64,
    columns: u64,
    /// Rows before the one that is read, and how often that one is repeated.
    above: u64,
    repeated: u64,
    /// Cells left of the next one, and whether the row holds anything.
    left: u64,
    filled: bool,
}

impl Extent {
    fn area(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }

    fn open(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        match element.local_name().as_ref() {
            "table" => {
                let others = self.others.saturating_add(self.area());
                *self = Self { sheet: attribute(element, "name").unwrap_or_default(), others, ..Self::default() };
            }
            "table-row" => {
                self.repeated = times(element, "number-rows-repeated");
                self.left = 0;
                self.filled = false;
                if is_empty {
                    self.close_row();
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.left = self.left.saturating_add(times(element, "number-columns-repeated"));
                if attribute(element, "value-type").is_some() || !is_empty {
                    self.filled = true;
                    self.columns = self.columns.max(self.left);
                }
            }
            _ => {}
        }
    }

    fn close_row(&mut self) {
        self.above = self.above.saturating_add(self.repeated);
        if self.filled {
            self.rows = self.above;
        }
    }
}

fn times(element: &BytesStart<'_>, name: &str) -> u64 {
    attribute(element, name).and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// An attribute by its local name.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}
