//! A budget that pays for one child after the other.

use std::collections::VecDeque;

use crate::domain::{DAYS_PER_WEEK, Date};
use crate::services::arrival::Arrival;
use crate::services::course::Visit;
use crate::simulate::Timeline;

const MONTHS: f64 = 12.0;
const APRIL: u8 = 4;

/// Money released on the first of each month. What is left on 31 March is lost, unless it is kept for
/// the first in the queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget<'d> {
    pub(super) base: Date,
    pub(super) timeline: &'d Timeline,
    /// Pounds a year, by week.
    pub(super) a_year: &'d [f64],
    /// Items of the mean price for a pound, by week.
    pub(super) per_pound: &'d [f64],
}

/// Somebody who waits: the way so far, the price against the mean, the day of withdrawal.
#[derive(Debug, Clone, Copy)]
struct Waiting<'d> {
    child: &'d Arrival,
    price: f64,
    withdraws: f64,
}

impl Budget<'_> {
    /// Pays in the order of the children, each with its price against the mean, in which they can be
    /// paid. Returns their ways, and the share of the money of each calendar year that is paid
    /// [per cent].
    pub(super) fn pay(&self, children: &[(Arrival, f64)]) -> (Vec<Visit>, Vec<f64>) {
        self.pay_noting(children, &mut |_| ())
    }

    /// The same; `goes` is told of every day on which somebody goes off the queue.
    pub(super) fn pay_noting(
        &self,
        children: &[(Arrival, f64)],
        goes: &mut dyn FnMut(f64),
    ) -> (Vec<Visit>, Vec<f64>) {
        let end = self.timeline.end();
        let years = self.timeline.years();
        let (mut released, mut paid) = (vec![0.0; years], vec![0.0; years]);
        let mut visits = Vec::with_capacity(children.len());
        let mut queue: VecDeque<Waiting<'_>> = VecDeque::new();
        let mut coming = children.iter().peekable();
        let mut months = self.first_of_months().peekable();
        let mut money = 0.0;
        loop {
            let next_release = months.peek().map_or(f64::INFINITY, |(day, _)| *day);
            let next_child = coming
                .peek()
                .map_or(f64::INFINITY, |(child, _)| child.ready);
            let gives_up = queue.front().map_or(f64::INFINITY, |first| first.withdraws);
            let day = next_release.min(next_child).min(gives_up);
            if day >= end {
                break;
            }
            if day >= gives_up {
                if let Some(first) = queue.pop_front() {
                    goes(day);
                    visits.push(first.child.leaves(first.withdraws, true));
                }
            } else if day >= next_release {
                let is_april = months.next().is_some_and(|(_, is_april)| is_april);
                if is_april && queue.is_empty() {
                    money = 0.0;
                }
                let amount = self.a_year[self.week(day)] / MONTHS;
                money += amount;
                released[self.year(day)] += amount;
            } else if let Some((child, price)) = coming.next() {
                queue.push_back(Waiting {
                    child,
                    price: *price,
                    withdraws: child.ready + child.patience.days(),
                });
            }
            while let Some(first) = queue.front() {
                let price = first.price / self.per_pound[self.week(day)];
                let has_gone = first.withdraws <= day;
                if !has_gone && price > money {
                    break;
                }
                goes(if has_gone { first.withdraws } else { day });
                if has_gone {
                    visits.push(first.child.leaves(first.withdraws, true));
                } else {
                    money -= price;
                    paid[self.year(day)] += price;
                    visits.push(first.child.leaves(day, false));
                }
                queue.pop_front();
            }
        }
        for last in queue {
            let has_gone = last.withdraws < end;
            goes(last.withdraws);
            let left = if has_gone {
                last.withdraws
            } else {
                f64::INFINITY
            };
            visits.push(last.child.leaves(left, has_gone));
        }
        let share = |(paid, released): (&f64, &f64)| {
            if *released > 0.0 {
                100.0 * paid / released
            } else {
                f64::NAN
            }
        };
        let shares = paid.iter().zip(&released).map(share).collect();
        (visits, shares)
    }

    /// The first of each month of the horizon, and whether it is 1 April.
    fn first_of_months(&self) -> impl Iterator<Item = (f64, bool)> {
        let (base, years) = (self.base, self.timeline.years() as i32);
        let of_years = (0..years).flat_map(|year| (1..=12).map(move |month| (year, month)));
        of_years.filter_map(move |(year, month)| {
            let day = Date::new(base.year() + year, month, 1)?;
            Some((f64::from(day.days_since(base)), month == APRIL))
        })
    }

    fn week(&self, day: f64) -> usize {
        ((day / DAYS_PER_WEEK) as usize).min(self.a_year.len() - 1)
    }

    fn year(&self, day: f64) -> usize {
        let years = self.timeline.years();
        let begun = (0..years)
            .rev()
            .find(|year| self.timeline.january(*year) <= day);
        begun.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::arrival::Patience;

    const YEARS: usize = 3;

    fn pay(a_year: f64, children: &[(f64, f64, f64)]) -> (Vec<Visit>, Vec<f64>) {
        let timeline = Timeline::new(2025, YEARS, &[]);
        let weeks = 53 * YEARS;
        let budget = Budget {
            base: Date::january(2025),
            timeline: &timeline,
            a_year: &vec![a_year; weeks],
            per_pound: &vec![0.001; weeks],
        };
        // The median of a time with mean m is m ln 2.
        let of = |(day, patience, price): &(f64, f64, f64)| {
            let rate = std::f64::consts::LN_2 / (patience / DAYS_PER_WEEK);
            (Arrival::at_once(*day, Patience::new(1 << 31, rate)), *price)
        };
        let children: Vec<(Arrival, f64)> = children.iter().map(of).collect();
        budget.pay(&children)
    }

    fn days(visits: &[Visit]) -> Vec<(u32, bool)> {
        visits
            .iter()
            .map(|visit| (visit.left as u32, visit.withdrew))
            .collect()
    }

    #[test]
    fn a_month_at_a_time_first_come_first_paid() {
        // 1,000 a month. Items of 1,500, 500 and 1,000 asked for on 10 January.
        let ask = [1.5, 0.5, 1.0].map(|price| (9.0, 1e6, price));
        let (visits, paid) = pay(12_000.0, &ask);
        // On 1 February there are 2,000: the first two; on 1 March the third.
        assert_eq!(days(&visits), [(31, false), (31, false), (59, false)]);
        assert!((paid[0] - 25.0).abs() < 1e-9, "{paid:?}");
    }

    #[test]
    fn what_march_leaves_is_lost_unless_somebody_waits_for_it() {
        // Three months' money is lost on 1 April where nobody waits: the item of 4,000 comes in
        // July, with four months' money.
        let (visits, _) = pay(12_000.0, &[(95.0, 1e6, 4.0)]);
        assert_eq!(days(&visits), [(181, false)]);
        // Who waits in March keeps it.
        let (visits, _) = pay(12_000.0, &[(80.0, 1e6, 4.0)]);
        assert_eq!(days(&visits), [(90, false)]);
    }

    #[test]
    fn money_is_kept_for_the_first_until_it_withdraws() {
        let (visits, _) = pay(12_000.0, &[(9.0, 100.0, 50.0), (10.0, 1e6, 2.0)]);
        assert_eq!(days(&visits), [(109, true), (109, false)]);
        // Beyond the horizon nobody has withdrawn.
        let (visits, _) = pay(12_000.0, &[(9.0, 1e6, 500.0), (10.0, 1e6, 0.1)]);
        assert!(
            visits
                .iter()
                .all(|visit| visit.left.is_infinite() && !visit.withdrew)
        );
    }

    #[test]
    fn no_more_is_paid_than_released() {
        let many: Vec<(f64, f64, f64)> = (0..200).map(|day| (f64::from(day), 1e6, 0.7)).collect();
        let (visits, paid) = pay(12_000.0, &many);
        let bought = visits.iter().filter(|visit| visit.left.is_finite()).count();
        assert_eq!(bought, 51, "36,000 at 700 each");
        let all: f64 = paid.iter().sum();
        assert!((all - 51.0 * 700.0 / 120.0).abs() < 1e-9, "{paid:?}");
    }
}
