//! Dates without a year, as the journey and the rundown print them: `sept. 14`, `june - sept.`, `dec. 11 & 12`.

/// A day, days, a month or months of some year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    Month(i8),
    Months(i8, i8),
    Day(i8, i8),
    /// Two days of one month, from and to.
    Days(i8, i8, i8),
}

impl Moment {
    /// First month and day on which it may begin, for the order within a year.
    pub fn earliest(self) -> (i8, i8) {
        match self {
            Self::Month(m) | Self::Months(m, _) => (m, 1),
            Self::Day(m, d) | Self::Days(m, d, _) => (m, d),
        }
    }

    /// Last month and day on which it may begin.
    pub fn latest(self) -> (i8, i8) {
        match self {
            Self::Month(m) | Self::Months(m, _) => (m, 31),
            Self::Day(m, d) | Self::Days(m, d, _) => (m, d),
        }
    }
}

/// A moment as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub moment: Moment,
    /// The year, where it is printed right behind.
    pub year: Option<i16>,
    /// The words of the date without the year.
    pub words: String,
    /// What follows on the same line.
    pub rest: String,
}

const MONTHS: &[&str] =
    &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// A month's name or its abbreviation, with or without full stop.
fn month(word: &str) -> Option<i8> {
    let bare = word.trim_end_matches(['.', ',']).to_lowercase();
    let long_enough = bare.chars().count() >= 3 && bare.is_ascii();
    let at = MONTHS.iter().position(|m| long_enough && (*m == bare || (m.starts_with(&bare) && bare.len() <= 4)))?;
    i8::try_from(at + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    let bare = word.trim_end_matches([',', '.']);
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare);
    bare.parse().ok().filter(|d| (1..=31).contains(d))
}

/// Reads a date at the beginning of a line; `None` where the words only look like one (`may be`).
pub fn read(line: &str) -> Option<Printed> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let is_joint = |t: Option<&&str>| t.is_some_and(|t| matches!(*t, "-" | "–" | "&" | "and" | "to"));
    let at = |i: usize| tokens.get(i);
    let (moment, used) = match (at(0).and_then(|t| month(t)), at(0).and_then(|t| day(t))) {
        (Some(m), _) => match (at(1).and_then(|t| day(t)), is_joint(at(1))) {
            (Some(d), _) => match (is_joint(at(2)), at(3).and_then(|t| day(t))) {
                (true, Some(d2)) if d2 > d => (Moment::Days(m, d, d2), 4),
                (true | false, _) => (Moment::Day(m, d), 2),
            },
            (None, true) => (Moment::Months(m, at(2).and_then(|t| month(t))?), 3),
            (None, false) => (Moment::Month(m), 1),
        },
        (None, Some(d)) => (Moment::Day(at(1).and_then(|t| month(t))?, d), 2),
        (None, None) => return None,
    };
    let year = at(used).and_then(|t| super::line::year(t.trim_end_matches(',')));
    let rest = tokens[(used + usize::from(year.is_some())).min(tokens.len())..].join(" ");
    // A lone month is a date only if nothing but a year follows: `may` and `march` are words too.
    if matches!(moment, Moment::Month(_)) && !rest.is_empty() {
        return None;
    }
    let words = tokens[..used].join(" ");
    Some(Printed { moment, year, words, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_words_are_not() {
        let moment = |line: &str| read(line).map(|p| p.moment);
        assert_eq!(moment("sept. 14 a plan"), Some(Moment::Day(9, 14)));
        assert_eq!(moment("aug. - sept a survey"), Some(Moment::Months(8, 9)));
        assert_eq!(moment("dec. 11 & 12"), Some(Moment::Days(12, 11, 12)));
        assert_eq!(moment("3 march 2019"), Some(Moment::Day(3, 3)));
        assert_eq!(moment("may"), Some(Moment::Month(5)));
        assert_eq!(moment("may be"), None);
        assert_eq!(moment("marching on"), None);
        assert_eq!(read("july 2 2018").and_then(|p| p.year), Some(2018));
    }
}
