//! Report -> data files: every dataset as CSV and Parquet, the observations as SDMX-CSV 2.0, and a `datapackage.json` that says
//! what every column of every CSV means.

use super::Payload;
use crate::dataset::{Column, ColumnType, Observation, Record as _, Schema, Table, Value, frame};
use crate::report::{Report, SourceNote};
use crate::settings::is_day;
use crate::vocabulary::TimePeriod;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

/// What the package says about itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// `lu-dpa-2022`.
    pub id: &'a str,
    pub title: &'a str,
    pub country: &'a str,
    pub subject: &'a str,
    pub keywords: &'a [String],
    /// ISO 8601; anything else is left out.
    pub date: &'a str,
    pub sources: &'a [SourceNote],
}

/// A dataset and its files. Each file is made when it is first asked for, and once, however many publications hold the dataset.
#[derive(Debug)]
pub struct Dataset {
    pub table: Arc<Table>,
    csv: OnceLock<Result<Payload, String>>,
    parquet: OnceLock<Result<Payload, String>>,
    sdmx: OnceLock<Result<Payload, String>>,
    key: OnceLock<&'static [&'static str]>,
}

impl Dataset {
    pub fn of(table: impl Into<Arc<Table>>) -> Self {
        Self { table: table.into(), csv: OnceLock::new(), parquet: OnceLock::new(), sdmx: OnceLock::new(), key: OnceLock::new() }
    }

    /// As CSV; an empty one has its header.
    ///
    /// # Errors
    /// What the library says, with the file's name.
    pub fn csv(&self) -> Result<Payload, String> {
        self.csv.get_or_init(|| csv(self.table.schema, self.table.rows.iter())).clone()
    }

    /// As Parquet.
    ///
    /// # Errors
    /// As [`Self::csv`].
    pub fn parquet(&self) -> Result<Payload, String> {
        let name = self.table.schema.name;
        let made = || frame::parquet(&self.table).map(Payload::from).map_err(|error| format!("{name}.parquet: {error}"));
        self.parquet.get_or_init(made).clone()
    }

    /// The observations as SDMX-CSV; `None` for any other dataset.
    fn sdmx(&self) -> Option<Result<Payload, String>> {
        let is_observations = self.table.schema == const { &Observation::SCHEMA };
        is_observations.then(|| self.sdmx.get_or_init(|| csv(&SDMX, sdmx(&self.table))).clone())
    }

    /// The key of the dataset, where its rows are complete and different in it; else none: a package must hold what it claims.
    fn key(&self) -> &'static [&'static str] {
        self.key.get_or_init(|| if holds(&self.table) { self.table.schema.key } else { &[] })
    }
}

/// Whether the rows are complete and different in the key that the schema names.
fn holds(table: &Table) -> bool {
    let Some(columns) = table.schema.key.iter().map(|name| table.column(name)).collect::<Option<Vec<usize>>>() else { return false };
    let mut seen = HashSet::with_capacity(table.rows.len());
    table.rows.iter().all(|row| {
        // No value prints a control character, so joined cells differ where the cells do.
        let mut cells = String::new();
        for column in &columns {
            row[*column].print(&mut cells);
            cells.push('\u{1f}');
        }
        cells.len() > columns.len() && seen.insert(cells)
    })
}

fn csv(schema: &Schema, rows: impl ExactSizeIterator<Item: AsRef<[Value]>>) -> Result<Payload, String> {
    frame::csv(schema.columns, rows).map(Payload::from).map_err(|error| format!("{}.csv: {error}", schema.name))
}

impl<'a> From<&'a Report> for About<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            id: &report.id,
            title: &report.title,
            country: &report.country,
            subject: &report.subject,
            keywords: &report.keywords,
            date: &report.date,
            sources: &report.sources,
        }
    }
}

/// The files of `data/`, named relative to the publication's folder: CSV and Parquet of every dataset, the observations as
/// SDMX-CSV, and the package.
///
/// # Errors
/// As [`Dataset::csv`].
pub fn files(about: About<'_>, datasets: &[Arc<Dataset>]) -> Result<BTreeMap<String, Payload>, String> {
    let mut files = BTreeMap::new();
    let mut has_sdmx = false;
    for dataset in datasets {
        let name = dataset.table.schema.name;
        files.insert(format!("data/{name}.csv"), dataset.csv()?);
        files.insert(format!("data/{name}.parquet"), dataset.parquet()?);
        if let Some(sdmx) = dataset.sdmx() {
            files.insert(format!("data/{name}.sdmx.csv"), sdmx?);
            has_sdmx = true;
        }
    }
    let mut package = serde_json::to_vec_pretty(&package(about, datasets, has_sdmx)).expect("JSON values print");
    package.push(b'\n');
    files.insert("data/datapackage.json".to_owned(), package.into());
    Ok(files)
}

