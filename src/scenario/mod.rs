//! Scenarios: a question and its dated changes to the baseline.
//!
//! In: TOML files. Out: [`Scenario`], checked and complete.
//! A lever kind is one file in `lever/`; every lever resolves to changes of parameters.

mod change;

pub use change::{Action, Change, Filter, Operation, Scenario};
