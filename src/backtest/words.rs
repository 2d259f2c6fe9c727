//! The scores as tables for people, and as a page of the guide.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Measure, Method, Score, ScoreKey, SingleAge, Size, single_age};
use crate::domain::AgeGroup;

/// Longest horizon whose targets are stated.
const TARGET_YEARS: usize = 5;

/// Mean absolute percentage error that the method should not exceed, 1 to 5 years ahead.
pub const TARGET_MAPE: [f64; TARGET_YEARS] = [3.6, 6.0, 8.1, 9.8, 11.7];

/// Relative score that the method should not exceed, 1 to 5 years ahead.
pub const TARGET_CRPS: [f64; TARGET_YEARS] = [2.6, 4.3, 5.8, 7.1, 8.4];

/// Origins that targets are stated for; settings were fixed on earlier ones.
pub const SCORED_ORIGINS: std::ops::RangeInclusive<i32> = 2019..=2022;

/// Points by which coverage may fall short of what a range says: over all authorities, and in a
/// third of them.
const SLACK: (f64, f64) = (3.0, 6.0);

/// Points by which the coverage of the local departure may be off, both ways.
const LOCAL_SLACK: f64 = 4.0;

/// Horizons at which age bands are compared.
const BAND_YEARS: [usize; 3] = [1, 3, 5];

const BASELINES: [Method; 4] = [
    Method::LastGrowth,
    Method::Drift,
    Method::DampedHolt,
    Method::ShrunkenGrowth,
];

/// Scores of several origins together.
#[derive(Debug, Clone, Copy, Default)]
struct Pooled {
    n: usize,
    mape: f64,
    bias: f64,
    crps: Option<f64>,
    held: Option<[f64; 3]>,
}

/// What a table row is about.
#[derive(Debug, Clone, Copy)]
struct Of {
    method: Method,
    measure: Measure,
    band: Option<AgeGroup>,
    size: Option<Size>,
}

impl Of {
    const fn ours(measure: Measure) -> Self {
        Self {
            method: Method::Sendsim,
            measure,
            band: None,
            size: None,
        }
    }
}

/// The tables of one back-test.
struct Tables<'s> {
    scores: &'s BTreeMap<ScoreKey, Score>,
    origins: BTreeSet<i32>,
    horizons: usize,
}

impl<'s> Tables<'s> {
    fn new(scores: &'s BTreeMap<ScoreKey, Score>) -> Self {
        let all: BTreeSet<i32> = scores.keys().filter_map(|key| key.origin).collect();
        let aimed_at: BTreeSet<i32> = all
            .iter()
            .copied()
            .filter(|o| SCORED_ORIGINS.contains(o))
            .collect();
        Self {
            scores,
            origins: if aimed_at.is_empty() { all } else { aimed_at },
            horizons: scores.keys().map(|key| key.horizon).max().unwrap_or(0),
        }
    }

    fn pooled(&self, of: Of, horizon: usize, origins: &BTreeSet<i32>) -> Option<Pooled> {
        let rows: Vec<&Score> = origins
            .iter()
            .filter_map(|&origin| {
                self.scores.get(&ScoreKey {
                    method: of.method,
                    measure: of.measure,
                    band: of.band,
                    origin: Some(origin),
                    size: of.size,
                    horizon,
                })
            })
            .collect();
        let n: usize = rows.iter().map(|score| score.n).sum();
        if n == 0 {
            return None;
        }
        let mean = |value: &dyn Fn(&Score) -> Option<f64>| -> Option<f64> {
            let sum: Option<f64> = rows
                .iter()
                .map(|score| Some(value(score)? * score.n as f64))
                .sum();
            sum.map(|sum| sum / n as f64)
        };
        let held = |i: usize| mean(&|score| score.coverage.map(|coverage| coverage[i].held));
        Some(Pooled {
            n,
            mape: mean(&|score| Some(score.mape))?,
            bias: mean(&|score| Some(score.bias))?,
            crps: mean(&|score| score.relative_crps),
            held: held(0)
                .zip(held(1))
                .zip(held(2))
                .map(|((a, b), c)| [a, b, c]),
        })
    }

    /// One row of a table over the scored origins, horizon by horizon.
    fn row(&self, name: &str, of: Of, value: impl Fn(&Pooled) -> Option<f64>) -> String {
        self.row_over(name, of, &self.origins, value)
    }

