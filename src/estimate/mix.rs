//! What joiners and leavers are like: need, sex, first setting, reason.

use super::areas::{FIRST_AGED_YEAR, FIRST_CEASED_YEAR, LAST_YEAR};
use super::reference::Reference;
use crate::area::{EvidenceProcess, EvidenceRow};
use crate::data::facts::{Cut, Facts, Item, Published};
use crate::domain::{AGES, CeaseReason, Place, PrimaryNeed, Setting, Sex};

/// Fewest English events behind an age's own shares; below, all ages together stand in.
const FEWEST_EVENTS: f64 = 30.0;

/// Settings that differ by need for reasons other than age.
const SETTINGS_BY_NEED: [Setting; 6] = [
    Setting::ResourcedProvision,
    Setting::SenUnit,
    Setting::StateSpecial,
    Setting::NonMaintainedSpecial,
    Setting::IndependentSpecial,
    Setting::AlternativeProvision,
];

/// The published age that shows most of a cohort's events of a year: the age after.
fn shown_age(cohort: usize) -> u8 {
    (cohort as u8 + 1).clamp(2, 20)
}

/// Sum of a cell over years; zero where nothing is published.
fn sum(facts: &Facts, place: Place, years: impl Iterator<Item = i32>, cut: Cut, item: Item) -> f64 {
    years
        .filter_map(|year| facts.value(place, year, cut, item))
        .sum()
}

/// England's shares over items in a cut, or over all where the cut holds too few events.
fn shares(events: &[f64], all: &[f64]) -> Vec<f64> {
    let of = |counts: &[f64]| {
        let total: f64 = counts.iter().sum();
        counts
            .iter()
            .map(|c| if total > 0.0 { c / total } else { 0.0 })
            .collect::<Vec<f64>>()
    };
    if events.iter().sum::<f64>() >= FEWEST_EVENTS {
        of(events)
    } else {
        of(all)
    }
}

/// Years of needs of new plans that the area's own counts may come from: none of them after its base
/// date.
fn own_years_of_needs(base_year: i32) -> std::ops::Range<i32> {
    LAST_YEAR..base_year.min(LAST_YEAR + 1)
}

/// Primary need of new plans by cohort. Plans without a recorded need are left out.
pub(super) fn needs(published: &Published, place: Place, base_year: i32) -> Vec<EvidenceRow> {
    let facts = &published.new_plan_needs;
    let known = PrimaryNeed::ALL
        .into_iter()
        .filter(|&need| need != PrimaryNeed::Unknown);
    let count = |place: Place, years: std::ops::Range<i32>, cut: Cut| -> Vec<f64> {
        known
            .clone()
            .map(|need| sum(facts, place, years.clone(), cut, Item::Need(need)))
            .collect()
    };
    let newest = LAST_YEAR..LAST_YEAR + 1;
    let all = count(Place::England, newest.clone(), Cut::All);
    let mut rows = Vec::new();
    for cohort in 0..AGES {
        let cut = Cut::AgeStarted(shown_age(cohort));
        let england = shares(&count(Place::England, newest.clone(), cut), &all);
        // Cohorts that share a published age share its counts; only the first one carries them.
        let own = (1..=19).contains(&cohort);
        let area = if own {
            count(place, own_years_of_needs(base_year), cut)
        } else {
            vec![0.0; england.len()]
        };
        let total: f64 = area.iter().sum();
        for ((need, share), events) in known.clone().zip(england).zip(area) {
            let mut row = EvidenceRow::new(EvidenceProcess::JoiningNeed, share);
            row.age = Some(cohort as u8);
            row.need = Some(need);
            row.area_events = events;
            row.area_exposure = total;
            rows.push(row);
        }
    }
    rows
}

/// Share of boys among new plans by need.
pub(super) fn boys(published: &Published, place: Place, base_year: i32) -> Vec<EvidenceRow> {
    let facts = &published.new_plan_needs;
    let england = |sex: Sex, need: PrimaryNeed| {
        let years = LAST_YEAR..=LAST_YEAR;
        sum(
            facts,
            Place::England,
            years,
            Cut::Sex(sex),
            Item::Need(need),
        )
    };
    let own = |sex: Sex, need: PrimaryNeed| {
        let years = own_years_of_needs(base_year);
        sum(facts, place, years, Cut::Sex(sex), Item::Need(need))
    };
    PrimaryNeed::ALL
        .into_iter()
        .map(|need| {
            let [girls, boys] = Sex::ALL.map(|sex| england(sex, need));
            let share = if girls + boys > 0.0 {
                boys / (girls + boys)
            } else {
                0.5
            };
            let mut row = EvidenceRow::new(EvidenceProcess::JoiningBoys, share);
            row.need = Some(need);
            row.area_events = own(Sex::Male, need);
            row.area_exposure = row.area_events + own(Sex::Female, need);
            row
        })
        .collect()
}

/// Settings that are known: children whose placement was not recorded are in one of them, and are
/// taken to be spread over them as the others are.
pub(super) fn recorded_settings() -> impl Iterator<Item = Setting> + Clone {
    Setting::ALL
        .into_iter()
        .filter(|setting| *setting != Setting::NotRecorded)
}

