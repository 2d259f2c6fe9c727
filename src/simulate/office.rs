//! Requests for an EHC needs assessment, and the plans that come of them.

use std::collections::BTreeSet;

use super::effects::Effects;
use super::hazards::{Hazards, cohort_of};
use super::people::{Person, Status};
use super::record::ProcessRecord;
use super::run::Run;
use super::schedule;
use super::timeline::Timeline;
use crate::domain::{AGES, PrimaryNeed, Sex};
use crate::ehc_process::{
    Case, Ended, Ending, FOLLOWS, LATE_RATIO, Office, OtherAppeals, Policy, ProcessDraw, Request,
    Staffing, Steps,
};
use crate::random::{Luck, Process, uniform};

/// Attempts at finding a child whose request is in progress on the base date.
const ATTEMPTS: u32 = 400;
/// Days after which staffing is seen to again.
const QUARTER: f64 = 91.0;

/// What a scenario makes of the process of a draw.
#[derive(Debug, Clone)]
pub(super) struct ProcessPolicy {
    policy: Policy,
    staffing: Staffing,
    /// Part of the growth of requests that staffing follows.
    follows: Steps,
    /// Requests against those of the forecast, because waits and suspensions change.
    pub(super) requests: Steps,
}

impl ProcessPolicy {
    pub(super) fn new(draw: &ProcessDraw, effects: &Effects<'_>, timeline: &Timeline) -> Self {
        let end = timeline.end();
        let stated = |path: &str, day: f64, value: f64| {
            effects.apply_stated(path, timeline, day.min(end - 1.0), value)
        };
        let follows = if effects.change_stated() {
            let weeks = (end / 7.0).ceil() as usize;
            let of_week = |week: usize| stated(FOLLOWS, 7.0 * week as f64, draw.follows);
            Steps::Weekly {
                first_day: 0.0,
                values: (0..weeks).map(of_week).collect(),
            }
        } else {
            Steps::Constant(draw.follows)
        };
        if effects.change_stated() {
            return Self {
                requests: draw.request_level(end, &stated),
                follows,
                policy: draw.policy(end, Some(&stated)),
                staffing: draw.staffing(end, &stated),
            };
        }
        Self {
            requests: Steps::Constant(1.0),
            follows,
            policy: draw.policy(end, None),
            staffing: draw.staffing(end, &|_, _, value| value),
        }
    }

    /// The office on the base date.
    pub(super) fn office<'a>(&self, draw: &'a ProcessDraw, luck: &Luck) -> Office<'a> {
        draw.office(&self.policy, &self.staffing, luck)
    }
}

