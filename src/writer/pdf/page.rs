//! Boxes -> page content and embedded fonts: the only file that knows printpdf.

use super::Error;
use super::layout::{Artifact, Content, Item, Layout, Page, Paint};
use crate::writer::drawing::{Segment, Stroke};
use crate::writer::font::{self, Face, Glyph};
use crate::writer::theme::Rgb;
use crate::writer::theme::grid::{PAGE_HEIGHT, PAGE_WIDTH};
use printpdf::{
    Codepoint, Color, DictItem, FontId, FontMetrics, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Mm, Op, PaintMode,
    ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt,
    TextItem, TextRenderingMode, WindingOrder,
};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Points per millimetre.
const MM: f32 = 72.0 / 25.4;

/// The pages as a PDF that has content and fonts but neither structure nor metadata.
pub fn document(layout: &Layout, title: &str) -> Result<lopdf::Document, Error> {
    let mut pdf = PdfDocument::new(title);
    let mut embedded = BTreeMap::new();
    for (face, used) in used(layout) {
        let (font, mapper) = subset(face, &used)?;
        pdf.resources.fonts.map.insert(font_id(face), PdfFont::new(font));
        let mut letters = vec![None; used.shown.len()];
        used.letters.iter().for_each(|(letter, glyph)| letters[usize::from(*glyph)] = Some(*letter));
        embedded.insert(face, Embedded { mapper, letters });
    }
    let pages = layout.pages.iter().map(|p| PdfPage::new(Mm(PAGE_WIDTH / MM), Mm(PAGE_HEIGHT / MM), operations(p, &embedded))).collect();
    pdf.with_pages(pages);
    let mut warnings = Vec::new();
    let document = pdf.to_lopdf_document(&PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() }, &mut warnings);
    match warnings.first() {
        None => Ok(document),
        Some(warning) => Err(Error::Content(format!("{warning:?}"))),
    }
}

/// What the pages show of a face: which of its glyphs, and the glyph that stands for a letter by itself.
#[derive(Default)]
struct Used {
    /// By glyph.
    shown: Vec<bool>,
    letters: BTreeMap<char, u16>,
}

/// A face as it is embedded: its glyphs by their new numbers.
struct Embedded {
    mapper: GlyphRemapper,
    /// The letter that each glyph stands for by itself.
    letters: Vec<Option<char>>,
}

fn used(layout: &Layout) -> BTreeMap<Face, Used> {
    let mut used: BTreeMap<Face, Used> = BTreeMap::new();
    let mut run = Vec::new();
    for item in layout.pages.iter().flat_map(|p| &p.items) {
        match item {
            Item::Text { face, text, .. } => {
                let used = used.entry(*face).or_default();
                run.clear();
                font::glyphs(*face, text, &mut run);
                for glyph in &run {
                    let id = usize::from(glyph.id);
                    if used.shown.len() <= id {
                        used.shown.resize(id + 1, false);
                    }
                    if !std::mem::replace(&mut used.shown[id], true)
                        && let Some(letter) = letter(&text[glyph.start..glyph.end])
                    {
                        used.letters.entry(letter).or_insert(glyph.id);
                    }
                }
            }
            Item::Open(_) | Item::Close | Item::Path { .. } | Item::Disc { .. } => {}
        }
    }
    used
}

/// The one letter that a glyph stands for; a no-break space shares its glyph with the space, and one code can say only one
/// thing.
fn letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some('\u{a0}'), None) => Some(' '),
        (Some('\u{2010}' | '\u{2011}'), None) => Some('-'),
        (one, None) => one,
        (_, Some(_)) => None,
    }
}

/// Ids of our own: printpdf's are drawn at random, and bytes must not depend on how many documents went before.
fn font_id(face: Face) -> FontId {
    FontId(tag(face).to_owned())
}

/// The six letters that mark a subset.
fn tag(face: Face) -> &'static str {
    match face {
        Face::Regular => "FSREGU",
        Face::Semibold => "FSSEMI",
        Face::Italic => "FSITAL",
    }
}

