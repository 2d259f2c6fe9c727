//! The transport problem behind controlled rounding: whole children near to what is wanted, with
//! row and column totals exact.

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
