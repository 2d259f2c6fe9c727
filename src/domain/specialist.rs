//! Specialist provision and year groups as the school capacity survey (SCAP) collects them.

use super::Setting;

/// A provision type of the SEND tables of the school capacity survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SpecialistType {
    /// SEN units and resourced provision.
    Base,
    /// Independent special schools.
    Independent,
    /// State-funded special schools, with non-maintained ones.
    Special,
    /// Pupil referral units, alternative provision academies and independent alternative provision.
    AlternativeProvision,
}

impl SpecialistType {
    /// Number of types.
    pub const COUNT: usize = 4;

    /// Every type, in the order of the survey.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Base,
        Self::Independent,
        Self::Special,
        Self::AlternativeProvision,
    ];

    /// The type of a setting; `None` where the place is not specialist.
    pub const fn of(setting: Setting) -> Option<Self> {
        match setting {
            Setting::ResourcedProvision | Setting::SenUnit => Some(Self::Base),
            Setting::IndependentSpecial => Some(Self::Independent),
            Setting::StateSpecial | Setting::NonMaintainedSpecial => Some(Self::Special),
            Setting::AlternativeProvision => Some(Self::AlternativeProvision),
            Setting::EarlyYears
            | Setting::Mainstream
            | Setting::IndependentMainstream
            | Setting::GeneralFe
            | Setting::OtherFe
            | Setting::SpecialistPost16
            | Setting::ElectiveHomeEducation
            | Setting::OtherArrangements
            | Setting::OtherPlacement
            | Setting::Neet
            | Setting::NotRecorded => None,
        }
    }

    /// Position in [`SpecialistType::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Label in outputs.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Base => "SEN unit or resourced provision",
            Self::Independent => "Independent special school",
            Self::Special => "State-funded or non-maintained special school",
            Self::AlternativeProvision => "Alternative provision",
        }
    }
}

/// National curriculum year groups of compulsory schooling, Reception first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearGroup(usize);

impl YearGroup {
    /// Number of year groups: Reception to Year 11.
    pub const COUNT: usize = LABELS.len();

    /// The year group of an academic age; `None` outside Reception to Year 11.
    pub const fn of(age: u8) -> Option<Self> {
        let age = age as usize;
        if age >= RECEPTION_AGE && age - RECEPTION_AGE < Self::COUNT {
            Some(Self(age - RECEPTION_AGE))
        } else {
            None
        }
    }

    /// Position from Reception on.
    pub const fn index(self) -> usize {
        self.0
    }

    /// Label of a position.
    pub const fn label(index: usize) -> &'static str {
        LABELS[index]
    }

    /// Position of a label.
    pub fn from_label(label: &str) -> Option<usize> {
        LABELS.iter().position(|known| *known == label)
    }
}

const RECEPTION_AGE: usize = 4;

const LABELS: [&str; 12] = [
    "Reception",
    "Year 1",
    "Year 2",
    "Year 3",
    "Year 4",
    "Year 5",
    "Year 6",
    "Year 7",
    "Year 8",
    "Year 9",
    "Year 10",
    "Year 11",
];
