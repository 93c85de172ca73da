//! A chart as primitives: what the PDF page and the SVG file both draw.

use super::font::{self, Face};
use super::theme::{GREY, INK, Rgb};

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
    /// Round caps and joins.
    pub round: bool,
}

impl Stroke {
    /// A solid stroke with butt ends.
    pub const fn solid(color: Rgb, width: f32) -> Self {
        Self { color, width, dash: None, round: false }
    }

    pub const fn dashed(self, dash: f32, gap: f32) -> Self {
        Self { dash: Some((dash, gap)), ..self }
    }

    pub const fn rounded(self) -> Self {
        Self { round: true, ..self }
    }
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

impl Label {
    /// Size of labels, table figures and series names.
    pub const SIZE: f32 = 9.0;
    /// Size of ticks and secondary words.
    pub const SMALL: f32 = 8.0;

    /// A label in ink, 9 regular, beginning at `x` on the baseline `y`.
    pub fn new(x: f32, y: f32, text: impl Into<String>) -> Self {
        Self {
            x,
            y,
            anchor: Anchor::Start,
            size: Self::SIZE,
            face: Face::Regular,
            color: INK,
            halo: 0.0,
            text: text.into(),
            language: String::new(),
        }
    }

    /// A tick or secondary word: 8 grey.
    pub fn small(x: f32, y: f32, text: impl Into<String>) -> Self {
        Self { size: Self::SMALL, color: GREY, ..Self::new(x, y, text) }
    }

    pub fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub fn semibold(self) -> Self {
        Self { face: Face::Semibold, ..self }
    }

    pub fn size(self, size: f32) -> Self {
        Self { size, ..self }
    }

    pub fn color(self, color: Rgb) -> Self {
        Self { color, ..self }
    }

    /// With the white halo that labels on lines and grids have.
    pub fn halo(self) -> Self {
        Self { halo: 1.3, ..self }
    }

    /// Width of the set text.
    pub fn width(&self) -> f32 {
        font::width(self.face, self.size, &self.text)
    }

