//! `sendsim places`: how many places are needed.

mod answer;

use std::path::{Path, PathBuf};

use answer::{as_json, as_text};

use super::run::progress_bar;
use super::threads::start_threads;
use super::{Failure, area, render};
use crate::scenario::{self, Scenario};
use crate::simulate::Design;
use crate::study::sizing::{Question, size};

/// Simulations of a sizing for each run asked for: the places are found, sized again with the
/// demand that they bring, and checked on fresh runs.
const SIMULATIONS: u64 = 4;

/// How many places of which type, for which needs and phase, give a chosen chance that every child
/// who wants one finds one on 1 September.
///
/// Each cell is sized alone and all together; the plan for one September is checked on fresh runs.
#[derive(Debug, Clone, clap::Args)]
pub struct PlacesArgs {
    /// A scenario file, or the name of a built-in example, that is done already: the places that it
    /// opens are counted first
    #[arg(value_name = "SCENARIO")]
    pub scenario: Option<PathBuf>,
    /// Area: a built-in name, or the folder of an area pack
    #[arg(long, value_name = "NAME|DIR", default_value = "derby")]
    pub area: String,
    /// Chance that there are enough places, 0.5 to 0.99
    #[arg(long, value_name = "P", default_value_t = 0.9)]
    pub probability: f64,
    /// The September to plan for; the fifth of the horizon if not given
    #[arg(long, value_name = "YEAR")]
    pub september: Option<i32>,
    /// Simulated futures
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    pub runs: u32,
    /// Years to simulate
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=15))]
    pub years: u32,
    /// Seed of every draw: the same seed gives the same answer
    #[arg(long, value_name = "N", default_value_t = 20_260_901)]
    pub seed: u64,
    /// Threads; all cores if not given. The answer does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: Option<u32>,
    /// No progress
    #[arg(long)]
    pub quiet: bool,
    /// Print everything as JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub fn run(args: &PlacesArgs) -> Result<(), Failure> {
    if !(0.5..=0.99).contains(&args.probability) {
        return Err(Failure::input(
            "wrong-probability",
            format!("`--probability` is {}, not 0.5 to 0.99", args.probability),
            Some("0.9 is nine futures in ten".to_owned()),
        ));
    }
    start_threads(args.threads)?;
    let pack = area::load(&args.area)?;
    if pack.place_groups.is_empty() {
        return Err(Failure::input(
            "no-places",
            "the area has no `place_groups.csv`, so nobody knows how many places there are",
            Some("import the area again with this version of the program".to_owned()),
        ));
    }
    let base_year = pack.manifest.base_year;
    let last = base_year + args.years as i32 - 1;
    let september = args.september.unwrap_or((base_year + 5).min(last));
    if !(base_year..=last).contains(&september) {
        return Err(Failure::input(
            "september-outside-horizon",
            format!("September {september} is not within {base_year} to {last}"),
            Some("give another `--september`, or more `--years`".to_owned()),
        ));
    }
    let scenario = match &args.scenario {
        Some(path) if path != Path::new(Scenario::BASELINE) => {
            scenario::load(path, base_year).map_err(Failure::Input)?
        }
        _ => Scenario::baseline(),
    };
    let unfelt = ["process.", "services.", "exclusions.", "money."];
    if let Some(path) = unfelt.iter().find_map(|of| scenario.changes_under(of)) {
        return Err(Failure::input(
            "process-left-out",
            format!(
                "`{}` changes `{path}`, which a sizing does not use",
                scenario.name
            ),
            Some("plans come at the forecast's rates here: leave that change out".to_owned()),
        ));
    }
    let question = Question {
        pack: &pack,
        scenario: &scenario,
        design: Design {
            seed: args.seed,
            runs: args.runs,
            base_year,
            years: args.years as usize,
        },
        probability: args.probability,
        september,
    };
    let bar = progress_bar(u64::from(args.runs) * SIMULATIONS, args.quiet);
    let sizing = size(&question, &|done| bar.inc(done)).map_err(|broken| Failure::Machine {
        message: broken.to_string(),
        hint: Some("this is a fault of the program: please report it".to_owned()),
    })?;
    bar.finish_and_clear();
    if args.json {
        let text = serde_json::to_string_pretty(&as_json(&question, &sizing));
        return render::result(&text.unwrap_or_default());
    }
    render::result(&as_text(&question, &sizing))
}