    fn row_over(
        &self,
        name: &str,
        of: Of,
        origins: &BTreeSet<i32>,
        value: impl Fn(&Pooled) -> Option<f64>,
    ) -> String {
        let cells = (1..=self.horizons).map(|horizon| {
            self.pooled(of, horizon, origins)
                .and_then(|pooled| value(&pooled))
                .map_or_else(|| "-".to_owned(), |value| format!("{value:.1}"))
        });
        format!("| {name} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
    }

    fn header(&self, title: &str, first: &str) -> String {
        let years: Vec<String> = (1..=self.horizons).map(|h| h.to_string()).collect();
        let rule = " --- |".repeat(self.horizons + 1);
        format!(
            "\n**{title}**\n\n| {first} | {} |\n|{rule}\n",
            years.join(" | ")
        )
    }
}

/// The scores as Markdown.
pub fn table(scores: &BTreeMap<ScoreKey, Score>, single_ages: &[SingleAge]) -> String {
    let tables = Tables::new(scores);
    let origins: Vec<String> = tables.origins.iter().map(ToString::to_string).collect();
    let n = tables.pooled(Of::ours(Measure::EhcPlans), 1, &tables.origins);
    let mut text = format!(
        "Forecasts from January {}: {} forecasts one year ahead. Settings were fixed on origins 2014 to 2018.\n",
        origins.join(", "),
        n.map_or(0, |pooled| pooled.n)
    );
    totals(&mut text, &tables);
    coverage(&mut text, &tables);
    bands(&mut text, &tables);
    flows(&mut text, &tables);
    if !single_ages.is_empty() {
        text.push_str(&single_age::table(single_ages));
    }
    text.push_str("\n**What was aimed at**\n\n");
    for line in verdicts(&tables) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "- {line}");
    }
    text
}

fn totals(text: &mut String, tables: &Tables<'_>) {
    let of = |method| Of {
        method,
        ..Of::ours(Measure::EhcPlans)
    };
    text.push_str(&tables.header(
        "Mean absolute error of total plans [%], by years ahead",
        "Method",
    ));
    let methods = std::iter::once(Method::Sendsim).chain(BASELINES);
    for method in methods.chain([Method::ShrunkenGrowthOracle]) {
        text.push_str(&tables.row(method.words(), of(method), |pooled| Some(pooled.mape)));
    }
    text.push_str(&tables.header(
        "Mean error of total plans [%]: above 0 is too high",
        "Method",
    ));
    text.push_str(&tables.row("sendsim", of(Method::Sendsim), |pooled| Some(pooled.bias)));
    text.push_str(&tables.header("Relative CRPS of total plans [%]", "Method"));
    for method in [Method::Sendsim, Method::Drift, Method::DampedHolt] {
        text.push_str(&tables.row(method.words(), of(method), |pooled| pooled.crps));
    }
}

const RANGES: [&str; 3] = ["50%", "80%", "90%"];

fn coverage(text: &mut String, tables: &Tables<'_>) {
    text.push_str(&tables.header("Outcomes that the range held [%], by years ahead", "Range"));
    for (i, range) in RANGES.into_iter().enumerate() {
        let of = Of::ours(Measure::EhcPlans);
        text.push_str(&tables.row(range, of, |pooled| Some(pooled.held?[i])));
    }
    for size in [Size::Small, Size::Middle, Size::Large] {
        let of = Of {
            size: Some(size),
            ..Of::ours(Measure::EhcPlans)
        };
        let name = format!("80%, {} authorities", size.code());
        text.push_str(&tables.row(&name, of, |pooled| Some(pooled.held?[1])));
    }
    for (i, range) in RANGES.into_iter().enumerate() {
        let of = Of::ours(Measure::ShareOfAllPlans);
        let name = format!("{range}, share of all authorities' plans");
        text.push_str(&tables.row(&name, of, |pooled| Some(pooled.held?[i])));
    }
    text.push_str(&tables.header("Outcomes that the 80% range held [%], by origin", "January"));
    let all: BTreeSet<i32> = tables.scores.keys().filter_map(|key| key.origin).collect();
    for origin in all {
        let of = Of::ours(Measure::EhcPlans);
        let one = BTreeSet::from([origin]);
        let name = origin.to_string();
        text.push_str(&tables.row_over(&name, of, &one, |pooled| Some(pooled.held?[1])));
    }
}

/// Ours against the best baseline, band by band.
fn bands(text: &mut String, tables: &Tables<'_>) {
    text.push_str("\n**Mean absolute error by age band [%], by years ahead: sendsim / best of the baselines**\n\n");
    let years = BAND_YEARS.map(|h| format!("{h} ahead"));
    let _ = writeln!(
        text,
        "| Age band | {} |\n| --- | --- | --- | --- |",
        years.join(" | ")
    );
    for band in AgeGroup::ALL {
        let cells = BAND_YEARS.map(|horizon| {
            let mape = |method| band_error(tables, method, band, horizon);
            let best = BASELINES.into_iter().filter_map(mape).reduce(f64::min);
            match (mape(Method::Sendsim), best) {
                (Some(ours), Some(best)) => format!("{ours:.1} / {best:.1}"),
                _ => "-".to_owned(),
            }
        });
        let _ = writeln!(text, "| {} | {} |", band.label(), cells.join(" | "));
    }
}

