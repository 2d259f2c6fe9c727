//! Published files to typed facts and findings.
//!
//! In: the folder of published files listed in [`catalogue`]. Out: [`facts::Published`] for all
//! authorities and England, and every problem found.
//! Deliberately not here: anything fitted, filled in or projected (`fit/`, `import/`).
//! A new publication is one file here, one line in `catalogue.csv` and one in [`read`].

pub mod alternative_provision;
pub mod arrangements;
pub mod catalogue;
pub mod facts;

mod age_labels;
mod appeals;
mod check;
mod ees;
mod ehc_plans_2025;
mod ehc_plans_before_2023;
mod exclusions;
mod high_needs;
mod known_breaks;
mod local_authority_tool;
mod lookups;
mod measures;
mod needs_and_reasons;
mod nhs_waits;
mod placements;
mod plan_process;
mod population;
mod problem;
mod read;
mod school_census;
mod source;
mod special_schools;

pub use known_breaks::{KnownBreak, known_breaks};
pub use nhs_waits::board_key;
pub use read::{Edition, read};
