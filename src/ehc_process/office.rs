//! The office through which requests go, case by case.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::case::{Case, Decision, Ended};
use super::delay::Delay;
use super::lists::{Lists, Stage};
use super::policy::Policy;
use super::settings::Settings;
use super::staff::{Staff, Staffing, Team};
use crate::domain::{DAYS_PER_YEAR, PrimaryNeed, Sex};
use crate::random::{Luck, Process, uniform};

/// Days between two meetings of the panel.
const PANEL_EVERY: f64 = 7.0;
/// Parts of a day that tell steps apart.
pub(super) const TICKS: f64 = 65_536.0;
/// How much the work on a case differs [coefficient of variation].
const SPREAD_OF_WORK: f64 = 0.4;
/// Blocks of luck of one request.
const BLOCKS: u32 = 8;

/// A request as it comes in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request {
    /// Days since the base date.
    pub day: f64,
    /// Address of luck.
    pub luck_id: u32,
    /// Position among the simulated people.
    pub person: u32,
    /// Requests of the same child before.
    pub earlier: u16,
    /// Academic age.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
}

/// How a case leaves the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The plan starts.
    Plan,
    /// No plan, and no dispute goes on.
    NoPlan,
    /// The family, refused, asks again now.
    AsksAgain,
}

/// What is to be done next with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Decide,
    Assess,
    Draft,
    Rewrite,
    Issue,
    AskAgain,
    Close,
}

/// Requests in progress, and all that were.
#[derive(Debug, Clone)]
pub struct Office<'a> {
    pub(super) settings: &'a Settings,
    pub(super) policy: Policy,
    luck: Luck,
    pub(super) staff: [Staff; Team::COUNT],
    pub(super) cases: Vec<Case>,
    /// Work on one case against the average.
    pub(super) work: Delay,
    agenda: BinaryHeap<Reverse<(i64, u32, Step)>>,
    endings: Vec<(f64, u32, Ending)>,
    /// The lists, where they are watched.
    lists: Option<Box<Lists>>,
}

impl<'a> Office<'a> {
    /// An office at work under the luck of a run.
    pub fn new(settings: &'a Settings, policy: Policy, staffing: Staffing, luck: Luck) -> Self {
        let Staffing { hours, backlog } = staffing;
        let [first, second] = hours;
        Self {
            settings,
            policy,
            luck,
            staff: [
                Staff::new(first, backlog[0]),
                Staff::new(second, backlog[1]),
            ],
            cases: Vec::new(),
            work: Delay::with_mean(1.0, SPREAD_OF_WORK),
            agenda: BinaryHeap::new(),
            endings: Vec::new(),
            lists: None,
        }
    }

    /// The same with an account of its lists.
    #[must_use]
    pub fn watched(self) -> Self {
        Self {
            lists: Some(Box::default()),
            ..self
        }
    }

    /// The account of the lists, where they are watched.
    pub fn take_lists(&mut self) -> Option<Box<Lists>> {
        self.lists.take()
    }

    /// Somebody comes on a list.
    pub(super) fn comes(&mut self, stage: Stage, day: f64) {
        if let Some(lists) = &mut self.lists {
            lists.comes(stage, day);
        }
    }

    /// Somebody goes off a list.
    pub(super) fn goes(&mut self, stage: Stage, day: f64) {
        if let Some(lists) = &mut self.lists {
            lists.goes(stage, day);
        }
    }

    /// Every case so far.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// A case, to say whose it is.
    pub fn case_mut(&mut self, case: u32) -> &mut Case {
        &mut self.cases[case as usize]
    }

    /// Staffing follows requests: from a day on the teams have so many times the hours that were
    /// expected, as there were requests in the year before against those that were expected.
    pub fn follow(&mut self, day: f64, expected: f64, follows: f64) {
        let year_before = (day - DAYS_PER_YEAR) as f32..day as f32;
        let cases = self.cases.iter().rev();
        let came = cases.take_while(|case| case.requested >= year_before.start);
        let came = came
            .filter(|case| year_before.contains(&case.requested))
            .count();
        if expected <= 0.0 {
            return;
        }
        let ratio = (came as f64 / expected).clamp(0.25, 4.0);
        let times = 1.0 + follows * (ratio - 1.0);
        for staff in &mut self.staff {
            staff.follow(day, times);
        }
    }

