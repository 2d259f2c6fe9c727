//! Facts and series of one authority as rows of history and cross tables.

use super::vintage::Vintage;
use crate::area::{Breakdown, CrossRow, HistoryRow};
use crate::data::facts::{Cut, FactKey, Facts, Item, Series};
use crate::domain::{Basis, Observed, Place};

impl From<Cut> for Breakdown {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::All => Self::Total,
            Cut::AgeGroup(group) => Self::AgeGroup(group),
            Cut::Age(age) => Self::Age(age),
            Cut::Sex(sex) => Self::Sex(sex),
            Cut::Setting(setting) => Self::Setting(setting),
            Cut::YearsInPlace(years) => Self::YearsInPlace(years),
            Cut::AgeStarted(age) => Self::AgeStarted(age),
            Cut::Phase(phase) => Self::Phase(phase),
        }
    }
}

impl From<Item> for Breakdown {
    fn from(item: Item) -> Self {
        match item {
            Item::Total => Self::Total,
            Item::Setting(setting) => Self::Setting(setting),
            Item::Need(need) => Self::Need(need),
            Item::Reason(reason) => Self::Reason(reason),
        }
    }
}

/// One-way margins of a data set: totals by cut, and items of everyone.
pub(super) fn margins(
    facts: &Facts,
    place: Place,
    measure: &str,
    keep: impl Fn(i32) -> bool,
) -> Vec<HistoryRow> {
    let breakdown = |key: &FactKey| match (key.cut, key.item) {
        (cut, Item::Total) => Some(Breakdown::from(cut)),
        (Cut::All, item) => Some(Breakdown::from(item)),
        _ => None,
    };
    facts
        .iter_place(place)
        .filter(|(key, _)| keep(key.year))
        .filter_map(|(key, value)| {
            Some(HistoryRow {
                year: key.year,
                measure: measure.to_owned(),
                breakdown: breakdown(key)?,
                value: *value,
                basis: Basis::Published,
            })
        })
        .collect()
}

/// Two-way cells of a data set: items within cuts that `wanted` chooses.
pub(super) fn crosses(
    facts: &Facts,
    place: Place,
    keep: impl Fn(i32) -> bool,
    wanted: impl Fn(Cut) -> bool,
) -> Vec<CrossRow> {
    facts
        .iter_place(place)
        .filter(|(key, _)| keep(key.year) && wanted(key.cut))
        .filter(|(key, _)| key.cut != Cut::All && key.item != Item::Total)
        .map(|(key, value)| CrossRow {
            year: key.year,
            breakdown: key.cut.into(),
            within: key.item.into(),
            value: *value,
            basis: Basis::Published,
        })
        .collect()
}

/// Every cell of a series. Cells that were never available are left out: nothing is lost.
pub(super) fn series(series: &Series, place: Place, keep: impl Fn(i32) -> bool) -> Vec<HistoryRow> {
    series
        .of(place)
        .filter(|(key, value)| keep(key.year) && **value != Observed::NotAvailable)
        .map(|(key, value)| HistoryRow {
            year: key.year,
            measure: key.measure.to_owned(),
            breakdown: key.cut.into(),
            value: *value,
            basis: Basis::Published,
        })
        .collect()
}

/// Filters of years for a vintage.
impl Vintage {
    /// Stocks.
    pub(super) fn stocks(self) -> impl Fn(i32) -> bool {
        move |year| self.has_january(year)
    }

    /// Flows of calendar years.
    pub(super) fn flows(self) -> impl Fn(i32) -> bool {
        move |year| self.has_flows_of(year)
    }
}
