//! Residents: births, people moving in and out, from projected cohorts.

use super::posterior::{Draw, Sampler};
use crate::area::PopulationRow;
use crate::domain::{AGES, Sex};
use crate::simulate::{Rates, Table};

/// How far projections of earlier years were from later estimates, as standard deviations of the
/// log ratio a number of years ahead, over all authorities.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PopulationError {
    /// Years ahead that the figures are for.
    pub years_ahead: f64,
    /// Births.
    pub births_sd: f64,
    /// Sizes of cohorts already born.
    pub cohorts_sd: f64,
}

/// Projected residents by 1 January, academic age and sex.
#[derive(Debug, Clone)]
pub(super) struct PopulationFit {
    residents: Table<3>,
    years: usize,
    error: PopulationError,
}

impl PopulationFit {
    /// Reads the years from the base year on; a horizon that runs past the projection keeps its last
    /// year.
    pub(super) fn new(
        base_year: i32,
        years: usize,
        rows: &[PopulationRow],
        error: PopulationError,
    ) -> Self {
        let mut residents = Table::zeros([years + 1, AGES, Sex::COUNT]);
        let last = rows.iter().map(|row| row.year).max().unwrap_or(base_year);
        for row in rows {
            let from = (row.year - base_year).max(-1);
            let to = if row.year == last { years as i32 } else { from };
            for year in from..=to {
                if year >= 0 && year <= years as i32 && (row.year >= base_year) {
                    *residents.at_mut([year as usize, usize::from(row.age), row.sex.index()]) =
                        row.persons;
                }
            }
        }
        Self {
            residents,
            years,
            error,
        }
    }

    /// Residents of both sexes.
    pub(super) fn both(&self, year: usize, age: usize) -> f64 {
        self.residents.at([year, age, 0]) + self.residents.at([year, age, 1])
    }

    /// Fills births and moves of residents of a draw.
    ///
    /// Residents move out at least at the rate at which children with plans do (the only published
    /// rate of moves of children between authorities), faster where the cohort of the draw shrinks
    /// faster; those who move in make up the difference to it. The error of the projection is one
    /// surprise for births and one for moves, growing with time. A cohort that a surprise makes
    /// smaller loses as many as one that it makes larger gains, so that the mean of the draws is the
    /// projection.
    pub(super) fn fill(&self, draw: Draw, moving_out: &[f64; AGES], rates: &mut Rates) {
        let mut sampler = Sampler::new(draw, "population");
        let per_year = 1.0 / self.error.years_ahead.max(1.0);
        let births = self.error.births_sd * sampler.normal();
        let moves = self.error.cohorts_sd * per_year * sampler.normal();
        for year in 0..self.years {
            let ahead = ((year + 1) as f64 * per_year).min(2.0);
            let factor = (1.0 + births * ahead).max(0.0);
            for sex in 0..Sex::COUNT {
                *rates.births.at_mut([year, sex]) = self.residents.at([year + 1, 0, sex]) * factor;
            }
            for age in 0..AGES - 1 {
                let with_plan = rates.plans_moving_in.at([year, age]) / 2.0;
                let cohorts: [Cohort; Sex::COUNT] = std::array::from_fn(|sex| Cohort {
                    now: self.residents.at([year, age, sex]),
                    wanted: self.residents.at([year + 1, age + 1, sex]) * (1.0 + moves).max(0.0),
                    with_plan,
                });
                let least = moving_out[age].clamp(0.0, FASTEST);
                let out = cohorts.iter().fold(least, |out, cohort| cohort.out(out));
                *rates.residents_out.at_mut([year, age]) = out;
                for (sex, cohort) in cohorts.iter().enumerate() {
                    *rates.residents_in.at_mut([year, age, sex]) = cohort.coming(out);
                }
            }
        }
    }
}

/// Greatest rate of moving out [per person and year].
const FASTEST: f64 = 3.0;

/// Rounds in which the rate of moving out is found: each leaves a small fraction of the error.
const ROUNDS: usize = 4;

/// A cohort of one sex over one year.
#[derive(Debug, Clone, Copy)]
struct Cohort {
    /// Residents on the 1 January before.
    now: f64,
    /// Residents on the 1 January after.
    wanted: f64,
    /// Children with a plan who move in.
    with_plan: f64,
}

