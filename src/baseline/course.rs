//! Yearly factors that lead single ages along the course of plans that the forecast drew.

use super::posterior::Draw;
use crate::domain::{AGES, AgeGroup, published_ages};
use crate::forecast::{AreaOutlook, BandCourse};
use crate::simulate::{Rates, Table};

/// First age from which more or fewer plans than expected mean that fewer or more cease; below it
/// they mean moves between authorities and recording.
const FIRST_AGE_OF_CEASING: usize = 16;

/// Rounds of correction for the effect of the factors on one another.
const ROUNDS: usize = 4;

/// Least share of an age's plans that is kept, whatever the course asks for.
const LEAST_KEPT: f64 = 0.02;

/// Rates of single ages before any course: per person and year.
#[derive(Debug, Clone)]
pub(super) struct AgeRates {
    /// Plans on the base date.
    pub(super) plans: [f64; AGES],
    /// Residents on each 1 January: year × age.
    pub(super) residents: Table<2>,
    /// Joining per resident without a plan.
    pub(super) joining: [f64; AGES],
    /// Ceasing per plan.
    pub(super) ceasing: [f64; AGES],
    /// Moving out per plan.
    pub(super) moving_out: [f64; AGES],
    /// Moving in per plan of the area.
    pub(super) moving_in: [f64; AGES],
}

/// Factors by year and age, and the plans that they lead to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    /// Factor on joining.
    joining: Table<2>,
    /// Factor on ceasing.
    ceasing: Table<2>,
    /// Moving out beyond the rate of every year [per plan].
    moving_out: Table<2>,
    /// Moving in [plans a year].
    moving_in: Table<2>,
    /// Plans by age on each 1 January, the base date first.
    plans: Vec<[f64; AGES]>,
    /// New plans of each year, by age on its 1 January.
    new_plans: Vec<[f64; AGES]>,
}

impl Course {
    /// The course of a draw; without an outlook every rate holds as it is.
    pub(super) fn of(
        outlook: Option<&AreaOutlook>,
        draw: Draw,
        area: &str,
        rates: &AgeRates,
        years: usize,
    ) -> Self {
        let bands = outlook.map(|outlook| match draw {
            Draw::Central => outlook.central(),
            Draw::Sample { seed, draw } => outlook.draw(seed, draw, area),
        });
        Self::follow(bands.as_ref(), rates, years)
    }

    /// Year by year: new plans of each band as the forecast has them, and then as many more or
    /// fewer plans kept as bring all ages together to the forecast's total,
    /// `P(a+1) = P(a) exp(-c g - o - x) + (J + I) exp(-(c g + o + x)/2)`.
    fn follow(bands: Option<&BandCourse>, rates: &AgeRates, years: usize) -> Self {
        let mut course = Self {
            joining: Table::ones([years, AGES]),
            ceasing: Table::ones([years, AGES]),
            moving_out: Table::zeros([years, AGES]),
            moving_in: Table::zeros([years, AGES]),
            plans: vec![rates.plans],
            new_plans: Vec::new(),
        };
        let mut plans = rates.plans;
        for year in 0..years {
            for age in 0..AGES - 1 {
                *course.moving_in.at_mut([year, age]) = rates.moving_in[age] * plans[age];
            }
            if let Some(bands) = bands.filter(|bands| year < bands.plans.len()) {
                course.join(year, &plans, rates, &bands.new_plans[year]);
                let total: f64 = bands.plans[year].iter().sum();
                course.keep(year, &plans, rates, total);
            } else if year > 0 {
                course.hold(year);
            }
            course.new_plans.push(std::array::from_fn(|age| {
                joiners(rates, &plans, year, age) * course.joining.at([year, age])
            }));
            plans = course.next(year, &plans, rates);
            course.plans.push(plans);
        }
        course
    }

    /// Factors on joining: new plans of each band as given, at the ages at which they are published.
    fn join(&mut self, year: usize, plans: &[f64; AGES], rates: &AgeRates, wanted: &[f64; 5]) {
        let mut base = [0.0; 5];
        for age in 0..AGES {
            let joiners = joiners(rates, plans, year, age);
            for (shown, share) in published_ages(age as u8) {
                base[AgeGroup::of(shown).index()] += share * joiners;
            }
        }
        for age in 0..AGES {
            let factor = |(shown, share): (u8, f64)| {
                let band = AgeGroup::of(shown).index();
                share * wanted[band] / base[band].max(1e-9)
            };
            let factors = published_ages(age as u8).map(factor);
            *self.joining.at_mut([year, age]) = factors.iter().sum();
        }
    }

    /// More or fewer plans kept, in proportion to those of each age, so that all together are as
    /// given.
    fn keep(&mut self, year: usize, plans: &[f64; AGES], rates: &AgeRates, wanted: f64) {
        for _ in 0..ROUNDS {
            let missing = wanted - self.next(year, plans, rates).iter().sum::<f64>();
            let kept: [f64; AGES] = std::array::from_fn(|age| {
                if age + 1 < AGES {
                    plans[age] * libm::exp(-self.leaving(year, age, rates))
                } else {
                    0.0
                }
            });
            let share = missing / kept.iter().sum::<f64>().max(1e-9);
            for age in 0..AGES - 1 {
                self.keep_at(year, age, rates, share, kept[age]);
            }
        }
    }