/// The package by the Data Package specification, version 1.
fn package(about: About<'_>, datasets: &[Arc<Dataset>], has_sdmx: bool) -> Json {
    let mut resources: Vec<Json> = datasets
        .iter()
        .map(|dataset| {
            let schema = dataset.table.schema;
            resource(schema.name, &format!("{}.csv", schema.name), schema.title, schema.row, schema.columns, dataset.key())
        })
        .collect();
    if has_sdmx {
        resources.push(resource(
            "observations-sdmx",
            "observations.sdmx.csv",
            "Observations in SDMX-CSV 2.0",
            "one figure, as observations.csv has it, for tools of official statistics",
            SDMX_COLUMNS,
            &[],
        ));
    }
    let sources: Vec<Json> = about
        .sources
        .iter()
        .map(|source| json!({ "title": format!("{}: {}", source.publisher, source.title), "path": source.file, "sha256": source.sha256, "rights": source.rights }))
        .collect();
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": about.id,
        "title": if about.country.is_empty() { about.title.to_owned() } else { format!("{}: {}", about.country, about.title) },
        "description": about.subject,
        "keywords": about.keywords,
        "sources": sources,
        "resources": resources,
    });
    if is_day(about.date) {
        package["created"] = json!(format!("{}T00:00:00Z", about.date));
    }
    package
}

fn resource(name: &str, path: &str, title: &str, row: &str, columns: &[Column], key: &[&str]) -> Json {
    let fields: Vec<Json> = columns.iter().map(field).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if !key.is_empty() {
        schema["primaryKey"] = json!(key);
    }
    json!({
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "title": title,
        "description": format!("A row is {row}."),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "doubleQuote": true, "header": true },
        "schema": schema,
    })
}

fn field(column: &Column) -> Json {
    let kind = match column.column_type {
        // EDTF knows dates that a table schema does not (`201X`, `2021-11`): text, with the format told.
        ColumnType::Text | ColumnType::Date => "string",
        ColumnType::Integer => "integer",
        ColumnType::Number => "number",
        ColumnType::Boolean => "boolean",
    };
    let meaning =
        if column.column_type == ColumnType::Date { format!("{} (EDTF, ISO 8601-2)", column.meaning) } else { column.meaning.to_owned() };
    let mut field = json!({ "name": column.name, "type": kind, "description": meaning });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    if column.column_type == ColumnType::Boolean {
        field["trueValues"] = json!(["true"]);
        field["falseValues"] = json!(["false"]);
    }
    field
}

const fn text(name: &'static str, meaning: &'static str) -> Column {
    Column { name, column_type: ColumnType::Text, unit: "", meaning }
}

const SDMX_COLUMNS: &[Column] = &[
    text("STRUCTURE", "kind of the structure that describes the data"),
    text("STRUCTURE_ID", "agency, id and version of the structure"),
    text("ACTION", "I: the line informs"),
    text("INDICATOR", "indicator code"),
    text("GEO", "country or aggregate, Eurostat code"),
    text("UNIT", "unit of measure, code"),
    text("BREAKDOWN", "population that the figure is of, code; _Z where there is none"),
    text("EDITION", "edition of the source"),
    text("TIME_PERIOD", "period; two years together as start and duration"),
    Column { name: "OBS_VALUE", column_type: ColumnType::Number, unit: "", meaning: "observed value in the unit" },
    text("OBS_FLAG", "observation status flags of Eurostat, in alphabetical order"),
    text("CONF_STATUS", "confidentiality status flags of Eurostat"),
    text("FLAGS_KNOWN", "whether the source could carry flags"),
    text("CERTAINTY", "certain or ambiguous"),
    text("ALTERNATIVES", "other values that the source gives"),
    text("SOURCE", "id of the source"),
    text("LOCATION", "cell or line in the source"),
    text("NOTE", "what the source says about the value"),
];

static SDMX: Schema =
    Schema { name: "observations.sdmx", title: "Observations in SDMX-CSV", row: "one figure", columns: SDMX_COLUMNS, key: &[] };

/// The observations with the columns of SDMX-CSV 2.0.
fn sdmx(observations: &Table) -> impl ExactSizeIterator<Item = Vec<Value>> {
    let column = |name: &str| observations.column(name);
    let sources = [
        "indicator",
        "geo",
        "unit",
        "breakdown",
        "edition",
        "time_period",
        "obs_value",
        "obs_status",
        "conf_status",
        "flags_known",
        "certainty",
        "alternatives",
        "source",
        "location",
        "note",
    ]
    .map(column);
    let fixed = ["dataflow", "FACTSHEET:OBSERVATIONS(1.0)", "I"].map(Value::text);
    observations.rows.iter().map(move |row| {
        let mut values = fixed.to_vec();
        values.extend(sources.iter().zip(&SDMX_COLUMNS[3..]).map(|(at, column)| {
            let value = at.map_or(Value::Missing, |at| row[at].clone());
            match (column.name, value) {
                // A dimension of SDMX has a code on every line.
                ("BREAKDOWN", Value::Missing) => Value::text("_Z"),
                ("TIME_PERIOD", value) => Value::text(sdmx_period(&value.plain())),
                ("FLAGS_KNOWN", value) => Value::text(value.plain()),
                (_, value) => value,
            }
        }));
        values
    })
}

/// Two years together are a time range of SDMX; everything else is coded as Eurostat does.
fn sdmx_period(text: &str) -> String {
    match TimePeriod::parse(text) {
        Some(TimePeriod::Biennium { first }) => format!("{first}-01-01/P2Y"),
        Some(TimePeriod::Year(_) | TimePeriod::HalfYear { .. } | TimePeriod::Quarter { .. } | TimePeriod::Month { .. }) | None => {
            text.to_owned()
        }
    }
}
