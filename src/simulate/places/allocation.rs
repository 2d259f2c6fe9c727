//! One child asks for a place: gets one, waits, or goes elsewhere.

use super::queue::{Desk, cell};
use super::supply::on_day;
use super::{NO_GROUP, PlaceGroup, PlacePolicy, Standing};
use crate::domain::{NeedGroup, OLDEST_AGE, Overflow, PlacePhase, Provision, Setting};
use crate::parameters::Parameter;
use crate::random::{Process, uniform};
use crate::simulate::effects::CellOf;
use crate::simulate::people::pick;
use crate::simulate::run::Run;

/// Draws about a placement in a year: what a child does whom the September round leaves without a
/// place, and what decides who takes part in the round.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    Without = 0,
    TakingPart = 1,
}

const MOMENTS: u32 = 2;

impl Run<'_> {
    /// The rules of allocation, where places are finite.
    pub(super) fn policy(&self) -> Option<&PlacePolicy> {
        self.desk.supply.map(|supply| &supply.places.policy)
    }

    /// Words of luck about a child's placement at a moment of this year.
    pub(super) fn placement_words(&self, person: usize, moment: Moment) -> [u32; 4] {
        let occurrence = self.year as u32 * MOMENTS + moment as u32;
        let id = self.people[person].luck_id;
        self.luck.words(id, Process::Placement, occurrence)
    }

    /// Whether a child has a fixed trait that a share of children have: `trait_index` tells traits
    /// apart.
    pub(super) fn prefers(&self, person: usize, trait_index: usize, share: f64) -> bool {
        if share <= 0.0 {
            return false;
        }
        let id = self.people[person].luck_id;
        uniform(self.luck.words(id, Process::Preference, 0)[trait_index]) < share
    }

    /// A number of the policy for a child as the scenario has it on a day.
    pub(super) fn policy_on(
        &self,
        parameter: Parameter,
        (person, age): (usize, u8),
        value: f64,
        day: f64,
    ) -> f64 {
        let record = &self.people[person];
        let mut cell = CellOf::age(age);
        (cell.need, cell.setting) = (record.need, record.wanted);
        let hazards = self.hazards;
        on_day(
            parameter,
            &cell,
            value,
            day,
            (&hazards.effects, &hazards.timeline),
        )
    }

    /// Academic age of the school year under way.
    pub(super) fn school_age(&self, person: usize, day: f64) -> u8 {
        let is_autumn = day >= self.hazards.timeline.september(self.year);
        (self.age(person) + u8::from(is_autumn)).min(OLDEST_AGE)
    }

    /// A child whose wanted provision has just become what it is asks for it, within the year. One
    /// with a setting can wait in it.
    ///
    /// The caller has counted the child out and counts it in again.
    pub(in crate::simulate) fn ask(&mut self, person: usize, day: f64, has_setting: bool) {
        self.stop_waiting(person, day);
        let wanted = self.people[person].wanted;
        let Some(policy) = self.policy().filter(|_| Provision::of(wanted).is_some()) else {
            self.settle_where_wanted(person);
            return;
        };
        let rank = policy.ranks.in_year;
        self.apply_for(person, day, rank);
        if let Some(group) = self.place_for(person, day) {
            self.take(person, group);
        } else {
            self.wait(person, day, has_setting);
        }
    }

    /// Puts a child where it wants to be, where places are not counted.
    pub(super) fn settle_where_wanted(&mut self, person: usize) {
        self.vacate(person);
        let record = &mut self.people[person];
        record.setting = record.wanted;
        record.standing = Standing::Settled;
    }

    /// Notes when and with which rank a child asks for what it wants now.
    pub(super) fn apply_for(&mut self, person: usize, day: f64, rank: u8) {
        let record = &mut self.people[person];
        record.asked_since = day as f32;
        record.asked_for = record.wanted;
        record.rank = rank;
    }

    /// The group in which a child finds a place: one designated for its need, else one that takes
    /// it all the same, else a base of any kind if it asked for one or would accept one.
    pub(super) fn place_for(&self, person: usize, day: f64) -> Option<usize> {
        let record = &self.people[person];
        let policy = self.policy()?;
        let provision = Provision::of(record.wanted)?;
        let age = self.school_age(person, day);
        let admits = |group: &PlaceGroup| group.admits(age, record.sex);
        let is_for = |group: &PlaceGroup| group.is_for(record.need) && admits(group);
        let is_taken_by = |group: &PlaceGroup| !group.is_for(record.need) && admits(group);
        let desk = &self.desk;
        desk.first_with_room(provision, true, is_for)
            .or_else(|| {
                let takes = self.prefers(person, 1, policy.other_designation_share);
                takes
                    .then(|| desk.first_with_room(provision, false, is_taken_by))
                    .flatten()
            })
            .or_else(|| {
                if !provision.is_base() && !self.accepts_base(person, day) {
                    return None;
                }
                let mut bases = Provision::ALL.into_iter().filter(|p| p.is_base());
                bases.find_map(|base| desk.first_with_room(base, true, is_for))
            })
    }

    /// Whether a child who wants a special school would accept a base in a mainstream school.
    pub(super) fn accepts_base(&self, person: usize, day: f64) -> bool {
        if self.people[person].wanted != Setting::StateSpecial {
            return false;
        }
        let base = self
            .policy()
            .map_or(0.0, |policy| policy.base_acceptance_share);
        let child = (person, self.school_age(person, day));
        let share = self.policy_on(Parameter::BaseAcceptanceShare, child, base, day);
        self.prefers(person, 0, share)
    }

    /// Gives a child a place in a group.
    pub(super) fn take(&mut self, person: usize, group: usize) {
        self.vacate(person);
        self.desk.rolls[group] += 1;
        let record = &mut self.people[person];
        record.group = group as u8;
        record.setting = self.desk.groups()[group].provision.setting();
        record.standing = Standing::Settled;
    }

    /// Leaves a child's group, if it is in one; the place is then free for others.
    pub(in crate::simulate) fn vacate(&mut self, person: usize) {
        let record = &mut self.people[person];
        let group = std::mem::replace(&mut record.group, NO_GROUP);
        let is_directed = std::mem::take(&mut record.is_directed);
        if group == NO_GROUP {
            return;
        }
        let at = usize::from(group);
        self.desk.rolls[at] -= 1;
        if is_directed {
            self.desk.directed[at] -= 1;
        }
        let above =
            self.desk.rolls[at].saturating_sub(self.desk.limits[at] + self.desk.directed[at]);
        self.desk.left[at] = self.desk.left[at].min(above);
        self.desk.freed.push(group);
    }

    /// What a child without a place does: it goes elsewhere, or has itself directed into a place by
    /// a tribunal, or waits.
    pub(super) fn without_place(&mut self, person: usize, day: f64) -> Without {
        let Some(policy) = self.policy() else {
            return Without::Waits;
        };
        let words = self.placement_words(person, Moment::Without);
        if uniform(words[2]) < policy.directed_share && self.fitting_group(person, day).is_some() {
            let asked = f64::from(self.people[person].asked_since);
            let weeks = policy.tribunal_weeks * (LEAST_OF_WEEKS + uniform(words[3]));
            let hearing = asked + (WEEKS_TO_APPEAL + weeks) * DAYS_A_WEEK;
            return Without::Appeals(hearing);
        }
        let record = &self.people[person];
        let age = self.school_age(person, day);
        let need = NeedGroup::of(record.need).index();
        let chance = policy.overflow_chance[PlacePhase::of(age).index()][need];
        let kinds = policy.overflow_kinds[need];
        let factor = self.policy_on(
            Parameter::OverflowFactor,
            (person, age),
            policy.overflow_factor,
            day,
        );
        if uniform(words[0]) >= (chance * factor).min(1.0) {
            return Without::Waits;
        }
        let kind = pick(kinds.into_iter(), uniform(words[1]));
        Without::Goes(kind.map_or(Overflow::Independent, |kind| Overflow::ELSEWHERE[kind]))
    }

    /// Places a child elsewhere.
    pub(super) fn go_elsewhere(&mut self, person: usize, kind: Overflow) {
        self.vacate(person);
        let record = &mut self.people[person];
        record.standing = Standing::Overflow(kind);
        record.setting = kind.setting(record.wanted);
    }

    /// The first group of the type that a child wants that is for it, whether it has room or not.
    fn fitting_group(&self, person: usize, day: f64) -> Option<usize> {
        let record = &self.people[person];
        let wanted = Provision::of(record.wanted);
        let age = self.school_age(person, day);
        self.desk.groups().iter().position(|group| {
            Some(group.provision) == wanted
                && group.is_for(record.need)
                && group.admits(age, record.sex)
        })
    }

    /// Places a child by direction, above the limit if need be; whether there is such a place.
    pub(super) fn direct(&mut self, person: usize, day: f64) -> bool {
        let Some(group) = self.fitting_group(person, day) else {
            return false;
        };
        self.take(person, group);
        self.desk.directed[group] += 1;
        let record = &mut self.people[person];
        record.is_directed = true;
        record.standing = Standing::Overflow(Overflow::Directed);
        true
    }

    /// Lets a child wait: in its setting if it has one, else in the usual one of its age.
    pub(super) fn wait(&mut self, person: usize, day: f64, has_setting: bool) {
        let age = self.school_age(person, day);
        let record = &mut self.people[person];
        record.standing = Standing::Waiting;
        record.asked_since = day as f32;
        if !has_setting {
            record.setting = usual_setting(age);
        }
        self.list_as_waiting(person);
    }

    /// Puts a waiting child on the list of what it waits for.
    pub(in crate::simulate) fn list_as_waiting(&mut self, person: usize) {
        let record = &self.people[person];
        if let (true, Some(provision)) =
            (record.standing.takes_offers(), Provision::of(record.wanted))
        {
            let list = Desk::list(provision, NeedGroup::of(record.need));
            self.desk.waiting[list].push(person as u32);
        }
    }

    /// Ends a wait, if there is one: its days since the child asked, or since 1 January, are
    /// counted.
    pub(super) fn stop_waiting(&mut self, person: usize, day: f64) {
        if self.people[person].standing.is_waiting() {
            self.count_days(person, day);
            self.people[person].standing = Standing::Settled;
        }
    }

    /// Counts the days waited in this year up to a day.
    pub(super) fn count_days(&mut self, person: usize, day: f64) {
        let record = &self.people[person];
        if let Some(provision) = Provision::of(record.asked_for) {
            let asked = match record.standing {
                // Who is undecided has been without a place since the round.
                Standing::Undecided => self.last_september(day),
                _ => f64::from(record.asked_since),
            };
            let since = asked.max(self.hazards.timeline.january(self.year));
            self.desk.days[cell(provision, self.age(person), record.need)] +=
                (day - since).max(0.0);
        }
    }

    /// The last 1 September before a day, or on it.
    fn last_september(&self, day: f64) -> f64 {
        let this = self.hazards.timeline.september(self.year);
        if day >= this {
            this
        } else {
            self.september_before(this)
        }
    }

    /// The 1 September of the year before this one's.
    pub(super) fn september_before(&self, this: f64) -> f64 {
        match self.year.checked_sub(1) {
            Some(before) => self.hazards.timeline.september(before),
            None => this - SCHOOL_YEAR,
        }
    }

    /// Takes a child out of all places and lists: its plan ends here.
    pub(in crate::simulate) fn give_up_place(&mut self, person: usize, day: f64) {
        self.stop_waiting(person, day);
        self.vacate(person);
        self.people[person].standing = Standing::Settled;
    }
}

/// What a child does whom the allocation leaves without a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Without {
    /// Waits where it is.
    Waits,
    /// Waits for a hearing on a day, which directs it into a place.
    Appeals(f64),
    /// Goes elsewhere.
    Goes(Overflow),
}

/// Days from one September round to the next.
pub(super) const SCHOOL_YEAR: f64 = 365.0;
const DAYS_A_WEEK: f64 = 7.0;
/// Weeks within which a decision can be appealed: two months.
const WEEKS_TO_APPEAL: f64 = 8.0;
/// Hearings come after half to one and a half times the usual weeks.
const LEAST_OF_WEEKS: f64 = 0.5;

/// Where a child of an age is who has no place yet.
pub(super) const fn usual_setting(age: u8) -> Setting {
    match PlacePhase::of(age) {
        PlacePhase::Primary if age < RECEPTION => Setting::EarlyYears,
        PlacePhase::Primary | PlacePhase::Secondary => Setting::Mainstream,
        PlacePhase::Post16 => Setting::GeneralFe,
    }
}

/// Academic age in Reception.
pub(super) const RECEPTION: u8 = 4;
