//! Results of runs to tables: indicators, comparisons, attribution.

mod run_table;
mod table;

pub use run_table::RunTable;
pub use table::{AttributionRow, Cell, ComparisonRow, IndicatorRow, PastRow, Summary};
