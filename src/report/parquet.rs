//! Tables as Parquet for Power BI: the same columns and numbers as the CSV.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};

use super::ReportError;
use super::table::{Column, Kind, Table, Value};

/// Writes `NAME.parquet`.
pub(super) fn write(table: &Table<'_>, dir: &Path) -> std::result::Result<(), ReportError> {
    let path = dir.join(table.name).with_extension("parquet");
    fill(table, &path).map_err(|error| ReportError::write(&path, &error))
}

fn fill(table: &Table<'_>, path: &Path) -> Result<()> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("sendsim".to_owned())
        .build();
    let file = File::create(path)?;
    let mut writer = SerializedFileWriter::new(file, schema(table)?, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in 0..table.columns.len() {
        let mut next = group
            .next_column()?
            .ok_or_else(|| ParquetError::General("a column is missing".to_owned()))?;
        match next.untyped() {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                writer.write_batch(&words(table, column), None, None)?;
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                let (numbers, levels) = numbers(table, column);
                writer.write_batch(&numbers, Some(&levels), None)?;
            }
            _ => return Err(ParquetError::General("unexpected column".to_owned())),
        }
        next.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(())
}

fn schema(table: &Table<'_>) -> Result<TypePtr> {
    let fields: Result<Vec<TypePtr>> = table.columns.iter().map(field).collect();
    let schema = Type::group_type_builder("schema")
        .with_fields(fields?)
        .build()?;
    Ok(Arc::new(schema))
}

fn field(&(name, kind): &Column) -> Result<TypePtr> {
    let builder = match kind {
        Kind::Text => Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String))
            .with_repetition(Repetition::REQUIRED),
        Kind::Number => Type::primitive_type_builder(name, Physical::DOUBLE)
            .with_repetition(Repetition::OPTIONAL),
    };
    Ok(Arc::new(builder.build()?))
}

fn words(table: &Table<'_>, column: usize) -> Vec<ByteArray> {
    let word = |row: &Vec<Value<'_>>| match &row[column] {
        Value::Text(words) => ByteArray::from(words.as_ref()),
        Value::Number(_) | Value::Missing => ByteArray::from(""),
    };
    table.rows.iter().map(word).collect()
}

/// The numbers there are, and for each row whether there is one.
fn numbers(table: &Table<'_>, column: usize) -> (Vec<f64>, Vec<i16>) {
    let number = |row: &Vec<Value<'_>>| match row[column] {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Missing => None,
    };
    let cells: Vec<Option<f64>> = table.rows.iter().map(number).collect();
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (cells.into_iter().flatten().collect(), levels)
}
