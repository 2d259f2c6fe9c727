//! The registry of indicators: what is counted, and by what it is broken down.

use super::table::Cell;
use crate::domain::{
    AgeGroup, CeaseReason, NeedGroup, Overflow, Phase, PlacePhase, PrimaryNeed, Provision, Setting,
    Sex, SpecialistType, YearGroup,
};

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
    /// `setting`: those with finite places.
    Provision,
    /// `phase`: as places are planned.
    PlacePhase,
    /// `primary_need`: groups of needs.
    NeedGroup,
    /// `category`: where children go who find no place.
    Overflow,
    /// `setting`: as the school capacity survey groups specialist places.
    SpecialistType,
    /// `age_group`: Reception to Year 11.
    YearGroup,
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
            Self::Provision => Provision::COUNT,
            Self::PlacePhase => PlacePhase::COUNT,
            Self::NeedGroup => NeedGroup::COUNT,
            Self::Overflow => Overflow::COUNT,
            Self::SpecialistType => SpecialistType::COUNT,
            Self::YearGroup => YearGroup::COUNT,
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
            Self::Provision => cell.setting = Provision::ALL[index].setting().label(),
            Self::PlacePhase => cell.phase = PlacePhase::ALL[index].label(),
            Self::NeedGroup => cell.primary_need = NeedGroup::ALL[index].label(),
            Self::Overflow => cell.category = Overflow::ALL[index].label(),
            Self::SpecialistType => cell.setting = SpecialistType::ALL[index].label(),
            Self::YearGroup => cell.age_group = YearGroup::label(index),
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
    /// Of those, in alternative provision or a pupil referral unit.
    AlternativeProvision,
    /// Of those, not in education, employment or training.
    Neet,
    /// Plans started in a calendar year.
    NewPlans,
    /// Plans ceased in a calendar year, ageing out and deaths included.
    PlansCeased,
    /// Children with a plan who moved into the area in a calendar year.
    PlansMovedIn,
    /// Children with a plan who moved out of the area in a calendar year.
    PlansMovedOut,
    /// Usable places for residents.
    PlacesCapacity,
    /// Residents with a plan who want a place of the type, or have accepted one.
    PlacesDemand,
    /// Residents in a place.
    PlacesFilled,
    /// Demand beyond capacity, summed over type × phase × need group.
    PlaceGap,
    /// Whether there is a gap in any cell.
    PlaceShort,
    /// Places filled of 100.
    PlaceOccupancy,
    /// Children who wait for a place where they are.
    ChildrenAwaitingPlace,
    /// Children who went elsewhere for want of a place.
    Overflow,
    /// Children in special schools outside the area.
    ChildrenOutOfArea,
    /// Children whose phase transfer was decided after the deadline, in a calendar year.
    LateAllocations,
    /// Children whose phase transfer was not decided by 1 September, in a calendar year.
    UnresolvedInSeptember,
    /// Days that children waited for a place in a calendar year.
    DaysAwaitingPlace,
    /// Residents in Reception to Year 11 whose plan asks for a specialist place.
    SpecialistPlacesNeeded,
}

/// When an indicator is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// On every 1 January.
    January,
    /// On every 1 January, and on every 1 September after the allocation of places.
    JanuaryAndSeptember,
    /// Over every calendar year.
    Year,
}

/// What the registry says of an indicator.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Name in every output.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// On which days, or over which time, it is counted.
    pub taken: Taken,
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

