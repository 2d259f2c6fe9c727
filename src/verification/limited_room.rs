//! M/M/c/K: whoever finds no room is turned away.

use super::replicate::{Balance, Effort, Lengths, Names, replicate, service};
use super::row::Row;
use crate::queue::theory::LimitedRoom;
use crate::queue::{Arrivals, Plan, Service};

/// Three servers and room for eight, below and above a load of 1.
pub(super) fn with_limited_room(effort: &Effort, rows: &mut Vec<Row>) -> Balance {
    const SERVERS: u32 = 3;
    const ROOM: u32 = 8;
    let mut balance = Balance::default();
    for load in [0.6, 0.9, 1.3] {
        let rate = load * f64::from(SERVERS);
        let theory = LimitedRoom::new(rate, 1.0, SERVERS, ROOM);
        let service = Service {
            room: Some(ROOM),
            ..service(SERVERS, 1.0)
        };
        let plan = Plan::single(service, Arrivals::Steady(rate));
        let plan = plan.expect("rates and numbers are valid");
        // A small chain forgets its start within a few turnovers of its room.
        let lengths = Lengths {
            warm_up: 20.0 * f64::from(ROOM),
            weeks: effort.referrals / rate,
        };
        let runs = replicate(effort, &plan, lengths, 1.0, &[]);
        let names = |measure| Names {
            model: "M/M/3/8",
            measure,
            load: Some(load),
        };
        let away = runs.ratio((0, 0), |counts| (counts.turned_away, counts.people));
        rows.push(names("share turned away").share(theory.turned_away_share(), away));
        let expected = theory.mean_wait();
        rows.push(names("mean wait of those let in [weeks]").mean(expected, runs.mean_wait()));
        balance.add(runs.balance);
    }
    balance
}
