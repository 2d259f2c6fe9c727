//! The back-test as one area's pack holds it: its own forecasts, its neighbours', all.

use rayon::prelude::*;

use super::{Forecast, Measure, Method, Predictive, Scored};
use crate::area::{TestedRow, TestedScope};
use crate::forecast::{Panel, forecast};

/// Years that forecasts are tested over.
const HORIZONS: i32 = 6;
/// Draws of each forecast: enough for ranges that are counted, not shown to a plan.
const DRAWS: usize = 400;
/// Seed of the draws.
const SEED: u64 = 20_260_901;

/// Forecasts of total plans of every authority from the six Januaries before a base year, against
/// what came up to then.
#[derive(Debug, Clone)]
pub struct PastForecasts {
    forecasts: Vec<Forecast>,
    scored: Scored,
}

impl PastForecasts {
    /// Makes the forecasts.
    pub fn before(panel: &Panel, base_year: i32) -> Self {
        let origins: Vec<i32> = (base_year - HORIZONS..base_year)
            .filter(|origin| *origin >= super::FIRST_ORIGIN)
            .collect();
        let forecasts = origins
            .into_iter()
            .flat_map(|origin| {
                let horizons = (base_year - origin) as usize;
                let draws = forecast(panel, origin, horizons, DRAWS, SEED);
                let of = |(position, member): (usize, &crate::forecast::Member)| {
                    let known = member.total(origin).is_some_and(|plans| plans > 0.0);
                    let horizons = if known { horizons } else { 0 };
                    (1..=horizons)
                        .map(|horizon| {
                            let actual = member.total(origin + horizon as i32);
                            Forecast {
                                method: Method::Sendsim,
                                member: position,
                                origin,
                                horizon,
                                measure: Measure::EhcPlans,
                                band: None,
                                predictive: Predictive::draws(
                                    draws.totals(position, horizon),
                                    actual,
                                ),
                            }
                        })
                        .collect::<Vec<_>>()
                };
                let members: Vec<_> = panel.members.iter().enumerate().collect();
                members
                    .into_par_iter()
                    .flat_map_iter(of)
                    .collect::<Vec<_>>()
            })
            .filter(|f| {
                f.predictive
                    .outcome
                    .is_some_and(|outcome| outcome.actual > 0.0)
            })
            .collect();
        Self {
            forecasts,
            scored: Scored::of(panel),
        }
    }

    /// Rows of one area: each of its own forecasts, then the errors of its neighbours and of all
    /// scored authorities by years ahead.
    pub fn rows(&self, area: usize, neighbours: &[usize]) -> Vec<TestedRow> {
        let mut rows: Vec<TestedRow> = self
            .forecasts
            .iter()
            .filter(|forecast| forecast.member == area)
            .map(|forecast| {
                let quantiles = &forecast.predictive.quantiles;
                TestedRow {
                    origin: Some(forecast.origin),
                    p10: quantiles[1].map(f64::round),
                    p50: quantiles[3].map(f64::round),
                    p90: quantiles[5].map(f64::round),
                    actual: forecast.predictive.outcome.map(|outcome| outcome.actual),
                    ..summed(TestedScope::Area, forecast.horizon, &[forecast])
                }
            })
            .collect();
        for scope in TestedScope::ALL {
            for horizon in 1..=HORIZONS as usize {
                let wanted = |member: usize| match scope {
                    TestedScope::Area => member == area,
                    TestedScope::Neighbours => neighbours.contains(&member),
                    TestedScope::All => self.scored.contains(member),
                };
                let of_scope: Vec<&Forecast> = self
                    .forecasts
                    .iter()
                    .filter(|f| f.horizon == horizon && wanted(f.member))
                    .collect();
                if !of_scope.is_empty() {
                    rows.push(summed(scope, horizon, &of_scope));
                }
            }
        }
        rows
    }
}

/// Errors and coverage of some forecasts together, to a tenth of a per cent.
fn summed(scope: TestedScope, horizon: usize, forecasts: &[&Forecast]) -> TestedRow {
    let n = forecasts.len();
    let per_cent = |sum: f64| Some((1000.0 * sum / n as f64).round() / 10.0);
    let error = |forecast: &&Forecast| {
        let actual = forecast
            .predictive
            .outcome
            .map_or(1.0, |outcome| outcome.actual);
        (forecast.predictive.median() - actual).abs() / actual
    };
    let held = |low: usize, high: usize| {
        let inside = forecasts
            .iter()
            .filter(|f| f.predictive.covers(low, high) == Some(true));
        inside.count() as f64
    };
    TestedRow {
        scope,
        origin: None,
        horizon,
        n,
        p10: None,
        p50: None,
        p90: None,
        actual: None,
        mape: per_cent(forecasts.iter().map(error).sum()),
        held_80: per_cent(held(1, 5)),
        held_90: per_cent(held(0, 6)),
    }
}