/// First setting of new plans by cohort, as recorded at the census after. Plans without a recorded
/// placement are left out.
pub(super) fn first_settings(
    published: &Published,
    place: Place,
    base_year: i32,
) -> Vec<EvidenceRow> {
    let facts = &published.new_plans;
    let count = |place: Place, cut: Cut, last: i32| -> Vec<f64> {
        recorded_settings()
            .map(|setting| {
                sum(
                    facts,
                    place,
                    FIRST_AGED_YEAR..=last,
                    cut,
                    Item::Setting(setting),
                )
            })
            .collect()
    };
    let all = count(Place::England, Cut::All, LAST_YEAR);
    let mut rows = Vec::new();
    for cohort in 0..AGES {
        let cut = Cut::Age(shown_age(cohort));
        let england = shares(&count(Place::England, cut, LAST_YEAR), &all);
        let own = (1..=19).contains(&cohort);
        let last = LAST_YEAR.min(base_year - 1);
        let area = if own {
            count(place, cut, last)
        } else {
            vec![0.0; england.len()]
        };
        let total: f64 = area.iter().sum();
        for ((setting, share), events) in recorded_settings().zip(england).zip(area) {
            if share > 0.0 || events > 0.0 {
                let mut row = EvidenceRow::new(EvidenceProcess::FirstSetting, share);
                row.age = Some(cohort as u8);
                row.setting = Some(setting);
                row.area_events = events;
                row.area_exposure = total;
                rows.push(row);
            }
        }
    }
    rows
}

/// How much likelier a child with a need is to be in a setting than other children with plans in
/// schools: England, all ages. Settings outside the list have no such ratio.
pub(super) fn needs_in_settings(published: &Published) -> Vec<EvidenceRow> {
    let january = LAST_YEAR + 1;
    let count = |setting: Setting, need: PrimaryNeed| {
        let cut = Cut::Setting(setting);
        published
            .plan_needs
            .value(Place::England, january, cut, Item::Need(need))
            .unwrap_or(0.0)
    };
    let schools = || SETTINGS_BY_NEED.into_iter().chain([Setting::Mainstream]);
    let of_need = |need| schools().map(|s| count(s, need)).sum::<f64>();
    let of_setting = |setting| {
        PrimaryNeed::ALL
            .into_iter()
            .map(|n| count(setting, n))
            .sum::<f64>()
    };
    let total: f64 = schools().map(of_setting).sum();
    let mut rows = Vec::new();
    for need in PrimaryNeed::ALL {
        for setting in SETTINGS_BY_NEED {
            let expected = of_need(need) * of_setting(setting) / total.max(1.0);
            if expected > 0.0 {
                let ratio = (count(setting, need) + 5.0) / (expected + 5.0);
                let mut row = EvidenceRow::new(EvidenceProcess::NeedInSetting, ratio);
                row.need = Some(need);
                row.setting = Some(setting);
                rows.push(row);
            }
        }
    }
    rows
}

/// Reasons for ceasing by cohort.
pub(super) fn reasons(published: &Published, place: Place, base_year: i32) -> Vec<EvidenceRow> {
    let facts = &published.ceased;
    let ends = CeaseReason::ALL
        .into_iter()
        .filter(|reason| reason.is_published() && !reason.is_move_out());
    let count = |place: Place, cut: Cut, last: i32| -> Vec<f64> {
        ends.clone()
            .map(|reason| {
                sum(
                    facts,
                    place,
                    FIRST_CEASED_YEAR..=last,
                    cut,
                    Item::Reason(reason),
                )
            })
            .collect()
    };
    let all = count(Place::England, Cut::All, LAST_YEAR);
    let mut rows = Vec::new();
    for cohort in 0..AGES {
        let cut = Cut::Age(shown_age(cohort));
        let england = shares(&count(Place::England, cut, LAST_YEAR), &all);
        let area = count(place, cut, LAST_YEAR.min(base_year - 1));
        let total: f64 = area.iter().sum();
        for ((reason, share), events) in ends.clone().zip(england).zip(area) {
            let mut row = EvidenceRow::new(EvidenceProcess::CeasingReason, share);
            row.age = Some(cohort as u8);
            row.reason = Some(reason);
            row.area_events = events;
            row.area_exposure = total;
            rows.push(row);
        }
    }
    rows
}

/// Ceasing in a setting against what its ages lead one to expect: England, ages 16 on.
pub(super) fn ceasing_in_settings(
    published: &Published,
    reference: &Reference,
) -> Vec<EvidenceRow> {
    let ends = CeaseReason::ALL
        .into_iter()
        .filter(|reason| reason.is_published() && !reason.is_move_out());
    let mut rows = Vec::new();
    for setting in Setting::ALL {
        let cut = Cut::Setting(setting);
        let ceased: f64 = ends
            .clone()
            .map(|r| {
                let years = LAST_YEAR..=LAST_YEAR;
                sum(
                    &published.ceased,
                    Place::England,
                    years,
                    cut,
                    Item::Reason(r),
                )
            })
            .sum();
        let expected: f64 = (2..AGES)
            .map(|a| {
                let cut = Cut::Age(a as u8);
                let item = Item::Setting(setting);
                let plans = published.plans.value(Place::England, LAST_YEAR, cut, item);
                plans.unwrap_or(0.0) * (1.0 - (-reference.ceasing_rate[a]).exp())
            })
            .sum();
        let ratio = ((ceased + 20.0) / (expected + 20.0)).clamp(0.2, 4.0);
        let mut row = EvidenceRow::new(EvidenceProcess::CeasingInSetting, ratio);
        row.setting = Some(setting);
        rows.push(row);
    }
    rows
}
