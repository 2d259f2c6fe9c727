//! M/G/1 and M/D/c: services that are not exponential.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::{ConstantService, mean_wait_single_server};
use crate::queue::{Arrivals, Plan};

/// One server, gamma and constant service, by Pollaczek and Khinchine.
pub(super) fn any_service(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    let mut balance = Balance::default();
    for cv in [0.0, 0.5, std::f64::consts::SQRT_2, 2.0] {
        for load in [0.5, 0.8] {
            let plan = Plan::single(service(1, cv), Arrivals::Steady(load));
            let plan = plan.expect("rates and numbers are valid");
            let lengths = Lengths::of(effort, load, 1.0, 1.0, cv);
            let runs = replicate(effort, &plan, lengths, 1.0, &[]);
            let names = Names {
                model: &format!("M/G/1, variation {cv:.2}"),
                measure: "mean wait [weeks]",
                load: Some(load),
            };
            let expected = mean_wait_single_server(load, 1.0, cv);
            rows.push(names.mean(expected, runs.mean_wait()));
            balance.add(runs.balance);
        }
    }
    balance
}

/// Five servers and constant service, by Crommelin and Franx.
pub(super) fn constant_service(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    const SERVERS: u32 = 5;
    const LONG: f64 = 0.4;
    let mut balance = Balance::default();
    for load in [0.6, 0.8, 0.9] {
        let rate = load * f64::from(SERVERS);
        let theory = ConstantService::new(rate, 1.0, SERVERS).expect("the load is below 1");
        let plan = Plan::single(service(SERVERS, 0.0), Arrivals::Steady(rate));
        let plan = plan.expect("rates and numbers are valid");
        let lengths = Lengths::of(effort, rate, f64::from(SERVERS), 1.0, 0.0);
        let runs = replicate(effort, &plan, lengths, LONG, &[]);
        let names = |measure| Names {
            model: "M/D/5",
            measure,
            load: Some(load),
        };
        rows.push(names("mean wait [weeks]").mean(theory.mean_wait(), runs.mean_wait()));
        let waited = runs.ratio((0, 0), |counts| (counts.had_to_wait, counts.seen));
        let expected = 1.0 - theory.wait_within(0.0);
        rows.push(names("probability of waiting").share(expected, waited));
        let longer = runs.ratio((0, 0), |counts| (counts.waited_longer, counts.seen));
        let expected = 1.0 - theory.wait_within(LONG);
        rows.push(names("probability of more than 0.4 weeks").share(expected, longer));
        balance.add(runs.balance);
    }
    balance
}
