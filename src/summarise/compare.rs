//! Differences between scenarios, run by run.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::quantiles::{Moments, distribution};
use super::run_table::Value;
use super::{Cell, ComparisonRow, RunTable};

/// Rows of `comparison.csv`: what `scenario` counts more than `first`, in the same run of the same
/// draw. A cell that one of the two tables lacks never occurred there and counts 0; a run in which
/// one of the two has no value is left out.
///
/// # Panics
///
/// When the tables have different numbers of runs: their runs are not pairs.
pub fn compare<V: Value>(
    first: &RunTable<V>,
    scenario: &RunTable<V>,
    name: &str,
) -> Vec<ComparisonRow> {
    let pairs = Pairs::new(first, scenario);
    pairs
        .cells()
        .par_iter()
        .map(|cell| {
            let sides = with_values(&pairs.numbers(cell));
            row(cell.cell, name, &sides[0], &sides[1], V::PARTS)
        })
        .collect()
}

fn row(cell: &Cell, scenario: &str, a: &[i64], b: &[i64], parts: i64) -> ComparisonRow {
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
        difference: distribution(&mut differences, parts),
        probability_lower: lower / runs,
        probability_higher: higher / runs,
        variance_reduction: (varies != 0).then(|| independent as f64 / varies as f64),
    }
}

/// The cells of two tables, matched by what they are about.
struct Pairs<'a, V> {
    first: &'a RunTable<V>,
    second: &'a RunTable<V>,
    cells: Vec<Pair<'a>>,
}

struct Pair<'a> {
    cell: &'a Cell,
    first: Option<usize>,
    second: Option<usize>,
}

impl<'a, V: Value> Pairs<'a, V> {
    fn new(first: &'a RunTable<V>, second: &'a RunTable<V>) -> Self {
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

    fn numbers(&self, pair: &Pair<'_>) -> [Vec<Option<i64>>; 2] {
        [
            numbers(self.first, pair.first),
            numbers(self.second, pair.second),
        ]
    }
}

/// Where each cell stands in a table.
pub(super) fn positions<V>(table: &RunTable<V>) -> BTreeMap<&Cell, usize> {
    table
        .cells
        .iter()
        .enumerate()
        .map(|(index, cell)| (cell, index))
        .collect()
}

/// Numbers of a cell by run, in parts; 0 in every run where the table has no such cell.
pub(super) fn numbers<V: Value>(table: &RunTable<V>, cell: Option<usize>) -> Vec<Option<i64>> {
    cell.map_or_else(
        || vec![Some(0); table.runs],
        |index| table.of(index).iter().map(|value| value.parts()).collect(),
    )
}

/// The numbers of several tables in the runs in which all of them have one.
pub(super) fn with_values(columns: &[Vec<Option<i64>>]) -> Vec<Vec<i64>> {
    let runs = columns.first().map_or(0, Vec::len);
    let has_all = |run: &usize| columns.iter().all(|column| column[*run].is_some());
    let kept: Vec<usize> = (0..runs).filter(has_all).collect();
    let of_column =
        |column: &Vec<Option<i64>>| kept.iter().filter_map(|&run| column[run]).collect();
    columns.iter().map(of_column).collect()
}
