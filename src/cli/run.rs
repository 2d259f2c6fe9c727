//! `sendsim run`: the main job.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::threads::start_threads;
use super::unfelt::{refuse_what_is_beside, refuse_what_moves_nothing, unfelt};
use super::usage::whole_number;
use super::{Failure, area, render};
use crate::files::Target;
use crate::finding::Finding;
use crate::report::{self, Format, RunLog};
use crate::scenario::{self, Scenario};
use crate::simulate::Design;
use crate::study::{Beside, NewPlans, PlaceLimits, Study};

/// Scenarios that run when none is named.
const EXAMPLES: [&str; 3] = ["bases-in-mainstream", "recruit-psychologists", "joint-plan"];

/// Simulate scenarios side by side, compare them, and write every output.
///
/// Without arguments: the Derby area built into the program, the baseline and three example
/// scenarios, 10 years, 1,000 futures. The baseline is always simulated first.
#[derive(Debug, Clone, clap::Args)]
pub struct RunArgs {
    /// Scenario files, or names of built-in examples
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Area: a built-in name, or the folder of an area pack
    #[arg(long, value_name = "NAME|DIR", default_value = "derby")]
    pub area: String,
    /// Simulated futures of each scenario
    #[arg(long, value_name = "N", default_value_t = 1000, allow_negative_numbers = true, value_parser = whole_number(1..=100_000))]
    pub runs: u32,
    /// Years to simulate
    #[arg(long, value_name = "N", default_value_t = 10, allow_negative_numbers = true, value_parser = whole_number(1..=15))]
    pub years: u32,
    /// Seed of every draw: the same seed gives the same files
    #[arg(
        long,
        value_name = "N",
        default_value_t = 20_260_901,
        allow_negative_numbers = true
    )]
    pub seed: u64,
    /// Threads; all cores if not given. The results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole_number(1..=256))]
    pub threads: Option<u32>,
    /// Whether places are finite, or every child finds one
    #[arg(long, value_enum, default_value = "finite")]
    pub places: PlaceLimits,
    /// Where new plans come from: requests that go through the process, or the forecast's rates
    #[arg(long, value_enum, default_value = "requests")]
    pub new_plans: NewPlans,
    /// What is worked out beside children, plans and places: all else, or nothing, which is quicker
    #[arg(long, value_enum, default_value = "all")]
    pub beside: Beside,
    /// Folder to write; a new folder under `runs` if not given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Formats to write
    #[arg(long, value_delimiter = ',', default_values = ["csv", "parquet", "xlsx", "html"])]
    pub format: Vec<Format>,
    /// Replace the folder if it exists
    #[arg(long)]
    pub force: bool,
    /// No progress and no summary
    #[arg(long)]
    pub quiet: bool,
    /// Print the headline rows as JSON instead of the summary
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let log = RunLog::start(start_threads(args.threads)?);
    let pack = area::load(&args.area)?;
    let base_year = pack.manifest.base_year;
    let scenarios = scenarios(&args.scenarios, base_year)?;
    let places = args.places.within(&pack);
    if places == PlaceLimits::Unlimited
        && let Some(scenario) = scenarios.iter().find(|scenario| scenario.is_about_places())
    {
        return Err(Failure::input(
            "places-unlimited",
            format!(
                "`{}` changes places, which are unlimited in this run",
                scenario.name
            ),
            Some(if pack.place_groups.is_empty() {
                "the area has no `place_groups.csv`: write one, or import the area again".to_owned()
            } else {
                "leave `--places unlimited` out".to_owned()
            }),
        ));
    }
    refuse_what_moves_nothing(&scenarios, args.new_plans, &pack)?;
    if args.beside == Beside::Nothing {
        refuse_what_is_beside(&scenarios)?;
    }
    let years = args.years as i32;
    let unfelt: Vec<Finding> = scenarios
        .iter()
        .filter_map(|scenario| unfelt(scenario, base_year, years))
        .collect();
    if !unfelt.is_empty() {
        render::findings(&unfelt);
    }
    let out = args.out.clone().unwrap_or_else(|| next_folder(&args.area));
    let target = Target::reserve(&out, args.force)?;
    let study = Study {
        pack: &pack,
        scenarios: &scenarios,
        design: Design {
            seed: args.seed,
            runs: args.runs,
            base_year,
            years: args.years as usize,
        },
        places,
        new_plans: args.new_plans,
        beside: args.beside,
        inputs: &area::inputs(&pack),
    };
    let bar = progress_bar(study.simulations(), args.quiet);
    let results = study.run(&|done| bar.inc(done))?;
    bar.finish_and_clear();
    target.fill(|dir: &Path| -> Result<(), Failure> {
        report::write(&results, &args.format, dir)?;
        log.write(dir)?;
        Ok(())
    })?;
    match (args.json, args.quiet) {
        (true, _) => render::result(&report::headlines_as_json(&results)),
        (false, true) => Ok(()),
        (false, false) => render::result(&report::screen(&results, &out)),
    }
}

/// The baseline, then the named scenarios or the examples.
fn scenarios(named: &[PathBuf], base_year: i32) -> Result<Vec<Scenario>, Failure> {
    let paths: Vec<&Path> = if named.is_empty() {
        EXAMPLES.iter().map(Path::new).collect()
    } else {
        named
            .iter()
            .map(PathBuf::as_path)
            .filter(|p| *p != Path::new(Scenario::BASELINE))
            .collect()
    };
    let others = scenario::load_all(&paths, base_year).map_err(Failure::Input)?;
    Ok(std::iter::once(Scenario::baseline())
        .chain(others)
        .collect())
}

/// `runs/AREA`, or the first of `runs/AREA-2`, `runs/AREA-3` … that is free.
fn next_folder(area: &str) -> PathBuf {
    let name = Path::new(area)
        .file_name()
        .map_or_else(|| "area".into(), |n| n.to_string_lossy());
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.to_string())
        .chain(numbered)
        .map(|name| Path::new("runs").join(name))
        .find(|path| !path.exists())
        .unwrap_or_else(|| PathBuf::from("runs"))
}

/// Simulations done, their rate and the time left, on standard error; nothing when it is not a
/// terminal.
pub(super) fn progress_bar(simulations: u64, quiet: bool) -> ProgressBar {
    let target = if quiet {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(simulations), target);
    if let Ok(style) = ProgressStyle::with_template(
        "simulating [{bar:30}] {pos} of {len} futures, {per_sec}, {eta} left",
    ) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
