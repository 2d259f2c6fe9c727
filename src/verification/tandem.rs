//! Two services one after another.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::ManyServers;
use crate::queue::{Amount, Arrivals, Class, Pathway, Plan, Service, Source, Visit};

/// Three servers, then one: what leaves the first is again a random stream (Burke 1956,
/// doi:10.1287/opre.4.6.699), so each waits as if it stood alone (Jackson 1957,
/// doi:10.1287/opre.5.4.518).
pub(super) fn one_after_another(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    let mut balance = Balance::default();
    for load in [0.5, 0.8] {
        let rate = load * 3.0;
        let stages = [(3, 1.0), (1, 3.0)].map(|(servers, service_rate)| ManyServers {
            arrival_rate: rate,
            service_rate,
            servers,
        });
        let services = stages.map(|stage| Service {
            classes: vec![Class::plain(Amount::exponential(1.0 / stage.service_rate))],
            ..service(stage.servers, 1.0)
        });
        let visit = |service| vec![Visit { service, class: 0 }];
        let pathway = Pathway {
            steps: vec![visit(0), visit(1)],
        };
        let source = Source {
            pathway: 0,
            arrivals: Arrivals::Steady(rate),
        };
        let plan = Plan::new(services.to_vec(), vec![pathway], vec![source]);
        let plan = plan.expect("rates and numbers are valid");
        let lengths = Lengths::of(effort, rate, 3.0, 1.0, 1.0);
        let runs = replicate(effort, &plan, lengths, 1.0, &[]);
        for (stage, theory) in stages.iter().enumerate() {
            let wait = runs.ratio((stage, 0), |counts| (counts.wait_weeks, counts.seen));
            let measure = format!("mean wait at service {} [weeks]", stage + 1);
            let names = Names {
                model: "M/M/3, then M/M/1",
                measure: &measure,
                load: Some(load),
            };
            rows.push(names.mean(theory.mean_wait(), wait));
            let there = runs.ratio((stage, 0), |counts| (counts.weeks_there, counts.seen));
            let measure = format!("mean time at service {} [weeks]", stage + 1);
            let names = Names {
                measure: &measure,
                ..names
            };
            let expected = theory.mean_wait() + 1.0 / theory.service_rate;
            rows.push(names.mean(expected, there));
        }
        balance.add(runs.balance);
    }
    balance
}
