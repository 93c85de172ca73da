//! A chart as an SVG file of its own, for those who write about it: the words around the chart, the plot, note and source, as real
//! text.
//!
//! Fonts are named, not embedded; where Source Sans 3 is not at hand another face is set to the same widths, so that nothing runs
//! into anything.

use super::chart;
use super::chart::row::wrap;
use super::drawing::{Anchor, Drawing, Label, Mark, Segment, Stroke};
use super::font::Face;
use super::theme::{GREY, INK, Rgb, WHITE};
use crate::report::Chart;
use std::fmt::Write;

/// White around everything.
const MARGIN: f32 = 13.0;

/// The chart at its natural width; well-formed XML, the same bytes for the same chart. `title` and `desc` are the finding and the
/// alternative text.
pub fn svg(chart: &Chart) -> String {
    let width = chart::natural_width(chart).max(chart::HALF);
    let mut page = Drawing::new(width);
    page.line((0.0, 0.375), (width, 0.375), Stroke::solid(INK, 0.75));
    let mut y = words(&mut page, &chart.finding, 16.25, 13.0, |x, y, line| Label::new(x, y, line).size(10.5).semibold());
    y = words(&mut page, &chart.what, y + 13.0, 13.0, |x, y, line| Label::new(x, y, line).color(GREY));
    let plot = chart::stand_alone(chart, width);
    let below = y + plot.height;
    page.marks.extend(plot.marks.into_iter().map(|mark| mark.lowered(y)));
    y = below;
    let note = |x, y, line: &str| Label::new(x, y, line).size(7.5).color(GREY);
    if !chart.note.trim().is_empty() {
        y = words(&mut page, &chart.note, y + 13.0, 9.75, note);
    }
    if !chart.source.trim().is_empty() {
        y = words(&mut page, &chart.source, y + 13.0, 9.75, note);
    }
    page.height = y + 3.25;
    write(&page, &chart.id, &chart.finding, &chart.alt)
}

/// Sets wrapped lines from a first baseline down; returns the last baseline.
fn words(page: &mut Drawing, text: &str, first: f32, leading: f32, label: impl Fn(f32, f32, &str) -> Label) -> f32 {
    let sample = label(0.0, 0.0, "");
    let mut y = first;
    for (i, line) in wrap(sample.face, sample.size, text, page.width).iter().enumerate() {
        y = first + leading * i as f32;
        page.text(label(0.0, y, line));
    }
    y
}

/// A drawing as an SVG document with an accessible name and description.
pub fn write(drawing: &Drawing, id: &str, title: &str, description: &str) -> String {
    let (width, height) = (drawing.width + 2.0 * MARGIN, drawing.height + 2.0 * MARGIN);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let id = xml_id(id);
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"en\" lang=\"en\" width=\"{w}pt\" height=\"{h}pt\" \
         viewBox=\"{x} {x} {w} {h}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         font-family=\"'Source Sans 3', 'Source Sans Pro', 'Open Sans', 'Noto Sans', Arial, sans-serif\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n",
        w = number(width),
        h = number(height),
        x = number(-MARGIN),
        title = escape(title),
        description = escape(description),
    )
    .expect("a string takes what is written");
    let background = [number(-MARGIN), number(-MARGIN), number(width), number(height), color(WHITE)];
    let [x, y, w, h, fill] = background;
    out.push_str(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fill}\"/>\n"));
    for mark in &drawing.marks {
        out.push_str(&element(mark));
        out.push('\n');
    }
    out.push_str("</svg>\n");
    out
}

fn element(mark: &Mark) -> String {
    match mark {
        Mark::Path { segments, fill, stroke } => {
            let d: Vec<String> = segments.iter().map(|s| segment(*s)).collect();
            format!("<path d=\"{}\"{}/>", d.concat(), paint(*fill, *stroke))
        }
        Mark::Disc { x, y, r, fill, stroke } => {
            let paint = paint(*fill, *stroke);
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{paint}/>", number(*x), number(*y), number(*r))
        }
        Mark::Text(label) => text(label),
    }
}

fn segment(segment: Segment) -> String {
    match segment {
        Segment::Move(x, y) => format!("M{} {}", number(x), number(y)),
        Segment::Line(x, y) => format!("L{} {}", number(x), number(y)),
        Segment::Cubic(a, b, c, d, x, y) => {
            format!("C{} {} {} {} {} {}", number(a), number(b), number(c), number(d), number(x), number(y))
        }
        Segment::Close => "Z".to_owned(),
    }
}

fn paint(fill: Option<Rgb>, stroke: Option<Stroke>) -> String {
    let mut out = format!(" fill=\"{}\"", fill.map_or("none".to_owned(), color));
    if let Some(stroke) = stroke {
        out.push_str(&format!(" stroke=\"{}\" stroke-width=\"{}\"", color(stroke.color), number(stroke.width)));
        if let Some((dash, gap)) = stroke.dash {
            out.push_str(&format!(" stroke-dasharray=\"{} {}\"", number(dash), number(gap)));
        }
        if stroke.round {
            out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        }
    }
    out
}

fn text(label: &Label) -> String {
    let mut out = format!("<text x=\"{}\" y=\"{}\" font-size=\"{}\"", number(label.x), number(label.y), number(label.size));
    match label.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    match label.face {
        Face::Regular => {}
        Face::Semibold => out.push_str(" font-weight=\"600\""),
        Face::Italic => out.push_str(" font-style=\"italic\""),
    }
    out.push_str(&format!(" fill=\"{}\"", color(label.color)));
    if label.halo > 0.0 {
        // The stroke is painted first and half of it lies outside the letters.
        let width = number(2.0 * label.halo);
        out.push_str(&format!(" stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" paint-order=\"stroke\"", color(WHITE)));
    }
    if !label.language.is_empty() {
        let language = escape(&label.language);
        out.push_str(&format!(" xml:lang=\"{language}\" lang=\"{language}\""));
    }
    if label.text.chars().count() > 1 {
        out.push_str(&format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(label.width())));
    }
    format!("{out}>{}</text>", escape(&label.text))
}

/// Two decimals at most: a hundredth of a point is nothing.
fn number(value: f32) -> String {
    let rounded = (f64::from(value) * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

fn color(Rgb(r, g, b): Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Text for content and attributes; what XML cannot hold is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// An XML name made of an id.
fn xml_id(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("c-{name}") }
}
