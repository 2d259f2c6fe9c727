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

/// Most of the runs that a round asks the plan to be enough in.
const MOST_ASKED: f64 = 0.995;

/// One-sided 95% normal quantile of the confidence bound.
const Z: f64 = 1.645;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The area.
    pub pack: &'a AreaPack,
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
struct Demand<'t> {
    cells: Vec<(Cell, &'t [u32], &'t [u32])>,
    runs: usize,
}

/// Answers a question.
///
/// What children want does not depend on where they find places, so the places that a cell needs
/// are a quantile of its demand. For all cells at once the same quantile is raised in every cell
/// until the runs in which every cell has enough are as many as asked for. Places that are opened
/// bring demand (places.induced-demand), and a plan that is just enough in the runs on which it was
/// found is too little in others: so each round simulates the plan under a seed of its own, sees in
/// how many runs it is enough, and sizes again on the runs of all rounds, asking for as much more as
/// was missed, less where more runs are pooled. Then fresh runs, under another seed still, say how
/// often the plan is enough.
pub fn size(
    question: &Question<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Sizing, BrokenBalance> {
    let baseline = baseline_with_places(question.pack, question.design.years);
    let simulate = |scenario: &Scenario, design: &Design| -> Result<RunTable, BrokenBalance> {
        simulated(&baseline, scenario, design, progress)
    };
    let without = simulate(&Scenario::baseline(), &question.design)?;
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
        simulate(&opened(plan, question.september), &design)
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
    let mut ask = question.probability;
    let mut pooled: Vec<Vec<u32>> = vec![Vec::new(); before.len()];
    for round in 1..=ROUNDS {
        let table = fresh(&plan, round)?;
        let with_plan = Demand::on(&table, question.september);
        // What a plan promises beyond what it holds falls as the runs on which it is found grow.
        let beyond = (ask - with_plan.share_with_enough().share).max(0.0);
        let more_runs = round as f64 / round.saturating_sub(1).max(1) as f64;
        ask = (question.probability + beyond / more_runs).min(MOST_ASKED);
        for (pooled, (_, demand, _)) in pooled.iter_mut().zip(&with_plan.cells) {
            pooled.extend_from_slice(demand);
        }
        let cells = with_plan.cells.iter().zip(&pooled);
        let again = Demand {
            cells: cells
                .map(|((cell, ..), demand)| (*cell, demand.as_slice(), &[][..]))
                .collect(),
            runs: with_plan.runs * round as usize,
        };
        let asked = again.needs(question.september, question.probability);
        let together = again.together(ask);
        for (at, plan) in plan.iter_mut().enumerate() {
            *plan = CellNeed {
                places: before[at].places,
                together: together[at],
                ..asked[at]
            };
        }
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

impl<'t> Demand<'t> {
    fn on(table: &'t RunTable, september: i32) -> Self {
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
            index.map_or(&[][..], |index| table.of(index))
        };
        let cells = cells()
            .map(|cell| {
                (
                    cell,
                    find("places_demand", cell),
                    find("places_capacity", cell),
                )
            })
            .collect();
        Self {
            cells,
            runs: table.runs,
        }
    }

    /// The share of runs in which every cell has as many places as children who want one.
    fn share_with_enough(&self) -> Share {
        let enough = (0..self.runs).filter(|&run| {
            let mut cells = self.cells.iter();
            cells.all(|(_, demand, places)| demand[run] <= places[run])
        });
        Share::of(enough.count() as u32, self.runs as u32)
    }

    /// Children who want a place, by run.
    fn totals(&self) -> Vec<f64> {
        let of_run = |run: usize| -> u32 {
            let cells = self.cells.iter();
            cells.map(|(_, demand, _)| demand[run]).sum()
        };
        (0..self.runs).map(|run| f64::from(of_run(run))).collect()
    }

    /// Places by cell at a position among the ordered runs: the position-th smallest demand.
    fn at(&self, position: usize) -> Vec<u32> {
        let nth = |demand: &[u32]| {
            let mut sorted = demand.to_vec();
            sorted.sort_unstable();
            sorted.get(position).copied().unwrap_or(0)
        };
        self.cells
            .iter()
            .map(|(_, demand, _)| nth(demand))
            .collect()
    }

    fn enough(&self, places: &[u32]) -> usize {
        let is_enough = |run: usize| {
            let mut cells = self.cells.iter().zip(places);
            cells.all(|((_, demand, _), &places)| demand[run] <= places)
        };
        (0..self.runs).filter(|&run| is_enough(run)).count()
    }

    /// The least common quantile at which all cells are enough at once in a share of runs.
    fn together(&self, probability: f64) -> Vec<u32> {
        let wanted = runs_of(self.runs, probability);
        let (mut low, mut high) = (0, self.runs - 1);
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

    fn needs(&self, september: i32, probability: f64) -> Vec<CellNeed> {
        let alone = self.at(runs_of(self.runs, probability).saturating_sub(1));
        let median = self.at((self.runs - 1) / 2);
        let together = self.together(probability);
        let rows = self.cells.iter().enumerate();
        rows.map(|(at, (cell, _, places))| {
            let mut sorted = places.to_vec();
            sorted.sort_unstable();
            CellNeed {
                september,
                cell: *cell,
                places: sorted.get((self.runs - 1) / 2).copied().unwrap_or(0),
                demand: median[at],
                alone: alone[at],
                together: together[at],
            }
        })
        .collect()
    }
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

fn frontier(demand: &Demand<'_>, september: i32) -> Vec<FrontierPoint> {
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

/// Capital of the places to add [£].
pub fn capital(needs: &[CellNeed]) -> f64 {
    cost(needs, |provision| {
        parameter("places.capital-cost", provision)
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
    let kind = if provision.is_base() {
        "base"
    } else {
        "special"
    };
    stated(&format!("{path}.{kind}"))
}

/// The middle of a stated number.
fn stated(path: &str) -> f64 {
    let passport = ParameterSet::embedded().passport(path);
    let value = passport.and_then(|passport| passport.values.first());
    value.map_or(0.0, |value| value.value.central())
}

/// A scenario that opens the places of a plan on its September.
fn opened(plan: &[CellNeed], september: i32) -> Scenario {
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
    Scenario {
        name: "sizing".to_owned(),
        actions: vec![Action {
            name: "sizing".to_owned(),
            title: "Places as sized".to_owned(),
            reason: String::new(),
            source: String::new(),
            kind: Action::PLAIN_CHANGE,
            changes: open.collect(),
        }],
        ..Scenario::baseline()
    }
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

    #[test]
    fn all_together_needs_more_than_each_alone() {
        // Two cells that are never high in the same run: each alone is enough at 2 in half of the
        // runs, both at once only at 9.
        let (a, b, places) = (&[9, 2, 9, 2][..], &[2, 9, 2, 9][..], &[0; 4][..]);
        let mut of = cells();
        let mut cell = || of.next().expect("there are cells");
        let demand = Demand {
            cells: vec![(cell(), a, places), (cell(), b, places)],
            runs: 4,
        };
        let needs = demand.needs(2025, 0.5);
        assert_eq!((needs[0].alone, needs[1].alone), (2, 2));
        assert_eq!((needs[0].together, needs[1].together), (9, 9));
    }
}
