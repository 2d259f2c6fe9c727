//! The rules and chances of allocation.

use crate::domain::{NeedGroup, Overflow, PlacePhase};

/// Who goes first: lower numbers before higher, then who asked first, then by address of luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranks {
    /// Children whose place ends with their age.
    pub leaving_a_place: u8,
    /// Phase transfers decided in time.
    pub phase_transfer: u8,
    /// New plans and moves within the year, and all who wait.
    pub in_year: u8,
    /// Children who come back from elsewhere.
    pub returning: u8,
    /// Phase transfers decided after the deadline.
    pub late: u8,
}

/// Rules and chances of a draw, before any scenario changes them.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacePolicy {
    /// Share of its places by which a group may be over-filled.
    pub over_fill_tolerance: f64,
    /// Share of children wanting a special school who would accept a base.
    pub base_acceptance_share: f64,
    /// Share of children whom a school designated for other needs would take.
    pub other_designation_share: f64,
    /// Chance that a child without a place goes elsewhere: phase × need group.
    pub overflow_chance: [[f64; NeedGroup::COUNT]; PlacePhase::COUNT],
    /// Factor on it.
    pub overflow_factor: f64,
    /// Where those go, as weights: need group × kind.
    pub overflow_kinds: [[f64; Overflow::ELSEWHERE.len()]; NeedGroup::COUNT],
    /// Share of the children in independent and non-maintained special schools who are outside the
    /// area.
    pub independent_out_of_area_share: f64,
    /// Chance that a child without a place is placed above the limit by direction.
    pub directed_share: f64,
    /// Chance that a child placed elsewhere asks again at a phase transfer.
    pub return_share: f64,
    /// Weeks from asking, and the time to appeal, to a hearing.
    pub tribunal_weeks: f64,
    /// Share of moves to Year 7 and post-16 decided after the deadline.
    pub late_share: f64,
    /// Share of moves to Reception decided after the deadline.
    pub reception_late_share: f64,
    /// Mean weeks after the deadline of those decided late.
    pub late_weeks: f64,
    /// Rise of demand for a type per rise of its places.
    pub induced_demand: f64,
    /// Who goes first.
    pub ranks: Ranks,
}

/// Children of the base stock who want a state-funded special school and are not in one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WantedAtBase {
    /// In mainstream schools, as a share of the residents of the phase and need group who are in a
    /// special school.
    pub waiting_share: f64,
    /// Share of the children in independent special schools.
    pub independent_share: f64,
}
