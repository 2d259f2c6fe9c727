//! `localities.csv`: services that are kept by locality. It is an area's own; nobody publishes it.

use std::collections::BTreeSet;

use crate::files::Kind::{Any, Number, Text};
use crate::files::Problem;
use crate::parameters::ParameterSet;

use super::AreaPack;
use super::cells::{Cells, Columns};
use super::table::PackRow;

/// Shares that are rounded to thousandths still add up to 1.
const ROUNDING: f64 = 0.005;
/// The line below the header.
const FIRST_LINE: usize = 2;
/// Longest wait that a row can state [weeks].
const MOST_WEEKS: f64 = 520.0;
/// Column of the children's share in the table, from 1; the posts' share is the next.
const CHILDREN_COLUMN: usize = 4;

/// One locality of one service: its part of the children and of the posts.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalityRow {
    /// The service, by its name in parameters.
    pub service: String,
    /// Name of the locality in scenarios.
    pub locality: String,
    /// Name in results.
    pub label: String,
    /// Share of the service's children who live there.
    pub children_share: f64,
    /// Share of its posts, or of its budget.
    pub posts_share: f64,
    /// Weeks that the first on its list has waited on the base date; as in the service where it is
    /// not known.
    pub list_weeks: Option<f64>,
}

impl PackRow for LocalityRow {
    const COLUMNS: &'static Columns = &[
        ("service", Text),
        ("locality", Text),
        ("label", Text),
        ("children_share", Number),
        ("posts_share", Number),
        ("list_weeks", Any),
    ];
    const KEY: usize = 2;

    fn write(&self) -> Vec<String> {
        vec![
            self.service.clone(),
            self.locality.clone(),
            self.label.clone(),
            self.children_share.to_string(),
            self.posts_share.to_string(),
            self.list_weeks
                .map_or_else(String::new, |weeks| weeks.to_string()),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let known = known_services();
        let service = cells.coded(
            "service",
            |code| known.contains(&code).then(|| code.to_owned()),
            &known,
        );
        let locality = name(cells);
        let label = label(cells);
        let children_share = share(cells, "children_share");
        let posts_share = share(cells, "posts_share");
        let list_weeks = cells.optional("list_weeks", |cells, column| weeks(cells, column));
        Some(Self {
            service: service?,
            locality: locality?,
            label: label?,
            children_share: children_share?,
            posts_share: posts_share?,
            list_weeks: list_weeks.ok()?,
        })
    }
}

/// Services that follow the children of a future: those whose passports say how many come.
fn known_services() -> Vec<&'static str> {
    let passports = ParameterSet::embedded().iter();
    passports
        .filter_map(|passport| passport.path.strip_prefix("services.come."))
        .collect()
}

fn name(cells: &mut Cells<'_>) -> Option<String> {
    let name = cells.text("locality");
    let plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if name.is_empty() || !name.chars().all(plain) {
        let what = "column `locality` should hold short names, as scenarios write them";
        let hint = "small letters, digits and hyphens, such as `north-west`; its name in results is the `label`";
        cells.wrong("locality", Problem::error("wrong-name", what).hint(hint));
        return None;
    }
    Some(name)
}

fn label(cells: &mut Cells<'_>) -> Option<String> {
    let label = cells.text("label");
    if label.is_empty() {
        let what = "column `label` should hold the name of the locality in results";
        cells.wrong("label", Problem::error("no-label", what));
        return None;
    }
    Some(label)
}

fn share(cells: &mut Cells<'_>, column: &str) -> Option<f64> {
    let share = cells.number(column)?;
    if share <= 0.0 || share >= 1.0 {
        let what = format!("column `{column}` should hold shares above 0 and below 1");
        let hint =
            "0.25 is a quarter; a locality without children or without posts is not one of its own";
        cells.wrong(column, Problem::error("not-a-share", what).hint(hint));
        return None;
    }
    Some(share)
}

fn weeks(cells: &mut Cells<'_>, column: &str) -> Option<f64> {
    let weeks = cells.amount(column)?;
    if weeks > MOST_WEEKS {
        let what = format!("column `{column}` holds waits of more than {MOST_WEEKS} weeks");
        cells.wrong(column, Problem::error("out-of-range", what));
        return None;
    }
    Some(weeks)
}

impl AreaPack {
    /// The localities of a service must be told apart, and their shares add up to 1.
    pub(super) fn wrong_localities(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut told = BTreeSet::new();
        for (at, row) in self.localities.iter().enumerate() {
            let same = |other: &&LocalityRow| other.service == row.service;
            if let Some(twice) = self.localities[..at]
                .iter()
                .filter(same)
                .find(|other| other.label == row.label)
            {
                let what = "localities of one service with the same label";
                found.push(
                    Problem::error("given-twice", what)
                        .example(format!("`{}` and `{}`", twice.locality, row.locality))
                        .hint("results would not tell them apart")
                        .at(at + FIRST_LINE, CHILDREN_COLUMN - 1),
                );
            }
            if !told.insert(row.service.as_str()) {
                continue;
            }
            let of_service = || self.localities.iter().filter(same);
            let sums = [
                (
                    "children_share",
                    of_service().map(|row| row.children_share).sum::<f64>(),
                ),
                ("posts_share", of_service().map(|row| row.posts_share).sum()),
            ];
            for (number, (column, sum)) in sums.into_iter().enumerate() {
                if (sum - 1.0).abs() <= ROUNDING {
                    continue;
                }
                let what = format!(
                    "column `{column}` does not add up to 1 over the localities of a service"
                );
                found.push(
                    Problem::error("shares-differ", what)
                        .example(format!("`{}` {sum:.3}", row.service))
                        .hint("every child lives in one locality, and every post is in one")
                        .at(at + FIRST_LINE, CHILDREN_COLUMN + number),
                );
            }
        }
        found
    }
}