/// The glyphs of a face as a font of their own, ready to embed.
fn subset(face: Face, used: &Used) -> Result<(ParsedFont, GlyphRemapper), Error> {
    let glyphs: Vec<u16> = (0..).zip(&used.shown).filter(|(_, shown)| **shown).map(|(glyph, _)| glyph).collect();
    let mapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
    let bytes = subsetter::subset(face.bytes(), 0, &mapper).map_err(|e| Error::Font(e.to_string()))?;
    let (name, weight, slope) = match face {
        Face::Regular => ("SourceSans3-Regular", 400, 0),
        Face::Semibold => ("SourceSans3-Semibold", 600, 0),
        Face::Italic => ("SourceSans3-It", 400, 194),
    };
    let metrics = face.metrics();
    let widths = glyphs.iter().filter_map(|g| Some((mapper.get(*g)?, face.advance(*g)))).collect();
    let vertical = FontMetrics { ascent: metrics.ascent, descent: metrics.descent };
    let name = format!("{}+{name}", tag(face));
    let letters = used.letters.iter().filter_map(|(letter, glyph)| Some((u32::from(*letter), mapper.get(*glyph)?))).collect();
    let mut font = ParsedFont::with_glyph_data(bytes, 0, Some(name), letters, widths, metrics.em, vertical);
    let [x_min, y_min, x_max, y_max] = metrics.bounds;
    font.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em: metrics.em,
        x_min,
        y_min,
        x_max,
        y_max,
        us_weight_class: weight,
        caret_slope_rise: 1000,
        caret_slope_run: slope,
    };
    Ok((font, mapper))
}

/// What the page state was set to last, so that it is not set again.
#[derive(Default)]
struct State {
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
    font: Option<(Face, f32)>,
}

fn operations(page: &Page, embedded: &BTreeMap<Face, Embedded>) -> Vec<Op> {
    let mut ops = Vec::with_capacity(page.items.len() * 5);
    let mut state = State::default();
    let mut run = Vec::new();
    for item in &page.items {
        match item {
            Item::Open(content) => ops.push(open(content)),
            Item::Close => ops.push(Op::EndMarkedContentWithProperties),
            Item::Text { x, y, size, face, color, text, paint } => {
                let soft = *paint == Paint::SoftHyphen;
                if soft {
                    ops.push(soft_hyphen());
                }
                ops.push(Op::StartTextSection);
                if state.font.replace((*face, *size)) != Some((*face, *size)) {
                    ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(*face)), size: Pt(*size) });
                }
                if let Paint::Outline(width) = paint {
                    state.stroke(&mut ops, Stroke { color: *color, width: *width, dash: None, round: true });
                    ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Stroke });
                } else {
                    state.fill(&mut ops, *color);
                }
                ops.push(Op::SetTextCursor { pos: Point { x: Pt(tenths(*x)), y: Pt(tenths(PAGE_HEIGHT - *y)) } });
                run.clear();
                font::glyphs(*face, text, &mut run);
                ops.push(Op::ShowText { items: embedded.get(face).map_or_else(Vec::new, |e| show(text, &run, e)) });
                if matches!(paint, Paint::Outline(_)) {
                    ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
                }
                ops.push(Op::EndTextSection);
                if soft {
                    ops.push(Op::EndMarkedContentWithProperties);
                }
            }
            Item::Disc { x, y, r, fill } => {
                // A line of no length with round ends: a tenth of what four curves take.
                state.stroke(&mut ops, Stroke { color: *fill, width: round(2.0 * r), dash: None, round: true });
                let end = point(*x, *y, false, tenths);
                ops.push(Op::DrawLine { line: Line { points: vec![end.clone(), end], is_closed: false } });
            }
            Item::Path { segments, fill, stroke } => {
                let outlines = outlines(segments);
                if let Some(color) = fill {
                    state.fill(&mut ops, *color);
                    let rings = outlines.iter().map(|(points, _)| PolygonRing { points: points.clone() }).collect();
                    ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero } });
                }
                if let Some(stroke) = stroke {
                    state.stroke(&mut ops, *stroke);
                    ops.extend(outlines.into_iter().map(|(points, is_closed)| Op::DrawLine { line: Line { points, is_closed } }));
                }
            }
        }
    }
    ops
}

/// A run as words, with the kerning between its letters. A glyph that stands for several letters, or for one in a form of
/// its own, is named by its number.
fn show(text: &str, run: &[Glyph], embedded: &Embedded) -> Vec<TextItem> {
    let mut items = Vec::new();
    let mut word = String::new();
    let flush = |word: &mut String, items: &mut Vec<TextItem>| {
        if !word.is_empty() {
            items.push(TextItem::Text(std::mem::take(word)));
        }
    };
    for (i, glyph) in run.iter().enumerate() {
        let own = &text[glyph.start..glyph.end];
        match letter(own).filter(|c| embedded.letters[usize::from(glyph.id)] == Some(*c)) {
            Some(letter) => word.push(letter),
            None => {
                flush(&mut word, &mut items);
                let gid = embedded.mapper.get(glyph.id).unwrap_or(0);
                items.push(TextItem::GlyphIds(vec![Codepoint { gid, offset: 0.0, cid: Some(own.to_owned()) }]));
            }
        }
        // Thousandths of an em by which the advance falls short of the glyph's own width.
        let short = ((glyph.width - glyph.advance) * 1000.0).round();
        if short != 0.0 && i + 1 < run.len() {
            flush(&mut word, &mut items);
            items.push(TextItem::Offset(short));
        }
    }
    flush(&mut word, &mut items);
    items
}

