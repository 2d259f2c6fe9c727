//! The design of a study: draws, runs, scenarios.

use rayon::prelude::*;

use super::companion::{Companion, Future};
use super::effects::Effects;
use super::hazards::{Hazards, horizon};
use super::live::BrokenBalance;
use super::places::Supply;
use super::rates::Rates;
use super::record::Record;
use super::run::{Workspace, simulate};
use crate::random::Luck;
use crate::scenario::Scenario;
use crate::simulate::Person;
use crate::summarise::{Cell, Layout, RunTable};

/// Runs simulated before their counts are put away: bounds memory, and paces progress.
const BATCH: u32 = 50;

/// How many futures, under which seed, over which years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// Seed of all draws and all luck.
    pub seed: u64,
    /// Number of runs; every run has its own draw.
    pub runs: u32,
    /// January of the base stock.
    pub base_year: i32,
    /// Years of the horizon.
    pub years: usize,
}

/// What was simulated of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// Counts of the simulation.
    pub counts: RunTable,
    /// What the companion models measured.
    pub measures: RunTable<f64>,
}

/// How finely a scenario's numbers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every cell.
    Full,
    /// Totals and one-way margins: all that an attribution asks of an action on its own.
    Margins,
}

/// How much of a scenario is kept of every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// How finely.
    pub detail: Detail,
    /// The scenario is simulated in so many of the runs, the first; in all if there are fewer.
    pub runs: u32,
    /// Indicators that are not kept at all.
    pub left_out: &'static [&'static str],
}

impl Kept {
    /// Every cell of every indicator.
    pub const ALL: Self = Self {
        detail: Detail::Full,
        runs: u32::MAX,
        left_out: &[],
    };

    fn keeps(self, cell: &Cell) -> bool {
        let is_fine = self.detail == Detail::Full || cell.depth() <= 1;
        is_fine && !self.left_out.contains(&cell.indicator)
    }

    /// Positions of the cells that are kept.
    fn positions(self, cells: &[Cell]) -> Vec<usize> {
        let indexed = cells.iter().enumerate();
        let kept = indexed.filter(|(_, cell)| self.keeps(cell));
        kept.map(|(index, _)| index).collect()
    }

    fn empty_table<V: Copy>(self, cells: &[Cell], runs: u32, none: V) -> RunTable<V> {
        let runs = self.runs.min(runs) as usize;
        let kept = cells.iter().filter(|cell| self.keeps(cell));
        let cells: Vec<Cell> = kept.cloned().collect();
        RunTable {
            runs,
            values: vec![none; cells.len() * runs],
            cells,
        }
    }
}

