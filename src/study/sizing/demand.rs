//! Children who want a place and the places there are, run by run, and how many more are enough.

use super::share::Share;
use super::{Cell, CellNeed};
use crate::domain::{NeedGroup, PlacePhase, Provision, time_period};
use crate::summarise::RunTable;

/// Most of the runs on which it is sized that a plan is asked to be enough in.
const MOST_ASKED: f64 = 0.995;
/// Parts into which runs are cut, to size on all but one and look at that one.
const FOLDS: usize = 10;
/// Halvings of the range of shares to ask for.
const HALVINGS: u32 = 8;

/// Demand and places of the cells of a run table on one September.
pub(super) struct Demand {
    pub(super) cells: Vec<CellRuns>,
    runs: usize,
}

/// One cell, run by run.
#[derive(Clone)]
pub(super) struct CellRuns {
    pub(super) cell: Cell,
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

impl Demand {
    pub(super) fn on(table: &RunTable, september: i32) -> Self {
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
    pub(super) fn take_off(&mut self, plan: &[CellNeed]) {
        for (cell, need) in self.cells.iter_mut().zip(plan) {
            let extra = i64::from(need.extra());
            cell.places.iter_mut().for_each(|places| *places -= extra);
        }
    }

    /// The runs of both.
    pub(super) fn and(mut self, other: Self) -> Self {
        for (cell, more) in self.cells.iter_mut().zip(other.cells) {
            cell.demand.extend(more.demand);
            cell.places.extend(more.places);
        }
        self.runs += other.runs;
        self
    }

    /// The share of runs in which every cell has as many places as children who want one.
    pub(super) fn share_with_enough(&self) -> Share {
        let none = vec![0; self.cells.len()];
        Share::of(self.enough(&none) as u32, self.runs as u32)
    }

    /// Children who want a place, by run.
    pub(super) fn totals(&self) -> Vec<f64> {
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

    pub(super) fn needs(&self, september: i32, probability: f64) -> Vec<CellNeed> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