fn band_error(tables: &Tables<'_>, method: Method, band: AgeGroup, horizon: usize) -> Option<f64> {
    let of = Of {
        method,
        measure: Measure::EhcPlans,
        band: Some(band),
        size: None,
    };
    Some(tables.pooled(of, horizon, &tables.origins)?.mape)
}

fn flows(text: &mut String, tables: &Tables<'_>) {
    text.push_str(&tables.header("Flows and placements: mean absolute error [%]", "Measure"));
    let measures = [
        (Measure::NewPlans, "New plans"),
        (Measure::PlansLeaving, "Plans ending or moving, net"),
        (Measure::Requests, "Requests"),
        (Measure::MainstreamShare, "Share in mainstream schools"),
        (Measure::SpecialShare, "Share in special schools"),
    ];
    for (measure, name) in measures {
        for (method, words) in [
            (Method::Sendsim, "sendsim"),
            (Method::NoChange, "no change"),
        ] {
            let of = Of {
                method,
                ..Of::ours(measure)
            };
            let name = format!("{name}, {words}");
            text.push_str(&tables.row(&name, of, |pooled| Some(pooled.mape)));
        }
    }
    text.push_str(&tables.header("Outcomes that the 80% range held [%]", "Measure"));
    for (measure, name) in measures {
        text.push_str(&tables.row(name, Of::ours(measure), |pooled| Some(pooled.held?[1])));
    }
}

/// What was aimed at, and whether it was met.
fn verdicts(tables: &Tables<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let met = |is_met: bool| if is_met { "met" } else { "MISSED" };
    let pooled = |of: Of, horizon: usize| tables.pooled(of, horizon, &tables.origins);
    for horizon in 1..=TARGET_YEARS.min(tables.horizons) {
        let Some(ours) = pooled(Of::ours(Measure::EhcPlans), horizon) else {
            continue;
        };
        let (mape, crps) = (TARGET_MAPE[horizon - 1], TARGET_CRPS[horizon - 1]);
        let relative = ours.crps.unwrap_or(f64::NAN);
        lines.push(format!(
            "{horizon} year{} ahead: error {:.2}%, at most {mape}%: {}; relative CRPS {relative:.2}%, at most {crps}%: {}.",
            if horizon == 1 { "" } else { "s" },
            ours.mape,
            met(ours.mape <= mape),
            met(relative <= crps),
        ));
    }
    let ranges = [(1, 80.0), (2, 90.0)];
    let short = |size: Option<Size>, slack: f64| {
        let of = Of {
            size,
            ..Of::ours(Measure::EhcPlans)
        };
        (1..=TARGET_YEARS).any(|horizon| {
            let held = pooled(of, horizon).and_then(|pooled| pooled.held);
            held.is_some_and(|held| ranges.iter().any(|(i, says)| held[*i] < says - slack))
        })
    };
    let sizes = [Size::Small, Size::Middle, Size::Large];
    lines.push(format!(
        "80% and 90% ranges hold no less than they say by more than {} points: {}; nor by more than {} in small, middle and large authorities: {}.",
        SLACK.0,
        met(!short(None, SLACK.0)),
        SLACK.1,
        met(!sizes.into_iter().any(|size| short(Some(size), SLACK.1))),
    ));
    let off: Vec<String> = (1..=TARGET_YEARS)
        .filter_map(|horizon| {
            let held = pooled(Of::ours(Measure::ShareOfAllPlans), horizon)?.held?;
            let off = [held[1] - 80.0, held[2] - 90.0];
            off.iter().any(|off| off.abs() > LOCAL_SLACK).then(|| {
                format!(
                    "{horizon} (80% range {:.1}, 90% range {:.1})",
                    held[1], held[2]
                )
            })
        })
        .collect();
    lines.push(if off.is_empty() {
        format!("Local departures from the national course: within {LOCAL_SLACK} points both ways: met.")
    } else {
        format!(
            "Local departures from the national course within {LOCAL_SLACK} points both ways: MISSED at years ahead {}.",
            off.join(", ")
        )
    });
    for band in AgeGroup::ALL {
        let worse: Vec<String> = BAND_YEARS
            .into_iter()
            .filter(|&horizon| {
                let ours = band_error(tables, Method::Sendsim, band, horizon);
                let best = BASELINES
                    .into_iter()
                    .filter_map(|method| band_error(tables, method, band, horizon))
                    .reduce(f64::min);
                ours.zip(best).is_some_and(|(ours, best)| ours > best)
            })
            .map(|horizon| horizon.to_string())
            .collect();
        lines.push(if worse.is_empty() {
            format!("{}: better than every baseline: met.", band.label())
        } else {
            format!(
                "{}: better than every baseline: MISSED {} years ahead.",
                band.label(),
                worse.join(", ")
            )
        });
    }
    lines
}
