//! What every extracted text has: lines that belong together, list items, table rows, links and emphasis.
//!
//! [`read`] turns the physical lines of a [`Text`] into [`Block`]s. A block's words are a [`Passage`]: the text as printed,
//! Markdown marks taken off, that still knows on which physical line each of its words stands.

use crate::source::Text;
use crate::vocabulary::Lines;
use std::ops::Range;

/// Words of the source with the lines that they stand on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// As printed, without marks; the pieces of a broken line joined by one space.
    pub text: String,
    /// Where each physical line begins in `text`, in order.
    starts: Vec<(usize, u32)>,
    /// Links, bold and italic spans, in order of their beginning.
    pub marks: Vec<Mark>,
}

/// A marked part of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the passage's text.
    pub range: Range<usize>,
    pub style: Style,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    Bold,
    Italic,
    /// With its target; `#` is a lost one.
    Link(String),
}

impl Passage {
    /// One line of Markdown: marks become [`Mark`]s, escapes are undone, blanks are folded and trimmed.
    pub fn parse(line: u32, raw: &str) -> Self {
        let raw = raw.trim_matches(is_filler);
        if is_plain(raw) {
            return Self { text: raw.to_owned(), starts: vec![(0, line)], marks: Vec::new() };
        }
        let mut reader = MarkReader::default();
        reader.read(raw);
        let (text, marks) = reader.finish();
        Self { text, starts: vec![(0, line)], marks }
    }

    /// Adds what stands on a later line, with one space between.
    pub fn append(&mut self, next: &Self) {
        if !self.text.is_empty() && !next.text.is_empty() {
            self.text.push(' ');
        }
        let shift = self.text.len();
        self.text.push_str(&next.text);
        self.starts.extend(next.starts.iter().map(|(at, line)| (at + shift, *line)));
        self.marks.extend(next.marks.iter().map(|m| Mark { range: m.range.start + shift..m.range.end + shift, style: m.style.clone() }));
        self.mend_link(shift);
    }

    /// A link that a line end tore: `[` stands before `seam`, `](target)` behind it.
    fn mend_link(&mut self, seam: usize) {
        let near = self.text.floor_char_boundary(seam.saturating_sub(TARGET));
        let open = self.text[near..seam].rfind('[').map(|o| near + o);
        let Some(open) = open.filter(|o| !self.text[*o..seam].contains(']')) else { return };
        let behind = &self.text[seam..];
        let Some(close) = behind.find("](").filter(|c| !behind[..*c].contains(['[', ']'])).map(|c| seam + c) else { return };
        let Some(end) = self.text[close..].find(')').map(|e| close + e) else { return };
        let target = self.text[close + 2..end].to_owned();
        if target.len() > TARGET || target.contains(char::is_whitespace) {
            return;
        }
        self.text.replace_range(close..=end, "");
        self.text.remove(open);
        // What stood behind a sign that is gone, moves to the left.
        let moved = |at: usize| at - usize::from(at > open) - (end + 1).min(at).saturating_sub(close);
        for (at, _) in &mut self.starts {
            *at = moved(*at);
        }
        for mark in &mut self.marks {
            mark.range = moved(mark.range.start)..moved(mark.range.end);
        }
        self.marks.push(Mark { range: open..close - 1, style: Style::Link(target) });
        self.marks.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
    }

    /// All lines of the passage, their hull.
    pub fn lines(&self) -> Lines {
        let first = self.starts.first().map_or(1, |s| s.1);
        let last = self.starts.last().map_or(first, |s| s.1);
        Lines::new(first.min(last).max(1), first.max(last).max(1)).expect("the smaller line comes first and is at least 1")
    }

