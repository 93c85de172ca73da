//! The only file that knows polars: tables as frames, frames as CSV and Parquet.

use super::{ColumnType, Table, Value};
use polars::prelude::{Column, CsvWriter, DataFrame, ParquetWriter, PolarsResult, SerWriter};

/// A table as RFC 4180 CSV: UTF-8, comma, header row, LF. An empty table has its header.
///
/// # Errors
/// What polars reports.
pub fn csv(table: &Table) -> PolarsResult<Vec<u8>> {
    // Every column as text: polars would print 58 as 58.0, not the shortest that reads back the same.
    let columns = (0..table.schema.columns.len())
        .map(|i| {
            let cells: Vec<Option<String>> = table.rows.iter().map(|row| (row[i] != Value::Missing).then(|| row[i].plain())).collect();
            Column::new(table.schema.columns[i].name.into(), cells)
        })
        .collect();
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).finish(&mut DataFrame::new(table.rows.len(), columns)?)?;
    Ok(bytes)
}

/// A table as Parquet with typed columns.
///
/// # Errors
/// What polars reports.
pub fn parquet(table: &Table) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame(table)?)?;
    Ok(bytes)
}

fn frame(table: &Table) -> PolarsResult<DataFrame> {
    let columns = table.schema.columns.iter().enumerate().map(|(i, column)| {
        let name = column.name.into();
        let cells = table.rows.iter().map(|row| &row[i]);
        match column.column_type {
            ColumnType::Text | ColumnType::Date => {
                Column::new(name, cells.map(|v| (*v != Value::Missing).then(|| v.plain())).collect::<Vec<_>>())
            }
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
