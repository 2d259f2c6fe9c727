//! `sendsim backtest`: the forecasts tested on every authority.

use std::path::PathBuf;

use super::{Failure, render};
use crate::backtest::{Scored, Walk, scores, walk};
use crate::data;
use crate::finding::{Finding, Severity};
use crate::forecast::Panel;

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
    /// Draws of each forecast.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(50..=20_000))]
    pub runs: u32,
    /// Seed of every draw: the same seed gives the same files.
    #[arg(long, value_name = "N", default_value_t = 20_260_901)]
    pub seed: u64,
}

/// Runs the command.
pub fn run(args: &BacktestArgs) -> Result<(), Failure> {
    let edition = data::read(&args.source);
    let findings: Vec<Finding> = edition.findings.iter().map(|(_, f)| f.clone()).collect();
    if findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        return Err(Failure::Input(findings));
    }
    let panel = Panel::new(&edition.published);
    let scored = Scored::of(&panel);
    let forecasts = walk(
        &panel,
        &scored,
        &Walk {
            origins: args.origins.clone(),
            horizons: args.horizon as usize,
            draws: args.runs as usize,
            seed: args.seed,
        },
        &|| {},
    );
    let sizes: std::collections::BTreeMap<i32, Vec<_>> = args
        .origins
        .iter()
        .map(|&origin| (origin, scored.sizes(&panel, origin)))
        .collect();
    let scores = scores(&forecasts, |member, origin| sizes.get(&origin)?[member]);
    let mut text = String::new();
    for (key, score) in &scores {
        let cover = |i: usize| score.coverage.map_or(f64::NAN, |c| c[i].held);
        text.push_str(&format!(
            "{:22} {:22} {:12} {:6} {:6} h{} n{:4} mape {:6.2} bias {:6.2} crps {:6.2} cover {:5.1} {:5.1} {:5.1}\n",
            key.method.code(), key.measure.code(), key.band.map_or("Total", |b| b.label()),
            key.origin.map_or("Total".to_owned(), |o| o.to_string()),
            key.size.map_or("Total", |s| s.code()), key.horizon, score.n, score.mape, score.bias,
            score.relative_crps.unwrap_or(f64::NAN), cover(0), cover(1), cover(2)
        ));
    }
    render::result(&text)
}
