//! How many places are needed for a chosen chance that there are enough.
//!
//! In: an area, what is done already, a chance and a September. Out: the places to add by type, phase
//! and need, what they cost, and how often they are enough in futures that were not used to find them.
//! Deliberately not here: wording (`cli/places`), who gets a place (`simulate/places`).
//! A new cost of a plan is a function of `cost.rs`; another way to find it one of `demand.rs`.

mod cost;
mod demand;
mod share;

pub use cost::{capital, capital_range, running};
pub use share::Share;

use std::collections::BTreeSet;

use crate::area::AreaPack;
use crate::baseline::{Baseline, Draw};
use crate::domain::{Date, NeedGroup, PlacePhase, Provision, time_period};
use crate::parameters::{Parameter, Uncertain};
use crate::scenario::{Action, Change, Filter, Operation, Scenario};
use crate::simulate::{BrokenBalance, Design, simulate_scenarios};
use crate::summarise::RunTable;

use cost::earliest;
use demand::Demand;

use super::baseline_with_places;
use super::sensitivity::{Sensitivity, sensitivity};

/// Chances of the frontier.
const FRONTIER: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// How often the plan is sized again on fresh runs that hold it: new places bring demand, and what is
/// just enough in the runs on which it was found is too little in others.
const ROUNDS: u64 = 2;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The area.
    pub pack: &'a AreaPack,
    /// What is done already, places that open among it.
    pub scenario: &'a Scenario,
    /// Seed, runs and years of the runs on which the places are found.
    pub design: Design,
    /// Chance that there are enough.
    pub probability: f64,
    /// The September for which a plan is made: its year.
    pub september: i32,
}

/// A cell: type × phase × need group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Type.
    pub provision: Provision,
    /// Phase.
    pub phase: PlacePhase,
    /// Need group.
    pub needs: NeedGroup,
}

/// Places of one cell on one 1 September.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellNeed {
    /// Year of the September.
    pub september: i32,
    /// Which places.
    pub cell: Cell,
    /// Places there are (the median over runs).
    pub places: u32,
    /// Children who want one, median.
    pub demand: u32,
    /// Places with which this cell alone is enough with the chance asked for.
    pub alone: u32,
    /// Places with which all cells of the September are enough at once with that chance.
    pub together: u32,
}

impl CellNeed {
    /// Places to add for all cells together.
    pub const fn extra(&self) -> u32 {
        self.together.saturating_sub(self.places)
    }

    /// Places of the plan that stand empty in the middle future, at least.
    pub const fn empty(&self) -> u32 {
        (self.places + self.extra()).saturating_sub(self.demand)
    }

    /// Counts from other places that there are, with as many to add.
    fn stand_on(&mut self, places: u32) {
        let from = |with: u32, before: u32| (with + places).saturating_sub(before);
        self.alone = from(self.alone, self.places);
        self.together = from(self.together, self.places);
        self.places = places;
    }
}

/// A chance and what it costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrontierPoint {
    /// Chance that there are enough places of every kind.
    pub probability: f64,
    /// Places to add.
    pub extra_places: u32,
    /// Capital [£].
    pub capital_pounds: f64,
    /// Place funding and top-ups of those places [£ a year, at the price of the base year].
    pub running_pounds: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizing {
    /// Every cell on every September, with demand as it is without new places.
    pub needs: Vec<CellNeed>,
    /// The plan: every cell on the September asked for, with the demand that the plan itself brings.
    pub plan: Vec<CellNeed>,
    /// The chance of the plan on runs that were not used to find it.
    pub verified: Share,
    /// Places and capital by chance, on the September asked for.
    pub frontier: Vec<FrontierPoint>,
    /// First September on which each type can have more places.
    pub earliest: [i32; Provision::COUNT],
    /// Children who want a place on the September asked for, without new places, across what no
    /// published figure decides.
    pub sensitivity: Vec<Sensitivity>,
}

