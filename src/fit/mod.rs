//! Base stocks: whole children with EHC plans and on SEN support at the base date.
//!
//! In: published facts of one authority and of England. Out: rows of the area pack, and how far
//! they stand from every published margin.
//! Deliberately not here: flows and rates (estimated elsewhere), reading of files.
//! A new margin goes into `margins.rs`; nothing else changes.

pub mod ipf;
pub mod rounding;
pub mod transport;

mod cells;
mod layers;
mod margins;
mod plan_findings;
mod plans;
mod recording_breaks;
mod residuals;
mod sen_support;
mod sexes;
mod shape;
mod support_findings;
mod support_levels;
mod support_needs;
mod whole;

pub use plans::{UNDER_3_SHARES, base_plans};
pub use residuals::plan_residuals;
pub use sen_support::{SenSupportFit, base_sen_support};
