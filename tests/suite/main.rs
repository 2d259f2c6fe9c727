//! The integration tests, one module per subject.

mod inspecting;
mod levers;
mod parameters;
mod scenario_files;
