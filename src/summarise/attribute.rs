//! Which action causes which part of a scenario's difference.

use rayon::prelude::*;

use super::compare::{numbers, positions, with_values};
use super::quantiles::Moments;
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
/// # Panics
///
/// When the tables have different numbers of runs.
pub fn attribute<V: Value>(
    first: &RunTable<V>,
    alone: &[(&str, &RunTable<V>)],
    together: &RunTable<V>,
    scenario: &str,
) -> Vec<AttributionRow> {
    assert!(
        alone.iter().all(|(_, table)| table.runs == first.runs) && together.runs == first.runs,
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
            let own = alone.iter().zip(&at_alone);
            columns.extend(own.map(|((_, table), at)| numbers(table, at.get(cell).copied())));
            let columns = with_values(&columns);
            let (base, own) = (&columns[0], &columns[2..]);
            let effects = alone
                .iter()
                .zip(own)
                .map(|((name, _), own)| (*name, subtract(own, base)));
            let total = subtract(&columns[1], base);
            shares(
                cell,
                scenario,
                &effects.collect::<Vec<_>>(),
                &total,
                V::PARTS,
            )
        })
        .collect()
}

fn shares(
    cell: &Cell,
    scenario: &str,
    effects: &[(&str, Vec<i64>)],
    total: &[i64],
    parts: i64,
) -> Vec<AttributionRow> {
    let row = |order, action: &str, differences: &[i64]| {
        let moments = Moments::of(differences.iter().copied());
        AttributionRow {
            scenario: scenario.to_owned(),
            order,
            action: action.to_owned(),
            cell: cell.clone(),
            mean: moments.mean() / parts as f64,
            monte_carlo_error: moments.standard_error() / parts as f64,
        }
    };
    let left_over = effects
        .iter()
        .fold(total.to_vec(), |left, (_, effect)| subtract(&left, effect));
    let actions = effects.iter().enumerate();
    actions
        .map(|(index, (action, effect))| row(index + 1, action, effect))
        .chain([row(0, INTERACTION, &left_over), row(0, TOTAL, total)])
        .collect()
}

fn subtract(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
