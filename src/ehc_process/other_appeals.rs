//! Appeals about the contents of plans and the placements in them.

use super::case::{Case, Ended};
use crate::domain::DAYS_PER_YEAR;

/// Path of the number of such appeals after a late plan for each after one in time.
pub const LATE_RATIO: &str = "process.late-plan-appeal-ratio";
/// Weeks in which a plan is to be issued.
pub const STANDARD_WEEKS: f64 = 20.0;

/// How many appeals there are, and how they follow late plans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherAppeals {
    /// Per plan and year, at the share of late plans of the first year.
    pub per_plan: f64,
    /// After a late plan, for each after one in time; 1 where they do not follow.
    pub late_ratio: f64,
}

impl OtherAppeals {
    /// Appeals per plan and year between two days: as many more or fewer as plans are late more or
    /// less often than in the first year.
    pub fn between(&self, cases: &[Case], start: f64, end: f64) -> f64 {
        let more = self.late_ratio.max(1.0) - 1.0;
        let factor = |share: f64| 1.0 + more * share;
        let usual = late_share(cases, 0.0, DAYS_PER_YEAR);
        let now = late_share(cases, start, end);
        match usual.zip(now) {
            Some((usual, now)) => self.per_plan * (factor(now) / factor(usual)).max(0.0),
            None => self.per_plan,
        }
    }
}

/// Share of the plans issued between two days that took longer than they may.
fn late_share(cases: &[Case], start: f64, end: f64) -> Option<f64> {
    let (mut plans, mut late) = (0.0, 0.0);
    for case in cases.iter().filter(|case| case.ended == Ended::Plan) {
        if (start..end).contains(&f64::from(case.finished)) {
            plans += 1.0;
            late += f64::from(u8::from(case.weeks_to_plan() > STANDARD_WEEKS));
        }
    }
    (plans > 0.0).then(|| late / plans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PrimaryNeed, Sex};
    use crate::ehc_process::{Decision, NOBODY};

    fn plan(finished: f32, weeks: f32) -> Case {
        let none = [f32::NAN; 2];
        Case {
            luck_id: 0,
            person: NOBODY,
            request: 0,
            age: 5,
            sex: Sex::Male,
            need: PrimaryNeed::Asd,
            decision: Decision::Agreed,
            ended: Ended::Plan,
            is_not_issued: false,
            requested: finished - 7.0 * weeks,
            clock: finished - 7.0 * weeks,
            decided: f32::NAN,
            assessed_from: f32::NAN,
            psychologist_done: f32::NAN,
            advice_done: f32::NAN,
            written_from: f32::NAN,
            drafted: f32::NAN,
            mediated: none,
            mediation_ended: none,
            appealed: none,
            appeal_ended: none,
            not_issued: f32::NAN,
            finished,
        }
    }

    #[test]
    fn appeals_follow_the_share_of_late_plans() {
        // Three of four late in the first year, one of four in the third.
        let first = [10.0, 30.0, 40.0, 19.0].map(|weeks| plan(100.0, weeks + 1.5));
        let third = [10.0, 12.0, 40.0, 15.0].map(|weeks| plan(800.0, weeks));
        let cases: Vec<Case> = first.into_iter().chain(third).collect();
        let appeals = |late_ratio| OtherAppeals {
            per_plan: 0.02,
            late_ratio,
        };
        let then = |late_ratio, start, end| appeals(late_ratio).between(&cases, start, end);
        assert!((then(2.0, 0.0, 365.25) - 0.02).abs() < 1e-12);
        let expected = 0.02 * 1.25 / 1.75;
        assert!((then(2.0, 700.0, 1_000.0) - expected).abs() < 1e-12);
        assert!((then(1.0, 700.0, 1_000.0) - 0.02).abs() < 1e-12);
        // Nothing is known of a year without plans.
        assert!((then(2.0, 2_000.0, 2_100.0) - 0.02).abs() < 1e-12);
    }
}
