//! Suspensions, permanent exclusions, managed moves, absence and reduced timetables in a simulated
//! future, by SEN status, phase, need, sex and term.
//!
//! In: the stocks of a future, the area's published rates. Out: events and shares of each academic
//! year.
//! Deliberately not here: what an exclusion does to a child afterwards (a request: `ehc_process/`;
//! `alternative_provision/`). The model changes no child's course.
//! A new influence is a factor in [`Expected`], with a passport in
//! `scenarios/baseline/exclusions.toml`.

mod absence;
mod area_rates;
mod course;
mod draw;
mod drawn;
mod events;
mod expected;
mod groups;
mod keys;
mod managed_moves;
mod pupils;
mod reduced_timetables;
mod without_plan;

pub use absence::{Absence, AreaAbsenceRates};
pub use area_rates::AreaExclusionRates;
pub use course::{levels, own_course, wander, with_odds};
pub use groups::{PHASES, TERMS};
pub use reduced_timetables::ReducedTimetables;
pub use without_plan::WithoutPlan;

use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use drawn::Drawn;
use groups::Group;
use keys::{academic_year, of_all};

/// Indicators, in the order of their values within a year.
const INDICATORS: [(&str, &str); 2] = [
    ("suspensions", "suspensions"),
    ("permanent_exclusions", "exclusions"),
];

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
        let of_year = |year: usize| {
            let period = academic_year(self.base_year, year);
            let of_pupils = {
                let period = period.clone();
                INDICATORS.into_iter().flat_map(move |indicator| {
                    let period = period.clone();
                    let cell = move |key: keys::Key| key.cell(indicator, period.clone());
                    of_all().into_iter().map(cell)
                })
            };
            of_pupils.chain(managed_moves::INDICATORS.map(|indicator| {
                Cell::total(indicator, (period.clone(), "Academic year"), "residence")
            }))
        };
        (1..=self.years).flat_map(of_year).collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let drawn = Drawn::new(self, future);
        let keys = of_all();
        let mut values = Vec::with_capacity(2 * (keys.len() + 1) * self.years);
        for year in 1..=self.years {
            let (means, excluded) = drawn.of_year(year);
            for counts in drawn.draw.events(&means, year) {
                let of_groups = || self.groups.iter().zip(&counts);
                values.extend(keys.iter().map(|key| {
                    let held = of_groups().filter(|(group, _)| key.holds(group));
                    held.map(|(_, events)| f64::from(key.number(events)))
                        .sum::<f64>()
                }));
            }
            values.extend(drawn.moves.number(future, excluded, year));
        }
        values
    }
}
