//! Text that a workbook can hold: what Excel cannot take is taken out here, and said in a diagnostic.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::vocabulary::Place;
use std::borrow::Cow;

/// Excel's limit of a cell's text, in UTF-16 units.
pub(super) const MOST_UNITS: usize = 32_767;
/// Excel's limit of rows, the head row included.
pub(super) const MOST_ROWS: usize = 1_048_576;
/// Excel's limit of links on a sheet.
pub(super) const MOST_LINKS: usize = 65_530;
/// Excel's limit of an address, in UTF-16 units.
const MOST_ADDRESS_UNITS: usize = 2_079;
/// Stands at the end of a text that was cut.
const CUT: &str = " [cut]";

pub static TEXT_TOO_LONG: Rule = Rule {
    id: "XLS001",
    severity: Severity::Warning,
    title: "A text fits into a cell of a workbook.",
    source: "Microsoft, Excel specifications and limits",
    explanation: "A cell holds 32 767 characters. The workbook shows the beginning and says [cut]; the data files have the whole text.",
};

pub static CONTROL_CHARACTERS: Rule = Rule {
    id: "XLS002",
    severity: Severity::Warning,
    title: "A text has no control characters.",
    source: "W3C, XML 1.0, section 2.2",
    explanation: "The XML of a workbook cannot hold control characters other than tab and line end. They are left out of the workbook; \
                  in the source they are mostly traces of a conversion.",
};

pub static ADDRESS_NOT_LINKED: Rule = Rule {
    id: "XLS003",
    severity: Severity::Note,
    title: "A link leads to the web or to a mailbox.",
    source: "this project",
    explanation: "Only http, https and mailto addresses of at most 2 079 characters become links in the workbook. Others stand there as \
                  text: a click must not start a program or open a file of the reader's disk.",
};

pub static TOO_MANY_ROWS: Rule = Rule {
    id: "XLS004",
    severity: Severity::Error,
    title: "A table fits on a sheet.",
    source: "Microsoft, Excel specifications and limits",
    explanation: "A sheet has 1 048 576 rows. The workbook would lose the rest; use the data files, or publish fewer indicators.",
};

/// The text as a cell can hold it. Allocates only where something must change.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let text = if has_unfit(text) { Cow::Owned(text.replace(unfit, "")) } else { Cow::Borrowed(text) };
    // Every character is one or two units, and one to four bytes: most texts need not be counted.
    if text.len() <= MOST_UNITS || units(&text) <= MOST_UNITS {
        return text;
    }
    let mut left = MOST_UNITS - CUT.len();
    let end = text
        .char_indices()
        .find(|(_, c)| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            !fits
        })
        .map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}{CUT}", &text[..end]))
}

/// Characters that XML 1.0 cannot hold, and the carriage return that it would turn into a line end.
fn unfit(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

fn has_unfit(text: &str) -> bool {
    // Printable ASCII, which most texts are, needs no look at its characters.
    !text.bytes().all(|b| matches!(b, b' '..=b'~')) && text.contains(unfit)
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Whether a spreadsheet would take the text for a formula once somebody edits the cell: what the cell cannot hold is not in it.
pub(super) fn like_formula(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') | None => false,
        Some(_) => text.trim_start_matches(unfit).starts_with(['=', '+', '-', '@', '\t']),
    }
}

/// Whether a spreadsheet would take the text for a number, and warn.
pub(super) fn like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) && text.parse::<f64>().is_ok()
}

/// Whether an address may become a link.
pub(super) fn may_link(address: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"]
        .iter()
        .find(|s| address.len() > s.len() && address.as_bytes()[..s.len()].eq_ignore_ascii_case(s.as_bytes()));
    scheme.is_some() && units(address) <= MOST_ADDRESS_UNITS && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// What is wrong with a text that goes into a cell.
pub(super) fn judge(text: &str, place: impl Fn() -> Place, sink: &mut Vec<Diagnostic>) {
    if has_unfit(text) {
        let found: Vec<String> = text.chars().filter(|c| unfit(*c)).take(3).map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let help = "correct the source text or list it in input/corrections.csv";
        sink.push(Diagnostic::new(&CONTROL_CHARACTERS, place(), "text without control characters", found.join(", "), help));
    }
    if text.len() > MOST_UNITS && units(text) > MOST_UNITS {
        let found = format!("{} characters", units(text));
        let help = "read the whole text in the data files; a text this long is mostly a boundary that was not found";
        sink.push(Diagnostic::new(&TEXT_TOO_LONG, place(), format!("at most {MOST_UNITS} characters"), found, help));
    }
}

/// What is wrong with the address of a link.
pub(super) fn judge_address(address: &str, place: impl Fn() -> Place, sink: &mut Vec<Diagnostic>) {
    // A lost target is known as such already.
    if !address.is_empty() && address != "#" && !may_link(address) {
        let found: String = address.chars().take(80).collect();
        let help = "nothing to do if the text has it so; the workbook shows the address as text";
        sink.push(Diagnostic::new(&ADDRESS_NOT_LINKED, place(), "an http, https or mailto address", found, help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_line_ends_stay() {
        assert_eq!(clean("a\u{b}b\tc\nd\r\u{0}"), "ab\tc\nd");
        assert!(matches!(clean("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_says_so() {
        let text = "\u{1F600}".repeat(20_000);
        let cut = clean(&text);
        assert!(units(&cut) <= MOST_UNITS && cut.ends_with("\u{1F600} [cut]"), "{}", units(&cut));
        let exact = "a".repeat(MOST_UNITS);
        assert_eq!(clean(&exact).len(), MOST_UNITS);
        let accents = "é".repeat(MOST_UNITS);
        assert_eq!(clean(&accents), accents);
    }

    #[test]
    fn only_web_and_mail_become_links() {
        for good in ["https://europa.eu/x?y=1#z", "HTTP://a.eu", "mailto:a@b.eu"] {
            assert!(may_link(good), "{good}");
        }
        for bad in ["", "#", "file:///etc/passwd", "javascript:alert(1)", "http://", "ftp://a", "https://a b.eu", "//a.eu", "internal:A1"] {
            assert!(!may_link(bad), "{bad}");
        }
        assert!(!may_link(&format!("https://a.eu/{}", "x".repeat(3_000))));
    }

    #[test]
    fn what_looks_like_a_formula_or_a_number_is_known() {
        assert!(["=1", "+1", "-x", "@SUM(A1)"].iter().all(|t| like_formula(t)));
        assert!(like_formula("\u{b}=1") && !like_formula("a=1"));
        assert!(["6.10", "1", "-3", "1e5"].iter().all(|t| like_number(t)));
        assert!(!["6.1.2", "2020-2021", "nan", "inf", ""].iter().any(|t| like_number(t)));
    }
}
