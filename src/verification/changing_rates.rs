//! M(t)/M/∞: referrals by season, a server for everyone.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::seasonal_mean;
use crate::queue::{Amount, Arrivals, Class, Plan, Service};
use crate::waiting_list::Estimate;

/// From an empty start, at three weeks of the first two years; the number there is Poisson, so its
/// variance is its mean.
pub(super) fn with_seasons(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    const AMPLITUDE: f64 = 0.7;
    const YEAR: f64 = 52.0;
    const MEAN_WEEKS: f64 = 8.0;
    const WEEKS: [f64; 3] = [10.0, 39.0, 91.0];
    let mut balance = Balance::default();
    for rate in [2.0, 10.0] {
        let everyone = service(u32::MAX >> 1, 1.0);
        let service = Service {
            classes: vec![Class::plain(Amount::exponential(MEAN_WEEKS))],
            ..everyone
        };
        let arrivals = Arrivals::Seasonal {
            mean: rate,
            amplitude: AMPLITUDE,
            period: YEAR,
        };
        let plan = Plan::single(service, arrivals).expect("rates and numbers are valid");
        let lengths = Lengths {
            warm_up: YEAR,
            weeks: YEAR,
        };
        // Runs are short, so there can be twenty times as many.
        let effort = Effort {
            runs: effort.runs * 20,
            ..*effort
        };
        let runs = replicate(&effort, &plan, lengths, 1.0, &WEEKS);
        let model = format!("M(t)/M/∞, {rate} a week");
        for (at, week) in WEEKS.iter().enumerate() {
            let expected = seasonal_mean(rate, AMPLITUDE, YEAR, 1.0 / MEAN_WEEKS, *week);
            let numbers: Vec<f64> = runs.present_at.iter().map(|run| run[at]).collect();
            let mean = Estimate::mean(numbers.iter().copied()).expect("there are runs");
            let squares = numbers.iter().map(|n| (n - expected) * (n - expected));
            let variance = Estimate::mean(squares).expect("there are runs");
            for (what, simulated) in [("mean", mean), ("variance", variance)] {
                let measure = format!("{what} of the number there in week {week}");
                let names = Names {
                    model: &model,
                    measure: &measure,
                    load: None,
                };
                rows.push(names.mean(expected, simulated));
            }
        }
        balance.add(runs.balance);
    }
    balance
}
