//! Residents that rates are counted against: the same that an area's pack holds.

use std::collections::BTreeMap;

use super::ages::ByAge;
use crate::domain::Place;

/// Residents by place and 1 January, by academic age, both sexes.
#[derive(Debug, Clone, Default)]
pub struct Residents(BTreeMap<(Place, i32), ByAge>);

impl Residents {
    /// Notes the residents of a place on the 1 January of a year.
    pub fn insert(&mut self, place: Place, january: i32, ages: ByAge) {
        self.0.insert((place, january), ages);
    }

    /// Residents of a place on the 1 January of a year.
    pub(super) fn of(&self, place: Place, january: i32) -> Option<&ByAge> {
        self.0.get(&(place, january))
    }
}
