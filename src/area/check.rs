//! Checks of a pack's tables against each other.

use std::collections::BTreeSet;
use std::path::Path;

use super::{AreaPack, Breakdown};
use crate::domain::{AGES, Sex};
use crate::files::{Problem, Problems};
use crate::finding::Finding;

/// Version of the schema that this program writes and reads.
pub const SCHEMA: u32 = 1;

impl AreaPack {
    /// Finds tables that contradict each other.
    pub(super) fn check(&self, dir: &Path, findings: &mut Vec<Finding>) {
        let mut add = |file: &str, problem: Option<Problem>| {
            let mut problems = Problems::new(&dir.join(file));
            if let Some(problem) = problem {
                problems.add(problem);
            }
            findings.extend(
                problems
                    .into_findings()
                    .into_iter()
                    .map(|(_, finding)| finding),
            );
        };
        add("area.toml", self.unknown_schema());
        add("population.csv", self.missing_population());
        add("ehc_plans.csv", self.stock_differs_from_history());
    }

    fn unknown_schema(&self) -> Option<Problem> {
        let schema = self.manifest.schema;
        (schema != SCHEMA).then(|| {
            Problem::error(
                "unknown-schema",
                format!("schema {schema}, expected {SCHEMA}"),
            )
            .hint("import the area again with this version of the program")
        })
    }

    /// The base year must have every age and sex.
    fn missing_population(&self) -> Option<Problem> {
        let base = self.manifest.base_year;
        let rows = self.population.iter().filter(|row| row.year == base);
        let found: BTreeSet<(u8, Sex)> = rows.map(|row| (row.age, row.sex)).collect();
        (found.len() != AGES * Sex::COUNT).then(|| {
            Problem::error(
                "population-incomplete",
                format!("the base year {base} does not have every age from 0 to 25 for both sexes"),
            )
            .example(format!("{} of {} rows", found.len(), AGES * Sex::COUNT))
            .hint("one row for each age and sex of that January, 0 where nobody lives")
        })
    }

    /// Plans by age, sex, need and setting must add to the plans of the history.
    fn stock_differs_from_history(&self) -> Option<Problem> {
        let base = self.manifest.base_year;
        let history = self.ehc_plans_history.iter().find(|row| {
            row.year == base && row.breakdown == Breakdown::Total && row.measure == "plans"
        })?;
        let stock: u32 = self.ehc_plans.iter().map(|row| row.plans).sum();
        let published = history.value.value()?;
        ((f64::from(stock) - published).abs() >= 0.5).then(|| {
            Problem::warning(
                "stock-differs",
                "plans at the base date do not add to the history",
            )
            .example(format!("{stock} against {published} in January {base}"))
            .hint("the simulation starts from `ehc_plans.csv`")
        })
    }
}
