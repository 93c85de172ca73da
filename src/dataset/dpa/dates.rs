//! Dates in running text: what is printed, as exact as it is printed.

use crate::document::pattern::{Captures, Pattern};
use crate::vocabulary::edtf::{Edtf, Endpoint};
use std::ops::Range;
use std::sync::LazyLock;

/// A date as it stands in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    pub date: Edtf,
    /// Bytes of the printed date.
    pub range: Range<usize>,
    /// Bytes of the words beside it that say which part of it is meant, or from or until when; empty if there are none.
    pub qualifier: Range<usize>,
    /// Whether the word `of` stands right before it: it may be the date of an act.
    pub of: bool,
}

/// Dashes that extraction leaves between two years; U+F02D is a private sign for one.
const DASH: &str = "[-–—‒−‑\u{f02d}]";

const MONTHS: &str = "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.|Apr\\.|Jun\\.|Jul\\.|Aug\\.|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)";

/// What looks like a date at the beginning of a text, longest form first. Named groups say which form it is.
static DATE: LazyLock<Pattern> = LazyLock::new(|| {
    let year = "(?:19[3-9]\\d|20[0-4]\\d)";
    // Beside a month, older years are dates as well.
    let old = "(?:1[89]\\d\\d|20[0-4]\\d)";
    let pattern = format!(
        r"(?x)^(?:
        \b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{MONTHS})\s*,?\s+(?P<y1>{old})\b
        |\b(?P<m2>{MONTHS})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(?P<y2>{old})\b
        |\b(?P<y3>{year})-(?P<m3>\d\d)-(?P<d3>\d\d)\b
        |\b(?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[./](?P<y4>{old})\b
        |\b(?P<mf>{MONTHS})\s+(?P<yf>{year})\s*(?:{DASH}|\bto\b|\buntil\b)\s*(?P<mt>{MONTHS})\s+(?P<yt>{year})\b
        |\b(?P<m5>{MONTHS})\s*,?\s+(?:of\s+)?(?P<y5>{old})\b
        |\b(?P<m6>{MONTHS})\s+(?:and|or|to|{DASH})\s+{MONTHS}\s+(?P<y6>{year})\b
        |\b(?P<y7>{year})\s?(?:{DASH}|/)\s?(?P<y8>{year})\b
        |\b(?P<y9>{year})\s*(?:{DASH}\s*(?:present|today|ongoing)\b)
        |\b(?P<y10>{year})/(?P<y11>\d\d)\b
        |\b(?P<y12>{year})\s+(?:to|until)\s+(?P<y13>{year})\b
        |\b(?P<decade>(?:19|20)\d0)s\b
        |\b(?P<short>[5-9]0)s\b
        |\b(?P<y>{year})\b)"
    );
    Pattern::new(&pattern).expect("a valid pattern")
});

/// Words before a date that belong to it.
static QUALIFIER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix)(?:^|[\s(])(?P<q>
        (?:(?:by|since|until|till|from|before|after|as\ of|as\ from|up\ to|towards)\s+(?:the\s+)?)?
            (?:(?:very\s+)?(?:beginning|end|start|middle|close|course|first\ half|second\ half|second\ part|half
                |(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\ quarter|first\ months|first\ semester|second\ semester)\ of(?:\ the\ year)?
            |early(?:\ in)?|late(?:\ in)?|mid|mid-|spring|summer|autumn|fall|winter|Q[1-4]|H[12]|[1-4]Q)(?:\s+of)?
        |since|by|until|till|from|before|after|during|throughout|around|about|circa|starting\ from|starting\ in|as\ of|as\ from|as\ early\ as|effective\ from|effective
        |between|up\ to|prior\ to|no\ later\ than|not\ later\ than|within|over
        )(?:\s+the)?[\s,-]*$",
    )
    .expect("a valid pattern")
});

/// What looks like a date in a text.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// All dates, in order. Years inside identifiers and names are none.
    pub found: Vec<FoundDate>,
    /// Everything that looks like a date, parts of names and identifiers included: no number in it is an amount.
    pub looks: Vec<Range<usize>>,
}

impl Dates {
    pub fn of(text: &str) -> Self {
        let mut dates = Self::default();
        let mut at = 0;
        while let Some(start) = next_start(text, at) {
            // No date is longer than the window; what stands behind it need not be looked at.
            let window = &text[start..text.floor_char_boundary(start + WINDOW)];
            let Some(captures) = DATE.captures(window) else {
                at = start + 1;
                continue;
            };
            let length = captures.get(0).map_or(1, |m| m.end());
            dates.looks.push(start..start + length);
            read(text, start, &captures, &mut dates.found);
            at = start + length;
        }
        dates.found.sort_by_key(|f| f.range.start);
        between(text, &mut dates.found);
        dates
    }
}

