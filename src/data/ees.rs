//! The identifier columns that all DfE open-data files share.

use crate::domain::{AuthorityCode, Place};
use crate::files::{Column, Kind, Problem, Problems, Row, Table};

/// Columns `time_period`, `geographic_level` and `old_la_code` of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identifiers {
    period: Column,
    level: Column,
    code: Column,
}

impl Identifiers {
    pub(super) fn find(table: &Table, problems: &mut Problems) -> Option<Self> {
        let [period, level, code] = table.columns(
            [
                ("time_period", Kind::Period),
                ("geographic_level", Kind::Text),
                ("old_la_code", Kind::Number),
            ],
            problems,
        )?;
        Some(Self {
            period,
            level,
            code,
        })
    }

    /// England or the authority of a row; `None` for regions, which are computed, not read.
    pub(super) fn place(&self, row: &Row<'_>, problems: &mut Problems) -> Option<Place> {
        match row.text(self.level) {
            "National" => Some(Place::England),
            "Local authority" => {
                let code = authority_code(row.text(self.code));
                if code.is_none() {
                    problems.add(row.problem(
                        self.code,
                        Problem::error("unknown-code", "not a three-digit DfE code"),
                    ));
                }
                code.map(Place::Authority)
            }
            "Regional" => None,
            _ => {
                problems.add(
                    row.problem(
                        self.level,
                        Problem::error("unknown-level", "unknown geographic level")
                            .hint("known levels are `National`, `Regional` and `Local authority`"),
                    ),
                );
                None
            }
        }
    }

    /// The January of a stock: `202425` and `2025` are January 2025.
    pub(super) fn january(&self, row: &Row<'_>, problems: &mut Problems) -> Option<i32> {
        let year = self.period(row, problems)?;
        Some(if is_academic(row.text(self.period)) {
            year + 1
        } else {
            year
        })
    }

    /// The calendar year of a flow: `2024` is 2024, and so is `202425`.
    pub(super) fn calendar_year(&self, row: &Row<'_>, problems: &mut Problems) -> Option<i32> {
        self.period(row, problems)
    }

    fn period(&self, row: &Row<'_>, problems: &mut Problems) -> Option<i32> {
        let year = first_year(row.text(self.period));
        if year.is_none() {
            problems.add(
                row.problem(
                    self.period,
                    Problem::error("unknown-period", "not a year or period")
                        .hint("expected for example `2024` or `202425`"),
                ),
            );
        }
        year
    }
}

/// First year of `2024`, `202425`, `2024/25` or `2024-25`.
pub(super) fn first_year(period: &str) -> Option<i32> {
    let year = period.get(..4)?.parse().ok()?;
    (1990..=2100).contains(&year).then_some(year)
}

fn is_academic(period: &str) -> bool {
    period.len() == 6
}

/// A DfE code, also when a spreadsheet turned it into `831.0`.
pub(super) fn authority_code(text: &str) -> Option<AuthorityCode> {
    let code: u16 = text.trim_end_matches(".0").parse().ok()?;
    (100..=999).contains(&code).then_some(AuthorityCode(code))
}
