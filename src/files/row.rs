//! One row: cells as text, numbers and counts, with problems at their place.

use csv::StringRecord;

use super::{Column, Problem, Problems};
use crate::domain::Observed;

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    pub(super) header: &'t [String],
    pub(super) record: &'t StringRecord,
}

impl<'t> Row<'t> {
    /// Line of the file, from 1.
    pub fn line(&self) -> usize {
        line_of(self.record)
    }

    /// The cell as text, without space around it.
    pub fn text(&self, column: Column) -> &'t str {
        self.record.get(column.0).unwrap_or_default().trim()
    }

    /// The cell as a number or a symbol. Anything else is a problem and stands as not available.
    pub fn number(&self, column: Column, problems: &mut Problems) -> Observed {
        let cell = self.text(column);
        Observed::parse(cell).unwrap_or_else(|| {
            problems.add(
                self.problem(
                    column,
                    Problem::error(
                        "unknown-symbol",
                        format!(
                            "column `{}` holds neither numbers nor known symbols",
                            self.header[column.0]
                        ),
                    )
                    .hint("known symbols are `z`, `x`, `c`, `*`, `low`, `-` and blank"),
                ),
            );
            Observed::NotAvailable
        })
    }

    /// The cell as a count: a number that is not below zero, or a symbol.
    pub fn count(&self, column: Column, problems: &mut Problems) -> Observed {
        let cell = self.number(column, problems);
        if cell.value().is_some_and(|value| value < 0.0) {
            problems.add(
                self.problem(
                    column,
                    Problem::error(
                        "negative-count",
                        format!("column `{}` holds counts below zero", self.header[column.0]),
                    )
                    .hint("a suppressed count is a symbol such as `c`, never a negative number"),
                ),
            );
            return Observed::NotAvailable;
        }
        cell
    }

    /// A problem at this row's cell, with the cell as its example.
    pub fn problem(&self, column: Column, problem: Problem) -> Problem {
        let example = if problem.example.is_empty() {
            format!("`{}`", self.text(column))
        } else {
            problem.example.clone()
        };
        problem.example(example).at(self.line(), column.0 + 1)
    }
}

/// Line of a record, from 1.
pub(super) fn line_of(record: &StringRecord) -> usize {
    record
        .position()
        .map_or(0, |position| position.line() as usize)
}
