//! The long run: replications with the beginning deleted.

use rayon::prelude::*;

use super::question::Question;
use super::run_figures::{Counter, Counting, RunFigures};
use crate::queue::theory::{Impatient, ManyServers};
use crate::queue::{Network, Time};
use crate::random::{Luck, Process};

/// Lengths of the replications.
///
/// Each run starts with a number drawn from the long run of the same service with exponential
/// times, goes through a warm-up that is deleted, and is then measured. Everyone referred in the
/// measured weeks is followed up until seen or withdrawn, while referrals go on, so that nobody
/// is missing because their wait was long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LongRun {
    /// Deleted weeks.
    pub(super) warm_up: f64,
    /// Measured weeks.
    pub(super) weeks: f64,
    /// Whether the warm-up is shorter than it should be.
    pub(super) is_short: bool,
}

/// Referrals measured over all runs, unless weeks are given; and the fewest and most of a run.
const REFERRALS: f64 = 5e6;
const FEWEST_OF_A_RUN: f64 = 2_000.0;
const MOST_OF_A_RUN: f64 = 50_000.0;
/// A difference from the long run falls to e^-10.
const RELAXATION_TIMES: f64 = 10.0;
/// Most of the warm-up, as a multiple of the referrals measured.
const LONGEST_WARM_UP: f64 = 2.0;

impl LongRun {
    /// Lengths for a question that has a long run.
    pub(super) fn design(question: &Question) -> Self {
        let of_a_run = REFERRALS / f64::from(question.runs);
        let referrals = of_a_run.clamp(FEWEST_OF_A_RUN, MOST_OF_A_RUN);
        let usual = referrals / question.arrivals_per_week;
        let wanted = RELAXATION_TIMES * (relaxation_weeks(question) + question.service_weeks);
        let longest = LONGEST_WARM_UP * usual;
        Self {
            warm_up: wanted.min(longest),
            weeks: question.weeks.unwrap_or(usual),
            is_short: wanted > longest && !starts_in_the_long_run(question),
        }
    }

    /// Simulates all runs, in the order of their numbers.
    pub(super) fn simulate(&self, question: &Question) -> Vec<RunFigures> {
        let plan = question.plan();
        let (from, until) = (
            Time::from_weeks(self.warm_up),
            Time::from_weeks(self.warm_up + self.weeks),
        );
        let expected = question.arrivals_per_week * self.weeks * f64::from(question.runs);
        let counting = Counting {
            from,
            until,
            known_until: Time::NEVER,
            target_weeks: question.target_weeks,
            keep_one_in: Counting::keep_one_in(expected),
        };
        let starting_number = StartingNumber::of(question);
        let one_run = |run: u32| {
            let luck = Luck::new(question.seed, run);
            let mut network = Network::new(&plan, luck);
            let mut counter = Counter::new(counting);
            let people = starting_number.at(luck.uniform(0, Process::StartingList, 0));
            network.start_list(0, &vec![0.0; people]);
            // Who joins in the very first moment belongs to the starting list.
            network.advance(from - Time::from_ticks(1), &mut counter);
            let (before, already) = (network.account(0), network.referred(0));
            network.advance(until, &mut counter);
            let account = network.account(0).since(&before);
            let referred = u64::from(network.referred(0) - already);
            while counter.ended < referred && network.step(&mut counter) {}
            RunFigures {
                busy: account.busy as f64,
                staffed: account.staffed as f64,
                list: account.mean_waiting(until - from),
                ..counter.figures
            }
        };
        (0..question.runs).into_par_iter().map(one_run).collect()
    }
}

/// Whether the starting number has exactly the distribution of the long run.
fn starts_in_the_long_run(question: &Question) -> bool {
    let is_exponential = (question.service_cv - 1.0).abs() <= 0.0;
    let is_simple = question.withdraw_per_week <= 0.0 || question.not_brought <= 0.0;
    is_exponential && is_simple && question.whole_servers().is_some()
}

/// Time in which a difference from the long run falls to 1/e [weeks].
///
/// M/M/c: `1 / (√(c μ) - √λ)²` (Cohen 1982, *The Single Server Queue*, section III.7.3), times
/// `(1 + cv²) / 2` for other service times; with withdrawal at most the longer of the mean patience
/// and the mean service.
fn relaxation_weeks(question: &Question) -> f64 {
    let capacity = question.servers * question.seen_per_server();
    let spare = capacity.sqrt() - question.arrivals_per_week.sqrt();
    let patient = if spare > 0.0 {
        question.variation().max(1.0) / (spare * spare)
    } else {
        f64::INFINITY
    };
    let impatient = if question.withdraw_per_week > 0.0 {
        (1.0 / question.withdraw_per_week).max(1.0 / question.seen_per_server())
    } else {
        f64::INFINITY
    };
    patient.min(impatient)
}

/// The number of people to start with: of the long run with exponential service; those beyond the
/// servers scaled by `(1 + cv²) / 2`, as in heavy traffic (Kingman 1961).
struct StartingNumber {
    servers: u64,
    variation: f64,
    long_run: Option<Chain>,
}

enum Chain {
    Patient(ManyServers),
    Impatient(Impatient),
}

impl StartingNumber {
    fn of(question: &Question) -> Self {
        let service_rate = question.seen_per_server();
        let arrival_rate = question.arrivals_per_week;
        let withdrawal_rate = question.withdraw_per_week;
        let whole = question.servers.floor().max(1.0) as u32;
        let is_patient = withdrawal_rate <= 0.0;
        // A part of a server may be what makes capacity suffice.
        let is_short = is_patient && f64::from(whole) <= question.offered();
        let servers = whole + u32::from(is_short);
        let long_run = if is_patient {
            Some(Chain::Patient(ManyServers {
                arrival_rate,
                service_rate,
                servers,
            }))
        } else {
            Impatient::new(arrival_rate, service_rate, withdrawal_rate, servers)
                .map(Chain::Impatient)
        };
        Self {
            servers: u64::from(servers),
            variation: question.variation(),
            long_run,
        }
    }

    /// The number at a probability.
    fn at(&self, probability: f64) -> usize {
        let number = match &self.long_run {
            Some(Chain::Patient(chain)) => chain.present_quantile(probability),
            Some(Chain::Impatient(chain)) => chain.present_quantile(probability),
            None => 0,
        };
        let waiting = number.saturating_sub(self.servers) as f64;
        number.min(self.servers) as usize + (waiting * self.variation).round() as usize
    }
}
