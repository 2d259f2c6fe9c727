//! Companion models: what goes along with a simulated future, such as queues for services and money.
//!
//! A companion reads a finished future and measures quantities of its own. It shares the draw and
//! the luck of the future, so scenarios stay paired; what it measures is summarised, compared and
//! attributed like any count.

use super::effects::Effects;
use super::record::Record;
use super::timeline::Timeline;
use crate::domain::Date;
use crate::parameters::ParameterSet;
use crate::random::{Luck, Stream};
use crate::summarise::{Cell, Layout};

/// A finished future, as a companion sees it.
#[derive(Debug, Clone, Copy)]
pub struct Future<'a> {
    /// Counts of the simulation, in the order of the layout.
    pub counts: &'a [u32],
    /// Where each count stands.
    pub layout: &'a Layout,
    /// What happened to plans, day by day.
    pub record: &'a Record,
    /// The calendar.
    pub timeline: &'a Timeline,
    /// What the scenario changes, with its sizes in this draw.
    pub effects: &'a Effects<'a>,
    /// Luck of this run.
    pub luck: &'a Luck,
    /// Seed of all draws.
    pub seed: u64,
    /// Number of the draw, which is that of the run.
    pub draw: u32,
}

impl Future<'_> {
    /// A stated number on a date in this draw, before the scenario changes it.
    pub fn number(&self, path: &str, date: Date) -> f64 {
        let mut stream = Stream::new(self.seed, self.draw, path);
        let uncertain = ParameterSet::embedded().uncertain(path, date);
        uncertain.at(stream.uniform())
    }

    /// A stated number of the base date in this draw, as the scenario changes it on that date.
    pub fn number_at_base(&self, path: &str, base: Date) -> f64 {
        self.stated(path, 0.0, self.number(path, base))
    }

    /// A stated number on a day, as this scenario changes it.
    pub fn stated(&self, path: &str, day: f64, value: f64) -> f64 {
        self.effects.apply_stated(path, self.timeline, day, value)
    }

    /// A stated number of one locality on a day, as this scenario changes it there alone.
    pub fn stated_in(&self, locality: &str, path: &str, day: f64, value: f64) -> f64 {
        let number = (path, locality);
        self.effects
            .apply_in_locality(number, self.timeline, day, value)
    }
}

/// A model that goes along with every simulated future.
pub trait Companion: Sync {
    /// What it measures, in the order of the values; the same for every future.
    fn cells(&self) -> Vec<Cell>;

    /// What it measures in a future, one value for each cell; NaN where there is none, for example
    /// the median wait when nobody was seen. Values are kept in millionths.
    fn measure(&self, future: &Future<'_>) -> Vec<f64>;
}
