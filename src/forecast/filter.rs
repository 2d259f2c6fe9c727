//! The local factor of joining: a lasting level and a yearly departure, filtered through recorded
//! new plans and growth.

use nalgebra::{Matrix2, Vector2};

use super::history::{AreaHistory, History, median_of_core};
use super::minimise::nelder_mead;
use super::settings::{CLIP, FREEDOM, OUTLIER, PRIOR_MEAN, PRIOR_SD, START};

/// Parameters of the local factor, the same for all authorities.
///
/// Log joining of authority i relative to the national course is `l(t) = m + u(t)`,
/// `u(t+1) = ρ u(t) + N(0, sd_change²)`, `m ~ N(0, sd_level²)`. Recorded new plans show `l` with
/// the error `N(0, sd_recorded² + 1/n)`; growth shows `log(R + e exp(l))`, with `R` the plans
/// retained and `e` the new plans of national rates per plan, with the error
/// `N(0, (sd_growth size^slope)²)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalParameters {
    /// Persistence ρ of the yearly departure.
    pub persistence: f64,
    /// Standard deviation of the lasting level over authorities.
    pub sd_level: f64,
    /// Standard deviation of a year's change.
    pub sd_change: f64,
    /// Standard deviation of growth unexplained, for an authority of mean log size.
    pub sd_growth: f64,
    /// Standard deviation of recorded new plans beyond chance.
    pub sd_recorded: f64,
    /// Slope of log `sd_growth` on log size.
    pub size_slope: f64,
}

impl LocalParameters {
    fn unpack(packed: &[f64; 6]) -> Self {
        Self {
            persistence: 1.0 / (1.0 + libm::exp(-packed[0])),
            sd_level: libm::exp(packed[1]),
            sd_change: libm::exp(packed[2]),
            sd_growth: libm::exp(packed[3]),
            sd_recorded: libm::exp(packed[4]),
            size_slope: packed[5],
        }
    }

    /// Standard deviation of growth unexplained for an authority of a log size.
    pub(super) fn growth_sd(&self, log_size: f64) -> f64 {
        self.sd_growth * libm::exp(self.size_slope * log_size)
    }
}

/// The local factor of one authority at the origin.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocalState {
    /// Yearly departure, lasting level.
    pub(super) mean: Vector2<f64>,
    pub(super) variance: Matrix2<f64>,
    /// Part of the newest growth that lies beyond [`OUTLIER`] standard deviations.
    pub(super) excess: f64,
}

/// What the filter found.
#[derive(Debug, Clone)]
pub(super) struct Filtered {
    pub(super) log_likelihood: f64,
    pub(super) states: Vec<LocalState>,
}

/// Parameters that maximise the posterior over all authorities.
pub(super) fn estimate(history: &History) -> LocalParameters {
    let objective = |packed: &[f64; 6]| {
        let penalty: f64 = (0..6)
            .map(|i| ((packed[i] - PRIOR_MEAN[i]) / PRIOR_SD[i]).powi(2))
            .sum();
        0.5 * penalty - filter(history, &LocalParameters::unpack(packed)).log_likelihood
    };
    LocalParameters::unpack(&nelder_mead(START, objective, 1e-4, 1e-4, 3_000))
}