    /// Each physical line of the passage.
    pub fn line_numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.starts.iter().map(|s| s.1)
    }

    /// The lines on which a part of the text stands.
    pub fn lines_of(&self, range: &Range<usize>) -> Lines {
        let first = self.line_at(range.start);
        let last = self.line_at(range.end.saturating_sub(1).max(range.start));
        Lines::new(first, last).unwrap_or_else(|| Lines::one(first))
    }

    fn line_at(&self, byte: usize) -> u32 {
        let after = self.starts.partition_point(|(at, _)| *at <= byte);
        self.starts.get(after.saturating_sub(1)).map_or(1, |s| s.1)
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The same passage from some byte of its text on.
    #[must_use]
    pub fn from(&self, byte: usize) -> Self {
        self.part(byte..self.text.len())
    }

    /// A part of the passage, without blanks at its beginning.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let text = self.text[range.clone()].trim_start();
        let skipped = range.end - text.len();
        let marks = self.marks.iter().filter(|m| m.range.end > skipped && m.range.start < range.end.max(skipped + 1));
        let first = self.line_at(skipped);
        let later = self.starts.iter().filter(|(at, _)| *at > skipped && *at < range.end).map(|(at, line)| (at - skipped, *line));
        Self {
            text: text.to_owned(),
            starts: std::iter::once((0, first)).chain(later).collect(),
            marks: marks
                .map(|m| Mark {
                    range: m.range.start.saturating_sub(skipped)..m.range.end.min(range.end) - skipped,
                    style: m.style.clone(),
                })
                .collect(),
        }
    }
}

/// Takes Markdown marks off a line in one pass; what never closes stays as printed.
///
/// An opening sign is not written; if it turns out to be none, [`MarkReader::finish`] puts it back.
#[derive(Default)]
struct MarkReader {
    text: String,
    marks: Vec<Mark>,
    open: Vec<Open>,
    literals: Vec<Open>,
}

/// A sign that may begin a mark, and where in the text.
struct Open {
    at: usize,
    sign: &'static str,
}

/// Signs open at one time; deeper nesting does not occur in print and would cost time on hostile input.
const DEPTH: usize = 32;

/// Longest target of a link.
const TARGET: usize = 2000;

impl MarkReader {
    fn read(&mut self, raw: &str) {
        self.text.reserve(raw.len());
        let mut rest = raw;
        while !rest.is_empty() {
            // Words between signs are copied in one piece.
            let plain = plain_length(rest);
            self.text.push_str(&rest[..plain]);
            rest = &rest[plain..];
            let Some(c) = rest.chars().next() else { break };
            let taken = self.sign(rest).unwrap_or_else(|| {
                self.push(c);
                c.len_utf8()
            });
            rest = &rest[taken..];
        }
    }

    /// Folds blanks while writing. No-break spaces are printed characters and stay.
    fn push(&mut self, c: char) {
        let blank = c.is_ascii_whitespace();
        if blank && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(if blank { ' ' } else { c });
    }

    /// Reads a sign at the beginning of `rest`; how many bytes it took.
    fn sign(&mut self, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        match bytes[0] {
            b'\\' if bytes.get(1).is_some_and(u8::is_ascii_punctuation) => {
                self.text.push(char::from(bytes[1]));
                Some(2)
            }
            b'[' => {
                self.begin("[");
                Some(1)
            }
            b']' => self.close_link(rest),
            b'*' => self.emphasis(if rest.starts_with("**") { "**" } else { "*" }, rest),
            b'_' => {
                let sign = if rest.starts_with("__") { "__" } else { "_" };
                let inside = self.text.ends_with(char::is_alphanumeric) && rest[sign.len()..].starts_with(char::is_alphanumeric);
                if inside { None } else { self.emphasis(sign, rest) }
            }
            _ => None,
        }
    }

    fn begin(&mut self, sign: &'static str) {
        if self.open.len() == DEPTH {
            let oldest = self.open.remove(0);
            self.literals.push(oldest);
        }
        self.open.push(Open { at: self.text.len(), sign });
    }

    fn close_link(&mut self, rest: &str) -> Option<usize> {
        let position = self.open.iter().rposition(|o| o.sign == "[")?;
        let target = rest.strip_prefix("](").and_then(|r| {
            let end = memchr::memchr(b')', &r.as_bytes()[..r.len().min(TARGET)])?;
            Some(&r[..end])
        });
        let Some(target) = target.filter(|t| !t.contains(char::is_whitespace)) else {
            let plain = self.open.remove(position);
            self.literals.push(plain);
            return None;
        };
        let begin = self.open[position].at;
        self.literals.extend(self.open.drain(position + 1..));
        self.open.truncate(position);
        let range = self.inner(begin);
        self.marks.push(Mark { range, style: Style::Link(target.to_owned()) });
        Some(2 + target.len() + 1)
    }

