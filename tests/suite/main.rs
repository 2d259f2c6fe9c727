//! Integration tests: one module per subject.

mod inspecting;
mod levers;
mod parameters;
mod report_files;
mod results;
mod scenario_files;
mod synthetic;
