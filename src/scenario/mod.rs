//! Scenarios: a question and its dated changes to the baseline.
//!
//! In: TOML files. Out: [`Scenario`], checked and complete.
//! Deliberately not here: what a change does to a simulated child (`simulate/`).
//! A lever kind is one file in `lever/`; every lever resolves to changes of parameters.

mod ages;
mod cells;
mod change;
mod code;
mod context;
mod embedded;
mod file;
pub mod lever;
mod load;
mod order;
mod plain_change;
mod resolve;
mod schema;
mod size;

pub use change::{Action, Change, Filter, Operation, Scenario};
pub use embedded::embedded;
pub use load::{load, load_all};
pub use resolve::read;
pub use schema::schema;
