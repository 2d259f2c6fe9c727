//! The tables of an area pack, as plain data.

use crate::domain::{AgeGroup, Basis, CeaseReason, Observed, Phase, PrimaryNeed, Setting, Sex};

/// What the pack is about: `area.toml`.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AreaManifest {
    /// Version of this schema.
    pub schema: u32,
    /// Name of the authority.
    pub name: String,
    /// GSS code, for example `E06000015`.
    pub new_la_code: String,
    /// DfE code, for example 831.
    pub old_la_code: u16,
    /// Region's GSS code.
    pub region_code: String,
    /// Region's name.
    pub region_name: String,
    /// January of the base stock: 2025 means 1 January 2025.
    pub base_year: i32,
    /// NHS partner.
    pub integrated_care_board: String,
    /// Share of the partner's residents of 0 to 17 who live in the area; 1 where it is not said.
    #[serde(default = "whole")]
    pub share_of_board: f64,
    /// Statistical neighbours, nearest first.
    pub statistical_neighbours: Vec<String>,
    /// Published files that the pack was built from.
    pub source: Vec<PackSource>,
}

const fn whole() -> f64 {
    1.0
}

/// A published file behind the pack.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PackSource {
    /// Key used in the tables.
    pub key: String,
    /// Publication.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Release.
    pub release: String,
    /// Licence.
    pub licence: String,
    /// When the copy was taken.
    pub retrieved: String,
    /// SHA-256 of the file as read.
    pub sha256: String,
    /// Tables of the pack that rest on it.
    pub tables: Vec<String>,
}

/// `population.csv`: residents by academic age (age at 31 August before) and sex at 1 January.
/// Rows up to the base year rest on estimates; later ones are projected cohorts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PopulationRow {
    /// January.
    pub year: i32,
    /// Academic age, 0 to 25.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Residents (fractional in projections).
    pub persons: f64,
    /// Derived from estimates or projections.
    pub basis: Basis,
}

/// `ehc_plans.csv`: plans at the base date, whole children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanStockRow {
    /// Academic age.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
    /// Setting.
    pub setting: Setting,
    /// Children.
    pub plans: u32,
}

/// `sen_support.csv`: children on SEN support at the base date, whole children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SupportStockRow {
    /// Academic age.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Primary need.
    pub need: PrimaryNeed,
    /// Children.
    pub pupils: u32,
}

/// `base_stock_residuals.csv`: one category of one published margin against the base stock.
#[derive(Debug, Clone, PartialEq)]
pub struct ResidualRow {
    /// Margin, for example `plans: need by age`.
    pub margin: String,
    /// Category, for example `11 | SEMH`.
    pub category: String,
    /// As published; in two-way margins, children whose sex is unknown are shared out.
    pub published: f64,
    /// In the base stock.
    pub fitted: f64,
}

impl ResidualRow {
    /// Fitted less published.
    pub fn difference(&self) -> f64 {
        self.fitted - self.published
    }
}

/// What a history row is broken down by, with the value of the breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakdown {
    /// The total.
    Total,
    /// An age band.
    AgeGroup(AgeGroup),
    /// A single year of age.
    Age(u8),
    /// Sex.
    Sex(Sex),
    /// Primary need.
    Need(PrimaryNeed),
    /// Setting.
    Setting(Setting),
    /// Years that the plan has been in place.
    YearsInPlace(u8),
    /// Age when the plan started.
    AgeStarted(u8),
    /// Reason for ceasing.
    Reason(CeaseReason),
    /// Phase of education.
    Phase(Phase),
}

/// A row of a history table (`ehc_plans_history.csv`, `new_plans.csv`, `ceased_plans.csv`, …):
/// one measure in one year for one breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryRow {
    /// January of a stock, calendar year of a flow, first year of an academic or financial year.
    pub year: i32,
    /// What is measured, for example `plans`, `requests_refused`, `persistent_absence_percent`.
    pub measure: String,
    /// Who.
    pub breakdown: Breakdown,
    /// The cell, symbols kept.
    pub value: Observed,
    /// What it rests on.
    pub basis: Basis,
}

impl HistoryRow {
    /// The number of a measure in a year for one breakdown; none where it is not published.
    pub fn value_of(rows: &[Self], measure: &str, year: i32, breakdown: Breakdown) -> Option<f64> {
        let mut rows = rows.iter();
        let found = rows
            .find(|row| row.year == year && row.measure == measure && row.breakdown == breakdown);
        found.and_then(|row| row.value.value())
    }
}

/// A row of a cross table (`ehc_plans_by_age_setting.csv`, `new_plan_needs.csv`, …): one count in
/// one year for two breakdowns at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CrossRow {
    /// January of a stock, calendar year of a flow.
    pub year: i32,
    /// Who.
    pub breakdown: Breakdown,
    /// Within that, who.
    pub within: Breakdown,
    /// The cell, symbols kept.
    pub value: Observed,
    /// What it rests on.
    pub basis: Basis,
}

/// `population_error.csv`: how far projected people were from later estimates, over all
/// authorities. Both are root mean squares of log ratios, so they hold errors common to all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PopulationErrorRow {
    /// Years from the last estimate.
    pub years_ahead: i32,
    /// Of births.
    pub births_sd: f64,
    /// Of the change of a cohort since the last estimate.
    pub cohort_change_sd: f64,
}

/// `findings.csv`: what the import found, with its consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// Short stable name of the check.
    pub check: String,
    /// Where it is, if it is in a file.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What follows.
    pub consequence: String,
}

/// `plan_accounts.csv`: the accounts of plans year by year, closed by a stated adjustment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanAccountRow {
    /// Calendar year of the flows.
    pub year: i32,
    /// Plans on 1 January of the year.
    pub plans_start: f64,
    /// New plans.
    pub new_plans: Observed,
    /// Ceased without transfers.
    pub plans_ceased: Observed,
    /// Transfers to other authorities and abroad.
    pub plans_moved_out: Observed,
    /// Moves in: unpublished, estimated.
    pub plans_moved_in: Observed,
    /// What is left unexplained.
    pub recording_adjustment: Observed,
    /// Plans on the next 1 January.
    pub plans_end: f64,
}
