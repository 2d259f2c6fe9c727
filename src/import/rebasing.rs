//! Limits on cohorts rolled forward with a projection that knew other people.

use super::people::{MidYears, Persons};
use crate::domain::AgeGroup;

/// Most that an age band may depart from its level, as a factor up or down (assumption): 11 of the
/// 770 age bands of English authorities are beyond it after ten years without it.
const MOST: f64 = 1.5;

/// What an age band would be if it changed as the projection has the same ages change:
/// `level(t) = estimate(0) × projected(t) / projected(0)`.
///
/// Cohorts rolled forward carry the area's children into the ages at which students and young
/// workers come and go. Where the estimate at those ages is far from what was projected (central
/// London), changes of projected cohorts lead away from both the estimate and the projection. The
/// level does not, and limits how far they lead.
#[derive(Debug)]
pub(super) struct Rebasing<'a> {
    projection: &'a MidYears,
    estimate: Persons,
    base: i32,
}

impl<'a> Rebasing<'a> {
    /// From the last estimate and the projection.
    pub(super) const fn new(projection: &'a MidYears, estimate: &Persons, base: i32) -> Self {
        Self {
            projection,
            estimate: *estimate,
            base,
        }
    }

    /// Scales the bands of a mid-year that are beyond a limit back to it; says which.
    pub(super) fn limit(&self, year: i32, persons: &mut Persons) -> Vec<AgeGroup> {
        let mut limited = Vec::new();
        for band in AgeGroup::ALL {
            let (Some(level), rolled) = (self.level(year, band), sum(persons, band)) else {
                continue;
            };
            let held = rolled.clamp(level / MOST, level * MOST);
            if rolled > 0.0 && (held / rolled - 1.0).abs() > 1e-9 {
                let factor = held / rolled;
                for cell in persons[ages(band)].iter_mut().flatten() {
                    *cell *= factor;
                }
                limited.push(band);
            }
        }
        limited
    }

    /// `None` where nothing was projected for the base or the year.
    fn level(&self, year: i32, band: AgeGroup) -> Option<f64> {
        let last = *self.projection.keys().next_back()?;
        let then = sum(self.projection.get(&self.base)?, band);
        let later = sum(self.projection.get(&year.min(last))?, band);
        let estimate = sum(&self.estimate, band);
        (then > 0.0 && later > 0.0 && estimate > 0.0).then(|| estimate * later / then)
    }
}

fn ages(band: AgeGroup) -> std::ops::RangeInclusive<usize> {
    let ages = band.ages();
    usize::from(*ages.start())..=usize::from(*ages.end())
}

fn sum(persons: &Persons, band: AgeGroup) -> f64 {
    persons[ages(band)].iter().flatten().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AGES, Sex};

    #[test]
    fn a_band_far_from_its_level_is_held_to_the_limit() {
        let flat = |persons: f64| -> Persons { [[persons; Sex::COUNT]; AGES] };
        let projection: MidYears = [(2023, flat(100.0)), (2033, flat(120.0))].into();
        let rebasing = Rebasing::new(&projection, &flat(200.0), 2023);
        // Level 200 × 120 / 100 = 240 a cell; limits 160 and 360.
        let mut rolled = flat(250.0);
        rolled[20..].fill([20.0; Sex::COUNT]);
        rolled[5..=10].fill([720.0; Sex::COUNT]);
        let limited = rebasing.limit(2033, &mut rolled);
        assert_eq!(limited, [AgeGroup::Age5To10, AgeGroup::Age20To25]);
        assert!((rolled[22][0] - 160.0).abs() < 1e-9);
        assert!((rolled[7][1] - 360.0).abs() < 1e-9);
        assert!((rolled[0][0] - 250.0).abs() < 1e-9);
    }
}