    /// Closes the same sign if one is open since the last bracket, else opens one where a word follows.
    fn emphasis(&mut self, sign: &'static str, rest: &str) -> Option<usize> {
        let level = self.open.iter().rposition(|o| o.sign == "[").map_or(0, |i| i + 1);
        let found = self.open[level..].iter().rposition(|o| o.sign == sign).map(|i| i + level);
        if let Some(position) = found {
            let begin = self.open[position].at;
            if !self.inner(begin).is_empty() {
                self.literals.extend(self.open.drain(position + 1..));
                self.open.truncate(position);
                let range = self.inner(begin);
                let style = if sign.len() == 2 { Style::Bold } else { Style::Italic };
                self.marks.push(Mark { range, style });
                return Some(sign.len());
            }
        }
        let opens = rest[sign.len()..].starts_with(|c: char| !c.is_whitespace());
        opens.then(|| {
            self.begin(sign);
            sign.len()
        })
    }

    /// From `begin` to the end of the text, without blanks at its ends.
    fn inner(&self, begin: usize) -> Range<usize> {
        let part = &self.text[begin..];
        let start = begin + (part.len() - part.trim_start().len());
        start..(begin + part.trim_end().len()).max(start)
    }

    fn finish(mut self) -> (String, Vec<Mark>) {
        self.put_back();
        let length = self.text.trim_end_matches(is_filler).len();
        self.text.truncate(length);
        let lead = length - self.text.trim_start_matches(is_filler).len();
        self.text.drain(..lead);
        let inside = |at: usize| at.saturating_sub(lead).min(length - lead);
        for mark in &mut self.marks {
            mark.range = inside(mark.range.start)..inside(mark.range.end);
        }
        self.marks.retain(|m| !m.range.is_empty());
        self.marks.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
        (self.text, self.marks)
    }

    /// Writes the signs that began nothing where they stood, and moves the marks behind them.
    fn put_back(&mut self) {
        self.literals.append(&mut self.open);
        if self.literals.is_empty() {
            return;
        }
        self.literals.sort_by_key(|l| l.at);
        let mut text = String::with_capacity(self.text.len() + 2 * self.literals.len());
        let mut done = 0;
        for literal in &self.literals {
            text.push_str(&self.text[done..literal.at]);
            text.push_str(literal.sign);
            done = literal.at;
        }
        text.push_str(&self.text[done..]);
        self.text = text;
        // A sign at the very beginning of a mark stands before it, one at its end after it.
        let lengths: Vec<(usize, usize)> = self
            .literals
            .iter()
            .scan(0, |sum, l| {
                *sum += l.sign.len();
                Some((l.at, *sum))
            })
            .collect();
        let shift = |at: usize, upto: bool| {
            let count = lengths.partition_point(|(l, _)| if upto { *l < at } else { *l <= at });
            at + count.checked_sub(1).map_or(0, |i| lengths[i].1)
        };
        for mark in &mut self.marks {
            mark.range = shift(mark.range.start, false)..shift(mark.range.end, true).max(shift(mark.range.start, false));
        }
    }
}

/// Whether a line has no sign of Markdown and no blanks to fold: most have none.
fn is_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    let signs = memchr::memchr3(b'[', b'*', b'_', bytes).or_else(|| memchr::memchr3(b'\\', b']', b'\t', bytes));
    signs.is_none() && memchr::memmem::find(bytes, b"  ").is_none() && memchr::memchr3(b'\n', b'\r', b'\x0c', bytes).is_none()
}

/// Bytes up to the next sign or to a blank that may have to be folded.
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(byte) = bytes.get(i) {
        match byte {
            b' ' if i > 0 && bytes.get(i + 1).is_some_and(|b| !b.is_ascii_whitespace()) => i += 1,
            b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'\\' | b'[' | b']' | b'*' | b'_' => break,
            _ => i += 1,
        }
    }
    i
}

