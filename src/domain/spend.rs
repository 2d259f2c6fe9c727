//! Lines of spending.

use super::Setting;

/// A line of spending on children with SEND.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SpendLine {
    /// Top-ups in mainstream schools and early years.
    Mainstream,
    /// Resourced provision and SEN units.
    Base,
    /// State-funded special schools.
    StateSpecial,
    /// Independent and non-maintained special schools.
    IndependentSpecial,
    /// Alternative provision.
    AlternativeProvision,
    /// Colleges and other further education.
    FurtherEducation,
    /// Specialist post-16 institutions.
    SpecialistPost16,
    /// Education otherwise than at school, other placements.
    OtherArrangements,
    /// Elective home education.
    HomeEducation,
    /// SEN support and inclusion services.
    Inclusion,
    /// Hospital education.
    Hospital,
    /// Therapies and other health services paid for by the authority.
    Therapies,
    /// Home-to-school transport.
    Transport,
    /// Educational psychologists.
    EducationalPsychology,
    /// Case officers, managers, panels.
    Casework,
    /// Appeals.
    Disputes,
    /// Programmes that a scenario puts into place.
    Programmes,
    /// Buildings for new places.
    Capital,
    /// The NHS board's share of placements funded together.
    HealthBoard,
    /// Social care's share of placements funded together.
    SocialCare,
}

impl SpendLine {
    /// Number of lines.
    pub const COUNT: usize = 20;

    /// Every line: first those of placements, then the rest of the high needs block, then what the
    /// council pays, then capital,
    /// then what partners pay.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Mainstream,
        Self::Base,
        Self::StateSpecial,
        Self::IndependentSpecial,
        Self::AlternativeProvision,
        Self::FurtherEducation,
        Self::SpecialistPost16,
        Self::OtherArrangements,
        Self::HomeEducation,
        Self::Inclusion,
        Self::Hospital,
        Self::Therapies,
        Self::Transport,
        Self::EducationalPsychology,
        Self::Casework,
        Self::Disputes,
        Self::Programmes,
        Self::Capital,
        Self::HealthBoard,
        Self::SocialCare,
    ];

    /// Lines that partners pay.
    pub const PARTNERS: [Self; 2] = [Self::HealthBoard, Self::SocialCare];

    /// Number of lines that follow placements; they come first.
    pub const PLACEMENTS: usize = 9;

    /// Number of lines of placements that are paid by place and by band; they come first.
    pub const BANDED: usize = 3;

    /// Number of lines that the high needs block pays; they come first.
    pub const HIGH_NEEDS: usize = 12;

    /// Position in [`SpendLine::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The line of a placement; none for children who are not in education and for placements that
    /// are not recorded.
    pub const fn of(setting: Setting) -> Option<Self> {
        Some(match setting {
            Setting::EarlyYears | Setting::Mainstream | Setting::IndependentMainstream => {
                Self::Mainstream
            }
            Setting::ResourcedProvision | Setting::SenUnit => Self::Base,
            Setting::StateSpecial => Self::StateSpecial,
            Setting::NonMaintainedSpecial | Setting::IndependentSpecial => Self::IndependentSpecial,
            Setting::AlternativeProvision => Self::AlternativeProvision,
            Setting::GeneralFe | Setting::OtherFe => Self::FurtherEducation,
            Setting::SpecialistPost16 => Self::SpecialistPost16,
            Setting::OtherArrangements | Setting::OtherPlacement => Self::OtherArrangements,
            Setting::ElectiveHomeEducation => Self::HomeEducation,
            Setting::Neet | Setting::NotRecorded => return None,
        })
    }

    /// Whether partners pay a share: placements of the most complex needs.
    pub const fn is_funded_together(self) -> bool {
        matches!(self, Self::IndependentSpecial | Self::SpecialistPost16)
    }

    /// Label in outputs.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mainstream => "Mainstream top-up",
            Self::Base => "Resourced provision and SEN units",
            Self::StateSpecial => "State-funded special schools",
            Self::IndependentSpecial => "Independent and non-maintained special schools",
            Self::AlternativeProvision => "Alternative provision",
            Self::FurtherEducation => "Further education",
            Self::SpecialistPost16 => "Specialist post-16 institutions",
            Self::OtherArrangements => "Other arrangements (EOTAS)",
            Self::HomeEducation => "Elective home education",
            Self::Inclusion => "SEN support and inclusion services",
            Self::Hospital => "Hospital education",
            Self::Therapies => "Therapies and other health services",
            Self::Transport => "Home-to-school transport",
            Self::EducationalPsychology => "Educational psychologists",
            Self::Casework => "SEN administration",
            Self::Disputes => "Mediation and appeals",
            Self::Programmes => "Programmes of the scenario",
            Self::Capital => "Buildings for new places",
            Self::HealthBoard => "NHS board, placements funded together",
            Self::SocialCare => "Social care, placements funded together",
        }
    }
}
