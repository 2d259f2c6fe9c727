//! The September round: places change hands with the school year.

use super::allocation::{Moment, RECEPTION, SCHOOL_YEAR, Without, usual_setting};
use super::supply::on_day;
use super::transfer::is_phase_start;
use super::{NO_GROUP, Standing};
use crate::domain::{Overflow, PlacePhase, Setting};
use crate::parameters::Parameter;
use crate::random::uniform;
use crate::simulate::effects::CellOf;
use crate::simulate::event_queue::{Event, EventKind};
use crate::simulate::people::{NewPlan, Status};
use crate::simulate::run::Run;
use crate::summarise::Counted;

impl Run<'_> {
    /// Schedules the round and the openings of a year.
    pub(in crate::simulate) fn plan_places(&mut self, year: usize) {
        let timeline = &self.hazards.timeline;
        let (start, end) = (timeline.january(year), timeline.january(year + 1));
        let september = timeline.september(year);
        self.queue
            .push(Event::new(september, EventKind::PlaceRound, 0, 0));
        let Some(supply) = self.desk.supply else {
            return;
        };
        for day in supply.days_of_change(timeline) {
            if (start..end).contains(&day) {
                self.queue
                    .push(Event::new(day, EventKind::PlacesChange, 0, 0));
            }
        }
        self.refresh_places(start);
    }

    /// Brings the number of places of every group up to a day, and offers what is new.
    pub(in crate::simulate) fn change_places(&mut self, day: f64) {
        self.refresh_places(day);
        self.desk.freed = (0..self.desk.rolls.len() as u8).collect();
    }

    pub(super) fn refresh_places(&mut self, day: f64) {
        let Some(supply) = self.desk.supply else {
            return;
        };
        let hazards = self.hazards;
        for (at, group) in supply.groups.iter().enumerate() {
            let mut cell = CellOf::age(group.ages.0);
            cell.setting = group.provision.setting();
            let tolerance = on_day(
                Parameter::OverFillTolerance,
                &cell,
                supply.places.policy.over_fill_tolerance,
                day,
                (&hazards.effects, &hazards.timeline),
            );
            let places = group.places_on(day);
            let limit = (f64::from(places) * (1.0 + tolerance)).floor() as u32;
            let desk = &mut self.desk;
            if limit < desk.limits[at] {
                desk.left[at] = desk.rolls[at].saturating_sub(limit + desk.directed[at]);
            }
            (desk.places[at], desk.limits[at]) = (places, limit);
        }
    }

    /// Whether a child who moves at this moment waits for the round to be placed.
    pub(in crate::simulate) fn asks_in_round(&mut self, person: usize, day: f64) -> bool {
        let is_september = day >= self.hazards.timeline.september(self.year)
            && day < self.hazards.timeline.september(self.year) + MOMENT;
        let wanted = self.people[person].wanted;
        if !is_september
            || self.policy().is_none()
            || crate::domain::Provision::of(wanted).is_none()
        {
            return false;
        }
        self.stop_waiting(person, day);
        let rank = self
            .policy()
            .map_or(0, |policy| policy.ranks.phase_transfer);
        self.ask_for_phase(person, day, rank);
        self.people[person].standing = Standing::Asking;
        self.desk.asking.push(person as u32);
        true
    }

    /// Places everyone who asks on 1 September, in order of rank: phase transfers, children whose
    /// place ends with their age, those who wait, those who come back from elsewhere.
    ///
    /// Where every child finds a place there is nothing to do but to count.
    pub(in crate::simulate) fn hold_round(&mut self, day: f64) {
        if self.desk.supply.is_some() {
            self.allocate(day);
        }
        self.count_places(2 * self.year + 1, day);
    }

    fn allocate(&mut self, day: f64) {
        self.refresh_places(day);
        let holders = std::mem::take(self.plan_holders);
        for &person in &holders {
            if self.people[person as usize].status == Status::Plan {
                self.enter_round(person as usize, day);
            }
        }
        *self.plan_holders = holders;
        self.desk.freed.clear();
        let mut asking = std::mem::take(&mut self.desk.asking);
        asking.sort_by_key(|&person| self.order(person as usize));
        for &person in &asking {
            self.place_in_round(person as usize, day);
        }
        asking.clear();
        self.desk.asking = asking;
        self.desk.freed = (0..self.desk.rolls.len() as u8).collect();
        self.offer_freed(day);
    }

    /// Decides whether a child takes part in the round; a place that ends with its age is free.
    fn enter_round(&mut self, person: usize, day: f64) {
        let age = self.school_age(person, day);
        if is_phase_start(age) {
            self.count_transfer(person, day);
        }
        let record = self.people[person];
        let group = usize::from(record.group);
        let ends = record.group != NO_GROUP && !self.desk.groups()[group].admits(age, record.sex);
        if ends {
            self.vacate(person);
            self.people[person].lost_place = true;
        }
        match record.standing {
            Standing::Waiting | Standing::Appealing => self.desk.asking.push(person as u32),
            Standing::Settled | Standing::Overflow(Overflow::Directed) if ends => {
                let ranks = self.policy().map(|policy| policy.ranks);
                let rank = ranks.map_or(0, |ranks| ranks.leaving_a_place);
                self.ask_for_phase(person, day, rank);
                self.desk.asking.push(person as u32);
            }
            Standing::Overflow(_) if is_phase_start(age) && self.returns(person, day) => {
                let rank = self.policy().map_or(0, |policy| policy.ranks.returning);
                self.apply_for(person, day, rank);
                self.desk.asking.push(person as u32);
            }
            Standing::Asking | Standing::Settled | Standing::Undecided | Standing::Overflow(_) => {}
        }
        self.people[person].new_plan = NewPlan::No;
    }

    fn place_in_round(&mut self, person: usize, day: f64) {
        self.live.leave(&self.people[person]);
        let standing = self.people[person].standing;
        let lost = std::mem::take(&mut self.people[person].lost_place);
        let comes_back = matches!(standing, Standing::Overflow(_)) && !lost;
        if f64::from(self.people[person].asked_since) > day {
            self.stay_undecided(person, day, lost);
        } else if let Some(group) = self.place_for(person, day) {
            self.stop_waiting(person, day);
            self.take(person, group);
        } else if !comes_back {
            self.go_without(person, day, lost);
        }
        self.live.enter(&self.people[person]);
    }

    /// A phase transfer that is not decided by 1 September: the child stays where it is, or goes
    /// where children of its age are, and is placed when it is decided.
    fn stay_undecided(&mut self, person: usize, day: f64, lost_place: bool) {
        self.count_of_transfer(Counted::UnresolvedInSeptember, person, day);
        let decision = f64::from(self.people[person].asked_since);
        self.await_decision(person, Standing::Undecided, decision);
        if lost_place {
            self.people[person].setting = usual_setting(self.school_age(person, day));
        }
        self.grow_out_of_setting(person, day);
    }

    /// A child stands as it does until a decision, which comes before the next round.
    fn await_decision(&mut self, person: usize, standing: Standing, decision: f64) {
        self.people[person].standing = standing;
        let event = Event::new(decision, EventKind::PlaceDecision, person as u32, 0);
        self.queue.push(event);
    }

    /// A phase transfer is decided late, or a tribunal directs a child into a place. A child that
    /// has got a place meanwhile, or wants none any more, is left alone.
    pub(in crate::simulate) fn decide_place(&mut self, person: usize, day: f64) {
        let standing = self.people[person].standing;
        if !matches!(standing, Standing::Undecided | Standing::Appealing) {
            return;
        }
        self.live.leave(&self.people[person]);
        if standing == Standing::Appealing {
            self.count_days(person, day);
            if !self.direct(person, day) {
                self.people[person].standing = Standing::Waiting;
            }
        } else if let Some(group) = self.place_for(person, day) {
            self.stop_waiting(person, day);
            self.take(person, group);
        } else {
            self.stop_waiting(person, day);
            self.go_without(person, day, false);
        }
        self.live.enter(&self.people[person]);
    }

    /// A child for whom there was no place goes elsewhere, or waits.
    fn go_without(&mut self, person: usize, day: f64, lost_place: bool) {
        let waited = self.people[person].standing.is_waiting();
        let choice = if self.decides(person, day, lost_place) {
            self.without_place(person, day)
        } else {
            Without::Waits
        };
        if let Without::Goes(kind) = choice {
            if waited {
                self.count_days(person, day);
            }
            self.go_elsewhere(person, kind);
            return;
        }
        if let Without::Appeals(hearing) = choice
            && hearing <= day
        {
            self.stop_waiting(person, day);
            if self.direct(person, day) {
                return;
            }
        }
        if !waited {
            self.wait(person, day, !lost_place);
        } else if lost_place {
            self.people[person].setting = usual_setting(self.school_age(person, day));
        }
        if let Without::Appeals(hearing) = choice {
            let before_next = day + SCHOOL_YEAR - 1.0;
            self.await_decision(person, Standing::Appealing, hearing.clamp(day, before_next));
        }
        self.people[person].rank = self.policy().map_or(0, |policy| policy.ranks.in_year);
        self.grow_out_of_setting(person, day);
    }

    /// Whether a child without a place decides in this round between waiting and going elsewhere:
    /// in the first round since it asked, when a phase starts, or when it has lost its place.
    fn decides(&self, person: usize, day: f64, lost_place: bool) -> bool {
        let is_first_round =
            f64::from(self.people[person].asked_since) > self.september_before(day);
        is_first_round || lost_place || is_phase_start(self.school_age(person, day))
    }

    /// A child who waits goes with its age from nursery to school and from school to college.
    fn grow_out_of_setting(&mut self, person: usize, day: f64) {
        let age = self.school_age(person, day);
        let record = &mut self.people[person];
        let too_old = match record.setting {
            Setting::EarlyYears => age >= RECEPTION,
            Setting::Mainstream => PlacePhase::of(age) == PlacePhase::Post16,
            _ => false,
        };
        if too_old {
            record.setting = usual_setting(age);
        }
    }

    fn returns(&self, person: usize, day: f64) -> bool {
        let base = self.policy().map_or(0.0, |policy| policy.return_share);
        let share = self.policy_on(
            Parameter::ReturnShare,
            (person, self.age(person)),
            base,
            day,
        );
        uniform(self.placement_words(person, Moment::TakingPart)[1]) < share
    }
}

/// Part of a day within which times are the same.
const MOMENT: f64 = 1.0 / 86_400.0;
