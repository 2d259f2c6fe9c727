//! M(t)/M/∞: a server for everyone, referrals at a rate that changes.

use std::f64::consts::TAU;

/// Mean number being seen `week` weeks after an empty start, when referrals come at the rate
/// `mean × (1 + amplitude × sin(2π t / period))` and service is exponential. The number is Poisson.
///
/// `m(t) = ∫ λ(u) exp(-μ (t - u)) du` from 0 to `t`. Source: Eick, Massey and Whitt (1993), "Mt/G/∞
/// queues with sinusoidal arrival rates", doi:10.1287/mnsc.39.2.241.
pub fn seasonal_mean(mean: f64, amplitude: f64, period: f64, service_rate: f64, week: f64) -> f64 {
    let omega = TAU / period;
    let remaining = (-service_rate * week).exp();
    let (sine, cosine) = (omega * week).sin_cos();
    let steady = (1.0 - remaining) / service_rate;
    let seasonal = (service_rate * sine - omega * cosine + omega * remaining)
        / (service_rate * service_rate + omega * omega);
    mean * (steady + amplitude * seasonal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_is_the_integral() {
        let (mean, amplitude, period, service_rate) = (20.0, 0.6, 52.0, 0.1);
        for week in [1.0, 13.0, 60.0] {
            let steps = 100_000;
            let step = week / f64::from(steps);
            let integral: f64 = (0..steps)
                .map(|n| (f64::from(n) + 0.5) * step)
                .map(|u| {
                    let rate = mean * (1.0 + amplitude * (TAU * u / period).sin());
                    rate * (-service_rate * (week - u)).exp() * step
                })
                .sum();
            let value = seasonal_mean(mean, amplitude, period, service_rate, week);
            assert!((value - integral).abs() < 1e-6, "{value} {integral}");
        }
    }
}
