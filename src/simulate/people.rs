//! The people of a run.

use super::event_queue::Event;
use super::places::{NO_GROUP, Standing};
use crate::domain::{PrimaryNeed, Setting, Sex};
use crate::random::{Luck, Process};

/// Where a person stands with SEN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Not (or no longer) in the area: not yet arrived, moved out, died, or past 25.
    Away,
    /// No SEN.
    NoSen,
    /// On SEN support.
    Support,
    /// With an EHC plan.
    Plan,
}

/// The next change of a person's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum NextChange {
    /// Starts an EHC plan.
    Join,
    /// Starts SEN support.
    EnterSupport,
    /// Ends SEN support.
    ExitSupport,
    /// Is found before SEN support would start.
    FindEarly,
    /// Would by now have started SEN support, and has been on it since being found early.
    NeedSupport,
    /// Is found at school, after a review missed what would have started SEN support.
    FindLate,
    /// Moves out of the area.
    MoveOut,
    /// The plan ceases.
    Cease,
    /// The plan ceases at the maximum age.
    ReachMaximumAge,
    /// Dies.
    Die,
}

/// When a need is found, against the day on which SEN support would start in its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Found {
    /// On that day.
    InTime,
    /// Before: on SEN support only because of it.
    Early,
    /// After: not on SEN support only because a review missed it.
    Late,
}

/// How a person came to be in the model; with an index it is the address of the person's luck, the
/// same in every scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roster {
    /// Resident on the base date.
    Base,
    /// Reaches academic age 0 in a year of the horizon.
    Birth,
    /// Moves in without a plan.
    Resident,
    /// Moves in with a plan.
    WithPlan,
}

/// Address of a person's luck: origin, year, age and index, never a running counter.
pub fn luck_id(roster: Roster, year: usize, age: usize, index: usize) -> u32 {
    let (year, age, index) = (year as u32, age as u32, index as u32);
    debug_assert!(year < 32 && age < 32 && index < 1 << 20 || roster == Roster::Base);
    match roster {
        Roster::Base => index,
        Roster::Birth => 1 << 30 | year << 25 | age << 20 | index,
        Roster::Resident => 2 << 30 | year << 25 | age << 20 | index,
        Roster::WithPlan => 3 << 30 | year << 25 | age << 20 | index,
    }
}

/// When someone without a plan moves out of the area, whatever else changes until a plan starts:
/// a time in the ticks of an event, kept in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaves(u32);

impl Leaves {
    /// Not worked out yet.
    pub(super) const UNKNOWN: Self = Self(u32::MAX);
    /// Not within the horizon.
    pub(super) const NEVER: Self = Self(u32::MAX - 1);

    /// On a day of the horizon [days since the base date].
    pub(super) fn on(day: f64) -> Self {
        Self(Event::ticks(day))
    }

    /// The day, if there is one.
    pub(super) fn day(self) -> Option<f64> {
        (self.0 < Self::NEVER.0).then(|| Event::day_of(self.0))
    }
}

/// Whether a plan started too late in the year for the phase transfer of its 1 September.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum NewPlan {
    /// It was there by the deadline, or starts after 1 September.
    No,
    /// After the deadline, by the day on which other families hear of their schools.
    AfterDeadline,
    /// After that day.
    AfterOffers,
}

