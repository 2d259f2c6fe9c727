//! How good forecasts like this one were, in words and rows.

use super::Results;
use super::words::{list, per_cent, whole};
use crate::area::{TestedRow, TestedScope};
use crate::data::{KnownBreak, known_breaks};

/// Years ahead that the text speaks of, where they were tested.
const TOLD: [usize; 3] = [1, 3, 5];
/// The range told everywhere should hold this share of outcomes [per cent].
const SHOULD_HOLD: f64 = 80.0;
/// Points by which the share held may be off before it is called so.
const TOLERANCE: f64 = 5.0;
/// An area's own error is much larger than that of all from this many times on.
const MUCH_LARGER: f64 = 1.5;

/// The tests of a run.
pub(super) struct Tested<'a> {
    results: &'a Results,
    breaks: Vec<KnownBreak>,
}

/// Errors at one number of years ahead.
pub(super) struct Errors<'a> {
    /// Years ahead.
    pub(super) horizon: usize,
    /// All authorities.
    pub(super) all: Option<&'a TestedRow>,
    /// Statistical neighbours.
    pub(super) neighbours: Option<&'a TestedRow>,
    /// The area itself.
    pub(super) own: Option<&'a TestedRow>,
}

impl<'a> Tested<'a> {
    /// The tests; `None` where there were none.
    pub(super) fn of(results: &'a Results) -> Option<Self> {
        let last = last_target(&results.tested)?;
        let starts = results.tested.iter().filter_map(|row| row.origin);
        let first = starts.min().unwrap_or(last);
        let mut breaks = known_breaks();
        breaks.retain(|known| {
            let authority = known.authority().map(|code| code.0);
            let touches_totals = known.table == "plans" && (first..=last).contains(&known.year);
            authority == Some(results.area.old_la_code) && touches_totals
        });
        Some(Self { results, breaks })
    }

