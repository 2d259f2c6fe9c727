//! Integration tests: one module per part of the pipeline.

mod report_files;
mod results;
