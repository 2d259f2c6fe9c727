//! The process of one draw: what a run starts from and goes on with.

use std::sync::Arc;

use super::area::AreaProcess;
use super::feedback::Feedback;
use super::fit::Fit;
use super::history::{
    WARM_UP_YEARS, capacity_before, history_policy, hours_per_case, send_history,
};
use super::hours::Hours;
use super::office::Office;
use super::other_appeals::OtherAppeals;
use super::policy::{Policy, Steps};
use super::reviews::Reviews;
use super::settings::Settings;
use super::staff::{Staffing, Team, share_of_week};
use crate::domain::{AGES, DAYS_PER_WEEK, DAYS_PER_YEAR, Date, WEEKS_PER_YEAR};
use crate::random::Luck;

/// Part of the growth of requests that staffing follows.
pub const FOLLOWS: &str = "process.staffing.follows-requests";
/// Weeks of work from which a list is one that stays, and not a matter of chance and holidays.
const LIST_THAT_STAYS: f64 = 2.0;

/// What a scenario makes of a stated number: path, day, value before.
pub type Stated<'s> = dyn Fn(&str, f64, f64) -> f64 + 's;

/// The process of a draw.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessDraw {
    /// What is published of the area.
    pub area: Arc<AreaProcess>,
    /// The numbers of the draw.
    pub settings: Settings,
    /// The set of staff and times of the draw.
    pub fit: Fit,
    /// Time from a request to its plan [days], by which requests run ahead of the forecast's plans.
    pub lead_days: f64,
    /// Expected requests by year of the horizon and academic age on the 1 January of that year.
    pub requests: Vec<[f64; AGES]>,
    /// Hours a week of a full-time member of each team.
    pub hours_per_week: [f64; Team::COUNT],
    /// Part of the growth of requests that staffing follows.
    pub follows: f64,
    /// Appeals about contents and placement.
    pub other_appeals: OtherAppeals,
    /// What raises or lowers requests.
    pub feedback: Feedback,
    /// Annual reviews.
    pub reviews: Reviews,
    /// Whether the office keeps an account of its lists.
    pub is_watched: bool,
}

impl ProcessDraw {
    /// Expected requests per plan at an age: the inverse of the share that leads to one.
    pub fn requests_per_plan(&self, age: usize) -> f64 {
        1.0 / self.settings.shares.plan(age).max(0.05)
    }

    /// Rate at which a child has to ask so that so many requests a year come of it as `rate` says, when
    /// nobody asks while a request is in progress: those without a plan in the end take their time too.
    pub fn rate_of_asking(&self, rate: f64, likelier: f64, age: usize) -> f64 {
        let shares = &self.settings.shares;
        let assessed = shares.assessed(age);
        let decision = self.settings.decision.mean() / DAYS_PER_YEAR;
        let whole = self.lead_days / DAYS_PER_YEAR;
        let years = (1.0 - assessed) * decision + assessed * (1.0 - shares.issued()) * whole;
        rate / (1.0 - (rate * likelier * years).min(0.5))
    }

    /// 1 Januaries between a day before the base date and it, the base date included.
    pub fn januaries_since(&self, day: f64) -> usize {
        let base = Date::january(self.area.base_year);
        let date = base.plus_days(day.floor() as i32);
        (self.area.base_year - date.year()).max(0) as usize
    }

    fn first_day(&self) -> f64 {
        let base = Date::january(self.area.base_year);
        let first = Date::january(self.area.base_year - WARM_UP_YEARS);
        -f64::from(base.days_since(first))
    }

    /// Expected cases of a year that a team has to take on.
    fn demand(&self, team: Team, year: usize) -> f64 {
        let shares = &self.settings.shares;
        let of_age = |(age, requests): (usize, &f64)| {
            let assessed = requests * shares.assessed(age);
            match team {
                Team::Psychologists => assessed,
                Team::Officers => assessed * shares.issued(),
            }
        };
        self.requests[year].iter().enumerate().map(of_age).sum()
    }

    /// The teams from two years before the base date to the end of the horizon.
    ///
    /// From the base date on staffing follows the expected requests of the draw (and quarter by quarter
    /// those that come, see [`Office::follow`]), because the forecast of new
    /// plans takes it to. A team with a list has from then on the hours that the requests ask for,
    /// no more and no fewer, so its list stays: lists have stayed over the years that are published,
    /// while requests rose and fell. A team without one keeps the hours that it has to spare.
    pub fn staffing(&self, end: f64, stated: &Stated<'_>) -> Staffing {
        let base = Date::january(self.area.base_year);
        let first = self.first_day();
        let weeks = ((end - first) / DAYS_PER_WEEK).ceil() as usize + 1;
        let days: Vec<f64> = (0..weeks)
            .map(|week| first + DAYS_PER_WEEK * week as f64)
            .collect();
        let hours = Team::ALL.map(|team| {
            let per_case = hours_per_case(&self.settings, team);
            let at_base = self.fit.cases_per_week[team.index()] * per_case;
            let years = 0..self.requests.len();
            let demand: Vec<f64> = years.map(|year| self.demand(team, year)).collect();
            let needed = demand[0] / WEEKS_PER_YEAR * per_case;
            let has_list = self.fit.list_weeks[team.index()] >= LIST_THAT_STAYS;
            let in_post = if has_list {
                needed
            } else {
                at_base.max(needed)
            };
            let per_week = match team {
                Team::Psychologists => "process.psychologist-hours-per-week",
                Team::Officers => "process.officer-hours-per-week",
            };
            let more = [team.added(), team.locums()];
            let of_week = |&day: &f64| {
                if day < 0.0 {
                    let year = self.area.base_year;
                    let hours = capacity_before(&self.fit, &self.settings, team, year, day);
                    return (hours, 0.0);
                }
                let follows = stated(FOLLOWS, day, self.follows);
                let growth = 1.0 + follows * (growth(&demand, day) - 1.0);
                let full_time = self.hours_per_week[team.index()];
                let hours = stated(per_week, day, full_time);
                let of_those = in_post * growth * hours / full_time;
                let added: f64 = more.iter().map(|path| stated(path, day, 0.0)).sum();
                let of_added = added * hours;
                let share = share_of_week(team, base, day);
                (of_those * share, of_added * share)
            };
            Hours::of_two(first, days.iter().map(of_week))
        });
        let backlog = Team::ALL.map(|team| {
            let grown = self.fit.growth[team.index()].powi(-WARM_UP_YEARS);
            let weekly = self.fit.cases_per_week[team.index()] * grown;
            let per_case = hours_per_case(&self.settings, team);
            self.fit.backlog_weeks[team.index()] * weekly * per_case
        });
        Staffing { hours, backlog }
    }

