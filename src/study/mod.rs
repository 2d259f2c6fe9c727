//! A study: an area and its scenarios, simulated side by side, to results.
//!
//! In: an area pack, resolved scenarios, the number of futures. Out: [`Results`] for every format.
//! Deliberately not here: files and progress bars (`cli/`), wording (`report/`).

mod fitted;
mod past;
mod rates;
mod registers;
pub mod sensitivity;
mod single_ages;
pub mod sizing;

pub use fitted::{FittedRow, FittedTable, fitted};
pub use single_ages::single_ages;

use crate::adulthood::Adulthood;
use crate::alternative_provision::AlternativeProvision;
use crate::area::AreaPack;
use crate::arrangements::Arrangements;
use crate::baseline::{Baseline, Draw, Inputs, PopulationError};
use crate::ehc_process::AreaProcess;
use crate::exclusions::{
    Absence, AreaAbsenceRates, AreaExclusionRates, Exclusions, ReducedTimetables,
};
use crate::forecast::AreaOutlook;
use crate::health_visiting::HealthVisiting;
use crate::money::{self, AreaCosts, Money};
use crate::parameters::ParameterSet;
use crate::report::{AreaRow, InputRow, Results, ScenarioRow};
use crate::scenario::Scenario;
use crate::school_basis::SchoolBasis;
use crate::services::{self, OutOfHours, Services};
use crate::simulate::{BrokenBalance, Companion, Design, Detail, Kept, Simulated, simulate_with};
use crate::summarise::{attribute, compare, summarise};
use crate::timeliness::Timeliness;

/// Indicators that say nothing where every child finds a place.
const OF_FINITE_PLACES: [&str; 15] = [
    "places_capacity",
    "place_gap",
    "place_short_probability",
    "place_occupancy_percent",
    "children_awaiting_place",
    "overflow",
    "children_out_of_area",
    "days_awaiting_place",
    "late_allocations",
    "decided_after_offer_day",
    "unresolved_on_1_september",
    "phase_transfers",
    "phase_transfers_late",
    "phase_transfers_new_plan",
    "phase_transfers_after_offer_day",
];

/// Whether places are finite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PlaceLimits {
    /// As many places as the area has: children without one wait or go elsewhere.
    Finite,
    /// Every child goes where children of its age and need have gone before.
    Unlimited,
}

impl PlaceLimits {
    /// The same for an area: unlimited where its pack has no table of places, because nobody knows how
    /// many there are.
    pub const fn within(self, pack: &AreaPack) -> Self {
        if pack.place_groups.is_empty() {
            Self::Unlimited
        } else {
            self
        }
    }
}

/// Where new plans come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum NewPlans {
    /// From requests, which go through decisions, advice and writing as staff have time.
    Requests,
    /// At the rates of the forecast, whatever staff there are.
    Forecast,
}

/// What is worked out beside children, their plans and their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Beside {
    /// Services, money, exclusions and all else.
    All,
    /// Nothing: quicker.
    Nothing,
}

/// What a study simulates.
#[derive(Debug, Clone, Copy)]
pub struct Study<'a> {
    /// The area.
    pub pack: &'a AreaPack,
    /// Scenarios in order; the first is the baseline.
    pub scenarios: &'a [Scenario],
    /// Seed, runs and years.
    pub design: Design,
    /// Whether places are finite.
    pub places: PlaceLimits,
    /// Where new plans come from.
    pub new_plans: NewPlans,
    /// What is worked out beside.
    pub beside: Beside,
    /// Files that were read, with their hashes.
    pub inputs: &'a [InputRow],
}

