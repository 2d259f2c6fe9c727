//! `sendsim places`: how many places are needed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::run::progress_bar;
use super::threads::start_threads;
use super::{Failure, area, render};
use crate::domain::Provision;
use crate::scenario::{self, Scenario};
use crate::simulate::Design;
use crate::study::sizing::{CellNeed, Question, Sizing, capital, capital_range, running, size};

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

fn as_json(question: &Question<'_>, sizing: &Sizing) -> Value {
    let need = |need: &CellNeed| {
        json!({
            "september": need.september,
            "setting": need.cell.provision.setting().code(),
            "phase": need.cell.phase.code(),
            "need-group": need.cell.needs.code(),
            "places": need.places,
            "demand-p50": need.demand,
            "places-needed-alone": need.alone,
            "places-needed-together": need.together,
            "places-to-add": need.extra(),
        })
    };
    let earliest = Provision::ALL.map(|provision| {
        let code = provision.setting().code().to_owned();
        (code, json!(sizing.earliest[provision.index()]))
    });
    let sensitivity = sizing.sensitivity.iter().map(|row| {
        json!({
            "parameter": row.path,
            "low": row.range[0],
            "high": row.range[1],
            "demand-if-low": row.answers[0],
            "demand-if-high": row.answers[1],
            "standard-error-of-the-difference": row.error,
        })
    });
    let frontier = sizing.frontier.iter().map(|point| {
        json!({
            "probability": point.probability,
            "places-to-add": point.extra_places,
            "capital-pounds": point.capital_pounds,
            "running-pounds-a-year": point.running_pounds,
        })
    });
    json!({
        "area": question.pack.manifest.name,
        "probability": question.probability,
        "september": question.september,
        "scenario": question.scenario.name,
        "runs": question.design.runs,
        "seed": question.design.seed,
        "plan": sizing.plan.iter().map(need).collect::<Vec<_>>(),
        "places-to-add": sizing.plan.iter().map(CellNeed::extra).sum::<u32>(),
        "capital-pounds": capital(&sizing.plan),
        "capital-pounds-10-90-percent": capital_range(&sizing.plan),
        "empty-places-p50": sizing.plan.iter().map(CellNeed::empty).sum::<u32>(),
        "running-pounds-a-year": running(&sizing.plan),
        "verified": {
            "runs": sizing.verified.runs,
            "runs-with-enough": sizing.verified.runs_enough,
            "share": sizing.verified.share,
            "lower-bound-95-percent": sizing.verified.lower_bound,
            "upper-bound-95-percent": sizing.verified.upper_bound,
        },
        "earliest-september": earliest.into_iter().collect::<serde_json::Map<_, _>>(),
        "frontier": frontier.collect::<Vec<_>>(),
        "sensitivity": sensitivity.collect::<Vec<_>>(),
        "by-september": sizing.needs.iter().map(need).collect::<Vec<_>>(),
    })
}

fn as_text(question: &Question<'_>, sizing: &Sizing) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = tell(question, sizing, &mut text);
    text
}

