//! Reading tables from files, with positions kept and every problem collected.
//!
//! In: CSV files, gzipped or not. Out: [`Table`] and findings.
//! Deliberately not here: what the columns mean (`data/`, `area/`).

mod decode;
mod problems;
mod table;

pub use decode::decode;
pub use problems::{PlacedFinding, Problem, Problems};
pub use table::{Column, Kind, Row, Table, closest};
