//! Pupils of state-funded special schools who are there for a part of the week only.

use super::course::{course, with_odds};
use super::keys::academic_year;
use super::pupils::Pupils;
use crate::domain::{Date, Provision};
use crate::simulate::{Companion, Future};
use crate::summarise::{Axis, Cell, Counted};

/// Indicators of a year, in the order of their values: sessions of 100, pupils.
const INDICATORS: [(&str, &str); 2] = [
    ("reduced_timetable_sessions_percent", "percent"),
    ("reduced_timetable_children", "children"),
];

/// Numbers of the base date: sessions that are lost, the part of the week that a pupil on a reduced
/// timetable loses, how many more sessions are lost as schools hold more children than places.
const NUMBERS: [&str; 3] = [
    "absence.reduced-timetables.share",
    "absence.reduced-timetables.part-lost",
    "absence.reduced-timetables.crowding",
];

/// Reduced timetables of an area's residents in special schools, Reception to Year 11.
#[derive(Debug, Clone)]
pub struct ReducedTimetables {
    base_year: i32,
    years: usize,
}

impl ReducedTimetables {
    /// Those over the academic years of a horizon: one for each January after the base date.
    pub const fn new(base_year: i32, years: usize) -> Self {
        Self { base_year, years }
    }
}

impl Companion for ReducedTimetables {
    fn cells(&self) -> Vec<Cell> {
        let of_year = |year: usize| {
            let when = (academic_year(self.base_year, year), "Academic year");
            INDICATORS.map(|indicator| Cell::total(indicator, when.clone(), "residence"))
        };
        (1..=self.years).flat_map(of_year).collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let base = Date::january(self.base_year);
        let [share, part_lost, crowding] = NUMBERS.map(|path| future.number_at_base(path, base));
        let course = course(future, ("absence", "reduced-timetables"), base, self.years);
        let crowded = |year: usize| 1.0 + crowding * beyond_places(future, year);
        let of_year = |year: usize| {
            let odds = course[year - 1] * crowded(year) / crowded(0);
            let sessions = with_odds(share, odds);
            let pupils = Pupils::on_january(future, year).in_special_schools();
            [100.0 * sessions, children(pupils, sessions, part_lost)]
        };
        (1..=self.years).flat_map(of_year).collect()
    }
}

/// Pupils on a reduced timetable: sessions that all lose over what each of them loses.
fn children(pupils: f64, sessions: f64, part_lost: f64) -> f64 {
    if sessions > 0.0 {
        pupils * (sessions / part_lost).min(1.0)
    } else {
        0.0
    }
}

/// Children in special schools beyond the places there, on a January, as a share of the places; none
/// where places are not counted.
fn beyond_places(future: &Future<'_>, year: usize) -> f64 {
    // Places are counted in January and September: January is every second period.
    let of = |counted| {
        let start = future.layout.margin(counted, 2 * year, Axis::Provision);
        start.map_or(0.0, |start| {
            f64::from(future.counts[start + Provision::StateSpecial.index()])
        })
    };
    let places = of(Counted::PlacesCapacity);
    if places > 0.0 {
        (of(Counted::PlacesFilled) / places - 1.0).max(0.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pupils_lose_what_all_lose_together() {
        // 3% of the sessions of 500 pupils are 15 weeks, which are half weeks of 30 pupils.
        assert!((children(500.0, 0.03, 0.5) - 30.0).abs() < 1e-9);
        assert!(children(500.0, 0.0, 0.0).abs() < 1e-12);
        assert!((children(500.0, 0.6, 0.5) - 500.0).abs() < 1e-9);
    }
}
