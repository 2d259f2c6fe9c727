//! A finished run read back from its folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::manifest::{self, Manifest, sha256};
use super::results::RateRow;
use super::table::ascii;
use super::{ReportError, Results};
use crate::area::{TestedRow, TestedScope};
use crate::summarise::{AttributionRow, Cell, ComparisonRow, IndicatorRow, PastRow, Summary};

/// Reads the results of a finished run, exactly as it had them: `manifest.json` and the CSV
/// tables, each of which must be the file that the run wrote.
pub fn read(dir: &Path) -> Result<Results, ReportError> {
    let manifest = read_manifest(&dir.join(manifest::NAME))?;
    if manifest.tables.is_empty() {
        return Err(ReportError::NoTables(dir.to_owned()));
    }
    let table = |name| Rows::read(dir, name, &manifest);
    let scenario = |words: &str| {
        let mut names = manifest.scenarios.iter().map(|scenario| &scenario.name);
        let name = names.find(|name| ascii(name) == words);
        name.map_or_else(|| words.to_owned(), Clone::clone)
    };
    Ok(Results {
        indicators: table("indicators")?.each(|row| {
            Ok(IndicatorRow {
                scenario: scenario(row.text("scenario")?),
                cell: cell(row)?,
                summary: summary(row)?,
            })
        })?,
        comparison: table("comparison")?.each(|row| {
            Ok(ComparisonRow {
                scenario: scenario(row.text("scenario")?),
                cell: cell(row)?,
                difference: summary(row)?,
                probability_lower: row.number("probability_lower")?,
                probability_higher: row.number("probability_higher")?,
                variance_reduction: row.optional("variance_reduction")?,
            })
        })?,
        attribution: table("attribution")?.each(|row| {
            Ok(AttributionRow {
                scenario: scenario(row.text("scenario")?),
                order: row.number("order")? as usize,
                action: row.text("action")?.to_owned(),
                cell: cell(row)?,
                mean: row.number("mean")?,
                monte_carlo_error: row.number("monte_carlo_error")?,
            })
        })?,
        past: table("past")?.each(|row| {
            Ok(PastRow {
                time_period: row.text("time_period")?.to_owned(),
                time_identifier: keep(row.text("time_identifier")?),
                indicator: keep(row.text("indicator")?),
                value: row.number("value")?,
            })
        })?,
        rates: table("rates")?.each(|row| {
            Ok(RateRow {
                process: row.text("process")?.to_owned(),
                age: row.number("age")? as u8,
                value: row.number("value")?,
                low: row.number("low")?,
                high: row.number("high")?,
                evidence_events: row.optional("evidence_events")?,
            })
        })?,
        tested: if manifest.has_table("tested") {
            table("tested")?.each(tested)?
        } else {
            Vec::new()
        },
        area: manifest.area,
        seed: manifest.seed,
        runs: manifest.runs,
        years: manifest.years,
        scenarios: manifest.scenarios,
        parameters: manifest.parameters,
        sources: manifest.sources,
        inputs: manifest.inputs,
        findings: manifest.findings,
    })
}

fn tested(row: &Row<'_>) -> Result<TestedRow, ReportError> {
    let scope = row.text("scope")?;
    Ok(TestedRow {
        scope: TestedScope::from_code(scope)
            .ok_or_else(|| row.damaged(format!("`{scope}` in `scope` is unknown")))?,
        origin: row.optional("origin")?.map(|year| year as i32),
        horizon: row.number("horizon")? as usize,
        n: row.number("n")? as usize,
        p10: row.optional("p10")?,
        p50: row.optional("p50")?,
        p90: row.optional("p90")?,
        actual: row.optional("actual")?,
        mape: row.optional("mape")?,
        held_80: row.optional("held_80")?,
        held_90: row.optional("held_90")?,
    })
}

fn read_manifest(path: &Path) -> Result<Manifest, ReportError> {
    let bytes = read_bytes(path)?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ReportError::damaged(path, error.line(), error.to_string()))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ReportError> {
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(ReportError::Missing(path.to_owned()))
        }
        Err(error) => Err(ReportError::damaged(path, 0, error.to_string())),
    }
}

fn cell(row: &Row<'_>) -> Result<Cell, ReportError> {
    let word = |column| row.text(column).map(keep);
    Ok(Cell {
        time_period: row.text("time_period")?.to_owned(),
        time_identifier: word("time_identifier")?,
        indicator: word("indicator")?,
        unit: word("unit")?,
        age_group: word("age_group")?,
        sex: word("sex")?,
        primary_need: word("primary_need")?,
        setting: word("setting")?,
        phase: word("phase")?,
        service: word("service")?,
        category: word("category")?,
        basis: word("basis")?,
    })
}

fn summary(row: &Row<'_>) -> Result<Summary, ReportError> {
    let mut quantiles = [0.0; 7];
    let columns = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];
    for (quantile, column) in quantiles.iter_mut().zip(columns) {
        *quantile = row.number(column)?;
    }
    Ok(Summary {
        mean: row.number("mean")?,
        sd: row.number("sd")?,
        quantiles,
        monte_carlo_error: row.number("monte_carlo_error")?,
    })
}

/// A table of the run folder, checked against the manifest.
struct Rows {
    path: PathBuf,
    header: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

impl Rows {
    fn read(dir: &Path, name: &str, manifest: &Manifest) -> Result<Self, ReportError> {
        let file = format!("{name}.csv");
        let path = dir.join(&file);
        let bytes = read_bytes(&path)?;
        let Some(written) = manifest.tables.iter().find(|table| table.file == file) else {
            let reason = "the manifest does not list it among the tables of the run";
            return Err(ReportError::damaged(&path, 0, reason));
        };
        if written.sha256 != sha256(&bytes) {
            let reason = "it has changed since the run wrote it";
            return Err(ReportError::damaged(&path, 0, reason));
        }
        let damaged = |error: csv::Error| ReportError::damaged(&path, 0, error.to_string());
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().map_err(damaged)?.clone();
        let records: Result<_, _> = reader.records().collect();
        Ok(Self {
            header,
            records: records.map_err(damaged)?,
            path,
        })
    }

    fn each<T>(
        &self,
        row: impl Fn(&Row<'_>) -> Result<T, ReportError>,
    ) -> Result<Vec<T>, ReportError> {
        let records = self.records.iter();
        let rows = records.map(|record| {
            row(&Row {
                table: self,
                record,
            })
        });
        rows.collect()
    }
}

struct Row<'a> {
    table: &'a Rows,
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> Result<&'a str, ReportError> {
        let position = self.table.header.iter().position(|name| name == column);
        let cell = position.and_then(|position| self.record.get(position));
        cell.ok_or_else(|| self.damaged(format!("there is no column `{column}`")))
    }

    /// The number in a column; `NaN` where the cell is empty.
    fn number(&self, column: &str) -> Result<f64, ReportError> {
        match self.text(column)? {
            "" => Ok(f64::NAN),
            digits => digits
                .parse()
                .map_err(|_| self.damaged(format!("`{digits}` in `{column}` is not a number"))),
        }
    }

    /// The number in a column, if the cell has one.
    fn optional(&self, column: &str) -> Result<Option<f64>, ReportError> {
        let number = self.number(column)?;
        Ok(Some(number).filter(|number| !number.is_nan()))
    }

    fn damaged(&self, reason: String) -> ReportError {
        let line = self.record.position().map_or(0, csv::Position::line) as usize;
        ReportError::damaged(&self.table.path, line, reason)
    }
}

/// The one copy of a word that result rows share. A file has few different words, so what is kept
/// for the life of the process stays small.
fn keep(word: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}
