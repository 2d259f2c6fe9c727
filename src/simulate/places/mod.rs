//! Finite places: who asks, who gets one, who waits, who goes elsewhere.
//!
//! In: [`Places`], the places and the policy of a draw; what each child wants. Out: where each
//! child is, and the counts of the indicators of places.
//! What children want never depends on where they find a place, so capacity moves children between
//! settings and changes nothing else.
//! Deliberately not here: preferences (`yearly`, `schedule`), where the numbers come from
//! (`baseline/`).
//! A new rule of allocation is a number in [`PlacePolicy`] and a line in `allocation.rs`.

mod allocation;
mod base;
mod count;
mod group;
mod policy;
mod queue;
mod round;
mod supply;

pub use group::PlaceGroup;
pub use policy::{PlacePolicy, Ranks, WantedAtBase};

pub(super) use queue::Desk;
pub(super) use supply::Supply;

/// The places of a draw, before any scenario changes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// Groups of places.
    pub groups: Vec<PlaceGroup>,
    /// Rules and chances.
    pub policy: PlacePolicy,
    /// What the children of the base stock want.
    pub wanted: WantedAtBase,
}

/// Where a child stands with the place that it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Where it wants to be, or in a second choice that it accepted.
    Settled,
    /// Waits for a place where it is.
    Waiting,
    /// Asks in the September round under way.
    Asking,
    /// Went elsewhere, or was placed above the limit.
    Overflow(crate::domain::Overflow),
}

/// No group: the child is in a setting whose places are not counted, or in another area.
pub const NO_GROUP: u8 = u8::MAX;
