//! Named baselines that any forecast must beat.

use super::Predictive;

/// Plans of one authority on consecutive Januaries up to an origin, oldest first.
pub(super) type Past = Vec<f64>;

/// Years whose growth is carried on.
const GROWTH_YEARS: usize = 3;

/// Usual practice of authorities: the mean yearly growth of the last three years continues.
pub(super) fn last_growth(past: &[f64], horizon: usize) -> Option<f64> {
    let newest = *past.last()?;
    let growth = yearly_growth(past, GROWTH_YEARS)?;
    Some(newest * growth.powi(horizon as i32))
}

/// Mean yearly growth factor over the last `years` years.
fn yearly_growth(past: &[f64], years: usize) -> Option<f64> {
    let newest = *past.last()?;
    let before = *past.get(past.len().checked_sub(years + 1)?)?;
    (before > 0.0 && newest > 0.0).then(|| libm::pow(newest / before, 1.0 / years as f64))
}

/// Random walk with drift: the mean change continues; normal errors that grow with the horizon and
/// with the uncertainty of the drift (Hyndman and Athanasopoulos, Forecasting: Principles and
/// Practice, section 5.5).
pub(super) fn drift(past: &[f64], horizon: usize) -> Option<(f64, f64)> {
    let changes: Vec<f64> = past.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let n = changes.len();
    if n < 2 {
        return None;
    }
    let drift = changes.iter().sum::<f64>() / n as f64;
    let squares: f64 = changes.iter().map(|change| (change - drift).powi(2)).sum();
    let sd = (squares / (n - 1) as f64).sqrt();
    let h = horizon as f64;
    Some((past[n] + h * drift, sd * (h * (1.0 + h / n as f64)).sqrt()))
}

/// Damped Holt smoothing with the parameters of all authorities together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DampedHolt {
    /// Smoothing of the level.
    alpha: f64,
    /// Smoothing of the trend.
    beta: f64,
    /// Damping of the trend.
    phi: f64,
}

impl DampedHolt {
    /// Least squares of one-step errors relative to the level, over all series, on a grid.
    pub(super) fn pooled(series: &[Past]) -> Self {
        let grid = |from: f64, to: f64, steps: usize| {
            (0..=steps).map(move |i| from + (to - from) * i as f64 / steps as f64)
        };
        let mut best = (
            f64::INFINITY,
            Self {
                alpha: 0.9,
                beta: 0.2,
                phi: 0.9,
            },
        );
        for alpha in grid(0.3, 1.0, 14) {
            for beta in grid(0.0, 1.0, 10) {
                for phi in grid(0.80, 0.98, 9) {
                    let holt = Self {
                        alpha,
                        beta: beta * alpha,
                        phi,
                    };
                    let loss: f64 = series.iter().map(|past| holt.loss(past)).sum();
                    if loss < best.0 {
                        best = (loss, holt);
                    }
                }
            }
        }
        best.1
    }

    fn loss(&self, past: &[f64]) -> f64 {
        let errors = self.smooth(past).map(|(_, _, errors)| errors);
        let relative = errors.unwrap_or_default();
        relative
            .iter()
            .zip(&past[2..])
            .map(|(e, y)| (e / y.max(1.0)).powi(2))
            .sum()
    }

    /// Level, trend and one-step errors from the third year on.
    fn smooth(&self, past: &[f64]) -> Option<(f64, f64, Vec<f64>)> {
        let (first, rest) = past.split_first()?;
        let (second, rest) = rest.split_first()?;
        let (mut level, mut trend) = (*second, second - first);
        let errors = rest
            .iter()
            .map(|value| {
                let expected = level + self.phi * trend;
                let error = value - expected;
                level = expected + self.alpha * error;
                trend = self.phi * trend + self.beta * error;
                error
            })
            .collect();
        Some((level, trend, errors))
    }

    /// Mean and standard deviation at a horizon (ETS(A,Ad,N), Hyndman and others, 2008, table 6.1).
    pub(super) fn forecast(&self, past: &[f64], horizon: usize) -> Option<(f64, f64)> {
        let (level, trend, errors) = self.smooth(past)?;
        if errors.is_empty() {
            return None;
        }
        let variance = errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64;
        let damped = |steps: usize| -> f64 { (1..=steps).map(|i| self.phi.powi(i as i32)).sum() };
        let spread: f64 = (1..horizon)
            .map(|j| (self.alpha + self.beta * damped(j)).powi(2))
            .sum();
        Some((
            level + damped(horizon) * trend,
            (variance * (1.0 + spread)).sqrt(),
        ))
    }
}

/// Growth of the last year, one part the authority's own and three parts all authorities',
/// continued.
pub(super) fn shrunken_growth(past: &[f64], national: &[f64], horizon: usize) -> Option<f64> {
    let own = libm::log(yearly_growth(past, 1)?);
    let all = libm::log(yearly_growth(national, 1)?);
    let growth = 0.25 * own + 0.75 * all;
    Some(past.last()? * libm::exp(growth * horizon as f64))
}

/// The same with the national growth that came true: an oracle, not a forecast.
pub(super) fn shrunken_growth_oracle(
    past: &[f64],
    national_now: f64,
    national_then: f64,
    horizon: usize,
) -> Option<f64> {
    let own = libm::log(yearly_growth(past, 1)?);
    let all = libm::log(national_then / national_now);
    Some(past.last()? * libm::exp(0.25 * own * horizon as f64 + 0.75 * all))
}

/// A distribution, or nothing.
pub(super) fn normal(moments: Option<(f64, f64)>, actual: Option<f64>) -> Option<Predictive> {
    moments.map(|(mean, sd)| Predictive::normal(mean.max(0.0), sd, actual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_line_is_continued_by_drift_and_holt() {
        let past: Past = (0..8).map(|i| 100.0 + 10.0 * f64::from(i)).collect();
        let (mean, sd) = drift(&past, 3).expect("a series");
        assert!((mean - 200.0).abs() < 1e-9 && sd < 1e-9);
        let holt = DampedHolt {
            alpha: 0.8,
            beta: 0.3,
            phi: 1.0,
        };
        let (mean, sd) = holt.forecast(&past, 3).expect("a series");
        assert!((mean - 200.0).abs() < 1e-9 && sd < 1e-9);
    }

    #[test]
    fn steady_growth_continues() {
        let past: Past = (0..6).map(|i| 100.0 * 1.1_f64.powi(i)).collect();
        let next = 100.0 * 1.1_f64.powi(7);
        assert!((last_growth(&past, 2).expect("a series") - next).abs() < 1e-9);
        assert!((shrunken_growth(&past, &past, 2).expect("a series") - next).abs() < 1e-9);
    }

    #[test]
    fn the_error_of_drift_grows_as_worked_by_hand() {
        // Changes 1, 3, 2: drift 2, standard deviation 1; at 3 years sqrt(3 (1 + 3/3)).
        let (mean, sd) = drift(&[10.0, 11.0, 14.0, 16.0], 3).expect("a series");
        assert!((mean - 22.0).abs() < 1e-12);
        assert!((sd - 6.0_f64.sqrt()).abs() < 1e-12);
    }
}