    /// What the tests say, sentence by sentence.
    pub(super) fn sentences(&self) -> Vec<String> {
        let area = &self.results.area.name;
        let errors = self.errors();
        let told: Vec<&Errors<'_>> = errors
            .iter()
            .filter(|errors| TOLD.contains(&errors.horizon))
            .collect();
        let held: Vec<(usize, usize, f64)> = told
            .iter()
            .filter_map(|errors| Some((errors.horizon, errors.all?.n, errors.all?.held_80?)))
            .collect();
        let mut sentences = Vec::new();
        if !held.is_empty() {
            let shares = held.iter().map(|(horizon, n, share)| {
                let n = whole(*n as f64);
                format!("{share:.0} in 100 outcomes {} ({n} tests)", ahead(*horizon))
            });
            sentences.push(format!(
                "In tests on past figures of authorities across England, {} fell in the range that \
                 should hold {SHOULD_HOLD}. {}",
                list(&shares.collect::<Vec<_>>()),
                verdict(&held)
            ));
        }
        let off = |of: &dyn Fn(&Errors<'a>) -> Option<&'a TestedRow>, whose: &str| {
            let off: Vec<String> = told
                .iter()
                .filter_map(|errors| {
                    let error = of(errors)?.mape?;
                    Some(format!("{} {}", per_cent(error), ahead(errors.horizon)))
                })
                .collect();
            (!off.is_empty()).then(|| format!("{whose}: {}.", list(&off)))
        };
        let lines = [
            off(&|e| e.all, "Mean error of the middle over all authorities"),
            off(
                &|e| e.neighbours,
                &format!("Over the statistical neighbours of {area}"),
            ),
            off(&|e| e.own, &format!("Of {area} itself")),
        ];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        if !lines.is_empty() {
            sentences.push(lines.join(" "));
        }
        if self.own().is_empty() {
            sentences.push(format!(
                "No earlier forecast of {area} itself could be tested: its own record is too short."
            ));
        }
        sentences
    }

    /// What makes the forecast of this area less sure than others.
    pub(super) fn warnings(&self) -> Vec<String> {
        let area = &self.results.area.name;
        let errors = self.errors();
        let compared = errors.iter().filter_map(|errors| {
            let (own, all) = (errors.own?.mape?, errors.all?.mape?);
            (all > 0.0).then_some((errors.horizon, own, all))
        });
        let worst = compared
            .filter(|(horizon, ..)| TOLD.contains(horizon))
            .max_by(|a, b| (a.1 / a.2).total_cmp(&(b.1 / b.2)));
        let mut warnings = Vec::new();
        if let Some((horizon, own, all)) = worst.filter(|(_, own, all)| *own >= MUCH_LARGER * *all)
        {
            warnings.push(format!(
                "Forecasts of {area} were much further off than those of other authorities: {} on \
                 average {} against {}, {:.1} times as much. Expect its outcomes outside the \
                 range more often than the range says.",
                per_cent(own),
                ahead(horizon),
                per_cent(all),
                own / all
            ));
        }
        for known in &self.breaks {
            warnings.push(format!(
                "A known break in the figures touches these tests and this forecast. {}; {}.",
                known.what, known.consequence
            ));
        }
        warnings
    }

    /// The area's own forecasts, oldest first.
    pub(super) fn own(&self) -> Vec<(i32, &'a TestedRow)> {
        let rows = self.results.tested.iter();
        let mut own: Vec<(i32, &TestedRow)> = rows
            .filter(|row| row.scope == TestedScope::Area)
            .filter_map(|row| Some((row.origin?, row)))
            .collect();
        own.sort_by_key(|(origin, row)| (*origin, row.horizon));
        own
    }

    /// Errors by years ahead.
    pub(super) fn errors(&self) -> Vec<Errors<'a>> {
        let rows = &self.results.tested;
        let pooled = |scope: TestedScope, horizon: usize| {
            rows.iter()
                .find(|row| row.scope == scope && row.origin.is_none() && row.horizon == horizon)
        };
        let longest = rows.iter().map(|row| row.horizon).max().unwrap_or(0);
        (1..=longest)
            .map(|horizon| Errors {
                horizon,
                all: pooled(TestedScope::All, horizon),
                neighbours: pooled(TestedScope::Neighbours, horizon),
                own: pooled(TestedScope::Area, horizon),
            })
            .collect()
    }

    /// Whether a known break lies between a forecast's start and its target.
    pub(super) fn is_broken(&self, origin: i32, row: &TestedRow) -> bool {
        let span = origin..=origin + row.horizon as i32;
        self.breaks.iter().any(|known| span.contains(&known.year))
    }
}

fn last_target(rows: &[TestedRow]) -> Option<i32> {
    let target = |row: &TestedRow| row.origin.unwrap_or(0) + row.horizon as i32;
    rows.iter().map(target).max()
}

/// `1 year ahead`, `3 years ahead`.
fn ahead(years: usize) -> String {
    format!("{} ahead", super::words::counted(years, "year"))
}

fn verdict(held: &[(usize, usize, f64)]) -> &'static str {
    let narrow = held
        .iter()
        .any(|(.., share)| *share < SHOULD_HOLD - TOLERANCE);
    let wide = held
        .iter()
        .any(|(.., share)| *share > SHOULD_HOLD + TOLERANCE);
    match (narrow, wide) {
        (true, true) => "So the ranges were too narrow at some distances and too wide at others.",
        (true, false) => "So the ranges were too narrow: surprises came more often than they say.",
        (false, true) => "So the ranges were rather wider than they need be.",
        (false, false) => "So the ranges were about as wide as they should be.",
    }
}

/// By how much the middle of a forecast was off [per cent of what came]; above 0 is too high.
pub(super) fn off_by(row: &TestedRow) -> Option<f64> {
    let (middle, actual) = (row.p50?, row.actual?);
    (actual > 0.0).then(|| 100.0 * (middle / actual - 1.0))
}

/// Whether the range that should hold 8 in 10 outcomes held this one.
pub(super) fn is_held(row: &TestedRow) -> Option<bool> {
    Some((row.p10?..=row.p90?).contains(&row.actual?))
}
