//! Integration tests: one module per subject.

mod area_packs;
mod base_stock;
mod cli;
mod course;
mod errors;
mod futures;
mod hand_projection;
mod ingest;
mod inspecting;
mod levers;
mod money;
mod parameters;
mod places;
mod program;
mod published_folder;
mod queue_engine;
mod queue_properties;
mod report_files;
mod results;
mod scenario_files;
mod sen_support;
mod shadow;
mod synthetic;
mod tidy;
mod waiting_lists;
