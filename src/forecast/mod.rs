//! Forecasts of plans by age band for every authority, from all authorities together.
//!
//! In: the published series of every authority, up to an origin. Out: draws of plans by age band
//! on each later 1 January, and of the joining and retention rates behind them.
//! Deliberately not here: single children, needs and settings (`simulate`), scores (`backtest`).
//! A new part of the course (a shock, a level) is a field of [`NationalPath`] or [`LocalPath`] and a
//! line of the method page.

mod alike;
mod area_outlook;
mod draws;
mod filter;
mod history;
mod local;
mod minimise;
mod national;
mod outlook;
mod panel;
mod population;
mod requests;
mod settings;
mod tilt;
mod wandering;
mod year_flows;

pub use area_outlook::{AreaOutlook, BandCourse};
pub use draws::Draws;
pub use filter::LocalParameters;
pub use local::{LocalCourse, LocalPath};
pub use national::{NationalCourse, NationalPath};
pub use outlook::{Outlook, forecast};
pub use panel::{BANDS, ByBand, FIRST_JANUARY, LAST_JANUARY, Member, Panel, Place};
pub use wandering::Wandering;
