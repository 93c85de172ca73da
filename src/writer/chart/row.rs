//! Rows and columns that plots share: wrapped labels, right-aligned figures, rules.

use super::axis::Scale;
use crate::report::Shown;
use crate::writer::drawing::{Drawing, Label, Stroke};
use crate::writer::font::{self, Face};
use crate::writer::theme::{AVERAGE, COUNTRY, GREY, HAIRLINE, INK};
use unicode_linebreak::linebreaks;

/// From a row's middle down to the baseline of 9 pt text.
pub const MIDDLE: f32 = 3.1;
/// The same for 8 pt.
pub const MIDDLE_SMALL: f32 = 2.8;
/// From the last line above to the column heads.
pub const HEAD: f32 = 26.0;
/// What a second line adds to a row.
pub const LINE: f32 = 13.0;

const LEADING: f32 = 11.7;

/// A hairline across.
pub fn hairline(d: &mut Drawing, y: f32) {
    d.line((0.0, y), (d.width, y), Stroke::solid(HAIRLINE, 0.5));
}

/// A rule under heads and at the end of a table.
pub fn rule(d: &mut Drawing, y: f32) {
    d.line((0.0, y), (d.width, y), Stroke::solid(INK, 0.5));
}

/// An upright gridline.
pub fn gridline(d: &mut Drawing, x: f32, top: f32, bottom: f32) {
    d.line((x, top), (x, bottom), Stroke::solid(HAIRLINE, 0.5));
}

/// Breaks a text into lines of at most `width`, by the Unicode rules; a word that is too long by itself is broken within.
pub fn wrap(face: Face, size: f32, text: &str, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut start = 0;
    for (end, _) in linebreaks(text) {
        let piece = &text[start..end];
        start = end;
        let longer = format!("{line}{piece}");
        if font::width(face, size, longer.trim_end()) <= width {
            line = longer;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line = String::new();
        for c in piece.chars() {
            line.push(c);
            if font::width(face, size, line.trim_end()) > width && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, c.to_string()));
            }
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// What a row is taller by when its label has so many lines.
pub fn extra(lines: &[String]) -> f32 {
    LINE * lines.len().saturating_sub(1) as f32
}

/// Sets a wrapped label around the row's `middle`; returns where its last line ends.
pub fn label(d: &mut Drawing, x: f32, middle: f32, lines: &[String], face: Face) -> (f32, f32) {
    let first = middle + MIDDLE - LEADING * lines.len().saturating_sub(1) as f32 / 2.0;
    let mut end = (x, first);
    for (i, line) in lines.iter().enumerate() {
        let label = Label { face, ..Label::new(x, first + LEADING * i as f32, line) };
        end = (x + label.width(), label.y);
        d.text(label);
    }
    end
}

/// A footnote's letter, raised.
pub fn raised(d: &mut Drawing, x: f32, baseline: f32, mark: &str) {
    d.text(Label::new(x, baseline - 3.0, mark).size(7.5).color(GREY));
}

/// The country's figure, right-aligned at `x`.
pub fn country_value(d: &mut Drawing, x: f32, middle: f32, shown: &Shown) {
    value(d, Label::new(x, middle + MIDDLE, &shown.text).semibold().color(COUNTRY).end(), shown);
}

/// The average's figure, right-aligned at `x`.
pub fn average_value(d: &mut Drawing, x: f32, middle: f32, shown: &Shown) {
    value(d, Label::new(x, middle + MIDDLE, &shown.text).color(AVERAGE).end(), shown);
}

/// A figure with its flags raised after it.
pub fn value(d: &mut Drawing, label: Label, shown: &Shown) {
    marked(label, shown).into_iter().rev().for_each(|label| d.text(label));
}

/// A figure and, where it has any, its flags raised after it.
pub fn marked(label: Label, shown: &Shown) -> Vec<Label> {
    let flags = flags(shown);
    let raised = Label::new(label.bounds().right + 0.5, label.y - 3.0, &flags).size(7.5).color(GREY);
    if flags.is_empty() { vec![label] } else { vec![label, raised] }
}

/// What stands raised after a figure: its flags; `a` where the source does not settle it, `*` where a person put it right.
pub fn flags(shown: &Shown) -> String {
    let mut flags = shown.flags.obs_status();
    flags.push_str(&shown.flags.conf_status());
    if shown.uncertain {
        flags.insert(0, 'a');
    }
    if shown.corrected {
        flags.push('*');
    }
    flags
}

/// Width of a figure with its flags.
pub fn value_width(face: Face, size: f32, shown: &Shown) -> f32 {
    font::width(face, size, &shown.text) + hang(shown)
}

/// A right-aligned column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Where its right edge is to be.
    wished: f32,
    /// Width of what is aligned.
    pub width: f32,
    /// What hangs over the edge to the right: flags.
    hang: f32,
}

impl Column {
    /// A column of words.
    pub fn words(wished: f32, width: f32) -> Self {
        Self { wished, width, hang: 0.0 }
    }

    /// A column of figures in one face under a head of some width.
    pub fn figures<'a>(wished: f32, head: f32, face: Face, figures: impl Iterator<Item = &'a Shown>) -> Self {
        figures.fold(Self::words(wished, head), |column, shown| Self {
            width: column.width.max(font::width(face, Label::SIZE, &shown.text)),
            hang: column.hang.max(hang(shown)),
            ..column
        })
    }
}

/// Right edges of columns that end at `limit`: those wished for, moved left where what stands to the right is wider than its
/// space. Columns stay 9 apart, and flags 3 from the next column.
pub fn edges(limit: f32, columns: &[Column]) -> Vec<f32> {
    let mut limit = limit;
    let mut apart = 0.0_f32;
    let mut out: Vec<f32> = Vec::new();
    for column in columns.iter().rev() {
        let clear = if column.hang > 0.0 { column.hang + apart.min(3.0) } else { 0.0 };
        let right = column.wished.min(limit - clear.max(apart));
        out.push(right);
        limit = right - column.width;
        apart = 9.0;
    }
    out.reverse();
    out
}

/// Width of the flags that stand raised after a figure.
pub fn hang(shown: &Shown) -> f32 {
    let flags = flags(shown);
    if flags.is_empty() { 0.0 } else { 0.5 + font::width(Face::Regular, 7.5, &flags) }
}

/// Labels of ticks, centred: all, or every second, third … counted from zero where they would come nearer than 3.
pub fn ticks(scale: Scale, baseline: f32, word: impl Fn(f64) -> String) -> Vec<Label> {
    let all: Vec<(i64, Label)> = scale
        .axis
        .ticks()
        .into_iter()
        .map(|t| ((t / scale.axis.step).round() as i64, Label::small(scale.at(t), baseline, word(t)).middle()))
        .collect();
    let mut every = 1;
    loop {
        let labels: Vec<Label> = all.iter().filter(|(i, _)| i % every == 0).map(|(_, l)| l.clone()).collect();
        let boxes: Vec<_> = labels.iter().map(|l| l.bounds().grown(1.5)).collect();
        if boxes.windows(2).all(|pair| !pair[0].meets(pair[1])) {
            return labels;
        }
        every += 1;
    }
}

/// The widest of some texts.
pub fn widest<'a>(face: Face, size: f32, texts: impl IntoIterator<Item = &'a str>) -> f32 {
    texts.into_iter().map(|t| font::width(face, size, t)).fold(0.0, f32::max)
}

/// A name, or the code where the name is wider than `room`.
pub fn name_or_code<'a>(name: &'a str, code: &'a str, room: f32) -> &'a str {
    if font::width(Face::Semibold, Label::SIZE, name) <= room { name } else { code }
}