    /// Every case and the teams, at the end.
    pub fn close(self) -> (Vec<Case>, [Staff; Team::COUNT]) {
        (self.cases, self.staff)
    }

    /// A team at work.
    pub const fn staff(&self, team: Team) -> &Staff {
        &self.staff[team.index()]
    }

    /// Takes a request in.
    pub fn receive(&mut self, request: &Request) {
        let number = self.cases.len() as u32;
        let none = f32::NAN;
        self.cases.push(Case {
            luck_id: request.luck_id,
            person: request.person,
            request: request.earlier,
            age: request.age,
            sex: request.sex,
            need: request.need,
            decision: Decision::Pending,
            ended: Ended::NotYet,
            is_not_issued: false,
            requested: request.day as f32,
            clock: request.day as f32,
            decided: none,
            assessed_from: none,
            psychologist_done: none,
            advice_done: none,
            written_from: none,
            drafted: none,
            mediated: [none; 2],
            mediation_ended: [none; 2],
            appealed: [none; 2],
            appeal_ended: [none; 2],
            not_issued: none,
            finished: none,
        });
        self.comes(Stage::Whole, request.day);
        self.comes(Stage::Decision, request.day);
        let words = self.words(number, 0);
        let delay = self.settings.decision.at(uniform(words[0]));
        let ready = request.day + delay * self.policy.decision_time.at(request.day);
        let panel = (ready / PANEL_EVERY).ceil() * PANEL_EVERY;
        self.plan(panel, number, Step::Decide);
    }

    /// Carries out everything up to a day. Steps happen in the order of (time, case).
    pub fn advance(&mut self, until: f64) {
        let until = ticks(until);
        while let Some(&Reverse((time, case, step))) = self.agenda.peek() {
            if time > until {
                break;
            }
            self.agenda.pop();
            self.carry_out(time as f64 / TICKS, case, step);
        }
    }

    /// Moves what has ended since the last time to a list: day, case, how.
    pub fn take_endings(&mut self, into: &mut Vec<(f64, u32, Ending)>) {
        into.append(&mut self.endings);
    }

    /// Four words of luck of a case.
    pub(super) fn words(&self, case: u32, block: u32) -> [u32; 4] {
        let Case {
            luck_id, request, ..
        } = self.cases[case as usize];
        let occurrence = u32::from(request) * BLOCKS + block;
        self.luck.words(luck_id, Process::EhcProcess, occurrence)
    }

    /// Puts a step of a case on the agenda; what never comes is left out.
    pub(super) fn plan(&mut self, day: f64, case: u32, step: Step) {
        if day.is_finite() {
            self.agenda.push(Reverse((ticks(day), case, step)));
        }
    }

    fn carry_out(&mut self, day: f64, case: u32, step: Step) {
        match step {
            Step::Decide => self.decide(day, case),
            Step::Assess => self.assess(day, case),
            Step::Draft => self.draft(day, case),
            Step::Rewrite => self.rewrite(day, case),
            Step::Issue => self.end(day, case, Ended::Plan, Ending::Plan),
            Step::AskAgain => self.end(day, case, Ended::NoPlan, Ending::AsksAgain),
            Step::Close => self.end(day, case, Ended::NoPlan, Ending::NoPlan),
        }
    }

    fn end(&mut self, day: f64, case: u32, ended: Ended, ending: Ending) {
        let record = &mut self.cases[case as usize];
        record.ended = ended;
        record.finished = day as f32;
        if ended == Ended::Plan {
            self.goes(Stage::Consultation, day);
        }
        self.goes(Stage::Whole, day);
        self.endings.push((day, case, ending));
    }
}

