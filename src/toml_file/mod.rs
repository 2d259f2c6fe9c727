//! TOML files written by people: every problem found, each at its line and column.
//!
//! In: text. Out: typed tables that remember where each field stands, and findings.
//! Deliberately not here: what the fields mean (`parameters/`, `scenario/`).

mod day;
mod file;
mod placed;
mod read;

pub use day::Day;
pub use file::TomlFile;
pub use placed::Placed;
pub use read::Table;
