//! The course of one authority around the national one.

use rand_distr::{Distribution, Normal, Poisson, StandardNormal, StudentT};

use super::national::NationalPath;
use super::panel::{BANDS, ByBand};
use super::settings::{FREEDOM, REVERSAL, aged, aged_new, each, sum};
use crate::random::Stream;

/// What is known of an authority's course at an origin.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalCourse {
    /// Plans by band at the origin.
    pub stock: ByBand,
    /// Part of the newest growth that may be an error of recording and reverse.
    pub excess: f64,
    /// Yearly departure of log joining, and its lasting level: means.
    pub factor: [f64; 2],
    /// Variance of the departure, covariance, variance of the level.
    pub factor_variance: [f64; 3],
    /// Persistence of the departure.
    pub persistence: f64,
    /// Standard deviation of a year's change of the departure.
    pub change_sd: f64,
    /// Log age pattern of joining relative to the national one: means.
    pub tilt: ByBand,
    /// Standard deviations of the age pattern.
    pub tilt_sd: ByBand,
    /// Own departure of retention.
    pub retention: ByBand,
    /// Spread of a band's retention around the authority's.
    pub band_noise: ByBand,
    /// Standard deviation of growth unexplained.
    pub growth_sd: f64,
    /// Residents by band in each year ahead.
    pub population: Vec<ByBand>,
}

/// One draw of an authority's course: what its rates are, before chance strikes single children.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalPath {
    /// Factor on the newest stock: an error of recording that reverses.
    pub correction: f64,
    /// Factor on national joining: year ahead × band.
    pub joining: Vec<ByBand>,
    /// Factor on national retention: year ahead × band.
    pub retention: Vec<ByBand>,
    /// Factor on the stock at the end of each year that nothing explains.
    pub unexplained: Vec<f64>,
}

impl LocalCourse {
    /// The course without chance.
    pub fn central(&self) -> LocalPath {
        let years = 0..self.population.len();
        let mut departure = self.factor[0];
        LocalPath {
            correction: REVERSAL * libm::exp(-self.excess) + 1.0 - REVERSAL,
            joining: years
                .clone()
                .map(|_| {
                    departure *= self.persistence;
                    each(|b| libm::exp(self.tilt[b] + departure + self.factor[1]))
                })
                .collect(),
            retention: years
                .clone()
                .map(|_| each(|b| 1.0 + self.retention[b]))
                .collect(),
            unexplained: years.map(|_| 1.0).collect(),
        }
    }

    /// A draw of the course.
    pub fn draw(&self, seed: u64, draw: u32, key: &str) -> LocalPath {
        let mut stream = Stream::new(seed, draw, &format!("forecast.local.{key}"));
        let reverses = stream.uniform() < REVERSAL;
        let student = StudentT::new(FREEDOM).ok();
        let scale = ((FREEDOM - 2.0) / FREEDOM).sqrt();
        let shock = |stream: &mut Stream| {
            let t: f64 = student.map_or(0.0, |student| student.sample(stream));
            libm::exp(self.growth_sd * scale * t)
        };
        let normal = |stream: &mut Stream| -> f64 { StandardNormal.sample(stream) };
        let [variance, covariance, level_variance] = self.factor_variance;
        let sd = variance.max(0.0).sqrt();
        let slope = if sd > 0.0 { covariance / sd } else { 0.0 };
        let rest = (level_variance - slope * slope).max(0.0).sqrt();
        let first = normal(&mut stream);
        let mut departure = self.factor[0] + sd * first;
        let level = self.factor[1] + slope * first + rest * normal(&mut stream);
        let tilt: ByBand = self.tilt_sd.map(|sd| sd * normal(&mut stream));
        let years = self.population.len();
        let mut path = LocalPath {
            correction: if reverses {
                libm::exp(-self.excess)
            } else {
                1.0
            },
            joining: Vec::with_capacity(years),
            retention: Vec::with_capacity(years),
            unexplained: Vec::with_capacity(years),
        };
        for _ in 0..years {
            departure = self.persistence * departure + self.change_sd * normal(&mut stream);
            let of_band = |b: usize| libm::exp(self.tilt[b] + tilt[b] + departure + level);
            path.joining.push(each(of_band));
            let noise = self
                .band_noise
                .map(|sd| libm::exp(sd * normal(&mut stream)));
            path.retention
                .push(each(|b| (1.0 + self.retention[b]) * noise[b]));
            path.unexplained.push(shock(&mut stream));
        }
        path
    }

    /// Plans by band on each January ahead under a national and a local path; `chance` turns the
    /// expected new plans of a band into a number.
    pub(super) fn follow(
        &self,
        national: &NationalPath,
        local: &LocalPath,
        mut chance: impl FnMut(f64) -> f64,
    ) -> Vec<ByBand> {
        let mut stock = self.stock.map(|plans| plans * local.correction);
        (0..self.population.len())
            .map(|year| {
                let staying = aged(&stock);
                // Noise of single bands moves plans between them, not their sum.
                let own =
                    each(|b| staying[b] * national.retention[year][b] * (1.0 + self.retention[b]));
                let noisy =
                    each(|b| staying[b] * national.retention[year][b] * local.retention[year][b]);
                let scale = sum(&own) / sum(&noisy).max(1e-9);
                let new = aged_new(&each(|b| {
                    self.population[year][b] * national.joining[year][b] * local.joining[year][b]
                }));
                let new = new.map(&mut chance);
                stock = each(|b| (noisy[b] * scale + new[b]).max(0.0) * local.unexplained[year]);
                stock
            })
            .collect()
    }

    /// Draws of plans by band, one entry for each January ahead, and of the new plans of the years
    /// between.
    pub(super) fn simulate(
        &self,
        national: &NationalPath,
        seed: u64,
        draw: u32,
        key: &str,
    ) -> (Vec<ByBand>, Vec<f64>) {
        let local = self.draw(seed, draw, key);
        let mut stream = Stream::new(seed, draw, &format!("forecast.chance.{key}"));
        let mut new_by_band = Vec::with_capacity(BANDS * self.population.len());
        let plans = self.follow(national, &local, |mean| {
            let new = count(mean, &mut stream);
            new_by_band.push(new);
            new
        });
        (
            plans,
            new_by_band
                .chunks(BANDS)
                .map(|bands| bands.iter().sum())
                .collect(),
        )
    }
}

/// A Poisson number; the normal approximation beyond 10,000.
fn count(mean: f64, stream: &mut Stream) -> f64 {
    if mean > 10_000.0 {
        let normal = Normal::new(mean, mean.sqrt());
        return normal.map_or(mean, |normal| normal.sample(stream).round());
    }
    Poisson::new(mean).map_or(0.0, |poisson| poisson.sample(stream))
}
