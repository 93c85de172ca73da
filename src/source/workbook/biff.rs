//! Cells of a workbook of Excel 97 to 2003 (.xls, MS-XLS: BIFF8), record by record: never more memory than the cells need.

use super::{Cell, CellValue, MOST_CELLS, Sheet, Workbook, compound, fold, shown_decimals, too_large, unreadable};
use crate::diagnostic::Diagnostic;
use crate::vocabulary::{Place, Word};

const CONTINUE: u16 = 0x003c;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;

/// Reads all sheets.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Workbook, Box<Diagnostic>> {
    let broken = |found: &str| Box::new(unreadable(Place::file(name), "a workbook of Excel 97 to 2003, not encrypted", found));
    let stream = compound::workbook_stream(bytes).map_err(broken)?;
    let globals = Globals::read(&stream).map_err(broken)?;
    let mut workbook = Workbook { sheets: Vec::new() };
    let (mut total, mut walked) = (0, 0);
    for (start, sheet) in &globals.sheets {
        let at_sheet = |found: &str| {
            let place = Place { file: name.into(), spot: crate::vocabulary::Spot::Sheet(sheet.clone().into()) };
            Box::new(unreadable(place, "a sheet of cells", found))
        };
        let part = stream.get(*start..).ok_or_else(|| at_sheet("a place outside the file"))?;
        let mut reader = Reader { globals: &globals, cells: Vec::new(), formula: None };
        let mut depth = 0;
        for record in Records(part) {
            let record = record.map_err(at_sheet)?;
            walked += record.size;
            // Sheets lie one behind the other; a file that sends every sheet through all of it would be read for hours.
            if walked > stream.len().saturating_mul(2) {
                return Err(at_sheet("sheets that lie within each other"));
            }
            match record.kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                // Charts within a sheet have cells of their own.
                _ if depth > 1 => {}
                _ => reader.record(&record).ok_or_else(|| at_sheet("a record that is too short"))?,
            }
            if total + reader.cells.len() > MOST_CELLS {
                let last = reader.cells.last().map_or((0, 0), |cell| (cell.row, cell.column));
                let place = Place::cell(name, sheet.as_str(), last.0, last.1);
                return Err(Box::new(too_large(place, "at most 4 million cells in a workbook", "more, up to this cell")));
            }
        }
        let mut cells = reader.cells;
        cells.sort_by_key(|cell| (cell.row, cell.column));
        cells.dedup_by_key(|cell| (cell.row, cell.column));
        total += cells.len();
        workbook.sheets.push(Sheet { name: sheet.as_str().into(), cells });
    }
    Ok(workbook)
}

/// A record with those that continue it.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
    /// Bytes in the stream.
    size: usize,
}

struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (head, rest) = self.0.split_at_checked(4)?;
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let (data, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return Some(Err("a sheet that is cut off"));
        }
        let Some((kind, data)) = self.one() else { return Some(Err("a record that is cut off")) };
        let (mut parts, mut size) = (vec![data], data.len() + 4);
        while self.0.starts_with(&CONTINUE.to_le_bytes()) {
            let Some((_, more)) = self.one() else { return Some(Err("a record that is cut off")) };
            parts.push(more);
            size += more.len() + 4;
        }
        Some(Ok(Record { kind, parts, size }))
    }
}

/// What all sheets share.
#[derive(Default)]
struct Globals {
    /// Where each sheet of cells begins, and its name.
    sheets: Vec<(usize, String)>,
    strings: Vec<Option<Word>>,
    /// For each cell format: whether it shows a date, and the decimals that it fixes.
    formats: Vec<(bool, Option<u8>)>,
    from_1904: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, &'static str> {
        const SHORT: &str = "a record that is too short";
        let mut globals = Self::default();
        let (mut codes, mut cell_formats): (Vec<(u16, String)>, Vec<u16>) = (Vec::new(), Vec::new());
        for record in Records(stream) {
            let record = record?;
            let mut data = Data::of(&record);
            match record.kind {
                BEGIN if data.number16() != Some(0x0600) => return Err("a workbook of Excel 95 or older"),
                END => break,
                0x002f => return Err("an encrypted workbook"),
                0x0022 => globals.from_1904 = data.number16() == Some(1),
                0x041e => {
                    let code = data.number16().ok_or(SHORT)?;
                    let length = data.number16().ok_or(SHORT)?;
                    codes.push((code, data.words(usize::from(length)).ok_or(SHORT)?));
                }
                0x00e0 => {
                    data.number16().ok_or(SHORT)?;
                    cell_formats.push(data.number16().ok_or(SHORT)?);
                }
                0x0085 => {
                    let start = data.number32().ok_or(SHORT)?;
                    let kind = data.take(2).ok_or(SHORT)?[1];
                    let length = data.take(1).ok_or(SHORT)?[0];
                    let name = data.words(usize::from(length)).ok_or(SHORT)?;
                    // Others are charts, macros and modules.
                    if kind == 0 {
                        globals.sheets.push((start as usize, name));
                    }
                }
                0x00fc => {
                    data.take(8).ok_or(SHORT)?;
                    while data.has_more() {
                        let length = data.number16().ok_or(SHORT)?;
                        globals.strings.push(fold(&data.rich_words(usize::from(length)).ok_or(SHORT)?));
                    }
                }
                _ => {}
            }
        }
        globals.formats = cell_formats.into_iter().map(|id| format(id, codes.iter().find(|(code, _)| *code == id))).collect();
        Ok(globals)
    }
}

