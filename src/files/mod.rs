//! Files and folders: read with positions and every problem collected, written whole or not at all.
//!
//! In: CSV files, gzipped or not; folders to fill. Out: [`Table`] and findings; whole folders.
//! Deliberately not here: what the columns mean (`data/`, `area/`, `report/`).

mod decode;
mod folder;
mod interrupt;
mod kind;
mod problems;
mod row;
mod table;
mod whole_file;

pub use decode::decode;
pub use folder::{FolderError, Target, write_whole};
pub use kind::Kind;
pub use problems::{PlacedFinding, Problem, Problems};
pub use row::Row;
pub use table::{Column, Table};
pub use whole_file::write_file;
