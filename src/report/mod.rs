//! Results to files that people use: one file per format.
//!
//! In: [`Results`], everything that a finished run has to say. Out: the files of a run folder, the
//! same bytes for the same results.
//! Deliberately not here: statistics (`summarise/`); a format only lays out.
//! A new format is one file and one line of [`Format`].

mod accuracy;
mod chart;
mod csv;
mod effects;
mod failure;
mod figures;
mod format;
mod headlines;
mod html;
mod manifest;
mod money;
mod parquet;
mod read;
mod results;
mod returns;
mod run_log;
mod screen;
mod table;
mod tested;
mod words;
mod write;
mod xlsx;

pub use accuracy::accuracy_chart;
pub use failure::ReportError;
pub use format::Format;
pub use headlines::headlines_as_json;
pub use manifest::sha256;
pub use read::read;
pub use results::{
    ActionRow, AreaRow, FindingRow, InputRow, ParameterRow, RateRow, Results, ScenarioRow,
    SourceRow,
};
pub use run_log::{RunLog, peak_memory_mib};
pub use screen::screen;
pub use words::counted;
pub use write::{render_again, write};
