//! Levels and events of a draw.

use super::course::course;
use super::events::Events;
use super::expected::Means;
use crate::domain::Date;
use crate::random::{Process, exponential, poisson_quantile, uniform};
use crate::simulate::Future;

/// Blocks of luck of a group in a year, and the first of those that say term and sex.
const OF_YEAR: u32 = 1 << 20;
const LABELS: u32 = 1 << 19;

/// Factors on the rates of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    pub(super) suspensions: f64,
    pub(super) permanent: f64,
}

/// What is drawn of a future.
#[derive(Debug)]
pub(super) struct Draw<'f> {
    future: &'f Future<'f>,
    levels: Vec<Level>,
}

impl<'f> Draw<'f> {
    /// The levels of the years of a horizon.
    pub(super) fn new(future: &'f Future<'f>, base: Date, years: usize) -> Self {
        let of = |what| course(future, ("exclusions", what), base, years);
        let levels = of("suspensions").into_iter().zip(of("permanent"));
        let levels = levels.map(|(suspensions, permanent)| Level {
            suspensions,
            permanent,
        });
        Self {
            future,
            levels: levels.collect(),
        }
    }

    /// Factors on the rates of the academic year of a January of the horizon.
    pub(super) fn level(&self, year: usize) -> Level {
        self.levels[year - 1]
    }

    /// Suspensions and permanent exclusions of a year by group. More expected events never give
    /// fewer in the same future.
    pub(super) fn events(&self, means: &[Means], year: usize) -> [Vec<Events>; 2] {
        let groups = (0u32..).zip(means);
        let suspensions = groups.map(|(group, means)| self.suspensions(group, means, year));
        [suspensions.collect(), self.permanently(means, year)]
    }

    /// Permanent exclusions of a year by group.
    pub(super) fn permanently(&self, means: &[Means], year: usize) -> Vec<Events> {
        let groups = (0u32..).zip(means);
        groups
            .map(|(group, means)| self.permanent(group, means, year))
            .collect()
    }

    /// Suspensions of a group: of each pupil suspended in a term one, and further ones with the same
    /// chance each time.
    fn suspensions(&self, group: u32, means: &Means, year: usize) -> Events {
        let words = |block: u32| {
            let occurrence = year as u32 * OF_YEAR + block;
            self.future
                .luck
                .words(group, Process::Suspension, occurrence)
        };
        let pupils = poisson_quantile(means.suspended, uniform(words(0)[0]));
        // P(more than k) = again^k.
        let again = -libm::log(1.0 - 1.0 / means.each);
        let lengths = (1..).flat_map(words);
        let labels = (LABELS..).flat_map(|block| pairs(words(block)));
        let mut events = Events::default();
        for (length, label) in lengths.zip(labels).take(pupils) {
            let further = if again.is_finite() {
                (exponential(length) / again) as u32
            } else {
                0
            };
            events.add(1 + further, &means.shares[0], label);
        }
        events
    }

    fn permanent(&self, group: u32, means: &Means, year: usize) -> Events {
        let (luck, process) = (self.future.luck, Process::PermanentExclusion);
        let u = luck.uniform(group, process, year as u32);
        let pupils = poisson_quantile(means.permanent, u);
        let of_year = year as u32 * OF_YEAR + LABELS;
        let labels = (of_year..).flat_map(|block| pairs(luck.words(group, process, block)));
        let mut events = Events::default();
        for label in labels.take(pupils) {
            events.add(1, &means.shares[1], label);
        }
        events
    }
}

fn pairs([a, b, c, d]: [u32; 4]) -> [[u32; 2]; 2] {
    [[a, b], [c, d]]
}
