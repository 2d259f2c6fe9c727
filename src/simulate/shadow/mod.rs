//! The shadow model: expected counts by recursion, without a single child drawn.
//!
//! In: starting people and the integrated rates of one draw and scenario, the same that the
//! simulation uses. Out: the expected value of every count of the layout. With fixed rates the
//! mean over simulated runs must equal it; what it costs is a small part of one run.
//! Deliberately not here: capacity, queues and chance.
//!
//! Each birth cohort and sex is a group ([`group::Group`]) whose children pass between no SEN (by
//! latent need), SEN support (by need) and a plan (by need and setting). Within a year the flows
//! are integrated in steps by the classical Runge-Kutta method (error below 1e-5 of a flow); moves
//! on 1 September and the maximum age on 31 August are jumps between steps.

mod flows;
mod group;
mod rates;

use self::flows::Flows;
use self::group::Group;
use self::rates::{StepRates, YearRates};
use super::arrivals;
use super::effects::CellOf;
use super::hazards::{Cohort, Hazards, age_of, cohort_of};
use super::live::counted_alone;
use super::people::{Person, Status};
use super::rates::moves_on_first_september;
use super::tally::{Traits, count_in};
use crate::domain::{
    AGES, CeaseReason, OLDEST_AGE, Overflow, PrimaryNeed, Setting, Sex, published_ages,
};
use crate::parameters::Parameter;
use crate::summarise::{Counted, Layout};

const NEEDS: usize = PrimaryNeed::COUNT;
const SETTINGS: usize = Setting::COUNT;

/// Steps of a year at least.
const STEPS: usize = 24;

/// Expected counts in the order of the layout.
pub fn expected_counts(start: &[Person], hazards: &Hazards<'_>, layout: &Layout) -> Vec<f64> {
    let years = hazards.timeline.years();
    let mut shadow = Shadow {
        hazards,
        layout,
        counts: vec![0.0; layout.len()],
        groups: (0..(AGES + years) * Sex::COUNT)
            .map(|_| Group::new())
            .collect(),
    };
    shadow.settle(start);
    for year in 0..years {
        if year > 0 {
            shadow.reach_age_zero(year);
        }
        shadow.snapshot(year);
        for age in 0..AGES as u8 {
            for sex in Sex::ALL {
                shadow.live_through(year, age, sex);
            }
        }
    }
    shadow.reach_age_zero(years);
    shadow.snapshot(years);
    shadow.counts
}

struct Shadow<'h, 'a> {
    hazards: &'h Hazards<'a>,
    layout: &'h Layout,
    counts: Vec<f64>,
    groups: Vec<Group>,
}

fn group_of(cohort: Cohort, sex: Sex) -> usize {
    cohort * Sex::COUNT + sex.index()
}

impl Shadow<'_, '_> {
    fn settle(&mut self, start: &[Person]) {
        for person in start {
            let cohort = usize::from(person.cohort);
            let group = &mut self.groups[group_of(cohort, person.sex)];
            let need = person.need.index();
            match person.status {
                Status::Away => {}
                Status::NoSen => {
                    let age = age_of(cohort, 0).unwrap_or(OLDEST_AGE);
                    let shares = self.hazards.rates.latent_shares(age, person.sex);
                    for (count, share) in group.no_sen.iter_mut().zip(shares) {
                        *count += share;
                    }
                }
                Status::Support => group.support[need] += 1.0,
                Status::Plan => group.settled[need][person.setting.index()] += 1.0,
            }
        }
    }

    fn reach_age_zero(&mut self, year: usize) {
        for sex in Sex::ALL {
            let born = arrivals::reaching_age_zero(self.hazards, year, sex);
            let shares = self.hazards.rates.latent_shares(0, sex);
            let group = &mut self.groups[group_of(cohort_of(0, year), sex)];
            for (count, share) in group.no_sen.iter_mut().zip(shares) {
                *count += born * share;
            }
        }
    }

    /// Takes a group through a calendar year and counts its flows.
    fn live_through(&mut self, year: usize, age: u8, sex: Sex) {
        let hazards = self.hazards;
        let cohort = cohort_of(age, year);
        let of_year = YearRates::new(hazards, year, age, sex);
        let mut flows = Flows::new();
        let (january, next) = (
            hazards.timeline.january(year),
            hazards.timeline.january(year + 1),
        );
        let september = hazards.timeline.september(year);
        let days = days_of_steps(hazards, year);
        let mut segment = hazards.timeline.segment_at(january);
        for step in days.windows(2) {
            let (from, to) = (step[0], step[1]);
            if hazards.timeline.segment_at(from) != segment {
                self.count_ceased(year, age, sex, segment, &mut flows);
                segment = hazards.timeline.segment_at(from);
            }
            let group = &mut self.groups[group_of(cohort, sex)];
            if moves_on_first_september(age) && from.to_bits() == september.to_bits() {
                group.move_at_once(&of_year);
            }
            let is_last_day = age == OLDEST_AGE
                && [september - 1.0, next - 1.0]
                    .iter()
                    .any(|day| day.to_bits() == from.to_bits());
            if is_last_day {
                let gone_by = (from - january) / (next - january);
                flows.maximum_age = add(
                    &flows.maximum_age,
                    &group.reach_maximum_age(&of_year, gone_by),
                );
            }
            let of_step = StepRates::new(hazards, cohort, age, sex, from, to);
            group.advance(&of_year, &of_step, &mut flows);
        }
        self.count_ceased(year, age, sex, segment, &mut flows);
        self.groups[group_of(cohort, sex)].close_year(&of_year);
        self.count_flows(year, age, sex, &flows);
    }

