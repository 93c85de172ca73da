//! The scale under a key figure, and dots that count.

use super::axis::{Axis, Scale, number, number_of};
use super::{mark, row};
use crate::report::{KeyFigure, TileScale};
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::theme::{AVERAGE, COUNTRY, OTHERS, WHITE};

/// Height of the scale from the tile's rule.
const SCALE: f32 = 84.5;
/// Baseline of its ends.
const ENDS: f32 = 97.75;
const HEIGHT: f32 = 104.0;
/// Above it a tile prints the number only.
const MOST_TILE_DOTS: u32 = 25;
/// The same elsewhere.
const MOST_DOTS: u32 = 20;
const DOT_R: f32 = 2.4;

/// What is drawn in a tile of 152 × 104: the scale with country and average, or one dot per item. Its top edge is the tile's
/// rule; label, number and the three lines beside it are the page's text.
pub fn tile(figure: &KeyFigure, width: f32) -> Drawing {
    let mut d = Drawing::new(width);
    d.height = HEIGHT;
    match &figure.scale {
        TileScale::Line { min, max, higher_is_better } => line(&mut d, figure, (*min, *max), *higher_is_better),
        TileScale::Dots { total, below, caption } => {
            if *total <= MOST_TILE_DOTS {
                let step = 6.1_f32.min((width - 2.0 * DOT_R) / (total.saturating_sub(1)).max(1) as f32);
                dots(&mut d, 0.0, SCALE, *total, *below, step);
            }
            d.text(Label::small(0.0, ENDS, caption));
        }
    }
    d
}

fn line(d: &mut Drawing, figure: &KeyFigure, ends: (f64, f64), higher_is_better: bool) {
    let (country, average) = (number(&figure.country), number_of(figure.average.as_ref()));
    let axis = Axis::covering(ends.0, ends.1, country.into_iter().chain(average));
    let scale = Scale { axis, from: 0.25, to: d.width - 0.25 };
    let grey = Stroke::solid(OTHERS, 0.75);
    d.line((0.0, SCALE), (d.width, SCALE), grey);
    for x in [0.375, d.width - 0.375] {
        d.line((x, SCALE - 3.0), (x, SCALE + 3.0), grey);
    }
    let at = |value: f64| scale.at(value);
    if let (Some(country), Some(average)) = (country, average) {
        let color = mark::ahead(country - average, higher_is_better);
        d.line((at(country), SCALE), (at(average), SCALE), Stroke::solid(color, 2.25));
    }
    let uncertain = figure.average.as_ref().is_some_and(|a| a.uncertain);
    mark::pair(d, SCALE, country.map(|v| (at(v), figure.country.uncertain)), average.map(|v| (at(v), uncertain)));
    d.text(Label::small(0.0, ENDS, axis.word(axis.minimum)));
    d.text(Label::small(d.width, ENDS, axis.word(axis.maximum)).end());
}

/// One dot per item in a row 13 high, the last `open` of them open; its baseline is 9.75 below its top. Above 20 items there is
/// nothing to see: the number before the dots says it.
pub fn unit_dots(total: u32, open: u32) -> Drawing {
    let mut d = Drawing::new(0.0);
    d.height = ROW;
    if total <= MOST_DOTS {
        d.width = dots(&mut d, 0.0, ROW * 0.75 - row::MIDDLE, total, open, 6.5);
    }
    d
}

const ROW: f32 = 13.0;

fn dots(d: &mut Drawing, x: f32, y: f32, total: u32, open: u32, step: f32) -> f32 {
    for i in 0..total {
        let at = x + DOT_R + step * i as f32;
        if i + open >= total {
            d.disc(at, y, DOT_R - 0.55, Some(WHITE), Some(Stroke::solid(AVERAGE, 1.1)));
        } else {
            d.disc(at, y, DOT_R, Some(COUNTRY), None);
        }
    }
    if total == 0 { 0.0 } else { x + 2.0 * DOT_R + step * (total - 1) as f32 }
}
