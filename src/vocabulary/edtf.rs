//! Dates in the Extended Date/Time Format (ISO 8601-2): as exact as the source gives them, no more.

use std::fmt;

/// How exact a date is: the column `date_precision`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    Year,
    Month,
    Day,
    Interval,
    Decade,
}

impl DatePrecision {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Interval => "interval",
            Self::Decade => "decade",
        }
    }
}

/// A calendar date of some precision, valid in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edtf {
    Year(i16),
    /// `201X`: the ten years from `first`.
    Decade(i16),
    Month(i16, i8),
    Day(i16, i8, i8),
    /// From one year, month or day to another.
    Interval(Endpoint, Endpoint),
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    /// `..`: open.
    Open,
    Year(i16),
    Month(i16, i8),
    Day(i16, i8, i8),
}

impl Edtf {
    pub fn year(year: i16) -> Option<Self> {
        (1000..=2999).contains(&year).then_some(Self::Year(year))
    }

    pub fn month(year: i16, month: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, 1).ok().map(|_| Self::Month(year, month))
    }

    /// `None` for a day that the calendar does not have.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(|_| Self::Day(year, month, day))
    }

    /// A year, month or day as ISO 8601 writes it: `2019`, `2019-02`, `2019-02-27`.
    pub fn iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        match (parts.next(), parts.next(), parts.next()) {
            (None, _, _) => Self::year(year),
            (Some(month), None, _) => Self::month(year, month.parse().ok()?),
            (Some(month), Some(day), None) => Self::day(year, month.parse().ok()?, day.parse().ok()?),
            (Some(_), Some(_), Some(_)) => None,
        }
    }

    pub fn precision(self) -> DatePrecision {
        match self {
            Self::Year(_) => DatePrecision::Year,
            Self::Decade(_) => DatePrecision::Decade,
            Self::Month(..) => DatePrecision::Month,
            Self::Day(..) => DatePrecision::Day,
            Self::Interval(..) => DatePrecision::Interval,
        }
    }
}

impl fmt::Display for Edtf {
    /// `2021`, `201X`, `2021-11`, `2021-11-11`, `2021/2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Decade(y) => write!(f, "{:03}X", y / 10),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(y, m, d) => write!(f, "{y:04}-{m:02}-{d:02}"),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(y, m, d) => write!(f, "{y:04}-{m:02}-{d:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_written() {
        assert_eq!(Edtf::iso("2019"), Edtf::year(2019));
        assert_eq!(Edtf::iso("2019-02"), Edtf::month(2019, 2));
        assert_eq!(Edtf::iso("2019-02-27"), Edtf::day(2019, 2, 27));
        assert_eq!(Edtf::iso("2019-02-31"), None);
        assert_eq!(Edtf::iso("soon"), None);
    }
}
