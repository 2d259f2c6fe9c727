//! M/M/c+M: people withdraw.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::Impatient;
use crate::queue::{Arrivals, Class, Patience, Plan, Service};
use crate::waiting_list::Estimate;

/// Five servers below, at and above a load of 1.
pub(super) fn with_withdrawal(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    const SERVERS: u32 = 5;
    const WITHDRAWAL: f64 = 0.2;
    const LONG: f64 = 0.5;
    let mut balance = Balance::default();
    for load in [0.7, 0.9, 1.0, 1.1, 1.5] {
        let rate = load * f64::from(SERVERS);
        let theory = Impatient::new(rate, 1.0, WITHDRAWAL, SERVERS);
        let theory = theory.expect("rates are above 0");
        let equal = service(SERVERS, 1.0);
        let class = Class {
            patience: Patience::Rate(WITHDRAWAL),
            ..equal.classes[0].clone()
        };
        let service = Service {
            classes: vec![class],
            ..equal
        };
        let plan = Plan::single(service, Arrivals::Steady(rate));
        let plan = plan.expect("rates and numbers are valid");
        // The chain returns at least as fast as people withdraw.
        let lengths = Lengths {
            warm_up: 20.0 / WITHDRAWAL,
            weeks: effort.referrals / rate,
        };
        let runs = replicate(effort, &plan, lengths, LONG, &[]);
        let names = |measure| Names {
            model: "M/M/5+M",
            measure,
            load: Some(load),
        };
        let withdrawn = runs.ratio((0, 0), |counts| (counts.withdrawn, counts.people));
        rows.push(names("share that withdraws").share(theory.withdrawn_share(), withdrawn));
        let expected = theory.mean_wait_of_seen();
        rows.push(names("mean wait of those seen [weeks]").mean(expected, runs.mean_wait()));
        let within = runs.ratio((0, 0), |counts| {
            (counts.seen - counts.waited_longer, counts.people)
        });
        let expected = theory.seen_within(LONG);
        rows.push(names("share seen within 0.5 weeks").share(expected, within));
        let present = Estimate::mean(runs.mean_present.iter().copied());
        let expected = theory.mean_waiting() + theory.mean_busy();
        let present = present.expect("there are runs");
        rows.push(names("mean number there").mean(expected, present));
        balance.add(runs.balance);
    }
    balance
}
