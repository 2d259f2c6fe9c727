//! The life of a person without a plan, up to the moment that others feel.
//!
//! SEN support starts and ends by the person's own clocks, needs no place and no staff, and is counted
//! in January: so a person is followed through all of it at once, and only starting a plan, asking for
//! one, and whatever may happen while a request is in progress wait in the event queue.

use super::event_queue::Event;
use super::hazards::Hazards;
use super::people::{Found, Leaves, NextChange, Person, Status};
use super::run::{Next, Run};
use super::schedule;
use crate::random::{Luck, exponential, uniform};

/// What is known of someone without looking at any clock but that of moving out.
enum Quiet {
    /// More may happen than that.
    No,
    /// Nothing happens within the horizon.
    Stays,
    /// Moves out in a year of the horizon, and nothing happens before.
    Leaves(usize),
}

impl Run<'_> {
    /// Counts someone without a plan in who lives in the area from a day of the present year on.
    ///
    /// Stocks are counted in January, so the count may run ahead of the day. Who leaves again, or
    /// stays, and has nothing else happen is not kept track of.
    pub(super) fn welcome(&mut self, mut person: Person, first: &[u32; 4], day: f64) {
        self.live.enter(&person);
        match quiet(&person, first, day, self.hazards) {
            Quiet::Stays => return self.live.note_lasting(&person),
            Quiet::Leaves(year) => return self.live.book_leaving(&person, year),
            Quiet::No => {}
        }
        match self.follow(&mut person, first, day) {
            Next::Leaves => {}
            Next::Nothing => self.live.note_lasting(&person),
            Next::Change(when) => {
                self.people.push(person);
                self.push_change(self.people.len() - 1, when);
            }
        }
    }

    /// What happens next to someone who is counted in, after all changes of SEN support before it.
    pub(super) fn follow(&mut self, person: &mut Person, first: &[u32; 4], mut day: f64) -> Next {
        loop {
            let next = self.next_change(person, first, day);
            let Next::Change(when) = next else {
                return next;
            };
            if person.in_process || !is_of_support(person.next_change) {
                return next;
            }
            day = Event::day_of(Event::ticks(when));
            let was = *person;
            schedule::use_up(person, day, self.hazards);
            change_support(person, day, self.hazards, self.luck);
            let segment = self.hazards.timeline.segment_at(day);
            let year = self.hazards.timeline.segments()[segment].year;
            self.live.book_change(&was, person, year);
        }
    }
}

/// Most people have never had SEN, and are at no risk of it or of a plan that their luck comes near:
/// then only the year counts in which they move out.
fn quiet(person: &Person, first: &[u32; 4], day: f64, hazards: &Hazards<'_>) -> Quiet {
    let is_new = person.status == Status::NoSen
        && person.found == Found::InTime
        && person.spells_without_sen == 0
        && person.times_joining() == 0
        && person.leaves == Leaves::UNKNOWN
        && hazards.found_early.is_none();
    if !is_new {
        return Quiet::No;
    }
    let cohort = usize::from(person.cohort);
    let row = Hazards::need_row(cohort, person.sex, person.need);
    // exp(-x) >= 1 - x.
    let may_happen = |word: u32, integral: f64| uniform(word) > 1.0 - integral;
    if may_happen(first[1], hazards.joining.total(row))
        || may_happen(first[2], hazards.support_entry.total(row))
    {
        return Quiet::No;
    }
    let out = &hazards.residents_out;
    let done = if day > 0.0 {
        out.until(cohort, hazards.timeline.moment(day))
    } else {
        0.0
    };
    if !may_happen(first[3], out.total(cohort) - done) {
        return Quiet::Stays;
    }
    let target = done + exponential(first[3]);
    let by_year = hazards.residents_out_by_year(cohort);
    let year = by_year.iter().position(|&integral| integral > target);
    year.map_or(Quiet::Stays, Quiet::Leaves)
}

const fn is_of_support(change: NextChange) -> bool {
    matches!(
        change,
        NextChange::EnterSupport
            | NextChange::NeedSupport
            | NextChange::FindEarly
            | NextChange::FindLate
            | NextChange::ExitSupport
    )
}

/// Makes the next change of a person's SEN support; nothing where the next change is another.
pub(super) fn change_support(person: &mut Person, day: f64, hazards: &Hazards<'_>, luck: &Luck) {
    match person.next_change {
        NextChange::EnterSupport => {
            (person.status, person.found) = if schedule::is_missed(person, day, hazards, luck) {
                (Status::NoSen, Found::Late)
            } else {
                (Status::Support, Found::InTime)
            };
        }
        NextChange::NeedSupport | NextChange::FindLate => {
            person.status = Status::Support;
            person.found = Found::InTime;
        }
        NextChange::FindEarly => {
            person.status = Status::Support;
            person.found = Found::Early;
        }
        NextChange::ExitSupport if person.found == Found::Early => {
            person.status = Status::NoSen;
            person.found = Found::InTime;
            person.times_found_early = person.times_found_early.saturating_add(1);
        }
        NextChange::ExitSupport => person.return_without_sen(),
        NextChange::Join
        | NextChange::MoveOut
        | NextChange::Cease
        | NextChange::Die
        | NextChange::ReachMaximumAge => {}
    }
}
