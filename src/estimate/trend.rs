//! A national factor whose growth fades.

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
