//! A walk-forward test: forecasts of every authority from earlier years, scored against what came.
//!
//! In: the published series of every authority. Out: forecasts of our method and of named baselines
//! from each origin, and their scores.
//! Deliberately not here: the forecasting method itself (`forecast`), which sees nothing after the
//! origin.
//! A new baseline is a function in `baselines.rs`, a [`Method`] and its line in `walk.rs`.

mod baselines;
mod files;
mod flows;
mod of_area;
mod predictive;
mod record;
mod score;
mod scored;
mod single_age;
mod walk;
pub mod words;

pub use files::Tested;
pub use of_area::PastForecasts;
pub use predictive::{LEVELS, Outcome, Predictive};
pub use record::{Forecast, Measure, Method};
pub use score::{Coverage, INTERVALS, PIT_BINS, Score, ScoreKey, Size, scores};
pub use scored::Scored;
pub use single_age::SingleAge;
pub use walk::{Walk, walk};

/// First January that a forecast can start from: it needs four years of history.
pub const FIRST_ORIGIN: i32 = crate::forecast::FIRST_JANUARY + 4;
