//! From a raked table to whole children, the published margins exact.

use super::cells::{Axis, CELLS, cross_of, line_of};
use super::ipf::{Limits, Margin, rake};
use super::layers::{round_by_age, round_by_need};
use super::margins::PlanMargins;
use super::rounding::{apportion, round_table};
use super::sexes::share_between_sexes;
use super::transport::CannotHold;
use crate::domain::{AGES, AgeGroup, PrimaryNeed};

/// One-way and two-way margins in whole children: as published where published, rounded from the
/// raked table elsewhere. Rows before columns in every name.
pub(super) struct WholeMargins {
    pub(super) needs: Vec<u32>,
    pub(super) age_setting: Vec<u32>,
    pub(super) age_need: Vec<u32>,
    pub(super) setting_need: Vec<u32>,
    pub(super) sex_setting: Vec<u32>,
    pub(super) sex_need: Vec<u32>,
}

impl WholeMargins {
    fn of(table: &[f64], margins: &PlanMargins) -> Result<Self, CannotHold> {
        let line = |axis| whole_line(table, margins, axis);
        let [ages, sexes, needs, settings] =
            [Axis::Age, Axis::Sex, Axis::Need, Axis::Setting].map(line);
        let cross = |rows, columns, row_line: &[u32], column_line: &[u32]| {
            round_table(&cross_of(table, rows, columns), row_line, column_line)
        };
        Ok(Self {
            age_setting: cross(Axis::Age, Axis::Setting, &ages, &settings)?,
            age_need: cross(Axis::Age, Axis::Need, &ages, &needs)?,
            setting_need: cross(Axis::Setting, Axis::Need, &settings, &needs)?,
            sex_setting: cross(Axis::Sex, Axis::Setting, &sexes, &settings)?,
            sex_need: cross(Axis::Sex, Axis::Need, &sexes, &needs)?,
            needs,
        })
    }

    fn by_age(&self) -> Vec<Margin> {
        vec![
            whole_margin(Axis::Age, Axis::Need, &self.age_need),
            whole_margin(Axis::Age, Axis::Setting, &self.age_setting),
        ]
    }

    fn by_need(&self) -> Vec<Margin> {
        let mut margins = self.by_age();
        margins.push(whole_margin(Axis::Setting, Axis::Need, &self.setting_need));
        margins
    }

    /// Ages and settings of one need.
    pub(super) fn of_need(&self, need: usize) -> (Vec<u32>, Vec<u32>) {
        let column = |cross: &[u32]| {
            let cells = cross.iter().skip(need).step_by(PrimaryNeed::COUNT);
            cells.copied().collect()
        };
        (column(&self.age_need), column(&self.setting_need))
    }
}

/// A one-way margin in whole children: as published, or the raked margin rounded within the total
/// or within the published age bands.
fn whole_line(table: &[f64], margins: &PlanMargins, axis: Axis) -> Vec<u32> {
    let raked = line_of(table, axis);
    if let (Axis::Age, None, Some(bands)) = (axis, margins.line(axis), margins.line(Axis::Band)) {
        let mut ages = vec![0; AGES];
        let bands = apportion(bands, margins.total);
        for (band, &children) in AgeGroup::ALL.iter().zip(&bands) {
            let of_band = usize::from(*band.ages().start())..=usize::from(*band.ages().end());
            let whole = apportion(&raked[of_band.clone()], children);
            ages[of_band].copy_from_slice(&whole);
        }
        return ages;
    }
    apportion(margins.line(axis).unwrap_or(&raked), margins.total)
}

/// The raked table in whole children.
///
/// Where need × setting is published, each need is a layer: need × age and need × setting are
/// exact and age × setting is mended until it is as near as it gets. Elsewhere each age is a
/// layer: age × setting and age × need are exact, and need × setting, which nobody published,
/// stays near. Then each cell is shared between boys and girls.
pub(super) fn whole_children(table: &[f64], margins: &PlanMargins) -> Result<Vec<u32>, CannotHold> {
    let whole = WholeMargins::of(table, margins)?;
    let by_age = || {
        let mut table = table.to_vec();
        rake(&mut table, &whole.by_age(), Limits::default());
        round_by_age(&table, &whole)
    };
    let has_need_by_setting = margins
        .crosses
        .iter()
        .any(|cross| (cross.rows, cross.columns) == (Axis::Setting, Axis::Need));
    let children = if has_need_by_setting {
        let mut table = table.to_vec();
        rake(&mut table, &whole.by_need(), Limits::default());
        round_by_need(&table, &whole).or_else(|CannotHold| by_age())?
    } else {
        by_age()?
    };
    share_between_sexes(table, &children, &whole)
}

/// A whole two-way margin as groups of cells to rake to.
fn whole_margin(rows: Axis, columns: Axis, targets: &[u32]) -> Margin {
    let targets = targets.iter().map(|&n| f64::from(n)).collect();
    Margin::new("whole margin", CELLS, targets, |cell| {
        Some(rows.of(cell) * columns.len() + columns.of(cell))
    })
}
