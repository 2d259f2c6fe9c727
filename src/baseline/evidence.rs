//! Looking things up in the evidence tables of a pack.

use crate::area::{EstimateRow, EvidenceProcess, EvidenceRow};
use crate::domain::AGES;

/// Events and exposures by age of one process, with the peers' rates.
#[derive(Debug, Clone)]
pub(super) struct AgeEvidence {
    pub(super) peer: [f64; AGES],
    pub(super) events: [f64; AGES],
    pub(super) exposure: [f64; AGES],
}

impl AgeEvidence {
    pub(super) fn read(rows: &[EvidenceRow], process: EvidenceProcess) -> Self {
        let mut evidence = Self {
            peer: [0.0; AGES],
            events: [0.0; AGES],
            exposure: [0.0; AGES],
        };
        for row in of(rows, process) {
            if let Some(age) = row.age {
                evidence.peer[usize::from(age)] = row.peer_value;
                evidence.events[usize::from(age)] = row.area_events;
                evidence.exposure[usize::from(age)] = row.area_exposure;
            }
        }
        evidence
    }

    /// Events expected at the peers' rates.
    pub(super) fn expected(&self, age: usize) -> f64 {
        self.peer[age] * self.exposure[age]
    }
}

/// Rows of one process.
pub(super) fn of(
    rows: &[EvidenceRow],
    process: EvidenceProcess,
) -> impl Iterator<Item = &EvidenceRow> {
    rows.iter().filter(move |row| row.process == process)
}

/// An estimate by name, with its standard error; zero where the pack has none.
pub(super) fn estimate(rows: &[EstimateRow], name: &str) -> (f64, f64) {
    rows.iter()
        .find(|row| row.name == name)
        .map_or((0.0, 0.0), |r| (r.value, r.standard_error))
}
