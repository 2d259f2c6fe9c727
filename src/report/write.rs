//! A run folder, format by format.

use std::fs;
use std::path::Path;

use super::manifest::{Manifest, sha256};
use super::read::read;
use super::results::InputRow;
use super::{Format, ReportError, Results, csv, html, parquet, returns, table, xlsx};

/// Writes every file of a run but `run.log` into an existing folder.
pub fn write(results: &Results, formats: &[Format], dir: &Path) -> Result<(), ReportError> {
    let mut tables = Vec::new();
    let indicators = table::indicators(results);
    let comparison = table::comparison(results);
    let (attribution, past) = (table::attribution(results), table::past(results));
    let (rates, tested) = (table::rates(results), table::tested(results));
    if formats.contains(&Format::Csv) {
        let mut all = vec![&indicators, &comparison, &attribution, &past, &rates];
        if !results.tested.is_empty() {
            all.push(&tested);
        }
        for table in all {
            csv::write(table, dir)?;
            tables.push(hash(dir, table.name)?);
        }
        returns::write(results, dir)?;
    }
    if formats.contains(&Format::Parquet) {
        parquet::write(&indicators, dir)?;
        parquet::write(&comparison, dir)?;
    }
    people(results, formats, dir)?;
    csv::write(&table::assumptions(results), dir)?;
    Manifest::of(results, tables).write(dir)
}

/// Renders the reports for people again, from the files of a finished run. A report that is there
/// is replaced only once the new one is complete.
pub fn render_again(dir: &Path, formats: &[Format]) -> Result<(), ReportError> {
    let results = read(dir)?;
    people(&results, formats, dir)
}

fn people(results: &Results, formats: &[Format], dir: &Path) -> Result<(), ReportError> {
    if formats.contains(&Format::Html) {
        html::write(results, dir)?;
    }
    if formats.contains(&Format::Xlsx) {
        xlsx::write(results, dir)?;
    }
    Ok(())
}

fn hash(dir: &Path, table: &str) -> Result<InputRow, ReportError> {
    let file = format!("{table}.csv");
    let path = dir.join(&file);
    let bytes = fs::read(&path).map_err(|error| ReportError::write(&path, &error))?;
    Ok(InputRow {
        file,
        sha256: sha256(&bytes),
    })
}
