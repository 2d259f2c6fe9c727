//! `sendsim verify`: the queue engine against theory, and Little's law on every list of coupled futures.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::threads::start_threads;
use super::{Failure, render, verify_lists};
use crate::area::AreaPack;
use crate::littles_law::{self, ListRow};
use crate::verification::{Effort, Row, Verdict, verify};

/// Futures and years in which the lists are followed.
const FUTURES: u32 = 4;
const YEARS: usize = 10;

/// Check the queue engine against queueing theory: expected, simulated, standard error, verdict.
///
/// A row holds when the simulated number is within 4 standard errors of the formula's, and the
/// standard error is small enough to tell. Then a few futures of the built-in area: on every list of
/// them the mean number waiting is the people a week times their wait (Little's law), but for dates
/// that are stored rounded. Exit code 2 when a row does not hold.
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
    let lists = on_lists(args.seed)?;
    let text = if args.json {
        let mut checks = as_json(&rows);
        if let Value::Array(checks) = &mut checks {
            checks.extend(verify_lists::as_json(&lists));
        }
        format!("{checks:#}")
    } else {
        let theory = as_table(&rows, args.quiet);
        let lists = verify_lists::as_table(&lists, FUTURES, args.quiet);
        format!("{theory}\n\n{lists}")
    };
    render::result(&text)?;
    let failed = rows.iter().filter(|row| !holds(row)).count();
    let broken = lists.iter().filter(|list| !list.holds()).count();
    match (failed, broken) {
        (0, 0) => Ok(()),
        (0, _) => Err(Failure::Machine {
            message: format!(
                "Little's law does not hold on {broken} of {} lists",
                lists.len()
            ),
            hint: Some("people are lost or counted twice there: report it".to_owned()),
        }),
        _ => Err(Failure::Machine {
            message: format!(
                "{failed} of {} checks against theory do not hold",
                rows.len()
            ),
            hint: Some("try another `--seed`, and report it when they fail again".to_owned()),
        }),
    }
}

/// Little's law on the lists of the built-in area.
fn on_lists(seed: u64) -> Result<Vec<ListRow>, Failure> {
    let failed = |message: String| Failure::Machine {
        message,
        hint: Some("report it: this is a fault of the program".to_owned()),
    };
    let pack = AreaPack::embedded("derby", &mut Vec::new());
    let pack = pack.ok_or_else(|| failed("the built-in area cannot be read".to_owned()))?;
    let lists = littles_law::on_every_list(&pack, (seed, FUTURES, YEARS));
    lists.map_err(|broken| failed(broken.to_string()))
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
