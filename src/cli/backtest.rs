//! `sendsim backtest`: the forecasts tested on every authority.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};

use super::threads::start_threads;
use super::{Failure, render};
use crate::backtest::{
    FIRST_ORIGIN, Measure, Method, Score, ScoreKey, Scored, SingleAge, Tested, Walk, scores, walk,
    words,
};
use crate::data::{self, Edition};
use crate::files::Target;
use crate::finding::{Finding, Severity};
use crate::forecast::{LAST_JANUARY, Panel};
use crate::import::{Selection, import_from};
use crate::report::accuracy_chart;
use crate::study::single_ages;

/// January from which plans by single age are simulated: the first published by single age with
/// a year after it.
const SINGLE_AGE_ORIGIN: i32 = 2024;

/// Runs of each authority by single age.
const SINGLE_AGE_RUNS: u32 = 100;

/// Test the forecasts on every authority: forecast from earlier years, and score against what came.
#[derive(Debug, Clone, clap::Args)]
pub struct BacktestArgs {
    /// Folder of published files.
    #[arg(long, value_name = "DIR")]
    pub source: PathBuf,
    /// Januaries that forecasts start from.
    #[arg(long, value_name = "YEAR", value_delimiter = ',', default_values_t = [2019, 2020, 2021, 2022])]
    pub origins: Vec<i32>,
    /// Years ahead.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=10))]
    pub horizon: u32,
    /// Authorities to write forecasts of, by GSS code; all if not given. Scores are always over all
    #[arg(long, value_name = "CODE", num_args = 1..)]
    pub la: Vec<String>,
    /// Folder to write; only the table is printed if not given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Draws of each forecast
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(50..=20_000))]
    pub runs: u32,
    /// Seed of every draw: the same seed gives the same files
    #[arg(long, value_name = "N", default_value_t = 20_260_901)]
    pub seed: u64,
    /// Threads; all cores if not given. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: Option<u32>,
    /// Replace the folder if it exists
    #[arg(long)]
    pub force: bool,
    /// No progress and no table
    #[arg(long)]
    pub quiet: bool,
    /// Print the scores as JSON instead of the table
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub fn run(args: &BacktestArgs) -> Result<(), Failure> {
    start_threads(args.threads)?;
    let origins = origins(&args.origins)?;
    let target = args
        .out
        .as_ref()
        .map(|out| Target::reserve(out, args.force))
        .transpose()?;
    let edition = data::read(&args.source);
    let findings: Vec<Finding> = edition.findings.iter().map(|(_, f)| f.clone()).collect();
    if findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        return Err(Failure::Input(findings));
    }
    let panel = Panel::new(&edition.published);
    let only = codes(&args.la, &panel)?;
    let authorities = Scored::of(&panel);
    let with_ages = origins.contains(&SINGLE_AGE_ORIGIN);
    let bar = progress_bar(origins.len() as u64 + u64::from(with_ages), args.quiet);
    let walked = Walk {
        origins,
        horizons: args.horizon as usize,
        draws: args.runs as usize,
        seed: args.seed,
    };
    let forecasts = walk(&panel, &authorities, &walked, &|| bar.inc(1));
    let single_ages = if with_ages {
        by_single_age(&edition, args.seed)?
    } else {
        Vec::new()
    };
    bar.finish_and_clear();
    let sizes: BTreeMap<i32, Vec<_>> = walked
        .origins
        .iter()
        .map(|&origin| (origin, authorities.sizes(&panel, origin)))
        .collect();
    let scores = scores(&forecasts, |member, origin| sizes.get(&origin)?[member]);
    if let Some(target) = target {
        let tested = Tested {
            panel: &panel,
            forecasts: &forecasts,
            scores: &scores,
            only: &only,
            single_ages: &single_ages,
        };
        target.fill(|dir| -> Result<(), Failure> {
            tested.write(dir).map_err(|error| unwritten(&error))?;
            let chart = dir.join("accuracy.svg");
            std::fs::write(chart, accuracy_chart(&scores)).map_err(|error| unwritten(&error))
        })?;
    }
    match (args.json, args.quiet) {
        (true, _) => render::result(&json(&scores)),
        (false, true) => Ok(()),
        (false, false) => render::result(&printed(&scores, &walked, &authorities, &single_ages)),
    }
}

