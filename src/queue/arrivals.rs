//! Referrals from outside the network.

use std::f64::consts::TAU;

use super::time::Time;
use crate::random::exponential;

/// Where referrals come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Pathway of those referred (position in the plan).
    pub pathway: usize,
    /// When they come.
    pub arrivals: Arrivals,
}

/// When referrals come.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// At random at a constant rate [per week].
    Steady(f64),
    /// At random, at a rate that changes: steps of (from this week, rate [per week]), in order.
    Steps(Vec<(f64, f64)>),
    /// At random, at the rate `mean × (1 + amplitude × sin(2π t / period))`, amplitude at most 1.
    Seasonal {
        /// Mean rate [per week].
        mean: f64,
        /// Largest departure from the mean, as a share of it.
        amplitude: f64,
        /// Length of a cycle [weeks].
        period: f64,
    },
    /// At these times [weeks], in order.
    Listed(Vec<f64>),
}

impl Arrivals {
    /// The time of the `index`-th referral (from 0) given the one before and a random word.
    ///
    /// For random referrals, the integral of the rate between the two is a unit exponential.
    #[inline]
    pub(super) fn next(&self, word: u32, index: u32, last: Time) -> Time {
        let unit = || exponential(word);
        match self {
            Self::Steady(rate) if *rate > 0.0 => last + Time::from_weeks(unit() / rate),
            Self::Steady(_) => Time::NEVER,
            Self::Steps(steps) => after_amount(steps, last.weeks(), unit()),
            Self::Seasonal {
                mean,
                amplitude,
                period,
            } => {
                let week = seasonal_crossing(*amplitude, *period, last.weeks(), unit() / mean);
                Time::from_weeks(week).max(last)
            }
            Self::Listed(weeks) => weeks
                .get(index as usize)
                .map_or(Time::NEVER, |week| Time::from_weeks(*week)),
        }
    }

    /// Whether rates are finite and not negative, and times in order.
    pub(super) fn is_valid(&self) -> bool {
        let is_rate = |rate: f64| rate.is_finite() && rate >= 0.0;
        match self {
            Self::Steady(rate) => is_rate(*rate),
            Self::Steps(steps) => {
                steps.iter().all(|step| is_rate(step.1))
                    && steps.windows(2).all(|pair| pair[0].0 < pair[1].0)
            }
            Self::Seasonal {
                mean,
                amplitude,
                period,
            } => {
                is_rate(*mean)
                    && *mean > 0.0
                    && (0.0..=1.0).contains(amplitude)
                    && period.is_finite()
                    && *period > 0.0
            }
            Self::Listed(weeks) => weeks.iter().all(|week| is_rate(*week)) && weeks.is_sorted(),
        }
    }
}

fn after_amount(steps: &[(f64, f64)], after: f64, amount: f64) -> Time {
    let mut left = amount;
    for (k, (from, rate)) in steps.iter().enumerate() {
        let until = steps.get(k + 1).map_or(f64::INFINITY, |next| next.0);
        let from = from.max(after);
        if until <= from || *rate <= 0.0 {
            continue;
        }
        if left <= rate * (until - from) {
            return Time::from_weeks(from + left / rate);
        }
        left -= rate * (until - from);
    }
    Time::NEVER
}

/// The week at which the integral of `1 + amplitude × sin(2π t / period)` since `after` reaches an
/// amount: Newton's method within bounds that close in.
fn seasonal_crossing(amplitude: f64, period: f64, after: f64, amount: f64) -> f64 {
    const STEPS: usize = 60;
    let omega = TAU / period;
    let integral = |t: f64| t - amplitude / omega * libm::cos(omega * t);
    let target = integral(after) + amount;
    let swing = 2.0 * amplitude / omega;
    let (mut low, mut high) = (after, after + amount + swing);
    let mut week = after + amount;
    for _ in 0..STEPS {
        let excess = integral(week) - target;
        if excess > 0.0 {
            high = week;
        } else {
            low = week;
        }
        let slope = 1.0 + amplitude * libm::sin(omega * week);
        let newton = week - excess / slope;
        let next = if newton > low && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
        if (next - week).abs() <= f64::EPSILON * next.abs() {
            return next;
        }
        week = next;
    }
    week
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_use_up_the_amount_at_their_rates() {
        let steps = [(0.0, 2.0), (3.0, 0.0), (5.0, 1.0)];
        let at = |after, amount| after_amount(&steps, after, amount).weeks();
        assert!((at(0.0, 4.0) - 2.0).abs() < 1e-9);
        // 6 until week 3, nothing until week 5, the other 1.5 by week 6.5.
        assert!((at(0.0, 7.5) - 6.5).abs() < 1e-9);
        assert!((at(2.5, 1.5) - 5.5).abs() < 1e-9);
        assert_eq!(
            after_amount(&[(0.0, 1.0), (2.0, 0.0)], 1.0, 1.5),
            Time::NEVER
        );
    }

    #[test]
    fn the_seasonal_crossing_undoes_the_integral() {
        let (amplitude, period): (f64, f64) = (1.0, 52.0);
        let omega = TAU / period;
        let integral = |t: f64| t - amplitude / omega * (omega * t).cos();
        for after in [0.0, 13.0, 38.9, 39.0, 500.0] {
            for amount in [1e-6, 0.5, 20.0, 100.0] {
                let week = seasonal_crossing(amplitude, period, after, amount);
                let reached = integral(week) - integral(after);
                assert!(
                    (reached - amount).abs() < 1e-9,
                    "{after} {amount}: {reached}"
                );
            }
        }
    }
}
