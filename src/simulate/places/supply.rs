//! The places and rules of one scenario in one draw.

use super::shares::shared;
use super::{PlaceGroup, Places};
use crate::domain::{PlacePhase, PrimaryNeed, Provision};
use crate::parameters::Parameter;
use crate::scenario::{Filter, Operation};
use crate::simulate::effects::{CellOf, Effects, Sampled};
use crate::simulate::record::Opening;
use crate::simulate::timeline::Timeline;

const DAYS_A_YEAR: f64 = 365.25;

/// Places under a scenario.
#[derive(Debug, Clone)]
pub(in crate::simulate) struct Supply<'a> {
    /// Places and rules before the scenario.
    pub(in crate::simulate) places: &'a Places,
    /// Groups under the scenario: those of the area, then those that the scenario opens.
    pub(super) groups: Vec<PlaceGroup>,
    /// Factor on demand: year × type.
    induced: Vec<[f64; Provision::COUNT]>,
}

impl<'a> Supply<'a> {
    /// The places of a draw with the changes of a scenario.
    pub(in crate::simulate) fn new(
        places: &'a Places,
        effects: &Effects<'_>,
        timeline: &Timeline,
    ) -> Self {
        let mut groups = places.groups.clone();
        for sampled in effects.of(Parameter::PlacesCapacity) {
            change(&mut groups, sampled, timeline);
        }
        let mut supply = Self {
            places,
            groups,
            induced: Vec::new(),
        };
        supply.induced = (0..timeline.years())
            .map(|year| supply.induced_in(year, effects, timeline))
            .collect();
        supply
    }

    /// Factor on the demand for a type in a year: exactly 1 where the scenario opens no places.
    pub(in crate::simulate) fn induced(&self, year: usize, provision: Provision) -> f64 {
        self.induced[year][provision.index()]
    }

    /// Whether the scenario opens places that raise demand in a year.
    pub(in crate::simulate) fn induces_demand(&self, year: usize) -> bool {
        self.induced[year].iter().any(|&factor| factor > 1.0)
    }

    /// Places that open after the base date, by day: those of a group beyond the most it has had.
    pub(in crate::simulate) fn openings(&self) -> Vec<Opening> {
        let mut openings = Vec::new();
        for group in &self.groups {
            let mut days: Vec<f64> = group.steps.iter().map(|(day, _)| *day).collect();
            days.sort_by(f64::total_cmp);
            let mut most = group.exact_places_on(0.0);
            for day in days.into_iter().filter(|day| *day > 0.0) {
                let places = group.exact_places_on(day);
                if places > most {
                    openings.push(Opening {
                        day,
                        provision: group.provision,
                        places: places - most,
                    });
                    most = places;
                }
            }
        }
        openings
    }

    /// Days on which the number of places changes within the horizon.
    pub(super) fn days_of_change(&self, timeline: &Timeline) -> Vec<f64> {
        let steps = self.groups.iter().flat_map(|group| &group.steps);
        let within = 1.0..timeline.end();
        let mut days: Vec<f64> = steps
            .map(|(day, _)| day.floor())
            .filter(|day| within.contains(day))
            .collect();
        days.sort_by(f64::total_cmp);
        days.dedup();
        days
    }

    /// Demand rises by the elasticity times the share by which places rise by September.
    fn induced_in(
        &self,
        year: usize,
        effects: &Effects<'_>,
        timeline: &Timeline,
    ) -> [f64; Provision::COUNT] {
        let day = timeline.september(year);
        let total = |groups: &[PlaceGroup], provision: Provision| -> f64 {
            let of_type = groups.iter().filter(|group| group.provision == provision);
            of_type.map(|group| group.exact_places_on(day)).sum()
        };
        Provision::ALL.map(|provision| {
            let before = total(&self.places.groups, provision);
            let after = total(&self.groups, provision);
            if after <= before || before <= 0.0 {
                return 1.0;
            }
            let mut cell = CellOf::age(0);
            cell.setting = provision.setting();
            let elasticity = on_day(
                Parameter::InducedDemand,
                &cell,
                self.places.policy.induced_demand,
                day,
                (effects, timeline),
            );
            1.0 + elasticity * (after / before - 1.0)
        })
    }
}

