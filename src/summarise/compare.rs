//! Differences between scenarios, run by run.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::quantiles::{Moments, distribution};
use super::{Cell, ComparisonRow, RunTable};

/// Rows of `comparison.csv`: what `scenario` counts more than `first`, in the same run of the same
/// draw. A cell that one of the two tables lacks never occurred there and counts 0.
///
/// # Panics
///
/// When the tables have different numbers of runs: their runs are not pairs.
pub fn compare(first: &RunTable, scenario: &RunTable, name: &str) -> Vec<ComparisonRow> {
    let pairs = Pairs::new(first, scenario);
    pairs
        .cells()
        .par_iter()
        .map(|cell| {
            let (a, b) = pairs.counts(cell);
            row(cell.cell, name, &a, &b)
        })
        .collect()
}

fn row(cell: &Cell, scenario: &str, a: &[i64], b: &[i64]) -> ComparisonRow {
    let mut differences: Vec<i64> = b.iter().zip(a).map(|(b, a)| b - a).collect();
    let varies = Moments::of(differences.iter().copied()).scaled_variance();
    let independent = Moments::of(a.iter().copied()).scaled_variance()
        + Moments::of(b.iter().copied()).scaled_variance();
    let runs = differences.len() as f64;
    let lower = differences.iter().filter(|&&d| d < 0).count() as f64;
    let higher = differences.iter().filter(|&&d| d > 0).count() as f64;
    ComparisonRow {
        scenario: scenario.to_owned(),
        cell: cell.clone(),
        difference: distribution(&mut differences),
        probability_lower: lower / runs,
        probability_higher: higher / runs,
        variance_reduction: (varies != 0).then(|| independent as f64 / varies as f64),
    }
}

/// The cells of two tables, matched by what they are about.
struct Pairs<'a> {
    first: &'a RunTable,
    second: &'a RunTable,
    cells: Vec<Pair<'a>>,
}

struct Pair<'a> {
    cell: &'a Cell,
    first: Option<usize>,
    second: Option<usize>,
}

impl<'a> Pairs<'a> {
    fn new(first: &'a RunTable, second: &'a RunTable) -> Self {
        assert_eq!(first.runs, second.runs, "runs are compared pair by pair");
        let at = positions(second);
        let known = positions(first);
        let of_first = first.cells.iter().enumerate().map(|(index, cell)| Pair {
            cell,
            first: Some(index),
            second: at.get(cell).copied(),
        });
        let new_in_second = second.cells.iter().enumerate().filter_map(|(index, cell)| {
            (!known.contains_key(cell)).then_some(Pair {
                cell,
                first: None,
                second: Some(index),
            })
        });
        Self {
            first,
            second,
            cells: of_first.chain(new_in_second).collect(),
        }
    }

    fn cells(&self) -> &[Pair<'a>] {
        &self.cells
    }

    fn counts(&self, pair: &Pair<'_>) -> (Vec<i64>, Vec<i64>) {
        (
            counts(self.first, pair.first),
            counts(self.second, pair.second),
        )
    }
}

/// Where each cell stands in a table.
pub(super) fn positions(table: &RunTable) -> BTreeMap<&Cell, usize> {
    table
        .cells
        .iter()
        .enumerate()
        .map(|(index, cell)| (cell, index))
        .collect()
}

/// Counts of a cell by run; 0 in every run where the table has no such cell.
pub(super) fn counts(table: &RunTable, cell: Option<usize>) -> Vec<i64> {
    cell.map_or_else(
        || vec![0; table.runs],
        |index| table.of(index).iter().map(|&n| i64::from(n)).collect(),
    )
}
