//! Mid-year population of an authority, and residents by academic age each January.

use std::collections::BTreeMap;

use crate::area::PopulationRow;
use crate::data::facts::{Authority, PopulationKey, Published};
use crate::domain::{AGES, Basis, Place, Sex};

/// Persons by single year of age and sex.
pub(super) type Persons = [[f64; Sex::COUNT]; AGES];

/// Persons by mid-year.
pub(super) type MidYears = BTreeMap<i32, Persons>;

/// First January of the population table.
const FIRST_JANUARY: i32 = 2010;

/// Part of a year of age that has passed between 30 June and 31 August.
const TWO_MONTHS: f64 = 2.0 / 12.0;

/// Places whose population adds to the authority's; `None` when it shares them with another
/// abolished authority and has no population of its own.
pub(super) fn places(published: &Published, authority: &Authority) -> Option<Vec<Place>> {
    let shared = published.authorities.values().any(|other| {
        other.code != authority.code
            && other.population_codes == authority.population_codes
            && authority.population_codes.len() > 1
    });
    if shared || authority.population_codes.is_empty() {
        return None;
    }
    let owner = |gss: &String| {
        published
            .authorities
            .values()
            .find(|other| other.population_codes.as_slice() == std::slice::from_ref(gss))
            .map(|other| Place::Authority(other.code))
    };
    authority.population_codes.iter().map(owner).collect()
}

/// Mid-year figures of places added up. Years in which one of them is missing are left out.
pub(super) fn mid_years(population: &BTreeMap<PopulationKey, f64>, places: &[Place]) -> MidYears {
    let mut years: BTreeMap<i32, (Persons, usize)> = BTreeMap::new();
    for place in places {
        let first = (*place, i32::MIN, 0, Sex::Female);
        let last = (*place, i32::MAX, u8::MAX, Sex::Male);
        for ((_, year, age, sex), persons) in population.range(first..=last) {
            let (sum, cells) = years.entry(*year).or_insert(([[0.0; Sex::COUNT]; AGES], 0));
            sum[usize::from(*age)][sex.index()] += persons;
            *cells += 1;
        }
    }
    let complete = places.len() * AGES * Sex::COUNT;
    years
        .into_iter()
        .filter(|(_, (_, cells))| *cells == complete)
        .map(|(year, (persons, _))| (year, persons))
        .collect()
}

/// Residents by academic age (age at 31 August before) on 1 January, from the mid-year before.
///
/// On 31 August a tenth-twelfths of the persons aged `a` at mid-year are still `a`, and two
/// twelfths of those aged `a - 1` have become `a`. Of age 0, those born since make up for those
/// who turned 1. Moves between mid-year and January are left out.
pub(super) fn january(mid_year: &Persons) -> Persons {
    let mut residents = *mid_year;
    for age in 1..AGES {
        for sex in Sex::ALL {
            let sex = sex.index();
            residents[age][sex] =
                (1.0 - TWO_MONTHS) * mid_year[age][sex] + TWO_MONTHS * mid_year[age - 1][sex];
        }
    }
    residents
}

/// Rows of `population.csv` from January 2010 on: mid-years up to `last_estimate` are derived from
/// estimates, later ones from projected cohorts.
pub(super) fn rows(mid_years: &MidYears, last_estimate: i32) -> Vec<PopulationRow> {
    let mut rows = Vec::new();
    for (mid_year, persons) in mid_years.range(FIRST_JANUARY - 1..) {
        let basis = if *mid_year <= last_estimate {
            Basis::Derived
        } else {
            Basis::Assumption
        };
        let residents = january(persons);
        for (age, by_sex) in residents.iter().enumerate() {
            for sex in Sex::ALL {
                rows.push(PopulationRow {
                    year: mid_year + 1,
                    age: u8::try_from(age).unwrap_or(u8::MAX),
                    sex,
                    persons: by_sex[sex.index()],
                    basis,
                });
            }
        }
    }
    rows
}

/// Persons aged 0 to 25.
pub(super) fn total(persons: &Persons) -> f64 {
    persons.iter().flatten().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn academic_age_takes_two_months_of_the_age_below() {
        let mut mid_year = [[0.0; Sex::COUNT]; AGES];
        mid_year[0] = [120.0, 120.0];
        mid_year[1] = [240.0, 120.0];
        let residents = january(&mid_year);
        assert!((residents[0][0] - 120.0).abs() < 1e-9);
        // 10/12 of 240 + 2/12 of 120 = 200 + 20.
        assert!((residents[1][0] - 220.0).abs() < 1e-9);
        assert!((residents[2][1] - 20.0).abs() < 1e-9);
    }
}
