//! Caseloads that change by more in a year than demand can.

use std::collections::BTreeSet;

use crate::data::facts::{Cut, Item, Published};
use crate::data::known_breaks::known_breaks;
use crate::domain::{AuthorityCode, Place};
use crate::files::{Problem, Problems};

/// Change of the plans in a year that is more likely recording than demand. Across authorities
/// the yearly change has a mean of 10% and a standard deviation of 5 to 8 points.
const LARGE: f64 = 0.3;

/// Fewest plans for a change to be called large: a handful of children is not a recording error.
const FEWEST: f64 = 100.0;

pub(super) fn check(published: &Published, problems: &mut Problems) {
    let known: BTreeSet<(AuthorityCode, i32)> = known_breaks()
        .iter()
        .filter(|known| known.table == "plans")
        .filter_map(|known| Some((known.authority()?, known.year)))
        .collect();
    for authority in published.authorities.values() {
        let plans = |january| {
            let place = Place::Authority(authority.code);
            published.plans.value(place, january, Cut::All, Item::Total)
        };
        for january in authority.first_january + 1..=authority.last_january {
            let (Some(before), Some(after)) = (plans(january - 1), plans(january)) else {
                continue;
            };
            let change = after / before - 1.0;
            if before >= FEWEST
                && change.abs() > LARGE
                && !known.contains(&(authority.code, january))
            {
                problems.add(
                    Problem::warning("large-change", "plans changed by more than 30% in a year")
                        .example(format!("January {january}: {before} to {after}"))
                        .hint("more likely recording than demand: the year is left out of trends")
                        .about(authority.code),
                );
            }
        }
    }
}
