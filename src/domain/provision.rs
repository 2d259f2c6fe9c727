//! Provision whose places are finite.

use super::Setting;

/// A type of provision with a finite number of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Provision {
    /// State-funded special school.
    StateSpecial,
    /// Resourced provision in a mainstream school.
    ResourcedProvision,
    /// SEN unit in a mainstream school.
    SenUnit,
}

impl Provision {
    /// Number of types.
    pub const COUNT: usize = 3;

    /// Every type, in a fixed order.
    pub const ALL: [Self; Self::COUNT] =
        [Self::StateSpecial, Self::ResourcedProvision, Self::SenUnit];

    /// The type that a setting is; `None` where places are not counted.
    pub const fn of(setting: Setting) -> Option<Self> {
        match setting {
            Setting::StateSpecial => Some(Self::StateSpecial),
            Setting::ResourcedProvision => Some(Self::ResourcedProvision),
            Setting::SenUnit => Some(Self::SenUnit),
            Setting::EarlyYears
            | Setting::Mainstream
            | Setting::IndependentMainstream
            | Setting::NonMaintainedSpecial
            | Setting::IndependentSpecial
            | Setting::AlternativeProvision
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

    /// The setting.
    pub const fn setting(self) -> Setting {
        match self {
            Self::StateSpecial => Setting::StateSpecial,
            Self::ResourcedProvision => Setting::ResourcedProvision,
            Self::SenUnit => Setting::SenUnit,
        }
    }

    /// Position in [`Provision::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// A base in a mainstream school.
    pub const fn is_base(self) -> bool {
        matches!(self, Self::ResourcedProvision | Self::SenUnit)
    }
}
