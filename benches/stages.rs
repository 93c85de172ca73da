//! Each stage on one core, and how the work grows: `make bench`. Nothing here is asserted; README has the table.
#![expect(clippy::disallowed_methods, reason = "a bench reads the project from disk")]

use calamine::{DataType as _, Reader as _, Xlsx};
use divan::Bencher;
use divan::counter::BytesCount;
use factsheet::comparison::{Comparison, Fields};
use factsheet::dataset::Observation;
use factsheet::dataset::dpa::DpaDatasets;
use factsheet::dataset::observe;
use factsheet::dataset::progress::ProgressDatasets;
use factsheet::document::{dpa, progress};
use factsheet::pipeline::{self, Request};
use factsheet::report::Report;
use factsheet::settings::{self, Settings};
use factsheet::source::{Source, Text};
use factsheet::vocabulary::Geo;
use factsheet::writer;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// What the program itself uses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DPA: &str = "seeds/dpa-factsheet-2022-luxembourg.txt";
const PROGRESS: &str = "seeds/digital-luxembourg-progress-report-2020.txt";

static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["seeds", "input"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the project has the folder") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_file() {
                let name = format!("{folder}/{}", path.file_name().expect("a file has a name").to_string_lossy());
                files.insert(name, std::fs::read(&path).expect("the file can be read"));
            }
        }
    }
    files
});
static SETTINGS: LazyLock<Settings> = LazyLock::new(|| settings::read(&FILES).value);
static OBSERVATIONS: LazyLock<Vec<Observation>> = LazyLock::new(|| observe::read(&FILES, &SETTINGS).value);
static REPORT: LazyLock<Report> = LazyLock::new(|| build(&FILES, vec![DPA.to_owned()]).remove(0));

fn main() {
    divan::main();
}

fn build(files: &BTreeMap<String, Vec<u8>>, sources: Vec<String>) -> Vec<Report> {
    let request = Request { sources, all: false, only: [pipeline::Product::Charts].into() };
    let (_, made) = pipeline::publications(files, &request, &|_| ()).expect("the project builds");
    made.into_iter().map(|publication| publication.report).collect()
}

fn text(name: &str) -> Text {
    Text::decode(&Source::new(name, None, FILES[name].clone())).value.expect("the seeds are UTF-8")
}

fn decode(text: String) -> Text {
    Text::decode(&Source::new(DPA, None, text.into_bytes())).value.expect("the seeds are UTF-8")
}

fn read(text: &Text) -> Option<DpaDatasets> {
    dpa::read(text).value.map(|factsheet| DpaDatasets::of(&factsheet, text).value)
}

#[divan::bench]
fn factsheet_text_to_datasets(bencher: Bencher<'_, '_>) {
    let text = text(DPA);
    bencher.bench(|| read(&text));
}

#[divan::bench]
fn brochure_text_to_datasets(bencher: Bencher<'_, '_>) {
    let text = text(PROGRESS);
    bencher.bench(|| progress::read(&text).value.map(|report| ProgressDatasets::of(&report, &text)));
}

/// Each paragraph of the factsheet several times over: the time must grow with the length, not with its square.
#[divan::bench(args = [1, 10, 100], sample_count = 20)]
fn text_of_so_many_times_the_length(bencher: Bencher<'_, '_>, times: usize) {
    let once = String::from_utf8(FILES[DPA].clone()).expect("the seeds are UTF-8");
    let lines: Vec<String> =
        once.lines().map(|line| if line.len() > 200 { vec![line; times].join("\n\n") } else { line.to_owned() }).collect();
    let text = decode(lines.join("\n"));
    bencher.bench(|| read(&text).is_some());
}

/// All paragraphs of the factsheet on one line, up to a million characters: an extractor that lost every line end.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 20)]
fn line_of_so_many_characters(bencher: Bencher<'_, '_>, length: usize) {
    let once = String::from_utf8(FILES[DPA].clone()).expect("the seeds are UTF-8");
    let paragraphs: Vec<&str> = once.lines().filter(|line| line.len() > 200).collect();
    let longest: String = paragraphs.join(" ").chars().cycle().take(length).collect();
    let last = paragraphs.len() / 2;
    let text = decode(once.replace(paragraphs[last], &longest));
    bencher.bench(|| read(&text).is_some());
}

#[divan::bench]
fn workbooks_to_observations(bencher: Bencher<'_, '_>) {
    bencher.bench(|| observe::read(&FILES, &SETTINGS).value.len());
}

/// A bulk download of many series, a hundredth of which the indicators want.
static BULK: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let years: Vec<String> = (2000..2024).map(|year| format!("{year} ")).collect();
    let mut tsv = format!("freq,indic_is,unit,geo\\TIME_PERIOD\t{}\n", years.join("\t"));
    let countries: Vec<Geo> = Geo::all().filter(|geo| !geo.code().contains("PLUS")).collect();
    for row in 0.. {
        let (geo, series) = (countries[row % countries.len()].code(), row / countries.len());
        let (indicator, unit) = if series % 100 == 0 { ("I_IUSELL".to_owned(), series / 100) } else { (format!("I_OTHER{series}"), 0) };
        tsv.push_str(&format!("A,{indicator},UNIT_{unit},{geo}\t"));
        let cells =
            (0..24).map(|year| if (row + year) % 7 == 0 { ": ".to_owned() } else { format!("{}.{} b", (row + year) % 100, year % 10) });
        tsv.push_str(&cells.collect::<Vec<_>>().join("\t"));
        tsv.push('\n');
        if tsv.len() >= 50_000_000 {
            break;
        }
    }
    tsv.into_bytes()
});

