//! Boxes of a page -> the operators of its content stream. Numbers are hundredths of a point at most, states are set where they
//! change.

use super::layout::{Artifact, Content, Item, Page, Paint};
use crate::writer::drawing::{Segment, Stroke};
use crate::writer::font::{Face, Shaped};
use crate::writer::theme::Rgb;
use crate::writer::theme::grid::PAGE_HEIGHT;
use subsetter::GlyphRemapper;

/// A face as the document embeds it: new numbers of its glyphs, and what each reads as.
pub struct Embedded {
    pub mapper: GlyphRemapper,
    /// By new number; the first text that a glyph stood for.
    pub texts: Vec<Option<Box<str>>>,
}

/// The name of a face among a page's resources: the six letters that mark a subset.
pub fn tag(face: Face) -> &'static str {
    match face {
        Face::Regular => "FSREGU",
        Face::Semibold => "FSSEMI",
        Face::Italic => "FSITAL",
    }
}

/// What the page state was set to last, so that it is not set again.
#[derive(Default)]
struct State {
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
    font: Option<(Face, f32)>,
}

/// The content stream of a page; `faces` by [`Face`] as a number.
pub fn stream(page: &Page, faces: &mut [Option<Embedded>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(page.items.len() * 64);
    let mut state = State::default();
    for item in &page.items {
        match item {
            Item::Open(content) => open(&mut out, content),
            Item::Close => out.extend_from_slice(b"EMC\n"),
            Item::Text { x, y, size, face, color, text, run, paint } => {
                let soft = *paint == Paint::SoftHyphen;
                if soft {
                    // A hyphen at a line's end reads as U+00AD, so that the word is whole for search and speech.
                    out.extend_from_slice(b"/Span<</ActualText<FEFF00AD>>>BDC\n");
                }
                if let Paint::Outline(width) = paint {
                    state.stroke(&mut out, Stroke { color: *color, width: *width, dash: None, round: true });
                } else {
                    state.fill(&mut out, *color);
                }
                out.extend_from_slice(b"BT\n");
                state.font(&mut out, *face, *size);
                let outlined = matches!(paint, Paint::Outline(_));
                if outlined {
                    out.extend_from_slice(b"1 Tr\n");
                }
                point(&mut out, *x, *y);
                out.extend_from_slice(b"Td\n");
                if let Some(embedded) = &mut faces[*face as usize] {
                    show(&mut out, text, run, embedded);
                }
                out.extend_from_slice(if outlined { b"0 Tr\nET\n" } else { b"ET\n" });
                if soft {
                    out.extend_from_slice(b"EMC\n");
                }
            }
            Item::Disc { x, y, r, fill } => {
                // A line of no length with round ends: a tenth of what four curves take.
                state.stroke(&mut out, Stroke { color: *fill, width: 2.0 * r, dash: None, round: true });
                point(&mut out, *x, *y);
                out.extend_from_slice(b"m\n");
                point(&mut out, *x, *y);
                out.extend_from_slice(b"l\nS\n");
            }
            Item::Path { segments, fill, stroke } => {
                if let Some(color) = fill {
                    state.fill(&mut out, *color);
                    // A fill closes what is open.
                    path(&mut out, segments, false);
                    out.extend_from_slice(b"f\n");
                }
                if let Some(stroke) = stroke {
                    state.stroke(&mut out, *stroke);
                    path(&mut out, segments, true);
                    out.extend_from_slice(b"S\n");
                }
            }
        }
    }
    out
}

/// The glyphs of a run, with the kerning between them.
fn show(out: &mut Vec<u8>, text: &str, run: &Shaped, embedded: &mut Embedded) {
    let start = out.len();
    out.extend_from_slice(b"[(");
    let mut kerned = false;
    for (i, glyph) in run.glyphs.iter().enumerate() {
        let number = embedded.mapper.get(glyph.id).unwrap_or(0);
        let known = &mut embedded.texts[usize::from(number)];
        if known.is_none() {
            *known = Some(reads(&text[glyph.start..glyph.end]).into());
        }
        number.to_be_bytes().into_iter().for_each(|b| literal(out, b));
        // Thousandths of an em by which the advance falls short of the glyph's own width.
        let short = ((glyph.width - glyph.advance) * 1000.0).round() as i64;
        if short != 0 && i + 1 < run.glyphs.len() {
            kerned = true;
            out.push(b')');
            integer(out, short);
            out.push(b'(');
        }
    }
    if kerned {
        out.extend_from_slice(b")]TJ\n");
    } else {
        out.remove(start);
        out.extend_from_slice(b")Tj\n");
    }
}

/// What a glyph reads as; a no-break space shares its glyph with the space, and one code can say only one thing.
fn reads(text: &str) -> String {
    text.replace('\u{a0}', " ").replace(['\u{2010}', '\u{2011}'], "-")
}

/// A byte of a literal string.
pub fn literal(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        // A bare carriage return would be read as a line feed.
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

pub fn integer(out: &mut Vec<u8>, n: i64) {
    if n < 0 {
        out.push(b'-');
    }
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = n.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(left % 10).expect("a digit");
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A number with so many decimals at most, without zeros at its end.
pub fn decimal(out: &mut Vec<u8>, value: f32, decimals: u32) {
    let unit = 10_i64.pow(decimals);
    let scaled = (f64::from(value) * unit as f64).round() as i64;
    if scaled < 0 {
        out.push(b'-');
    }
    let scaled = scaled.abs();
    integer(out, scaled / unit);
    let mut rest = scaled % unit;
    if rest > 0 {
        out.push(b'.');
        let mut unit = unit / 10;
        while rest > 0 {
            out.push(b'0' + u8::try_from(rest / unit).expect("a digit"));
            rest %= unit;
            unit = (unit / 10).max(1);
        }
    }
}

/// Hundredths of a point are finer than any printer.
fn length(out: &mut Vec<u8>, value: f32) {
    decimal(out, value, 2);
    out.push(b' ');
}

fn point(out: &mut Vec<u8>, x: f32, y: f32) {
    length(out, x);
    length(out, PAGE_HEIGHT - y);
}

fn path(out: &mut Vec<u8>, segments: &[Segment], close: bool) {
    for segment in segments {
        match *segment {
            Segment::Move(x, y) => {
                point(out, x, y);
                out.extend_from_slice(b"m\n");
            }
            Segment::Line(x, y) => {
                point(out, x, y);
                out.extend_from_slice(b"l\n");
            }
            Segment::Cubic(a, b, c, d, x, y) => {
                point(out, a, b);
                point(out, c, d);
                point(out, x, y);
                out.extend_from_slice(b"c\n");
            }
            Segment::Close if close => out.extend_from_slice(b"h\n"),
            Segment::Close => {}
        }
    }
}

impl State {
    fn fill(&mut self, out: &mut Vec<u8>, color: Rgb) {
        if self.fill.replace(color) != Some(color) {
            rgb(out, color);
            out.extend_from_slice(b"rg\n");
        }
    }

    fn font(&mut self, out: &mut Vec<u8>, face: Face, size: f32) {
        if self.font.replace((face, size)) != Some((face, size)) {
            out.push(b'/');
            out.extend_from_slice(tag(face).as_bytes());
            out.push(b' ');
            length(out, size);
            out.extend_from_slice(b"Tf\n");
        }
    }

    fn stroke(&mut self, out: &mut Vec<u8>, stroke: Stroke) {
        let before = self.stroke.replace(stroke);
        if before.map(|s| s.color) != Some(stroke.color) {
            rgb(out, stroke.color);
            out.extend_from_slice(b"RG\n");
        }
        if before.map(|s| s.width) != Some(stroke.width) {
            length(out, stroke.width);
            out.extend_from_slice(b"w\n");
        }
        if before.map_or(stroke.dash.is_some(), |s| s.dash != stroke.dash) {
            out.push(b'[');
            if let Some((on, off)) = stroke.dash {
                length(out, on);
                decimal(out, off, 2);
            }
            out.extend_from_slice(b"]0 d\n");
        }
        if before.map_or(stroke.round, |s| s.round != stroke.round) {
            out.extend_from_slice(if stroke.round { b"1 J 1 j\n" } else { b"0 J 0 j\n" });
        }
    }
}

fn rgb(out: &mut Vec<u8>, color: Rgb) {
    for part in [color.0, color.1, color.2] {
        decimal(out, f32::from(part) / 255.0, 3);
        out.push(b' ');
    }
}

fn open(out: &mut Vec<u8>, content: &Content) {
    match content {
        Content::Tagged { mark, tag, language } => {
            out.push(b'/');
            out.extend_from_slice(tag.as_bytes());
            out.extend_from_slice(b"<</MCID ");
            integer(out, i64::try_from(*mark).expect("a page has fewer marks than that"));
            if !language.is_empty() {
                out.extend_from_slice(b"/Lang(");
                language.bytes().for_each(|b| literal(out, b));
                out.push(b')');
            }
            out.extend_from_slice(b">>BDC\n");
        }
        Content::Artifact(artifact) => out.extend_from_slice(match artifact {
            Artifact::Header => b"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
            Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
            Artifact::Repeated => b"/Artifact<</Type/Pagination>>BDC\n",
            Artifact::Layout => b"/Artifact<</Type/Layout>>BDC\n",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let written = |value, decimals| {
            let mut out = Vec::new();
            decimal(&mut out, value, decimals);
            String::from_utf8(out).expect("digits")
        };
        for (value, text) in [(0.0, "0"), (-0.001, "0"), (1.0, "1"), (56.64, "56.64"), (-0.5, "-0.5"), (10.05, "10.05"), (99.999, "100")] {
            assert_eq!(written(value, 2), text);
        }
        assert_eq!(written(0.133, 3), "0.133");
        assert_eq!(written(0.003, 3), "0.003");
        let mut out = Vec::new();
        integer(&mut out, i64::MIN);
        assert_eq!(out, b"-9223372036854775808");
    }

    #[test]
    fn strings_keep_every_byte() {
        let mut out = Vec::new();
        (0..=255).for_each(|b| literal(&mut out, b));
        assert!(out.windows(4).any(|w| w == b"\\(\\)"));
        assert!(!out.contains(&b'\r'));
    }
}
