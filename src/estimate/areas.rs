//! Published counts of every authority, arranged for estimation.

use super::ages::{AgeKernel, ByAge, to_cohorts};
use super::residents::Residents;
use crate::data::facts::{Authority, Cut, Item, Published};
use crate::domain::{AGES, AgeGroup, CeaseReason, Place};

/// First calendar year of flows used.
pub(super) const FIRST_YEAR: i32 = 2010;

/// First calendar year with new plans by single age.
pub(super) const FIRST_AGED_YEAR: i32 = 2022;

/// First calendar year with complete ceased plans.
pub(super) const FIRST_CEASED_YEAR: i32 = 2023;

/// Last calendar year of flows in the newest release.
pub(super) const LAST_YEAR: i32 = 2024;

/// Counts of one authority (or of England) as estimation needs them.
#[derive(Debug, Clone)]
pub(super) struct Counts<'p> {
    published: &'p Published,
    residents: &'p Residents,
    place: Place,
}

impl<'p> Counts<'p> {
    pub(super) const fn of(
        published: &'p Published,
        residents: &'p Residents,
        place: Place,
    ) -> Self {
        Self {
            published,
            residents,
            place,
        }
    }

    pub(super) fn plans(&self, january: i32) -> Option<f64> {
        self.published
            .plans
            .value(self.place, january, Cut::All, Item::Total)
    }

    fn plans_in_band(&self, january: i32, band: AgeGroup) -> Option<f64> {
        self.published
            .plans
            .value(self.place, january, Cut::AgeGroup(band), Item::Total)
            .or_else(|| {
                let ages = band.ages().filter_map(|age| {
                    let cut = Cut::Age(age);
                    self.published
                        .plans
                        .value(self.place, january, cut, Item::Total)
                });
                Some(ages.sum::<f64>()).filter(|sum| *sum > 0.0)
            })
    }

    /// Plans by single academic age on a 1 January: as published, or the shape of a later January
    /// scaled to the bands published then.
    pub(super) fn plans_by_age(&self, january: i32, shape: &ByAge) -> Option<ByAge> {
        let total = self.plans(january)?;
        let published = self.published_plans_by_age(january);
        let mut ages = published.unwrap_or_else(|| {
            let mut ages = *shape;
            for band in AgeGroup::ALL {
                let of_band: f64 = band.ages().map(|a| shape[usize::from(a)]).sum();
                if let (Some(plans), true) = (self.plans_in_band(january, band), of_band > 0.0) {
                    for age in band.ages() {
                        ages[usize::from(age)] *= plans / of_band;
                    }
                }
            }
            ages
        });
        let sum: f64 = ages.iter().sum();
        if sum <= 0.0 {
            return None;
        }
        ages.iter_mut().for_each(|plans| *plans *= total / sum);
        Some(ages)
    }

    pub(super) fn published_plans_by_age(&self, january: i32) -> Option<ByAge> {
        let mut ages = [0.0; AGES];
        for age in 2..AGES as u8 {
            let cut = Cut::Age(age);
            if let Some(plans) = self
                .published
                .plans
                .value(self.place, january, cut, Item::Total)
            {
                ages[usize::from(age)] = plans;
            }
        }
        Some(ages).filter(|ages| ages.iter().sum::<f64>() > 0.0)
    }

    pub(super) fn new_plans(&self, year: i32) -> Option<f64> {
        self.published
            .new_plans
            .value(self.place, year, Cut::All, Item::Total)
    }

    /// New plans of a year by cohort.
    pub(super) fn new_by_age(&self, year: i32, expected: &ByAge) -> Option<ByAge> {
        let shown: Vec<(u8, f64)> = (2..=20)
            .filter_map(|age| {
                let cell =
                    self.published
                        .new_plans
                        .value(self.place, year, Cut::Age(age), Item::Total);
                cell.map(|plans| (age, plans))
            })
            .collect();
        (!shown.is_empty()).then(|| to_cohorts(&shown, 20, AgeKernel::AT_CENSUS_AFTER, expected))
    }

    /// Plans that ended for the wanted reasons in a year, in total.
    pub(super) fn ceased(&self, year: i32, wanted: impl Fn(CeaseReason) -> bool) -> Option<f64> {
        let reasons = CeaseReason::ALL
            .into_iter()
            .filter(|&reason| wanted(reason));
        let cells: Vec<f64> = reasons
            .filter_map(|reason| {
                let item = Item::Reason(reason);
                self.published
                    .ceased
                    .value(self.place, year, Cut::All, item)
            })
            .collect();
        (!cells.is_empty()).then(|| cells.iter().sum())
    }

    /// The same by cohort.
    pub(super) fn ceased_by_age(
        &self,
        year: i32,
        wanted: impl Fn(CeaseReason) -> bool,
        expected: &ByAge,
    ) -> Option<ByAge> {
        let shown: Vec<(u8, f64)> = (0..=20)
            .filter_map(|age| {
                let cells: Vec<f64> = CeaseReason::ALL
                    .into_iter()
                    .filter(|&reason| wanted(reason))
                    .filter_map(|reason| {
                        let item = Item::Reason(reason);
                        self.published
                            .ceased
                            .value(self.place, year, Cut::Age(age), item)
                    })
                    .collect();
                (!cells.is_empty()).then(|| (age, cells.iter().sum()))
            })
            .collect();
        let any = shown.iter().map(|(_, events)| events).sum::<f64>() > 0.0;
        any.then(|| to_cohorts(&shown, 20, AgeKernel::ON_THE_DAY, expected))
    }

    /// Residents without a plan by academic age.
    pub(super) fn without_plan(&self, january: i32, shape: &ByAge) -> Option<ByAge> {
        let residents = self.residents.of(self.place, january)?;
        let plans = self.plans_by_age(january, shape)?;
        Some(std::array::from_fn(|a| {
            (residents[a] - plans[a]).max(residents[a] * 0.5)
        }))
    }
}

/// Authorities that stand in a January, by region.
pub(super) fn current(published: &Published, january: i32) -> Vec<&Authority> {
    published.authorities_in(january).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_years_of_flows_are_in_order() {
        const { assert!(FIRST_YEAR < FIRST_AGED_YEAR && FIRST_CEASED_YEAR <= LAST_YEAR) }
        assert!(current(&Published::default(), 2025).is_empty());
    }
}
