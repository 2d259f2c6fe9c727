//! Results of runs to tables: indicators, comparisons, attribution.
//!
//! In: counts of every run. Out: rows of the result tables.
//! Every breakdown is counted within a run; quantiles are taken across runs, medians never added.
//! A new indicator is an entry of [`Counted`].

mod registry;
mod run_table;
mod table;

pub use registry::{Axis, Counted, Entry, Layout};
pub use run_table::RunTable;
pub use table::{AttributionRow, Cell, ComparisonRow, IndicatorRow, PastRow, Summary};
