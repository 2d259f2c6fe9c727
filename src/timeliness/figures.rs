//! What the requests of a future add up to.

use super::STANDS;
use super::keys::Child;
use crate::domain::{AgeGroup, BORN_BEFORE_JANUARY, DAYS_PER_WEEK, OLDEST_AGE, WEEKS_PER_YEAR};
use crate::ehc_process::{Case, Decision, Ended, STANDARD_WEEKS, Team};
use crate::random::{Process, poisson_quantile, uniform};
use crate::simulate::{Future, ProcessRecord};
use crate::summarise::{Counted, p50_and_p90};

/// Blocks of luck of one request; the last word of the third says how old the child is.
const BLOCKS: u32 = 8;
/// Address of what is not a child's.
const OF_THE_AREA: u32 = 0xFF00_0000;

/// The requests of a future.
pub(super) struct Figures<'f> {
    future: &'f Future<'f>,
    process: &'f ProcessRecord,
    /// The requests in progress at any time of each year, and in which they came.
    by_year: Vec<Vec<&'f Case>>,
}

/// One calendar year.
pub(super) struct OfYear {
    pub(super) requests: Vec<Child>,
    pub(super) refused: Vec<Child>,
    pub(super) assessed: Vec<Child>,
    /// By what they are about.
    pub(super) mediations: [f64; 3],
    pub(super) appeals: [f64; 3],
    /// Percent within 20 weeks, percent after more than a year, weeks P50 and P90; percent within 20
    /// weeks of plans without an exception, percent with one.
    pub(super) plans: [f64; 6],
    /// Wait P50 and P90, utilisation, staff in post, staff needed.
    pub(super) teams: [[f64; 5]; Team::COUNT],
}

impl<'f> Figures<'f> {
    pub(super) fn new(future: &'f Future<'f>, process: &'f ProcessRecord) -> Self {
        let timeline = future.timeline;
        let mut by_year = vec![Vec::new(); timeline.years() + 1];
        let januaries: Vec<f32> = (0..=timeline.years())
            .map(|year| timeline.january(year) as f32)
            .collect();
        for case in &process.cases {
            // Days of what has not happened are not numbers: such a request is in progress.
            let since = januaries
                .iter()
                .filter(|january| **january <= case.requested);
            let ended = januaries
                .iter()
                .filter(|january| **january <= case.finished);
            let first = since.count().saturating_sub(1);
            let last = match case.finished {
                finished if finished.is_nan() => januaries.len() - 1,
                // Before the base date nothing is told of it.
                finished if finished < 0.0 => continue,
                _ => ended.count().saturating_sub(1),
            };
            for year in &mut by_year[first..=last.max(first)] {
                year.push(case);
            }
        }
        Self {
            future,
            process,
            by_year,
        }
    }

    pub(super) fn of_year(&self, year: usize) -> OfYear {
        let timeline = self.future.timeline;
        let (from, until) = (timeline.january(year), timeline.january(year + 1));
        let within = |day: f32| (from..until).contains(&f64::from(day));
        let cases = || self.by_year[year].iter().copied();
        let children = |holds: &dyn Fn(&&Case) -> bool| {
            let held = cases().filter(holds);
            held.map(|case| self.child(case)).collect()
        };
        let number = |days: &dyn Fn(&Case) -> [f32; 2]| -> [f64; 3] {
            let mut sums = [0.0; 3];
            for case in cases() {
                for (sum, day) in sums.iter_mut().zip(days(case)) {
                    *sum += f64::from(u8::from(within(day)));
                }
            }
            sums
        };
        let mut appeals = number(&|case| case.appealed);
        appeals[2] = self.other_appeals(year, from, until);
        let plans: Vec<(f64, bool)> = cases()
            .filter(|case| case.ended == Ended::Plan && within(case.finished))
            .map(|case| (case.weeks_to_plan(), self.has_exception(case)))
            .collect();
        OfYear {
            requests: children(&|case| within(case.requested)),
            refused: children(&|case| case.decision == Decision::Refused && within(case.decided)),
            assessed: children(&|case| within(case.advice_done)),
            mediations: number(&|case| case.mediated),
            appeals,
            plans: of_plans(&plans),
            teams: Team::ALL.map(|team| self.of_team(team, year)),
        }
    }

    /// Whether an exception to the 20 weeks applies to the plan of a case.
    fn has_exception(&self, case: &Case) -> bool {
        let (luck_id, request) = (case.luck_id, u32::from(case.request));
        let u = self
            .future
            .luck
            .uniform(luck_id, Process::Exception, request);
        let is_in_time = case.weeks_to_plan() <= STANDARD_WEEKS;
        self.process.exceptions.has(is_in_time, u)
    }

