//! Where a child stands with the place that it wants.

use crate::domain::Overflow;

/// Where a child stands with the place that it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Where it wants to be, or in a second choice that it accepted.
    Settled,
    /// Waits for a place where it is.
    Waiting,
    /// Waits, with a hearing ahead that will direct it into a place.
    Appealing,
    /// Waits for a decision that was not made by 1 September.
    Undecided,
    /// Asks in the September round under way.
    Asking,
    /// Went elsewhere, or was placed above the limit.
    Overflow(Overflow),
}

impl Standing {
    /// Without the place that it wants, where it is.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Waiting | Self::Appealing | Self::Undecided)
    }

    /// Takes a place that comes free.
    pub const fn takes_offers(self) -> bool {
        matches!(self, Self::Waiting | Self::Appealing)
    }
}

/// No group: the child is in a setting whose places are not counted, or in another area.
pub const NO_GROUP: u8 = u8::MAX;
