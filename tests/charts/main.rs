//! Charts as drawings: nothing leaves its box, no label meets another, whatever the data; and what they look like, as text.
//!
//! `cargo test --test charts` also writes every sample as SVG to `target/tmp/charts/`, to look at.
#![allow(clippy::disallowed_methods)] // Tests may read cases and write to their own folder.

mod samples;

use factsheet::report::chart::Chart;
use factsheet::writer::chart::{draw, multiples, natural_width, stand_alone};
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
        is_svg(&chart, &text);
        std::fs::write(folder.join(format!("{}.svg", chart.id)), text).expect("target can be written");
    }
}

/// Well-formed XML whose title and description are the chart's, with every label as text.
fn is_svg(chart: &Chart, text: &str) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut path, mut found) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(e) => {
                e.attributes().for_each(|a| assert!(a.is_ok(), "{a:?}"));
                path.push(e.name().as_ref().to_owned());
                found.push((path.last().cloned().unwrap_or_default(), String::new()));
            }
            Event::Text(e) => {
                if let Some(last) = found.last_mut() {
                    last.1.push_str(e.as_ref());
                }
            }
            Event::GeneralRef(e) => {
                let sign = match e.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("unknown entity {other}"),
                };
                if let Some(last) = found.last_mut() {
                    last.1.push_str(sign);
                }
            }
            Event::End(e) => assert_eq!(path.pop().as_deref(), Some(e.name().as_ref())),
            Event::Eof => break,
            Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::CData(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let of = |name: &str| found.iter().filter(|f| f.0 == name).map(|f| f.1.trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(of("title"), [chart.finding.trim()]);
    assert_eq!(of("desc"), [chart.alt.trim()]);
    let texts = of("text");
    for label in stand_alone(chart, natural_width(chart).max(234.5)).labels() {
        assert!(texts.contains(&label.text.trim().to_owned()), "{} lacks {:?}", chart.id, label.text);
    }
}

/// A drawing as text: one line per mark, what it is and its box, in painting order.
fn dump(drawing: &Drawing) -> String {
    let mut out = format!("{:.1} x {:.1}\n", drawing.width, drawing.height);
    for mark in &drawing.marks {
        let Some(b) = mark.bounds() else { continue };
        let rgb = |c: factsheet::writer::theme::Rgb| format!("{:02x}{:02x}{:02x}", c.0, c.1, c.2);
        let paint = |fill: &Option<_>, stroke: &Option<factsheet::writer::drawing::Stroke>| {
            let fill = fill.map_or("-".to_owned(), rgb);
            let dash = |s: &factsheet::writer::drawing::Stroke| if s.dash.is_some() { " dashed" } else { "" };
            let stroke = stroke.as_ref().map_or(String::new(), |s| format!(" {} {}{}", rgb(s.color), s.width, dash(s)));
            format!("{fill}{stroke}")
        };
        let what = match mark {
            Mark::Path { segments, fill, stroke } => format!("path of {} {}", segments.len(), paint(fill, stroke)),
            Mark::Disc { fill, stroke, .. } => format!("disc {}", paint(fill, stroke)),
            Mark::Text(l) => format!("{:?} {:?} {} {}", l.text, l.face, l.size, rgb(l.color)),
        };
        out.push_str(&format!("{:6.1} {:6.1} {:6.1} {:6.1}  {what}\n", b.left, b.top, b.right, b.bottom));
    }
    out
}

#[test]
fn samples_look_as_before() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/charts");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).expect("target can be written");
    let shown = [
        "use-1",
        "missing",
        "break",
        "isolated",
        "spark-use-1",
        "panel-benchmark-3",
        "position",
        "headlines",
        "benchmark",
        "interoperability",
        "ranks",
        "distance",
        "extremes",
        "skills",
    ];
    let mut changed = Vec::new();
    for chart in samples::all().iter().filter(|c| shown.contains(&c.id.as_str())) {
        let now = dump(&draw(chart, natural_width(chart)));
        let name = format!("{}.txt", chart.id);
        std::fs::write(folder.join(&name), &now).expect("target can be written");
        if std::fs::read_to_string(cases.join(&name)).unwrap_or_default() != now {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}; compare {} with tests/cases/charts and copy what is right", folder.display());
}

/// Contrast of a colour on white after WCAG 2.2: 1 to 21.
fn contrast_on_white(color: factsheet::writer::theme::Rgb) -> f64 {
    let linear = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2) + 0.05)
}

#[test]
fn words_can_be_read_and_marks_be_seen() {
    for chart in samples::all() {
        let drawing = draw(&chart, natural_width(&chart));
        for label in drawing.labels() {
            assert!(contrast_on_white(label.color) >= 4.5, "{}: {:?}", chart.id, label.text);
        }
        for mark in &drawing.marks {
            if let Mark::Disc { fill, stroke, .. } = mark {
                let inks = fill.iter().copied().chain(stroke.iter().map(|s| s.color));
                let strongest = inks.map(contrast_on_white).fold(0.0, f64::max);
                // A white ring separates the country from its neighbours; it is no mark.
                assert!(strongest >= 3.0 || *fill == Some(factsheet::writer::theme::WHITE), "{}: {mark:?}", chart.id);
            }
        }
    }
}

mod random;
mod real;
