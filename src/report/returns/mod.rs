//! The returns that authorities hand in, laid out as they ask for them.
//!
//! In: [`Results`]. Out: the tables of `returns/`.
//! A new return is one file here, its line in [`write`], and its mapping in `scenarios/returns/`.

mod dsg_plan;
mod lsrp;
mod lsrp_assumptions;
mod mapping;
mod scap;

use std::path::Path;

use super::{ReportError, Results};

/// Writes every table into `returns/` of a run folder.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let dir = dir.join("returns");
    std::fs::create_dir_all(&dir).map_err(|error| ReportError::write(&dir, &error))?;
    scap::write(results, &dir)?;
    dsg_plan::write(results, &dir)?;
    lsrp::write(results, &dir)?;
    lsrp_assumptions::write(results, &dir)
}
