//! Where a source says so: lines of a text or a cell of a sheet.

use super::Word;
use std::fmt;

/// 1-based physical lines of a text, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lines {
    start: u32,
    end: u32,
}

impl Lines {
    /// Lines `start` to `end`; `None` if `start` is 0 or `end` comes before it.
    pub fn new(start: u32, end: u32) -> Option<Self> {
        (start >= 1 && start <= end).then_some(Self { start, end })
    }

    /// One line. Line 0 does not exist and becomes line 1.
    pub fn one(line: u32) -> Self {
        let line = line.max(1);
        Self { start: line, end: line }
    }

    pub fn start(self) -> u32 {
        self.start
    }

    pub fn end(self) -> u32 {
        self.end
    }

    /// The hull of both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl fmt::Display for Lines {
    /// `112` or `112-115`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.start == self.end { write!(f, "{}", self.start) } else { write!(f, "{}-{}", self.start, self.end) }
    }
}

/// A spot in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// Lines of a text (also of a CSV, TSV, JSON or TOML file).
    Lines(Lines),
    /// A sheet of a workbook.
    Sheet(Word),
    /// A cell of a workbook, `cell` in A1 notation; or a position in the `value` of a JSON-stat file.
    Cell { sheet: Word, cell: Word },
}

/// A spot in a named file: what every figure and every diagnostic leads back to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file as the user names it, relative to the project: `input/desi-2022.xlsx`.
    pub file: Word,
    pub spot: Spot,
}

impl Place {
    pub fn file(file: impl Into<Word>) -> Self {
        Self { file: file.into(), spot: Spot::File }
    }

    pub fn lines(file: impl Into<Word>, lines: Lines) -> Self {
        Self { file: file.into(), spot: Spot::Lines(lines) }
    }

    /// A cell by its zero-based row and column.
    pub fn cell(file: impl Into<Word>, sheet: impl Into<Word>, row: u32, column: u32) -> Self {
        Self { file: file.into(), spot: Spot::Cell { sheet: sheet.into(), cell: a1_in(&mut [0; LONGEST_A1], row, column).into() } }
    }

    /// The spot without the file, as the column `location` prints it: `Sheet 1!D14`, `112`, `112-115`.
    pub fn location(&self) -> String {
        match &self.spot {
            Spot::File => String::new(),
            Spot::Lines(lines) => lines.to_string(),
            Spot::Sheet(sheet) => sheet.to_string(),
            Spot::Cell { sheet, cell } => [sheet.as_str(), "!", cell].concat(),
        }
    }
}

impl fmt::Display for Place {
    /// `seeds/x.txt:112`, `input/x.xlsx › Sheet 1 › D14`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.spot {
            Spot::File => write!(f, "{}", self.file),
            Spot::Lines(lines) => write!(f, "{}:{lines}", self.file),
            Spot::Sheet(sheet) => write!(f, "{} › {sheet}", self.file),
            Spot::Cell { sheet, cell } => write!(f, "{} › {sheet} › {cell}", self.file),
        }
    }
}

/// A cell's name in A1 notation from its zero-based row and column.
pub fn a1(row: u32, column: u32) -> String {
    a1_in(&mut [0; LONGEST_A1], row, column).to_owned()
}

/// Bytes of the name of the last cell that two `u32` can mean.
const LONGEST_A1: usize = 17;

/// Writes the name from its end on: every figure has one, most of them in no need of a `String`.
fn a1_in(buffer: &mut [u8; LONGEST_A1], row: u32, column: u32) -> &str {
    let mut start = buffer.len();
    let mut put = |first: u8, digit: u64| {
        start -= 1;
        buffer[start] = first + u8::try_from(digit).expect("a remainder of 26 fits a byte");
    };
    let mut rest = u64::from(row) + 1;
    while rest > 0 {
        put(b'0', rest % 10);
        rest /= 10;
    }
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        put(b'A', (rest - 1) % 26);
        rest = (rest - 1) / 26;
    }
    std::str::from_utf8(&buffer[start..]).expect("letters and digits of ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_excel_names_them() {
        assert_eq!(a1(0, 0), "A1");
        assert_eq!(a1(13, 25), "Z14");
        assert_eq!(a1(0, 26), "AA1");
        assert_eq!(a1(1_048_575, 16_383), "XFD1048576");
        assert_eq!(a1(u32::MAX, u32::MAX).len(), LONGEST_A1);
    }
}
