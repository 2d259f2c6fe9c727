//! The national course: damped growth of all plans, and the rates that bring it about.

use rand_distr::{Distribution, StandardNormal};

use super::history::{History, median};
use super::panel::{BANDS, ByBand};
use super::settings::{
    DAMPING, FREEDOM, LEAST_NEW, NATIONAL_SURPRISE, PATTERN_SD, RETENTION_SD, aged, aged_new, each,
    sum,
};
use crate::random::Stream;

/// What is known of the national course at an origin.
#[derive(Debug, Clone, PartialEq)]
pub struct NationalCourse {
    /// Plans of the authorities that take part, by band.
    pub stock: ByBand,
    /// Growth of the log total in the newest year.
    pub growth: f64,
    /// Standard deviation of a year's surprise in that growth.
    pub surprise: f64,
    /// Posterior of the damping: values and probabilities.
    pub damping: Vec<(f64, f64)>,
    /// Share of aged plans retained over a year, by band.
    pub retention: ByBand,
    /// Age pattern of joining, adding up to 1.
    pub joining: ByBand,
    /// For each year ahead: new plans by band that a joining rate of 1 in the band would give over
    /// all authorities, their local factors included.
    pub exposure: Vec<ByBand>,
}

/// One draw of the national course.
#[derive(Debug, Clone, PartialEq)]
pub struct NationalPath {
    /// Joining rate per resident of an authority without departures: year ahead × band.
    pub joining: Vec<ByBand>,
    /// Share of aged plans retained: year ahead × band.
    pub retention: Vec<ByBand>,
}

impl NationalCourse {
    pub(super) fn of(history: &History, stock: ByBand, exposure: Vec<ByBand>) -> Self {
        let logs: Vec<f64> = history.national_totals.iter().map(|t| t.ln()).collect();
        let growth: Vec<f64> = logs.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let surprise = surprise(&growth);
        Self {
            stock,
            growth: growth.last().copied().unwrap_or(0.0),
            surprise,
            damping: damping(&growth, surprise),
            retention: history.retention,
            joining: history.joining,
            exposure,
        }
    }

    /// Posterior mean of the damping.
    pub fn mean_damping(&self) -> f64 {
        self.damping
            .iter()
            .map(|(value, weight)| value * weight)
            .sum()
    }

    /// The course without chance: growth damped by the mean.
    pub fn central(&self) -> NationalPath {
        let damping = self.mean_damping();
        let growths = std::iter::successors(Some(self.growth * damping), |g| Some(g * damping));
        let growths: Vec<f64> = growths.take(self.exposure.len()).collect();
        self.follow(&growths, |_| ([0.0; BANDS], [0.0; BANDS]))
    }

    /// A draw of the course.
    pub fn draw(&self, seed: u64, draw: u32) -> NationalPath {
        let mut stream = Stream::new(seed, draw, "forecast.national");
        let mut left = stream.uniform();
        let damping = self
            .damping
            .iter()
            .find(|(_, weight)| {
                left -= weight;
                left <= 0.0
            })
            .or(self.damping.last())
            .map_or(1.0, |(value, _)| *value);
        let mut normal = || -> f64 { StandardNormal.sample(&mut stream) };
        let mut growth = self.growth;
        let growths: Vec<f64> = self
            .exposure
            .iter()
            .map(|_| {
                growth = damping * growth + self.surprise * normal();
                growth
            })
            .collect();
        let (mut retention, mut pattern) = ([0.0; BANDS], [0.0; BANDS]);
        self.follow(&growths, |_| {
            for band in 0..BANDS {
                retention[band] += RETENTION_SD * normal();
                pattern[band] += PATTERN_SD * normal();
            }
            (retention, pattern)
        })
    }

    /// The joining rates that make the stock grow as given: what growth needs beyond the plans
    /// retained, at least a small share of the stock, in the pattern of ages.
    fn follow(
        &self,
        growths: &[f64],
        mut shocks: impl FnMut(usize) -> (ByBand, ByBand),
    ) -> NationalPath {
        let mut stock = self.stock;
        let mut path = NationalPath {
            joining: Vec::new(),
            retention: Vec::new(),
        };
        for (year, (growth, exposure)) in growths.iter().zip(&self.exposure).enumerate() {
            let (of_retention, of_pattern) = shocks(year);
            let retention = each(|b| self.retention[b] * libm::exp(of_retention[b]));
            let pattern = each(|b| self.joining[b] * libm::exp(of_pattern[b]));
            let staying = aged(&stock);
            let kept = each(|b| staying[b] * retention[b]);
            let all = sum(&stock);
            let needed = (all * libm::exp(*growth) - sum(&kept)).max(LEAST_NEW * all);
            let weight: f64 = (0..BANDS).map(|b| exposure[b] * pattern[b]).sum();
            let joining = pattern.map(|rate| rate * needed / weight);
            let joined = aged_new(&each(|b| exposure[b] * joining[b]));
            stock = each(|b| kept[b] + joined[b]);
            path.joining.push(joining);
            path.retention.push(retention);
        }
        path
    }
}

/// Standard deviation of the change of growth from year to year, changes beyond three median
/// absolute deviations cut, pooled with the prior.
fn surprise(growth: &[f64]) -> f64 {
    let changes: Vec<f64> = growth.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut sizes: Vec<f64> = changes.iter().map(|change| change.abs()).collect();
    let cut = (3.0 * 1.4826 * median(&mut sizes)).powi(2);
    let squares: f64 = changes.iter().map(|change| change.powi(2).min(cut)).sum();
    let (prior, freedom) = NATIONAL_SURPRISE;
    ((freedom * prior * prior + squares) / (freedom + changes.len() as f64)).sqrt()
}

/// Posterior of the damping of growth on a grid from 0.80 to 1.00, with Student's t surprises.
fn damping(growth: &[f64], surprise: f64) -> Vec<(f64, f64)> {
    let logs: Vec<(f64, f64)> = (0..=20)
        .map(|step| {
            let value = 0.80 + 0.01 * f64::from(step);
            let prior = -0.5 * ((value - DAMPING.0) / DAMPING.1).powi(2);
            let likelihood: f64 = growth
                .windows(2)
                .map(|pair| {
                    let away = (pair[1] - value * pair[0]) / surprise;
                    -0.5 * FREEDOM * libm::log1p(away * away / (FREEDOM - 1.0))
                })
                .sum();
            (value, prior + likelihood)
        })
        .collect();
    let best = logs.iter().map(|(_, log)| *log).fold(f64::MIN, f64::max);
    let weights: Vec<f64> = logs.iter().map(|(_, log)| libm::exp(log - best)).collect();
    let all: f64 = weights.iter().sum();
    logs.iter()
        .zip(weights)
        .map(|((value, _), weight)| (*value, weight / all))
        .collect()
}
