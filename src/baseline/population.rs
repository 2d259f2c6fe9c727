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
    /// rate of moves of children between authorities), faster where the projected cohort shrinks
    /// faster; those who move in make up the difference to the projected cohort. The error of the
    /// projection is one surprise for births and one for moves, growing with time.
    pub(super) fn fill(&self, draw: Draw, moving_out: &[f64; AGES], rates: &mut Rates) {
        let mut sampler = Sampler::new(draw, "population");
        let per_year = 1.0 / self.error.years_ahead.max(1.0);
        let births = self.error.births_sd * sampler.normal();
        let moves = self.error.cohorts_sd * per_year * sampler.normal();
        for year in 0..self.years {
            let ahead = ((year + 1) as f64 * per_year).min(2.0);
            let factor = libm::exp(births * ahead);
            for sex in 0..Sex::COUNT {
                *rates.births.at_mut([year, sex]) = self.residents.at([year + 1, 0, sex]) * factor;
            }
            for age in 0..AGES - 1 {
                let (now, next) = (self.both(year, age), self.both(year + 1, age + 1));
                let shrinking = if next > 0.0 {
                    libm::log(now.max(1.0) / next)
                } else {
                    0.0
                };
                let out = moving_out[age].max(shrinking).clamp(0.0, 3.0);
                *rates.residents_out.at_mut([year, age]) = out;
                for sex in 0..Sex::COUNT {
                    let stay = self.residents.at([year, age, sex]) * libm::exp(-out);
                    let target = self.residents.at([year + 1, age + 1, sex]) * (1.0 + moves);
                    // Those who come in during the year may leave again before its end.
                    let kept = if out > 1e-9 {
                        (1.0 - libm::exp(-out)) / out
                    } else {
                        1.0
                    };
                    let with_plan = rates.plans_moving_in.at([year, age]) / 2.0;
                    *rates.residents_in.at_mut([year, age, sex]) =
                        ((target - stay) / kept - with_plan).max(0.0);
                }
            }
        }
    }
}
