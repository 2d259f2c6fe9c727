//! Forecasts from every origin.

use rayon::prelude::*;

use super::baselines::{
    DampedHolt, Past, drift, last_growth, normal, shrunken_growth, shrunken_growth_oracle,
};
use super::flows::{requests, shares};
use super::{Forecast, Measure, Method, Predictive, Scored};
use crate::domain::AgeGroup;
use crate::forecast::{Draws, FIRST_JANUARY, Member, Panel, Place, forecast};

/// What to test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Januaries that forecasts start from.
    pub origins: Vec<i32>,
    /// Years ahead.
    pub horizons: usize,
    /// Draws of our method.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
}

/// Forecasts of plans, all ages and by band, of every method from every origin; `progress` is told
/// of each origin done.
pub fn walk(
    panel: &Panel,
    scored: &Scored,
    walk: &Walk,
    progress: &(dyn Fn() + Sync),
) -> Vec<Forecast> {
    walk.origins
        .iter()
        .flat_map(|&origin| {
            let draws = forecast(panel, origin, walk.horizons, walk.draws, walk.seed);
            let mut forecasts = ours(panel, scored, &draws, walk.horizons);
            for band in std::iter::once(None).chain(AgeGroup::ALL.map(Some)) {
                forecasts.extend(others(panel, scored, origin, walk.horizons, band));
            }
            forecasts.extend(requests(panel, &draws, walk));
            for place in [Place::Mainstream, Place::Special] {
                forecasts.extend(shares(panel, &draws, walk, place));
            }
            progress();
            forecasts
        })
        .collect()
}

/// The published number of plans, all ages or of a band.
fn plans(member: &Member, january: i32, band: Option<AgeGroup>) -> Option<f64> {
    match band {
        None => member.total(january),
        Some(band) => member.bands(january).map(|bands| bands[band.index()]),
    }
}

fn ours(panel: &Panel, scored: &Scored, draws: &Draws, horizons: usize) -> Vec<Forecast> {
    let origin = draws.origin;
    let record = |member, horizon, measure, band, predictive| Forecast {
        method: Method::Sendsim,
        member,
        origin,
        horizon,
        measure,
        band,
        predictive,
    };
    (1..=horizons)
        .into_par_iter()
        .flat_map_iter(|horizon| {
            let january = origin + horizon as i32;
            let mut all_draws = vec![0.0; draws.draws];
            let mut all_actual = Some(0.0);
            for member in scored.positions() {
                for (sum, plans) in all_draws.iter_mut().zip(draws.totals(member, horizon)) {
                    *sum += plans;
                }
                all_actual = all_actual
                    .zip(panel.members[member].total(january))
                    .map(|(sum, plans)| sum + plans);
            }
            let mut forecasts = Vec::new();
            for (position, member) in panel.members.iter().enumerate() {
                if member.total(origin).is_none() {
                    continue;
                }
                let totals = draws.totals(position, horizon);
                if scored.contains(position) {
                    let shares = totals.iter().zip(&all_draws);
                    let shares = shares.map(|(own, all)| 100.0 * own / all).collect();
                    let actual = member.total(january).zip(all_actual);
                    let actual = actual.map(|(own, all)| 100.0 * own / all);
                    let predictive = Predictive::draws(shares, actual);
                    let measure = Measure::ShareOfAllPlans;
                    forecasts.push(record(position, horizon, measure, None, predictive));
                }
                let total = Predictive::draws(totals, member.total(january));
                forecasts.push(record(position, horizon, Measure::EhcPlans, None, total));
                forecasts.extend(flows(panel, draws, position, horizon));
                for band in AgeGroup::ALL {
                    let bands = draws.bands(position, horizon).iter();
                    let bands = bands.map(|bands| f64::from(bands[band.index()])).collect();
                    let predictive = Predictive::draws(bands, plans(member, january, Some(band)));
                    let measure = Measure::EhcPlans;
                    forecasts.push(record(position, horizon, measure, Some(band), predictive));
                }
            }
            forecasts
        })
        .collect()
}

