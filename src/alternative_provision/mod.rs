//! Alternative provision in a simulated future: children without a plan that names it, who come, stay
//! and return, and the places for them.
//!
//! In: the permanent exclusions of a future, the area's published pupils and places. Out: pupils,
//! places, children who wait, entries and returns by year.
//! Deliberately not here: children whose plan names alternative provision (`simulate/`), exclusions
//! (`exclusions/`), what it costs (`money/`). No child's course changes here.
//! A new reason to come is a kind in [`Reason`].

mod cells;
mod entries;
mod history;
mod places;
mod published;
mod stay;

use crate::area::AreaPack;
use crate::domain::Date;
use crate::exclusions::Exclusions;
use crate::queue::{ListBook, LittlesLaw};
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use places::Events;
use published::Published;

/// First day of the year before the base date.
const YEAR_BEFORE: f64 = -365.0;

/// Why a child comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// Permanently excluded: the authority must give a place.
    Excluded,
    /// Sent by agreement of school, family and authority.
    Otherwise,
}

impl Reason {
    const ALL: [Self; 2] = [Self::Excluded, Self::Otherwise];

    const fn label(self) -> &'static str {
        match self {
            Self::Excluded => "Permanently excluded",
            Self::Otherwise => "Placed without exclusion",
        }
    }
}

/// One child's time in alternative provision. Days count from the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Child {
    enters: f64,
    leaves: f64,
    /// Back to another school; at the end of Year 11 otherwise.
    returns: bool,
    reason: Reason,
}

/// Children, those who wait included, and places of a stretch of time, on average, less those of the
/// year before the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstBase {
    /// Children.
    pub children: f64,
    /// Of them who wait.
    pub waiting: f64,
    /// Places.
    pub places: f64,
}

impl AgainstBase {
    /// As in the year before the base date.
    pub const SAME: Self = Self {
        children: 0.0,
        waiting: 0.0,
        places: 0.0,
    };
}

/// Alternative provision of an area.
#[derive(Debug, Clone)]
pub struct AlternativeProvision {
    base_year: i32,
    years: usize,
    exclusions: Exclusions,
    published: Published,
}

impl AlternativeProvision {
    /// Alternative provision of a pack over a horizon; none where no pupils are published, or fewer than
    /// twenty.
    pub fn of(
        pack: &AreaPack,
        exclusions: Exclusions,
        base_year: i32,
        years: usize,
    ) -> Option<Self> {
        Some(Self {
            base_year,
            years,
            exclusions,
            published: Published::of(pack)?,
        })
    }

    /// Children and places of the stretches between some days of a future less those of the year
    /// before the base date.
    pub fn against_base(&self, future: &Future<'_>, days: &[f64]) -> Vec<AgainstBase> {
        let children = entries::of(self, future);
        let at_base = self.places_at_base(&children);
        let before = there_between(&children, [YEAR_BEFORE, 0.0]);
        let course = Events::new(&children, future, at_base).run(&children, days);
        let stretches = days.windows(2).zip(course.between);
        let of = |(stretch, events): (&[f64], places::Between)| {
            let (start, end) = (stretch[0], stretch[1]);
            let month = |month: usize| start + (month as f64 + 0.5) / 12.0 * (end - start);
            let places = (0..12).map(|at| places::places_on(future, at_base, month(at)));
            AgainstBase {
                children: there_between(&children, [start, end]) - before,
                waiting: events.days_waiting / (end - start),
                places: places.sum::<f64>() / 12.0 - at_base,
            }
        };
        stretches.map(of).collect()
    }

    /// Little's law on the list of those who wait for a place, from the base date to the end: the
    /// days that all wait, counted as the list changes, and those of each child.
    pub fn littles_law(&self, future: &Future<'_>) -> LittlesLaw {
        let children = entries::of(self, future);
        let at_base = self.places_at_base(&children);
        let end = future.timeline.end();
        let course = Events::new(&children, future, at_base).run(&children, &[0.0, end]);
        let ways = children.iter().zip(&course.placed);
        let ways = ways.map(|(child, placed)| [child.enters, placed.min(child.leaves)]);
        let law = LittlesLaw::of(ListBook::default(), ways, [0.0, end], 0.0);
        let (first, last) = (&course.counts[0], &course.counts[1]);
        let [waits, waited] = [last, first].map(|on| f64::from(on.waiting.iter().sum::<u32>()));
        let events = &course.between[0];
        LittlesLaw {
            at_start: waited,
            came: f64::from(events.entries.iter().sum::<u32>()),
            at_end: waits,
            area: events.days_waiting,
            rounding: 1e-9 * events.days_waiting,
            ..law
        }
    }

    fn base(&self) -> Date {
        Date::january(self.base_year)
    }

    /// Places on the base date: as published, or as many as there were children at the fullest time
    /// of the year before. Nobody is taken to wait then, since no list is published.
    fn places_at_base(&self, children: &[Child]) -> f64 {
        let there_on = |day: f64| children.iter().filter(|child| is_there(child, day)).count();
        let comes = children.iter().map(|child| child.enters);
        let comes = comes.filter(|day| (YEAR_BEFORE..=0.0).contains(day));
        let days = comes.chain([YEAR_BEFORE, 0.0]);
        let most = days.map(there_on).max().unwrap_or(0);
        self.published.places.max(most as f64)
    }
}

/// Children between two days on average.
fn there_between(children: &[Child], [start, end]: [f64; 2]) -> f64 {
    let days = |child: &Child| (child.leaves.min(end) - child.enters.max(start)).max(0.0);
    children.iter().map(days).sum::<f64>() / (end - start)
}

fn is_there(child: &Child, day: f64) -> bool {
    child.enters <= day && day < child.leaves
}

impl Companion for AlternativeProvision {
    fn cells(&self) -> Vec<Cell> {
        cells::cells(self.base_year, self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let children = entries::of(self, future);
        let at_base = self.places_at_base(&children);
        let januaries: Vec<f64> = (0..=self.years)
            .map(|year| future.timeline.january(year))
            .collect();
        let events = Events::new(&children, future, at_base);
        let course = events.run(&children, &januaries);
        cells::values(&course)
    }
}
