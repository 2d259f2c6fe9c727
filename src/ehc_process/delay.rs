//! How long a step takes that is not a matter of staff.

use crate::random::normal_quantile;

/// A positive length of time, log-normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    median: f64,
    sigma: f64,
}

impl Delay {
    /// With a mean [any unit of time] and a coefficient of variation.
    pub fn with_mean(mean: f64, cv: f64) -> Self {
        let sigma = libm::log(cv.mul_add(cv, 1.0)).sqrt();
        Self {
            median: mean * libm::exp(-sigma * sigma / 2.0),
            sigma,
        }
    }

    /// With a median and a coefficient of variation.
    pub fn with_median(median: f64, cv: f64) -> Self {
        let sigma = libm::log(cv.mul_add(cv, 1.0)).sqrt();
        Self { median, sigma }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.median * libm::exp(self.sigma * self.sigma / 2.0)
    }

    /// The quantile at a uniform number.
    pub fn at(&self, u: f64) -> f64 {
        self.median * libm::exp(self.sigma * normal_quantile(u))
    }

    /// The mean of the delay with this coefficient of variation that a share does not exceed a
    /// limit in.
    pub fn mean_for(share_within: f64, limit: f64, cv: f64) -> f64 {
        let sigma = libm::log(cv.mul_add(cv, 1.0)).sqrt();
        let z = normal_quantile(share_within.clamp(0.01, 0.99));
        limit * libm::exp(sigma * sigma / 2.0 - sigma * z)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_share_within_a_limit() {
        let delay = Delay::with_mean(6.0, 0.5);
        let n = 20_000;
        let draws: Vec<f64> = (0..n)
            .map(|i| delay.at((f64::from(i) + 0.5) / f64::from(n)))
            .collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        assert!((mean - 6.0).abs() < 0.01, "{mean}");
        assert!((delay.mean() - 6.0).abs() < 1e-9);
        let mean = Delay::mean_for(0.341, 6.0, 0.5);
        let within = Delay::with_mean(mean, 0.5);
        let share = (0..n)
            .filter(|&i| within.at((f64::from(i) + 0.5) / f64::from(n)) <= 6.0)
            .count();
        assert!((share as f64 / f64::from(n) - 0.341).abs() < 0.001);
    }
}
