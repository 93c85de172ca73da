//! The line that says what the marks mean. It stands where the heads do not say so themselves.

use super::mark;
use super::row::MIDDLE;
use crate::writer::drawing::{Drawing, Label, Mark};
use crate::writer::font::Face;
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, INK, Rgb};

/// What a key entry shows.
#[derive(Clone, Copy, Debug)]
pub enum Sign {
    Country,
    Average,
    Both,
    Target,
    Other,
    Likeliest,
}

/// Sets key entries from `x` on, 19.5 apart; returns where the last one ends.
pub fn draw(d: &mut Drawing, mut x: f32, baseline: f32, entries: &[(Sign, String)]) -> f32 {
    let y = baseline - MIDDLE;
    for (i, (sign, words)) in entries.iter().enumerate() {
        if i > 0 {
            x += 16.25;
        }
        let (reach, color, semibold) = match sign {
            Sign::Country => (mark::COUNTRY_R, COUNTRY, true),
            Sign::Average => (mark::AVERAGE_R + 0.9, AVERAGE, true),
            Sign::Both => (6.7, INK, false),
            Sign::Target => (1.0, INK, true),
            Sign::Other => (mark::OTHER_R, GREY, false),
            Sign::Likeliest => (mark::AVERAGE_R + 0.9, INK, false),
        };
        let at = x + reach;
        match sign {
            Sign::Country => mark::country(d, at, y, mark::COUNTRY_R, false),
            Sign::Average => mark::average(d, at, y, mark::AVERAGE_R, false),
            Sign::Both => mark::pair(d, y, Some((at, false)), Some((at, false))),
            Sign::Target => mark::target(d, at, y),
            Sign::Other => mark::other(d, at, y),
            Sign::Likeliest => mark::likeliest(d, at, y),
        }
        let label = entry(at + reach + 5.0, baseline, words, color, semibold);
        x = label.bounds().right;
        d.text(label);
    }
    x
}

/// The same from the left edge, all words in ink: where the marks are not two series but two kinds.
pub fn plain(d: &mut Drawing, baseline: f32, entries: &[(Sign, String)]) {
    let first = d.marks.len();
    draw(d, 0.0, baseline, entries);
    for mark in &mut d.marks[first..] {
        if let Mark::Text(label) = mark {
            *label = Label { face: Face::Regular, color: INK, ..label.clone() };
        }
    }
}

fn entry(x: f32, baseline: f32, words: &str, color: Rgb, semibold: bool) -> Label {
    let label = Label::new(x, baseline, words).color(color);
    if semibold { label.semibold() } else { label }
}
