//! Phases that places are planned for.

use super::Phase;

/// Phase of a place: nursery classes of special schools count as primary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PlacePhase {
    /// To Year 6 (ages up to 10).
    Primary,
    /// Years 7 to 11 (11 to 15).
    Secondary,
    /// Year 12 on.
    Post16,
}

impl PlacePhase {
    /// Number of phases.
    pub const COUNT: usize = 3;

    /// Every phase, youngest first.
    pub const ALL: [Self; Self::COUNT] = [Self::Primary, Self::Secondary, Self::Post16];

    /// The phase of an academic age.
    pub const fn of(age: u8) -> Self {
        match Phase::of(age) {
            Phase::EarlyYears | Phase::Primary => Self::Primary,
            Phase::Secondary => Self::Secondary,
            Phase::Post16 => Self::Post16,
        }
    }

    /// Position in [`PlacePhase::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Post16 => "post-16",
        }
    }

    /// Label in outputs: that of the phase of school.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Primary => Phase::Primary.label(),
            Self::Secondary => Phase::Secondary.label(),
            Self::Post16 => Phase::Post16.label(),
        }
    }

    /// Academic ages.
    pub const fn ages(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Primary => 0..=10,
            Self::Secondary => 11..=15,
            Self::Post16 => 16..=super::OLDEST_AGE,
        }
    }
}
