//! The command line as typed.

use clap::{Parser, Subcommand};

use super::backtest::BacktestArgs;
use super::check::CheckArgs;
use super::explain::ExplainArgs;
use super::places::PlacesArgs;
use super::queue::QueueArgs;
use super::run::RunArgs;
use super::schema::SchemaArgs;
use super::verify::VerifyArgs;
use super::{
    Failure, ImportArgs, ReportArgs, backtest, check, explain, places, queue, report, run,
    run_import, schema, verify,
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
    /// Waits at one service, and the capacity that meets a target
    Queue(QueueArgs),
    /// Explain one parameter: value, range, source
    Explain(ExplainArgs),
    /// Render the reports again from a finished run
    Report(ReportArgs),
    /// Check the queue engine against queueing theory
    Verify(VerifyArgs),
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
            Self::Queue(args) => queue::run(args),
            Self::Explain(args) => explain::run(args),
            Self::Report(args) => report(args),
            Self::Verify(args) => verify::run(args),
            Self::Schema(args) => schema::run(args),
        }
    }
}
