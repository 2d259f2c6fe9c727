//! Where children go who find no place.

use super::Setting;

/// Where a child goes who asks for a place and finds none, other than to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Overflow {
    /// Independent or non-maintained special school.
    Independent,
    /// Special school of another authority.
    OutOfArea,
    /// Education otherwise than at school.
    OtherArrangements,
    /// Alternative provision.
    AlternativeProvision,
    /// A place above the limit, directed by a tribunal.
    Directed,
}

impl Overflow {
    /// Number of kinds.
    pub const COUNT: usize = 5;

    /// Every kind, in a fixed order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Independent,
        Self::OutOfArea,
        Self::OtherArrangements,
        Self::AlternativeProvision,
        Self::Directed,
    ];

    /// The kinds to which a child goes who is not directed.
    pub const ELSEWHERE: [Self; 4] = [
        Self::Independent,
        Self::OutOfArea,
        Self::OtherArrangements,
        Self::AlternativeProvision,
    ];

    /// Position in [`Overflow::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Setting in which the child is then recorded; a directed child is where it asked to be.
    pub const fn setting(self, wanted: Setting) -> Setting {
        match self {
            Self::Independent => Setting::IndependentSpecial,
            Self::OutOfArea => Setting::StateSpecial,
            Self::OtherArrangements => Setting::OtherArrangements,
            Self::AlternativeProvision => Setting::AlternativeProvision,
            Self::Directed => wanted,
        }
    }

    /// Name in parameter paths.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::OutOfArea => "out-of-area",
            Self::OtherArrangements => "other-arrangements",
            Self::AlternativeProvision => "alternative-provision",
            Self::Directed => "directed",
        }
    }

    /// Label in outputs.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Independent => "Independent special school",
            Self::OutOfArea => "Special school of another authority",
            Self::OtherArrangements => "Education otherwise than at school",
            Self::AlternativeProvision => "Alternative provision",
            Self::Directed => "Above the limit, directed by a tribunal",
        }
    }
}
