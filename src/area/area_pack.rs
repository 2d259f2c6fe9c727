//! The whole pack: its manifest and every table, in memory.

use super::table::Rows;
use super::{
    AbsenceRates, AreaManifest, ArrangementRow, CrossRow, EstimateRow, EvidenceRow, ExclusionRates,
    FindingRow, HistoryRow, JoiningIndexRow, LocalityRow, OutlookRow, PlaceGroupRow, Places,
    PlanAccountRow, PlanStockRow, PopulationErrorRow, PopulationRow, ResidualRow, SupportStockRow,
    TestedRow, WaitingList,
};

/// One local area: everything that a simulation knows about it.
///
/// A new table is a row type with [`super::table::PackRow`], a field here, and a line in
/// [`AreaPack::tables`].
#[derive(Debug, Clone, PartialEq)]
pub struct AreaPack {
    /// `area.toml`: what the pack is about.
    pub manifest: AreaManifest,
    /// Residents by academic age and sex each January.
    pub population: Vec<PopulationRow>,
    /// How far projected people were from later estimates.
    pub population_error: Vec<PopulationErrorRow>,
    /// Plans at the base date.
    pub ehc_plans: Vec<PlanStockRow>,
    /// Children on SEN support at the base date.
    pub sen_support: Vec<SupportStockRow>,
    /// How far both base stocks stand from the published margins.
    pub base_stock_residuals: Vec<ResidualRow>,
    /// Percentages of pupils on SEN support and with plans each January, by phase.
    pub sen_pupils: Vec<HistoryRow>,
    /// Pupils with SEN by phase and need, January 2023.
    pub sen_pupil_needs: Vec<CrossRow>,
    /// Plans each January by age band, age, sex, setting, years in place, age when started, need.
    pub ehc_plans_history: Vec<HistoryRow>,
    /// Plans by age and setting, January 2024 and 2025.
    pub ehc_plans_by_age_setting: Vec<CrossRow>,
    /// Needs of plans by age, sex, setting and years in place, January 2025.
    pub ehc_plan_needs: Vec<CrossRow>,
    /// New plans in calendar years by age band, age, sex and setting.
    pub new_plans: Vec<HistoryRow>,
    /// New plans by age and setting, from 2022.
    pub new_plans_by_age_setting: Vec<CrossRow>,
    /// Needs of new plans by age when started, sex and setting, 2024.
    pub new_plan_needs: Vec<CrossRow>,
    /// Ceased plans in calendar years by reason, age, sex, setting and years in place.
    pub ceased_plans: Vec<HistoryRow>,
    /// Ceased plans by reason within age and setting.
    pub ceased_plan_reasons: Vec<CrossRow>,
    /// The accounts of plans.
    pub plan_accounts: Vec<PlanAccountRow>,
    /// Requests, decisions, assessments, mediation and tribunals.
    pub requests: Vec<HistoryRow>,
    /// Plans issued by time taken.
    pub timeliness: Vec<HistoryRow>,
    /// Annual reviews.
    pub annual_reviews: Vec<HistoryRow>,
    /// Appeals.
    pub appeals: Vec<HistoryRow>,
    /// Special schools and places.
    pub places: Vec<Places>,
    /// Places that the simulation gives to children.
    pub place_groups: Vec<PlaceGroupRow>,
    /// Exclusions over all pupils.
    pub exclusions: Vec<HistoryRow>,
    /// Exclusion rates by term and SEN status.
    pub exclusion_rates: Vec<ExclusionRates>,
    /// Absence by need.
    pub absence: Vec<AbsenceRates>,
    /// Personal budgets, learning at work and residential placements.
    pub arrangements: Vec<ArrangementRow>,
    /// High needs block and balances.
    pub high_needs: Vec<HistoryRow>,
    /// Waiting lists of the integrated care boards.
    pub nhs_waits: Vec<WaitingList>,
    /// Services that the area keeps by locality; none is published.
    pub localities: Vec<LocalityRow>,
    /// What published counts say about rates.
    pub rate_evidence: Vec<EvidenceRow>,
    /// New plans against England's reference rates.
    pub joining_index: Vec<JoiningIndexRow>,
    /// Numbers estimated over all authorities.
    pub estimates: Vec<EstimateRow>,
    /// What the forecast over all authorities knows at the base date.
    pub outlook: Vec<OutlookRow>,
    /// How forecasts like it fared in earlier years.
    pub tested: Vec<TestedRow>,
    /// What the import found.
    pub findings: Vec<FindingRow>,
}

/// One table of a pack and its file.
pub(super) struct PackTable<'p> {
    /// File name.
    pub(super) file: &'static str,
    /// How much depends on it.
    pub(super) need: Need,
    /// Its rows.
    pub(super) rows: &'p mut dyn Rows,
}

