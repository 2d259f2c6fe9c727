//! The queue engine: what holds for any service.

use proptest::prelude::*;
use sendsim::queue::{
    Amount, Arrivals, Calendar, Class, Network, Outcome, Pathway, Patience, Plan, Provider, Record,
    Service, Source, Team, Time,
};
use sendsim::random::Luck;

fn service(classes: Vec<Class>, teams: Vec<Team>) -> Service {
    Service {
        name: "service".to_owned(),
        classes,
        provider: Provider::Teams(teams),
        room: None,
    }
}

fn run(plan: &Plan, weeks: f64, run_number: u32) -> Vec<Record> {
    let mut records = Vec::new();
    let mut network = Network::new(plan, Luck::new(11, run_number));
    network.close(Time::from_weeks(weeks), &mut records);
    records
}

/// A service with everything that one can have.
#[derive(Debug, Clone)]
struct Everything {
    servers: u32,
    referrals: f64,
    length: f64,
    cv: f64,
    withdrawal: f64,
    not_brought: f64,
    rebooking: f64,
    leaving: f64,
    room: Option<u32>,
    backlog: u32,
}

fn everything() -> impl Strategy<Value = Everything> {
    let first = (0u32..5, 0.0f64..6.0, 0.0f64..1.5, 0.0f64..2.0, 0.0f64..0.3);
    let second = (
        0.0f64..0.6,
        prop_oneof![Just(0.0), 0.1f64..3.0],
        0.0f64..0.1,
        prop::option::of(1u32..15),
        0u32..60,
    );
    (first, second).prop_map(|(first, second)| Everything {
        servers: first.0,
        referrals: first.1,
        length: first.2,
        cv: first.3,
        withdrawal: first.4,
        not_brought: second.0,
        rebooking: second.1,
        leaving: second.2,
        room: second.3,
        backlog: second.4,
    })
}

impl Everything {
    fn plan(&self) -> Plan {
        let class = |rank| Class {
            rank,
            patience: Patience::Rate(self.withdrawal),
            not_brought: self.not_brought,
            rebooking_weeks: self.rebooking,
            ..Class::plain(Amount::new(self.length, self.cv).expect("valid"))
        };
        let team = Team {
            leaving_rate: self.leaving,
            weeks_to_hire: Amount::exponential(6.0),
            hiring_fails: 0.3,
            ..Team::full(self.servers)
        };
        let sessions = (0..200).map(|week| {
            let at = |part: f64| Time::from_weeks(f64::from(week) + part);
            (at(0.2), at(0.6))
        });
        let part_time = Team {
            calendar: Calendar::open(sessions.collect()),
            sees: vec![1],
            ..Team::full(1)
        };
        let service = Service {
            room: self.room,
            ..service(vec![class(0), class(1)], vec![team, part_time])
        };
        let sources = (0..2).map(|pathway| Source {
            pathway,
            arrivals: Arrivals::Steady(self.referrals / 2.0),
        });
        let pathways = vec![Pathway::single(0, 0), Pathway::single(0, 1)];
        Plan::new(vec![service], pathways, sources.collect()).expect("a valid plan")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Nobody is lost, Little's law holds to the tick, and no server works more than its time.
    #[test]
    fn people_and_time_are_conserved(everything in everything(), run_number in 0u32..1000) {
        let plan = everything.plan();
        let mut network = Network::new(&plan, Luck::new(8, run_number));
        let mut records = Vec::new();
        network.start_list(0, &vec![3.0; everything.backlog as usize]);
        network.close(Time::from_weeks(150.0), &mut records);
        let account = network.account(0);
        let of = |outcome| records.iter().filter(|r| r.outcome == outcome).count() as u64;
        let (waiting, being_seen) = (of(Outcome::StillWaiting), of(Outcome::BeingSeen));
        prop_assert_eq!(waiting, network.waiting(0));
        prop_assert_eq!(waiting + being_seen, network.present(0));
        prop_assert_eq!(account.withdrawn, of(Outcome::Withdrawn));
        prop_assert_eq!(account.turned_away, of(Outcome::TurnedAway));
        prop_assert_eq!(account.seen, of(Outcome::Seen) + being_seen);
        prop_assert_eq!(account.joined, records.len() as u64 - account.turned_away);
        let referred = u64::from(network.referred(0) + network.referred(1));
        prop_assert_eq!(referred + u64::from(everything.backlog), records.len() as u64);
        let there: i128 = records.iter().map(|r| i128::from((r.left - r.joined).ticks())).sum();
        prop_assert_eq!(there, account.present);
        let on_list: i128 = records
            .iter()
            .map(|r| i128::from((r.seen.unwrap_or(r.left) - r.joined).ticks()))
            .sum();
        prop_assert_eq!(on_list, account.waiting);
        prop_assert!(account.busy <= account.staffed);
        if let Some(room) = everything.room.filter(|room| *room >= everything.backlog) {
            prop_assert!(network.present(0) <= u64::from(room));
        }
    }

    /// One more server never lengthens anybody's wait, first come first served (Kiefer and
    /// Wolfowitz 1955): everyone keeps their own length of service.
    #[test]
    fn one_more_server_never_lengthens_a_wait(
        number in 1u32..6, referrals in 0.5f64..8.0, cv in 0.0f64..2.5, run_number in 0u32..1000,
    ) {
        let waits = |number| {
            let class = Class::plain(Amount::new(1.0, cv).expect("valid"));
            let plan = Plan::single(service(vec![class], vec![Team::full(number)]), Arrivals::Steady(referrals));
            let plan = plan.expect("a valid plan");
            let mut records = run(&plan, 80.0, run_number);
            records.sort_by_key(|record| record.customer);
            records.iter().map(|r| r.seen.unwrap_or(Time::NEVER)).collect::<Vec<_>>()
        };
        for (fewer, more) in waits(number).iter().zip(waits(number + 1)) {
            prop_assert!(more <= *fewer);
        }
    }
}
