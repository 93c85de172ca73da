//! What people see: messages and diagnostics on standard error, data on standard output.

use crate::check::Findings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::files;
use crate::vocabulary::Spot;
use std::io::{self, IsTerminal as _, Write as _};

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    Quiet,
    Normal,
    Verbose,
}

/// Standard output and standard error of one run.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    pub loudness: Loudness,
    colours: bool,
}

/// How a piece of a message is set on a terminal with colours.
#[derive(Clone, Copy, Debug)]
pub enum Style {
    Error,
    Warning,
    Note,
    Strong,
    Dim,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Note => "1;36",
            Self::Strong => "1",
            Self::Dim => "34",
        }
    }

    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

impl Terminal {
    /// Colours only where standard error is a terminal that knows them and `NO_COLOR` is not set.
    pub fn new(loudness: Loudness) -> Self {
        let colours =
            io::stderr().is_terminal() && files::variable("NO_COLOR").is_none() && files::variable("TERM").is_none_or(|t| t != "dumb");
        Self { loudness, colours }
    }

    /// The same for what is printed on standard output: colours only where that is a terminal.
    #[must_use]
    pub fn on_stdout(mut self) -> Self {
        self.colours = self.colours && io::stdout().is_terminal();
        self
    }

    /// A heading over the findings of a publication.
    pub fn heading(self, publication: &str) -> String {
        let name = if publication.is_empty() { "figures and settings" } else { publication };
        self.styled(Style::Strong, &format!("── {name} ──"))
    }

    /// Whether a progress bar may be drawn.
    pub fn shows_progress(self) -> bool {
        self.loudness != Loudness::Quiet && io::stderr().is_terminal()
    }

    /// Data: a line on standard output. A reader that went away (`| head`) is no fault.
    pub fn data(self, text: &str) {
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    /// Data as bytes, nothing added.
    pub fn bytes(self, bytes: &[u8]) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(bytes).and_then(|()| out.flush());
    }

