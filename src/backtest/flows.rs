//! Forecasts of requests and of where plans are, from each origin.

use rayon::prelude::*;

use super::{Forecast, Measure, Method, Predictive, Walk};
use crate::forecast::{Draws, FIRST_JANUARY, Member, Panel, Place, Wandering};

/// Requests of each calendar year ahead: new plans of our forecast times requests per new plan, less
/// what earlier requests have announced of these plans.
pub(super) fn requests(panel: &Panel, draws: &Draws, walk: &Walk) -> Vec<Forecast> {
    let origin = draws.origin;
    let ratio = |member: &Member, year: i32| {
        let (requests, new) = (member.requests(year)?, member.new_total(year)?);
        (requests > 0.0 && new > 0.0).then(|| libm::log(requests / new))
    };
    let series: Vec<Vec<Option<f64>>> = panel
        .members
        .iter()
        .map(|member| {
            (FIRST_JANUARY..origin)
                .map(|year| ratio(member, year))
                .collect()
        })
        .collect();
    let Some(wandering) = Wandering::of(&series) else {
        return Vec::new();
    };
    let of = |(position, member): (usize, &Member)| -> Vec<Forecast> {
        let newest = series[position].last().copied().flatten();
        let (Some(newest), Some(held)) = (newest, member.requests(origin - 1)) else {
            return Vec::new();
        };
        // Of a ratio above the usual, a part was requests whose plans come later.
        let ratio = newest - draws.announced(position);
        let keys = [
            "forecast.requests",
            &format!("forecast.requests.{}", member.gss),
        ];
        let changes = changes(&wandering, walk, draws.draws, keys);
        (1..=walk.horizons)
            .flat_map(|horizon| {
                let actual = member.requests(origin + horizon as i32 - 1);
                let new = draws.new_plans(position, horizon);
                let values = new.iter().zip(&changes);
                let values = values
                    .map(|(new, change)| f64::from(*new) * libm::exp(ratio + change[horizon - 1]))
                    .collect();
                both(
                    origin,
                    position,
                    horizon,
                    Measure::Requests,
                    values,
                    held,
                    actual,
                )
            })
            .collect()
    };
    in_parallel(panel, of)
}

/// Share of plans in a kind of place.
pub(super) fn shares(panel: &Panel, draws: &Draws, walk: &Walk, place: Place) -> Vec<Forecast> {
    let origin = draws.origin;
    let measure = match place {
        Place::Mainstream => Measure::MainstreamShare,
        Place::Special => Measure::SpecialShare,
    };
    let logit = |share: f64| libm::log(share / (1.0 - share));
    let share = |member: &Member, january: i32| {
        member
            .share(place, january)
            .filter(|share| *share > 0.0 && *share < 1.0)
    };
    let series: Vec<Vec<Option<f64>>> = panel
        .members
        .iter()
        .map(|member| {
            (FIRST_JANUARY..=origin)
                .map(|january| share(member, january).map(logit))
                .collect()
        })
        .collect();
    let Some(wandering) = Wandering::of(&series) else {
        return Vec::new();
    };
    let of = |(position, member): (usize, &Member)| -> Vec<Forecast> {
        let Some(held) = share(member, origin) else {
            return Vec::new();
        };
        let common = format!("forecast.{}", measure.code());
        let keys = [common.as_str(), &format!("{common}.{}", member.gss)];
        let changes = changes(&wandering, walk, draws.draws, keys);
        (1..=walk.horizons)
            .flat_map(|horizon| {
                let actual = share(member, origin + horizon as i32).map(|share| 100.0 * share);
                let values = changes
                    .iter()
                    .map(|change| 100.0 / (1.0 + libm::exp(-(logit(held) + change[horizon - 1]))))
                    .collect();
                both(
                    origin,
                    position,
                    horizon,
                    measure,
                    values,
                    100.0 * held,
                    actual,
                )
            })
            .collect()
    };
    in_parallel(panel, of)
}

/// Draws of the change since the origin: draw × year ahead.
fn changes(wandering: &Wandering, walk: &Walk, draws: usize, keys: [&str; 2]) -> Vec<Vec<f64>> {
    (0..draws as u32)
        .map(|draw| wandering.draw(walk.seed, draw, keys, walk.horizons))
        .collect()
}

fn in_parallel(
    panel: &Panel,
    of: impl Fn((usize, &Member)) -> Vec<Forecast> + Sync + Send,
) -> Vec<Forecast> {
    let members: Vec<(usize, &Member)> = panel.members.iter().enumerate().collect();
    members.into_par_iter().flat_map_iter(of).collect()
}

/// Our forecast, and the newest value held.
fn both(
    origin: i32,
    member: usize,
    horizon: usize,
    measure: Measure,
    draws: Vec<f64>,
    held: f64,
    actual: Option<f64>,
) -> [Forecast; 2] {
    let record = |method, predictive| Forecast {
        method,
        member,
        origin,
        horizon,
        measure,
        band: None,
        predictive,
    };
    [
        record(Method::Sendsim, Predictive::draws(draws, actual)),
        record(Method::NoChange, Predictive::point(held, actual)),
    ]
}
