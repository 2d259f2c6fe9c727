//! The quantities that a scenario can change, by path.

use super::ParameterSet;

/// A time-varying quantity of the model. Its path is the one name used in scenario files, area
/// packs, messages and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parameter {
    /// Rate of starting an EHC plan [per child without a plan per year].
    JoiningRate,
    /// Rate of starting SEN support [per child without SEN per year].
    SenSupportEntryRate,
    /// SEN support started sooner than it would be, by being looked for [per start of SEN support].
    SenSupportFoundEarlyShare,
    /// Rate of starting a plan of a child found early, relative to the same child not found [ratio].
    FoundEarlyJoiningRatio,
    /// Rate of ending SEN support without a plan [per child on SEN support per year].
    SenSupportExitRate,
    /// Rate at which a plan ceases [per plan per year].
    CeasingRate,
    /// Rate at which a child with a plan moves out of the area [per plan per year].
    MovingOutRate,
    /// Children with a plan moving into the area [plans per year].
    MovingInPlans,
    /// Setting first named in a new plan [share of new plans].
    FirstSettingShare,
    /// Rate of moving from one setting to another [per plan in the setting per year].
    SettingMoveRate,
    /// Rate at which the primary need of a plan is recorded anew [per plan per year].
    NeedRecodeRate,
    /// Births in the area [children per year].
    Births,
    /// Residents moving into the area [persons per year].
    ResidentsMovingIn,
    /// Rate at which residents without a plan move out [per person per year].
    ResidentsMovingOutRate,
    /// Places of finite provision [places].
    PlacesCapacity,
    /// Share of its places by which a group may be over-filled.
    OverFillTolerance,
    /// Share of children wanting a special school who would accept a base in a mainstream school.
    BaseAcceptanceShare,
    /// Factor on the chance that a child without a place goes elsewhere [ratio].
    OverflowFactor,
    /// Chance that a child placed elsewhere asks again at a phase transfer.
    ReturnShare,
    /// Share of phase transfers decided too late for the first allocation.
    LateShare,
    /// Rise of demand for a type per rise of its places [ratio of shares].
    InducedDemand,
    /// A stated number of a companion model, by its place among the passports that say
    /// `scenarios = true`.
    Stated(u16),
}

/// What a filter may select in a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Academic age.
    Age,
    /// Sex.
    Sex,
    /// Primary need (for recoding: the need before).
    Need,
    /// The need after recoding.
    ToNeed,
    /// Setting (for moves: the setting before).
    Setting,
    /// The setting after a move.
    ToSetting,
    /// Reason for ceasing.
    Reason,
    /// Locality of a service.
    Locality,
}

impl Dimension {
    /// The field of a scenario file that filters by it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Age => "ages",
            Self::Sex => "sexes",
            Self::Need => "needs",
            Self::ToNeed => "to-needs",
            Self::Setting => "settings",
            Self::ToSetting => "to-settings",
            Self::Reason => "reasons",
            Self::Locality => "localities",
        }
    }
}

/// What kind of number a parameter holds; decides what a change may do to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Events per person and year, or a ratio to such a rate: any number from 0.
    Rate,
    /// Fraction of a total: 0 to 1; shares that a filter leaves out are scaled to keep the sum.
    Share,
    /// People per year: any number from 0.
    Count,
}

impl Parameter {
    /// Every parameter of the simulation of children and places; stated numbers come beside these.
    pub const ALL: [Self; 21] = [
        Self::JoiningRate,
        Self::SenSupportEntryRate,
        Self::SenSupportFoundEarlyShare,
        Self::FoundEarlyJoiningRatio,
        Self::SenSupportExitRate,
        Self::CeasingRate,
        Self::MovingOutRate,
        Self::MovingInPlans,
        Self::FirstSettingShare,
        Self::SettingMoveRate,
        Self::NeedRecodeRate,
        Self::Births,
        Self::ResidentsMovingIn,
        Self::ResidentsMovingOutRate,
        Self::PlacesCapacity,
        Self::OverFillTolerance,
        Self::BaseAcceptanceShare,
        Self::OverflowFactor,
        Self::ReturnShare,
        Self::LateShare,
        Self::InducedDemand,
    ];

