//! A forecast of one number: its mean and quantiles, and how far it stood from the outcome.

use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Levels of the quantiles that are written.
pub const LEVELS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// How a forecast fared against the outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The published number.
    pub actual: f64,
    /// Continuous ranked probability score [same unit as the number]; `None` for a forecast without
    /// a distribution.
    pub crps: Option<f64>,
    /// Probability integral transform: share of the forecast below the outcome, ties halved.
    pub pit: Option<f64>,
}

/// A forecast of one number.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictive {
    /// Mean.
    pub mean: f64,
    /// Quantiles at [`LEVELS`]; only the median for a forecast without a distribution.
    pub quantiles: [Option<f64>; 7],
    /// The outcome, where it is known.
    pub outcome: Option<Outcome>,
}

impl Predictive {
    /// A forecast without a distribution.
    pub fn point(value: f64, actual: Option<f64>) -> Self {
        let mut quantiles = [None; 7];
        quantiles[3] = Some(value);
        Self {
            mean: value,
            quantiles,
            outcome: actual.map(|actual| Outcome {
                actual,
                crps: None,
                pit: None,
            }),
        }
    }

    /// A normal forecast; its score in closed form (Gneiting and Raftery, 2007, equation 5).
    pub fn normal(mean: f64, sd: f64, actual: Option<f64>) -> Self {
        let Ok(standard) = Normal::new(0.0, 1.0) else {
            return Self::point(mean, actual);
        };
        let sd = sd.max(1e-9);
        Self {
            mean,
            quantiles: LEVELS.map(|level| Some(mean + sd * standard.inverse_cdf(level))),
            outcome: actual.map(|actual| {
                let z = (actual - mean) / sd;
                let below = standard.cdf(z);
                let score = z * (2.0 * below - 1.0) + 2.0 * standard.pdf(z)
                    - 1.0 / std::f64::consts::PI.sqrt();
                Outcome {
                    actual,
                    crps: Some(sd * score),
                    pit: Some(below),
                }
            }),
        }
    }

    /// A forecast by draws; its score by the fair estimator over all pairs of draws (Ferro, 2014),
    /// `mean |x - y| - sum |x_i - x_j| / (2 m (m - 1))`.
    pub fn draws(mut draws: Vec<f64>, actual: Option<f64>) -> Self {
        draws.sort_by(f64::total_cmp);
        let n = draws.len();
        let mean = draws.iter().sum::<f64>() / n.max(1) as f64;
        Self {
            mean,
            quantiles: LEVELS.map(|level| quantile(&draws, level)),
            outcome: actual.map(|actual| {
                let away: f64 = draws.iter().map(|draw| (draw - actual).abs()).sum();
                // Sum over pairs of sorted draws: each draw counts by its rank.
                let apart: f64 = draws
                    .iter()
                    .enumerate()
                    .map(|(rank, draw)| (2.0 * rank as f64 - (n as f64 - 1.0)) * draw)
                    .sum();
                let pairs = (n * n.saturating_sub(1)).max(1) as f64;
                let below = draws.partition_point(|draw| *draw < actual);
                let up_to = draws.partition_point(|draw| *draw <= actual);
                Outcome {
                    actual,
                    crps: Some(away / n.max(1) as f64 - apart / pairs),
                    pit: Some((below + up_to) as f64 / (2 * n.max(1)) as f64),
                }
            }),
        }
    }

    /// Point forecast that is scored: the median.
    pub fn median(&self) -> f64 {
        self.quantiles[3].unwrap_or(self.mean)
    }

    /// Whether the central interval from one level to another holds the outcome.
    pub fn covers(&self, low: usize, high: usize) -> Option<bool> {
        let actual = self.outcome?.actual;
        let (low, high) = (self.quantiles[low]?, self.quantiles[high]?);
        Some(low <= actual && actual <= high)
    }

    /// Mean pinball loss over [`LEVELS`]; `None` without a distribution.
    pub fn pinball(&self) -> Option<f64> {
        let actual = self.outcome?.actual;
        let losses = LEVELS.iter().zip(self.quantiles).map(|(level, quantile)| {
            let away = actual - quantile?;
            Some((level * away).max((level - 1.0) * away))
        });
        let sum: Option<f64> = losses.sum();
        sum.map(|sum| sum / LEVELS.len() as f64)
    }
}

/// Quantile of sorted numbers, linear between them (type 7 of Hyndman and Fan, 1996).
fn quantile(sorted: &[f64], level: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = level * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (at - below as f64) * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_of_two_draws_is_that_worked_by_hand() {
        let forecast = Predictive::draws(vec![3.0, 1.0], Some(2.0));
        let outcome = forecast.outcome.expect("the outcome is known");
        // |1-2| and |3-2| average 1; the only pair is 2 apart, half of that is 1.
        assert!(outcome.crps.expect("draws are scored").abs() < 1e-12);
        assert!((outcome.pit.expect("draws are scored") - 0.5).abs() < 1e-12);
    }

    #[test]
    fn many_draws_of_a_normal_score_like_the_closed_form() {
        let standard = Normal::new(0.0, 1.0).expect("a standard normal");
        let n = 20_000;
        let draws = (0..n)
            .map(|i| 100.0 + 10.0 * standard.inverse_cdf((f64::from(i) + 0.5) / f64::from(n)))
            .collect();
        let of = |forecast: Predictive| {
            let outcome = forecast.outcome.expect("the outcome is known");
            (outcome.crps.expect("scored"), outcome.pit.expect("scored"))
        };
        let by_draws = of(Predictive::draws(draws, Some(113.0)));
        let closed = of(Predictive::normal(100.0, 10.0, Some(113.0)));
        assert!(
            (by_draws.0 - closed.0).abs() < 0.01,
            "{by_draws:?} {closed:?}"
        );
        assert!(
            (by_draws.1 - closed.1).abs() < 0.001,
            "{by_draws:?} {closed:?}"
        );
    }

    #[test]
    fn pinball_and_coverage_of_a_known_forecast() {
        let forecast = Predictive {
            mean: 0.0,
            quantiles: [-5.0, -4.0, -2.0, 0.0, 2.0, 4.0, 5.0].map(Some),
            outcome: Some(Outcome {
                actual: 3.0,
                crps: None,
                pit: None,
            }),
        };
        assert_eq!(forecast.covers(2, 4), Some(false));
        assert_eq!(forecast.covers(1, 5), Some(true));
        // 0.05*8 + 0.10*7 + 0.25*5 + 0.5*3 + 0.75*1 + 0.10*1 + 0.05*2 = 4.8, over 7.
        let pinball = forecast.pinball().expect("the outcome is known");
        assert!((pinball - 4.8 / 7.0).abs() < 1e-12, "{pinball}");
    }
}
