//! The state of the places of a run: rolls, limits, who waits.

use super::Supply;
use super::group::PlaceGroup;
use crate::domain::{NeedGroup, PlacePhase, PrimaryNeed, Provision};

/// Cells of type × phase × need group.
pub(super) const CELLS: usize = Provision::COUNT * PlacePhase::COUNT * NeedGroup::COUNT;

/// Position of a cell.
pub(super) fn cell(provision: Provision, age: u8, need: PrimaryNeed) -> usize {
    let phase = PlacePhase::of(age).index();
    (provision.index() * PlacePhase::COUNT + phase) * NeedGroup::COUNT + NeedGroup::of(need).index()
}

/// The places of a run now.
#[derive(Debug)]
pub(in crate::simulate) struct Desk<'a> {
    /// Places and rules; `None` where every child finds a place.
    pub(super) supply: Option<&'a Supply<'a>>,
    /// Children in each group.
    pub(super) rolls: Vec<u32>,
    /// Places open in each group.
    pub(super) places: Vec<u32>,
    /// Children that each group takes at most.
    pub(super) limits: Vec<u32>,
    /// Children placed in each group above its limit by direction.
    pub(super) directed: Vec<u32>,
    /// Children of each group above its limit since the limit fell.
    pub(super) left: Vec<u32>,
    /// Who waits: type × need group. Entries that are out of date are dropped when they are met.
    pub(super) waiting: Vec<Vec<u32>>,
    /// Who asks in the round under way.
    pub(super) asking: Vec<u32>,
    /// Groups in which a place has come free and has not been offered yet.
    pub(super) freed: Vec<u8>,
    /// Days waited in the year so far.
    pub(super) days: [f64; CELLS],
}

impl<'a> Desk<'a> {
    /// Empty places.
    pub(in crate::simulate) fn new(supply: Option<&'a Supply<'a>>) -> Self {
        let groups = supply.map_or(0, |supply| supply.groups.len());
        Self {
            supply,
            rolls: vec![0; groups],
            places: vec![0; groups],
            limits: vec![0; groups],
            directed: vec![0; groups],
            left: vec![0; groups],
            waiting: vec![Vec::new(); Provision::COUNT * NeedGroup::COUNT],
            asking: Vec::new(),
            freed: Vec::new(),
            days: [0.0; CELLS],
        }
    }

    /// Groups, none where every child finds a place.
    pub(super) fn groups(&self) -> &'a [PlaceGroup] {
        self.supply.map_or(&[], |supply| &supply.groups)
    }

    /// The list of those who wait for a type with a need.
    pub(super) fn list(provision: Provision, need: NeedGroup) -> usize {
        provision.index() * NeedGroup::COUNT + need.index()
    }

    /// Whether a group takes one more: up to its limit for the needs that it is designated for, up
    /// to its places for others.
    pub(super) fn has_room(&self, group: usize, is_designated: bool) -> bool {
        let most = if is_designated {
            self.limits[group]
        } else {
            self.places[group]
        };
        self.rolls[group] < most
    }

    /// The first group of a type that is for a child and has room.
    pub(super) fn first_with_room(
        &self,
        provision: Provision,
        is_designated: bool,
        fits: impl Fn(&PlaceGroup) -> bool,
    ) -> Option<usize> {
        self.groups().iter().enumerate().position(|(at, group)| {
            group.provision == provision && fits(group) && self.has_room(at, is_designated)
        })
    }
}
