//! What the lists of a service add up to.

use super::course::{Course, List, Visit};
use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, WEEKS_PER_YEAR};
use crate::simulate::Timeline;
use crate::summarise::p50_and_p90;

/// Years in which a list is to be brought down to the standard.
const YEARS_TO_STANDARD: f64 = 3.0;
/// Less than this many appointments a year are none.
const LEAST: f64 = 1e-6;

/// One service in a future.
pub(super) struct Figures<'f> {
    /// First appointments a week that staff had time for at the start.
    at_start: f64,
    course: &'f Course,
    /// The area's share of the children.
    share: f64,
    timeline: &'f Timeline,
    /// Part of those who come on each list.
    parts: Vec<f64>,
    /// Share of the money released in a year that is paid [per cent]; none of a service with staff.
    paid: Option<Vec<f64>>,
    /// Weeks waited by those on the list on each 1 January.
    waited: Vec<Vec<f64>>,
    years: Vec<OfYear>,
}

/// What happens in a calendar year.
#[derive(Debug, Clone, Default)]
struct OfYear {
    referrals: u32,
    withdrawals: u32,
    /// Weeks that those seen have waited.
    waits: Vec<f64>,
    /// Children on each list in the middle of the year.
    lists: Vec<u32>,
}

impl<'f> Figures<'f> {
    pub(super) fn new(
        lists: &[List],
        (course, at_start): (&'f Course, f64),
        share: f64,
        timeline: &'f Timeline,
    ) -> Self {
        let years = timeline.years();
        let mut figures = Self {
            at_start,
            course,
            share,
            timeline,
            parts: lists.iter().map(|list| list.share).collect(),
            paid: None,
            waited: vec![Vec::new(); years + 1],
            years: vec![
                OfYear {
                    lists: vec![0; lists.len()],
                    ..OfYear::default()
                };
                years
            ],
        };
        let januaries: Vec<f64> = (0..=years).map(|year| timeline.january(year)).collect();
        for (number, list) in lists.iter().enumerate() {
            for visit in &list.visits {
                figures.count(visit, number, &januaries);
            }
        }
        figures
    }

    /// The same with the share of the money of each year that is paid.
    pub(super) fn with_paid(self, paid: Option<Vec<f64>>) -> Self {
        Self { paid, ..self }
    }

    fn count(&mut self, visit: &Visit, list: usize, januaries: &[f64]) {
        let (referred, left) = (f64::from(visit.referred), f64::from(visit.left));
        // The first 1 January after the referral.
        let mut year = ((referred / DAYS_PER_YEAR).max(0.0) as usize).min(januaries.len() - 1);
        while year > 0 && januaries[year - 1] > referred {
            year -= 1;
        }
        while januaries
            .get(year)
            .is_some_and(|january| *january <= referred)
        {
            year += 1;
        }
        if let Some(of_year) = year
            .checked_sub(1)
            .and_then(|year| self.years.get_mut(year))
        {
            of_year.referrals += 1;
        }
        // Every year from that of the referral to that in which the child leaves the list.
        for from in year.saturating_sub(1)..januaries.len() {
            let january = januaries[from];
            if left < january {
                return;
            }
            if referred < january {
                let weeks = f64::from(january as f32 - visit.referred) / DAYS_PER_WEEK;
                self.waited[from].push(weeks);
            }
            let Some((next, of_year)) = januaries.get(from + 1).zip(self.years.get_mut(from))
            else {
                return;
            };
            let middle = f64::midpoint(january, *next);
            of_year.lists[list] += u32::from(referred < middle && left >= middle);
            if left < *next {
                if visit.withdrew {
                    of_year.withdrawals += 1;
                } else {
                    let weeks = f64::from(visit.left - visit.referred) / DAYS_PER_WEEK;
                    of_year.waits.push(weeks);
                }
                return;
            }
        }
    }

    /// The list on a 1 January: children of the area, shares over 18, 52 and 104 weeks, weeks waited
    /// P50 and P90.
    pub(super) fn of_january(&mut self, year: usize) -> [f64; 6] {
        let waited = std::mem::take(&mut self.waited[year]);
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

    /// A calendar year: referrals, first appointments, withdrawals of the area's children, weeks
    /// waited P50 and P90 of those seen, percent of them within the standard (where places lapse, of
    /// those seen or missed), time or money used, and the capacity that the standard needs against
    /// what there is.
    pub(super) fn of_year(&mut self, year: usize) -> [f64; 8] {
        let waits = std::mem::take(&mut self.years[year].waits);
        let of_year = &self.years[year];
        let seen = waits.len() as f64;
        let standard = self.course.standard_weeks;
        let in_time = waits.iter().filter(|wait| **wait <= standard).count() as f64;
        let missed = if self.course.lapses {
            f64::from(of_year.withdrawals)
        } else {
            0.0
        };
        let share = if seen + missed > 0.0 {
            100.0 * in_time / (seen + missed)
        } else {
            f64::NAN
        };
        let [p50, p90] = p50_and_p90(waits);
        let capacity = self.capacity(year) * WEEKS_PER_YEAR;
        [
            f64::from(of_year.referrals) * self.share,
            seen * self.share,
            f64::from(of_year.withdrawals) * self.share,
            p50,
            p90,
            share,
            match &self.paid {
                Some(paid) => paid[year],
                None => (100.0 * seen / capacity.max(LEAST)).min(100.0),
            },
            if capacity > LEAST {
                100.0 * self.needed(year) / capacity
            } else {
                f64::NAN
            },
        ]
    }

    /// First appointments a week that staff have time for in a calendar year.
    fn capacity(&self, year: usize) -> f64 {
        let (from, until) = (self.timeline.january(year), self.timeline.january(year + 1));
        self.at_start * self.course.capacity_between(from, until)
    }

    /// First appointments a year with which each list comes down in three years to what the standard
    /// allows, and stays, where staff are divided between the lists as each needs.
    pub(super) fn needed(&self, year: usize) -> f64 {
        let (from, until) = (self.timeline.january(year), self.timeline.january(year + 1));
        let course = self.course;
        let referrals = course.referrals_between(from, until);
        let of_list = |(part, list): (&f64, &u32)| {
            let come = part * referrals;
            let allowed = come * course.standard_weeks / 2.0;
            let to_clear = (f64::from(*list) - allowed).max(0.0) / YEARS_TO_STANDARD;
            come * (1.0 - course.withdraw_within_standard) * WEEKS_PER_YEAR + to_clear
        };
        self.parts
            .iter()
            .zip(&self.years[year].lists)
            .map(of_list)
            .sum()
    }
}
