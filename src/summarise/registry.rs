//! The registry of indicators: what is counted, and by what it is broken down.

use super::axis::Axis;
use crate::domain::time_period;

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
    /// Children moving to a special school or base whose phase transfer was decided after the
    /// deadline, in a calendar year.
    LateAllocations,
    /// Children moving to a special school or base in Reception or Year 7 whose place was decided
    /// after the national offer day, in a calendar year.
    DecidedAfterOfferDay,
    /// Children whose phase transfer was not decided by 1 September, in a calendar year.
    UnresolvedInSeptember,
    /// Children with a plan who go to Reception, Year 7 or post-16 provision, in a calendar year.
    PhaseTransfers,
    /// Of those with a plan by the deadline, decided after it.
    PhaseTransfersLate,
    /// Of those, with a plan that itself started after the deadline.
    PhaseTransfersNewPlan,
    /// Of those in Reception and Year 7, whose school was named after the national offer day.
    PhaseTransfersAfterOfferDay,
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

const TRANSFERS: &[&[Axis]] = &[
    &[],
    &[Axis::PlacePhase],
    &[Axis::NeedGroup],
    &[Axis::Setting],
    &[Axis::PlacePhase, Axis::Setting],
];

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
    pub const ALL: [Self; 27] = [
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
        Self::DecidedAfterOfferDay,
        Self::UnresolvedInSeptember,
        Self::PhaseTransfers,
        Self::PhaseTransfersLate,
        Self::PhaseTransfersNewPlan,
        Self::PhaseTransfersAfterOfferDay,
        Self::DaysAwaitingPlace,
        Self::SpecialistPlacesNeeded,
    ];

    /// Indicators of places.
    pub const OF_PLACES: [Self; 17] = [
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
        Self::DecidedAfterOfferDay,
        Self::UnresolvedInSeptember,
        Self::PhaseTransfers,
        Self::PhaseTransfersLate,
        Self::PhaseTransfersNewPlan,
        Self::PhaseTransfersAfterOfferDay,
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
            Self::DecidedAfterOfferDay => ("decided_after_offer_day", "children", Year, PLACES),
            Self::UnresolvedInSeptember => ("unresolved_on_1_september", "children", Year, PLACES),
            Self::PhaseTransfers => ("phase_transfers", "children", Year, TRANSFERS),
            Self::PhaseTransfersLate => ("phase_transfers_late", "children", Year, TRANSFERS),
            Self::PhaseTransfersNewPlan => {
                ("phase_transfers_new_plan", "children", Year, TRANSFERS)
            }
            Self::PhaseTransfersAfterOfferDay => (
                "phase_transfers_after_offer_day",
                "children",
                Year,
                TRANSFERS,
            ),
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
    pub(super) fn time(&self, base_year: i32, period: usize) -> (String, &'static str) {
        match self.taken {
            Taken::January => (time_period(base_year + period as i32 - 1), "January"),
            Taken::JanuaryAndSeptember if period.is_multiple_of(2) => {
                (time_period(base_year + period as i32 / 2 - 1), "January")
            }
            Taken::JanuaryAndSeptember => (time_period(base_year + period as i32 / 2), "September"),
            Taken::Year => ((base_year + period as i32).to_string(), "Calendar year"),
        }
    }
}
