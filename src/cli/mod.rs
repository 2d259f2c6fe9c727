//! The command line: one file per command.

pub mod area;
mod args;
pub mod backtest;
pub mod check;
pub mod explain;
mod explanation;
mod failure;
mod import;
pub mod places;
pub mod queue;
mod queue_table;
pub mod render;
mod report;
pub mod run;
pub mod schema;
mod threads;
mod unfelt;
mod usage;
pub mod verify;
pub mod verify_lists;

pub use args::{Cli, Command};
pub use explanation::Explanation;
pub use failure::Failure;
pub use import::{ImportArgs, run_import};
pub use report::{ReportArgs, report};
pub use usage::usage;