    /// A child as the statistics show requests: at its age on the day of the request. On 1 January
    /// a third are a year older than their academic age, by 1 September all, and some two.
    fn child(&self, case: &Case) -> Child {
        let occurrence = u32::from(case.request) * BLOCKS + 2;
        let luck = self.future.luck;
        let words = luck.words(case.luck_id, Process::EhcProcess, occurrence);
        let day = f64::from(case.requested).max(0.0);
        let of_year = (day % 365.25) / 365.25;
        let older = (BORN_BEFORE_JANUARY + of_year + uniform(words[3])) as u8;
        Child {
            age: AgeGroup::of((case.age + older).min(OLDEST_AGE)),
            sex: case.sex,
            need: case.need,
        }
    }

    /// Appeals against the contents of a plan or the placement in it.
    fn other_appeals(&self, year: usize, from: f64, until: f64) -> f64 {
        let layout = self.future.layout;
        let plans = self.future.counts[layout.start(Counted::EhcPlans, year)];
        let process = self.process;
        let per_plan = process.other_appeals.between(&process.cases, from, until);
        let mean = per_plan * f64::from(plans);
        let luck = self.future.luck;
        let u = luck.uniform(OF_THE_AREA, Process::EhcProcess, year as u32);
        poisson_quantile(mean, u) as f64
    }

    fn of_team(&self, team: Team, year: usize) -> [f64; 5] {
        let timeline = self.future.timeline;
        let (from, until) = (timeline.january(year), timeline.january(year + 1));
        let staff = &self.process.staff[team.index()];
        let span = |case: &Case| match team {
            Team::Psychologists => (case.assessed_from, case.psychologist_done),
            // After a dispute about issuing a plan the wait began later, and is left out.
            Team::Officers if case.is_not_issued => (f32::NAN, f32::NAN),
            Team::Officers => (case.advice_done, case.written_from),
        };
        let waits: Vec<f64> = self.by_year[year]
            .iter()
            .map(|case| span(case))
            .filter(|(since, done)| done >= since && (from..until).contains(&f64::from(*done)))
            .map(|(since, done)| f64::from(done - since) / DAYS_PER_WEEK)
            .collect();
        let [p50, p90] = p50_and_p90(waits);
        let full_time = self.process.hours_per_week[team.index()] * WEEKS_PER_YEAR;
        let utilisation = staff
            .utilisation(from, until)
            .map_or(f64::NAN, |u| 100.0 * u);
        let in_post = staff.hours_between(from, until) / full_time;
        let needed = staff.work_between(from, until) / full_time;
        [p50, p90, utilisation, in_post, needed]
    }

    /// Where the requests in progress on a 1 January stand.
    pub(super) fn list_on_january(&self, year: usize) -> [f64; STANDS.len()] {
        let day = self.future.timeline.january(year) as f32;
        let mut list = [0.0; STANDS.len()];
        for case in &self.by_year[year] {
            if let Some(stands) = stands(case, day) {
                list[stands] += 1.0;
            }
        }
        list
    }
}

/// Where a request stands on a day: a position in [`STANDS`]. Days of what has not happened are not
/// numbers, and no comparison with them holds.
fn stands(case: &Case, day: f32) -> Option<usize> {
    if case.requested >= day || case.finished < day {
        return None;
    }
    let disputed = |about: usize| {
        let mediated = case.mediated[about] < day && day <= case.mediation_ended[about];
        mediated || (case.appealed[about] < day && day <= case.appeal_ended[about])
    };
    if disputed(0) || disputed(1) {
        return Some(5);
    }
    let is_past = |of: f32| of < day;
    match case {
        case if is_past(case.drafted) => Some(4),
        case if is_past(case.advice_done) => Some(3),
        case if is_past(case.psychologist_done) => Some(2),
        case if is_past(case.assessed_from) => Some(1),
        case if !is_past(case.decided) => Some(0),
        // Refused, and to ask again later.
        _ => None,
    }
}

/// Of plans by their weeks, and whether an exception applies to each.
fn of_plans(plans: &[(f64, bool)]) -> [f64; 6] {
    let share = |of: &dyn Fn(&(f64, bool)) -> bool, holds: &dyn Fn(&(f64, bool)) -> bool| {
        let number = plans.iter().filter(|plan| of(plan)).count();
        if number == 0 {
            return f64::NAN;
        }
        let held = plans.iter().filter(|plan| of(plan) && holds(plan)).count();
        100.0 * held as f64 / number as f64
    };
    let all = |_: &(f64, bool)| true;
    let has_exception = |plan: &(f64, bool)| plan.1;
    let is_in_time = |plan: &(f64, bool)| plan.0 <= STANDARD_WEEKS;
    let [p50, p90] = p50_and_p90(plans.iter().map(|plan| plan.0).collect());
    [
        share(&all, &is_in_time),
        share(&all, &|plan| plan.0 > WEEKS_PER_YEAR),
        p50,
        p90,
        share(&|plan| !has_exception(plan), &is_in_time),
        share(&all, &has_exception),
    ]
}
