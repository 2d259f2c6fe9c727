//! Controlled rounding: tables of whole children whose margins hold exactly.

use super::transport::{CannotHold, Goal, whole_table};

/// Rounds a table with whole row and column totals so that both stay exact.
///
/// Each cell goes to one of the two whole numbers about it and a zero stays zero: such a rounding
/// exists whenever the table has these totals, because the bipartite graph of fractional cells
/// breaks into cycles (Cox 1987, JASA 82:520-524). Among those the one nearest
/// to the table (least squares) is taken. A table whose totals are a little off may move a cell
/// above zero further.
pub fn round_table(table: &[f64], rows: &[u32], columns: &[u32]) -> Result<Vec<u32>, CannotHold> {
    round_table_carrying(table, &vec![0.0; table.len()], rows, columns)
}

/// [`round_table`], with errors carried from tables rounded before: the sum of errors, rather than
/// the error of this table, is made least.
pub fn round_table_carrying(
    table: &[f64],
    carried: &[f64],
    rows: &[u32],
    columns: &[u32],
) -> Result<Vec<u32>, CannotHold> {
    let goals: Vec<Goal> = table
        .iter()
        .zip(carried)
        .map(|(&value, &error)| Goal {
            near: value - error,
            ..Goal::rounded(value)
        })
        .collect();
    whole_table(&goals, rows, columns).or_else(|CannotHold| {
        let wider: Vec<Goal> = table
            .iter()
            .map(|&value| Goal {
                near: value,
                least: 0,
                most: if value > 0.0 { u32::MAX } else { 0 },
            })
            .collect();
        whole_table(&wider, rows, columns)
    })
}

/// Whole numbers near to `shares`, in proportion, that add up to `total`: largest remainders, the
/// first of equals. All zero shares take everything in the first place.
pub fn apportion(shares: &[f64], total: u32) -> Vec<u32> {
    let sum: f64 = shares.iter().sum();
    let exact: Vec<f64> = shares
        .iter()
        .map(|share| {
            if sum > 0.0 {
                share / sum * f64::from(total)
            } else {
                0.0
            }
        })
        .collect();
    let mut whole: Vec<u32> = exact.iter().map(|x| x.floor() as u32).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let left = total.saturating_sub(whole.iter().sum());
    for &place in order
        .iter()
        .cycle()
        .take(if shares.is_empty() { 0 } else { left as usize })
    {
        whole[place] += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand: every cell is a half, so the margins 2, 2 by 1, 2, 1 leave two tables; the first
    /// cell gives way.
    #[test]
    fn halves_are_rounded_by_cycles() {
        let table = [0.5, 1.0, 0.5, 0.5, 1.0, 0.5];
        let rounded = round_table(&table, &[2, 2], &[1, 2, 1]).unwrap();
        assert_eq!(rounded, [0, 1, 1, 1, 1, 0]);
    }

    #[test]
    fn totals_that_no_table_can_have_are_refused() {
        assert_eq!(round_table(&[1.0, 0.0], &[1], &[0, 1]), Err(CannotHold));
        assert_eq!(round_table(&[1.0, 1.0], &[3], &[1, 1]), Err(CannotHold));
    }

    #[test]
    fn an_error_carried_from_another_table_turns_the_rounding() {
        let table = [0.5, 0.5, 0.5, 0.5];
        let carried = [0.5, -0.5, -0.5, 0.5];
        let rounded = round_table_carrying(&table, &carried, &[1, 1], &[1, 1]).unwrap();
        assert_eq!(rounded, [0, 1, 1, 0]);
    }

    #[test]
    fn largest_remainders_add_up() {
        assert_eq!(apportion(&[1.0, 1.0, 2.0], 6), [2, 1, 3]);
        assert_eq!(apportion(&[0.0, 0.0], 3), [2, 1]);
        assert_eq!(apportion(&[], 0), Vec::<u32>::new());
    }

    /// A table of fractions with whole margins: a mixture of whole tables that share them.
    fn fractional_table(width: usize) -> impl Strategy<Value = (Vec<f64>, Vec<u32>, Vec<u32>)> {
        let whole = proptest::collection::vec(0_u32..6, 6 * width);
        let mixing =
            proptest::collection::vec((0..6_usize, 0..width, 0..6_usize, 0..width, 0.0..1.0), 30);
        (whole, mixing).prop_map(move |(whole, mixing)| {
            let mut table: Vec<f64> = whole.iter().map(|&n| f64::from(n)).collect();
            for (i, j, k, l, share) in mixing {
                let (falls, rises) = (
                    (i * width + j, k * width + l),
                    (i * width + l, k * width + j),
                );
                let moved = share * table[falls.0].min(table[falls.1]);
                if i != k && j != l {
                    table[falls.0] -= moved;
                    table[falls.1] -= moved;
                    table[rises.0] += moved;
                    table[rises.1] += moved;
                }
            }
            let rows = whole.chunks(width).map(|row| row.iter().sum()).collect();
            let columns = (0..width)
                .map(|j| whole.iter().skip(j).step_by(width).sum())
                .collect();
            (table, rows, columns)
        })
    }

    proptest! {
        #[test]
        fn a_rounded_table_keeps_both_margins_moves_by_less_than_one_and_keeps_zeros(
            (table, rows, columns) in fractional_table(5),
        ) {
            let rounded = round_table(&table, &rows, &columns).unwrap();
            for (i, row) in rounded.chunks(5).enumerate() {
                prop_assert_eq!(row.iter().sum::<u32>(), rows[i]);
            }
            for (j, &column) in columns.iter().enumerate() {
                prop_assert_eq!(rounded.iter().skip(j).step_by(5).sum::<u32>(), column);
            }
            for (&cell, &value) in rounded.iter().zip(&table) {
                prop_assert!((f64::from(cell) - value).abs() < 1.0 + 1e-9);
                prop_assert!(value > 0.0 || cell == 0);
            }
            prop_assert_eq!(rounded, round_table(&table, &rows, &columns).unwrap());
        }

        #[test]
        fn an_apportionment_adds_up_and_moves_by_less_than_one(
            shares in proptest::collection::vec(0.0..10.0_f64, 1..20), total in 0_u32..1000,
        ) {
            let whole = apportion(&shares, total);
            prop_assert_eq!(whole.iter().sum::<u32>(), total);
            let sum: f64 = shares.iter().sum();
            prop_assume!(sum > 0.0);
            for (&n, share) in whole.iter().zip(&shares) {
                prop_assert!((f64::from(n) - share / sum * f64::from(total)).abs() < 1.0 + 1e-9);
            }
        }
    }
}
