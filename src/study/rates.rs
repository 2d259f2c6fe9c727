//! Fitted rates by single age, for the report.

use crate::area::{AreaPack, EvidenceProcess};
use crate::baseline::{Baseline, Draw};
use crate::domain::AGES;
use crate::report::RateRow;

/// Draws behind the ranges.
const DRAWS: u32 = 400;
/// A rate below one in a million children a year is none.
const NONE_BELOW: f64 = 1e-6;
/// Fewer events than one in a hundred are none.
const NO_EVENTS_BELOW: f64 = 0.01;

/// Joining per child without a plan and ceasing per plan, by academic age, in the first year of the
/// forecast: the central value and the range that holds 8 in 10 draws.
pub(super) fn rows(baseline: &Baseline, pack: &AreaPack, seed: u64) -> Vec<RateRow> {
    let joining = |draw: Draw| baseline.joining_by_age(draw);
    let ceasing = |draw: Draw| baseline.ceasing_by_age(draw);
    let mut rows = by_age("joining", EvidenceProcess::Joining, &joining, pack, seed);
    rows.extend(by_age(
        "ceasing",
        EvidenceProcess::Ceasing,
        &ceasing,
        pack,
        seed,
    ));
    rows
}

fn by_age(
    name: &str,
    process: EvidenceProcess,
    rate: &dyn Fn(Draw) -> [f64; AGES],
    pack: &AreaPack,
    seed: u64,
) -> Vec<RateRow> {
    let central = rate(Draw::Central);
    let draws: Vec<[f64; AGES]> = (0..DRAWS)
        .map(|draw| rate(Draw::Sample { seed, draw }))
        .collect();
    (0..AGES)
        .map(|age| {
            let mut values: Vec<f64> = draws.iter().map(|draw| draw[age]).collect();
            values.sort_by(f64::total_cmp);
            let at = |share: usize| values[values.len() * share / 100];
            let counted = pack.rate_evidence.iter().find(|row| {
                row.process == process && row.age == Some(age as u8) && row.area_exposure > 0.0
            });
            RateRow {
                process: name.to_owned(),
                age: age as u8,
                value: or_none(central[age], NONE_BELOW),
                low: or_none(at(10), NONE_BELOW),
                high: or_none(at(90), NONE_BELOW),
                evidence_events: counted.map(|row| or_none(row.area_events, NO_EVENTS_BELOW)),
            }
        })
        .collect()
}

fn or_none(value: f64, below: f64) -> f64 {
    if value < below { 0.0 } else { value }
}
