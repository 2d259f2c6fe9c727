//! What happens to plans in one future, day by day, for the companion models.

use super::people::Person;
use super::tally::Traits;
use crate::domain::{CeaseReason, PrimaryNeed, Provision, Setting, Sex};
use crate::ehc_process::{Case, Exceptions, Lists, OtherAppeals, Reviews, Staff, Team};
use crate::summarise::Counted;

/// Somebody with a plan begins (`by` is 1) or ceases (-1) to be as described. Whoever has a plan on
/// the base date begins on day 0; a move or a recoding is one entry of -1 and one of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanChange {
    /// Days since the base date.
    pub day: f32,
    /// Address of the person's luck: the same person in every scenario.
    pub person: u32,
    /// 1 begins, -1 ceases.
    pub by: i8,
    /// Birth cohort: [`age_of`](super::age_of) tells the age in a year.
    pub cohort: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
    /// Setting where the child is.
    pub setting: Setting,
    /// Setting that the plan asks for.
    pub wanted: Setting,
}

/// A flow that is counted: a new plan, a ceased one, a move in or out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// Days since the base date.
    pub day: f32,
    /// Address of the person's luck.
    pub person: u32,
    /// Which flow.
    pub counted: Counted,
    /// Academic age on the 1 January before.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
    /// Setting.
    pub setting: Setting,
    /// Reason, of a plan that ceased.
    pub reason: CeaseReason,
}

/// Places that open on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opening {
    /// Days since the base date.
    pub day: f64,
    /// Type of provision.
    pub provision: Provision,
    /// How many.
    pub places: f64,
}

/// Plans of one future, in the order in which things happened.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The day of the event under way.
    pub(super) day: f64,
    /// Plans by who has them.
    pub plans: Vec<PlanChange>,
    /// Flows.
    pub flows: Vec<Flow>,
    /// Places that open after the base date.
    pub openings: Vec<Opening>,
    /// Requests and the staff behind them, where they are simulated.
    pub process: Option<ProcessRecord>,
}

/// Requests of one future, and the teams that worked on them.
#[derive(Debug, Clone)]
pub struct ProcessRecord {
    /// Requests in the order in which they came.
    pub cases: Vec<Case>,
    /// Teams.
    pub staff: [Staff; Team::COUNT],
    /// Hours a week of a full-time member of each team.
    pub hours_per_week: [f64; Team::COUNT],
    /// Appeals about contents and placement.
    pub other_appeals: OtherAppeals,
    /// Annual reviews.
    pub reviews: Reviews,
    /// Plans to which an exception to the 20 weeks applies.
    pub exceptions: Exceptions,
    /// The account of the lists, where it is kept.
    pub lists: Option<Box<Lists>>,
}

impl Record {
    /// A record of plans as given, for worked examples.
    pub fn with_plans(plans: Vec<PlanChange>) -> Self {
        Self {
            plans,
            ..Self::default()
        }
    }

    /// Notes that someone with a plan begins or ceases to be as described.
    pub(super) fn note(&mut self, person: &Person, by: i8) {
        self.plans.push(PlanChange {
            day: self.day as f32,
            person: person.luck_id,
            by,
            cohort: person.cohort,
            sex: person.sex,
            need: person.need,
            setting: person.setting,
            wanted: person.wanted,
        });
    }

    /// Notes a flow.
    pub(super) fn note_flow(&mut self, counted: Counted, person: u32, traits: &Traits) {
        self.flows.push(Flow {
            day: self.day as f32,
            person,
            counted,
            age: traits.age,
            sex: traits.sex,
            need: traits.need,
            setting: traits.setting,
            reason: traits.reason,
        });
    }
}
