//! The indicators of exclusions, row by row.

use super::groups::{Group, School, SchoolPhase, SenStatus};
use crate::domain::{PrimaryNeed, Setting};
use crate::summarise::Cell;

/// Indicators, in the order of their values within a year.
const INDICATORS: [(&str, &str); 2] = [
    ("suspensions", "suspensions"),
    ("permanent_exclusions", "exclusions"),
];

/// What a row is about, within a year and indicator.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key {
    status: Option<SenStatus>,
    phase: Option<SchoolPhase>,
    school: Option<School>,
    need: Option<PrimaryNeed>,
}

impl Key {
    /// Whether a group is part of the row.
    pub(super) fn holds(&self, group: &Group) -> bool {
        self.status.is_none_or(|status| status == group.status)
            && self.phase.is_none_or(|phase| phase == group.phase)
            && self.school.is_none_or(|school| school == group.school)
            && self.need.is_none_or(|need| Some(need) == group.need)
    }

    fn cell(&self, indicator: (&'static str, &'static str), time_period: String) -> Cell {
        let mut cell = Cell::total(indicator, (time_period, "Academic year"), "residence");
        if let Some(status) = self.status {
            cell.category = status.label();
        }
        if let Some(phase) = self.phase {
            cell.phase = phase.label();
        }
        if let Some(school) = self.school {
            cell.setting = match school {
                School::Mainstream => Setting::Mainstream.label(),
                School::Special => Setting::StateSpecial.label(),
            };
        }
        if let Some(need) = self.need {
            cell.primary_need = need.label();
        }
        cell
    }
}

/// The rows of an indicator and year.
pub(super) fn keys() -> Vec<Key> {
    let none = Key::default();
    let mut keys = vec![none];
    let status = |status| Key {
        status: Some(status),
        ..none
    };
    keys.extend(SenStatus::ALL.map(status));
    keys.extend(SchoolPhase::ALL.map(|phase| Key {
        phase: Some(phase),
        ..none
    }));
    keys.extend(School::ALL.map(|school| Key {
        school: Some(school),
        ..none
    }));
    keys.extend(PrimaryNeed::ALL.map(|need| Key {
        need: Some(need),
        ..none
    }));
    for of_status in SenStatus::ALL {
        keys.extend(SchoolPhase::ALL.map(|phase| Key {
            phase: Some(phase),
            ..status(of_status)
        }));
    }
    keys
}

/// The cells, in the order of the values.
pub(super) fn cells(base_year: i32, years: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    for year in 1..=years as i32 {
        let starts = base_year + year - 1;
        let period = format!("{starts}{:02}", (starts + 1).rem_euclid(100));
        for indicator in INDICATORS {
            cells.extend(keys().iter().map(|key| key.cell(indicator, period.clone())));
        }
    }
    cells
}
