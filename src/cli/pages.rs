//! Pages of `docs/` that the program writes about itself, so that they cannot be out of date.

use crate::dataset::{ColumnType, Schema};
use crate::report::{Report, wording};
use crate::settings::Settings;

/// The schemas of the datasets that reports hold, each once, in the order in which they first stand.
pub fn schemas(reports: &[Report]) -> Vec<&'static Schema> {
    let mut schemas: Vec<&'static Schema> = Vec::new();
    for table in reports.iter().flat_map(|report| &report.tables) {
        if !schemas.iter().any(|s| s.name == table.schema.name && s.columns == table.schema.columns) {
            schemas.push(table.schema);
        }
    }
    schemas
}

/// What a column holds, in words.
pub fn kind(column: ColumnType) -> &'static str {
    match column {
        ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Number => "number",
        ColumnType::Boolean => "true or false",
        ColumnType::Date => "date (EDTF)",
    }
}

/// `docs/datasets.md`.
pub fn datasets(schemas: &[&Schema]) -> String {
    let mut page = "# Datasets\n\nWhat a publication writes into `data/`, as CSV and Parquet, and shows in its workbook. Made by `factsheet list columns\n--markdown > docs/datasets.md`; a test holds it current.\n\nLines are physical lines of the source text, from 1, both ends included. A missing value is an empty field. A key names the\ncolumns that tell rows apart.\n".to_owned();
    for schema in schemas {
        page.push_str(&format!("\n## `{}`\n\n{}: a row is {}.", schema.name, schema.title, schema.row));
        if !schema.key.is_empty() {
            page.push_str(&format!(" Key: {}.", schema.key.join(", ")));
        }
        page.push_str("\n\n| column | holds | unit | meaning |\n|---|---|---|---|\n");
        for column in schema.columns {
            let meaning = column.meaning.replace('|', "\\|");
            page.push_str(&format!("| `{}` | {} | {} | {meaning} |\n", column.name, kind(column.column_type), column.unit));
        }
    }
    page
}

/// `docs/methods.md`.
pub fn methods(settings: &Settings) -> String {
    let mut page = "# Methods\n\nHow figures are compared, in words, and the numbers that are compared with: those of `input/methods.toml`, where they can be\nchanged. Made by `factsheet list methods --markdown > docs/methods.md`; a test holds it current.\n".to_owned();
    for method in wording::methods() {
        page.push_str(&format!("\n## {}\n\n{}\n\nSource: {}.\n", method.name, method.text, method.source.trim_end_matches('.')));
    }
    page.push_str("\n## Thresholds\n\n| id | value | unit | what is compared with it | source |\n|---|--:|---|---|---|\n");
    for entry in &settings.methods.entries {
        page.push_str(&format!(
            "| `{}` | {} | {} | {} | {}, {} |\n",
            entry.id, entry.value, entry.unit, entry.rule, entry.source, entry.edition
        ));
    }
    page
}
