//! The integration tests, one module per subject.

mod levers;
mod parameters;
mod scenario_files;
