//! Findings as annotations of GitHub Actions.

use super::Judged;
use crate::diagnostic::Severity;
use crate::vocabulary::Spot;

/// One finding as a workflow command: `::error file=…,line=…,title=…::…`. What is waived is a notice.
pub fn line(judged: &Judged) -> String {
    let diagnostic = &judged.diagnostic;
    let kind = match (judged.waived.is_some(), diagnostic.rule.severity) {
        (true, _) | (false, Severity::Note) => "notice",
        (false, Severity::Warning) => "warning",
        (false, Severity::Error) => "error",
    };
    let lines = match &diagnostic.place.spot {
        Spot::Lines(lines) => format!(",line={},endLine={}", lines.start(), lines.end()),
        Spot::File | Spot::Sheet(_) | Spot::Cell { .. } => String::new(),
    };
    let location = diagnostic.place.location();
    let mut message = format!("expected {}, found {}\n{}", diagnostic.expected, diagnostic.found, diagnostic.help);
    if lines.is_empty() && !location.is_empty() {
        message = format!("{location}: {message}");
    }
    if let Some(waived) = &judged.waived {
        message += &format!("\nwaived: {waived}");
    }
    let title = format!("{} {}", diagnostic.rule.id, diagnostic.rule.title);
    format!("::{kind} file={}{lines},title={}::{}", property(&diagnostic.place.file), property(&title), escape(&message))
}

/// What GitHub asks to escape in a message.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What GitHub asks to escape in a property.
fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::source::text::NOT_UTF8;
    use crate::vocabulary::{Lines, Place};

    #[test]
    fn commas_colons_and_line_feeds_are_escaped() {
        let place = Place::lines("seeds/a,b.txt", Lines::one(4));
        let diagnostic = Diagnostic::new(&NOT_UTF8, place, "100 %", "b", "");
        let line = line(&Judged { diagnostic, publication: String::new(), waived: None });
        assert_eq!(
            line,
            "::error file=seeds/a%2Cb.txt,line=4,endLine=4,title=SRC001 A source text is UTF-8.::expected 100 %25, found b%0A"
        );
    }
}
