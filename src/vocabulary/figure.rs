//! Figures: a value with the decimals it was published with, and the one function that words it.
//!
//! METHODS.md section 1. Zero, missing and confidential are three things.

use std::fmt;

/// A finite number and the decimals it was published with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    value: f64,
    decimals: u8,
}

impl Figure {
    /// `None` if `value` is not finite. Decimals above 15 are cut to 15, the digits that Excel keeps.
    pub fn new(value: f64, decimals: u8) -> Option<Self> {
        value.is_finite().then_some(Self { value, decimals: decimals.min(15) })
    }

    pub fn value(self) -> f64 {
        self.value
    }

    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// The same value worded with other decimals.
    pub fn with_decimals(self, decimals: u8) -> Self {
        Self { value: self.value, decimals: decimals.min(15) }
    }
}

/// Why there is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missing {
    /// `:` not available.
    NotAvailable,
    /// `m`, older `z`: cannot exist.
    NotApplicable,
    /// `C`, older `c`: confidential.
    Confidential,
    /// `0n`: less than half the unit.
    BelowHalfUnit,
}

/// What a cell of a statistical table holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ObsValue {
    Figure(Figure),
    Missing(Missing),
}

impl ObsValue {
    pub fn figure(self) -> Option<Figure> {
        match self {
            Self::Figure(figure) => Some(figure),
            Self::Missing(_) => None,
        }
    }
}

impl fmt::Display for Figure {
    /// The figure in English: see [`word`]. `58`, `88.3`, `14 000`, `−0.6`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&word(self.value, self.decimals))
    }
}

/// Words a number with so many decimals, as every output shows it: half away from zero on the decimal
/// with 15 significant digits (what Excel displays), no negative zero, U+2212 as minus, a no-break space
/// between thousands, a point before the decimals. Not finite numbers do not occur in a [`Figure`];
/// elsewhere they word as `:`.
pub fn word(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return ":".to_owned();
    }
    let (negative, digits) = round_digits(value, decimals);
    let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
    let mut out = String::new();
    if negative && digits.bytes().any(|b| b != b'0') {
        out.push('\u{2212}');
    }
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    if decimals > 0 {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// The value rounded as [`word`] rounds it: the number that the reader sees.
pub fn round(value: f64, decimals: u8) -> f64 {
    let (negative, digits) = round_digits(value, decimals);
    let magnitude = format!("{digits}e-{decimals}").parse::<f64>().expect("digits and an exponent are a number");
    if negative && magnitude != 0.0 { -magnitude } else { magnitude }
}

/// Sign and decimal digits (at least one before the point) of `value` rounded to `decimals`.
fn round_digits(value: f64, decimals: u8) -> (bool, String) {
    // 15 significant digits: what Excel keeps of a double before it rounds for display.
    let scientific = format!("{:.14e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').expect("{:e} prints an exponent");
    let exponent: i32 = exponent.parse().expect("{:e} prints a whole exponent");
    let mut digits: Vec<u8> = mantissa.bytes().filter(|b| *b != b'.').map(|b| b - b'0').collect();
    // `digits` holds d0.d1d2… times ten to the exponent; keep = digits up to the wanted decimal place.
    let keep = exponent + 1 + i32::from(decimals);
    let up = usize::try_from(keep).is_ok_and(|k| digits.get(k).is_some_and(|d| *d >= 5));
    let keep = usize::try_from(keep).unwrap_or(0);
    digits.resize(keep, 0);
    if up {
        let mut i = keep;
        loop {
            if i == 0 {
                digits.insert(0, 1);
                break;
            }
            i -= 1;
            if digits[i] == 9 {
                digits[i] = 0;
            } else {
                digits[i] += 1;
                break;
            }
        }
    }
    let mut text: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
    let least = usize::from(decimals) + 1;
    if text.len() < least {
        text = "0".repeat(least - text.len()) + &text;
    }
    (value.is_sign_negative(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_half_away_from_zero_as_excel_displays() {
        for (value, decimals, shown) in [
            (88.25, 1, "88.3"),
            (0.35, 1, "0.4"),
            (2.5, 0, "3"),
            (-2.5, 0, "\u{2212}3"),
            (-0.04, 1, "0.0"),
            (1e15, 0, "1\u{a0}000\u{a0}000\u{a0}000\u{a0}000\u{a0}000"),
            (0.1 + 0.2, 1, "0.3"),
            (0.1 + 0.2, 2, "0.30"),
            (1.005, 2, "1.01"),
            (0.5, 0, "1"),
            (0.49, 0, "0"),
            (0.05, 1, "0.1"),
            (0.04, 1, "0.0"),
            (99.95, 1, "100.0"),
            (9.96, 1, "10.0"),
            (14_000.0, 0, "14\u{a0}000"),
            (0.0, 1, "0.0"),
            (-0.0, 0, "0"),
            (0.000_05, 1, "0.0"),
        ] {
            assert_eq!(word(value, decimals), shown, "{value} with {decimals} decimals");
        }
    }

    #[test]
    fn the_rounded_number_is_the_worded_one() {
        assert_eq!(round(88.25, 1), 88.3);
        assert_eq!(round(-0.04, 1), 0.0);
        assert!(round(-0.04, 1).is_sign_positive());
        assert_eq!(round(-35.65, 1), -35.7);
    }
}
