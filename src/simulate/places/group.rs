//! A group of places.

use crate::domain::{PrimaryNeed, Provision, Sex};

/// Places of one type for some needs, ages and perhaps one sex, with their number over time.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceGroup {
    /// Type of provision.
    pub provision: Provision,
    /// Needs that the places are designated for, one bit each.
    pub needs: u16,
    /// Youngest and oldest academic age.
    pub ages: (u8, u8),
    /// The only sex admitted, if one.
    pub sex: Option<Sex>,
    /// Places that open (or close, below zero) on a day since the base date.
    pub steps: Vec<(f64, f64)>,
}

/// Sums of steps are cut to whole places; this much short of one still is one.
const ALMOST: f64 = 1e-6;

impl PlaceGroup {
    /// The bits of some needs; of all when there are none.
    pub fn bits(needs: impl Iterator<Item = PrimaryNeed>) -> u16 {
        let bits = needs.fold(0, |bits, need| bits | 1 << need.index());
        if bits == 0 { u16::MAX } else { bits }
    }

    /// Places open on a day, whole.
    pub fn places_on(&self, day: f64) -> u32 {
        (self.exact_places_on(day) + ALMOST) as u32
    }

    /// Places open on a day, as the steps add up.
    pub(super) fn exact_places_on(&self, day: f64) -> f64 {
        let open = self.steps.iter().filter(|(from, _)| *from <= day);
        open.map(|(_, places)| places).sum::<f64>().max(0.0)
    }

    /// Whether the places are designated for a need.
    pub fn is_for(&self, need: PrimaryNeed) -> bool {
        self.needs & 1 << need.index() != 0
    }

    /// Whether a child of an age and sex can be there.
    pub fn admits(&self, age: u8, sex: Sex) -> bool {
        (self.ages.0..=self.ages.1).contains(&age) && self.sex.is_none_or(|only| only == sex)
    }
}
