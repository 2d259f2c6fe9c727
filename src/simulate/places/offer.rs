//! Places that come free are offered to those who wait.

use super::queue::Desk;
use crate::domain::{NeedGroup, Provision};
use crate::simulate::run::Run;

impl Run<'_> {
    /// Offers places that have come free to those who wait, the first in rank first.
    pub(in crate::simulate) fn offer_freed(&mut self, day: f64) {
        while let Some(group) = self.desk.freed.pop() {
            while let Some(person) = self.next_for(usize::from(group), day) {
                self.live.leave(&self.people[person]);
                self.stop_waiting(person, day);
                self.take(person, usize::from(group));
                self.live.enter(&self.people[person]);
            }
        }
    }

    /// Who is next for a group with room.
    fn next_for(&mut self, group: usize, day: f64) -> Option<usize> {
        if !self.desk.has_room(group, true) {
            return None;
        }
        let groups = self.desk.groups();
        let (provision, takes_others) = (groups[group].provision, self.desk.has_room(group, false));
        let mut best: Option<(Order, usize)> = None;
        for need in NeedGroup::ALL {
            let is_for = need.needs().any(|need| groups[group].is_for(need));
            if is_for || takes_others {
                self.best_of(Desk::list(provision, need), group, day, &mut best);
            }
            if is_for && provision.is_base() {
                for other in Provision::ALL.into_iter().filter(|p| *p != provision) {
                    self.best_of(Desk::list(other, need), group, day, &mut best);
                }
            }
        }
        best.map(|(_, person)| person)
    }

    fn best_of(&mut self, list: usize, group: usize, day: f64, best: &mut Option<(Order, usize)>) {
        let mut waiting = std::mem::take(&mut self.desk.waiting[list]);
        waiting.retain(|&person| self.is_listed_in(person as usize, list));
        for &person in &waiting {
            let person = person as usize;
            let order = self.order(person);
            if best.is_none_or(|(first, _)| order < first) && self.may_take(person, group, day) {
                *best = Some((order, person));
            }
        }
        self.desk.waiting[list] = waiting;
    }

    fn is_listed_in(&self, person: usize, list: usize) -> bool {
        let record = &self.people[person];
        let own = Provision::of(record.wanted)
            .map(|provision| Desk::list(provision, NeedGroup::of(record.need)));
        record.standing.takes_offers() && own == Some(list)
    }

    /// Whether a waiting child may take a place in a group that has room.
    fn may_take(&self, person: usize, group: usize, day: f64) -> bool {
        let record = &self.people[person];
        let group_of = &self.desk.groups()[group];
        if !group_of.admits(self.school_age(person, day), record.sex) {
            return false;
        }
        let is_designated = group_of.is_for(record.need);
        if group_of.provision.setting() != record.wanted {
            let wants_base = Provision::of(record.wanted).is_some_and(Provision::is_base);
            return is_designated && (wants_base || self.accepts_base(person, day));
        }
        let others = self
            .policy()
            .map_or(0.0, |policy| policy.other_designation_share);
        is_designated || (self.desk.has_room(group, false) && self.prefers(person, 1, others))
    }

    /// Who goes first.
    pub(super) fn order(&self, person: usize) -> Order {
        let record = &self.people[person];
        Order {
            rank: record.rank,
            asked_since: (record.asked_since * SECONDS) as i64,
            luck_id: record.luck_id,
        }
    }
}

const SECONDS: f32 = 86_400.0;

/// Order of those who ask: rank, then time of asking, then address of luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    rank: u8,
    asked_since: i64,
    luck_id: u32,
}
