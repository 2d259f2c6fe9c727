//! Results of runs to tables: indicators, comparisons, attribution.
//!
//! In: [`RunTable`], the counts of every run. Out: rows with means, ranges and paired differences.
//! Deliberately not here: files and wording (`report/`).
//! Breakdowns are counted within a run, then summarised over runs: medians are never added.
//! A new indicator is an entry of [`Counted`], a new breakdown one of [`Axis`].

mod attribute;
mod axis;
mod compare;
mod layout;
mod quantiles;
mod registry;
mod run_table;
mod table;

pub use attribute::{INTERACTION, TOTAL, attribute};
pub use axis::Axis;
pub use compare::compare;
pub use layout::Layout;
pub use quantiles::{QUANTILES, p50_and_p90, summarise};
pub use registry::{Counted, Entry, Taken};
pub use run_table::{RunTable, Value};
pub use table::{AttributionRow, Cell, ComparisonRow, IndicatorRow, PastRow, Summary};