    /// Requests under a scenario against those of the forecast, by its waits and suspensions.
    pub fn request_level(&self, end: f64, stated: &Stated<'_>) -> Steps {
        let weeks = (end / DAYS_PER_WEEK).ceil() as usize;
        self.feedback.requests(weeks, stated)
    }

    /// Requests that are expected in the year up to a day.
    pub fn expected_in_year_to(&self, day: f64) -> f64 {
        let of_year = |year: usize| -> f64 {
            let last = self.requests.len() - 1;
            self.requests[year.min(last)].iter().sum()
        };
        let years = day / DAYS_PER_YEAR;
        // The year before the base date has those of the first year.
        let (year, share) = (years as usize, years.fract());
        share * of_year(year) + (1.0 - share) * of_year(year.saturating_sub(1))
    }

    /// What the authority decides: as published before the base date, then as a scenario says.
    pub fn policy(&self, end: f64, stated: Option<&Stated<'_>>) -> Policy {
        let first = self.first_day();
        let ages = self.ages();
        let history = history_policy(&self.area, &self.settings, &ages, first, 0.0);
        let steps = |path: &str, before: Steps| {
            let path = format!("process.level.{path}");
            let weeks = (end / DAYS_PER_WEEK).ceil() as usize;
            let of_week = |week: usize| {
                stated.map_or(1.0, |stated| {
                    stated(&path, DAYS_PER_WEEK * week as f64, 1.0)
                })
            };
            let after: Vec<f64> = (0..weeks).map(of_week).collect();
            match before {
                Steps::Constant(before) => {
                    let same = |value: &f64| (value - before).abs() < f64::EPSILON;
                    if after.iter().all(same) {
                        return Steps::Constant(before);
                    }
                    let values = std::iter::once(before).chain(after).collect();
                    Steps::Weekly {
                        first_day: -DAYS_PER_WEEK,
                        values,
                    }
                }
                Steps::Weekly {
                    first_day,
                    mut values,
                } => {
                    values.truncate((-first_day / DAYS_PER_WEEK).round() as usize);
                    values.extend(after);
                    Steps::Weekly { first_day, values }
                }
            }
        };
        Policy {
            refused: steps("refused-share", history.refused),
            not_issued: steps("not-issued-share", history.not_issued),
            mediated: steps("mediation-share", history.mediated),
            conceded: steps("appeal-conceded-share", history.conceded),
            decision_time: steps("decision-time", history.decision_time),
            psychologist_hours: steps("psychologist-hours", history.psychologist_hours),
            officer_hours: steps("officer-hours", history.officer_hours),
            rewritten: steps("rewritten-share", history.rewritten),
        }
    }

    /// Shares of requests by age in the first year.
    fn ages(&self) -> [f64; AGES] {
        let all: f64 = self.requests[0].iter().sum();
        self.requests[0].map(|requests| requests / all.max(1e-9))
    }

    /// The office on the base date: the requests of two years before it have gone through, as many
    /// as were published, those of the last as many as the first year's plans ask for.
    pub fn office<'a>(&'a self, policy: &Policy, staffing: &Staffing, luck: &Luck) -> Office<'a> {
        let mut office = Office::new(&self.settings, policy.clone(), staffing.clone(), *luck);
        if self.is_watched {
            office = office.watched();
        }
        let newest = self.area.base_year - 1;
        let expected: f64 = self.requests[0].iter().sum();
        let number = |year: i32| (year == newest).then_some(expected);
        let ages = self.ages();
        send_history(
            &mut office,
            &self.area,
            &ages,
            (WARM_UP_YEARS, &number),
            luck,
        );
        office.advance(0.0);
        office.take_endings(&mut Vec::new());
        office
    }
}

/// Demand on a day against that of the first year: from the middle of one year to that of the next.
fn growth(demand: &[f64], day: f64) -> f64 {
    let last = demand.len() - 1;
    let at = (day / DAYS_PER_YEAR - 0.5).clamp(0.0, last as f64);
    let (year, share) = (at as usize, at.fract());
    let now = (1.0 - share) * demand[year] + share * demand[(year + 1).min(last)];
    now / demand[0].max(1e-9)
}
