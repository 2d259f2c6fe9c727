//! The smallest number of servers that meets the target.

use super::closed_form::share_with_servers;
use super::course;
use super::estimate::Estimate;
use super::long_run::LongRun;
use super::question::Question;
use super::run_figures::RunFigures;
use crate::queue::Backlog;

/// The smallest whole number of servers that meets the target, and what it achieves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needed {
    /// Servers.
    pub servers: u32,
    /// Monte Carlo error [servers]: the error of the share, over what one server more adds to it.
    pub error: Option<f64>,
    /// Share of referrals within the target with that number.
    pub share: Estimate,
    /// Where between one server fewer and this number the share crosses the target, by straight
    /// line [servers].
    pub crossing: f64,
}

/// The share that the capacity is to raise: of a course, without those on the list who had waited
/// longer than the target before today, because no capacity can see them in time.
pub(super) fn attainable_share(runs: &[RunFigures]) -> Option<Estimate> {
    Estimate::ratio(
        runs.iter()
            .map(|run| (run.within_target, run.people - run.already_over)),
    )
}

/// Searches by simulation, with the same luck for every number of servers; none when no number
/// meets the target.
pub(super) fn servers_needed(question: &Question) -> Option<Needed> {
    let limit = most_servers(question);
    let mut simulated: Vec<(u32, Estimate)> = Vec::new();
    let mut share = |servers: u32| -> f64 {
        if let Some((_, share)) = simulated.iter().find(|(tried, _)| *tried == servers) {
            return share.value;
        }
        let share = simulated_share(&question.with_servers(servers));
        simulated.push((servers, share));
        share.value
    };
    let target = question.target_share;
    let guess = guess(question, limit);
    let servers = smallest(guess, limit, |servers| share(servers) >= target)?;
    let at = share(servers);
    let below = if servers > 1 { share(servers - 1) } else { 0.0 };
    let (_, estimate) = *simulated.iter().find(|(tried, _)| *tried == servers)?;
    let fewer = simulated.iter().find(|(tried, _)| *tried + 1 == servers);
    let slope = at - below;
    // The lesser share is the one that is not at its ceiling.
    let error = match fewer.and_then(|(_, share)| share.error) {
        Some(error) => estimate.error.map(|at| at.max(error)),
        None => estimate.error,
    };
    let crossing = f64::from(servers) - (at - target) / slope;
    Some(Needed {
        servers,
        error: error.map(|error| error / slope),
        share: estimate,
        crossing: crossing.max(f64::from(servers) - 1.0),
    })
}

fn simulated_share(question: &Question) -> Estimate {
    let nothing = Estimate::exact(0.0);
    match &question.backlog {
        Some(backlog) => {
            let weeks = question.weeks.unwrap_or(Question::COURSE_WEEKS);
            let runs = course::simulate(question, backlog, weeks);
            attainable_share(&runs).unwrap_or(nothing)
        }
        None if question.has_long_run() => {
            let runs = LongRun::design(question).simulate(question);
            attainable_share(&runs).unwrap_or(nothing)
        }
        None => nothing,
    }
}

/// With one server for everyone who can be there, more are of no use.
fn most_servers(question: &Question) -> u32 {
    const AMPLE: f64 = 50.0;
    let offered = question.offered();
    let backlog = question.backlog.as_ref().map_or(0, Backlog::people);
    (offered + 10.0 * offered.sqrt() + AMPLE + backlog as f64).ceil() as u32
}

/// Where to start: by closed form in the long run, by what clears the list in time in a course.
fn guess(question: &Question, limit: u32) -> u32 {
    let offered = question.offered();
    let guess = if let Some(backlog) = &question.backlog {
        let weeks = question.target_weeks.max(question.service_weeks);
        let clearing = backlog.people() as f64 / weeks / question.seen_per_server();
        (offered + clearing).ceil() as u32
    } else {
        let meets = |servers| share_with_servers(question, servers) >= question.target_share;
        let first = (offered.ceil() as u32).clamp(1, limit);
        smallest(first, limit, meets).unwrap_or(first)
    };
    guess.clamp(1, limit)
}

/// The smallest number from 1 to `limit` that meets a condition which, once met, stays met; steps
/// double away from `guess`, then halve.
fn smallest(guess: u32, limit: u32, mut meets: impl FnMut(u32) -> bool) -> Option<u32> {
    let mut step = 1;
    let (mut fails, mut good);
    if meets(guess) {
        good = guess;
        loop {
            if good == 1 {
                return Some(1);
            }
            let next = good.saturating_sub(step).max(1);
            if !meets(next) {
                fails = next;
                break;
            }
            good = next;
            step *= 2;
        }
    } else {
        fails = guess;
        loop {
            if fails >= limit {
                return None;
            }
            let next = fails.saturating_add(step).min(limit);
            if meets(next) {
                good = next;
                break;
            }
            fails = next;
            step *= 2;
        }
    }
    while good - fails > 1 {
        let middle = u32::midpoint(fails, good);
        if meets(middle) {
            good = middle;
        } else {
            fails = middle;
        }
    }
    Some(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_is_found_from_any_guess() {
        for answer in [1, 2, 7, 63, 100] {
            for guess in [1, 5, 64, 100] {
                assert_eq!(smallest(guess, 100, |n| n >= answer), Some(answer));
            }
        }
        assert_eq!(smallest(3, 100, |_| false), None);
    }
}
