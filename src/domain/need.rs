//! Primary need types, as coded in SEN2 and the school census.

use std::fmt;

/// Type of primary need of a child on SEN support or with an EHC plan.
///
/// The published code list of the SEN2 person-level return (`sentype`) and of the school census.
/// `Nsa` occurs on SEN support only; `Unknown` in EHC plan statistics only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PrimaryNeed {
    /// Autistic spectrum disorder.
    Asd,
    /// Hearing impairment.
    Hi,
    /// Moderate learning difficulty.
    Mld,
    /// Multi-sensory impairment.
    Msi,
    /// Other difficulty or disability (Down syndrome is counted here until 2025).
    Oth,
    /// Physical disability.
    Pd,
    /// Profound and multiple learning difficulty.
    Pmld,
    /// Social, emotional and mental health.
    Semh,
    /// Speech, language and communication needs.
    Slcn,
    /// Severe learning difficulty.
    Sld,
    /// Specific learning difficulty.
    Spld,
    /// Visual impairment.
    Vi,
    /// SEN support but no specialist assessment of type of need.
    Nsa,
    /// Plan whose need was not recorded.
    Unknown,
}

impl PrimaryNeed {
    /// Number of need types.
    pub const COUNT: usize = 14;

    /// Every need, in the order of the published columns.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Asd,
        Self::Hi,
        Self::Mld,
        Self::Msi,
        Self::Oth,
        Self::Pd,
        Self::Pmld,
        Self::Semh,
        Self::Slcn,
        Self::Sld,
        Self::Spld,
        Self::Vi,
        Self::Nsa,
        Self::Unknown,
    ];

    /// Position in [`PrimaryNeed::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The published code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asd => "ASD",
            Self::Hi => "HI",
            Self::Mld => "MLD",
            Self::Msi => "MSI",
            Self::Oth => "OTH",
            Self::Pd => "PD",
            Self::Pmld => "PMLD",
            Self::Semh => "SEMH",
            Self::Slcn => "SLCN",
            Self::Sld => "SLD",
            Self::Spld => "SPLD",
            Self::Vi => "VI",
            Self::Nsa => "NSA",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// The label in DfE's published tables.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Asd => "Autistic Spectrum Disorder",
            Self::Hi => "Hearing Impairment",
            Self::Mld => "Moderate Learning Difficulty",
            Self::Msi => "Multi-Sensory Impairment",
            Self::Oth => "Other Difficulty/Disability",
            Self::Pd => "Physical Disability",
            Self::Pmld => "Profound & Multiple Learning Difficulty",
            Self::Semh => "Social, Emotional and Mental Health",
            Self::Slcn => "Speech, Language and Communications needs",
            Self::Sld => "Severe Learning Difficulty",
            Self::Spld => "Specific Learning Difficulty",
            Self::Vi => "Visual Impairment",
            Self::Nsa => "SEN support but no specialist assessment of type of need",
            Self::Unknown => "Primary need not recorded",
        }
    }

    /// Reads a published code, in any case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|need| need.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for PrimaryNeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
