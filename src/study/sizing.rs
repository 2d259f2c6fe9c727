//! How many places are needed for a chosen chance that there are enough.

use std::collections::BTreeSet;

use crate::area::AreaPack;
use crate::baseline::{Baseline, Draw};
use crate::domain::{Date, NeedGroup, PlacePhase, Provision, time_period};
use crate::parameters::{Parameter, ParameterSet, Uncertain};
use crate::scenario::{Action, Change, Filter, Operation, Scenario};
use crate::simulate::{BrokenBalance, Design, simulate_scenarios};
use crate::summarise::RunTable;

use super::baseline_with_places;
use super::sensitivity::{Sensitivity, sensitivity};

/// Chances of the frontier.
const FRONTIER: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// How often the plan is sized again on fresh runs that hold it: new places bring demand, and what is
/// just enough in the runs on which it was found is too little in others.
const ROUNDS: u64 = 2;

/// Most of the runs on which it is sized that a plan is asked to be enough in.
const MOST_ASKED: f64 = 0.995;
/// Parts into which runs are cut, to size on all but one and look at that one.
const FOLDS: usize = 10;
/// Halvings of the range of shares to ask for.
const HALVINGS: u32 = 8;

/// One-sided 95% normal quantile of the confidence bound.
const Z: f64 = 1.645;

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

/// The share of runs with enough places, and the bound above which it lies with 95% confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Runs with enough places.
    pub runs_enough: u32,
    /// Runs.
    pub runs: u32,
    /// Share.
    pub share: f64,
    /// Wilson's lower bound, one-sided 95%.
    pub lower_bound: f64,
    /// Wilson's upper bound, one-sided 95%.
    pub upper_bound: f64,
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

/// Demand and places of the cells of a run table on one September.
struct Demand {
    cells: Vec<CellRuns>,
    runs: usize,
}

/// One cell, run by run.
#[derive(Clone)]
struct CellRuns {
    cell: Cell,
    /// Children who want a place.
    demand: Vec<u32>,
    /// Places before any are added. A group that serves several cells is shared over them by their
    /// demand, so that this differs from run to run.
    places: Vec<i64>,
}

impl CellRuns {
    /// Children beyond the places there are, or below none places to spare.
    fn beyond(&self, run: usize) -> i64 {
        i64::from(self.demand[run]) - self.places[run]
    }

    fn places_median(&self) -> u32 {
        median(self.places.clone()).max(0) as u32
    }
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

impl Demand {
    fn on(table: &RunTable, september: i32) -> Self {
        let period = time_period(september);
        let find = |indicator: &str, cell: Cell| {
            let index = table.cells.iter().position(|row| {
                row.indicator == indicator
                    && row.time_identifier == "September"
                    && row.time_period == period
                    && row.setting == cell.provision.setting().label()
                    && row.phase == cell.phase.label()
                    && row.primary_need == cell.needs.label()
            });
            index.map_or_else(Vec::new, |index| table.of(index).to_vec())
        };
        let of_cell = |cell| CellRuns {
            cell,
            demand: find("places_demand", cell),
            places: find("places_capacity", cell)
                .into_iter()
                .map(i64::from)
                .collect(),
        };
        Self {
            cells: cells().map(of_cell).collect(),
            runs: table.runs,
        }
    }

    /// Takes the places of a plan off those there are.
    fn take_off(&mut self, plan: &[CellNeed]) {
        for (cell, need) in self.cells.iter_mut().zip(plan) {
            let extra = i64::from(need.extra());
            cell.places.iter_mut().for_each(|places| *places -= extra);
        }
    }

    /// The runs of both.
    fn and(mut self, other: Self) -> Self {
        for (cell, more) in self.cells.iter_mut().zip(other.cells) {
            cell.demand.extend(more.demand);
            cell.places.extend(more.places);
        }
        self.runs += other.runs;
        self
    }

    /// The share of runs in which every cell has as many places as children who want one.
    fn share_with_enough(&self) -> Share {
        let none = vec![0; self.cells.len()];
        Share::of(self.enough(&none) as u32, self.runs as u32)
    }

    /// Children who want a place, by run.
    fn totals(&self) -> Vec<f64> {
        let of_run = |run: usize| -> u32 { self.cells.iter().map(|cell| cell.demand[run]).sum() };
        (0..self.runs).map(|run| f64::from(of_run(run))).collect()
    }

    /// Children beyond the places there are, by cell, at a position among the ordered runs.
    fn at(&self, position: usize) -> Vec<i64> {
        let nth = |cell: &CellRuns| {
            let mut beyond: Vec<i64> = (0..self.runs).map(|run| cell.beyond(run)).collect();
            let at = position.min(self.runs.saturating_sub(1));
            *beyond.select_nth_unstable(at).1
        };
        self.cells.iter().map(nth).collect()
    }

