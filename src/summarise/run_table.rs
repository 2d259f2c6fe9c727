//! Numbers of every run, cell by cell.

use super::Cell;

/// The numbers of one scenario: every cell in every run, stored exactly. Counts are `u32`; what
/// companion models measure is `f64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunTable<V = u32> {
    /// Number of runs.
    pub runs: usize,
    /// What is counted or measured.
    pub cells: Vec<Cell>,
    /// Numbers, cell by cell: `values[cell * runs + run]`.
    pub values: Vec<V>,
}

impl<V> RunTable<V> {
    /// Numbers of one cell, by run.
    pub fn of(&self, cell: usize) -> &[V] {
        &self.values[cell * self.runs..(cell + 1) * self.runs]
    }
}

/// A number of a run, as whole parts of its unit: sums of whole numbers do not depend on the order
/// of the runs.
pub trait Value: Copy + Sync {
    /// Parts of one unit.
    const PARTS: i64;

    /// The number in parts; `None` where the run has none.
    fn parts(self) -> Option<i64>;
}

impl Value for u32 {
    const PARTS: i64 = 1;

    fn parts(self) -> Option<i64> {
        Some(i64::from(self))
    }
}

impl Value for f64 {
    const PARTS: i64 = 1_000_000;

    fn parts(self) -> Option<i64> {
        (!self.is_nan()).then(|| (self * Self::PARTS as Self).round() as i64)
    }
}