/// Runs the filter over all authorities. Every year's innovations are taken relative to their
/// median, which takes the national course out; they have Student's t likelihood, and those beyond
/// [`CLIP`] standard deviations move the state no further than that.
pub(super) fn filter(history: &History, parameters: &LocalParameters) -> Filtered {
    let areas = &history.areas;
    let core: Vec<bool> = areas.iter().map(|area| area.is_core).collect();
    let (rho, change) = (parameters.persistence, parameters.sd_change.powi(2));
    let start = LocalState {
        mean: Vector2::zeros(),
        variance: Matrix2::new(
            change / (1.0 - rho * rho),
            0.0,
            0.0,
            parameters.sd_level.powi(2),
        ),
        excess: 0.0,
    };
    let mut states = vec![start; areas.len()];
    let mut log_likelihood = 0.0;
    let years = areas.first().map_or(0, |area| area.observations.len());
    for year in 0..years {
        if year > 0 {
            for state in &mut states {
                state.mean[0] *= rho;
                let step = Matrix2::new(rho, 0.0, 0.0, 1.0);
                state.variance = step * state.variance * step;
                state.variance[(0, 0)] += change;
            }
        }
        for kind in [Kind::Joining, Kind::Growth] {
            let seen: Vec<Option<Seen>> = areas
                .iter()
                .zip(&states)
                .map(|(area, state)| Seen::of(area, state, year, kind, parameters))
                .collect();
            let centre = median_of_core(&core, |i| seen[i].map(|seen| seen.innovation));
            for (i, seen) in seen.iter().enumerate() {
                let Some(seen) = seen else { continue };
                let term = seen.update(&mut states[i], centre);
                if core[i] {
                    log_likelihood += term;
                }
            }
        }
    }
    note_excess(areas, &core, parameters, &mut states);
    Filtered {
        log_likelihood,
        states,
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Joining,
    Growth,
}

/// One observation: innovation, its slope on the local factor, variance of its error.
#[derive(Debug, Clone, Copy)]
struct Seen {
    innovation: f64,
    slope: f64,
    variance: f64,
}

impl Seen {
    fn of(
        area: &AreaHistory,
        state: &LocalState,
        year: usize,
        kind: Kind,
        parameters: &LocalParameters,
    ) -> Option<Self> {
        let observation = &area.observations[year];
        let factor = state.mean.sum();
        match kind {
            Kind::Joining => Some(Self {
                innovation: observation.joining? - factor,
                slope: 1.0,
                variance: parameters.sd_recorded.powi(2) + 1.0 / (observation.new_plans + 1.0),
            }),
            Kind::Growth => {
                let new = observation.expected_new * libm::exp(factor);
                let whole = observation.retained + new;
                Some(Self {
                    innovation: observation.growth? - libm::log(whole),
                    slope: new / whole,
                    variance: parameters.growth_sd(area.log_size).powi(2),
                })
            }
        }
    }

    /// Moves a state and returns the log likelihood (up to a constant).
    fn update(&self, state: &mut LocalState, centre: f64) -> f64 {
        let innovation = self.innovation - centre;
        let slope = Vector2::repeat(self.slope);
        let spread = (slope.transpose() * state.variance * slope)[0] + self.variance;
        let standardised = innovation / spread.sqrt();
        let weight = (CLIP / standardised.abs().max(1e-9)).min(1.0);
        let gain = state.variance * slope / spread;
        state.mean += gain * (innovation * weight);
        state.variance -= gain * gain.transpose() * (spread * weight);
        -0.5 * (FREEDOM + 1.0) * libm::log1p(standardised.powi(2) / (FREEDOM - 2.0))
            - 0.5 * libm::log(spread)
    }
}

/// How far the newest growth lies beyond what the factor and its error explain.
fn note_excess(
    areas: &[AreaHistory],
    core: &[bool],
    parameters: &LocalParameters,
    states: &mut [LocalState],
) {
    let left: Vec<Option<f64>> = areas
        .iter()
        .zip(states.iter())
        .map(|(area, state)| {
            let newest = area.observations.last()?;
            let new = newest.expected_new * libm::exp(state.mean.sum());
            Some(newest.growth? - libm::log(newest.retained + new))
        })
        .collect();
    let centre = median_of_core(core, |i| left[i]);
    for ((area, state), left) in areas.iter().zip(states).zip(&left) {
        let away = left.map_or(0.0, |left| left - centre);
        let beyond = away.abs() - OUTLIER * parameters.growth_sd(area.log_size);
        state.excess = away.signum() * beyond.max(0.0);
    }
}
