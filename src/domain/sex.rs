//! Sex, as recorded in the published statistics.

/// Sex of a child or young person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// Number of values.
    pub const COUNT: usize = 2;

    /// Both, in the order of outputs.
    pub const ALL: [Self; Self::COUNT] = [Self::Female, Self::Male];

    /// Position in [`Sex::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The published label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Female => "Female",
            Self::Male => "Male",
        }
    }

    /// Reads a label, in any case.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|sex| sex.label().eq_ignore_ascii_case(label))
    }
}
