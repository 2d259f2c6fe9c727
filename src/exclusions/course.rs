//! How the level of a rate wanders around the newest published ones.

use rand_distr::{Distribution, StandardNormal};

use crate::domain::Date;
use crate::random::Stream;
use crate::simulate::Future;

/// Days from a 1 January to the middle of the terms of its academic year.
const MIDDLE_OF_TERMS: [f64; 3] = [-45.0, 45.0, 165.0];

/// Farthest that a level wanders, as a log: fifty times as many.
const MOST_LOG: f64 = 3.9;

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
    let own = own_course(future, (subject, what), base, years).into_iter();
    let stated = levels(future, &format!("{subject}.level.{what}"), base, years);
    own.zip(stated).map(|(own, stated)| own * stated).collect()
}

/// The course alone, whatever the scenario makes of the level.
pub fn own_course(
    future: &Future<'_>,
    (subject, what): (&str, &str),
    base: Date,
    years: usize,
) -> Vec<f64> {
    let path = |of: &str| format!("{subject}.{of}.{what}");
    let kept = future.number_at_base(&path("persistence"), base).min(1.0);
    let change = future.number_at_base(&path("yearly-change"), base);
    let key = format!("{}.course", path("level"));
    let mut stream = Stream::new(future.seed, future.draw, &key);
    wander(&mut stream, kept, change, years)
}

/// A stated level by academic year, the mean over its terms, as the scenario changes it.
pub fn levels(future: &Future<'_>, path: &str, base: Date, years: usize) -> Vec<f64> {
    let stated = future.number(path, base);
    let of_year = |year: usize| {
        let january = future.timeline.january(year);
        let of_term = |days: &f64| {
            let day = (january + days).min(future.timeline.end() - 1.0);
            future.stated(path, day, stated)
        };
        MIDDLE_OF_TERMS.iter().map(of_term).sum::<f64>() / MIDDLE_OF_TERMS.len() as f64
    };
    (1..=years).map(of_year).collect()
}

/// Factors on a rate, year by year: of the log of each a part `kept` is left a year later, and a
/// normal surprise of standard deviation `change` comes on top.
pub fn wander(stream: &mut Stream, kept: f64, change: f64, years: usize) -> Vec<f64> {
    let mut log = 0.0;
    let mut next = || {
        let surprise: f64 = StandardNormal.sample(stream);
        log = kept * log + change * surprise;
        libm::exp(log.clamp(-MOST_LOG, MOST_LOG))
    };
    (0..years).map(|_| next()).collect()
}

/// A share whose odds are so many times as large.
pub fn with_odds(share: f64, times: f64) -> f64 {
    let odds = times * share / (1.0 - share);
    if odds.is_infinite() {
        1.0
    } else {
        odds / (1.0 + odds)
    }
}
