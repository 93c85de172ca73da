//! One publication: its datasets, its report, its files.

use super::reading::{Data, Reading};
use super::{Error, Product, Publication, Request, Shared};
use crate::check;
use crate::comparison::claim::prose::{self, Named};
use crate::comparison::claim::{self, Claim, Held};
use crate::dataset::{Observation, Table};
use crate::diagnostic::{Checked, Diagnostic};
use crate::report::Report;
use crate::report::build::{Content, Parts, report};
use crate::settings::Settings;
use crate::writer::data::Dataset;
use crate::writer::pdf::{Attachment, Draft, Relationship};
use crate::writer::xlsx::{Book, Kind, Plan};
use crate::writer::{self, Payload};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Makes a publication and says what is wrong with it. `said` is what the readers found in its text.
pub(super) fn make(
    reading: &Reading,
    settings: &Settings,
    shared: &Shared<'_>,
    all: &[Observation],
    said: &[&Diagnostic],
    request: &Request,
) -> Result<(Publication, Vec<Diagnostic>), Error> {
    let claims = || claims(reading, settings, shared.figures.observations, all);
    let (comparisons, claims) = rayon::join(|| shared.fields.compare(reading.geo), claims);
    let (claims, mut found) = claims.map_or_else(Default::default, |c| (c.value, c.diagnostics));
    let own = |table: Table| Arc::new(Dataset::of(table));
    let of_text = match &reading.data {
        Data::Dpa(data) => data.tables(),
        Data::Progress(data) => data.tables(),
        Data::Figures => Vec::new(),
    };
    let mut datasets: Vec<Arc<Dataset>> = of_text.into_iter().map(own).collect();
    datasets.extend([Arc::clone(&shared.observations), own(Table::of(&comparisons)), Arc::clone(&shared.cut_offs)]);
    if reading.text.is_some() {
        datasets.push(own(Table::of(&claims)));
    }
    datasets.extend(shared.revisions.clone());
    let mut made = report(Parts {
        id: reading.id.clone(),
        geo: reading.geo,
        country: reading.country.clone(),
        edition: reading.edition.clone(),
        settings,
        origin: &reading.origin,
        text: reading.text.as_ref(),
        content: match &reading.data {
            Data::Dpa(data) => Content::Dpa(data),
            Data::Progress(data) => Content::Progress(data),
            Data::Figures => Content::Figures,
        },
        figures: &shared.figures,
        comparisons: &comparisons,
        claims: &claims,
        tables: datasets.iter().map(|dataset| Arc::clone(&dataset.table)).collect(),
    });
    found.extend(check::publication::check(&made));
    made.findings = check::findings::printed(said.iter().copied().chain(&found), &settings.waivers);
    let files = write(&made, &datasets, shared, request)?;
    found.extend(writer::xlsx::limits(&made));
    Ok((Publication { report: made, files }, found))
}

/// What the text states on figures that are held, in the order of its lines, and what does not agree; `None` without a text.
fn claims(reading: &Reading, settings: &Settings, shown: &[Observation], all: &[Observation]) -> Option<Checked<Vec<Claim>>> {
    let text = reading.text.as_ref()?;
    let indicators = &settings.indicators;
    let named = indicators.groups.iter();
    let named = named.map(|g| Named { key: &g.key, title: &g.title, indicators: indicators.of_group(&g.key).collect() });
    let mut stated = prose::stated(text, &named.collect::<Vec<_>>());
    let mut diagnostics = check::consistency::counts(text);
    if let Data::Dpa(data) = &reading.data {
        let of_tables = claim::table::stated(data, indicators);
        diagnostics.extend(check::consistency::table_means(&of_tables, shown, &settings.methods.means, &text.name));
        stated.extend(of_tables);
    }
    stated.sort_by_key(|s| s.lines);
    let value = claim::claims(&stated, &Held::of(reading.geo, shown, all), &settings.methods);
    diagnostics.extend(claim::diagnostics(&value, &text.name));
    Some(Checked { value, diagnostics })
}

