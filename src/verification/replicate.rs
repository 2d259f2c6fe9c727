//! Independent runs of a plan, what they count, and Little's law on each of their queues.

use rayon::prelude::*;

use super::row::Row;
use crate::queue::{
    Account, Amount, Class, Ledger, Network, Outcome, Plan, Provider, Record, Service, Team, Time,
};
use crate::random::Luck;
use crate::waiting_list::Estimate;

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Runs of each model at each load.
    pub runs: u32,
    /// Referrals measured in each run.
    pub referrals: f64,
    /// Seed.
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            runs: 200,
            referrals: 5_000.0,
            seed: 20_260_901,
        }
    }
}

/// Largest standard error of a mean, as a share of what is expected.
const RELATIVE_BOUND: f64 = 0.06;
/// Largest standard error of a share, and of a small share as a share of it.
const SHARE_BOUND: f64 = 0.01;
const SMALL_SHARE_BOUND: f64 = 0.1;

/// Counts of the people of one class at one service who joined in the measured weeks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) people: f64,
    pub(super) seen: f64,
    pub(super) had_to_wait: f64,
    pub(super) waited_longer: f64,
    pub(super) withdrawn: f64,
    pub(super) turned_away: f64,
    pub(super) wait_weeks: f64,
    pub(super) weeks_there: f64,
}

/// Lengths of a run [weeks]: a warm-up, the measured weeks, and as long as the warm-up to follow
/// everyone up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    pub(super) warm_up: f64,
    pub(super) weeks: f64,
}

impl Lengths {
    /// For referrals at a rate and a capacity [per week], service of a mean [weeks] and variation:
    /// ten relaxation times (Cohen 1982, section III.7.3) and ten services.
    pub(super) fn of(effort: &Effort, rate: f64, capacity: f64, mean: f64, cv: f64) -> Self {
        let spare = capacity.sqrt() - rate.sqrt();
        let variation = (0.5 * (1.0 + cv * cv)).max(1.0);
        Self {
            warm_up: 10.0 * (variation / (spare * spare) + mean),
            weeks: effort.referrals / rate,
        }
    }
}

/// Counts by service and class, and the sums that Little's law needs.
struct Notes {
    from: Time,
    until: Time,
    longer_than: f64,
    /// By service, then class.
    counts: Vec<Vec<Counts>>,
    /// By service: ticks there, ticks waiting, people.
    sums: Vec<(i128, i128, u64)>,
    unresolved: u64,
}

impl Ledger for Notes {
    fn visit(&mut self, record: &Record) {
        if record.outcome == Outcome::TurnedAway {
            self.count(record, |counts| counts.turned_away += 1.0);
            return;
        }
        let seen = record.seen.unwrap_or(record.left);
        let sums = &mut self.sums[usize::from(record.service)];
        sums.0 += i128::from((record.left - record.joined).ticks());
        sums.1 += i128::from((seen - record.joined).ticks());
        sums.2 += 1;
        let longer_than = self.longer_than;
        let (outcome, joined, left) = (record.outcome, record.joined, record.left);
        match outcome {
            Outcome::StillWaiting | Outcome::BeingSeen if self.is_counted(record) => {
                self.unresolved += 1;
            }
            Outcome::Withdrawn => self.count(record, |counts| counts.withdrawn += 1.0),
            Outcome::Seen => self.count(record, |counts| {
                let wait = (seen - joined).weeks();
                counts.seen += 1.0;
                counts.had_to_wait += f64::from(u8::from(seen > joined));
                counts.waited_longer += f64::from(u8::from(wait > longer_than));
                counts.wait_weeks += wait;
                counts.weeks_there += (left - joined).weeks();
            }),
            Outcome::StillWaiting | Outcome::BeingSeen | Outcome::TurnedAway => {}
        }
    }
}

impl Notes {
    fn is_counted(&self, record: &Record) -> bool {
        record.joined >= self.from && record.joined < self.until
    }

    fn count(&mut self, record: &Record, note: impl FnOnce(&mut Counts)) {
        if self.is_counted(record) {
            let service = &mut self.counts[usize::from(record.service)];
            let counts = &mut service[usize::from(record.class)];
            counts.people += 1.0;
            note(counts);
        }
    }
}

/// Whether Little's law and the balance of people hold to the last tick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Balance {
    /// Queues of runs that were checked.
    queues: u64,
    /// Of them, those where an integral over time differs from the sum over people, or people
    /// are missing.
    broken: u64,
}

impl Balance {
    fn check(&mut self, account: &Account, sums: (i128, i128, u64)) {
        let there = (account.present, account.waiting, account.joined);
        self.queues += 1;
        self.broken += u64::from(there != sums);
    }

    pub(super) fn add(&mut self, other: Self) {
        self.queues += other.queues;
        self.broken += other.broken;
    }

    /// The row of all queues of all runs.
    pub(super) fn row(&self) -> Row {
        Row {
            model: "Little's law".to_owned(),
            measure: format!("broken, of {} queues of all runs", self.queues),
            load: None,
            expected: 0.0,
            simulated: self.broken as f64,
            standard_error: 0.0,
            bound: 0.0,
        }
    }
}