/// Blanks and characters without a width: nothing that a reader sees.
pub fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// How a block is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// One item of a list; its bullet is not part of the passage.
    Item,
    /// A row of a table: its cells in order, empty ones included.
    Row(Vec<String>),
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub form: Form,
    pub passage: Passage,
    /// Whether a blank line stands before it.
    pub gap: bool,
    /// Whether its line begins with a tab.
    pub tabbed: bool,
    /// Whether its last line ends where the text's lines are broken by their width: what follows without a gap goes on.
    pub full: bool,
}

impl Block {
    pub fn lines(&self) -> Lines {
        self.passage.lines()
    }

    pub fn text(&self) -> &str {
        &self.passage.text
    }
}

/// The blocks of a text: one for each non-blank line. Lines that continue each other are joined by [`continues`] once
/// the family has taken its furniture out.
pub fn read(text: &Text) -> Vec<Block> {
    let width = width(text);
    let mut blocks = Vec::new();
    let mut gap = true;
    for (number, line) in text.lines() {
        if line.chars().all(is_filler) {
            gap = true;
            continue;
        }
        let mut block = block(number, line, gap);
        block.full = width.is_some_and(|w| line.len() * 4 >= w * 3);
        blocks.push(block);
        gap = false;
    }
    blocks
}

/// The width at which a text's lines are broken, in bytes; `None` where a line is a paragraph.
fn width(text: &Text) -> Option<usize> {
    let mut lengths: Vec<usize> = Vec::new();
    let mut before = 0;
    for (_, line) in text.lines() {
        if line.trim().is_empty() {
            before = 0;
            continue;
        }
        if before > 0 {
            lengths.push(before);
        }
        before = line.len();
    }
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 9 / 10).filter(|_| lengths.len() >= 100)?;
    let full = lengths.len() - lengths.partition_point(|l| l * 4 < width * 3);
    (width <= 160 && full * 3 >= lengths.len() * 2).then_some(width)
}

/// Signs that begin a list item when a blank follows; the private ones are dots of symbol fonts.
const BULLETS: &str = "-•*–▪◦—‑‒−●○■□►➢✓·∙⁃\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}\u{f02d}";

/// What stands behind the sign of a list item.
fn item(line: &str) -> Option<&str> {
    let sign = line.chars().next()?;
    let rest = &line[sign.len_utf8()..];
    let listed = BULLETS.contains(sign) && (rest.starts_with([' ', '\t', '\u{a0}']) || rest.is_empty() && matches!(sign, '-' | '•'));
    (listed || sign == 'o' && rest.starts_with('\t')).then_some(rest)
}

/// A line without the signs of a Markdown heading.
fn without_heading(line: &str) -> &str {
    let bare = line.trim_start_matches('#');
    if (1..=6).contains(&(line.len() - bare.len())) && bare.starts_with(' ') { bare.trim_start() } else { line }
}

fn block(number: u32, line: &str, gap: bool) -> Block {
    let tabbed = line.starts_with('\t');
    let trimmed = without_heading(line.trim_matches(is_filler));
    let (form, words) = match (cells(line), item(trimmed)) {
        (Some(cells), _) => (Form::Row(cells), trimmed),
        (None, Some(words)) => (Form::Item, words),
        (None, None) => (Form::Plain, trimmed),
    };
    Block { form, passage: Passage::parse(number, words), gap, tabbed, full: false }
}

/// The cells of a table row: at least three, between tabs or upright bars. A contents line (number, title, page) is no row.
fn cells(line: &str) -> Option<Vec<String>> {
    memchr::memchr2(b'|', b'\t', line.as_bytes())?;
    let bars = line.trim().strip_prefix('|').map(|l| l.strip_suffix('|').unwrap_or(l));
    let cells: Vec<&str> = match bars {
        Some(inner) => inner.split('|').collect(),
        None => line.split('\t').collect(),
    };
    let filled = cells.iter().filter(|c| !c.trim().is_empty()).count();
    let row = if bars.is_some() { cells.len() >= 2 } else { cells.len() >= 4 && filled >= 2 };
    row.then(|| cells.iter().map(|c| Passage::parse(1, c).text).collect())
}

/// Words after which a sentence cannot end: a line that ends in one goes on elsewhere.
const OPEN_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "into", "its", "of", "on", "or", "per", "that", "the", "their",
    "these", "this", "to", "under", "via", "which", "while", "with", "within",
];

