//! A table of a pack as CSV, whatever its rows are.

use std::collections::BTreeSet;

use crate::files::{Problem, Problems, Table};
use crate::nearest::nearest;

use super::cells::{Cells, Columns};

/// A row of a table: its columns, and how it is written and read.
pub(super) trait PackRow: Sized {
    /// Columns in order.
    const COLUMNS: &'static Columns;
    /// How many leading columns tell rows apart: they may not occur twice together.
    const KEY: usize;
    /// The cells in the order of the columns.
    fn write(&self) -> Vec<String>;
    /// Reads the cells; `None` when one is wrong.
    fn read(cells: &mut Cells<'_>) -> Option<Self>;
}

/// Rows of one table of a pack.
pub(super) trait Rows {
    /// Whether there are none.
    fn is_empty(&self) -> bool;
    /// The table as CSV.
    fn to_csv(&self) -> Result<Vec<u8>, csv::Error>;
    /// Replaces the rows by those of a file.
    fn read_csv(&mut self, table: &Table, problems: &mut Problems);
}

impl<R: PackRow> Rows for Vec<R> {
    fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    fn to_csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(R::COLUMNS.iter().map(|(name, _)| name))?;
        for row in self {
            writer.write_record(row.write())?;
        }
        writer
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    }

    fn read_csv(&mut self, table: &Table, problems: &mut Problems) {
        self.clear();
        warn_of_unknown_columns(table, R::COLUMNS, problems);
        let Some(columns) = table.column_list(R::COLUMNS, problems) else {
            return;
        };
        let mut seen = BTreeSet::new();
        for row in table.rows() {
            let key: Vec<&str> = columns[..R::KEY].iter().map(|c| row.text(*c)).collect();
            let example = format!("`{}`", key.join(", "));
            if R::KEY > 0 && !seen.insert(key) {
                problems
                    .add(row.problem(columns[0], given_twice(R::COLUMNS, R::KEY).example(example)));
                continue;
            }
            let mut cells = Cells {
                row,
                names: R::COLUMNS,
                columns: &columns,
                problems,
            };
            self.extend(R::read(&mut cells));
        }
    }
}

fn given_twice(columns: &Columns, key: usize) -> Problem {
    let names: Vec<&str> = columns[..key].iter().map(|(name, _)| *name).collect();
    Problem::error(
        "given-twice",
        format!("rows given twice for one {}", names.join(", ")),
    )
    .hint("remove one of the two rows")
}

fn warn_of_unknown_columns(table: &Table, columns: &Columns, problems: &mut Problems) {
    for (index, header) in table.header().iter().enumerate() {
        if columns.iter().any(|(name, _)| name == header) {
            continue;
        }
        let names = columns.iter().map(|(name, _)| *name);
        let problem = Problem::warning("unknown-column", "columns that are not read")
            .example(format!("`{header}`"))
            .at(1, index + 1);
        problems.add(match nearest(header, names) {
            Some(close) => problem.hint(format!("did you mean `{close}`?")),
            None => problem,
        });
    }
}
