//! Settings in CSV: a head that is always the same, and a record a line.

/// A record with the line where it begins, its values without the blanks around them.
pub struct Record {
    pub line: u32,
    pub values: Vec<String>,
}

impl Record {
    /// Empty where the record is too short.
    pub fn cell(&self, column: usize) -> String {
        self.values.get(column).cloned().unwrap_or_default()
    }

    /// The names of the columns without a value, those left out that may be empty.
    pub fn empty<'h>(&self, head: &[&'h str], may_be_empty: &[usize]) -> Vec<&'h str> {
        let columns = head.iter().enumerate().filter(|(i, _)| self.cell(*i).is_empty() && !may_be_empty.contains(i));
        columns.map(|(_, name)| *name).collect()
    }
}

/// The records of a file with this head. What cannot be read is left out; `refuse` is told its line, what was expected and
/// what was found.
pub fn records(bytes: &[u8], head: &[&str], mut refuse: impl FnMut(u32, String, String)) -> Vec<Record> {
    let number = |position: Option<&csv::Position>| position.map_or(1, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
    let trimmed = |record: &csv::StringRecord| record.iter().map(|value| value.trim().to_owned()).collect::<Vec<String>>();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let found = reader.headers().map(trimmed).unwrap_or_default();
    if found != head {
        refuse(1, head.join(","), found.join(","));
        return Vec::new();
    }
    let mut records = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => records.push(Record { line: number(record.position()), values: trimmed(&record) }),
            Err(error) => refuse(number(error.position()), "a line of UTF-8 text".to_owned(), error.to_string()),
        }
    }
    records
}
