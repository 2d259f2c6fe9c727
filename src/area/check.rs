//! Checks of a pack's tables against each other.

use std::path::Path;

use super::outlook_rows::is_complete;
use super::{AreaPack, Breakdown, HistoryRow};
use crate::files::{Problem, Problems};
use crate::finding::{Finding, Severity};

/// Version of the schema that this program writes and reads.
pub const SCHEMA: u32 = 1;

impl AreaPack {
    /// Finds tables that contradict each other, or that lack what a simulation rests on.
    pub(super) fn check(&self, dir: &Path, findings: &mut Vec<Finding>) {
        let mut add = |file: &str, found: Vec<Problem>| {
            let path = dir.join(file);
            let is_told = findings.iter().any(|finding| {
                finding.severity == Severity::Error
                    && finding.location.as_ref().is_some_and(|l| l.file == path)
            });
            if is_told {
                return;
            }
            let mut problems = Problems::new(&path);
            found.into_iter().for_each(|problem| problems.add(problem));
            findings.extend(
                problems
                    .into_findings()
                    .into_iter()
                    .map(|(_, finding)| finding),
            );
        };
        let mut of_manifest = Vec::from_iter(self.unknown_schema());
        of_manifest.extend(self.base_year_without_plans());
        add("area.toml", of_manifest);
        add("population.csv", self.wrong_population());
        add("population_error.csv", self.wrong_population_error());
        let mut of_plans = Vec::from_iter(self.stock_differs_from_history());
        of_plans.extend(self.more_plans_than_residents());
        add("ehc_plans.csv", of_plans);
        add("sen_support.csv", self.more_support_than_residents());
        add("rate_evidence.csv", self.wrong_evidence());
        add("estimates.csv", self.wrong_estimates());
        add("outlook.csv", self.wrong_outlook());
        add("localities.csv", self.wrong_localities());
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

    /// The published total of plans at the base date.
    fn published_plans(&self) -> Option<&HistoryRow> {
        let base = self.manifest.base_year;
        self.ehc_plans_history.iter().find(|row| {
            row.year == base && row.breakdown == Breakdown::Total && row.measure == "plans"
        })
    }

    /// The history must reach the base date: all tables are about the same January.
    fn base_year_without_plans(&self) -> Option<Problem> {
        let base = self.manifest.base_year;
        let last = self.ehc_plans_history.iter().map(|row| row.year).max()?;
        self.published_plans().is_none().then(|| {
            Problem::error(
                "base-year-differs",
                format!("the base year is {base}, but `ehc_plans_history.csv` has no total of plans for that January"),
            )
            .hint(format!(
                "its last January is {last}: correct `base-year`, or add the total"
            ))
        })
    }

    /// Plans by age, sex, need and setting must add to the plans of the history.
    fn stock_differs_from_history(&self) -> Option<Problem> {
        let base = self.manifest.base_year;
        let published = self.published_plans()?.value.value()?;
        let stock = self.plans();
        ((stock - published).abs() >= 0.5).then(|| {
            Problem::error(
                "stock-differs",
                "plans at the base date do not add to the history",
            )
            .example(format!("{stock} against {published} in January {base}"))
            .hint("a table may be cut short; if your own list of plans is right, correct the total in `ehc_plans_history.csv` too")
        })
    }

    fn plans(&self) -> f64 {
        self.ehc_plans.iter().map(|row| f64::from(row.plans)).sum()
    }

    /// A pack may do without an outlook, not with half of one.
    fn wrong_outlook(&self) -> Vec<Problem> {
        if self.outlook.is_empty() {
            return vec![
                Problem::warning("no-outlook", "the pack has no outlook").hint(NO_OUTLOOK),
            ];
        }
        let mut found = Vec::new();
        for row in self.outlook.iter().filter(|row| !row.is_possible()) {
            found.push(
                Problem::error("out-of-range", "numbers that no outlook can have")
                    .example(format!("`{}` {}", row.quantity, row.value))
                    .hint("`sendsim import` writes the table"),
            );
        }
        if !is_complete(&self.outlook) {
            found.push(
                Problem::error(
                    "outlook-incomplete",
                    "the outlook lacks some of its numbers",
                )
                .hint("`sendsim import` writes the table; without it rates hold constant"),
            );
        }
        let of_stock = self.outlook.iter().filter(|row| row.is_local_stock());
        let (stock, plans) = (of_stock.map(|row| row.value).sum::<f64>(), self.plans());
        if (stock - plans).abs() >= 0.5 {
            found.push(
                Problem::warning("outlook-of-other-plans", "the outlook starts from other plans than the base stock")
                    .example(format!("{stock:.0} against {plans:.0}"))
                    .hint("plans are led to the outlook's numbers: import again, or leave `outlook.csv` out"),
            );
        }
        found
    }
}

/// What follows when a pack has no outlook.
pub const NO_OUTLOOK: &str = "rates of joining, ceasing and moving are held constant at those of the last years: growth beyond that of the population is not foreseen";
