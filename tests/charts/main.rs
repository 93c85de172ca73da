//! Charts as drawings: nothing leaves its box, no label meets another, whatever the data; and what they look like, as text.
//!
//! `cargo test --test charts` also writes every sample as SVG to `target/tmp/charts/`, to look at.
#![allow(clippy::disallowed_methods)] // Tests may read cases and write to their own folder.

mod samples;

use factsheet::report::chart::Chart;
use factsheet::writer::chart::{draw, multiples, natural_width};
use factsheet::writer::drawing::{Drawing, Mark};
use factsheet::writer::svg::svg;
use std::path::Path;

/// What is wrong with a drawing: labels that meet, marks outside.
fn faults(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    let labels: Vec<_> = drawing.labels().map(|l| (l, l.bounds().grown(-0.05))).collect();
    for (i, (a, a_box)) in labels.iter().enumerate() {
        for (b, b_box) in &labels[i + 1..] {
            if a_box.meets(*b_box) {
                faults.push(format!("{:?} at {:.1},{:.1} meets {:?} at {:.1},{:.1}", a.text, a.x, a.y, b.text, b.x, b.y));
            }
        }
    }
    for mark in &drawing.marks {
        let Some(b) = mark.bounds() else { continue };
        if !(b.left >= -1.0 && b.top >= -0.5 && b.right <= drawing.width + 1.0 && b.bottom <= drawing.height + 1.0) {
            let what = if let Mark::Text(label) = mark { format!("{:?}", label.text) } else { format!("{mark:?}") };
            faults.push(format!("{what} leaves {} × {}: {b:?}", drawing.width, drawing.height));
        }
    }
    faults
}

fn is_sound(chart: &Chart, width: f32) {
    let faults = faults(&draw(chart, width));
    assert!(faults.is_empty(), "{} at {width}:\n{}", chart.id, faults.join("\n"));
}

#[test]
fn samples_are_sound() {
    for chart in samples::all() {
        is_sound(&chart, natural_width(&chart));
    }
    for group in [samples::sparks(), samples::desi_sparks(), samples::benchmark_panels()] {
        for drawing in multiples(&group, 110.75) {
            let faults = faults(&drawing);
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        }
    }
}

#[test]
fn samples_are_written_as_svg() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).expect("target can be written");
    for chart in samples::all() {
        let text = svg(&chart);
        assert_eq!(text, svg(&chart), "{} is the same every time", chart.id);
        std::fs::write(folder.join(format!("{}.svg", chart.id)), text).expect("target can be written");
    }
}

mod random;
