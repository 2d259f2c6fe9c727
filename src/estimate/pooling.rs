//! How strongly areas differ: pooling strengths by marginal likelihood.

use std::collections::BTreeMap;

use statrs::function::gamma::ln_gamma;

use super::ages::ByAge;

/// Events observed and expected in one group (an area, or an age of an area).
pub(super) type ObservedExpected = (f64, f64);

/// Shape of the gamma distribution of true ratios around 1 that makes the observed counts likeliest.
///
/// `n ~ Poisson(e θ)`, `θ ~ Gamma(κ, κ)`, so `n` is negative binomial with
/// `ln p = ln Γ(n+κ) - ln Γ(κ) - ln n! + κ ln(κ/(κ+e)) + n ln(e/(κ+e))`.
/// The posterior of θ is Gamma(n+κ, e+κ): an area with few expected events stays near 1, and never
/// gets a rate of zero. κ is searched on a logarithmic grid from 0.5 to 5,000 (relative step 5%).
pub(super) fn gamma_pooling(groups: &[ObservedExpected]) -> f64 {
    let log_likelihood = |kappa: f64| -> f64 {
        groups
            .iter()
            .filter(|(_, e)| *e > 0.0)
            .map(|&(n, e)| {
                ln_gamma(n + kappa) - ln_gamma(kappa)
                    + kappa * (kappa / (kappa + e)).ln()
                    + n * (e / (kappa + e)).ln()
            })
            .sum()
    };
    let grid = (0..190).map(|step| 0.5 * 1.05_f64.powi(step));
    grid.map(|kappa| (log_likelihood(kappa), kappa))
        .fold((f64::NEG_INFINITY, 1.0), |best, next| {
            if next.0 > best.0 { next } else { best }
        })
        .1
}

/// Strength of a Dirichlet distribution of shares around `centre` that makes the counts likeliest:
/// the Dirichlet-multinomial likelihood, searched on a logarithmic grid from 1 to 2,000.
pub(super) fn dirichlet_pooling(groups: &[(Vec<f64>, Vec<f64>)]) -> f64 {
    let log_likelihood = |kappa: f64| -> f64 {
        groups
            .iter()
            .map(|(counts, centre)| {
                let n: f64 = counts.iter().sum();
                let cells = counts.iter().zip(centre).filter(|(_, share)| **share > 0.0);
                ln_gamma(kappa) - ln_gamma(n + kappa)
                    + cells
                        .map(|(c, share)| ln_gamma(c + kappa * share) - ln_gamma(kappa * share))
                        .sum::<f64>()
            })
            .sum()
    };
    let grid = (0..80).map(|step| 1.1_f64.powi(step));
    grid.map(|kappa| (log_likelihood(kappa), kappa))
        .fold((f64::NEG_INFINITY, 1.0), |best, next| {
            if next.0 > best.0 { next } else { best }
        })
        .1
}

/// Ratios of observed to expected events, pooled in two steps: regions to England, then areas to
/// their region in level, then single ages to the area's level.
#[derive(Debug, Clone)]
pub(super) struct RatioPool {
    /// Ratio of each region to England, pooled.
    pub(super) regions: BTreeMap<String, f64>,
    /// Strength with which an area's level is pooled with its region's.
    pub(super) level: f64,
    /// Strength with which a single age is pooled with the area's level.
    pub(super) age: f64,
}

/// Events and expected events (at England's rates) of an area, by age.
#[derive(Debug, Clone)]
pub(super) struct AreaRatio {
    pub(super) region: String,
    pub(super) events: ByAge,
    pub(super) expected: ByAge,
}

impl RatioPool {
    /// Estimates the pooling strengths from all areas.
    pub(super) fn estimate(areas: &[AreaRatio]) -> Self {
        let mut sums: BTreeMap<String, ObservedExpected> = BTreeMap::new();
        for area in areas {
            let sum = sums.entry(area.region.clone()).or_default();
            sum.0 += area.events.iter().sum::<f64>();
            sum.1 += area.expected.iter().sum::<f64>();
        }
        let strength = gamma_pooling(&sums.values().copied().collect::<Vec<_>>());
        let regions: BTreeMap<String, f64> = sums
            .into_iter()
            .map(|(region, (n, e))| (region, (n + strength) / (e + strength)))
            .collect();
        let of = |region: &str| regions.get(region).copied().unwrap_or(1.0);
        let levels: Vec<ObservedExpected> = areas
            .iter()
            .map(|a| {
                (
                    a.events.iter().sum(),
                    of(&a.region) * a.expected.iter().sum::<f64>(),
                )
            })
            .collect();
        let level = gamma_pooling(&levels);
        let ages: Vec<ObservedExpected> = areas
            .iter()
            .zip(&levels)
            .flat_map(|(area, (n, e))| {
                let ratio = of(&area.region) * (n + level) / (e + level);
                area.events
                    .iter()
                    .zip(&area.expected)
                    .map(move |(&n, &e)| (n, e * ratio))
            })
            .filter(|(_, e)| *e > 0.5)
            .collect();
        let age = gamma_pooling(&ages);
        Self {
            regions,
            level,
            age,
        }
    }

    /// Pooled ratio of a region to England.
    pub(super) fn region(&self, name: &str) -> f64 {
        self.regions.get(name).copied().unwrap_or(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use rand_distr::{Distribution, Gamma, Poisson};

    #[test]
    fn the_strength_that_made_the_counts_is_found() {
        let truth = 12.0;
        let gamma = Gamma::new(truth, 1.0 / truth).expect("valid");
        let groups: Vec<ObservedExpected> = (0..600)
            .map(|area| {
                let mut stream = Stream::new(11, area, "pooling");
                let expected = 20.0 + f64::from(area % 50);
                let mean = expected * gamma.sample(&mut stream);
                (
                    Poisson::new(mean).expect("positive").sample(&mut stream),
                    expected,
                )
            })
            .collect();
        let found = gamma_pooling(&groups);
        // Standard error of ln κ is about sqrt(2/600) plus the Poisson part: 0.1.
        assert!((found / truth).ln().abs() < 0.35, "found {found}");
    }
}