impl State {
    fn fill(&mut self, ops: &mut Vec<Op>, color: Rgb) {
        if self.fill.replace(color) != Some(color) {
            ops.push(Op::SetFillColor { col: rgb(color) });
        }
    }

    fn stroke(&mut self, ops: &mut Vec<Op>, stroke: Stroke) {
        let before = self.stroke.replace(stroke);
        if before.map(|s| s.color) != Some(stroke.color) {
            ops.push(Op::SetOutlineColor { col: rgb(stroke.color) });
        }
        if before.map(|s| s.width) != Some(stroke.width) {
            ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
        }
        if before.is_none_or(|s| s.dash != stroke.dash) {
            let pattern: Vec<f32> = stroke.dash.map_or(Vec::new(), |(on, off)| vec![on, off]);
            ops.push(Op::SetLineDashPattern { dash: LineDashPattern { pattern: pattern.into(), offset: 0.0 } });
        }
        if before.is_none_or(|s| s.round != stroke.round) {
            let (cap, join) =
                if stroke.round { (LineCapStyle::Round, LineJoinStyle::Round) } else { (LineCapStyle::Butt, LineJoinStyle::Miter) };
            ops.push(Op::SetLineCapStyle { cap });
            ops.push(Op::SetLineJoinStyle { join });
        }
    }
}

fn rgb(color: Rgb) -> Color {
    let part = |c: u8| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(printpdf::Rgb { r: part(color.0), g: part(color.1), b: part(color.2), icc_profile: None })
}

/// Letters and straight lines stand to a tenth of a point: finer than the eye, and a shorter file.
fn tenths(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}

/// Hundredths of a point are finer than any printer.
fn round(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

fn point(x: f32, y: f32, bezier: bool, to: fn(f32) -> f32) -> LinePoint {
    LinePoint { p: Point { x: Pt(to(x)), y: Pt(to(PAGE_HEIGHT - y)) }, bezier }
}

/// The parts of a path, each from its move on, and whether it is closed.
fn outlines(segments: &[Segment]) -> Vec<(Vec<LinePoint>, bool)> {
    // Only curves would show what a tenth leaves out.
    let curved = segments.iter().any(|s| matches!(s, Segment::Cubic(..)));
    let to = if curved { round } else { tenths };
    let mut outlines: Vec<(Vec<LinePoint>, bool)> = Vec::new();
    for segment in segments {
        if matches!(segment, Segment::Move(..)) || outlines.is_empty() {
            outlines.push((Vec::new(), false));
        }
        let (points, closed) = outlines.last_mut().expect("pushed above");
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => points.push(point(x, y, false, to)),
            Segment::Cubic(a, b, c, d, x, y) => points.extend([point(a, b, true, to), point(c, d, true, to), point(x, y, false, to)]),
            Segment::Close => *closed = true,
        }
    }
    outlines
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

fn properties<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    DictItem::Dict { map: entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect() }
}

fn open(content: &Content) -> Op {
    let (tag, properties) = match content {
        Content::Tagged { mark, tag, language } => {
            let mark = ("MCID", DictItem::Int(i64::try_from(*mark).expect("a page has fewer marks than that")));
            let entries = if language.is_empty() {
                properties([mark])
            } else {
                properties([mark, ("Lang", DictItem::String { data: language.as_bytes().to_vec(), literal: true })])
            };
            (*tag, entries)
        }
        Content::Artifact(Artifact::Header) => ("Artifact", properties([("Type", name("Pagination")), ("Subtype", name("Header"))])),
        Content::Artifact(Artifact::Footer) => ("Artifact", properties([("Type", name("Pagination")), ("Subtype", name("Footer"))])),
        Content::Artifact(Artifact::Repeated) => ("Artifact", properties([("Type", name("Pagination"))])),
        Content::Artifact(Artifact::Layout) => ("Artifact", properties([("Type", name("Layout"))])),
    };
    Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties }
}

/// A hyphen at a line's end reads as U+00AD, so that the word is whole for search and speech.
fn soft_hyphen() -> Op {
    let data = vec![0xfe, 0xff, 0x00, 0xad];
    Op::BeginMarkedContentWithProperties {
        tag: "Span".to_owned(),
        properties: properties([("ActualText", DictItem::String { data, literal: false })]),
    }
}
