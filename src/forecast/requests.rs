//! What requests for an assessment say of the new plans to come: a request that is not refused
//! becomes a plan about half a year later, so an authority with many such requests for its new plans
//! has more plans ahead.

use super::history::median_of_core;
use super::settings::{REQUESTS_LIMIT, REQUESTS_SLOPE};

/// Log change of each authority's joining that its requests announce, from the log of requests not
/// refused per new plan; 0 where that was not published.
pub(super) fn announced(core: &[bool], log_ratios: &[Option<f64>]) -> Vec<f64> {
    let centre = median_of_core(core, |i| log_ratios[i]);
    log_ratios
        .iter()
        .map(|ratio| {
            let away = ratio.map_or(0.0, |ratio| ratio - centre);
            REQUESTS_SLOPE * away.clamp(-REQUESTS_LIMIT, REQUESTS_LIMIT)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_requests_than_usual_announce_more_plans_up_to_a_limit() {
        let ratios = [Some(0.2), Some(0.4), Some(0.6), None, Some(9.0), Some(-9.0)];
        let announced = announced(&[true; 6], &ratios);
        let limit = REQUESTS_SLOPE * REQUESTS_LIMIT;
        let expected = [
            -0.2 * REQUESTS_SLOPE,
            0.0,
            0.2 * REQUESTS_SLOPE,
            0.0,
            limit,
            -limit,
        ];
        for (found, expected) in announced.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{announced:?}");
        }
    }

    #[test]
    fn the_usual_is_that_of_authorities_whose_series_are_whole() {
        let announced = announced(&[true, false, false], &[Some(0.1), Some(0.3), Some(0.3)]);
        assert!(
            (announced[1] - 0.2 * REQUESTS_SLOPE).abs() < 1e-12,
            "{announced:?}"
        );
    }
}
