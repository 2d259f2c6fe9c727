//! The scores as a table for people, and as a page of the guide.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Measure, Method, Score, ScoreKey};

/// Longest horizon whose targets are stated.
const TARGET_YEARS: usize = 5;

/// Mean absolute percentage error that the method should not exceed, 1 to 5 years ahead.
pub const TARGET_MAPE: [f64; TARGET_YEARS] = [3.6, 6.0, 8.1, 9.8, 11.7];

/// Relative score that the method should not exceed, 1 to 5 years ahead.
pub const TARGET_CRPS: [f64; TARGET_YEARS] = [2.6, 4.3, 5.8, 7.1, 8.4];

/// Scores of all ages, all origins and sizes, by horizon.
fn overall<'s>(
    scores: &'s BTreeMap<ScoreKey, Score>,
    method: Method,
    measure: Measure,
) -> Vec<(usize, &'s Score)> {
    scores
        .iter()
        .filter(|(key, _)| {
            key.method == method
                && key.measure == measure
                && key.band.is_none()
                && key.origin.is_none()
                && key.size.is_none()
        })
        .map(|(key, score)| (key.horizon, score))
        .collect()
}

fn cells(values: impl Iterator<Item = Option<f64>>) -> String {
    let words = values.map(|value| value.map_or_else(|| "-".to_owned(), |v| format!("{v:.1}")));
    words.collect::<Vec<_>>().join(" | ")
}

const METHODS: [Method; 6] = [
    Method::Sendsim,
    Method::LastGrowth,
    Method::Drift,
    Method::DampedHolt,
    Method::ShrunkenGrowth,
    Method::ShrunkenGrowthOracle,
];

/// The scores of total plans as Markdown.
pub fn table(scores: &BTreeMap<ScoreKey, Score>) -> String {
    let ours = overall(scores, Method::Sendsim, Measure::EhcPlans);
    let mut text = String::new();
    let years: Vec<String> = ours.iter().map(|(h, _)| h.to_string()).collect();
    let header = |text: &mut String, title: &str, first: &str| {
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "**{title}**\n\n| {first} | {} |\n|{}\n",
            years.join(" | "),
            " --- |".repeat(years.len() + 1)
        );
    };
    header(
        &mut text,
        "Mean absolute error of total plans [%], by years ahead",
        "Method",
    );
    for method in METHODS {
        let rows = overall(scores, method, Measure::EhcPlans);
        let row = cells(rows.iter().map(|(_, score)| Some(score.mape)));
        let _ = writeln!(text, "| {} | {row} |", method.words());
    }
    text.push('\n');
    header(
        &mut text,
        "Relative CRPS of total plans [%], by years ahead",
        "Method",
    );
    for method in [Method::Sendsim, Method::Drift, Method::DampedHolt] {
        let rows = overall(scores, method, Measure::EhcPlans);
        let row = cells(rows.iter().map(|(_, score)| score.relative_crps));
        let _ = writeln!(text, "| {} | {row} |", method.words());
    }
    text.push('\n');
    header(
        &mut text,
        "Outcomes that the range held [%], by years ahead",
        "Range",
    );
    for (i, range) in ["50%", "80%", "90%"].into_iter().enumerate() {
        let held = |score: &Score| score.coverage.map(|coverage| coverage[i].held);
        let row = cells(ours.iter().map(|(_, score)| held(score)));
        let _ = writeln!(text, "| {range}, plans | {row} |");
    }
    let local = overall(scores, Method::Sendsim, Measure::ShareOfAllPlans);
    for (i, range) in ["50%", "80%", "90%"].into_iter().enumerate() {
        let held = |score: &Score| score.coverage.map(|coverage| coverage[i].held);
        let row = cells(local.iter().map(|(_, score)| held(score)));
        let _ = writeln!(text, "| {range}, share of all authorities' plans | {row} |");
    }
    text.push('\n');
    for line in verdicts(&ours) {
        let _ = writeln!(text, "- {line}");
    }
    text
}

/// What was aimed at, and whether it was met.
fn verdicts(ours: &[(usize, &Score)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (horizon, score) in ours.iter().filter(|(h, _)| *h <= TARGET_YEARS) {
        let (mape, crps) = (TARGET_MAPE[horizon - 1], TARGET_CRPS[horizon - 1]);
        let verdict = |value: f64, target: f64| if value <= target { "met" } else { "MISSED" };
        let relative = score.relative_crps.unwrap_or(f64::NAN);
        lines.push(format!(
            "{horizon} {} ahead: error {:.2}% against at most {mape}%: {}; relative CRPS {:.2}% \
             against at most {crps}%: {}.",
            if *horizon == 1 { "year" } else { "years" },
            score.mape,
            verdict(score.mape, mape),
            relative,
            verdict(relative, crps),
        ));
    }
    lines
}