/// A number of the policy as a scenario has it on a day.
pub(super) fn on_day(
    parameter: Parameter,
    cell: &CellOf,
    value: f64,
    day: f64,
    (effects, timeline): (&Effects<'_>, &Timeline),
) -> f64 {
    effects.apply_on_day(parameter, cell, timeline, day, value)
}

/// Applies one change of the number of places.
///
/// An addition to named types opens a group of its own, for the filter's needs and ages. Anything
/// else changes the groups that the filter meets: a multiplier each of them, a set or subtracted
/// number in proportion to their places.
fn change(groups: &mut Vec<PlaceGroup>, sampled: &Sampled<'_>, timeline: &Timeline) {
    let change = sampled.change;
    let from = timeline.day(change.from) + (sampled.slip_years * DAYS_A_YEAR).round();
    let until = change.until.map(|until| timeline.day(until));
    let steps = |amount: f64| steps(amount, from, until, change.phase_in_years);
    let filter = &change.filter;
    let opens = change.operation == Operation::Add && sampled.size > 0.0;
    if opens && !filter.settings.is_empty() {
        for provision in filter.settings.iter().copied().filter_map(Provision::of) {
            groups.push(PlaceGroup {
                provision,
                needs: PlaceGroup::bits(filter.needs.iter().copied()),
                ages: ages(filter),
                sex: None,
                steps: steps(sampled.size),
            });
        }
        return;
    }
    let met: Vec<usize> = (0..groups.len())
        .filter(|&group| meets(filter, &groups[group]))
        .collect();
    let places: Vec<f64> = met
        .iter()
        .map(|&group| groups[group].exact_places_on(from))
        .collect();
    let total: f64 = places.iter().sum();
    // What is set or taken away is shared out whole.
    let wanted = match change.operation {
        Operation::Set => sampled.size,
        Operation::Add => (total + sampled.size).max(0.0),
        Operation::Multiply => total * sampled.size,
    };
    let whole = shared(wanted.round() as u32, &places);
    for ((group, places), whole) in met.into_iter().zip(places).zip(whole) {
        let difference = match change.operation {
            Operation::Multiply => places * (sampled.size - 1.0),
            Operation::Set | Operation::Add => f64::from(whole) - places,
        };
        groups[group].steps.extend(steps(difference));
    }
}

/// Equal yearly parts from the first day until the years of growth have passed; all of it gone
/// again at the end.
fn steps(amount: f64, from: f64, until: Option<f64>, years: f64) -> Vec<(f64, f64)> {
    let parts = years.floor() as u32 + 1;
    let part = amount / f64::from(parts);
    let mut steps: Vec<(f64, f64)> = (0..parts)
        .map(|year| ((from + f64::from(year) * DAYS_A_YEAR).round(), part))
        .filter(|(day, _)| until.is_none_or(|until| *day < until))
        .collect();
    let open: f64 = steps.iter().map(|(_, places)| places).sum();
    steps.extend(until.map(|until| (until, -open)));
    steps
}

fn ages(filter: &Filter) -> (u8, u8) {
    let ages = &filter.ages;
    let all = PlacePhase::ALL.map(PlacePhase::ages);
    let (youngest, oldest) = (*all[0].start(), *all[PlacePhase::COUNT - 1].end());
    (
        ages.first().copied().unwrap_or(youngest),
        ages.last().copied().unwrap_or(oldest),
    )
}

fn meets(filter: &Filter, group: &PlaceGroup) -> bool {
    let wanted = &filter.settings;
    let needs = PlaceGroup::bits(filter.needs.iter().copied());
    let (youngest, oldest) = ages(filter);
    (wanted.is_empty() || wanted.contains(&group.provision.setting()))
        && PrimaryNeed::ALL
            .iter()
            .any(|need| group.is_for(*need) && needs & 1 << need.index() != 0)
        && group.ages.0 <= oldest
        && group.ages.1 >= youngest
}