/// Longest date with what must stand behind it, in bytes.
const WINDOW: usize = 96;

/// Where a date may begin: at the first digit of a number or the first letter of a month.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|i| {
        let starts = match bytes[*i] {
            b'0'..=b'9' => true,
            b'J' | b'F' | b'M' | b'A' | b'S' | b'O' | b'N' | b'D' => {
                matches!(
                    bytes.get(i + 1..i + 3),
                    Some(b"an" | b"eb" | b"ar" | b"pr" | b"ay" | b"un" | b"ul" | b"ug" | b"ep" | b"ct" | b"ov" | b"ec")
                )
            }
            _ => false,
        };
        starts && !text[..*i].ends_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

/// Reads what the pattern found at a place.
fn read(text: &str, at: usize, captures: &Captures<'_>, found: &mut Vec<FoundDate>) {
    let whole = captures.get(0).map_or(at..at, |m| at + m.start()..at + m.end());
    if inside_identifier(text, &whole) {
        return;
    }
    let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let month = |name: &str| captures.name(name).and_then(|m| month_of(m.as_str()));
    let mut range = whole.clone();
    let date = if let (Some(d), Some(m), Some(y)) = (number("d1"), month("m1"), number("y1")) {
        day(y, m, d)
    } else if let (Some(d), Some(m), Some(y)) = (number("d2"), month("m2"), number("y2")) {
        day(y, m, d)
    } else if let (Some(d), Some(m), Some(y)) = (number("d3"), number("m3"), number("y3")) {
        i8::try_from(m).ok().and_then(|m| day(y, m, d))
    } else if let (Some(d), Some(m), Some(y)) = (number("d4"), number("m4"), number("y4")) {
        i8::try_from(m).ok().and_then(|m| day(y, m, d))
    } else if let (Some(mf), Some(yf), Some(mt), Some(yt)) = (month("mf"), number("yf"), month("mt"), number("yt")) {
        Some(Edtf::Interval(Endpoint::Month(yf, mf), Endpoint::Month(yt, mt)))
    } else if let (Some(m), Some(y)) = (month("m5"), number("y5")) {
        Edtf::month(y, m)
    } else if let (Some(m), Some(y)) = (month("m6"), number("y6")) {
        // The second month is found on its own.
        found.extend(second_month(captures, at));
        range = captures.name("m6").map_or(whole.clone(), |m| at + m.start()..at + m.end());
        Edtf::month(y, m)
    } else if let (Some(from), Some(to)) = (number("y7"), number("y8")) {
        (from < to).then_some(Edtf::Interval(Endpoint::Year(from), Endpoint::Year(to)))
    } else if let Some(from) = number("y9") {
        Some(Edtf::Interval(Endpoint::Year(from), Endpoint::Open))
    } else if let (Some(from), Some(to)) = (number("y10"), number("y11")) {
        (to == (from + 1) % 100).then_some(Edtf::Interval(Endpoint::Year(from), Endpoint::Year(from + 1)))
    } else if let (Some(from), Some(to)) = (number("y12"), number("y13")) {
        (from < to).then_some(Edtf::Interval(Endpoint::Year(from), Endpoint::Year(to)))
    } else if let Some(decade) = number("decade") {
        Some(Edtf::Decade(decade))
    } else if let Some(short) = number("short") {
        range = captures.name("short").map_or(whole.clone(), |m| at + m.start()..whole.end);
        Some(Edtf::Decade(1900 + short))
    } else {
        number("y").filter(|_| !names_something(text, &whole)).and_then(Edtf::year)
    };
    let Some(date) = date else { return };
    let qualifier = qualifier(text, range.start);
    let of = text[..range.start].trim_end().ends_with(" of") || text[..range.start].trim_end().ends_with(" dated");
    found.push(FoundDate { date, range, qualifier, of });
}

fn second_month(captures: &Captures<'_>, at: usize) -> Option<FoundDate> {
    let (first, year) = (captures.name("m6")?, captures.name("y6")?);
    let y = year.as_str().parse().ok()?;
    let words = captures.get(0)?.as_str().get(first.end()..year.start())?;
    let word = words.split_whitespace().last()?;
    let start = at + first.end() + words.rfind(word)?;
    Some(FoundDate { date: Edtf::month(y, month_of(word)?)?, range: start..at + year.end(), qualifier: start..start, of: false })
}

/// `between 2020 and 2021`: one interval.
fn between(text: &str, found: &mut Vec<FoundDate>) {
    let mut i = 0;
    while i + 1 < found.len() {
        let joined = text[found[i].range.end..found[i + 1].range.start].trim() == "and"
            && text[found[i].qualifier.clone()].to_lowercase().starts_with("between");
        if let (true, Some(from), Some(to)) = (joined, endpoint(found[i].date), endpoint(found[i + 1].date)) {
            let end = found.remove(i + 1).range.end;
            found[i].date = Edtf::Interval(from, to);
            found[i].range.end = end;
        }
        i += 1;
    }
}

