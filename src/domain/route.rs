//! The route that a young person with a plan is on after 16.

use super::{Arrangement, ArrangementFamily, Setting};

/// Where a young person with a plan learns or works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Route {
    /// Mainstream school, sixth forms and bases among them.
    MainstreamSchool,
    /// Special school.
    SpecialSchool,
    /// College or other provider of further education, without learning at work.
    College,
    /// Specialist post-16 institution, without learning at work.
    Specialist,
    /// Supported internship.
    Internship,
    /// Apprenticeship or traineeship.
    Apprenticeship,
    /// At home, by other arrangements, or in another placement.
    Elsewhere,
    /// Not in education, employment or training.
    Neet,
    /// Not recorded.
    NotRecorded,
}

impl Route {
    /// Number of routes.
    pub const COUNT: usize = 9;

    /// Academic age from which routes are told.
    pub const FIRST_AGE: u8 = 16;

    /// Every route.
    pub const ALL: [Self; Self::COUNT] = [
        Self::MainstreamSchool,
        Self::SpecialSchool,
        Self::College,
        Self::Specialist,
        Self::Internship,
        Self::Apprenticeship,
        Self::Elsewhere,
        Self::Neet,
        Self::NotRecorded,
    ];

    /// Label in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MainstreamSchool => "Mainstream school or sixth form",
            Self::SpecialSchool => "Special school",
            Self::College => "Further education college or provider",
            Self::Specialist => "Specialist post-16 institution",
            Self::Internship => "Supported internship",
            Self::Apprenticeship => "Apprenticeship or traineeship",
            Self::Elsewhere => "Home, other arrangements and placements",
            Self::Neet => "Not in education, employment or training",
            Self::NotRecorded => "Placement not recorded",
        }
    }

    /// The route of a setting and what is arranged there.
    pub fn of(setting: Setting, arranged: [Option<Arrangement>; ArrangementFamily::COUNT]) -> Self {
        match arranged[ArrangementFamily::WorkBased.index()] {
            Some(Arrangement::SupportedInternship) => return Self::Internship,
            Some(_) => return Self::Apprenticeship,
            None => {}
        }
        match setting {
            Setting::EarlyYears
            | Setting::Mainstream
            | Setting::ResourcedProvision
            | Setting::SenUnit
            | Setting::IndependentMainstream => Self::MainstreamSchool,
            Setting::StateSpecial | Setting::NonMaintainedSpecial | Setting::IndependentSpecial => {
                Self::SpecialSchool
            }
            Setting::GeneralFe | Setting::OtherFe => Self::College,
            Setting::SpecialistPost16 => Self::Specialist,
            Setting::AlternativeProvision
            | Setting::ElectiveHomeEducation
            | Setting::OtherArrangements
            | Setting::OtherPlacement => Self::Elsewhere,
            Setting::Neet => Self::Neet,
            Setting::NotRecorded => Self::NotRecorded,
        }
    }
}
