//! Need recorded anew: stated rates, since one census cannot tell recoding from entry.

use super::posterior::{Draw, Sampler};
use crate::domain::{Date, PrimaryNeed};
use crate::parameters::ParameterSet;
use crate::simulate::Rates;

/// A recoding with the ages at which it happens.
const RECODES: [(
    &str,
    PrimaryNeed,
    PrimaryNeed,
    std::ops::RangeInclusive<usize>,
); 6] = [
    (
        "need.recode-slcn-to-asd",
        PrimaryNeed::Slcn,
        PrimaryNeed::Asd,
        4..=8,
    ),
    (
        "need.recode-slcn-to-mld",
        PrimaryNeed::Slcn,
        PrimaryNeed::Mld,
        4..=15,
    ),
    (
        "need.recode-slcn-to-semh",
        PrimaryNeed::Slcn,
        PrimaryNeed::Semh,
        4..=15,
    ),
    (
        "need.recode-mld-to-slcn",
        PrimaryNeed::Mld,
        PrimaryNeed::Slcn,
        4..=18,
    ),
    (
        "need.recode-mld-to-asd",
        PrimaryNeed::Mld,
        PrimaryNeed::Asd,
        4..=18,
    ),
    (
        "need.recode-mld-to-semh",
        PrimaryNeed::Mld,
        PrimaryNeed::Semh,
        4..=18,
    ),
];

/// Fills the rates of recoding of a draw.
pub(super) fn fill(draw: Draw, parameters: &ParameterSet, base: Date, rates: &mut Rates) {
    for (path, from, to, ages) in RECODES {
        let rate = sampled(draw, parameters, path, base);
        for age in ages {
            *rates.need_recode.at_mut([age, from.index(), to.index()]) = rate;
        }
    }
}

/// A parameter's value in a draw; its central value at the centre.
pub(super) fn sampled(draw: Draw, parameters: &ParameterSet, path: &str, date: Date) -> f64 {
    let uncertain = parameters.uncertain(path, date);
    match Sampler::new(draw, path).uniform() {
        Some(u) => uncertain.at(u),
        None => uncertain.central(),
    }
}