    fn count(&mut self, counted: Counted, period: usize, traits: &Traits, amount: f64) {
        if amount > 0.0 {
            count_in(
                &mut self.counts,
                self.layout,
                counted,
                period,
                traits,
                amount,
            );
        }
    }

    fn count_flows(&mut self, year: usize, age: u8, sex: Sex, flows: &Flows) {
        for (need, setting, amount) in cells(&flows.new) {
            for (shown, share) in published_ages(age) {
                let traits = traits(shown, sex, need, setting, CeaseReason::Other);
                self.count(Counted::NewPlans, year, &traits, amount * share);
            }
        }
        for (counted, amounts, reason) in [
            (Counted::PlansMovedIn, &flows.moved_in, CeaseReason::Other),
            (
                Counted::PlansMovedOut,
                &flows.moved_out,
                CeaseReason::Transfer,
            ),
            (Counted::PlansCeased, &flows.died, CeaseReason::Deceased),
            (
                Counted::PlansCeased,
                &flows.maximum_age,
                CeaseReason::MaximumAge,
            ),
        ] {
            for (need, setting, amount) in cells(amounts) {
                let traits = traits(age, sex, need, setting, reason);
                self.count(counted, year, &traits, amount);
            }
        }
    }

    /// Splits what ceased within a segment by reason.
    fn count_ceased(&mut self, year: usize, age: u8, sex: Sex, segment: usize, flows: &mut Flows) {
        let ceased = std::mem::replace(&mut flows.ceased, [[0.0; SETTINGS]; NEEDS]);
        let segment = &self.hazards.timeline.segments()[segment];
        let shares: Vec<[f64; CeaseReason::COUNT]> = Setting::ALL
            .into_iter()
            .map(|setting| reason_shares(self.hazards, age, setting, segment))
            .collect();
        for (need, setting, amount) in cells(&ceased) {
            for (reason, share) in CeaseReason::ALL.into_iter().zip(shares[setting.index()]) {
                let traits = traits(age, sex, need, setting, reason);
                self.count(Counted::PlansCeased, year, &traits, amount * share);
            }
        }
    }

    fn snapshot(&mut self, year: usize) {
        for age in 0..AGES as u8 {
            for sex in Sex::ALL {
                let group = self.groups[group_of(cohort_of(age, year), sex)].clone();
                let of = |need, setting| traits(age, sex, need, setting, CeaseReason::Other);
                let any = of(PrimaryNeed::Oth, Setting::Mainstream);
                self.count(Counted::Population, year, &any, group.residents());
                for need in PrimaryNeed::ALL {
                    let children = group.support[need.index()] + group.found_early[need.index()];
                    let traits = of(need, Setting::Mainstream);
                    self.count(Counted::SenSupport, year, &traits, children);
                }
                for (need, setting, plans) in cells(&group.settled) {
                    self.count(Counted::EhcPlans, year, &of(need, setting), plans);
                    if let Some(counted) = counted_alone(setting) {
                        self.count(counted, year, &of(need, setting), plans);
                    }
                }
            }
        }
    }
}

fn traits(age: u8, sex: Sex, need: PrimaryNeed, setting: Setting, reason: CeaseReason) -> Traits {
    Traits {
        age,
        sex,
        need,
        setting,
        reason,
        overflow: Overflow::Independent,
    }
}

/// Amounts by need and setting.
type ByPlan = [[f64; SETTINGS]; NEEDS];

fn cells(amounts: &ByPlan) -> impl Iterator<Item = (PrimaryNeed, Setting, f64)> {
    let all = PrimaryNeed::ALL
        .into_iter()
        .flat_map(|need| Setting::ALL.into_iter().map(move |setting| (need, setting)));
    all.map(|(need, setting)| (need, setting, amounts[need.index()][setting.index()]))
}

fn add(a: &ByPlan, b: &ByPlan) -> ByPlan {
    std::array::from_fn(|need| std::array::from_fn(|s| a[need][s] + b[need][s]))
}

/// First days of the steps of a year and the day after its last: equal steps, cut at the scenario's
/// dates, at the last day of the maximum age and at 1 September.
fn days_of_steps(hazards: &Hazards<'_>, year: usize) -> Vec<f64> {
    let timeline = &hazards.timeline;
    let (start, end) = (timeline.january(year), timeline.january(year + 1));
    let mut days: Vec<f64> = (0..=STEPS)
        .map(|step| start + (end - start) * step as f64 / STEPS as f64)
        .collect();
    let september = timeline.september(year);
    days.extend([september - 1.0, september, end - 1.0]);
    let segments = timeline.segments().iter();
    days.extend(segments.filter(|s| s.year == year).map(|s| s.start));
    days.sort_by(f64::total_cmp);
    days.dedup();
    days
}

/// Shares of the reasons among plans that cease, death and the maximum age left out.
fn reason_shares(
    hazards: &Hazards<'_>,
    age: u8,
    setting: Setting,
    segment: &super::timeline::Segment,
) -> [f64; CeaseReason::COUNT] {
    let mut cell = CellOf::age(age);
    cell.setting = setting;
    let rates = CeaseReason::ALL.map(|reason| {
        if reason.is_move_out() || reason == CeaseReason::Deceased {
            return 0.0;
        }
        cell.reason = reason;
        let at = [usize::from(age), reason.index(), setting.index()];
        let rate = hazards.rates.ceasing.at(at);
        let timeline = &hazards.timeline;
        hazards
            .effects
            .apply(Parameter::CeasingRate, &cell, timeline, segment, rate)
    });
    let total: f64 = rates.iter().sum();
    rates.map(|rate| if total > 0.0 { rate / total } else { 0.0 })
}
