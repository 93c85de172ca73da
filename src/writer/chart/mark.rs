//! The shared marks. Colour never tells alone: the country is a disc, the average a diamond or an upright, a target a black upright.

use crate::writer::drawing::{Bounds, Drawing, Stroke};
use crate::writer::theme::{AVERAGE, COUNTRY, INK, OTHERS, Rgb, WHITE};

/// Radius of the country's disc in rows.
pub const COUNTRY_R: f32 = 3.3;
/// On lines.
pub const COUNTRY_LINE_R: f32 = 2.8;
/// On rank strips.
pub const COUNTRY_STRIP_R: f32 = 3.6;
/// Half a diagonal of the average's diamond in rows.
pub const AVERAGE_R: f32 = 4.2;
/// On lines, filled.
pub const AVERAGE_LINE_R: f32 = 2.7;
/// Radius of another country's disc.
pub const OTHER_R: f32 = 2.0;
/// Nearer than this, country and average are drawn as one mark within the other.
pub const NEAR: f32 = 8.0;

const COUNTRY_NEAR_R: f32 = 3.0;
const AVERAGE_NEAR_R: f32 = 5.8;
const OUTLINE: f32 = 1.3;

/// The country's disc; open where the source does not settle the value.
pub fn country(d: &mut Drawing, x: f32, y: f32, r: f32, uncertain: bool) {
    if uncertain {
        d.disc(x, y, r - OUTLINE / 2.0, Some(WHITE), Some(Stroke::solid(COUNTRY, OUTLINE)));
    } else {
        d.disc(x, y, r, Some(COUNTRY), None);
    }
}

/// The average's open diamond; its outline is dashed where the source does not settle the value.
pub fn average(d: &mut Drawing, x: f32, y: f32, r: f32, uncertain: bool) {
    let stroke = Stroke::solid(AVERAGE, OUTLINE);
    let stroke = if uncertain { stroke.dashed(1.6, 1.2) } else { stroke };
    d.polygon(&diamond(x, y, r), Some(WHITE), Some(stroke));
}

/// The average's diamond on a line: filled; open where the source does not settle the value. Where the country's disc covers it, it
/// is larger, so that its corners stay visible.
pub fn average_on_line(d: &mut Drawing, x: f32, y: f32, uncertain: bool, covered: bool) {
    let r = if covered { 4.6 } else { AVERAGE_LINE_R + 0.3 };
    if uncertain {
        d.polygon(&diamond(x, y, r - 0.3), Some(WHITE), Some(Stroke::solid(AVERAGE, 1.0)));
    } else {
        d.polygon(&diamond(x, y, r), Some(AVERAGE), None);
    }
}

/// A diamond that is open and blue: a likeliest year.
pub fn likeliest(d: &mut Drawing, x: f32, y: f32) {
    d.polygon(&diamond(x, y, AVERAGE_R), Some(WHITE), Some(Stroke::solid(COUNTRY, OUTLINE)));
}

/// Another country.
pub fn other(d: &mut Drawing, x: f32, y: f32) {
    d.disc(x, y, OTHER_R, Some(OTHERS), None);
}

/// The average over a bar: an upright with a white casing.
pub fn average_upright(d: &mut Drawing, x: f32, y: f32) {
    upright(d, x, y, 1.0 + 1.2, WHITE);
    upright(d, x, y, 1.0, AVERAGE);
}

/// A target.
pub fn target(d: &mut Drawing, x: f32, y: f32) {
    upright(d, x, y, 1.0, INK);
}

fn upright(d: &mut Drawing, x: f32, y: f32, half_width: f32, color: Rgb) {
    d.rect(Bounds { left: x - half_width, right: x + half_width, top: y - 6.5, bottom: y + 6.5 }, color);
}

/// Country and average in a row: both stay visible where they coincide.
pub fn pair(d: &mut Drawing, y: f32, country_at: Option<(f32, bool)>, average_at: Option<(f32, bool)>) {
    let near = are_near(country_at.map(|c| c.0), average_at.map(|a| a.0));
    if let Some((x, uncertain)) = average_at {
        average(d, x, y, if near { AVERAGE_NEAR_R } else { AVERAGE_R }, uncertain);
    }
    if let Some((x, uncertain)) = country_at {
        country(d, x, y, if near { COUNTRY_NEAR_R } else { COUNTRY_R }, uncertain);
    }
}

/// Whether two marks of a row are drawn as one within the other.
pub fn are_near(a: Option<f32>, b: Option<f32>) -> bool {
    a.zip(b).is_some_and(|(a, b)| (a - b).abs() < NEAR)
}

/// The colour of a connector or gap bar: whoever is ahead. Level ones are the country's.
pub fn ahead(gap: f64, higher_is_better: bool) -> Rgb {
    if (gap >= 0.0) == higher_is_better || gap == 0.0 { COUNTRY } else { AVERAGE }
}

fn diamond(x: f32, y: f32, r: f32) -> [(f32, f32); 4] {
    [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
}
