//! The stocks of the base date, as counts by age, and smoothed shares of them.

use crate::area::{PlanStockRow, PopulationRow, SupportStockRow};
use crate::domain::{AGES, PrimaryNeed, Setting, Sex};
use crate::simulate::Table;

const NEEDS: usize = PrimaryNeed::COUNT;
const SETTINGS: usize = Setting::COUNT;

/// Residents, children on SEN support and plans on the base date.
#[derive(Debug, Clone)]
pub(super) struct Stocks {
    /// Residents: age × sex.
    pub(super) residents: Table<2>,
    /// On SEN support: age × sex × need.
    pub(super) support: Table<3>,
    /// Plans: age × need × setting.
    pub(super) plans: Table<3>,
    /// Plans: age × sex.
    pub(super) plans_by_sex: Table<2>,
    /// Share of boys among plans of a need.
    pub(super) boys: [f64; NEEDS],
}

impl Stocks {
    pub(super) fn new(
        base_year: i32,
        population: &[PopulationRow],
        support_rows: &[SupportStockRow],
        plan_rows: &[PlanStockRow],
    ) -> Self {
        let mut residents = Table::zeros([AGES, Sex::COUNT]);
        for row in population.iter().filter(|row| row.year == base_year) {
            *residents.at_mut([usize::from(row.age), row.sex.index()]) += row.persons;
        }
        let mut support = Table::zeros([AGES, Sex::COUNT, NEEDS]);
        for row in support_rows {
            *support.at_mut([usize::from(row.age), row.sex.index(), row.need.index()]) +=
                f64::from(row.pupils);
        }
        let mut plans = Table::zeros([AGES, NEEDS, SETTINGS]);
        let mut plans_by_sex = Table::zeros([AGES, Sex::COUNT]);
        let mut by_need = [[0.0; 2]; NEEDS];
        for row in plan_rows {
            let count = f64::from(row.plans);
            let age = usize::from(row.age);
            *plans.at_mut([age, row.need.index(), row.setting.index()]) += count;
            *plans_by_sex.at_mut([age, row.sex.index()]) += count;
            by_need[row.need.index()][row.sex.index()] += count;
        }
        // Two in three plans are boys'; few plans of a need move towards that.
        let boys = by_need.map(|[girls, boys]| (boys + 7.0) / (girls + boys + 10.0));
        Self {
            residents,
            support,
            plans,
            plans_by_sex,
            boys,
        }
    }

    /// Plans of an age and need.
    pub(super) fn plans_of_need(&self, age: usize, need: usize) -> f64 {
        (0..SETTINGS)
            .map(|setting| self.plans.at([age, need, setting]))
            .sum()
    }

    /// Residents without a plan, of both sexes.
    pub(super) fn without_plan(&self, age: usize) -> f64 {
        let of_sex = |sex| self.residents.at([age, sex]) - self.plans_by_sex.at([age, sex]);
        (0..Sex::COUNT).map(of_sex).sum::<f64>().max(0.0)
    }

    /// Residents without a plan and without SEN support.
    pub(super) fn without_sen(&self, age: usize, sex: usize) -> f64 {
        let support: f64 = (0..NEEDS)
            .map(|need| self.support.at([age, sex, need]))
            .sum();
        let left = self.residents.at([age, sex]) - self.plans_by_sex.at([age, sex]) - support;
        left.max(0.02 * self.residents.at([age, sex])).max(1.0)
    }

    /// Children on SEN support per resident, averaged with the neighbouring ages of the same phase
    /// so that a rate never hangs on two or three children.
    pub(super) fn support_share(&self) -> Table<3> {
        let mut shares = Table::zeros([AGES, Sex::COUNT, NEEDS]);
        for age in 0..AGES {
            let near: Vec<(usize, f64)> = neighbours(age).collect();
            for sex in 0..Sex::COUNT {
                let residents: f64 = near
                    .iter()
                    .map(|&(a, w)| w * self.residents.at([a, sex]))
                    .sum();
                for need in 0..NEEDS {
                    let children: f64 = near
                        .iter()
                        .map(|&(a, w)| w * self.support.at([a, sex, need]))
                        .sum();
                    *shares.at_mut([age, sex, need]) = children / residents.max(1.0);
                }
            }
        }
        shares
    }

    /// Plans of an age by need and setting, averaged with the neighbouring ages; all ages where
    /// there are none.
    pub(super) fn plan_mix(&self) -> Table<3> {
        let mut mix = Table::zeros([AGES, NEEDS, SETTINGS]);
        for age in 0..AGES {
            let mut total = 0.0;
            for need in 0..NEEDS {
                for setting in 0..SETTINGS {
                    let at = [age, need, setting];
                    let plans: f64 = neighbours(age)
                        .map(|(a, w)| w * self.plans.at([a, need, setting]))
                        .sum();
                    *mix.at_mut(at) = plans;
                    total += plans;
                }
            }
            if total <= 0.0 {
                *mix.at_mut([age, PrimaryNeed::Slcn.index(), Setting::EarlyYears.index()]) = 1.0;
            }
        }
        mix
    }
}

/// An age with weight 2 and its neighbours in the same phase with weight 1.
pub(super) fn neighbours(age: usize) -> impl Iterator<Item = (usize, f64)> {
    let phase = crate::domain::Phase::of(age as u8);
    let near = age.saturating_sub(1)..=(age + 1).min(AGES - 1);
    near.filter(move |&a| crate::domain::Phase::of(a as u8) == phase)
        .map(move |a| (a, if a == age { 2.0 } else { 1.0 }))
}
