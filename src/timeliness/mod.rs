//! What families meet with between a request and a plan: decisions, weeks, lists, disputes.
//!
//! In: the requests of a future and the teams that worked on them. Out: indicators by calendar year
//! and 1 January.
//! Deliberately not here: the process itself (`ehc_process/`).
//! A new indicator is a block in [`Timeliness::cells`] and, in the same order, in `measure`.

mod figures;
mod keys;

use crate::domain::{Date, time_period};
use crate::ehc_process::{Reviews, Team};
use crate::simulate::{Companion, Future};
use crate::summarise::{Cell, Counted};
use figures::Figures;
use keys::{Key, people};

/// Requests, decisions and plans of an area, year by year.
#[derive(Debug, Clone, Copy)]
pub struct Timeliness {
    base_year: i32,
    years: usize,
}

/// What a dispute is about, in the order of the values.
const ABOUT: [&str; 3] = [
    "About assessing",
    "About issuing a plan",
    "About contents or placement",
];

/// Where a request stands on 1 January, in the order of the values.
const STANDS: [&str; 6] = [
    "Decision whether to assess",
    Team::Psychologists.label(),
    "Other advice",
    Team::Officers.label(),
    "Consultation on the draft",
    "Mediation and tribunal",
];

/// Flows of children, by what they are broken down by.
const FLOWS: [(&str, &str); 3] = [
    ("requests", "requests"),
    ("requests_refused", "requests"),
    ("assessments", "assessments"),
];
const DISPUTES: [(&str, &str, usize); 2] =
    [("mediations", "mediations", 2), ("appeals", "appeals", 3)];
const OF_PLANS: [(&str, &str); 6] = [
    ("plans_within_20_weeks_share", "percent"),
    ("plans_over_a_year_share", "percent"),
    ("weeks_to_plan_p50", "weeks"),
    ("weeks_to_plan_p90", "weeks"),
    ("plans_within_20_weeks_no_exceptions_share", "percent"),
    ("plans_with_exception_share", "percent"),
];
const OF_TEAMS: [(&str, &str); 5] = [
    ("wait_weeks_p50", "weeks"),
    ("wait_weeks_p90", "weeks"),
    ("utilisation", "percent"),
    ("staff_in_post", "full-time equivalents"),
    ("staff_needed", "full-time equivalents"),
];

/// Annual reviews: due and held add up, the share does not.
const REVIEWS: [(&str, &str); 3] = [
    ("annual_reviews_due", "reviews"),
    ("annual_reviews_held", "reviews"),
    ("annual_reviews_held_share", "percent"),
];

/// Annual reviews of children in special schools outside the area: due, and with somebody of the
/// area there.
const OUT_OF_AREA: [(&str, &str); 2] = [
    ("out_of_area_reviews_due", "reviews"),
    ("out_of_area_reviews_attended", "reviews"),
];
/// Reviews outside the area that somebody of the area attends.
const ATTENDED: &str = "places.out-of-area-review-share";

/// How many of these are staff, who add up over teams.
const STAFF: usize = 2;

impl Timeliness {
    /// Over the years of a horizon.
    pub const fn new(base_year: i32, years: usize) -> Self {
        Self { base_year, years }
    }
}

impl Timeliness {
    /// Reviews due of the children who are outside the area at the end of a year, one each, and
    /// those attended; none where places are not counted.
    fn out_of_area(self, future: &Future<'_>, year: usize) -> [f64; 2] {
        // Januaries and Septembers by turns.
        let january = 2 * (year + 1);
        let at = future.layout.start(Counted::ChildrenOutOfArea, january);
        let due = f64::from(future.counts[at]);
        let share = future.number(ATTENDED, Date::january(self.base_year));
        let middle = f64::midpoint(
            future.timeline.january(year),
            future.timeline.january(year + 1),
        );
        let share = future.stated(ATTENDED, middle, share).clamp(0.0, 1.0);
        [due, due * share]
    }
}

impl Companion for Timeliness {
    fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for year in 0..self.years {
            let period = ((self.base_year + year as i32).to_string(), "Calendar year");
            let total = |indicator| Cell::total(indicator, period.clone(), "residence");
            for flow in FLOWS {
                cells.extend(people().iter().map(|key| key.of(total(flow))));
            }
            for (name, unit, kinds) in DISPUTES {
                cells.push(total((name, unit)));
                cells.extend(ABOUT[..kinds].iter().map(|category| Cell {
                    category,
                    ..total((name, unit))
                }));
            }
            cells.extend(OF_PLANS.map(total));
            cells.extend(REVIEWS.map(total));
            cells.extend(OUT_OF_AREA.map(total));
            for team in Team::ALL {
                cells.extend(OF_TEAMS.map(|indicator| Cell {
                    service: team.label(),
                    ..total(indicator)
                }));
            }
            cells.extend(OF_TEAMS[OF_TEAMS.len() - STAFF..].iter().map(|i| total(*i)));
        }
        for year in 0..=self.years {
            let first = self.base_year + year as i32 - 1;
            let period = (time_period(first), "January");
            let list = ("requests_in_progress", "requests");
            let total = Cell::total(list, period, "residence");
            cells.extend(STANDS.map(|service| Cell {
                service,
                ..total.clone()
            }));
            cells.push(total);
        }
        cells
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let Some(process) = &future.record.process else {
            return vec![f64::NAN; self.cells().len()];
        };
        let figures = Figures::new(future, process);
        let mut values = Vec::new();
        for year in 0..self.years {
            let of_year = figures.of_year(year);
            for flow in [&of_year.requests, &of_year.refused, &of_year.assessed] {
                let count = |key: &Key| flow.iter().filter(|child| key.holds(child)).count();
                values.extend(people().iter().map(|key| count(key) as f64));
            }
            for (of, (_, _, kinds)) in [of_year.mediations, of_year.appeals].iter().zip(DISPUTES) {
                values.push(of[..kinds].iter().sum());
                values.extend(&of[..kinds]);
            }
            values.extend(of_year.plans);
            values.extend(reviews(future, &process.reviews, year));
            values.extend(self.out_of_area(future, year));
            values.extend(of_year.teams.iter().flatten());
            let staff = OF_TEAMS.len() - STAFF..OF_TEAMS.len();
            values.extend(staff.map(|at| of_year.teams.iter().map(|team| team[at]).sum::<f64>()));
        }
        for year in 0..=self.years {
            let list = figures.list_on_january(year);
            values.extend(list);
            values.push(list.iter().sum());
        }
        values
    }
}

/// Annual reviews of a year: due, held, and the share held [per cent].
fn reviews(future: &Future<'_>, reviews: &Reviews, year: usize) -> [f64; 3] {
    let plans = future.counts[future.layout.start(Counted::EhcPlans, year + 1)];
    let due = f64::from(plans) * reviews.due_per_plan;
    let days = (
        future.timeline.january(year),
        future.timeline.january(year + 1),
    );
    let share = reviews.held(days, &|path, day, value| future.stated(path, day, value));
    [due, due * share, share * 100.0]
}
