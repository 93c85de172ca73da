//! A drawing on the page: its marks and its letters, as the content of one Figure element.

use super::layout::{Artifact, Item, Layout, Paint, Role, measure};
use crate::writer::drawing::{Anchor, Drawing, Label, Mark, Segment};
use crate::writer::theme::{Style, WHITE};

impl Layout {
    /// Places a drawing with its top left corner at `x` and the cursor, as a figure, and moves below it.
    pub fn figure(&mut self, drawing: &Drawing, x: f32, alt: &str) {
        let top = self.y;
        self.figure_at(drawing, x, top, alt);
        self.y = top + drawing.height;
    }

    /// The same anywhere on the page; the cursor stays.
    pub fn figure_at(&mut self, drawing: &Drawing, x: f32, top: f32, alt: &str) {
        let bbox = Some((self.page, [x, top, x + drawing.width, top + drawing.height]));
        let node = self.begin(Role::Figure { alt: alt.to_owned(), bbox });
        self.mark(node);
        for mark in &drawing.marks {
            match mark {
                Mark::Path { segments, fill, stroke } => {
                    let segments = segments.iter().map(|s| moved(*s, x, top)).collect();
                    self.push(Item::Path { segments, fill: *fill, stroke: *stroke });
                }
                Mark::Disc { x: cx, y: cy, r, fill: Some(fill), stroke: None } => {
                    self.push(Item::Disc { x: x + cx, y: top + cy, r: *r, fill: *fill });
                }
                Mark::Disc { x: cx, y: cy, r, fill, stroke } => {
                    self.push(Item::Path { segments: circle(x + cx, top + cy, *r), fill: *fill, stroke: *stroke });
                }
                Mark::Text(label) => self.label(label, x, top, node),
            }
        }
        self.end();
    }

    fn label(&mut self, label: &Label, x: f32, top: f32, node: usize) {
        let style = Style::new(label.size, label.size, label.face, label.color);
        let width = measure(style, &label.text);
        let left = x + label.x
            - match label.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let y = top + label.y;
        if label.halo > 0.0 {
            let outline = Paint::Outline(2.0 * label.halo);
            self.artifact(Artifact::Layout, |l| {
                l.paint(left, y, style.colored(WHITE), &label.text, outline);
            });
        }
        if !label.language.is_empty() {
            let span = self.child(node, Role::Span);
            self.nodes[span].language.clone_from(&label.language);
            self.mark(span);
        }
        // The space parts labels for those who hear them one after the other.
        self.text(left, y, style, &format!("{} ", label.text));
        self.mark(node);
    }
}

fn moved(segment: Segment, dx: f32, dy: f32) -> Segment {
    match segment {
        Segment::Move(x, y) => Segment::Move(x + dx, y + dy),
        Segment::Line(x, y) => Segment::Line(x + dx, y + dy),
        Segment::Cubic(a, b, c, d, x, y) => Segment::Cubic(a + dx, b + dy, c + dx, d + dy, x + dx, y + dy),
        Segment::Close => Segment::Close,
    }
}

/// Four arcs; 0.5523 r is where their handles make them round.
fn circle(x: f32, y: f32, r: f32) -> Vec<Segment> {
    let k = 0.5523 * r;
    vec![
        Segment::Move(x + r, y),
        Segment::Cubic(x + r, y + k, x + k, y + r, x, y + r),
        Segment::Cubic(x - k, y + r, x - r, y + k, x - r, y),
        Segment::Cubic(x - r, y - k, x - k, y - r, x, y - r),
        Segment::Cubic(x + k, y - r, x + r, y - k, x + r, y),
        Segment::Close,
    ]
}
