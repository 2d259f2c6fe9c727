//! What the lists of a service add up to.

use super::course::{Course, Visit};
use crate::domain::{DAYS_PER_WEEK, WEEKS_PER_YEAR};
use crate::simulate::Timeline;
use crate::summarise::p50_and_p90;

/// Years in which a list is to be brought down to the standard.
const YEARS_TO_STANDARD: f64 = 3.0;

/// One service in a future.
pub(super) struct Figures<'f> {
    pub(super) visits: Vec<Visit>,
    /// First appointments a week that staff had time for at the start.
    pub(super) at_start: f64,
    pub(super) course: &'f Course,
    /// The area's share of the board's children.
    pub(super) share: f64,
    pub(super) timeline: &'f Timeline,
}

impl Figures<'_> {
    /// The list on a 1 January: children of the area, shares over 18, 52 and 104 weeks, weeks waited
    /// P50 and P90.
    pub(super) fn of_january(&self, year: usize) -> [f64; 6] {
        let day = self.timeline.january(year);
        let waited = self.waited_on(day);
        let number = waited.len() as f64;
        let over = |weeks: f64| {
            if waited.is_empty() {
                return f64::NAN;
            }
            let longer = waited.iter().filter(|waited| **waited > weeks).count();
            100.0 * longer as f64 / number
        };
        let shares = [over(18.0), over(52.0), over(104.0)];
        let [p50, p90] = p50_and_p90(waited);
        [
            number * self.share,
            shares[0],
            shares[1],
            shares[2],
            p50,
            p90,
        ]
    }

    fn waited_on(&self, day: f64) -> Vec<f64> {
        let day = day as f32;
        let there = self.visits.iter();
        let there = there.filter(|visit| visit.referred < day && visit.left >= day);
        there
            .map(|visit| f64::from(day - visit.referred) / DAYS_PER_WEEK)
            .collect()
    }

    /// A calendar year: referrals, first appointments, withdrawals of the area's children, weeks
    /// waited P50 and P90 of those seen, percent of them within the standard, time used, and the
    /// capacity that the standard needs against what there is.
    pub(super) fn of_year(&self, year: usize) -> [f64; 8] {
        let (from, until) = (self.timeline.january(year), self.timeline.january(year + 1));
        let within = |day: f32| (from..until).contains(&f64::from(day));
        let (mut referrals, mut withdrawals) = (0.0, 0.0);
        let mut waits = Vec::new();
        for visit in &self.visits {
            referrals += f64::from(u8::from(within(visit.referred)));
            if within(visit.left) {
                if visit.withdrew {
                    withdrawals += 1.0;
                } else {
                    waits.push(f64::from(visit.left - visit.referred) / DAYS_PER_WEEK);
                }
            }
        }
        let seen = waits.len() as f64;
        let standard = self.course.standard_weeks;
        let in_time = waits.iter().filter(|wait| **wait <= standard).count() as f64;
        let share = if waits.is_empty() {
            f64::NAN
        } else {
            100.0 * in_time / seen
        };
        let [p50, p90] = p50_and_p90(waits);
        let capacity = self.capacity(year) * WEEKS_PER_YEAR;
        [
            referrals * self.share,
            seen * self.share,
            withdrawals * self.share,
            p50,
            p90,
            share,
            (100.0 * seen / capacity.max(1e-9)).min(100.0),
            self.needed(year),
        ]
    }

    /// First appointments a week that staff have time for in a calendar year.
    pub(super) fn capacity(&self, year: usize) -> f64 {
        let (from, until) = (self.timeline.january(year), self.timeline.january(year + 1));
        self.at_start * self.course.capacity_between(from, until)
    }

    /// Capacity for which the list comes down in three years to what the standard allows, and stays,
    /// in percent of what there is.
    pub(super) fn needed(&self, year: usize) -> f64 {
        let (from, until) = (self.timeline.january(year), self.timeline.january(year + 1));
        let course = self.course;
        let referrals = course.referrals_between(from, until);
        let per_week = referrals * (1.0 - course.withdraw_within_standard);
        let list = self.waited_on(f64::midpoint(from, until)).len() as f64;
        let allowed = referrals * f64::midpoint(course.standard_weeks, 0.0);
        let to_clear = (list - allowed).max(0.0) / (YEARS_TO_STANDARD * WEEKS_PER_YEAR);
        100.0 * (per_week + to_clear) / self.capacity(year).max(1e-9)
    }
}
