//! Looking up figures in results by year: totals, one-way margins, kinds by age.

use std::collections::BTreeMap;

use super::money::{PRESENT_VALUE, PUT_IN};
use super::{Results, ScenarioRow};
use crate::summarise::{AttributionRow, Cell, ComparisonRow, Summary};

/// Which part of an indicator: the total, one value of one breakdown column, or one kind at one age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part<'a> {
    /// Everyone.
    Total,
    /// Those with a value in a column.
    Of(&'static str, &'a str),
    /// One kind (`category`) in one age group.
    AtAge(&'a str, &'a str),
}

/// Scenario, indicator, part, year.
type Key<'a> = (&'a str, &'a str, Part<'a>, i32);

/// Rows of a moment of the year, ready to be looked up.
pub(super) struct Lookup<'a> {
    baseline: &'a str,
    expected: BTreeMap<Key<'a>, &'a Summary>,
    differences: BTreeMap<Key<'a>, &'a ComparisonRow>,
}

impl<'a> Lookup<'a> {
    fn of(results: &'a Results, key: impl Fn(&'a str, &'a Cell) -> Option<Key<'a>>) -> Self {
        let expected = results.indicators.iter();
        let differences = results.comparison.iter();
        Self {
            baseline: baseline(results),
            expected: expected
                .filter_map(|row| Some((key(&row.scenario, &row.cell)?, &row.summary)))
                .collect(),
            differences: differences
                .filter_map(|row| Some((key(&row.scenario, &row.cell)?, row)))
                .collect(),
        }
    }

    /// What is expected in a year.
    pub(super) fn expected(
        &self,
        scenario: &str,
        indicator: &str,
        part: Part<'_>,
        year: i32,
    ) -> Option<&'a Summary> {
        let key: Key<'_> = (scenario, indicator, part, year);
        self.expected.get(&key).copied()
    }

    /// What is expected in the baseline.
    pub(super) fn base(&self, indicator: &str, part: Part<'_>, year: i32) -> Option<&'a Summary> {
        self.expected(self.baseline, indicator, part, year)
    }

    /// The paired difference of a scenario from the first.
    pub(super) fn difference(
        &self,
        scenario: &str,
        indicator: &str,
        part: Part<'_>,
        year: i32,
    ) -> Option<&'a ComparisonRow> {
        let key: Key<'_> = (scenario, indicator, part, year);
        self.differences.get(&key).copied()
    }
}

