//! What a network writes down: one record for each visit and each case that ended.

use super::time::Time;

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Seen, and done.
    Seen,
    /// Withdrew from the list before being seen.
    Withdrawn,
    /// Turned away because there was no room.
    TurnedAway,
    /// On the list when the simulation ended.
    StillWaiting,
    /// Being seen when the simulation ended.
    BeingSeen,
}

/// One visit to one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Customer, the address of its draws.
    pub customer: u32,
    /// Pathway (position in the plan).
    pub pathway: u16,
    /// Service (position in the plan).
    pub service: u16,
    /// Class (position in the service).
    pub class: u8,
    /// How it ended.
    pub outcome: Outcome,
    /// Appointments to which the child was not brought.
    pub not_brought: u16,
    /// Referral; before the start (negative) for people on the starting list.
    pub referred: Time,
    /// When the person came on the simulated list: the referral, or the start.
    pub joined: Time,
    /// When the person was first seen, if so.
    pub seen: Option<Time>,
    /// When the visit ended, or the simulation.
    pub left: Time,
}

impl Record {
    /// Weeks from referral to first being seen, of those seen.
    #[inline]
    pub fn wait_weeks(&self) -> Option<f64> {
        self.seen.map(|seen| (seen - self.referred).weeks())
    }
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseOutcome {
    /// All steps done.
    Finished,
    /// Withdrew, or was turned away.
    Left,
}

/// One case on its way through a pathway of several visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseRecord {
    /// Customer.
    pub customer: u32,
    /// Pathway (position in the plan).
    pub pathway: u16,
    /// Visits of finished steps that were not done.
    pub advice_missing: u16,
    /// How it ended.
    pub outcome: CaseOutcome,
    /// First referral.
    pub referred: Time,
    /// End.
    pub ended: Time,
}

/// Who takes the records.
pub trait Ledger {
    /// Takes the record of a visit.
    fn visit(&mut self, record: &Record);

    /// Takes the record of a case that ended.
    fn case(&mut self, _record: &CaseRecord) {}
}

impl Ledger for Vec<Record> {
    fn visit(&mut self, record: &Record) {
        self.push(*record);
    }
}

/// Takes nothing down.
impl Ledger for () {
    fn visit(&mut self, _record: &Record) {}
}
