//! `sendsim verify`: the queue engine against theory.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::threads::start_threads;
use super::{Failure, render};
use crate::verification::{Effort, Row, Verdict, verify};

/// Check the queue engine against queueing theory: expected, simulated, standard error, verdict.
///
/// A row holds when the simulated number is within 4 standard errors of the formula's, and the
/// standard error is small enough to tell. Exit code 2 when one does not.
#[derive(Debug, Clone, clap::Args)]
pub struct VerifyArgs {
    /// Simulated runs of each model at each load
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(50..=10_000))]
    pub runs: u32,
    /// Seed of every draw: the same seed gives the same table
    #[arg(long, value_name = "N", default_value_t = 20_260_901)]
    pub seed: u64,
    /// Threads; all cores if not given. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print only what does not hold, and the last line
    #[arg(long)]
    pub quiet: bool,
}

/// Simulates, prints the table; fails when a row does not hold.
pub fn run(args: &VerifyArgs) -> Result<(), Failure> {
    start_threads(args.threads)?;
    let rows = verify(&Effort {
        runs: args.runs,
        seed: args.seed,
        ..Effort::default()
    });
    let text = if args.json {
        format!("{:#}", as_json(&rows))
    } else {
        as_table(&rows, args.quiet)
    };
    render::result(&text)?;
    match rows.iter().filter(|row| !holds(row)).count() {
        0 => Ok(()),
        failed => Err(Failure::Machine {
            message: format!(
                "{failed} of {} checks against theory do not hold",
                rows.len()
            ),
            hint: Some("try another `--seed`, and report it when they fail again".to_owned()),
        }),
    }
}

fn holds(row: &Row) -> bool {
    row.verdict() == Verdict::Holds
}

/// The table, and a line that counts.
pub fn as_table(rows: &[Row], only_failures: bool) -> String {
    let width = |text: fn(&Row) -> &str| {
        let lengths = rows.iter().map(|row| text(row).chars().count());
        lengths.max().unwrap_or(0)
    };
    let (model, measure) = (width(|row| &row.model), width(|row| &row.measure));
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:model$}  {:measure$}  load    expected   simulated  std error      z  verdict",
        "model", "measure"
    );
    for row in rows.iter().filter(|row| !only_failures || !holds(row)) {
        let load = row.load.map_or("-".to_owned(), |load| format!("{load:.2}"));
        let _ = writeln!(
            text,
            "{:model$}  {:measure$}  {load:>4}  {:>10.5}  {:>10.5}  {:>9.5}  {:>5.2}  {}",
            row.model,
            row.measure,
            row.expected,
            row.simulated,
            row.standard_error,
            row.z(),
            row.verdict().word()
        );
    }
    let held = rows.iter().filter(|row| holds(row)).count();
    let _ = write!(text, "{held} of {} checks hold", rows.len());
    text
}

/// The table for programs.
pub fn as_json(rows: &[Row]) -> Value {
    let checks: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "name": format!("{}: {}", row.model, row.measure),
                "model": row.model,
                "measure": row.measure,
                "load": row.load,
                "expected": row.expected,
                "simulated": row.simulated,
                "standard_error": row.standard_error,
                "z": row.z(),
                "verdict": row.verdict().word().to_lowercase(),
            })
        })
        .collect();
    json!(checks)
}