/// Runs of a plan.
pub(super) struct Replications {
    /// Counts of each run by service and class.
    counts: Vec<Vec<Vec<Counts>>>,
    /// Numbers there (first service) at the asked weeks, of each run.
    pub(super) present_at: Vec<Vec<f64>>,
    /// Numbers waiting (first service) at the asked weeks, of each run.
    pub(super) waiting_at: Vec<Vec<f64>>,
    /// Mean number there in the measured weeks (first service), of each run.
    pub(super) mean_present: Vec<f64>,
    /// Little's law.
    pub(super) balance: Balance,
    unresolved: u64,
}

/// Simulates a plan; a wait counts as long above `longer_than` weeks.
pub(super) fn replicate(
    effort: &Effort,
    plan: &Plan,
    lengths: Lengths,
    longer_than: f64,
    weeks_asked: &[f64],
) -> Replications {
    let Lengths { warm_up, weeks } = lengths;
    let (from, until) = (Time::from_weeks(warm_up), Time::from_weeks(warm_up + weeks));
    let end = Time::from_weeks(warm_up + weeks + warm_up);
    let classes = |service: &Service| vec![Counts::default(); service.classes.len()];
    // Nor do the loads of a model.
    let seed = effort.seed ^ warm_up.to_bits() ^ weeks.to_bits().rotate_left(32);
    let one_run = |run: u32| {
        let mut network = Network::new(plan, Luck::new(seed, run));
        let mut notes = Notes {
            from,
            until,
            longer_than,
            counts: plan.services().iter().map(classes).collect(),
            sums: vec![(0, 0, 0); plan.services().len()],
            unresolved: 0,
        };
        let (mut present_at, mut waiting_at) = (Vec::new(), Vec::new());
        for week in weeks_asked {
            network.advance(Time::from_weeks(*week), &mut notes);
            present_at.push(network.present(0) as f64);
            waiting_at.push(network.waiting(0) as f64);
        }
        network.advance(from, &mut notes);
        let before = network.account(0);
        network.advance(until, &mut notes);
        let mean_present = network.account(0).since(&before).mean_present(until - from);
        network.close(end.max(network.now()), &mut notes);
        let mut balance = Balance::default();
        for (service, sums) in notes.sums.iter().enumerate() {
            balance.check(&network.account(service), *sums);
        }
        let unresolved = notes.unresolved;
        (
            notes.counts,
            present_at,
            waiting_at,
            mean_present,
            balance,
            unresolved,
        )
    };
    let runs: Vec<_> = (0..effort.runs).into_par_iter().map(one_run).collect();
    let mut replications = Replications {
        counts: Vec::new(),
        present_at: Vec::new(),
        waiting_at: Vec::new(),
        mean_present: Vec::new(),
        balance: Balance::default(),
        unresolved: 0,
    };
    for (counts, present_at, waiting_at, mean_present, balance, unresolved) in runs {
        replications.counts.push(counts);
        replications.present_at.push(present_at);
        replications.waiting_at.push(waiting_at);
        replications.mean_present.push(mean_present);
        replications.balance.add(balance);
        replications.unresolved += unresolved;
    }
    replications
}

impl Replications {
    /// A mean or a share: the ratio of two counts at a service, of a class.
    pub(super) fn ratio(
        &self,
        (service, class): (usize, usize),
        ratio: impl Fn(&Counts) -> (f64, f64),
    ) -> Estimate {
        let pairs = self.counts.iter().map(|run| ratio(&run[service][class]));
        let pairs: Vec<(f64, f64)> = pairs.collect();
        let estimate = Estimate::ratio(pairs.iter().copied());
        // Whoever is not resolved would be missing from the figures: that spoils them.
        estimate
            .filter(|_| self.unresolved == 0)
            .unwrap_or(Estimate {
                value: f64::NAN,
                error: None,
            })
    }

    /// Mean wait of those seen [weeks], of the only class of the first service.
    pub(super) fn mean_wait(&self) -> Estimate {
        self.ratio((0, 0), |counts| (counts.wait_weeks, counts.seen))
    }
}

/// Names of a row.
pub(super) struct Names<'a> {
    pub(super) model: &'a str,
    pub(super) measure: &'a str,
    pub(super) load: Option<f64>,
}

impl Names<'_> {
    /// A row for a mean: the error is bounded in relation to what is expected.
    pub(super) fn mean(&self, expected: f64, simulated: Estimate) -> Row {
        self.row(expected, simulated, RELATIVE_BOUND * expected.abs())
    }

    /// A row for a share.
    pub(super) fn share(&self, expected: f64, simulated: Estimate) -> Row {
        self.row(
            expected,
            simulated,
            SHARE_BOUND.min(SMALL_SHARE_BOUND * expected),
        )
    }

    fn row(&self, expected: f64, simulated: Estimate, bound: f64) -> Row {
        Row {
            model: self.model.to_owned(),
            measure: self.measure.to_owned(),
            load: self.load,
            expected,
            simulated: simulated.value,
            standard_error: simulated.error.unwrap_or(f64::NAN),
            bound,
        }
    }
}

/// A service of equal servers with a mean service of one week.
pub(super) fn service(servers: u32, cv: f64) -> Service {
    let length = Amount::new(1.0, cv).expect("a mean of 1 and a variation that is not negative");
    Service {
        name: "service".to_owned(),
        classes: vec![Class::plain(length)],
        provider: Provider::Teams(vec![Team::full(servers)]),
        room: None,
    }
}