fn endpoint(date: Edtf) -> Option<Endpoint> {
    match date {
        Edtf::Year(y) => Some(Endpoint::Year(y)),
        Edtf::Month(y, m) => Some(Endpoint::Month(y, m)),
        Edtf::Day(y, m, d) => Some(Endpoint::Day(y, m, d)),
        Edtf::Decade(_) | Edtf::Interval(..) => None,
    }
}

fn day(year: i16, month: i8, day: i16) -> Option<Edtf> {
    Edtf::day(year, month, i8::try_from(day).ok()?)
}

fn month_of(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.get(..3)?.to_lowercase();
    NAMES.iter().position(|n| *n == name).and_then(|i| i8::try_from(i + 1).ok())
}

/// The words before a date that qualify it.
fn qualifier(text: &str, at: usize) -> Range<usize> {
    let mut from = at.saturating_sub(48);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    QUALIFIER.captures(&text[from..at]).and_then(|c| c.name("q")).map_or(at..at, |q| from + q.start()..from + q.end())
}

/// Part of a number such as 910/2014, of a file name, an address or a decimal number.
fn inside_identifier(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let touching = before.ends_with(|c: char| matches!(c, '/' | '.' | '_' | '#' | '€' | '$' | '@') || c.is_alphanumeric())
        || (before.ends_with('-') && before[..before.len() - 1].ends_with(|c: char| c.is_alphanumeric()))
        || before.ends_with("No ")
        || before.ends_with("No. ")
        || before.ends_with("Nr ")
        || before.ends_with("ISO ");
    let goes_on = after.starts_with(['/', '_', '%'])
        || after.strip_prefix('.').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        || after.strip_prefix(['-', ':']).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        || after.starts_with(" million")
        || after.starts_with(" billion");
    touching || goes_on
}

/// Words before a bare year with which it is a date even when they begin with a capital.
const LEADS: &[&str] = &[
    "in",
    "since",
    "by",
    "from",
    "until",
    "till",
    "during",
    "of",
    "the",
    "this",
    "before",
    "after",
    "for",
    "to",
    "and",
    "or",
    "between",
    "early",
    "late",
    "mid",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "through",
    "around",
    "about",
    "with",
    "a",
    "on",
    "as",
    "at",
    "its",
    "into",
    "throughout",
    "both",
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "year",
    "years",
    "end",
    "beginning",
    "start",
];

/// Whether a bare year is part of a name: `Europe 2020`, `SharePoint 2016`, `Agenda 2030`.
fn names_something(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end();
    let quoted = before.len() < text[..range.start].len();
    let Some(word) = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).next() else { return false };
    if !quoted || word.is_empty() || word.ends_with([',', '.', ';', ':', ')']) {
        return false;
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    // `Act XI of 2020`, `Legal Notice 216 of 2018`: the year is half of a number.
    if bare == "of" {
        let number = before[..before.len() - word.len()].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        return !number.is_empty()
            && (number.bytes().all(|b| b.is_ascii_digit()) || number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')));
    }
    if LEADS.contains(&bare.to_lowercase().as_str()) {
        return false;
    }
    bare.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        Dates::of(text).found.iter().map(|f| format!("{}|{}|{}", f.date, &text[f.range.clone()], &text[f.qualifier.clone()])).collect()
    }

    #[test]
    fn dates_as_exact_as_printed() {
        assert_eq!(dates("On 11 November 2021, and in spring 2022."), ["2021-11-11|11 November 2021|", "2022|2022|spring"]);
        assert_eq!(dates("since the end of 2019"), ["2019|2019|since the end of"]);
        assert_eq!(dates("from 1997 to 2007"), ["1997/2007|1997 to 2007|from"]);
        assert_eq!(dates("Plan 2016—2020 and 2019\u{f02d}2024"), ["2016/2020|2016—2020|", "2019/2024|2019\u{f02d}2024|"]);
        assert_eq!(dates("in March and April 2021"), ["2021-03|March|", "2021-04|April 2021|"]);
        assert_eq!(dates("since the early 90s"), ["199X|90s|since the early"]);
        assert_eq!(dates("between 2020 and 2021"), ["2020/2021|2020 and 2021|between"]);
    }

    #[test]
    fn years_in_names_and_numbers_are_no_dates() {
        for text in [
            "Directive 2019/1024",
            "Law 4727/2020",
            "the Europe 2020 Strategy",
            "SharePoint 2016",
            "Regulation (EU) No 910/2014",
            "2 000 000 users",
        ] {
            assert_eq!(dates(text), Vec::<String>::new(), "{text}");
        }
    }
}
