//! Money in reports: names of its indicators, millions in words, what options pay back.

use super::figures::{Figures, Part};
use super::words::told_as;
use crate::summarise::{ComparisonRow, Summary};

pub(super) const SPEND: &str = "high_needs_spend_pounds";
pub(super) const BLOCK: &str = "high_needs_block_pounds";
pub(super) const IN_YEAR: &str = "dsg_in_year_balance_pounds";
pub(super) const CUMULATIVE: &str = "dsg_cumulative_balance_pounds";
pub(super) const ON_COUNCIL: &str = "deficit_on_council_pounds";
pub(super) const TRANSPORT: &str = "transport_spend_pounds";
pub(super) const TRANSPORT_BY_DISTANCE: &str = "transport_spend_by_distance_pounds";
pub(super) const TRANSPORTED: &str = "children_with_transport";
pub(super) const COUNCIL: &str = "council_spend_pounds";
/// What debts for buildings cost in a year.
pub(super) const BORROWING: &str = "borrowing_cost_pounds";
pub(super) const CAPITAL: &str = "capital_spend_pounds";
pub(super) const PRESENT_VALUE: &str = "spend_present_value_pounds";
pub(super) const PUT_IN: &str = "put_in_present_value_pounds";
/// What is paid for places at schools, for plans on top of it by band, and plan-years by band.
pub(super) const PLACE_FUNDING: &str = "place_funding_pounds";
pub(super) const TOP_UPS: &str = "top_up_spend_pounds";
pub(super) const IN_BAND: &str = "plan_years_by_band";
pub(super) const PARTNERS: &str = "partner_spend_pounds";

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
    told_as(summary, millions)
}

/// What an option does to all spend.
pub(super) struct Payback<'a> {
    /// Title of the option.
    pub(super) title: &'a str,
    /// Difference of all spend up to the last year, present value.
    pub(super) present_value: &'a ComparisonRow,
    /// First financial year from which the middle of the difference is below zero to the end.
    pub(super) pays_back: Option<i32>,
    /// How large the effect must be for the sum to be nothing, against the one assumed.
    pub(super) break_even: BreakEven,
}

/// The effect at which an option neither costs nor saves, as a share of the one assumed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum BreakEven {
    /// Nothing is put in, so any effect does.
    NothingPutIn,
    /// So many times the effect assumed.
    Times(f64),
    /// Its effect costs: no size of it pays back what is put in.
    Never,
}

impl BreakEven {
    /// From what is put in and from the difference of all spend, both means: without what is put
    /// in, the rest of the difference grows with the effect.
    fn of(put_in: f64, all: f64) -> Self {
        let effect = all - put_in;
        if put_in.abs() < 1.0 {
            Self::NothingPutIn
        } else if effect < 0.0 {
            Self::Times(put_in / -effect)
        } else {
            Self::Never
        }
    }

    /// In words.
    pub(super) fn words(self) -> String {
        match self {
            Self::NothingPutIn => "no cost in the scenario".to_owned(),
            Self::Times(times) if times < 0.1 => "less than a tenth of it".to_owned(),
            Self::Times(times) => format!("{times:.1} times it"),
            Self::Never => "none would".to_owned(),
        }
    }
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
            break_even: BreakEven::of(
                figures
                    .difference(&option.name, PUT_IN, Part::Total, last)
                    .map_or(0.0, |row| row.difference.mean),
                row(last)?.difference.mean,
            ),
        })
    };
    figures.options().iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_effect_that_breaks_even_pays_for_what_is_put_in() {
        // 2 put in, 1 spent on balance less: the effect saves 3, and two thirds of it would do.
        assert_eq!(BreakEven::of(2.0, -1.0), BreakEven::Times(2.0 / 3.0));
        assert_eq!(BreakEven::of(2.0, 1.5), BreakEven::Times(4.0));
        assert_eq!(BreakEven::of(2.0, 3.0), BreakEven::Never);
        assert_eq!(BreakEven::of(0.0, -3.0), BreakEven::NothingPutIn);
        assert_eq!(BreakEven::Times(4.0).words(), "4.0 times it");
    }

    #[test]
    fn millions_are_as_coarse_as_they_are_large() {
        let told = [70_040_000.0, 118_400_000.0, -420_000.0, 0.0, -100.0].map(millions);
        assert_eq!(told, ["70.0", "118", "-0.42", "0", "0"]);
        assert_eq!(financial_year(2029), "2029-30");
    }
}
