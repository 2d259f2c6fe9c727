//! The command line: one file per command.

mod failure;

pub use failure::Failure;
