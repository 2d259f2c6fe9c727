//! What a row of exclusions or absence is about.

use super::events::Events;
use super::groups::{Group, PHASES, School, SenStatus, TERMS};
use crate::domain::{Phase, PrimaryNeed, Setting, Sex, time_period};
use crate::summarise::Cell;

/// What a row is about, within a year and indicator.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key {
    status: Option<SenStatus>,
    phase: Option<Phase>,
    school: Option<School>,
    need: Option<Need>,
    sex: Option<Sex>,
    term: Option<usize>,
}

/// A row of the margin by need.
#[derive(Debug, Clone, Copy)]
enum Need {
    /// Pupils without SEN have none.
    NoSen,
    Of(PrimaryNeed),
}

impl Key {
    /// Whether a group is part of the row.
    pub(super) fn holds(&self, group: &Group) -> bool {
        self.status.is_none_or(|status| status == group.status)
            && self.phase.is_none_or(|phase| phase == group.phase)
            && self.school.is_none_or(|school| school == group.school)
            && self.need.is_none_or(|need| match need {
                Need::NoSen => group.need.is_none(),
                Need::Of(need) => group.need == Some(need),
            })
    }

    /// What a group that is part of the row adds to it.
    pub(super) fn number(&self, events: &Events) -> u32 {
        match (self.sex, self.term) {
            (Some(sex), _) => events.by_sex[sex.index()],
            (None, Some(term)) => events.by_term[term],
            (None, None) => events.all,
        }
    }

    pub(super) fn cell(
        &self,
        indicator: (&'static str, &'static str),
        time_period: String,
    ) -> Cell {
        let when = self.term.map_or("Academic year", |term| TERMS[term].1);
        let mut cell = Cell::total(indicator, (time_period, when), "residence");
        if let Some(sex) = self.sex {
            cell.sex = sex.label();
        }
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
            cell.primary_need = match need {
                Need::NoSen => SenStatus::NoSen.label(),
                Need::Of(need) => need.label(),
            };
        }
        cell
    }
}

/// The rows of exclusions of a year.
pub(super) fn of_all() -> Vec<Key> {
    let none = Key::default();
    let status = |status| Key {
        status: Some(status),
        ..none
    };
    let mut keys = of_sen();
    keys.push(Key {
        need: Some(Need::NoSen),
        ..none
    });
    keys.extend(SenStatus::ALL.map(status));
    for of_status in SenStatus::ALL {
        keys.extend(PHASES.map(|phase| Key {
            phase: Some(phase),
            ..status(of_status)
        }));
    }
    keys.extend(Sex::ALL.map(|sex| Key {
        sex: Some(sex),
        ..none
    }));
    for term in 0..TERMS.len() {
        let in_term = |key: Key| Key {
            term: Some(term),
            ..key
        };
        keys.push(in_term(none));
        keys.extend(SenStatus::ALL.map(|of_status| in_term(status(of_status))));
    }
    keys
}

/// The rows of what pupils with SEN are counted in: total, phase, school, need.
pub(super) fn of_sen() -> Vec<Key> {
    let none = Key::default();
    let mut keys = vec![none];
    keys.extend(PHASES.map(|phase| Key {
        phase: Some(phase),
        ..none
    }));
    keys.extend(School::ALL.map(|school| Key {
        school: Some(school),
        ..none
    }));
    keys.extend(PrimaryNeed::ALL.map(|need| Key {
        need: Some(Need::Of(need)),
        ..none
    }));
    keys
}

/// The academic year of a January of the horizon: `202526` for year 1 after January 2025.
pub(super) fn academic_year(base_year: i32, year: usize) -> String {
    time_period(base_year + year as i32 - 1)
}
