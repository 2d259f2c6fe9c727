//! What happens to one person: a plan starts or ceases, a move, another need.

use super::people::{Found, NextChange, Status, pick};
use super::run::Run;
use super::{schedule, without_plan};
use crate::domain::{CeaseReason, PrimaryNeed, published_ages};
use crate::parameters::Parameter;
use crate::random::{Process, uniform};
use crate::summarise::Counted;

impl Run<'_> {
    pub(super) fn move_setting(&mut self, person: usize, day: f64) {
        let record = &self.people[person];
        let (Status::Plan, Some(to)) = (record.status, record.moving_to) else {
            return;
        };
        self.live.leave(&self.people[person]);
        schedule::use_up(&mut self.people[person], day, self.hazards);
        self.people[person].moving_to = None;
        self.people[person].wanted = to;
        if !self.asks_in_round(person, day) {
            self.ask(person, day, true);
        }
        self.live.enter(&self.people[person]);
        self.schedule(person, day);
    }

    pub(super) fn recode(&mut self, person: usize) {
        let record = &self.people[person];
        let (Status::Plan, Some(to)) = (record.status, record.recode_to) else {
            return;
        };
        self.live.leave(&self.people[person]);
        self.people[person].need = to;
        self.people[person].recode_to = None;
        self.list_as_waiting(person);
        self.live.enter(&self.people[person]);
    }

    pub(super) fn change_status(&mut self, person: usize, day: f64) {
        let next = self.people[person].next_change;
        // Nobody asks again what those who go away have used up.
        if !matches!(next, NextChange::MoveOut | NextChange::Die) {
            schedule::use_up(&mut self.people[person], day, self.hazards);
        }
        self.live.leave(&self.people[person]);
        match next {
            NextChange::Join if self.office.is_some() => self.request(person, day),
            NextChange::Join => self.join(person, day),
            NextChange::EnterSupport
            | NextChange::NeedSupport
            | NextChange::FindEarly
            | NextChange::FindLate
            | NextChange::ExitSupport => {
                let record = &mut self.people[person];
                without_plan::change_support(record, day, self.hazards, self.luck);
            }
            // Those without a plan were booked to leave when it was scheduled, unless a request was
            // in progress.
            NextChange::MoveOut if self.people[person].status != Status::Plan => {
                self.people[person].status = Status::Away;
            }
            NextChange::MoveOut => {
                self.count(Counted::PlansMovedOut, person, CeaseReason::Transfer);
                self.give_up_place(person, day);
                self.people[person].status = Status::Away;
            }
            NextChange::Die => {
                self.count(Counted::PlansCeased, person, CeaseReason::Deceased);
                self.give_up_place(person, day);
                self.people[person].status = Status::Away;
            }
            NextChange::Cease => {
                let reason = self.cease_reason(person, day);
                self.count(Counted::PlansCeased, person, reason);
                self.give_up_place(person, day);
                self.people[person].return_without_sen();
                if reason == CeaseReason::SupportPlan {
                    self.people[person].status = Status::Support;
                }
            }
            NextChange::ReachMaximumAge => {
                self.count(Counted::PlansCeased, person, CeaseReason::MaximumAge);
                self.give_up_place(person, day);
                self.people[person].return_without_sen();
            }
        }
        self.live.enter(&self.people[person]);
        if self.people[person].status != Status::Away {
            self.schedule(person, day);
        }
    }

    /// Starts a plan: the need is the child's own (assessed now where it never was), the setting
    /// drawn from the first settings of the age and need.
    pub(super) fn join(&mut self, person: usize, day: f64) {
        schedule::end_stay(&mut self.people[person], day, self.hazards);
        let record = &self.people[person];
        let words = self.luck.words(
            record.luck_id,
            Process::Joining,
            u32::from(record.plans_started),
        );
        let age = usize::from(self.age(person));
        let need = if record.need == PrimaryNeed::Nsa {
            let shares = (0..PrimaryNeed::COUNT)
                .map(|need| self.hazards.rates.unassessed_need.at([age, need]));
            pick(shares, uniform(words[2])).map_or(PrimaryNeed::Oth, |n| PrimaryNeed::ALL[n])
        } else {
            record.need
        };
        let setting = schedule::first_setting(self.hazards, age as u8, need, day, words[1]);
        let record = &mut self.people[person];
        record.need = need;
        record.wanted = setting;
        record.status = Status::Plan;
        record.plans_started = record.plans_started.saturating_add(1);
        record.ending_used = 0.0;
        record.joining_used = 0.0;
        record.found = Found::InTime;
        record.moving_to = None;
        record.recode_to = None;
        self.note_new_plan(person, day);
        self.ask(person, day, false);
        let [(younger, share), (older, _)] = published_ages(age as u8);
        let shown = if uniform(words[3]) < share {
            younger
        } else {
            older
        };
        self.count_at(Counted::NewPlans, person, shown, CeaseReason::Other);
        self.list(person);
    }

    fn cease_reason(&self, person: usize, day: f64) -> CeaseReason {
        let record = &self.people[person];
        let segment = self.hazards.timeline.segment_at(day);
        let segment = &self.hazards.timeline.segments()[segment];
        let mut cell = super::effects::CellOf::age(self.age(person));
        cell.setting = record.wanted;
        let weights = CeaseReason::ALL.map(|reason| {
            if reason.is_move_out() || reason == CeaseReason::Deceased {
                return 0.0;
            }
            cell.reason = reason;
            let at = [usize::from(cell.age), reason.index(), record.wanted.index()];
            let rate = self.hazards.rates.ceasing.at(at);
            self.hazards.effects.apply(
                Parameter::CeasingRate,
                &cell,
                &self.hazards.timeline,
                segment,
                rate,
            )
        });
        let occurrence = u32::from(record.plans_started);
        let word = self
            .luck
            .words(record.luck_id, Process::Ceasing, occurrence)[1];
        pick(weights.iter().copied(), uniform(word))
            .map_or(CeaseReason::Other, |index| CeaseReason::ALL[index])
    }
}
