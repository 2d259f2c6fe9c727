//! The design of a study: draws, runs, scenarios.

use rayon::prelude::*;

use super::effects::Effects;
use super::hazards::{Hazards, horizon};
use super::live::BrokenBalance;
use super::rates::Rates;
use super::run::{Workspace, simulate};
use crate::random::Luck;
use crate::scenario::Scenario;
use crate::simulate::Person;
use crate::summarise::{Layout, RunTable};

/// Runs simulated before their counts are put away: bounds memory, and paces progress.
const BATCH: u32 = 100;

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
    let layout = Layout::new(design.base_year, design.years);
    let cells = layout.cells();
    let runs = design.runs as usize;
    let mut tables: Vec<RunTable> = scenarios
        .iter()
        .map(|_| RunTable {
            runs,
            cells: cells.clone(),
            values: vec![0; layout.len() * runs],
        })
        .collect();
    for first in (0..design.runs).step_by(BATCH as usize) {
        let last = design.runs.min(first + BATCH);
        let counts: Vec<Vec<Vec<u32>>> = (first..last)
            .into_par_iter()
            .map_init(Workspace::default, |workspace, run| {
                let counts = one_run(start, rates, scenarios, design, &layout, run, workspace)?;
                progress(scenarios.len() as u64);
                Ok(counts)
            })
            .collect::<Result<_, BrokenBalance>>()?;
        for (run, counts) in (first as usize..).zip(&counts) {
            for (table, counts) in tables.iter_mut().zip(counts) {
                for (cell, count) in counts.iter().enumerate() {
                    table.values[cell * runs + run] = *count;
                }
            }
        }
    }
    Ok(tables)
}

fn one_run(
    start: &[Person],
    rates: &(dyn Fn(u32) -> Rates + Sync),
    scenarios: &[&Scenario],
    design: &Design,
    layout: &Layout,
    run: u32,
    workspace: &mut Workspace,
) -> Result<Vec<Vec<u32>>, BrokenBalance> {
    let rates = rates(run);
    let luck = Luck::new(design.seed, run);
    let (base, end) = horizon(design.base_year, design.years);
    scenarios
        .iter()
        .map(|scenario| {
            let effects = Effects::sample(scenario, base, end, design.seed, run);
            let hazards = Hazards::new(design.base_year, design.years, &rates, effects);
            simulate(start, &hazards, layout, &luck, run, workspace)
        })
        .collect()
}
