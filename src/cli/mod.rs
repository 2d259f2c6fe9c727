//! The command line: one file per command.

mod failure;
mod import;

pub use failure::Failure;
pub use import::{ImportArgs, run_import};
