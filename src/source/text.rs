//! A text decoded and split into physical lines.

use super::Source;
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::{Lines, Place};

/// A text of lines. Line numbers are 1-based.
#[derive(Clone, Debug)]
pub struct Text {
    pub name: String,
    lines: Vec<String>,
}

pub static NOT_UTF8: Rule = Rule {
    id: "SRC001",
    severity: Severity::Error,
    title: "A source text is UTF-8.",
    source: "this project",
    explanation: "Other encodings turn accented letters into other letters without anybody noticing. Save the text as UTF-8 and try again.",
};

impl Text {
    /// Decodes UTF-8 (a byte order mark is taken off) and splits at LF or CRLF.
    pub fn decode(source: &Source) -> Checked<Option<Self>> {
        let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Checked::ok(Some(Self { name: source.name.clone(), lines: text.lines().map(str::to_owned).collect() })),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = u32::try_from(before.split(|b| *b == b'\n').count()).unwrap_or(u32::MAX);
                let found = format!("byte 0x{:02x}", bytes[error.valid_up_to()]);
                let diagnostic = Diagnostic::new(
                    &NOT_UTF8,
                    Place::lines(&source.name, Lines::one(line)),
                    "UTF-8 text",
                    found,
                    "save the text as UTF-8 (it may be a PDF, a Word file or Windows-1252) and try again",
                );
                Checked { value: None, diagnostics: vec![diagnostic] }
            }
        }
    }

    /// How many physical lines there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line as it stands; empty beyond the end.
    pub fn line(&self, number: u32) -> &str {
        number.checked_sub(1).and_then(|i| self.lines.get(i as usize)).map_or("", String::as_str)
    }

    /// Puts another line in the place of one, for what a person corrected; nothing beyond the end.
    pub fn replace_line(&mut self, number: u32, line: String) {
        if let Some(stands) = number.checked_sub(1).and_then(|i| self.lines.get_mut(i as usize)) {
            *stands = line;
        }
    }

    /// All lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        (1..).zip(self.lines.iter().map(String::as_str))
    }

    /// Whether a line holds nothing but white space (no-break spaces included).
    pub fn is_blank(&self, number: u32) -> bool {
        self.line(number).chars().all(char::is_whitespace)
    }
}
