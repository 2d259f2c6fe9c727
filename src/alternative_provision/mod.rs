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
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use places::{Course, Events};
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

/// Children, those who wait included, and places of a stretch of time against those of the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstBase {
    /// Children on average.
    pub children: f64,
    /// Places in the middle.
    pub places: f64,
}

impl AgainstBase {
    /// As on the base date.
    pub const SAME: Self = Self {
        children: 1.0,
        places: 1.0,
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
    /// Alternative provision of a pack over a horizon; none where no pupils are published.
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

    /// Children and places of stretches of a future against those of the base date.
    pub fn against_base(&self, future: &Future<'_>, stretches: &[[f64; 2]]) -> Vec<AgainstBase> {
        let children = self.children(future);
        let at_base = children.iter().filter(|child| is_there(child, 0.0)).count();
        let places_at_base = self.places_at_base(&children);
        let of = |[start, end]: &[f64; 2]| {
            let days = |child: &Child| (child.leaves.min(*end) - child.enters.max(*start)).max(0.0);
            let there = children.iter().map(days).sum::<f64>() / (end - start);
            let middle = f64::midpoint(*start, *end);
            let places = places::places_on(future, places_at_base, middle);
            AgainstBase {
                children: there / (at_base as f64).max(1.0),
                places: places / places_at_base.max(1.0),
            }
        };
        stretches.iter().map(of).collect()
    }

    /// Everyone who comes within the horizon, and who was there before, in the order in which they
    /// come.
    fn children(&self, future: &Future<'_>) -> Vec<Child> {
        entries::of(self, future)
    }

    fn base(&self) -> Date {
        Date::january(self.base_year)
    }

    /// Places on the base date: as published, or as many as there were children at the fullest time
    /// of the year before. Nobody is taken to wait then, since no list is published.
    fn places_at_base(&self, children: &[Child]) -> f64 {
        let there_when = |comes: &Child| {
            let there = children
                .iter()
                .filter(|child| is_there(child, comes.enters));
            there.count()
        };
        let of_year = children
            .iter()
            .filter(|child| (YEAR_BEFORE..=0.0).contains(&child.enters));
        let most = of_year.map(there_when).max().unwrap_or(0);
        self.published.places.max(most as f64)
    }
}

fn is_there(child: &Child, day: f64) -> bool {
    child.enters <= day && day < child.leaves
}

impl Companion for AlternativeProvision {
    fn cells(&self) -> Vec<Cell> {
        cells::cells(self.base_year, self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let children = self.children(future);
        let at_base = self.places_at_base(&children);
        let januaries: Vec<f64> = (0..=self.years)
            .map(|year| future.timeline.january(year))
            .collect();
        let events = Events::new(&children, future, at_base);
        let Course { januaries, years } = events.run(&children, &januaries);
        cells::values(&januaries, &years)
    }
}
