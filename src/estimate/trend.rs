//! Trend of joining: a national factor and a local one, both persistent.

/// What history says of the national factor: growth of the log index is a damped random process,
/// `g(t+1) = φ g(t) + ε`, `ε ~ N(0, σ²)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NationalTrend {
    /// Growth of the log index in the newest year.
    pub(super) growth: f64,
    /// Damping φ, posterior mean and standard deviation.
    pub(super) damping: (f64, f64),
    /// Innovation σ, posterior mean and standard deviation.
    pub(super) innovation: (f64, f64),
}

impl NationalTrend {
    /// Posterior of (φ, σ) on a grid: uniform prior on φ in 0 to 0.95, and 1/σ on σ in 0.01 to 0.4.
    /// Years before 2014, when statements were still being made and the index was flat, are left out by the
    /// caller.
    pub(super) fn estimate(log_index: &[f64]) -> Self {
        let growth: Vec<f64> = log_index.windows(2).map(|w| w[1] - w[0]).collect();
        let mut sums = [0.0; 5];
        let mut best = f64::NEG_INFINITY;
        let mut cells = Vec::new();
        for i in 0..=38 {
            let phi = f64::from(i) * 0.025;
            for j in 0..60 {
                let sigma = 0.01 * 1.065_f64.powi(j);
                let squares: f64 = growth.windows(2).map(|g| (g[1] - phi * g[0]).powi(2)).sum();
                let n = growth.len().saturating_sub(1) as f64;
                // Equal steps of ln σ are the prior 1/σ.
                let log_likelihood = -n * sigma.ln() - squares / (2.0 * sigma * sigma);
                best = best.max(log_likelihood);
                cells.push((phi, sigma, log_likelihood));
            }
        }
        for (phi, sigma, log_likelihood) in cells {
            let weight = (log_likelihood - best).exp();
            for (sum, term) in sums
                .iter_mut()
                .zip([1.0, phi, phi * phi, sigma, sigma * sigma])
            {
                *sum += weight * term;
            }
        }
        let mean_sd = |first: f64, second: f64| {
            let mean = first / sums[0];
            (mean, (second / sums[0] - mean * mean).max(0.0).sqrt())
        };
        Self {
            growth: growth.last().copied().unwrap_or(0.0),
            damping: mean_sd(sums[1], sums[2]),
            innovation: mean_sd(sums[3], sums[4]),
        }
    }
}

/// One year of an authority: log of new plans over expected less the national log index, and the
/// number of new plans that it rests on.
pub(super) type LocalYear = Option<(f64, f64)>;

/// The local factor of every authority: `m(t+1) = ρ m(t) + η`, `η ~ N(0, q²)`, seen with an error of
/// variance `r² + 1/n` (recording and timing; chance).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LocalTrend {
    /// Persistence ρ from year to year.
    pub(super) persistence: f64,
    /// Standard deviation q of a year's change.
    pub(super) innovation: f64,
    /// Standard deviation r of recording and timing.
    pub(super) recording: f64,
}

impl LocalTrend {
    /// Maximum likelihood over all authorities by the Kalman filter, searched on a grid that is
    /// refined three times around its best point.
    pub(super) fn estimate(areas: &[Vec<LocalYear>]) -> Self {
        let mut best = (f64::NEG_INFINITY, [0.9, 0.1, 0.1]);
        let mut centre = [0.85, 0.12, 0.12];
        let mut step = [0.05, 1.5_f64.ln(), 1.5_f64.ln()];
        for _ in 0..4 {
            for i in -3..=3 {
                for j in -3..=3 {
                    for k in -3..=3 {
                        let persistence = (centre[0] + f64::from(i) * step[0]).clamp(0.3, 0.99);
                        let innovation = centre[1] * (f64::from(j) * step[1]).exp();
                        let recording = centre[2] * (f64::from(k) * step[2]).exp();
                        let trend = Self {
                            persistence,
                            innovation,
                            recording,
                        };
                        let sum: f64 = areas.iter().map(|area| trend.filter(area).2).sum();
                        if sum > best.0 {
                            best = (sum, [persistence, innovation, recording]);
                        }
                    }
                }
            }
            centre = best.1;
            step = step.map(|s| s * 0.4);
        }
        let [persistence, innovation, recording] = best.1;
        Self {
            persistence,
            innovation,
            recording,
        }
    }

    /// Mean and variance of the local factor in the newest year, and the log likelihood.
    pub(super) fn filter(&self, years: &[LocalYear]) -> (f64, f64, f64) {
        local_filter(self.persistence, self.innovation, self.recording, years)
    }
}

/// Kalman filter of the local factor from its long-run distribution; a year without a count only
/// lets the uncertainty grow.
pub(crate) fn local_filter(
    persistence: f64,
    innovation: f64,
    recording: f64,
    years: &[LocalYear],
) -> (f64, f64, f64) {
    let q = innovation * innovation;
    let mut mean = 0.0;
    let mut variance = q / (1.0 - persistence * persistence);
    let mut log_likelihood = 0.0;
    for (index, year) in years.iter().enumerate() {
        if index > 0 {
            mean *= persistence;
            variance = persistence * persistence * variance + q;
        }
        if let Some((value, new_plans)) = year {
            let seen = variance + recording * recording + 1.0 / new_plans.max(1.0);
            let error = value - mean;
            log_likelihood -= 0.5 * (seen.ln() + error * error / seen);
            let gain = variance / seen;
            mean += gain * error;
            variance *= 1.0 - gain;
        }
    }
    (mean, variance, log_likelihood)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use rand_distr::{Distribution, StandardNormal};

    #[test]
    fn the_filter_matches_a_case_done_by_hand() {
        // Long-run variance 0.04/(1-0.64) = 1/9; seen with 0.01 + 1/100 more: 0.131111.
        // Gain 0.847458; mean 0.169492 from 0.2; variance 0.016949.
        let (mean, variance, _) = local_filter(0.8, 0.2, 0.1, &[Some((0.2, 100.0))]);
        assert!((mean - 0.169_491_5).abs() < 1e-6, "{mean}");
        assert!((variance - 0.016_949_2).abs() < 1e-6, "{variance}");
    }

    #[test]
    fn persistence_and_spread_are_recovered() {
        let normal = |s: &mut Stream| -> f64 { StandardNormal.sample(s) };
        let areas: Vec<Vec<LocalYear>> = (0..300)
            .map(|area| {
                let mut stream = Stream::new(5, area, "local");
                let mut m = 0.15 / 0.19_f64.sqrt() * normal(&mut stream);
                (0..12)
                    .map(|_| {
                        m = 0.9 * m + 0.15 * normal(&mut stream);
                        Some((m + 0.1 * normal(&mut stream), 1e9))
                    })
                    .collect()
            })
            .collect();
        let found = LocalTrend::estimate(&areas);
        assert!((found.persistence - 0.9).abs() < 0.04, "{found:?}");
        assert!((found.innovation - 0.15).abs() < 0.02, "{found:?}");
        assert!((found.recording - 0.1).abs() < 0.02, "{found:?}");
    }
}
