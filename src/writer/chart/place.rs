//! Where the name of a series stands: beside its line, clear of everything, as far as can be from the other line.

use crate::writer::drawing::{Bounds, Label};

type Point = (f32, f32);

/// A straight piece of a line, with half its width.
pub type Piece = (Point, Point, f32);

/// What a label must keep clear of, and the box that it must stay in.
#[derive(Clone, Debug)]
pub struct Field {
    pub inside: Bounds,
    pub lines: Vec<Piece>,
    pub taken: Vec<Bounds>,
}

/// A label's distance above its mark, baseline to middle, and below.
const ABOVE: f32 = 7.0;
const BELOW: f32 = 12.5;
/// How near to the words over the chart a name may come.
const OVER: f32 = 3.5;
/// Around a label nothing may stand.
const CLEAR: f32 = 2.0;

/// Sets `name` over or under one of `points`, centred, pushed inside: of the places that are clear the farthest from
/// `other`'s line, then the earliest, then above. `None` if no place is clear.
pub fn beside(field: &Field, name: &Label, points: &[Point], other: &[(Point, Point)]) -> Option<Label> {
    let half = name.width() / 2.0;
    let (least, most) = (field.inside.left + half, field.inside.right - half);
    if least > most {
        return None;
    }
    let mut best: Option<(f32, Label)> = None;
    for &(x, y) in points {
        for baseline in [y - ABOVE, y + BELOW] {
            let label = Label { x: x.clamp(least, most), y: baseline, ..name.clone() }.middle();
            let bounds = label.bounds();
            if !is_clear(field, bounds) {
                continue;
            }
            let distance = other.iter().map(|&(a, b)| apart(bounds, a, b)).fold(1000.0, f32::min);
            if best.as_ref().is_none_or(|b| distance > b.0 + 0.01) {
                best = Some((distance, label));
            }
        }
    }
    best.map(|b| b.1)
}

/// The same; where no place within the plot is clear, also one that rises above its top, below the words over the chart.
pub fn beside_or_over(field: &mut Field, name: &Label, points: &[Point], other: &[(Point, Point)]) -> Option<Label> {
    beside(field, name, points, other).or_else(|| {
        let top = std::mem::replace(&mut field.inside.top, OVER);
        let found = beside(field, name, points, other);
        field.inside.top = top;
        found
    })
}

/// Whether a box with its margin is inside and meets nothing.
pub fn is_clear(field: &Field, bounds: Bounds) -> bool {
    let wide = bounds.grown(CLEAR);
    bounds.top >= field.inside.top
        && bounds.bottom <= field.inside.bottom
        && !field.taken.iter().any(|t| wide.meets(*t))
        && !field.lines.iter().any(|&(a, b, half)| wide.grown(half).crossed_by(a, b))
}

/// Distance between a box and a straight line.
fn apart(bounds: Bounds, a: Point, b: Point) -> f32 {
    if bounds.crossed_by(a, b) {
        return 0.0;
    }
    let corners = [(bounds.left, bounds.top), (bounds.right, bounds.top), (bounds.left, bounds.bottom), (bounds.right, bounds.bottom)];
    let from_corners = corners.into_iter().map(|c| point_to_line(c, a, b));
    let from_ends = [a, b].into_iter().map(|(x, y)| {
        let dx = (bounds.left - x).max(x - bounds.right).max(0.0);
        let dy = (bounds.top - y).max(y - bounds.bottom).max(0.0);
        dx.hypot(dy)
    });
    from_corners.chain(from_ends).fold(f32::INFINITY, f32::min)
}

fn point_to_line(p: Point, a: Point, b: Point) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let t = if length == 0.0 { 0.0 } else { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0) };
    (p.0 - a.0 - t * dx).hypot(p.1 - a.1 - t * dy)
}
