//! The registry of indicators: what is counted, and by what it is broken down.

use super::table::Cell;
use crate::domain::{AgeGroup, CeaseReason, Phase, PrimaryNeed, Setting, Sex};

/// A breakdown column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// `age_group`.
    AgeGroup,
    /// `sex`.
    Sex,
    /// `primary_need`.
    Need,
    /// `setting`.
    Setting,
    /// `phase`.
    Phase,
    /// `category`: the reason for ceasing.
    Reason,
}

impl Axis {
    /// Number of values.
    pub const fn size(self) -> usize {
        match self {
            Self::AgeGroup => AgeGroup::COUNT,
            Self::Sex => Sex::COUNT,
            Self::Need => PrimaryNeed::COUNT,
            Self::Setting => Setting::COUNT,
            Self::Phase => Phase::COUNT,
            Self::Reason => CeaseReason::COUNT,
        }
    }

    fn name(self, cell: &mut Cell, index: usize) {
        match self {
            Self::AgeGroup => cell.age_group = AgeGroup::ALL[index].label(),
            Self::Sex => cell.sex = Sex::ALL[index].label(),
            Self::Need => cell.primary_need = PrimaryNeed::ALL[index].label(),
            Self::Setting => cell.setting = Setting::ALL[index].label(),
            Self::Phase => cell.phase = Phase::ALL[index].label(),
            Self::Reason => cell.category = CeaseReason::ALL[index].label(),
        }
    }
}

/// An indicator counted by the simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Counted {
    /// Residents on 1 January.
    Population,
    /// Children on SEN support on 1 January.
    SenSupport,
    /// EHC plans on 1 January.
    EhcPlans,
    /// Plans started in a calendar year.
    NewPlans,
    /// Plans ceased in a calendar year, ageing out and deaths included.
    PlansCeased,
    /// Children with a plan who moved into the area in a calendar year.
    PlansMovedIn,
    /// Children with a plan who moved out of the area in a calendar year.
    PlansMovedOut,
}

/// What the registry says of an indicator.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Name in every output.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Counted on 1 January, or over a calendar year.
    pub is_stock: bool,
    /// Breakdowns: none (the total), one-way margins, and the crosses offered.
    pub breakdowns: &'static [&'static [Axis]],
}

const PLAN_STOCK: &[&[Axis]] = &[
    &[],
    &[Axis::AgeGroup],
    &[Axis::Sex],
    &[Axis::Need],
    &[Axis::Setting],
    &[Axis::Phase],
    &[Axis::AgeGroup, Axis::Need],
    &[Axis::AgeGroup, Axis::Setting],
    &[Axis::Need, Axis::Setting],
    &[Axis::Phase, Axis::Setting],
];

const PLAN_FLOW: &[&[Axis]] = &[
    &[],
    &[Axis::AgeGroup],
    &[Axis::Sex],
    &[Axis::Need],
    &[Axis::Setting],
    &[Axis::Phase],
    &[Axis::AgeGroup, Axis::Need],
];

const CEASED: &[&[Axis]] = &[
    &[],
    &[Axis::AgeGroup],
    &[Axis::Sex],
    &[Axis::Need],
    &[Axis::Setting],
    &[Axis::Phase],
    &[Axis::Reason],
    &[Axis::AgeGroup, Axis::Reason],
];

impl Counted {
    /// Every counted indicator, in the order of outputs.
    pub const ALL: [Self; 7] = [
        Self::Population,
        Self::SenSupport,
        Self::EhcPlans,
        Self::NewPlans,
        Self::PlansCeased,
        Self::PlansMovedIn,
        Self::PlansMovedOut,
    ];