/// Whether a number format shows dates or times, and the decimals that it fixes.
fn format(id: u16, own: Option<&(u16, String)>) -> (bool, Option<u8>) {
    if let Some((_, code)) = own {
        let mut plain = String::new();
        let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
        for c in code.chars() {
            match c {
                _ if escaped => escaped = false,
                '"' => quoted = !quoted,
                _ if quoted => {}
                '\\' | '_' | '*' => escaped = true,
                '[' => bracketed = true,
                ']' => bracketed = false,
                _ if bracketed => {}
                c => plain.push(c.to_ascii_lowercase()),
            }
        }
        let is_date = !plain.contains("general") && plain.contains(['d', 'm', 'y', 'h', 's']);
        return (is_date, if is_date { None } else { shown_decimals(code) });
    }
    match id {
        14..=22 | 27..=36 | 45..=47 | 50..=58 => (true, None),
        1 | 3 | 37 | 38 => (false, Some(0)),
        2 | 4 | 9 | 39 | 40 => (false, Some(2)),
        10 => (false, Some(4)),
        _ => (false, None),
    }
}

struct Reader<'a> {
    globals: &'a Globals,
    cells: Vec<Cell>,
    /// Row, column and format of a formula whose text comes in the next record.
    formula: Option<(u16, u16)>,
}

impl Reader<'_> {
    /// `None` if the record is too short for what it is.
    fn record(&mut self, record: &Record<'_>) -> Option<()> {
        let mut data = Data::of(record);
        match record.kind {
            0x0203 => {
                let (row, column, format) = data.head()?;
                let value = f64::from_le_bytes(data.take(8)?.try_into().ok()?);
                self.number(row, column, format, value);
            }
            0x027e => {
                let (row, column, format) = data.head()?;
                let value = packed(data.number32()?);
                self.number(row, column, format, value);
            }
            0x00bd => {
                let (row, first) = (data.number16()?, data.number16()?);
                for (column, six) in (u32::from(first)..).zip(data.rest().as_chunks::<6>().0) {
                    let column = u16::try_from(column).ok()?;
                    let format = u16::from_le_bytes([six[0], six[1]]);
                    self.number(row, column, format, packed(u32::from_le_bytes([six[2], six[3], six[4], six[5]])));
                }
            }
            0x00fd => {
                let (row, column, _) = data.head()?;
                let text = self.globals.strings.get(data.number32()? as usize).cloned().flatten();
                self.push(row, column, text.map(CellValue::Text), None);
            }
            0x0204 | 0x00d6 => {
                let (row, column, _) = data.head()?;
                let length = data.number16()?;
                let text = data.words(usize::from(length))?;
                self.push(row, column, fold(&text).map(CellValue::Text), None);
            }
            0x0205 => {
                let (row, column, _) = data.head()?;
                let two = data.take(2)?;
                let value = if two[1] == 0 { CellValue::Boolean(two[0] != 0) } else { CellValue::Error(error(two[0]).into()) };
                self.push(row, column, Some(value), None);
            }
            0x0006 => {
                let (row, column, format) = data.head()?;
                let result: [u8; 8] = data.take(8)?.try_into().ok()?;
                match result {
                    [0, .., 0xff, 0xff] => self.formula = Some((row, column)),
                    [1, _, truth, .., 0xff, 0xff] => self.push(row, column, Some(CellValue::Boolean(truth != 0)), None),
                    [2, _, code, .., 0xff, 0xff] => self.push(row, column, Some(CellValue::Error(error(code).into())), None),
                    [.., 0xff, 0xff] => {}
                    number => self.number(row, column, format, f64::from_le_bytes(number)),
                }
            }
            0x0207 => {
                let length = data.number16()?;
                let text = data.words(usize::from(length))?;
                if let Some((row, column)) = self.formula.take() {
                    self.push(row, column, fold(&text).map(CellValue::Text), None);
                }
            }
            _ => {}
        }
        Some(())
    }

    fn number(&mut self, row: u16, column: u16, format: u16, value: f64) {
        let (is_date, decimals) = self.globals.formats.get(usize::from(format)).copied().unwrap_or_default();
        let value = if is_date { CellValue::Date(day(value, self.globals.from_1904).into()) } else { CellValue::Number(value) };
        self.push(row, column, Some(value), decimals);
    }

    fn push(&mut self, row: u16, column: u16, value: Option<CellValue>, decimals: Option<u8>) {
        if let Some(value) = value {
            self.cells.push(Cell { row: u32::from(row), column: u32::from(column), value, decimals });
        }
    }
}

