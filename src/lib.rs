//! sendsim: a joint commissioning simulator for 0-25s with special educational needs and
//! disabilities in English local areas.

pub mod adulthood;
pub mod alternative_provision;
pub mod area;
pub mod arrangements;
pub mod backtest;
pub mod baseline;
pub mod cli;
pub mod data;
pub mod domain;
pub mod ehc_process;
pub mod estimate;
pub mod exclusions;
pub mod files;
pub mod finding;
pub mod fit;
pub mod forecast;
pub mod guide;
pub mod health_visiting;
pub mod import;
pub mod money;
pub mod nearest;
pub mod parameters;
pub mod queue;
pub mod random;
pub mod report;
pub mod scenario;
pub mod school_basis;
pub mod services;
pub mod simulate;
pub mod study;
pub mod summarise;
pub mod timeliness;
pub mod toml_file;
pub mod verification;
pub mod waiting_list;
