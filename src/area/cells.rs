//! Typed cells of one row of a pack's table, with every problem of the row collected.

use crate::domain::{Basis, Date, OLDEST_AGE, Observed, PrimaryNeed, Setting, Sex};
use crate::files::{Column, Kind, Problem, Problems, Row};
use crate::nearest::did_you_mean;

use super::{Breakdown, breakdown};

/// Larger than any count or sum of money of one authority.
const LARGEST: f64 = 1e10;

/// Columns of a table: name, and what the cells are.
pub(super) type Columns = [(&'static str, Kind)];

/// How to mend a number below zero.
const NOT_NEGATIVE: &str = "0 is none; a row that is not known is left out";

/// A cell that is not blank and cannot be read; its problem is collected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unreadable;

/// One row being read. A cell that cannot be read is a problem and `None`; a row asks for all its
/// cells before it gives up, so that all its problems are found.
pub(super) struct Cells<'a> {
    pub(super) row: Row<'a>,
    pub(super) names: &'static Columns,
    pub(super) columns: &'a [Column],
    pub(super) problems: &'a mut Problems,
}

impl<'a> Cells<'a> {
    fn column(&self, name: &str) -> Column {
        let position = self.names.iter().position(|(column, _)| *column == name);
        // A row type asks for the columns that it declares; a test writes and reads every table.
        self.columns[position.unwrap_or_default()]
    }

    fn cell(&self, name: &str) -> &'a str {
        self.row.text(self.column(name))
    }

    pub(super) fn wrong(&mut self, name: &str, problem: Problem) {
        let problem = self.row.problem(self.column(name), problem);
        self.problems.add(problem);
    }

    pub(super) fn text(&mut self, name: &str) -> String {
        self.cell(name).to_owned()
    }

    pub(super) fn year(&mut self, name: &str) -> Option<i32> {
        let year = self
            .cell(name)
            .parse()
            .ok()
            .filter(|y| (1990..=2100).contains(y));
        if year.is_none() {
            self.wrong(
                name,
                Problem::error("not-a-year", format!("column `{name}` should hold years"))
                    .hint("four digits, 1990 to 2100"),
            );
        }
        year
    }

    pub(super) fn age(&mut self, name: &str) -> Option<u8> {
        let age = self
            .cell(name)
            .parse()
            .ok()
            .filter(|age| *age <= OLDEST_AGE);
        if age.is_none() {
            let what = format!("column `{name}` should hold whole ages from 0 to {OLDEST_AGE}");
            self.wrong(
                name,
                Problem::error("not-an-age", what).hint("the age on 31 August before"),
            );
        }
        age
    }

    /// A day written as 2026-09-01.
    pub(super) fn date(&mut self, name: &str) -> Option<Date> {
        let date = self.cell(name).parse().ok();
        if date.is_none() {
            let what = format!("column `{name}` should hold dates such as 2026-09-01");
            self.wrong(name, Problem::error("not-a-date", what));
        }
        date
    }

    /// A count of whole children.
    pub(super) fn whole(&mut self, name: &str) -> Option<u32> {
        let cell = self.cell(name);
        let count = cell.parse().ok();
        if count.is_none() {
            let negative = cell.parse::<f64>().is_ok_and(|number| number < 0.0);
            let check = if negative {
                "negative-count"
            } else {
                "not-a-count"
            };
            let what = format!("column `{name}` should hold whole counts, not below zero");
            self.wrong(name, Problem::error(check, what).hint(NOT_NEGATIVE));
        }
        count
    }

    fn finite(&mut self, name: &str) -> Option<f64> {
        let number = self
            .cell(name)
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.wrong(
                name,
                Problem::error(
                    "not-a-number",
                    format!("column `{name}` should hold numbers"),
                )
                .hint("digits with a point, and no thousands separator or unit"),
            );
        }
        number
    }

    /// A number that may be below zero.
    pub(super) fn number(&mut self, name: &str) -> Option<f64> {
        let number = self.finite(name)?;
        if number.abs() > LARGEST {
            let what =
                format!("column `{name}` holds numbers beyond anything in an English authority");
            self.wrong(name, Problem::error("out-of-range", what));
            return None;
        }
        Some(number)
    }

    /// A number that is not below zero.
    pub(super) fn amount(&mut self, name: &str) -> Option<f64> {
        let number = self.number(name)?;
        if number < 0.0 {
            let what = format!("column `{name}` holds amounts below zero");
            self.wrong(
                name,
                Problem::error("negative-count", what).hint(NOT_NEGATIVE),
            );
            return None;
        }
        Some(number)
    }

    /// A number or a published symbol.
    pub(super) fn observed(&mut self, name: &str) -> Observed {
        self.row.number(self.column(name), self.problems)
    }

    pub(super) fn basis(&mut self, name: &str) -> Option<Basis> {
        const ALL: [Basis; 5] = [
            Basis::Published,
            Basis::Derived,
            Basis::Local,
            Basis::Expert,
            Basis::Assumption,
        ];
        let read = |code: &str| ALL.into_iter().find(|basis| basis.code() == code);
        self.coded(name, read, &ALL.map(Basis::code))
    }

    pub(super) fn sex(&mut self, name: &str) -> Option<Sex> {
        self.coded(name, Sex::from_label, &Sex::ALL.map(Sex::label))
    }

    pub(super) fn need(&mut self, name: &str) -> Option<PrimaryNeed> {
        self.coded(
            name,
            PrimaryNeed::from_code,
            &PrimaryNeed::ALL.map(PrimaryNeed::code),
        )
    }

    pub(super) fn setting(&mut self, name: &str) -> Option<Setting> {
        self.coded(name, Setting::from_code, &Setting::ALL.map(Setting::code))
    }

    /// A code of a list. An unknown one is a problem, with the closest code as hint.
    pub(super) fn coded<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
        codes: &[&str],
    ) -> Option<T> {
        let cell = self.cell(name);
        let found = read(cell);
        if found.is_none() {
            let what = format!("unknown codes in column `{name}`");
            self.wrong(
                name,
                Problem::error("unknown-code", what).hint(did_you_mean(
                    cell,
                    "expected one of",
                    codes.iter().copied(),
                )),
            );
        }
        found
    }

    /// A value that may be blank.
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Result<Option<T>, Unreadable> {
        if self.cell(name).is_empty() {
            return Ok(None);
        }
        read(self, name).map(Some).ok_or(Unreadable)
    }

    pub(super) fn breakdown(&mut self, [name, group]: [&str; 2]) -> Option<Breakdown> {
        let (breakdown_cell, group_cell) = (self.cell(name), self.cell(group));
        match Breakdown::from_cells(breakdown_cell, group_cell) {
            Ok(breakdown) => Some(breakdown),
            Err(codes) => {
                let known = breakdown::NAMES.contains(&breakdown_cell);
                let (at, cell) = if known {
                    (group, group_cell)
                } else {
                    (name, breakdown_cell)
                };
                let what = format!("unknown codes in column `{at}`");
                self.wrong(
                    at,
                    Problem::error("unknown-code", what).hint(did_you_mean(
                        cell,
                        "expected one of",
                        codes,
                    )),
                );
                None
            }
        }
    }
}
