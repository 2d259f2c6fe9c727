//! Children of a future who may come to a service.

use crate::domain::{AgeGroup, DAYS_PER_YEAR, PrimaryNeed};
use crate::simulate::{Future, age_of};
use crate::summarise::{Axis, Counted};

/// Among whom children are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Every resident.
    Residents,
    /// Children on SEN support or with a plan.
    Sen,
    /// Children and young people with a plan.
    Plans,
}

/// Children of some ages and primary needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Group {
    pub(super) status: Status,
    /// First and last academic age.
    pub(super) ages: (u8, u8),
    pub(super) needs: [bool; PrimaryNeed::COUNT],
}

impl Group {
    /// How many there are on every 1 January.
    pub(super) fn by_january(&self, future: &Future<'_>) -> Vec<f64> {
        let januaries = 0..=future.timeline.years();
        match self.status {
            Status::Residents => januaries.map(|year| self.residents(future, year)).collect(),
            Status::Plans => self.plans(future),
            Status::Sen => {
                let plans = self.plans(future).into_iter();
                let supported = januaries.map(|year| self.supported(future, year));
                plans.zip(supported).map(|(a, b)| a + b).collect()
            }
        }
    }

    fn residents(&self, future: &Future<'_>, year: usize) -> f64 {
        let axes = &[Axis::AgeGroup];
        let start = future.layout.cross(Counted::Population, year, axes);
        let Some(start) = start else { return 0.0 };
        let of_band =
            |band: AgeGroup| f64::from(future.counts[start + band.index()]) * self.part_of(band);
        AgeGroup::ALL.into_iter().map(of_band).sum()
    }

    fn supported(&self, future: &Future<'_>, year: usize) -> f64 {
        let axes = &[Axis::AgeGroup, Axis::Need];
        let start = future.layout.cross(Counted::SenSupport, year, axes);
        let Some(start) = start else { return 0.0 };
        let of_band = |band: AgeGroup| {
            let first = start + band.index() * PrimaryNeed::COUNT;
            let counts = &future.counts[first..first + PrimaryNeed::COUNT];
            let wanted = counts
                .iter()
                .zip(self.needs)
                .filter(|(_, is_wanted)| *is_wanted);
            let children: f64 = wanted.map(|(count, _)| f64::from(*count)).sum();
            children * self.part_of(band)
        };
        AgeGroup::ALL.into_iter().map(of_band).sum()
    }

    /// The part of an age band that is of the group's ages, as if each age had as many.
    fn part_of(&self, band: AgeGroup) -> f64 {
        let ages = band.ages();
        let within = ages.clone().filter(|age| self.is_of_age(*age)).count();
        within as f64 / ages.count() as f64
    }

    fn is_of_age(&self, age: u8) -> bool {
        (self.ages.0..=self.ages.1).contains(&age)
    }

    fn plans(&self, future: &Future<'_>) -> Vec<f64> {
        let years = future.timeline.years();
        let mut by_cohort: Vec<i32> = Vec::new();
        let mut plans = future.record.plans.iter().peekable();
        let count_on = |year: usize| {
            let day = future.timeline.january(year);
            while let Some(change) = plans.next_if(|change| f64::from(change.day) <= day) {
                if self.needs[change.need.index()] {
                    let cohort = usize::from(change.cohort);
                    if by_cohort.len() <= cohort {
                        by_cohort.resize(cohort + 1, 0);
                    }
                    by_cohort[cohort] += i32::from(change.by);
                }
            }
            let of_age = by_cohort
                .iter()
                .enumerate()
                .filter(|(cohort, _)| age_of(*cohort, year).is_some_and(|age| self.is_of_age(age)));
            f64::from(of_age.map(|(_, plans)| plans).sum::<i32>())
        };
        (0..=years).map(count_on).collect()
    }
}

/// A number of every 1 January, on a day between.
pub(super) fn between(by_january: &[f64], day: f64) -> f64 {
    let years = (day / DAYS_PER_YEAR).max(0.0);
    let year = (years as usize).min(by_january.len() - 1);
    let next = (year + 1).min(by_january.len() - 1);
    let share = (years - year as f64).min(1.0);
    by_january[year] + share * (by_january[next] - by_january[year])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_counts_with_the_ages_that_it_shares() {
        let group = Group {
            status: Status::Residents,
            ages: (0, 17),
            needs: [true; PrimaryNeed::COUNT],
        };
        let percent = |band| (100.0 * group.part_of(band)) as u32;
        assert_eq!(AgeGroup::ALL.map(percent), [100, 100, 100, 50, 0]);
    }

    #[test]
    fn numbers_run_straight_from_january_to_january() {
        let numbers = [10.0, 20.0, 0.0];
        assert!((between(&numbers, 0.0) - 10.0).abs() < 1e-9);
        assert!((between(&numbers, DAYS_PER_YEAR / 2.0) - 15.0).abs() < 1e-9);
        assert!((between(&numbers, 1.25 * DAYS_PER_YEAR) - 15.0).abs() < 1e-9);
        assert!(between(&numbers, 5.0 * DAYS_PER_YEAR).abs() < 1e-9);
    }
}