    /// The path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Stated(index) => ParameterSet::embedded().changeable(index),
            Self::JoiningRate => "joining.rate",
            Self::SenSupportEntryRate => "sen-support.entry-rate",
            Self::SenSupportFoundEarlyShare => "sen-support.found-early-share",
            Self::FoundEarlyJoiningRatio => "joining.found-early-ratio",
            Self::SenSupportExitRate => "sen-support.exit-rate",
            Self::CeasingRate => "ceasing.rate",
            Self::MovingOutRate => "plan-moves.out-rate",
            Self::MovingInPlans => "plan-moves.in-plans",
            Self::FirstSettingShare => "placement.first-share",
            Self::SettingMoveRate => "placement.move-rate",
            Self::NeedRecodeRate => "need.recode-rate",
            Self::Births => "population.births",
            Self::ResidentsMovingIn => "population.residents-moving-in",
            Self::ResidentsMovingOutRate => "population.moving-out-rate",
            Self::PlacesCapacity => "places.capacity",
            Self::OverFillTolerance => "places.over-fill-tolerance",
            Self::BaseAcceptanceShare => "places.base-acceptance-share",
            Self::OverflowFactor => "places.overflow-factor",
            Self::ReturnShare => "places.return-share",
            Self::LateShare => "places.late-share",
            Self::InducedDemand => "places.induced-demand",
        }
    }

    /// The parameter of a path.
    pub fn from_path(path: &str) -> Option<Self> {
        let of_rates = Self::ALL.into_iter().find(|p| p.path() == path);
        of_rates.or_else(|| {
            let stated = ParameterSet::embedded().position_of_changeable(path);
            stated.map(Self::Stated)
        })
    }

    /// Every path that a scenario can change.
    pub fn paths() -> Vec<&'static str> {
        let stated = ParameterSet::embedded().changeable_paths();
        Self::ALL
            .map(Self::path)
            .into_iter()
            .chain(stated)
            .collect()
    }

    /// What a filter may select.
    pub fn dimensions(self) -> &'static [Dimension] {
        use Dimension::{Age, Need, Reason, Setting, Sex, ToNeed, ToSetting};
        match self {
            Self::JoiningRate
            | Self::SenSupportEntryRate
            | Self::SenSupportFoundEarlyShare
            | Self::FoundEarlyJoiningRatio => &[Age, Sex, Need],
            Self::CeasingRate => &[Age, Reason, Setting],
            Self::FirstSettingShare | Self::PlacesCapacity => &[Age, Need, Setting],
            Self::SettingMoveRate => &[Age, Need, Setting, ToSetting],
            Self::NeedRecodeRate => &[Age, Need, ToNeed],
            Self::OverFillTolerance | Self::InducedDemand => &[Setting],
            Self::SenSupportExitRate
            | Self::BaseAcceptanceShare
            | Self::OverflowFactor
            | Self::ReturnShare => &[Age, Need],
            Self::Stated(_) if self.is_by_locality() => &[Dimension::Locality],
            Self::Births | Self::Stated(_) => &[],
            Self::LateShare
            | Self::MovingOutRate
            | Self::MovingInPlans
            | Self::ResidentsMovingIn
            | Self::ResidentsMovingOutRate => &[Age],
        }
    }

    /// Whether it counts staff or money of a service that an area may keep by locality: one that
    /// follows the children of a future.
    fn is_by_locality(self) -> bool {
        const OF_STAFF: [&str; 3] = ["services.added.", "services.lost.", "services.capacity."];
        let name = OF_STAFF.iter().find_map(|of| self.path().strip_prefix(of));
        name.is_some_and(|name| {
            let comes = format!("services.come.{name}");
            ParameterSet::embedded().passport(&comes).is_some()
        })
    }

    /// Largest value that a scenario may set or add, in the parameter's unit and in one cell: beyond
    /// what any authority could see, within what can be simulated.
    pub const fn most(self) -> f64 {
        match self {
            Self::JoiningRate
            | Self::FirstSettingShare
            | Self::SenSupportFoundEarlyShare
            | Self::BaseAcceptanceShare
            | Self::ReturnShare
            | Self::LateShare
            | Self::OverFillTolerance => 1.0,
            Self::SenSupportEntryRate | Self::MovingOutRate => 2.0,
            Self::ResidentsMovingOutRate => 3.0,
            Self::SenSupportExitRate | Self::NeedRecodeRate | Self::FoundEarlyJoiningRatio => 5.0,
            Self::CeasingRate
            | Self::SettingMoveRate
            | Self::OverflowFactor
            | Self::InducedDemand => 10.0,
            Self::MovingInPlans | Self::PlacesCapacity => 1_000.0,
            Self::ResidentsMovingIn => 10_000.0,
            Self::Births => 50_000.0,
            Self::Stated(_) => 1e9,
        }
    }

    /// Largest factor by which a scenario may multiply.
    pub const fn most_times(self) -> f64 {
        match self.kind() {
            Kind::Rate | Kind::Share => 100.0,
            Kind::Count => 20.0,
        }
    }

    /// Whether it is about places: such a change cuts no rate in time.
    pub const fn is_of_places(self) -> bool {
        matches!(
            self,
            Self::PlacesCapacity
                | Self::OverFillTolerance
                | Self::BaseAcceptanceShare
                | Self::OverflowFactor
                | Self::ReturnShare
                | Self::LateShare
                | Self::InducedDemand
        )
    }

    /// Its place in [`Self::ALL`]; stated numbers share the place after the last.
    pub const fn place(self) -> u8 {
        match self {
            Self::JoiningRate => 0,
            Self::SenSupportEntryRate => 1,
            Self::SenSupportFoundEarlyShare => 2,
            Self::FoundEarlyJoiningRatio => 3,
            Self::SenSupportExitRate => 4,
            Self::CeasingRate => 5,
            Self::MovingOutRate => 6,
            Self::MovingInPlans => 7,
            Self::FirstSettingShare => 8,
            Self::SettingMoveRate => 9,
            Self::NeedRecodeRate => 10,
            Self::Births => 11,
            Self::ResidentsMovingIn => 12,
            Self::ResidentsMovingOutRate => 13,
            Self::PlacesCapacity => 14,
            Self::OverFillTolerance => 15,
            Self::BaseAcceptanceShare => 16,
            Self::OverflowFactor => 17,
            Self::ReturnShare => 18,
            Self::LateShare => 19,
            Self::InducedDemand => 20,
            Self::Stated(_) => 21,
        }
    }

    /// Whether it is a stated number of a companion model: such a change cuts no rate in time.
    pub const fn is_stated(self) -> bool {
        matches!(self, Self::Stated(_))
    }

    /// What kind of number it holds.
    pub const fn kind(self) -> Kind {
        match self {
            Self::FirstSettingShare
            | Self::BaseAcceptanceShare
            | Self::ReturnShare
            | Self::LateShare => Kind::Share,
            Self::PlacesCapacity | Self::MovingInPlans | Self::Births | Self::ResidentsMovingIn => {
                Kind::Count
            }
            Self::JoiningRate
            | Self::SenSupportEntryRate
            | Self::SenSupportFoundEarlyShare
            | Self::FoundEarlyJoiningRatio
            | Self::SenSupportExitRate
            | Self::CeasingRate
            | Self::MovingOutRate
            | Self::SettingMoveRate
            | Self::NeedRecodeRate
            | Self::ResidentsMovingOutRate
            | Self::OverFillTolerance
            | Self::OverflowFactor
            | Self::InducedDemand
            | Self::Stated(_) => Kind::Rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_list() {
        for (index, parameter) in Parameter::ALL.into_iter().enumerate() {
            assert_eq!(
                usize::from(parameter.place()),
                index,
                "{}",
                parameter.path()
            );
        }
    }
}
