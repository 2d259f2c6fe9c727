//! Where a child stands with the place that it wants.

use crate::domain::Overflow;

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
    Overflow(Overflow),
}

/// No group: the child is in a setting whose places are not counted, or in another area.
pub const NO_GROUP: u8 = u8::MAX;
