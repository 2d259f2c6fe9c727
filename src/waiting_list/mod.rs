//! One service on its own: waits, and the capacity that meets a target.
//!
//! In: a [`Question`]. Out: an [`Answer`] with Monte Carlo errors, and the [`ClosedForm`] where
//! theory has one.
//! Deliberately not here: the command line and its tables, and services that depend on each other.

mod answer;
mod closed_form;
mod course;
mod estimate;
mod long_run;
mod needed;
mod question;
mod run_figures;

pub use answer::{Answer, ListAt, Method, answer};
pub use closed_form::ClosedForm;
pub use estimate::Estimate;
pub use needed::Needed;
pub use question::Question;
