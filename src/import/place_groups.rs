//! Groups of places from the children who are in them.

use std::collections::BTreeMap;

use crate::area::{AreaPack, PlaceGroupRow};
use crate::domain::{Basis, NeedGroup, Observed, PlacePhase, Provision, Setting};

/// Places of each type, phase and need group, as many as residents are in them at the base date.
///
/// No publication gives the places of an authority by need and age, and the published capacities of
/// special schools are blank for many of them; what is published is who is placed. An authority
/// replaces the table with its own list of schools.
pub(super) fn fill(pack: &mut AreaPack) {
    let mut rolls: BTreeMap<(Provision, PlacePhase, NeedGroup), u32> = BTreeMap::new();
    for row in &pack.ehc_plans {
        if let Some(provision) = Provision::of(row.setting) {
            let cell = (provision, PlacePhase::of(row.age), NeedGroup::of(row.need));
            *rolls.entry(cell).or_default() += row.plans;
        }
    }
    let group = |((provision, phase, needs), roll): (_, u32)| group(provision, phase, needs, roll);
    pack.place_groups = rolls
        .into_iter()
        .filter(|(_, roll)| *roll > 0)
        .map(group)
        .collect();
}

fn group(provision: Provision, phase: PlacePhase, needs: NeedGroup, roll: u32) -> PlaceGroupRow {
    let ages = phase.ages();
    PlaceGroupRow {
        provider: format!("{}, {}", name(provision), phase.label().to_lowercase()),
        provision,
        needs: vec![needs],
        youngest_age: *ages.start(),
        oldest_age: *ages.end(),
        sex: None,
        commissioned: Observed::Value(f64::from(roll)),
        physical: Observed::NotAvailable,
        staffed: Observed::NotAvailable,
        roll,
        imported_pupils: 0.0,
        opens: None,
        ramp_years: 0.0,
        slip_years_low: 0.0,
        slip_years_high: 0.0,
        closes: None,
        basis: Basis::Assumption,
        note: "as many places as residents placed at the base date; places for residents, \
               wherever the school is; needs and ages as of those placed"
            .to_owned(),
    }
}

const fn name(provision: Provision) -> &'static str {
    match provision {
        Provision::StateSpecial => Setting::StateSpecial.label(),
        Provision::ResourcedProvision => Setting::ResourcedProvision.label(),
        Provision::SenUnit => Setting::SenUnit.label(),
    }
}
