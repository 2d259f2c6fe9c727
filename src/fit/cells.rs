//! The table of plans: age × sex × need × setting, as one flat list of cells.

use crate::area::PlanStockRow;
use crate::domain::{AGES, AgeGroup, PrimaryNeed, Setting, Sex};

/// Cells of the table.
pub(super) const CELLS: usize = PrimaryNeed::COUNT * CELLS_PER_NEED;

/// Cells of one need: age × setting × sex.
pub(super) const CELLS_PER_NEED: usize = AGES * Setting::COUNT * Sex::COUNT;

/// Position of a cell; needs outermost, then ages, settings, sexes.
pub(super) const fn cell(age: usize, sex: usize, need: usize, setting: usize) -> usize {
    ((need * AGES + age) * Setting::COUNT + setting) * Sex::COUNT + sex
}

/// A way of dividing plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    /// Single years of age; ages 0 to 2 are published together and stand at 2.
    Age,
    /// The five age bands.
    Band,
    /// Sex.
    Sex,
    /// Primary need.
    Need,
    /// Setting.
    Setting,
}

impl Axis {
    /// Categories of the axis.
    pub(super) const fn len(self) -> usize {
        match self {
            Self::Age => AGES,
            Self::Band => AgeGroup::COUNT,
            Self::Sex => Sex::COUNT,
            Self::Need => PrimaryNeed::COUNT,
            Self::Setting => Setting::COUNT,
        }
    }

    /// Category of a cell.
    pub(super) const fn of(self, cell: usize) -> usize {
        let age = cell / (Setting::COUNT * Sex::COUNT) % AGES;
        match self {
            Self::Age => age,
            Self::Band => AgeGroup::of(age as u8).index(),
            Self::Sex => cell % Sex::COUNT,
            Self::Need => cell / CELLS_PER_NEED,
            Self::Setting => cell / Sex::COUNT % Setting::COUNT,
        }
    }

    /// Name in messages and in the residuals.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Band => "age band",
            Self::Sex => "sex",
            Self::Need => "need",
            Self::Setting => "setting",
        }
    }

    /// Name of a category in the residuals.
    pub(super) fn category(self, position: usize) -> String {
        match self {
            Self::Age if position == EARLIEST_AGE => "0 to 2".to_owned(),
            Self::Age => position.to_string(),
            Self::Band => AgeGroup::ALL[position].label().to_owned(),
            Self::Sex => Sex::ALL[position].label().to_owned(),
            Self::Need => PrimaryNeed::ALL[position].code().to_owned(),
            Self::Setting => Setting::ALL[position].code().to_owned(),
        }
    }
}

/// Position at which the published "under 3" stands.
pub(super) const EARLIEST_AGE: usize = 2;

/// Sums of a table over one axis.
pub(super) fn line_of(table: &[f64], axis: Axis) -> Vec<f64> {
    let mut sums = vec![0.0; axis.len()];
    for (cell, value) in table.iter().enumerate() {
        sums[axis.of(cell)] += value;
    }
    sums
}

/// Sums of a table over two axes, row by row.
pub(super) fn cross_of(table: &[f64], rows: Axis, columns: Axis) -> Vec<f64> {
    let mut sums = vec![0.0; rows.len() * columns.len()];
    for (cell, value) in table.iter().enumerate() {
        sums[rows.of(cell) * columns.len() + columns.of(cell)] += value;
    }
    sums
}

/// The table of a stock, with ages 0 to 2 together.
pub(super) fn table_of(rows: &[PlanStockRow]) -> Vec<f64> {
    let mut table = vec![0.0; CELLS];
    for row in rows {
        let age = usize::from(row.age).max(EARLIEST_AGE);
        table[cell(age, row.sex.index(), row.need.index(), row.setting.index())] +=
            f64::from(row.plans);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_knows_its_categories() {
        let cell = cell(11, 1, 7, 5);
        assert_eq!(Axis::Age.of(cell), 11);
        assert_eq!(Axis::Band.of(cell), AgeGroup::Age11To15.index());
        assert_eq!(Axis::Sex.of(cell), 1);
        assert_eq!(Axis::Need.of(cell), 7);
        assert_eq!(Axis::Setting.of(cell), 5);
        assert_eq!(super::cell(25, 1, 13, 16), CELLS - 1);
    }
}
