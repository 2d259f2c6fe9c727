//! Rows of alternative provision and their values.

use super::Reason;
use super::places::Course;
use crate::domain::time_period;
use crate::summarise::Cell;

const PUPILS: (&str, &str) = ("alternative_provision_pupils", "children");
const WAITING: (&str, &str) = ("alternative_provision_waiting", "children");
const PLACES: (&str, &str) = ("alternative_provision_places", "places");
const ENTRIES: (&str, &str) = ("alternative_provision_entries", "children");
const RETURNS: (&str, &str) = ("alternative_provision_returns", "children");
const YEAR_11: (&str, &str) = ("alternative_provision_year_11_leavers", "children");
const DAYS: (&str, &str) = ("alternative_provision_days_waiting", "days");

/// The rows: Januaries from the base date on, then calendar years.
pub(super) fn cells(base_year: i32, years: usize) -> Vec<Cell> {
    let by_reason = |indicator, when: &(String, &'static str)| {
        let total = Cell::total(indicator, when.clone(), "school");
        let of = Reason::ALL.map(|reason| Cell {
            category: reason.label(),
            ..total.clone()
        });
        std::iter::once(total).chain(of).collect::<Vec<_>>()
    };
    let mut cells = Vec::new();
    for year in 0..=years {
        let when = (time_period(base_year + year as i32 - 1), "January");
        cells.extend(by_reason(PUPILS, &when));
        cells.extend(by_reason(WAITING, &when));
        cells.push(Cell::total(PLACES, when, "school"));
    }
    for year in 0..years {
        let when = ((base_year + year as i32).to_string(), "Calendar year");
        cells.extend(by_reason(ENTRIES, &when));
        cells.extend([RETURNS, YEAR_11, DAYS].map(|one| Cell::total(one, when.clone(), "school")));
    }
    cells
}

/// The values, in the order of the rows.
pub(super) fn values(course: &Course) -> Vec<f64> {
    let by_reason = |counts: [u32; Reason::ALL.len()]| {
        let of = counts.map(f64::from);
        [of.iter().sum(), of[0], of[1]]
    };
    let mut values = Vec::new();
    for january in &course.counts {
        values.extend(by_reason(january.pupils));
        values.extend(by_reason(january.waiting));
        values.push(january.places);
    }
    for year in &course.between {
        values.extend(by_reason(year.entries));
        values.extend([
            f64::from(year.returns),
            f64::from(year.finish),
            year.days_waiting,
        ]);
    }
    values
}
