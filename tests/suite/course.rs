//! Simulated plans follow the course of the forecast: the same draws, child by child.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sendsim::area::AreaPack;
use sendsim::baseline::Draw;
use sendsim::forecast::AreaOutlook;
use sendsim::scenario::Scenario;
use sendsim::simulate::{Design, simulate_scenarios};
use sendsim::summarise::{Counted, Layout};

const SEED: u64 = 11;
const YEARS: usize = 5;

/// Total plans at each horizon: simulated children, and the forecast of the same draws.
pub(crate) fn totals(pack: &AreaPack, runs: u32) -> Vec<(Vec<f64>, Vec<f64>)> {
    let outlook = AreaOutlook::from_rows(&pack.outlook).unwrap();
    let baseline = sendsim::study::baseline(pack, YEARS);
    let base_year = pack.manifest.base_year;
    let design = Design {
        seed: SEED,
        runs,
        base_year,
        years: YEARS,
    };
    let rates = |draw| baseline.rates(Draw::Sample { seed: SEED, draw });
    let scenario = Scenario::baseline();
    let tables =
        simulate_scenarios(baseline.people(), &rates, &[&scenario], &design, &|_| ()).unwrap();
    let layout = Layout::new(base_year, YEARS);
    let area = &pack.manifest.new_la_code;
    let forecasts: Vec<_> = (0..runs)
        .map(|draw| outlook.simulate(SEED, draw, area))
        .collect();
    (1..=YEARS)
        .map(|year| {
            let simulated = tables[0].of(layout.start(Counted::EhcPlans, year));
            let simulated = simulated.iter().map(|&plans| f64::from(plans)).collect();
            let forecast = forecasts.iter().map(|f| f[year - 1].iter().sum()).collect();
            (simulated, forecast)
        })
        .collect()
}

fn mean_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}

/// Checks that both have the same centre and spread. Both follow the same draws of rates, so that
/// their difference is chance alone: its mean must vanish within four standard errors and 1%
/// (children are not averages: who has just joined is less likely to be without a plan), and the
/// logs must spread alike within 5%.
pub(crate) fn assert_same(name: &str, totals: &[(Vec<f64>, Vec<f64>)]) {
    for (year, (simulated, forecast)) in (1..).zip(totals) {
        let n = simulated.len() as f64;
        let logs =
            |values: &[f64]| -> Vec<f64> { values.iter().map(|v| v.max(1.0).ln()).collect() };
        let (simulated, forecast) = (logs(simulated), logs(forecast));
        let apart: Vec<f64> = simulated
            .iter()
            .zip(&forecast)
            .map(|(s, f)| s - f)
            .collect();
        let (mean, sd) = mean_sd(&apart);
        assert!(
            mean.abs() < 0.01 + 4.0 * sd / n.sqrt(),
            "{name}, year {year}: simulated plans are {mean:.4} (log) off, sd {sd:.4}"
        );
        let (ours, theirs) = (mean_sd(&simulated).1, mean_sd(&forecast).1);
        assert!(
            (ours / theirs - 1.0).abs() < 0.05 + 2.0 * sd / theirs / n.sqrt(),
            "{name}, year {year}: spread {ours:.4} against {theirs:.4}"
        );
    }
}

#[test]
fn simulated_plans_have_the_centre_and_spread_of_the_forecast() {
    let pack = AreaPack::embedded("derby", &mut Vec::new()).unwrap();
    assert_same("Derby", &totals(&pack, 60));
}
