//! How far rolled-forward people were from later estimates, over all authorities.

use std::collections::BTreeMap;

use super::people::mid_years;
use super::projection::Roll;
use crate::area::PopulationErrorRow;
use crate::data::facts::Published;
use crate::domain::{AGES, Place, Sex};

/// First mid-year from which the projection can be rolled.
const FIRST_LAUNCH: i32 = 2018;

/// Weighted squares of log ratios.
#[derive(Debug, Default)]
struct Squares {
    weight: f64,
    sum: f64,
}

impl Squares {
    fn add(&mut self, found: f64, expected: f64) {
        if found > 0.0 && expected > 0.0 {
            self.weight += found;
            self.sum += found * (found / expected).ln().powi(2);
        }
    }

    fn root_mean(&self) -> f64 {
        (self.sum / self.weight.max(f64::MIN_POSITIVE)).sqrt()
    }
}

/// Rolls every authority forward from every mid-year since 2018 as the import does, and compares
/// with the estimates up to `last_estimate`, persons as weights. Errors common to all authorities
/// are included. Empty when no later estimate was known.
///
/// A cohort's change is the log ratio of those born before the launch to what the projection's
/// change makes of them; single years of age and sexes are compared.
pub(super) fn population_error(
    published: &Published,
    last_estimate: i32,
) -> Vec<PopulationErrorRow> {
    let england = mid_years(&published.projection, &[Place::England]);
    let mut births: BTreeMap<i32, Squares> = BTreeMap::new();
    let mut cohorts: BTreeMap<i32, Squares> = BTreeMap::new();
    for code in published.authorities.keys() {
        let places = [Place::Authority(*code)];
        let estimates = mid_years(&published.population, &places);
        let projection = mid_years(&published.projection, &places);
        if estimates.is_empty() || projection.is_empty() {
            continue;
        }
        let roll = Roll {
            estimates: &estimates,
            projection: &projection,
            england: &england,
        };
        for launch in FIRST_LAUNCH..last_estimate {
            compare(&roll, launch, last_estimate, (&mut births, &mut cohorts));
        }
    }
    births
        .iter()
        .zip(cohorts.values())
        .map(|((years_ahead, births), cohorts)| PopulationErrorRow {
            years_ahead: *years_ahead,
            births_sd: births.root_mean(),
            cohort_change_sd: cohorts.root_mean(),
        })
        .collect()
}

fn compare(
    roll: &Roll<'_>,
    launch: i32,
    last_estimate: i32,
    (births, cohorts): (&mut BTreeMap<i32, Squares>, &mut BTreeMap<i32, Squares>),
) {
    let rolled = roll.all(launch, &BTreeMap::new()).years;
    for year in launch + 1..=last_estimate {
        let (Some(found), Some(expected)) = (roll.estimates.get(&year), rolled.get(&year)) else {
            continue;
        };
        let ahead = year - launch;
        let sum = |persons: &[f64; Sex::COUNT]| persons.iter().sum::<f64>();
        births
            .entry(ahead)
            .or_default()
            .add(sum(&found[0]), sum(&expected[0]));
        let cohorts = cohorts.entry(ahead).or_default();
        for age in usize::try_from(ahead).unwrap_or(AGES)..AGES {
            for sex in Sex::ALL {
                cohorts.add(found[age][sex.index()], expected[age][sex.index()]);
            }
        }
    }
}