fn tell(question: &Question<'_>, sizing: &Sizing, text: &mut String) -> std::fmt::Result {
    let percent = question.probability * 100.0;
    writeln!(
        text,
        "{}: places for a {percent:.0}% chance that there are enough on 1 September {}{}\n",
        question.pack.manifest.name,
        question.september,
        if question.scenario.actions.is_empty() {
            String::new()
        } else {
            format!(", beside \u{201c}{}\u{201d}", question.scenario.title)
        }
    )?;
    writeln!(
        text,
        "{:<36}{:<11}{:<46}{:>7}{:>8}{:>7}{:>10}{:>7}",
        "type", "phase", "needs", "places", "wanted", "alone", "together", "to add"
    )?;
    let shown = |need: &&CellNeed| need.places + need.together > 0;
    for need in sizing.plan.iter().filter(shown) {
        writeln!(
            text,
            "{:<36}{:<11}{:<46}{:>7}{:>8}{:>7}{:>10}{:>7}",
            need.cell.provision.setting().label(),
            need.cell.phase.label(),
            need.cell.needs.label(),
            need.places,
            need.demand,
            need.alone,
            need.together,
            need.extra()
        )?;
    }
    tell_totals(question, sizing, text)?;
    writeln!(
        text,
        "\nAlone: this cell has enough. Together: every cell has enough in the same future.\n\
         Wanted: the median number of children, with the demand that the new places bring.\n\n\
         {:>7}{:>16}{:>22}{:>25}",
        "chance", "places to add", "capital (£ million)", "running (£ million/year)"
    )?;
    for point in &sizing.frontier {
        writeln!(
            text,
            "{:>6.0}%{:>16}{:>22.1}{:>25.1}",
            point.probability * 100.0,
            point.extra_places,
            point.capital_pounds / MILLION,
            point.running_pounds / MILLION
        )?;
    }
    writeln!(
        text,
        "On the futures without new places: without the demand that these bring, and with fewer futures \
         than the plan."
    )?;
    tell_sensitivity(question, sizing, text)
}

/// What the plan comes to, how often it holds, and whether there is time for it.
fn tell_totals(question: &Question<'_>, sizing: &Sizing, text: &mut String) -> std::fmt::Result {
    let added: u32 = sizing.plan.iter().map(CellNeed::extra).sum();
    let [low, high] = capital_range(&sizing.plan);
    writeln!(
        text,
        "\nTo add: {added} places, about £{:.0} million of capital (£{:.0} to {:.0} million, 8 in 10) and, \
         when filled, £{:.0} million a year, before what the same children cost where they are now.",
        capital(&sizing.plan) / MILLION,
        low / MILLION,
        high / MILLION,
        running(&sizing.plan) / MILLION
    )?;
    let places: u32 = sizing
        .plan
        .iter()
        .map(|need| need.places + need.extra())
        .sum();
    let empty: u32 = sizing.plan.iter().map(CellNeed::empty).sum();
    writeln!(
        text,
        "In the middle future about {empty} of the then {places} places stand empty: the chance is that of \
         every type, phase and need at once, in the worst of them too."
    )?;
    let verified = &sizing.verified;
    writeln!(
        text,
        "On {} fresh runs the plan was enough in {:.1}%, at least {:.1}% with 95% confidence.",
        verified.runs,
        verified.share * 100.0,
        verified.lower_bound * 100.0
    )?;
    if verified.upper_bound < question.probability {
        writeln!(
            text,
            "That is less often than asked: {} futures are too few for this chance; give more `--runs`.",
            question.design.runs
        )?;
    }
    for provision in Provision::ALL {
        let earliest = sizing.earliest[provision.index()];
        let is_wanted = sizing
            .plan
            .iter()
            .any(|need| need.cell.provision == provision && need.extra() > 0);
        if is_wanted && earliest > question.september {
            writeln!(
                text,
                "Too late for {}: decided on the base date, places open in September {earliest} at the earliest.",
                provision.setting().label()
            )?;
        }
    }
    Ok(())
}

/// How far the answer moves across what no published figure decides.
fn tell_sensitivity(
    question: &Question<'_>,
    sizing: &Sizing,
    text: &mut String,
) -> std::fmt::Result {
    writeln!(
        text,
        "\nWhat no published figure decides: children who want a place on 1 September {}, mean,\n\
         if one number is low or high (10% and 90% of its range) and all else is alike\n",
        question.september
    )?;
    writeln!(
        text,
        "{:<38}{:>15}{:>12}{:>12}{:>14}",
        "number (sendsim explain)", "low to high", "if low", "if high", "error of both"
    )?;
    for row in &sizing.sensitivity {
        let range = format!("{:.3} to {:.3}", row.range[0], row.range[1]);
        writeln!(
            text,
            "{:<38}{range:>15}{:>12.0}{:>12.0}{:>14.0}",
            row.path, row.answers[0], row.answers[1], row.error
        )?;
    }
    Ok(())
}

const MILLION: f64 = 1e6;