/// Answers a question.
///
/// What children want does not depend on where they find places, so the places to add to a cell are a
/// quantile of the children beyond the places it has. For all cells at once the same quantile is raised
/// in every cell until the runs in which every cell has enough are as many as asked for. A plan that is
/// just enough in the runs on which it was found is too little in others: it is asked to be enough in
/// so many more of them as cross-validation says. Places that are opened bring demand
/// (places.induced-demand), so each round simulates the plan under a seed of its own and sizes again
/// on the runs of all rounds. Then fresh runs, under another seed still, say how often the plan is
/// enough.
pub fn size(
    question: &Question<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Sizing, BrokenBalance> {
    let baseline = baseline_with_places(question.pack, question.design.years);
    let simulate = |scenario: &Scenario, design: &Design| -> Result<RunTable, BrokenBalance> {
        simulated(&baseline, scenario, design, progress)
    };
    let without = simulate(question.scenario, &question.design)?;
    let first = question.design.base_year;
    let septembers = first..first + question.design.years as i32;
    let needs = septembers
        .flat_map(|september| {
            Demand::on(&without, september).needs(september, question.probability)
        })
        .collect();
    let demand = Demand::on(&without, question.september);
    let before = demand.needs(question.september, question.probability);
    let frontier = frontier(&demand, question.september);
    let fresh = |plan: &[CellNeed], round: u64| {
        let seed = question.design.seed.wrapping_add(round);
        let design = Design {
            seed,
            ..question.design
        };
        simulate(
            &opened(question.scenario, plan, question.september),
            &design,
        )
    };
    let plan = refined(question, &before, fresh)?;
    let table = fresh(&plan, ROUNDS + 1)?;
    let verified = Demand::on(&table, question.september).share_with_enough();
    Ok(Sizing {
        needs,
        plan,
        verified,
        frontier,
        earliest: earliest(first),
        sensitivity: sensitivity(
            &baseline,
            question.design.seed,
            &demand.totals(),
            &plans_of(&without, question.september),
        ),
    })
}

/// The plan, sized again on the runs of every round. `fresh` simulates a plan under the seed of a
/// round.
fn refined(
    question: &Question<'_>,
    before: &[CellNeed],
    fresh: impl Fn(&[CellNeed], u64) -> Result<RunTable, BrokenBalance>,
) -> Result<Vec<CellNeed>, BrokenBalance> {
    let mut plan = before.to_vec();
    let mut pooled: Option<Demand> = None;
    for round in 1..=ROUNDS {
        let table = fresh(&plan, round)?;
        let mut with_plan = Demand::on(&table, question.september);
        with_plan.take_off(&plan);
        let all = match pooled.take() {
            Some(earlier) => earlier.and(with_plan),
            None => with_plan,
        };
        plan = all.needs(question.september, question.probability);
        // The places there are without the plan stand in the table of the area as it is.
        for (need, before) in plan.iter_mut().zip(before) {
            need.stand_on(before.places);
        }
        pooled = Some(all);
    }
    Ok(plan)
}

fn simulated(
    baseline: &Baseline,
    scenario: &Scenario,
    design: &Design,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<RunTable, BrokenBalance> {
    let seed = design.seed;
    let rates = |draw: u32| baseline.rates(Draw::Sample { seed, draw });
    let mut tables = simulate_scenarios(baseline.people(), &rates, &[scenario], design, progress)?;
    Ok(tables.remove(0))
}

/// All plans on the January after a September, by run.
fn plans_of(table: &RunTable, september: i32) -> Vec<f64> {
    let period = time_period(september);
    let index = table.cells.iter().position(|cell| {
        cell.indicator == "ehc_plans" && cell.time_period == period && cell.depth() == 0
    });
    let runs = index.map_or(&[][..], |index| table.of(index));
    runs.iter().copied().map(f64::from).collect()
}

fn frontier(demand: &Demand, september: i32) -> Vec<FrontierPoint> {
    FRONTIER
        .into_iter()
        .map(|probability| {
            let needs = demand.needs(september, probability);
            FrontierPoint {
                probability,
                extra_places: needs.iter().map(CellNeed::extra).sum(),
                capital_pounds: capital(&needs),
                running_pounds: running(&needs),
            }
        })
        .collect()
}

/// A scenario that also opens the places of a plan on its September.
fn opened(scenario: &Scenario, plan: &[CellNeed], september: i32) -> Scenario {
    let open = plan.iter().filter(|need| need.extra() > 0).map(|need| {
        let filter = Filter {
            ages: need.cell.phase.ages().collect(),
            needs: need.cell.needs.needs().collect::<BTreeSet<_>>(),
            settings: [need.cell.provision.setting()].into(),
            ..Filter::default()
        };
        Change {
            parameter: Parameter::PlacesCapacity,
            size_key: format!("sizing {filter}"),
            filter,
            operation: Operation::Add,
            size: Uncertain::Fixed(f64::from(need.extra())),
            from: Date::september(september),
            until: None,
            phase_in_years: 0.0,
            slip_years: Uncertain::Fixed(0.0),
        }
    });
    let mut with_plan = scenario.clone();
    with_plan.actions.push(Action {
        name: "sizing".to_owned(),
        title: "Places as sized".to_owned(),
        reason: String::new(),
        source: String::new(),
        kind: Action::PLAIN_CHANGE,
        changes: open.collect(),
    });
    with_plan
}
