//! Published files in, area packs out.
//!
//! In: the folder of published files, which authorities, and the base year.
//! Out: [`AreaPack`]s with their findings.
//! Deliberately not here: reading (`data/`), fitting base stocks (`fit/`), rates (`estimate/`).
//! A new table of the pack is filled in `pack.rs`.

mod accounts;
mod arrangements;
mod history;
mod neet;
mod pack;
mod people;
mod place_groups;
mod population_error;
mod projection;
mod rebasing;
mod reports;
mod residents;
mod selection;
mod vintage;

use std::path::Path;

use rayon::prelude::*;

pub use selection::Selection;
pub use vintage::{FIRST_BASE_YEAR, Vintage};

use crate::area::AreaPack;
use crate::backtest::PastForecasts;
use crate::data::{self, Edition};
use crate::estimate::Peers;
use crate::finding::{Finding, Severity};
use crate::forecast::{Outlook, Panel};

/// Years ahead that the outlook of a pack reaches: the longest horizon of a study.
const YEARS_AHEAD: usize = 15;

/// One authority as imported.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The pack.
    pub pack: AreaPack,
    /// What was found about it and about the files; the pack holds the same as rows.
    pub findings: Vec<Finding>,
}

/// Builds the packs of the selected authorities as they stood on 1 January of `base_year` (the
/// newest January if `None`). `Err` holds every error when an input cannot be used.
pub fn import(
    source: &Path,
    selection: &Selection,
    base_year: Option<i32>,
) -> Result<Vec<Imported>, Vec<Finding>> {
    import_from(&data::read(source), selection, base_year)
}

/// The same from files already read.
pub fn import_from(
    edition: &Edition,
    selection: &Selection,
    base_year: Option<i32>,
) -> Result<Vec<Imported>, Vec<Finding>> {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let all = edition.findings.iter().map(|(_, finding)| finding);
    let errors: Vec<Finding> = all.filter(is_error).cloned().collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let published = &edition.published;
    let vintage = Vintage::choose(published, base_year).map_err(|finding| vec![finding])?;
    let authorities = selection
        .resolve(published, vintage.base_year)
        .map_err(|finding| vec![finding])?;
    let people = residents::of_all(published, vintage);
    let peers = Peers::estimate(published, &people, vintage.base_year);
    let errors = population_error::population_error(published, vintage.last_estimate(published));
    let panel = Panel::new(published);
    let outlook = Outlook::estimate(&panel, vintage.base_year, YEARS_AHEAD);
    let past = PastForecasts::before(&panel, vintage.base_year);
    let context = pack::Context {
        edition,
        vintage,
        peers: &peers,
        population_error: &errors,
        panel: &panel,
        outlook: &outlook,
        past: &past,
    };
    Ok(authorities
        .par_iter()
        .map(|code| pack::build(&context, *code))
        .collect())
}
