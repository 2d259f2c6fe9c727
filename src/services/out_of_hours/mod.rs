//! Children's community nursing at night and at weekends: unplanned contacts hour by hour, and who is
//! on duty then.
//!
//! In: children with a plan for physical or multi-sensory needs of the future, stated numbers. Out:
//! contacts, waits until the next hour of duty, contacts that go to hospital, posts, by calendar year.
//! Deliberately not here: first appointments of community nursing, which have a published list.

mod duty;

use super::groups::{Group, Status, between};
use super::weekly::Weekly;
use crate::domain::{DAYS_PER_WEEK, Date, PrimaryNeed, WEEKS_PER_YEAR};
use crate::ehc_process::Hours as Expected;
use crate::random::{Process, exponential, uniform};
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use duty::{Duty, Hours};

/// Indicators of a calendar year, in the order of their values.
const INDICATORS: [(&str, &str); 7] = [
    ("nursing_contacts_needed", "contacts"),
    ("nursing_contacts_on_duty", "contacts"),
    ("nursing_contacts_waited", "contacts"),
    ("nursing_contacts_to_hospital", "contacts"),
    ("nursing_wait_hours_mean", "hours"),
    ("nursing_hours_a_week", "hours"),
    ("nursing_duty_posts", "posts"),
];
/// Children's nurses see children up to their 18th birthday.
const AGES: (u8, u8) = (0, 17);
const NEEDS: [PrimaryNeed; 3] = [PrimaryNeed::Pd, PrimaryNeed::Pmld, PrimaryNeed::Msi];
/// Least hours a week that a post covers.
const LEAST_HOURS: f64 = 1.0;

/// Unplanned nursing over a horizon.
#[derive(Debug, Clone, Copy)]
pub struct OutOfHours {
    base_year: i32,
    years: usize,
}

/// The numbers of a draw, week by week, as the scenario changes them.
struct Numbers {
    /// Contacts needed.
    contacts: Vec<f64>,
    hours: Vec<Hours>,
    to_hospital: Vec<f64>,
    posts: Vec<f64>,
}

/// What happens in a calendar year.
#[derive(Debug, Clone, Copy, Default)]
struct OfYear {
    on_duty: u32,
    waited: u32,
    to_hospital: u32,
    hours_waited: f64,
}

impl OutOfHours {
    /// Unplanned nursing over a horizon.
    pub const fn new(base_year: i32, years: usize) -> Self {
        Self { base_year, years }
    }

    fn numbers(self, future: &Future<'_>) -> Numbers {
        let base = Date::january(self.base_year);
        let weeks = (future.timeline.end() / DAYS_PER_WEEK).ceil().max(1.0) as usize;
        let weekly = Weekly::new(future, "", 0.0, weeks);
        let stated = |of: &str| {
            let path = format!("community-nursing.{of}");
            weekly.stated(&path, future.number(&path, base))
        };
        let mut needs = [false; PrimaryNeed::COUNT];
        NEEDS.iter().for_each(|need| needs[need.index()] = true);
        let group = Group {
            status: Status::Plans,
            ages: AGES,
            needs,
        };
        let plans = group.by_january(future);
        let [children, each] = ["children-per-plan", "contacts-a-year"].map(stated);
        let [opens, weekday, weekend] = ["opens-at", "weekday-hours", "weekend-hours"].map(stated);
        let [nurses, per_post] = ["nurses-on-duty", "hours-per-post"].map(stated);
        let contacts = |week: usize| {
            let plans = between(&plans, weekly.day(week));
            plans * children[week] * each[week] / WEEKS_PER_YEAR
        };
        let hours = |week: usize| Hours::new(opens[week], weekday[week], weekend[week]);
        let posts =
            |week: usize| nurses[week] * hours(week).of_week() / per_post[week].max(LEAST_HOURS);
        Numbers {
            contacts: (0..weeks).map(contacts).collect(),
            hours: (0..weeks).map(hours).collect(),
            to_hospital: stated("hospital-share"),
            posts: (0..weeks).map(posts).collect(),
        }
    }

    /// Every contact of the horizon: it comes at any hour of the week alike.
    fn contacts(self, future: &Future<'_>, numbers: &Numbers) -> Vec<OfYear> {
        let duty = Duty::new(Date::january(self.base_year), numbers.hours.clone());
        let expected = Expected::new(0.0, numbers.contacts.iter().copied());
        let mut years = vec![OfYear::default(); self.years];
        let (mut sum, mut week, mut year) = (0.0, 0, 0);
        for pair in 0.. {
            let words = future.luck.words(pair, Process::NursingContact, 0);
            for contact in words.chunks_exact(2) {
                sum += exponential(contact[0]);
                let moment = expected.day_of_next(sum, &mut week);
                while year < self.years && moment >= future.timeline.january(year + 1) {
                    year += 1;
                }
                let Some(of_year) = years.get_mut(year) else {
                    return years;
                };
                let share = numbers.to_hospital[week.min(numbers.to_hospital.len() - 1)];
                match duty.hours_until(moment) {
                    Some(hours) if hours <= 0.0 => of_year.on_duty += 1,
                    Some(hours) if uniform(contact[1]) >= share => {
                        of_year.waited += 1;
                        of_year.hours_waited += hours;
                    }
                    _ => of_year.to_hospital += 1,
                }
            }
        }
        years
    }
}

impl OfYear {
    fn needed(self) -> u32 {
        self.on_duty + self.waited + self.to_hospital
    }
}

impl Companion for OutOfHours {
    fn cells(&self) -> Vec<Cell> {
        Cell::totals_by_year(INDICATORS, self.base_year, self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let numbers = self.numbers(future);
        let years = self.contacts(future, &numbers);
        let mean = |year: usize, of: &dyn Fn(usize) -> f64| {
            let week = |year| (future.timeline.january(year) / DAYS_PER_WEEK).round() as usize;
            let first = week(year).min(numbers.hours.len() - 1);
            let last = week(year + 1).clamp(first + 1, numbers.hours.len());
            (first..last).map(of).sum::<f64>() / (last - first) as f64
        };
        let of_year = |(year, of): (usize, &OfYear)| {
            [
                f64::from(of.needed()),
                f64::from(of.on_duty),
                f64::from(of.waited),
                f64::from(of.to_hospital),
                // None where nobody waited.
                of.hours_waited / f64::from(of.waited),
                mean(year, &|week| numbers.hours[week].of_week()),
                mean(year, &|week| numbers.posts[week]),
            ]
        };
        years.iter().enumerate().flat_map(of_year).collect()
    }
}
