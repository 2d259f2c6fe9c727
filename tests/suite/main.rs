//! The integration tests, one module per subject.

mod parameters;
mod scenario_files;