/// The origins in order, each once.
fn origins(wanted: &[i32]) -> Result<Vec<i32>, Failure> {
    for origin in wanted {
        if !(FIRST_ORIGIN..=LAST_JANUARY).contains(origin) {
            return Err(Failure::input(
                "unknown-origin",
                format!("no forecast can start from January {origin}"),
                Some(format!(
                    "give years from {FIRST_ORIGIN} to {LAST_JANUARY} to `--origins`"
                )),
            ));
        }
    }
    let mut origins = wanted.to_vec();
    origins.sort_unstable();
    origins.dedup();
    Ok(origins)
}

/// GSS codes of the named authorities.
fn codes(wanted: &[String], panel: &Panel) -> Result<Vec<String>, Failure> {
    let of = |wanted: &String| {
        let is_it = |m: &&crate::forecast::Member| {
            m.gss == *wanted || m.name == *wanted || m.code.to_string() == *wanted
        };
        panel
            .members
            .iter()
            .find(is_it)
            .map(|member| member.gss.clone())
            .ok_or_else(|| {
                Failure::input(
                    "unknown-authority",
                    format!("no authority `{wanted}` in the published files"),
                    Some("give a GSS code such as `E06000015` to `--la`".to_owned()),
                )
            })
    };
    wanted.iter().map(of).collect()
}

/// Plans by single age a year ahead, simulated in every authority.
fn by_single_age(edition: &Edition, seed: u64) -> Result<Vec<SingleAge>, Failure> {
    let imported = import_from(edition, &Selection::All, Some(SINGLE_AGE_ORIGIN));
    let imported = imported.map_err(Failure::Input)?;
    let packs: Vec<_> = imported.iter().map(|one| &one.pack).collect();
    Ok(single_ages(
        &packs,
        &edition.published,
        SINGLE_AGE_RUNS,
        seed,
    )?)
}

fn printed(
    scores: &BTreeMap<ScoreKey, Score>,
    walk: &Walk,
    authorities: &Scored,
    single_ages: &[SingleAge],
) -> String {
    format!(
        "{} authorities, {} draws, seed {}\n\n{}",
        authorities.positions().count(),
        walk.draws,
        walk.seed,
        words::table(scores, single_ages).replace("**", "")
    )
}

/// Our own scores over all origins and sizes.
fn json(scores: &BTreeMap<ScoreKey, Score>) -> String {
    let rows: Vec<serde_json::Value> = scores
        .iter()
        .filter(|(key, _)| key.origin.is_none() && key.size.is_none())
        .map(|(key, score)| {
            let held = |i: usize| score.coverage.map(|coverage| coverage[i].held);
            serde_json::json!({
                "method": key.method.code(),
                "measure": key.measure.code(),
                "age_group": key.band.map_or("Total", crate::domain::AgeGroup::label),
                "horizon": key.horizon,
                "n": score.n,
                "mape": score.mape,
                "bias": score.bias,
                "relative_crps": score.relative_crps,
                "pinball": score.pinball,
                "coverage_50": held(0),
                "coverage_80": held(1),
                "coverage_90": held(2),
                "is_ours": key.method == Method::Sendsim && key.measure == Measure::EhcPlans,
            })
        })
        .collect();
    // Plain numbers and words always serialise.
    serde_json::to_string_pretty(&rows).unwrap_or_default()
}

fn progress_bar(origins: u64, quiet: bool) -> ProgressBar {
    let target = if quiet {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(origins), target);
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::Machine {
        message: format!("cannot write the back-test: {error}"),
        hint: Some("check free space and permissions, or choose another `--out`".to_owned()),
    }
}
