//! Breakdowns as two columns of a pack: `breakdown` and `group`.

use crate::domain::{AgeGroup, CeaseReason, Phase, PrimaryNeed, Setting, Sex};

use super::Breakdown;

/// Names of the breakdowns, for messages.
pub(super) const NAMES: [&str; 10] = [
    "total",
    "age-group",
    "age",
    "sex",
    "need",
    "setting",
    "years-in-place",
    "age-started",
    "reason",
    "phase",
];

impl Breakdown {
    /// Cells `breakdown` and `group`.
    pub fn cells(self) -> [String; 2] {
        let (name, group) = match self {
            Self::Total => ("total", "Total".to_owned()),
            Self::AgeGroup(group) => ("age-group", group.label().to_owned()),
            Self::Age(age) => ("age", age.to_string()),
            Self::Sex(sex) => ("sex", sex.label().to_owned()),
            Self::Need(need) => ("need", need.code().to_owned()),
            Self::Setting(setting) => ("setting", setting.code().to_owned()),
            Self::YearsInPlace(years) => ("years-in-place", years.to_string()),
            Self::AgeStarted(age) => ("age-started", age.to_string()),
            Self::Reason(reason) => ("reason", reason.code().to_owned()),
            Self::Phase(phase) => ("phase", phase.label().to_owned()),
        };
        [name.to_owned(), group]
    }

    /// Reads the two cells. `Err` holds what the group could have been.
    pub(super) fn from_cells(name: &str, group: &str) -> Result<Self, Vec<&'static str>> {
        let whole = || group.parse::<u8>().map_err(|_| vec!["a whole number"]);
        match name {
            "total" => Ok(Self::Total),
            "age-group" => AgeGroup::from_label(group)
                .map(Self::AgeGroup)
                .ok_or_else(|| AgeGroup::ALL.map(AgeGroup::label).to_vec()),
            "age" => whole().map(Self::Age),
            "sex" => Sex::from_label(group)
                .map(Self::Sex)
                .ok_or_else(|| Sex::ALL.map(Sex::label).to_vec()),
            "need" => PrimaryNeed::from_code(group)
                .map(Self::Need)
                .ok_or_else(|| PrimaryNeed::ALL.map(PrimaryNeed::code).to_vec()),
            "setting" => Setting::from_code(group)
                .map(Self::Setting)
                .ok_or_else(|| Setting::ALL.map(Setting::code).to_vec()),
            "years-in-place" => whole().map(Self::YearsInPlace),
            "age-started" => whole().map(Self::AgeStarted),
            "reason" => CeaseReason::from_code(group)
                .map(Self::Reason)
                .ok_or_else(|| CeaseReason::ALL.map(CeaseReason::code).to_vec()),
            "phase" => Phase::ALL
                .into_iter()
                .find(|phase| phase.label() == group)
                .map(Self::Phase)
                .ok_or_else(|| Phase::ALL.map(Phase::label).to_vec()),
            _ => Err(NAMES.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_breakdown_is_written_and_read_back() {
        let all = [
            Breakdown::Total,
            Breakdown::AgeGroup(AgeGroup::Age16To19),
            Breakdown::Age(7),
            Breakdown::Sex(Sex::Male),
            Breakdown::Need(PrimaryNeed::Slcn),
            Breakdown::Setting(Setting::SenUnit),
            Breakdown::YearsInPlace(12),
            Breakdown::AgeStarted(2),
            Breakdown::Reason(CeaseReason::Transfer),
            Breakdown::Phase(Phase::Post16),
        ];
        assert_eq!(all.len(), NAMES.len());
        for breakdown in all {
            let [name, group] = breakdown.cells();
            assert_eq!(Breakdown::from_cells(&name, &group), Ok(breakdown));
        }
    }
}