/// New plans, and plans leaving, of the calendar year that ends at a horizon.
fn flows(panel: &Panel, draws: &Draws, position: usize, horizon: usize) -> Vec<Forecast> {
    let (member, origin) = (&panel.members[position], draws.origin);
    let leaving = |year: i32| -> Option<f64> {
        let (now, next) = (member.total(year)?, member.total(year + 1)?);
        Some(now + member.new_total(year)? - next)
    };
    let year = origin + horizon as i32 - 1;
    let new: Vec<f64> = draws
        .new_plans(position, horizon)
        .iter()
        .map(|n| f64::from(*n))
        .collect();
    let then = draws.totals(position, horizon);
    let now = if horizon == 1 {
        vec![member.total(origin).unwrap_or(0.0); then.len()]
    } else {
        draws.totals(position, horizon - 1)
    };
    let left = (0..then.len())
        .map(|draw| now[draw] + new[draw] - then[draw])
        .collect();
    let measures = [
        (
            Measure::NewPlans,
            new,
            member.new_total(year),
            member.new_total(origin - 1),
        ),
        (
            Measure::PlansLeaving,
            left,
            leaving(year),
            leaving(origin - 1),
        ),
    ];
    let mut forecasts = Vec::new();
    for (measure, draws, actual, held) in measures {
        let record = |method, predictive| Forecast {
            method,
            member: position,
            origin,
            horizon,
            measure,
            band: None,
            predictive,
        };
        forecasts.push(record(Method::Sendsim, Predictive::draws(draws, actual)));
        let held = held.map(|held| Predictive::point(held, actual));
        forecasts.extend(held.map(|held| record(Method::NoChange, held)));
    }
    forecasts
}

/// The named baselines.
fn others(
    panel: &Panel,
    scored: &Scored,
    origin: i32,
    horizons: usize,
    band: Option<AgeGroup>,
) -> Vec<Forecast> {
    let past_of = |member: &Member| -> Option<Past> {
        let known = (FIRST_JANUARY..=origin).rev();
        let mut past: Past = known
            .map_while(|january| plans(member, january, band))
            .collect();
        past.reverse();
        (past.len() >= 2).then_some(past)
    };
    let pasts: Vec<Option<Past>> = panel.members.iter().map(past_of).collect();
    let of_scored = || {
        scored
            .positions()
            .filter_map(|member| pasts[member].clone())
    };
    let holt = DampedHolt::pooled(&of_scored().collect::<Vec<_>>());
    let national = |january: i32| -> Option<f64> {
        let all: Vec<Option<f64>> = scored
            .positions()
            .filter(|&i| pasts[i].is_some())
            .map(|member| plans(&panel.members[member], january, band))
            .collect();
        let sum: f64 = all.iter().flatten().sum();
        let reported = all.iter().flatten().count();
        (10 * reported >= 9 * all.len()).then_some(sum * all.len() as f64 / reported as f64)
    };
    let all: Past = (FIRST_JANUARY..=origin).rev().map_while(national).collect();
    let all: Past = all.into_iter().rev().collect();
    let mut forecasts = Vec::new();
    for (position, (member, past)) in panel.members.iter().zip(&pasts).enumerate() {
        let Some(past) = past else { continue };
        for horizon in 1..=horizons {
            let january = origin + horizon as i32;
            let actual = plans(member, january, band);
            let point = |value: Option<f64>| value.map(|value| Predictive::point(value, actual));
            let oracle = || {
                let (now, then) = (national(origin)?, national(january)?);
                shrunken_growth_oracle(past, now, then, horizon)
            };
            let methods = [
                (Method::LastGrowth, point(last_growth(past, horizon))),
                (Method::Drift, normal(drift(past, horizon), actual)),
                (
                    Method::DampedHolt,
                    normal(holt.forecast(past, horizon), actual),
                ),
                (
                    Method::ShrunkenGrowth,
                    point(shrunken_growth(past, &all, horizon)),
                ),
                (Method::ShrunkenGrowthOracle, point(oracle())),
            ];
            for (method, predictive) in methods {
                let Some(predictive) = predictive else {
                    continue;
                };
                forecasts.push(Forecast {
                    method,
                    member: position,
                    origin,
                    horizon,
                    measure: Measure::EhcPlans,
                    band,
                    predictive,
                });
            }
        }
    }
    forecasts
}
