//! Where a child with an EHC plan is educated.

use std::fmt;

/// Placement of a child with an EHC plan: a grouping of the published SEN2 placement columns that
/// keeps every type of place commissioned differently (governance of the school is left out).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Setting {
    /// Non-maintained early years provision (private, voluntary and independent).
    EarlyYears,
    /// State-funded mainstream school, not in a base.
    Mainstream,
    /// Resourced provision in a mainstream school.
    ResourcedProvision,
    /// SEN unit in a mainstream school.
    SenUnit,
    /// Independent mainstream school.
    IndependentMainstream,
    /// State-funded special school: maintained, academy or free.
    StateSpecial,
    /// Non-maintained special school.
    NonMaintainedSpecial,
    /// Independent special school.
    IndependentSpecial,
    /// Alternative provision or pupil referral unit.
    AlternativeProvision,
    /// General further education or tertiary college.
    GeneralFe,
    /// Other further education provider (with a UK provider reference number).
    OtherFe,
    /// Specialist post-16 institution.
    SpecialistPost16,
    /// Elective home education.
    ElectiveHomeEducation,
    /// Education otherwise than at school: arrangements by the authority or parents, online.
    OtherArrangements,
    /// Other placement: Welsh and other schools, other settings.
    OtherPlacement,
    /// Not in education, employment or training, or awaiting a placement.
    Neet,
    /// Placement not recorded.
    NotRecorded,
}

impl Setting {
    /// Number of settings.
    pub const COUNT: usize = 17;

    /// Every setting, in a fixed order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::EarlyYears,
        Self::Mainstream,
        Self::ResourcedProvision,
        Self::SenUnit,
        Self::IndependentMainstream,
        Self::StateSpecial,
        Self::NonMaintainedSpecial,
        Self::IndependentSpecial,
        Self::AlternativeProvision,
        Self::GeneralFe,
        Self::OtherFe,
        Self::SpecialistPost16,
        Self::ElectiveHomeEducation,
        Self::OtherArrangements,
        Self::OtherPlacement,
        Self::Neet,
        Self::NotRecorded,
    ];

    /// Position in [`Setting::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Name in area packs and scenario files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EarlyYears => "early-years",
            Self::Mainstream => "mainstream",
            Self::ResourcedProvision => "resourced-provision",
            Self::SenUnit => "sen-unit",
            Self::IndependentMainstream => "independent-mainstream",
            Self::StateSpecial => "state-special",
            Self::NonMaintainedSpecial => "non-maintained-special",
            Self::IndependentSpecial => "independent-special",
            Self::AlternativeProvision => "alternative-provision",
            Self::GeneralFe => "general-fe",
            Self::OtherFe => "other-fe",
            Self::SpecialistPost16 => "specialist-post-16",
            Self::ElectiveHomeEducation => "elective-home-education",
            Self::OtherArrangements => "other-arrangements",
            Self::OtherPlacement => "other-placement",
            Self::Neet => "neet",
            Self::NotRecorded => "not-recorded",
        }
    }

    /// Label in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::EarlyYears => "Non-maintained early years",
            Self::Mainstream => "Mainstream school",
            Self::ResourcedProvision => "Resourced provision in mainstream",
            Self::SenUnit => "SEN unit in mainstream",
            Self::IndependentMainstream => "Independent mainstream school",
            Self::StateSpecial => "State-funded special school",
            Self::NonMaintainedSpecial => "Non-maintained special school",
            Self::IndependentSpecial => "Independent special school",
            Self::AlternativeProvision => "Alternative provision",
            Self::GeneralFe => "General further education college",
            Self::OtherFe => "Other further education provider",
            Self::SpecialistPost16 => "Specialist post-16 institution",
            Self::ElectiveHomeEducation => "Elective home education",
            Self::OtherArrangements => "Other arrangements (EOTAS)",
            Self::OtherPlacement => "Other placement",
            Self::Neet => "Not in education, employment or training",
            Self::NotRecorded => "Placement not recorded",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// A special school of any kind.
    pub const fn is_special_school(self) -> bool {
        matches!(
            self,
            Self::StateSpecial | Self::NonMaintainedSpecial | Self::IndependentSpecial
        )
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
