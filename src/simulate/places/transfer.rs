//! Phase transfers: when the plan names the school of the next phase.

use super::allocation::{Moment, RECEPTION, SCHOOL_YEAR};
use crate::domain::{Date, PlacePhase};
use crate::parameters::Parameter;
use crate::random::uniform;
use crate::simulate::people::NewPlan;
use crate::simulate::run::Run;
use crate::simulate::timeline::Timeline;
use crate::summarise::Counted;

/// When a phase transfer is decided.
#[derive(Debug, Clone, Copy)]
struct Decision {
    day: f64,
    /// After the deadline.
    is_late: bool,
    /// After other families have heard of their schools.
    is_after_offers: bool,
}

/// Dates of a year on which phase transfers depend, as month and day.
#[derive(Debug, Clone, Copy)]
struct Dates {
    /// Until when the plan is to name the school: 15 February, and 31 March for moves to post-16
    /// provision (SEND Regulations 2014, regulation 18).
    deadline: (u8, u8),
    /// When other families hear of their schools: 1 March for secondary schools, 16 April for
    /// primary schools (The School Admissions (Admission Arrangements and Co-ordination of Admission
    /// Arrangements) (England) Regulations 2012).
    offers: Option<(u8, u8)>,
}

impl Dates {
    /// Dates of a transfer to a school age.
    const fn of(age: u8) -> Self {
        let (deadline, offers) = match PlacePhase::of(age) {
            PlacePhase::Primary => ((2, 15), Some((4, 16))),
            PlacePhase::Secondary => ((2, 15), Some((3, 1))),
            PlacePhase::Post16 => ((3, 31), None),
        };
        Self { deadline, offers }
    }
}

