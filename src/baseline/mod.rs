//! An area pack to starting people and draws of rates.
//!
//! In: the tables of a pack and the parameters. Out: [`Baseline`]: who lives in the area on the
//! base date, and the rates of any draw (posterior of counts pooled with England's).
//! Deliberately not here: scenarios, time within a year, events.
//! A new process is a file here with a fit, a draw and its table in `Rates`.

mod base;
mod course;
mod evidence;
mod joining;
mod latent;
mod leaving;
mod people;
mod places;
mod population;
mod posterior;
mod process;
mod recode;
mod settings;
mod stocks;
mod support;
mod wanted;

pub use base::{Baseline, Inputs};
pub use population::PopulationError;
pub use posterior::Draw;
