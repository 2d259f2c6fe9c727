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
mod draw;
mod group;
mod offer;
mod policy;
mod queue;
mod round;
mod shares;
mod standing;
mod supply;
mod transfer;

pub use draw::Places;
pub use group::PlaceGroup;
pub use policy::{PlacePolicy, Ranks, WantedAtBase};
pub use standing::{NO_GROUP, Standing};

pub(super) use queue::Desk;
pub(super) use supply::Supply;
