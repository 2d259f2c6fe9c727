//! Pupils by group on a 1 January of a future.

use super::groups::{Group, PHASES, School, SenStatus, position};
use crate::domain::{AgeGroup, Phase, PlacePhase, PrimaryNeed, Setting, Sex};
use crate::simulate::Future;
use crate::summarise::{Axis, Counted};

const NEEDS: usize = PrimaryNeed::COUNT;
const NUMBER: usize = PHASES.len();

/// Settings that count as state-funded mainstream schools.
const MAINSTREAM: [Setting; 3] = [
    Setting::Mainstream,
    Setting::ResourcedProvision,
    Setting::SenUnit,
];

/// Residents from Reception to Year 11 by what exclusions are told by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pupils {
    /// With or without SEN, by phase.
    pub(super) residents: [f64; NUMBER],
    /// Without SEN, by phase.
    no_sen: [f64; NUMBER],
    /// On SEN support, by phase and need.
    support: [[f64; NEEDS]; NUMBER],
    /// With a plan, by school and phase.
    plans: [[f64; NUMBER]; School::ALL.len()],
    /// Share of needs among plans of a school.
    need_share: [[f64; NEEDS]; School::ALL.len()],
    /// Share of boys by SEN status, of all ages.
    boys: [f64; SenStatus::ALL.len()],
    /// Share of plans in mainstream whose child waits for a place elsewhere, by phase.
    pub(super) waiting_share: [f64; NUMBER],
}

impl Pupils {
    /// Counts pupils on the 1 January of a year of the horizon; 0 is the base date.
    pub(super) fn on_january(future: &Future<'_>, year: usize) -> Self {
        let at = |start: Option<usize>, offset: usize| {
            start.map_or(0.0, |start| f64::from(future.counts[start + offset]))
        };
        let cross = |counted, axes: &[Axis]| future.layout.cross(counted, year, axes);
        let phases = PHASES.map(Phase::index);
        let by_phase = |counted| {
            let start = cross(counted, &[Axis::Phase]);
            phases.map(|phase| at(start, phase))
        };
        let by_sex = |counted| {
            let start = cross(counted, &[Axis::Sex]);
            Sex::ALL.map(|sex| at(start, sex.index()))
        };
        let [everyone, support_by_sex, plans_by_sex] =
            [Counted::Population, Counted::SenSupport, Counted::EhcPlans].map(by_sex);
        let others_by_sex = Sex::ALL
            .map(Sex::index)
            .map(|sex| everyone[sex] - support_by_sex[sex] - plans_by_sex[sex]);
        let boys = |by_sex: [f64; Sex::COUNT]| {
            by_sex[Sex::Male.index()] / by_sex.iter().sum::<f64>().max(1.0)
        };
        let residents = by_phase(Counted::Population);
        let (on_support, with_plan) = (by_phase(Counted::SenSupport), by_phase(Counted::EhcPlans));
        let bands = [AgeGroup::Age5To10.index(), AgeGroup::Age11To15.index()];
        let needs = cross(Counted::SenSupport, &[Axis::AgeGroup, Axis::Need]);
        let settings = cross(Counted::EhcPlans, &[Axis::Phase, Axis::Setting]);
        let need_settings = cross(Counted::EhcPlans, &[Axis::Need, Axis::Setting]);
        let in_school = |school: School, start: Option<usize>, row: usize| -> f64 {
            let settings: &[Setting] = match school {
                School::Mainstream => &MAINSTREAM,
                School::Special => &[Setting::StateSpecial],
            };
            let held = settings.iter().map(|setting| setting.index());
            held.map(|setting| at(start, row * Setting::COUNT + setting))
                .sum()
        };
        let plans =
            School::ALL.map(|school| phases.map(|phase| in_school(school, settings, phase)));
        let need_share = School::ALL.map(|school| {
            let held: [f64; NEEDS] =
                std::array::from_fn(|need| in_school(school, need_settings, need));
            let all: f64 = held.iter().sum();
            held.map(|plans| plans / all.max(1.0))
        });
        // Places are counted in January and September: January is every second period.
        let waiting = future.layout.cross(
            Counted::ChildrenAwaitingPlace,
            2 * year,
            &[Axis::PlacePhase],
        );
        let places = [PlacePhase::Primary.index(), PlacePhase::Secondary.index()];
        let in_mainstream = plans[School::Mainstream as usize];
        Self {
            residents,
            no_sen: std::array::from_fn(|phase| {
                (residents[phase] - on_support[phase] - with_plan[phase]).max(0.0)
            }),
            // Needs are counted by age band: those of 5 to 10 stand for Reception too.
            support: std::array::from_fn(|phase| {
                let row = bands[phase] * NEEDS;
                let held: [f64; NEEDS] = std::array::from_fn(|need| at(needs, row + need));
                let all: f64 = held.iter().sum();
                held.map(|children| children / all.max(1.0) * on_support[phase])
            }),
            plans,
            need_share,
            boys: [others_by_sex, support_by_sex, plans_by_sex].map(boys),
            waiting_share: std::array::from_fn(|phase| {
                (at(waiting, places[phase]) / in_mainstream[phase].max(1.0)).min(1.0)
            }),
        }
    }

    /// Share of boys among pupils with a SEN status.
    pub(super) const fn boys(&self, status: SenStatus) -> f64 {
        self.boys[status as usize]
    }

    /// Pupils with a plan in state-funded special schools.
    pub(super) fn in_special_schools(&self) -> f64 {
        self.plans[School::Special as usize].iter().sum()
    }

    /// Pupils of a group.
    pub(super) fn of(&self, group: &Group) -> f64 {
        let phase = position(group.phase);
        match (group.status, group.need) {
            (SenStatus::NoSen, _) | (_, None) => self.no_sen[phase],
            (SenStatus::Support, Some(need)) => self.support[phase][need.index()],
            (SenStatus::Plan, Some(need)) => {
                let school = group.school as usize;
                self.plans[school][phase] * self.need_share[school][need.index()]
            }
        }
    }
}
