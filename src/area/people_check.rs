//! Checks of residents, and of children with plans or on SEN support against them.

use std::collections::{BTreeMap, BTreeSet};

use super::AreaPack;
use crate::domain::{AGES, Sex};
use crate::files::Problem;

/// Most residents of one age and sex; the largest authority has some 14,000.
const MOST_OF_AN_AGE: f64 = 50_000.0;

/// Children by which a rounded count of an age and sex may exceed its residents.
const ROUNDING: f64 = 1.0;

type BySex = BTreeMap<(u8, Sex), f64>;

impl AreaPack {
    /// Every January from the first to the last must have every age of both sexes, the base year
    /// among them.
    pub(super) fn wrong_population(&self) -> Vec<Problem> {
        let mut years: BTreeMap<i32, BTreeSet<(u8, Sex)>> = BTreeMap::new();
        let mut found = Vec::new();
        for row in &self.population {
            years
                .entry(row.year)
                .or_default()
                .insert((row.age, row.sex));
            if row.persons > MOST_OF_AN_AGE {
                found.push(
                    Problem::error(
                        "out-of-range",
                        "more residents than any authority has of one age",
                    )
                    .example(format!("{} in {}, age {}", row.persons, row.year, row.age))
                    .hint(format!(
                        "at most {MOST_OF_AN_AGE} of one age and sex are accepted"
                    )),
                );
            }
        }
        let base = self.manifest.base_year;
        let first = years.keys().next().map_or(base, |first| base.min(*first));
        let last = years
            .keys()
            .next_back()
            .map_or(base, |last| base.max(*last));
        for year in first..=last {
            let cells = years.get(&year).map_or(0, BTreeSet::len);
            if cells != AGES * Sex::COUNT {
                found.push(
                    Problem::error(
                        "population-incomplete",
                        "years without every age from 0 to 25 for both sexes",
                    )
                    .example(format!("{year} has {cells} of {} rows", AGES * Sex::COUNT))
                    .hint(format!(
                        "every January from the first to the last is needed, the base year {base} among them"
                    )),
                );
            }
        }
        found
    }

    /// Errors of projections are shares of the population.
    pub(super) fn wrong_population_error(&self) -> Vec<Problem> {
        let wrong = self
            .population_error
            .iter()
            .filter(|row| row.births_sd > 1.0 || row.cohort_change_sd > 1.0 || row.years_ahead < 1);
        wrong
            .map(|row| {
                Problem::error(
                    "out-of-range",
                    "errors of projections beyond the whole population",
                )
                .example(format!("{} years ahead", row.years_ahead))
                .hint("standard deviations of log ratios are below 1, years ahead from 1")
            })
            .collect()
    }

    pub(super) fn more_plans_than_residents(&self) -> Vec<Problem> {
        self.more_than_residents(&self.with_plans(), "children with plans than residents")
    }

    pub(super) fn more_support_than_residents(&self) -> Vec<Problem> {
        let mut children = self.with_plans();
        let beyond_plans = self.more_than_residents(&children, "");
        if !beyond_plans.is_empty() {
            return Vec::new();
        }
        for row in &self.sen_support {
            *children.entry((row.age, row.sex)).or_default() += f64::from(row.pupils);
        }
        let what = "children on SEN support or with plans than residents";
        let mut found = self.more_than_residents(&children, what);
        if self.sen_support.is_empty() {
            found.push(
                Problem::warning(
                    "nobody-on-support",
                    "nobody is on SEN support at the base date",
                )
                .hint("every new plan then comes from children without SEN"),
            );
        }
        found
    }

    fn with_plans(&self) -> BySex {
        let mut children = BySex::new();
        for row in &self.ehc_plans {
            *children.entry((row.age, row.sex)).or_default() += f64::from(row.plans);
        }
        children
    }

    fn more_than_residents(&self, children: &BySex, what: &str) -> Vec<Problem> {
        let base = self.manifest.base_year;
        let at_base = self.population.iter().filter(|row| row.year == base);
        let residents: BySex = at_base
            .map(|row| ((row.age, row.sex), row.persons))
            .collect();
        let mut found = Vec::new();
        for ((age, sex), number) in children {
            let Some(persons) = residents.get(&(*age, *sex)) else {
                continue;
            };
            if *number > persons + ROUNDING {
                found.push(
                    Problem::error("more-than-residents", format!("more {what}"))
                        .example(format!(
                            "{number} of {persons:.0} aged {age}, {}",
                            sex.label().to_lowercase()
                        ))
                        .hint("ages are academic ages on 31 August before the base date, in both tables"),
                );
            }
        }
        found
    }
}
