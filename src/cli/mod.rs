//! The command line: one file per command.

pub mod check;
pub mod explain;
mod explanation;
mod failure;
pub mod render;
pub mod schema;

pub use explanation::{Explanation, FittedRow, FittedTable};
pub use failure::Failure;
