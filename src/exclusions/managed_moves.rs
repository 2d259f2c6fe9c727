//! Managed moves: by agreement a pupil tries another school instead of being excluded.

use super::course::levels;
use super::expected::Means;
use crate::domain::Date;
use crate::ehc_process::OF_MOVES;
use crate::random::{Process, poisson_quantile, uniform};
use crate::simulate::Future;

/// Indicators of a year, in the order of their values: moves, and those that hold.
pub(super) const INDICATORS: [(&str, &str); 2] =
    [("managed_moves", "moves"), ("managed_moves_held", "moves")];

/// Managed moves of a future.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ManagedMoves {
    /// For each permanent exclusion, at the usual level.
    per_exclusion: f64,
    /// Share after which the pupil stays at the new school.
    held: f64,
    /// Permanent exclusions that one more move that holds prevents.
    prevents: f64,
    /// Against the usual number, by academic year.
    levels: Vec<f64>,
}

impl ManagedMoves {
    pub(super) fn of(future: &Future<'_>, base: Date, years: usize) -> Self {
        let numbers = OF_MOVES.map(|path| future.number_at_base(path, base));
        let [per_exclusion, held, prevents] = numbers;
        Self {
            per_exclusion,
            held,
            prevents,
            levels: levels(future, "exclusions.level.managed-moves", base, years),
        }
    }

    /// Takes from the expected permanent exclusions of a year what more moves than usual prevent, and
    /// adds what fewer leave; returns how many were expected before. The usual moves are in the
    /// published rates.
    pub(super) fn act(&self, means: &mut [Means], year: usize) -> f64 {
        let expected: f64 = means.iter().map(|means| means.permanent).sum();
        let more = self.levels[year - 1].max(0.0) - 1.0;
        let left = 1.0 - more * self.per_exclusion * self.held * self.prevents;
        for means in means {
            means.permanent *= left.max(0.0);
        }
        expected
    }

    /// Moves of a year, and those that hold.
    pub(super) fn number(&self, future: &Future<'_>, expected: f64, year: usize) -> [f64; 2] {
        let moves = expected * self.per_exclusion * self.levels[year - 1].max(0.0);
        let words = future.luck.words(0, Process::ManagedMove, year as u32);
        let held = poisson_quantile(moves * self.held, uniform(words[0]));
        let failed = poisson_quantile(moves * (1.0 - self.held), uniform(words[1]));
        [(held + failed) as f64, held as f64]
    }
}
