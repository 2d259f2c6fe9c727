//! What a scenario does to the rates of a draw.

use super::health_visiting;
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

/// The cells that a filter selects: one bit for each age, sex, need, setting and reason.
#[derive(Debug, Clone, Copy)]
struct Selected {
    ages: u32,
    sexes: u32,
    needs: u32,
    to_needs: u32,
    settings: u32,
    to_settings: u32,
    reasons: u32,
}

impl Selected {
    fn by(filter: &Filter) -> Self {
        Self {
            ages: bits(filter.ages.iter().map(|age| usize::from(*age))),
            sexes: bits(filter.sexes.iter().map(|sex| sex.index())),
            needs: bits(filter.needs.iter().map(|need| need.index())),
            to_needs: bits(filter.to_needs.iter().map(|need| need.index())),
            settings: bits(filter.settings.iter().map(|setting| setting.index())),
            to_settings: bits(filter.to_settings.iter().map(|setting| setting.index())),
            reasons: reasons(filter),
        }
    }

    #[inline]
    fn holds(&self, cell: &CellOf) -> bool {
        (self.ages >> cell.age)
            & (self.sexes >> cell.sex.index())
            & (self.needs >> cell.need.index())
            & (self.to_needs >> cell.to_need.index())
            & (self.settings >> cell.setting.index())
            & (self.to_settings >> cell.to_setting.index())
            & (self.reasons >> cell.reason.index())
            & 1
            == 1
    }
}

/// Reasons by name; without any, all but the moves to individual support plans, which only a reform
/// that names them brings.
fn reasons(filter: &Filter) -> u32 {
    match bits(filter.reasons.iter().map(|reason| reason.index())) {
        u32::MAX => !(1 << CeaseReason::SupportPlan.index()),
        named => named,
    }
}

/// A bit for each index; every bit where there is none, because an empty set selects everything.
fn bits(indices: impl Iterator<Item = usize>) -> u32 {
    match indices.fold(0, |bits, index| bits | 1 << index) {
        0 => u32::MAX,
        bits => bits,
    }
}

/// A change with what it is in one draw.
#[derive(Debug, Clone)]
pub(super) struct Sampled<'a> {
    pub(super) change: &'a Change,
    pub(super) size: f64,
    /// Years by which the first day slips.
    pub(super) slip_years: f64,
    selected: Selected,
    /// Strength in each segment of the timeline.
    strengths: Vec<f64>,
}

/// The changes of a scenario with their sizes in one draw, in the order of application.
#[derive(Debug, Clone)]
pub struct Effects<'a> {
    effects: Vec<Sampled<'a>>,
    /// One bit for each parameter that a change acts on.
    touched: u64,
}

impl<'a> Effects<'a> {
    /// Samples the size of every change that can have an effect within the horizon.
    pub fn sample(scenario: &'a Scenario, base: Date, end: Date, seed: u64, draw: u32) -> Self {
        let changes = scenario.effective_changes(base, end);
        let effects: Vec<Sampled<'a>> = changes
            .into_iter()
            .map(|change| {
                let at = |key: &str| Stream::new(seed, draw, key).uniform();
                Sampled {
                    change,
                    selected: Selected::by(&change.filter),
                    size: change.size.at(at(&change.size_key)),
                    slip_years: change
                        .slip_years
                        .at(at(&format!("{}.slip", change.size_key))),
                    strengths: Vec::new(),
                }
            })
            .collect();
        let touched = effects
            .iter()
            .fold(0, |bits, sampled| bits | bit(sampled.change.parameter));
        Self { effects, touched }
    }