/// Simulates scenarios side by side: in each run all of them share the draw and the luck.
///
/// `rates` gives the rates of a draw by its number. Runs are independent and may be simulated on any
/// number of threads; their counts are put away by run number, so the result does not depend on
/// which thread was faster. `progress` is told of every batch of finished runs, times scenarios.
pub fn simulate_scenarios(
    start: &[Person],
    rates: &(dyn Fn(u32) -> Rates + Sync),
    scenarios: &[&Scenario],
    design: &Design,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<RunTable>, BrokenBalance> {
    let scenarios: Vec<_> = scenarios.iter().map(|one| (*one, Kept::ALL)).collect();
    let simulated = simulate_with(start, rates, &scenarios, design, &[], progress)?;
    Ok(simulated.into_iter().map(|one| one.counts).collect())
}

/// The same with companion models, which go along with every future.
pub fn simulate_with(
    start: &[Person],
    rates: &(dyn Fn(u32) -> Rates + Sync),
    scenarios: &[(&Scenario, Kept)],
    design: &Design,
    companions: &[&dyn Companion],
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Simulated>, BrokenBalance> {
    let layout = Layout::new(design.base_year, design.years);
    let cells = layout.cells();
    let measured: Vec<Cell> = companions.iter().flat_map(|one| one.cells()).collect();
    let runs = design.runs;
    let mut tables: Vec<Simulated> = scenarios
        .iter()
        .map(|(_, kept)| Simulated {
            counts: kept.empty_table(&cells, runs, 0),
            measures: kept.empty_table(&measured, runs, f64::NAN),
        })
        .collect();
    let positions: Vec<(Vec<usize>, Vec<usize>)> = scenarios
        .iter()
        .map(|(_, kept)| (kept.positions(&cells), kept.positions(&measured)))
        .collect();
    let world = World {
        start,
        rates,
        scenarios,
        companions,
        design,
        layout: &layout,
    };
    for first in (0..design.runs).step_by(BATCH as usize) {
        let last = design.runs.min(first + BATCH);
        let outcomes: Vec<Vec<Option<Outcome>>> = (first..last)
            .into_par_iter()
            .map_init(Workspace::default, |workspace, run| {
                let outcomes = world.one_run(run, workspace)?;
                progress(outcomes.iter().flatten().count() as u64);
                Ok(outcomes)
            })
            .collect::<Result<_, BrokenBalance>>()?;
        for (index, table) in tables.iter_mut().enumerate() {
            let simulated: Vec<&Outcome> = outcomes
                .iter()
                .filter_map(|of_run| of_run[index].as_ref())
                .collect();
            let (of_counts, of_measures) = &positions[index];
            let start = first as usize;
            put_away(&mut table.counts, of_counts, start, &simulated, |one| {
                &one.counts
            });
            put_away(&mut table.measures, of_measures, start, &simulated, |one| {
                &one.measures
            });
        }
    }
    Ok(tables)
}

/// Puts the numbers of the runs from a first one on into their columns, a kept cell at a time.
fn put_away<V: Copy + Send + Sync>(
    table: &mut RunTable<V>,
    kept: &[usize],
    first: usize,
    simulated: &[&Outcome],
    of: impl Fn(&Outcome) -> &[V] + Sync,
) {
    if simulated.is_empty() {
        return;
    }
    let runs = first..first + simulated.len();
    let cells = table.values.par_chunks_exact_mut(table.runs);
    cells.zip(kept).for_each(|(values, &cell)| {
        for (value, one) in values[runs.clone()].iter_mut().zip(simulated) {
            *value = of(one)[cell];
        }
    });
}

/// What one run gave in one scenario.
struct Outcome {
    counts: Vec<u32>,
    measures: Vec<f64>,
}

/// What all runs share.
struct World<'a> {
    start: &'a [Person],
    rates: &'a (dyn Fn(u32) -> Rates + Sync),
    scenarios: &'a [(&'a Scenario, Kept)],
    companions: &'a [&'a dyn Companion],
    design: &'a Design,
    layout: &'a Layout,
}

impl World<'_> {
    /// One run of every scenario that is simulated in it.
    fn one_run(
        &self,
        run: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<Option<Outcome>>, BrokenBalance> {
        let Design {
            seed,
            base_year,
            years,
            ..
        } = *self.design;
        let rates = (self.rates)(run);
        let luck = Luck::new(seed, run);
        let (base, end) = horizon(base_year, years);
        let of_scenario = |(scenario, kept): &(&Scenario, Kept)| {
            if run >= kept.runs {
                return Ok(None);
            }
            let effects = Effects::sample(scenario, base, end, seed, run);
            let hazards = Hazards::new(base_year, years, &rates, effects);
            let supply = hazards.supply.as_ref();
            let kept = (!self.companions.is_empty()).then(|| Record {
                openings: supply.map_or_else(Vec::new, Supply::openings),
                ..Record::default()
            });
            let (counts, record) = simulate(
                self.start,
                &hazards,
                self.layout,
                &luck,
                run,
                workspace,
                kept,
            )?;
            let measures = record.map_or_else(Vec::new, |record| {
                let future = Future {
                    counts: &counts,
                    layout: self.layout,
                    record: &record,
                    timeline: &hazards.timeline,
                    effects: &hazards.effects,
                    luck: &luck,
                    seed,
                    draw: run,
                };
                let measures = self.companions.iter().flat_map(|one| one.measure(&future));
                measures.collect()
            });
            Ok(Some(Outcome { counts, measures }))
        };
        self.scenarios.iter().map(of_scenario).collect()
    }
}
