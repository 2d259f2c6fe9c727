//! England's shape: the interactions that no authority's tables give.

use super::cells::{Axis, CELLS, EARLIEST_AGE, cell};
use crate::data::facts::{Cut, Facts, Item, Published};
use crate::domain::{AGES, Place, PrimaryNeed, Setting, Sex};

/// The January whose tables give the shape: the only one published with needs.
pub(super) const SHAPE_JANUARY: i32 = 2025;

/// Weight of independence in the shape, so that a combination that England did not have in
/// [`SHAPE_JANUARY`] can still be raked up where a margin of another year asks for it.
const INDEPENDENCE: f64 = 1e-6;

/// England's plans as a product of conditional tables.
///
/// n(age, sex, need, setting) = n(age, setting) · p(need | age) · p(need | setting) / p(need)
/// · p(sex | setting) · p(sex | need) / p(sex), all from published two-way tables of England.
/// Assumes no interaction of three or four axes beyond what the product implies. Without tables
/// for England every combination weighs the same.
pub(super) fn england_shape(published: &Published) -> Vec<f64> {
    let england = England::read(published);
    let mut shape = vec![0.0; CELLS];
    for age in EARLIEST_AGE..AGES {
        for need in needs_of_plans() {
            for setting in 0..Setting::COUNT {
                for sex in 0..Sex::COUNT {
                    shape[cell(age, sex, need, setting)] = england.product(age, sex, need, setting);
                }
            }
        }
    }
    shape
}

/// How the need mix of England's plans moves with age: share of a need at an age over its share at
/// all ages, for age × need row by row. 1 where plans say nothing (no specialist assessment).
pub(super) fn england_need_by_age(published: &Published) -> Vec<f64> {
    let ages = |age: usize| Cut::Age(age as u8);
    let table = Table::read(&published.plan_needs, AGES, ages, Axis::Need);
    (0..AGES * PrimaryNeed::COUNT)
        .map(|at| {
            let (age, need) = (at / PrimaryNeed::COUNT, at % PrimaryNeed::COUNT);
            let tilt = ratio(table.share(age, need), table.column_share(need));
            if tilt > 0.0 { tilt } else { 1.0 }
        })
        .collect()
}

/// Needs that a plan can have: all but "no specialist assessment", which is SEN support only.
fn needs_of_plans() -> impl Iterator<Item = usize> {
    PrimaryNeed::ALL
        .into_iter()
        .filter(|need| *need != PrimaryNeed::Nsa)
        .map(PrimaryNeed::index)
}

/// Two-way tables of England with their sums.
struct England {
    age_setting: Table,
    age_need: Table,
    setting_need: Table,
    sex_setting: Table,
    sex_need: Table,
}

impl England {
    fn read(published: &Published) -> Self {
        let (plans, needs) = (&published.plans, &published.plan_needs);
        let ages = |age: usize| Cut::Age(age as u8);
        let sexes = |sex: usize| Cut::Sex(Sex::ALL[sex]);
        let settings = |setting: usize| Cut::Setting(Setting::ALL[setting]);
        Self {
            age_setting: Table::read(plans, AGES, ages, Axis::Setting),
            age_need: Table::read(needs, AGES, ages, Axis::Need),
            setting_need: Table::read(needs, Setting::COUNT, settings, Axis::Need),
            sex_setting: Table::read(plans, Sex::COUNT, sexes, Axis::Setting),
            sex_need: Table::read(needs, Sex::COUNT, sexes, Axis::Need),
        }
    }

    fn product(&self, age: usize, sex: usize, need: usize, setting: usize) -> f64 {
        let given_age =
            self.age_setting.share_of_all(age, setting) * self.age_need.share(age, need);
        let tilted = ratio(
            self.setting_need.share(setting, need),
            self.age_need.column_share(need),
        );
        let given_sex = self.sex_need.share_of_column(sex, need)
            * ratio(
                self.sex_setting.share_of_column(sex, setting),
                self.sex_setting.row_share(sex),
            );
        let independent = self.age_setting.row_share(age)
            * self.age_setting.column_share(setting)
            * self.age_need.column_share(need)
            * self.sex_setting.row_share(sex);
        given_age * tilted * given_sex + INDEPENDENCE * independent
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// A table with the sums that shares need.
struct Table {
    cells: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    total: f64,
}

impl Table {
    fn read(facts: &Facts, rows: usize, cut: impl Fn(usize) -> Cut, columns: Axis) -> Self {
        let item = |column: usize| match columns {
            Axis::Need => Item::Need(PrimaryNeed::ALL[column]),
            _ => Item::Setting(Setting::ALL[column]),
        };
        let value = |row: usize, column: usize| {
            facts
                .value(Place::England, SHAPE_JANUARY, cut(row), item(column))
                .unwrap_or(0.0)
        };
        let width = columns.len();
        let mut cells: Vec<f64> = (0..rows * width)
            .map(|cell| value(cell / width, cell % width))
            .collect();
        if cells.iter().sum::<f64>() <= 0.0 {
            cells.fill(1.0);
        }
        let sum_of = |from: usize, step: usize, count: usize| {
            (0..count).map(|i| cells[from + i * step]).sum::<f64>()
        };
        Self {
            rows: (0..rows).map(|row| sum_of(row * width, 1, width)).collect(),
            columns: (0..width)
                .map(|column| sum_of(column, width, rows))
                .collect(),
            total: cells.iter().sum(),
            cells,
        }
    }

    fn cell(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.columns.len() + column]
    }

    fn share_of_all(&self, row: usize, column: usize) -> f64 {
        ratio(self.cell(row, column), self.total)
    }

    /// Share of a row that stands in a column.
    fn share(&self, row: usize, column: usize) -> f64 {
        ratio(self.cell(row, column), self.rows[row])
    }

    fn share_of_column(&self, row: usize, column: usize) -> f64 {
        ratio(self.cell(row, column), self.columns[column])
    }

    fn row_share(&self, row: usize) -> f64 {
        ratio(self.rows[row], self.total)
    }

    fn column_share(&self, column: usize) -> f64 {
        ratio(self.columns[column], self.total)
    }
}
