//! Controlled rounding: tables of whole children whose margins hold exactly.

use std::fmt;

/// One cell of a table of whole children: the number that it should be near and its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// Wanted number; may be a fraction, or negative where another table took too many.
    pub near: f64,
    /// Least whole number allowed.
    pub least: u32,
    /// Greatest whole number allowed.
    pub most: u32,
}

impl Goal {
    /// One of the two whole numbers about a value; a whole number stays itself.
    pub fn rounded(value: f64) -> Self {
        let nearest = value.round();
        let (least, most) = if (value - nearest).abs() < SNAP {
            (nearest, nearest)
        } else {
            (value.floor(), value.ceil())
        };
        Self {
            near: value,
            least: least.max(0.0) as u32,
            most: most.max(0.0) as u32,
        }
    }
}

/// Distance below which a number counts as whole.
const SNAP: f64 = 1e-4;

/// No table of whole children within the bounds has these row and column totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CannotHold;

impl fmt::Display for CannotHold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no table of whole children has these row and column totals")
    }
}

impl std::error::Error for CannotHold {}

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

/// The table of whole children nearest to its goals (least squares) with these row and column
/// totals, within the bounds of every cell.
///
/// A transport problem with convex costs. It starts from the nearest whole numbers and moves one
/// child at a time along the cheapest path from a row or column that lacks one to another that
/// has one too many, raising and lowering cells in turn (successive shortest paths), which is
/// exact. Ties are settled by the order of cells, so the same table gives the same result.
pub fn whole_table(goals: &[Goal], rows: &[u32], columns: &[u32]) -> Result<Vec<u32>, CannotHold> {
    assert_eq!(goals.len(), rows.len() * columns.len(), "one goal per cell");
    let total = |margin: &[u32]| margin.iter().map(|&n| u64::from(n)).sum::<u64>();
    if total(rows) != total(columns) || goals.iter().any(|goal| goal.least > goal.most) {
        return Err(CannotHold);
    }
    let mut transport = Transport::start(goals, rows, columns);
    while transport.lacking.iter().any(|&lacking| lacking > 0) {
        transport.move_one_child()?;
    }
    Ok(transport.cells)
}

/// A table on its way to its totals. Rows come first among the places, then columns. Costs are
/// whole numbers, so that sums of them are exact and ties are ties.
struct Transport<'a> {
    goals: &'a [Goal],
    /// Goals in units of 1 / [`SCALE`].
    near: Vec<i64>,
    cells: Vec<u32>,
    columns: usize,
    rows: usize,
    /// Children that a place can give on: short rows and over-full columns are positive, over-full
    /// rows and short columns negative.
    lacking: Vec<i64>,
    distance: Vec<i64>,
    /// Cell by which the cheapest path reaches a place.
    by: Vec<usize>,
}

impl<'a> Transport<'a> {
    fn start(goals: &'a [Goal], rows: &[u32], columns: &[u32]) -> Self {
        let near: Vec<i64> = goals
            .iter()
            .map(|goal| (goal.near * SCALE as f64).round() as i64)
            .collect();
        let nearest = |near: i64| ((near + SCALE / 2).div_euclid(SCALE)).max(0) as u32;
        let cells: Vec<u32> = goals
            .iter()
            .zip(&near)
            .map(|(goal, &near)| nearest(near).clamp(goal.least, goal.most))
            .collect();
        let mut lacking: Vec<i64> = rows.iter().map(|&row| i64::from(row)).collect();
        lacking.extend(columns.iter().map(|&column| -i64::from(column)));
        for (cell, &children) in cells.iter().enumerate() {
            lacking[cell / columns.len()] -= i64::from(children);
            lacking[rows.len() + cell % columns.len()] += i64::from(children);
        }
        Self {
            goals,
            near,
            cells,
            rows: rows.len(),
            columns: columns.len(),
            distance: vec![FAR; lacking.len()],
            by: vec![START; lacking.len()],
            lacking,
        }
    }

    fn move_one_child(&mut self) -> Result<(), CannotHold> {
        self.find_paths();
        let mut place = (0..self.lacking.len())
            .filter(|&place| self.lacking[place] < 0 && self.distance[place] < FAR)
            .min_by_key(|&place| self.distance[place])
            .ok_or(CannotHold)?;
        self.lacking[place] += 1;
        while self.by[place] != START {
            let cell = self.by[place];
            let (row, column) = (cell / self.columns, self.rows + cell % self.columns);
            if place == column {
                self.cells[cell] += 1;
                place = row;
            } else {
                self.cells[cell] -= 1;
                place = column;
            }
        }
        self.lacking[place] -= 1;
        Ok(())
    }

    /// Cheapest paths from every place that lacks a child (Bellman and Ford). No cycle is cheaper
    /// than nothing, because costs are convex and every table on the way is the best of those
    /// with its totals.
    fn find_paths(&mut self) {
        for place in 0..self.lacking.len() {
            self.distance[place] = if self.lacking[place] > 0 { 0 } else { FAR };
            self.by[place] = START;
        }
        let mut shorter = true;
        while shorter {
            shorter = false;
            for (cell, goal) in self.goals.iter().enumerate() {
                let children = self.cells[cell];
                let (row, column) = (cell / self.columns, self.rows + cell % self.columns);
                let above = 2 * (i64::from(children) * SCALE - self.near[cell]);
                if children < goal.most {
                    shorter |= self.shorten(row, column, cell, SCALE + above);
                }
                if children > goal.least {
                    shorter |= self.shorten(column, row, cell, SCALE - above);
                }
            }
        }
    }

    fn shorten(&mut self, from: usize, to: usize, cell: usize, cost: i64) -> bool {
        let distance = self.distance[from].saturating_add(cost);
        let shorter = self.distance[from] < FAR && distance < self.distance[to];
        if shorter {
            self.distance[to] = distance;
            self.by[to] = cell;
        }
        shorter
    }
}

/// Marks a place where a path starts.
const START: usize = usize::MAX;

/// Distance of a place that no path reaches.
const FAR: i64 = i64::MAX;

/// Units per child in costs.
const SCALE: i64 = 1 << 20;

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