/// Whether `next` goes on where `block` was cut: by a page break or a hard line end.
///
/// The line before must be running text without an end; what follows must begin like the rest of a sentence. A capital
/// is no obstacle where the last word before cannot end anything (`Ministry for` / `Digitalisation`).
pub fn continues(block: &Block, next: &Block) -> bool {
    let before = block.text();
    let after = next.text();
    if !matches!(next.form, Form::Plain) || matches!(block.form, Form::Row(_)) || next.tabbed || before.is_empty() {
        return false;
    }
    if block.full && !next.gap {
        return !is_numbered(after);
    }
    if before.ends_with(['.', ':', ';', '?', '!', ']', '…']) || before.ends_with(".)") {
        return false;
    }
    let last = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let open = before.ends_with(',') || OPEN_WORDS.contains(&last.to_lowercase().as_str());
    let running = before.len() >= 90 || (!next.gap && before.len() >= 50);
    let lower = starts_lower(after);
    let ends = after.trim_end_matches(['"', '\'', '’', ')']).ends_with(['.', ':', ';', ',', '!', '?']);
    (open && (running || before.len() >= 40) && (ends || !next.gap)) || (lower && running && (ends || !next.gap || after.len() > 90))
}

/// Whether a text begins with the number of a list: `1.`, `2)`.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && text.len() - rest.len() <= 2 && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Whether a text begins with an ordinary lower-case word, not with a name such as `eIDAS` or `chd.lu`.
fn starts_lower(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let inner = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.chars().next().is_some_and(char::is_lowercase)
        && !inner.chars().skip(1).any(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(raw: &str) -> Vec<(String, Style)> {
        let passage = Passage::parse(1, raw);
        passage.marks.iter().map(|m| (passage.text[m.range.clone()].to_owned(), m.style.clone())).collect()
    }

    #[test]
    fn marks_are_taken_off_and_kept() {
        let link = |target: &str| Style::Link(target.to_owned());
        assert_eq!(marks("see [the \\(old\\) list](#) here"), [("the (old) list".to_owned(), link("#"))]);
        assert_eq!(marks("**a [b](http://c) d** e"), [("a b d".to_owned(), Style::Bold), ("b".to_owned(), link("http://c"))]);
        assert_eq!(marks("The *one* and **two** **three**").len(), 3);
        assert_eq!(Passage::parse(1, "[site.xy ](#)is").text, "site.xy is");
        assert_eq!(marks("[site.xy ](#)is")[0].0, "site.xy");
    }

    #[test]
    fn what_does_not_close_stays() {
        for raw in ["Kosovo* and more", "[no link] at all", "snake_case_name", "2 * 3 * 4", "a [b", "**"] {
            assert_eq!(Passage::parse(1, raw).text, raw, "{raw}");
        }
    }

    #[test]
    fn a_torn_link_is_mended() {
        let mut passage = Passage::parse(1, "See the [law on");
        passage.append(&Passage::parse(2, "data](http://x.org/a) of *May* 2020"));
        assert_eq!(passage.text, "See the law on data of May 2020");
        let words: Vec<&str> = passage.marks.iter().map(|m| &passage.text[m.range.clone()]).collect();
        assert_eq!(words, ["law on data", "May"]);
        assert_eq!(passage.lines_of(&passage.marks[1].range), Lines::one(2));
        assert_eq!(passage.lines_of(&passage.marks[0].range), Lines::new(1, 2).expect("1 before 2"));
        let mut plain = Passage::parse(1, "an [open");
        plain.append(&Passage::parse(2, "bracket] (here)"));
        assert_eq!(plain.text, "an [open bracket] (here)");
    }

    #[test]
    fn a_passage_knows_its_lines() {
        let mut passage = Passage::parse(7, "one [two](#)");
        passage.append(&Passage::parse(9, "three **four**"));
        assert_eq!(passage.text, "one two three four");
        assert_eq!(passage.lines(), Lines::new(7, 9).expect("7 before 9"));
        let range = passage.marks[1].range.clone();
        assert_eq!((&passage.text[range.clone()], passage.lines_of(&range)), ("four", Lines::one(9)));
        assert_eq!(passage.from(8).lines(), Lines::one(9));
    }
}
