//! Settings of the method, fixed on origins 2014 to 2018 before any later origin was scored.
//!
//! Each is a modelling choice, not a published figure; the method page says what each rests on.

use super::panel::{BANDS, ByBand};

/// Share of a band's plans that cross into the next band within a year, by ageing. Rounded from
/// the caseload by single age of January 2024 and 2025: no earlier January was published by single
/// age, so origins before 2024 borrow this shape from later data.
pub(super) const CROSSING: ByBand = [0.60, 0.17, 0.19, 0.18, 0.0];
/// Share of a year's new plans that have crossed into the next band by the January after, from new
/// plans by single age of 2022 to 2024.
pub(super) const NEW_CROSSING: ByBand = [0.20, 0.08, 0.06, 0.15, 0.0];

/// Years of flows that the local factor is filtered through.
pub(super) const FILTER_YEARS: i32 = 4;
/// Years of flows read at all.
pub(super) const READ_YEARS: i32 = 6;
/// Years that the age pattern of an authority's new plans is taken from.
pub(super) const TILT_YEARS: usize = 4;
/// New plans of the national pattern added to an authority's own in each band.
pub(super) const TILT_POOLING: f64 = 30.0;
/// Standard deviation of a lasting change of the age pattern.
pub(super) const TILT_SD: f64 = 0.075;
/// Years that an authority's own retention is taken from, and the first of them: the transfer of
/// statements distorts earlier ones.
pub(super) const RETENTION_YEARS: usize = 3;
/// First year of flows that an authority's own retention is taken from.
pub(super) const FIRST_RETENTION_YEAR: i32 = 2016;
/// Weight of the newest year in the national retention and age pattern that forecasts start from;
/// the year before has the rest.
pub(super) const NEWEST_WEIGHT: f64 = 2.0 / 3.0;
/// Part of the departure of log requests not refused per new plan by which joining departs in the
/// years after, from origins 2017 and 2018, the only ones up to then with requests of all
/// authorities.
pub(super) const REQUESTS_SLOPE: f64 = 0.3;
/// Departures of log requests not refused per new plan beyond this are taken as this.
pub(super) const REQUESTS_LIMIT: f64 = 1.0;
/// Retention of a band with fewer plans than this in all authorities is not estimated.
pub(super) const LEAST_STOCK: f64 = 50.0;

/// Degrees of freedom of Student's t for departures: robust against recording errors.
pub(super) const FREEDOM: f64 = 5.0;
/// Standardised innovations beyond this are weighed down.
pub(super) const CLIP: f64 = 3.0;
/// A departure of the newest growth beyond this many standard deviations may be an error of
/// recording that reverses, with [`REVERSAL`] probability.
pub(super) const OUTLIER: f64 = 4.0;
/// Probability that such an excess reverses.
pub(super) const REVERSAL: f64 = 0.5;

/// Prior means of the filter's parameters: logit of persistence; logs of the standard deviations
/// of the lasting level, the yearly change, growth, and recorded new plans; slope of the growth
/// deviation on log size.
pub(super) const PRIOR_MEAN: [f64; 6] = [1.5, -1.6, -1.8, -3.2, -1.8, -0.2];
/// Prior standard deviations of the same.
pub(super) const PRIOR_SD: [f64; 6] = [1.0, 1.0, 1.0, 1.0, 1.0, 0.2];
/// Where the search for the filter's parameters starts.
pub(super) const START: [f64; 6] = [1.0, -1.8, -1.5, -3.2, -2.5, -0.2];

/// Prior of the damping of national growth: mean and standard deviation, on 0.80 to 1.00.
pub(super) const DAMPING: (f64, f64) = (0.93, 0.05);
/// Prior of the yearly surprise in national growth: standard deviation, and its degrees of freedom.
pub(super) const NATIONAL_SURPRISE: (f64, f64) = (0.015, 4.0);
/// Yearly change of national retention in a band.
pub(super) const RETENTION_SD: f64 = 0.02;
/// Yearly change of the national age pattern of new plans in a band.
pub(super) const PATTERN_SD: f64 = 0.05;
/// Least national new plans as a share of the stock.
pub(super) const LEAST_NEW: f64 = 0.02;
/// Fewest plans of an authority that takes part in the estimation.
pub(super) const LEAST_PLANS: f64 = 100.0;

/// Plans before any leave, by the band that they have reached a year later.
pub(super) fn aged(plans: &ByBand) -> ByBand {
    crossed(plans, &CROSSING)
}

/// New plans of a year by the band that they have reached on the January after.
pub(super) fn aged_new(plans: &ByBand) -> ByBand {
    crossed(plans, &NEW_CROSSING)
}

fn crossed(plans: &ByBand, share: &ByBand) -> ByBand {
    std::array::from_fn(|band: usize| {
        let from_below = band
            .checked_sub(1)
            .map_or(0.0, |below| plans[below] * share[below]);
        plans[band] * (1.0 - share[band]) + from_below
    })
}

/// Sum over bands.
pub(super) fn sum(bands: &ByBand) -> f64 {
    bands.iter().sum()
}

/// Band by band.
pub(super) fn each(f: impl Fn(usize) -> f64) -> ByBand {
    std::array::from_fn::<f64, BANDS, _>(f)
}
