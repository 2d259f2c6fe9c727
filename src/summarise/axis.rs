//! What indicators are broken down by.

use super::table::Cell;
use crate::domain::{
    AgeGroup, CeaseReason, NeedGroup, Overflow, Phase, PlacePhase, PrimaryNeed, Provision, Setting,
    Sex, SpecialistType, YearGroup,
};

/// A breakdown column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// `age_group`.
    AgeGroup,
    /// `sex`.
    Sex,
    /// `primary_need`.
    Need,
    /// `setting`.
    Setting,
    /// `phase`.
    Phase,
    /// `category`: the reason for ceasing.
    Reason,
    /// `setting`: those with finite places.
    Provision,
    /// `phase`: as places are planned.
    PlacePhase,
    /// `primary_need`: groups of needs.
    NeedGroup,
    /// `category`: where children go who find no place.
    Overflow,
    /// `setting`: as the school capacity survey groups specialist places.
    SpecialistType,
    /// `age_group`: Reception to Year 11.
    YearGroup,
}

impl Axis {
    /// Number of values.
    pub const fn size(self) -> usize {
        match self {
            Self::AgeGroup => AgeGroup::COUNT,
            Self::Sex => Sex::COUNT,
            Self::Need => PrimaryNeed::COUNT,
            Self::Setting => Setting::COUNT,
            Self::Phase => Phase::COUNT,
            Self::Reason => CeaseReason::COUNT,
            Self::Provision => Provision::COUNT,
            Self::PlacePhase => PlacePhase::COUNT,
            Self::NeedGroup => NeedGroup::COUNT,
            Self::Overflow => Overflow::COUNT,
            Self::SpecialistType => SpecialistType::COUNT,
            Self::YearGroup => YearGroup::COUNT,
        }
    }

    pub(super) fn name(self, cell: &mut Cell, index: usize) {
        match self {
            Self::AgeGroup => cell.age_group = AgeGroup::ALL[index].label(),
            Self::Sex => cell.sex = Sex::ALL[index].label(),
            Self::Need => cell.primary_need = PrimaryNeed::ALL[index].label(),
            Self::Setting => cell.setting = Setting::ALL[index].label(),
            Self::Phase => cell.phase = Phase::ALL[index].label(),
            Self::Reason => cell.category = CeaseReason::ALL[index].label(),
            Self::Provision => cell.setting = Provision::ALL[index].setting().label(),
            Self::PlacePhase => cell.phase = PlacePhase::ALL[index].label(),
            Self::NeedGroup => cell.primary_need = NeedGroup::ALL[index].label(),
            Self::Overflow => cell.category = Overflow::ALL[index].label(),
            Self::SpecialistType => cell.setting = SpecialistType::ALL[index].label(),
            Self::YearGroup => cell.age_group = YearGroup::label(index),
        }
    }
}
