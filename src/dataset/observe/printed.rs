//! A printed cell understood: a figure with its decimals and flags, or the reason why there is none.

use crate::document::figures::Printed;
use crate::vocabulary::{Flags, Missing, Word};

/// The cell as it stands.
pub(super) fn as_printed(printed: &Printed) -> Word {
    match printed {
        Printed::Nothing => Word::default(),
        Printed::Number(number) => number.to_string().into(),
        Printed::Text(text) | Printed::Error(text) | Printed::Date(text) => text.clone(),
        Printed::Boolean(b) => b.to_string().into(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Parsed {
    Missing(Missing),
    /// Value, and the decimals with which a text prints it.
    Number(f64, Option<u8>),
}

/// What was expected and what was found.
pub(super) type NotAFigure = (String, String);

/// Understands a cell: `58.0`, `5.5 b`, `12.3bu`, `:`, `: c`, `0n`, nothing.
pub(super) fn parse(printed: &Printed) -> Result<(Parsed, Flags), NotAFigure> {
    let expected = || "a figure, or : where there is none".to_owned();
    match printed {
        Printed::Nothing => Ok((Parsed::Missing(Missing::NotAvailable), Flags::default())),
        Printed::Number(number) if number.is_finite() => Ok((Parsed::Number(*number, None), Flags::default())),
        Printed::Number(number) => Err((expected(), number.to_string())),
        Printed::Error(error) => Err((expected(), format!("the formula error {error}"))),
        Printed::Date(date) => Err((expected(), format!("the date {date}"))),
        Printed::Boolean(b) => Err((expected(), format!("the truth value {b}"))),
        Printed::Text(text) => parse_text(text).ok_or_else(|| (expected(), format!("`{text}`"))),
    }
}

pub(super) fn parse_text(text: &str) -> Option<(Parsed, Flags)> {
    let text = text.trim();
    // A point alone is how statistical packages write that there is none.
    if text.is_empty() || text == "." {
        return Some((Parsed::Missing(Missing::NotAvailable), Flags::default()));
    }
    if let Some(rest) = text.strip_prefix(':') {
        let flags = Flags::parse(rest).ok()?;
        let missing = if flags.has('C') {
            Missing::Confidential
        } else if flags.has('m') {
            Missing::NotApplicable
        } else {
            Missing::NotAvailable
        };
        return Some((Parsed::Missing(missing), flags));
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '\u{2212}'))).unwrap_or(text.len());
    let (mut digits, mut rest) = text.split_at(end);
    // `1.5e-3`: an exponent, not the flag e.
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let length = exponent.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+'))).unwrap_or(exponent.len());
        if exponent[..length].contains(|c: char| c.is_ascii_digit()) {
            (digits, rest) = text.split_at(end + 1 + length);
        }
    }
    let plain = digits.replace('\u{2212}', "-");
    let number: f64 = plain.parse().ok().filter(|n: &f64| n.is_finite())?;
    let flags = Flags::parse(rest).ok()?;
    let decimals = plain.split_once('.').map_or(0, |(_, part)| part.chars().take_while(char::is_ascii_digit).count());
    Some((Parsed::Number(number, u8::try_from(decimals).ok()), flags))
}

/// Multiplies on the decimal, so that 0.638 times 100 is 63.8 and not 63.800000000000004.
pub(super) fn scale(number: f64, factor: f64) -> f64 {
    if factor == 1.0 {
        return number;
    }
    let power = factor.log10();
    let exact = (power.fract() == 0.0).then(|| format!("{number}e{power}").parse().ok()).flatten();
    exact.unwrap_or(number * factor)
}

/// Decimals of a figure after it was multiplied.
pub(super) fn scaled_decimals(decimals: u8, factor: f64) -> u8 {
    let places = f64::from(decimals) - factor.abs().log10().round();
    if places <= 0.0 { 0 } else { places as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_figure_with_flags_or_says_why_there_is_none() {
        let number = |text: &str| parse_text(text).map(|(parsed, flags)| (parsed, flags.obs_status() + &flags.conf_status()));
        assert_eq!(number("58.0"), Some((Parsed::Number(58.0, Some(1)), String::new())));
        assert_eq!(number("5.5 b"), Some((Parsed::Number(5.5, Some(1)), "b".into())));
        assert_eq!(number("12.3 bu"), Some((Parsed::Number(12.3, Some(1)), "bu".into())));
        assert_eq!(number("0.06 be"), Some((Parsed::Number(0.06, Some(2)), "be".into())));
        assert_eq!(number("1.5e-3"), Some((Parsed::Number(0.0015, Some(1)), String::new())));
        assert_eq!(number("7 e"), Some((Parsed::Number(7.0, Some(0)), "e".into())));
        assert_eq!(number("\u{2212}0.4"), Some((Parsed::Number(-0.4, Some(1)), String::new())));
        assert_eq!(number(":"), Some((Parsed::Missing(Missing::NotAvailable), String::new())));
        assert_eq!(number(": c"), Some((Parsed::Missing(Missing::Confidential), "C".into())));
        assert_eq!(number(": z"), Some((Parsed::Missing(Missing::NotApplicable), "m".into())));
        assert_eq!(number("0n"), Some((Parsed::Number(0.0, Some(0)), "n".into())));
        assert_eq!(number("7l.9"), None);
        assert_eq!(number("7,5"), None);
        assert_eq!(number("1.2.3"), None);
    }

    #[test]
    fn a_share_becomes_a_percentage_without_noise() {
        assert_eq!(scale(0.638, 100.0), 63.8);
        assert_eq!(scale(0.29, 100.0), 29.0);
        assert_eq!(scale(5.0, 0.01), 0.05);
        assert_eq!(scaled_decimals(3, 100.0), 1);
        assert_eq!(scaled_decimals(0, 100.0), 0);
    }
}
