//! The command line as typed.

use clap::{Parser, Subcommand};

use super::backtest::BacktestArgs;
use super::check::CheckArgs;
use super::explain::ExplainArgs;
use super::places::PlacesArgs;
use super::run::RunArgs;
use super::schema::SchemaArgs;
use super::{
    Failure, ImportArgs, ReportArgs, backtest, check, explain, places, report, run, run_import,
    schema,
};

/// Joint commissioning simulator for 0-25s with special educational needs and disabilities.
#[derive(Debug, Parser)]
#[command(name = "sendsim", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The main job: simulate, compare, write reports
    Run(RunArgs),
    /// How many places are needed for a chosen chance that there are enough
    Places(PlacesArgs),
    /// Build area packs from published files
    Import(ImportArgs),
    /// Test the forecasts on every authority against what came
    Backtest(BacktestArgs),
    /// Check scenarios and area packs: every problem at once
    Check(CheckArgs),
    /// Explain one parameter: value, range, source
    Explain(ExplainArgs),
    /// Render the reports again from a finished run
    Report(ReportArgs),
    /// Print the JSON Schema of scenario files
    Schema(SchemaArgs),
}

impl Command {
    /// Carries the command out.
    pub fn carry_out(&self) -> Result<(), Failure> {
        match self {
            Self::Run(args) => run::run(args),
            Self::Places(args) => places::run(args),
            Self::Import(args) => run_import(args, &mut std::io::stderr()),
            Self::Backtest(args) => backtest::run(args),
            Self::Check(args) => check::run(args),
            Self::Explain(args) => explain::run(args),
            Self::Report(args) => report(args),
            Self::Schema(args) => schema::run(args),
        }
    }
}