impl Study<'_> {
    /// Futures that will be simulated: those of each scenario, and of each action alone where a
    /// scenario has several, for the attribution.
    pub fn simulations(&self) -> u64 {
        let runs = u64::from(self.design.runs);
        let of_alone = u64::from(runs_of_an_action(self.design.runs));
        let actions = self.scenarios.iter().skip(1).map(|one| alone(one).len());
        runs * self.scenarios.len() as u64 + of_alone * actions.sum::<usize>() as u64
    }

    /// Simulates every scenario, compares it with the first, and attributes differences to actions.
    pub fn run(&self, progress: &(dyn Fn(u64) + Sync)) -> Result<Results, BrokenBalance> {
        let places = self.places.within(self.pack);
        let baseline = match places {
            PlaceLimits::Finite => baseline_with_places(self.pack, self.design.years),
            PlaceLimits::Unlimited => baseline(self.pack, self.design.years),
        };
        let baseline = match self.new_plans {
            NewPlans::Requests => with_process(baseline, self.pack),
            NewPlans::Forecast => baseline,
        };
        let seed = self.design.seed;
        let rates = |draw: u32| baseline.rates(Draw::Sample { seed, draw });
        let (exclusions, absence) = self.exclusions_and_absence();
        let alternative_provision = self.alternative_provision(&exclusions);
        let school_basis = SchoolBasis::of(self.pack, self.design.base_year, self.design.years);
        let money = self.money(alternative_provision.clone());
        let money = money.map(|money| money.with_school_basis(school_basis.clone()));
        let timeliness = Timeliness::new(self.design.base_year, self.design.years);
        let reduced = ReducedTimetables::new(self.design.base_year, self.design.years);
        let mut companions: Vec<&dyn Companion> = vec![&exclusions, &absence, &reduced];
        if self.new_plans == NewPlans::Requests {
            companions.push(&timeliness);
        }
        let health_visiting = HealthVisiting::new(self.design.base_year, self.design.years);
        companions.push(&health_visiting);
        let services = Services::new(self.pack, self.design.base_year, self.design.years);
        companions.push(&services);
        let out_of_hours = OutOfHours::new(self.design.base_year, self.design.years);
        companions.push(&out_of_hours);
        if !school_basis.is_empty() {
            companions.push(&school_basis);
        }
        companions.extend(
            alternative_provision
                .iter()
                .map(|one| one as &dyn Companion),
        );
        companions.extend(money.iter().map(|one| one as &dyn Companion));
        let Design {
            base_year, years, ..
        } = self.design;
        let arrangements = Arrangements::of(self.pack, base_year, years);
        companions.extend(arrangements.iter().map(|one| one as &dyn Companion));
        let adulthood = Adulthood::of(self.pack, base_year, years);
        companions.extend(adulthood.iter().map(|one| one as &dyn Companion));
        if self.beside == Beside::Nothing {
            companions.clear();
        }
        let left_out: &[&str] = match places {
            PlaceLimits::Finite => &[],
            PlaceLimits::Unlimited => &OF_FINITE_PLACES,
        };
        let whole_scenario = Kept {
            left_out,
            ..Kept::ALL
        };
        let one_action = Kept {
            detail: Detail::Margins,
            runs: runs_of_an_action(self.design.runs),
            left_out,
        };
        let simulate = |scenarios: &[(&Scenario, Kept)]| {
            let (people, design) = (baseline.people(), &self.design);
            simulate_with(people, &rates, scenarios, design, &companions, progress)
        };
        let mut results = self.empty(&baseline);
        let mut first: Option<Simulated> = None;
        for scenario in self.scenarios {
            // The first scenario is compared with nothing.
            let parts = first.as_ref().map_or_else(Vec::new, |_| alone(scenario));
            let mut together = vec![(scenario, whole_scenario)];
            together.extend(parts.iter().map(|part| (part, one_action)));
            let mut tables = simulate(&together)?.into_iter();
            let Some(whole) = tables.next() else { continue };
            let Simulated { counts, measures } = &whole;
            let name = &scenario.name;
            results.indicators.extend(summarise(counts, name));
            results.indicators.extend(summarise(measures, name));
            let Some(first) = &first else {
                first = Some(whole);
                continue;
            };
            let comparison = &mut results.comparison;
            comparison.extend(compare(&first.counts, counts, name));
            comparison.extend(compare(&first.measures, measures, name));
            let names = parts.iter().map(|part| part.name.as_str());
            let alone: Vec<(&str, Simulated)> = names.zip(tables).collect();
            if !alone.is_empty() {
                let of_counts: Vec<_> = alone.iter().map(|(n, t)| (*n, &t.counts)).collect();
                let of_measures: Vec<_> = alone.iter().map(|(n, t)| (*n, &t.measures)).collect();
                let attribution = &mut results.attribution;
                attribution.extend(attribute(&first.counts, &of_counts, counts, name));
                attribution.extend(attribute(&first.measures, &of_measures, measures, name));
            }
        }
        Ok(results)
    }

    fn exclusions_and_absence(&self) -> (Exclusions, Absence) {
        let Design {
            base_year, years, ..
        } = self.design;
        let exclusions = AreaExclusionRates::of(self.pack);
        let absence = AreaAbsenceRates::of(self.pack);
        (
            Exclusions::new(exclusions, base_year, years),
            Absence::new(absence, base_year, years),
        )
    }

    /// Alternative provision, where its pupils are published.
    fn alternative_provision(&self, exclusions: &Exclusions) -> Option<AlternativeProvision> {
        let Design {
            base_year, years, ..
        } = self.design;
        AlternativeProvision::of(self.pack, exclusions.clone(), base_year, years)
    }

    /// Money, where prices are known.
    fn money(&self, alternative_provision: Option<AlternativeProvision>) -> Option<Money> {
        let Design {
            base_year, years, ..
        } = self.design;
        let is_known = base_year >= money::FIRST_BASE_YEAR;
        let costs = || AreaCosts::of(self.pack);
        is_known.then(|| Money::new(costs(), alternative_provision, base_year, years))
    }

    fn empty(&self, baseline: &Baseline) -> Results {
        let parameters = ParameterSet::embedded();
        Results {
            area: AreaRow::from(&self.pack.manifest),
            seed: self.design.seed,
            runs: self.design.runs as usize,
            years: self.design.years as u32,
            scenarios: self.scenarios.iter().map(ScenarioRow::from).collect(),
            indicators: Vec::new(),
            comparison: Vec::new(),
            attribution: Vec::new(),
            past: past::rows(self.pack),
            rates: rates::rows(baseline, self.pack, self.design.seed),
            tested: self.pack.tested.clone(),
            parameters: registers::parameters(self.pack, parameters),
            sources: registers::sources(self.pack, parameters),
            inputs: self.inputs.to_vec(),
            findings: registers::findings(self.pack),
        }
    }
}