    /// The registry entry. Ages are academic ages on the 1 January of a stock, or on the
    /// 1 January before a flow.
    pub const fn entry(self) -> Entry {
        let (name, unit, is_stock, breakdowns) = match self {
            Self::Population => (
                "population",
                "persons",
                true,
                &[
                    &[] as &[Axis],
                    &[Axis::AgeGroup],
                    &[Axis::Sex],
                    &[Axis::Phase],
                ] as &[&[Axis]],
            ),
            Self::SenSupport => (
                "sen_support",
                "children",
                true,
                &[
                    &[] as &[Axis],
                    &[Axis::AgeGroup],
                    &[Axis::Sex],
                    &[Axis::Need],
                    &[Axis::Phase],
                    &[Axis::AgeGroup, Axis::Need],
                ] as &[&[Axis]],
            ),
            Self::EhcPlans => ("ehc_plans", "plans", true, PLAN_STOCK),
            Self::NewPlans => ("new_plans", "plans", false, PLAN_FLOW),
            Self::PlansCeased => ("plans_ceased", "plans", false, CEASED),
            Self::PlansMovedIn => ("plans_moved_in", "plans", false, PLAN_FLOW),
            Self::PlansMovedOut => ("plans_moved_out", "plans", false, PLAN_FLOW),
        };
        Entry {
            name,
            unit,
            is_stock,
            breakdowns,
        }
    }
}

/// Where the counts of each indicator, year and breakdown stand in a run's list of counts.
#[derive(Debug, Clone)]
pub struct Layout {
    base_year: i32,
    years: usize,
    /// First position of an indicator, and the size of one of its years.
    blocks: Vec<(usize, usize)>,
    len: usize,
}

impl Layout {
    /// The layout of a horizon: stocks in `years + 1` Januaries, flows in `years` calendar years.
    pub fn new(base_year: i32, years: usize) -> Self {
        let mut len = 0;
        let blocks = Counted::ALL
            .iter()
            .map(|counted| {
                let entry = counted.entry();
                let size = entry.breakdowns.iter().map(|axes| cells_of(axes)).sum();
                let block = (len, size);
                len += size * periods(&entry, years);
                block
            })
            .collect();
        Self {
            base_year,
            years,
            blocks,
            len,
        }
    }

    /// Number of counts.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is counted.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Position of the first count of an indicator in a period; the breakdowns follow in the order
    /// of the registry, their last axis fastest.
    #[inline]
    pub fn start(&self, counted: Counted, period: usize) -> usize {
        let (first, size) = self.blocks[counted as usize];
        first + period * size
    }

    /// Every cell, in the order of the counts.
    pub fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.len);
        for counted in Counted::ALL {
            let entry = counted.entry();
            for period in 0..periods(&entry, self.years) {
                let total = self.total_cell(&entry, period);
                for axes in entry.breakdowns {
                    cells.extend((0..cells_of(axes)).map(|i| broken_down(&total, axes, i)));
                }
            }
        }
        cells
    }

    fn total_cell(&self, entry: &Entry, period: usize) -> Cell {
        let year = self.base_year + period as i32;
        let (time_period, time_identifier) = if entry.is_stock {
            (
                format!("{}{:02}", year - 1, year.rem_euclid(100)),
                "January",
            )
        } else {
            (year.to_string(), "Calendar year")
        };
        Cell {
            time_period,
            time_identifier,
            indicator: entry.name,
            unit: entry.unit,
            age_group: "Total",
            sex: "Total",
            primary_need: "Total",
            setting: "Total",
            phase: "Total",
            service: "Total",
            category: "Total",
            basis: "residence",
        }
    }
}

fn periods(entry: &Entry, years: usize) -> usize {
    years + usize::from(entry.is_stock)
}

fn cells_of(axes: &[Axis]) -> usize {
    axes.iter().map(|axis| axis.size()).product()
}

fn broken_down(total: &Cell, axes: &[Axis], index: usize) -> Cell {
    let mut cell = total.clone();
    let mut rest = index;
    for axis in axes.iter().rev() {
        axis.name(&mut cell, rest % axis.size());
        rest /= axis.size();
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_positions_agree() {
        let layout = Layout::new(2025, 2);
        let cells = layout.cells();
        assert_eq!(cells.len(), layout.len());
        let cell = &cells[layout.start(Counted::EhcPlans, 1)];
        assert_eq!(
            (cell.indicator, cell.time_period.as_str()),
            ("ehc_plans", "202526")
        );
        let cell = &cells[layout.start(Counted::PlansCeased, 0)];
        assert_eq!(
            (cell.indicator, cell.time_period.as_str()),
            ("plans_ceased", "2025")
        );
        let boys = layout.start(Counted::NewPlans, 1) + 1 + AgeGroup::COUNT + Sex::Male.index();
        assert_eq!((cells[boys].sex, cells[boys].age_group), ("Male", "Total"));
    }
}
