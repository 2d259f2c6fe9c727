//! Which action causes which part of a scenario's difference.

use rayon::prelude::*;

use super::compare::{numbers, positions, with_values};
use super::quantiles::{Moments, joint_variance};
use super::run_table::Value;
use super::{AttributionRow, Cell, RunTable};

/// Name of the part that no single action explains.
pub const INTERACTION: &str = "interaction";

/// Name of the whole difference.
pub const TOTAL: &str = "total";

/// Rows of `attribution.csv` of one scenario, for totals and one-way margins.
///
/// Each action is simulated on its own against the first scenario, in the same runs; its share is
/// its own mean effect. What their sum does not explain is the interaction: actions that add up to
/// less than their parts (the same child would have been helped twice) leave a share of the
/// opposite sign. `alone` holds the actions in the scenario's order.
///
/// Actions on their own may have fewer runs: the first of them. Each share is then carried to all
/// runs by its regression on the whole difference (two-phase sampling; Cochran, Sampling
/// Techniques, 3rd ed. 1977, section 12.6), which is linear, so that shares and interaction still
/// add up to the whole.
///
/// # Panics
///
/// When the two scenarios have different numbers of runs, or the actions different ones from one
/// another or more.
pub fn attribute<V: Value>(
    first: &RunTable<V>,
    alone: &[(&str, &RunTable<V>)],
    together: &RunTable<V>,
    scenario: &str,
) -> Vec<AttributionRow> {
    let runs = alone.first().map_or(first.runs, |(_, table)| table.runs);
    assert!(
        alone.iter().all(|(_, table)| table.runs == runs)
            && together.runs == first.runs
            && runs <= first.runs,
        "runs are compared pair by pair"
    );
    let at = positions(first);
    let at_alone: Vec<_> = alone.iter().map(|(_, table)| positions(table)).collect();
    together
        .cells
        .par_iter()
        .enumerate()
        .filter(|(_, cell)| cell.depth() <= 1)
        .flat_map_iter(|(index, cell)| {
            let mut columns = vec![
                numbers(first, at.get(cell).copied()),
                numbers(together, Some(index)),
            ];
            let whole = difference(&with_values(&columns), 1);
            columns.iter_mut().for_each(|column| column.truncate(runs));
            let own = alone.iter().zip(&at_alone);
            columns.extend(own.map(|((_, table), at)| numbers(table, at.get(cell).copied())));
            let columns = with_values(&columns);
            let total = difference(&columns, 1);
            let names = alone.iter().map(|(name, _)| *name);
            let effects = names.enumerate();
            let effects = effects.map(|(at, name)| (name, difference(&columns, at + 2)));
            let differences = Differences {
                whole: &whole,
                total: &total,
                parts: V::PARTS,
            };
            differences.shares(cell, scenario, &effects.collect::<Vec<_>>())
        })
        .collect()
}

/// What a column has more than the first, run by run.
fn difference(columns: &[Vec<i64>], of: usize) -> Vec<i64> {
    subtract(&columns[of], &columns[0])
}

/// The whole difference of a cell by run: in all runs, and in those of the actions on their own.
struct Differences<'a> {
    whole: &'a [i64],
    total: &'a [i64],
    parts: i64,
}

impl Differences<'_> {
    fn shares(
        &self,
        cell: &Cell,
        scenario: &str,
        effects: &[(&str, Vec<i64>)],
    ) -> Vec<AttributionRow> {
        let row = |order, action: &str, differences: &[i64]| {
            let (mut mean, error) = self.carried(differences);
            if action == INTERACTION {
                mean += self.not_carried();
            }
            AttributionRow {
                scenario: scenario.to_owned(),
                order,
                action: action.to_owned(),
                cell: cell.clone(),
                mean: mean / self.parts as f64,
                monte_carlo_error: error / self.parts as f64,
            }
        };
        let left_over = effects
            .iter()
            .fold(self.total.to_vec(), |left, (_, effect)| {
                subtract(&left, effect)
            });
        let actions = effects.iter().enumerate();
        actions
            .map(|(index, (action, effect))| row(index + 1, action, effect))
            .chain([
                row(0, INTERACTION, &left_over),
                self.row_of_whole(cell, scenario),
            ])
            .collect()
    }

    /// The whole difference, as the comparison has it.
    fn row_of_whole(&self, cell: &Cell, scenario: &str) -> AttributionRow {
        let whole = Moments::of(self.whole.iter().copied());
        AttributionRow {
            scenario: scenario.to_owned(),
            order: 0,
            action: TOTAL.to_owned(),
            cell: cell.clone(),
            mean: whole.mean() / self.parts as f64,
            monte_carlo_error: whole.standard_error() / self.parts as f64,
        }
    }

    /// What the whole has more in all runs than in the first, where it does not vary in these, so that
    /// no share can follow it: nobody knows which action it is of.
    fn not_carried(&self) -> f64 {
        let [total, whole] = [self.total, self.whole].map(|of| Moments::of(of.iter().copied()));
        if total.scaled_variance() == 0 && whole.scaled_variance() != 0 {
            whole.mean() - total.mean()
        } else {
            0.0
        }
    }

    /// The mean of differences over all runs and its standard error, from those of the first runs; the
    /// error is not known where the whole varies in all runs and not in the first.
    fn carried(&self, differences: &[i64]) -> (f64, f64) {
        let own = Moments::of(differences.iter().copied());
        if self.whole.len() == self.total.len() {
            return (own.mean(), own.standard_error());
        }
        let total = Moments::of(self.total.iter().copied());
        let whole = Moments::of(self.whole.iter().copied());
        let varies = total.scaled_variance();
        if varies == 0 {
            let is_known = whole.scaled_variance() == 0;
            let error = if is_known {
                own.standard_error()
            } else {
                f64::NAN
            };
            return (own.mean(), error);
        }
        let slope = joint_variance(differences, self.total) as f64 / varies as f64;
        let mean = own.mean() + slope * (whole.mean() - total.mean());
        let explained = (slope * total.standard_error()).powi(2);
        let unexplained = (own.standard_error().powi(2) - explained).max(0.0);
        let of_whole = (slope * whole.standard_error()).powi(2);
        (mean, (unexplained + of_whole).sqrt())
    }
}

fn subtract(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
