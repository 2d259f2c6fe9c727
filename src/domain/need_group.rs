//! Groups of needs that places are planned for.

use std::fmt;

use super::PrimaryNeed;

/// The four broad areas of need of the SEND Code of Practice (2015, chapter 6), and the rest. The
/// assignment of the published needs to them is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NeedGroup {
    /// Communication and interaction: SLCN, ASD.
    CommunicationAndInteraction,
    /// Cognition and learning: SPLD, MLD, SLD, PMLD.
    CognitionAndLearning,
    /// Social, emotional and mental health: SEMH.
    SocialEmotionalMental,
    /// Sensory and physical: HI, VI, MSI, PD.
    SensoryAndPhysical,
    /// Other and unknown needs, Down syndrome among them.
    Other,
}

impl NeedGroup {
    /// Number of groups.
    pub const COUNT: usize = 5;

    /// Every group, in a fixed order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::CommunicationAndInteraction,
        Self::CognitionAndLearning,
        Self::SocialEmotionalMental,
        Self::SensoryAndPhysical,
        Self::Other,
    ];

    /// The group of a need.
    pub const fn of(need: PrimaryNeed) -> Self {
        match need {
            PrimaryNeed::Asd | PrimaryNeed::Slcn => Self::CommunicationAndInteraction,
            PrimaryNeed::Mld | PrimaryNeed::Pmld | PrimaryNeed::Sld | PrimaryNeed::Spld => {
                Self::CognitionAndLearning
            }
            PrimaryNeed::Semh => Self::SocialEmotionalMental,
            PrimaryNeed::Hi | PrimaryNeed::Msi | PrimaryNeed::Pd | PrimaryNeed::Vi => {
                Self::SensoryAndPhysical
            }
            PrimaryNeed::Oth | PrimaryNeed::Nsa | PrimaryNeed::Unknown => Self::Other,
        }
    }

    /// Position in [`NeedGroup::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Name in area packs and parameter paths.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CommunicationAndInteraction => "communication-and-interaction",
            Self::CognitionAndLearning => "cognition-and-learning",
            Self::SocialEmotionalMental => "semh",
            Self::SensoryAndPhysical => "sensory-and-physical",
            Self::Other => "other",
        }
    }

    /// Label in outputs.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CommunicationAndInteraction => "Communication and interaction (ASD, SLCN)",
            Self::CognitionAndLearning => "Cognition and learning (MLD, SLD, PMLD, SPLD)",
            Self::SocialEmotionalMental => "Social, emotional and mental health (SEMH)",
            Self::SensoryAndPhysical => "Sensory and physical (HI, VI, MSI, PD)",
            Self::Other => "Other and not recorded",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// Needs of the group.
    pub fn needs(self) -> impl Iterator<Item = PrimaryNeed> {
        PrimaryNeed::ALL
            .into_iter()
            .filter(move |&need| Self::of(need) == self)
    }
}

impl fmt::Display for NeedGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
