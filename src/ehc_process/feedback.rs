//! What raises or lowers requests beside the forecast: waits for a clinic, suspensions and
//! permanent exclusions.
//!
//! Each acts on the departure from the baseline of the same draw, so it is exactly 1 when nothing
//! changes and nothing is counted twice.

use super::draw::Stated;
use super::policy::Steps;
use crate::domain::DAYS_PER_WEEK;

/// How many times as long or short a wait counts at most: of more nothing is known.
const MOST_TIMES: f64 = 3.0;

/// The list of the clinic to which children go before or instead of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clinic {
    /// Children on it on the first day.
    pub list: f64,
    /// Children who come a week.
    pub per_week: f64,
    /// Share of the list that withdraws a week.
    pub withdraw: f64,
    /// Paths of the numbers by which a scenario changes who comes and who is seen.
    pub paths: [&'static str; 2],
}

/// How strongly requests follow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feedback {
    /// Log of requests per log of the clinic's wait.
    pub by_wait: f64,
    /// Share of requests that follow a suspension.
    pub by_suspensions: f64,
    /// Share of requests that follow a permanent exclusion.
    pub by_exclusions: f64,
    /// Managed moves for each permanent exclusion, share that holds, exclusions that one more of these
    /// prevents.
    pub managed_moves: [f64; 3],
    /// The clinic; none where the area publishes no list.
    pub clinic: Option<Clinic>,
}

/// Stated numbers of the feedbacks.
pub(super) const BY_WAIT: &str = "process.requests-by-wait";
pub(super) const BY_SUSPENSIONS: &str = "process.requests-after-suspension-share";
pub(super) const BY_EXCLUSIONS: &str = "process.requests-after-exclusion-share";
/// Suspensions and permanent exclusions against the baseline's.
const SUSPENSIONS: &str = "exclusions.level.suspensions";
const EXCLUSIONS: &str = "exclusions.level.permanent";
/// Managed moves against the baseline's, and what makes of them fewer permanent exclusions.
const MOVES: &str = "exclusions.level.managed-moves";
/// The numbers of managed moves, in the order of [`Feedback::managed_moves`].
pub const OF_MOVES: [&str; 3] = [
    "exclusions.managed-moves.per-exclusion",
    "exclusions.managed-moves.held-share",
    "exclusions.managed-moves.prevented-share",
];

impl Feedback {
    /// Requests against those of the forecast, week by week.
    pub(super) fn requests(&self, weeks: usize, stated: &Stated<'_>) -> Steps {
        let by_wait = stated(BY_WAIT, 0.0, self.by_wait);
        let by_suspensions = stated(BY_SUSPENSIONS, 0.0, self.by_suspensions);
        let by_exclusions = stated(BY_EXCLUSIONS, 0.0, self.by_exclusions);
        let of_moves =
            (0..OF_MOVES.len()).map(|at| stated(OF_MOVES[at], 0.0, self.managed_moves[at]));
        let prevented: f64 = of_moves.product();
        let waits = self.clinic.map(|clinic| clinic.waits(weeks, stated));
        let of_week = |week: usize| {
            let level = |of: &str| stated(of, DAYS_PER_WEEK * week as f64, 1.0);
            let more_moves = level(MOVES) - 1.0;
            let left = (1.0 - more_moves * prevented).max(0.0);
            let exclusions = level(EXCLUSIONS) * left - 1.0;
            let suspensions = level(SUSPENSIONS) - 1.0;
            let after = 1.0 + by_suspensions * suspensions + by_exclusions * exclusions;
            let after = after.max(0.0);
            let waits = waits.as_ref().map_or(1.0, |ratios| ratios[week]);
            libm::pow(waits, by_wait) * after
        };
        Steps::Weekly {
            first_day: 0.0,
            values: (0..weeks).map(of_week).collect(),
        }
    }
}

impl Clinic {
    /// The wait under a scenario against that without it, by week: lists as a whole, without chance.
    fn waits(&self, weeks: usize, stated: &Stated<'_>) -> Vec<f64> {
        // As many leave as come, so the list without the scenario stays.
        let seen = (self.per_week - self.withdraw * self.list).max(0.1 * self.per_week);
        let usual = self.list / seen;
        let mut list = self.list;
        (0..weeks)
            .map(|week| {
                let day = DAYS_PER_WEEK * week as f64;
                let [come, time] = self.paths.map(|path| stated(path, day, 1.0));
                let could_be_seen = seen * time;
                let wait = list / could_be_seen.max(0.05 * seen);
                let leave = could_be_seen + self.withdraw * list;
                list = (list + self.per_week * come - leave).max(0.0);
                (wait / usual).clamp(1.0 / MOST_TIMES, MOST_TIMES)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLINIC: Clinic = Clinic {
        list: 3_000.0,
        per_week: 30.0,
        withdraw: 0.002,
        paths: ["come", "time"],
    };

    #[test]
    fn nothing_changes_nothing() {
        let feedback = Feedback {
            by_wait: 0.1,
            by_suspensions: 0.05,
            by_exclusions: 0.02,
            managed_moves: [2.0, 0.5, 0.1],
            clinic: Some(CLINIC),
        };
        let steps = feedback.requests(200, &|_, _, value| value);
        for week in [0.0, 100.0, 199.0] {
            assert!((steps.at(7.0 * week) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_recovery_list_lowers_the_wait_and_half_the_suspensions_a_share() {
        let more =
            |path: &str, _: f64, value: f64| if path == "time" { 2.0 * value } else { value };
        let waits = CLINIC.waits(260, &more);
        // 24 a week are seen; with 48 the wait halves at once, and the list falls by 24 and more.
        assert!((waits[0] - 0.5).abs() < 1e-12);
        assert!(waits[20] < 0.45 && (waits[259] - 1.0 / 3.0).abs() < 1e-12);
        let feedback = Feedback {
            by_wait: 0.0,
            by_suspensions: 0.06,
            by_exclusions: 0.02,
            managed_moves: [2.0, 0.5, 0.1],
            clinic: None,
        };
        let fewer = |path: &str, _: f64, value: f64| {
            if path == SUSPENSIONS {
                0.5 * value
            } else {
                value
            }
        };
        assert!((feedback.requests(10, &fewer).at(0.0) - 0.97).abs() < 1e-12);
        // Three times the moves: four more for each exclusion, of which two hold and 0.2 prevent one.
        let moves = |path: &str, _: f64, value: f64| if path == MOVES { 3.0 } else { value };
        let requests = feedback.requests(10, &moves).at(0.0);
        assert!((requests - (1.0 - 0.02 * 0.2)).abs() < 1e-12, "{requests}");
    }
}
