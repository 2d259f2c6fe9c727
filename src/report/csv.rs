//! Tables as CSV: UTF-8, ASCII cells, numbers unrounded in the fewest digits that read back equal.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::ReportError;
use super::table::{Table, Value};

/// Writes `NAME.csv`.
pub(super) fn write(table: &Table<'_>, dir: &Path) -> Result<(), ReportError> {
    let path = dir.join(table.name).with_extension("csv");
    fill(table, &path).map_err(|error| ReportError::write(&path, &error))
}

fn fill(table: &Table<'_>, path: &Path) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(BufWriter::new(File::create(path)?));
    writer.write_record(table.columns.iter().map(|(name, _)| name))?;
    let mut digits = String::new();
    for row in &table.rows {
        for value in row {
            match value {
                Value::Text(words) => writer.write_field(words.as_bytes())?,
                Value::Number(number) => {
                    use std::fmt::Write as _;
                    digits.clear();
                    // Writing to a string does not fail.
                    let _ = write!(digits, "{number}");
                    writer.write_field(&digits)?;
                }
                Value::Missing => writer.write_field("")?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    // Dropping a buffered writer swallows the error of a full disk.
    writer
        .into_inner()
        .map_err(::csv::IntoInnerError::into_error)?
        .flush()?;
    Ok(())
}