/// One resident. Kept small: a run holds every resident of the area, and each fills one line of the
/// processor's memory.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Person {
    /// Address of luck.
    pub luck_id: u32,
    /// Day since which the present rates apply [days since the base date].
    pub since: f32,
    /// Part of the unit exponential of joining used up in earlier spells.
    pub joining_used: f32,
    /// The same for moving out.
    pub moving_out_used: f32,
    /// Day since which the person has lived here without a plan [days since the base date].
    pub resident_since: f32,
    /// When the person would move out without a plan; worked out once for each such stay.
    pub leaves: Leaves,
    /// The same for ceasing the present plan; without a plan, for the end of SEN support of a child
    /// that a review missed.
    pub ending_used: f32,
    /// The same for death.
    pub death_used: f32,
    /// The same for starting SEN support, in this spell without SEN.
    pub entry_used: f32,
    /// Birth cohort.
    pub cohort: u8,
    /// Sex.
    pub sex: Sex,
    /// Status.
    pub status: Status,
    /// Primary need: latent without SEN, recorded with it.
    pub need: PrimaryNeed,
    /// Setting in which the child is.
    pub setting: Setting,
    /// Setting that the child's plan asks for: first choice of the family or the panel.
    pub wanted: Setting,
    /// Setting for which the child last asked, if its places are counted.
    pub asked_for: Setting,
    /// Day on which it asked [days since the base date].
    pub asked_since: f32,
    /// Rank among those who ask.
    pub rank: u8,
    /// Group of places in which the child is.
    pub group: u8,
    /// How the child stands with what it wants.
    pub standing: Standing,
    /// Placed above the limit of its group by direction.
    pub is_directed: bool,
    /// Its place has just ended with its age.
    pub lost_place: bool,
    /// Whether its plan started too late this year for a phase transfer.
    pub new_plan: NewPlan,
    /// A request for an EHC needs assessment is in progress.
    pub in_process: bool,
    /// Requests made so far.
    pub requests: u8,
    /// Plans started or moved in with so far.
    pub plans_started: u8,
    /// Spells without SEN so far.
    pub spells_without_sen: u8,
    /// Times found early so far.
    pub times_found_early: u8,
    /// Whether the need was found when the child's own SEN support would start.
    pub found: Found,
    /// Tells stale events apart.
    pub generation: u8,
    /// What happens at the scheduled status change.
    pub next_change: NextChange,
    /// Whether the person is on the list of those who have a plan.
    pub is_listed: bool,
    /// Setting to move to this year, if a move is scheduled.
    pub moving_to: Option<Setting>,
    /// Need to be recorded this year, if a recode is scheduled.
    pub recode_to: Option<PrimaryNeed>,
}

impl Person {
    /// Someone of a cohort and sex, not yet in the area.
    pub const fn new(luck_id: u32, cohort: u8, sex: Sex) -> Self {
        Self {
            luck_id,
            since: 0.0,
            joining_used: 0.0,
            moving_out_used: 0.0,
            resident_since: 0.0,
            leaves: Leaves::UNKNOWN,
            ending_used: 0.0,
            death_used: 0.0,
            entry_used: 0.0,
            cohort,
            sex,
            status: Status::Away,
            need: PrimaryNeed::Oth,
            setting: Setting::Mainstream,
            wanted: Setting::Mainstream,
            asked_for: Setting::Mainstream,
            asked_since: 0.0,
            rank: 0,
            group: NO_GROUP,
            standing: Standing::Settled,
            is_directed: false,
            lost_place: false,
            new_plan: NewPlan::No,
            in_process: false,
            requests: 0,
            plans_started: 0,
            spells_without_sen: 0,
            times_found_early: 0,
            found: Found::InTime,
            generation: 0,
            next_change: NextChange::MoveOut,
            is_listed: false,
            moving_to: None,
            recode_to: None,
        }
    }

    /// Unit exponentials of joining that the person has used up: one for every plan, or for every
    /// request where they are simulated and plans follow from them.
    pub(super) fn times_joining(&self) -> u32 {
        u32::from(self.plans_started.max(self.requests))
    }

    /// Ends SEN support or a plan: a new spell without SEN begins.
    pub(super) fn return_without_sen(&mut self) {
        self.status = Status::NoSen;
        self.found = Found::InTime;
        self.entry_used = 0.0;
        self.ending_used = 0.0;
        self.spells_without_sen = self.spells_without_sen.saturating_add(1);
        self.moving_to = None;
        self.recode_to = None;
    }

    /// First luck of a person: latent need, first joining, first SEN support, moving out.
    pub fn first_words(&self, luck: &Luck) -> [u32; 4] {
        luck.words(self.luck_id, Process::Arrival, 0)
    }
}

/// Picks an index in proportion to weights at a uniform number: the last index of positive weight
/// where rounding would run past the end; `None` when all weights are zero.
pub(super) fn pick(weights: impl Iterator<Item = f64> + Clone, u: f64) -> Option<usize> {
    let total: f64 = weights.clone().sum();
    if total <= 0.0 {
        return None;
    }
    let mut left = u * total;
    let mut last = None;
    for (index, weight) in weights.enumerate() {
        if weight > 0.0 {
            last = Some(index);
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_fills_one_line_of_the_processors_memory() {
        assert_eq!(size_of::<Person>(), 64);
    }
}