    /// The box of its letters, from the height of capitals to the depth of a `g`; the halo is not counted.
    pub fn bounds(&self) -> Bounds {
        let width = self.width();
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Bounds { left, top: self.y - ASCENT * self.size, right: left + width, bottom: self.y + DESCENT * self.size }
    }
}

/// Height of capitals and figures of Source Sans 3, in em.
const ASCENT: f32 = 0.67;
/// Depth of its descenders, in em.
const DESCENT: f32 = 0.21;

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Bounds {
    /// The square around a point.
    pub fn around(x: f32, y: f32, reach: f32) -> Self {
        Self { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
    }

    /// Larger by `by` on every side.
    pub fn grown(self, by: f32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether the two share more than an edge.
    pub fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a straight line from `a` to `b` enters it (Liang and Barsky's clipping).
    pub fn crossed_by(self, a: (f32, f32), b: (f32, f32)) -> bool {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
        for (p, q) in [(-dx, a.0 - self.left), (dx, self.right - a.0), (-dy, a.1 - self.top), (dy, self.bottom - a.1)] {
            if p == 0.0 {
                if q <= 0.0 {
                    return false;
                }
            } else if p < 0.0 {
                enter = enter.max(q / p);
            } else {
                leave = leave.min(q / p);
            }
        }
        enter < leave
    }

    fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl Mark {
    /// The same mark `by` lower.
    pub fn lowered(self, by: f32) -> Self {
        match self {
            Self::Path { segments, fill, stroke } => {
                Self::Path { segments: segments.into_iter().map(|s| s.lowered(by)).collect(), fill, stroke }
            }
            Self::Disc { x, y, r, fill, stroke } => Self::Disc { x, y: y + by, r, fill, stroke },
            Self::Text(label) => Self::Text(Label { y: label.y + by, ..label }),
        }
    }

    /// The box of what is painted, strokes included; `None` for an empty path. Of a curve the control points count.
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::Path { segments, stroke, .. } => {
                let points = segments.iter().flat_map(|s| match *s {
                    Segment::Move(x, y) | Segment::Line(x, y) => vec![(x, y)],
                    Segment::Cubic(a, b, c, d, x, y) => vec![(a, b), (c, d), (x, y)],
                    Segment::Close => vec![],
                });
                let all = points.map(|(x, y)| Bounds::around(x, y, 0.0)).reduce(Bounds::joined)?;
                Some(all.grown(stroke.map_or(0.0, |s| s.width / 2.0)))
            }
            Self::Disc { x, y, r, stroke, .. } => Some(Bounds::around(*x, *y, r + stroke.map_or(0.0, |s| s.width / 2.0))),
            Self::Text(label) => Some(label.bounds()),
        }
    }
}

impl Segment {
    fn lowered(self, by: f32) -> Self {
        match self {
            Self::Move(x, y) => Self::Move(x, y + by),
            Self::Line(x, y) => Self::Line(x, y + by),
            Self::Cubic(a, b, c, d, x, y) => Self::Cubic(a, b + by, c, d + by, x, y + by),
            Self::Close => Self::Close,
        }
    }
}

impl Drawing {
    /// An empty drawing; charts set `height` when they know it.
    pub fn new(width: f32) -> Self {
        Self { width, height: 0.0, marks: Vec::new() }
    }

    /// The same drawing, all lengths times `factor`: letters and strokes too.
    #[must_use]
    pub fn scaled(mut self, factor: f32) -> Self {
        let stroked = |stroke: &mut Option<Stroke>| {
            if let Some(stroke) = stroke {
                stroke.width *= factor;
                stroke.dash = stroke.dash.map(|(on, off)| (on * factor, off * factor));
            }
        };
        for mark in &mut self.marks {
            match mark {
                Mark::Path { segments, stroke, .. } => {
                    for segment in segments {
                        *segment = match *segment {
                            Segment::Move(x, y) => Segment::Move(x * factor, y * factor),
                            Segment::Line(x, y) => Segment::Line(x * factor, y * factor),
                            Segment::Cubic(a, b, c, d, x, y) => {
                                Segment::Cubic(a * factor, b * factor, c * factor, d * factor, x * factor, y * factor)
                            }
                            Segment::Close => Segment::Close,
                        };
                    }
                    stroked(stroke);
                }
                Mark::Disc { x, y, r, stroke, .. } => {
                    (*x, *y, *r) = (*x * factor, *y * factor, *r * factor);
                    stroked(stroke);
                }
                Mark::Text(label) => {
                    label.x *= factor;
                    label.y *= factor;
                    label.size *= factor;
                    label.halo *= factor;
                }
            }
        }
        self.width *= factor;
        self.height *= factor;
        self
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), stroke: Stroke) {
        self.polyline(&[from, to], stroke);
    }

    pub fn polyline(&mut self, points: &[(f32, f32)], stroke: Stroke) {
        self.marks.push(Mark::Path { segments: segments(points), fill: None, stroke: Some(stroke) });
    }

    /// A closed path.
    pub fn polygon(&mut self, points: &[(f32, f32)], fill: Option<Rgb>, stroke: Option<Stroke>) {
        let mut segments = segments(points);
        segments.push(Segment::Close);
        self.marks.push(Mark::Path { segments, fill, stroke });
    }

    pub fn rect(&mut self, at: Bounds, fill: Rgb) {
        let corners = [(at.left, at.top), (at.right, at.top), (at.right, at.bottom), (at.left, at.bottom)];
        self.polygon(&corners, Some(fill), None);
    }

    pub fn disc(&mut self, x: f32, y: f32, r: f32, fill: Option<Rgb>, stroke: Option<Stroke>) {
        self.marks.push(Mark::Disc { x, y, r, fill, stroke });
    }

    /// Paints a text; an empty one is left out.
    pub fn text(&mut self, label: Label) {
        if !label.text.trim().is_empty() {
            self.marks.push(Mark::Text(label));
        }
    }

    /// Everything `by` lower, in a drawing that is as much higher.
    pub fn lowered(self, by: f32) -> Self {
        let marks = self.marks.into_iter().map(|mark| mark.lowered(by)).collect();
        Self { marks, height: self.height + by, ..self }
    }

    /// The texts in painting order.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(label) => Some(label),
            Mark::Path { .. } | Mark::Disc { .. } => None,
        })
    }
}

fn segments(points: &[(f32, f32)]) -> Vec<Segment> {
    points.iter().enumerate().map(|(i, &(x, y))| if i == 0 { Segment::Move(x, y) } else { Segment::Line(x, y) }).collect()
}