    /// The changes of rates, for the timeline.
    pub fn changes(&self) -> Vec<&'a Change> {
        let changes = self.effects.iter().map(|sampled| sampled.change);
        changes
            .filter(|change| {
                let acts_on_rates = change.parameter.path().starts_with(health_visiting::PATHS);
                let is_stated = change.parameter.is_stated() && !acts_on_rates;
                !change.parameter.is_of_places() && !is_stated
            })
            .collect()
    }

    /// The changes of one parameter, in the order of application.
    pub(super) fn of(&self, parameter: Parameter) -> impl Iterator<Item = &Sampled<'a>> {
        self.effects
            .iter()
            .filter(move |sampled| sampled.change.parameter == parameter)
    }

    /// Works out how strong each change is in each segment of the timeline that it cuts.
    pub(super) fn place_on(&mut self, timeline: &Timeline) {
        for sampled in &mut self.effects {
            let segments = timeline.segments().iter();
            sampled.strengths = segments
                .map(|segment| timeline.strength(sampled.change, segment))
                .collect();
        }
    }

    /// Whether anything changes a parameter.
    #[inline]
    pub fn touch(&self, parameter: Parameter) -> bool {
        self.touched & bit(parameter) != 0
    }

    /// Whether anything changes a cell of a parameter, at any time.
    #[inline]
    pub(super) fn touch_cell(&self, parameter: Parameter, cell: &CellOf) -> bool {
        self.touch(parameter) && self.on(parameter, cell).next().is_some()
    }

    /// A number of the policy of places as changed on a day, which may lie within a segment.
    pub(super) fn apply_on_day(
        &self,
        parameter: Parameter,
        cell: &CellOf,
        timeline: &Timeline,
        day: f64,
        value: f64,
    ) -> f64 {
        let value = on_day(self.on(parameter, cell), timeline, day, value);
        within_kind(parameter, value)
    }

    /// Whether any stated number is changed.
    pub fn change_stated(&self) -> bool {
        let mut changes = self.effects.iter();
        changes.any(|sampled| sampled.change.parameter.is_stated())
    }

    /// Whether any stated number is changed whose path begins so.
    pub(super) fn change_under(&self, paths: &str) -> bool {
        let mut changes = self.effects.iter().map(|sampled| sampled.change.parameter);
        changes.any(|parameter| parameter.is_stated() && parameter.path().starts_with(paths))
    }

    /// Whether a stated number is changed, at any time.
    pub fn change(&self, path: &str) -> bool {
        self.touch(Parameter::Stated(0))
            && Parameter::from_path(path).is_some_and(|parameter| {
                let mut changed = self.effects.iter().map(|sampled| sampled.change.parameter);
                changed.any(|changed| changed == parameter)
            })
    }

    /// A stated number as changed on a day; exactly the value itself where nothing changes it. What is
    /// changed in single localities is left out.
    pub fn apply_stated(&self, path: &str, timeline: &Timeline, day: f64, value: f64) -> f64 {
        self.apply_stated_where(path, timeline, day, value, |filter| {
            filter.localities.is_empty()
        })
    }

    /// A stated number of a locality, changed on a day by what is changed there alone.
    pub fn apply_in_locality(
        &self,
        (path, locality): (&str, &str),
        timeline: &Timeline,
        day: f64,
        value: f64,
    ) -> f64 {
        self.apply_stated_where(path, timeline, day, value, |filter| {
            filter.localities.contains(locality)
        })
    }

    fn apply_stated_where(
        &self,
        path: &str,
        timeline: &Timeline,
        day: f64,
        value: f64,
        is_meant: impl Fn(&Filter) -> bool,
    ) -> f64 {
        if !self.touch(Parameter::Stated(0)) {
            return value;
        }
        let Some(parameter) = Parameter::from_path(path) else {
            return value;
        };
        let meant = |sampled: &&Sampled<'a>| is_meant(&sampled.change.filter);
        let changes = self.of(parameter).filter(meant);
        within_kind(parameter, on_day(changes, timeline, day, value))
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
        let at = timeline.segment_at(segment.start);
        let value = self.on(parameter, cell).fold(value, |value, sampled| {
            let operation = sampled.change.operation;
            changed(operation, value, sampled.size, sampled.strengths[at])
        });
        within_kind(parameter, value)
    }

    #[inline]
    fn on(&self, parameter: Parameter, cell: &CellOf) -> impl Iterator<Item = &Sampled<'a>> {
        let effects = self.effects.iter();
        effects.filter(move |sampled| {
            sampled.change.parameter == parameter && sampled.selected.holds(cell)
        })
    }
}

/// A value as some changes leave it on a day, which may lie within a segment.
fn on_day<'s, 'a: 's>(
    changes: impl Iterator<Item = &'s Sampled<'a>>,
    timeline: &Timeline,
    day: f64,
    value: f64,
) -> f64 {
    let moment = Segment {
        start: day,
        end: day,
        year: 0,
        share_of_year: 0.0,
    };
    changes.fold(value, |value, sampled| {
        let strength = timeline.strength_after(sampled.change, sampled.slip_years, &moment);
        changed(sampled.change.operation, value, sampled.size, strength)
    })
}

/// One bit for each parameter of the simulation; stated numbers share one.
const fn bit(parameter: Parameter) -> u64 {
    1 << parameter.place()
}

/// A value within what its parameter can hold.
fn within_kind(parameter: Parameter, value: f64) -> f64 {
    match parameter.kind() {
        Kind::Share => value.clamp(0.0, 1.0),
        Kind::Rate | Kind::Count => value.max(0.0),
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
    fn a_filter_selects_its_cells_and_an_empty_one_selects_all() {
        let mut cell = CellOf::age(25);
        assert!(Selected::by(&Filter::default()).holds(&cell));
        let filter = Filter {
            ages: [4, 25].into(),
            needs: [PrimaryNeed::Slcn].into(),
            ..Filter::default()
        };
        let selected = Selected::by(&filter);
        assert!(!selected.holds(&cell));
        cell.need = PrimaryNeed::Slcn;
        assert!(selected.holds(&cell));
        cell.age = 5;
        assert!(!selected.holds(&cell));
    }

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
