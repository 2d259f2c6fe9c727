//! From the placements observed where places were short to what was wanted.

use crate::domain::{AGES, NeedGroup, Overflow, PlacePhase, PrimaryNeed, Setting};
use crate::simulate::{PlacePolicy, Rates};

/// Turns observed rates into demand for state-funded special schools.
///
/// If a share c of the requests behind the observed rates found no place, demand is λ = o / (1 − c)
/// where o is observed. The children who found none were seen elsewhere: of the λ − o a share x went
/// to each kind of overflow, with the chances of the policy, and the rest stayed where they were. So
/// the observed rates of the kinds of overflow hold x (λ − o) children who wanted a special school,
/// and are lowered by as many. With as few places as in the years behind the rates, the simulation
/// then places children as they were observed; c = 0 leaves every rate as it was.
///
/// The placements of one authority do not identify c: it keeps its prior.
pub(super) fn lift(rates: &mut Rates, censored_share: f64, policy: &PlacePolicy) {
    if censored_share <= 0.0 {
        return;
    }
    let lift = 1.0 / (1.0 - censored_share);
    lift_moves(rates, lift, policy);
    lift_first(rates, lift, policy);
}

fn lift_moves(rates: &mut Rates, lift: f64, policy: &PlacePolicy) {
    let special = Setting::StateSpecial.index();
    for age in 0..AGES {
        let chance = policy.overflow_chance[phase(age)];
        let mean = |of: &dyn Fn(usize) -> f64| {
            (0..NeedGroup::COUNT).map(of).sum::<f64>() / NeedGroup::COUNT as f64
        };
        for from in 0..Setting::COUNT {
            let observed = rates.setting_moves.at([age, from, special]);
            if observed <= 0.0 || from == special {
                continue;
            }
            *rates.setting_moves.at_mut([age, from, special]) = observed * lift;
            let found_none = observed * (lift - 1.0);
            for (kind, overflow) in seen_as() {
                let went = mean(&|need| chance[need] * policy.overflow_kinds[need][kind]);
                let rate = rates.setting_moves.at_mut([age, from, overflow]);
                *rate = (*rate - found_none * went).max(0.0);
            }
        }
    }
}

fn lift_first(rates: &mut Rates, lift: f64, policy: &PlacePolicy) {
    let special = Setting::StateSpecial.index();
    for age in 0..AGES {
        for need in PrimaryNeed::ALL {
            let at = |setting: usize| [age, need.index(), setting];
            let observed = rates.first_setting.at(at(special));
            let group = NeedGroup::of(need).index();
            let chance = policy.overflow_chance[phase(age)][group];
            let wanted = observed * (lift - 1.0);
            let mut found = 0.0;
            for (kind, setting) in seen_as() {
                let seen = rates.first_setting.at_mut(at(setting));
                let taken = (wanted * chance * policy.overflow_kinds[group][kind]).min(*seen);
                *seen -= taken;
                found += taken;
            }
            // The others waited where children of the age are.
            for setting in [Setting::Mainstream, Setting::EarlyYears, Setting::GeneralFe] {
                let seen = rates.first_setting.at_mut(at(setting.index()));
                let taken = (wanted - found).min(*seen);
                *seen -= taken;
                found += taken;
            }
            *rates.first_setting.at_mut(at(special)) = observed + found;
        }
    }
}

/// Kinds of overflow that are seen as another setting, with that setting.
fn seen_as() -> impl Iterator<Item = (usize, usize)> {
    Overflow::ELSEWHERE
        .into_iter()
        .filter(|kind| *kind != Overflow::OutOfArea)
        .map(|kind| (kind.index(), kind.setting(Setting::StateSpecial).index()))
}

fn phase(age: usize) -> usize {
    PlacePhase::of(age as u8).index()
}
