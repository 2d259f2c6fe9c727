//! Results of runs to tables: indicators, comparisons, attribution.

mod table;

pub use table::{AttributionRow, Cell, ComparisonRow, IndicatorRow, PastRow, Summary};