const IN_A_SETTING: &[&[Axis]] = &[
    &[],
    &[Axis::AgeGroup],
    &[Axis::Sex],
    &[Axis::Need],
    &[Axis::AgeGroup, Axis::Need],
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

/// Type × phase × need group with every margin: one list for all indicators of places, so that the
/// counts of two of them stand at the same distance from their starts.
const PLACES: &[&[Axis]] = &[
    &[],
    &[Axis::Provision],
    &[Axis::PlacePhase],
    &[Axis::NeedGroup],
    &[Axis::Provision, Axis::PlacePhase],
    &[Axis::Provision, Axis::NeedGroup],
    &[Axis::Provision, Axis::PlacePhase, Axis::NeedGroup],
];

const OUT_OF_AREA: &[&[Axis]] = &[&[], &[Axis::PlacePhase], &[Axis::NeedGroup]];

const SPECIALIST: &[&[Axis]] = &[
    &[],
    &[Axis::SpecialistType],
    &[Axis::YearGroup],
    &[Axis::SpecialistType, Axis::YearGroup],
];

const OVERFLOW: &[&[Axis]] = &[
    &[],
    &[Axis::Provision],
    &[Axis::PlacePhase],
    &[Axis::NeedGroup],
    &[Axis::Overflow],
    &[Axis::Provision, Axis::PlacePhase],
    &[Axis::Provision, Axis::NeedGroup],
    &[Axis::Provision, Axis::PlacePhase, Axis::NeedGroup],
    &[Axis::Overflow, Axis::PlacePhase],
    &[Axis::Overflow, Axis::NeedGroup],
];

impl Counted {
    /// Every counted indicator, in the order of outputs.
    pub const ALL: [Self; 22] = [
        Self::Population,
        Self::SenSupport,
        Self::EhcPlans,
        Self::AlternativeProvision,
        Self::Neet,
        Self::NewPlans,
        Self::PlansCeased,
        Self::PlansMovedIn,
        Self::PlansMovedOut,
        Self::PlacesCapacity,
        Self::PlacesDemand,
        Self::PlacesFilled,
        Self::PlaceGap,
        Self::PlaceShort,
        Self::PlaceOccupancy,
        Self::ChildrenAwaitingPlace,
        Self::Overflow,
        Self::ChildrenOutOfArea,
        Self::LateAllocations,
        Self::UnresolvedInSeptember,
        Self::DaysAwaitingPlace,
        Self::SpecialistPlacesNeeded,
    ];

    /// Indicators of places.
    pub const OF_PLACES: [Self; 12] = [
        Self::PlacesCapacity,
        Self::PlacesDemand,
        Self::PlacesFilled,
        Self::PlaceGap,
        Self::PlaceShort,
        Self::PlaceOccupancy,
        Self::ChildrenAwaitingPlace,
        Self::Overflow,
        Self::ChildrenOutOfArea,
        Self::LateAllocations,
        Self::UnresolvedInSeptember,
        Self::DaysAwaitingPlace,
    ];

    /// The registry entry. Ages are academic ages on the 1 January of a stock, or on the
    /// 1 January before a flow; of new plans the ages at the January census after the year, as the
    /// statistics have them.
    pub const fn entry(self) -> Entry {
        use Taken::{January, JanuaryAndSeptember, Year};
        let (name, unit, taken, breakdowns) = match self {
            Self::Population => (
                "population",
                "persons",
                January,
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
                January,
                &[
                    &[] as &[Axis],
                    &[Axis::AgeGroup],
                    &[Axis::Sex],
                    &[Axis::Need],
                    &[Axis::Phase],
                    &[Axis::AgeGroup, Axis::Need],
                ] as &[&[Axis]],
            ),
            Self::EhcPlans => ("ehc_plans", "plans", January, PLAN_STOCK),
            Self::AlternativeProvision => {
                ("alternative_provision", "children", January, IN_A_SETTING)
            }
            Self::Neet => ("neet", "young people", January, IN_A_SETTING),
            Self::NewPlans => ("new_plans", "plans", Year, PLAN_FLOW),
            Self::PlansCeased => ("plans_ceased", "plans", Year, CEASED),
            Self::PlansMovedIn => ("plans_moved_in", "plans", Year, PLAN_FLOW),
            Self::PlansMovedOut => ("plans_moved_out", "plans", Year, PLAN_FLOW),
            Self::PlacesCapacity => ("places_capacity", "places", JanuaryAndSeptember, PLACES),
            Self::PlacesDemand => ("places_demand", "children", JanuaryAndSeptember, PLACES),
            Self::PlacesFilled => ("places_filled", "children", JanuaryAndSeptember, PLACES),
            Self::PlaceGap => ("place_gap", "places", JanuaryAndSeptember, PLACES),
            Self::PlaceShort => (
                "place_short_probability",
                "probability",
                JanuaryAndSeptember,
                PLACES,
            ),
            Self::PlaceOccupancy => (
                "place_occupancy_percent",
                "percent",
                JanuaryAndSeptember,
                PLACES,
            ),
            Self::ChildrenAwaitingPlace => (
                "children_awaiting_place",
                "children",
                JanuaryAndSeptember,
                PLACES,
            ),
            Self::Overflow => ("overflow", "children", JanuaryAndSeptember, OVERFLOW),
            Self::ChildrenOutOfArea => (
                "children_out_of_area",
                "children",
                JanuaryAndSeptember,
                OUT_OF_AREA,
            ),
            Self::LateAllocations => ("late_allocations", "children", Year, PLACES),
            Self::UnresolvedInSeptember => ("unresolved_on_1_september", "children", Year, PLACES),
            Self::SpecialistPlacesNeeded => {
                ("specialist_places_needed", "children", January, SPECIALIST)
            }
            Self::DaysAwaitingPlace => ("days_awaiting_place", "child-days", Year, PLACES),
        };
        Entry {
            name,
            unit,
            taken,
            breakdowns,
        }
    }
}

impl Entry {
    /// Periods of a horizon: Januaries from the base date to the end, with the Septembers between
    /// them where they are taken too, or calendar years.
    pub const fn periods(&self, years: usize) -> usize {
        match self.taken {
            Taken::January => years + 1,
            Taken::JanuaryAndSeptember => 2 * years + 1,
            Taken::Year => years,
        }
    }

    /// The time of a period, in the words of the outputs.
    fn time(&self, base_year: i32, period: usize) -> (String, &'static str) {
        let academic = |start: i32| format!("{start}{:02}", (start + 1).rem_euclid(100));
        match self.taken {
            Taken::January => (academic(base_year + period as i32 - 1), "January"),
            Taken::JanuaryAndSeptember if period.is_multiple_of(2) => {
                (academic(base_year + period as i32 / 2 - 1), "January")
            }
            Taken::JanuaryAndSeptember => (academic(base_year + period as i32 / 2), "September"),
            Taken::Year => ((base_year + period as i32).to_string(), "Calendar year"),
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
    /// The layout of a horizon of some years from a base January.
    pub fn new(base_year: i32, years: usize) -> Self {
        let mut len = 0;
        let blocks = Counted::ALL
            .iter()
            .map(|counted| {
                let entry = counted.entry();
                let size = entry.breakdowns.iter().map(|axes| cells_of(axes)).sum();
                let block = (len, size);
                len += size * entry.periods(years);
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

    /// Position of the first count of an indicator's margin along an axis; `None` where it has none.
    pub fn margin(&self, counted: Counted, period: usize, axis: Axis) -> Option<usize> {
        self.cross(counted, period, &[axis])
    }

    /// Position of the first count of an indicator's breakdown by several axes, the last fastest;
    /// `None` where it has none.
    pub fn cross(&self, counted: Counted, period: usize, wanted: &[Axis]) -> Option<usize> {
        let mut start = self.start(counted, period);
        for axes in counted.entry().breakdowns {
            if *axes == wanted {
                return Some(start);
            }
            start += cells_of(axes);
        }
        None
    }

    /// Every cell, in the order of the counts.
    pub fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.len);
        for counted in Counted::ALL {
            let entry = counted.entry();
            for period in 0..entry.periods(self.years) {
                let total = self.total_cell(&entry, period);
                for axes in entry.breakdowns {
                    cells.extend((0..cells_of(axes)).map(|i| broken_down(&total, axes, i)));
                }
            }
        }
        cells
    }

    fn total_cell(&self, entry: &Entry, period: usize) -> Cell {
        let when = entry.time(self.base_year, period);
        Cell::total((entry.name, entry.unit), when, "residence")
    }
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
