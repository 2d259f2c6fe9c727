//! Counts of every run, cell by cell.

use super::Cell;

/// The counts of one scenario: every cell in every run, stored exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunTable {
    /// Number of runs.
    pub runs: usize,
    /// What is counted.
    pub cells: Vec<Cell>,
    /// Counts, cell by cell: `values[cell * runs + run]`.
    pub values: Vec<u32>,
}

impl RunTable {
    /// Counts of one cell, by run.
    pub fn of(&self, cell: usize) -> &[u32] {
        &self.values[cell * self.runs..(cell + 1) * self.runs]
    }
}