impl Run<'_> {
    /// A phase transfer asks for a place: with a rank, as of the day on which it is decided. Those
    /// decided after the deadline are counted.
    pub(super) fn ask_for_phase(&mut self, person: usize, day: f64, on_time: u8) {
        let (Some(ranks), Some(decision)) = (
            self.policy().map(|policy| policy.ranks),
            self.decision(person, day),
        ) else {
            return;
        };
        if !decision.is_late {
            self.apply_for(person, decision.day, on_time);
            return;
        }
        self.apply_for(person, decision.day, ranks.late);
        self.count_of_transfer(Counted::LateAllocations, person, day);
        if decision.is_after_offers {
            self.count_of_transfer(Counted::DecidedAfterOfferDay, person, day);
        }
    }

    /// Counts a child with a plan at the start of a phase, whatever its plan asks for: those whose
    /// transfer is decided late, and those whose plan itself started after the deadline.
    pub(super) fn count_transfer(&mut self, person: usize, day: f64) {
        let Some(decision) = self.decision(person, day) else {
            return;
        };
        let new_plan = self.people[person].new_plan;
        let is_after_offers = decision.is_after_offers || new_plan == NewPlan::AfterOffers;
        for (counted, holds) in [
            (Counted::PhaseTransfers, true),
            (Counted::PhaseTransfersLate, decision.is_late),
            (Counted::PhaseTransfersNewPlan, new_plan != NewPlan::No),
            (Counted::PhaseTransfersAfterOfferDay, is_after_offers),
        ] {
            if holds {
                self.count_of_transfer(counted, person, day);
            }
        }
    }

    /// Notes whether a plan that starts, or comes with a child, on a day is too late in the year for
    /// the phase transfer of its 1 September.
    pub(in crate::simulate) fn note_new_plan(&mut self, person: usize, day: f64) {
        let dates = Dates::of(self.age(person) + 1);
        let is_after = |date| day >= self.day_of_year(date) + 1.0;
        self.people[person].new_plan = if day >= self.hazards.timeline.september(self.year) {
            NewPlan::No
        } else if dates.offers.is_some_and(is_after) {
            NewPlan::AfterOffers
        } else if is_after(dates.deadline) {
            NewPlan::AfterDeadline
        } else {
            NewPlan::No
        };
    }

    /// Counts a child by the school year that starts and by what its plan asks for.
    pub(super) fn count_of_transfer(&mut self, counted: Counted, person: usize, day: f64) {
        let mut traits = self.traits(person);
        traits.age = self.school_age(person, day);
        traits.setting = self.people[person].wanted;
        self.count_in(counted, self.year, &traits, 1);
    }

    /// When the transfer of a child on 1 September is decided: by the deadline, or after a lag.
    fn decision(&self, person: usize, day: f64) -> Option<Decision> {
        let policy = self.policy()?;
        let age = self.school_age(person, day);
        let dates = Dates::of(age);
        let deadline = self.day_of_year(dates.deadline);
        let share = if age == RECEPTION {
            policy.reception_late_share
        } else {
            policy.late_share
        };
        let child = (person, self.age(person));
        // What a scenario does about the deadline it does by then.
        let share = self.policy_on(Parameter::LateShare, child, share, deadline);
        let share = (share * self.late_by_reviews(deadline)).min(1.0);
        let words = self.placement_words(person, Moment::TakingPart);
        let record = &self.people[person];
        let has_new_plan = record.new_plan != NewPlan::No;
        if has_new_plan || uniform(words[0]) >= share {
            let asked = f64::from(record.asked_since);
            return Some(Decision {
                day: if has_new_plan {
                    deadline.max(asked)
                } else {
                    deadline
                },
                is_late: false,
                is_after_offers: false,
            });
        }
        let lag = -libm::log(1.0 - uniform(words[2])) * policy.late_weeks * 7.0;
        let decided = (deadline + lag).min(day + SCHOOL_YEAR - 1.0);
        let after = |offers: (u8, u8)| decided >= self.day_of_year(offers) + 1.0;
        Some(Decision {
            day: decided,
            is_late: true,
            is_after_offers: dates.offers.is_some_and(after),
        })
    }

    /// Late phase transfers against the usual because more or fewer reviews are held.
    fn late_by_reviews(&self, deadline: f64) -> f64 {
        let hazards = self.hazards;
        let Some(process) = &hazards.rates.process else {
            return 1.0;
        };
        if !hazards.effects.change_stated() {
            return 1.0;
        }
        let (effects, timeline) = (&hazards.effects, &hazards.timeline);
        let stated =
            |path: &str, day: f64, value: f64| effects.apply_stated(path, timeline, day, value);
        process.reviews.late_factor(deadline, &stated)
    }

    /// A date of the year under way.
    fn day_of_year(&self, date: (u8, u8)) -> f64 {
        day_of_year(&self.hazards.timeline, self.year, date)
    }
}

/// A month and day of a year of the horizon.
fn day_of_year(timeline: &Timeline, year: usize, (month, day): (u8, u8)) -> f64 {
    let january = timeline.january(year);
    let calendar_year = timeline.date(january).year();
    Date::new(calendar_year, month, day).map_or(january, |date| timeline.day(date))
}

/// Whether a phase starts at a school age: Reception, Year 7, Year 12.
pub(super) fn is_phase_start(age: u8) -> bool {
    age == RECEPTION
        || PlacePhase::ALL
            .iter()
            .any(|phase| *phase.ages().start() == age && age > RECEPTION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_and_offer_days_are_those_of_the_calendar() {
        // 2028 is a leap year: from 29 February on a day more.
        let timeline = Timeline::new(2027, 2, &[]);
        let days_of = |year: usize| {
            [4, 11, 16].map(|age| {
                let dates = Dates::of(age);
                let day = |date| day_of_year(&timeline, year, date) - timeline.january(year);
                (
                    day(dates.deadline) as u32,
                    dates.offers.map(|date| day(date) as u32),
                )
            })
        };
        assert_eq!(days_of(0), [(45, Some(105)), (45, Some(59)), (89, None)]);
        assert_eq!(days_of(1), [(45, Some(106)), (45, Some(60)), (90, None)]);
    }
}