#[divan::bench(sample_count = 3)]
fn bulk_tsv_of_50_mb_to_observations(bencher: Bencher<'_, '_>) {
    let indicators = "[unit.PC]\nlabel = \"%\"\nkind = \"percent\"\n\n[[group]]\nkey = \"selling\"\ntitle = \"Selling\"\ndrawing = \"line\"\nsources = [\"selling\"]\nunit = \"PC\"\nfrom_unit = { UNIT_0 = 1.0 }\ndecimals = 1\naverages = [\"EU27_2020\"]\nvalid_range = [0.0, 100.0]\n\n[[group.indicator]]\ncode = \"I_IUSELL\"\nselect = { indicator = [\"I_IUSELL\"] }\nlabel = \"Selling\"\n";
    let source = "[[source]]\nfile = \"bulk.tsv\"\nid = \"selling\"\nfamily = \"figures\"\npublisher = \"Eurostat\"\ntitle = \"Selling\"\nedition = \"2024\"\nrights = \"free\"\nsha256 = \"\"\n";
    let files = BTreeMap::from([
        ("seeds/sources.toml".to_owned(), Vec::new()),
        ("input/sources.toml".to_owned(), source.as_bytes().to_vec()),
        ("input/indicators.toml".to_owned(), indicators.as_bytes().to_vec()),
        ("input/bulk.tsv".to_owned(), BULK.clone()),
    ]);
    let settings = settings::read(&files).value;
    assert!(!observe::read(&files, &settings).value.is_empty(), "the indicator is among the series");
    bencher.counter(BytesCount::of_slice(&BULK[..])).bench(|| observe::read(&files, &settings).value.len());
}

/// The same bytes through the crate that splits CSV, every cell looked at: what reading can cost at least.
#[divan::bench(sample_count = 3)]
fn bulk_tsv_of_50_mb_as_plain_cells(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_slice(&BULK[..])).bench(|| {
        let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(BULK.as_slice());
        let (mut record, mut cells) = (csv::StringRecord::new(), 0);
        while reader.read_record(&mut record).expect("UTF-8 lines of equal length") {
            cells += record.iter().filter(|cell| !cell.is_empty()).count();
        }
        cells
    });
}

#[divan::bench]
fn observations_to_comparisons_of_all_countries(bencher: Bencher<'_, '_>) {
    let observations = &*OBSERVATIONS;
    bencher.bench(|| {
        let fields = Fields::of(observations, &SETTINGS.indicators.indicators, &SETTINGS.methods);
        let all: Vec<Vec<Comparison>> = Geo::all().filter(|g| !g.is_aggregate()).map(|geo| fields.compare(geo)).collect();
        all
    });
}

#[divan::bench]
fn report_to_workbook(bencher: Bencher<'_, '_>) {
    let report = &*REPORT;
    bencher.bench(|| writer::xlsx::workbook(report, writer::xlsx::Kind::Published));
}

/// What the library alone takes for the same cells, without formats, links, charts and formulas: the floor of the above.
#[divan::bench]
fn cells_of_the_workbook_bare(bencher: Bencher<'_, '_>) {
    let bytes = writer::xlsx::workbook(&REPORT, writer::xlsx::Kind::Published).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheets = book.worksheets();
    bencher.bench(|| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.set_zip_compression_level(3);
        for (name, range) in &sheets {
            let worksheet = workbook.add_worksheet();
            worksheet.set_name(name).expect("a name of a sheet");
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                let (row, column) = (top + u32::try_from(row).expect("few rows"), left + u32::try_from(column).expect("few columns"));
                let column = u16::try_from(column).expect("few columns");
                let written = match cell.as_f64() {
                    Some(number) => worksheet.write_number(row, column, number),
                    None => worksheet.write_string(row, column, cell.to_string()),
                };
                written.expect("it was in a workbook");
            }
        }
        workbook.save_to_buffer()
    });
}

#[divan::bench]
fn report_to_pdf(bencher: Bencher<'_, '_>) {
    let report = &*REPORT;
    bencher.bench(|| writer::pdf::factsheet(report, &[]));
}

#[divan::bench]
fn report_to_data_files(bencher: Bencher<'_, '_>) {
    let report = &*REPORT;
    // Datasets remember their files: new ones each time.
    let datasets = || report.tables.iter().map(|table| Arc::new(writer::data::Dataset::of(Arc::clone(table)))).collect::<Vec<_>>();
    bencher.bench(|| writer::data::files(report.into(), &datasets()));
}

#[divan::bench]
fn report_to_svg(bencher: Bencher<'_, '_>) {
    let report = &*REPORT;
    bencher.bench(|| report.charts().into_iter().map(writer::svg::svg).collect::<Vec<_>>());
}

/// Whole reports of so many documents: the factsheet under the names of other countries and years.
#[divan::bench(args = [1, 10, 100], sample_count = 3)]
fn documents_to_reports(bencher: Bencher<'_, '_>, count: usize) {
    let once = String::from_utf8(FILES[DPA].clone()).expect("the seeds are UTF-8");
    let countries = Geo::all().filter(|g| !g.is_aggregate());
    let names = countries.flat_map(|geo| ["2021", "2022", "2023"].map(|year| (geo.name(), year)));
    let mut files = FILES.clone();
    let mut sources = Vec::new();
    for (country, year) in names.take(count) {
        let name = format!("{country}-{year}.txt");
        files.insert(name.clone(), once.replace("Luxembourg", country).replace("2022", year).into_bytes());
        sources.push(name);
    }
    bencher.bench(|| build(&files, sources.clone()).len());
}
