//! Document properties: everything from the report, nothing from the clock.

use crate::report::Report;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

/// Title, subject, author, keywords and the day of the edition as creation date.
///
/// # Errors
/// Never in practice: a day that does not exist becomes 1 January 2000.
pub(super) fn of(report: &Report) -> Result<DocProperties, XlsxError> {
    let date = day(&report.date).and_then(|(y, m, d)| ExcelDateTime::from_ymd(y, m, d).ok());
    let date = match date {
        Some(date) => date,
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let properties = DocProperties::new()
        .set_title(format!("{}: {}", report.country, report.title))
        .set_subject(&report.subject)
        .set_author(&report.author)
        .set_keywords(report.keywords.join(", "))
        .set_comment(format!("Publication {}, edition {}", report.id, report.edition))
        .set_creation_datetime(&date);
    Ok(properties)
}

/// Reads `2022-06-01`; a year alone is its first day.
fn day(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(1), |p| p.parse::<u8>().ok());
    let (month, day) = (part()?, part()?);
    jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (year >= 1900).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_read_or_refused() {
        assert_eq!(day("2022-06-30"), Some((2022, 6, 30)));
        assert_eq!(day("2022"), Some((2022, 1, 1)));
        assert_eq!(day("2022-02-30"), None);
        assert_eq!(day(""), None);
    }
}
