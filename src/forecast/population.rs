//! Residents by age band as they could be foreseen at an origin.

use super::panel::{ByBand, FIRST_JANUARY, Member};
use crate::domain::{AGES, AgeGroup};

/// Mid-years that the cohort-change ratios are averaged over.
const RATIO_YEARS: i32 = 5;

/// Mid-year residents by band.
#[derive(Debug, Clone)]
pub(super) struct Population {
    first: i32,
    years: Vec<ByBand>,
}

impl Population {
    /// Estimates up to the mid-year two before the origin (the newest published by then), and from
    /// there each cohort moved on by its cohort-change ratio of the last five years (Hamilton and
    /// Perry, 1962), births held.
    ///
    /// The estimates are today's, revised after the census of 2021: those of an earlier origin know
    /// a little more than was published then.
    pub(super) fn foreseen(member: &Member, origin: i32, last: i32) -> Option<Self> {
        let newest = origin - 2;
        let first = FIRST_JANUARY - 1;
        let mut years: Vec<ByBand> = (first..=newest)
            .map(|year| member.population(year).map(banded))
            .collect::<Option<_>>()?;
        let ratios = ratios(member, newest)?;
        let mut ages = *member.population(newest)?;
        for _ in newest + 1..=last {
            ages = std::array::from_fn(|age: usize| {
                age.checked_sub(1)
                    .map_or(ages[0], |younger| ages[younger] * ratios[age])
            });
            years.push(banded(&ages));
        }
        Some(Self { first, years })
    }

    /// Residents of a mid-year.
    pub(super) fn of(&self, year: i32) -> &ByBand {
        let index = usize::try_from(year - self.first).unwrap_or(0);
        &self.years[index.min(self.years.len() - 1)]
    }
}

fn ratios(member: &Member, newest: i32) -> Option<[f64; AGES]> {
    let mut older = [0.0; AGES];
    let mut younger = [0.0; AGES];
    for year in newest - RATIO_YEARS + 1..=newest {
        let (now, before) = (member.population(year)?, member.population(year - 1)?);
        for age in 1..AGES {
            older[age] += now[age];
            younger[age] += before[age - 1];
        }
    }
    Some(std::array::from_fn(|age| {
        (older[age] / younger[age].max(1.0)).clamp(0.7, 1.4)
    }))
}

fn banded(ages: &[f64; AGES]) -> ByBand {
    AgeGroup::ALL.map(|band| {
        let persons: f64 = band.ages().map(|age| ages[usize::from(age)]).sum();
        persons + 1.0
    })
}
