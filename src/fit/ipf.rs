//! Iterative proportional fitting (raking) of a table to any list of margins.

/// One margin: disjoint groups of cells, each with the total that it must have.
#[derive(Debug, Clone)]
pub struct Margin {
    /// Name in messages.
    pub name: &'static str,
    /// Group of each cell, [`Margin::FREE`] for cells that the margin says nothing about.
    group_of: Vec<u32>,
    targets: Vec<f64>,
}

impl Margin {
    const FREE: u32 = u32::MAX;

    /// A margin over `cells` cells; `group` names the group of a cell, `None` for a free cell.
    /// Groups count from 0 and index `targets`.
    pub fn new(
        name: &'static str,
        cells: usize,
        targets: Vec<f64>,
        group: impl Fn(usize) -> Option<usize>,
    ) -> Self {
        let group_of = (0..cells)
            .map(|cell| match group(cell) {
                Some(group) if group < targets.len() => group as u32,
                _ => Self::FREE,
            })
            .collect();
        Self {
            name,
            group_of,
            targets,
        }
    }

    /// Totals that the groups must have.
    pub fn targets(&self) -> &[f64] {
        &self.targets
    }

    /// Totals that the groups have in a table.
    pub fn totals(&self, table: &[f64]) -> Vec<f64> {
        let mut totals = vec![0.0; self.targets.len()];
        for (&group, &value) in self.group_of.iter().zip(table) {
            if group != Self::FREE {
                totals[group as usize] += value;
            }
        }
        totals
    }

    /// Scales the groups to their targets; the largest relative error before.
    fn scale(&self, table: &mut [f64], support: &[u32], factors: &mut Vec<f64>) -> f64 {
        factors.clear();
        factors.resize(self.targets.len(), 0.0);
        for &cell in support {
            let group = self.group_of[cell as usize];
            if group != Self::FREE {
                factors[group as usize] += table[cell as usize];
            }
        }
        let mut worst = 0.0_f64;
        for (factor, &target) in factors.iter_mut().zip(&self.targets) {
            worst = worst.max((*factor - target).abs() / target.max(1.0));
            *factor = if *factor > 0.0 { target / *factor } else { 1.0 };
        }
        for &cell in support {
            let group = self.group_of[cell as usize];
            if group != Self::FREE {
                table[cell as usize] *= factors[group as usize];
            }
        }
        worst
    }
}

/// When raking stops.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest relative error at which the table counts as fitted.
    pub tolerance: f64,
    /// Most sweeps over all margins.
    pub sweeps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tolerance: 1e-6,
            sweeps: 400,
        }
    }
}

/// How raking ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raked {
    /// Sweeps made.
    pub sweeps: usize,
    /// Largest error of any group in the last sweep, relative to its target (to 1 for targets
    /// below 1).
    pub largest_relative_error: f64,
    /// The error is within the tolerance. Margins that contradict each other, or a target above 0
    /// on cells that are all zero, leave this `false`.
    pub fitted: bool,
}

/// Sweeps after which an error that has not fallen by a tenth counts as stalled.
const STALLED_AFTER: usize = 40;

/// Scales a non-negative table until every margin holds.
///
/// Each sweep multiplies the cells of every group by target over present total, margin by margin.
/// The limit is the table nearest to the start in the sense of relative entropy among those with
/// the margins, so the start's interactions are kept; a cell that is zero stays zero.
/// Convergence: Fienberg (1970), Ann. Math. Statist. 41:907-917. Margins that contradict each other
/// make the sweeps cycle: the error then stops falling and so does this function.
pub fn rake(table: &mut [f64], margins: &[Margin], limits: Limits) -> Raked {
    let mut support = support_of(table);
    let mut factors = Vec::new();
    let mut best = f64::INFINITY;
    let mut best_at = 0;
    let mut raked = Raked {
        sweeps: 0,
        largest_relative_error: 0.0,
        fitted: margins.is_empty(),
    };
    for sweep in 1..=limits.sweeps {
        let error = margins
            .iter()
            .map(|margin| margin.scale(table, &support, &mut factors))
            .fold(0.0, f64::max);
        raked = Raked {
            sweeps: sweep,
            largest_relative_error: error,
            fitted: error <= limits.tolerance,
        };
        if error < 0.9 * best {
            best = error;
            best_at = sweep;
        }
        if raked.fitted || sweep - best_at >= STALLED_AFTER {
            break;
        }
        if sweep == 1 {
            support = support_of(table);
        }
    }
    raked
}

