//! M/M/1 and M/M/c.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::ManyServers;
use crate::queue::{Arrivals, Plan};

/// One server.
pub(super) fn one_server(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    all_loads(effort, 1, "M/M/1", 1.0, rows)
}

/// Three servers, and ten.
pub(super) fn several_servers(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    let mut balance = all_loads(effort, 3, "M/M/3", 0.5, rows);
    balance.add(all_loads(effort, 10, "M/M/10", 0.2, rows));
    balance
}

fn all_loads(
    effort: &Effort,
    servers: u32,
    model: &str,
    long: f64,
    rows: &mut Vec<Row>,
) -> Balance {
    let mut balance = Balance::default();
    for load in [0.5, 0.7, 0.9] {
        let theory = ManyServers {
            arrival_rate: load * f64::from(servers),
            service_rate: 1.0,
            servers,
        };
        let rate = theory.arrival_rate;
        let plan = Plan::single(service(servers, 1.0), Arrivals::Steady(rate));
        let plan = plan.expect("rates and numbers are valid");
        let lengths = Lengths::of(effort, rate, f64::from(servers), 1.0, 1.0);
        let runs = replicate(effort, &plan, lengths, long, &[]);
        let names = |measure: &'static str| Names {
            model,
            measure,
            load: Some(load),
        };
        rows.push(names("mean wait [weeks]").mean(theory.mean_wait(), runs.mean_wait()));
        let waited = runs.ratio((0, 0), |counts| (counts.had_to_wait, counts.seen));
        rows.push(names("probability of waiting").share(theory.waiting_probability(), waited));
        let longer = runs.ratio((0, 0), |counts| (counts.waited_longer, counts.seen));
        let expected = theory.wait_exceeds(long);
        let measure = format!("probability of more than {long} weeks");
        let tail = Names {
            measure: &measure,
            ..names("")
        };
        rows.push(tail.share(expected, longer));
        balance.add(runs.balance);
    }
    balance
}
