//! How long a child stays: until it returns to another school, or to the end of Year 11.

use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date};
use crate::ehc_process::Hours;
use crate::simulate::Future;

/// Years of four terms, over which shares of returns are stated.
const FOUR_TERMS: f64 = 4.0 / 3.0;
const YEAR_10: usize = 10;
const YEAR_11: usize = 11;

/// Chances of returning in a draw, and how the scenario changes them.
#[derive(Debug)]
pub(super) struct Stay {
    base: Date,
    /// A day, up to Year 9 and from Year 10.
    daily: [f64; 2],
    /// Days since the first, each counted as often as the scenario raises the chance of returning.
    exposure: Hours,
}

impl Stay {
    /// Chances from `first` on, a day before the base date.
    pub(super) fn of(future: &Future<'_>, base: Date, first: f64) -> Self {
        let daily = ["to-year-9", "from-year-10"].map(|stage| {
            let path = format!("alternative-provision.return-share.{stage}");
            let share = future.number_at_base(&path, base).clamp(0.0, 0.999);
            -libm::log(1.0 - share) / (FOUR_TERMS * DAYS_PER_YEAR)
        });
        let path = "alternative-provision.level.return";
        let usual = future.number(path, base);
        let end = future.timeline.end();
        let weeks = ((end - first) / DAYS_PER_WEEK).ceil() as usize;
        let of_week = |week: usize| {
            let day = first + DAYS_PER_WEEK * week as f64;
            let level = if day < 0.0 {
                1.0
            } else {
                future.stated(path, day.min(end - 1.0), usual).max(0.0)
            };
            DAYS_PER_WEEK * level
        };
        Self {
            base,
            daily,
            exposure: Hours::new(first, (0..weeks).map(of_week)),
        }
    }

    /// The day on which a child leaves who comes on a day of the academic year of a January in a
    /// year group, and whether it returns to another school by then. `patience` is standard
    /// exponential.
    pub(super) fn leaves(
        &self,
        enters: f64,
        (january, group): (i32, usize),
        patience: f64,
    ) -> (f64, bool) {
        let [year_10, end] = self.stages(january, group);
        let start = self.exposure.until(enters);
        let change = self.exposure.until(year_10.max(enters));
        let before = self.daily[0] * (change - start);
        let day = if patience < before {
            self.exposure.day_of(start + patience / self.daily[0])
        } else if self.daily[1] > 0.0 {
            self.exposure
                .day_of(change + (patience - before) / self.daily[1])
        } else {
            f64::INFINITY
        };
        (day.min(end), day < end)
    }

    /// Chance that a child who comes so is there on a day of the past, at the usual chances.
    pub(super) fn is_there(&self, enters: f64, (january, group): (i32, usize), day: f64) -> f64 {
        let [year_10, end] = self.stages(january, group);
        if day < enters || day >= end {
            return 0.0;
        }
        let change = year_10.clamp(enters, day);
        let lost = self.daily[0] * (change - enters) + self.daily[1] * (day - change);
        libm::exp(-lost)
    }

    /// First day of Year 10, and last of Year 11.
    fn stages(&self, january: i32, group: usize) -> [f64; 2] {
        let to = |year_group: usize| january + year_group as i32 - group as i32;
        let day = |date: Date| f64::from(date.days_since(self.base));
        let end = Date::new(to(YEAR_11), 7, 31).unwrap_or(Date::september(to(YEAR_11)));
        [day(Date::september(to(YEAR_10) - 1)), day(end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(daily: [f64; 2]) -> Stay {
        let weeks = std::iter::repeat_n(DAYS_PER_WEEK, 1000);
        Stay {
            base: Date::january(2025),
            daily,
            exposure: Hours::new(-2000.0, weeks),
        }
    }

    fn day(year: i32, month: u8, day: u8) -> f64 {
        let date = Date::new(year, month, day).expect("a date");
        f64::from(date.days_since(Date::january(2025)))
    }

    #[test]
    fn a_child_leaves_at_its_chance_or_at_the_end_of_year_11() {
        let stay = stay([0.01, 0.0]);
        // Year 8 in January 2025: 100 days at 1% a day use up a patience of 1.
        let (leaves, returns) = stay.leaves(day(2025, 2, 1), (2025, 8), 1.0);
        assert!((leaves - day(2025, 2, 1) - 100.0).abs() < 1e-6 && returns);
        // Year 9: from 1 September in Year 10 nobody returns; Year 11 ends in July 2027.
        let (leaves, returns) = stay.leaves(day(2025, 7, 1), (2025, 9), 1.0);
        assert!(
            (leaves - day(2027, 7, 31)).abs() < 1e-6 && !returns,
            "{leaves}"
        );
        let (leaves, _) = stay.leaves(day(2024, 11, 1), (2025, 11), 9.0);
        assert!((leaves - day(2025, 7, 31)).abs() < 1e-6);
    }

    #[test]
    fn chances_change_on_the_first_day_of_year_10() {
        let stay = stay([0.01, 0.002]);
        // 62 days in Year 9 use 0.62; the other 0.08 take 40 days of Year 10.
        let (leaves, returns) = stay.leaves(day(2025, 7, 1), (2025, 9), 0.70);
        assert!((leaves - day(2025, 9, 1) - 40.0).abs() < 1e-6 && returns);
        let there = stay.is_there(day(2025, 7, 1), (2025, 9), day(2025, 10, 11));
        assert!((there - libm::exp(-0.70)).abs() < 1e-9, "{there}");
        assert!(
            stay.is_there(day(2025, 7, 1), (2025, 9), day(2025, 6, 1))
                .abs()
                < 1e-12
        );
        assert!(
            stay.is_there(day(2025, 7, 1), (2025, 9), day(2027, 8, 1))
                .abs()
                < 1e-12
        );
    }
}
