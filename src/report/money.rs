//! Money in reports: names of its indicators, millions in words, what options pay back.

use super::figures::{Figures, Part};
use crate::summarise::{ComparisonRow, Summary};

pub(super) const SPEND: &str = "high_needs_spend_pounds";
pub(super) const BLOCK: &str = "high_needs_block_pounds";
pub(super) const IN_YEAR: &str = "dsg_in_year_balance_pounds";
pub(super) const CUMULATIVE: &str = "dsg_cumulative_balance_pounds";
pub(super) const TRANSPORT: &str = "transport_spend_pounds";
pub(super) const COUNCIL: &str = "council_spend_pounds";
pub(super) const CAPITAL: &str = "capital_spend_pounds";
pub(super) const PRESENT_VALUE: &str = "spend_present_value_pounds";

/// `2025-26`.
pub(super) fn financial_year(starts: i32) -> String {
    format!("{starts}-{:02}", (starts + 1).rem_euclid(100))
}

/// Millions of pounds, as coarse as their size: `70.0`, `118`, `-0.42`.
pub(super) fn millions(pounds: f64) -> String {
    let millions = pounds / 1e6;
    let places = match millions.abs() {
        size if size >= 100.0 => 0,
        size if size >= 1.0 => 1,
        _ => 2,
    };
    let text = format!("{millions:.places$}");
    let is_nothing = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if is_nothing { "0".to_owned() } else { text }
}

/// The median in millions with its 80% range: `70.0 (67.6 to 72.9)`.
pub(super) fn in_millions(summary: &Summary) -> String {
    let [_, low, _, middle, _, high, _] = summary.quantiles.map(millions);
    if low == high {
        middle
    } else {
        format!("{middle} ({low} to {high})")
    }
}

/// What an option does to all spend.
pub(super) struct Payback<'a> {
    /// Title of the option.
    pub(super) title: &'a str,
    /// Difference of all spend up to the last year, present value.
    pub(super) present_value: &'a ComparisonRow,
    /// First financial year from which the middle of the difference is below zero to the end.
    pub(super) pays_back: Option<i32>,
}

/// Every option against the first scenario.
pub(super) fn paybacks<'a>(figures: &Figures<'a>, last: i32) -> Vec<Payback<'a>> {
    let of = |option: &'a super::ScenarioRow| {
        let row = |year: i32| figures.difference(&option.name, PRESENT_VALUE, Part::Total, year);
        let saves = |year: i32| row(year).is_some_and(|row| row.difference.quantiles[3] < 0.0);
        let from = (figures.first_year()..=last)
            .rev()
            .take_while(|&year| saves(year))
            .last();
        Some(Payback {
            title: option.told(),
            present_value: row(last)?,
            pays_back: from,
        })
    };
    figures.options().iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millions_are_as_coarse_as_they_are_large() {
        let told = [70_040_000.0, 118_400_000.0, -420_000.0, 0.0, -100.0].map(millions);
        assert_eq!(told, ["70.0", "118", "-0.42", "0", "0"]);
        assert_eq!(financial_year(2029), "2029-30");
    }
}