    /// Keeps a share more (or fewer) of an age's plans.
    fn keep_at(&mut self, year: usize, age: usize, rates: &AgeRates, share: f64, kept: f64) {
        let at = [year, age];
        let rate = -libm::log((1.0 + share).max(LEAST_KEPT));
        let mut left = rate;
        if age >= FIRST_AGE_OF_CEASING && rates.ceasing[age] > 0.0 {
            let factor = (self.ceasing.at(at) + rate / rates.ceasing[age]).max(0.0);
            left = rate - (factor - self.ceasing.at(at)) * rates.ceasing[age];
            *self.ceasing.at_mut(at) = factor;
        }
        let added = (self.moving_out.at(at) + left).max(0.0);
        left -= added - self.moving_out.at(at);
        *self.moving_out.at_mut(at) = added;
        let half = libm::exp(-0.5 * self.leaving(year, age, rates));
        let coming = (self.moving_in.at(at) - left * kept / half).max(0.0);
        *self.moving_in.at_mut(at) = coming;
    }

    /// Beyond the outlook the factors of its last year hold.
    fn hold(&mut self, year: usize) {
        for age in 0..AGES {
            *self.joining.at_mut([year, age]) = self.joining.at([year - 1, age]);
            *self.ceasing.at_mut([year, age]) = self.ceasing.at([year - 1, age]);
            *self.moving_out.at_mut([year, age]) = self.moving_out.at([year - 1, age]);
        }
    }

    fn leaving(&self, year: usize, age: usize, rates: &AgeRates) -> f64 {
        rates.ceasing[age] * self.ceasing.at([year, age])
            + rates.moving_out[age]
            + self.moving_out.at([year, age])
    }

    /// Plans by age on the next 1 January.
    fn next(&self, year: usize, plans: &[f64; AGES], rates: &AgeRates) -> [f64; AGES] {
        let mut next = [0.0; AGES];
        for age in 0..AGES - 1 {
            let leaving = self.leaving(year, age, rates);
            let coming = joiners(rates, plans, year, age) * self.joining.at([year, age])
                + self.moving_in.at([year, age]);
            next[age + 1] = plans[age] * libm::exp(-leaving) + coming * libm::exp(-0.5 * leaving);
        }
        next
    }

    /// Writes the factors into the rates of a draw.
    pub(super) fn fill(self, rates: &mut Rates) {
        rates.joining_trend = self.joining;
        rates.ceasing_trend = self.ceasing;
        rates.moving_out_added = self.moving_out;
        rates.plans_moving_in = self.moving_in;
    }

    /// Plans by age on each 1 January that the factors lead to, the base date first.
    pub(super) fn plans(&self) -> &[[f64; AGES]] {
        &self.plans
    }

    /// New plans of each year, by age on its 1 January.
    pub(super) fn new_plans(&self) -> &[[f64; AGES]] {
        &self.new_plans
    }

    /// Factor on joining in the first year, by age.
    pub(super) fn first_joining(&self) -> [f64; AGES] {
        std::array::from_fn(|age| self.joining.at([0, age]))
    }
}

fn joiners(rates: &AgeRates, plans: &[f64; AGES], year: usize, age: usize) -> f64 {
    rates.joining[age] * (rates.residents.at([year, age]) - plans[age]).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates() -> AgeRates {
        let by_age = |from: usize, rate: f64| -> [f64; AGES] {
            std::array::from_fn(|age| if age >= from { rate } else { 0.001 })
        };
        let mut residents = Table::zeros([3, AGES]);
        residents.values_mut().fill(3_000.0);
        AgeRates {
            plans: std::array::from_fn(|age| if (3..25).contains(&age) { 100.0 } else { 0.0 }),
            residents,
            joining: by_age(30, 0.0).map(|_| 0.008),
            ceasing: by_age(16, 0.25),
            moving_out: [0.02; AGES],
            moving_in: [0.02; AGES],
        }
    }

    fn bands(totals: [f64; 3], new_plans: [f64; 5]) -> BandCourse {
        BandCourse {
            new_plans: vec![new_plans; 3],
            plans: totals.map(|total| [total / 5.0; 5]).to_vec(),
        }
    }

    #[test]
    fn totals_and_new_plans_are_those_of_the_forecast() {
        let rates = rates();
        for totals in [[2_300.0, 2_500.0, 2_700.0], [2_000.0, 1_700.0, 1_500.0]] {
            let wanted = [90.0, 150.0, 80.0, 20.0, 1.0];
            let course = Course::follow(Some(&bands(totals, wanted)), &rates, 3);
            let mut plans = rates.plans;
            for (year, total) in totals.iter().enumerate() {
                let mut new = [0.0; 5];
                for age in 0..AGES {
                    let joiners = joiners(&rates, &plans, year, age);
                    for (shown, share) in published_ages(age as u8) {
                        let band = AgeGroup::of(shown).index();
                        new[band] += share * joiners * course.joining.at([year, age]);
                    }
                }
                let (all, expected) = (new.iter().sum::<f64>(), wanted.iter().sum::<f64>());
                assert!((all / expected - 1.0).abs() < 1e-9, "{new:?}");
                for (band, wanted) in wanted.iter().enumerate() {
                    let off = (new[band] - wanted).abs();
                    assert!(off < 0.02 * wanted + 1.5, "{new:?} for {wanted}");
                }
                plans = course.next(year, &plans, &rates);
                let all: f64 = plans.iter().sum();
                assert!((all / total - 1.0).abs() < 1e-4, "{year}: {all} of {total}");
            }
        }
    }

    #[test]
    fn without_an_outlook_every_rate_holds() {
        let course = Course::follow(None, &rates(), 3);
        assert!(
            course
                .joining
                .values()
                .iter()
                .all(|factor| factor.to_bits() == 1.0_f64.to_bits())
        );
        assert!(
            course
                .ceasing
                .values()
                .iter()
                .all(|factor| factor.to_bits() == 1.0_f64.to_bits())
        );
        assert!(
            course
                .moving_out
                .values()
                .iter()
                .all(|rate| rate.abs() < f64::EPSILON)
        );
    }
}
