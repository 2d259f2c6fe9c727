//! Quantiles: a number of a distribution from one uniform number, so that scenarios stay paired.

/// The Poisson quantile of a uniform number: never decreases with the mean, so a scenario that adds
/// arrivals keeps everyone who came before.
///
/// Exact up to a mean of 200 by summing probabilities; beyond that the Cornish-Fisher expansion to
/// second order, whose error in the count is far below one.
pub fn poisson_quantile(mean: f64, u: f64) -> usize {
    if mean <= 0.0 {
        return 0;
    }
    if mean > 200.0 {
        let z = normal_quantile(u);
        let count = mean + mean.sqrt() * z + (z * z - 1.0) / 6.0 + 0.5;
        return count.floor().max(0.0) as usize;
    }
    let mut probability = libm::exp(-mean);
    let mut cumulative = probability;
    let mut count = 0;
    while cumulative < u && count < 1_000 {
        count += 1;
        probability *= mean / count as f64;
        cumulative += probability;
    }
    count
}

/// Standard normal quantile: Acklam's rational approximation, relative error below 1.2e-9.
pub fn normal_quantile(u: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    let polynomial = |c: &[f64], x: f64| c.iter().fold(0.0, |sum, &term| sum * x + term);
    let tail = |p: f64| {
        let q = (-2.0 * libm::log(p)).sqrt();
        polynomial(&C, q) / (polynomial(&D, q) * q + 1.0)
    };
    if u < 0.02425 {
        tail(u)
    } else if u > 1.0 - 0.02425 {
        -tail(1.0 - u)
    } else {
        let q = u - 0.5;
        let r = q * q;
        polynomial(&A, r) * q / (polynomial(&B, r) * r + 1.0)
    }
}
