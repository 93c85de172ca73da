//! Tables as CSV, and as frames of polars, which writes them as Parquet: the only file that knows it.

use super::{ColumnType, Table, Value};
use polars::prelude::{Column, DataFrame, ParquetWriter, PolarsResult};
use std::borrow::Cow;

/// Rows as RFC 4180 CSV: UTF-8, comma, header row, LF. An empty table has its header; a missing value is an empty field.
///
/// # Errors
/// What the library reports.
pub fn csv(columns: &[super::Column], rows: impl ExactSizeIterator<Item: AsRef<[Value]>>) -> Result<Vec<u8>, csv::Error> {
    // polars would print 58 as 58.0, not the shortest that reads back the same, and takes ten times as long.
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(8 * rows.len() * columns.len()));
    writer.write_record(columns.iter().map(|column| column.name))?;
    let mut number = String::new();
    for row in rows {
        for value in row.as_ref() {
            match value {
                Value::Missing => writer.write_field("")?,
                Value::Text(text) => writer.write_field(text.as_str())?,
                Value::Boolean(value) => writer.write_field(if *value { "true" } else { "false" })?,
                Value::Integer(_) | Value::Number(..) => {
                    number.clear();
                    value.print(&mut number);
                    writer.write_field(&number)?;
                }
            }
        }
        writer.write_record(std::iter::empty::<&[u8]>())?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A table as Parquet with typed columns.
///
/// # Errors
/// What polars reports.
pub fn parquet(table: &Table) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    // In this thread: the tables are small, and a thread that waits for those of polars would begin other work meanwhile.
    ParquetWriter::new(&mut bytes).set_parallel(false).finish(&mut frame(table)?)?;
    Ok(bytes)
}

fn frame(table: &Table) -> PolarsResult<DataFrame> {
    let columns = table.schema.columns.iter().enumerate().map(|(i, column)| {
        let name = column.name.into();
        let cells = table.rows.iter().map(|row| &row[i]);
        match column.column_type {
            ColumnType::Text | ColumnType::Date => Column::new(name, cells.map(text).collect::<Vec<_>>()),
            ColumnType::Integer => {
                Column::new(name, cells.map(|v| if let Value::Integer(n) = v { Some(*n) } else { None }).collect::<Vec<_>>())
            }
            ColumnType::Number => {
                Column::new(name, cells.map(|v| if let Value::Number(n, _) = v { Some(*n) } else { None }).collect::<Vec<_>>())
            }
            ColumnType::Boolean => {
                Column::new(name, cells.map(|v| if let Value::Boolean(b) = v { Some(*b) } else { None }).collect::<Vec<_>>())
            }
        }
    });
    DataFrame::new(table.rows.len(), columns.collect())
}

/// A cell of a column of texts.
fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Missing => None,
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Integer(_) | Value::Number(..) | Value::Boolean(_) => Some(Cow::Owned(value.plain())),
    }
}
