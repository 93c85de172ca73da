//! A chart as primitives: what the PDF page and the SVG file both draw.

use super::font::Face;
use super::theme::Rgb;

/// Primitives in the order in which they are painted. Origin top left, y down, points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A stroked and/or filled path.
    Path {
        segments: Vec<Segment>,
        fill: Option<Rgb>,
        stroke: Option<Stroke>,
    },
    Disc {
        x: f32,
        y: f32,
        r: f32,
        fill: Option<Rgb>,
        stroke: Option<Stroke>,
    },
    /// Text by its baseline.
    Text(Label),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    Move(f32, f32),
    Line(f32, f32),
    Cubic(f32, f32, f32, f32, f32, f32),
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub color: Rgb,
    pub width: f32,
    /// Length of dash and gap; `None` is solid.
    pub dash: Option<(f32, f32)>,
    pub round: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub x: f32,
    /// Baseline.
    pub y: f32,
    pub anchor: Anchor,
    pub size: f32,
    pub face: Face,
    pub color: Rgb,
    /// Width of a white halo around the letters; 0 for none.
    pub halo: f32,
    pub text: String,
    /// BCP 47 where it differs from the document's; else empty.
    pub language: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}
