//! Parameters: what a scenario can change, and the passports of every number.
//!
//! In: the TOML files of `scenarios/baseline/`. Out: values by path, with unit, range and source.
//! Deliberately not here: values fitted to an area's tables (`baseline/`).

mod load;
mod parameter;
mod passport;
mod passport_file;
mod set;
mod uncertain;

pub use parameter::{Dimension, Kind, Parameter};
pub use passport::{DatedValue, Passport, Source};
pub use set::ParameterSet;
pub use uncertain::Uncertain;