/// The baseline of a pack over a horizon, with the places that the pack gives.
pub fn baseline_with_places(pack: &AreaPack, years: usize) -> Baseline {
    baseline(pack, years).with_places(&pack.place_groups)
}

/// A baseline whose plans come of requests, as the pack publishes them.
pub fn with_process(baseline: Baseline, pack: &AreaPack) -> Baseline {
    baseline.with_process(AreaProcess::of(pack), services::clinic(pack))
}

/// The baseline of a pack over a horizon, in which every child finds a place.
pub fn baseline(pack: &AreaPack, years: usize) -> Baseline {
    baseline_with(pack, years, ParameterSet::embedded())
}

/// The baseline of a pack with other parameters than those built in.
pub fn baseline_with(pack: &AreaPack, years: usize, parameters: &'static ParameterSet) -> Baseline {
    let error = pack
        .population_error
        .iter()
        .find(|row| row.years_ahead == 5);
    let error = error.or(pack.population_error.last());
    let population_error = error.map_or_else(PopulationError::default, |row| PopulationError {
        years_ahead: f64::from(row.years_ahead),
        births_sd: row.births_sd,
        cohorts_sd: row.cohort_change_sd,
    });
    let inputs = Inputs {
        base_year: pack.manifest.base_year,
        population: &pack.population,
        population_error,
        plans: &pack.ehc_plans,
        support: &pack.sen_support,
        rates: &pack.rate_evidence,
        joining_index: &pack.joining_index,
        area: &pack.manifest.new_la_code,
        outlook: AreaOutlook::from_rows(&pack.outlook),
        estimates: &pack.estimates,
    };
    Baseline::new(&inputs, years, parameters)
}

/// Fewest runs in which an action is simulated on its own, and the part of all runs above that.
const LEAST_RUNS_OF_AN_ACTION: u32 = 200;
const RUNS_PER_RUN_OF_AN_ACTION: u32 = 4;

/// Runs in which each action of a scenario is simulated on its own: shares are averages of paired
/// differences, which fewer runs tell well enough.
fn runs_of_an_action(runs: u32) -> u32 {
    runs.min(LEAST_RUNS_OF_AN_ACTION.max(runs / RUNS_PER_RUN_OF_AN_ACTION))
}

/// Each action of a scenario on its own; none where there is only one.
fn alone(scenario: &Scenario) -> Vec<Scenario> {
    if scenario.actions.len() < 2 {
        return Vec::new();
    }
    let only = |action: &crate::scenario::Action| Scenario {
        name: action.name.clone(),
        actions: vec![action.clone()],
        ..scenario.clone()
    };
    scenario.actions.iter().map(only).collect()
}
