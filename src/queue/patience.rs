//! How long people stay on a list before they withdraw.

/// Withdrawal from a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Patience {
    /// Nobody withdraws.
    #[default]
    Unlimited,
    /// At a constant rate [per waiting person per week].
    Rate(f64),
    /// At a rate [per waiting person per week] that depends on the weeks waited: steps of
    /// (from this many weeks, rate), in order, the first from 0.
    ByWeeksWaited(Vec<(f64, f64)>),
}

impl Patience {
    /// Further weeks on the list of a person who has waited some already; `None` is for ever.
    ///
    /// The integrated rate since referral reaches its value at `waited` plus a unit exponential.
    #[inline]
    pub(super) fn weeks_left(&self, waited: f64, exponential: f64) -> Option<f64> {
        match self {
            Self::Unlimited => None,
            Self::Rate(rate) => (*rate > 0.0).then(|| exponential / rate),
            Self::ByWeeksWaited(steps) => weeks_left_by_steps(steps, waited, exponential),
        }
    }

    /// Whether rates are finite, not negative, and steps in order from 0.
    pub(super) fn is_valid(&self) -> bool {
        let is_rate = |rate: f64| rate.is_finite() && rate >= 0.0;
        match self {
            Self::Unlimited => true,
            Self::Rate(rate) => is_rate(*rate),
            Self::ByWeeksWaited(steps) => {
                steps.first().is_some_and(|(from, _)| *from <= 0.0)
                    && steps.iter().all(|(_, rate)| is_rate(*rate))
                    && steps.windows(2).all(|pair| pair[0].0 < pair[1].0)
            }
        }
    }
}

fn weeks_left_by_steps(steps: &[(f64, f64)], waited: f64, exponential: f64) -> Option<f64> {
    let mut left = exponential;
    for (k, (from, rate)) in steps.iter().enumerate() {
        let until = steps.get(k + 1).map_or(f64::INFINITY, |next| next.0);
        let from = from.max(waited);
        if until <= from {
            continue;
        }
        if *rate > 0.0 && left <= rate * (until - from) {
            return Some(from + left / rate - waited);
        }
        if *rate > 0.0 {
            left -= rate * (until - from);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integrated_rate_reaches_the_exponential() {
        // 0.1 a week for 10 weeks, none for 10 weeks, then 0.5 a week.
        let patience = Patience::ByWeeksWaited(vec![(0.0, 0.1), (10.0, 0.0), (20.0, 0.5)]);
        let left = |waited, exponential| {
            let weeks = patience.weeks_left(waited, exponential);
            weeks.expect("the last rate is above 0")
        };
        assert!((left(0.0, 0.4) - 4.0).abs() < 1e-12);
        // 1.0 is used up by week 10, the other 0.5 by week 21.
        assert!((left(0.0, 1.5) - 21.0).abs() < 1e-12);
        // Who has waited 5 weeks has 0.5 until week 10 and 0.5 after week 20.
        assert!((left(5.0, 1.0) - 16.0).abs() < 1e-12);
        assert!((left(30.0, 1.0) - 2.0).abs() < 1e-12);
        assert_eq!(Patience::Unlimited.weeks_left(0.0, 1.0), None);
        assert!(!Patience::ByWeeksWaited(vec![(1.0, 0.1)]).is_valid());
    }
}
