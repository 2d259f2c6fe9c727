//! What places cost, and when they can be open.

use super::CellNeed;
use crate::domain::Provision;
use crate::parameters::{ParameterSet, Uncertain};

/// Capital of the places to add [£], at the median of what a place costs.
pub fn capital(needs: &[CellNeed]) -> f64 {
    capital_at(needs, 0.5)
}

/// The same at 10% and 90% of the range of what a place costs.
pub fn capital_range(needs: &[CellNeed]) -> [f64; 2] {
    [0.1, 0.9].map(|u| capital_at(needs, u))
}

fn capital_at(needs: &[CellNeed], u: f64) -> f64 {
    cost(needs, |provision| {
        let path = of_kind("places.capital-cost", provision);
        stated_as(&path, |value| value.at(u))
    })
}

/// What the places to add cost a year when they are filled [£, at the price of the base year].
pub fn running(needs: &[CellNeed]) -> f64 {
    cost(needs, |provision| {
        stated(if provision.is_base() {
            "money.price.base"
        } else {
            "money.price.state-special"
        })
    })
}

fn cost(needs: &[CellNeed], price: impl Fn(Provision) -> f64) -> f64 {
    let each = |need: &CellNeed| f64::from(need.extra()) * price(need.cell.provision);
    needs.iter().map(each).sum()
}

/// First September by which more places can be open when they are decided on the base date.
pub(super) fn earliest(base_year: i32) -> [i32; Provision::COUNT] {
    Provision::ALL.map(|provision| {
        let years = parameter("places.lead-years", provision);
        let ready = f64::from(base_year) + years;
        // September is two thirds through its year.
        (ready - SEPTEMBER).ceil() as i32
    })
}

/// Share of a year before 1 September.
const SEPTEMBER: f64 = 2.0 / 3.0;

fn parameter(path: &str, provision: Provision) -> f64 {
    stated(&of_kind(path, provision))
}

fn of_kind(path: &str, provision: Provision) -> String {
    let kind = if provision.is_base() {
        "base"
    } else {
        "special"
    };
    format!("{path}.{kind}")
}

/// The middle of a stated number.
fn stated(path: &str) -> f64 {
    stated_as(path, Uncertain::central)
}

fn stated_as(path: &str, told: impl Fn(Uncertain) -> f64) -> f64 {
    let passport = ParameterSet::embedded().passport(path);
    let value = passport.and_then(|passport| passport.values.first());
    value.map_or(0.0, |value| told(value.value))
}
