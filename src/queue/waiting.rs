//! The list of one class: first come first served.

use std::collections::VecDeque;

use super::task::{Slab, Task};
use super::time::Time;

/// A person on the list; stale when the task has another generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Referral, less the head start of the class.
    pub(super) since: Time,
    /// Customer, who decides ties.
    pub(super) customer: u32,
    pub(super) task: u32,
    pub(super) generation: u32,
}

impl Place {
    #[inline]
    fn is_stale(&self, tasks: &Slab<Task>) -> bool {
        tasks.get(self.task).generation != self.generation
    }
}

/// Places in order. Who withdraws stays as a stale place until it is passed or cleared out.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    places: VecDeque<Place>,
    stale: usize,
}

impl Waiting {
    /// Puts a person in order of referral.
    #[inline]
    pub(super) fn join(&mut self, place: Place) {
        if self.places.back().is_none_or(|last| *last <= place) {
            self.places.push_back(place);
        } else {
            let at = self.places.partition_point(|other| *other < place);
            self.places.insert(at, place);
        }
    }

    /// The next person, still on the list.
    #[inline]
    pub(super) fn first(&mut self, tasks: &Slab<Task>) -> Option<Place> {
        while let Some(place) = self.places.front() {
            if !place.is_stale(tasks) {
                return Some(*place);
            }
            self.places.pop_front();
            self.stale = self.stale.saturating_sub(1);
        }
        None
    }

    /// Takes the person whom `first` has shown.
    #[inline]
    pub(super) fn take_first(&mut self) {
        self.places.pop_front();
    }

    /// Notes that one place has become stale.
    pub(super) fn one_left(&mut self, tasks: &Slab<Task>) {
        const WORTH_CLEARING: usize = 64;
        self.stale += 1;
        if self.stale > WORTH_CLEARING && self.stale * 2 > self.places.len() {
            self.places.retain(|place| !place.is_stale(tasks));
            self.stale = 0;
        }
    }
}
