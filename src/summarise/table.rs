//! Rows of the result tables.

/// What a row of results is about: every column of `indicators.csv` before the numbers. A
/// breakdown says `Total` where the row is not broken down by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// `202425` for a January stock, `2025` for a calendar year.
    pub time_period: String,
    /// `January` or `Calendar year`.
    pub time_identifier: &'static str,
    /// Indicator name, for example `ehc_plans`.
    pub indicator: &'static str,
    /// Unit, for example `plans`.
    pub unit: &'static str,
    /// Age band.
    pub age_group: &'static str,
    /// Sex.
    pub sex: &'static str,
    /// Primary need.
    pub primary_need: &'static str,
    /// Setting.
    pub setting: &'static str,
    /// Phase.
    pub phase: &'static str,
    /// Service.
    pub service: &'static str,
    /// The indicator's own kind, for example the reason for ceasing.
    pub category: &'static str,
    /// `residence`, `school`, `cash`, `real` or `-`.
    pub basis: &'static str,
}

impl Cell {
    /// The total of an indicator in a period, with its unit.
    pub fn total(
        (indicator, unit): (&'static str, &'static str),
        (time_period, time_identifier): (String, &'static str),
        basis: &'static str,
    ) -> Self {
        Self {
            time_period,
            time_identifier,
            indicator,
            unit,
            age_group: "Total",
            sex: "Total",
            primary_need: "Total",
            setting: "Total",
            phase: "Total",
            service: "Total",
            category: "Total",
            basis,
        }
    }

    /// The totals of some indicators in each calendar year of a horizon, by residence.
    pub fn totals_by_year<const N: usize>(
        indicators: [(&'static str, &'static str); N],
        base_year: i32,
        years: usize,
    ) -> Vec<Self> {
        let of_year = |year: usize| {
            let period = (base_year + year as i32).to_string();
            indicators.map(|indicator| {
                Self::total(indicator, (period.clone(), "Calendar year"), "residence")
            })
        };
        (0..years).flat_map(of_year).collect()
    }

    /// What the row may be broken down by, with the column's name, in column order.
    pub const fn breakdowns(&self) -> [(&'static str, &'static str); 7] {
        [
            ("age_group", self.age_group),
            ("sex", self.sex),
            ("primary_need", self.primary_need),
            ("setting", self.setting),
            ("phase", self.phase),
            ("service", self.service),
            ("category", self.category),
        ]
    }

    /// Number of breakdowns: 0 is a total, 1 a one-way margin, more a cross.
    pub fn depth(&self) -> usize {
        let broken_down = |(_, value): &(_, &str)| *value != "Total";
        self.breakdowns().iter().filter(|b| broken_down(b)).count()
    }
}

/// Distribution of a quantity over runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Mean.
    pub mean: f64,
    /// Standard deviation over runs.
    pub sd: f64,
    /// Quantiles 5, 10, 25, 50, 75, 90 and 95%.
    pub quantiles: [f64; 7],
    /// Standard error of the mean.
    pub monte_carlo_error: f64,
}

/// A row of `indicators.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorRow {
    /// Scenario.
    pub scenario: String,
    /// What it is about.
    pub cell: Cell,
    /// Distribution over runs.
    pub summary: Summary,
}

/// A row of `comparison.csv`: differences from the first scenario, run by run.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonRow {
    /// Scenario.
    pub scenario: String,
    /// What it is about.
    pub cell: Cell,
    /// Distribution of the paired difference over runs.
    pub difference: Summary,
    /// Share of runs in which the scenario is lower.
    pub probability_lower: f64,
    /// Share of runs in which it is higher.
    pub probability_higher: f64,
    /// Variance of the difference of two sides with rates and luck of their own, divided by that of
    /// the paired difference; `None` where the difference is always the same. Rates are shared as
    /// well as luck, so it is very large where rates are uncertain and the option touches few.
    pub variance_reduction: Option<f64>,
}

/// A row of `attribution.csv`: one action's share of a scenario's difference.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionRow {
    /// Scenario.
    pub scenario: String,
    /// Order in which the action was added, from 1; 0 for the interaction and the total.
    pub order: usize,
    /// Action, `interaction` or `total`.
    pub action: String,
    /// What it is about.
    pub cell: Cell,
    /// Mean effect of the action on its own against the baseline; for `interaction` what is left
    /// over, for `total` the whole difference.
    pub mean: f64,
    /// Standard error of the mean.
    pub monte_carlo_error: f64,
}

/// A published figure of the past, for charts: the area's history of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRow {
    /// `201920` for January 2020, `2020` for a calendar year.
    pub time_period: String,
    /// `January` or `Calendar year`.
    pub time_identifier: &'static str,
    /// Indicator.
    pub indicator: &'static str,
    /// Value.
    pub value: f64,
}
