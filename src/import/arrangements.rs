//! Arrangements beside placements, as shares of the plans that may have them.

use super::vintage::Vintage;
use crate::area::{ArrangementRow, Breakdown};
use crate::data::arrangements::ALL_BUDGETS;
use crate::data::facts::{Cut, Item, Published};
use crate::domain::{
    AGES, AgeGroup, Arrangement, ArrangementFamily, AuthorityCode, Observed, Place, Setting,
};

/// First January whose arrangements may be published.
const FIRST: i32 = 2019;

/// The rows of an authority: totals by January, and groups where they are published.
pub(super) fn rows(
    published: &Published,
    authority: AuthorityCode,
    vintage: Vintage,
) -> Vec<ArrangementRow> {
    let newest = published.plans.iter().map(|(key, _)| key.year).max();
    let januaries = (FIRST..=newest.unwrap_or(FIRST)).filter(|&year| vintage.has_january(year));
    let mut rows = Vec::new();
    for year in januaries {
        for arrangement in Arrangement::ALL {
            let groups = std::iter::once(Breakdown::Total).chain(groups(arrangement.family()));
            rows.extend(
                groups.filter_map(|breakdown| {
                    row(published, authority, (year, arrangement), breakdown)
                }),
            );
        }
    }
    rows
}

fn groups(family: ArrangementFamily) -> Vec<Breakdown> {
    if family.is_by_setting() {
        return Setting::ALL.map(Breakdown::Setting).to_vec();
    }
    AgeGroup::ALL.map(Breakdown::AgeGroup).to_vec()
}

/// The row of a group; `None` where neither the area nor England has a figure, or nobody in England
/// may have the arrangement.
fn row(
    published: &Published,
    authority: AuthorityCode,
    (year, arrangement): (i32, Arrangement),
    breakdown: Breakdown,
) -> Option<ArrangementRow> {
    let of = |place: Place| {
        let children = children(published, place, (year, arrangement), breakdown);
        (
            children,
            plans(published, place, year, arrangement.family(), breakdown),
        )
    };
    let (england, all) = of(Place::England);
    let (children, plans) = of(Place::Authority(authority));
    let england_share = (england.value()? / all?).clamp(0.0, 1.0);
    Some(ArrangementRow {
        year,
        arrangement,
        breakdown,
        children,
        plans: plans.unwrap_or(0.0),
        england_share,
    })
}

/// Ages of a group: single ages are told up to 20, which stands for 20 and over.
fn ages(breakdown: Breakdown) -> Vec<u8> {
    let all = 0..AGES as u8;
    match breakdown {
        Breakdown::AgeGroup(group) => all.filter(|&age| AgeGroup::of(age) == group).collect(),
        _ => all.collect(),
    }
}

fn children(
    published: &Published,
    place: Place,
    (year, arrangement): (i32, Arrangement),
    breakdown: Breakdown,
) -> Observed {
    let cell =
        |measure: &'static str, cut: Cut| published.arrangements.cell(place, year, measure, cut);
    // What is not broken down further: a personal budget of no one kind.
    let one = |cut: Cut| {
        if arrangement != Arrangement::BudgetOther {
            return cell(arrangement.code(), cut);
        }
        let all = cell(ALL_BUDGETS, cut);
        let kinds = ArrangementFamily::PersonalBudget.arrangements();
        let kinds = kinds.filter(|kind| *kind != arrangement);
        let of_a_kind: f64 = kinds
            .filter_map(|kind| cell(kind.code(), cut).value())
            .sum();
        all.value()
            .map_or(all, |all| Observed::Value((all - of_a_kind).max(0.0)))
    };
    match breakdown {
        Breakdown::Total => one(Cut::All),
        Breakdown::Setting(setting) => one(Cut::Setting(setting)),
        _ => {
            let cells: Vec<f64> = ages(breakdown)
                .into_iter()
                .filter_map(|age| one(Cut::Age(age)).value())
                .collect();
            if cells.is_empty() {
                Observed::NotAvailable
            } else {
                Observed::Value(cells.iter().sum())
            }
        }
    }
}

/// Plans of a group that may have an arrangement; `None` where they are not published or none.
fn plans(
    published: &Published,
    place: Place,
    year: i32,
    family: ArrangementFamily,
    breakdown: Breakdown,
) -> Option<f64> {
    let value = |cut: Cut, item: Item| published.plans.value(place, year, cut, item);
    let settings = |age: u8| {
        Setting::ALL
            .into_iter()
            .filter(move |&setting| family.may_be(age, setting))
    };
    let sum: f64 = match breakdown {
        Breakdown::Total if family == ArrangementFamily::PersonalBudget => {
            value(Cut::All, Item::Total)?
        }
        Breakdown::Setting(setting) if family.may_be(0, setting) => {
            value(Cut::All, Item::Setting(setting))?
        }
        Breakdown::Setting(_) => return None,
        Breakdown::Total if family.is_by_setting() => settings(0)
            .filter_map(|setting| value(Cut::All, Item::Setting(setting)))
            .sum(),
        _ => ages(breakdown)
            .into_iter()
            .flat_map(|age| settings(age).map(move |setting| (age, setting)))
            .filter_map(|(age, setting)| value(Cut::Age(age), Item::Setting(setting)))
            .sum(),
    };
    (sum > 0.0).then_some(sum)
}