/// How much depends on a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing can be simulated without it.
    Required,
    /// What rests on it is not told without it.
    Optional,
    /// An area's own: an import has none, and nobody misses it. Written only with rows.
    Own,
}

impl AreaPack {
    /// A pack without rows.
    pub fn empty(manifest: AreaManifest) -> Self {
        Self {
            manifest,
            population: Vec::new(),
            population_error: Vec::new(),
            ehc_plans: Vec::new(),
            sen_support: Vec::new(),
            base_stock_residuals: Vec::new(),
            sen_pupils: Vec::new(),
            sen_pupil_needs: Vec::new(),
            ehc_plans_history: Vec::new(),
            ehc_plans_by_age_setting: Vec::new(),
            ehc_plan_needs: Vec::new(),
            new_plans: Vec::new(),
            new_plans_by_age_setting: Vec::new(),
            new_plan_needs: Vec::new(),
            ceased_plans: Vec::new(),
            ceased_plan_reasons: Vec::new(),
            plan_accounts: Vec::new(),
            requests: Vec::new(),
            timeliness: Vec::new(),
            annual_reviews: Vec::new(),
            appeals: Vec::new(),
            places: Vec::new(),
            place_groups: Vec::new(),
            exclusions: Vec::new(),
            exclusion_rates: Vec::new(),
            absence: Vec::new(),
            arrangements: Vec::new(),
            high_needs: Vec::new(),
            nhs_waits: Vec::new(),
            localities: Vec::new(),
            rate_evidence: Vec::new(),
            joining_index: Vec::new(),
            estimates: Vec::new(),
            outlook: Vec::new(),
            tested: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Every table with its file, in the order of the guide.
    pub(super) fn tables(&mut self) -> Vec<PackTable<'_>> {
        vec![
            required("population.csv", &mut self.population),
            optional("population_error.csv", &mut self.population_error),
            required("ehc_plans.csv", &mut self.ehc_plans),
            required("sen_support.csv", &mut self.sen_support),
            optional("base_stock_residuals.csv", &mut self.base_stock_residuals),
            optional("sen_pupils.csv", &mut self.sen_pupils),
            optional("sen_pupil_needs.csv", &mut self.sen_pupil_needs),
            required("ehc_plans_history.csv", &mut self.ehc_plans_history),
            optional(
                "ehc_plans_by_age_setting.csv",
                &mut self.ehc_plans_by_age_setting,
            ),
            optional("ehc_plan_needs.csv", &mut self.ehc_plan_needs),
            required("new_plans.csv", &mut self.new_plans),
            optional(
                "new_plans_by_age_setting.csv",
                &mut self.new_plans_by_age_setting,
            ),
            optional("new_plan_needs.csv", &mut self.new_plan_needs),
            optional("ceased_plans.csv", &mut self.ceased_plans),
            optional("ceased_plan_reasons.csv", &mut self.ceased_plan_reasons),
            optional("plan_accounts.csv", &mut self.plan_accounts),
            optional("requests.csv", &mut self.requests),
            optional("timeliness.csv", &mut self.timeliness),
            optional("annual_reviews.csv", &mut self.annual_reviews),
            optional("appeals.csv", &mut self.appeals),
            optional("places.csv", &mut self.places),
            optional("place_groups.csv", &mut self.place_groups),
            optional("exclusions.csv", &mut self.exclusions),
            optional("exclusion_rates.csv", &mut self.exclusion_rates),
            optional("absence.csv", &mut self.absence),
            optional("arrangements.csv", &mut self.arrangements),
            optional("high_needs.csv", &mut self.high_needs),
            optional("nhs_waits.csv", &mut self.nhs_waits),
            own("localities.csv", &mut self.localities),
            required("rate_evidence.csv", &mut self.rate_evidence),
            optional("joining_index.csv", &mut self.joining_index),
            required("estimates.csv", &mut self.estimates),
            optional("outlook.csv", &mut self.outlook),
            optional("tested.csv", &mut self.tested),
            optional("findings.csv", &mut self.findings),
        ]
    }
}

fn required<'p>(file: &'static str, rows: &'p mut dyn Rows) -> PackTable<'p> {
    table(file, Need::Required, rows)
}

fn optional<'p>(file: &'static str, rows: &'p mut dyn Rows) -> PackTable<'p> {
    table(file, Need::Optional, rows)
}

fn own<'p>(file: &'static str, rows: &'p mut dyn Rows) -> PackTable<'p> {
    table(file, Need::Own, rows)
}

fn table<'p>(file: &'static str, need: Need, rows: &'p mut dyn Rows) -> PackTable<'p> {
    PackTable { file, need, rows }
}

impl PackTable<'_> {
    /// Whether a pack on disk holds it.
    pub(super) fn is_written(&self) -> bool {
        self.need != Need::Own || !self.rows.is_empty()
    }
}
