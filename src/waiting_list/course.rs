//! The course from today's list.

use rayon::prelude::*;

use super::question::Question;
use super::run_figures::{Counter, Counting, RunFigures};
use crate::queue::{Backlog, Network, Time};
use crate::random::Luck;

/// Most points at which the list is noted.
const MOST_POINTS: f64 = 52.0;

/// Weeks at which the list is noted: every week, or every few of a long course; the last is the
/// end.
pub(super) fn noted_weeks(weeks: f64) -> Vec<f64> {
    let step = (weeks / MOST_POINTS).ceil().max(1.0);
    let whole = (0u32..).map(|n| f64::from(n) * step);
    let mut noted: Vec<f64> = whole.take_while(|week| *week < weeks).collect();
    noted.push(weeks);
    noted
}

/// Simulates all runs, in the order of their numbers.
///
/// Waits, withdrawals and the list are those of the weeks. Whether a referral of these weeks meets
/// the target is followed up past the end, for as long as the target.
pub(super) fn simulate(question: &Question, backlog: &Backlog, weeks: f64) -> Vec<RunFigures> {
    let plan = question.plan();
    let end = Time::from_weeks(weeks);
    let known = end + Time::from_weeks(question.target_weeks);
    let of_a_run = backlog.people() as f64 + question.arrivals_per_week * weeks;
    let counting = Counting {
        from: Time::ZERO,
        until: end,
        known_until: end,
        target_weeks: question.target_weeks,
        keep_one_in: Counting::keep_one_in(of_a_run * f64::from(question.runs)),
    };
    let noted = noted_weeks(weeks);
    let one_run = |run: u32| {
        let luck = Luck::new(question.seed, run);
        let mut network = Network::new(&plan, luck);
        let mut counter = Counter::new(counting);
        let mut list_at = vec![backlog.people() as f32];
        network.start_list(0, &backlog.weeks_waited(&luck));
        for week in &noted[1..] {
            network.advance(Time::from_weeks(*week), &mut counter);
            list_at.push(network.waiting(0) as f32);
        }
        let account = network.account(0);
        let list = network.waiting(0) as f64;
        network.close(known, &mut counter);
        RunFigures {
            busy: account.busy as f64,
            staffed: account.staffed as f64,
            list,
            list_at,
            ..counter.figures
        }
    };
    (0..question.runs).into_par_iter().map(one_run).collect()
}
