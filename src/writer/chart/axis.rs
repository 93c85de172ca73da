//! Value axes: nice steps, ticks, and where a value stands.

use crate::report::Shown;
use crate::report::chart::nice_axis;
use crate::vocabulary::figure::word;

/// A value axis from `minimum` to `maximum`, both multiples of `step`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    pub minimum: f64,
    pub maximum: f64,
    pub step: f64,
}

impl Axis {
    /// An axis from `minimum` (0 unless an index says otherwise) to `maximum`. It is lengthened in nice steps where a value
    /// lies outside: no mark is ever moved to fit.
    pub fn covering(minimum: f64, maximum: f64, values: impl IntoIterator<Item = f64>) -> Self {
        let (mut low, mut high) = (minimum, maximum);
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        if low == minimum && high == maximum && maximum > minimum {
            let (top, step) = nice_axis(maximum - minimum);
            if top == maximum - minimum {
                return Self { minimum, maximum, step };
            }
        }
        let (_, step) = nice_axis(high - low);
        Self { minimum: (low / step).floor() * step, maximum: (high / step).ceil() * step, step }.at_least_one_step()
    }

    /// An axis around zero with gridlines at the smallest of 1, 2, 5, 10 … that makes at most seven spaces.
    pub fn around_zero(values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = values.into_iter().fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
        let mut step = 0.1;
        for exponent in -1..15 {
            for nice in [1.0, 2.0, 5.0] {
                step = if exponent < 0 { nice / 10.0 } else { nice * 10_f64.powi(exponent) };
                if (high / step).ceil() - (low / step).floor() <= 7.0 {
                    let axis = Self { minimum: (low / step).floor() * step, maximum: (high / step).ceil() * step, step };
                    return axis.at_least_one_step();
                }
            }
        }
        Self { minimum: low, maximum: high, step }.at_least_one_step()
    }

    fn at_least_one_step(self) -> Self {
        if self.maximum > self.minimum { self } else { Self { maximum: self.minimum + self.step, ..self } }
    }

    /// Values at which gridlines stand, lowest first.
    pub fn ticks(self) -> Vec<f64> {
        let first = (self.minimum / self.step).ceil() as i64;
        (first..first + 40).map(|i| i as f64 * self.step).take_while(|t| *t <= self.maximum + self.step * 1e-6).collect()
    }

    /// A tick in words, with the decimals that the step needs.
    pub fn word(self, tick: f64) -> String {
        let decimals = (0..4u8).find(|d| {
            let scaled = self.step * 10_f64.powi(i32::from(*d));
            (scaled - scaled.round()).abs() < 1e-6
        });
        word(tick, decimals.unwrap_or(4))
    }
}

/// An axis laid on paper.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub axis: Axis,
    /// Where the minimum stands.
    pub from: f32,
    /// Where the maximum stands.
    pub to: f32,
}

impl Scale {
    pub fn at(self, value: f64) -> f32 {
        let share = (value - self.axis.minimum) / (self.axis.maximum - self.axis.minimum);
        self.from + (self.to - self.from) * share as f32
    }
}

/// The value of a figure that can be drawn.
pub fn number(shown: &Shown) -> Option<f64> {
    shown.value.filter(|v| v.is_finite())
}

/// The value of a figure that may not be there.
pub fn number_of(shown: Option<&Shown>) -> Option<f64> {
    shown.and_then(number)
}
