//! One request and what became of it.

use crate::domain::{PrimaryNeed, Sex};

/// A case that is nobody's in the simulated population: a request of before the base date that is
/// not in progress on it.
pub const NOBODY: u32 = u32::MAX;

/// What was decided about assessing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing yet.
    Pending,
    /// The request was withdrawn.
    Withdrawn,
    /// Not to assess.
    Refused,
    /// To assess.
    Agreed,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It is in progress.
    NotYet,
    /// With a plan.
    Plan,
    /// Without.
    NoPlan,
}

/// One request, with the days of its steps since the base date: not a number where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Address of the luck of whoever asks.
    pub luck_id: u32,
    /// Position of the child among the simulated people, or [`NOBODY`].
    pub person: u32,
    /// How many requests the child had made before.
    pub request: u16,
    /// Academic age at the request.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
    /// About assessing.
    pub decision: Decision,
    /// How it ended.
    pub ended: Ended,
    /// Whether the assessment was followed by a decision to issue no plan.
    pub is_not_issued: bool,
    /// Request.
    pub requested: f32,
    /// From when the 20 weeks count: the request, or the day on which a decision was overturned.
    pub clock: f32,
    /// Decision about assessing.
    pub decided: f32,
    /// Start of the assessment.
    pub assessed_from: f32,
    /// The psychologist's turn comes.
    pub psychologist_done: f32,
    /// All advice.
    pub advice_done: f32,
    /// The officer's turn comes.
    pub written_from: f32,
    /// The draft is written.
    pub drafted: f32,
    /// Mediation starts, about assessing and about issuing.
    pub mediated: [f32; 2],
    /// Mediation settles or fails.
    pub mediation_ended: [f32; 2],
    /// The appeal is registered.
    pub appealed: [f32; 2],
    /// The appeal ends.
    pub appeal_ended: [f32; 2],
    /// The decision that no plan is needed.
    pub not_issued: f32,
    /// Plan, or end without one.
    pub finished: f32,
}

impl Case {
    /// Weeks to the plan as the 20 weeks are counted.
    pub fn weeks_to_plan(&self) -> f64 {
        f64::from(self.finished - self.clock) / 7.0
    }
}
