//! Cohorts rolled forward from the last estimate with the projection's changes.

use std::collections::BTreeMap;

use super::people::{MidYears, Persons};
use super::rebasing::Rebasing;
use crate::domain::{AGES, AgeGroup, Sex};

/// Last mid-year that is rolled to: January 2045.
pub(super) const LAST_MID_YEAR: i32 = 2044;

/// Common years over which projected births are compared with estimates.
const BIRTH_YEARS: i32 = 3;

/// Persons of a cohort below which its projected change is taken from England.
const FEWEST: f64 = 30.0;

/// Ages under 18, for which a later total is published.
const UNDER_18: usize = 18;

/// What the rolling forward rests on.
pub(super) struct Roll<'a> {
    /// Estimates of the area.
    pub(super) estimates: &'a MidYears,
    /// Projection of the area.
    pub(super) projection: &'a MidYears,
    /// Projection of England, for small cohorts.
    pub(super) england: &'a MidYears,
}

impl Roll<'_> {
    /// Births projected, in proportion to births estimated: the mean ratio of estimate to
    /// projection of age 0 over the last three common years.
    fn birth_ratio(&self, estimates: &MidYears, last_estimate: i32) -> f64 {
        let ratios: Vec<f64> = (last_estimate - BIRTH_YEARS + 1..=last_estimate)
            .filter_map(|year| {
                let births: f64 = estimates.get(&year)?[0].iter().sum();
                let projected: f64 = self.projection.get(&year)?[0].iter().sum();
                (projected > 0.0).then_some(births / projected)
            })
            .collect();
        if ratios.is_empty() {
            1.0
        } else {
            ratios.iter().sum::<f64>() / ratios.len() as f64
        }
    }

    /// The mid-year after one: cohorts change as projected, births come in. Beyond the last
    /// projected year its change and its births are repeated.
    pub(super) fn next(&self, persons: &Persons, year: i32, birth_ratio: f64) -> Persons {
        let last = self.projection.keys().next_back().copied().unwrap_or(year);
        let to = (year + 1).min(last);
        let mut next = [[0.0; Sex::COUNT]; AGES];
        for sex in Sex::ALL {
            let sex = sex.index();
            let births = self
                .projection
                .get(&to)
                .map_or(persons[0][sex], |p| p[0][sex]);
            next[0][sex] = births * birth_ratio;
            for age in 1..AGES {
                next[age][sex] = persons[age - 1][sex] * self.change(to, age, sex);
            }
        }
        next
    }

    /// Ratio of a cohort to itself a year younger, as projected for mid-year `to`.
    fn change(&self, to: i32, age: usize, sex: usize) -> f64 {
        change_in(self.projection, to, age, sex)
            .or_else(|| change_in(self.england, to, age, sex))
            .unwrap_or(1.0)
    }

    /// All mid-years to 2044: the estimates up to `last_estimate`, then rolled forward. Ages 0 to
    /// 17 are held to the totals of `under_18` in every year that has one: those of the newest
    /// edition, which goes a year further than the single ages and revises the years before. Age
    /// bands are kept within the limits of [`Rebasing`].
    pub(super) fn all(&self, last_estimate: i32, under_18: &BTreeMap<i32, f64>) -> Rolled {
        let mut rolled = Rolled::default();
        for (year, persons) in self.estimates.range(..=last_estimate) {
            rolled.insert(*year, *persons, under_18);
        }
        let Some(mut persons) = rolled.years.get(&last_estimate).copied() else {
            return rolled;
        };
        let birth_ratio = self.birth_ratio(&rolled.years, last_estimate);
        let rebasing = Rebasing::new(self.projection, &persons, last_estimate);
        for year in last_estimate..LAST_MID_YEAR {
            let mut next = self.next(&persons, year, birth_ratio);
            for band in rebasing.limit(year + 1, &mut next) {
                rolled.limited.push((year + 1, band));
            }
            persons = rolled.insert(year + 1, next, under_18);
        }
        rolled
    }
}

/// Mid-years, and by how much some had to be corrected.
#[derive(Debug, Clone, Default)]
pub(super) struct Rolled {
    /// Persons.
    pub(super) years: MidYears,
    /// Factors on ages 0 to 17.
    pub(super) held: BTreeMap<i32, f64>,
    /// Mid-years and age bands that met a limit of [`Rebasing`].
    pub(super) limited: Vec<(i32, AgeGroup)>,
}

impl Rolled {
    fn insert(
        &mut self,
        year: i32,
        mut persons: Persons,
        under_18: &BTreeMap<i32, f64>,
    ) -> Persons {
        if let Some(total) = under_18.get(&year) {
            self.held.insert(year, hold(&mut persons, *total));
        }
        self.years.insert(year, persons);
        persons
    }
}

fn change_in(projection: &MidYears, to: i32, age: usize, sex: usize) -> Option<f64> {
    let before = projection.get(&(to - 1))?[age - 1][sex];
    let after = projection.get(&to)?[age][sex];
    (before >= FEWEST).then(|| after / before)
}

fn hold(persons: &mut Persons, total: f64) -> f64 {
    let sum: f64 = persons[..UNDER_18].iter().flatten().sum();
    if sum <= 0.0 {
        return 1.0;
    }
    for by_sex in &mut persons[..UNDER_18] {
        for cell in by_sex {
            *cell *= total / sum;
        }
    }
    total / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(persons: f64) -> Persons {
        [[persons; Sex::COUNT]; AGES]
    }

    #[test]
    fn cohorts_change_as_projected_and_births_are_scaled() {
        // Projection: 100 of every age, growing 10% with the year; estimates are half of it.
        let projection: MidYears = [
            (2022, flat(100.0)),
            (2023, flat(110.0)),
            (2024, flat(121.0)),
        ]
        .into();
        let estimates: MidYears = [(2022, flat(50.0)), (2023, flat(55.0))].into();
        let roll = Roll {
            estimates: &estimates,
            projection: &projection,
            england: &projection,
        };
        let rolled = roll.all(2023, &BTreeMap::from([(2024, 0.5 * 36.0 * 60.5)]));
        let years = &rolled.years;
        // Births 121 × 0.5; cohorts 55 × 121 / 110 = 60.5; under 18s halved to the known total.
        assert!((years[&2024][20][0] - 60.5).abs() < 1e-9);
        assert!((years[&2024][0][1] - 30.25).abs() < 1e-9);
        assert!((rolled.held[&2024] - 0.5).abs() < 1e-9);
        assert_eq!(years.keys().next_back(), Some(&LAST_MID_YEAR));
    }
}
