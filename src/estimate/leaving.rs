//! Leaving: plans that ceased, and plans that moved out, by age.

use super::ages::ByAge;
use super::areas::{Counts, FIRST_CEASED_YEAR, LAST_YEAR};
use super::pooling::AreaRatio;
use super::reference::Reference;
use crate::area::{EvidenceProcess, EvidenceRow};
use crate::domain::{AGES, CeaseReason};

/// Years of accounts from which losses are inferred where ceased plans were not yet published.
const INFERRED_YEARS: i32 = 3;

/// Ceased plans of one area and what reference rates expect.
pub(super) fn ceased(
    counts: &Counts<'_>,
    region: &str,
    reference: &Reference,
    base_year: i32,
) -> AreaRatio {
    let mut ratio = AreaRatio {
        region: region.to_owned(),
        events: [0.0; AGES],
        expected: [0.0; AGES],
    };
    for year in FIRST_CEASED_YEAR..base_year.min(LAST_YEAR + 1) {
        let ended = |reason: CeaseReason| !reason.is_move_out();
        let (Some(events), Some(expected)) = (
            counts.ceased_by_age(year, ended, &reference.leavers),
            expected_ceased(counts, reference, year),
        ) else {
            continue;
        };
        add(&mut ratio, &events, &expected);
    }
    if ratio.events.iter().sum::<f64>() > 0.0 {
        return ratio;
    }
    inferred(counts, reference, base_year, &mut ratio);
    ratio
}

fn add(ratio: &mut AreaRatio, events: &ByAge, expected: &ByAge) {
    for a in 0..AGES {
        ratio.events[a] += events[a];
        ratio.expected[a] += expected[a];
    }
}

/// Ceased plans expected in a year at England's rates.
fn expected_ceased(counts: &Counts<'_>, reference: &Reference, year: i32) -> Option<ByAge> {
    let plans = counts.plans_by_age(year, &reference.plan_shape)?;
    let exposure = reference.ceasing_exposure(&plans, &joiners(counts, reference, year));
    Some(std::array::from_fn(|a| {
        exposure[a] * reference.ceasing_rate[a]
    }))
}

fn joiners(counts: &Counts<'_>, reference: &Reference, year: i32) -> ByAge {
    let total: f64 = reference.joiners.iter().sum();
    let new_plans = counts.new_plans(year).unwrap_or(0.0);
    reference.joiners.map(|j| {
        if total > 0.0 {
            j * new_plans / total
        } else {
            0.0
        }
    })
}

/// Losses inferred from the accounts of the last years before the base date: plans that were there,
/// plus new ones, less those that are there a year later, less net moves at England's rates. Shared
/// out over ages as England's rates expect.
fn inferred(counts: &Counts<'_>, reference: &Reference, base_year: i32, ratio: &mut AreaRatio) {
    for year in base_year - INFERRED_YEARS..base_year {
        let (Some(start), Some(end), Some(new), Some(expected), Some(plans)) = (
            counts.plans(year),
            counts.plans(year + 1),
            counts.new_plans(year),
            expected_ceased(counts, reference, year),
            counts.plans_by_age(year, &reference.plan_shape),
        ) else {
            continue;
        };
        let net_out: f64 = (0..AGES)
            .map(|a| plans[a] * reference.moving_out_rate[a])
            .sum::<f64>()
            * (1.0 - reference.moving_in_ratio);
        let total: f64 = expected.iter().sum();
        let lost = (start + new - end - net_out).clamp(0.1 * total, 4.0 * total);
        add(ratio, &expected.map(|e| e * lost / total), &expected);
    }
}

/// Log of ceased over expected plans in the two years with complete counts, and the variance that
/// chance gives their difference.
pub(super) fn change_of_level(counts: &Counts<'_>, reference: &Reference) -> Option<(f64, f64)> {
    let log_level = |year: i32| {
        let ended = counts
            .ceased(year, |reason| !reason.is_move_out())
            .filter(|n| *n > 0.0)?;
        let expected: f64 = expected_ceased(counts, reference, year)?.iter().sum();
        Some(((ended / expected).ln(), 1.0 / ended))
    };
    let (first, second) = (log_level(FIRST_CEASED_YEAR)?, log_level(LAST_YEAR)?);
    Some((second.0 - first.0, first.1 + second.1))
}

/// Transfers and departures of one area and what reference rates expect.
pub(super) fn moved_out(
    counts: &Counts<'_>,
    region: &str,
    reference: &Reference,
    base_year: i32,
) -> AreaRatio {
    let mut ratio = AreaRatio {
        region: region.to_owned(),
        events: [0.0; AGES],
        expected: [0.0; AGES],
    };
    for year in FIRST_CEASED_YEAR..base_year.min(LAST_YEAR + 1) {
        let Some(plans) = counts.plans_by_age(year, &reference.plan_shape) else {
            continue;
        };
        let Some(events) =
            counts.ceased_by_age(year, CeaseReason::is_move_out, &reference.plan_shape)
        else {
            continue;
        };
        let joiners = joiners(counts, reference, year);
        let expected: ByAge =
            std::array::from_fn(|a| (plans[a] + joiners[a] / 2.0) * reference.moving_out_rate[a]);
        add(&mut ratio, &events, &expected);
    }
    ratio
}

/// Evidence rows of a leaving process by age.
pub(super) fn rows(
    process: EvidenceProcess,
    ratio: &AreaRatio,
    reference_rate: &ByAge,
    region_ratio: f64,
) -> Vec<EvidenceRow> {
    (0..AGES)
        .map(|a| {
            let mut row = EvidenceRow::new(process, reference_rate[a] * region_ratio);
            row.age = Some(a as u8);
            row.area_events = ratio.events[a];
            row.area_exposure = if reference_rate[a] > 0.0 {
                ratio.expected[a] / reference_rate[a]
            } else {
                0.0
            };
            row
        })
        .collect()
}

/// Moves in per plan moving out at reference rates, from what is left of the accounts; the yearly
/// residuals of one area over what England's ratio expects.
pub(super) fn residuals(counts: &Counts<'_>, reference: &Reference, base_year: i32) -> Vec<f64> {
    (FIRST_CEASED_YEAR..base_year.min(LAST_YEAR + 1))
        .filter_map(|year| {
            let plans = counts.plans_by_age(year, &reference.plan_shape)?;
            let reference_out: f64 = (0..AGES)
                .map(|a| plans[a] * reference.moving_out_rate[a])
                .sum();
            let residual =
                counts.plans(year + 1)? - counts.plans(year)? - counts.new_plans(year)?
                    + counts.ceased(year, |_| true)?;
            Some(residual / reference_out.max(1e-9))
        })
        .collect()
}
