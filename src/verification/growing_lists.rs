//! Loads above 1: the list follows the fluid limit.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::Fluid;
use crate::queue::{Arrivals, Class, Patience, Plan, Service};
use crate::waiting_list::Estimate;

/// Ten servers: without withdrawal the list grows by what capacity leaves; with it, the list tends
/// to where withdrawals make up the difference.
pub(super) fn beyond_capacity(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    const SERVERS: u32 = 10;
    const WITHDRAWAL: f64 = 0.02;
    let mut balance = Balance::default();
    for load in [1.2, 1.5, 2.0] {
        for withdrawal_rate in [0.0, WITHDRAWAL] {
            let fluid = Fluid {
                arrival_rate: load * f64::from(SERVERS),
                capacity: f64::from(SERVERS),
                withdrawal_rate,
            };
            let equal = service(SERVERS, 1.0);
            let class = Class {
                patience: Patience::Rate(withdrawal_rate),
                ..equal.classes[0].clone()
            };
            let service = Service {
                classes: vec![class],
                ..equal
            };
            let plan = Plan::single(service, Arrivals::Steady(fluid.arrival_rate));
            let plan = plan.expect("rates and numbers are valid");
            // By week 100 all servers have work for good; after another 500 weeks an initial
            // difference has fallen to e^-12 of itself.
            let (early, late) = (100.0, 600.0);
            let lengths = Lengths {
                warm_up: late,
                weeks: 0.0,
            };
            let runs = replicate(effort, &plan, lengths, 1.0, &[early, late]);
            let names = |measure| Names {
                model: "M/M/10, fluid limit",
                measure,
                load: Some(load),
            };
            let row = if withdrawal_rate > 0.0 {
                let lists = runs.waiting_at.iter().map(|run| run[1]);
                let list = Estimate::mean(lists).expect("there are runs");
                names("list, 2% withdraw a week").mean(fluid.limit(), list)
            } else {
                let growth = |run: &Vec<f64>| (run[1] - run[0]) / (late - early);
                let growth = Estimate::mean(runs.waiting_at.iter().map(growth));
                let growth = growth.expect("there are runs");
                names("growth of the list [a week]").mean(fluid.growth(), growth)
            };
            rows.push(row);
            balance.add(runs.balance);
        }
    }
    balance
}
