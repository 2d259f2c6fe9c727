//! Priority classes that do not interrupt each other.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::mean_waits_by_priority;
use crate::queue::{Arrivals, Class, Pathway, Plan, Service, Source};

/// Three classes at five servers.
pub(super) fn with_priority(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    const SERVERS: u32 = 5;
    const PARTS: [f64; 3] = [0.2, 0.3, 0.5];
    let mut balance = Balance::default();
    for load in [0.6, 0.8, 0.9] {
        let rate = load * f64::from(SERVERS);
        let rates = PARTS.map(|part| part * rate);
        let expected = mean_waits_by_priority(&rates, 1.0, SERVERS);
        let equal = service(SERVERS, 1.0);
        let classes = (0..3).map(|rank| Class {
            rank,
            ..equal.classes[0].clone()
        });
        let service = Service {
            classes: classes.collect(),
            ..equal
        };
        let pathways = (0..3).map(|class| Pathway::single(0, class)).collect();
        let sources = rates.iter().enumerate().map(|(pathway, rate)| Source {
            pathway,
            arrivals: Arrivals::Steady(*rate),
        });
        let plan = Plan::new(vec![service], pathways, sources.collect());
        let plan = plan.expect("rates and numbers are valid");
        // The last class waits as at a server with the load of all: its relaxation is longer.
        let mut lengths = Lengths::of(effort, rate, f64::from(SERVERS), 1.0, 1.0);
        lengths.warm_up /= 1.0 - (PARTS[0] + PARTS[1]) * load;
        let runs = replicate(effort, &plan, lengths, 1.0, &[]);
        for (class, expected) in expected.iter().enumerate() {
            let measure = format!("mean wait of class {} [weeks]", class + 1);
            let names = Names {
                model: "M/M/5, 3 priorities",
                measure: &measure,
                load: Some(load),
            };
            let wait = runs.ratio((0, class), |counts| (counts.wait_weeks, counts.seen));
            rows.push(names.mean(*expected, wait));
        }
        balance.add(runs.balance);
    }
    balance
}
