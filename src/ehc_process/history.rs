//! The years before the base date: their requests, decisions and staff.

use super::area::{AreaProcess, YearOfProcess};
use super::case::NOBODY;
use super::fit::Fit;
use super::hours::Hours;
use super::office::{Office, Request};
use super::policy::{Policy, Steps};
use super::settings::Settings;
use super::staff::{Staffing, Team};
use crate::domain::{AGES, Date, PrimaryNeed, Sex};
use crate::random::{Luck, Process, uniform};

/// Years before the base date from which a forecast sends requests through again.
pub(super) const WARM_UP_YEARS: i32 = 2;

/// Hours of one case, those of drafts written again included.
pub(super) fn hours_per_case(settings: &Settings, team: Team) -> f64 {
    match team {
        Team::Psychologists => settings.psychologist_hours,
        Team::Officers => settings.officer_hours * (1.0 + settings.rewritten * settings.rewriting),
    }
}

/// The teams of the years before the base date, with their lists on the first day.
pub(super) fn history_staffing(
    base_year: i32,
    fit: &Fit,
    settings: &Settings,
    start: f64,
) -> Staffing {
    let weeks = (-start / 7.0).ceil() as usize + 1;
    let hours = Team::ALL.map(|team| {
        let weekly = (0..weeks).map(|week| {
            let day = start + 7.0 * week as f64;
            capacity_before(fit, settings, team, base_year, day)
        });
        Hours::new(start, weekly)
    });
    let backlog = Team::ALL.map(|team| {
        let at_start = capacity_at(fit, settings, team, start);
        fit.backlog_weeks[team.index()] * at_start
    });
    Staffing { hours, backlog }
}

/// Hours a week on a day before the base date, holidays aside.
fn capacity_at(fit: &Fit, settings: &Settings, team: Team, day: f64) -> f64 {
    let years = day / 365.25;
    let growth = libm::pow(fit.growth[team.index()], years);
    fit.cases_per_week[team.index()] * growth * hours_per_case(settings, team)
}

/// Hours in the week of a day before the base date.
pub(super) fn capacity_before(
    fit: &Fit,
    settings: &Settings,
    team: Team,
    base_year: i32,
    day: f64,
) -> f64 {
    let base = Date::january(base_year);
    capacity_at(fit, settings, team, day) * super::staff::share_of_week(team, base, day)
}

/// Factors that give each past year its published shares of refusals and of assessments without a
/// plan.
pub(super) fn history_policy(
    area: &AreaProcess,
    settings: &Settings,
    ages: &[f64; AGES],
    start: f64,
    end: f64,
) -> Policy {
    let base = Date::january(area.base_year);
    let of_ages = |age: usize| ages[age] * settings.shares.refused[age];
    let mean_refused: f64 = (0..AGES).map(of_ages).sum();
    let weeks = ((end - start) / 7.0).round() as i32;
    let by_week = |share: &dyn Fn(&YearOfProcess) -> Option<f64>, reference: f64| {
        let of_week = |week: i32| {
            let day = base.plus_days((start + 7.0 * f64::from(week)) as i32 + 3);
            let year = area.years.iter().find(|of| of.year == day.year());
            let published = year.and_then(share);
            published.map_or(1.0, |published| published / reference.max(1e-9))
        };
        Steps::Weekly {
            first_day: start,
            values: (0..weeks).map(of_week).chain([1.0]).collect(),
        }
    };
    Policy {
        refused: by_week(&|year| Some(year.refused? / year.decided()?), mean_refused),
        not_issued: by_week(
            &|year| Some(year.not_issued? / (year.issued? + year.not_issued?)),
            settings.shares.not_issued,
        ),
        ..Policy::UNCHANGED
    }
}

/// Sends the requests of the years before the base date in, at even chances over each year. `number`
/// may say another number than the published one.
pub(super) fn send_history(
    office: &mut Office<'_>,
    area: &AreaProcess,
    ages: &[f64; AGES],
    (years, number): (i32, &dyn Fn(i32) -> Option<f64>),
    luck: &Luck,
) {
    let base = Date::january(area.base_year);
    let mut of_all = 0;
    for year in area.base_year - years..area.base_year {
        let from = -f64::from(base.days_since(Date::january(year)));
        let until = -f64::from(base.days_since(Date::january(year + 1)));
        let known = number(year).or_else(|| area.requests(year));
        let requests = known.unwrap_or_else(|| area.assessments_a_year()).round() as u32;
        for index in 0..requests {
            let luck_id = FIRST_OF_HISTORY + of_all;
            of_all += 1;
            let words = luck.words(luck_id, Process::EhcProcess, 7);
            // Stratified over the year: the published number is exact, and so is its course.
            let share = (f64::from(index) + uniform(words[0])) / f64::from(requests);
            office.receive(&Request {
                day: from + share * (until - from),
                luck_id,
                person: NOBODY,
                earlier: 0,
                age: age_at(ages, uniform(words[1])),
                sex: Sex::Male,
                need: PrimaryNeed::Oth,
            });
        }
    }
}

/// Requests of before the base date are numbered from here, above all people.
const FIRST_OF_HISTORY: u32 = 0xF000_0000;

fn age_at(ages: &[f64; AGES], u: f64) -> u8 {
    let mut left = u * ages.iter().sum::<f64>();
    for (age, share) in ages.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return age as u8;
        }
    }
    AGES as u8 - 1
}
