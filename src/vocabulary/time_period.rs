//! Time periods: years, half-years, quarters, months and biennia.

use std::fmt;

/// A period of time that a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimePeriod {
    Year(i32),
    /// `half` is 1 or 2.
    HalfYear {
        year: i32,
        half: u8,
    },
    /// `quarter` is 1 to 4.
    Quarter {
        year: i32,
        quarter: u8,
    },
    /// `month` is 1 to 12.
    Month {
        year: i32,
        month: u8,
    },
    /// Two years together, named by both: `2020-2021`.
    Biennium {
        first: i32,
    },
}

/// Years of statistics and of projections: any other is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

impl TimePeriod {
    /// Reads `2021`, `2021-S1`, `2021S1`, `2021-H1`, `2021-B1`, `2021-Q1`, `2021 Q1`, `2021-01`, `2021M01`, `2020-2021`, `2020–2021`,
    /// `2020 + 2021`, and SDMX's `2020-01-01/P2Y`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(range) = text.strip_suffix("-01-01/P2Y") {
            return match Self::parse(range) {
                Some(Self::Year(first)) => Some(Self::Biennium { first }),
                Some(Self::HalfYear { .. } | Self::Quarter { .. } | Self::Month { .. } | Self::Biennium { .. }) | None => None,
            };
        }
        let text: String = text.replace(['–', '/', '+'], "-").split_whitespace().collect();
        let year_of = |s: &str| (s.len() == 4).then(|| s.parse::<i32>().ok()).flatten().filter(|y| YEARS.contains(y));
        if let Some(year) = year_of(&text) {
            return Some(Self::Year(year));
        }
        let year = year_of(text.get(..4)?)?;
        let rest = text.get(4..)?.trim_start_matches('-');
        if let Some(last) = year_of(rest) {
            return (last == year + 1).then_some(Self::Biennium { first: year });
        }
        let digit = |s: &str, max: u8| s.parse::<u8>().ok().filter(|n| (1..=max).contains(n));
        match rest.as_bytes().first()? {
            b'S' | b'H' | b'B' => digit(&rest[1..], 2).map(|half| Self::HalfYear { year, half }),
            b'Q' => digit(&rest[1..], 4).map(|quarter| Self::Quarter { year, quarter }),
            b'M' => digit(&rest[1..], 12).map(|month| Self::Month { year, month }),
            b'0'..=b'9' if rest.len() == 2 => digit(rest, 12).map(|month| Self::Month { year, month }),
            _ => None,
        }
    }

    /// The year in which it ends: a biennium counts as its last year (METHODS.md section 4).
    pub fn end_year(self) -> i32 {
        match self {
            Self::Year(year) | Self::HalfYear { year, .. } | Self::Quarter { year, .. } | Self::Month { year, .. } => year,
            Self::Biennium { first } => first + 1,
        }
    }

    /// The year in which it begins.
    pub fn start_year(self) -> i32 {
        match self {
            Self::Year(year) | Self::HalfYear { year, .. } | Self::Quarter { year, .. } | Self::Month { year, .. } => year,
            Self::Biennium { first } => first,
        }
    }

    /// As running text prints it: `2020–2021` with an en dash.
    pub fn printed(self) -> String {
        self.to_string().replace('-', if matches!(self, Self::Biennium { .. }) { "–" } else { "-" })
    }

    fn order(self) -> (i32, u8, u8) {
        match self {
            Self::Year(_) | Self::Biennium { .. } => (self.end_year(), 13, u8::from(matches!(self, Self::Biennium { .. }))),
            Self::HalfYear { half, .. } => (self.end_year(), half * 6, 3),
            Self::Quarter { quarter, .. } => (self.end_year(), quarter * 3, 2),
            Self::Month { month, .. } => (self.end_year(), month, 1),
        }
    }
}

impl Ord for TimePeriod {
    /// By the end of the period.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // What nearly all are; thousands are sorted.
        if let (Self::Year(a), Self::Year(b)) | (Self::Biennium { first: a }, Self::Biennium { first: b }) = (self, other) {
            return a.cmp(b);
        }
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for TimePeriod {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for TimePeriod {
    /// As Eurostat codes it: `2021`, `2021-S1`, `2021-Q1`, `2021-01`, `2020-2021`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::HalfYear { year, half } => write!(f, "{year}-S{half}"),
            Self::Quarter { year, quarter } => write!(f, "{year}-Q{quarter}"),
            Self::Month { year, month } => write!(f, "{year}-{month:02}"),
            Self::Biennium { first } => write!(f, "{first}-{}", first + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_they_are_printed() {
        for (printed, code) in [
            ("2021", "2021"),
            ("2021S1", "2021-S1"),
            ("2021-B2", "2021-S2"),
            ("2021 Q3", "2021-Q3"),
            ("2021M07", "2021-07"),
            ("2021-07", "2021-07"),
            ("2020–2021", "2020-2021"),
            ("2020 + 2021", "2020-2021"),
            ("2020-01-01/P2Y", "2020-2021"),
        ] {
            assert_eq!(TimePeriod::parse(printed).map(|p| p.to_string()).as_deref(), Some(code), "{printed}");
        }
        for wrong in ["", "21", "2021-13", "2021-Q5", "2021-2023", "2021-S0", "year 2021", "2021é", "1800", "2201"] {
            assert_eq!(TimePeriod::parse(wrong), None, "{wrong}");
        }
    }
}
