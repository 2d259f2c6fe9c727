//! Suspensions and permanent exclusions in a simulated future, by SEN status, phase and need.
//!
//! In: the stocks of a future, the area's published termly rates. Out: events of each academic year.
//! Deliberately not here: what an exclusion does to a child afterwards (a request, alternative
//! provision). The model changes no child's course.
//! A new influence is a factor in [`Expected`], with a passport in
//! `scenarios/baseline/exclusions.toml`.

mod area_rates;
mod cells;
mod draw;
mod expected;
mod groups;
mod pupils;

pub use area_rates::AreaExclusionRates;

use crate::domain::Date;
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use cells::keys;
use draw::Draw;
use expected::Expected;
use groups::Group;
use pupils::Pupils;

/// Exclusions of an area.
#[derive(Debug, Clone)]
pub struct Exclusions {
    base_year: i32,
    years: usize,
    rates: AreaExclusionRates,
    groups: Vec<Group>,
}

impl Exclusions {
    /// The exclusions of an area over the academic years of a horizon: one for each January after the
    /// base date.
    pub fn new(rates: AreaExclusionRates, base_year: i32, years: usize) -> Self {
        Self {
            base_year,
            years,
            rates,
            groups: groups::all(),
        }
    }
}

impl Companion for Exclusions {
    fn cells(&self) -> Vec<Cell> {
        cells::cells(self.base_year, self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let at_base = Pupils::on_january(future, 0);
        let expected = Expected::new(future, self, &at_base);
        let draw = Draw::new(future, Date::january(self.base_year), self.years);
        let keys = keys();
        let mut values = Vec::with_capacity(2 * keys.len() * self.years);
        for year in 1..=self.years {
            let pupils = Pupils::on_january(future, year);
            let means = expected.of_year(&pupils, &draw, year);
            for counts in draw.events(&means, year) {
                let of_groups = || self.groups.iter().zip(&counts);
                values.extend(keys.iter().map(|key| {
                    let held = of_groups().filter(|(group, _)| key.holds(group));
                    held.map(|(_, count)| f64::from(*count)).sum::<f64>()
                }));
            }
        }
        values
    }
}
