//! Numbers with their Monte Carlo error.

/// A number and its standard error over runs; no error from a single run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Value.
    pub value: f64,
    /// Standard error.
    pub error: Option<f64>,
}

impl Estimate {
    /// A number that is not simulated.
    pub const fn exact(value: f64) -> Self {
        Self {
            value,
            error: Some(0.0),
        }
    }

    /// The ratio of two sums over runs; none when the lower is 0.
    ///
    /// The error is that of a ratio estimator: the spread over runs of `numerator - ratio ×
    /// denominator` (Cochran 1977, *Sampling Techniques*, 3rd ed., section 6.4).
    pub fn ratio(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Self> {
        let (mut numerator, mut denominator, mut runs) = (0.0, 0.0, 0.0);
        for (above, below) in pairs.clone() {
            numerator += above;
            denominator += below;
            runs += 1.0;
        }
        if denominator <= 0.0 {
            return None;
        }
        let value = numerator / denominator;
        let squares: f64 = pairs.map(|(a, b)| (a - value * b) * (a - value * b)).sum();
        let error = (runs > 1.0).then(|| (squares * runs / (runs - 1.0)).sqrt() / denominator);
        Some(Self { value, error })
    }

    /// The mean over runs.
    pub fn mean(values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        Self::ratio(values.map(|value| (value, 1.0)))
    }

    /// A quantile of the values of all runs together.
    ///
    /// Its error is half the distance between the quantiles one standard error of the share below
    /// it to either side (Woodruff 1952, doi:10.1080/01621459.1952.10483443).
    pub fn quantile(share: f64, by_run: &[Vec<f32>]) -> Option<Self> {
        let mut all: Vec<f32> = by_run.iter().flatten().copied().collect();
        if all.is_empty() {
            return None;
        }
        all.sort_unstable_by(f32::total_cmp);
        let at = |share: f64| {
            let place = (share * all.len() as f64).ceil() as usize;
            all[place.clamp(1, all.len()) - 1]
        };
        let value = at(share);
        let within = |waits: &Vec<f32>| waits.iter().filter(|wait| **wait <= value).count() as f64;
        let counts: Vec<(f64, f64)> = by_run
            .iter()
            .map(|waits| (within(waits), waits.len() as f64))
            .collect();
        let spread = Self::ratio(counts.iter().copied())?.error;
        let error = spread.map(|se| 0.5 * f64::from(at(share + se) - at(share - se)));
        Some(Self {
            value: f64::from(value),
            error,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_has_the_error_of_its_residuals() {
        // 3 / 4 and 1 / 4: ratio 1/2, residuals 1 and -1, variance of their sum 2 × 2.
        let estimate = Estimate::ratio([(3.0, 4.0), (1.0, 4.0)].into_iter()).expect("not empty");
        assert!((estimate.value - 0.5).abs() < 1e-12);
        assert!((estimate.error.expect("two runs") - 2.0 / 8.0).abs() < 1e-12);
        assert_eq!(Estimate::ratio([(1.0, 0.0)].into_iter()), None);
        let single = Estimate::mean([2.0].into_iter()).expect("not empty");
        assert_eq!(single.error, None);
    }

    /// Uniform waits: the error of a quantile is that of a share, sqrt(q (1 - q) / n).
    #[test]
    fn a_quantile_has_the_error_of_the_share_below_it() {
        let luck = crate::random::Luck::new(4, 0);
        let uniform = |i| luck.uniform(i, crate::random::Process::Visit, 0) as f32;
        let by_run: Vec<Vec<f32>> = (0..400u32)
            .map(|run| (0..100).map(|i| uniform(run * 100 + i)).collect())
            .collect();
        let estimate = Estimate::quantile(0.9, &by_run).expect("not empty");
        let expected = (0.9f64 * 0.1 / 40_000.0).sqrt();
        assert!((estimate.value - 0.9).abs() < 4.0 * expected);
        let error = estimate.error.expect("many runs");
        assert!(
            (error / expected - 1.0).abs() < 0.3,
            "{error} for {expected}"
        );
    }
}
