//! A ratio or share of every authority that wanders from year to year: requests per new plan, the
//! share of plans in a kind of setting.

use rand_distr::{Distribution, StandardNormal, StudentT};

use super::history::median;
use super::settings::FREEDOM;
use crate::random::Stream;

/// Years of changes that the common drift and the spread are taken from.
const YEARS: usize = 4;
/// Part of the common drift that goes on in the next year, and in every later one of what is left.
const DRIFT_KEPT: f64 = 0.5;
/// Least standard deviation of a year's change.
const LEAST_SD: f64 = 0.01;

/// How such a number changes from one year to the next, over all authorities, on a scale (log or
/// logit) on which changes are alike: `x(t+1) = x(t) + d(t) + e(t)`, `d(t+1) = DRIFT_KEPT d(t)`, with
/// Student's t surprises of the authority and a normal one common to all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wandering {
    /// Common change in the newest year.
    pub drift: f64,
    /// Standard deviation of an authority's surprise.
    pub sd: f64,
    /// Standard deviation of the common surprise.
    pub common_sd: f64,
}

impl Wandering {
    /// From the series of all authorities up to the origin, each with the newest value last; the
    /// median and the median absolute deviation keep recording errors from counting much. `None`
    /// without two years of any series.
    pub fn of(series: &[Vec<Option<f64>>]) -> Option<Self> {
        let longest = series.iter().map(Vec::len).max()?;
        let mut common = Vec::new();
        let mut away = Vec::new();
        for back in 1..=YEARS.min(longest.saturating_sub(1)) {
            let changes: Vec<f64> = series
                .iter()
                .filter_map(|values| {
                    let newest = values.len().checked_sub(back)?;
                    Some(values[newest]? - values[newest.checked_sub(1)?]?)
                })
                .collect();
            if changes.is_empty() {
                continue;
            }
            let centre = median(&mut changes.clone());
            common.push(centre);
            away.extend(changes.iter().map(|change| (change - centre).abs()));
        }
        let drift = *common.first()?;
        let steps = common.windows(2).map(|pair| (pair[0] - pair[1]).powi(2));
        let common_sd = (steps.sum::<f64>() / common.len().saturating_sub(1).max(1) as f64).sqrt();
        Some(Self {
            drift,
            sd: (1.4826 * median(&mut away)).max(LEAST_SD),
            common_sd: common_sd.max(LEAST_SD),
        })
    }

    /// A draw of the change since the newest value, for each year ahead. Authorities of a draw share
    /// the common surprises of its key.
    pub fn draw(&self, seed: u64, draw: u32, [common, own]: [&str; 2], years: usize) -> Vec<f64> {
        let mut shared = Stream::new(seed, draw, common);
        let mut stream = Stream::new(seed, draw, own);
        let student = StudentT::new(FREEDOM).ok();
        let scale = ((FREEDOM - 2.0) / FREEDOM).sqrt();
        let (mut drift, mut change) = (self.drift, 0.0);
        (0..years)
            .map(|_| {
                drift *= DRIFT_KEPT;
                let t: f64 = student.map_or(0.0, |student| student.sample(&mut stream));
                let together: f64 = StandardNormal.sample(&mut shared);
                change += drift + self.common_sd * together + self.sd * scale * t;
                change
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_and_spread_are_found_and_an_outlier_counts_for_little() {
        // Every series rises by 0.2 a year, alternately 0.05 more and 0.05 less; one jumps.
        let mut series: Vec<Vec<Option<f64>>> = (0..40)
            .map(|i| {
                let off = if i % 2 == 0 { 0.05 } else { -0.05 };
                (0..4)
                    .map(|year| Some((0.2 + off) * f64::from(year)))
                    .collect()
            })
            .collect();
        series[0][3] = Some(9.0);
        let wandering = Wandering::of(&series).expect("series of four years");
        assert!((wandering.drift - 0.2).abs() < 0.051, "{wandering:?}");
        assert!((wandering.sd - 1.4826 * 0.05).abs() < 0.03, "{wandering:?}");
    }

    #[test]
    fn the_spread_of_draws_grows_with_the_years() {
        let wandering = Wandering {
            drift: 0.0,
            sd: 0.1,
            common_sd: 0.0,
        };
        let spread = |year: usize| {
            let n = 2_000;
            let squares: f64 = (0..n)
                .map(|draw| wandering.draw(1, draw, ["all", "own"], 4)[year].powi(2))
                .sum();
            (squares / f64::from(n)).sqrt()
        };
        assert!((spread(0) - 0.1).abs() < 0.01, "{}", spread(0));
        assert!((spread(3) - 0.2).abs() < 0.02, "{}", spread(3));
    }
}
