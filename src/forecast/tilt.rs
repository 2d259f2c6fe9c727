//! The age pattern of an authority's joining against the national one.

use super::panel::{BANDS, ByBand};
use super::population::Population;
use super::settings::{TILT_POOLING, each, sum};
use super::year_flows::Year;

/// An authority's new plans by band over some years, and what the national pattern gives.
pub(super) struct Tilt {
    pub(super) observed: ByBand,
    expected: ByBand,
}

impl Tilt {
    pub(super) fn of(years: &[Year], first: i32, population: &Population, area: usize) -> Self {
        let mut observed = [0.0; BANDS];
        let mut expected = [0.0; BANDS];
        for (year, flows) in (first..).zip(years) {
            for band in 0..BANDS {
                observed[band] += flows.new[area][band];
                expected[band] += population.of(year)[band] * flows.joining[band];
            }
        }
        let scale = sum(&observed) / sum(&expected).max(1e-9);
        let expected = expected.map(|plans| plans * scale);
        Self { observed, expected }
    }

    /// Log age pattern of joining relative to the national one, pooled with the pattern that
    /// authorities of its kind have.
    pub(super) fn log(&self, alike: &ByBand) -> ByBand {
        each(|b| {
            let pooled = self.observed[b] + TILT_POOLING * libm::exp(alike[b]);
            libm::log(pooled / (self.expected[b] + TILT_POOLING))
        })
    }
}
