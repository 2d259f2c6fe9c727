//! From ages as published to cohorts.

use crate::domain::{AGES, BORN_BEFORE_JANUARY};

/// Children or events by cohort: academic age on the 1 January before the year (or at the stock).
pub(super) type ByAge = [f64; AGES];

/// How a cohort's events of a calendar year spread over the ages that a publication shows: share
/// at the cohort's academic age plus 0, 1 and 2 years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AgeKernel(pub(super) [f64; 3]);

impl AgeKernel {
    /// Age at the census after the year, as [`crate::domain::published_ages`] has it.
    pub(super) const AT_CENSUS_AFTER: Self =
        Self([0.0, 1.0 - BORN_BEFORE_JANUARY, BORN_BEFORE_JANUARY]);

    /// Age on the day of the event, with events spread evenly over the year and births over the
    /// academic year: from January to August two thirds of the cohort have had their birthday on
    /// average, from September to December one sixth have had the next.
    pub(super) const ON_THE_DAY: Self = Self([2.0 / 9.0, 13.0 / 18.0, 1.0 / 18.0]);
}

/// Shares events published by age out to cohorts: an event at age `b` belongs to cohort `a` in
/// proportion to kernel(b | a) times what cohort `a` is expected to have (one step of the
/// expectation-maximisation algorithm for grouped data, started from `expected`).
///
/// The last published age is open (`b` and over). Totals are kept.
pub(super) fn to_cohorts(
    published: &[(u8, f64)],
    open_age: u8,
    kernel: AgeKernel,
    expected: &ByAge,
) -> ByAge {
    let lowest = published.iter().map(|&(age, _)| age).min().unwrap_or(0);
    let shown = |age: usize| (age as u8).clamp(lowest, open_age);
    let mut cohorts = [0.0; AGES];
    for &(age, events) in published {
        let weights: ByAge = std::array::from_fn(|a| {
            let at_age = (0..3).filter(|&k| shown(a + k) == age).map(|k| kernel.0[k]);
            at_age.sum::<f64>() * expected[a].max(1e-9)
        });
        let total: f64 = weights.iter().sum();
        if total > 0.0 {
            for (cohort, weight) in cohorts.iter_mut().zip(weights) {
                *cohort += events * weight / total;
            }
        }
    }
    cohorts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sharing_out_keeps_the_total_and_inverts_a_clean_case() {
        let mut truth = [0.0; AGES];
        (truth[3], truth[4], truth[10]) = (300.0, 90.0, 60.0);
        // Shown at the census after: 200 at 4, 100 + 60 at 5, 30 at 6, 40 at 11, 20 at 12.
        let shown = [(4, 200.0), (5, 160.0), (6, 30.0), (11, 40.0), (12, 20.0)];
        let cohorts = to_cohorts(&shown, 20, AgeKernel::AT_CENSUS_AFTER, &truth);
        assert!((cohorts.iter().sum::<f64>() - 450.0).abs() < 1e-9);
        for a in [3, 4, 10] {
            assert!(
                (cohorts[a] - truth[a]).abs() < 1e-6,
                "age {a}: {}",
                cohorts[a]
            );
        }
    }
}