/// A number in 30 bits: whole or the upper part of a double, of itself or of its hundredfold.
fn packed(rk: u32) -> f64 {
    let value = if rk & 2 == 0 { f64::from_bits(u64::from(rk & !3) << 32) } else { f64::from(rk.cast_signed() >> 2) };
    if rk & 1 == 0 { value } else { value / 100.0 }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#ERROR",
    }
}

/// The day of a serial number, ISO 8601; the number itself where the calendar ends.
fn day(serial: f64, from_1904: bool) -> String {
    let first = if from_1904 { jiff::civil::date(1904, 1, 1) } else { jiff::civil::date(1899, 12, 30) };
    let days = jiff::Span::new().try_days(serial.floor() as i64);
    days.ok().and_then(|days| first.checked_add(days).ok()).map_or_else(|| serial.to_string(), |day| day.to_string())
}

/// The bytes of a record, part by part.
struct Data<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    part: &'a [u8],
}

impl<'a> Data<'a> {
    fn of(record: &Record<'a>) -> Self {
        let mut parts = record.parts.clone().into_iter();
        let part = parts.next().unwrap_or_default();
        Self { parts, part }
    }

    fn has_more(&mut self) -> bool {
        while self.part.is_empty() {
            match self.parts.next() {
                Some(next) => self.part = next,
                None => return false,
            }
        }
        true
    }

    /// Bytes that lie in one part.
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        self.has_more();
        let (taken, rest) = self.part.split_at_checked(length)?;
        self.part = rest;
        Some(taken)
    }

    fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.part)
    }

    fn number16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn number32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// Row, column and cell format.
    fn head(&mut self) -> Option<(u16, u16, u16)> {
        Some((self.number16()?, self.number16()?, self.number16()?))
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > 0 {
            if !self.has_more() {
                return None;
            }
            let now = length.min(self.part.len());
            self.part = &self.part[now..];
            length -= now;
        }
        Some(())
    }

    /// A byte of flags, then so many characters.
    fn words(&mut self, length: usize) -> Option<String> {
        if length == 0 {
            return Some(String::new());
        }
        let wide = self.take(1)?[0] & 1 != 0;
        self.characters(length, wide)
    }

    /// The same with what may follow in the table of strings: runs of fonts, and readings of Asian scripts.
    fn rich_words(&mut self, length: usize) -> Option<String> {
        let flags = self.take(1)?[0];
        let runs = if flags & 8 != 0 { usize::from(self.number16()?) } else { 0 };
        let further = if flags & 4 != 0 { self.number32()? as usize } else { 0 };
        let text = self.characters(length, flags & 1 != 0)?;
        self.skip(further.saturating_add(runs * 4))?;
        Some(text)
    }

    /// Characters of one or two bytes; where they go on in the next part, that begins with a byte which says how wide they are.
    fn characters(&mut self, length: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.part.is_empty() {
                self.part = self.parts.next()?;
                wide = self.take(1)?[0] & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let now = (length - units.len()).min(self.part.len() / width);
            if now == 0 {
                return None;
            }
            let (taken, rest) = self.part.split_at(now * width);
            self.part = rest;
            if wide {
                units.extend(taken.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)));
            } else {
                units.extend(taken.iter().map(|byte| u16::from(*byte)));
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}
