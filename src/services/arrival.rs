//! Children who come to a list.

use super::course::Visit;
use crate::domain::DAYS_PER_WEEK;
use crate::ehc_process::Hours;
use crate::random::{Luck, Process, exponential, uniform};

/// Addresses of a service, a strand and a child within it.
pub(super) const SERVICE: u32 = 1 << 24;
pub(super) const STRAND: u32 = 1 << 20;
/// Children on the starting list are numbered from here.
pub(super) const STARTING: u32 = 1 << 19;
/// Occurrence of the words of children who come; those of children on a starting list have their own.
const COMING: u32 = 2;
/// Occurrences within a locality.
const LOCALITY: u32 = 16;

/// Where the luck of the children of a list stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'f> {
    pub(super) luck: &'f Luck,
    /// Of the first child.
    pub(super) list: u32,
    /// Number of the locality, from 1; 0 where a service is not kept by locality.
    pub(super) locality: u32,
}

impl Address<'_> {
    /// Four words of a child.
    pub(super) fn words(self, child: u32, occurrence: u32) -> [u32; 4] {
        let occurrence = self.locality * LOCALITY + occurrence;
        let address = self.list + child;
        self.luck.words(address, Process::ServiceList, occurrence)
    }
}

/// A child who comes to a list: days since the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Arrival {
    pub(super) referred: f64,
    /// From when the child can be seen.
    pub(super) ready: f64,
    /// How long from then the family waits.
    pub(super) patience: Patience,
}

/// How long a family waits before it withdraws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Patience {
    word: u32,
    /// Share that withdraws in a day.
    rate: f64,
}

impl Patience {
    /// As luck has it, at a withdrawal rate [share a week].
    pub(super) const fn new(word: u32, withdrawal_rate: f64) -> Self {
        Self {
            word,
            rate: withdrawal_rate / DAYS_PER_WEEK,
        }
    }

    /// Days after which the family withdraws.
    pub(super) fn days(self) -> f64 {
        exponential(self.word) / self.rate
    }

    /// The same where they are fewer than some days.
    pub(super) fn less_than(self, days: f64) -> Option<f64> {
        // exp(-x) >= 1 - x: most families stay, and need no logarithm.
        if uniform(self.word) <= 1.0 - days * self.rate {
            return None;
        }
        Some(self.days()).filter(|patience| *patience < days)
    }
}

impl Arrival {
    /// A child who can be seen at once.
    pub(super) const fn at_once(day: f64, patience: Patience) -> Self {
        Self {
            referred: day,
            ready: day,
            patience,
        }
    }

    /// The child's way through the list.
    pub(super) const fn leaves(&self, left: f64, withdrew: bool) -> Visit {
        Visit {
            referred: self.referred as f32,
            left: left as f32,
            withdrew,
        }
    }
}

/// Children who come at random as expected referrals add up, each with a word of luck for its
/// patience, until a day.
pub(super) fn each_arrival(
    cumulated: &Hours,
    end: f64,
    address: Address<'_>,
    mut comes: impl FnMut(f64, u32),
) {
    let (mut integral, mut week) = (0.0, 0);
    for pair in 0.. {
        let words = address.words(pair, COMING);
        for child in words.chunks_exact(2) {
            integral += exponential(child[0]);
            let day = cumulated.day_of_next(integral, &mut week);
            if day >= end {
                return;
            }
            comes(day, child[1]);
        }
    }
}
