//! The answer to a question.

use super::closed_form::{ClosedForm, closed_form};
use super::course;
use super::estimate::Estimate;
use super::long_run::LongRun;
use super::needed::{Needed, servers_needed};
use super::question::Question;
use super::run_figures::RunFigures;

/// How the figures came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Long run: independent runs, a warm-up deleted, then measured.
    LongRun {
        /// Deleted weeks of each run.
        warm_up: f64,
        /// Measured weeks of each run.
        weeks: f64,
        /// Whether the warm-up had to be cut short.
        is_short: bool,
    },
    /// There is no long run: the list grows without end.
    NoLongRun,
    /// Course from today's list.
    Course {
        /// Weeks.
        weeks: f64,
    },
}

/// The list at a week of the course.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListAt {
    /// Weeks from today.
    pub week: f64,
    /// Mean over runs.
    pub mean: f64,
    /// One run in ten has a shorter list.
    pub p10: f64,
    /// One run in ten has a longer list.
    pub p90: f64,
}

/// Figures of a service; none where there is no long-run value.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How they came about.
    pub method: Method,
    /// Mean wait from referral to first being seen, of those seen [weeks].
    pub wait_weeks_mean: Option<Estimate>,
    /// Half of those seen waited at most this long [weeks].
    pub wait_weeks_p50: Option<Estimate>,
    /// Nine in ten of those seen waited at most this long [weeks].
    pub wait_weeks_p90: Option<Estimate>,
    /// Share of all referrals seen within the target.
    pub share_within_target: Option<Estimate>,
    /// Share of all referrals that withdraw before being seen.
    pub withdrawn_share: Option<Estimate>,
    /// Share of the servers' time that is used.
    pub utilisation: Option<Estimate>,
    /// Number waiting: the mean of the long run, the end of a course.
    pub list_end: Option<Estimate>,
    /// The list over the weeks of a course.
    pub list_over_time: Vec<ListAt>,
    /// Children on today's list who have waited longer than the target already.
    pub already_over_target: f64,
    /// Smallest number of servers that meets the target; none when no number does.
    pub needed: Option<Needed>,
    /// What theory says.
    pub closed_form: Option<ClosedForm>,
}

/// Simulates, and looks the closed form up.
pub fn answer(question: &Question) -> Answer {
    let (method, runs) = simulate(question);
    let needed = servers_needed(question);
    let closed_form = closed_form(question);
    let ratio = |above: fn(&RunFigures) -> f64, below: fn(&RunFigures) -> f64| {
        Estimate::ratio(runs.iter().map(|run| (above(run), below(run))))
    };
    let waits: Vec<Vec<f32>> = runs.iter().map(|run| run.waits.clone()).collect();
    let grows = method == Method::NoLongRun;
    let known = |share: f64| grows.then_some(Estimate::exact(share));
    Answer {
        method,
        wait_weeks_mean: ratio(|run| run.wait_weeks, |run| run.seen),
        wait_weeks_p50: Estimate::quantile(0.5, &waits),
        wait_weeks_p90: Estimate::quantile(0.9, &waits),
        share_within_target: ratio(|run| run.within_target, |run| run.people),
        withdrawn_share: ratio(|run| run.withdrawn, |run| run.people).or(known(0.0)),
        utilisation: ratio(|run| run.busy, |run| run.staffed).or(known(1.0)),
        list_end: Estimate::mean(runs.iter().map(|run| run.list)),
        list_over_time: list_over_time(&method, &runs),
        already_over_target: ratio(|run| run.already_over, |_| 1.0).map_or(0.0, |x| x.value),
        needed,
        closed_form,
    }
}

fn simulate(question: &Question) -> (Method, Vec<RunFigures>) {
    if let Some(backlog) = &question.backlog {
        let weeks = question.weeks.unwrap_or(Question::COURSE_WEEKS);
        let runs = course::simulate(question, backlog, weeks);
        return (Method::Course { weeks }, runs);
    }
    if !question.has_long_run() {
        return (Method::NoLongRun, Vec::new());
    }
    let design = LongRun::design(question);
    let method = Method::LongRun {
        warm_up: design.warm_up,
        weeks: design.weeks,
        is_short: design.is_short,
    };
    (method, design.simulate(question))
}

fn list_over_time(method: &Method, runs: &[RunFigures]) -> Vec<ListAt> {
    let Method::Course { weeks } = method else {
        return Vec::new();
    };
    let at_week = |(point, week): (usize, f64)| {
        let mut lists: Vec<f32> = runs.iter().map(|run| run.list_at[point]).collect();
        lists.sort_unstable_by(f32::total_cmp);
        let quantile = |share: f64| {
            let place = (share * lists.len() as f64).ceil() as usize;
            f64::from(lists[place.clamp(1, lists.len()) - 1])
        };
        let sum: f64 = lists.iter().map(|list| f64::from(*list)).sum();
        ListAt {
            week,
            mean: sum / lists.len() as f64,
            p10: quantile(0.1),
            p90: quantile(0.9),
        }
    };
    let noted = course::noted_weeks(*weeks);
    noted.into_iter().enumerate().map(at_week).collect()
}