/// Results, ready to be looked up.
pub(super) struct Figures<'a> {
    /// All of them.
    pub(super) results: &'a Results,
    /// Stocks of 1 January, and flows of a year.
    rows: Lookup<'a>,
    september: Lookup<'a>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(results: &'a Results) -> Self {
        Self {
            results,
            rows: Lookup::of(results, key),
            september: Lookup::of(results, key_of_september),
        }
    }

    /// Stocks of 1 September.
    pub(super) const fn september(&self) -> &Lookup<'a> {
        &self.september
    }

    /// The first scenario, with which the others are compared.
    pub(super) fn baseline(&self) -> &'a str {
        baseline(self.results)
    }

    /// The scenarios that are compared with the first.
    pub(super) fn options(&self) -> &'a [ScenarioRow] {
        self.results.scenarios.get(1..).unwrap_or_default()
    }

    /// First January.
    pub(super) fn first_year(&self) -> i32 {
        self.results.area.base_year
    }

    /// Last January.
    pub(super) fn last_year(&self) -> i32 {
        self.first_year() + self.results.years.cast_signed()
    }

    /// Every January of the run.
    pub(super) fn januaries(&self) -> std::ops::RangeInclusive<i32> {
        self.first_year()..=self.last_year()
    }

    /// Every calendar year of the run.
    pub(super) fn calendar_years(&self) -> std::ops::Range<i32> {
        self.first_year()..self.last_year()
    }

    /// The Januaries that headlines are about: after 5, 10 and 20 years, and the last.
    pub(super) fn milestones(&self) -> Vec<i32> {
        let years = self.results.years;
        let mut milestones: Vec<u32> = [5, 10, 20].into_iter().filter(|y| *y <= years).collect();
        if years > 0 && milestones.last() != Some(&years) {
            milestones.push(years);
        }
        let year = |after: u32| self.first_year() + after.cast_signed();
        milestones.into_iter().map(year).collect()
    }

    /// What is expected: in January of the year for a stock, over the calendar year for a flow.
    pub(super) fn expected(
        &self,
        scenario: &str,
        indicator: &str,
        part: Part<'_>,
        year: i32,
    ) -> Option<&'a Summary> {
        self.rows.expected(scenario, indicator, part, year)
    }

    /// What is expected in the baseline.
    pub(super) fn base(&self, indicator: &str, part: Part<'_>, year: i32) -> Option<&'a Summary> {
        self.rows.base(indicator, part, year)
    }

    /// The paired difference of a scenario from the first.
    pub(super) fn difference(
        &self,
        scenario: &str,
        indicator: &str,
        part: Part<'_>,
        year: i32,
    ) -> Option<&'a ComparisonRow> {
        self.rows.difference(scenario, indicator, part, year)
    }

    /// Shares of a scenario's difference in a total: actions in order, interaction, total.
    pub(super) fn shares(
        &self,
        scenario: &str,
        indicator: &str,
        year: i32,
    ) -> Vec<&'a AttributionRow> {
        let wanted = Some((scenario, indicator, Part::Total, year));
        let rows = self.results.attribution.iter();
        rows.filter(|row| key(&row.scenario, &row.cell) == wanted)
            .collect()
    }

    /// The values of a breakdown column of an indicator, in the order of the tables.
    pub(super) fn values(&self, indicator: &str, column: &'static str) -> Vec<&'a str> {
        let mut values = Vec::new();
        let baseline = self.baseline();
        for row in &self.results.indicators {
            if row.scenario == baseline
                && row.cell.indicator == indicator
                && let Some(Part::Of(of, value)) = part(&row.cell)
                && of == column
                && !values.contains(&value)
            {
                values.push(value);
            }
        }
        values
    }

    /// Published history of an indicator by year, oldest first.
    pub(super) fn past(&self, indicator: &str) -> Vec<(i32, f64)> {
        let rows = self.results.past.iter();
        let mut past: Vec<(i32, f64)> = rows
            .filter(|row| row.indicator == indicator)
            .filter_map(|row| Some((year_of(&row.time_period, row.time_identifier)?, row.value)))
            .collect();
        past.sort_by_key(|(year, _)| *year);
        past
    }
}

/// Name of the first scenario.
fn baseline(results: &Results) -> &str {
    let first = results.scenarios.first();
    first.map_or("", |first| &first.name)
}

/// Pounds through personal budgets, told in real terms only.
pub(super) const BUDGETS: &str = "personal_budget_pounds";

const SEPTEMBER: &str = "September";

/// Where a row of a 1 September is looked up; `None` for crosses.
fn key_of_september<'a>(scenario: &'a str, cell: &'a Cell) -> Option<Key<'a>> {
    if cell.time_identifier != SEPTEMBER {
        return None;
    }
    let year = year_of(&cell.time_period, cell.time_identifier)?;
    Some((scenario, cell.indicator, part(cell)?, year))
}

/// Where a row is looked up; `None` for crosses, for the real terms of what is told in cash, for
/// what stands on 1 September, and for parts of a year.
fn key<'a>(scenario: &'a str, cell: &'a Cell) -> Option<Key<'a>> {
    if cell.time_identifier == SEPTEMBER || cell.time_identifier.ends_with(" term") {
        return None;
    }
    if cell.basis == "real" && !matches!(cell.indicator, PRESENT_VALUE | PUT_IN | BUDGETS) {
        return None;
    }
    let year = year_of(&cell.time_period, cell.time_identifier)?;
    Some((scenario, cell.indicator, part(cell)?, year))
}

/// The part that a row is about; `None` for other crosses of breakdowns.
pub(super) fn part(cell: &Cell) -> Option<Part<'_>> {
    let breakdowns = cell.breakdowns();
    let mut broken_down = breakdowns.iter().filter(|(_, value)| *value != "Total");
    match (broken_down.next(), broken_down.next(), broken_down.next()) {
        (None, ..) => Some(Part::Total),
        (Some((column, value)), None, _) => Some(Part::Of(column, value)),
        (Some(("age_group", age)), Some(("category", kind)), None) => Some(Part::AtAge(age, kind)),
        (Some(_), Some(_), _) => None,
    }
}

/// The year that a period is told by: 2025 for `202425` in January, 2025 for the year `2025`.
pub(super) fn year_of(time_period: &str, time_identifier: &str) -> Option<i32> {
    let first: i32 = time_period.get(..4)?.parse().ok()?;
    Some(match time_identifier {
        "January" => first + 1,
        _ => first,
    })
}
