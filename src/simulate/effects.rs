//! What a scenario does to the rates of a draw.

use super::timeline::{Segment, Timeline};
use crate::domain::{CeaseReason, Date, PrimaryNeed, Setting, Sex};
use crate::parameters::{Kind, Parameter};
use crate::random::Stream;
use crate::scenario::{Change, Filter, Operation, Scenario};

/// One cell of a parameter, as filters see it. A dimension that the parameter does not have is left
/// at its default and never filtered on.
#[derive(Debug, Clone, Copy)]
pub struct CellOf {
    /// Academic age.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Need (before recoding).
    pub need: PrimaryNeed,
    /// Need after recoding.
    pub to_need: PrimaryNeed,
    /// Setting (before a move).
    pub setting: Setting,
    /// Setting after a move.
    pub to_setting: Setting,
    /// Reason for ceasing.
    pub reason: CeaseReason,
}

impl CellOf {
    /// A cell by age only.
    pub const fn age(age: u8) -> Self {
        Self {
            age,
            sex: Sex::Female,
            need: PrimaryNeed::Asd,
            to_need: PrimaryNeed::Asd,
            setting: Setting::Mainstream,
            to_setting: Setting::Mainstream,
            reason: CeaseReason::MaximumAge,
        }
    }
}

/// Whether a filter selects a cell. An empty set selects everything.
pub(super) fn selects(filter: &Filter, cell: &CellOf) -> bool {
    let any = |empty: bool, hit: bool| empty || hit;
    any(filter.ages.is_empty(), filter.ages.contains(&cell.age))
        && any(filter.sexes.is_empty(), filter.sexes.contains(&cell.sex))
        && any(filter.needs.is_empty(), filter.needs.contains(&cell.need))
        && any(
            filter.to_needs.is_empty(),
            filter.to_needs.contains(&cell.to_need),
        )
        && any(
            filter.settings.is_empty(),
            filter.settings.contains(&cell.setting),
        )
        && any(
            filter.to_settings.is_empty(),
            filter.to_settings.contains(&cell.to_setting),
        )
        && any(
            filter.reasons.is_empty(),
            filter.reasons.contains(&cell.reason),
        )
}

/// The changes of a scenario with their sizes in one draw, in the order of application.
#[derive(Debug, Clone)]
pub struct Effects<'a> {
    effects: Vec<(&'a Change, f64)>,
}

impl<'a> Effects<'a> {
    /// Samples the size of every change that can have an effect within the horizon.
    pub fn sample(scenario: &'a Scenario, base: Date, end: Date, seed: u64, draw: u32) -> Self {
        let effects = scenario
            .effective_changes(base, end)
            .into_iter()
            .map(|change| {
                let u = Stream::new(seed, draw, &change.size_key).uniform();
                (change, change.size.at(u))
            })
            .collect();
        Self { effects }
    }

    /// The changes, for the timeline.
    pub fn changes(&self) -> Vec<&'a Change> {
        self.effects.iter().map(|(change, _)| *change).collect()
    }

    /// Whether anything changes a parameter.
    #[inline]
    pub fn touch(&self, parameter: Parameter) -> bool {
        self.effects
            .iter()
            .any(|(change, _)| change.parameter == parameter)
    }

    /// A value as changed in a segment; exactly the value itself where nothing changes it.
    pub fn apply(
        &self,
        parameter: Parameter,
        cell: &CellOf,
        timeline: &Timeline,
        segment: &Segment,
        value: f64,
    ) -> f64 {
        let mut value = value;
        for (change, size) in &self.effects {
            if change.parameter == parameter && selects(&change.filter, cell) {
                let strength = timeline.strength(change, segment);
                value = changed(change.operation, value, *size, strength);
            }
        }
        match parameter.kind() {
            Kind::Share => value.clamp(0.0, 1.0),
            Kind::Rate | Kind::Count => value.max(0.0),
        }
    }
}

/// A value changed with a strength between 0 (not yet) and 1 (exactly the full change).
fn changed(operation: Operation, value: f64, size: f64, strength: f64) -> f64 {
    if strength <= 0.0 {
        return value;
    }
    let full = match operation {
        Operation::Set => size,
        Operation::Multiply => value * size,
        Operation::Add => value + size,
    };
    if strength >= 1.0 {
        full
    } else {
        value + strength * (full - value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multiplier_acts_exactly() {
        for value in [0.017, 1.0, 3.3] {
            let product = changed(Operation::Multiply, value, 0.9, 1.0);
            assert!(product.to_bits() == (value * 0.9).to_bits());
        }
        assert!((changed(Operation::Add, 2.0, 1.0, 0.5) - 2.5).abs() < 1e-15);
        assert!((changed(Operation::Set, 2.0, 4.0, 0.25) - 2.5).abs() < 1e-15);
    }
}
