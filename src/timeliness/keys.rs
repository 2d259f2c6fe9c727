//! Breakdowns of children.

use crate::domain::{AgeGroup, PrimaryNeed, Sex};
use crate::summarise::Cell;

/// A child as it is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Child {
    pub(super) age: AgeGroup,
    pub(super) sex: Sex,
    pub(super) need: PrimaryNeed,
}

/// The total, or one value of one breakdown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    All,
    Age(AgeGroup),
    Sex(Sex),
    Need(PrimaryNeed),
}

impl Key {
    pub(super) fn holds(&self, child: &Child) -> bool {
        match self {
            Self::All => true,
            Self::Age(age) => *age == child.age,
            Self::Sex(sex) => *sex == child.sex,
            Self::Need(need) => *need == child.need,
        }
    }

    pub(super) fn of(&self, mut cell: Cell) -> Cell {
        match self {
            Self::All => {}
            Self::Age(age) => cell.age_group = age.label(),
            Self::Sex(sex) => cell.sex = sex.label(),
            Self::Need(need) => cell.primary_need = need.label(),
        }
        cell
    }
}

/// The total and all one-way margins of children.
pub(super) fn people() -> Vec<Key> {
    let ages = AgeGroup::ALL.into_iter().map(Key::Age);
    let sexes = Sex::ALL.into_iter().map(Key::Sex);
    let needs = PrimaryNeed::ALL.into_iter().map(Key::Need);
    let margins = ages.chain(sexes).chain(needs);
    std::iter::once(Key::All).chain(margins).collect()
}
