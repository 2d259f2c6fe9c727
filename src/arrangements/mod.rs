//! What is arranged for the children of a simulated future beside their placements: personal budgets,
//! learning at work and residential placements, and the routes that young people take after 16.
//!
//! In: the plans of a future by age and setting, the area's newest published shares and England's.
//! Out: children on every 1 January.
//! Deliberately not here: where children go and when plans end (`simulate`). An arrangement moves no
//! child, and its money is part of what placements and services cost.
//! A new arrangement is an entry of [`Arrangement`](crate::domain::Arrangement), a column that the
//! import reads, and its numbers in `scenarios/baseline/arrangements.toml`.

mod cells;
mod chances;
mod published;

use crate::area::AreaPack;
use crate::domain::{AgeGroup, Arrangement, ArrangementFamily, Date, Route, Setting};
use crate::scenario::Scenario;
use crate::simulate::{Companion, Future, age_of};
use crate::summarise::Cell;
use cells::Sums;
use chances::{Chances, Luck};
use published::Published;

const FAMILIES: usize = ArrangementFamily::COUNT;
const KINDS: usize = Arrangement::COUNT;
/// Age bands or settings, whichever are more.
const GROUPS: usize = Setting::COUNT;

/// The arrangements of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangements {
    base_year: i32,
    years: usize,
    published: Published,
}

impl Arrangements {
    /// A path that a scenario changes and that acts on nothing that the pack tells of.
    pub fn without_effect(pack: &AreaPack, scenario: &Scenario) -> Option<&'static str> {
        let published = Published::of(pack);
        let families = published.map_or_else(Vec::new, |published| published.families);
        if families.is_empty() {
            return scenario.changes_under("arrangements.");
        }
        let untold = ArrangementFamily::ALL
            .into_iter()
            .filter(|family| !families.contains(family));
        let mut paths = untold.flat_map(|family| {
            let added = (family == ArrangementFamily::WorkBased).then(|| chances::ADDED.to_owned());
            let level = format!("arrangements.level.{}", family.code());
            std::iter::once(level).chain(added)
        });
        paths.find_map(|path| scenario.changes_under(&path))
    }

    fn families(&self) -> &[ArrangementFamily] {
        &self.published.families
    }

    /// The arrangements of a pack over a horizon; `None` where the pack tells of none.
    pub fn of(pack: &AreaPack, base_year: i32, years: usize) -> Option<Self> {
        Some(Self {
            base_year,
            years,
            published: Published::of(pack)?,
        })
    }
}

impl Companion for Arrangements {
    fn cells(&self) -> Vec<Cell> {
        let januaries = 0..=self.years;
        januaries
            .flat_map(|year| cells::of_january(self.base_year + year as i32, self.families()))
            .collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let base = Date::january(self.base_year);
        let chances = Chances::new(future, &self.published, base, self.years);
        let mut sums = vec![Sums::default(); self.years + 1];
        for change in &future.record.plans {
            let luck = Luck::of(future, change.person);
            let cohort = usize::from(change.cohort);
            let ends_young = age_of(cohort, self.years).is_some_and(|age| age < Route::FIRST_AGE);
            if ends_young && !chances.may_have_any(&luck) {
                continue;
            }
            let (day, by) = (f64::from(change.day), i32::from(change.by));
            for (year, sums) in sums.iter_mut().enumerate().rev() {
                if day > future.timeline.january(year) {
                    break;
                }
                let Some(age) = age_of(cohort, year) else {
                    continue;
                };
                let arranged = chances.of(&luck, (age, change.setting), year);
                sums.add(arranged, AgeGroup::of(age), by);
                sums.add_route(age, Route::of(change.setting, arranged), by);
            }
        }
        let of_year = |sums: &Sums| sums.values(&chances.pounds, self.families());
        sums.iter().flat_map(of_year).collect()
    }
}
