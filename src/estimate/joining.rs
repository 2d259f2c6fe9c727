//! Joining: new plans by age and year against England's reference rates.

use super::ages::ByAge;
use super::areas::{Counts, FIRST_AGED_YEAR, FIRST_YEAR, LAST_YEAR};
use super::pooling::AreaRatio;
use super::reference::Reference;
use crate::area::{EvidenceProcess, EvidenceRow, JoiningIndexRow};
use crate::domain::AGES;

/// New plans of one area and what reference rates expect, year by year.
#[derive(Debug, Clone)]
pub(super) struct JoiningHistory {
    /// Years from [`FIRST_YEAR`] on: new plans, and expected at England's rates.
    pub(super) years: Vec<(Option<f64>, f64)>,
    /// New plans by cohort in the years with single ages.
    pub(super) ratio: AreaRatio,
}

/// Gathers an area's history up to the last calendar year before the base date.
pub(super) fn history(
    counts: &Counts<'_>,
    region: &str,
    reference: &Reference,
    base_year: i32,
) -> JoiningHistory {
    let expected_in = |year: i32| -> Option<ByAge> {
        let without = counts.without_plan(year, &reference.plan_shape)?;
        Some(std::array::from_fn(|a| {
            without[a] * reference.joining_rate[a]
        }))
    };
    // New plans of a year in which nobody is known to be there have nothing to be compared with: an
    // authority formed by division has new plans in the year before its first stock.
    let years = (FIRST_YEAR..base_year)
        .map(|year| {
            expected_in(year).map_or((None, 0.0), |expected| {
                let new_plans = counts.new_plans(year).filter(|n| *n > 0.0);
                (new_plans, expected.iter().sum())
            })
        })
        .collect();
    let mut ratio = AreaRatio {
        region: region.to_owned(),
        events: [0.0; AGES],
        expected: [0.0; AGES],
    };
    for year in FIRST_AGED_YEAR..base_year.min(LAST_YEAR + 1) {
        let (Some(new), Some(expected)) = (
            counts.new_by_age(year, &reference.joiners),
            expected_in(year),
        ) else {
            continue;
        };
        let level = new.iter().sum::<f64>() / expected.iter().sum::<f64>().max(1e-9);
        for a in 0..AGES {
            ratio.events[a] += new[a];
            // At the area's own level of the year: ages tell the shape, years tell the level.
            ratio.expected[a] += expected[a] * level;
        }
    }
    JoiningHistory { years, ratio }
}

/// Evidence rows by age.
pub(super) fn rows(
    history: &JoiningHistory,
    reference: &Reference,
    region_ratio: f64,
) -> Vec<EvidenceRow> {
    (0..AGES)
        .map(|a| {
            let peer_value = reference.joining_rate[a] * region_ratio;
            let mut row = EvidenceRow::new(EvidenceProcess::Joining, peer_value);
            row.age = Some(a as u8);
            row.area_events = history.ratio.events[a];
            row.area_exposure = if peer_value > 0.0 {
                history.ratio.expected[a] / peer_value
            } else {
                0.0
            };
            row
        })
        .collect()
}

/// Index rows by year.
pub(super) fn index(
    history: &JoiningHistory,
    region_ratio: f64,
    england_index: &[f64],
) -> Vec<JoiningIndexRow> {
    (FIRST_YEAR..)
        .zip(history.years.iter().zip(england_index))
        .map(
            |(year, (&(area_new, expected), &england_index))| JoiningIndexRow {
                year,
                england_index,
                area_new,
                area_expected: expected * region_ratio,
            },
        )
        .collect()
}
