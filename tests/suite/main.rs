//! Integration tests: one module per subject.

mod base_stock;
mod levers;
mod parameters;
mod report_files;
mod results;
mod scenario_files;
