//! Where counts stand in a run's list of counts.

use super::axis::Axis;
use super::registry::{Counted, Entry};
use super::table::Cell;

/// Where the counts of each indicator, year and breakdown stand in a run's list of counts.
#[derive(Debug, Clone)]
pub struct Layout {
    base_year: i32,
    years: usize,
    /// First position of an indicator, and the size of one of its years.
    blocks: Vec<(usize, usize)>,
    len: usize,
}

impl Layout {
    /// The layout of a horizon of some years from a base January.
    pub fn new(base_year: i32, years: usize) -> Self {
        let mut len = 0;
        let blocks = Counted::ALL
            .iter()
            .map(|counted| {
                let entry = counted.entry();
                let size = entry.breakdowns.iter().map(|axes| cells_of(axes)).sum();
                let block = (len, size);
                len += size * entry.periods(years);
                block
            })
            .collect();
        Self {
            base_year,
            years,
            blocks,
            len,
        }
    }

    /// Number of counts.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is counted.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Position of the first count of an indicator in a period; the breakdowns follow in the order
    /// of the registry, their last axis fastest.
    #[inline]
    pub fn start(&self, counted: Counted, period: usize) -> usize {
        let (first, size) = self.blocks[counted as usize];
        first + period * size
    }

    /// Position of the first count of an indicator's margin along an axis; `None` where it has none.
    pub fn margin(&self, counted: Counted, period: usize, axis: Axis) -> Option<usize> {
        self.cross(counted, period, &[axis])
    }

    /// Position of the first count of an indicator's breakdown by several axes, the last fastest;
    /// `None` where it has none.
    pub fn cross(&self, counted: Counted, period: usize, wanted: &[Axis]) -> Option<usize> {
        let mut start = self.start(counted, period);
        for axes in counted.entry().breakdowns {
            if *axes == wanted {
                return Some(start);
            }
            start += cells_of(axes);
        }
        None
    }

    /// Every cell, in the order of the counts.
    pub fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.len);
        for counted in Counted::ALL {
            let entry = counted.entry();
            for period in 0..entry.periods(self.years) {
                let total = self.total_cell(&entry, period);
                for axes in entry.breakdowns {
                    cells.extend((0..cells_of(axes)).map(|i| broken_down(&total, axes, i)));
                }
            }
        }
        cells
    }

    fn total_cell(&self, entry: &Entry, period: usize) -> Cell {
        let when = entry.time(self.base_year, period);
        Cell::total((entry.name, entry.unit), when, "residence")
    }
}

fn cells_of(axes: &[Axis]) -> usize {
    axes.iter().map(|axis| axis.size()).product()
}

fn broken_down(total: &Cell, axes: &[Axis], index: usize) -> Cell {
    let mut cell = total.clone();
    let mut rest = index;
    for axis in axes.iter().rev() {
        axis.name(&mut cell, rest % axis.size());
        rest /= axis.size();
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AgeGroup, Sex};

    #[test]
    fn cells_and_positions_agree() {
        let layout = Layout::new(2025, 2);
        let cells = layout.cells();
        assert_eq!(cells.len(), layout.len());
        let cell = &cells[layout.start(Counted::EhcPlans, 1)];
        assert_eq!(
            (cell.indicator, cell.time_period.as_str()),
            ("ehc_plans", "202526")
        );
        let cell = &cells[layout.start(Counted::PlansCeased, 0)];
        assert_eq!(
            (cell.indicator, cell.time_period.as_str()),
            ("plans_ceased", "2025")
        );
        let boys = layout.start(Counted::NewPlans, 1) + 1 + AgeGroup::COUNT + Sex::Male.index();
        assert_eq!((cells[boys].sex, cells[boys].age_group), ("Male", "Total"));
    }
}
