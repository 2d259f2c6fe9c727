//! Time in the queues.

use std::ops::{Add, Sub};

use crate::domain::Date;

/// An instant since the start, or the length of time between two, in ticks of 2^-32 week (0.14 ms).
///
/// Whole numbers, so that ties are well defined, sums do not depend on their order, and Little's
/// law holds to the last tick. Before the start it is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Time(i64);

const TICKS_PER_WEEK: f64 = 4_294_967_296.0;
const DAYS_PER_WEEK: f64 = 7.0;

impl Time {
    /// The start.
    pub const ZERO: Self = Self(0);
    /// Later than anything that is simulated.
    pub const NEVER: Self = Self(i64::MAX);

    /// The nearest tick.
    #[inline]
    pub fn from_weeks(weeks: f64) -> Self {
        let half = if weeks < 0.0 { -0.5 } else { 0.5 };
        Self((weeks * TICKS_PER_WEEK + half) as i64)
    }

    /// Midnight at the start of a date, when time starts on `base`.
    pub fn from_date(date: Date, base: Date) -> Self {
        Self::from_weeks(f64::from(date.days_since(base)) / DAYS_PER_WEEK)
    }

    /// Weeks.
    #[inline]
    pub fn weeks(self) -> f64 {
        self.0 as f64 * (1.0 / TICKS_PER_WEEK)
    }

    /// Ticks.
    #[inline]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// From ticks.
    #[inline]
    pub const fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }
}

impl Add for Time {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Time {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_and_ticks_agree() {
        assert_eq!(Time::from_weeks(1.0).ticks(), 1 << 32);
        assert_eq!(Time::from_weeks(-0.5).ticks(), -(1 << 31));
        assert!((Time::from_weeks(1234.567).weeks() - 1234.567).abs() < 1e-9);
        let (base, later) = (Date::january(2025), Date::september(2025));
        // 243 days.
        let weeks = Time::from_date(later, base).weeks();
        assert!((weeks - 243.0 / 7.0).abs() < 1e-9);
    }
}
