//! Levels and events of a draw.

use super::course::course;
use super::expected::Means;
use crate::domain::Date;
use crate::random::{Process, exponential, poisson_quantile, uniform};
use crate::simulate::Future;

/// Blocks of luck of a group in a year.
const OF_YEAR: u32 = 1 << 20;

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
    pub(super) fn events(&self, means: &[Means], year: usize) -> [Vec<u32>; 2] {
        let groups = || (0u32..).zip(means);
        let suspensions = |(group, means): (u32, &Means)| self.suspensions(group, means, year);
        let permanent = |(group, means): (u32, &Means)| {
            let luck = self.future.luck;
            let u = luck.uniform(group, Process::PermanentExclusion, year as u32);
            poisson_quantile(means.permanent, u) as u32
        };
        [
            groups().map(suspensions).collect(),
            groups().map(permanent).collect(),
        ]
    }

    /// Suspensions of a group: of each pupil suspended in a term one, and further ones with the same
    /// chance each time.
    fn suspensions(&self, group: u32, means: &Means, year: usize) -> u32 {
        let words = |block: u32| {
            let occurrence = year as u32 * OF_YEAR + block;
            self.future
                .luck
                .words(group, Process::Suspension, occurrence)
        };
        let pupils = poisson_quantile(means.suspended, uniform(words(0)[0])) as u32;
        // P(more than k) = again^k.
        let again = -libm::log(1.0 - 1.0 / means.each);
        if !again.is_finite() {
            return pupils;
        }
        let lengths = (1..).flat_map(words).take(pupils as usize);
        pupils
            + lengths
                .map(|word| (exponential(word) / again) as u32)
                .sum::<u32>()
    }
}
