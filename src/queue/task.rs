//! Visits and cases in progress.

use super::time::Time;

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The place is free.
    Gone,
    /// On the list.
    Listed,
    /// An appointment is under way to which the child was not brought.
    NotBrought,
    /// The same, and the person has withdrawn meanwhile.
    Withdrawn,
    /// Waiting to be back on the list.
    Rebooking,
    /// Being seen.
    BeingSeen,
}

/// A visit in progress.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task {
    pub(super) state: State,
    pub(super) class: u8,
    pub(super) team: u8,
    pub(super) step: u8,
    pub(super) service: u16,
    pub(super) attempts: u16,
    pub(super) generation: u32,
    pub(super) customer: u32,
    pub(super) case: u32,
    pub(super) length_word: u32,
    pub(super) brought_word: u32,
    pub(super) patience_word: u32,
    pub(super) can_withdraw: bool,
    pub(super) referred: Time,
    pub(super) joined: Time,
    pub(super) started: Time,
}

/// A case in progress.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) customer: u32,
    pub(super) pathway: u16,
    pub(super) advice_missing: u16,
    pub(super) step: u8,
    pub(super) outstanding: u8,
    pub(super) referred: Time,
}

/// Places that are used again, so that memory follows the number in progress.
#[derive(Debug, Clone)]
pub(super) struct Slab<T> {
    items: Vec<T>,
    free: Vec<u32>,
}

impl<T> Slab<T> {
    pub(super) const fn new() -> Self {
        Self {
            items: Vec::new(),
            free: Vec::new(),
        }
    }

    /// Puts an item made from what stood there before.
    #[inline]
    pub(super) fn put(&mut self, make: impl FnOnce(Option<&T>) -> T) -> u32 {
        if let Some(place) = self.free.pop() {
            let item = make(Some(&self.items[place as usize]));
            self.items[place as usize] = item;
            return place;
        }
        self.items.push(make(None));
        self.items.len() as u32 - 1
    }

    #[inline]
    pub(super) fn release(&mut self, place: u32) {
        self.free.push(place);
    }

    #[inline]
    pub(super) fn get(&self, place: u32) -> &T {
        &self.items[place as usize]
    }

    #[inline]
    pub(super) fn get_mut(&mut self, place: u32) -> &mut T {
        &mut self.items[place as usize]
    }

    pub(super) fn places(&self) -> u32 {
        self.items.len() as u32
    }
}
