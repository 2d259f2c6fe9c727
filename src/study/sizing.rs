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
    /// Places that each cell has before any are added.
    there: Vec<u32>,
    runs: usize,
}

/// Answers a question.
///
/// What children want does not depend on where they find places, so the places that a cell needs
/// are a quantile of its demand. For all cells at once the same quantile is raised in every cell
/// until the runs in which every cell has enough, with what it has already where that is more, are as
/// many as asked for. Places that are opened bring demand (places.induced-demand), so each round
/// simulates the plan under a seed of its own and sizes again on the runs of all rounds. A plan that is
/// just enough in the runs on which it was found is too little in others: it is asked to be enough in
/// so many more of them as cross-validation says. Then fresh runs, under another seed still, say how
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
    let mut pooled: Vec<Vec<u32>> = vec![Vec::new(); before.len()];
    for round in 1..=ROUNDS {
        let table = fresh(&plan, round)?;
        let with_plan = Demand::on(&table, question.september);
        for (pooled, (_, demand, _)) in pooled.iter_mut().zip(&with_plan.cells) {
            pooled.extend_from_slice(demand);
        }
        let again = Demand {
            there: before.iter().map(|need| need.places).collect(),
            ..with_plan.with(&pooled)
        };
        let asked = again.needs(question.september, question.probability);
        let together = again.together(again.to_hold(question.probability));
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
        let of_cell = |cell| {
            let places = find("places_capacity", cell);
            (cell, find("places_demand", cell), places)
        };
        let cells: Vec<(Cell, &[u32], &[u32])> = cells().map(of_cell).collect();
        Self {
            there: cells.iter().map(|(.., places)| median(places)).collect(),
            cells,
            runs: table.runs,
        }
    }

    /// The share of these runs in which a plan must be enough to be enough in a chosen share of
    /// others: found by leaving out every tenth run in turn, sizing on the rest, and looking in how
    /// many of those left out the plan is enough.
    fn to_hold(&self, probability: f64) -> f64 {
        let wanted = runs_of(self.runs, probability);
        let (mut low, mut high) = (probability, MOST_ASKED);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if self.held(middle) >= wanted {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// Runs in which a plan is enough that was sized, for a share of them, on runs without them.
    fn held(&self, ask: f64) -> usize {
        let of_fold = |fold: usize| {
            let part = |is_left_out: bool| -> Vec<Vec<u32>> {
                let of_cell = |(_, demand, _): &(Cell, &[u32], &[u32])| {
                    let runs = demand.iter().enumerate();
                    let kept = runs.filter(|(run, _)| (run % FOLDS == fold) == is_left_out);
                    kept.map(|(_, children)| *children).collect()
                };
                self.cells.iter().map(of_cell).collect()
            };
            let (left_out, rest) = (part(true), part(false));
            let plan = self.with(&rest).together(ask);
            self.with(&left_out).enough(&plan)
        };
        (0..FOLDS.min(self.runs)).map(of_fold).sum()
    }

    /// The same cells with the demand of other runs.
    fn with<'d>(&self, demand: &'d [Vec<u32>]) -> Demand<'d> {
        let cells = self.cells.iter().zip(demand);
        Demand {
            cells: cells
                .map(|((cell, ..), demand)| (*cell, demand.as_slice(), &[][..]))
                .collect(),
            there: self.there.clone(),
            runs: demand.first().map_or(0, Vec::len),
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

    /// Runs in which every cell has enough with so many places, or with those that it has if they
    /// are more.
    fn enough(&self, places: &[u32]) -> usize {
        let places = places.iter().zip(&self.there);
        let places: Vec<u32> = places
            .map(|(&to_have, &there)| to_have.max(there))
            .collect();
        let is_enough = |run: usize| {
            let mut cells = self.cells.iter().zip(&places);
            cells.all(|((_, demand, _), &places)| demand[run] <= places)
        };
        (0..self.runs).filter(|&run| is_enough(run)).count()
    }

    /// The least common quantile, that of each cell alone at least, at which all cells are enough at
    /// once in a share of runs.
    fn together(&self, probability: f64) -> Vec<u32> {
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

    fn needs(&self, september: i32, probability: f64) -> Vec<CellNeed> {
        let alone = self.at(runs_of(self.runs, probability).saturating_sub(1));
        let median = self.at((self.runs - 1) / 2);
        let together = self.together(probability);
        let rows = self.cells.iter().enumerate();
        rows.map(|(at, (cell, ..))| CellNeed {
            september,
            cell: *cell,
            places: self.there[at],
            demand: median[at],
            alone: alone[at],
            together: together[at],
        })
        .collect()
    }
}

fn median(numbers: &[u32]) -> u32 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len().saturating_sub(1) / 2;
    sorted.get(middle).copied().unwrap_or(0)
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
        let (a_cell, b_cell) = (cell(), cell());
        let with = |there: [u32; 2]| {
            let demand = Demand {
                cells: vec![(a_cell, a, places), (b_cell, b, places)],
                there: there.to_vec(),
                runs: 4,
            };
            let needs = demand.needs(2025, 0.5);
            assert_eq!((needs[0].alone, needs[1].alone), (2, 2));
            [needs[0].together, needs[1].together]
        };
        assert_eq!(with([0, 0]), [9, 9]);
        // Where one of them has more places than anybody asks for, the other is enough at 2.
        assert_eq!(with([0, 10]), [2, 2]);
    }

    #[test]
    fn a_plan_holds_as_often_in_other_runs_as_asked() {
        // Independent cells, each from 0 to 999 children with even chances: the chance that a plan is
        // enough is the product of (places + 1) / 1000.
        let mut stream = crate::random::Stream::new(11, 0, "sizing");
        let mut child = || (stream.uniform() * 1_000.0) as u32;
        let cells: Vec<Cell> = cells().take(6).collect();
        let (plans, runs) = (60, 100);
        let (mut held, mut without) = (0.0, 0.0);
        for _ in 0..plans {
            let demand: Vec<Vec<u32>> = cells
                .iter()
                .map(|_| (0..runs).map(|_| child()).collect())
                .collect();
            let rows = cells.iter().zip(&demand);
            let demand = Demand {
                cells: rows
                    .map(|(cell, of)| (*cell, of.as_slice(), &[][..]))
                    .collect(),
                there: vec![0; cells.len()],
                runs,
            };
            let chance = |ask: f64| -> f64 {
                let places = demand.together(ask).into_iter();
                places
                    .map(|places| f64::from(places + 1) / 1_000.0)
                    .product()
            };
            held += chance(demand.to_hold(0.8)) / f64::from(plans);
            without += chance(0.8) / f64::from(plans);
        }
        // The chance of one plan varies by 0.04, that of 60 by 0.005.
        assert!((held - 0.8).abs() < 0.02, "{held}");
        assert!(without < held - 0.01, "{without}");
    }
}
