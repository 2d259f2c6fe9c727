//! `manifest.json`: what the run was, without a clock, so that the same run gives the same bytes.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::results::{AreaRow, FindingRow, InputRow, ParameterRow, ScenarioRow, SourceRow};
use super::{ReportError, Results};

/// File name in the run folder.
pub(super) const NAME: &str = "manifest.json";

/// What a run was: program, settings, inputs and the hashes of its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) program: String,
    pub(super) version: String,
    pub(super) area: AreaRow,
    pub(super) seed: u64,
    pub(super) runs: usize,
    pub(super) years: u32,
    pub(super) scenarios: Vec<ScenarioRow>,
    pub(super) inputs: Vec<InputRow>,
    pub(super) sources: Vec<SourceRow>,
    pub(super) findings: Vec<FindingRow>,
    pub(super) parameters: Vec<ParameterRow>,
    pub(super) tables: Vec<InputRow>,
}

impl Manifest {
    /// The manifest of results whose tables stand in `dir`.
    pub(super) fn of(results: &Results, tables: Vec<InputRow>) -> Self {
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            area: results.area.clone(),
            seed: results.seed,
            runs: results.runs,
            years: results.years,
            scenarios: results.scenarios.clone(),
            inputs: results.inputs.clone(),
            sources: results.sources.clone(),
            findings: results.findings.clone(),
            parameters: results.parameters.clone(),
            tables,
        }
    }

    /// Whether the run wrote a table as CSV.
    pub(super) fn has_table(&self, name: &str) -> bool {
        let file = format!("{name}.csv");
        self.tables.iter().any(|table| table.file == file)
    }

    pub(super) fn write(&self, dir: &Path) -> Result<(), ReportError> {
        let path = dir.join(NAME);
        let mut json = serde_json::to_string_pretty(self)
            .map_err(|error| ReportError::write(&path, &error))?;
        json.push('\n');
        fs::write(&path, json).map_err(|error| ReportError::write(&path, &error))
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
