//! Groups of pupils with one rate: SEN status, type of school, need.

use crate::domain::{Phase, PrimaryNeed};

/// SEN status as exclusions are published by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SenStatus {
    /// No SEN.
    NoSen,
    /// SEN support.
    Support,
    /// EHC plan.
    Plan,
}

impl SenStatus {
    pub(super) const ALL: [Self; 3] = [Self::NoSen, Self::Support, Self::Plan];

    /// The published label.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::NoSen => "No SEN",
            Self::Support => "SEN support",
            Self::Plan => "EHC plan",
        }
    }
}

/// Terms of a school year, in order: as published, and as rows are told.
pub const TERMS: [(&str, &str); 3] = [
    ("autumn", "Autumn term"),
    ("spring", "Spring term"),
    ("summer", "Summer term"),
];

/// Phases of pupils: Reception to Year 6, Years 7 to 11.
pub const PHASES: [Phase; 2] = [Phase::Primary, Phase::Secondary];

/// Position in [`PHASES`].
pub(super) const fn position(phase: Phase) -> usize {
    matches!(phase, Phase::Secondary) as usize
}

/// Type of school as exclusions are published by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum School {
    /// State-funded primary or secondary, bases and units included.
    Mainstream,
    /// State-funded special.
    Special,
}

impl School {
    pub(super) const ALL: [Self; 2] = [Self::Mainstream, Self::Special];
}

/// Pupils with one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) status: SenStatus,
    pub(super) school: School,
    pub(super) phase: Phase,
    /// Primary need; `None` without SEN.
    pub(super) need: Option<PrimaryNeed>,
}

impl Group {
    /// Position of the pool of groups whose rate is published: status, school, phase.
    pub(super) const fn pool(&self) -> usize {
        pool(self.status, self.school, self.phase)
    }
}

/// Number of pools.
pub(super) const POOLS: usize = SenStatus::ALL.len() * School::ALL.len() * PHASES.len();

/// Position of a pool.
pub(super) const fn pool(status: SenStatus, school: School, phase: Phase) -> usize {
    (status as usize * School::ALL.len() + school as usize) * PHASES.len() + position(phase)
}

/// All groups, in the order of their counts.
pub(super) fn all() -> Vec<Group> {
    let mut groups = Vec::new();
    for status in SenStatus::ALL {
        let schools: &[School] = match status {
            SenStatus::Plan => &School::ALL,
            SenStatus::NoSen | SenStatus::Support => &[School::Mainstream],
        };
        for &school in schools {
            for phase in PHASES {
                let needs: Vec<Option<PrimaryNeed>> = match status {
                    SenStatus::NoSen => vec![None],
                    _ => PrimaryNeed::ALL.map(Some).to_vec(),
                };
                groups.extend(needs.into_iter().map(|need| Group {
                    status,
                    school,
                    phase,
                    need,
                }));
            }
        }
    }
    groups
}