const WORKBOOK: &str = "factsheet.xlsx";
const WORKING: &str = "factsheet-working.xlsx";

/// The files of a publication, with its folder in their names. The published workbook is made beside everything else; then
/// come the PDF that embeds it and the working workbook.
fn write(report: &Report, datasets: &[Arc<Dataset>], shared: &Shared<'_>, request: &Request) -> Result<BTreeMap<String, Payload>, Error> {
    let wants = |product| request.wants(product);
    let failed = |file: &str, message: String| Error::Writer { file: format!("{}/{file}", report.id), message };
    let workbook = |name: &str, book: &Book<'_>, kind| {
        let made = book.workbook(kind).map(Payload::from);
        made.map_err(|e| failed(name, e.to_string()))
    };
    let published = || {
        let Some(sheets) = &shared.sheets else { return Ok(None) };
        let book = Book::of(Plan::of(report, sheets));
        let published = workbook(WORKBOOK, &book, Kind::Published)?;
        Ok(Some((book, published)))
    };
    let others = || {
        let mut files: BTreeMap<String, Payload> = BTreeMap::new();
        let mut drafted = None;
        if wants(Product::Pdf) {
            let draft = Draft::of(report);
            let attached = attachments(datasets).map_err(|e| failed("data", e))?;
            let glance = writer::pdf::glance(report, &attached).map_err(|e| failed("at-a-glance.pdf", e.to_string()))?;
            files.insert("at-a-glance.pdf".to_owned(), glance.into());
            drafted = Some((draft, attached));
        }
        if wants(Product::Data) {
            files.extend(writer::data::files(report.into(), datasets).map_err(|e| failed("data", e))?);
        }
        if wants(Product::Charts) {
            let drawn = report.charts().into_iter();
            files.extend(drawn.map(|c| (format!("charts/{}.svg", c.id), writer::svg::svg(c).into_bytes().into())));
        }
        Ok((files, drafted))
    };
    let (published, others) = rayon::join(published, others);
    let (published, (mut files, drafted)) = (published?, others?);
    let Some((book, published)) = published else { return Ok(named(report, files)) };
    let factsheet = || {
        let Some((draft, mut attached)) = drafted else { return Ok(None) };
        attached.push(Attachment {
            name: WORKBOOK.to_owned(),
            mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
            description: "The workbook of this publication".to_owned(),
            relationship: Relationship::Data,
            bytes: published.clone(),
        });
        draft.finish(&attached).map(|bytes| Some(Payload::from(bytes))).map_err(|e| failed("factsheet.pdf", e.to_string()))
    };
    let working = || wants(Product::Workbook).then(|| workbook(WORKING, &book, Kind::Working)).transpose();
    let (factsheet, working) = rayon::join(factsheet, working);
    let late = [("factsheet.pdf", factsheet?), (WORKING, working?), (WORKBOOK, wants(Product::Workbook).then_some(published))];
    files.extend(late.into_iter().filter_map(|(name, bytes)| Some((name.to_owned(), bytes?))));
    Ok(named(report, files))
}

/// With the publication's folder in their names.
fn named(report: &Report, files: BTreeMap<String, Payload>) -> BTreeMap<String, Payload> {
    files.into_iter().map(|(name, bytes)| (format!("{}/{name}", report.id), bytes)).collect()
}

/// The datasets that have rows, as CSV, to be embedded in a PDF.
fn attachments(datasets: &[Arc<Dataset>]) -> Result<Vec<Attachment>, String> {
    let filled = datasets.iter().filter(|dataset| !dataset.table.rows.is_empty());
    filled
        .map(|dataset| {
            let schema = dataset.table.schema;
            Ok(Attachment {
                name: format!("{}.csv", schema.name),
                mime: "text/csv".to_owned(),
                description: format!("{}: a row is {}", schema.title, schema.row),
                relationship: Relationship::Data,
                bytes: dataset.csv()?,
            })
        })
        .collect()
}
