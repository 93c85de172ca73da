//! The charts of every publication that the project can write: all countries that have figures, with or without a text.

use crate::{faults, is_sound};
use factsheet::files;
use factsheet::pipeline::{self, Product, Request};
use factsheet::report::Block;
use factsheet::writer::chart::{multiples, natural_width};
use std::path::Path;

#[test]
fn charts_of_all_countries_are_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = files::read_project(root).expect("the project can be read");
    let request = Request { sources: Vec::new(), all: true, only: [Product::Charts].into() };
    let (_, made) = pipeline::publications(&files, &request, &|_| ()).expect("the project builds");
    assert!(made.len() > 30, "figures of some forty countries");
    for report in made.iter().map(|publication| &publication.report) {
        for chart in report.charts() {
            is_sound(chart, natural_width(chart));
        }
        let blocks = report.chapters.iter().flat_map(|c| &c.blocks).chain(&report.glance);
        for block in blocks {
            if let Block::Multiples(panels) = block {
                for width in [110.75, 234.5] {
                    for drawing in multiples(&panels.charts, width) {
                        let faults = faults(&drawing);
                        assert!(faults.is_empty(), "{} {}:\n{}", report.id, panels.finding, faults.join("\n"));
                    }
                }
            }
        }
    }
}