/// Cells above zero: the others never change.
fn support_of(table: &[f64]) -> Vec<u32> {
    (0_u32..)
        .zip(table)
        .filter(|(_, value)| **value > 0.0)
        .map(|(cell, _)| cell)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEED: [f64; 16] = [
        40., 30., 20., 10., 35., 50., 100., 75., 30., 80., 70., 120., 20., 30., 40., 50.,
    ];

    fn rows_and_columns(rows: Vec<f64>, columns: Vec<f64>) -> [Margin; 2] {
        let (cells, width) = (rows.len() * columns.len(), columns.len());
        [
            Margin::new("rows", cells, rows, |cell| Some(cell / width)),
            Margin::new("columns", cells, columns, |cell| Some(cell % width)),
        ]
    }

    /// Reference: ipfn 1.4.4 on the same seed and margins.
    #[test]
    fn a_raked_table_agrees_with_ipfn() {
        let mut table = SEED;
        let margins = rows_and_columns(vec![150., 300., 400., 150.], vec![200., 300., 400., 100.]);
        let raked = rake(&mut table, &margins, Limits::default());
        assert!(raked.fitted, "{raked:?}");
        for (cell, expected) in table
            .iter()
            .zip([64.558_51, 46.232_46, 35.384_298, 3.824_732])
        {
            assert!((cell - expected).abs() < 1e-4, "{cell} against {expected}");
        }
    }

    #[test]
    fn margins_that_contradict_each_other_are_reported_and_end() {
        let mut table = SEED;
        let margins = rows_and_columns(vec![150.; 4], vec![200.; 4]);
        let raked = rake(&mut table, &margins, Limits::default());
        assert!(!raked.fitted);
        assert!(raked.sweeps < 100);
        assert!((raked.largest_relative_error - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_target_on_empty_cells_is_reported() {
        let mut table = [0.0, 1.0];
        let margin = Margin::new("cells", 2, vec![5.0, 5.0], Some);
        assert!(!rake(&mut table, &[margin], Limits::default()).fitted);
    }

    #[test]
    fn a_free_cell_keeps_its_value() {
        let mut table = [1.0, 1.0, 7.0];
        let margin = Margin::new("first two", 3, vec![10.0], |cell| (cell < 2).then_some(0));
        assert!(rake(&mut table, &[margin], Limits::default()).fitted);
        assert!((table[2] - 7.0).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn the_margins_of_a_real_table_are_recovered_and_zeros_stay(
            truth in proptest::collection::vec(0_u8..9, 20),
            seed in proptest::collection::vec(1_u8..9, 20),
        ) {
            let truth: Vec<f64> = truth.into_iter().map(f64::from).collect();
            let rows = truth.chunks(5).map(|row| row.iter().sum()).collect();
            let columns = (0..5).map(|j| truth.iter().skip(j).step_by(5).sum()).collect();
            let margins = rows_and_columns(rows, columns);
            // Zeros of the truth are structural zeros of the seed.
            let mut table: Vec<f64> = seed
                .into_iter()
                .zip(&truth)
                .map(|(s, t)| if *t > 0.0 { f64::from(s) } else { 0.0 })
                .collect();
            let raked = rake(&mut table, &margins, Limits { tolerance: 1e-3, sweeps: 20_000 });
            prop_assert!(raked.largest_relative_error < 0.05, "{:?}", raked);
            for (cell, t) in table.iter().zip(&truth) {
                prop_assert!(*t > 0.0 || *cell <= 0.0);
            }
        }
    }
}
