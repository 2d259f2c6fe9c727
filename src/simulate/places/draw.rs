//! The places of a draw.

use super::{PlaceGroup, PlacePolicy, WantedAtBase};

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
