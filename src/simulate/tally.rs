//! Counting: one run's facts into the counts of every indicator.

use crate::domain::{
    AgeGroup, CeaseReason, NeedGroup, Overflow, Phase, PlacePhase, PrimaryNeed, Provision, Setting,
    Sex, SpecialistType, YearGroup,
};
use crate::summarise::{Axis, Counted, Layout};

/// What a counted child is like; axes that an indicator does not use are ignored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// Academic age on the 1 January of the stock or before the flow; of a new plan the age at which
    /// it is published.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
    /// Setting.
    pub setting: Setting,
    /// Reason for ceasing.
    pub reason: CeaseReason,
    /// Kind of overflow.
    pub overflow: Overflow,
}

impl Traits {
    fn index(&self, axis: Axis) -> usize {
        match axis {
            Axis::AgeGroup => AgeGroup::of(self.age).index(),
            Axis::Sex => self.sex.index(),
            Axis::Need => self.need.index(),
            Axis::Setting => self.setting.index(),
            Axis::Phase => Phase::of(self.age).index(),
            Axis::Reason => self.reason.index(),
            Axis::Provision => Provision::of(self.setting).map_or(0, Provision::index),
            Axis::PlacePhase => PlacePhase::of(self.age).index(),
            Axis::NeedGroup => NeedGroup::of(self.need).index(),
            Axis::Overflow => self.overflow.index(),
            Axis::SpecialistType => {
                SpecialistType::of(self.setting).map_or(0, SpecialistType::index)
            }
            Axis::YearGroup => YearGroup::of(self.age).map_or(0, YearGroup::index),
        }
    }
}

/// Adds `count` children to an indicator's total, margins and crosses in one period.
pub(super) fn count_in<N: Copy + std::ops::AddAssign>(
    counts: &mut [N],
    layout: &Layout,
    counted: Counted,
    period: usize,
    traits: &Traits,
    count: N,
) {
    let mut start = layout.start(counted, period);
    for axes in counted.entry().breakdowns {
        let (mut offset, mut size) = (0, 1);
        for &axis in *axes {
            offset = offset * axis.size() + traits.index(axis);
            size *= axis.size();
        }
        counts[start + offset] += count;
        start += size;
    }
}
