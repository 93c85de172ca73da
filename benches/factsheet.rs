//! One factsheet text to all datasets, and that the cost grows with the text and not faster. `cargo bench --bench factsheet`.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use factsheet::dataset::dpa::DpaDatasets;
use factsheet::document::dpa;
use factsheet::source::{Source, Text};

const SEED: &str = "seeds/dpa-factsheet-2022-luxembourg.txt";

fn main() {
    divan::main();
}

fn seed() -> String {
    std::fs::read_to_string(SEED).expect("benches run in the project's folder")
}

fn text(content: String) -> Text {
    Text::decode(&Source::new("bench.txt", None, content.into_bytes())).value.expect("UTF-8")
}

fn datasets(text: &Text) -> DpaDatasets {
    let factsheet = dpa::read(text).value.expect("a factsheet");
    DpaDatasets::of(&factsheet, text).value
}

/// The budget is 5 ms for 100 kB.
#[divan::bench]
fn seed_text(bencher: divan::Bencher<'_, '_>) {
    let text = text(seed());
    bencher.bench_local(|| datasets(&text));
}

/// The same body many times over under one cover: time by size is a straight line.
#[divan::bench(args = [1, 10, 100], sample_count = 5)]
fn times(bencher: divan::Bencher<'_, '_>, times: usize) {
    let seed = seed();
    let body = seed.find("3.1 Specific").map_or(0, |i| i);
    let end = seed.find("7 Cross border").unwrap_or(seed.len());
    let end = seed[body..].find("7.1 Life").map_or(end, |i| body + i);
    let grown = format!("{}{}{}", &seed[..body], seed[body..end].repeat(times), &seed[end..]);
    let text = text(grown);
    bencher.bench_local(|| datasets(&text));
}