fn ticks(day: f64) -> i64 {
    (day * TICKS).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AGES;
    use crate::ehc_process::{Dispute, Exceptions, Hours, NOBODY, Shares};

    fn settings() -> Settings {
        let day = |weeks: f64| Delay::with_mean(7.0 * weeks, 0.5);
        let dispute = Dispute {
            mediated: 0.2,
            appealed: 0.2,
        };
        Settings {
            shares: Shares {
                withdrawn: 0.02,
                refused: [0.3; AGES],
                not_issued: 0.1,
                after_refusal: dispute,
                after_no_plan: dispute,
                settled: 0.7,
                appeal_withdrawn: 0.25,
                conceded: 0.3,
                won: 0.98,
            },
            decision: day(5.0),
            other_advice: day(6.0),
            psychologist: day(4.0),
            goes_first: 0.2,
            consultation: day(5.0),
            mediation: day(7.0),
            appeal: Delay::with_median(250.0, 0.4),
            ends_early_after: 0.6,
            psychologist_hours: 17.4,
            officer_hours: 11.3,
            rewritten: 0.15,
            rewriting: 0.4,
            comes_back: 0.3,
            back_after: day(26.0),
            exceptions: Exceptions {
                in_time: 0.05,
                late: 0.07,
            },
        }
    }

    fn office(settings: &Settings, policy: Policy) -> Office<'_> {
        let hours = |weekly: f64| Hours::new(0.0, std::iter::repeat_n(weekly, 1_000));
        let staffing = Staffing {
            hours: [hours(250.0), hours(200.0)],
            backlog: [0.0; 2],
        };
        Office::new(settings, policy, staffing, Luck::new(1, 0))
    }

    /// Ten requests a week over ten years.
    fn send(office: &mut Office<'_>) -> u32 {
        let requests = 5_218;
        for number in 0..requests {
            office.receive(&Request {
                day: 0.7 * f64::from(number),
                luck_id: number,
                person: NOBODY,
                earlier: 0,
                age: 8,
                sex: Sex::Female,
                need: PrimaryNeed::Slcn,
            });
        }
        requests
    }

    fn share_of(cases: &[Case], holds: impl Fn(&Case) -> bool) -> f64 {
        cases.iter().filter(|case| holds(case)).count() as f64 / cases.len() as f64
    }

    #[test]
    fn every_request_ends_once_and_steps_follow_one_another() {
        let settings = settings();
        let mut office = office(&settings, Policy::UNCHANGED);
        let requests = send(&mut office);
        let mut endings = Vec::new();
        for day in (0..6_900).step_by(10) {
            office.advance(f64::from(day));
            office.take_endings(&mut endings);
        }
        assert_eq!(endings.len(), requests as usize, "all are through");
        let mut seen: Vec<u32> = endings.iter().map(|(_, case, _)| *case).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), requests as usize);
        for case in office.cases() {
            assert!(case.decided >= case.requested);
            if case.ended == Ended::Plan {
                assert!(case.assessed_from >= case.decided);
                assert!(case.psychologist_done >= case.assessed_from);
                assert!(case.advice_done >= case.psychologist_done);
                assert!(case.drafted >= case.advice_done);
                assert!(case.finished >= case.drafted);
                assert!(case.clock >= case.requested);
            }
        }
        // The shares are those of the closed form, within three standard errors.
        let plans = share_of(office.cases(), |case| case.ended == Ended::Plan);
        let expected = settings.shares.plan(8);
        assert!((plans - expected).abs() < 0.02, "{plans} {expected}");
        let assessed = share_of(office.cases(), |case| case.assessed_from.is_finite());
        assert!((assessed - settings.shares.assessed(8)).abs() < 0.02);
    }

    #[test]
    fn a_higher_threshold_refuses_all_whom_a_lower_one_refused() {
        let settings = settings();
        let strict = Policy {
            refused: super::super::policy::Steps::Constant(1.5),
            ..Policy::UNCHANGED
        };
        let [usual, strict] = [Policy::UNCHANGED, strict].map(|policy| {
            let mut office = office(&settings, policy);
            send(&mut office);
            office.advance(5_000.0);
            office.cases().to_vec()
        });
        let mut more = 0;
        for (usual, strict) in usual.iter().zip(&strict) {
            let is_refused = |case: &Case| case.decision == Decision::Refused;
            assert!(!is_refused(usual) || is_refused(strict));
            more += i32::from(is_refused(strict) && !is_refused(usual));
        }
        assert!(more > 600, "{more}");
    }
}
