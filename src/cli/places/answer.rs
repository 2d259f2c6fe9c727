//! The answer of `sendsim places`, for people and for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::domain::Provision;
use crate::study::sizing::{CellNeed, Question, Sizing, capital, capital_range, running};

pub(super) fn as_json(question: &Question<'_>, sizing: &Sizing) -> Value {
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

pub(super) fn as_text(question: &Question<'_>, sizing: &Sizing) -> String {
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
