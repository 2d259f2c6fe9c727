//! Priority classes that do not interrupt each other.

use super::erlang_c;

/// Mean waits [weeks] of classes with these referral rates [per week], the first class first, all
/// with the same exponential service, with a load below 1.
///
/// `W(k) = C / (c μ (1 - σ(k-1)) (1 - σ(k)))`, where `σ(k)` is the load of the classes up to `k`.
/// Source: Cobham (1954), "Priority assignment in waiting line problems",
/// doi:10.1287/opre.2.1.70.
pub fn mean_waits_by_priority(arrival_rates: &[f64], service_rate: f64, servers: u32) -> Vec<f64> {
    let capacity = f64::from(servers) * service_rate;
    let all: f64 = arrival_rates.iter().sum();
    let residual = erlang_c(servers, all / service_rate) / capacity;
    let mut above = 0.0;
    arrival_rates
        .iter()
        .map(|rate| {
            let up_to = above + rate / capacity;
            let wait = residual / ((1.0 - above) * (1.0 - up_to));
            above = up_to;
            wait
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::theory::ManyServers;

    fn close(values: &[f64], expected: &[f64]) {
        for (value, expected) in values.iter().zip(expected) {
            assert!((value - expected).abs() < 6e-8, "{value} for {expected}");
        }
    }

    #[test]
    fn published_values_are_met() {
        close(&mean_waits_by_priority(&[0.2, 0.6], 1.0, 1), &[1.0, 5.0]);
        let three = [0.190_623_3, 0.381_246_6, 3.049_972_9];
        close(&mean_waits_by_priority(&[1.0, 1.5, 2.0], 1.0, 5), &three);
    }

    #[test]
    fn the_order_does_not_change_the_mean_over_all() {
        let rates = [1.0, 1.5, 2.0];
        let waits = mean_waits_by_priority(&rates, 1.0, 5);
        let mean = rates.iter().zip(&waits).map(|(r, w)| r * w).sum::<f64>() / 4.5;
        let plain = ManyServers {
            arrival_rate: 4.5,
            service_rate: 1.0,
            servers: 5,
        };
        close(&[mean], &[plain.mean_wait()]);
    }
}
