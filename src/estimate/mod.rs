//! Published counts of all authorities to the evidence of one: reference rates of England, the
//! area's own counts, and how strongly to pool them.
//!
//! In: [`Published`] and the residents of the packs. Out: the evidence tables of an area pack.
//! Deliberately not here: draws (`baseline`), stocks (`fit`).
//! A new process is a file here, a value of `EvidenceProcess`, and its reader in `baseline`.

mod ages;
mod areas;
mod joining;
mod later;
mod leaving;
mod mix;
mod moves;
mod peers;
mod pooling;
mod reference;
mod residents;
mod spending;
mod support;
mod trend;

pub use later::later_evidence;
pub use peers::{AreaEvidence, Peers};
pub use residents::Residents;