impl<'a> Run<'a> {
    /// The office on the base date, with its requests in progress.
    pub(super) fn open_office(hazards: &'a Hazards<'a>, luck: &Luck) -> Option<Office<'a>> {
        let draw = hazards.rates.process.as_deref()?;
        let policy = hazards.process.as_ref()?;
        Some(policy.office(draw, luck))
    }

    /// Says whose the requests in progress on the base date are: children without a plan, as likely
    /// as their rates of joining say. Returns their positions among the starting people.
    pub(super) fn give_out_requests(&mut self, start: &[Person]) -> Vec<(usize, u32)> {
        let (Some(office), Some(draw)) = (&self.office, &self.hazards.rates.process) else {
            return Vec::new();
        };
        let mut by_age: Vec<Vec<u32>> = vec![Vec::new(); AGES];
        for (position, person) in start.iter().enumerate() {
            if matches!(person.status, Status::NoSen | Status::Support) {
                let age = usize::from(cohort_of(0, 0) as u8 - person.cohort);
                by_age[age].push(position as u32);
            }
        }
        let mut taken = BTreeSet::new();
        let mut given = Vec::new();
        for (number, case) in office.cases().iter().enumerate() {
            if case.ended != Ended::NotYet {
                continue;
            }
            // Of the age of the request, and a year older for each 1 January since.
            let years = draw.januaries_since(f64::from(case.requested));
            let age = (usize::from(case.age) + years).min(AGES - 1);
            if let Some(position) = self.find(start, &by_age[age], age, case.luck_id, &taken) {
                taken.insert(position);
                given.push((position as usize, number as u32));
            }
        }
        given.sort_unstable();
        given
    }

    /// A child of an age at risk of joining, by rejection.
    fn find(
        &self,
        start: &[Person],
        of_age: &[u32],
        age: usize,
        luck_id: u32,
        taken: &BTreeSet<u32>,
    ) -> Option<u32> {
        let rates = self.hazards.rates;
        let rate = |sex: Sex, need: PrimaryNeed, status: Status| {
            let ratio = match status {
                Status::Support => rates.support_ratio,
                _ => 1.0,
            };
            rates.joining.at([age, sex.index(), need.index()]) * ratio
        };
        let cells = Sex::ALL
            .into_iter()
            .flat_map(|sex| PrimaryNeed::ALL.map(|need| rate(sex, need, Status::Support)));
        let greatest = cells.fold(0.0, f64::max);
        let mut last = None;
        for attempt in 0..ATTEMPTS {
            let words = self.luck.words(luck_id, Process::InProgress, attempt);
            let index = (uniform(words[0]) * of_age.len() as f64) as usize;
            let position = *of_age.get(index)?;
            if taken.contains(&position) {
                continue;
            }
            last = Some(position);
            let person = &start[position as usize];
            let need = match person.status {
                Status::NoSen => {
                    let first = person.first_words(self.luck);
                    self.latent_needs
                        .at(person.sex, age as u8, uniform(first[0]))
                }
                _ => person.need,
            };
            if uniform(words[1]) * greatest < rate(person.sex, need, person.status) {
                break;
            }
        }
        last
    }

    /// Notes whose a request in progress is.
    pub(super) fn settle_request(&mut self, person: usize, case: u32) {
        self.people[person].in_process = true;
        if let Some(office) = &mut self.office {
            let Person { sex, need, .. } = self.people[person];
            let case = office.case_mut(case);
            case.person = person as u32;
            case.sex = sex;
            case.need = need;
        }
    }

    /// The child's family or school asks for an assessment.
    pub(super) fn request(&mut self, person: usize, day: f64) {
        let age = self.age(person);
        let record = &mut self.people[person];
        record.in_process = true;
        record.joining_used = 0.0;
        record.ending_used = 0.0;
        let request = Request {
            day,
            luck_id: record.luck_id,
            person: person as u32,
            earlier: u16::from(record.requests),
            age,
            sex: record.sex,
            need: record.need,
        };
        record.requests = record.requests.saturating_add(1);
        if let Some(office) = &mut self.office {
            office.advance(day);
            office.receive(&request);
        }
    }

    /// The office's work up to the start of a day: plans start, families learn that there is none.
    pub(super) fn start_day_in_office(&mut self, day: f64) {
        let Some(office) = &mut self.office else {
            return;
        };
        office.advance(day);
        if let (Some(policy), Some(draw)) = (&self.hazards.process, &self.hazards.rates.process)
            && day > 0.0
            && (day % QUARTER) < 1.0
        {
            let follows = policy.follows.at(day);
            office.follow(day, draw.expected_in_year_to(day), follows);
        }
        let mut endings = std::mem::take(&mut self.endings);
        office.take_endings(&mut endings);
        for (_, case, ending) in endings.drain(..) {
            let Some(office) = &mut self.office else {
                break;
            };
            let Case { person, .. } = *office.case_mut(case);
            let person = person as usize;
            if person >= self.people.len() || !self.people[person].in_process {
                continue;
            }
            if let Some(record) = &mut self.live.record {
                record.day = day;
            }
            schedule::use_up(&mut self.people[person], day, self.hazards);
            self.people[person].in_process = false;
            let is_here =
                self.people[person].status != Status::Away && self.is_young_enough(person);
            if !is_here {
                continue;
            }
            match ending {
                Ending::Plan => {
                    self.live.leave(&self.people[person]);
                    self.join(person, day);
                    self.live.enter(&self.people[person]);
                }
                Ending::NoPlan => {}
                Ending::AsksAgain => self.request(person, day),
            }
            self.schedule(person, day);
            self.offer_freed(day);
        }
        self.endings = endings;
    }

    /// What the companion models are told of the process.
    pub(super) fn close_office(&mut self) {
        let parts = (self.office.take(), &self.hazards.rates.process);
        if let ((Some(mut office), Some(draw)), Some(record)) = (parts, &mut self.live.record) {
            let lists = office.take_lists();
            let (cases, staff) = office.close();
            let (effects, timeline) = (&self.hazards.effects, &self.hazards.timeline);
            let usual = draw.other_appeals.late_ratio;
            let late_ratio = effects.apply_stated(LATE_RATIO, timeline, 0.0, usual);
            record.process = Some(ProcessRecord {
                cases,
                staff,
                hours_per_week: draw.hours_per_week,
                other_appeals: OtherAppeals {
                    late_ratio,
                    ..draw.other_appeals
                },
                reviews: draw.reviews,
                exceptions: draw.settings.exceptions,
                lists,
            });
        }
    }
}
