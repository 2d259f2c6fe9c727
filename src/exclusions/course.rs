//! How the level of a rate wanders around the newest published ones.

use rand_distr::{Distribution, StandardNormal};

use crate::domain::Date;
use crate::random::Stream;
use crate::simulate::Future;

/// Days from a 1 January to the middle of the terms of its academic year.
const MIDDLE_OF_TERMS: [f64; 3] = [-45.0, 45.0, 165.0];

/// Factors on what is published, by academic year: a course that wanders around the newest rates,
/// times what the scenario makes of them.
///
/// The numbers are `{subject}.persistence.{what}`, `{subject}.yearly-change.{what}` and
/// `{subject}.level.{what}`.
pub(super) fn course(
    future: &Future<'_>,
    (subject, what): (&str, &str),
    base: Date,
    years: usize,
) -> Vec<f64> {
    let path = |of: &str| format!("{subject}.{of}.{what}");
    let kept = future.number_at_base(&path("persistence"), base);
    let change = future.number_at_base(&path("yearly-change"), base);
    let level = path("level");
    let stated = future.number(&level, base);
    let mut stream = Stream::new(future.seed, future.draw, &format!("{level}.course"));
    let factors = wander(&mut stream, kept, change, years).into_iter();
    (1..=years)
        .zip(factors)
        .map(|(year, factor)| {
            let january = future.timeline.january(year);
            let of_term = |days: &f64| {
                let day = (january + days).min(future.timeline.end() - 1.0);
                future.stated(&level, day, stated)
            };
            let of_scenario: f64 = MIDDLE_OF_TERMS.iter().map(of_term).sum();
            factor * of_scenario / MIDDLE_OF_TERMS.len() as f64
        })
        .collect()
}

/// Factors on a rate, year by year: of the log of each a part `kept` is left a year later, and a
/// normal surprise of standard deviation `change` comes on top.
pub fn wander(stream: &mut Stream, kept: f64, change: f64, years: usize) -> Vec<f64> {
    let mut log = 0.0;
    let mut next = || {
        let surprise: f64 = StandardNormal.sample(stream);
        log = kept * log + change * surprise;
        libm::exp(log)
    };
    (0..years).map(|_| next()).collect()
}