    /// A message for people, not shown with `--quiet`.
    pub fn say(self, text: &str) {
        if self.loudness != Loudness::Quiet {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// A message shown with `--verbose` alone.
    pub fn explain(self, text: &str) {
        if self.loudness == Loudness::Verbose {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// What went wrong with the world: always shown.
    pub fn fail(self, message: &str) {
        let _ = writeln!(io::stderr().lock(), "{}: {message}", self.styled(Style::Error, "error"));
    }

    /// A diagnostic on standard error: always shown.
    pub fn diagnostic(self, diagnostic: &Diagnostic, waived: Option<&str>) {
        let _ = write!(io::stderr().lock(), "{}", self.worded(diagnostic, waived));
    }

    pub fn styled(self, style: Style, text: &str) -> String {
        if self.colours { format!("\u{1b}[{}m{text}\u{1b}[0m", style.code()) } else { text.to_owned() }
    }

    /// A diagnostic as DESIGN.md draws it: what, where, the line with a caret, what to do.
    pub fn worded(self, diagnostic: &Diagnostic, waived: Option<&str>) -> String {
        let rule = diagnostic.rule;
        let head = format!("{}[{}]", rule.severity.as_str(), rule.id);
        let found = if diagnostic.found.is_empty() { String::new() } else { format!(", found {}", clean(&diagnostic.found)) };
        let sentence = if diagnostic.expected.is_empty() {
            format!("{}{found}", rule.title.trim_end_matches('.'))
        } else {
            format!("expected {}{found}", clean(&diagnostic.expected))
        };
        let bar = self.styled(Style::Dim, "│");
        let mut out = format!(
            "{}{} {}\n",
            self.styled(Style::of(rule.severity), &head),
            if waived.is_some() { " (waived)" } else { "" },
            self.styled(Style::Strong, &sentence)
        );
        out += &format!("  {} {}\n", self.styled(Style::Dim, "┌─"), clean(&diagnostic.place.to_string()));
        if let Some(excerpt) = &diagnostic.excerpt {
            let (text, mark) = window(&clean(&excerpt.text), excerpt.mark);
            let number = line_number(&diagnostic.place.spot);
            let gutter = if number.is_empty() { String::new() } else { format!("{number} │ ") };
            out += &format!("  {bar} {}{text}\n", self.styled(Style::Dim, &gutter));
            if let Some((start, length)) = mark {
                let before = width(&text.chars().take(start).collect::<String>());
                let under = width(&text.chars().skip(start).take(length).collect::<String>()).max(1);
                let carets = self.styled(Style::of(rule.severity), &format!("{} {}", "^".repeat(under), excerpt.label));
                out += &format!("  {bar} {}{}\n", " ".repeat(gutter.chars().count() + before), carets.trim_end());
            } else if !excerpt.label.is_empty() {
                out += &format!("  {bar} {}{}\n", " ".repeat(gutter.chars().count()), excerpt.label);
            }
        }
        if !diagnostic.help.is_empty() {
            out += &format!("  {} {}\n", self.styled(Style::Note, "help:"), clean(&diagnostic.help));
        }
        if let Some(waived) = waived {
            out += &format!("  {} {}\n", self.styled(Style::Note, "waived:"), clean(waived));
        }
        out
    }

    /// Findings under the heading of their publication; only those for which `wanted` holds.
    pub fn findings(self, findings: &Findings, wanted: impl Fn(Severity) -> bool) {
        let mut heading = None;
        for judged in findings.judged.iter().filter(|j| j.waived.is_some() || wanted(j.diagnostic.rule.severity)) {
            if heading != Some(&judged.publication) {
                heading = Some(&judged.publication);
                self.say(&format!("{}\n", self.heading(&judged.publication)));
            }
            self.diagnostic(&judged.diagnostic, judged.waived.as_deref());
            self.say("");
        }
    }
}

/// The line of a text, or the row of a cell.
fn line_number(spot: &Spot) -> String {
    match spot {
        Spot::Lines(lines) => lines.start().to_string(),
        Spot::Cell { cell, .. } => cell.trim_start_matches(|c: char| c.is_ascii_uppercase()).to_owned(),
        Spot::File | Spot::Sheet(_) => String::new(),
    }
}

/// Control characters (an input may hold escape sequences) and tabs made visible or plain, character by character.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\u{a0}' => ' ',
            c if c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// How many columns a text takes: wide for East Asian letters, none for combining marks.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x1f300..=0x1faff => 2,
            _ => 1,
        })
        .sum()
}

/// Characters of an excerpt that are shown: long lines are cut around the mark.
const SHOWN: usize = 100;

fn window(text: &str, mark: Option<(usize, usize)>) -> (String, Option<(usize, usize)>) {
    let count = text.chars().count();
    if count <= SHOWN {
        return (text.to_owned(), mark);
    }
    let (start, length) = mark.unwrap_or((0, 0));
    let from = if start + length + 10 <= SHOWN { 0 } else { start.saturating_sub(SHOWN / 3) };
    let to = (from + SHOWN).min(count);
    let cut: String = text.chars().skip(from).take(to - from).collect();
    let (head, tail) = (if from > 0 { "… " } else { "" }, if to < count { " …" } else { "" });
    let shift = head.chars().count();
    (format!("{head}{cut}{tail}"), mark.map(|_| (start - from + shift, length.min(to - start))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::vocabulary::{Lines, Place};

    static RULE: Rule =
        Rule { id: "TST001", severity: Severity::Error, title: "A cell is a figure.", source: "this project", explanation: "" };
    const PLAIN: Terminal = Terminal { loudness: Loudness::Normal, colours: false };

    #[test]
    fn a_diagnostic_looks_as_it_was_drawn() {
        let place = Place::cell("input/use.xlsx", "I_IUGOV12", 1, 3);
        let diagnostic =
            Diagnostic::new(&RULE, place, "a figure", "`7l.9`", "correct the cell").with_excerpt("BG   71.7   7l.9", "7l.9", "not a digit");
        let drawn = "error[TST001] expected a figure, found `7l.9`\n  ┌─ input/use.xlsx › I_IUGOV12 › D2\n  │ 2 │ BG   71.7   7l.9\n  │                 ^^^^ not a digit\n  help: correct the cell\n";
        assert_eq!(PLAIN.worded(&diagnostic, None), drawn);
    }

    #[test]
    fn the_caret_stands_under_its_word_in_a_long_line() {
        let line = format!("{}word{}", "a b ".repeat(80), " c d".repeat(80));
        let diagnostic = Diagnostic::new(&RULE, Place::lines("x", Lines::one(7)), "a", "b", "").with_excerpt(&line, "word", "here");
        let worded = PLAIN.worded(&diagnostic, None);
        let rows: Vec<Vec<char>> = worded.lines().map(|l| l.chars().collect()).collect();
        let caret = rows[3].iter().position(|c| *c == '^').expect("a caret is drawn");
        assert_eq!(rows[2][caret..caret + 4].iter().collect::<String>(), "word");
    }

    #[test]
    fn an_input_cannot_steer_the_terminal() {
        let diagnostic =
            Diagnostic::new(&RULE, Place::file("x\u{1b}[2J"), "a", "\u{1b}]0;title\u{7}", "").with_excerpt("\u{1b}[31mred", "", "");
        assert!(!PLAIN.worded(&diagnostic, None).contains('\u{1b}'));
    }
}
