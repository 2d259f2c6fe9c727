//! Events of a group in a year, by term and sex.

use super::groups::TERMS;
use crate::domain::Sex;
use crate::random::uniform;

/// In which terms events fall, and how many are boys'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shares {
    pub(super) terms: [f64; TERMS.len()],
    pub(super) boys: f64,
}

/// Events of a group in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Events {
    pub(super) all: u32,
    pub(super) by_term: [u32; TERMS.len()],
    pub(super) by_sex: [u32; Sex::COUNT],
}

impl Events {
    /// Adds the events of one pupil in one term; the words say which term, and of which sex the pupil
    /// is.
    pub(super) fn add(&mut self, events: u32, shares: &Shares, words: [u32; 2]) {
        let [when, who] = words.map(uniform);
        let mut left = when;
        let term = shares.terms.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        let sex = if who < shares.boys {
            Sex::Male
        } else {
            Sex::Female
        };
        self.all += events;
        self.by_term[term.unwrap_or(TERMS.len() - 1)] += events;
        self.by_sex[sex.index()] += events;
    }
}
