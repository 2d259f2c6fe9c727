//! Queue events a second on one core: M/M/5, and M/M/5 with withdrawals, beside a plain loop over
//! Lindley's recursion for one server. An event is a referral, an end of service or a withdrawal.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use sendsim::queue::{
    Amount, Arrivals, Class, Ledger, Network, Patience, Plan, Provider, Record, Service, Team, Time,
};
use sendsim::random::{Luck, Process, exponential};

/// Sums waits, so that records are made and read.
#[derive(Default)]
struct Waits {
    weeks: f64,
    records: u64,
}

impl Ledger for Waits {
    fn visit(&mut self, record: &Record) {
        self.weeks += record.wait_weeks().unwrap_or(0.0);
        self.records += 1;
    }
}

/// Five servers with a mean of one week a case.
fn five_servers(referrals_per_week: f64, patience: Patience) -> Option<Plan> {
    let service = Service {
        name: "five servers".to_owned(),
        classes: vec![Class {
            patience,
            ..Class::plain(Amount::exponential(1.0))
        }],
        provider: Provider::Teams(vec![Team::full(5)]),
        room: None,
    };
    Plan::single(service, Arrivals::Steady(referrals_per_week)).ok()
}

fn run(plan: &Plan, weeks: f64) -> (u64, Waits) {
    let mut network = Network::new(plan, Luck::new(1, 0));
    let mut waits = Waits::default();
    network.close(Time::from_weeks(weeks), &mut waits);
    (network.events(), waits)
}

fn events(criterion: &mut Criterion) {
    let cases = [
        ("M/M/5, load 0.9", 4.5, Patience::Unlimited),
        (
            "M/M/5+M, load 1.1, patience 2 weeks",
            5.5,
            Patience::Rate(0.5),
        ),
        (
            "M/M/5+M, load 1.1, patience 200 weeks",
            5.5,
            Patience::Rate(0.005),
        ),
    ];
    let mut group = criterion.benchmark_group("queue events");
    for (name, referrals, patience) in cases {
        let Some(plan) = five_servers(referrals, patience) else {
            continue;
        };
        let weeks = 200_000.0 / referrals;
        group.throughput(Throughput::Elements(run(&plan, weeks).0));
        group.bench_function(name, |b| b.iter(|| run(&plan, weeks).1.weeks));
    }
    group.finish();
}

/// The reference: waits of 200,000 people at one server by Lindley's recursion.
fn recursion(criterion: &mut Criterion) {
    const PEOPLE: u32 = 200_000;
    let luck = Luck::new(1, 0);
    let mut group = criterion.benchmark_group("plain loop");
    group.throughput(Throughput::Elements(2 * u64::from(PEOPLE)));
    group.bench_function("Lindley's recursion, load 0.9", |b| {
        b.iter(|| {
            let mut wait = 0.0f64;
            let mut sum = 0.0;
            for person in 0..PEOPLE {
                let words = luck.words(person, Process::Visit, 0);
                wait = (wait + exponential(words[0]) - exponential(words[1]) / 0.9).max(0.0);
                sum += wait;
            }
            sum
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = events, recursion
}
criterion_main!(benches);
