//! The command line: one file per command.

mod failure;
mod report;

pub use failure::Failure;
pub use report::{ReportArgs, report};