impl Cohort {
    /// Share of those who come in during the year who are still there at its end.
    fn kept(out: f64) -> f64 {
        if out > 1e-9 {
            (1.0 - libm::exp(-out)) / out
        } else {
            1.0
        }
    }

    /// The rate of moving out, at least `least`, at which nobody has to come in:
    /// `now exp(-out) + with_plan kept(out) = wanted`.
    fn out(&self, least: f64) -> f64 {
        let staying = |out: f64| self.wanted - self.with_plan * Self::kept(out);
        if self.now * libm::exp(-least) <= staying(least) {
            return least;
        }
        (0..ROUNDS).fold(least, |out, _| {
            let rate = libm::log(self.now / staying(out).max(f64::MIN_POSITIVE));
            rate.clamp(least, FASTEST)
        })
    }

    /// Residents without a plan who come in.
    fn coming(&self, out: f64) -> f64 {
        let stay = self.now * libm::exp(-out);
        ((self.wanted - stay) / Self::kept(out) - self.with_plan).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Basis;

    const YEARS: usize = 10;

    /// Cohorts that hold their size at first and lose 3% a year from age 18 on.
    fn fit() -> PopulationFit {
        let size = |age: u8| 500.0 * 0.97_f64.powi(i32::from(age.saturating_sub(17)));
        let rows: Vec<PopulationRow> = (2025..=2025 + YEARS as i32)
            .flat_map(|year| (0..AGES as u8).map(move |age| (year, age)))
            .flat_map(|(year, age)| {
                Sex::ALL.map(|sex| PopulationRow {
                    year,
                    age,
                    sex,
                    persons: size(age),
                    basis: Basis::Assumption,
                })
            })
            .collect();
        let error = PopulationError {
            years_ahead: 5.0,
            births_sd: 0.05,
            cohorts_sd: 0.08,
        };
        PopulationFit::new(2025, YEARS, &rows, error)
    }

    /// Residents of all ages at the end, by expected numbers.
    fn at_the_end(fit: &PopulationFit, draw: Draw) -> f64 {
        let mut rates = Rates::zeros(YEARS);
        fit.fill(draw, &[0.012; AGES], &mut rates);
        let mut now = [[500.0; AGES]; Sex::COUNT];
        for (sex, ages) in now.iter_mut().enumerate() {
            for (age, cell) in ages.iter_mut().enumerate() {
                *cell = fit.residents.at([0, age, sex]);
            }
            for year in 0..YEARS {
                let mut next = [0.0; AGES];
                next[0] = rates.births.at([year, sex]);
                for age in 0..AGES - 1 {
                    let out = rates.residents_out.at([year, age]);
                    next[age + 1] = ages[age] * libm::exp(-out)
                        + rates.residents_in.at([year, age, sex]) * Cohort::kept(out);
                }
                *ages = next;
            }
        }
        now.iter().flatten().sum()
    }

    #[test]
    fn the_mean_of_the_draws_is_the_projection() {
        let fit = fit();
        let projected: f64 = (0..AGES).map(|age| fit.both(YEARS, age)).sum();
        assert!((at_the_end(&fit, Draw::Central) / projected - 1.0).abs() < 1e-6);
        let ends: Vec<f64> = (0..2_000)
            .map(|draw| at_the_end(&fit, Draw::Sample { seed: 5, draw }))
            .collect();
        let n = ends.len() as f64;
        let mean = ends.iter().sum::<f64>() / n;
        let variance = ends.iter().map(|end| (end - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let error = (variance / n).sqrt();
        // Surprises move the total by several percent; three standard errors are well under 1%.
        assert!(error / projected < 0.003 && variance.sqrt() / projected > 0.03);
        assert!(
            (mean - projected).abs() < 3.0 * error + 0.004 * projected,
            "mean {mean:.0} ± {error:.0}, projected {projected:.0}"
        );
    }

    #[test]
    fn a_shrinking_cohort_shrinks_by_moving_out() {
        let cohort = Cohort {
            now: 1_000.0,
            wanted: 800.0,
            with_plan: 12.0,
        };
        let out = cohort.out(0.01);
        let end = cohort.now * libm::exp(-out) + cohort.with_plan * Cohort::kept(out);
        assert!((end - cohort.wanted).abs() < 0.01, "{end}");
        assert!(cohort.coming(out) < 0.05);
        assert!(
            (Cohort {
                wanted: 1_200.0,
                ..cohort
            })
            .out(0.01)
                < 0.0101
        );
    }
}
