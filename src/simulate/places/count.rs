//! The indicators of places, and the check that no place is taken twice.

use super::queue::{CELLS, cell};
use super::shares::shared;
use super::{NO_GROUP, Standing};
use crate::domain::{
    CeaseReason, NeedGroup, Overflow, PlacePhase, PrimaryNeed, Provision, Setting, Sex,
    SpecialistType, YearGroup,
};
use crate::simulate::live::BrokenBalance;
use crate::simulate::people::Status;
use crate::simulate::run::Run;
use crate::simulate::tally::Traits;
use crate::summarise::Counted;

/// Children by cell.
type ByCell = [u32; CELLS];

const PERCENT: u32 = 100;

impl Run<'_> {
    /// Counts the stocks of places at a moment into a period of the layout.
    pub(in crate::simulate) fn count_places(&mut self, period: usize, day: f64) {
        let (mut demand, mut filled, mut waiting) = ([0; CELLS], [0; CELLS], [0; CELLS]);
        let holders = std::mem::take(self.plan_holders);
        for &person in &holders {
            let person = person as usize;
            let record = &self.people[person];
            let is_counted =
                record.group != NO_GROUP || is_special(record.setting) || is_special(record.wanted);
            if !is_counted || record.status != Status::Plan || !self.is_young_enough(person) {
                continue;
            }
            self.count_child(
                person,
                day,
                period,
                [&mut demand, &mut filled, &mut waiting],
            );
        }
        *self.plan_holders = holders;
        let capacity = self.capacity_by_cell(&demand);
        for at in 0..CELLS {
            let gap = demand[at].saturating_sub(capacity[at]);
            self.count_cell(Counted::PlacesDemand, period, at, demand[at]);
            self.count_cell(Counted::PlacesFilled, period, at, filled[at]);
            self.count_cell(Counted::ChildrenAwaitingPlace, period, at, waiting[at]);
            self.count_cell(Counted::PlacesCapacity, period, at, capacity[at]);
            if self.desk.supply.is_some() {
                self.count_cell(Counted::PlaceGap, period, at, gap);
            }
        }
        self.count_shortage_and_occupancy(period);
    }

    /// Counts the days waited in the year that ends on a 1 January, with those of children who
    /// still wait.
    pub(in crate::simulate) fn count_days_of_year(&mut self, end: f64) {
        let holders = std::mem::take(self.plan_holders);
        for &person in &holders {
            let record = &self.people[person as usize];
            if record.status == Status::Plan && record.standing.is_waiting() {
                self.count_days(person as usize, end);
            }
        }
        *self.plan_holders = holders;
        let days = std::mem::replace(&mut self.desk.days, [0.0; CELLS]);
        for (at, days) in days.into_iter().enumerate() {
            let year = self.year;
            self.count_cell(Counted::DaysAwaitingPlace, year, at, days.round() as u32);
        }
    }

    fn count_child(
        &mut self,
        person: usize,
        day: f64,
        period: usize,
        [demand, filled, waiting]: [&mut ByCell; 3],
    ) {
        let record = self.people[person];
        let age = self.school_age(person, day);
        if period.is_multiple_of(2) {
            self.count_specialist_need(person, period / 2, age);
        }
        let of = |provision: Provision| cell(provision, age, record.need);
        let group = usize::from(record.group);
        let seat = self.desk.groups().get(group).map(|group| group.provision);
        // Where places are not counted, a child in a setting of a type is in a place of it.
        let seat = match self.desk.supply {
            Some(_) => seat,
            None => Provision::of(record.setting),
        };
        if let Some(seat) = seat {
            filled[of(seat)] += 1;
        }
        let accepted = seat.filter(|_| record.standing == Standing::Settled);
        if let Some(asked_for) = accepted.or(Provision::of(record.wanted)) {
            demand[of(asked_for)] += 1;
        }
        if self.is_out_of_area(person) {
            let mut traits = self.traits(person);
            traits.age = age;
            self.count_in(Counted::ChildrenOutOfArea, period, &traits, 1);
        }
        match (record.standing, Provision::of(record.wanted)) {
            (standing, Some(wanted)) if standing.is_waiting() => waiting[of(wanted)] += 1,
            (Standing::Overflow(kind), Some(wanted)) => {
                let mut traits = self.traits(person);
                (traits.age, traits.setting) = (age, wanted.setting());
                traits.overflow = kind;
                self.count_in(Counted::Overflow, period, &traits, 1);
            }
            _ => {}
        }
    }

    /// Whether a child is in a special school outside the area: where it went for want of a place, or
    /// in one of the independent schools that are not in the area.
    fn is_out_of_area(&self, person: usize) -> bool {
        let record = &self.people[person];
        let Some(policy) = self.policy() else {
            return false;
        };
        match record.setting {
            Setting::IndependentSpecial | Setting::NonMaintainedSpecial => {
                self.prefers(person, 2, policy.independent_out_of_area_share)
            }
            _ => record.standing == Standing::Overflow(Overflow::OutOfArea),
        }
    }

    /// Counts a child of Reception to Year 11 whose plan asks for a specialist place.
    fn count_specialist_need(&mut self, person: usize, january: usize, age: u8) {
        let wanted = self.people[person].wanted;
        if SpecialistType::of(wanted).is_none() || YearGroup::of(age).is_none() {
            return;
        }
        let mut traits = self.traits(person);
        (traits.age, traits.setting) = (age, wanted);
        self.count_in(Counted::SpecialistPlacesNeeded, january, &traits, 1);
    }

    /// Places by cell. A group that serves several cells is shared over them in proportion to
    /// their demand, by largest remainders; to the first of them where there is no demand.
    fn capacity_by_cell(&self, demand: &ByCell) -> ByCell {
        let mut capacity = [0; CELLS];
        for (group, &places) in self.desk.groups().iter().zip(&self.desk.places) {
            let served: Vec<usize> = (0..CELLS)
                .filter(|&at| {
                    let (provision, phase, need) = parts(at);
                    let ages = phase.ages();
                    provision == group.provision
                        && group.ages.0 <= *ages.end()
                        && group.ages.1 >= *ages.start()
                        && need.needs().any(|need| group.is_for(need))
                })
                .collect();
            let weights: Vec<f64> = served.iter().map(|&at| f64::from(demand[at])).collect();
            for (&at, share) in served.iter().zip(shared(places, &weights)) {
                capacity[at] += share;
            }
        }
        capacity
    }

    fn count_cell(&mut self, counted: Counted, period: usize, at: usize, count: u32) {
        if count > 0 {
            self.count_in(counted, period, &traits_of(at), count);
        }
    }

    /// Short where any cell has a gap; occupancy as filled over capacity.
    fn count_shortage_and_occupancy(&mut self, period: usize) {
        let start = |counted| self.layout.start(counted, period);
        let [gap, short, filled, capacity, occupancy] = [
            Counted::PlaceGap,
            Counted::PlaceShort,
            Counted::PlacesFilled,
            Counted::PlacesCapacity,
            Counted::PlaceOccupancy,
        ]
        .map(start);
        let breakdowns = Counted::PlaceGap.entry().breakdowns;
        let cells: usize = breakdowns
            .iter()
            .map(|axes| axes.iter().map(|axis| axis.size()).product::<usize>())
            .sum();
        for at in 0..cells {
            self.counts[short + at] = u32::from(self.counts[gap + at] > 0);
            let (children, places) = (self.counts[filled + at], self.counts[capacity + at]);
            let percent = (children * PERCENT + places / 2).checked_div(places);
            self.counts[occupancy + at] = percent.unwrap_or(0);
        }
    }

    /// Every roll is the number of children in the group, and above its limit are only children
    /// who were directed there, or who were there when the limit fell.
    pub(in crate::simulate) fn check_places(&self, run: u32) -> Result<(), BrokenBalance> {
        if self.desk.rolls.is_empty() {
            return Ok(());
        }
        let mut counted = vec![0; self.desk.rolls.len()];
        for person in self.people.iter().filter(|person| person.group != NO_GROUP) {
            if person.status == Status::Plan {
                counted[usize::from(person.group)] += 1;
            }
        }
        for (at, &found) in counted.iter().enumerate() {
            let roll = self.desk.rolls[at];
            let most = self.desk.limits[at] + self.desk.directed[at] + self.desk.left[at];
            let (what, expected) = if roll != found {
                ("children in group of places", i64::from(roll))
            } else if roll > most {
                ("children at most in group of places", i64::from(most))
            } else {
                continue;
            };
            return Err(BrokenBalance {
                run,
                what: format!("{what} {at}"),
                expected,
                found: i64::from(found),
            });
        }
        Ok(())
    }
}

/// Whether children in a setting count as being in a specialist place or needing one.
fn is_special(setting: Setting) -> bool {
    Provision::of(setting).is_some() || SpecialistType::of(setting).is_some()
}

/// The type, phase and need group of a cell.
fn parts(at: usize) -> (Provision, PlacePhase, NeedGroup) {
    let rest = at / NeedGroup::COUNT;
    (
        Provision::ALL[rest / PlacePhase::COUNT],
        PlacePhase::ALL[rest % PlacePhase::COUNT],
        NeedGroup::ALL[at % NeedGroup::COUNT],
    )
}

fn traits_of(at: usize) -> Traits {
    let (provision, phase, need) = parts(at);
    Traits {
        age: *phase.ages().start(),
        sex: Sex::Female,
        need: need.needs().next().unwrap_or(PrimaryNeed::Oth),
        setting: provision.setting(),
        reason: CeaseReason::Other,
        overflow: Overflow::Independent,
    }
}
