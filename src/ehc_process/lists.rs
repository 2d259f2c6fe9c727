//! The lists of an office that is watched, and Little's law on each of them.

use super::case::Case;
use super::office::TICKS;
use super::steps::WRITING;
use crate::queue::{ListBook, LittlesLaw, rounding_of_days};

/// A list on which requests wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// From the request to the decision about assessing.
    Decision,
    /// From the start of the assessment to the psychologist's turn.
    Psychologist,
    /// From then until all advice has come.
    OtherAdvice,
    /// From then, or from the dispute that was won, to the officer's turn.
    Writing,
    /// A draft that is to be written again waits for an officer once more.
    Rewriting,
    /// From the draft to the plan.
    Consultation,
    /// Mediation.
    Mediation,
    /// Appeal to the tribunal.
    Appeal,
    /// All of them, from the request to its end.
    Whole,
}

impl Stage {
    /// Number of lists.
    pub const COUNT: usize = 9;
    /// All, in order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Decision,
        Self::Psychologist,
        Self::OtherAdvice,
        Self::Writing,
        Self::Rewriting,
        Self::Consultation,
        Self::Mediation,
        Self::Appeal,
        Self::Whole,
    ];

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decision => "Decision whether to assess",
            Self::Psychologist => "Educational psychology advice",
            Self::OtherAdvice => "Psychologist's report and other advice",
            Self::Writing => "Writing of plans",
            Self::Rewriting => "Writing again",
            Self::Consultation => "Consultation on the draft",
            Self::Mediation => "Mediation",
            Self::Appeal => "Tribunal",
            Self::Whole => "Requests in progress",
        }
    }

    /// The days on which a case came on the list and went off it, by its own dates.
    fn ways(self, case: &Case) -> [[f32; 2]; 2] {
        let none = [f32::NAN; 2];
        let one = |from: f32, until: f32| [[from, until], none];
        match self {
            Self::Decision => one(case.requested, case.decided),
            Self::Psychologist => one(case.assessed_from, case.psychologist_done),
            Self::OtherAdvice => one(case.psychologist_done, case.advice_done),
            Self::Writing if !case.is_not_issued => one(case.advice_done, case.written_from),
            // The clock starts again with the dispute that is won.
            Self::Writing if case.clock >= case.not_issued => one(case.clock, case.written_from),
            Self::Writing => [none; 2],
            Self::Rewriting => {
                let first = case.written_from + WRITING as f32;
                let is_rewritten = case.drafted - first > 0.5 * WRITING as f32;
                if is_rewritten {
                    one(first, case.drafted - WRITING as f32)
                } else {
                    [none; 2]
                }
            }
            Self::Consultation => one(case.drafted, case.finished),
            Self::Mediation => both(case.mediated, case.mediation_ended),
            Self::Appeal => both(case.appealed, case.appeal_ended),
            Self::Whole => one(case.requested, case.finished),
        }
    }
}

fn both(from: [f32; 2], until: [f32; 2]) -> [[f32; 2]; 2] {
    [[from[0], until[0]], [from[1], until[1]]]
}

/// The lists as the office keeps them, step by step.
#[derive(Debug, Clone, Default)]
pub struct Lists([ListBook; Stage::COUNT]);

impl Lists {
    pub(super) fn comes(&mut self, stage: Stage, day: f64) {
        self.0[stage as usize].comes(day);
    }

    pub(super) fn goes(&mut self, stage: Stage, day: f64) {
        self.0[stage as usize].goes(day);
    }

    /// Each list between two days against the dates of the cases.
    pub fn littles_law(&self, cases: &[Case], period: [f64; 2]) -> [LittlesLaw; Stage::COUNT] {
        // Steps are carried out at the tick before the day that the case notes, a draft that is
        // written again is dated by two stored days and a week.
        let rounded = 2.0 * rounding_of_days(period[1]) + 1.0 / TICKS;
        Stage::ALL.map(|stage| {
            let ways = cases.iter().flat_map(|case| stage.ways(case));
            let ways = ways.map(|way| way.map(f64::from));
            let book = self.0[stage as usize].clone();
            LittlesLaw::of(book, ways, period, rounded)
        })
    }
}