    /// Runs in which every cell has enough with so many places more; fewer than none are none.
    fn enough(&self, extra: &[i64]) -> usize {
        let is_enough = |run: usize| {
            let mut cells = self.cells.iter().zip(extra);
            cells.all(|(cell, &extra)| cell.beyond(run) <= extra.max(0))
        };
        (0..self.runs).filter(|&run| is_enough(run)).count()
    }

    /// The least common quantile, that of each cell alone at least, at which all cells are enough at
    /// once in a share of runs.
    fn together(&self, probability: f64) -> Vec<i64> {
        let wanted = runs_of(self.runs, probability);
        let (mut low, mut high) = (wanted.saturating_sub(1), self.runs - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.enough(&self.at(middle)) >= wanted {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        self.at(low)
    }

    /// The share of these runs in which a plan must be enough to be enough in a chosen share of
    /// others: found by leaving out every tenth run in turn, sizing on the rest, and looking in how
    /// many of those left out the plan is enough.
    fn to_hold(&self, probability: f64) -> f64 {
        let wanted = runs_of(self.runs, probability);
        let folds: Vec<(Self, Self)> = (0..FOLDS.min(self.runs))
            .map(|fold| self.divided(|run| run % FOLDS == fold))
            .collect();
        let held = |ask: f64| -> usize {
            let of_fold = |(left_out, rest): &(Self, Self)| left_out.enough(&rest.together(ask));
            folds.iter().map(of_fold).sum()
        };
        let (mut low, mut high) = (probability, MOST_ASKED);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if held(middle) >= wanted {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// The runs that are chosen, and the others.
    fn divided(&self, is_chosen: impl Fn(usize) -> bool) -> (Self, Self) {
        let part = |wanted: bool| {
            let runs: Vec<usize> = (0..self.runs)
                .filter(|run| is_chosen(*run) == wanted)
                .collect();
            let of_cell = |cell: &CellRuns| CellRuns {
                cell: cell.cell,
                demand: runs.iter().map(|&run| cell.demand[run]).collect(),
                places: runs.iter().map(|&run| cell.places[run]).collect(),
            };
            Self {
                cells: self.cells.iter().map(of_cell).collect(),
                runs: runs.len(),
            }
        };
        (part(true), part(false))
    }

    fn needs(&self, september: i32, probability: f64) -> Vec<CellNeed> {
        let alone = self.at(runs_of(self.runs, probability).saturating_sub(1));
        let together = self.together(self.to_hold(probability));
        let rows = self.cells.iter().enumerate();
        rows.map(|(at, cell)| {
            let places = cell.places_median();
            let with = |beyond: i64| (i64::from(places) + beyond).max(0) as u32;
            CellNeed {
                september,
                cell: cell.cell,
                places,
                demand: median(cell.demand.clone()),
                alone: with(alone[at]),
                together: with(together[at]),
            }
        })
        .collect()
    }
}

fn median<N: Copy + Default + Ord>(mut numbers: Vec<N>) -> N {
    numbers.sort_unstable();
    let middle = numbers.len().saturating_sub(1) / 2;
    numbers.get(middle).copied().unwrap_or_default()
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

/// Capital of the places to add [£], at the median of what a place costs.
pub fn capital(needs: &[CellNeed]) -> f64 {
    capital_at(needs, 0.5)
}

/// The same at 10% and 90% of the range of what a place costs.
pub fn capital_range(needs: &[CellNeed]) -> [f64; 2] {
    [0.1, 0.9].map(|u| capital_at(needs, u))
}

fn capital_at(needs: &[CellNeed], u: f64) -> f64 {
    cost(needs, |provision| {
        let path = of_kind("places.capital-cost", provision);
        stated_as(&path, |value| value.at(u))
    })
}

/// What the places to add cost a year when they are filled [£, at the price of the base year].
pub fn running(needs: &[CellNeed]) -> f64 {
    cost(needs, |provision| {
        stated(if provision.is_base() {
            "money.price.base"
        } else {
            "money.price.state-special"
        })
    })
}

fn cost(needs: &[CellNeed], price: impl Fn(Provision) -> f64) -> f64 {
    let each = |need: &CellNeed| f64::from(need.extra()) * price(need.cell.provision);
    needs.iter().map(each).sum()
}

/// First September by which more places can be open when they are decided on the base date.
fn earliest(base_year: i32) -> [i32; Provision::COUNT] {
    Provision::ALL.map(|provision| {
        let years = parameter("places.lead-years", provision);
        let ready = f64::from(base_year) + years;
        // September is two thirds through its year.
        (ready - SEPTEMBER).ceil() as i32
    })
}

/// Share of a year before 1 September.
const SEPTEMBER: f64 = 2.0 / 3.0;

fn parameter(path: &str, provision: Provision) -> f64 {
    stated(&of_kind(path, provision))
}

fn of_kind(path: &str, provision: Provision) -> String {
    let kind = if provision.is_base() {
        "base"
    } else {
        "special"
    };
    format!("{path}.{kind}")
}

/// The middle of a stated number.
fn stated(path: &str) -> f64 {
    stated_as(path, Uncertain::central)
}

fn stated_as(path: &str, told: impl Fn(Uncertain) -> f64) -> f64 {
    let passport = ParameterSet::embedded().passport(path);
    let value = passport.and_then(|passport| passport.values.first());
    value.map_or(0.0, |value| told(value.value))
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

fn cells() -> impl Iterator<Item = Cell> {
    Provision::ALL.into_iter().flat_map(|provision| {
        PlacePhase::ALL.into_iter().flat_map(move |phase| {
            NeedGroup::ALL.into_iter().map(move |needs| Cell {
                provision,
                phase,
                needs,
            })
        })
    })
}

fn runs_of(runs: usize, probability: f64) -> usize {
    (runs as f64 * probability).ceil() as usize
}

impl Share {
    /// A share of runs with Wilson's bound.
    fn of(runs_enough: u32, runs: u32) -> Self {
        let (n, share) = (f64::from(runs), f64::from(runs_enough) / f64::from(runs));
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self {
            runs_enough,
            runs,
            share,
            lower_bound: (middle - half) / (1.0 + Z * Z / n),
            upper_bound: (middle + half) / (1.0 + Z * Z / n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_bound_is_that_of_the_textbook() {
        // 90 of 100: (0.9 + 0.013530 - 1.645 sqrt(0.0009 + 0.0000676506)) / 1.0270603 = 0.8396.
        let share = Share::of(90, 100);
        assert!((share.lower_bound - 0.839_6).abs() < 1e-4, "{share:?}");
    }

    /// Cells with the demand and the places of some runs.
    fn demand(of_cells: &[(&[u32], &[i64])]) -> Demand {
        let rows = cells().zip(of_cells);
        Demand {
            cells: rows
                .map(|(cell, (demand, places))| CellRuns {
                    cell,
                    demand: demand.to_vec(),
                    places: places.to_vec(),
                })
                .collect(),
            runs: of_cells[0].0.len(),
        }
    }

    #[test]
    fn all_together_needs_more_than_each_alone() {
        // Two cells that are never high in the same run: each alone is enough at 2 in half of the
        // runs, both at once only at 9.
        let (a, b) = (&[9, 2, 9, 2][..], &[2, 9, 2, 9][..]);
        let with = |places: i64| {
            let demand = demand(&[(a, &[0; 4]), (b, &[places; 4])]);
            let extra = demand.together(0.5);
            assert_eq!(demand.at(1), [2, 2 - places]);
            [extra[0].max(0), extra[1].max(0)]
        };
        assert_eq!(with(0), [9, 9]);
        // Where one of them has more places than anybody asks for, the other is enough at 2.
        assert_eq!(with(10), [2, 0]);
    }

    #[test]
    fn a_group_shared_by_demand_with_places_to_spare_needs_none() {
        // Twelve places for two cells, shared in proportion to their demand of 8 in all: each has as
        // many again as half of it wants, whatever the run.
        let (a, b) = (&[2, 6, 4, 2][..], &[6, 2, 4, 6][..]);
        let demand = demand(&[(a, &[3, 9, 6, 3]), (b, &[9, 3, 6, 9])]);
        assert_eq!(demand.share_with_enough().runs_enough, 4);
        let needs = demand.needs(2025, 0.9);
        assert!(needs.iter().all(|need| need.extra() == 0), "{needs:?}");
    }

    #[test]
    fn a_plan_holds_as_often_in_other_runs_as_asked() {
        // Independent cells, each from 0 to 999 children with even chances: the chance that a plan is
        // enough is the product of (places + 1) / 1000.
        let mut stream = crate::random::Stream::new(11, 0, "sizing");
        let mut child = || (stream.uniform() * 1_000.0) as u32;
        let (plans, runs, number) = (60, 100, 6);
        let (mut held, mut without) = (0.0, 0.0);
        for _ in 0..plans {
            let of_cells: Vec<Vec<u32>> = (0..number)
                .map(|_| (0..runs).map(|_| child()).collect())
                .collect();
            let there = vec![0; runs];
            let of_cells: Vec<_> = of_cells.iter().map(|of| (&of[..], &there[..])).collect();
            let demand = demand(&of_cells);
            let chance = |ask: f64| -> f64 {
                let places = demand.together(ask).into_iter();
                places.map(|places| (places + 1) as f64 / 1_000.0).product()
            };
            held += chance(demand.to_hold(0.8)) / f64::from(plans);
            without += chance(0.8) / f64::from(plans);
        }
        // The chance of one plan varies by 0.04, that of 60 by 0.005.
        assert!((held - 0.8).abs() < 0.02, "{held}");
        assert!(without < held - 0.01, "{without}");
    }
}
