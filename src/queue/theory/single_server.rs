//! M/G/1: random referrals, one server, any length of service.

/// Mean wait [weeks] at one server whose length of service has a mean [weeks] and a coefficient of
/// variation, with a load below 1.
///
/// `W = λ s² (1 + cv²) / (2 (1 - λ s))`. Source: Pollaczek (1930), Khinchine (1932); Kleinrock
/// (1975), *Queueing Systems* I, equation 5.65.
pub fn mean_wait_single_server(arrival_rate: f64, mean_weeks: f64, cv: f64) -> f64 {
    let load = arrival_rate * mean_weeks;
    load * mean_weeks * (1.0 + cv * cv) / (2.0 * (1.0 - load))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_at_a_load_of_four_fifths_are_the_published_ones() {
        // Constant, Erlang with 4 phases, squared cv 2, squared cv 4.
        for (squared_cv, wait) in [(0.0, 2.0), (0.25, 2.5), (2.0, 6.0), (4.0, 10.0)] {
            let value = mean_wait_single_server(0.8, 1.0, f64::sqrt(squared_cv));
            assert!((value - wait).abs() < 1e-12, "{value}");
        }
    }
}
